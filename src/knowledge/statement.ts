import type { Figure } from '../core/course/protocol.ts'
import type { Cited } from '../core/shared/cited.ts'

/** Spanish words nobody who speaks both languages and knows the work has read yet. No screen shows them. */
export interface SpanishDraft { readonly text: string; readonly state: 'unreviewed' }
export const spanishDraft = (text: string): SpanishDraft => ({ text, state: 'unreviewed' })

/** A row that is read and not computed with: what holds, in words for clinicians and for the person concerned. */
export interface Statement extends Cited {
  readonly says: string
  readonly plainly: string
  readonly spanish: SpanishDraft
}

export const statement = (id: string, { tag, cites }: Figure, says: string, plainly: string, spanish: string): Statement => ({
  id, says, plainly, spanish: spanishDraft(spanish), tag, cites, verified: tag === 'V', reviewBy: '2027-05-31',
})
