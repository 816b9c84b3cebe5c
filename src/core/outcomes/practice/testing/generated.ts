import type { Entry } from '../../../chart/entry.ts'
import { phq9Answers } from '../../../measures/fixtures.ts'
import { DAY_MS, plusDays, plusMinutes, type Instant } from '../../../shared/time.ts'

/** Patients of a registry that nobody ever treated, for tests and measurements: every one is computed from a number, and none is anybody. */
export interface Generated {
  readonly openedAt: Instant
  readonly askedAt: Instant
  readonly entries: readonly Entry[]
}

const START = Date.parse('2023-01-05T18:00:00.000Z')
const ways = [
  { protocol: 'solo-six', route: 'IM', sessions: 6, gap: 4, doses: [45, 60, 80, 110] },
  { protocol: 'wilkinson-2017', route: 'IV', sessions: 4, gap: 4, doses: [35, 38, 45] },
  { protocol: 'solo-six', route: 'SL', sessions: 6, gap: 4, doses: [100, 150, 250] },
] as const
const MORE = [2, 10, 21, 35, 49, 70, 98, 112, 140]
const codes = ['F33.2', 'F43.10', 'F41.1', 'F33.1', 'Z73.0'] as const
const terms = ['nausea', 'dizziness', 'headache', 'dissociation', 'hypertension'] as const

/** Numbers that look like chance and are the same each time. */
export function drawn(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One patient, `days` after the first of them at most: some end early, some answer nothing, some relapse. `often` asks them on half as many days again. */
export function generated(number: number, days = 1_300, often = false): Generated {
  const draw = drawn(number + 1)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!
  const askedAt = new Date(START + Math.floor(draw() * days) * DAY_MS).toISOString()
  const openedAt = plusDays(askedAt, 1 + Math.floor(draw() * 6))
  const way = pick(ways)
  const entries: Entry[] = []
  const on = (at: Instant, kind: string, body: object, extra: object = {}): string => {
    const id = `00000000-0000-4000-8000-${(number * 1_000 + entries.length).toString(16).padStart(12, '0')}`
    entries.push({ id, kind, at, writtenAt: at, by: 'somebody', device: 'generated', body, ...extra } as unknown as Entry)
    return id
  }
  on(openedAt, 'course-chosen.v1', { protocol: way.protocol, edition: 'generated' })
  on(plusDays(openedAt, 2), 'condition.v1', { name: 'Indication', codes: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: pick(codes) }], status: 'active', category: 'indication' })
  const visit = plusDays(openedAt, 3)
  on(plusMinutes(visit, 50), 'visit-closed.v1', { type: 'intake', startedAt: visit, endedAt: plusMinutes(visit, 50), outcome: 'completed', covered: [], modalities: [], note: '' })
  const first = plusDays(visit, 8 + Math.floor(draw() * 20))
  const given = draw() < 0.12 ? 1 + Math.floor(draw() * (way.sessions - 1)) : way.sessions
  const doseMg = pick(way.doses)
  for (let nth = 0; nth < given; nth += 1) {
    const at = plusDays(first, nth * way.gap)
    const session = on(at, 'session-started.v1', { protocol: way.protocol, route: way.route, order: 'x', clearance: 'x', consents: [], edition: 'generated', number: nth + 1, gates: [], people: [] })
    on(plusMinutes(at, 5), 'dose-given.v1', { step: 1, doseUg: doseMg * 1_000, route: way.route, order: 'x', prepared: 'x', confirmed: 'x', confirmedBy: 'x', site: 'arm', selfAdministered: false }, { session })
    if (draw() < 0.35) on(plusMinutes(at, 40), 'side-effect.v1', { term: pick(terms), grade: draw() < 0.85 ? 1 : draw() < 0.9 ? 2 : 3, onsetAt: plusMinutes(at, 30), action: '', attributed: true }, { session })
  }
  answers({ first, courseDays: given * way.gap, often }, draw, (at, phq, gad) => {
    on(at, 'measure-answered.v1', { instrument: 'phq-9', version: '2026-1', language: 'en', answers: phq9Answers(phq), answeredBy: 'patient' })
    on(plusMinutes(at, 3), 'measure-answered.v1', { instrument: 'gad-7', version: '2026-1', language: 'en', answers: gad7Answers(gad), answeredBy: 'patient' })
  })
  return { openedAt, askedAt, entries: entries.toSorted((a, b) => (a.at < b.at ? -1 : 1)) }
}

interface Questions {
  readonly first: Instant
  readonly courseDays: number
  readonly often: boolean
}

/** Fifteen times each: before, during, and up to half a year after. */
function answers({ first, courseDays, often }: Questions, draw: () => number, ask: (at: Instant, phq: number, gad: number) => void): void {
  const [from, gad] = [11 + Math.floor(draw() * 15), 6 + Math.floor(draw() * 14)]
  const [fall, lostOn] = [draw() < 0.6 ? 0.55 + draw() * 0.4 : draw() * 0.45 - 0.1, draw() < 0.5 ? 20 + draw() * 160 : Infinity]
  const silentFrom = draw() < 0.1 ? -10 : draw() < 0.25 ? courseDays + draw() * 60 : Infinity
  const days = [-4, 3, 7, 11, 15, 19, 23, ...[4, 7, 14, 28, 42, 56, 84, 180, ...(often ? MORE : [])].map((day) => day + courseDays - 4)]
  for (const day of days) {
    if (day > silentFrom || draw() < 0.05) continue
    const share = day < 0 ? 0 : Math.min(1, (day + 8) / (courseDays + 8)) * fall * (day - courseDays > lostOn ? 0.15 : 1)
    const at = (score: number, most: number) => Math.max(0, Math.min(most, Math.round(score * (1 - share) + draw() * 2 - 1)))
    ask(plusDays(first, day), at(from, 24), at(gad, 21))
  }
}

/** Seven answers that add up to `total`. */
function gad7Answers(total: number): Record<string, number> {
  let left = total
  return Object.fromEntries(Array.from({ length: 7 }, (_, at) => { const value = Math.min(3, left); left -= value; return [`q${at + 1}`, value] }))
}
