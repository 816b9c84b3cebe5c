import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { call } from './client.ts'
import { type ActRecord } from './database.ts'
import type { Device } from './device.ts'
import { toBase64 } from './envelope.ts'
import { openDevice } from './open-device.ts'
import { begin, CHART, disk, end, later, me, onDisk, opens, PIN, says, server, serverReads, withPin, write } from './testing/opened-device.ts'

vi.mock('./database.ts', async (actual) => ({ ...(await actual<object>()), openDeviceDatabase: async () => (await import('./testing/opened-device.ts')).disk.database }))
/** A busy machine takes its time; what never comes is still missed. */
const PATIENCE = { timeout: 15_000 }
beforeEach(begin)
afterEach(end)

test('what is written lies there sealed, for its author and for the server, and no word of it can be read', async () => {
  const device = await opens()
  await write(device)
  expect(says(device)).toEqual(['canary tears'])
  expect(onDisk()).not.toContain('canary')
  const [record] = disk.rows('acts') as ActRecord[]
  expect(JSON.parse(await serverReads({ act: record!.act, chart: CHART, device: me.device, sealed: toBase64(record!.server!.sealed) }))).toMatchObject({ chart: CHART, entries: [{ by: me.person, body: { text: 'canary tears' } }] })
})

test('without a PIN it opens without the server, as it always did; with one it does not, until that was typed', async () => {
  const first = await opens()
  await write(first)
  first.close()
  server.away = true
  expect(says(await opens())).toEqual(['canary tears'])
  server.away = false
  await (await opens()).setPin(PIN)
  server.away = true
  const device = await opens()
  expect([device.state().closed, says(device), device.state().waiting]).toEqual([true, [], 0])
})

test('closed it keeps what is written and sends nothing; the PIN opens all of it, in the order in which it was written', { timeout: 60_000 }, async () => {
  await withPin()
  server.away = true
  await later(20)
  const device = await opens()
  expect(device.state()).toMatchObject({ locked: true, closed: true })
  await write(device, 'written while closed')
  expect(onDisk()).not.toContain('written while closed')
  expect(await device.unlock('000000')).toMatchObject({ open: false, triesLeft: 4 })
  expect(device.state().closed).toBe(true)
  expect(await device.unlock(PIN)).toEqual({ open: true })
  expect([device.state().closed, says(device)]).toEqual([false, ['canary tears', 'written while closed']])
})

test('opened again a moment later, without the network, it asks for the PIN as well', { timeout: 60_000 }, async () => {
  await withPin()
  server.away = true
  const device = await opens()
  expect(device.state()).toMatchObject({ locked: true, closed: true })
  expect(await device.unlock(PIN)).toEqual({ open: true })
  expect(says(device)).toEqual(['canary tears'])
})

test('a server that has another secret by now begins anew: what waits is given back, with a PIN and without one', { timeout: 60_000 }, async () => {
  const first = await opens()
  await write(first)
  first.close()
  await disk.database.put('vaults', { ...(await disk.database.get('vaults', me.person))!, byDevice: null }, me.person)
  server.share = 'another'
  const device = await opens()
  expect([device.state().closed, says(device)]).toEqual([false, ['canary tears']])
  await device.setPin(PIN)
  device.close()
  server.share = 'a third'
  const locked = await opens()
  expect([locked.state().locked, locked.state().closed, await locked.unlock(PIN), says(locked)]).toEqual([true, true, { open: true }, ['canary tears']])
})

test('locked, a page closes its store; while a session is watched on it, or its chart is kept for one, it does not', { timeout: 60_000 }, async () => {
  await withPin()
  const device = await opens()
  const letGo = device.holdOpen()
  device.lock()
  expect(device.state()).toMatchObject({ locked: true, closed: false })
  letGo()
  expect(device.state()).toMatchObject({ locked: true, closed: true })
  expect(await device.unlock(PIN)).toEqual({ open: true })
  device.keepUntil(CHART, '2099-01-01T00:00:00.000Z')
  device.lock()
  expect(device.state()).toMatchObject({ locked: true, closed: false })
})

test('the fifth wrong PIN deletes what was read and what opens it; what was written is still there, sealed', { timeout: 60_000 }, async () => {
  await withPin()
  server.away = true
  await later(20)
  const device = await opens()
  for (let time = 0; time < 5; time += 1) await device.unlock('000000')
  await vi.waitFor(() => expect(disk.count('vaults')).toBe(0), PATIENCE)
  expect(device.state()).toMatchObject({ signedOut: true, closed: true })
  expect(await device.unlock(PIN)).toMatchObject({ open: false })
  expect([disk.count('acts'), disk.count('people'), onDisk().includes('canary')]).toEqual([1, 0, false])
})

const endings: [string, (device: Device) => Promise<unknown>][] = [
  ['signing out', (device) => device.signOut()],
  ['signing out on another screen', () => call('signOut', { body: {} })],
  ['signing out without the network', async () => { server.away = true; await call('signOut', { body: {} }).catch(() => {}); server.away = false; server.signedIn = false }],
  ['the server’s word when the page is opened', async () => { server.signedIn = false; expect(await openDevice()).toEqual({ state: 'signed-out' }) }],
]
test.each(endings)('%s: nothing that opens anything is left, what was written is brought as it lies there, once, and given back to its author', { timeout: 60_000 }, async (_, end) => {
  const device = await opens()
  await write(device)
  await device.setPin(PIN)
  await end(device)
  await vi.waitFor(() => expect([disk.count('vaults'), disk.count('heads'), disk.count('pieces'), disk.count('people')]).toEqual([0, 0, 0, 0]), PATIENCE)
  expect((await disk.database.getAllKeys('keys')).map(([, purpose]) => purpose)).toEqual(['outbox'])
  expect([disk.count('acts'), onDisk().includes('canary')]).toEqual([1, false])
  device.close()
  await openDevice()
  await vi.waitFor(() => expect((disk.rows('acts') as ActRecord[]).map(({ brought }) => brought)).toEqual([true]), PATIENCE)
  await openDevice()
  expect(server.brought).toHaveLength(1)
  expect(server.brought[0]).not.toContain('canary')
  expect(JSON.parse(server.brought[0]!)).toMatchObject({ chart: CHART, device: me.device, session: null, credential: 'leave to bring sealed acts', entries: [expect.any(String)] })
  server.signedIn = true
  expect(says(await opens())).toEqual(['canary tears'])
})
