import type { Chart } from '../chart/chart.ts'
import type { Entry, EntryOf } from '../chart/entry.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { standingVisits } from '../measures/doses.ts'
import { localDay } from '../shared/local-day.ts'
import { hoursBetween, minutesBetween, type Instant } from '../shared/time.ts'
import type { SessionEntries } from './entries.ts'
import { gateOf, met, notKnown, notMet, type Gate, type GateContext } from './gates.ts'

/** Devices' clocks differ by a little. What is dated later than that was not yet so at the moment that is judged. */
const AHEAD_MIN = 5

/** The emergency kit of the room: looked through lately, everything there, nothing past its date. What nobody looked at is not there. */
export function kitGate(chart: Chart, { clock, row, visit }: GateContext): Gate {
  const all = chart.all('room-checked.v1')
  const newest = all.findLast(({ at }) => !isAhead(at, clock.now))
  if (!newest) return gateOf('emergency-kit', all.length > 0 ? notMet('The check of the emergency kit is dated ahead of now. Look at its hour.', all.map(({ id }) => id)) : notKnown('Nobody has checked the emergency kit of this room.'), true)
  const because = [wrongRoom(newest, roomOf(chart, visit)), staleKit(newest, clock.now, row.kit.withinHours), ...lacking(newest, row.kit.items), expired(newest, localDay(clock.now, clock.zone))].filter((one) => one !== undefined)
  return gateOf('emergency-kit', because.length === 0 ? met('The emergency kit was checked: everything is there and in date.', [newest.id]) : notMet(because.join(' '), [newest.id]), true)
}

type Checked = EntryOf<'room-checked.v1'>

/** When somebody last looked, whoever found it still so since. */
export const lookedAt = ({ at, body }: Pick<Checked, 'at' | 'body'>): Instant => (body.confirms && body.confirms.at < at ? body.confirms.at : at)

const isAhead = (at: Instant, now: Instant): boolean => minutesBetween(now, at) > AHEAD_MIN
export const roomOf = (chart: Chart, visit: string | undefined): BookedVisit['room'] => standingVisits(chart).find((one) => one.visit === visit)?.room

function wrongRoom({ body }: Checked, room: BookedVisit['room']): string | undefined {
  if (room === undefined || body.room?.id === room.id) return undefined
  return body.room ? `The kit of ${body.room.name} was checked, and this visit is in ${room.name}.` : `The check does not say which room it was; this visit is in ${room.name}.`
}

const staleKit = (entry: Checked, now: Instant, withinHours: number): string | undefined =>
  hoursBetween(lookedAt(entry), now) > withinHours ? `Nobody has looked through the emergency kit in the last ${withinHours} hours.` : undefined

/** A thing that was written both there and not there is not there. */
function lacking({ body: { items } }: Checked, asked: GateContext['row']['kit']['items']): (string | undefined)[] {
  const said = (id: string) => items.filter(({ item }) => item === id)
  const absent = asked.filter(({ id }) => said(id).some(({ present }) => !present))
  const unseen = asked.filter(({ id }) => said(id).length === 0)
  return [absent.length > 0 ? `Not there: ${absent.map(({ name }) => name).join(', ')}.` : undefined, unseen.length > 0 ? `Not looked at: ${unseen.map(({ name }) => name).join(', ')}.` : undefined]
}

const expired = ({ body }: Checked, today: string): string | undefined => (body.earliestExpiry < today ? 'Something in the emergency kit is past its date.' : undefined)

type Reachable = EntryOf<'prescriber-reachable.v1'>

/** What each prescriber said last, as far as it holds now. */
export function reachableNow(chart: Chart, now: Instant): Reachable[] {
  const newest = new Map(chart.all('prescriber-reachable.v1').filter(({ at }) => !isAhead(at, now)).map((entry) => [entry.body.person, entry]))
  return [...newest.values()].filter(({ body }) => body.until > now)
}

export const isInRoom = ({ body }: Reachable): boolean => body.by === 'in-the-room'
export const isOnSite = (said: Reachable): boolean => isInRoom(said) || said.body.by === 'on-site'

/**
 * A prescriber who answers for this session: as near as the route asks, as quickly as the row asks, and for as long as
 * the session needs them. Being named for the visit says none of that, and where nobody can say how long that is, nobody
 * answers for long enough.
 */
export function reachableGate(chart: Chart, { clock, row }: GateContext, route: DoseRoute | undefined, neededUntil: (said: Reachable) => Instant | undefined): Gate {
  const said = reachableNow(chart, clock.now)
  const ids = said.map(({ id }) => id)
  if (said.length === 0) {
    const before = chart.latest('prescriber-reachable.v1')
    return gateOf('prescriber-reachable', before ? notMet('That a prescriber can be reached was said for another hour. Ask again.', [before.id]) : notKnown('Nobody has written down that a prescriber can be reached.'), true)
  }
  const near = said.filter((one) => route === undefined || !row.prescriber.onSite.includes(route) || isOnSite(one))
  if (near.length === 0) return gateOf('prescriber-reachable', notMet('By this route a prescriber has to be in the building.', ids), true)
  const quick = near.filter(({ body }) => body.answersWithinSec <= row.prescriber.answersWithinSec)
  if (quick.length === 0) return gateOf('prescriber-reachable', notMet('The prescriber does not answer quickly enough.', ids), true)
  const long = quick.find((one) => {
    const until = neededUntil(one)
    return until && one.body.until >= until
  })
  if (!long) return gateOf('prescriber-reachable', notMet(`${quick[0]!.body.name} can be reached, but not for as long as this takes.`, ids), true)
  return gateOf('prescriber-reachable', met(`${long.body.name} can be reached, ${ways[long.body.by]}.`, [long.id]), true)
}

export const ways: Readonly<Record<Reachable['body']['by'], string>> = { 'in-the-room': 'in the room', 'on-site': 'in the building', phone: 'by phone', video: 'by video' }

export interface RoomTold {
  readonly kit: Checked | undefined
  readonly reachable: Reachable | undefined
}

/** What was written in the session, or else what the gates looked at when it began. */
export function roomTold(chart: Chart, { body: { gates } }: EntryOf<'session-started.v1'>, entries: SessionEntries): RoomTold {
  const atStart = gates.flatMap(({ facts }) => facts.map((id) => chart.entry(id)))
  const isKit = (entry: Entry | undefined): entry is Checked => entry?.kind === 'room-checked.v1'
  const isReachable = (entry: Entry | undefined): entry is Reachable => entry?.kind === 'prescriber-reachable.v1'
  return { kit: entries.latest('room-checked.v1') ?? atStart.findLast(isKit), reachable: entries.latest('prescriber-reachable.v1') ?? atStart.findLast(isReachable) }
}
