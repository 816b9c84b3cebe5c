import type { FactName, GapReason } from './facts.ts'
import type { Condition, NumberTest, Test } from './rule.ts'

/** What a fact is called, and its unit. */
export interface FactWords { readonly label: string; readonly unit?: string; readonly asks: string }
export type FactVocabulary = Readonly<Record<FactName, FactWords>>

/** A condition in words, so that a clinician can compare two editions of a rule without reading its JSON. */
export function sayCondition(condition: Condition, words: FactVocabulary): string {
  if ('any' in condition) return joined(condition.any, ' or ', words)
  if ('all' in condition) return joined(condition.all, ' and ', words)
  if ('not' in condition) return `not (${sayCondition(condition.not, words)})`
  return sayTest(condition, words)
}

const joined = (parts: readonly Condition[], link: string, words: FactVocabulary) =>
  parts.map((part) => ('any' in part || 'all' in part ? `(${sayCondition(part, words)})` : sayCondition(part, words))).join(link)

function sayTest(test: Test, words: FactVocabulary): string {
  if ('absent' in test) return `${words[test.absent].label} not known`
  if ('diagnosis' in test) return `${recorded[test.recorded]} ${test.diagnosis.join(', ')}${test.except ? ` except ${test.except.join(', ')}` : ''}`
  if ('taking' in test) return `takes ${test.called}`
  if ('allergicTo' in test) return `allergic to ${test.allergicTo.join(' or ')}`
  if ('uses' in test) return `uses ${test.uses === 'any' ? 'any substance' : test.uses.join(' or ')}${test.except ? ` except ${test.except.join(', ')}` : ''} (${test.status.join(' or ')})`
  if ('anyIn' in test) return `${words[test.anyIn].label}: any${unlessSaid(test.noWhen)}`
  if ('is' in test) return `${words[test.fact].label} ${typeof test.is === 'boolean' ? (test.is ? 'is yes' : 'is no') : `is ${test.is}`}${unlessSaid(test.noWhen)}`
  return `${words[test.fact].label} ${bounds(test)}${words[test.fact].unit ? ` ${words[test.fact].unit}` : ''}${unlessSaid(test.noWhen)}`
}

const recorded = { active: 'active diagnosis', current: 'diagnosis', resolved: 'past diagnosis', ever: 'diagnosis at any time' } as const

const bounds = (test: NumberTest) =>
  [
    test.atLeast !== undefined && `${test.atLeast} or more`, test.moreThan !== undefined && `above ${test.moreThan}`,
    test.below !== undefined && `below ${test.below}`, test.atMost !== undefined && `${test.atMost} or less`,
  ].filter(Boolean).join(' and ')

const unlessSaid = (noWhen: readonly GapReason[] | undefined) => (noWhen ? ' (counts only if recorded)' : '')
