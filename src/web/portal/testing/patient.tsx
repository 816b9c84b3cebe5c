import { useMemo, useReducer, useRef, type ReactNode } from 'react'
import { readChart } from '../../../core/chart/chart.ts'
import type { Entry } from '../../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../../core/chart/kinds.ts'
import { kinds } from '../../../core/chart/kinds.ts'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import type { Instant } from '../../../core/shared/time.ts'
import type { Kept } from '../../sync/chart-copy.ts'
import { DeviceContext, type UsedChart, type Written } from '../../sync/chart-on-device.ts'
import type { Device, Me } from '../../sync/device.ts'
import { GivenPatient, type CourseSeen, type Patient } from '../patient.tsx'

/** Mara, invented, at her phone: a chart in memory, and a road to the practice that is there or not. */
const id = (n: number) => `5a3e0000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const NOW = '2026-11-23T17:00:00.000Z'
export const ZONE = 'America/Los_Angeles'
export const MARA = id(21)

export const me: Me = {
  person: MARA, name: 'Mara Keller', roles: ['patient'], practice: { id: id(1), name: 'Harbor Street (sample)', zone: ZONE, sample: true },
  device: id(9), hasPin: false, idleMinutes: 15, chart: id(2), now: NOW,
}

let made = 100
/** An entry of her chart, judged by the table of kinds as the server would judge it. */
export function entry<Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, at: Instant = NOW, more: { readonly by?: string; readonly id?: string; readonly session?: string } = {}): Entry {
  made += 1
  return { id: more.id ?? id(made), kind, at, writtenAt: at, device: me.device, by: more.by ?? MARA, seq: made, ...(more.session ? { session: more.session } : {}), body: kinds[kind].body.parse(body) } as Entry
}

export const visit = (type: BookedVisit['type'], number: number, startsAt: Instant, hours = 1): BookedVisit => ({
  visit: id(5000 + number + type.length * 100), type, number, startsAt, endsAt: new Date(Date.parse(startsAt) + hours * 3_600_000).toISOString(), localStart: '2026-11-23T09:00', zone: ZONE,
  people: [{ person: id(3), name: 'Jonas Lindqvist', role: 'therapist' }], room: { id: id(4), name: 'Cedar' }, online: false,
})

export const course = (some: Partial<CourseSeen> = {}): CourseSeen => ({
  stage: 'Preparing, 1 of 3', steps: [], next: null, counts: { preparation: { done: 1, needed: 3 }, medicine: { done: 0, needed: 6 }, integration: { done: 0, needed: 6 } }, visits: [], openSession: null, measures: [], ...some,
})

interface Setting {
  readonly entries?: readonly Entry[]
  readonly course?: CourseSeen
  /** What becomes of an entry that is written now. */
  readonly kept?: Kept
  readonly connection?: 'live' | 'away'
  readonly wrote?: (kind: string, body: unknown, how?: unknown) => void
  /** How her device stands otherwise than with nothing on it. */
  readonly stands?: { readonly waiting?: number; readonly problems?: number; readonly othersWaiting?: number }
  readonly children: ReactNode
}

/** A screen of hers with everything around it, and a record of what it wrote. */
export function AtHerPhone({ entries = [], course: seen, kept = 'saved', connection = 'live', wrote = () => {}, stands = NOTHING, children }: Setting) {
  const [, draw] = useReducer((count: number) => count + 1, 0)
  const written = useRef<Entry[]>([])
  const fresh = written.current.length
  const patient = useMemo((): Patient => {
    const write: UsedChart['write'] = async (kind, body, how) => {
      const made = entry(kind, body)
      written.current = [...written.current, made]
      wrote(kind, body, ...(how === undefined ? [] : [how]))
      draw()
      return made
    }
    const writeAct = async (acts: readonly Written[]) => Promise.all(acts.map(({ kind, body }) => write(kind, body as never)))
    const used = {
      me, chart: readChart([...entries, ...written.current]), ready: true, waiting: [], problems: [], connection, lastHeardAt: NOW, refused: null,
      head: { chart: me.chart!, name: me.name, birthDate: null, deceasedOn: null, protocol: 'solo-six', lastSeq: 1, myRoles: ['patient'], patient: MARA, team: [{ person: id(3), name: 'Jonas Lindqvist', role: 'therapist', credentials: 'PhD' }, { person: id(6), name: 'Helen Brandt', role: 'prescriber', credentials: 'MD' }] },
      write, writeAct, retry: async () => {}, withdraw: async () => {}, kept: (entryId: string) => (written.current.some((one) => one.id === entryId) ? kept : 'saved'), heardFrom: () => [], sent: () => Promise.resolve(),
    } as unknown as UsedChart
    return { me, chartId: me.chart!, used, course: { value: seen ?? course(), failure: undefined, again: () => {} }, practice: { name: 'Harbor Street (sample)', phone: '+1 510 555 0142', hours: 'Monday to Friday, 8 am to 6 pm', place: '214 Harbor Street', letterName: 'Harbor Street Medical Office', crisisLine: '', settings: {}, known: true }, zone: ZONE, now: NOW }
    // A new entry is a new chart.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [entries, seen, kept, connection, wrote, fresh])
  const device = useMemo(() => deviceOf(stands, wrote), [stands, wrote])
  return <DeviceContext value={device}><GivenPatient patient={patient}>{children}</GivenPatient></DeviceContext>
}

const state = { locked: false, signedOut: false, hasPin: false, waiting: 0, problems: 0 }
const deviceOf = ({ othersWaiting = 0, ...more }: NonNullable<Setting['stands']>, wrote: NonNullable<Setting['wrote']>) => {
  const now = { ...state, ...more }
  return { me, durable: true, othersWaiting, acts: () => [], state: () => now, onChange: () => () => {}, touched: () => {}, clock: { deviceMs: () => Date.parse(NOW), ms: () => Date.parse(NOW) },
    write: async (_: string, written: readonly Written[]) => written.map(({ kind, body, at }) => { wrote(kind, body); return entry(kind, body as never, at) }) } as unknown as Device
}
const NOTHING = {}
