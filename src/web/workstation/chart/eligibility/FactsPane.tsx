import { factHistory, saidOf, type FactChange } from '../../../../core/eligibility/fact-history.ts'
import type { FactName, GapReason } from '../../../../core/eligibility/facts.ts'
import { stillToAsk } from '../../../../core/eligibility/screen.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { Disclosure } from '../../../kit/index.ts'
import { whereAsked } from '../facts/questions.ts'
import { useOpenChart } from '../open-chart.ts'
import { When } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { useWide } from '../parts/use-wide.ts'
import { gapWords, plural, upper } from '../words.ts'
import { factGroups } from './fact-groups.ts'
import { sayChange, saySaid } from './say-change.ts'
import { useReplay } from './use-replay.ts'

/** What is known about the person, group by group, with who said it and what became of it. What rules wait for comes first. */
export function FactsPane() {
  const { screening } = useOpenChart()
  const waiting = new Map(stillToAsk(screening).map(({ fact, rules }) => [fact, rules.length]))
  return (
    <section className="c-elig__facts" aria-label="What is known">
      <h3>What is known</h3>
      {factGroups.map(([title, facts]) => <Group key={title} title={title} facts={facts.toSorted((a, b) => Number(waiting.has(b)) - Number(waiting.has(a)))} waiting={waiting} />)}
    </section>
  )
}

interface GroupProps {
  readonly title: string
  readonly facts: readonly FactName[]
  /** Facts that rules wait for, with how many do. */
  readonly waiting: ReadonlyMap<FactName, number>
}

function Group({ title, facts, waiting }: GroupProps) {
  const { facts: held } = useOpenChart()
  const isQuiet = (fact: FactName) => !waiting.has(fact) && held[fact].state === 'missing' && held[fact].why === 'not-asked'
  const [shown, quiet] = [facts.filter((fact) => !isQuiet(fact)), facts.filter(isQuiet)]
  const open = facts.filter((fact) => waiting.has(fact)).length
  // Where facts and rules stand under each other, a group in which nothing is missing is folded: what is missing is met first.
  const isFolded = !useWide('48rem') && open === 0 && shown.length > 0
  const list = <ul className="c-known">{shown.map((fact) => <Fact key={fact} fact={fact} rules={waiting.get(fact)} />)}</ul>
  return (
    <section className="c-elig__group" aria-label={title}>
      <h4>{title}{open > 0 && <span className="c-facts__gap"> {open} missing</span>}</h4>
      {isFolded ? <Disclosure summary={<span className="small">{plural(shown.length, 'fact')} on record</span>}>{list}</Disclosure> : list}
      {quiet.length > 0 && (
        <Disclosure summary={<span className="soft small">{plural(quiet.length, 'more question')} that nobody asked and no rule waits for</span>}>
          <ul className="c-known">{quiet.map((fact) => <Fact key={fact} fact={fact} rules={undefined} />)}</ul>
        </Disclosure>
      )}
    </section>
  )
}

/** One fact: what it says or why it says nothing, who wrote it, and every time it was answered otherwise. */
function Fact({ fact, rules }: { readonly fact: FactName; readonly rules: number | undefined }) {
  const { facts, name } = useOpenChart()
  const changes = factHistory(useReplay(), fact)
  const { label } = factVocabulary[fact]
  const said = saidOf(facts, fact)
  const last = changes.at(-1)
  const told = changes.filter(({ how }) => how !== 'answered')
  return (
    <li className="c-known__fact" aria-label={upper(label)} data-missing={rules === undefined ? undefined : true}>
      <p className="c-known__line"><span>{upper(label)}</span> {said.missing ? <Missing why={said.missing} fact={fact} rules={rules} /> : <strong>{saySaid(said, fact)}</strong>}</p>
      {told.length > 0
        ? <ul className="c-known__changes">{told.toReversed().map((change) => <Change key={`${change.how} ${change.entries.join()}`} change={change} fact={fact} />)}</ul>
        : last && <p className="c-known__who">{last.by.map(name).join(', ')}, <When at={last.at} /> <Entries change={last} fact={fact} /></p>}
    </li>
  )
}

const Missing = ({ why, fact, rules }: { readonly why: GapReason; readonly fact: FactName; readonly rules: number | undefined }) => (
  <span className={rules === undefined ? 'soft' : 'c-facts__gap'}>{gapWords[why]}{rules !== undefined && ` · ${plural(rules, 'rule')} ${rules === 1 ? 'waits' : 'wait'}`} <RoomLink {...whereAsked(fact)} label={`Fill in: ${factVocabulary[fact].label}`}>fill in</RoomLink></span>
)

/** Two answers to one question are shown as two, with how far apart they are: the later counts, and both stay readable. */
function Change({ change, fact }: { readonly change: FactChange; readonly fact: FactName }) {
  const { name } = useOpenChart()
  return <li data-behind={change.how === 'behind' || undefined}>{sayChange(change, fact, name)} <span className="soft">(<When at={change.at} />)</span> <Entries change={change} fact={fact} /></li>
}

const Entries = ({ change, fact }: { readonly change: FactChange; readonly fact: FactName }) => (
  <>{change.entries.map((entry, at) => <RoomLink key={entry} step="ledger" entry={entry} label={`Entry behind ${factVocabulary[fact].label}, ${change.how}${at > 0 ? `, ${at + 1}` : ''}`}>entry</RoomLink>)}</>
)
