import type { Chart } from '../chart/chart.ts'
import type { EmergencyCard } from '../session/cards.ts'
import { completions } from '../session/readings.ts'
import { plannedReadings } from '../session/schedule.ts'
import type { ReadingRow, ScheduleRow } from '../session/rows.ts'
import type { SessionNow } from '../session/session.ts'
import { minutesBetween, plusMinutes, type Instant } from '../shared/time.ts'
import { helpedAt, type SimulatedPatient } from './patient.ts'

/** When something was done, and how long after the event began; undefined where the record does not show it. */
export interface DebriefStep {
  readonly what: 'noticed' | 'answered' | 'acted' | 'called-911' | 'called-prescriber'
  readonly at: Instant | undefined
  readonly afterMin: number | undefined
}

export interface DebriefReading {
  readonly plannedAt: Instant
  readonly takenAt: Instant | undefined
  readonly lateMin: number | undefined
}

export interface Debrief {
  readonly event: { readonly name: string; readonly beganAt: Instant; readonly steps: readonly DebriefStep[]; readonly asks: readonly string[] } | undefined
  readonly readings: readonly DebriefReading[]
  readonly longestGapMin: number | undefined
  readonly unanswered: readonly string[]
  readonly written: number
}

export interface DebriefRows {
  readonly schedule: ScheduleRow
  readonly reading: ReadingRow
  readonly cards: readonly EmergencyCard[]
}

/**
 * What the record of a drill shows, for talking it over afterwards. It finds what was written down and when; whether
 * that was good is for the people who were there. What is not in the record is said to be missing, never assumed.
 */
export function debriefOf(chart: Chart, session: SessionNow, patient: SimulatedPatient, rows: DebriefRows): Debrief {
  const taken = completions(session.entries, rows.reading)
  const planned = plannedReadings(session.doses.steps, rows.schedule, session.asOf).filter(({ at }) => at <= session.asOf)
  const readings = planned.map(({ at }, index): DebriefReading => {
    const from = plusMinutes(at, -rows.reading.earlyMin)
    const until = planned[index + 1]?.at
    const takenAt = taken.find((one) => one >= from && (until === undefined || one < plusMinutes(until, -rows.reading.earlyMin)))
    return { plannedAt: at, takenAt, lateMin: takenAt === undefined ? undefined : Math.max(0, minutesBetween(at, takenAt)) }
  })
  const first = session.doses.firstAt
  const since = first === undefined ? [] : [first, ...taken.filter((at) => at > first), session.asOf]
  return {
    event: first === undefined ? undefined : eventOf(chart, session, patient, rows, first), readings,
    longestGapMin: since.length === 0 ? undefined : Math.max(...since.slice(1).map((at, index) => minutesBetween(since[index]!, at))),
    unanswered: session.alerts.all.filter((alert) => alert.level !== 'yellow' && alert.answers.length === 0 && !alert.superseded).map(({ says }) => says),
    written: session.entries.list.length,
  }
}

function eventOf(chart: Chart, session: SessionNow, patient: SimulatedPatient, { cards }: DebriefRows, first: Instant): Debrief['event'] {
  const { event } = patient
  if (!event) return undefined
  const beganAt = plusMinutes(first, event.startsMin)
  if (beganAt > session.asOf) return undefined
  const { row } = event
  const alerts = session.alerts.all.filter((alert) => row.raises.includes(alert.row.id) && alert.at >= beganAt)
  const answers = alerts.flatMap((alert) => alert.answers)
  const steps = session.entries.all('emergency-step.v1').filter(({ at }) => at >= beganAt)
  const said = (fits: (step: EmergencyCard['steps'][number]) => boolean) => new Set(cards.flatMap((card) => card.steps.filter(fits).map(({ says }) => says)))
  const help = said((step) => step.call911 === true)
  const bedside = said(({ id }) => id === 'prescriber')
  const helped = helpedAt(patient, chart.entries.filter((entry) => entry.session === session.session), first)
  const earliest = (times: readonly (Instant | undefined)[]) => times.filter((at) => at !== undefined).toSorted()[0]
  const step = (what: DebriefStep['what'], at: Instant | undefined): DebriefStep => ({ what, at, afterMin: at === undefined ? undefined : minutesBetween(beganAt, at) })
  return {
    name: row.name, beganAt, asks: row.asks,
    steps: [
      step('noticed', earliest(alerts.map(({ at }) => at))),
      step('answered', earliest(answers.map(({ at }) => at))),
      step('acted', helped === undefined ? undefined : plusMinutes(first, helped)),
      step('called-911', earliest([...steps.filter(({ body }) => help.has(body.step)).map(({ at }) => at), ...answers.filter(({ body }) => body.action === 'emergency-called').map(({ at }) => at)])),
      step('called-prescriber', earliest([...steps.filter(({ body }) => bedside.has(body.step)).map(({ at }) => at), ...answers.filter(({ body }) => body.action === 'prescriber-called').map(({ at }) => at)])),
    ],
  }
}
