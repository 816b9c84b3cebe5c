import type { SeriesHour } from '../../../../core/contract/therapy.ts'
import { Disclosure, Select, Stack } from '../../../kit/index.ts'
import { visitDay, visitPlace, visitWhen } from '../visits.ts'
import { clockTime } from '../../times.ts'
import { decided, LEFT_OUT, STAYS, type Choices } from './therapy.ts'

interface HoursProps {
  readonly hours: readonly SeriesHour[]
  readonly choices: Choices
  readonly onChoose: (choices: Choices) => void
}

/** Every hour of a series as it would stand. First those that a person has to decide about; then those that somebody should have seen; then the rest. */
export function Hours({ hours, choices, onChoose }: HoursProps) {
  const without = hours.filter(({ placed }) => placed === null)
  const noted = hours.filter(({ placed, notes }) => placed !== null && notes.length > 0)
  const { open } = decided(hours, choices)
  const free = hours.length - without.length
  return (
    <Stack>
      <p role="status"><strong>{sayFree(free, hours.length)}</strong>{without.length > 0 && ` ${sayOpen(open.length, free)}`}</p>
      {without.length > 0 && (
        <ol className="d-hours" aria-label="Hours without a place">
          {without.map((hour) => (
            <li key={hour.day}>
              <div><strong>{hourDay(hour.day)}</strong><ul className="d-reasons">{hour.reasons.map(({ says }) => <li key={says}>{says}</li>)}</ul></div>
              <Select label={`Instead of ${hourDay(hour.day)}`} choices={instead(hour)} value={choices[hour.day] ?? null} onChange={(value) => onChoose(withChoice(choices, hour.day, value))} />
            </li>
          ))}
        </ol>
      )}
      {noted.length > 0 && (
        <section aria-label="To know before">
          <p><strong>Look at {noted.length === 1 ? 'this one' : `these ${noted.length}`} once more.</strong> {noted.length === 1 ? 'It is' : 'They are'} free, and a dose is near.</p>
          <ul className="d-reasons">{noted.map(({ day, placed, notes }) => <li key={day}>{visitWhen(placed!)}. {notes.map(({ says }) => says).join(' ')}</li>)}</ul>
        </section>
      )}
      {free > 0 && (
        <Disclosure summary={free === 1 ? 'The free hour' : `The ${free} free hours`}>
          <ul className="d-reasons" aria-label="Free hours">{hours.flatMap(({ day, placed, was }) => (placed ? [<li key={day}>{was && was.startsAt !== placed.startsAt ? <><s className="soft">{visitWhen(was)}</s> <span className="heard">becomes</span> <span aria-hidden="true">→</span> </> : null}{visitWhen(placed)}, {visitPlace(placed)}</li>] : []))}</ul>
        </Disclosure>
      )}
    </Stack>
  )
}

/** A series is a weekday, so its days are said with it. */
const hourDay = (day: string) => visitDay({ startsAt: `${day}T12:00:00Z`, endsAt: '', zone: 'UTC' })

const sayFree = (free: number, all: number) => (free === 0 ? (all === 1 ? 'This hour is not free.' : `None of these ${all} hours is free.`) : free === all ? (all === 1 ? 'The hour is free.' : `All ${all} hours are free.`) : `${free} of ${all} hours are free.`)
const sayOpen = (open: number, free: number) => {
  if (open === 0) return 'It is said what becomes of the others.'
  if (free === 0) return 'Ask for another hour, or say what becomes of each.'
  return open === 1 ? 'Say what becomes of the other one.' : `Say what becomes of the other ${open}.`
}

const withChoice = (choices: Choices, day: string, value: string | null): Choices => {
  const { [day]: _before, ...rest } = choices
  return value === null ? rest : { ...rest, [day]: value }
}

const instead = ({ nearest, was }: SeriesHour) => [
  ...nearest.map((visit) => ({ value: visit.startsAt, label: `${visitDay(visit)}, ${clockTime(visit.startsAt, visit.zone)}, ${visitPlace(visit)}` })),
  ...(was ? [{ value: STAYS, label: 'Leave it where it is' }, { value: LEFT_OUT, label: 'Cancel this one' }] : [{ value: LEFT_OUT, label: 'Leave this one out' }]),
]
