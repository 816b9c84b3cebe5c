import { ageOn } from '../../../core/shared/time.ts'
import { Clock } from '../../kit/index.ts'
import { minutesAndSeconds, shortName, wallTime, type Room } from './room.ts'

/** Who lies here and what must never be forgotten about them; the two clocks everybody looks for. */
export function Header({ room }: { readonly room: Room }) {
  const { used, chart, session } = room
  const name = used.head?.name ?? nameOnChart(room)
  const birthDate = used.head?.birthDate ?? chart.latest('demographics.v1')?.body.birthDate
  return (
    <header className="r-top">
      <div className="r-who">
        <span className="r-photo" aria-hidden="true">{name.charAt(0)}</span>
        <h1>{shortName(name)}</h1>
        <span className="soft">{birthDate ? `born ${bornOn(birthDate)}, ${ageOn(birthDate, session.today)} years` : 'date of birth not recorded'}</span>
        <span className="r-clocks">
          <Clock minutes={session.minutesSinceFirstDose === undefined ? null : Math.floor(session.minutesSinceFirstDose)} label="since dose" />
          <NextReading room={room} />
        </span>
      </div>
      <dl className="r-never-forget" aria-label="Never forget">
        {facts(room).map(([term, says]) => <div key={term}><dt>{term}</dt><dd>{says}</dd></div>)}
      </dl>
    </header>
  )
}

function NextReading({ room: { session, now } }: { readonly room: Room }) {
  const { due, closed } = session
  if (closed || !due) return <span className="k-clock"><span className="k-clock__time">–:––</span><span className="soft">{closed ? 'closed' : 'next reading'}</span></span>
  if (due.why === 'before-dose') return <span className="k-clock"><span className="soft">{due.missing.length > 0 ? 'first reading asked for' : 'no reading due before the dose'}</span></span>
  const ms = Date.parse(due.at) - Date.parse(now)
  return (
    <span className="k-clock" data-overdue={ms < 0 || undefined} role="timer" aria-label={ms < 0 ? 'Reading overdue by' : 'Next reading in'}>
      <span className="k-clock__time">{minutesAndSeconds(ms)}</span><span className="soft">{ms < 0 ? 'overdue' : 'next reading'}</span>
    </span>
  )
}

/** "None" only where somebody went through the list; a list nobody opened says so. */
function facts({ chart, session, zone }: Room): readonly (readonly [string, string])[] {
  const reviewed = (list: 'allergies' | 'medications') => chart.latest('list-reviewed.v1', ({ body }) => body.list === list)?.body.none
  const listed = (names: readonly string[], none: boolean | undefined) => (names.length > 0 ? names.join(', ') : none ? 'none' : 'not asked')
  const agreed = chart.latest('agreements.v1')
  const ended = chart.latest('consent-withdrawn.v1', ({ body, at }) => body.form === 'treatment' && at >= session.started.at)
  return [
    ...(ended ? [['Consent', `taken back at ${wallTime(ended.at, zone)}: no more medicine`] as const] : []),
    ['Allergies', listed(chart.all('allergy.v1').filter(({ body }) => body.status === 'active').map(({ body }) => body.substance), reviewed('allergies'))],
    ['Medicines', listed(chart.all('medication.v1').filter(({ body }) => body.status === 'active').map(({ body }) => body.name), reviewed('medications'))],
    ['Touch', session.touch.says + (session.touch.note ? ` (${session.touch.note})` : '')],
    ['Stop signal', agreed?.body.stopSignal ?? 'none agreed'],
  ]
}

function nameOnChart({ chart }: Room): string {
  const body = chart.latest('demographics.v1')?.body
  return body ? `${body.preferredName || body.givenName} ${body.familyName}` : 'Name not known here'
}

const bornOn = (day: string) => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
