import type { Tag } from '../../core/shared/cited.ts'
import type { SourceId } from '../sources.ts'

/**
 * One thing a page says, with what it stands on. Words in braces are filled in from the protocol that is
 * in force, so that the page cannot promise what the planner does not keep. A percentage needs the number
 * of people it was counted in (`n`), and that number is said in the text.
 */
export interface Claim {
  readonly text: string
  readonly tag: Tag
  readonly cites: readonly [SourceId, ...SourceId[]]
  readonly n?: number
  /** Said only while it can be kept. */
  readonly promise?: true
  readonly verified: boolean
  readonly checkedOn: string
  readonly reviewBy: string
}

const dates = { checkedOn: '2026-11-21', reviewBy: '2027-05-21' } as const

/** Seen in the sources named. */
export const seen = (text: string, ...cites: readonly [SourceId, ...SourceId[]]): Claim => ({ text, tag: 'V', cites, verified: true, ...dates })
/** A figure seen in the sources named, counted in `n` people. */
export const counted = (n: number, text: string, ...cites: readonly [SourceId, ...SourceId[]]): Claim => ({ ...seen(text, ...cites), n })
/** How the house does it: true because the practice adopted it, not because a study found it. */
export const ours = (text: string, ...leansOn: readonly SourceId[]): Claim => ({ text, tag: 'P', cites: ['P', ...leansOn], verified: true, ...dates })
/** What the house promises: said only while the calendars bear it out. */
export const promised = (text: string, ...leansOn: readonly SourceId[]): Claim => ({ ...ours(text, ...leansOn), promise: true })

export interface Section {
  readonly id: string
  readonly heading: string
  /** Paragraphs of claims. */
  readonly says: readonly (readonly Claim[])[]
  /** Claims that stand as a list under the paragraphs. */
  readonly list?: readonly Claim[]
  readonly after?: readonly (readonly Claim[])[]
}
