import { readChart, type Chart } from '../chart/chart.ts'
import type { Entry } from '../chart/entry.ts'
import type { BodyOf, EntryKind } from '../chart/kinds.ts'

interface Extra {
  readonly id?: string
  readonly session?: string
  readonly amends?: string
  readonly writtenAt?: string
}

export interface ToldChart extends Chart {
  on<Kind extends EntryKind>(at: string, kind: Kind, body: BodyOf<Kind>, extra?: Extra): ToldChart
  /** A visit of a kind, booked by itself; minutes default to an hour. */
  booked(visit: string, type: BodyOf<'visits-booked.v1'>['visits'][number]['type'], startsAt: string, minutes?: number): ToldChart
  /** A medicine session with one dose a few minutes after its start. */
  dosed(session: string, at: string, doseMg?: number, visit?: string): ToldChart
}

/** Builds a chart the way a person tells it: `told().on('2026-11-01', 'weight.v1', {...})`. Tests only; everybody in it is invented. */
export function told(entries: readonly Entry[] = []): ToldChart {
  const chart = readChart(entries)
  const on: ToldChart['on'] = (at, kind, body, extra = {}) => {
    const full = full8601(at)
    const { id = `e${entries.length + 1}`, writtenAt, ...rest } = extra
    const entry = { id, kind, at: full, writtenAt: writtenAt === undefined ? full : full8601(writtenAt), by: 'someone', device: 'tablet', body, ...rest } as unknown as Entry
    return told([...entries, entry])
  }
  return {
    ...chart,
    on,
    booked: (visit, type, startsAt, minutes = 60) => {
      const start = full8601(startsAt)
      const endsAt = new Date(Date.parse(start) + minutes * 60_000).toISOString()
      const body = { visits: [{ visit, type, number: 1, startsAt: start, endsAt, localStart: start.slice(0, 16), zone: 'America/Los_Angeles', people: [], online: false }], why: '' }
      return on('2026-01-01', 'visits-booked.v1', body)
    },
    dosed: (session, at, doseMg = 50, visit) => {
      const start = full8601(at)
      const body = { protocol: 'solo-six', route: 'IM' as const, order: 'order', clearance: 'clearance', consents: ['consent'], edition: 'test', number: 1, gates: [], people: [{ person: 'p', name: 'P', role: 'therapist' }], ...(visit === undefined ? {} : { visit }) }
      const dose = { step: 1, doseUg: doseMg * 1000, route: 'IM' as const, order: 'order', prepared: 'x', confirmed: 'x', confirmedBy: 'x', site: 'arm', selfAdministered: false }
      return on(start, 'session-started.v1', body, { id: session }).on(start, 'dose-given.v1', dose, { session, id: `${session}-dose` })
    },
  }
}

const full8601 = (at: string) => (at.includes('T') ? new Date(at).toISOString() : `${at}T17:00:00.000Z`)

/** Nine answers to the PHQ-9 that add up to `total`, item 9 given apart so that a risk is always on purpose. */
export function phq9Answers(total: number, item9 = 0): Record<string, number> {
  let left = total - item9
  const answers: Record<string, number> = {}
  for (let i = 1; i <= 8; i += 1) {
    const value = Math.min(3, Math.max(0, left))
    answers[`q${i}`] = value
    left -= value
  }
  return { ...answers, q9: item9 }
}
