import { stillToAsk } from '../../../../core/eligibility/screen.ts'
import { decisionWords, factVocabulary } from '../../../../knowledge/eligibility.ts'
import { Disclosure, Notice } from '../../../kit/index.ts'
import { sheetOf } from '../clearance/sheet.ts'
import { whereAsked } from '../facts/questions.ts'
import { useOpenChart } from '../open-chart.ts'
import { SignsLine } from '../misuse/ForPrescriberRoom.tsx'
import { Room } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { gapWords, plural, upper } from '../words.ts'
import { FactsPane } from './FactsPane.tsx'
import { RulesPane } from './RulesPane.tsx'

/** Who may be treated here: what is known about the person beside what the rules make of it. A person decides. */
export function EligibilityRoom() {
  const { screening, facts } = useOpenChart()
  return (
    <Room title="Eligibility" says={decisionWords[screening.decision].says}>
      {screening.crisis && <Notice level="emergency" what="The C-SSRS is high. The crisis path comes first." next={<RoomLink step="risks">Open the risk paths</RoomLink>} />}
      {screening.urgent && <Notice level="call" what="A pressure so high that it cannot wait." next={<RoomLink step="measurements">The readings</RoomLink>} />}
      <SignsLine />
      <MissingFacts />
      <div className="c-elig">
        <FactsPane />
        <RulesPane sheet={sheetOf(screening, facts)} />
      </div>
    </Room>
  )
}

/** What has to be asked, each question once however many facts it answers, and one way to ask it. */
export function MissingFacts() {
  const { screening, place } = useOpenChart()
  const asked = stillToAsk(screening)
  const questions = asked.filter(({ fact }, at) => asked.findIndex((other) => factVocabulary[other.fact].asks === factVocabulary[fact].asks) === at)
  if (questions.length === 0) return <p>Nothing that the rules ask for is missing. {place.step !== 'clearance' && <RoomLink step="clearance">Open the clearance</RoomLink>}</p>
  const rules = (asks: string) => new Set(asked.filter(({ fact }) => factVocabulary[fact].asks === asks).flatMap((one) => one.rules)).size
  return (
    <section className="c-next__mine" aria-label="What is missing">
      <p><strong>{plural(questions.length, 'fact')} {questions.length === 1 ? 'is' : 'are'} missing.</strong> Until {questions.length === 1 ? 'it is' : 'they are'} asked, no clearance can be signed.</p>
      <RoomLink step="facts" kind="primary">{questions.length === 1 ? 'Ask the missing fact' : `Ask the ${questions.length} missing facts`}</RoomLink>
      <Disclosure open={questions.length <= AT_ONCE} summary="Which, and how many rules wait">
        <ul className="c-missing" aria-label="What the rules lack">
          {questions.map(({ fact, why, about }) => {
            const { asks } = factVocabulary[fact]
            return <li key={fact}>{upper(asks)}: {gapWords[why]}{about.length > 0 && ` (${about.join(', ')})`}; {plural(rules(asks), 'rule')} {rules(asks) === 1 ? 'waits' : 'wait'} for it. <RoomLink {...whereAsked(fact)} label={`Fill in: ${asks}`}>Fill in</RoomLink></li>
          })}
        </ul>
      </Disclosure>
    </section>
  )
}

/** More than a reader takes in at once is folded away under the one button that asks for all of it. */
const AT_ONCE = 6
