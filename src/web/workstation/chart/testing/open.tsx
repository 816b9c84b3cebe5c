import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render } from '@testing-library/react'
import { useState, type ReactNode } from 'react'
import { readChart } from '../../../../core/chart/chart.ts'
import type { Entry } from '../../../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../../../core/chart/kinds.ts'
import { kinds } from '../../../../core/chart/kinds.ts'
import type { Role } from '../../../../core/access/roles.ts'
import type { ChartHead } from '../../../../core/contract/charting.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import type { UsedChart } from '../../../sync/index.ts'
import { OpenChartContext, useJudged, type Place } from '../open-chart.ts'

export const HELEN = '0190aaaa-0000-7000-8000-0000000000a6'
export const JONAS = '0190aaaa-0000-7000-8000-0000000000a3'
const DEVICE = '0190aaaa-0000-7000-8000-0000000000d1'
export const NOW = '2026-11-21T18:00:00.000Z'

let made = 0
let opened = 0
/** An entry as the server keeps it, judged by the table of kinds. */
export function stored<Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, more: { at?: string; by?: string; id?: string; amends?: string; session?: string } = {}): Entry {
  made += 1
  const at = more.at ?? '2026-11-20T18:00:00.000Z'
  return { id: `0190aaaa-0000-7000-8000-${String(made).padStart(12, '0')}`, kind, at, writtenAt: at, receivedAt: at, device: DEVICE, by: JONAS, seq: made, digest: 'd', body: kinds[kind].body.parse(body), ...more } as unknown as Entry
}
const fact = (name: string, value: unknown) => stored('fact.v1', { fact: name, state: 'answered', value } as BodyOf<'fact.v1'>)
const noToAll = { q1: false, q2: false, q3: null, q4: null, q5: null, q6Lifetime: false, q6PastThreeMonths: false }

/** Somebody about whom every question of the screening is answered, and none of the answers stands in the way. */
export function ready({ without = [] as readonly string[] } = {}): Entry[] {
  const facts: Readonly<Record<string, unknown>> = {
    sexAtBirth: 'M', psychosis: 'none', mania: 'none', substanceUse: [], hasCapacity: true, escortAvailable: true, adequateTrials: 3, childbearingPotential: false, lactating: false, seizureUncontrolled: false,
    untreatedSleepApnea: false, homeOxygen: false, ketamineMisuse: false, opioidAgonistTreatment: false, ketamineFromAnotherPrescriber: false, pdmpChecked: true, ecgDone: true,
  }
  return [
    stored('demographics.v1', { givenName: 'Ida', familyName: 'Nilsson', birthDate: '1994-11-30' }), ...Object.entries(facts).filter(([name]) => !without.includes(name)).map(([name, value]) => fact(name, value)),
    stored('condition.v1', { name: 'Major depressive disorder', codes: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F33.1' }], status: 'active', category: 'indication' }),
    stored('medication.v1', { name: 'sertraline', codes: [], dosage: '100 mg', status: 'active' }), ...(['medications', 'conditions'] as const).map((list) => stored('list-reviewed.v1', { list, none: false })), stored('list-reviewed.v1', { list: 'allergies', none: true }),
    stored('weight.v1', { weightG: 80_000 }), stored('height.v1', { heightMm: 1_800 }), stored('vitals.v1', { systolicMmHg: 126, diastolicMmHg: 78, position: 'seated' }),
    stored('measure-answered.v1', { instrument: 'c-ssrs', version: '1', language: 'en', answers: noToAll, answeredBy: 'clinician' }),
    stored('measure-answered.v1', { instrument: 'phq-9', version: instruments['phq-9'].version, language: 'en', answers: Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`q${at + 1}`, at === 8 ? 0 : 2])), answeredBy: 'patient' }),
  ]
}

const TEAM: ChartHead['team'] = [{ person: JONAS, name: 'Jonas Lindqvist', role: 'therapist', credentials: 'PhD' }, { person: HELEN, name: 'Helen Brandt', role: 'prescriber', credentials: 'MD' }]

interface Opening {
  readonly entries: readonly Entry[]
  readonly role?: Role
  readonly place?: Place
  readonly team?: ChartHead['team']
}

/** What the rooms under test wrote on the device. */
export const wrote: { kind: string; body: unknown; how?: unknown }[] = []

/** Draws one room in an open chart, without a network and without a router. */
export function open(room: ReactNode, { entries, role = 'prescriber', place = {}, team = TEAM }: Opening) {
  cleanup()
  wrote.length = 0
  opened += 1
  // A chart of its own each time: what is typed into one is kept until it is written.
  const chartId = `0190aaaa-0000-7000-8000-c${String(opened).padStart(11, '0')}`
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const draw = (held: readonly Entry[]) => <QueryClientProvider client={queries}><Opened chartId={chartId} entries={held} role={role} place={place} team={team}>{room}</Opened></QueryClientProvider>
  const drawn = render(draw(entries))
  return { ...drawn, hear: (more: readonly Entry[]) => drawn.rerender(draw([...entries, ...more])) }
}

function Opened({ chartId, entries, role, place, team, children }: Required<Opening> & { readonly chartId: string; readonly children: ReactNode }) {
  const me = { person: role === 'therapist' ? JONAS : HELEN, name: role === 'therapist' ? 'Jonas Lindqvist' : 'Helen Brandt', roles: [role], practice: { id: 'p', name: 'Harbor Street', zone: 'America/Los_Angeles', sample: true }, device: DEVICE, hasPin: false, idleMinutes: 60, chart: null, now: NOW }
  const head = { chart: chartId, name: 'Ida Nilsson', birthDate: '1994-11-30', deceasedOn: null, protocol: 'solo-six', lastSeq: entries.length, team, myRoles: [role], patient: null }
  const write = async (kind: string, body: unknown, how?: unknown) => { wrote.push({ kind, body, how }); return { id: 'new', kind, body } as unknown as Entry }
  const used = {
    chart: readChart(entries), head, ready: true, waiting: [], problems: [], connection: 'live', lastHeardAt: NOW, refused: null, me, write, retry: async () => {}, withdraw: async () => {}, kept: () => 'saved', heardFrom: () => [], sent: () => Promise.resolve(),
    writeAct: async (all: readonly { kind: string; body: unknown }[]) => Promise.all(all.map((one) => write(one.kind, one.body))),
  } as unknown as UsedChart
  const [here, go] = useState(place)
  const chart = useJudged({ chartId, used, now: NOW, team, place: here, go })
  return <OpenChartContext value={chart}>{children}</OpenChartContext>
}
