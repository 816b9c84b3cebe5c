import { colleagueQuestions } from '../../../../core/course/colleague-questions.ts'
import { Disclosure } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { plural } from '../words.ts'
import { AskForm, OneQuestion } from './QuestionsRoom.tsx'

/** Questions between therapist and prescriber, where they come up: open ones with their due time, and one to the other at hand. */
export function BetweenUs() {
  const { chart, now, team, roles, mayWrite, used } = useOpenChart()
  const questions = colleagueQuestions(chart, now)
  const open = questions.filter(({ state }) => state !== 'answered')
  const answered = questions.length - open.length
  const other = team.find(({ person, role }) => person !== used.me.person && role === (roles.includes('prescriber') ? 'therapist' : 'prescriber'))
  return (
    <Part title="Questions about it" end={answered > 0 && <RoomLink step="questions">{plural(answered, 'answered question')}</RoomLink>}>
      {open.length === 0 && <p className="soft">No question is open between colleagues.</p>}
      {open.map((one) => <OneQuestion key={one.question.id} asked={one} />)}
      {mayWrite('question-asked.v1') && <Disclosure summary={other ? `Ask ${other.name}` : 'Ask a colleague'}><AskForm to={other?.person} /></Disclosure>}
    </Part>
  )
}
