import type { BodyOf } from '../chart/kinds.ts'
import type { Provenance, Tag } from '../shared/cited.ts'
import type { Counted, FindingRule, LookUp, Scoring } from './counting.ts'

/** How one item is answered. A yes is 1 and a no is 0 wherever they are counted. */
export type AnswerScale =
  | { readonly kind: 'choice'; readonly options: readonly { readonly value: number; readonly text: string; readonly loinc?: string }[] }
  | { readonly kind: 'slider'; readonly min: number; readonly max: number; readonly low: string; readonly high: string }
  | { readonly kind: 'yes-no' }

export interface InstrumentItem {
  readonly id: string
  /** The words a person reads. On a skeleton this is our own neutral label, never the licensed wording. */
  readonly text: string
  readonly loinc?: string
  readonly answer: AnswerScale
  /** Whether the answers are complete without it. */
  readonly required: boolean
  /** Asked only after this answer to another item; otherwise its silence is not a gap. */
  readonly askedWhen?: { readonly item: string; readonly is: number }
}

export type RiskLevel = 'none' | 'low' | 'moderate' | 'high'

export type RiskRule =
  /** Any answer at or above `atLeast` opens a path; from `callFrom` on a clinician's own questions must follow. */
  | { readonly kind: 'item'; readonly item: string; readonly atLeast: number; readonly callFrom: number; readonly followedBy: string }
  /** Worst first: the first level with any yes among its items is the level. */
  | { readonly kind: 'triage'; readonly levels: readonly { readonly level: RiskLevel; readonly anyOf: readonly string[] }[] }

/** A single answer that a clinician should see whatever the rest says. */
export interface AnswerFlag {
  readonly item: string
  readonly atLeast: number
  readonly says: string
  readonly action: 'prescriber-review' | 'hold-dosing'
}

export interface Licence {
  /** T1 may ship with its text, T2 under a condition, T3 belongs to somebody: the practice brings its own copy. */
  readonly tier: 'T1' | 'T2' | 'T3' | 'own'
  /** Whose it is, as far as anybody here read it. */
  readonly holder: string
  readonly terms: string
  /** What a practice has to accept by name before it asks a T2 form. */
  readonly condition?: string
  /** Whether answers may be collected electronically by these terms, or only with a permission of the practice’s own. */
  readonly collecting: 'free' | 'by-permission'
  readonly source: string
  /** Where the words come from: shipped here, or entered by the practice from its licensed copy. */
  readonly text: 'shipped' | 'from-practice'
  readonly textVerified: boolean
  /** Parts that nobody has compared with the source yet. */
  readonly unverifiedParts: readonly string[]
}

/** Where a part of a definition comes from. Without a day and a name nobody compared it with its primary source. */
export interface Evidence {
  readonly source: string
  readonly verifiedOn: string | null
  readonly verifiedBy: string | null
}

export type Moment = 'screening' | 'baseline' | 'before-dose' | 'in-session' | 'after-dose' | 'day-after' | 'weekly' | 'follow-up' | 'maintenance'

/** A questionnaire is a row: its words, how it is counted, how often it may be asked, and who says we may ship it. */
export interface Instrument extends Provenance {
  readonly id: string
  readonly version: string
  readonly title: string
  /** One sentence for the person who answers. */
  readonly says: string
  readonly stem?: string
  readonly items: readonly InstrumentItem[]
  /** The language of the words above. */
  readonly language: string
  readonly scoring: Scoring
  /** Ends belong to their band; where two bands meet in one value, it belongs to the first. */
  readonly bands: readonly { readonly from: number; readonly to: number; readonly name: string }[]
  /** The author’s own rules about patterns of answers. */
  readonly findings?: readonly FindingRule[]
  readonly risk?: RiskRule
  readonly flags?: readonly AnswerFlag[]
  readonly loinc?: { readonly panel?: string; readonly total?: string }
  /** Addresses under which other systems publish the same form. */
  readonly canonicals?: readonly string[]
  /** Days the questions look back; null when they are about now. */
  readonly recallDays: number | null
  /** Fewest local days from one to the next, so that the recall windows do not overlap too far. */
  readonly minDaysBetween: number
  /** Asked instead when it would come too soon. */
  readonly insteadWhenTooSoon?: string
  /** A complete answer to any of these answers this one too. */
  readonly containedIn?: readonly string[]
  /** A clinician reads it from the practice’s copy on paper: nothing waits for words here, or for a signature. */
  readonly askedFromPaper?: true
  readonly answeredBy: readonly ('patient' | 'clinician')[]
  readonly moments: readonly Moment[]
  readonly validated: boolean
  readonly licence: Licence
  readonly tags: Readonly<Record<string, Tag>>
  /** Part by part, as in `tags`. */
  readonly evidence: Readonly<Record<string, Evidence>>
}

export type Instruments = Readonly<Record<string, Instrument>>
export type Answers = BodyOf<'measure-answered.v1'>['answers']

export const instrumentOf = (instruments: Instruments, id: string): Instrument | undefined =>
  Object.hasOwn(instruments, id) ? instruments[id] : undefined

/** The value of an answer, or null when it was not answered or is not one of the answers the item has. */
export function valueOf(item: InstrumentItem, answers: Answers): number | null {
  const raw = Object.hasOwn(answers, item.id) ? answers[item.id] : null
  if (raw === null || raw === undefined) return null
  if (item.answer.kind === 'yes-no') return raw === true || raw === 1 ? 1 : raw === false || raw === 0 ? 0 : null
  if (typeof raw !== 'number' || !Number.isInteger(raw)) return null
  if (item.answer.kind === 'choice') return item.answer.options.some((option) => option.value === raw) ? raw : null
  return raw >= item.answer.min && raw <= item.answer.max ? raw : null
}

/** The required items that were asked and have no usable answer. An item whose condition is not met was not asked. */
export function missingItems(instrument: Instrument, answers: Answers): string[] {
  return instrument.items.filter((item) => item.required && wasAsked(instrument, item, answers) && valueOf(item, answers) === null).map((item) => item.id)
}

export const isComplete = (instrument: Instrument, answers: Answers): boolean => missingItems(instrument, answers).length === 0

/** What the counting needs to know of the answers, item by item. */
export function lookUp(instrument: Instrument, answers: Answers): LookUp {
  const items = itemsById(instrument)
  return (id): Counted | undefined => {
    const one = items.get(id)
    return one && { value: valueOf(one.item, answers), asked: wasAsked(instrument, one.item, answers), min: one.min, max: one.max }
  }
}

interface KnownItem { readonly item: InstrumentItem; readonly min: number; readonly max: number }
/** The same few forms are counted thousands of times: each is read once. */
const known = new WeakMap<Instrument, ReadonlyMap<string, KnownItem>>()

function itemsById(instrument: Instrument): ReadonlyMap<string, KnownItem> {
  const held = known.get(instrument) ?? new Map(instrument.items.map((item) => [item.id, { item, ...endsOf(item.answer) }]))
  known.set(instrument, held)
  return held
}

export function endsOf(answer: AnswerScale): { readonly min: number; readonly max: number } {
  if (answer.kind === 'yes-no') return { min: 0, max: 1 }
  if (answer.kind === 'slider') return { min: answer.min, max: answer.max }
  const values = answer.options.map(({ value }) => value)
  return { min: Math.min(...values), max: Math.max(...values) }
}

function wasAsked(instrument: Instrument, item: InstrumentItem, answers: Answers): boolean {
  const condition = item.askedWhen
  if (!condition) return true
  const gate = instrument.items.find((other) => other.id === condition.item)
  return gate !== undefined && valueOf(gate, answers) === condition.is
}
