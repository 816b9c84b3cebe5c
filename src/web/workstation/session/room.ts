import type { Chart } from '../../../core/chart/chart.ts'
import { theServer, type Entry } from '../../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../../core/chart/kinds.ts'
import type { Role } from '../../../core/access/roles.ts'
import { courseIn } from '../../../core/rulebook/own-courses.ts'
import { peopleNeeded } from '../../../core/session/presence.ts'
import { readSession, type SessionNow } from '../../../core/session/session.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { sessionRowsOf } from '../../../core/rulebook/book.ts'
import { useMemo } from 'react'
import { useRulesOf, type RulesNow } from '../../sync/editions.ts'
import { useChart, useDevice, useNow, type UsedChart, type WriteHow, type Written } from '../../sync/index.ts'

/** Everything a part of the room needs: the session as it stands this second, and the way to write into it. */
export interface Room {
  readonly chartId: string
  readonly used: UsedChart
  readonly chart: Chart
  readonly session: SessionNow
  readonly now: Instant
  readonly zone: string
  readonly name: (person: string) => string
  /** The rules this session started with; nobody changes a limit under a running one. */
  readonly rules: RulesNow
  /** What this person is on this patient's team. */
  readonly roles: readonly Role[]
  readonly write: <Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, how?: WriteHow) => Promise<Entry>
  readonly writeAct: (entries: readonly Written[]) => Promise<readonly Entry[]>
}

export type RoomState =
  | { readonly state: 'opening' }
  | { readonly state: 'refused'; readonly say: string }
  | { readonly state: 'no-session' }
  | { readonly state: 'open'; readonly room: Room }

/** The room, read anew every second from what this device holds. Nothing about a session lives anywhere else. */
export function useRoom(chartId: string, session: string): RoomState {
  const used = useChart(chartId)
  const now = useNow(1_000, useDevice().clock)
  const { zone } = used.me.practice
  const second = now.slice(0, 19)
  const started = used.chart.all('session-started.v1').find(({ id }) => id === session)
  const rules = useRulesOf(used.me.practice.id, started?.body.edition)
  const read = useMemo(() => readSession(used.chart, session, sessionRowsOf(rules.book), { now, zone }), [used.chart, session, second, zone, rules.book])
  if (read.ok) return { state: 'open', room: roomOf(chartId, used, read.value, now, rules) }
  if (used.refused) return { state: 'refused', say: used.refused.say }
  return used.ready && used.chart.entries.length > 0 ? { state: 'no-session' } : { state: 'opening' }
}

export function roomOf(chartId: string, used: UsedChart, session: SessionNow, now: Instant, rules: RulesNow): Room {
  const inSession = { session: session.session }
  return {
    chartId, used, chart: used.chart, session, rules, now, zone: used.me.practice.zone, name: namesOf(used, session),
    roles: used.head?.myRoles ?? [],
    write: (kind, body, how) => used.write(kind, body, { ...inSession, ...how }),
    writeAct: (entries) => used.writeAct(entries.map((entry) => ({ ...inSession, ...entry }) as Written)),
  }
}

/** Names of people, never "current user": from the team, and from those who were named or checked in here. */
function namesOf({ head, me }: UsedChart, { started, stays }: SessionNow): Room['name'] {
  const known = new Map<string, string>([
    ...started.body.people.map(({ person, name }) => [person, name] as const), ...stays.map(({ person, name }) => [person, name] as const),
    ...(head?.team ?? []).map(({ person, name }) => [person, name] as const), [me.person, me.name], [theServer, 'the server'],
  ])
  return (person) => known.get(person) ?? 'somebody not on this team'
}

/** The roles somebody may be checked in as. */
export const roomRoles = ['therapist', 'monitor', 'prescriber'] as const
export type RoomRole = (typeof roomRoles)[number]
export const myRoomRoles = ({ roles }: Pick<Room, 'roles'>): readonly RoomRole[] => roomRoles.filter((role) => roles.includes(role))
export const isPresent = ({ session, used }: Room): boolean => session.present.some(({ person }) => person === used.me.person)

/** How many people have to be here in this session. A course that this device does not know asks for what the gates ask. */
export const neededHere = ({ rules, session }: Pick<Room, 'rules' | 'session'>): number => peopleNeeded(courseIn(rules.book, session.started.body.protocol), rules.book.monitoring.gates)

/** One clock format in the room: 14:05, as it is said on a ward. */
export const wallTime = (at: Instant, zone: string): string => new Intl.DateTimeFormat('en-US', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(new Date(at))

/** 2:10 to go, or 0:40 over. */
export function minutesAndSeconds(ms: number): string {
  const whole = Math.floor(Math.abs(ms) / 1_000)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

export { shortName } from '../../../core/shared/short-name.ts'
