import { describe, expect, test } from 'vitest'
import { instant } from '../../core/shared/time.ts'
import { Offline, Refused } from './client.ts'
import type { Clock } from './clock.ts'
import { laterBy } from './later.ts'
import { startDevice, type Me } from './device.ts'
import type { DeviceMemory } from './device-parts.ts'
import { emptyCopy, memoryStore, withChange } from './device-store.ts'
import { judgeBody } from './judge-body.ts'
import type { Post } from './outbox.ts'

const CHART = 'c0000000-0000-4000-8000-000000000001'
const me: Me = { person: 'a0000000-0000-4000-8000-000000000002', name: 'Mona Sample', roles: ['monitor'], practice: { id: 'p', name: 'Sample', zone: 'UTC', sample: true }, device: 'd0000000-0000-4000-8000-000000000001', hasPin: true, idleMinutes: 15, chart: null, now: '2026-11-21T17:00:00.000Z' }

async function aDevice(post: Post = async () => { throw new Offline() }, lastActMinutesAgo = 0, more: Partial<DeviceMemory> = {}) {
  let ms = Date.parse(me.now)
  const ticks = new Set<() => void>()
  const clock: Clock = { ms: () => ms, now: () => instant(ms), deviceMs: () => ms, offsetMs: () => 0, heard() {}, onTick(tick) { ticks.add(tick); return () => ticks.delete(tick) } }
  const forgotten: string[] = []
  const store = memoryStore()
  const device = await startDevice({
    me, store, clock, judge: judgeBody, wire: { post, open: async () => { throw new Offline() }, readHead: async () => { throw new Offline() } },
    memory: { lastActAtMs: ms - lastActMinutesAgo * 60_000, keepLastAct() {}, pin: async () => null, keepPin: async () => {}, forget: async () => { forgotten.push('read') }, ...more },
  })
  const wait = async (minutes: number) => {
    for (const until = ms + minutes * 60_000; ms < until;) { ms += 250; const due = Array.from(ticks); for (const tick of due) tick() }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { device, store, wait, forgotten }
}

describe('left alone', () => {
  test.each([[14.9, false], [15, true], [16, true]])('for %d minutes it is locked: %s', async (minutes, locked) => {
    const { device, wait } = await aDevice()
    await wait(minutes)
    expect(device.state().locked).toBe(locked)
  })
  test('a touch begins the time again; what comes and goes by itself does not', async () => {
    const { device, wait } = await aDevice()
    await wait(10)
    device.touched()
    await wait(10)
    expect(device.state().locked).toBe(false)
    await wait(5)
    expect(device.state().locked).toBe(true)
    device.touched()
    expect(device.state().locked, 'a touch does not open it').toBe(true)
  })
  test('opening the page again does not open the lock', async () => {
    expect((await aDevice(undefined, 15)).device.state().locked).toBe(true)
    expect((await aDevice(undefined, 14)).device.state().locked).toBe(false)
  })
  test('locked, it still keeps what is written', async () => {
    const { device, store } = await aDevice()
    device.lock()
    await device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'tears' } }])
    expect(await store.acts()).toHaveLength(1)
    expect(device.state()).toMatchObject({ locked: true, waiting: 1 })
  })
})

describe('a chart that is kept for a session', () => {
  const HOUR = 60
  const until = (hours: number) => new Date(Date.parse(me.now) + hours * 3_600_000).toISOString()
  test.each([[3.9, 0], [4, 1], [5, 1]])('is deleted when its time is over, also from an open page: after %d hours %i times, and what was written about it waits on', async (hours, times) => {
    const swept: number[] = []
    const { device, store, wait } = await aDevice(undefined, 0, { sweep: async () => { swept.push(1) } })
    device.keepUntil(CHART, until(4))
    await device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'tears' } }])
    await wait(hours * HOUR)
    expect([swept.length, (await store.acts()).length, device.state().waiting]).toEqual([times, 1, 1])
  })
  test('is not, while the session is still watched; but once it is not any more', async () => {
    const swept: number[] = []
    const { device, wait } = await aDevice(undefined, 0, { sweep: async () => { swept.push(1) } })
    const letGo = device.holdOpen()
    device.keepUntil(CHART, until(1))
    await wait(2 * HOUR)
    expect(swept).toEqual([])
    letGo()
    await wait(1)
    expect(swept).toEqual([1])
  })
})

test('what is written in the moment in which the sign-in has ended is brought like the rest', async () => {
  const brought: string[] = []
  const { device, store, wait } = await aDevice(async () => { throw new Refused(401, 'sign-in.needed', 'You are not signed in.') }, 0, {
    quarantine: { held: async () => (await store.acts()).filter(({ id }) => !brought.includes(id)).map(({ id: act, chart }) => ({ act, chart, device: 'd', session: null, entries: [], files: [], from: '', to: '', key: 'k', sealed: 'x' })), bring: async () => {}, brought: async (act) => { brought.push(act) } },
  })
  await device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'before' } }])
  await wait(1)
  expect([device.state().signedOut, brought.length]).toEqual([true, 1])
  await device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'in that moment' } }])
  await wait(0.01)
  expect(brought).toEqual((await store.acts()).map(({ id }) => id))
})

test('the sign-in ends, and takes its keys, while the page asks whether others lie here: it goes on bringing what it could not send', async () => {
  const brought: string[] = []
  let answer = (_: boolean) => {}
  let isAway = true
  const { device, store, wait } = await aDevice(async () => { throw new Refused(401, 'sign-in.needed', 'You are not signed in.') }, 0, {
    recover: async () => false,
    quarantine: { held: async () => (await store.acts()).filter(({ id }) => !brought.includes(id)).map(({ id: act, chart }) => ({ act, chart, device: 'd', session: null, entries: [], files: [], from: '', to: '', key: 'k', sealed: 'x' })), bring: async () => { if (isAway) throw new Offline() }, brought: async (act) => { brought.push(act) } },
  })
  Object.assign(store, { replaced: () => new Promise<boolean>((resolve) => { answer = resolve }) })
  await wait(0.5)
  await device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'before' } }])
  await wait(0.1)
  expect([device.state().signedOut, brought.length]).toEqual([true, 0])
  answer(true)
  isAway = false
  await wait(1)
  expect([device.state().replaced, brought.length]).toEqual([false, 1])
})

test('when the sign-in has ended, what was read is forgotten and what was written is kept', async () => {
  const { device, store, wait, forgotten } = await aDevice(async () => { throw new Refused(401, 'sign-in.needed', 'You are not signed in.') })
  await device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'tears' } }])
  await wait(0.1)
  expect(device.state()).toMatchObject({ signedOut: true, locked: true, waiting: 1 })
  expect(forgotten).toEqual(['read'])
  expect(await store.acts()).toHaveLength(1)
  expect(await device.unlock('2468')).toMatchObject({ open: false })
})

test('when somebody else has signed in on this browser, what was written is kept and what they have read is theirs', async () => {
  const { device, store, wait, forgotten } = await aDevice(async () => { throw new Refused(401, 'sign-in.other', 'Somebody else has signed in.') })
  await device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'tears' } }])
  await wait(0.1)
  expect(device.state()).toMatchObject({ signedOut: true, locked: true, waiting: 1 })
  expect([forgotten, (await store.acts()).length]).toEqual([[], 1])
})

test('a psychotherapy note stands on a stream of its own, sent or not, and never on the chart', async () => {
  const { device, wait } = await aDevice(async ({ entries }) => entries.map(({ id }) => ({ id, seq: 1, digest: 'x', receivedAt: me.now })))
  device.chart(CHART).subscribe(() => {})
  const shown = () => device.chart(CHART).snapshot().chart.entries.map(({ kind }) => kind)
  await device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'tears' } }])
  await device.write(CHART, [{ kind: 'psychotherapy-note.v1', body: { text: 'between us' } }])
  expect(shown()).toEqual(['session-note.v1'])
  await wait(0.1)
  expect([device.state().waiting, shown()]).toEqual([0, ['session-note.v1']])
})

describe('waiting by the ticks of a clock', () => {
  test.each([
    ['runs on', [1, 1, 1, 1, 1], 5], ['is put back by an hour', [1, 1, -3_600, 1, 1, 1], 6], ['is put on by an hour', [1, 3_600], 2],
  ])('that %s', (_, steps, after) => {
    let seconds = 10_000
    let tick = () => {}
    const acted: number[] = []
    laterBy({ deviceMs: () => seconds * 1_000, onTick: (listener) => { tick = listener; return () => { tick = () => {} } } })(() => acted.push(1), 5_000)
    const when = steps.findIndex((step) => { seconds += step; tick(); return acted.length > 0 })
    expect(when + 1).toBe(after)
  })
})

test.each([
  // what the copy has come to, what the news follows, how far it goes; where the copy then stands
  [4, 4, 6, 6], [4, 5, 6, 4], [0, 40, 41, 0], [7, 4, 6, 7], [7, undefined, 0, 0],
])('a copy at %s that hears what follows %s up to %s stands at %s', (lastSeq, after, heard, stands) => {
  expect(withChange({ ...emptyCopy, lastSeq }, { ...(after !== undefined && { after }), lastSeq: heard }).lastSeq).toBe(stands)
})

describe('an act', () => {
  test('carries its author, its device, one time, and ids made here', async () => {
    const { device } = await aDevice()
    const [first, second] = await device.write(CHART, [{ kind: 'session-note.v1', body: { text: ' tears ' } }, { kind: 'rating.v1', body: { scale: 'intensity', value: 7 }, at: '2026-11-21T16:55:00.000Z' }])
    expect(first).toMatchObject({ by: me.person, device: me.device, at: me.now, writtenAt: me.now, body: { text: 'tears' } })
    expect(second).toMatchObject({ at: '2026-11-21T16:55:00.000Z', writtenAt: me.now })
    expect(first!.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
    expect(Object.keys(first!)).not.toContain('amends')
  })
  test('that the table of kinds refuses is refused at once, whole', async () => {
    const { device, store } = await aDevice()
    await expect(device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'tears' } }, { kind: 'vitals.v1', body: { systolicMmHg: 900 } }])).rejects.toThrow('systolicMmHg')
    expect(await store.acts()).toEqual([])
  })
  test('belongs to one stream', async () => {
    const { device } = await aDevice()
    await expect(device.write(CHART, [{ kind: 'session-note.v1', body: { text: 'x' } }, { kind: 'journal.v1', body: { text: 'y' } }])).rejects.toThrow('one stream')
  })
})

test('what another page puts back and this one cannot read is asked of the server at once, and once', async () => {
  let asked = 0
  let lying: string[] = []
  let tell = () => {}
  const kept = memoryStore()
  const store = { ...kept, lying: async () => new Set(lying), onOtherTab: (listener: () => void) => { tell = listener; return () => {} } }
  const clock: Clock = { ms: () => 0, now: () => me.now, deviceMs: () => 0, offsetMs: () => 0, heard() {}, onTick: () => () => {} }
  const away = async () => { throw new Offline() }
  await startDevice({
    me, store, clock, judge: judgeBody, wire: { post: away, open: away, readHead: away },
    memory: { lastActAtMs: 0, keepLastAct() {}, pin: async () => null, keepPin: async () => {}, forget: async () => {}, recover: async () => { asked += 1; return true } },
  })
  const heard = async () => { tell(); await new Promise((resolve) => setTimeout(resolve, 5)); return asked }
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(asked, 'as it opens').toBe(1)
  expect(await heard(), 'nothing lies here').toBe(1)
  lying = ['back-from-the-second-place']
  expect(await heard()).toBe(2)
  expect(await heard(), 'the server has been asked for this one').toBe(2)
  lying = ['back-from-the-second-place', 'another']
  expect(await heard()).toBe(3)
})
