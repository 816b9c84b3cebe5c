import { useState } from 'react'
import { ruleHistory, type RuleChange } from '../../../../core/eligibility/rule-history.ts'
import type { EligibilityRule } from '../../../../core/eligibility/rule.ts'
import { sayUsed } from '../../../../core/eligibility/say-fact.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { useOpenChart } from '../open-chart.ts'
import { RoomLink } from '../parts/RoomLink.tsx'
import { exactTime, listed } from '../words.ts'
import { useReplay } from './use-replay.ts'

/** What became of one rule on this chart. It is read only when somebody opens it: a chart has a hundred rules. */
export function RuleHistory({ rule }: { readonly rule: EligibilityRule }) {
  const [opened, setOpened] = useState(false)
  return (
    <details className="k-disclosure" onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary><span className="small">{`What became of ${rule.id} on this chart`}</span></summary>
      {opened && <div className="k-disclosure__body"><Changes rule={rule} /></div>}
    </details>
  )
}

function Changes({ rule }: { readonly rule: EligibilityRule }) {
  const { zone, name, book } = useOpenChart()
  const changes = ruleHistory(useReplay(), rule, book.screening)
  if (changes.length === 0) return <p className="soft">It could not be judged on this chart so far.</p>
  return (
    <>
      <ol className="c-became" aria-label={`What became of ${rule.id}`}>
        {changes.map((change, at) => (
          <li key={`${change.at} ${change.state}`}>
            <strong>{stateSays(change, changes[at - 1])}</strong> {exactTime(change.at, zone)}, {change.by.length > 0 ? `by ${listed(change.by.map(name))}` : 'by time alone'}{change.state === 'met' && change.facts.length > 0 && `: ${change.facts.map((fact) => sayUsed(fact, factVocabulary)).join('; ')}`}
            {change.entries.map((entry, place) => <RoomLink key={entry} step="ledger" entry={entry} label={`What changed ${rule.id}, line ${at + 1}, entry ${place + 1}`}>entry</RoomLink>)}
          </li>
        ))}
      </ol>
      <p className="soft small">Told again from the entries, by the rule as it reads today. What was signed keeps the words of its day.</p>
    </>
  )
}

function stateSays({ state }: RuleChange, before: RuleChange | undefined): string {
  if (state === 'met') return before?.state === 'met' ? 'Still met, on other facts' : before?.facts && before.state === 'not-met' ? 'Met' : 'First met'
  return state === 'unknown' ? 'Could no longer be judged' : before?.state === 'met' ? 'No longer met' : 'Judged and not met'
}
