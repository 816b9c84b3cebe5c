import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Protocol } from '../../core/course/protocol.ts'
import { courseIn } from '../../core/rulebook/own-courses.ts'
import { localDay } from '../../core/shared/local-day.ts'
import type { Instrument } from '../../core/measures/instrument.ts'
import { quizzes } from '../../knowledge/pages.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { formsOf } from '../open-questions.ts'
import { editionInForce, shipped } from '../rulebook.ts'
import { newToken } from '../sign-in/secrets.ts'
import { receive, type NewInquiry } from '../store/inquiries.ts'
import { answerPages } from './answer.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { PublicPractice, SentValues, Shell, Site } from './shell.ts'

/** An inquiry is longer than any person writes by a generous margin, and no longer. */
const LONGEST = 40_000

/** The public pages, and the one form that a stranger may send. Nothing else of the practice is public. */
export function publicSite(app: FastifyInstance, shell: Shell) {
  const { site } = shell
  if (!site) return
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: LONGEST }, (_request, body, done) => done(null, formValues(String(body))))

  const page = async (reply: FastifyReply, path: string, form?: { values: SentValues; problems: Readonly<Record<string, string>> }) => {
    const known = await publicPractice(shell)
    if (!known) return reply.redirect('/first-run')
    const quizForm = await quizFormOf(shell, path)
    const { status, html } = site.renderSite({ path, ...known, ...(form ? { form } : {}), ...(quizForm ? { quizForm } : {}) })
    return reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(html)
  }
  for (const path of ['/', '/check', '/inquiry', '/inquiry/sent', '/help', '/quizzes', ...quizzes.map(({ id }) => `/quizzes/${id}`)]) app.get(path, (_request, reply) => page(reply, path))
  app.post('/inquiry', shell.sample ? {} : { config: { rateLimit: { max: 10, timeWindow: 60_000 } } }, async (request, reply) => {
    const values = (request.body ?? {}) as SentValues
    const read = site.readInquiry(values)
    if (read.ok) await keepInquiry(shell, read.inquiry)
    else if (read.refusal !== 'trap') return page(reply, '/inquiry', { values, problems: read.refusal === 'problems' ? read.problems : {} })
    // Whoever filled in the field that people do not see hears the same as everybody.
    return reply.redirect('/inquiry/sent', 303)
  })
  answerPages(app, shell, site)
  app.setNotFoundHandler(async (request, reply) => {
    if (request.url.startsWith('/api/') || request.method !== 'GET') throw new Problem('not-found')
    return page(reply, request.url.split('?')[0]!)
  })
}

/** The form of a quiz, in words that ship or that this practice has brought and signed for. */
async function quizFormOf({ database }: Shell, path: string): Promise<Instrument | undefined> {
  const instrument = quizzes.find(({ id }) => path === `/quizzes/${id}`)?.instrument
  const { rows } = instrument ? await database.pool.query<{ practice_id: string }>('select practice_id from app.practices($1)', [database.key]) : { rows: [] }
  const practice = rows[0]?.practice_id
  return instrument && practice ? asJob({ database }, practice, async (client) => (await formsOf(client, practice)).form(instrument)?.instrument) : undefined
}

/** Repeated fields become lists. */
function formValues(text: string): SentValues {
  const values: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    const before = values[name]
    values[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return values
}

/** The rules in force, asked without anybody signed in. Where they cannot be vouched for, no course of the practice's own is named. */
const rulesOf = ({ database }: Shell, practice: string) => asJob({ database }, practice, (client) => editionInForce({ client, actor: { practice } }))

async function publicPractice(shell: Shell): Promise<{ practice: PublicPractice; protocol: Parameters<Site['renderSite']>[0]['protocol'] } | undefined> {
  const { database } = shell
  const { rows } = await database.pool.query<{ practice_id: string; name: string; zone: string; settings: Record<string, unknown> }>('select practice_id, name, zone, settings from app.practices($1)', [database.key])
  const row = rows[0]
  if (!row) return undefined
  const text = (key: string) => (typeof row.settings[key] === 'string' ? (row.settings[key] as string) : '')
  const services = Array.isArray(row.settings.services) ? (row.settings.services as string[]) : []
  // What ships is at hand; only a course of the practice's own has to be looked up.
  const { book } = [...services, text('protocol')].every((id) => id === '' || courseIn(shipped, id)) ? { book: shipped } : await rulesOf(shell, row.practice_id)
  // A course that ships switched off is never named to the public, nor is a copy of one.
  const shown = (id: string) => { const protocol = courseIn(book, id); return protocol?.heldBack ? undefined : protocol }
  const offered = services.flatMap((id) => shown(id) ?? [])
  const protocol = described(text('protocol') || undefined, offered, shown, shell)
  const now = shell.clock.now()
  const seen = shell.firstVisits.read(row.practice_id, now)
  const wait = seen?.waits.get(protocol.id)
  return {
    practice: { name: row.name, zone: row.zone, place: text('place'), phone: text('phone'), email: text('email'), hours: text('hours'), services: offered.map(({ id, name, says }) => ({ name, says, wait: seen?.waits.get(id) })),
      firstVisit: seen && wait && { wait, seenAt: seen.at, today: localDay(now, row.zone) } },
    protocol,
  }
}

/** Which course the page describes. One that was named and is not known is said to whoever keeps the server; then it is one of those offered, if there are any. */
function described(named: string | undefined, offered: readonly Protocol[], shown: (id: string) => Protocol | undefined, { log }: Shell): Protocol {
  const found = named === undefined ? undefined : shown(named)
  if (named !== undefined && !found) log.warn({ course: named }, 'The public page names a course that the rulebook in force does not hold, or that is switched off.')
  return found ?? offered[0] ?? rulebook.protocols['solo-six']
}

/** A stranger's inquiry is written in a narrow session of a minute that can do nothing else. */
async function keepInquiry({ database, clock }: Shell, inquiry: NewInquiry) {
  const { rows } = await database.pool.query<{ practice_id: string }>('select practice_id from app.practices($1)', [database.key])
  const token = newToken()
  await database.pool.query(`select app.mint_session($1, $2, null, 'inquiry', null, gen_random_uuid(), $3, 1, 1)`, [database.key, rows[0]!.practice_id, token])
  await database.inContext(token, { durable: true }, (context) => receive(context, inquiry, clock.now()))
  await database.pool.query('select app.end_session($1)', [token])
}
