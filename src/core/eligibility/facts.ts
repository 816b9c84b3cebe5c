/** What is known about a person when the rules are asked, and from which entries. */

/** Facts with one value. The names are those of the chart's own facts where it has them. */
export interface FactValues {
  /** Whole years. */
  readonly age: number
  readonly sexAtBirth: 'M' | 'F' | 'other'
  /** kg/m². */
  readonly bmi: number
  /** The screening mean; from a chart, the higher of the last two days' means (see `pressure.ts`). */
  readonly systolicMmHg: number
  readonly diastolicMmHg: number
  readonly psychosis: 'none' | 'family' | 'past' | 'active'
  readonly mania: 'none' | 'past' | 'current'
  readonly moodStabilizer: boolean
  readonly ketamineMisuse: boolean
  /** `AUD` when the course is an alcohol protocol. */
  readonly protocolTarget: 'AUD' | 'other'
  readonly hoursSinceAlcohol: number
  readonly intoxicated: boolean
  readonly cSsrsQ1: boolean
  readonly cSsrsQ2: boolean
  readonly cSsrsQ3: boolean
  readonly cSsrsQ4: boolean
  readonly cSsrsQ5: boolean
  readonly cSsrsQ6Lifetime: boolean
  readonly cSsrsQ6PastThreeMonths: boolean
  /** Whether the latest interview answered every question it had to ask. */
  readonly cSsrsComplete: boolean
  /** PHQ-9 item 9 was above 0 and nobody has asked the C-SSRS since. */
  readonly itemNineOpen: boolean
  readonly phq9: number
  readonly weeksSinceCardiovascularEvent: number
  readonly nyhaClass: number
  readonly qtcMs: number
  readonly ecgDone: boolean
  /** The higher of ALT and AST, in multiples of the laboratory's upper limit. */
  readonly transaminaseTimesUpperLimit: number
  readonly childPugh: 'A' | 'B' | 'C'
  /** mIU/L. */
  readonly tsh: number
  readonly bpicSs: number
  /** As the latest bladder check says. */
  readonly visibleBloodInUrine: boolean
  /** Any other trouble with urinating that the latest bladder check tells of. */
  readonly urinaryTrouble: boolean
  /** The newest BPIC-SS above the first one. */
  readonly bpicSsRise: number
  /** The highest grade of an inflamed bladder that anybody wrote down as a side effect. */
  readonly cystitisGrade: number
  readonly childbearingPotential: boolean
  readonly pregnancyTest: 'negative' | 'positive'
  readonly pregnancyTestAgeDays: number
  /** As written down without a test; "possible" and "unknown" are no value. */
  readonly pregnancyStatus: 'pregnant' | 'not-pregnant'
  readonly lactating: boolean
  readonly lorazepamEquivalentMg: number
  readonly morphineEquivalentMg: number
  readonly opioidAgonistTreatment: boolean
  readonly hasCapacity: boolean
  readonly escortAvailable: boolean
  readonly clearanceSigned: boolean
  readonly medicationsReconciled: boolean
  readonly pdmpChecked: boolean
  readonly daysSincePsychiatricAdmission: number
  readonly untreatedSleepApnea: boolean
  readonly homeOxygen: boolean
  readonly seizureUncontrolled: boolean
  readonly ketamineFromAnotherPrescriber: boolean
  readonly adequateTrials: number
}

export interface Diagnosis { readonly code: string; readonly status: 'active' | 'remission' | 'resolved' }
/** The substance as `plainName` writes it. */
export interface SubstanceUse { readonly substance: string; readonly status: 'active' | 'early-remission' | 'remission' }

/** As somebody wrote it, as `plainName` writes it, and the ingredients that its name or code tells. */
export interface NamedSubstance { readonly name: string; readonly plain: string; readonly ingredients: readonly string[] }

/** Facts that are lists. A list may be known in part: what is on it counts, what is not on it stays open. */
export interface ListItems {
  /** ICD-10-CM codes. */
  readonly diagnoses: Diagnosis
  readonly medications: NamedSubstance
  /** Names on the medication list that could not be read as a medicine. */
  readonly medicationsUnread: string
  /** Stopped, and how long one has to wait after it stands in no source: the prescriber judges. */
  readonly medicinesToJudge: string
  /** The same, where the day it was stopped is not on the chart either. */
  readonly medicinesStoppedUndated: string
  readonly allergies: NamedSubstance
  readonly substanceUse: SubstanceUse
  readonly urineDrugScreenPositive: string
}

export type ValueFact = keyof FactValues
export type ListFact = keyof ListItems
export type FactName = ValueFact | ListFact
type OfType<Type> = { [Name in ValueFact]: FactValues[Name] extends Type ? Name : never }[ValueFact]
export type NumberFact = OfType<number>
export type YesNoFact = OfType<boolean>
export type ChoiceFact = OfType<string>

/** The same names at run time, so that a rule from a file can be checked. */
export const numberFacts = [
  'age', 'bmi', 'systolicMmHg', 'diastolicMmHg', 'hoursSinceAlcohol', 'phq9', 'weeksSinceCardiovascularEvent', 'nyhaClass', 'qtcMs',
  'transaminaseTimesUpperLimit', 'tsh', 'bpicSs', 'bpicSsRise', 'cystitisGrade', 'pregnancyTestAgeDays', 'lorazepamEquivalentMg', 'morphineEquivalentMg', 'daysSincePsychiatricAdmission', 'adequateTrials',
] as const satisfies readonly NumberFact[]
export const choiceFacts = ['sexAtBirth', 'psychosis', 'mania', 'protocolTarget', 'childPugh', 'pregnancyTest', 'pregnancyStatus'] as const satisfies readonly ChoiceFact[]
export const yesNoFacts = [
  'moodStabilizer', 'ketamineMisuse', 'intoxicated', 'cSsrsQ1', 'cSsrsQ2', 'cSsrsQ3', 'cSsrsQ4', 'cSsrsQ5', 'cSsrsQ6Lifetime', 'cSsrsQ6PastThreeMonths', 'cSsrsComplete',
  'itemNineOpen', 'visibleBloodInUrine', 'urinaryTrouble', 'ecgDone', 'childbearingPotential', 'lactating', 'opioidAgonistTreatment', 'hasCapacity', 'escortAvailable', 'clearanceSigned', 'medicationsReconciled',
  'pdmpChecked', 'untreatedSleepApnea', 'homeOxygen', 'seizureUncontrolled', 'ketamineFromAnotherPrescriber',
] as const satisfies readonly YesNoFact[]
export const listFacts = ['diagnoses', 'medications', 'medicationsUnread', 'medicinesToJudge', 'medicinesStoppedUndated', 'allergies', 'substanceUse', 'urineDrugScreenPositive'] as const satisfies readonly ListFact[]
export const factNames: readonly FactName[] = [...numberFacts, ...choiceFacts, ...yesNoFacts, ...listFacts]

/** Why a fact is not known. Only `not-asked` is silence; the others are answers, and none of them is a no. */
export const gapReasons = ['not-asked', 'declined', 'not-known', 'stale', 'incomplete'] as const
export type GapReason = (typeof gapReasons)[number]

export interface Missing { readonly state: 'missing'; readonly why: GapReason; readonly entries: readonly string[]; readonly about?: readonly string[] }
export interface Known<Value> { readonly state: 'known'; readonly value: Value; readonly entries: readonly string[] }
export interface KnownList<Item> {
  readonly state: 'known'
  readonly items: readonly { readonly value: Item; readonly entries: readonly string[] }[]
  /** Entries that say the list was gone through. */
  readonly entries: readonly string[]
  /** Set while the list is known in part only. */
  readonly gap?: Omit<Missing, 'state'>
}

export type ScreeningFacts =
  & { readonly [Name in ValueFact]: Known<FactValues[Name]> | Missing }
  & { readonly [Name in ListFact]: KnownList<ListItems[Name]> | Missing }

export const known = <Value>(value: Value, entries: readonly string[] = []): Known<Value> => ({ state: 'known', value, entries })
export const missing = (why: GapReason, entries: readonly string[] = []): Missing => ({ state: 'missing', why, entries })
export const knownList = <Item>(items: readonly Item[], entries: readonly string[] = []): KnownList<Item> =>
  ({ state: 'known', items: items.map((value) => ({ value, entries })), entries })
