import type { UsedFact } from './judge.ts'
import type { FactVocabulary } from './say-condition.ts'
import type { MetRule } from './screen.ts'

/** A fact's value as a person says it. */
export function sayValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(Math.round(value * 10) / 10)
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => (typeof one === 'object' && one !== null ? Object.values(one).map((part) => String(part).replaceAll('-', ' ')).join(' ') : String(one))).join(', ')
  return String(value)
}

/** One fact that a rule rested on, with its name and its unit. */
export function sayUsed({ fact, value, missing }: UsedFact, words: FactVocabulary): string {
  const { label, unit } = words[fact]
  return missing ? `${label}: missing` : `${label}: ${sayValue(value)}${unit ? ` ${unit}` : ''}`
}

/** Which facts met which rule, for those who have to look again: "O14, takes an MAO inhibitor (medications: phenelzine)". */
export const sayMet = ({ rule, facts }: MetRule, words: FactVocabulary): string => `${rule.id}: ${rule.says} (${facts.map((one) => sayUsed(one, words)).join('; ')})`
