import type { Entry } from '../../core/chart/entry.ts'
import { lentOf } from '../../core/chart/lent.ts'
import type { Response } from '../../core/contract/contract.ts'
import { actOf } from './act-of.ts'
import { bringOwn, keepBringing, untilDone } from './bring.ts'
import type { BackAgain } from './back-again.ts'
import { chartCopy, type ChartCopy } from './chart-copy.ts'
import type { Written } from './chart-on-device.ts'
import { call, Refused } from './client.ts'
import { clock as pageClock, type Clock } from './clock.ts'
import type { DeviceMemory, DeviceParts } from './device-parts.ts'
import type { Act, DeviceStore } from './device-store.ts'
import { openGuests, type Guests } from './guests.ts'
import { keepSending } from './keep-sending.ts'
import { laterBy, onReturn } from './later.ts'
import { rememberPin, tryPin, type Unlocked } from './lock.ts'
import { counted, openOutbox, type Outbox } from './outbox.ts'
import { overHttp } from './wire.ts'

export type Me = Response<'me'>

export interface DeviceState {
  readonly locked: boolean
  /** The server does not know this sign-in any more. What was written here is kept and goes on after signing in. */
  readonly signedOut: boolean
  readonly hasPin: boolean
  /** What lies here cannot be read until somebody has opened it with their PIN. What is written is kept. */
  readonly closed: boolean
  /** Another page of this browser has begun anew what is kept here, or ended it: this one has ended, and is opened again. */
  readonly replaced: boolean
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
  /** Entries of theirs that came back from the second place, where the browser had thrown its database away. */
  readonly backAgain?: BackAgain | undefined
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
  /** While a session is watched here, its lock gates the screen and closes nothing: an automatic lock never makes the room blind. Answers how to let go. */
  holdOpen(): () => void
  /** A second person who signs here. Not where nothing can be sealed, and in no drill. */
  readonly guests?: Guests | undefined
  /** The copy of this chart is deleted from the device after this. */
  keepUntil(chart: string, until: string): void
  /** Tries to send what waits, then ends the sign-in and deletes what was read. Says how many acts stay behind, sealed. */
  signOut(): Promise<{ readonly left: number }>
  close(): void
}

export async function startDevice({ me, store, memory, durable = true, simulated = false, othersWaiting = 0, backAgain, pins: pinned = new Map(), clock = pageClock, wire = overHttp, judge }: DeviceParts): Promise<Device> {
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
  // What cannot be read is opened with a PIN, however short the time since somebody was here.
  let locked = idle() || (me.hasPin && (memory.vault?.closed() ?? false))
  let [signedOut, replaced] = [false, false]
  let [hasPin, watching] = [me.hasPin, 0]
  let shown: DeviceState | undefined
  let catchingUp = () => {}
  const pins = new Map(pinned)
  const { vault } = memory
  const guests = memory.guests && openGuests({ me, shelf: memory.guests, clock, judge, add: keepAct, waits, enrol: wire.enrolGuest, ask: wire.guests, tell: wire.endGuest })
  const [own, moreUnread] = [bringOwn(memory.quarantine, later), unreadOn(store, outbox)]

  function waits(guest: string) { return outbox.acts().some(({ entries }) => entries.some((entry) => lentOf(entry)?.guest === guest)) }
  function idle() { return clock.deviceMs() - lastActAtMs >= me.idleMinutes * 60_000 }
  const change = () => {
    shown = undefined
    for (const listener of listeners) listener()
  }
  const set = (now: boolean) => {
    if (locked === now) return
    locked = now
    if (locked) closeUp()
    change()
  }
  /** Locked, nothing that opens what lies here stays in memory, but for a session that runs on: that is never made blind. */
  const closeUp = () => {
    if (!vault || !hasPin || watching > 0 || vault.closed() || [...pins.values()].some((until) => until > clock.now())) return
    vault.close()
    for (const copy of charts.values()) copy.close()
  }
  const opened = async () => {
    for (const copy of charts.values()) copy.reopen()
    await lookAgain()
    wakeAll()
    catchUp()
  }
  /** Until it is all there: what another page wrote while this one opened, and what only the server can give back, is shown and sent as soon as it is. */
  const catchUp = () => {
    catchingUp()
    catchingUp = untilDone(async () => {
      await lookAgain()
      const all = replaced || !memory.recover || (await memory.recover())
      await lookAgain()
      return all
    }, later)
  }
  /** What another page writes is sealed to what lies here now. A page that holds other keys reads none of it and would wait for ever: it ends, and is opened again with those. */
  const endIfReplaced = async () => {
    const isOver = () => replaced || signedOut
    // The sign-in may end while it is asked, and delete those keys itself: then this page goes on bringing what it could not send.
    if (isOver() || !(await store.replaced?.()) || isOver()) return
    replaced = true
    vault?.close()
    for (const copy of charts.values()) copy.close()
    close()
    change()
  }
  const lookAgain = async () => {
    await endIfReplaced()
    if (!replaced) await outbox.reload()
  }
  /** The time of a chart that was kept for its session is over. */
  function expire() {
    if (watching > 0) return // Not under the hands of those who watch it: when they have left.
    const over = [...pins].filter(([, until]) => until <= clock.now())
    if (over.length === 0) return
    for (const [chart] of over) { pins.delete(chart); charts.get(chart)?.close(); charts.get(chart)?.reopen() }
    void memory.sweep?.().catch(() => {})
    void guests?.sweep().catch(() => {})
    if (locked) closeUp()
  }
  const touched = () => {
    if (locked || idle()) { set(true); return }
    const now = clock.deviceMs()
    if (now - lastActAtMs > 5_000) memory.keepLastAct(now)
    lastActAtMs = now
  }
  async function keepAct(act: Act) {
    await outbox.add(act)
    // Written in the moment in which the sign-in ended, it goes the way of the rest.
    if (signedOut) own.all()
    touched()
  }
  const endOfSignIn = (why?: Pick<Refused, 'code'>) => {
    if (signedOut || replaced) return
    signedOut = true
    vault?.close()
    catchingUp()
    // Whoever signed in here instead keeps what they have read.
    const forgotten = why?.code === 'sign-in.other' ? Promise.resolve() : memory.forget()
    // Somebody else who signs in here brings it as well.
    void forgotten.catch(() => {}).then(own.all)
    for (const copy of charts.values()) copy.close()
    set(true)
    change()
  }
  /** A closed page hears nothing and sends nothing. It asks whether its sign-in still stands, so that what waits here is brought when it does not. */
  const stillIn = async () => {
    if (!vault?.closed() || !wire.whoIsIn) return
    const ask = () => wire.whoIsIn!().catch((failure: unknown) => { if (failure instanceof Refused && failure.status === 401) return null; throw failure })
    // Asked twice: the first answer may be older than a sign-in on another page, and what that one keeps here is not to be deleted.
    const who = (await ask()) ?? (await ask())
    if (vault.closed() && who !== me.person) endOfSignIn(who === null ? undefined : { code: 'sign-in.other' })
  }
  const sending = keepSending(outbox, { later, chance: Math.random, nowMs: clock.deviceMs })
  const wakeAll = () => { sending.wake(); for (const copy of charts.values()) copy.wake() }
  const stops = [
    clock.onTick(() => { set(locked || idle()); expire() }),
    outbox.onChange(() => { if (!signedOut) own.unseen(outbox.acts()); const why = outbox.endOfSignIn(); if (why) endOfSignIn(why); change() }),
    store.onOtherTab(() => void lookAgain().then(async () => { if (!replaced && (await moreUnread())) catchUp() }).catch(() => {})),
    onReturn(wakeAll), memory.others ? keepBringing(memory.others, later) : () => {},
    untilDone(async () => { await stillIn(); return signedOut }, later),
  ]
  catchUp()

  return {
    me, durable, simulated, clock, othersWaiting, backAgain, touched, guests,
    chart(chart) {
      return remembered(charts, chart, () => asOpenAs(vault, chartCopy({
        chart, store, outbox, later, now: clock.now, open: wire.open, readHead: wire.readHead, back: () => sending.wake(),
        heardNow: (serverNow) => clock.heard(serverNow, clock.deviceMs(), clock.deviceMs()),
        refused: (why: Refused) => { if (why.status === 401) endOfSignIn(why) },
      })))
    },
    async write(chart, written) {
      const act = actOf(me, clock, chart, written, judge)
      await keepAct(act)
      return act.entries
    },
    retry: (act) => outbox.retry(act),
    withdraw: (act) => outbox.withdraw(act),
    acts: () => outbox.acts(),
    state: () => (shown ??= { locked, signedOut, hasPin, closed: vault?.closed() ?? false, replaced, ...counted(outbox.acts()) }),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    lock: () => set(true),
    async unlock(pin) {
      const tried = signedOut ? ({ open: false, triesLeft: 0, say: 'Your sign-in has ended. Sign in again; what you wrote is kept.' } as const) : await tryPin(memory, hasPin, pin, wire.unlock)
      await endIfReplaced()
      if (tried.open && vault?.closed() && !replaced) return UNSAID
      if (tried.open) {
        lastActAtMs = clock.deviceMs()
        memory.keepLastAct(lastActAtMs)
        set(false)
        if (!replaced) await opened().catch(() => {})
        change()
      }
      else if (tried.triesLeft === 0 && hasPin) endOfSignIn()
      return tried
    },
    async setPin(pin) {
      await call('setPin', { body: { pin } })
      await rememberPin(memory, pin)
      hasPin = true
      change()
    },
    holdOpen() {
      watching += 1
      return () => {
        watching -= 1
        if (locked) { closeUp(); change() }
      }
    },
    keepUntil: (chart, until) => { pins.set(chart, until); void store.keep(chart, { keepUntil: until }).catch(() => {}) },
    async signOut() {
      await outbox.round().catch(() => false)
      await call('signOut', { body: {} }).catch(() => {})
      vault?.close()
      await memory.forget()
      close()
      return { left: outbox.acts().length }
    },
    close,
  }

  function close() {
    sending.close()
    own.stop()
    catchingUp()
    for (const stop of stops) stop()
  }
}

/** It was sealed with an earlier PIN, and the connection broke before the server had said its part. */
const UNSAID = { open: false, triesLeft: 1, say: 'Your PIN is right, but the connection broke before what is kept here could be opened. Try again in a moment; what you wrote is kept.' } as const

/** A chart that is asked for behind the lock waits for the PIN: nothing is read into it before, and all of it after. */
function asOpenAs(vault: DeviceMemory['vault'], copy: ChartCopy): ChartCopy {
  if (vault?.closed()) copy.close()
  return copy
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

/** Another page has written, sent, or put back from the second place. Says whether anything lies here by now that this page cannot read and had not seen: the server is asked for it, once for each. */
function unreadOn(store: Pick<DeviceStore, 'closed' | 'lying'>, outbox: Pick<Outbox, 'acts'>): () => Promise<boolean> {
  let unread: ReadonlySet<string> = new Set()
  return async () => {
    if (store.closed?.()) return false
    const [read, before] = [new Set(outbox.acts().map(({ id }) => id)), unread]
    unread = new Set([...(await store.lying())].filter((id) => !read.has(id)))
    return [...unread].some((id) => !before.has(id))
  }
}
