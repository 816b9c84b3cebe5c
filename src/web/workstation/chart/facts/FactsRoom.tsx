import { factNames, type FactName as ChartFact } from '../../../../core/chart/facts.ts'
import { stillToAsk } from '../../../../core/eligibility/screen.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { Disclosure } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { factSays } from '../ledger/say-entry.ts'
import { gapWords, listed, upper } from '../words.ts'
import { FactQuestion } from './FactQuestion.tsx'
import { MissingForm, type MissingFact } from './MissingForm.tsx'
import { groups, questions, whereAsked } from './questions.ts'

const isChartFact = (fact: string): fact is ChartFact => (factNames as readonly string[]).includes(fact)

/** What the rules ask. First what is missing, with the rules that wait for it; below, every question with its answer. */
export function FactsRoom() {
  const { screening, chart, place, mayWrite } = useOpenChart()
  const missing = stillToAsk(screening)
  const here = missing.flatMap((one): MissingFact[] => (isChartFact(one.fact) ? [{ ...one, fact: one.fact }] : []))
  const there = missing.filter((one, at) => !isChartFact(one.fact) && missing.findIndex(({ fact }) => factVocabulary[fact].asks === factVocabulary[one.fact].asks) === at)
  const sought = place.entry !== undefined && isChartFact(place.entry) ? place.entry : undefined
  const corrected = chart.all('fact.v1').find(({ id }) => id === place.amends)?.body.fact
  const alone = corrected ?? sought
  const rest = here.filter(({ fact }) => fact !== alone)
  return (
    <Room title="Questions the rules ask" says="Each can be answered, not known, or declined; all three are written down. A question nobody asked stays open and lets nothing pass.">
      {alone && <Part title={corrected ? 'Correct an answer' : 'This question'}><FactQuestion key={alone} fact={alone} /></Part>}
      <Part title="Missing now">
        {missing.length === 0 && <p>No question of the screening is open. The prescriber judges what was answered.</p>}
        {there.length > 0 && <ul className="c-missing" aria-label="Missing, filled in elsewhere">{there.map(({ fact, why, about, rules }) => <li key={fact}>{upper(factVocabulary[fact].asks)}: {gapWords[why]}{about.length > 0 ? ` (${about.join(', ')})` : ''}. <span className="soft">{rules.length > 6 ? `${rules.length} rules wait` : `${listed(rules)} ${rules.length === 1 ? 'waits' : 'wait'}`} for it.</span> <RoomLink {...whereAsked(fact)} label={`Fill in: ${factVocabulary[fact].asks}`}>Fill in</RoomLink></li>)}</ul>}
        {rest.length > 0 && mayWrite('fact.v1') && <MissingForm missing={rest} />}
        {rest.length > 0 && !mayWrite('fact.v1') && <ul className="c-missing">{rest.map(({ fact }) => <li key={fact}>{questions[fact].asks}</li>)}</ul>}
      </Part>
      <Part title="All questions">
        {groups.map(([title, facts]) => <Group key={title} title={title} facts={facts.filter((fact) => fact !== alone && !here.some((one) => one.fact === fact))} />)}
      </Part>
    </Room>
  )
}

function Group({ title, facts }: { readonly title: string; readonly facts: readonly ChartFact[] }) {
  const { chart, zone } = useOpenChart()
  const latest = (fact: ChartFact) => chart.latest('fact.v1', ({ body }) => body.fact === fact)
  const answered = facts.filter((fact) => latest(fact)).length
  if (facts.length === 0) return null
  return (
    <Disclosure summary={`${title} · ${answered} of ${facts.length} asked`}>
      {facts.map((fact) => {
        const now = latest(fact)
        return <Disclosure key={fact} summary={<span>{questions[fact].asks} <span className="soft">{now ? factSays(now, zone) : 'not asked'}</span></span>}><FactQuestion fact={fact} /></Disclosure>
      })}
    </Disclosure>
  )
}
