import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { bringingFiles } from './bring-files.ts'
import { fileSealedFor } from '../../core/chart/quarantine.ts'
import type { ActRecord } from './database.ts'
import type { Device } from './device.ts'
import { bytesOf, fromBase64, openingKey, openSealed, sealTo, textOf } from './envelope.ts'
import { openDevice } from './open-device.ts'
import { shutActs } from './shut.ts'
import { keepFile } from './use-file.ts'
import { begin, CHART, disk, end, files, filesDisk, later, me, newPage, opens, PIN, server, serverOpens, timeIsOver } from './testing/opened-device.ts'

vi.mock('./database.ts', async (actual) => ({ ...(await actual<object>()), openDeviceDatabase: async () => (await import('./testing/opened-device.ts')).disk.database }))
vi.mock('./files.ts', async (actual) => ({ ...(await actual<object>()), deviceFiles: async () => (await import('./testing/opened-device.ts')).files }))
/** A busy machine takes its time; what never comes is still missed. */
const PATIENCE = { timeout: 15_000 }
beforeEach(begin)
afterEach(end)

const FACE = 'canary face '.repeat(40)
const place = (sha256: string) => ({ owner: me.person, chart: CHART, sha256 })
/** A photo, or what somebody spoke to themselves, that could not be sent. */
async function photographs(device: Device, face = FACE) {
  const file = await keepFile(me.person, CHART, bytesOf(face), 'image/jpeg')
  await device.write(CHART, [{ kind: 'photo-taken.v1', body: { file, agreed: 'aloud' } }])
  return file.sha256
}
const onFilesDisk = () => JSON.stringify(filesDisk.rows('files'), (_, value: unknown) => (value instanceof Uint8Array ? textOf(value as Uint8Array<ArrayBuffer>) : value instanceof ArrayBuffer ? textOf(new Uint8Array(value)) : value))
const reads = async (sha256: string) => files.bytes(place(sha256)).then((bytes) => bytes && textOf(bytes), () => 'shut')
const brought = () => server.brought.map((body) => JSON.parse(body) as { act?: string; chart: string; sha256: string; sealed: string; credential: string })
const named = (device: Device) => device.acts().flatMap(({ entries }) => entries.map(({ body }) => (body as { file: { sha256: string } }).file.sha256))

test('what is made here lies there sealed, for its author and for the server, and no byte of it can be read', async () => {
  const device = await opens()
  const sha256 = await photographs(device)
  expect(await reads(sha256)).toBe(FACE)
  expect(onFilesDisk()).not.toContain('canary')
  expect(filesDisk.count('keys'), 'no key lies beside it').toBe(0)
  const [held] = await files.held(me.person, CHART, [sha256])
  const opened = (as: string) => openingKey(server.pair.secret.slice()).then((key) => openSealed(key, held!.sealed, as)).then(textOf, () => 'shut')
  expect([await opened(fileSealedFor(sha256, { chart: CHART, person: me.person, device: me.device })), await opened(fileSealedFor(sha256, { chart: 'another', person: me.person, device: me.device }))]).toEqual([FACE, 'shut'])
})

test('the PIN closes it with everything else: locked nothing of it opens, what is made is kept, and unlocked all of it is read', { timeout: 60_000 }, async () => {
  const first = await opens()
  const sha256 = await photographs(first)
  await files.put({ ...place('read'), why: 'copy', atMs: Date.now() }, bytesOf('a copy'))
  await first.setPin(PIN)
  first.close()
  server.away = true
  newPage()
  await later(20)
  const device = await opens()
  const spoken = await keepFile(me.person, CHART, bytesOf('made while closed'), 'audio/webm')
  await files.put({ ...place('read while closed'), why: 'copy', atMs: Date.now() }, bytesOf('another copy'))
  expect([device.state().closed, await reads(sha256), await reads('read'), await reads(spoken.sha256), await reads('read while closed')]).toEqual([true, 'shut', undefined, 'shut', undefined])
  expect(await device.unlock(PIN)).toEqual({ open: true })
  expect([await reads(sha256), await reads('read'), await reads(spoken.sha256)]).toEqual([FACE, 'a copy', 'made while closed'])
})

test('access ended: the bytes are brought as they lie there, before what names them, once; what was read is gone', async () => {
  const device = await opens()
  const sha256 = await photographs(device)
  await files.put({ ...place('read'), why: 'copy', atMs: Date.now() }, bytesOf('a copy'))
  device.close()
  server.signedIn = false
  newPage()
  await openDevice()
  await vi.waitFor(() => expect((disk.rows('acts') as ActRecord[]).map(({ brought: is }) => is)).toEqual([true]), PATIENCE)
  expect(brought().map(({ act, sha256: of }) => (act ? 'the entry' : of))).toEqual([sha256, 'the entry'])
  expect(brought()[0]).toMatchObject({ chart: CHART, credential: 'leave to bring sealed acts' })
  expect(server.brought.join()).not.toContain('canary')
  expect(brought()[1]).not.toHaveProperty('files')
  expect(textOf(await serverOpens(brought()[0]!))).toBe(FACE)
  expect((await files.all()).map(({ why }) => why)).toEqual(['to-send'])
  await openDevice()
  expect(server.brought).toHaveLength(2)
})

test('where nobody answers the entry waits for its bytes; where the server takes no more of them, it goes without', async () => {
  const device = await opens()
  await photographs(device)
  device.close()
  server.signedIn = false
  server.broken = ['/api/quarantine/files']
  await openDevice()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect([server.brought, (disk.rows('acts') as ActRecord[]).map(({ brought: is }) => is)]).toEqual([[], [undefined]])
  server.broken = []
  await openDevice()
  await vi.waitFor(() => expect(server.brought).toHaveLength(2), PATIENCE)
})

test('what somebody spoke into their own notes is sealed in the same way, and brought to nobody', async () => {
  const device = await opens()
  const file = await keepFile(me.person, CHART, bytesOf(FACE), 'audio/webm')
  await device.write(CHART, [{ kind: 'psychotherapy-recording.v1', body: { file, lengthMs: 4_000 } }])
  device.close()
  server.signedIn = false
  await openDevice()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect([server.brought, (await files.all()).length, onFilesDisk().includes('canary')]).toEqual([[], 1, false])
})

test('signed in again, its author is given back what the keys of before had sealed, and it is brought in the usual way', async () => {
  const device = await opens()
  const sha256 = await photographs(device)
  const forServer = () => (filesDisk.rows('files') as { server: { sealed: Uint8Array } }[])[0]!.server.sealed
  const before = forServer()
  await device.signOut()
  device.close()
  newPage()
  server.signedIn = true
  const again = await opens()
  expect(named(again)).toEqual([sha256])
  await vi.waitFor(async () => expect(await reads(sha256)).toBe(FACE), PATIENCE)
  expect(forServer(), 'brought again, it counts as the same').toEqual(before)
  const put: string[] = []
  await bringingFiles({ files: async () => files, put: async (_, { data }) => { put.push(textOf(fromBase64(data))) } }).bring(again.acts()[0]!)
  expect(put).toEqual([FACE])
})

test('what the server cannot open either keeps no entry back, is kept as it lies, and is said to lie there', async () => {
  const device = await opens()
  const sha256 = await photographs(device)
  await device.signOut()
  device.close()
  newPage()
  expect(await reads(sha256), 'until the server has spoken, its entry waits').toBe('shut')
  Object.assign(server, { signedIn: true, keyLost: true })
  const again = await opens()
  await vi.waitFor(async () => expect(await reads(sha256)).toBeUndefined(), PATIENCE)
  expect([(await files.all()).length, await files.shut(me.person), disk.count('acts'), named(again)]).toEqual([1, [], 1, []])
  const [record] = disk.rows('acts') as ActRecord[]
  expect(shutActs(me.person)).toEqual([{ act: record!.act, chart: CHART, entries: 1, from: record!.about!.from, to: record!.about!.to }])
  again.close()
  server.keyLost = false
  expect([named(await opens()), shutActs(me.person)], 'the key was brought back from a copy').toEqual([[sha256], []])
})

test('what lay there before comes under the new keys: what waits is read, and brought; copies are asked for again', async () => {
  // As a page of before kept it: nobody has said yet whom to seal for.
  const sha256 = (await keepFile(me.person, CHART, bytesOf(FACE), 'image/jpeg')).sha256
  await files.put({ ...place('read'), why: 'copy', atMs: Date.now() }, bytesOf('a copy'))
  expect((filesDisk.rows('files') as { sealed?: object }[]).every(({ sealed }) => sealed)).toBe(true)
  newPage()
  const device = await opens()
  await device.write(CHART, [{ kind: 'photo-taken.v1', body: { file: { sha256, bytes: FACE.length, type: 'image/jpeg' }, agreed: 'aloud' } }])
  expect([await reads(sha256), (await files.all()).map(({ why }) => why)]).toEqual([FACE, ['to-send']])
  expect((filesDisk.rows('files') as { sealed?: object; own?: object; server?: object }[]).map(({ sealed, own, server: forServer }) => [sealed, Boolean(own), Boolean(forServer)])).toEqual([[undefined, true, true]])
  expect((await filesDisk.database.getAllKeys('keys')).map(([, purpose]) => purpose)).not.toContain('copies')
})

test('an act of before it was said which files it names, is said so once its author opens the page: then its bytes are brought with it', async () => {
  const device = await opens()
  const sha256 = await photographs(device)
  device.close()
  const [record] = disk.rows('acts') as ActRecord[]
  const { files: _, ...about } = record!.about!
  await disk.database.put('acts', { ...record!, about } as ActRecord, (await disk.database.getAllKeys('acts'))[0])
  ;(await opens()).close()
  await vi.waitFor(() => expect((disk.rows('acts') as ActRecord[])[0]!.about!.files).toEqual([sha256]), PATIENCE)
})

test('a copy leaves with the chart of its session, four hours after the booked end; another chart’s stays', async () => {
  const device = await opens()
  const other = 'c0000000-0000-4000-8000-000000000002'
  for (const [chart, sha256] of [[CHART, 'over'], [other, 'still on']] as const) await files.put({ owner: me.person, chart, sha256, why: 'copy', atMs: Date.now() }, bytesOf('a copy'))
  const waits = await photographs(device)
  for (const chart of [CHART, other]) device.keepUntil(chart, '2099-01-01T00:00:00.000Z')
  await vi.waitFor(() => expect(disk.count('heads')).toBe(2), PATIENCE)
  device.close()
  await timeIsOver(CHART)
  await opens()
  await vi.waitFor(async () => expect((await files.all()).map(({ sha256 }) => sha256).toSorted()).toEqual([waits, 'still on'].toSorted()), PATIENCE)
})

test('bytes sealed as another file do not open as this one', async () => {
  const device = await opens()
  const sha256 = await photographs(device)
  const vault = (await disk.database.get('vaults', me.person))!
  const [row] = filesDisk.rows('files') as { own: Uint8Array<ArrayBuffer> }[]
  await filesDisk.database.put('files' as never, { ...row, own: await sealTo(vault.publicKey, bytesOf('another face'), 'openkap own file of something else') } as never, [me.person, CHART, sha256] as never)
  expect(await reads(sha256)).toBe('shut')
})
