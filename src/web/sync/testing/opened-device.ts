import { vi } from 'vitest'
import { fileSealedFor, sealedFor } from '../../../core/chart/quarantine.ts'
import type { Device, Me } from '../device.ts'
import { freshPair, fromBase64, openingKey, openSealed, textOf, toBase64, type Pair } from '../envelope.ts'
import { indexedFiles, type DeviceFiles, type FilesDatabase } from '../files.ts'
import { openDevice } from '../open-device.ts'
import { fakeDatabase } from './fake-database.ts'
import { memoryFile } from './memory-file.ts'

/** Tests only: one browser whose database is in memory, and the server as far as a device's store asks it. */
export const CHART = 'c0000000-0000-4000-8000-000000000001'
export const me: Me = { person: 'a0000000-0000-4000-8000-000000000002', name: 'Mona Sample', roles: ['monitor'], practice: { id: 'p', name: 'Sample', zone: 'UTC', sample: true }, device: 'd0000000-0000-4000-8000-000000000001', hasPin: false, idleMinutes: 15, chart: null, now: '2026-11-21T17:00:00.000Z' }
export const PIN = '271828'

/** The server as far as a device's store asks it. */
export const server = { away: false, signedIn: true, hasPin: false, share: 'only the server says this', pair: undefined as unknown as Pair, brought: [] as string[], refuses: undefined as string | undefined, device: me.device, broken: [] as string[], put: [] as string[], keyLost: false }
export const devices: Device[] = []
export let disk: ReturnType<typeof fakeDatabase>
/** The other database of that browser, and what a page of it makes of that. */
export let filesDisk: ReturnType<typeof fakeDatabase>
export let files: DeviceFiles
/** A page that was opened anew knows nothing of the one before. */
export const newPage = () => { files = indexedFiles(filesDisk.database as unknown as FilesDatabase) }
export const browser = { file: memoryFile() }

/** A new disk, and a server that answers; before each test. */
export async function begin() {
  disk = fakeDatabase()
  filesDisk = fakeDatabase()
  newPage()
  browser.file = memoryFile()
  Object.assign(server, { away: false, signedIn: true, hasPin: false, share: 'only the server says this', pair: await freshPair(), brought: [], refuses: undefined, device: me.device, broken: [], put: [], keyLost: false })
  vi.stubGlobal('navigator', {})
  vi.stubGlobal('BroadcastChannel', undefined)
  vi.stubGlobal('fetch', async (url: string, { body }: { body?: string } = {}) => answer(url, body))
}
/** The browser finds its database broken at its next start, and begins anew. */
export function throwAway() {
  for (const device of devices.splice(0)) device.close()
  disk = fakeDatabase()
}
export function end() {
  for (const device of devices.splice(0)) device.close()
  vi.unstubAllGlobals()
}

async function answer(url: string, body = '{}'): Promise<Response> {
  if (server.away || server.broken.includes(url)) throw new TypeError('no network')
  if (url.startsWith('/api/quarantine')) {
    if (server.refuses) return Response.json({ code: server.refuses, say: 'No.' }, { status: 403 })
    server.brought.push(body)
    return Response.json({ kept: true, again: false })
  }
  if (!server.signedIn) return Response.json({ code: 'sign-in.needed', say: 'You are not signed in.' }, { status: 401 })
  if (url === '/api/me') return Response.json({ ...me, device: server.device, hasPin: server.hasPin })
  if (url === '/api/device/keys') return Response.json({ share: server.share, key: { id: '0123456789abcdef', publicKey: toBase64(server.pair.publicKey) }, credential: { token: 'leave to bring sealed acts', until: '2099-01-01T00:00:00.000Z' } })
  if (url === '/api/pin') { server.hasPin = true; return Response.json({ done: true }) }
  if (url === '/api/pin/unlock') return Response.json({ right: JSON.parse(body).pin === PIN, triesLeft: 4 })
  if (url === '/api/sign-out') { server.signedIn = false; return Response.json({ done: true }) }
  if (server.keyLost && url.startsWith('/api/device/recover')) return Response.json({ code: 'quarantine.unreadable', say: 'No.' }, { status: 422 })
  if (url === '/api/device/recover') {
    const asked = JSON.parse(body) as { act: string; chart: string; device: string; sealed: string }
    return Response.json(JSON.parse(await serverReads(asked)))
  }
  if (url === '/api/device/recover-file') return Response.json({ data: toBase64(await serverOpens(JSON.parse(body) as FileAsBrought)) })
  if (url.endsWith('/files')) { server.put.push(body); return Response.json({ kept: true, again: false }) }
  throw new TypeError('no network')
}
interface FileAsBrought {
  readonly chart: string
  readonly sha256: string
  readonly sealed: string
}
export const serverOpens = async ({ chart, sha256, sealed }: FileAsBrought) =>
  openSealed(await openingKey(server.pair.secret.slice()), fromBase64(sealed), fileSealedFor(sha256, { chart, person: me.person, device: me.device }))
export const serverReads = async ({ act, chart, device, sealed }: { act: string; chart: string; device: string; sealed: string }) =>
  textOf(await openSealed(await openingKey(server.pair.secret.slice()), fromBase64(sealed), sealedFor(act, { chart, person: me.person, device })))

export async function opens(): Promise<Device> {
  const opened = await openDevice()
  if (opened.state !== 'signed-in') throw new Error(opened.state)
  devices.push(opened.device)
  return opened.device
}
export const says = (device: Device) => device.acts().flatMap(({ entries }) => entries.map(({ body }) => (body as { text: string }).text))
export const write = (device: Device, words = 'canary tears') => device.write(CHART, [{ kind: 'session-note.v1', body: { text: words } }])
/** Everything on the disk that a person could search. */
export const onDisk = () => (['heads', 'pieces', 'acts', 'people', 'vaults', 'credentials'] as const).map((name) => JSON.stringify(disk.rows(name), (_, value: unknown) => (value instanceof Uint8Array ? textOf(value as Uint8Array<ArrayBuffer>) : value instanceof ArrayBuffer ? textOf(new Uint8Array(value)) : value))).join('\n')
export async function withPin() {
  const device = await opens()
  await write(device)
  await device.setPin(PIN)
  device.close()
  return device
}
export const later = async (minutes: number) => disk.database.put('people', { ...(await disk.database.get('people', me.person))!, lastActAtMs: Date.now() - minutes * 60_000 }, me.person)

/** The time of a chart that is kept here has passed while no page was open. */
export async function timeIsOver(chart: string) {
  const key: [string, string] = [me.person, chart]
  await disk.database.put('heads', { ...(await disk.database.get('heads', key))!, keepUntil: '2020-01-01T00:00:00.000Z' }, key)
}
