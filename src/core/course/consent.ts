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
export function takenBack(chart: Chart, form: string, until?: Instant): EntryOf<'consent-withdrawn.v1'> | undefined {
  const counts = ({ at, body }: EntryOf<'consent.v1'> | EntryOf<'consent-withdrawn.v1'>) => body.form === form && (until === undefined || at <= until)
  const withdrawn = chart.latest('consent-withdrawn.v1', counts)
  const signed = chart.latest('consent.v1', counts)
  return withdrawn && (!signed || withdrawn.at >= signed.at) ? withdrawn : undefined
}
