import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bytesOf, textOf } from './envelope.ts'
import { sweepFiles } from './files.ts'
import { canKeepHere, deleteHere, keepHere, recordingsHere } from './here-only.ts'
import { begin, CHART, end, files, filesDisk, later, me, newPage, opens, PIN, server } from './testing/opened-device.ts'

vi.mock('./database.ts', async (actual) => ({ ...(await actual<object>()), openDeviceDatabase: async () => (await import('./testing/opened-device.ts')).disk.database }))
vi.mock('./files.ts', async (actual) => ({ ...(await actual<object>()), deviceFiles: async () => (await import('./testing/opened-device.ts')).files }))
beforeEach(begin)
afterEach(end)

/** A recording that somebody keeps on this device and nowhere else. */
const VOICE = 'canary voice '.repeat(40)
const AT = '2026-11-21T17:00:00.000Z'
const speak = (words = VOICE) => keepHere(me.person, CHART, { bytes: bytesOf(words), type: 'audio/webm', lengthMs: 61_000 }, AT)
const heard = async () => (await recordingsHere(me.person, CHART)).map((one) => ('shut' in one ? 'shut' : `${one.at} ${one.type} ${one.lengthMs} ${textOf(one.bytes).slice(0, 12)}`))
const WHOLE = [`${AT} audio/webm 61000 canary voice`]
const onDisk = () => JSON.stringify([...filesDisk.rows('files'), ...filesDisk.rows('keepers')], (_, value: unknown) => (value instanceof Uint8Array ? textOf(value as Uint8Array<ArrayBuffer>) : value instanceof ArrayBuffer ? textOf(new Uint8Array(value)) : value))

test('it lies there sealed for its owner and not for the server, nothing sweeps it, and deleted it is gone', async () => {
  await opens()
  expect(await canKeepHere(me.person)).toBe(true)
  const id = await speak()
  expect([await heard(), onDisk().includes('canary'), onDisk().includes('61000')]).toEqual([WHOLE, false, false])
  expect((filesDisk.rows('files') as { own?: object; server?: object; sealed?: object; read?: object }[]).map(({ own, server: for_, sealed, read }) => [own, for_, sealed, read])).toEqual([[undefined, undefined, undefined, undefined]])
  await sweepFiles(files, me.person, { named: [], pinned: [] }, Date.parse(AT) + 400 * 86_400_000)
  expect([await heard(), server.brought, await files.held(me.person, CHART, [id])]).toEqual([WHOLE, [], []])
  await deleteHere(me.person, CHART, id)
  expect([await heard(), filesDisk.count('files')]).toEqual([[], 0])
})

test('it is behind the lock: closed it does not open, by the PIN it does, also without the network', { timeout: 60_000 }, async () => {
  const first = await opens()
  await speak()
  await first.setPin(PIN)
  first.close()
  newPage()
  await later(20)
  const device = await opens()
  expect([device.state().closed, await heard()], 'though the server would say its share').toEqual([true, ['shut']])
  server.away = true
  await device.unlock(PIN)
  expect(await heard()).toEqual(WHOLE)
  await speak('spoken while away')
  expect(await heard()).toHaveLength(2)
})

test('it outlives a sign-in: signed out nobody opens it, signed in again its owner does, and nobody else; no byte of it has left', async () => {
  const device = await opens()
  await speak()
  await device.signOut()
  device.close()
  newPage()
  expect(await heard()).toEqual(['shut'])
  server.signedIn = true
  server.share = 'what the server says to somebody else'
  const other = await opens()
  expect(await heard()).toEqual(['shut'])
  await other.signOut()
  other.close()
  newPage()
  Object.assign(server, { signedIn: true, share: 'only the server says this' })
  const again = await opens()
  expect([await heard(), JSON.stringify(server.put).includes('canary'), server.brought]).toEqual([WHOLE, false, []])
  again.close()
  server.away = true
  newPage()
  await opens()
  expect(await heard(), 'it came under the keys of now, and needs the server no more').toEqual(WHOLE)
})

test('before the server was ever heard nothing is promised', async () => {
  server.broken = ['/api/device/keys']
  await opens()
  expect(await canKeepHere(me.person)).toBe(false)
  await expect(speak()).rejects.toThrow()
  expect(filesDisk.count('files')).toBe(0)
})
