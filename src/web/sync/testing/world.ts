import type { Role } from '../../../core/access/roles.ts'
import type { ChartHead } from '../../../core/contract/charting.ts'
import { instant } from '../../../core/shared/time.ts'
import { Offline, Refused } from '../client.ts'
import type { Clock } from '../clock.ts'
import { startDevice, type Device, type Me } from '../device.ts'
import { memoryStore, type Act, type DeviceStore } from '../device-store.ts'
import { PRACTICE, type SimServer } from './server.ts'

/** What the road between one device and the server does at this moment. */
export interface Road {
  /** Requests arrive. */
  up: boolean
  /** Answers and live events come back. */
  down: boolean
  /** Nothing fails; it only never comes: a cut cable, a proxy that swallows. */
  silent: boolean
}
export const healed: Road = { up: true, down: true, silent: false }

/** A browser on somebody's tablet: its store outlives it, everything else dies with it. */
export interface Tablet {
  readonly me: Me
  readonly road: Road
  /** What lies on this device, whoever is running on it. */
  readonly kept: DeviceStore
  device: Device | undefined
  stop: () => void
  start(): Promise<void>
  /** Pulls the plug: nothing that was under way comes back, in either direction. */
  kill(): void
  /** Dies by itself at the so-manyth step from now, before or after that step took place. */
  dieAt(steps: number, after: boolean): void
  /** Takes back a death still to come; false when it has happened. */
  spare(): boolean
}

const TICK_MS = 500
const TIMEOUT_MS = 10_000
const never = <Value>() => new Promise<Value>(() => {})

export interface World {
  ms: number
  readonly chance: () => number
  readonly server: SimServer
  readonly tickers: Set<() => void>
  /** Requests that the network kept a copy of, to be delivered again whenever it likes. */
  readonly wandering: (() => void)[]
}

export async function pass(world: World, ms: number) {
  for (const until = world.ms + ms; world.ms < until; world.ms += TICK_MS) {
    const due = Array.from(world.tickers)
    for (const tick of due) tick()
    await breathe()
  }
}
/** Lets everything that can happen without time passing happen. */
export const breathe = () => new Promise<void>((resolve) => { (globalThis as unknown as { setImmediate(act: () => void): void }).setImmediate(resolve) })

export function tablet(world: World, person: string, role: Role): Tablet {
  const me: Me = { person, name: person, roles: [role], practice: { id: PRACTICE, name: 'Sample', zone: 'UTC', sample: true }, device: person.replace('-0000-4000', '-1111-4000'), hasPin: false, idleMinutes: 10_000, chart: null, now: instant(world.ms) }
  const kept = memoryStore()
  const road: Road = { ...healed }
  let plug = { pulled: false, steps: Infinity, after: false }

  /** One step of the running program, which may be its last. */
  async function step<Value>(mine: typeof plug, act: () => Promise<Value>): Promise<Value> {
    mine.steps -= 1
    const last = mine.steps <= 0
    if (mine.pulled || (last && !mine.after)) { mine.pulled = true; return never() }
    const value = await act()
    if (mine.steps <= 0) mine.pulled = true
    return mine.pulled ? never() : value
  }

  const self: Tablet = {
    me, road, kept, device: undefined, stop: () => {},
    dieAt(steps, after) { plug.steps = steps; plug.after = after },
    spare() { plug.steps = Infinity; return self.device !== undefined && !plug.pulled },
    kill() { plug.pulled = true; self.device?.close(); self.stop(); self.device = undefined },
    async start() {
      const mine = { pulled: false, steps: Infinity, after: false }
      plug = mine
      const guard = (name: keyof DeviceStore) => (...given: unknown[]) => step(mine, () => (kept[name] as (...all: unknown[]) => Promise<unknown>)(...given))
      const store = { ...Object.fromEntries((['copy', 'keep', 'forget', 'acts', 'putAct', 'settle', 'park', 'withdraw'] as const).map((name) => [name, guard(name)])), onOtherTab: () => () => {} } as unknown as DeviceStore
      const post = (act: Act) => step(mine, () => send(world, road, () => world.server.append(person, structuredClone(act))))
      const readHead = (chart: string) => step(mine, () => send(world, road, (): ChartHead => ({ chart, name: 'Mara Sample', birthDate: null, deceasedOn: null, protocol: null, lastSeq: world.server.entriesOf(chart).length, team: [], myRoles: [role], patient: null })))
      self.device = await startDevice({
        me, store, clock: clockOf(world), wire: { post, readHead, open: (chart, after, signal) => step(mine, () => stream(world, road, chart, after, signal)) },
        memory: { lastActAtMs: world.ms, keepLastAct() {}, pin: async () => null, keepPin: async () => {}, forget: async () => {} },
      })
    },
  }
  return self
}

function clockOf(world: World): Clock {
  return {
    ms: () => world.ms, now: () => instant(world.ms), deviceMs: () => world.ms, offsetMs: () => 0, heard() {},
    onTick(listener) { world.tickers.add(listener); return () => world.tickers.delete(listener) },
  }
}

/** A request and its answer, on a road that loses, delays and doubles. */
async function send<Value>(world: World, road: Road, act: () => Value): Promise<Value> {
  await breathe()
  if (!road.up) return lost(world, road)
  const luck = world.chance()
  if (luck < 0.05) throw new Refused(luck < 0.02 ? 500 : 503, luck < 0.02 ? 'internal' : 'database.away', 'Something went wrong on our side.')
  if (luck < 0.15) world.wandering.push(() => { try { act() } catch { /* Nobody waits for this answer. */ } })
  const value = act()
  await breathe()
  return road.down ? value : lost(world, road)
}

async function lost<Value>(world: World, road: Road): Promise<Value> {
  if (road.silent) await waited(world, TIMEOUT_MS)
  throw new Offline()
}

function waited(world: World, ms: number): Promise<void> {
  const due = world.ms + ms
  return new Promise((resolve) => {
    const tick = () => { if (world.ms >= due) { world.tickers.delete(tick); resolve() } }
    world.tickers.add(tick)
  })
}

/** The live stream: everything after a number, then whatever comes, and a beat; torn or silent as the road is. */
async function stream(world: World, road: Road, chart: string, after: number, signal: AbortSignal): Promise<Response> {
  await breathe()
  if (!road.up || !road.down) return lost(world, road)
  let last = after
  let beatAt = world.ms
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(out) {
      const say = (data: unknown) => out.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(data)}\n\n`))
      const news = () => {
        const fresh = world.server.entriesOf(chart).filter(({ seq }) => seq > last)
        if (fresh.length > 0) say({ entries: fresh, lastSeq: (last = fresh.at(-1)!.seq) })
      }
      const tick = () => {
        if (road.down) { /* as it should be */ }
        else if (road.silent) { stop(); return } // Whatever is sent from now on is gone, and nobody is told.
        else { stop(); out.error(new Error('torn')); return }
        if (world.ms - beatAt >= 10_000) { beatAt = world.ms; say({ now: instant(world.ms) }) }
      }
      const stopNews = world.server.onNews(() => { if (road.down) news() })
      world.tickers.add(tick)
      stop = () => { stopNews(); world.tickers.delete(tick) }
      signal.addEventListener('abort', () => { stop(); try { out.error(new Error('aborted')) } catch { /* It had ended already. */ } })
      say({ entries: [], lastSeq: after, now: instant(world.ms) })
      news()
    },
    cancel: () => stop(),
  })
  return new Response(body)
}
