import { opposite, type Truth } from '../shared/truth.ts'
import { holdsPhrase } from './medicine.ts'
import type { FactName, GapReason, KnownList, ListItems, Missing, NamedSubstance, ScreeningFacts } from './facts.ts'
import type { Condition, DiagnosisTest, NumberTest, SubstanceTest, Test, ValueTest } from './rule.ts'

/** A fact that a rule rested on: its value as used (of a list, the items that counted), and where it stands. */
export interface UsedFact {
  readonly fact: FactName
  readonly value: unknown
  /** Set instead of a value when the rule rested on the fact being missing. */
  readonly missing?: GapReason
  readonly entries: readonly string[]
}
export interface FactGap { readonly fact: FactName; readonly why: GapReason; readonly entries: readonly string[]; readonly about?: readonly string[] }

export interface Judgement {
  readonly truth: Truth
  /** The facts that made it yes or no. */
  readonly because: readonly UsedFact[]
  /** The facts whose absence leaves it unknown. */
  readonly gaps: readonly FactGap[]
  /** Facts that count only if recorded, and are not. */
  readonly unrecorded: readonly FactName[]
}

/**
 * Judges a condition on the facts. A fact that is missing makes its test unknown, never no, unless the row
 * itself says that the fact counts only if recorded. A shape that is not in the language is unknown.
 */
export function judge(condition: Condition, facts: ScreeningFacts): Judgement {
  const found: Found = { because: [], gaps: [] }
  find(condition, facts, found)
  return { truth: truthOf(condition, facts), because: distinct(found.because), gaps: distinct(found.gaps), unrecorded: unrecordedAmong(excusedOf(condition), facts) }
}

type Ask = (facts: ScreeningFacts) => Truth
const asks = new WeakMap<Condition, Ask>()

/** The answer alone, by Kleene's strong logic. The same rows are asked about many people, so each is read once. */
export const truthOf = (condition: Condition, facts: ScreeningFacts): Truth => askOf(condition)(facts)

function askOf(condition: Condition): Ask {
  const known = asks.get(condition)
  if (known) return known
  const ask = readCondition(condition)
  asks.set(condition, ask)
  return ask
}

function readCondition(condition: Condition): Ask {
  if ('any' in condition) return firstOf(condition.any.map(askOf), 'yes', 'no')
  if ('all' in condition) return firstOf(condition.all.map(askOf), 'no', 'yes')
  if ('not' in condition) {
    const ask = askOf(condition.not)
    return (facts) => opposite(ask(facts))
  }
  return readTest(condition)
}

/** One part that decides is enough; without it an unknown outweighs the rest. */
const firstOf = (parts: readonly Ask[], decides: Truth, otherwise: Truth): Ask => (facts) => {
  let truth = otherwise
  for (const part of parts) {
    const one = part(facts)
    if (one === decides) return decides
    if (one === 'unknown') truth = 'unknown'
  }
  return truth
}

/** Facts that count only if recorded, and are not, wherever in the conditions they are asked for. */
export const unrecordedIn = (conditions: readonly Condition[], facts: ScreeningFacts): FactName[] => unrecordedAmong(excusedOf(conditions), facts)

function unrecordedAmong(excused: readonly Excused[], facts: ScreeningFacts): FactName[] {
  const named: FactName[] = []
  for (const { fact, noWhen } of excused) {
    const held = facts[fact]
    if (held.state === 'missing' && noWhen.includes(held.why)) named.push(fact)
  }
  return named
}

interface Excused { readonly fact: FactName; readonly noWhen: readonly GapReason[] }
const excusedIn = new WeakMap<object, readonly Excused[]>()

function excusedOf(asked: Condition | readonly Condition[]): readonly Excused[] {
  const known = excusedIn.get(asked)
  if (known) return known
  const excused = byFact(('length' in asked ? asked : [asked]).flatMap(readExcused))
  excusedIn.set(asked, excused)
  return excused
}

const byFact = (excused: readonly Excused[]): Excused[] =>
  [...new Set(excused.map(({ fact }) => fact))].map((fact) => ({ fact, noWhen: excused.filter((one) => one.fact === fact).flatMap(({ noWhen }) => noWhen) }))

function readExcused(condition: Condition): readonly Excused[] {
  if ('any' in condition) return condition.any.flatMap(readExcused)
  if ('all' in condition) return condition.all.flatMap(readExcused)
  if ('not' in condition) return readExcused(condition.not)
  return 'noWhen' in condition ? [{ fact: 'anyIn' in condition ? condition.anyIn : condition.fact, noWhen: condition.noWhen! }] : []
}

interface Found { readonly because: UsedFact[]; readonly gaps: FactGap[] }

/** Only the parts that decided are named: one yes of an "or", the noes of an "and". */
function find(condition: Condition, facts: ScreeningFacts, found: Found): void {
  if ('not' in condition) return find(condition.not, facts, found)
  const parts = 'any' in condition ? condition.any : 'all' in condition ? condition.all : undefined
  if (!parts) return findInTest(condition as Test, facts, found)
  const truth = truthOf(condition, facts)
  for (const part of parts) if (truthOf(part, facts) === truth) find(part, facts, found)
}

function findInTest(test: Test, facts: ScreeningFacts, found: Found): void {
  const fact = factOf(test)
  if (!fact) return
  const held = facts[fact]
  const truth = truthOf(test, facts)
  if ('absent' in test) {
    if (held.state === 'missing') found.because.push({ fact, value: null, missing: held.why, entries: held.entries })
  } else if (held.state === 'missing') {
    if (truth === 'unknown') found.gaps.push({ fact, why: held.why, entries: held.entries, ...(held.about && { about: held.about }) })
  } else if (!('items' in held)) found.because.push({ fact, value: held.value, entries: held.entries })
  else if (held.gap && truth === 'unknown') found.gaps.push({ fact, ...held.gap })
  else found.because.push(usedOf(fact, held, test))
}

function usedOf(fact: FactName, held: KnownList<unknown>, test: Test): UsedFact {
  const fits = fitsOf(test)
  const counted = held.items.filter((item) => fits(item.value))
  return { fact, value: counted.map((item) => say(test, item.value)), entries: counted.length > 0 ? [...new Set(counted.flatMap((item) => item.entries))] : held.entries }
}

/** A diagnosis is told by its code, a medicine or an allergy as somebody wrote it. */
function say(test: Test, item: unknown): unknown {
  if ('diagnosis' in test) return (item as ListItems['diagnoses']).code
  return 'taking' in test || 'allergicTo' in test ? (item as NamedSubstance).name : item
}

function factOf(test: Test): FactName | undefined {
  if ('absent' in test) return test.absent
  if ('diagnosis' in test) return 'diagnoses'
  if ('taking' in test) return 'medications'
  if ('allergicTo' in test) return 'allergies'
  if ('uses' in test) return 'substanceUse'
  if ('anyIn' in test) return test.anyIn
  return 'fact' in test ? test.fact : undefined
}

function readTest(test: Test): Ask {
  if ('absent' in test) return (facts) => yesIf(facts[test.absent].state === 'missing')
  if ('fact' in test) return 'is' in test ? askValue(test) : askNumber(test)
  const fact = factOf(test)
  if (fact === undefined) return () => 'unknown'
  const fits = fitsOf(test)
  const noWhen = 'anyIn' in test ? test.noWhen : undefined
  return (facts) => listTruth(facts[fact] as KnownList<unknown> | Missing, fits, noWhen)
}

const askValue = (test: ValueTest): Ask => (facts) => {
  const held = facts[test.fact]
  return held.state === 'missing' ? withoutFact(held, test.noWhen) : yesIf(held.value === test.is)
}

const askNumber = ({ fact, noWhen, atLeast, moreThan, below, atMost }: NumberTest): Ask => (facts) => {
  const held = facts[fact]
  if (held.state === 'missing') return withoutFact(held, noWhen)
  const { value } = held
  return yesIf((atLeast === undefined || value >= atLeast) && (moreThan === undefined || value > moreThan) && (below === undefined || value < below) && (atMost === undefined || value <= atMost))
}

/** What stands on a list counts at once; what does not stand there is a no only when the whole list is known. */
function listTruth(held: KnownList<unknown> | Missing, fits: (item: unknown) => boolean, noWhen: readonly GapReason[] | undefined): Truth {
  if (held.state === 'missing') return withoutFact(held, noWhen)
  for (const item of held.items) if (fits(item.value)) return 'yes'
  return held.gap ? 'unknown' : 'no'
}

const withoutFact = (held: Missing, noWhen?: readonly GapReason[]): Truth => (noWhen?.includes(held.why) ? 'no' : 'unknown')
const yesIf = (holds: boolean): Truth => (holds ? 'yes' : 'no')

/** Whether one item of a list is what the test asks for; `anyIn` asks for anything. */
function fitsOf(test: Test): (item: unknown) => boolean {
  if ('diagnosis' in test) return diagnosisFits(test)
  if ('taking' in test) return (item) => isAny(item as NamedSubstance, test.taking)
  if ('allergicTo' in test) return (item) => isAny(item as NamedSubstance, test.allergicTo)
  return 'uses' in test ? (item) => substanceFits(test, item as ListItems['substanceUse']) : () => true
}

function diagnosisFits(test: DiagnosisTest): (item: unknown) => boolean {
  const named = test.diagnosis.map(plainCode)
  const except = test.except?.map(plainCode)
  return (item) => {
    const { status } = item as ListItems['diagnoses']
    if (test.recorded !== 'ever' && test.recorded !== status && !(test.recorded === 'current' && status !== 'resolved')) return false
    const written = writtenCode(item as ListItems['diagnoses'])
    return named.some((prefix) => written.startsWith(prefix)) && !except?.some((prefix) => written.startsWith(prefix))
  }
}

const writtenCodes = new WeakMap<ListItems['diagnoses'], string>()

/** A dozen rules ask for the codes of one diagnosis. */
function writtenCode(diagnosis: ListItems['diagnoses']): string {
  const written = writtenCodes.get(diagnosis) ?? plainCode(diagnosis.code)
  writtenCodes.set(diagnosis, written)
  return written
}

const isAny = (item: NamedSubstance, names: readonly string[]) => names.some((name) => item.ingredients.includes(name) || holdsPhrase(item.plain, name))

/** The dot is only written for people: the first three characters are always the category. */
const plainCode = (code: string) => code.replaceAll('.', '').trim().toUpperCase()
function substanceFits(test: SubstanceTest, item: ListItems['substanceUse']): boolean {
  const named = (names: readonly string[]) => names.some((name) => holdsPhrase(item.substance, name))
  // Only the bare name is excepted: "cocaine and nicotine" is not nicotine.
  return test.status.includes(item.status) && (test.uses === 'any' || named(test.uses)) && !test.except?.includes(item.substance)
}

function distinct<Named extends { readonly fact: FactName }>(named: readonly Named[]): Named[] {
  return [...new Map(named.map((one) => [JSON.stringify(one), one])).values()]
}
