import { describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import type { Entry } from '../../core/chart/entry.ts'
import { kinds, entryKinds } from '../../core/chart/kinds.ts'
import { keptWord } from './chart-copy.ts'
import { hiddenStreams } from './device.ts'
import type { Written } from './chart-on-device.ts'
import { simServer } from './testing/server.ts'
import { breathe, healed, pass, tablet, type Road, type Tablet, type World } from './testing/world.ts'

const CHARTS = ['c0000000-0000-4000-8000-000000000001', 'c0000000-0000-4000-8000-000000000002'] as const
const PEOPLE = [['a0000000-0000-4000-8000-000000000001', 'therapist'], ['a0000000-0000-4000-8000-000000000002', 'monitor'], ['a0000000-0000-4000-8000-000000000003', 'prescriber']] as const
/** A connection that has come back empties every queue within this time, by itself. */
const SENT_WITHIN_MS = 30_000
/** A stream that went silent is noticed after 35 s; then it reconnects. */
const HEARD_WITHIN_MS = 50_000
const SEEDS = 1_000

const seeded = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
}

interface Attempt {
  readonly tablet: Tablet
  readonly chart: string
  readonly written: readonly Written[]
  readonly forbidden: boolean
  /** What came back: only then may a screen say that it was recorded. */
  acked: readonly Entry[] | undefined
}

const roads: readonly Partial<Road>[] = [healed, healed, { up: false }, { down: false }, { up: false, down: false }, { up: false, silent: true }, { down: false, silent: true }]

describe('two or three devices, one chart, a bad network and plugs pulled at any moment', () => {
  test(`nothing lost, nothing doubled, and the queues empty themselves: ${SEEDS} seeds`, async () => {
    for (let seed = 1; seed <= SEEDS; seed += 1) await live(seed).catch((failure: Error) => { throw new Error(`seed ${seed}: ${failure.message}`, { cause: failure }) })
  }, 240_000)
})

async function live(seed: number) {
  const chance = seeded(seed)
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(chance() * from.length)]!
  const teams = new Map(CHARTS.map((chart) => [chart as string, new Map<string, 'therapist' | 'monitor' | 'prescriber'>(PEOPLE)]))
  const world: World = { ms: Date.parse('2026-11-21T17:00:00.000Z'), chance, tickers: new Set(), wandering: [], server: undefined as never }
  Object.assign(world, { server: simServer(() => world.ms, teams) })
  const tablets = PEOPLE.slice(0, 2 + (seed % 2)).map(([person, role]) => tablet(world, person, role))
  const attempts: Attempt[] = []
  const watch = (one: Tablet) => {
    const stops = CHARTS.map((chart) => one.device!.chart(chart).subscribe(() => {}))
    one.stop = () => { for (const stop of stops) stop() }
  }
  for (const one of tablets) { await one.start(); watch(one) }

  for (let step = 0; step < 40; step += 1) {
    const one = pick(tablets)
    const luck = chance()
    if (luck < 0.5) attempts.push(write(one, pick(CHARTS), chance, attempts))
    else if (luck < 0.65) Object.assign(one.road, healed, pick(roads))
    else if (luck < 0.72) one.kill()
    else if (luck < 0.78) one.dieAt(1 + Math.floor(chance() * 6), chance() < 0.5)
    else if (luck < 0.84) world.wandering.shift()?.()
    if (!one.device && chance() < 0.5) { await one.start(); watch(one) }
    await pass(world, 500 * Math.floor(chance() * 4))
    await breathe()
  }
  await heal(world, tablets, watch)
  await pass(world, SENT_WITHIN_MS)
  for (const one of tablets) for (const acts of [one.device!.acts(), await one.kept.acts()]) expect(acts.filter((act) => !act.problem), 'still waiting').toEqual([])
  await pass(world, HEARD_WITHIN_MS - SENT_WITHIN_MS)
  judge(world, tablets, attempts)
  for (const one of tablets) one.kill()
}

async function heal(world: World, tablets: readonly Tablet[], watch: (one: Tablet) => void) {
  Object.assign(world, { chance: () => 0.5 })
  for (const one of tablets) {
    Object.assign(one.road, healed)
    if (one.spare()) continue
    one.kill() // Half dead; somebody opens the page again.
    await one.start()
    watch(one)
  }
  while (world.wandering.length > 0) world.wandering.shift()!()
}

function write(one: Tablet, chart: string, chance: () => number, before: readonly Attempt[]): Attempt {
  const forbidden = chance() < 0.1
  const mine = before.filter((attempt) => attempt.tablet === one && attempt.chart === chart && !attempt.forbidden).flatMap(({ acked }) => acked ?? [])
  const count = 1 + Math.floor(chance() * 3)
  const written: Written[] = Array.from({ length: count }, (_, place) => ({ kind: 'session-note.v1', body: { text: `${before.length}.${place}` } }))
  if (mine.length > 0 && chance() < 0.3) written[0] = { ...written[0]!, amends: mine[Math.floor(chance() * mine.length)]!.id } as Written
  if (forbidden) written.push({ kind: 'clearance.v1', body: {} } as never)
  const attempt: Attempt = { tablet: one, chart, written, forbidden, acked: undefined }
  void one.device?.write(chart, written).then((acked) => { attempt.acked = acked })
  return attempt
}

const texts = (entries: readonly Entry[]) => entries.flatMap((entry) => (entry.kind === 'session-note.v1' ? [entry.body.text] : []))

function judge(world: World, tablets: readonly Tablet[], attempts: readonly Attempt[]) {
  const everything = CHARTS.flatMap((chart) => world.server.entriesOf(chart))
  const known = new Map(everything.map((entry) => [entry.id, entry]))
  expect(known.size, 'an entry stands twice').toBe(everything.length)
  for (const chart of CHARTS) expect(world.server.entriesOf(chart).map(({ seq }) => seq)).toEqual(world.server.entriesOf(chart).map((_, place) => place + 1))

  for (const { tablet: one, chart, written, acked, forbidden } of attempts) {
    const there = texts(world.server.entriesOf(chart)).filter((text) => written.some((each) => each.kind === 'session-note.v1' && each.body.text === text))
    if (forbidden) expect(there, 'part of a refused act').toEqual([])
    else if (acked) expect(there.toSorted(), 'an act that was recorded').toEqual(texts(acked).toSorted())
    else expect([0, written.length], 'an act that died half-way').toContain(there.length)
    for (const entry of forbidden ? [] : acked ?? []) expect(known.get(entry.id)).toMatchObject({ by: one.me.person, body: entry.body, at: entry.at, writtenAt: entry.writtenAt })
    const parked = one.device!.acts().filter((act) => act.problem && act.entries.some((entry) => acked?.some(({ id }) => id === entry.id)))
    expect(parked.length, 'shown as a problem').toBe(forbidden && acked ? 1 : 0)
  }
  for (const one of tablets) for (const chart of CHARTS) agrees(world, one, chart)
  inOrder(world, attempts)
}

/** Every device shows what the server holds, and its own refused acts beside it. */
function agrees(world: World, one: Tablet, chart: string) {
  const snapshot = one.device!.chart(chart).snapshot()
  const own = snapshot.problems.flatMap(({ entries }) => entries.filter((entry) => !entry.amends).map(({ id }) => id))
  const server = readChart(world.server.entriesOf(chart)).entries
  expect(snapshot.connection).toBe('live')
  expect(snapshot.chart.entries.filter(({ id }) => !own.includes(id))).toEqual(server)
  expect(keptWord(snapshot)).toBe(snapshot.problems.length > 0 ? 'problem' : 'saved')
}

/** What one person did one after the other stands in that order. */
function inOrder(world: World, attempts: readonly Attempt[]) {
  for (const chart of CHARTS) for (const [person] of PEOPLE) {
    const seqs = attempts.filter((attempt) => attempt.chart === chart && attempt.tablet.me.person === person && !attempt.forbidden)
      .flatMap(({ acked }) => (acked ?? []).map(({ id }) => world.server.entriesOf(chart).find((entry) => entry.id === id)!.seq))
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  }
}

test('hidden streams are those of the table of kinds', () => {
  const hidden = Object.fromEntries(entryKinds.flatMap((kind) => (kinds[kind].stream === 'chart' ? [] : [[kind, kinds[kind].stream]])))
  expect(hiddenStreams).toEqual(hidden)
})
