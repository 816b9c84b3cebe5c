import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { call } from './client.ts'
import { clock } from './clock.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { keyFor, seal, type ActRecord } from './database.ts'
import type { Act } from './device-store.ts'
import type { Device } from './device.ts'
import { openDevice } from './open-device.ts'
import { makePin } from './pin.ts'
import { begin, devices, CHART, disk, end, later, me, onDisk, opens, PIN, says, server, write, timeIsOver } from './testing/opened-device.ts'

vi.mock('./database.ts', async (actual) => ({ ...(await actual<object>()), openDeviceDatabase: async () => (await import('./testing/opened-device.ts')).disk.database }))
const Channel = globalThis.BroadcastChannel
/** A busy machine takes its time; what never comes is still missed. */
const PATIENCE = { timeout: 15_000 }
beforeEach(begin)
afterEach(end)

/** Opened once by nobody, because its cookie was lost; then by the same person, whom the server takes for another device. */
async function cookieLost() {
  const device = await opens()
  await write(device)
  device.close()
  server.signedIn = false
  server.refuses = 'quarantine.refused'
  expect(await openDevice()).toEqual({ state: 'signed-out' })
  Object.assign(server, { signedIn: true, device: 'd0000000-0000-4000-8000-000000000002', share: 'another, for another device' })
}
const aMoment = () => vi.advanceTimersByTimeAsync(16_000)
/** A page's time goes on as fast as a test asks for it. */
async function quickly(act: () => Promise<void>) {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  const own = vi.spyOn(clock, 'deviceMs').mockImplementation(() => Date.now())
  try {
    await act()
  } finally {
    for (const device of devices.splice(0)) device.close()
    own.mockRestore()
    vi.useRealTimers()
  }
}

test('a device whose cookie was lost gives its author back what was written, though it is another one to the server now', async () => {
  await cookieLost()
  expect(says(await opens())).toEqual(['canary tears'])
})

const unanswered: [string, string[]][] = [['the keys', ['/api/device/keys']], ['what was sealed', ['/api/device/recover']], ['either', ['/api/device/keys', '/api/device/recover']]]
test.each(unanswered)('where the server did not answer about %s when the page was opened, what was written comes back while it is open, and stays', async (_, broken) => {
  await cookieLost()
  await quickly(async () => {
    server.broken = broken
    const device = await opens()
    await write(device, 'and written meanwhile')
    await aMoment()
    expect(says(device).at(-1)).toBe('and written meanwhile')
    server.broken = []
    await vi.waitFor(async () => { await aMoment(); expect(says(device)).toEqual(['canary tears', 'and written meanwhile']) }, PATIENCE)
    expect(device.state()).toMatchObject({ waiting: 2, problems: 0 })
    expect(onDisk()).not.toContain('canary')
    device.close()
    expect(says(await opens())).toEqual(['canary tears', 'and written meanwhile'])
    server.away = true
    expect(says(await opens())).toEqual(['canary tears', 'and written meanwhile'])
  })
})

test('what a page wrote that could not be told whom to seal for is read by one that was', async () => {
  await cookieLost()
  server.broken = ['/api/device/keys']
  const first = await opens()
  server.broken = []
  const second = await opens()
  await write(first, 'from the first')
  first.close()
  second.close()
  expect(says(await opens())).toEqual(['canary tears', 'from the first'])
})

const begunAnew: [string, () => Promise<unknown>][] = [
  ['had its sign-in ended, and its person signed in again', async () => { server.signedIn = false; await openDevice(); server.signedIn = true }],
  ['signed out without the network, and its person signed in again', async () => { server.away = true; await call('signOut', { body: {} }).catch(() => {}); server.away = false }],
]
test.each(begunAnew)('a page beside one that %s ends, and is opened again with the keys that lie there now: what either wrote is read, and stands once', async (_, happens) => {
  vi.stubGlobal('BroadcastChannel', Channel)
  const first = await opens()
  await write(first, 'before')
  await happens()
  const second = await opens()
  await write(first, 'in between')
  await vi.waitFor(() => expect(first.state()).toMatchObject({ replaced: true, closed: true, signedOut: false }), PATIENCE)
  await write(second, 'after')
  second.close()
  expect(says(await opens())).toEqual(['before', 'in between', 'after'])
  expect(onDisk()).not.toContain('in between')
})

test('a page that could not be told whom to seal for ends as soon as another one was', async () => {
  vi.stubGlobal('BroadcastChannel', Channel)
  server.broken = ['/api/device/keys']
  const first = await opens()
  await write(first, 'from the first')
  expect(first.state().replaced).toBe(false)
  server.broken = []
  expect(says(await opens())).toEqual(['from the first'])
  await vi.waitFor(() => expect(first.state().replaced).toBe(true), PATIENCE)
})

test('two pages of one person, and none of them has begun anything anew: neither ends', async () => {
  vi.stubGlobal('BroadcastChannel', Channel)
  const [first, second] = [await opens(), await opens()]
  await write(first, 'from the first')
  await vi.waitFor(() => expect(says(second)).toEqual(['from the first']), PATIENCE)
  expect([first.state().replaced, second.state().replaced]).toEqual([false, false])
})

test('what somebody else left here is brought as soon as the server answers, while a page is open', async () => {
  const device = await opens()
  await write(device)
  device.close()
  const record = (disk.rows('acts') as ActRecord[])[0]!
  const another = 'a0000000-0000-4000-8000-000000000009'
  await disk.database.put('acts', { ...record, owner: another }, (await disk.database.getKeyFromIndex('acts', 'by-act', record.act))!)
  await disk.database.put('credentials', { token: 'leave of another', until: '2099-01-01T00:00:00.000Z' }, another)
  await quickly(async () => {
    server.broken = ['/api/quarantine']
    const brought = () => server.brought.map((body) => JSON.parse(body)).filter(({ act }) => act === record.act)
    expect((await opens()).othersWaiting).toBe(1)
    await aMoment()
    expect(brought()).toEqual([])
    server.broken = []
    await vi.waitFor(async () => { await aMoment(); expect(brought()).toHaveLength(1) }, PATIENCE)
    expect(brought()).toMatchObject([{ credential: 'leave of another' }])
    expect((await opens()).othersWaiting).toBe(0)
  })
})

test('what the server will not take stays there, and is not said to be brought', async () => {
  const device = await opens()
  await write(device)
  device.close()
  Object.assign(server, { signedIn: false, refuses: 'quarantine.refused' })
  await openDevice()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect((disk.rows('acts') as ActRecord[]).map(({ brought }) => brought)).toEqual([undefined])
})

test('a private note is brought to nobody', async () => {
  const device = await opens()
  await device.write(CHART, [{ kind: 'psychotherapy-note.v1', body: { text: 'between us' } }])
  device.close()
  server.signedIn = false
  await openDevice()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect([server.brought, disk.count('acts')]).toEqual([[], 1])
})

test('a chart whose time is over is deleted, another is not, and what was written about it waits on', async () => {
  const first = await opens()
  await write(first)
  for (const chart of [CHART, 'another']) first.keepUntil(chart, '2099-01-01T00:00:00.000Z')
  await vi.waitFor(() => expect(disk.count('heads')).toBe(2), PATIENCE)
  first.close()
  await timeIsOver(CHART)
  const device = await opens()
  expect([(await disk.database.getAllKeys('heads')).map(([, chart]) => chart), says(device)]).toEqual([['another'], ['canary tears']])
})

/** As a page of before the vault kept it. */
async function keptBefore({ pin = false } = {}) {
  const [copies, outbox] = [await keyFor(disk.database, me.person, 'copies'), await keyFor(disk.database, me.person, 'outbox')]
  const entry = { id: 'e1', kind: 'session-note.v1', at: me.now, writtenAt: me.now, by: me.person, device: me.device, body: { text: 'canary of before' } }
  const act = { id: 'f0000000-0000-4000-8000-000000000001', chart: CHART, stream: 'chart', entries: [entry], writtenAt: me.now } as unknown as Act
  await disk.database.put('acts', { owner: me.person, act: act.id, sealed: await seal(outbox, act) })
  await disk.database.put('pieces', { owner: me.person, chart: CHART, sealed: await seal(copies, [{ ...entry, id: 'e2', seq: 1, receivedAt: me.now, digest: 'x' } as unknown as StoredEntry]) })
  await disk.database.put('heads', { sealed: await seal(copies, { lastSeq: 1, heardAt: me.now, head: null, keepUntil: null }), keepUntil: null }, [me.person, CHART])
  await disk.database.put('people', { me: await seal(copies, { ...me, hasPin: pin }), pin: pin ? await makePin(PIN) : null, lastActAtMs: Date.now() }, me.person)
  await disk.database.put('current', me.person, 'person')
}
async function shown(device: Device): Promise<number> {
  const stop = device.chart(CHART).subscribe(() => {})
  await vi.waitFor(() => expect(device.chart(CHART).snapshot().ready).toBe(true), PATIENCE)
  stop()
  return device.chart(CHART).snapshot().chart.entries.length
}

test('a chart that a screen asked for behind the lock is read once the PIN was typed', { timeout: 60_000 }, async () => {
  await keptBefore()
  const first = await opens()
  await first.setPin(PIN)
  first.close()
  server.away = true
  const device = await opens()
  const stop = device.chart(CHART).subscribe(() => {})
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(device.chart(CHART).snapshot()).toMatchObject({ ready: false, chart: { entries: [] } })
  expect(await device.unlock(PIN)).toEqual({ open: true })
  await vi.waitFor(() => expect(device.chart(CHART).snapshot().ready).toBe(true), PATIENCE)
  expect(device.chart(CHART).snapshot().chart.entries).toHaveLength(2)
  stop()
})

test('what lay there before comes under the new keys in one step: the chart is read as before, and what waited waits on', async () => {
  await keptBefore()
  const device = await opens()
  expect([says(device), await shown(device), disk.count('vaults')]).toEqual([['canary of before'], 2, 1])
  expect((await disk.database.getAllKeys('keys')).map(([, purpose]) => purpose).toSorted()).toEqual(['device', 'outbox'])
  expect((disk.rows('acts') as ActRecord[]).every(({ sealed, own, server: forServer }) => !sealed && own && forServer)).toBe(true)
  device.close()
  server.away = true
  const again = await opens()
  expect([says(again), await shown(again)]).toEqual([['canary of before'], 2])
})

test('an act of before that nothing opens stays as it lies, and keeps nobody out', async () => {
  await keptBefore()
  const spoilt = { owner: me.person, act: 'f0000000-0000-4000-8000-000000000002', sealed: { iv: new Uint8Array(12), data: new ArrayBuffer(40) } }
  await disk.database.put('acts', spoilt)
  expect(says(await opens())).toEqual(['canary of before'])
  expect((disk.rows('acts') as ActRecord[]).at(-1)).toEqual(spoilt)
})

test('without the network it is read as it was, and written as it was, until the server has answered', async () => {
  await keptBefore()
  server.away = true
  const device = await opens()
  await write(device, 'and one more')
  expect([says(device), await shown(device), disk.count('vaults')]).toEqual([['canary of before', 'and one more'], 3, 0])
  device.close()
  server.away = false
  const later = await opens()
  expect([says(later), disk.count('vaults')]).toEqual([['canary of before', 'and one more'], 1])
})

test('a PIN that was typed before opens it without the server once more, and from then on nothing else does', { timeout: 60_000 }, async () => {
  await keptBefore({ pin: true })
  server.hasPin = true
  ;(await opens()).close()
  server.away = true
  await later(20)
  const device = await opens()
  expect(await device.unlock('000000')).toMatchObject({ open: false, triesLeft: 4 })
  expect(await device.unlock(PIN)).toEqual({ open: true })
  expect(says(device)).toEqual(['canary of before'])
  expect((await disk.database.get('vaults', me.person))!.byDevice).toBeNull()
  expect((await disk.database.get('people', me.person))!.pin).toBeNull()
})
