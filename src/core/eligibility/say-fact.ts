import type { UsedFact } from './judge.ts'
import type { FactVocabulary, FactWords } from './say-condition.ts'
import type { Reopening } from './clearance.ts'

/** A fact's value as a person says it. */
export function sayValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(Math.round(value * 10) / 10)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => (typeof one === 'object' && one !== null ? Object.values(one).map((part) => String(part).replaceAll('-', ' ')).join(' ') : String(one))).join(', ')
  return String(value)
}

/** One fact that a rule rested on, with its name and its unit. */
export function sayUsed({ fact, value, missing }: UsedFact, words: FactVocabulary): string {
  // What was written down under another edition may name a fact that is not asked any more.
  const { label, unit }: Pick<FactWords, 'label' | 'unit'> = Object.hasOwn(words, fact) ? words[fact] : { label: fact }
  return missing ? `${label}: missing` : `${label}: ${sayValue(value)}${unit ? ` ${unit}` : ''}`
}

/** Which facts met which rule, for those who have to look again: "O14, takes an MAO inhibitor (medications: phenelzine)". */
export const sayMet = ({ rule, facts }: Pick<Reopening, 'rule' | 'facts'>, words: FactVocabulary): string => (facts.length === 0 ? rule.says : `${rule.id}: ${rule.says} (${facts.map((one) => sayUsed(one, words)).join('; ')})`)
