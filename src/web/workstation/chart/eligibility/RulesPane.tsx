import type { EligibilityRule } from '../../../../core/eligibility/rule.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { Disclosure } from '../../../kit/index.ts'
import { RuleCard, RuleLine } from '../clearance/RuleCard.tsx'
import type { JudgedRule, Sheet } from '../clearance/sheet.ts'
import { useOpenChart } from '../open-chart.ts'
import { plural } from '../words.ts'

/** The met rules by what they ask for. What is missing comes first: nothing else can be said for certain before. */
const GROUPS: readonly (readonly [action: EligibilityRule['action'], title: string, asks: string])[] = [
  ['missing', 'Missing', 'Facts that have to be asked before anything is decided.'],
  ['block', 'Blocks', 'No dosing here while one of these is met.'],
  ['hold', 'Holds', 'No dosing until what lifts it has happened.'],
  ['override', 'Signed reasons', 'Each needs a prescriber’s own written reason, or it does not go on.'],
  ['caution', 'Cautions', 'To be known and weighed; they stop nothing by themselves.'],
]

/** Every rule once: those that are met by what they ask for, then those that could not be judged and those not met, folded. */
export function RulesPane({ sheet }: { readonly sheet: Sheet }) {
  const { screening } = useOpenChart()
  return (
    <section className="c-elig__rules" aria-label="What the rules say">
      <h3>What the rules say</h3>
      {sheet.met.length === 0 && <p className="soft">No rule is met on the data entered.</p>}
      {GROUPS.map(([action, title, asks]) => <Group key={action} title={title} asks={asks} rules={sheet.met.filter(({ rule }) => rule.action === action)} />)}
      <Folded title="Could not be judged" says={(count) => `${plural(count, 'rule')} that could not be judged, and ${count === 1 ? 'lets' : 'let'} nothing pass`} rules={sheet.unknown} />
      <Folded title="Not met" says={(count) => `${plural(count, 'rule')} judged and not met, each with its facts`} rules={sheet.notMet} />
      {screening.unrecorded.length > 0 && <p className="soft">Counted only if recorded, and nobody recorded: {screening.unrecorded.map((fact) => factVocabulary[fact].label).join(', ')}.</p>}
    </section>
  )
}

function Group({ title, asks, rules }: { readonly title: string; readonly asks: string; readonly rules: readonly JudgedRule[] }) {
  if (rules.length === 0) return null
  return (
    <section className="c-elig__group" aria-label={title}>
      <h4>{title} ({rules.length})</h4>
      <p className="soft">{asks}</p>
      <ul className="c-rules">{rules.map((judged) => <RuleCard key={judged.rule.id} judged={judged} />)}</ul>
    </section>
  )
}

function Folded({ title, says, rules }: { readonly title: string; readonly says: (count: number) => string; readonly rules: readonly JudgedRule[] }) {
  if (rules.length === 0) return null
  return (
    <section className="c-elig__group" aria-label={title}>
      <h4>{title} ({rules.length})</h4>
      <Disclosure summary={says(rules.length)}><ul className="c-rules">{rules.map((judged) => <RuleLine key={judged.rule.id} judged={judged} />)}</ul></Disclosure>
    </section>
  )
}
