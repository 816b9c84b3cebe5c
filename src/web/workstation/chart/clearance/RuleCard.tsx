import { sayCondition } from '../../../../core/eligibility/say-condition.ts'
import type { EligibilityRule } from '../../../../core/eligibility/rule.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { Badge, Disclosure } from '../../../kit/index.ts'
import { RuleHistory } from '../eligibility/RuleHistory.tsx'
import { whereAsked } from '../facts/questions.ts'
import { valueSays } from '../ledger/say-entry.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { gapWords, listed } from '../words.ts'
import type { JudgedRule } from './sheet.ts'

const actionWords: Record<EligibilityRule['action'], string> = { block: 'block', hold: 'hold', override: 'needs a signed reason', missing: 'missing', caution: 'caution' }
const LEVEL = { block: 'emergency', hold: 'call', override: 'call', missing: 'caution', caution: 'caution' } as const

/** One rule with the facts it was judged on, where they stand, and where the rule itself comes from. */
export function RuleCard({ judged }: { readonly judged: JudgedRule }) {
  const { rule, override } = judged
  return (
    <li className="c-rule" aria-label={`Rule ${rule.id}`}>
      <p className="c-rule__says"><Badge level={LEVEL[rule.action]}>{actionWords[rule.action]}</Badge> <strong>{rule.says}</strong></p>
      <Facts judged={judged} />
      {rule.liftedBy && <p className="soft">Lifted by: {rule.liftedBy}</p>}
      {rule.moment === 'session-day' && <p className="soft">Judged again on the day of each session.</p>}
      {override && <p>Passed with a signed reason: “{override.reason}”{override.entry && <> <RoomLink step="ledger" entry={override.entry} label={`The clearance that passed ${rule.id}`}>the clearance</RoomLink></>} <span className="soft">It ends with the clearance, and has to be signed again when these facts change.</span></p>}
      <Disclosure summary={<span className="small">{`How ${rule.id} is judged, its source, and what became of it here`}</span>}><Grounds judged={judged} /></Disclosure>
    </li>
  )
}

/** A rule that was not met or could not be judged, in one line that opens to its facts and its source. */
export function RuleLine({ judged }: { readonly judged: JudgedRule }) {
  const { rule, gaps } = judged
  return (
    <li className="c-rule c-rule--line" aria-label={`Rule ${rule.id}`}>
      <Disclosure summary={<span className="c-rule__line">{rule.says} <span className="soft small">{rule.id}, {actionWords[rule.action]}{gaps.length > 0 && ` · lacks ${listed([...new Set(gaps.map(({ fact }) => factVocabulary[fact].label))])}`}</span></span>}>
        <Facts judged={judged} />
        {rule.liftedBy && <p className="soft">Lifted by: {rule.liftedBy}</p>}
        <Grounds judged={judged} />
      </Disclosure>
    </li>
  )
}

const Grounds = ({ judged: { rule, because, gaps } }: { readonly judged: JudgedRule }) => (
  <>
    <p>{sayCondition(rule.when, factVocabulary)}.</p>
    <p className="soft">Screened by {rule.screenedBy}. To the patient: “{rule.plainly}”</p>
    {rule.moment === 'session-day' && <p className="soft">Judged again on the day of each session.</p>}
    <BasisOf id={`${rule.id}, version ${rule.version}`} tag={rule.tag} cites={rule.cites} verified={rule.verified} basis={rule.basis} />
    {because.length + gaps.length === 0 && <p className="soft">It rests on no single fact.</p>}
    <RuleHistory rule={rule} />
  </>
)

/** The facts a rule used, each one leading to the entry it stands in, and those it lacks, each leading to where it is asked. */
function Facts({ judged: { rule, because, gaps } }: { readonly judged: JudgedRule }) {
  if (because.length + gaps.length === 0) return null
  return (
    <ul className="c-rule__facts" aria-label={`Facts of ${rule.id}`}>
      {because.map((used) => (
        <li key={`${used.fact} ${JSON.stringify(used.value)}`}>
          {factVocabulary[used.fact].label}: {used.missing ? gapWords[used.missing] : valueSays(used.value)}{!used.missing && factVocabulary[used.fact].unit ? ` ${factVocabulary[used.fact].unit}` : ''}
          {used.entries.map((entry, at) => <RoomLink key={entry} step="ledger" entry={entry} label={`Rule ${rule.id}: the entry behind ${factVocabulary[used.fact].label}${used.entries.length > 1 ? `, ${at + 1}` : ''}`}>{used.entries.length > 1 ? `entry ${at + 1}` : 'entry'}</RoomLink>)}
          {(used.missing || rule.action === 'missing') && <FillIn fact={used.fact} rule={rule.id} />}
        </li>
      ))}
      {gaps.map((gap) => <li key={gap.fact}>{factVocabulary[gap.fact].label}: {gapWords[gap.why]}{gap.about && gap.about.length > 0 ? ` (${gap.about.join(', ')})` : ''} <FillIn fact={gap.fact} rule={rule.id} /></li>)}
    </ul>
  )
}

const FillIn = ({ fact, rule }: { readonly fact: keyof typeof factVocabulary; readonly rule: string }) => <RoomLink {...whereAsked(fact)} label={`Rule ${rule}: fill in ${factVocabulary[fact].label}`}>fill in</RoomLink>
