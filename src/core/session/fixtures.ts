import { readChart, type Chart } from '../chart/chart.ts'
import type { Entry } from '../chart/entry.ts'
import type { BodyOf, EntryKind } from '../chart/kinds.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { instant, MINUTE_MS, type Instant } from '../shared/time.ts'
import type { Clock } from './session.ts'

/** Tests only; everybody in here is invented. Minutes count from the first dose, which is at ten in the morning. */
export const zone = 'America/Los_Angeles'
export const at = (minutes: number): Instant => instant(Date.parse('2026-11-21T18:00:00.000Z') + minutes * MINUTE_MS)
export const clock = (minutes: number): Clock => ({ now: at(minutes), zone })
export const SESSION = 'the-session'

type Extra = Partial<Pick<Entry, 'id' | 'by' | 'device' | 'session' | 'amends' | 'writtenAt' | 'receivedAt'>>
export type Vitals = Partial<BodyOf<'vitals.v1'>>

export const calm: Vitals = { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98 }

export interface Told {
  readonly entries: readonly Entry[]
  readonly chart: Chart
  on<Kind extends EntryKind>(minute: number, kind: Kind, body: BodyOf<Kind>, extra?: Extra): Told
  /** A reading with everything calm but what is named; a name set to undefined is left out. */
  reading(minute: number, values?: { readonly [Name in keyof Vitals]?: Vitals[Name] | undefined }, extra?: Extra): Told
  mind(minute: number, body?: BodyOf<'mental-status.v1'>, extra?: Extra): Told
  /** A reading and how awake the person is: a complete one. */
  whole(minute: number, values?: { readonly [Name in keyof Vitals]?: Vitals[Name] | undefined }): Told
  dose(minute: number, step?: number, doseMg?: number, extra?: Extra): Told
  without(id: string): Told
  with(change: (entries: readonly Entry[]) => readonly Entry[]): Told
}

export function told(entries: readonly Entry[] = []): Told {
  const on: Told['on'] = (minute, kind, body, extra = {}) => {
    const entry = { id: freeId(entries), kind, at: at(minute), writtenAt: at(minute), by: 'rosa', device: 'tablet', session: SESSION, body, ...extra }
    return told([...entries, entry as Entry])
  }
  const reading: Told['reading'] = (minute, values = {}, extra = {}) => on(minute, 'vitals.v1', Object.fromEntries(Object.entries({ ...calm, ...values }).filter(([, value]) => value !== undefined)), extra)
  const mind: Told['mind'] = (minute, body = { moaaS: 5, rass: 0, orientation: 4 }, extra = {}) => on(minute, 'mental-status.v1', body, extra)
  return {
    entries, chart: readChart(entries), on, reading, mind,
    whole: (minute, values) => mind(minute).reading(minute, values),
    dose: (minute, step = 1, doseMg = 40, extra = {}) => on(minute, 'dose-given.v1', { step, doseUg: doseMg * 1_000, route: 'IM', order: 'order', prepared: `prepared-${step}`, confirmed: `confirmed-${step}`, confirmedBy: 'jun', site: 'left arm', selfAdministered: false }, extra),
    without: (id) => told(entries.filter((entry) => entry.id !== id)),
    with: (change) => told(change(entries)),
  }
}

function freeId(entries: readonly Entry[], number = entries.length + 1): string {
  const id = `e${String(number).padStart(3, '0')}`
  return entries.some((entry) => entry.id === id) ? freeId(entries, number + 1) : id
}

const people = [{ person: 'rosa', name: 'Rosa M.', role: 'therapist' }, { person: 'jun', name: 'Jun L.', role: 'monitor' }]

/** A session that has begun, with two people checked in and an order for forty milligrams and a booster of twenty. */
export function begun(route: DoseRoute = 'IM'): Told {
  const order = { medication: route === 'IN-esketamine' ? ('esketamine' as const) : ('racemic-ketamine' as const), route, doseUg: 40_000, boosterUg: 20_000, maxTotalUg: 60_000, weightG: 80_000, validFrom: '2026-11-01', validUntil: '2026-12-31', instructions: '', reason: '', signature: signature('dr-osei', 'Dr. Osei', -10_000) }
  return told()
    .on(-20_000, 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14' }, { id: 'who' })
    .on(-10_000, 'order.v1', order, { id: 'order', by: 'dr-osei' })
    .on(-60, 'session-started.v1', { protocol: 'solo-six', route, order: 'order', clearance: 'clearance', consents: ['consent'], edition: 'test', number: 2, gates: [], people }, { id: SESSION })
    .on(-58, 'checked-in.v1', { person: 'rosa', name: 'Rosa M.', role: 'therapist' }, { id: 'rosa-in' })
    .on(-57, 'checked-in.v1', { person: 'jun', name: 'Jun L.', role: 'monitor' }, { id: 'jun-in', by: 'jun' })
}

export const signature = (person: string, name: string, minute: number) => ({ person, name, meaning: 'confirmation' as const, method: 'pin' as const, signedAt: at(minute) })

/** An uneventful afternoon into a muscle: every reading taken, everybody there, nothing left out. */
export function calmCourse(): Told {
  const before = begun().whole(-15).whole(-3).dose(0)
  return [10, 20, 30, 45, 60, 90, 118].reduce((story, minute) => story.whole(minute), before)
}

export const assessment: BodyOf<'discharge-assessed.v1'> = {
  orientation: 4, moaaS: 5, rass: 0, gait: 'steady', dissociation: 'none-above-baseline',
  aldrete: { activity: 2, respiration: 2, circulation: 2, consciousness: 2, saturation: 2 }, padss: { vitals: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 },
  noDrivingSigned: true, instructionsGiven: true, roomAir: true,
}

export const noThoughts = { q1: false, q2: false, q6Lifetime: false }
export const answered = (answers: BodyOf<'measure-answered.v1'>['answers']): BodyOf<'measure-answered.v1'> => ({ instrument: 'c-ssrs', version: '2026-1', language: 'en', answers, answeredBy: 'clinician' })

/** The calm course at its end: assessed, screened, collected, signed by two. Ready to close at minute 122. */
export function atTheDoor(course: Told = calmCourse()): Told {
  const visit = { visit: 'integration-2', type: 'integration' as const, number: 2, startsAt: at(1_440), endsAt: at(1_500), localStart: '2026-11-22T10:00', zone, people: [], online: false }
  return course
    .on(-30_000, 'visits-booked.v1', { visits: [visit], why: '' }, { id: 'booked' })
    .on(119, 'measure-answered.v1', answered(noThoughts), { id: 'screen-after' })
    .on(119, 'escort-arrived.v1', { name: 'Theo Keller', idNoted: 'driver license', kind: 'adult' }, { id: 'theo' })
    .on(120, 'discharge-assessed.v1', assessment, { id: 'assessed' })
    .on(121, 'discharge-signed.v1', { assessed: 'assessed', role: 'monitor', signature: signature('jun', 'Jun L.', 121) }, { id: 'signed-1', by: 'jun' })
    .on(121, 'discharge-signed.v1', { assessed: 'assessed', role: 'rn', signature: signature('ada', 'Ada N.', 121) }, { id: 'signed-2', by: 'ada' })
}
