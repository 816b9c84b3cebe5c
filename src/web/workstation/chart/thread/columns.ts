import type { CourseNow } from '../../../../core/course/course.ts'
import type { Step } from '../../../../core/course/step.ts'
import type { Chart } from '../../../../core/chart/chart.ts'
import { dosedSessions } from '../../../../core/measures/doses.ts'
import { curve, scored, type ScoredPoint } from '../../../../core/outcomes/curve.ts'
import type { Instrument } from '../../../../core/measures/instrument.ts'
import type { Instant } from '../../../../core/shared/time.ts'

/** One place on the thread: a visit of the course, with the moment it took place or is booked for. */
export interface ThreadColumn {
  readonly step: Step
  readonly at: Instant | undefined
  /** Medicine given in it, all steps together; unknown while a step stands in two records. */
  readonly doseUg: number | undefined
  /** Medicine was given in it, and nobody has said yet how much. */
  readonly doseUnsettled: boolean
}

const VISIT = /^(intake|consult|clearance|(preparation|medicine|integration|follow-up)-\d+)$/

export function columnsOf(course: Pick<CourseNow, 'steps'>, chart: Chart): ThreadColumn[] {
  const sessions = new Map(dosedSessions(chart).map((session) => [session.session, session]))
  return course.steps.filter(({ id }) => VISIT.test(id)).map((step) => {
    const session = step.id.startsWith('medicine-') ? step.facts.flatMap((id) => sessions.get(id) ?? [])[0] : undefined
    const held = step.state === 'done' ? step.facts.flatMap((id) => momentOf(chart, id) ?? [])[0] : undefined
    return { step, at: session?.firstDoseAt ?? held ?? step.visit?.startsAt, doseUg: session?.doseUg, doseUnsettled: session !== undefined && session.doseUg === undefined }
  })
}

function momentOf(chart: Chart, id: string): Instant | undefined {
  const entry = chart.entry(id)
  return entry?.kind === 'visit-closed.v1' || entry?.kind === 'integration.v1' ? entry.body.startedAt : entry?.at
}

/** A score on the thread: how far along it lies, in columns from the left edge of the first one. */
export interface ThreadScore extends ScoredPoint { readonly along: number }

/** Scores between the visits they lie between. A visit without a date takes no part; before the first and after the last they stand at the ends. */
export function scoresAlong(chart: Chart, instrument: Instrument, columns: readonly ThreadColumn[]): ThreadScore[] {
  const dated = columns.flatMap(({ at }, place) => (at === undefined ? [] : [{ ms: Date.parse(at), along: place + 0.5 }])).toSorted((a, b) => a.ms - b.ms || a.along - b.along)
  return scored(curve(chart, instrument)).map((point) => ({ ...point, along: alongOf(Date.parse(point.at), dated) }))
}

function alongOf(ms: number, dated: readonly { ms: number; along: number }[]): number {
  const before = dated.findLast((one) => one.ms <= ms)
  const after = dated.find((one) => one.ms > ms)
  if (!before || !after) return before?.along ?? after?.along ?? 0.5
  return before.along + ((ms - before.ms) / (after.ms - before.ms)) * (after.along - before.along)
}
