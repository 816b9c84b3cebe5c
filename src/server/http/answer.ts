import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readChart } from '../../core/chart/chart.ts'
import type { EntryDraft } from '../../core/chart/entry.ts'
import type { DayAnswers } from '../../core/chart/kinds/day.ts'
import { rideOf } from '../../core/reminders/said.ts'
import { outsideOf, reminderSettings } from '../reminders.ts'
import { readEntries, note } from '../store/charts.ts'
import { appendFound } from '../store/followed.ts'
import { narrowLink, takeNarrowLink, type NarrowLink, type VisitLink } from '../store/narrow-links.ts'
import { practiceRow } from '../store/practice.ts'
import { reachedBy } from '../store/reminders.ts'
import { keepMoved, movedBy } from './answer-moved.ts'
import { keepOffered, offeredBy } from './answer-offered.ts'
import { keepBegunByLink, keepQuestions, questionsAfter, questionsHelp, questionsPage, thanksAndOn } from './answer-questions.ts'
import { keepWhere, whereKept } from './answer-where.ts'
import { entry } from './acts.ts'
import { callToTablet, endIfDone, isTablet, putDown, touchTablet, type TabletLink } from './answer-tablet.ts'
import { writeByLink } from './by-link.ts'
import { knownDevice } from './cookies.ts'
import { follow } from './follow.ts'
import { asJob } from './job.ts'
import type { AnswerAsked, AnswerPage, SentValues, Shell, Site } from './shell.ts'

/** A page of plain questions for whoever holds a link. It opens nothing else, sets no cookie and is kept by no browser. */
export function answerPages(app: FastifyInstance, shell: Shell, site: Site) {
  const limit = (max: number) => (shell.sample ? {} : { config: { rateLimit: { max, timeWindow: 60_000 } } })
  const send = (reply: FastifyReply, { status, html }: { status: number; html: string }) =>
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store').header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex').send(html)

  const pageOr = async (page: AnswerPage | undefined) => (page ? site.renderAnswer(page) : ended(shell, site))

  for (const page of ['thanks', 'stays', 'gone', 'taken', 'back'] as const) app.get(`/answer/${page}`, async (_request, reply) => send(reply, site.renderAnswer({ page, ...(await practiceOutside(shell)) })))
  // Whoever has just said that such thoughts come is shown who answers at any hour, and that the practice was told.
  app.get<OfLink>('/answer/:token/help', limit(30), async (request, reply) => {
    const link = await linkHere(shell, request)
    return send(reply, await pageOr(link?.purpose === 'questions' ? await questionsHelp(shell, link) : undefined))
  })
  // The way back from the pages beside a form.
  app.post<OfLink>('/answer/:token/', limit(20), async ({ params }, reply) => reply.redirect(`/answer/${params.token}`, 307))
  app.get<{ Params: { token: string } }>('/answer/:token/', limit(30), async ({ params }, reply) => reply.header('cache-control', 'no-store').redirect(`/answer/${params.token}`, 302))
  app.get<OfLink>('/answer/:token/thanks', limit(30), async (request, reply) => {
    const link = await linkHere(shell, request)
    return send(reply, await pageOr(link?.purpose === 'questions' ? await thanksAndOn(shell, link) : undefined))
  })
  app.get<OfLink>('/answer/:token', limit(30), async (request, reply) => {
    const link = await linkHere(shell, request)
    if (link?.purpose === 'questions' && isTablet(link)) await touchTablet(shell, link)
    if (link?.purpose === 'questions') return send(reply, await pageOr(await questionsPage(shell, link, true)))
    const asked = link && await askedBy(shell, link, 'link.opened')
    return send(reply, asked ? site.renderAnswer({ page: 'asked', ...asked.shown }) : await ended(shell, site))
  })
  // What was answered so far, question by question: it arrives in small pieces, more often than anything else here.
  app.post<OfLink>('/answer/:token/begun', limit(120), async (request, reply) => {
    const { params, body } = request
    const link = await linkHere(shell, request)
    const kept = link?.purpose === 'questions' ? await keepBegunByLink(shell, params.token, link, (body ?? {}) as SentValues) : undefined
    if (kept?.told && link) await followNow(shell, link)
    if (link?.purpose === 'questions' && isTablet(link)) await (kept?.told ? callToTablet(shell, link) : touchTablet(shell, link))
    return reply.code(kept ? 200 : 404).header('cache-control', 'no-store').send(kept ?? { ended: true })
  })
  app.post<OfLink>('/answer/:token', limit(20), async (request, reply) => {
    const { params, body } = request
    const link = await linkHere(shell, request)
    if (link?.purpose === 'questions' && isTablet(link) && (body as SentValues | undefined)?.['back'] === 'yes') return putBack(shell, params.token, link, body as SentValues, reply)
    if (link?.purpose === 'questions') {
      const kept = await keepQuestions(shell, params.token, link, (body ?? {}) as SentValues)
      if (!kept) return send(reply, await ended(shell, site))
      if (kept.kept === 'open') return send(reply, site.renderAnswer(kept.page))
      await followNow(shell, link)
      const done = isTablet(link) && (await sentOnTablet(shell, link, kept.kept))
      return reply.header('cache-control', 'no-store').redirect(kept.kept === 'help' ? `/answer/${params.token}/help` : done ? '/answer/back' : `/answer/${params.token}`, 303)
    }
    const asked = link && await askedBy(shell, link, undefined)
    if (!asked) return send(reply, await ended(shell, site))
    const values = (body ?? {}) as SentValues
    const read = site.readAnswer(asked.shown, values)
    if (!read.ok) return send(reply, site.renderAnswer({ page: 'asked', ...asked.shown, form: { values, problems: read.problems } }))
    if ('where' in read.answer) {
      if (!(await keepWhere(shell, params.token, asked.link, read.answer.where))) return send(reply, await ended(shell, site))
      await followNow(shell, asked.link)
      return send(reply, site.renderAnswer({ page: 'where-kept', ...(await whereKept(shell, asked.link)), ...asked.shown }))
    }
    if ('suits' in read.answer) {
      const offered = asked.link.purpose === 'offered'
      const stays = !read.answer.suits && asked.shown.moved?.way !== 'moved'
      const became = await (offered ? keepOffered : keepMoved)(shell, params.token, asked.link, read.answer.suits)
      return became === 'ended' ? send(reply, await ended(shell, site)) : reply.header('cache-control', 'no-store').redirect(`/answer/${became === 'kept' ? (stays ? 'stays' : 'thanks') : offered ? 'gone' : 'taken'}`, 303)
    }
    const kept = 'comes' in read.answer ? await keepRide(shell, asked.link, read.answer.comes) : await keepAnswers(shell, params.token, asked.link, read.answer)
    const on = kept && asked.link.purpose === 'morning' ? await questionsAfter(shell, asked.link) : undefined
    return kept ? reply.header('cache-control', 'no-store').redirect(on ? `/answer/${on}/thanks` : '/answer/thanks', 303) : send(reply, await ended(shell, site))
  })
}

interface OfLink { readonly Params: { readonly token: string } }

/** What a link that holds is about. The one for the practice's tablet holds on that tablet alone. */
async function linkHere(shell: Shell, request: FastifyRequest<OfLink>): Promise<NarrowLink | undefined> {
  const link = await narrowLink(shell.database, request.params.token, shell.clock.now())
  return link?.purpose === 'questions' && isTablet(link) && link.tablet.device !== knownDevice(request as FastifyRequest, shell.secure) ? undefined : link
}

/** Whether that was the last form; what cannot wait sends somebody to them, and keeps the page with the numbers open. */
async function sentOnTablet(shell: Shell, link: TabletLink, kept: 'kept' | 'help'): Promise<boolean> {
  await touchTablet(shell, link)
  if (kept === 'kept') return endIfDone(shell, link)
  await callToTablet(shell, link)
  return false
}

/** Stopped, or left alone: what stands in the form is kept as begun, and the tablet shows nothing more. */
async function putBack(shell: Shell, token: string, link: TabletLink, values: SentValues, reply: FastifyReply) {
  const kept = await keepBegunByLink(shell, token, link, values)
  if (kept?.told) await Promise.all([followNow(shell, link), callToTablet(shell, link)])
  await putDown(shell, link)
  return reply.header('cache-control', 'no-store').redirect('/answer/back', 303)
}

/** Unknown, used, too old, moved: one page for all, and what to do next. */
async function ended(shell: Shell, site: Site) {
  const { practice_id } = (await shell.database.pool.query<{ practice_id: string }>('select practice_id from app.practices($1)', [shell.database.key])).rows[0] ?? {}
  if (practice_id) await asJob(shell, practice_id, (client) => note({ client }, { at: shell.clock.now(), action: 'link.refused', outcome: 'refused' }), true)
  return site.renderAnswer({ page: 'ended', ...(await practiceOutside(shell)) })
}

/** What everybody with a link may know of the practice: what it calls itself outside, and its telephone. */
async function practiceOutside({ database }: Shell): Promise<{ from: string; phone: string }> {
  const { rows } = await database.pool.query<{ name: string; settings: Record<string, unknown> }>('select name, settings from app.practices($1)', [database.key])
  const { from, phone } = outsideOf(rows[0] ?? { name: '', settings: {} })
  return { from, phone }
}

interface Asked {
  readonly link: VisitLink
  readonly shown: AnswerAsked
}

/** What a link that holds asks, of whom. Nothing of the chart is said but a first name and the hour. */
async function askedBy(shell: Shell, link: VisitLink, action: string | undefined): Promise<Asked | undefined> {
  const now = shell.clock.now()
  return asJob(shell, link.practice, async (client) => {
    const asked = { client, actor: { practice: link.practice } as never }
    const row = await practiceRow(asked)
    const who = await reachedBy(client, link.practice, link.chart)
    if (!who) return undefined
    const { from, phone } = outsideOf(row)
    const asks = link.purpose === 'offered' ? 'moved' : link.purpose
    const moved = asks === 'moved' ? (link.purpose === 'offered' ? offeredBy : movedBy)(readChart(await readEntries(asked, link.chart)), link, now) : undefined
    if (asks === 'moved' && !moved) return undefined
    const named = link.purpose === 'ride' || link.purpose === 'where' || moved ? undefined : rideOf(readChart(await readEntries(asked, link.chart)), link.visit)
    if (action) await note({ client }, { at: now, action, outcome: 'done', chart: link.chart, detail: { purpose: link.purpose } })
    return { link, shown: { from, phone, asks, givenName: who.givenName, startsAt: link.startsAt, zone: row.zone, now, rideNamed: named !== undefined, pressure: reminderSettings(row).asksPressure, moved } }
  }, action !== undefined)
}

interface SaidByLink {
  readonly said: DayAnswers
  readonly ride?: { readonly name: string; readonly phone: string } | undefined
}

/** The person's answers, with the facts and the escort that they name. */
async function keepAnswers(shell: Shell, token: string, link: VisitLink, { said, ride }: SaidByLink): Promise<boolean> {
  const { purpose: check } = link
  if (check !== 'day-before' && check !== 'morning') return false
  const kept = await writeByLink(shell, token, link, 'day.answered', (here): EntryDraft[] => {
    const make = (kind: Parameters<typeof entry>[0], body: object) => entry(kind, randomUUID(), here.actor.device, here, body as never)
    return [
      make('day-answers.v1', { visit: link.visit, check, via: 'link', said }), ...factsOf(said).map((body) => make('fact.v1', body)),
      ...(ride ? [make('escort-named.v1', { ...ride, relationship: '', adult: true, visit: link.visit })] : []),
    ]
  })
  if (kept) await followNow(shell, link)
  return kept
}

/** What the rules ask on the day stands as facts, said by the person: as if they had said it on their own pages. */
const factsOf = ({ lastFoodAt, lastFluidAt, alcohol }: DayAnswers): object[] => [
  ...(lastFoodAt ? [{ fact: 'lastFoodAt', state: 'answered', value: lastFoodAt }] : []), ...(lastFluidAt ? [{ fact: 'lastFluidAt', state: 'answered', value: lastFluidAt }] : []),
  ...(alcohol === undefined ? [] : [alcohol === 'in-person' ? { fact: 'alcoholOrCannabisWithin48h', state: 'declined' } : { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: alcohol === 'yes' }]),
]

/** The adult's yes or no, in nobody's name: they have no sign-in here, and the link says who was asked. */
async function keepRide(shell: Shell, link: VisitLink, comes: boolean): Promise<boolean> {
  const now = shell.clock.now()
  const written = await asJob(shell, link.practice, async (client) => {
    const asked = { client, actor: { practice: link.practice } as never }
    const named = readChart(await readEntries(asked, link.chart)).all('escort-named.v1').find(({ id }) => id === link.named)
    if (!named || !(await takeNarrowLink(client, shell.database, link, now))) return undefined
    return appendFound(client, link.practice, { chart: link.chart, kind: 'ride-answered.v1', at: now, body: { visit: link.visit, startsAt: link.startsAt, named: named.id, name: named.body.name, comes }, judgedTo: named.seq ?? 0 }, now)
  }, true)
  if (!written) return false
  shell.live.publish(link.chart, [written])
  await followNow(shell, link)
  return true
}

/** Who has to hear of it hears now; where that fails, a job goes on. */
const followNow = (shell: Shell, { practice, chart }: Pick<NarrowLink, 'practice' | 'chart'>) =>
  follow(shell, practice, chart, shell.clock.now()).catch((failure: unknown) => shell.log.warn({ failure: String((failure as Error).message) }, 'what follows from an answer could not be seen to, and a job goes on'))
