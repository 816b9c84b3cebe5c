import { afterAll, beforeAll, expect, test } from 'vitest'
import { exif, jpeg, mp4, webm } from '../../core/files/testing/media.ts'
import { sent } from '../testing/files.ts'
import { ask, draft, world, type World } from '../testing/world.ts'

/** Photos and recordings of a journal: the patient's alone until she shares one, and again when she takes it back. */
let all: World
let shares: ReturnType<typeof sharing>
beforeAll(async () => { all = await world(); shares = sharing() })
afterAll(() => all.close())

const PHOTO = jpeg({ width: 80, height: 60, seed: 301 })
const VOICE = webm({ seed: 302 })
const named = (bytes: Uint8Array, type: string) => ({ sha256: sent(bytes).sha256, bytes: bytes.length, type })
const put = (token: string, kind: string, bytes: Uint8Array, more: object = {}) => ask(all, 'putFile', token, { params: { chart: all.home.chart }, body: { kind, ...sent(bytes), ...more } })
const get = async (token: string, entry: string) => (await ask(all, 'file', token, { params: { chart: all.home.chart, entry } })).statusCode
const append = async (name: 'append' | 'keepJournal', token: string, entry: ReturnType<typeof draft>) => (await ask(all, name, token, { params: { chart: all.home.chart }, body: { entries: [entry] } })).statusCode

/** Everybody who could ask, in the order in which answers stand below. */
const others = () => [all.home.thea, all.home.pia, all.home.mona, all.home.dina, all.home.owner, all.home.cora, all.home.nora]
const seenByOthers = (entry: string) => Promise.all(others().map(({ token }) => get(token, entry)))
/** What the database itself shows to each, asked past every route. */
const bytesShown = (sha256: string) => Promise.all([...others(), all.home.mara].map(({ token }) => all.shell.database.inContext(token, { durable: false }, async ({ client }) => (await client.query('select from app.file where sha256 = $1', [sha256])).rowCount)))
const NOBODY = [0, 0, 0, 0, 0, 0, 0, 1]

function sharing() {
  const photo = draft('journal-photo.v1', { file: named(PHOTO, 'image/jpeg'), text: 'The garden.', alt: 'A bed of beans.' })
  const voice = draft('journal-voice.v1', { file: named(VOICE, 'audio/webm'), lengthMs: 4_000, text: '' })
  const shared = draft('journal-file-shared.v1', { journal: photo.id, writtenAt: photo.at, file: named(PHOTO, 'image/jpeg'), text: 'The garden.', alt: 'A bed of beans.' })
  return { photo, voice, shared, back: draft('journal-taken-back.v1', { shared: shared.id }) }
}

test('hers alone: kept with its bytes, read by her, and by nobody else, nor shown to them by the database', async () => {
  const { mara } = all.home
  expect([(await put(mara.token, 'journal-photo.v1', PHOTO)).json(), (await put(mara.token, 'journal-voice.v1', VOICE)).json()]).toEqual([{ kept: true, again: false }, { kept: true, again: false }])
  for (const entry of [shares.photo, shares.voice]) {
    expect(await append('keepJournal', mara.token, entry)).toBe(200)
    expect([await get(mara.token, entry.id), await seenByOthers(entry.id)]).toEqual([200, [404, 404, 404, 404, 404, 404, 404]])
  }
  for (const bytes of [PHOTO, VOICE]) expect(await bytesShown(sent(bytes).sha256)).toEqual(NOBODY)
})

test.each<[string, () => string, string, Uint8Array, object, number]>([
  ['a photo that tells where it was taken', () => all.home.mara.token, 'journal-photo.v1', jpeg({ beside: exif }), {}, 415], ['a photo as a recording', () => all.home.mara.token, 'journal-voice.v1', jpeg({ seed: 310 }), {}, 415],
  ['a recording as a photo', () => all.home.mara.token, 'journal-photo.v1', mp4({ seed: 311 }), {}, 415], ['a photo larger than one can be', () => all.home.mara.token, 'journal-photo.v1', jpeg({ lines: 800_000 }), {}, 415],
  ['bytes that are not their digest', () => all.home.mara.token, 'journal-photo.v1', jpeg({ seed: 312 }), { sha256: '0'.repeat(64) }, 422], ['into her journal by her therapist', () => all.home.thea.token, 'journal-photo.v1', jpeg({ seed: 313 }), {}, 403],
  ['into another’s journal by another patient', () => all.home.nora.token, 'journal-photo.v1', jpeg({ seed: 314 }), {}, 404], ['her own face onto the chart', () => all.home.mara.token, 'photo-taken.v1', jpeg({ seed: 315 }), {}, 403],
  ['bytes onto the chart, as if shared', () => all.home.mara.token, 'journal-file-shared.v1', jpeg({ seed: 316 }), {}, 415],
])('is refused, and nothing is stored: %s', async (_, token, kind, bytes, more, status) => {
  const count = async () => (await all.admin.query('select from app.file')).rowCount
  const before = await count()
  expect([(await put(token(), kind, bytes, more)).statusCode, await count()]).toEqual([status, before])
})

test('shared, those who treat open that one and no other, each opening is a line she can read; the desk and another patient do not', async () => {
  const { mara, thea, chart } = all.home
  expect(await append('append', thea.token, shares.shared), 'nobody shares it for her').toBe(403)
  expect(await append('append', mara.token, shares.shared)).toBe(201)
  expect(await seenByOthers(shares.shared.id)).toEqual([200, 200, 200, 200, 404, 404, 404])
  expect(await bytesShown(sent(PHOTO).sha256)).toEqual([1, 1, 1, 1, 0, 0, 0, 1])
  expect([await bytesShown(sent(VOICE).sha256), await seenByOthers(shares.photo.id)]).toEqual([NOBODY, [404, 404, 404, 404, 404, 404, 404]])
  const { lines } = (await ask(all, 'access', mara.token, { params: { chart } })).json() as { lines: { who: string; action: string; outcome: string; person: string }[] }
  expect(lines.filter(({ action, outcome, person }) => action === 'file.read' && outcome === 'done' && person === thea.person)).toHaveLength(1)
})

test('the chart’s export holds what is shared and nothing else of the journal; hers holds all of it, by name', async () => {
  const { mara, thea, chart } = all.home
  const taken = async (token: string, as: string) => (await ask(all, 'export', token, { params: { chart }, query: { as } })).rawPayload
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const [page, hers] = [await taken(thea.token, 'html'), await taken(mara.token, 'zip')]
  expect([page.includes(base64(PHOTO)), page.includes('alt="A bed of beans."'), page.includes(base64(VOICE)), (await taken(thea.token, 'zip')).includes('my-journal')]).toEqual([true, true, false, false])
  for (const name of ['my-journal.txt', /my-journal\/0001 \d{4}-\d\d-\d\d photo\.jpg/, /my-journal\/0002 \d{4}-\d\d-\d\d recording\.webm/, 'Photo (A bed of beans.): my-journal/0001', 'Recording, 0:04: my-journal/0002']) expect(hers.toString('latin1'), String(name)).toMatch(name)
  expect([hers.includes(Buffer.from(PHOTO)), hers.includes(Buffer.from(VOICE))]).toEqual([true, true])
})

test('taken back, nobody opens it any more; she keeps it, and may share it again', async () => {
  const { mara, thea, chart } = all.home
  expect(await append('append', mara.token, shares.back)).toBe(201)
  expect(await seenByOthers(shares.shared.id)).toEqual([410, 410, 410, 410, 404, 404, 404])
  expect([await bytesShown(sent(PHOTO).sha256), await get(mara.token, shares.photo.id)]).toEqual([NOBODY, 200])
  const page = (await ask(all, 'export', thea.token, { params: { chart }, query: { as: 'html' } })).body
  expect([page.includes(Buffer.from(PHOTO).toString('base64')), page.includes('The patient took this back')]).toEqual([false, true])
  const again = draft('journal-file-shared.v1', shares.shared.body)
  expect([await append('append', mara.token, again), await get(thea.token, again.id), await get(thea.token, shares.shared.id)]).toEqual([201, 200, 410])
})

test('what another names of somebody’s journal opens nothing', async () => {
  const forged = draft('journal-file-shared.v1', { ...shares.shared.body, journal: shares.voice.id, file: named(VOICE, 'audio/webm'), lengthMs: 4_000 })
  expect((await ask(all, 'append', all.home.nora.token, { params: { chart: all.otherChart }, body: { entries: [forged] } })).statusCode).toBe(201)
  expect([(await ask(all, 'file', all.home.tomas.token, { params: { chart: all.otherChart, entry: forged.id } })).statusCode, await bytesShown(sent(VOICE).sha256)]).toEqual([404, NOBODY])
})
