import type { EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'
import { compare, type SessionEntries } from './entries.ts'

type Given = EntryOf<'dose-given.v1'>

/** One step of the dose. Recorded twice it is a conflict, until a person says which record stands. */
export interface DoseStep {
  readonly step: number
  readonly given: readonly Given[]
  readonly stands: Given | undefined
  readonly conflict: boolean
  /** When the infusion or the holding time ended, as far as anybody wrote it down. */
  readonly endedAt?: Instant
}

export interface DosesNow {
  readonly steps: readonly DoseStep[]
  /** Steps that two records claim. While there is one, no total is shown and no further dose is given. */
  readonly conflicts: readonly number[]
  readonly totalUg: number | undefined
  /** The earliest and the latest moment any record gives: the schedule starts with the first, discharge counts from the last. */
  readonly firstAt: Instant | undefined
  readonly lastAt: Instant | undefined
  readonly lastStep: DoseStep | undefined
}

export function dosesOf(entries: SessionEntries): DosesNow {
  const given = entries.all('dose-given.v1')
  const numbers = [...new Set(given.map((dose) => dose.body.step))].toSorted((a, b) => a - b)
  const steps = numbers.map((step) => stepOf(step, given.filter((dose) => dose.body.step === step), entries))
  const conflicts = steps.filter((step) => step.conflict).map(({ step }) => step)
  const times = steps.flatMap((step) => (step.stands ? [step.stands.at] : step.given.map((dose) => dose.at))).toSorted(compare)
  const totalUg = conflicts.length > 0 ? undefined : steps.reduce((sum, step) => sum + step.stands!.body.doseUg, 0)
  return { steps, conflicts, totalUg, firstAt: times[0], lastAt: times.at(-1), lastStep: steps.at(-1) }
}

function stepOf(step: number, given: readonly Given[], entries: SessionEntries): DoseStep {
  const stands = given.length === 1 ? given[0] : resolved(step, given, entries)
  const ended = endOf(stands ? [stands] : given, entries)
  return { step, given, stands, conflict: stands === undefined, ...(ended === undefined ? {} : { endedAt: ended }) }
}

/**
 * The record that a person said stands. Two people who say different things leave it open, and so does a record
 * that was written down after they decided: they cannot have known it.
 */
function resolved(step: number, given: readonly Given[], entries: SessionEntries): Given | undefined {
  const decisions = entries.all('dose-conflict-resolved.v1').filter((entry) => entry.body.step === step)
  const named = [...new Set(decisions.map((entry) => entry.body.stands))]
  if (named.length !== 1) return undefined
  const decidedAt = decisions.map((entry) => entry.writtenAt).toSorted(compare).at(-1)!
  if (given.some((dose) => dose.writtenAt > decidedAt)) return undefined
  return given.find((dose) => dose.id === named[0])
}

/** Of several ends the latest counts, so that nobody is discharged by the earlier one. */
function endOf(given: readonly Given[], entries: SessionEntries): Instant | undefined {
  const ids = new Set(given.map((dose) => dose.id))
  const written = entries.all('dose-ended.v1').filter((entry) => ids.has(entry.body.dose)).map((entry) => entry.at)
  return [...written, ...given.flatMap((dose) => dose.body.endedAt ?? [])].toSorted(compare).at(-1)
}
