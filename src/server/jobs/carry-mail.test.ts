import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asJob } from '../http/job.ts'
import { postMail } from '../http/sign-in.ts'
import { outgoingMail } from '../outside/mail.ts'
import { beginPractice, testShell } from '../testing/practice.ts'
import { carryMail } from './carry-mail.ts'

/** Mail through a real SMTP server of this test's own. */
const received: string[] = []
const post = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], onData(stream, _session, done) {
  let text = ''
  stream.on('data', (piece: Buffer) => { text += piece.toString() })
  stream.on('end', () => { received.push(text); done() })
} })
let server: Awaited<ReturnType<typeof testShell>>
let practice: string
beforeAll(async () => {
  server = await testShell()
  practice = (await beginPractice(server.shell.database)).practice
  await new Promise<void>((ready) => { post.listen(0, '127.0.0.1', ready) })
})
afterAll(async () => {
  await new Promise<void>((closed) => { post.close(closed) })
  await server.close()
})

const carry = (url: string) => asJob(server.shell, practice, (client) => carryMail(client, practice, outgoingMail({ SMTP_URL: url, MAIL_FROM: 'care@example.org' })!, server.shell.clock.now()), true)

test('a mail that nobody takes stays and is tried again; once taken it is not sent twice', async () => {
  await postMail(server.shell, practice, { to: 'mara@example.org', subject: 'Your sign-in link – für Sie', body: 'One line.\nhttp://127.0.0.1/my/sign-in#token', now: server.shell.clock.now() })
  expect(await carry('smtp://127.0.0.1:1')).toBe(0)
  const url = `smtp://127.0.0.1:${(post.server.address() as AddressInfo).port}`
  expect(await carry(url)).toBe(1)
  expect(await carry(url)).toBe(0)
  expect(received).toHaveLength(1)
  const mail = await PostalMime.parse(received[0]!)
  expect([mail.subject, mail.to?.[0]?.address, mail.from?.address, mail.text?.trim()]).toEqual(['Your sign-in link – für Sie', 'mara@example.org', 'care@example.org', 'One line.\nhttp://127.0.0.1/my/sign-in#token'])
})
