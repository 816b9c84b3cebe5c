import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { backAgainSays } from './back-again.ts'
import { type ActRecord } from './database.ts'
import { toBase64 } from './envelope.ts'
import { openDevice } from './open-device.ts'
import { begin, browser, CHART, disk, end, me, onDisk, opens, PIN, says, server, serverReads, throwAway, write } from './testing/opened-device.ts'
import { placeIn } from './testing/memory-file.ts'

vi.mock('./database.ts', async (actual) => ({ ...(await actual<object>()), openDeviceDatabase: async () => (await import('./testing/opened-device.ts')).disk.database }))
vi.mock('./second-place.ts', async (actual) => ({ ...(await actual<object>()), secondPlace: () => placeIn(browser.file) }))
const PATIENCE = { timeout: 15_000 }
beforeEach(begin)
afterEach(end)

const held = async () => (await placeIn(browser.file).held()).acts.map(({ place: _, ...record }) => record)
const inFile = () => new TextDecoder('latin1').decode(browser.file.bytes)
const acts = () => disk.rows('acts') as ActRecord[]

test('an act lies in both places with the same sealed bytes, and nothing of it can be read in either', async () => {
  const device = await opens()
  await write(device)
  expect(await held()).toEqual(acts())
  expect(`${inFile()}${onDisk()}`).not.toContain('canary')
  const [record] = await held()
  expect(JSON.parse(await serverReads({ act: record!.act, chart: CHART, device: me.device, sealed: toBase64(record!.server!.sealed) }))).toMatchObject({ chart: CHART })
})

test('a database that was thrown away: what was not sent is back, each once, in its order and before what is written next, and its author is told once', async () => {
  const first = await opens()
  for (const words of ['one', 'two', 'three']) await write(first, words)
  throwAway()
  const device = await opens()
  await write(device, 'four')
  expect(says(device)).toEqual(['one', 'two', 'three', 'four'])
  expect(device.backAgain).toEqual({ entries: 3, lost: 0 })
  device.close()
  const again = await opens()
  expect([says(again), again.backAgain]).toEqual([['one', 'two', 'three', 'four'], undefined])
  expect((await held()).map(({ act }) => act)).toEqual(acts().map(({ act }) => act))
})

test('what a page that ended in between kept in the first place alone lies in both once something else is written, before it', async () => {
  const device = await opens()
  await write(device, 'one')
  expect(await placeIn(browser.file).drop(acts()[0]!.act)).toBe(true)
  expect(await held()).toEqual([])
  await write(device, 'two')
  expect(await held()).toEqual(acts())
  throwAway()
  expect(says(await opens())).toEqual(['one', 'two'])
})

test('thrown away again and again, and opened without the network in between: still each once', async () => {
  await write(await opens(), 'one')
  for (let time = 0; time < 3; time += 1) {
    throwAway()
    server.away = true
    expect(await openDevice()).toEqual({ state: 'away' })
    server.away = false
    const device = await opens()
    expect([says(device), device.backAgain]).toEqual([['one'], { entries: 1, lost: 0 }])
  }
  expect(acts()).toHaveLength(1)
})

test('with the keys gone and the sign-in ended, what was sealed for the server is brought all the same, once', async () => {
  await write(await opens())
  throwAway()
  server.signedIn = false
  expect(await openDevice()).toEqual({ state: 'signed-out' })
  await vi.waitFor(() => expect(server.brought).toHaveLength(1), PATIENCE)
  expect(JSON.parse(server.brought[0]!)).toMatchObject({ chart: CHART, device: me.device, credential: 'leave to bring sealed acts' })
  await vi.waitFor(async () => expect((await held()).map(({ brought }) => brought)).toEqual([true]), PATIENCE)
  throwAway()
  expect(await openDevice()).toEqual({ state: 'signed-out' })
  expect(server.brought).toHaveLength(1)
  server.signedIn = true
  expect(says(await opens())).toEqual(['canary tears'])
})

test('another person finds nothing of it to read: it stays sealed, is brought, and comes to its author alone', async () => {
  await write(await opens())
  throwAway()
  const other = { ...me, person: 'a0000000-0000-4000-8000-000000000009' }
  const asMona = globalThis.fetch
  vi.stubGlobal('fetch', async (url: string, how?: object) => (url === '/api/me' ? Response.json(other) : asMona(url, how)))
  const device = await opens()
  expect([says(device), device.backAgain, device.othersWaiting]).toEqual([[], undefined, 1])
  await vi.waitFor(() => expect(server.brought).toHaveLength(1), PATIENCE)
  vi.stubGlobal('fetch', asMona)
  device.close()
  expect(says(await opens())).toEqual(['canary tears'])
})

test('the second place opens nothing that the first had forgotten', { timeout: 60_000 }, async () => {
  const device = await opens()
  await write(device)
  await device.setPin(PIN)
  server.away = true
  await device.signOut()
  expect([disk.count('vaults'), acts().length]).toEqual([0, 1])
  expect(await held()).toEqual(acts())
  throwAway()
  expect(await openDevice()).toEqual({ state: 'away' })
  expect([inFile().includes('canary'), disk.count('vaults'), (await disk.database.getAllKeys('keys')).length]).toEqual([false, 0, 0])
})

test('what was taken off this device is in neither place, and does not come back', async () => {
  const device = await opens()
  await write(device, 'refused')
  await device.withdraw(device.acts()[0]!.id)
  expect([acts().map(({ gone }) => gone), await held()]).toEqual([[true], []])
  throwAway()
  const again = await opens()
  expect([says(again), again.backAgain, acts()]).toEqual([[], undefined, []])
})

test.each<[string, () => void]>([
  ['cannot be written', () => { browser.file.write = () => { throw new Error('The disk is full') } }],
  ['cannot be read', () => { browser.file.read = () => { throw new Error('Busy') } }],
])('what was taken off while the second place %s does not come back, however often that browser crashes', async (_, breaks) => {
  const works = { ...browser.file }
  const device = await opens()
  await write(device, 'refused')
  breaks()
  await device.withdraw(device.acts()[0]!.id)
  expect(says(device)).toEqual([])
  device.close()
  const blind = await opens()
  expect([says(blind), blind.othersWaiting, blind.state().waiting]).toEqual([[], 0, 0])
  blind.close()
  Object.assign(browser.file, { write: works.write, read: works.read })
  expect((await held()).map(({ act }) => act), 'it lies there still').toHaveLength(1)
  const again = await opens()
  await vi.waitFor(async () => expect([await held(), acts()]).toEqual([[], []]), PATIENCE)
  expect([says(again), again.backAgain]).toEqual([[], undefined])
  throwAway()
  expect(says(await opens())).toEqual([])
})

test('what got there in another order comes back in the order in which it was written, and what is written next stands behind it, also the second time', async () => {
  const device = await opens()
  for (const words of ['one', 'its correction', 'three']) await write(device, words)
  const [one, correction, three] = acts()
  const places = await disk.database.getAllKeys('acts')
  device.close()
  browser.file.truncate(0)
  for (const [record, at] of [[three, 2], [correction, 1], [one, 0]] as const) await placeIn(browser.file).keep(record!, places[at]!)
  for (const written of [['one', 'its correction', 'three', 'four'], ['one', 'its correction', 'three', 'four', 'five']]) {
    throwAway()
    const again = await opens()
    await write(again, written.at(-1)!)
    expect([says(again), acts().map(({ act }) => act), (await held()).map(({ act }) => act)]).toEqual([written, again.acts().map(({ id }) => id), again.acts().map(({ id }) => id)])
    again.close()
  }
})

test('what a crash left in one place alone comes to the other, and nobody is told of a loss', async () => {
  const device = await opens()
  await write(device, 'one')
  await write(device, 'two')
  const [first, second] = acts()
  device.close()
  browser.file.truncate(0)
  await placeIn(browser.file).keep(second!, 2)
  await disk.database.delete('acts', await disk.database.getKeyFromIndex('acts', 'by-act', second!.act) as number)
  const again = await opens()
  await vi.waitFor(async () => expect([(await held()).map(({ act }) => act).toSorted(), acts().map(({ act }) => act).toSorted()]).toEqual([[first!.act, second!.act].toSorted(), [first!.act, second!.act].toSorted()]), PATIENCE)
  await vi.waitFor(() => expect(says(again)).toEqual(['one', 'two']), PATIENCE)
  expect(again.backAgain).toBeUndefined()
})

test('what only a key of the lost database opened is said to be lost', async () => {
  server.broken = ['/api/device/keys']
  await write(await opens())
  throwAway()
  const device = await opens()
  expect([says(device), device.backAgain]).toEqual([[], { entries: 0, lost: 1 }])
  await write(device, 'written again')
  expect(says(device)).toEqual(['written again'])
})

test('a second place that breaks costs nothing of the first', async () => {
  browser.file.flush = () => { throw new Error('The disk is full') }
  const device = await opens()
  await expect(write(device)).resolves.toHaveLength(1)
})

test.each([
  [{ entries: 1, lost: 0 }, 'This browser lost what it kept here and began anew. One entry of yours that was not sent yet lay in a second place: it is back and goes out by itself. Check that the last one is there.'],
  [{ entries: 12, lost: 0 }, 'This browser lost what it kept here and began anew. 12 entries of yours that were not sent yet lay in a second place: they are back and go out by themselves. Check that the last one is there.'],
  [{ entries: 0, lost: 2 }, 'This browser lost what it kept here and began anew. What the server has is fetched again. 2 entries could not be opened again: write down once more what is missing.'],
])('%j is said in plain words', (back, words) => {
  expect(Object.values(backAgainSays(back)).join(' ')).toBe(words)
})
