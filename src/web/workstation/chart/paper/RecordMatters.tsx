import { maySettle, ownerOf, recordMatters } from '../../../../core/session/record-matters.ts'
import { Notice } from '../../../kit/index.ts'
import { useOpenChart } from '../open-chart.ts'
import { RoomLink } from '../parts/RoomLink.tsx'
import { exactTime } from '../words.ts'

const ROOMS = { paper: ['paper', 'Compare it with the paper'], late: ['late', 'Look at what came late'], spoken: ['spoken', 'Write it out'] } as const

/** What is open about the record of a session, in every room of the chart, with the one who is to see to it. */
export function RecordMatters() {
  const { chart, isClinical, name, zone, team, used, place } = useOpenChart()
  if (!isClinical) return null
  const matters = recordMatters(chart, { name, time: (at) => exactTime(at, zone) }).filter(({ about }) => place.step !== ROOMS[about][0])
  if (matters.length === 0) return null
  const mine = team.filter(({ person }) => person === used.me.person).map(({ role }) => role)
  return (
    <div className="c-risks">
      {matters.map((matter) => {
        const owner = ownerOf(matter, team)
        const [step, words] = ROOMS[matter.about]
        const may = maySettle(matter, used.me.person, mine)
        return (
          <Notice key={`${matter.about} ${matter.entries[0]}`} level="caution" what={matter.says} kept={owner ? `${owner.person === used.me.person ? 'You see' : `${owner.name} sees`} to it.` : matter.about === 'spoken' ? 'Only whoever spoke it writes it out, and they are not on the team any more. It can be listened to.' : 'Nobody on the team may: put a second clinician on it.'}>
            <RoomLink step={step} kind="quiet" label={`${may ? words : `See it, ${words.toLowerCase()}`}: session ${matter.number}`}>{may ? words : 'See it'}</RoomLink>
          </Notice>
        )
      })}
    </div>
  )
}
