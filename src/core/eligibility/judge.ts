import { both, either, opposite, type Truth } from '../shared/truth.ts'
import { holdsPhrase } from './medicine.ts'
import type { FactName, GapReason, KnownList, ListFact, ListItems, Missing, NamedSubstance, ScreeningFacts } from './facts.ts'
import type { AnyInTest, Condition, DiagnosisTest, NumberTest, SubstanceTest, Test, ValueTest } from './rule.ts'

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
  if ('any' in condition) return join(condition.any.map((part) => judge(part, facts)), either)
  if ('all' in condition) return join(condition.all.map((part) => judge(part, facts)), both)
  if ('not' in condition) {
    const inner = judge(condition.not, facts)
    return { ...inner, truth: opposite(inner.truth) }
  }
  return judgeTest(condition, facts)
}

/** Only the parts that decided are named: one yes of an "or", the noes of an "and". */
function join(parts: readonly Judgement[], rule: (truths: readonly Truth[]) => Truth): Judgement {
  const truth = rule(parts.map((part) => part.truth))
  const deciding = parts.filter((part) => part.truth === truth)
  return {
    truth,
    because: truth === 'unknown' ? [] : distinct(deciding.flatMap((part) => part.because)),
    gaps: truth === 'unknown' ? distinct(deciding.flatMap((part) => part.gaps)) : [],
    unrecorded: [...new Set(parts.flatMap((part) => part.unrecorded))],
  }
}

function judgeTest(test: Test, facts: ScreeningFacts): Judgement {
  if ('absent' in test) return judgeAbsent(test.absent, facts)
  if ('diagnosis' in test) return inList('diagnoses', facts.diagnoses, (item) => diagnosisFits(test, item), (item) => item.code)
  if ('taking' in test) return inList('medications', facts.medications, (item) => isAny(item, test.taking), (item) => item.name)
  if ('allergicTo' in test) return inList('allergies', facts.allergies, (item) => isAny(item, test.allergicTo), (item) => item.name)
  if ('uses' in test) return inList('substanceUse', facts.substanceUse, (item) => substanceFits(test, item))
  if ('anyIn' in test) return judgeAnyIn(test, facts)
  if ('is' in test) return judgeValue(test, facts)
  if ('fact' in test) return judgeNumber(test, facts)
  return { truth: 'unknown', because: [], gaps: [], unrecorded: [] }
}

function judgeAbsent(fact: FactName, facts: ScreeningFacts): Judgement {
  const held = facts[fact]
  if (held.state === 'known') return { truth: 'no', because: [], gaps: [], unrecorded: [] }
  return yes({ fact, value: null, missing: held.why, entries: held.entries })
}

function judgeValue(test: ValueTest, facts: ScreeningFacts): Judgement {
  const held = facts[test.fact]
  if (held.state === 'missing') return withoutFact(test.fact, held, test.noWhen)
  return decided(held.value === test.is, { fact: test.fact, value: held.value, entries: held.entries })
}

function judgeNumber(test: NumberTest, facts: ScreeningFacts): Judgement {
  const held = facts[test.fact]
  if (held.state === 'missing') return withoutFact(test.fact, held, test.noWhen)
  const { value } = held
  const fits =
    (test.atLeast === undefined || value >= test.atLeast) && (test.moreThan === undefined || value > test.moreThan) &&
    (test.below === undefined || value < test.below) && (test.atMost === undefined || value <= test.atMost)
  return decided(fits, { fact: test.fact, value, entries: held.entries })
}

function judgeAnyIn(test: AnyInTest, facts: ScreeningFacts): Judgement {
  const held = facts[test.anyIn]
  if (held.state === 'missing') return withoutFact(test.anyIn, held, test.noWhen)
  return inList<unknown>(test.anyIn, held, () => true)
}

/** What stands on a list counts at once; what does not stand there is a no only when the whole list is known. */
function inList<Item>(fact: ListFact, held: KnownList<Item> | Missing, fits: (item: Item) => boolean, say: (item: Item) => unknown = (item) => item): Judgement {
  if (held.state === 'missing') return withoutFact(fact, held)
  const found = held.items.filter((item) => fits(item.value))
  if (found.length > 0) return yes({ fact, value: found.map((item) => say(item.value)), entries: [...new Set(found.flatMap((item) => item.entries))] })
  if (held.gap) return { truth: 'unknown', because: [], gaps: [{ fact, ...held.gap }], unrecorded: [] }
  return decided(false, { fact, value: [], entries: held.entries })
}

function diagnosisFits(test: DiagnosisTest, item: ListItems['diagnoses']): boolean {
  const fitsStatus = test.recorded === 'ever' || test.recorded === item.status || (test.recorded === 'current' && item.status !== 'resolved')
  return fitsStatus && startsWithAny(item.code, test.diagnosis) && !startsWithAny(item.code, test.except ?? [])
}

const isAny = (item: NamedSubstance, names: readonly string[]) => names.some((name) => item.ingredients.includes(name) || holdsPhrase(item.plain, name))

/** The dot is only written for people: the first three characters are always the category. */
const plainCode = (code: string) => code.replaceAll('.', '').trim().toUpperCase()
const startsWithAny = (code: string, prefixes: readonly string[]) => prefixes.some((prefix) => plainCode(code).startsWith(plainCode(prefix)))

function substanceFits(test: SubstanceTest, item: ListItems['substanceUse']): boolean {
  const named = (names: readonly string[]) => names.some((name) => holdsPhrase(item.substance, name))
  // Only the bare name is excepted: "cocaine and nicotine" is not nicotine.
  return test.status.includes(item.status) && (test.uses === 'any' || named(test.uses)) && !(test.except ?? []).includes(item.substance)
}

function withoutFact(fact: FactName, held: Missing, noWhen: readonly GapReason[] = []): Judgement {
  if (noWhen.includes(held.why)) return { truth: 'no', because: [], gaps: [], unrecorded: [fact] }
  const gap = { fact, why: held.why, entries: held.entries, ...(held.about && { about: held.about }) }
  return { truth: 'unknown', because: [], gaps: [gap], unrecorded: [] }
}

const yes = (used: UsedFact): Judgement => decided(true, used)
const decided = (holds: boolean, used: UsedFact): Judgement => ({ truth: holds ? 'yes' : 'no', because: [used], gaps: [], unrecorded: [] })

function distinct<Named extends { readonly fact: FactName }>(named: readonly Named[]): Named[] {
  return [...new Map(named.map((one) => [JSON.stringify(one), one])).values()]
}
