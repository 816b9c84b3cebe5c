import type { Tag } from '../../../../core/shared/cited.ts'

/** One rule as the reference book prints it: a sentence, when it holds, what it leans on. */
export interface BookRule {
  readonly id: string
  readonly says: string
  /** The condition in words. */
  readonly when?: string
  /** Further lines under the sentence: levels, steps, figures. */
  readonly lines?: readonly string[]
  /** What the sources say and what is our own choice. */
  readonly basis?: string
  readonly tag: Tag
  readonly cites: readonly string[]
  readonly verified: boolean
  readonly reviewBy: string
}

export interface RuleGroup {
  readonly title: string
  readonly rules: readonly BookRule[]
}

export interface Chapter {
  readonly id: string
  readonly title: string
  /** What this part of the book decides, in a sentence or two. */
  readonly intro: string
  readonly groups: readonly RuleGroup[]
}

/** What a tag means, in words for somebody who has to decide whether to lean on it. */
export const tagWords: Readonly<Record<Tag, string>> = {
  V: 'seen in the source', M: 'from memory, not checked', D: 'worked out from the sources', P: 'our proposal, for you to adopt',
}

interface Provenance {
  readonly cites: readonly string[]
  readonly verified: boolean
  readonly reviewBy: string
}

/** The tag of a row that tags each figure by itself is its weakest: a row is no better than what it leans on least. */
const weakestFirst: readonly Tag[] = ['M', 'P', 'D', 'V']
export const weakest = (tags: Readonly<Record<string, Tag>>): Tag => weakestFirst.find((tag) => Object.values(tags).includes(tag)) ?? 'P'

export const from = (row: Provenance & ({ readonly tag: Tag } | { readonly tags: Readonly<Record<string, Tag>> })): Pick<BookRule, 'tag' | 'cites' | 'verified' | 'reviewBy'> => ({
  tag: 'tag' in row ? row.tag : weakest(row.tags), cites: row.cites, verified: row.verified, reviewBy: row.reviewBy,
})

export const sentence = (words: string): string => {
  const trimmed = words.trim()
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?]$/.test(trimmed) ? '' : '.'}`
}
export const listed = (parts: readonly string[], last = 'and'): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`)
export const count = (amount: number, one: string, more = `${one}s`): string => `${amount} ${amount === 1 ? one : more}`
