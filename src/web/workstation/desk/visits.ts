import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { localDay } from '../../../core/shared/local-day.ts'
import { clock } from '../../sync/clock.ts'
import { clockTime, dayAndTime, plainDay, shortDay } from '../times.ts'

/** How long a plan is held. */
export const HOLD_HOURS = 24

/** What a visit is called at the desk. */
export const visitNames: Record<string, string> = {
  'inquiry-call': 'Call', intake: 'Intake', consult: 'Consultation', 'medical-clearance': 'Medical clearance', preparation: 'Preparation', medicine: 'Medicine session', integration: 'Integration', 'follow-up': 'Follow-up', maintenance: 'Maintenance session', therapy: 'Therapy',
}

/** Visits that come once carry no number: "Intake", but "Preparation 2". */
const ONCE: readonly string[] = ['inquiry-call', 'intake', 'consult', 'medical-clearance']

type Named = Pick<BookedVisit, 'type' | 'number'>
export const visitTitle = ({ type, number }: Named) => `${visitNames[type] ?? type}${type === 'therapy' || (ONCE.includes(type) && number === 1) ? '' : ` ${number}`}`

type Placed = Pick<BookedVisit, 'room' | 'online'>
export const visitPlace = ({ room, online }: Placed) => (online ? 'online' : room?.name ?? 'no room yet')

/** Who is there; somebody on call is near and not in the room, and is said so. */
export const visitPeople = ({ people }: Pick<BookedVisit, 'people'>) =>
  people.map(({ name, role }) => (role === 'prescriber on call' ? `${name} on call` : name)).join(', ')

type Timed = Pick<BookedVisit, 'startsAt' | 'endsAt' | 'zone'>
/** Of another year than this one, the year is said too. */
export const visitDay = ({ startsAt, zone }: Timed) => {
  const [year, now] = [startsAt, clock.now()].map((at) => localDay(at, zone).slice(0, 4))
  return `${shortDay(startsAt, zone)}${year === now ? '' : `, ${year}`}`
}
export const visitClock = ({ startsAt, endsAt, zone }: Timed) => `${clockTime(startsAt, zone)} to ${clockTime(endsAt, zone)}`
export const visitWhen = (visit: Timed) => `${visitDay(visit)}, ${visitClock(visit)}`

/** Until when a visit is held that nobody has booked. */
export const heldWords = ({ heldUntil, zone }: { readonly heldUntil?: string | undefined; readonly zone: string }) => (heldUntil === undefined ? '' : `held until ${dayAndTime(heldUntil, zone)}`)

export const closingDays = ({ from, to }: { readonly from: string; readonly to: string }) => (from === to ? plainDay(from) : `${plainDay(from)} to ${plainDay(to)}`)

/** In the order in which they happen. */
export const byStart = <Visit extends Pick<BookedVisit, 'startsAt'>>(visits: readonly Visit[]): Visit[] => visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))

/** A zone as people call it: "Pacific Time". */
export const zoneName = (zone: string): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longGeneric' }).formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? zone
