import type { StoredEntry } from '../../../core/chart/entry.ts'
import { instant } from '../../../core/shared/time.ts'
import { Offline, Refused } from '../client.ts'
import { diedAfter, goesOn, never, type Process } from './process.ts'
import { inOrder } from './in-order.ts'
import { reads } from './server.ts'
import type { Listener, World } from './world.ts'

/** What the road between one device and the server does at this moment. */
export interface Road {
  /** Requests arrive. */
  up: boolean
  /** Answers and live events come back. */
  down: boolean
  /** Nothing fails; it only never comes: a cut cable, a proxy that swallows. */
  silent: boolean
  /** 0 is a good line; on 2 something may be under way for minutes. */
  slow: 0 | 1 | 2
}
export const good: Road = { up: true, down: true, silent: false, slow: 0 }
export interface Line {
  readonly world: World
  readonly road: Road
  readonly process: Process
  /** Of whoever is signed in on this browser by now. */
  readonly token: string
  /** Whose page it is that asks. */
  readonly person: string
  readonly streams: Set<OpenStream>
}
export interface OpenStream {
  /** The connection breaks, and whoever reads is told. */
  tear(): void
  /** Nobody reads any more. */
  leave(): void
  /** When the last of what is under way arrives. */
  readonly untilMs: number
}

const TIMEOUT_MS = 10_000
const BEAT_MS = 10_000
const encoder = new TextEncoder()
const texts = new WeakMap<StoredEntry, string>()

/** A request and its answer, on a road that loses, delays and doubles. `act` is what the server does with it. */
export function ask<Value>({ world, road, process }: Line, act: () => Value, id = ''): Promise<Value> {
  const { time, chance } = world
  time.stir()
  if (!goesOn(process)) return never()
  return new Promise((resolve, reject) => {
    let open = true
    const answer = (settle: () => void) => {
      if (!open || process.dead) return
      open = false
      settle()
    }
    const offline = () => answer(() => reject(new Offline()))
    const lost = () => { if (!road.silent) time.after(60, offline) }
    const arrive = (heard: boolean) => {
      const settle = answerOf(world, act, id, resolve, reject)
      if (!heard || diedAfter(process)) return
      if (!road.down || loses(world)) lost()
      else time.after(transitMs(world, road), () => answer(settle))
    }
    time.after(TIMEOUT_MS, offline)
    if (!road.up || loses(world)) { lost(); return }
    time.after(transitMs(world, road), () => arrive(true))
    if (world.calm || !chance.odds(0.15)) return
    world.figures.doubled += 1
    time.after(transitMs(world, { ...road, slow: 2 }), () => arrive(false))
  })
}

/** The server may break before or after it did what was asked. */
function answerOf<Value>(world: World, act: () => Value, id: string, resolve: (value: Value) => void, reject: (failure: Error) => void): () => void {
  const luck = world.calm ? 1 : world.chance()
  if (luck < 0.02 || (!world.calm && world.time.ms < world.awayUntilMs)) return () => reject(new Refused(503, 'database.away', 'The database does not answer.'))
  if (luck < 0.03) return broken
  try {
    const value = act()
    return luck < 0.04 ? broken : () => resolve(value)
  } catch (failure) {
    if (!(failure instanceof Refused)) throw failure
    return () => reject(failure)
  }
  function broken() {
    world.figures.broke += 1
    world.broke.set(id, (world.broke.get(id) ?? 0) + 1)
    reject(new Refused(500, 'internal', 'Something went wrong on our side.'))
  }
}

const loses = ({ calm, chance, figures }: World) => !calm && chance.odds(0.06) && (figures.lost += 1) > 0

function transitMs({ chance, calm }: World, { slow }: Road): number {
  if (calm || slow === 0) return 20 + chance.below(180)
  if (slow === 1) return 20 + chance.below(3_000)
  return chance.odds(0.15) ? chance.below(180_000) : chance.below(8_000)
}

/** The live stream: everything after a number, then whatever comes, and a beat; torn, silent or late as the road is. */
export function openStream(line: Line, chart: string, after: number, signal: AbortSignal): Promise<Response> {
  const { world, road, process, token } = line
  const { time } = world
  time.stir()
  if (!goesOn(process)) return never()
  return new Promise((resolve, reject) => {
    const { response, say, stream } = reader(line, signal)
    const aborted = () => { time.stir(); stream.leave(); reject(new Error('aborted')) }
    if (signal.aborted) { aborted(); return }
    signal.addEventListener('abort', aborted)
    const lost = () => { if (!road.silent) time.after(60, () => { if (!process.dead) reject(new Offline()) }) }
    if (!road.up || loses(world)) { lost(); return }
    time.after(transitMs(world, road), () => {
      const person = world.signIns.get(token)
      const standing = person === undefined ? undefined : world.server.standingOf(chart, person)
      const refusal = person === undefined ? refused(401, 'sign-in.needed') : standing ? undefined : refused(404, 'chart.unseen')
      if (!road.down || loses(world)) { lost(); return }
      if (person !== undefined && standing) serve(line, { chart, after, person, say, stream, signal })
      time.after(transitMs(world, road), () => { if (!process.dead) resolve(refusal ?? response) })
    })
  })
}

interface Serving {
  readonly chart: string
  readonly after: number
  readonly person: string
  readonly say: (text: string) => void
  readonly stream: OpenStream
  readonly signal: AbortSignal
}

/** The server's end: listening begins before the read, so that nothing can fall between the two. */
function serve({ world, process, token, streams }: Line, { chart, after, person, say, stream, signal }: Serving) {
  if (signal.aborted || process.dead) return
  const { server, time } = world
  const pass = (entries: readonly StoredEntry[], last: number) => say(`id: ${last}\ndata: {"entries":[${entries.map(textOf).join(',')}],"lastSeq":${last}}\n\n`)
  const readAfter = (from: number) => ({ entries: server.readAfter(chart, person, from), last: Math.max(from, server.entriesOf(chart).length) })
  const found = readAfter(after)
  say(`retry: 1000\ndata: {"entries":[],"lastSeq":${after},"upTo":${found.last},"now":"${instant(world.serverMs())}"}\n\n`)
  const standing = server.standingOf(chart, person)
  // Whoever stands otherwise by now would be led past what they cannot read at this moment: the stream ends, and begins anew.
  const again = (from: number) => {
    if (server.standingOf(chart, person)?.roles.join() === standing?.roles.join()) return readAfter(from)
    ends.tear()
    return { entries: [], last: from }
  }
  if (found.last > after) pass(found.entries, found.last)
  const order = inOrder(time, found.last, (fresh, last) => pass(fresh.filter((entry) => reads(entry, standing)), last), again)
  const listener: Listener = { token, person, chart, hear: order.hear, end: () => stream.tear() }
  world.listeners.add(listener)
  const beat = () => {
    if (!world.listeners.has(listener)) return
    say(`event: beat\ndata: {"now":"${instant(world.serverMs())}"}\n\n`)
    time.after(BEAT_MS, beat)
  }
  time.after(BEAT_MS, beat)
  const end = () => { world.listeners.delete(listener); order.end(); streams.delete(ends) }
  const ends: OpenStream = { tear: () => { end(); stream.tear() }, leave: () => { end(); stream.leave() }, get untilMs() { return stream.untilMs } }
  streams.add(ends)
  signal.addEventListener('abort', end)
}

const textOf = (entry: StoredEntry): string => {
  const text = texts.get(entry) ?? JSON.stringify(entry)
  texts.set(entry, text)
  return text
}

const refused = (status: number, code: string) => ({ ok: false, status, json: async () => ({ code, say: 'No.' }) }) as unknown as Response

/** The device's end: pieces of any size, in the order in which they were sent, until it is torn or nobody reads. */
function reader({ world, road, process }: Line, signal: AbortSignal) {
  const { time, chance } = world
  const pieces: Uint8Array[] = []
  let waiting: { resolve: (piece: { done: boolean; value?: Uint8Array }) => void; reject: (failure: Error) => void } | undefined
  let broken: Error | undefined
  let swallowed = false
  let lastMs = 0
  const fail = (failure: Error) => {
    broken ??= failure
    if (!process.dead) waiting?.reject(broken)
    waiting = undefined
  }
  const arrive = (piece: Uint8Array) => {
    if (broken || process.dead) return
    if (!waiting) { pieces.push(piece); return }
    const { resolve } = waiting
    waiting = undefined
    resolve({ done: false, value: piece })
  }
  const say = (text: string) => {
    if (broken || swallowed) return
    if (!road.down) { if (road.silent) swallowed = true; else fail(new Error('torn')); return }
    const bytes = encoder.encode(text)
    const cut = chance.odds(0.15) ? 1 + chance.below(bytes.length - 1) : 0
    lastMs = Math.max(lastMs, time.ms + transitMs(world, road))
    time.after(lastMs - time.ms, () => {
      if (cut > 0) arrive(bytes.subarray(0, cut))
      arrive(bytes.subarray(cut))
    })
  }
  const read = () => new Promise<{ done: boolean; value?: Uint8Array }>((resolve, reject) => {
    const piece = pieces.shift()
    if (signal.aborted || broken) reject(broken ?? new Error('aborted'))
    else if (piece) resolve({ done: false, value: piece })
    else waiting = { resolve, reject }
  })
  const stream: OpenStream = { tear: () => { time.stir(); fail(new Error('torn')) }, leave: () => fail(new Error('aborted')), get untilMs() { return lastMs } }
  return { say, stream, response: { ok: true, status: 200, body: { getReader: () => ({ read }) } } as unknown as Response }
}
