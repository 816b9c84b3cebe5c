import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import { takenBack } from '../course/consent.ts'
import type { Instant } from '../shared/time.ts'

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
