import { readChart } from '../../../core/chart/chart.ts'
import type { EntryDraft } from '../../../core/chart/entry.ts'
import { transcriptions } from '../../../core/session/transcribed.ts'
import { instant, MINUTE_MS } from '../../../core/shared/time.ts'
import { newId } from '../new-id.ts'
import { PEOPLE, type World } from './world.ts'

const ORDER = 'f0000000-0000-4000-8000-000000000001'
const DEVICE = 'd0000000-0000-4000-8000-000000000000'
const treat = PEOPLE.filter(({ role }) => role !== 'patient')

/** Somebody types a session that was on paper, hours after it: all of it in one act, by a route of its own. Devices hear of it, and correct it. */
export function typeFromPaper(world: World, chart: string) {
  const { chance } = world
  const by = chance.pick(treat).id
  const [session, prepared, confirmed] = [fresh(world), fresh(world), fresh(world)]
  const startedMs = world.serverMs() - (240 + chance.below(120)) * MINUTE_MS
  const line = (minute: number, kind: string, body: object, id = fresh(world)) => ({ id, kind, at: instant(startedMs + minute * MINUTE_MS), writtenAt: instant(world.serverMs()), device: DEVICE, session, body, by }) as unknown as EntryDraft & { readonly by: string }
  const people = [{ person: by, name: 'Somebody', role: 'therapist' }]
  const lines = [
    line(0, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: ORDER, clearance: ORDER, consents: [ORDER], edition: 'shipped', number: 1, gates: [], people }, session),
    line(5, 'vitals.v1', { systolicMmHg: 124, diastolicMmHg: 78, heartRatePerMin: 68, ...(chance.odds(0.3) && { spo2Percent: 82 }) }),
    line(9, 'dose-prepared.v1', { step: 1, doseUg: 40_000, route: 'IM', order: ORDER, lot: 'paper' }, prepared), line(9, 'dose-confirmed.v1', { prepared, doseUg: 40_000 }, confirmed),
    line(10, 'dose-given.v1', { step: 1, doseUg: 40_000, route: 'IM', order: ORDER, prepared, confirmed, confirmedBy: by, site: 'paper', selfAdministered: false }),
    line(40, 'session-note.v1', { text: 'as it stands on the paper' }), line(150, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }),
  ]
  const typed = line(150, 'session-transcribed.v1', { wrote: 'Mo Nurse', why: 'No power in the house.', edition: 'shipped', lines: lines.map(({ id }) => ({ entry: id, by: 'Mo Nurse' })), unmet: [] })
  store(world, chart, [...lines, { ...typed, at: typed.writtenAt }])
}

/** A second person holds the paper beside what was typed, as it stands on the server at that moment. */
export function compareWithPaper(world: World, chart: string) {
  const { chance } = world
  const typed = chance.pick([undefined, ...transcriptions(readChart(world.server.entriesOf(chart)))])
  if (!typed) return
  const by = chance.pick(treat.filter(({ id }) => id !== typed.entry.by)).id
  const at = instant(world.serverMs())
  const compared = typed.lines.map(({ entry }) => ({ entry: entry.id, found: chance.odds(0.9) ? 'agrees' : 'differs', says: '' }))
  const signature = { person: by, name: 'Somebody', meaning: 'review', method: 'pin', signedAt: at }
  store(world, chart, [{ id: fresh(world), kind: 'transcription-checked.v1', at, writtenAt: at, device: DEVICE, session: typed.entry.session, body: { transcription: typed.entry.id, unmet: [], compared, signature }, by } as unknown as EntryDraft & { readonly by: string }])
}

const fresh = (world: World) => newId(world.serverMs())

/** What is done by a route of its own lay on no device before it was sent. */
function store(world: World, chart: string, entries: readonly (EntryDraft & { readonly by: string })[]) {
  for (const { id } of entries) world.landed.add(id)
  world.server.seed(chart, entries)
}
