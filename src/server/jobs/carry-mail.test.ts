import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { calendarText } from '../../core/scheduling/calendar-text.ts'
import { asJob } from '../http/job.ts'
import { postMail } from '../http/sign-in.ts'
import { outgoingMail } from '../outside/mail.ts'
import { beginPractice, testShell } from '../testing/practice.ts'
import { outgoingTexts } from '../outside/texts.ts'
import { carryMail, carryTexts } from './carry-mail.ts'

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

test('an invitation travels beside the text, as mail programs look for it', async () => {
  const calendar = calendarText([{ uid: 'a1', sequence: 2, changedAt: '2026-11-21T17:00:00.000Z', startsAt: '2026-12-01T17:00:00.000Z', endsAt: '2026-12-01T18:00:00.000Z', summary: 'Visit', status: 'CANCELLED', between: { organizer: 'care@example.org', attendee: 'thea@example.org' } }], 'CANCEL')
  await asJob(server.shell, practice, (client) => client.query(`insert into app.mail (practice_id, mail_id, recipient, subject, body, created_at, calendar, calendar_method) values ($1, gen_random_uuid(), 'thea@example.org', 'A visit is off', 'In words.', 'x', $2, 'CANCEL')`, [practice, calendar]), true)
  received.length = 0
  expect(await carry(`smtp://127.0.0.1:${(post.server.address() as AddressInfo).port}`)).toBe(1)
  const { text, attachments } = await PostalMime.parse(received[0]!, { attachmentEncoding: 'utf8' })
  expect(text?.trim()).toBe('In words.')
  expect(received[0]).toMatch(/^Content-Type: multipart\/alternative/m)
  expect(attachments.map(({ mimeType, method }) => [mimeType, method])).toContainEqual(['text/calendar', 'CANCEL'])
  expect(attachments.find(({ mimeType }) => mimeType === 'text/calendar')?.content).toBe(calendar.replaceAll('\r\n', '\n'))
})

test('a text message goes to its carrier alone, with its token, and not where it is answered with an error; mail is none', async () => {
  const taken: unknown[] = []
  const carrier = createServer((request, answer) => {
    let text = ''
    request.on('data', (piece: Buffer) => { text += piece.toString() })
    request.on('end', () => {
      taken.push([request.method, request.headers.authorization, JSON.parse(text)])
      answer.statusCode = taken.length === 1 ? 503 : 202
      answer.end()
    })
  })
  await new Promise<void>((ready) => { carrier.listen(0, '127.0.0.1', ready) })
  const texts = outgoingTexts({ url: `http://127.0.0.1:${(carrier.address() as AddressInfo).port}/send`, token: 'a-token' })!
  await asJob(server.shell, practice, (client) => client.query(`insert into app.mail (practice_id, mail_id, channel, recipient, subject, body, created_at) values ($1, gen_random_uuid(), 'text', '+1 510 555 0100', 'A subject', 'One line.', $2)`, [practice, server.shell.clock.now()]), true)
  const carried = () => asJob(server.shell, practice, (client) => carryTexts(client, practice, texts, server.shell.clock.now()), true)
  const mails = received.length
  expect([await carried(), await carried(), await carried()]).toEqual([0, 1, 0])
  expect(taken).toEqual(Array.from({ length: 2 }, () => ['POST', 'Bearer a-token', { to: '+1 510 555 0100', text: 'One line.' }]))
  expect(await carry('smtp://127.0.0.1:1')).toBe(0)
  expect(received).toHaveLength(mails)
  await new Promise<void>((closed) => { carrier.close(() => closed()) })
})
