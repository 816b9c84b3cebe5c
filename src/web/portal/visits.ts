import type { Chart } from '../../core/chart/chart.ts'
import type { EntryOf } from '../../core/chart/entry.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import type { Instant } from '../../core/shared/time.ts'
import { visitWords } from '../../knowledge/pages/words.ts'

const numbered: readonly BookedVisit['type'][] = ['preparation', 'medicine', 'integration']

/** What a visit is called by the person who comes to it. */
export const visitName = ({ type, number }: Pick<BookedVisit, 'type' | 'number'>) => (numbered.includes(type) ? `${visitWords[type].name} ${number}` : visitWords[type].name)

/** The visits as they stand, told by the server or, without it, read from the chart on this device. */
export const visitsOf = (course: { readonly visits: readonly BookedVisit[] } | undefined, chart: Chart): readonly BookedVisit[] => course?.visits ?? standingVisits(chart)

export const nextVisit = (visits: readonly BookedVisit[], now: Instant, fits: (visit: BookedVisit) => boolean = () => true) => visits.find((visit) => visit.endsAt > now && fits(visit))

/** Booked, and not behind her yet: a session that was closed is over, whatever time was booked for it. */
export function visitsAhead(visits: readonly BookedVisit[], chart: Chart): readonly BookedVisit[] {
  const closed = new Set(chart.all('session-closed.v1').map(({ session }) => session))
  const over = new Set([...chart.all('session-started.v1').filter(({ id }) => closed.has(id)), ...chart.all('visit-closed.v1')].flatMap(({ body }) => body.visit ?? []))
  return visits.filter(({ visit }) => !over.has(visit))
}

/** Where it takes place, as far as the chart knows. */
export const placeOf = ({ online, room }: BookedVisit) => (online ? 'online' : room ? `in the room ${room.name}` : 'at the practice')

const listed = (parts: readonly string[]) => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`)
export const peopleOf = ({ people }: BookedVisit) => listed(people.map(({ name }) => name))

/** Who takes her home from this visit; the newest naming counts. */
export const rideFor = (chart: Chart, visit: string): EntryOf<'escort-named.v1'> | undefined => chart.latest('escort-named.v1', ({ body }) => body.visit === visit)

export { sessionsHeld } from '../../core/afterwards/ladder.ts'
