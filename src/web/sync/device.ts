import type { Entry } from '../../core/chart/entry.ts'
import type { EntryKind } from '../../core/chart/kinds.ts'
import type { ChartHead } from '../../core/contract/charting.ts'
import type { Response } from '../../core/contract/contract.ts'
import { chartCopy, type ChartCopy } from './chart-copy.ts'
import type { Written } from './chart-on-device.ts'
import { call, type Refused } from './client.ts'
import { clock as pageClock, type Clock } from './clock.ts'
import type { Act, DeviceStore, Stream } from './device-store.ts'
import { keepSending, type Patience } from './keep-sending.ts'
import { openLive, type LiveParts } from './live-stream.ts'
import { tryPin, type LockMemory, type Unlocked } from './lock.ts'
import { newId } from './new-id.ts'
import { openOutbox, type Outbox, type Post } from './outbox.ts'
import { makePin } from './pin.ts'
import { postAct } from './post-act.ts'

export type Me = Response<'me'>

export interface DeviceState {
  readonly locked: boolean
  /** The server does not know this sign-in any more. What was written here is kept and goes on after signing in. */
  readonly signedOut: boolean
  readonly hasPin: boolean
  /** Acts on this device that the server does not have: waiting, and refused. */
  readonly waiting: number
  readonly problems: number
}

/** What a signed-in person has on this device. */
export interface Device {
  readonly me: Me
  /** False where the browser lets nothing be kept: then what is written is lost with the tab, and screens say so. */
  readonly durable: boolean
  /** Nobody real is on this device's charts and no server behind it: a drill. Every screen that shows one says so. */
  readonly simulated: boolean
  readonly clock: Clock
  /** Acts that other people wrote on this device and that wait for their own sign-in. */
  readonly othersWaiting: number
  chart(chart: string): ChartCopy
  write(chart: string, entries: readonly Written[]): Promise<readonly Entry[]>
  retry(act: string): Promise<void>
  withdraw(act: string): Promise<void>
  acts(): readonly Act[]
  state(): DeviceState
  onChange(listener: () => void): () => void
  /** Somebody touched the screen. */
  touched(): void
  lock(): void
  unlock(pin: string): Promise<Unlocked>
  setPin(pin: string): Promise<void>
  /** The copy of this chart is deleted from the device after this. */
  keepUntil(chart: string, until: string): void
  /** Tries to send what waits, then ends the sign-in and deletes what was read. Says how many acts stay behind, sealed. */
  signOut(): Promise<{ readonly left: number }>
  close(): void
}

/** Where the person, the PIN and the last touch are remembered between two openings of the page. */
export interface DeviceMemory extends LockMemory {
  readonly lastActAtMs: number
  keepLastAct(ms: number): void
  /** Deletes what was read, and the key it was sealed with. What was written and not sent stays. */
  forget(): Promise<void>
}

/** How this device reaches the server. */
export interface Wire {
  readonly post: Post
  readonly open: LiveParts['open']
  readonly readHead: (chart: string) => Promise<ChartHead>
}
const overHttp: Wire = { post: postAct, open: openLive, readHead: (chart) => call('chart', { params: { chart } }) }

export interface DeviceParts {
  readonly me: Me
  readonly store: DeviceStore
  readonly memory: DeviceMemory
  readonly durable?: boolean
  readonly simulated?: boolean
  readonly othersWaiting?: number
  readonly clock?: Clock
  readonly wire?: Wire
  /** Judges a body by the table of kinds before it is kept, where a surface has that table loaded. */
  readonly judge?: ((kind: EntryKind, body: unknown) => unknown) | undefined
}

/** Kinds that are not on the chart's own stream. A test holds this list to the table of kinds. */
export const hiddenStreams: Readonly<Partial<Record<EntryKind, Stream>>> = { 'journal.v1': 'journal', 'psychotherapy-note.v1': 'notes' }

export async function startDevice({ me, store, memory, durable = true, simulated = false, othersWaiting = 0, clock = pageClock, wire = overHttp, judge }: DeviceParts): Promise<Device> {
  const later = laterBy(clock)
  const charts = new Map<string, ChartCopy>()
  const listeners = new Set<() => void>()
  const outbox = await openOutbox({
    store, post: wire.post,
    // What stands on a stream of its own has numbers of its own, and is none of the chart's.
    settled: (act, stored) => { if (act.stream === 'chart') charts.get(act.chart)?.settled(stored) },
    settledElsewhere: async (chart) => charts.get(chart)?.reread(),
  })
  let lastActAtMs = memory.lastActAtMs
  let locked = idle()
  let signedOut = false
  let hasPin = me.hasPin
  let shown: DeviceState | undefined

  function idle() { return clock.deviceMs() - lastActAtMs >= me.idleMinutes * 60_000 }
  const change = () => {
    shown = undefined
    for (const listener of listeners) listener()
  }
  const set = (now: boolean) => { if (locked !== now) { locked = now; change() } }
  const touched = () => {
    if (locked || idle()) { set(true); return }
    const now = clock.deviceMs()
    if (now - lastActAtMs > 5_000) memory.keepLastAct(now)
    lastActAtMs = now
  }
  const endOfSignIn = (why?: Refused) => {
    if (signedOut) return
    signedOut = true
    // Whoever signed in here instead keeps what they have read.
    if (why?.code !== 'sign-in.other') void memory.forget()
    set(true)
    change()
  }
  const sending = keepSending(outbox, { later, chance: Math.random })
  const wakeAll = () => { sending.wake(); for (const copy of charts.values()) copy.wake() }
  const stops = [
    clock.onTick(() => set(locked || idle())),
    outbox.onChange(() => { const why = outbox.endOfSignIn(); if (why) endOfSignIn(why); change() }),
    store.onOtherTab(() => void outbox.reload().catch(() => {})),
    onReturn(wakeAll),
  ]
  // Another tab may have written something while this one was being opened.
  void outbox.reload().catch(() => {})

  return {
    me, durable, simulated, clock, othersWaiting, touched,
    chart: (chart) => remembered(charts, chart, () => chartCopy({
      chart, store, outbox, later, now: clock.now, open: wire.open, readHead: wire.readHead, back: () => sending.wake(),
      heardNow: (serverNow) => clock.heard(serverNow, clock.deviceMs(), clock.deviceMs()),
      refused: (why: Refused) => { if (why.status === 401) endOfSignIn(why) },
    })),
    async write(chart, written) {
      const act = actOf(me, clock, chart, written, judge)
      await outbox.add(act)
      touched()
      return act.entries
    },
    retry: (act) => outbox.retry(act),
    withdraw: (act) => outbox.withdraw(act),
    acts: () => outbox.acts(),
    state: () => (shown ??= { locked, signedOut, hasPin, ...counted(outbox) }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    lock: () => set(true),
    async unlock(pin) {
      const answer = signedOut ? ({ open: false, triesLeft: 0, say: 'Your sign-in has ended. Sign in again; what you wrote is kept.' } as const) : await tryPin(memory, hasPin, pin)
      if (answer.open) { lastActAtMs = clock.deviceMs(); memory.keepLastAct(lastActAtMs); set(false) }
      else if (answer.triesLeft === 0 && hasPin) endOfSignIn()
      return answer
    },
    async setPin(pin) {
      await call('setPin', { body: { pin } })
      await memory.keepPin(await makePin(pin))
      hasPin = true
      change()
    },
    keepUntil: (chart, until) => void store.keep(chart, { keepUntil: until }).catch(() => {}),
    async signOut() {
      await outbox.round().catch(() => false)
      await call('signOut', { body: {} }).catch(() => {})
      await memory.forget()
      close()
      return { left: outbox.acts().length }
    },
    close,
  }

  function close() {
    sending.close()
    for (const stop of stops) stop()
  }
}

function actOf(me: Me, clock: Clock, chart: string, written: readonly Written[], judge: DeviceParts['judge']): Act {
  const now = clock.now()
  const streams = new Set(written.map(({ kind }) => hiddenStreams[kind] ?? 'chart'))
  const [stream] = streams
  if (!stream || streams.size > 1) throw new Error('An act is one or more entries of one stream')
  const entries = written.map(({ kind, body, id, at, session, amends }) => JSON.parse(JSON.stringify({
    id: id ?? newId(clock.ms()), kind, at: at ?? now, writtenAt: now, by: me.person, device: me.device, session, amends, body: judge ? judge(kind, body) : body,
  })) as Entry)
  return { id: newId(clock.ms()), chart, stream, entries, writtenAt: now }
}

const counted = (outbox: Outbox) => ({ waiting: outbox.acts().filter((act) => !act.problem).length, problems: outbox.acts().filter((act) => act.problem).length })

/** Waits by the clock's own ticks, which go on while the tab is hidden. A clock that is put back meanwhile makes nobody wait longer. */
export const laterBy = (clock: Pick<Clock, 'onTick' | 'deviceMs'>): Patience['later'] => (act, afterMs) => {
  let leftMs = afterMs
  let lastMs = clock.deviceMs()
  const stop = clock.onTick(() => {
    const now = clock.deviceMs()
    leftMs -= Math.max(0, now - lastMs)
    lastMs = now
    if (leftMs <= 0) { stop(); act() }
  })
  return stop
}

function onReturn(act: () => void): () => void {
  if (typeof document === 'undefined') return () => {}
  const seen = () => { if (document.visibilityState === 'visible') act() }
  addEventListener('online', act)
  document.addEventListener('visibilitychange', seen)
  return () => { removeEventListener('online', act); document.removeEventListener('visibilitychange', seen) }
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}
