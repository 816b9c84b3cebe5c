import { createHash, createHmac, randomUUID } from 'node:crypto'
import type { EntryDraft } from '../../core/chart/entry.ts'
import { bodyOf, givenFrom, helpLevel, needsHelp, openItems, type Given } from '../../core/measures/given.ts'
import type { Instrument } from '../../core/measures/instrument.ts'
import { dayEnd, localDay } from '../../core/shared/local-day.ts'
import { plusDays, type Instant } from '../../core/shared/time.ts'
import { askingRows, tabletRows } from '../../knowledge/reminders.ts'
import { formsOf, openAsks, questionsOf, type FormHere } from '../open-questions.ts'
import { watchedNow } from '../on-call.ts'
import { outsideOf } from '../reminders.ts'
import { begunAnswers, forgetBegun, keepBegun, toldBegun, type BegunAnswer } from '../store/asking.ts'
import { note } from '../store/charts.ts'
import { makeLinkOn, type QuestionsLink, type VisitLink } from '../store/narrow-links.ts'
import { practiceRow } from '../store/practice.ts'
import { reachedBy } from '../store/reminders.ts'
import { entry, written } from './acts.ts'
import { isCovered, leftOnTablet } from './answer-tablet.ts'
import { byLink } from './by-link.ts'
import { write } from './charts.ts'
import { asJob } from './job.ts'
import type { AnswerPage, QuestionsPage, SentValues, Shell } from './shell.ts'

/** The next form that is open, or thanks where none is. Nothing where the person is not reached any more. */
export async function questionsPage(shell: Shell, link: QuestionsLink, opened: boolean): Promise<AnswerPage | undefined> {
  const now = shell.clock.now()
  return asJob(shell, link.practice, async (client) => {
    const who = await reachedBy(client, link.practice, link.chart)
    if (!who) return undefined
    if (opened) await note({ client }, { at: now, action: 'link.opened', outcome: 'done', chart: link.chart, detail: { purpose: link.purpose } })
    const { row, read, asks, form } = await questionsOf(client, link.practice, link.chart, now)
    const words = outsideOf(row)
    if (isCovered(link, now)) return { page: 'covered', from: words.from, phone: words.phone }
    const before = await begunAnswers(client, link.practice, link.chart)
    const open = link.tablet ? leftOnTablet(link.tablet, read, before) : openAsks(asks).map((one) => one.instrument)
    const instrument = open.flatMap((id) => form(id)?.instrument ?? [])[0]
    if (!instrument) return { page: link.tablet ? 'back' : 'thanks', from: words.from, phone: words.phone }
    const begun = before.find((one) => one.instrument === instrument.id && one.version === instrument.version)
    return { page: 'questions', ...words, watched: await watchedNow(client, link.practice, now), givenName: who.givenName, instrument, count: open.length, begun: Object.keys(begun?.given ?? {}), entry: randomUUID(), ...tabletShown(shell, link) }
  }, opened)
}

/** On the practice's tablet: after how long it is covered, and the name under which that tablet keeps what has not arrived, which is the same when it is handed over again and says nothing of whose it is. */
const tabletShown = ({ secret }: Shell, { chart, tablet }: QuestionsLink): Pick<QuestionsPage, 'tablet'> =>
  tablet ? { tablet: { coverMin: tabletRows.coverMin, place: createHmac('sha256', secret).update(`tablet ${chart}`).digest('hex').slice(0, 32) } } : {}

/** Led on from the check of the morning to what is open on the day: a link until the day ends. Nothing where no form is open. */
export async function questionsAfter(shell: Shell, { practice, chart }: VisitLink): Promise<string | undefined> {
  const now = shell.clock.now()
  return asJob(shell, practice, async (client) => {
    const who = await reachedBy(client, practice, chart)
    const { row, asks } = await questionsOf(client, practice, chart, now)
    if (!who?.patient || openAsks(asks).length === 0) return undefined
    return makeLinkOn(client, shell.database, { practice, chart, person: who.patient, expiresAt: dayEnd(localDay(now, row.zone), row.zone) }, now)
  }, true)
}

/** Thanks for the check, and how many forms are open: one press goes on. */
export async function thanksAndOn(shell: Shell, link: QuestionsLink): Promise<AnswerPage | undefined> {
  const next = await questionsPage(shell, link, false)
  return next?.page === 'questions' ? { page: 'thanks', from: next.from, phone: next.phone, forms: next.count } : next
}

/** Who answers at any hour, and that the practice was told, to whoever has just said that such thoughts come. */
export async function questionsHelp(shell: Shell, link: QuestionsLink): Promise<AnswerPage | undefined> {
  const next = await questionsPage(shell, link, false)
  if (next?.page === 'covered') return next
  return next && asJob(shell, link.practice, async (client) => ({ page: 'help' as const, ...outsideOf(await practiceRow({ client, actor: { practice: link.practice } as never })), watched: await watchedNow(client, link.practice, shell.clock.now()), more: next.page === 'questions', ...tabletShown(shell, link) }))
}

/** A form that the person may fill in, by its name; what is asked of clinicians, or in words that are not here, is none. */
const formNamed = (shell: Shell, { practice, tablet }: QuestionsLink, name: unknown): Promise<FormHere | undefined> =>
  asJob(shell, practice, async (client) => (typeof name === 'string' && (!tablet || tablet.forms.includes(name)) ? (await formsOf(client, practice)).form(name) : undefined))

/**
 * Keeps what was answered so far, so that it can be gone on with on any device. An answer that speaks of death or
 * self-harm cannot wait until the form is sent: it goes on the chart at once, with what was answered before it, and
 * people are told. Nothing where the form is not one of theirs, or the link has ended.
 */
export async function keepBegunByLink(shell: Shell, token: string, link: QuestionsLink, sent: Readonly<Record<string, unknown>>): Promise<{ told: boolean } | undefined> {
  const { practice, chart } = link
  const form = await formNamed(shell, link, sent['instrument'])
  if (!form) return undefined
  const { instrument } = form
  const now = shell.clock.now()
  const { before, begun } = await asJob(shell, practice, async (client) => {
    const earlier = (await begunAnswers(client, practice, chart)).find((one) => one.instrument === instrument.id)
    return { before: earlier?.given ?? {}, begun: await keepBegun(client, practice, chart, { instrument: instrument.id, version: instrument.version, given: givenFrom(instrument, sent) }, now) }
  }, true)
  if (!needsHelp(instrument, begun.given)) return { told: begun.toldEntry !== null }
  if (begun.toldEntry !== null && helpLevel(instrument, begun.given) <= helpLevel(instrument, before)) return { told: true }
  const id = toldId(chart, instrument, begun)
  if (!(await onChart(shell, token, link, form, begun.given, { id, startedAt: begun.begunAt, at: now, amends: begun.toldEntry }))) return undefined
  await asJob(shell, practice, (client) => toldBegun(client, practice, chart, instrument.id, id), true)
  return { told: true }
}

/** The same answer that cannot wait is one entry, however often it arrives. */
function toldId(chart: string, instrument: Instrument, { begunAt, given }: BegunAnswer): string {
  const hex = createHash('sha256').update([chart, instrument.id, begunAt, helpLevel(instrument, given)].join(' ')).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export type KeptQuestions = { readonly kept: 'kept' | 'help' } | { readonly kept: 'open'; readonly page: QuestionsPage }

/**
 * A form that was sent: with what was answered before on another device, in the person's name. Sent again after its answer
 * was lost, it is stored once; sent after its window closed, it is kept with its hour all the same. Nothing where the link has ended.
 */
export async function keepQuestions(shell: Shell, token: string, link: QuestionsLink, values: SentValues): Promise<KeptQuestions | undefined> {
  const { practice, chart } = link
  const form = await formNamed(shell, link, values['instrument'])
  if (!form) return undefined
  const { instrument } = form
  const begun = await asJob(shell, practice, async (client) => (await begunAnswers(client, practice, chart)).find((one) => one.instrument === instrument.id && one.version === instrument.version))
  const given = { ...begun?.given, ...givenFrom(instrument, values) }
  const open = openItems(instrument, given)
  const id = uuid(values['entry']) ?? randomUUID()
  if (open.length > 0 && values['gaps'] !== 'yes') {
    const page = await questionsPage(shell, link, false)
    const problems = Object.fromEntries(open.map(({ id: item, text }) => [item, `Still open: ${text}`]))
    return page?.page === 'questions' ? { kept: 'open', page: { ...page, instrument, entry: id, form: { values, problems } } } : undefined
  }
  const now = shell.clock.now()
  const kept = await onChart(shell, token, link, form, given, { id, startedAt: begun?.begunAt ?? now, at: answeredAt(values['answeredAt'], now), amends: begun?.toldEntry ?? null })
  if (!kept) return undefined
  await asJob(shell, practice, (client) => forgetBegun(client, practice, chart, instrument.id), true)
  return { kept: needsHelp(instrument, given) ? 'help' : 'kept' }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const uuid = (sent: unknown): string | undefined => (typeof sent === 'string' && UUID.test(sent) ? sent : undefined)

/** When it was answered, where that was said by a clock that may be believed: what waited for a connection is as old as it is, and nothing is answered ahead of its time. */
function answeredAt(sent: unknown, now: Instant): Instant {
  const at = typeof sent === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(sent) ? sent : now
  return at < now && at > plusDays(now, -askingRows.linkDays) ? at : now
}

interface Telling {
  readonly id: string
  readonly startedAt: Instant
  readonly at: Instant
  readonly amends: string | null
}

/** False where the link has ended meanwhile. */
async function onChart(shell: Shell, token: string, link: QuestionsLink, { instrument, textSha256 }: FormHere, given: Given, { id, startedAt, at, amends }: Telling): Promise<boolean> {
  const done = await byLink(shell, token, link, async (here) => {
    const { tablet } = link
    const body = bodyOf(instrument, given, startedAt < at ? startedAt : at, { textSha256, ...(tablet ? { via: 'tablet', handed: tablet.handed } : { via: 'link' }) })
    if (await written(here, link.chart, id, 'measure-answered.v1', { instrument: instrument.id })) return
    await write(here, link.chart, [{ ...entry('measure-answered.v1', id, tablet?.device ?? here.actor.device, here, body, amends ? { amends } : {}), at } as EntryDraft], 'questions.answered', true)
  })
  return done !== 'ended'
}
