import type { FactChange, SaidFact } from '../../../../core/eligibility/fact-history.ts'
import type { FactName } from '../../../../core/eligibility/facts.ts'
import { sayValue } from '../../../../core/eligibility/say-fact.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { gapWords, listed, plural } from '../words.ts'

/** What a fact said, with its unit; or why it said nothing. */
export function saySaid({ value, missing }: SaidFact, fact: FactName): string {
  const { unit } = factVocabulary[fact]
  return missing ? gapWords[missing] : `${sayValue(value)}${unit ? ` ${unit}` : ''}`
}

/** How long after: in the unit a person would say it in. */
export function later(minutes: number): string {
  const [whole, hours, days] = [Math.round(minutes), Math.round(minutes / 60), Math.round(minutes / 1_440)]
  if (whole < 1) return 'less than a minute later'
  if (whole < 90) return `${plural(whole, 'minute')} later`
  return hours < 36 ? `${plural(hours, 'hour')} later` : `${plural(days, 'day')} later`
}

/** "changed from yes to no, 4 minutes later, by Jonas Lindqvist". */
export function sayChange({ how, from, to, minutesLater, by }: FactChange, fact: FactName, name: (person: string) => string): string {
  const who = `by ${listed(by.map(name))}`
  const after = minutesLater === undefined ? '' : `, ${later(minutesLater)}`
  if (how === 'answered') return `${saySaid(to, fact)}, ${who}`
  if (how === 'behind') return `also answered ${saySaid(to, fact)}, ${who}, before the answer that counts: it arrived late and is not counted`
  return `${how} from ${saySaid(from, fact)} to ${saySaid(to, fact)}${after}, ${who}`
}
