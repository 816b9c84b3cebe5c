import type { Chart } from '../core/chart/chart.ts'
import { screenChart } from '../core/eligibility/clearance.ts'
import type { FactName } from '../core/eligibility/facts.ts'
import { judge, type FactGap, type UsedFact } from '../core/eligibility/judge.ts'
import type { EligibilityRule } from '../core/eligibility/rule.ts'
import { sayCondition } from '../core/eligibility/say-condition.ts'
import type { Override } from '../core/eligibility/screen.ts'
import { screeningFacts } from '../core/eligibility/screening-facts.ts'
import type { Instant } from '../core/shared/time.ts'
import { decisionWords, eligibility, factVocabulary, screeningLimits } from '../knowledge/eligibility.ts'
import { sources, type SourceId } from '../knowledge/sources.ts'
import { edition } from '../server/rulebook.ts'

const states = { yes: 'MET', no: 'not met', unknown: 'NOT EVALUABLE' } as const

/** Every rule asked of a chart at one moment, in words: what it asks, what it found, and on whose word it stands. */
export function explainChart(id: string, chart: Chart, at: Instant): string {
  const facts = screeningFacts(chart, at, screeningLimits)
  const screening = screenChart(chart, eligibility, at, screeningLimits)
  const { decision, urgent, crisis, met, unknown, notMet, unrecorded } = screening
  const flags = [urgent && 'URGENT', crisis && 'CRISIS'].filter(Boolean).join(', ')
  const head = [
    `Chart ${id}, ${chart.entries.length} entries, judged at ${at}, rulebook ${edition}`,
    `${decision}${flags === '' ? '' : ` (${flags})`}: ${decisionWords[decision].says}`,
    `${met.length} met, ${unknown.length} not evaluable, ${notMet.length} not met.${unrecorded.length > 0 ? ` Counted as no because nobody recorded them: ${unrecorded.map(nameOf).join(', ')}.` : ''}`,
    'The software shows rules and facts. A licensed person decides.',
  ]
  const blocks = eligibility.map((rule) => {
    const { truth, because, gaps } = judge(rule.when, facts)
    return explainRule(rule, states[truth], because, gaps, met.find((one) => one.rule.id === rule.id)?.override)
  })
  return [head.join('\n'), ...blocks].join('\n\n')
}

function explainRule(rule: EligibilityRule, state: string, because: readonly UsedFact[], gaps: readonly FactGap[], override: Override | undefined): string {
  return [
    `${rule.id} ${rule.action}: ${state}. ${rule.says}`,
    `  asks    ${sayCondition(rule.when, factVocabulary)}`,
    ...because.map((used) => `  fact    ${nameOf(used.fact)}: ${used.missing ? `missing (${words(used.missing)})` : sayValue(used.value)}${entriesOf(used.entries)}`),
    ...gaps.map((gap) => `  open    ${nameOf(gap.fact)}: ${words(gap.why)}${gap.about ? `, about ${gap.about.join(', ')}` : ''}${entriesOf(gap.entries)}`),
    ...(override ? [`  signed  a prescriber went on: ${override.reason}${entriesOf(override.entry === undefined ? [] : [override.entry])}`] : []),
    ...(state === states.yes && rule.liftedBy !== undefined ? [`  lifted  ${rule.liftedBy}`] : []),
    `  basis   ${rule.basis}`,
    `  source  ${rule.cites.map((key) => `${key} ${sources[key as SourceId].title}`).join('; ')} [${rule.tag}, ${rule.verified ? 'verified' : 'not verified'}, review by ${rule.reviewBy}]`,
  ].join('\n')
}

const nameOf = (fact: FactName) => factVocabulary[fact].label
const words = (state: string) => state.replaceAll('-', ' ')
const entriesOf = (entries: readonly string[]) => (entries.length > 0 ? ` (${entries.length === 1 ? 'entry' : 'entries'} ${entries.join(', ')})` : '')

function sayValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.length === 0 ? 'nothing on the list that the rule asks for' : value.map(sayValue).join(', ')
  if (typeof value === 'object' && value !== null) return Object.entries(value).map(([key, held]) => `${key} ${sayValue(held)}`).join(', ')
  return String(value)
}
