import { Notice } from '../../../kit/index.ts'
import { useNow } from '../../../sync/index.ts'
import { dayAndTime } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { RoomLink } from '../parts/RoomLink.tsx'
import { plural } from '../words.ts'

/** Open risk paths stand above everything, with their clocks, in every room of the chart. */
export function RiskBanner() {
  const { course, place } = useOpenChart()
  const now = useNow(1_000)
  const { zone } = useOpenChart()
  if (course.risks.length === 0 || place.step === 'risks') return null
  return (
    <div className="c-risks">
      {course.risks.map((risk) => (
        <Notice key={risk.opened} level={risk.atLeast === 'high' ? 'emergency' : 'call'} what={risk.says} kept={leftWords(risk.dueAt, now, dayAndTime(risk.dueAt, zone))}>
          <RoomLink step="risks" kind="quiet" label={`Open the risk path: ${risk.says}`}>Open the risk path</RoomLink>
        </Notice>
      ))}
    </div>
  )
}

export function leftWords(dueAt: string, now: string, shown: string): string {
  const minutes = (Date.parse(dueAt) - Date.parse(now)) / 60_000
  return minutes < 0 ? `Overdue for ${spanWords(-minutes)}; it was due ${shown}.` : `Due in ${spanWords(minutes)}, by ${shown}.`
}

function spanWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.floor(minutes % 60)]
  return [hours > 0 && plural(hours, 'hour'), (rest > 0 || hours === 0) && plural(rest, 'minute')].filter(Boolean).join(' and ')
}
