import type { Cited } from '../core/shared/cited.ts'
import { proposed } from './figures.ts'

interface OnlineVisits extends Cited {
  readonly joinFromMinBefore: number
  /** What the patient reads where nobody who treats them is entered as licensed in the state they are in. */
  readonly mayHaveToWait: string
}

/** How visits online are joined, and what the patient reads about where they are. */
export const onlineVisits: OnlineVisits = {
  id: 'online.visits', ...proposed('S51'), verified: false, reviewBy: '2027-05-31',
  joinFromMinBefore: 15,
  mayHaveToWait: 'Your clinician may need a licence for that place, so the visit may have to wait or be held in another way. You did nothing wrong. Your clinician hears of it now, and decides.',
}
