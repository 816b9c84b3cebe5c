import type { Entry } from './entry.ts'
import type { EntryKind } from './kinds.ts'

type Correction = Pick<Entry, 'kind' | 'session'> & { readonly body: unknown }

/**
 * The table of kinds says what may correct what; here it stands once more, for pages that read a chart and do not load
 * that table. A test holds the two together.
 */
export const neverCorrected: readonly EntryKind[] = ['clearance-reopened.v1', 'order-stopped.v1', 'consent-withdrawn.v1', 'alert-escalated.v1']
export const takenBackByNote: readonly EntryKind[] = ['vitals.v1', 'vitals-missed.v1', 'mental-status.v1', 'side-effect.v1', 'symptom.v1', 'comfort.v1', 'signal.v1', 'rating.v1', 'music.v1', 'session-note.v1']
/** What an import writes, and may take off again. Answers are not among it: nothing that could open a danger goes by itself. */
const broughtIn: readonly EntryKind[] = ['demographics.v1', 'condition.v1', 'medication.v1', 'allergy.v1', 'list-reviewed.v1', 'weight.v1', 'height.v1', 'pregnancy-test.v1', 'observation.v1', 'vitals.v1', 'fact.v1']

/**
 * Whether one entry may take another's place on the chart. An entry of another kind never does, so that a note cannot
 * make an answer, a stop or a refusal disappear; but a note in the room takes back what was written there by mistake,
 * and an import takes off what its source no longer says.
 */
export function corrects(correction: Correction, corrected: Correction): boolean {
  if (neverCorrected.includes(corrected.kind)) return false
  if (correction.kind === corrected.kind) return saysAbout(correction) === saysAbout(corrected)
  if (correction.kind === 'session-note.v1') return takenBackByNote.includes(corrected.kind) && correction.session !== undefined && correction.session === corrected.session
  return correction.kind === 'imported.v1' && broughtIn.includes(corrected.kind) && corrected.session === undefined
}

/** What a correction may not turn into something else: another questionnaire, or a dose in another session. */
function saysAbout({ kind, body, session }: Correction): unknown {
  if (kind === 'measure-answered.v1') return (body as { readonly instrument?: unknown }).instrument
  return kind === 'dose-given.v1' ? session : undefined
}
