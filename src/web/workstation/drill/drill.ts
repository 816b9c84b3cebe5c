import { seenAt, simulatedPatient, type DrillSeen, type SimulatedPatient } from '../../../core/drill/patient.ts'
import type { Entry, EntryDraft } from '../../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../../core/chart/kinds.ts'
import type { PlasmaRoute } from '../../../core/plasma/rows.ts'
import { instant, MINUTE_MS } from '../../../core/shared/time.ts'
import type { Rulebook } from '../../../core/rulebook/book.ts'
import { drill } from '../../../knowledge/drill.ts'
import { plasma } from '../../../knowledge/plasma.ts'
import { createClock, type Clock } from '../../sync/clock.ts'
import { memoryStore } from '../../sync/device-store.ts'
import { startDevice, type Device, type Me } from '../../sync/device.ts'
import { judgeBody } from '../../sync/judge-body.ts'
import { newId } from '../../sync/new-id.ts'
import { noServer } from './no-server.ts'

export interface Asked {
  readonly event: string | undefined
  readonly route: PlasmaRoute
  readonly seed: number
}

/** A clock that begins now and can be made to hurry. The device's own stays as it is. */
export interface DrillClock extends Clock {
  speed(): number
  setSpeed(speed: number): void
  skip(minutes: number): void
}

export function drillClock(realMs: () => number = Date.now): DrillClock {
  let base = realMs()
  let since = realMs()
  let speed = 1
  const deviceMs = () => base + (realMs() - since) * speed
  const settle = () => { base = deviceMs(); since = realMs() }
  return {
    ...createClock({ deviceMs, kept: () => 0, keep: () => {} }),
    speed: () => speed,
    setSpeed(next) { settle(); speed = next },
    skip(minutes) { settle(); base += minutes * MINUTE_MS },
  }
}

export interface Drill {
  readonly asked: Asked
  readonly chart: string
  readonly session: string
  readonly device: Device
  readonly clock: DrillClock
  readonly patient: SimulatedPatient
}

/** Says what it is wherever the name stands. */
const NAME = { givenName: 'Simulated', familyName: 'Patient' } as const
const COLLEAGUE = 'Simulated colleague'
const PRESCRIBER = 'Simulated prescriber'

/** A room in which the dose has just been given, with a patient who does not exist. It ends with the page. */
export async function beginDrill(asked: Asked, me: Me, book: Rulebook, edition: string): Promise<Drill> {
  const clock = drillClock()
  const patient = simulatedPatient(asked.seed, asked.event, drill)
  const chart = newId(clock.ms())
  const colleague = newId(clock.ms())
  const { told, session } = storyOf({ asked, me, colleague, book, edition, patient, now: clock.ms() })
  const name = `${NAME.givenName} ${NAME.familyName}`
  const role = me.roles.find((one) => one === 'therapist' || one === 'prescriber' || one === 'monitor') ?? 'therapist'
  const { wire } = noServer({
    chart, name, birthDate: BORN, deceasedOn: null, protocol: null, myRoles: [role], patient: null,
    team: [{ person: me.person, name: me.name, role, credentials: '' }, { person: colleague, name: COLLEAGUE, role: 'monitor', credentials: '' }],
  }, told)
  const device = await startDevice({
    me: { ...me, hasPin: true, idleMinutes: NEVER_IDLE_MIN }, store: memoryStore(), simulated: true, durable: false, clock, wire, judge: judgeBody,
    memory: { lastActAtMs: clock.deviceMs(), keepLastAct() {}, pin: async () => null, keepPin: async () => {}, forget: async () => {} },
  })
  return { asked, chart, session, device, clock, patient }
}

const BORN = '1990-01-01'
/** The clock may run fast; a drill does not lock. */
const NEVER_IDLE_MIN = 1_000_000

/** When each thing was written, in minutes before the drill begins. */
const ago = { known: 3_000, agreed: 2_900, signed: 2_800, looked: 50, began: 40, came: 39, asked: 30, read: [20, 8], drawnUp: 4, readBack: 3 } as const
const NO_TEXT = '0'.repeat(64)

interface StoryParts { readonly asked: Asked; readonly me: Me; readonly colleague: string; readonly book: Rulebook; readonly edition: string; readonly patient: SimulatedPatient; readonly now: number }

/** What stands on the chart when the drill begins. The dose is what the dose table starts with for this weight. */
function storyOf({ asked, me, colleague, book, edition, patient, now }: StoryParts) {
  const told: (EntryDraft & Pick<Entry, 'by'>)[] = []
  const session = newId(now)
  const on = <Kind extends EntryKind>(minutesAgo: number, by: string, kind: Kind, body: BodyOf<Kind>, more: { readonly id?: string; readonly before?: true } = {}): string => {
    const at = instant(now - minutesAgo * MINUTE_MS)
    const id = more.id ?? newId(now - minutesAgo * MINUTE_MS)
    told.push({ id, kind, at, writtenAt: at, device: by === me.person ? me.device : colleague, by, body, ...(more.before ? {} : { session }) } as unknown as EntryDraft & Pick<Entry, 'by'>)
    return id
  }
  const before = { before: true } as const
  const sign = (meaning: 'approval' | 'consent') => ({ person: colleague, name: COLLEAGUE, meaning, method: 'typed-name' as const, signedAt: instant(now) })
  const weightG = patient.weightKg * 1_000
  const row = book.dosing.doses.find(({ route }) => route === asked.route)
  const asStarted = row?.start.ug ?? ((row?.start.ugPerKg ?? 0) * patient.weightKg)
  const doseUg = row ? Math.max(row.roundToUg, Math.round(asStarted / row.roundToUg) * row.roundToUg) : 0
  on(ago.known, colleague, 'demographics.v1', { ...NAME, birthDate: BORN }, before)
  on(ago.known, colleague, 'list-reviewed.v1', { list: 'allergies', none: true }, before)
  on(ago.known, colleague, 'list-reviewed.v1', { list: 'medications', none: true }, before)
  on(ago.known, colleague, 'agreements.v1', { touch: 'hands-only', touchNote: '', stopSignal: 'raised palm', lighterSignal: '', quietSignal: '', grounding: [], music: '' }, before)
  const consent = on(ago.agreed, colleague, 'consent.v1', { form: 'treatment', version: 'drill', language: 'en', textSha256: NO_TEXT, acknowledged: [], signature: sign('consent') }, before)
  const order = on(ago.signed, colleague, 'order.v1', { medication: 'racemic-ketamine', route: asked.route, doseUg, boosterUg: 0, maxTotalUg: doseUg, weightG, validFrom: '2020-01-01', validUntil: '2099-12-31', instructions: '', reason: '', signature: sign('approval') }, before)
  const clearance = on(ago.signed, colleague, 'clearance.v1', { decision: 'cleared', conditions: [], reason: 'A drill', screening: { edition, decision: 'ELIGIBLE', met: [], unknown: [] }, overrides: [], lastSeq: 0, signature: sign('approval') }, before)
  on(ago.looked, colleague, 'room-checked.v1', { items: book.monitoring.gates.kit.items.map(({ id }) => ({ item: id, present: true })), earliestExpiry: '2099-12-31' }, before)
  on(ago.looked, colleague, 'prescriber-reachable.v1', { person: newId(now), name: PRESCRIBER, by: 'on-site', answersWithinSec: book.monitoring.gates.prescriber.answersWithinSec, until: '2099-12-31T00:00:00.000Z' }, before)
  on(ago.began, colleague, 'session-started.v1', { protocol: 'drill', route: asked.route, order, clearance, consents: [consent], edition, number: 1, gates: [], people: [{ person: me.person, name: me.name, role: 'therapist' }, { person: colleague, name: COLLEAGUE, role: 'monitor' }] }, { id: session })
  on(ago.came, me.person, 'checked-in.v1', { person: me.person, name: me.name, role: 'therapist' })
  on(ago.came, colleague, 'checked-in.v1', { person: colleague, name: COLLEAGUE, role: 'monitor' })
  on(ago.asked, colleague, 'identity-checked.v1', { by: ['name', 'birth-date'] })
  for (const minutesAgo of ago.read) {
    const { vitals, mental } = readingOf(seenAt(patient, -minutesAgo, [], undefined, drill, plasma))
    on(minutesAgo, colleague, 'vitals.v1', vitals)
    on(minutesAgo, colleague, 'mental-status.v1', mental)
  }
  const prepared = on(ago.drawnUp, me.person, 'dose-prepared.v1', { step: 1, doseUg, route: asked.route, order, lot: 'DRILL' })
  const confirmed = on(ago.readBack, colleague, 'dose-confirmed.v1', { prepared, doseUg })
  on(0, me.person, 'dose-given.v1', { step: 1, doseUg, route: asked.route, order, prepared, confirmed, confirmedBy: colleague, site: '', selfAdministered: asked.route === 'SL' || asked.route === 'PO' })
  return { told, session }
}

/** What a person who reads the monitor and speaks to the patient would write down. */
export function readingOf({ values: { moaaS, rass, orientation, ...vitals } }: DrillSeen) {
  return { vitals: { ...vitals, onRoomAir: true }, mental: { moaaS, rass, orientation } }
}
