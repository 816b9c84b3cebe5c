import nodemailer from 'nodemailer'

export interface Outgoing {
  send(mail: { to: string; subject: string; text: string }): Promise<unknown>
}

/** Mail through the practice's own SMTP server, where one is configured (`SMTP_URL`, `MAIL_FROM`). */
export function outgoingMail(env: NodeJS.ProcessEnv): Outgoing | undefined {
  const { SMTP_URL, MAIL_FROM } = env
  if (!SMTP_URL || !MAIL_FROM) return undefined
  const transport = nodemailer.createTransport(SMTP_URL)
  return { send: (mail) => transport.sendMail({ from: MAIL_FROM, ...mail }) }
}
