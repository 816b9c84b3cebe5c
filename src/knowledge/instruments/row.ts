import type { AnswerScale, Evidence, Instrument, InstrumentItem, Licence } from '../../core/measures/instrument.ts'
import type { Tag } from '../../core/shared/cited.ts'
import type { SourceId } from '../sources.ts'

interface Part<One extends Tag> { readonly tag: One; readonly evidence: Evidence }
/** Read in a copy that somebody else made. Nobody here has held it against the primary source. */
export const seenIn = (source: string): Part<'V'> => ({ tag: 'V', evidence: { source, verifiedOn: null, verifiedBy: null } })
export const recalled: Part<'M'> = { tag: 'M', evidence: { source: 'From memory: not verified at the source.', verifiedOn: null, verifiedBy: null } }
export const ours: Part<'P'> = { tag: 'P', evidence: { source: 'A choice of this product, for a medical director to adopt.', verifiedOn: null, verifiedBy: null } }

/** What each part of a row leans on. A row with a part from memory is not called verified. */
export function leansOn<const Parts extends Readonly<Record<string, Part<Tag>>>>(parts: Parts) {
  const pick = <Value>(of: (part: Part<Tag>) => Value) => Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, of(part)]))
  return { tags: pick(({ tag }) => tag) as { readonly [Name in keyof Parts]: Parts[Name]['tag'] }, evidence: pick(({ evidence }) => evidence) as Readonly<Record<keyof Parts, Evidence>> }
}

export const reviewBy = '2027-05-31'
export const collected = ['S52'] as const satisfies readonly SourceId[]

/** Ids of questions by their numbers: `asked(4, 5)` is q4 and q5; `upTo(9)` is q1 to q9. */
export const asked = (...numbers: readonly number[]): string[] => numbers.map((number) => `q${number}`)
export const upTo = (last: number, first = 1): string[] => Array.from({ length: last - first + 1 }, (_, place) => `q${first + place}`)

/** Steps of a scale whose words are not ours: the number stands for the word until a practice brings it. */
export const steps = (min: number, max: number, by = 1): AnswerScale => ({ kind: 'choice', options: Array.from({ length: (max - min) / by + 1 }, (_, place) => ({ value: min + place * by, text: String(min + place * by) })) })
export const line = (max: number): AnswerScale => ({ kind: 'slider', min: 0, max, low: 'lowest', high: 'highest' })
export const yesNo: AnswerScale = { kind: 'yes-no' }

/** A question of a skeleton: its number, and never its wording. */
export const question = (id: string, answer: AnswerScale, more: Partial<InstrumentItem> = {}): InstrumentItem => ({ id, text: `Question ${id.replace(/^q/, '')}`, answer, required: true, ...more })
export const questions = (ids: readonly string[], answer: AnswerScale): InstrumentItem[] => ids.map((id) => question(id, answer))

type Terms = Pick<Licence, 'tier' | 'holder' | 'terms' | 'source'> & Partial<Licence>
/** Why a text that may be free is not here all the same. */
const unread = 'Nobody here has read the words at their source, so they are not written down: the practice enters them from its own copy.'
export const skeletonLicence = ({ terms, ...more }: Terms): Licence => ({ collecting: 'free', text: 'from-practice', textVerified: false, unverifiedParts: ['items'], ...more, terms: more.tier === 'T3' ? terms : `${terms} ${unread}` })

type Skeleton = Omit<Instrument, 'version' | 'language' | 'licence' | 'verified' | 'reviewBy' | 'cites' | 'validated' | 'bands' | 'minDaysBetween'> & Partial<Pick<Instrument, 'cites' | 'bands' | 'minDaysBetween' | 'validated'>> & { readonly licence: Terms }
/** A questionnaire without its words: which questions there are, how they are answered and counted, and whose they are. */
export const skeleton = (row: Skeleton): Instrument => ({ bands: [], minDaysBetween: 0, validated: true, cites: collected, ...row, version: '2026-1', language: 'en', licence: skeletonLicence(row.licence), verified: false, reviewBy })
