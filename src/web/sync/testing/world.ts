import type { Role } from '../../../core/access/roles.ts'
import type { StoredEntry } from '../../../core/chart/entry.ts'
import { instant } from '../../../core/shared/time.ts'
import type { Chance } from './chance.ts'
import { simGuests, type SimGuests } from './guests.ts'
import { simQuarantine, type Envelope, type SimQuarantine } from './quarantine.ts'
import { NEWER_KIND, simServer, type SimServer } from './server.ts'
import { simTime, type Time } from './time.ts'

export const CHARTS = ['c0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002'] as const
export interface Person {
  readonly id: string
  readonly role: Role
}
const person = (number: number, role: Role): Person => ({ id: `a0000000-0000-4000-8000-00000000000${number}`, role })
export const PEOPLE = [person(1, 'therapist'), person(2, 'monitor'), person(3, 'prescriber'), person(4, 'therapist'), person(5, 'patient')] as const
export const roleOf = (id: string): Role => PEOPLE.find((one) => one.id === id)!.role

/** What happened in one life, to be added up. */
export interface Figures {
  steps: number
  acknowledged: number
  refused: number
  /** Requests and answers that never arrived, requests that came twice, and times at which the server broke. */
  lost: number
  doubled: number
  broke: number
  crashes: number
  partitions: number
  jumps: number
  revocations: number
  handovers: number
  late: number
  conflicts: number
  locks: number
  thrownAway: number
  takenOff: number
  secondBroken: number
  brought: number
  adopted: number
  guests: number
  lent: number
}
export const noFigures = (): Figures => ({ steps: 0, acknowledged: 0, refused: 0, lost: 0, doubled: 0, broke: 0, crashes: 0, partitions: 0, jumps: 0, revocations: 0, handovers: 0, late: 0, conflicts: 0, locks: 0, thrownAway: 0, takenOff: 0, secondBroken: 0, brought: 0, adopted: 0, guests: 0, lent: 0 })

/** Hears what is stored, in whatever order the commits are told of. */
export interface Listener {
  readonly token: string
  readonly person: string
  readonly chart: string
  hear(fresh: readonly StoredEntry[]): void
  end(): void
}

export interface TakenOff {
  readonly act: string
  /** They were told that it is off; not where the page ended before, or where its second place was hurt since. */
  isSure: boolean
}

export interface World {
  readonly time: Time
  readonly chance: Chance
  readonly server: SimServer
  /** The server's own clock, which is not the world's. */
  serverMs(): number
  readonly teams: Map<string, Map<string, Role>>
  readonly signIns: Map<string, string>
  readonly listeners: Set<Listener>
  /** Nothing is lost, doubled or broken any more. */
  calm: boolean
  /** Until then the database does not answer. */
  awayUntilMs: number
  /** A version that does not know the newer kind yet. */
  oldServer: boolean
  /** Sessions against which a gate still stands. */
  readonly gated: Set<string>
  readonly everGated: Set<string>
  /** What the server said to an entry when it said no. */
  readonly refusals: Map<string, string[]>
  /** Everything that lay on a disk at some moment: only that may ever be sent. */
  readonly landed: Set<string>
  /** The acts that were sent, whole. */
  readonly posted: Map<string, readonly string[]>
  /** How often the server broke on an act. */
  readonly broke: Map<string, number>
  /** What a page noticed by itself that ought not to be. */
  readonly noticed: string[]
  readonly figures: Figures
  /** What was sealed for the server. */
  readonly envelopes: Map<string, Envelope>
  readonly quarantine: SimQuarantine
  readonly guests: SimGuests
  /** What guests do is drawn from this one, so that what everybody else does is not drawn otherwise. */
  readonly lentChance: Chance
  /** The same of whatever is taken off a device and of second places that break. */
  readonly troubleChance: Chance
  /** Each entry of an act that somebody took off their device after it was refused. */
  readonly takenOff: Map<string, TakenOff>
  /** Whose access has ended for good. */
  gone: string | undefined
  readonly pinFailures: Map<string, number>
  signIn(person: string): string
  endSignIn(token: string): void
  leaveTeam(chart: string, person: string): void
}

export function newWorld(chance: Chance, lentChance: Chance, troubleChance: Chance): World {
  const time = simTime(Date.parse('2026-11-21T17:00:00.000Z') + chance.below(3_600_000))
  const skewMs = chance.below(1_200_001) - 600_000
  const serverMs = () => time.ms + skewMs
  const teams = new Map(CHARTS.map((chart) => [chart as string, new Map(PEOPLE.map(({ id, role }) => [id, role]))]))
  const gated = new Set<string>()
  const listeners = new Set<Listener>()
  const signIns = new Map<string, string>()
  let tokens = 0
  const within5s = (mine: (listener: Listener) => boolean) => time.after(chance.below(5_000), () => { for (const listener of Array.from(listeners)) if (mine(listener)) listener.end() })
  const world: World = {
    time, chance, lentChance, troubleChance, takenOff: new Map(), serverMs, teams, signIns, listeners, gated, everGated: new Set(), calm: false, awayUntilMs: 0, oldServer: chance.odds(0.3), refusals: new Map(), landed: new Set(), posted: new Map(), broke: new Map(), noticed: [], figures: noFigures(), envelopes: new Map(), quarantine: undefined as never, guests: undefined as never, gone: undefined, pinFailures: new Map(),
    server: simServer(serverMs, teams, { knows: (kind) => kind === NEWER_KIND && !world.oldServer, gate: (session) => gated.has(session), sessions: true }),
    signIn(who) {
      const token = `t${(tokens += 1)}`
      signIns.set(token, who)
      return token
    },
    endSignIn(token) {
      signIns.delete(token)
      within5s((listener) => listener.token === token)
    },
    leaveTeam(chart, who) {
      teams.get(chart)!.delete(who)
      within5s((listener) => listener.chart === chart && listener.person === who)
    },
  }
  Object.assign(world, { quarantine: simQuarantine(world), guests: simGuests(world) })
  world.server.onNews((stream, fresh) => {
    for (const listener of listeners) if (listener.chart === stream) {
      if (world.calm || !chance.odds(0.15)) listener.hear(fresh)
      else time.after(chance.below(600), () => listener.hear(fresh))
    }
  })
  return world
}

/** Somebody starts a medicine session, by a route of its own. */
export function startSession(world: World, chart: string, number: number): string {
  const id = `5e551000-0000-4000-8000-${chart.slice(-4)}0000000${number}`
  const at = instant(world.serverMs())
  const order = 'f0000000-0000-4000-8000-000000000001'
  world.server.seed(chart, [{
    id, kind: 'session-started.v1', at, writtenAt: at, by: PEOPLE[0].id, device: 'd0000000-0000-4000-8000-000000000000', session: id,
    body: { protocol: 'solo-six', route: 'IM', order, clearance: order, consents: [order], edition: 'shipped', number, gates: [], people: [{ person: PEOPLE[0].id, name: 'Thea', role: 'therapist' }] },
  }])
  if (world.chance.odds(0.2)) { world.gated.add(id); world.everGated.add(id) }
  return id
}
