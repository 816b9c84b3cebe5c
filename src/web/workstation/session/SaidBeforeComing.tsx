import type { Chart } from '../../../core/chart/chart.ts'
import { alarmsOn } from '../../../core/reminders/alarms.ts'
import { rideOf, rideSaid, saidBefore } from '../../../core/reminders/said.ts'
import type { Rulebook } from '../../../core/rulebook/book.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { dayAlarmWords } from '../../../knowledge/reminders.ts'
import { Badge } from '../../kit/index.ts'
import { wallTime } from './room.ts'

interface Props {
  readonly chart: Chart
  readonly visit: { readonly visit: string; readonly startsAt: Instant }
  readonly book: Pick<Rulebook, 'monitoring'>
  readonly zone: string
}

/** What the person said before they came, with its hour and what the rules say to it, and what the adult who takes them home said. It informs; what has to be asked here is asked here. */
export function SaidBeforeComing({ chart, visit, book, zone }: Props) {
  const said = saidBefore(chart, visit, zone)
  const named = rideOf(chart, visit.visit)
  const ride = rideSaid(named, chart.all('ride-answered.v1'), visit)
  return (
    <section aria-label="Said before coming" className="r-gates">
      <h2>Said before coming</h2>
      {said.length === 0 && <p className="r-warn">The questions before the session were not answered. Ask them here.</p>}
      <ul>
        {said.map(({ at, check, via, says, answers }) => {
          const alarms = alarmsOn(chart, answers, { book, words: dayAlarmWords, startsAt: visit.startsAt, zone })
          return (
            <li key={at} className="r-gate">
              <b>{check === 'morning' ? 'This morning' : 'The day before'}, {wallTime(at, zone)}, {via === 'link' ? 'by a link' : 'on their own pages'}</b>
              <span>{says.join(' ')}{alarms.map((alarm) => <span key={alarm.says}><br /><Badge level="caution">look at this</Badge> {alarm.says}</span>)}</span>
            </li>
          )
        })}
        {named && (
          <li className="r-gate">
            <b>{named.body.name}</b>
            <span>{ride?.body.comes === false && <Badge level="caution">cannot come</Badge>} {ride ? `Said at ${wallTime(ride.at, zone)}: ${ride.body.comes ? 'brings them home.' : 'cannot bring them home.'}` : 'Has not said yet whether they come.'}</span>
          </li>
        )}
      </ul>
      {said.length > 0 && <p className="soft">In the person’s own words. Confirm with them what the gates ask for.</p>}
    </section>
  )
}
