import { isNoticed, waitingChange } from '../../../core/scheduling/told-changes.ts'
import { usePatient } from '../patient.tsx'
import { dayAndTime } from '../times.ts'
import { visitName } from '../visits.ts'

/** Other times that the practice has asked her about: what it asked, until when, and where she answers. Her visits stay meanwhile. */
export function AskedElsewhere() {
  const { used, zone, now } = usePatient()
  const asked = waitingChange(used.chart, now)?.told.body
  if (!asked) return null
  const changes = asked.changes.filter(isNoticed)
  return (
    <section className="k-stack k-stack--tight" aria-labelledby="asked-elsewhere">
      <h2 id="asked-elsewhere">{changes.length === 1 ? 'We asked you about another time' : 'We asked you about other times'}</h2>
      <ul className="k-stack k-stack--tight">{changes.map(({ from, to }) => to && <li key={from.visit}><strong>{visitName(from)}: {dayAndTime(to.startsAt, zone)}</strong>{from.online === to.online ? '' : to.online ? ', online' : ', at the practice'}<br /><span className="soft">Now: {dayAndTime(from.startsAt, zone)}</span></li>)}</ul>
      <p>Say yes or no by the link in our message.{asked.until && ` We keep the new ${changes.length === 1 ? 'time' : 'times'} for you until ${dayAndTime(asked.until, zone)}.`} Until you say yes, everything stays as it stands below.</p>
    </section>
  )
}
