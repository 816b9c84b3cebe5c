import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'

/** A consent as it stands: signed, in the version of today or an older one, or taken back since. */
export interface ConsentNow {
  readonly state: 'signed' | 'older-version' | 'withdrawn' | 'not-signed'
  readonly signed: EntryOf<'consent.v1'> | undefined
  readonly withdrawn: EntryOf<'consent-withdrawn.v1'> | undefined
}

export function consentNow(chart: Chart, { form, version }: { readonly form: string; readonly version: string }): ConsentNow {
  const signed = chart.latest('consent.v1', ({ body }) => body.form === form)
  const withdrawn = takenBack(chart, form)
  const state = withdrawn ? 'withdrawn' : !signed ? 'not-signed' : signed.body.version === version ? 'signed' : 'older-version'
  return { state, signed, withdrawn: chart.latest('consent-withdrawn.v1', ({ body }) => body.form === form) }
}

/** Taken back, and not signed again since. Agreeing in words does not give a consent back. */
function takenBack(chart: Chart, form: string, until?: Instant): EntryOf<'consent-withdrawn.v1'> | undefined {
  const counts = ({ at, body }: EntryOf<'consent.v1'> | EntryOf<'consent-withdrawn.v1'>) => body.form === form && (until === undefined || at <= until)
  const withdrawn = chart.latest('consent-withdrawn.v1', counts)
  const signed = chart.latest('consent.v1', counts)
  return withdrawn && (!signed || withdrawn.at >= signed.at) ? withdrawn : undefined
}

type Touch = EntryOf<'agreements.v1'>['body']['touch']

export interface TouchNow {
  /** What may be done; `none` also when nothing was agreed and when consent was taken back. */
  readonly allowed: Touch
  readonly says: string
  readonly note: string
  readonly takenBack: EntryOf<'consent-withdrawn.v1'> | undefined
}

export const touchWords: Readonly<Record<Touch, string>> = { none: 'no touch', 'hands-only': 'hands only', 'hands-and-shoulders': 'hands and shoulders', 'as-agreed': 'as agreed in words' }

/**
 * What holds about touch. Taking back the consent to touch, or to the whole treatment, outweighs whatever was agreed
 * before or after, until it is signed again; silence is no agreement. `until` leaves out what came after a moment.
 */
export function touchNow(chart: Chart, until?: Instant): TouchNow {
  const withdrawn = takenBack(chart, 'touch', until) ?? takenBack(chart, 'treatment', until)
  const agreed = chart.latest('agreements.v1', ({ at }) => until === undefined || at <= until)?.body
  if (withdrawn) return { allowed: 'none', says: 'taken back: no touch', note: '', takenBack: withdrawn }
  if (!agreed) return { allowed: 'none', says: 'not agreed yet: no touch', note: '', takenBack: undefined }
  return { allowed: agreed.touch, says: touchWords[agreed.touch], note: agreed.touchNote, takenBack: undefined }
}
