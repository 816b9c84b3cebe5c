import nodemailer from 'nodemailer'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** An invitation beside the text, for the calendar of whoever gets it. */
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string }
}
export interface Outgoing {
  /** The mailbox it all comes from. */
  readonly from: string
  send(mail: Mail): Promise<unknown>
}

/** Mail through the practice's own SMTP server, where one is configured (`SMTP_URL`, `MAIL_FROM`). */
export function outgoingMail(env: NodeJS.ProcessEnv): Outgoing | undefined {
  const { SMTP_URL, MAIL_FROM } = env
  if (!SMTP_URL || !MAIL_FROM) return undefined
  const transport = nodemailer.createTransport(SMTP_URL)
  return { from: MAIL_FROM, send: ({ calendar, ...mail }) => transport.sendMail({ from: MAIL_FROM, ...mail, ...(calendar ? { icalEvent: { method: calendar.method, content: calendar.text, filename: 'visit.ics' } } : {}) }) }
}
