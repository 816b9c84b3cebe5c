import { act, render, type RenderResult } from '@testing-library/react'
import type { Role } from '../../../../core/access/roles.ts'
import type { EntryDraft, StoredEntry } from '../../../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../../../core/chart/kinds.ts'
import { lentOf } from '../../../../core/chart/lent.ts'
import { instant } from '../../../../core/shared/time.ts'
import { monitoring } from '../../../../knowledge/monitoring.ts'
import { DeviceContext } from '../../../sync/chart-on-device.ts'
import { clock } from '../../../sync/clock.ts'
import { startDevice, type Device, type Me } from '../../../sync/device.ts'
import { memoryStore, type Act } from '../../../sync/device-store.ts'
import { Offline } from '../../../sync/client.ts'
import type { GuestShelf } from '../../../sync/guests.ts'
import { judgeBody } from '../../../sync/judge-body.ts'
import { newId } from '../../../sync/new-id.ts'
import { PRACTICE, simServer, type SimServer } from '../../../sync/testing/server.ts'
import type { Wire } from '../../../sync/wire.ts'
import { SessionRoom } from '../SessionRoom.tsx'

/** Tests only; everybody in here is invented. One patient, three people of her team, one server in memory. */
export const CHART = 'c0000000-0000-4000-8000-00000000c4a7'
/** The chart of somebody else, with the same three people on its team. */
export const OTHER = 'c0000000-0000-4000-8000-00000000c4a8'
const patients: Readonly<Record<string, string>> = { [CHART]: 'Mara Keller', [OTHER]: 'Ida Nilsson' }
export const people = {
  thea: { person: 'a0000000-0000-4000-8000-000000000001', name: 'Thea Sample', role: 'therapist' }, mona: { person: 'a0000000-0000-4000-8000-000000000002', name: 'Mona Sample', role: 'monitor' },
  pia: { person: 'a0000000-0000-4000-8000-000000000003', name: 'Pia Sample', role: 'prescriber' },
} as const
export type Name = keyof typeof people

export interface Story {
  readonly server: SimServer
  readonly session: string
  /** Writes an entry so many minutes ago, as the server would hold it. */
  on<Kind extends EntryKind>(minutesAgo: number, by: Name, kind: Kind, body: BodyOf<Kind>, more?: { readonly id?: string; readonly session?: string | undefined; readonly amends?: string }): string
  entries(): readonly StoredEntry[]
}

/** A chart on which a session has begun half an hour ago; everything a dose asks for is there, but the dose itself. */
export function aSession({ route = 'IM' as const, without = [] as readonly string[], edition = 'test', chart = CHART, beside = undefined as Story | undefined } = {}): Story {
  const server = beside?.server ?? simServer(() => clock.ms(), new Map([CHART, OTHER].map((one) => [one, new Map<string, Role>(Object.values(people).map(({ person, role }) => [person, role]))])))
  const session = newId(clock.ms() - 1)
  const on: Story['on'] = (minutesAgo, by, kind, body, more = {}) => {
    const at = instant(clock.ms() - minutesAgo * 60_000)
    const id = more.id ?? newId(clock.ms())
    server.seed(chart, [{ id, kind, at, writtenAt: at, device: people[by].person.replace('-0000-', '-1111-'), by: people[by].person, body, ...('session' in more ? (more.session ? { session: more.session } : {}) : { session }), ...(more.amends ? { amends: more.amends } : {}) } as EntryDraft & { by: string }])
    return id
  }
  const story: Story = { server, session, on, entries: () => server.entriesOf(chart) }
  const before = { session: undefined }
  const sign = (name: Name) => ({ person: people[name].person, name: people[name].name, meaning: 'approval' as const, method: 'one-time-code' as const, signedAt: instant(clock.ms() - 9_000 * 60_000) })
  const tell = (what: string, write: () => void) => { if (!without.includes(what)) write() }
  on(20_000, 'thea', 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14' }, before)
  on(20_000, 'thea', 'fact.v1', { fact: 'sexAtBirth', state: 'answered', value: 'M' }, before)
  on(20_000, 'thea', 'allergy.v1', { substance: 'penicillin', codes: [], status: 'active' }, before)
  on(20_000, 'thea', 'medication.v1', { name: 'lamotrigine', codes: [], dosage: '100 mg', status: 'active' }, before)
  on(20_000, 'thea', 'agreements.v1', { touch: 'hands-only', touchNote: '', stopSignal: 'raised palm', lighterSignal: '', quietSignal: '', grounding: [], music: '' }, before)
  const consent = on(9_500, 'thea', 'consent.v1', { form: 'treatment', version: '2026-11', language: 'en', textSha256: 'a'.repeat(64), acknowledged: [], signature: { ...sign('thea'), meaning: 'consent' } }, before)
  const order = on(9_000, 'pia', 'order.v1', { medication: 'racemic-ketamine', route, doseUg: 60_000, boosterUg: 0, maxTotalUg: 60_000, weightG: 80_000, strengthUgPerMl: 50_000, validFrom: '2020-01-01', validUntil: '2099-01-01', instructions: '', reason: '', signature: sign('pia') }, before)
  const clearance = on(8_999, 'pia', 'clearance.v1', { decision: 'cleared', conditions: [], reason: 'Looked at everything', screening: { edition: 'test', decision: 'ELIGIBLE', met: [], unknown: [] }, overrides: [], lastSeq: story.entries().length, signature: sign('pia') }, before)
  tell('escort', () => on(9_000, 'thea', 'escort-named.v1', { name: 'Theo Keller', phone: '555 0100', relationship: '', adult: true }, before))
  tell('kit', () => on(75, 'mona', 'room-checked.v1', { items: monitoring.gates.kit.items.map(({ id }) => ({ item: id, present: true })), earliestExpiry: '2099-01-01' }, before))
  tell('reachable', () => on(70, 'thea', 'prescriber-reachable.v1', { person: people.pia.person, name: people.pia.name, by: 'on-site', answersWithinSec: 120, until: instant(clock.ms() + 400 * 60_000) }, before))
  on(60, 'thea', 'session-started.v1', { protocol: 'solo-six', route, order, clearance, consents: [consent], edition, number: 1, gates: [], people: Object.values(people).slice(0, 2).map((one) => ({ ...one })) }, { id: session, session })
  tell('check-in', () => { on(58, 'thea', 'checked-in.v1', { person: people.thea.person, name: people.thea.name, role: 'therapist' }); on(57, 'mona', 'checked-in.v1', { person: people.mona.person, name: people.mona.name, role: 'monitor' }) })
  tell('screen', () => on(0.5, 'thea', 'measure-answered.v1', { instrument: 'c-ssrs', version: '2026-1', language: 'en', answers: { q1: false, q2: false, q6Lifetime: false }, answeredBy: 'clinician' }))
  tell('identity', () => on(50, 'thea', 'identity-checked.v1', { by: ['name', 'birth-date'] }))
  tell('day', () => {
    const eaten = instant(clock.ms() - 600 * 60_000)
    on(0.5, 'mona', 'fact.v1', { fact: 'lastFoodAt', state: 'answered', value: eaten })
    on(0.5, 'mona', 'fact.v1', { fact: 'lastFluidAt', state: 'answered', value: eaten })
    on(0.5, 'mona', 'fact.v1', { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: false })
    on(600, 'thea', 'list-reviewed.v1', { list: 'medications', none: false }, before)
    on(0.5, 'mona', 'fact.v1', { fact: 'medicinesOnTheDay', state: 'answered', value: [{ medicine: 'anything else', taken: 'no', since: instant(clock.ms() - 4_000 * 60_000) }] })
  })
  tell('vitals', () => {
    for (const minutes of [12, 3]) on(minutes, 'mona', 'vitals.v1', { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98, onRoomAir: true })
    on(3, 'mona', 'mental-status.v1', { moaaS: 5, rass: 0, orientation: 4 })
  })
  return story
}

/** A dose drawn up by one person and read back by another, and not given yet. */
export function drawnUp(story: Story): void {
  const order = story.entries().find(({ kind }) => kind === 'order.v1')!.id
  const prepared = story.on(2, 'mona', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order, lot: '' })
  story.on(1, 'pia', 'dose-confirmed.v1', { prepared, doseUg: 60_000 })
}

/** Doses as two people would have written them: drawn up, read back, given. */
export function given(story: Story, minutesAgo: number, step = 1): string {
  const order = story.entries().find(({ kind }) => kind === 'order.v1')!.id
  const prepared = story.on(minutesAgo + 3, 'thea', 'dose-prepared.v1', { step, doseUg: 60_000, route: 'IM', order, lot: '' })
  const confirmed = story.on(minutesAgo + 2, 'mona', 'dose-confirmed.v1', { prepared, doseUg: 60_000 })
  return story.on(minutesAgo, 'thea', 'dose-given.v1', { step, doseUg: 60_000, route: 'IM', order, prepared, confirmed, confirmedBy: people.mona.person, site: 'left arm', selfAdministered: false })
}

export interface Tablet extends RenderResult {
  readonly device: Device
  /** Cuts the connection, or heals it. */
  online(now: boolean): void
}

/** Opens the room on one person's device. */
export async function openRoom(story: Story, name: Name, { hasPin = true, idleMinutes = 15, clock: own = clock, guests = undefined as GuestShelf | undefined } = {}): Promise<Tablet> {
  const { person, role, name: fullName } = people[name]
  const me: Me = { person, name: fullName, roles: [role], practice: { id: PRACTICE, name: 'Sample', zone: 'America/Los_Angeles', sample: true }, device: person.replace('-0000-', '-1111-'), hasPin, idleMinutes, chart: null, now: clock.now() }
  const road = { up: true }
  const device = await startDevice({
    me, clock: own, store: memoryStore(), judge: judgeBody, wire: wireTo(story, me, role, road),
    memory: { lastActAtMs: Date.now(), keepLastAct() {}, pin: async () => null, keepPin: async () => {}, forget: async () => {}, ...(guests && { guests }) },
  })
  const shown = render(<DeviceContext value={device}><SessionRoom chart={CHART} session={story.session} /></DeviceContext>)
  await shown.findByRole('main', { name: 'Session room' })
  return { ...shown, device, online(now) { road.up = now } }
}

function wireTo({ server }: Story, { person }: Me, role: Role, road: { up: boolean }): Wire {
  const team = Object.values(people).map((one) => ({ ...one, credentials: '' }))
  return {
    post: async (one: Act) => { if (!road.up) throw new Offline(); return server.append(one.entries.some(lentOf) ? one.entries[0]!.by : person, structuredClone(one)) },
    readHead: async (chart) => ({ chart, name: patients[chart] ?? 'Mara Keller', birthDate: '1986-03-14', deceasedOn: null, protocol: 'solo-six', lastSeq: server.entriesOf(chart).length, team, myRoles: [role], patient: null }),
    open: async (chart, after, signal) => {
      if (!road.up) throw new Offline()
      let last = after
      const pieces: Uint8Array[] = []
      let wake = () => {}
      const news = () => {
        const fresh = server.entriesOf(chart).filter(({ seq }) => seq > last)
        last = fresh.at(-1)?.seq ?? last
        pieces.push(new TextEncoder().encode(`data: ${JSON.stringify({ entries: fresh, lastSeq: last })}\n\n`))
        wake()
      }
      const stop = server.onNews(() => { if (road.up) news() })
      news()
      const read = async (): Promise<{ done: boolean; value: Uint8Array | undefined }> => {
        while (pieces.length === 0) await new Promise<void>((resolve, reject) => { wake = resolve; signal.addEventListener('abort', () => { stop(); reject(new Error('closed')) }) })
        return { done: false, value: pieces.shift() }
      }
      return { ok: true, body: { getReader: () => ({ read }) } } as unknown as Response
    },
  }
}

/** Lets what is on its way arrive. */
export const settle = (ms = 30) => act(async () => { await new Promise((resolve) => setTimeout(resolve, ms)) })
