import type { Entry } from './entry.ts'
import type { EntryKind } from './kinds.ts'

type Correction = Pick<Entry, 'kind' | 'session'> & { readonly body: unknown }

/**
 * The table of kinds says what may correct what; here it stands once more, for pages that read a chart and do not load
 * that table. A test holds the two together.
 */
export const neverCorrected: readonly EntryKind[] = ['clearance-reopened.v1', 'afterwards.v1', 'tablet-handed.v1', 'order-stopped.v1', 'consent-withdrawn.v1', 'alert-escalated.v1', 'ride-answered.v1', 'sits-in.v1', 'whereabouts.v1', 'licence-decided.v1', 'hand-over.v1', 'hand-over-taken.v1', 'session-transcribed.v1', 'transcription-checked.v1', 'late-reviewed.v1', 'entries-adopted.v1', 'medicine-drawn.v1', 'medicine-wasted.v1', 'waste-witnessed.v1', 'misuse-sign.v1', 'misuse-reviewed.v1', 'move-asked.v1', 'move-answered.v1', 'change-told.v1', 'change-answered.v1', 'change-settled.v1', 'sooner-wished.v1', 'sooner-withdrawn.v1', 'time-offered.v1', 'time-offer-answered.v1', 'time-offer-ended.v1', 'cancellation-told.v1', 'late-fee-decided.v1', 'proposal-decided.v1', 'therapy-series.v1', 'therapy-continued.v1', 'group-joined.v1', 'group-left.v1', 'photo-taken.v1', 'photo-taken-back.v1', 'photo-compared.v1', 'spoken-note.v1', 'psychotherapy-recording.v1', 'journal-photo.v1', 'journal-voice.v1', 'journal-file-shared.v1', 'journal-taken-back.v1']
export const takenBackByNote: readonly EntryKind[] = ['vitals.v1', 'vitals-missed.v1', 'mental-status.v1', 'side-effect.v1', 'symptom.v1', 'comfort.v1', 'signal.v1', 'rating.v1', 'music.v1', 'session-note.v1']
/** What an import writes, and may take off again. Answers are not among it: nothing that could open a danger goes by itself. */
const broughtIn: readonly EntryKind[] = ['demographics.v1', 'condition.v1', 'medication.v1', 'allergy.v1', 'list-reviewed.v1', 'weight.v1', 'height.v1', 'pregnancy-test.v1', 'observation.v1', 'vitals.v1', 'fact.v1']

/**
 * What each kind is about, by the names in its body that say so: a correction says something else about the same matter, and
 * never makes another one disappear. A kind that is not listed has one matter in its session or on the chart, or says it in
 * words that may themselves have been mistyped: the name of a medicine, of a diagnosis, of an escort.
 */
export const matters: Readonly<Partial<Record<EntryKind, readonly string[]>>> = {
  'inquiry-received.v1': ['inquiry'], 'fact.v1': ['fact'], 'list-reviewed.v1': ['list'], 'imported.v1': ['source', 'resource'],
  'consent.v1': ['form'], 'question-answered.v1': ['question'],
  'vitals-missed.v1': ['plannedFor'], 'checked-in.v1': ['person'], 'checked-out.v1': ['person'], 'gate-passed.v1': ['gate', 'step'], 'prescriber-reachable.v1': ['person'],
  'dose-prepared.v1': ['step'], 'dose-confirmed.v1': ['prepared'], 'dose-given.v1': ['step'], 'dose-ended.v1': ['dose'], 'dose-conflict-resolved.v1': ['step'],
  'side-effect.v1': ['term'], 'symptom.v1': ['symptom'], 'signal.v1': ['signal'], 'rating.v1': ['scale'], 'alert-answered.v1': ['alert'], 'discharge-signed.v1': ['assessed', 'role'],
  'visit-cancelled.v1': ['visit'], 'day-answers.v1': ['visit', 'check'], 'visit-closed.v1': ['type'], 'group-passage.v1': ['visit'], 'measure-answered.v1': ['instrument'], 'risk-contact.v1': ['opened'], 'integration.v1': ['session'], 'commitment-kept.v1': ['commitment'], 'journal-shared.v1': ['journal'], 'superbill-issued.v1': ['visit'],
  'spoken-note-written.v1': ['spoken'], 'psychotherapy-recording-written.v1': ['spoken'],
}

/**
 * Whether one entry may take another's place on the chart. An entry of another session, of another kind or about another
 * matter never does, so that a note cannot make an answer, a stop or a refusal disappear, nor one symptom another; but a
 * note in the room takes back what was written there by mistake, and an import takes off what its source no longer says.
 */
export function corrects(correction: Correction, corrected: Correction): boolean {
  if (neverCorrected.includes(corrected.kind) || correction.session !== corrected.session) return false
  if (correction.kind === corrected.kind) return isSameMatter(correction, corrected)
  if (correction.kind === 'session-note.v1') return takenBackByNote.includes(corrected.kind) && corrected.session !== undefined
  return correction.kind === 'imported.v1' && broughtIn.includes(corrected.kind) && corrected.session === undefined
}

const isSameMatter = (correction: Correction, corrected: Correction): boolean =>
  (matters[correction.kind] ?? []).every((name) => (correction.body as Body)[name] === (corrected.body as Body)[name])

type Body = Readonly<Record<string, unknown>>
