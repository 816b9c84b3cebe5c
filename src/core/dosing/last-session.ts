import type { Chart } from '../chart/chart.ts'
import type { EntryKind } from '../chart/kinds.ts'
import { dosedSessions, dosesIn, type DosedSession } from '../measures/doses.ts'
import { percentFallen } from '../outcomes/category.ts'
import { baselineOf, curve, scored } from '../outcomes/curve.ts'
import { changeRowFor } from '../outcomes/rows.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import { isTaken } from '../session/lanes.ts'
import { worst } from '../session/level.ts'
import { completions } from '../session/readings.ts'
import type { Level } from '../session/rows.ts'
import { plannedReadings } from '../session/schedule.ts'
import { readSession, type Clock, type SessionNow } from '../session/session.ts'
import { plusMinutes } from '../shared/time.ts'
import type { BriefRows, Stated } from './brief.ts'
import type { LastSession } from './propose.ts'

/** Why a fact is not known, by its name. */
export type Gaps = Readonly<Record<string, string | undefined>>

export interface LastSessionRead {
  readonly session: string
  readonly facts: Omit<LastSession, 'age' | 'cleared' | 'lastUg'> & { readonly lastUg: number | undefined }
  readonly gaps: Gaps
}

/** What the last session with medicine left behind. A value nobody wrote is unknown, and says so; it is never zero or calm. */
export function lastSessionOf(chart: Chart, stated: Stated, rows: BriefRows, clock: Clock): LastSessionRead {
  const last = dosedSessions(chart).at(-1)!
  const since = <Entry extends { readonly session?: string | undefined; readonly at: string }>(entries: readonly Entry[]) => entries.filter((entry) => entry.session === last.session && entry.at >= last.firstDoseAt)
  const numbers = (values: readonly (number | undefined)[]) => values.filter((value) => value !== undefined)
  const alert = worstAlert(chart, last, rows, clock)
  const dose = oneDose(chart, last)
  const moaaS = numbers(since(chart.all('mental-status.v1')).map(({ body }) => body.moaaS))
  const intensity = since(chart.all('rating.v1')).filter(({ body }) => body.scale === 'intensity').map(({ body }) => body.value)
  const response = responsePercent(chart, last, rows)
  return {
    session: last.session,
    facts: {
      route: last.route, lastUg: dose.ug, weightG: weightOf(chart, last), worstAlert: alert.level, worstGrade: worstGrade(chart, last, stated, rows),
      minMoaaS: moaaS.length > 0 ? Math.min(...moaaS) : undefined, intensity: intensity.length > 0 ? Math.max(...intensity) : undefined, target: stated.window, responsePercent: response.percent,
    },
    gaps: {
      lastUg: dose.says, worstAlert: alert.says, responsePercent: response.says, weightG: 'The weight that the last dose was ordered with is not on this chart.',
      worstGrade: 'No side effect of the last session is written, and nobody has said that there was none.', minMoaaS: 'MOAA/S was not written after the last dose.',
      intensity: 'How strong it was is not rated in the last session.', target: 'You have not said how strong it is meant to be.',
    },
  }
}

/** The table steps from one dose. Two records of it, or a booster beside it, leave the step to the prescriber. */
function oneDose(chart: Chart, last: DosedSession): { readonly ug: number | undefined; readonly says?: string } {
  if (last.doseUg === undefined) return { ug: undefined, says: 'A dose of the last session stands in two records, and nobody has said which one counts.' }
  const { steps } = dosesIn(chart, last.session)
  return steps.length === 1 ? { ug: last.doseUg } : { ug: undefined, says: `The last session had ${steps.length} doses. The table steps from a single one.` }
}

function weightOf(chart: Chart, last: DosedSession): number | undefined {
  const started = chart.latest('session-started.v1', ({ id }) => id === last.session)
  const order = started && chart.entry(started.body.order)
  return order?.kind === 'order.v1' ? order.body.weightG : undefined
}

const watched: readonly EntryKind[] = ['vitals.v1', 'mental-status.v1', 'symptom.v1']

/** The worst alert is known when it is red, and otherwise only where every planned reading was taken whole. */
function worstAlert(chart: Chart, last: DosedSession, { book }: BriefRows, clock: Clock): { readonly level: Level | undefined; readonly says?: string } {
  const read = readSession(chart, last.session, sessionRowsOf(book), clock)
  const session = read.ok && read.value
  if (session && levelOf(session) === 'red') return { level: 'red' }
  if (last.part === 'unknown') return { level: undefined, says: 'The session of the last dose is not on this chart, so whether an alert came in it is not known.' }
  if (!session || !session.closed) return { level: undefined, says: 'The last session is not closed yet.' }
  if (session.paper.state === 'unchecked') return { level: undefined, says: 'The last session was typed from paper, and nobody has compared it with the paper yet.' }
  if (session.paper.state === 'differs') return { level: undefined, says: 'The last session was typed from paper, and a line of it differs from the paper.' }
  if (session.late.some((one) => !isTaken(one) && watched.includes(one.entry.kind))) return { level: undefined, says: 'Readings reached the chart after the last session was closed, and are not judged with it.' }
  const { planned, unread } = readingsOf(session, book.monitoring)
  if (planned === 0) return { level: undefined, says: 'No reading is planned for this way of giving it, so no alert could come.' }
  return unread === 0 ? { level: levelOf(session) } : { level: undefined, says: `Of ${planned} planned readings after the dose, ${unread} ${unread === 1 ? 'was' : 'were'} not taken whole, so an alert may have been missed.` }
}

/** Of what was read: a hold says nothing about how the dose was borne. */
const levelOf = ({ alerts }: SessionNow): Level => worst(alerts.all.filter(({ row }) => row.watches !== 'hold').map(({ level }) => level))

/** A whole reading answers one planned one: from a little before its time until as little before the next. */
function readingsOf(session: SessionNow, { schedules, reading }: BriefRows['book']['monitoring']): { planned: number; unread: number } {
  const schedule = schedules.find(({ route }) => route === session.route)
  const planned = schedule ? plannedReadings(session.doses.steps, schedule, session.asOf).filter(({ at }) => at <= session.asOf) : []
  const complete = completions(session.entries, reading)
  const opens = (place: number) => planned[place] && plusMinutes(planned[place].at, -reading.earlyMin)
  const isRead = (place: number) => complete.some((at) => at >= opens(place)! && at < (opens(place + 1) ?? plusMinutes(session.asOf, 1)))
  return { planned: planned.length, unread: planned.filter((_, place) => !isRead(place)).length }
}

/** Of what came of the medicine: the unexpected, and the severe. Later words count too; that there was nothing has to be said. */
function worstGrade(chart: Chart, last: DosedSession, { noSideEffects }: Stated, { book, titration }: BriefRows): number | undefined {
  const written = chart.all('side-effect.v1').filter(({ session }) => session === last.session)
  if (written.length === 0) return noSideEffects ? 0 : undefined
  const expected = (term: string) => book.effects.terms.find(({ id }) => id === term)?.expected ?? false
  return Math.max(0, ...written.filter(({ body }) => body.attributed && (!expected(body.term) || body.grade >= titration.review.grade)).map(({ body }) => body.grade))
}

/** How far the score fell from before the first dose to after the last: an answer from before it says nothing about it. */
function responsePercent(chart: Chart, last: DosedSession, { book, response }: BriefRows): { readonly percent: number | undefined; readonly says?: string } {
  const baseline = baselineOf(book.outcomes.baseline, chart, response)
  if (!baseline) return { percent: undefined, says: `There is no complete ${response.title} from shortly before the first dose.` }
  const row = changeRowFor(book.outcomes, response.id)
  if (row && baseline.total < row.caseFrom) return { percent: undefined, says: `The ${response.title} before the first dose was ${baseline.total}, below the cut-off of ${row.caseFrom}: neither a response nor its absence can be said.` }
  const latest = scored(curve(chart, response)).filter(({ at }) => at > last.lastDoseAt).at(-1)
  if (!latest) return { percent: undefined, says: `There is no complete ${response.title} since the last dose.` }
  const percent = percentFallen(baseline.total, latest.total)
  return percent === null ? { percent: undefined, says: `The ${response.title} before the first dose was 0, so nothing can have fallen.` } : { percent }
}
