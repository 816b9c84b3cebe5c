import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Entry } from '../../core/chart/entry.ts'
import { bringingFiles, bringSealed, recoverFiles, type Put } from './bring-files.ts'
import { Offline, Refused } from './client.ts'
import { memoryStore, type Act } from './device-store.ts'
import { memoryFiles, sweepFiles, type DeviceFiles, type FileHere, type HeldFile } from './files.ts'
import { toBase64 } from './envelope.ts'
import { openOutbox } from './outbox.ts'

const CHART = 'c0000000-0000-4000-8000-000000000001'
const OWNER = 'a0000000-0000-4000-8000-000000000001'
const HOUR = 3_600_000
const bytesOf = (text: string) => new TextEncoder().encode(text)
const held = (sha256: string, more: Partial<FileHere> = {}): FileHere => ({ owner: OWNER, chart: CHART, sha256, why: 'to-send', atMs: 0, ...more })
const entry = (id: string, body: object, kind = 'spoken-note.v1') => ({ id, kind, by: OWNER, at: 'x', writtenAt: 'x', device: 'x', body }) as unknown as Entry
const spoken = (id: string, sha256 = `sha of ${id}`) => entry(id, { file: { sha256, bytes: 4, type: 'audio/webm' }, lengthMs: 1_000 })
const act = (...entries: Entry[]): Act => ({ id: `act of ${entries[0]!.id}`, chart: CHART, stream: 'chart', entries, writtenAt: 'x' })
const gone = (failure: unknown) => failure instanceof Offline

/** A server that takes entries and bytes, and says in which order they came. */
function roads({ put = async () => {} }: { readonly put?: Put } = {}) {
  const came: string[] = []
  const files = memoryFiles()
  const bringing = bringingFiles({ files: async () => files, patienceMs: 10, put: async (chart, body) => { await put(chart, body); came.push(`bytes ${body.sha256}`) } })
  const post = async (one: Act) => {
    await bringing.bring(one)
    came.push(...one.entries.map(({ id }) => `entry ${id}`))
    await bringing.settled(one)
    return one.entries.map(({ id }, at) => ({ id, seq: at + 1, digest: 'd', receivedAt: 'x' }))
  }
  return { came, files, post }
}
const outboxOf = ({ post }: ReturnType<typeof roads>) => openOutbox({ store: memoryStore(), post, settled: () => {} })

describe('bytes go first, and nothing waits behind them', () => {
  test('bytes, then the entry that names them; here they stay as a copy', async () => {
    const road = roads()
    await road.files.put(held('sha of note'), bytesOf('a voice'))
    const outbox = await outboxOf(road)
    await outbox.add(act(spoken('note')))
    expect(await outbox.round()).toBe(true)
    expect(road.came).toEqual(['bytes sha of note', 'entry note'])
    expect(await road.files.all()).toMatchObject([{ why: 'copy' }])
  })

  test('of a journal no copy stays; what is shared from it names its bytes, and brings none', async () => {
    const road = roads()
    const file = { sha256: 'sha of page', bytes: 4, type: 'image/jpeg' }
    await road.files.put(held('sha of page'), bytesOf('a garden'))
    await road.post(act(entry('page', { file, alt: '', text: '' }, 'journal-photo.v1')))
    expect([road.came.splice(0), await road.files.all()]).toEqual([['bytes sha of page', 'entry page'], []])
    const later = roads()
    await later.files.put(held('sha of page', { why: 'copy' }), bytesOf('a garden'))
    await later.post(act(entry('shared', { journal: 'page', file }, 'journal-file-shared.v1')))
    expect(later.came).toEqual(['entry shared'])
  })

  test('on a slow road a reading written later goes at once, and the note once its bytes are there', async () => {
    let arrive = () => {}
    const road = roads({ put: () => new Promise<void>((resolve) => { arrive = resolve }) })
    await road.files.put(held('sha of note'), bytesOf('a voice'))
    const outbox = await outboxOf(road)
    await outbox.add(act(spoken('note')))
    await outbox.add(act(entry('reading', { heartRatePerMin: 70 }, 'vitals.v1')))
    expect(await outbox.round()).toBe(false)
    expect(road.came).toEqual(['entry reading'])
    arrive()
    await outbox.round()
    await outbox.round()
    expect(road.came).toEqual(['entry reading', 'bytes sha of note', 'entry note'])
    expect(outbox.acts()).toEqual([])
  })

  test('without the network nothing is lost; back after hours, all of it goes, once', async () => {
    let there = false
    const road = roads({ put: async () => { if (!there) throw new Offline() } })
    const outbox = await outboxOf(road)
    for (const id of ['one', 'two', 'three']) { await road.files.put(held(`sha of ${id}`), bytesOf(id)); await outbox.add(act(spoken(id))) }
    for (let again = 0; again < 5; again += 1) expect(await outbox.round()).toBe(false)
    expect([road.came, (await road.files.all()).map(({ why }) => why)]).toEqual([[], ['to-send', 'to-send', 'to-send']])
    there = true
    expect(await outbox.round()).toBe(true)
    expect(road.came.toSorted()).toEqual(['bytes sha of one', 'bytes sha of three', 'bytes sha of two', 'entry one', 'entry three', 'entry two'])
    for (const id of ['one', 'two', 'three']) expect(road.came.indexOf(`bytes sha of ${id}`)).toBeLessThan(road.came.indexOf(`entry ${id}`))
  })

  test('bytes that the server refuses make a problem of their entry, with its words, and let the rest pass', async () => {
    const road = roads({ put: () => Promise.reject(new Refused(415, 'file.refused', 'This file is not taken.')) })
    await road.files.put(held('sha of note'), bytesOf('no voice'))
    const outbox = await outboxOf(road)
    await outbox.add(act(spoken('note')))
    await outbox.add(act(entry('reading', { heartRatePerMin: 70 }, 'vitals.v1')))
    await outbox.round()
    expect([road.came, outbox.acts().map(({ problem }) => problem?.code)]).toEqual([['entry reading'], ['file.refused']])
    expect(await road.files.bytes(held('sha of note'))).toEqual(bytesOf('no voice'))
  })

  test('where the bytes are gone from this device, the entry goes all the same: it says that they have not arrived', async () => {
    const road = roads()
    const outbox = await outboxOf(road)
    await outbox.add(act(spoken('note')))
    expect(await outbox.round()).toBe(true)
    expect(road.came).toEqual(['entry note'])
  })

  test('one file is on its way once at a time, however often its entry asks', async () => {
    let asked = 0
    const files = memoryFiles()
    await files.put(held('sha of note'), bytesOf('a voice'))
    const bringing = bringingFiles({ files: async () => files, patienceMs: 5, put: () => { asked += 1; return new Promise(() => {}) } })
    const tries = await Promise.allSettled([bringing.bring(act(spoken('note'))), bringing.bring(act(spoken('note'))), bringing.bring(act(spoken('note')))])
    expect([asked, tries.every((one) => one.status === 'rejected' && gone(one.reason))]).toEqual([1, true])
  })

  test('bytes cross as they are', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200_000, minLength: 1 }), (bytes) => { expect(Buffer.from(toBase64(bytes), 'base64').equals(bytes)).toBe(true) }), { numRuns: 40 })
  })
})

describe('what stays on a device', () => {
  const kept = async (files: DeviceFiles) => (await files.all()).map(({ sha256 }) => sha256).toSorted()

  test('a copy goes when nobody has looked for half a day, bytes without an act after a day, and what waits never', async () => {
    const files = memoryFiles()
    const now = 100 * HOUR
    for (const file of [held('copy, just seen', { why: 'copy', atMs: now - 11 * HOUR }), held('copy, old', { why: 'copy', atMs: now - 13 * HOUR }), held('waits', { atMs: 0 }), held('loose', { atMs: now - 25 * HOUR }), held('just made', { atMs: now - HOUR }), held('of somebody else', { owner: 'other', atMs: 0 })]) await files.put(file, bytesOf('x'))
    await sweepFiles(files, OWNER, { named: ['waits'], pinned: [] }, now)
    expect(await kept(files)).toEqual(['copy, just seen', 'just made', 'of somebody else', 'waits'])
  })

  test('signed out, what was read is gone and what was made here waits', async () => {
    const files = memoryFiles()
    await files.put(held('read', { why: 'copy' }), bytesOf('x'))
    await files.put(held('made'), bytesOf('x'))
    await files.forget(null)
    expect(await kept(files)).toEqual(['made'])
  })

  test('a copy never takes the place of what waits to be brought', async () => {
    const files = memoryFiles()
    await files.put(held('one'), bytesOf('made here'))
    await files.put(held('one', { why: 'copy' }), bytesOf('read'))
    expect([await kept(files), (await files.all())[0]!.why]).toEqual([['one'], 'to-send'])
  })

  test('a copy that belongs to a session goes with its chart, and not before: however long nobody has looked', async () => {
    const files = memoryFiles()
    const now = 100 * HOUR
    for (const file of [held('of the session', { why: 'copy', atMs: now - 20 * HOUR }), held('of another chart', { why: 'copy', chart: 'another', atMs: now - HOUR }), held('read by somebody else', { why: 'copy', owner: 'other', atMs: now - 13 * HOUR }), held('made here')]) await files.put(file, bytesOf('x'))
    await sweepFiles(files, OWNER, { named: ['made here'], pinned: [CHART] }, now)
    expect(await kept(files)).toEqual(['made here', 'of another chart', 'of the session'])
    await files.forgetCopies(OWNER, CHART)
    expect(await kept(files)).toEqual(['made here', 'of another chart'])
  })
})

describe('brought sealed, before what names it', () => {
  const file = (sha256: string): HeldFile => ({ owner: OWNER, chart: CHART, sha256, key: 'k', device: 'd', sealed: bytesOf(sha256) })
  const bringsTwo = async (answer?: Error) => {
    const [asked, kept]: [string[], string[]] = [[], []]
    const files = { ...memoryFiles(), brought: async ({ sha256 }: { readonly sha256: string }) => { kept.push(sha256) } }
    const went = await bringSealed(files, [file('a'), file('b')], async ({ sha256 }) => { asked.push(sha256); if (answer && sha256 === 'a') throw answer }).then(() => 'goes on', () => 'waits')
    return [went, asked, kept]
  }
  test.each<[string, Error | undefined, string, string[], string[]]>([
    ['the server keeps it', undefined, 'goes on', ['a', 'b'], ['a', 'b']],
    ['it has brought as much as it may', new Refused(413, 'quarantine.full', 'No.'), 'goes on', ['a', 'b'], ['b']],
    ['its author still has access', new Refused(409, 'quarantine.not-ended', 'No.'), 'waits', ['a'], []],
    ['this device may not', new Refused(403, 'quarantine.refused', 'No.'), 'waits', ['a'], []],
    ['too much at once', new Refused(429, 'too-many-requests', 'Later.'), 'waits', ['a'], []],
    ['it broke', new Refused(500, 'internal', 'Broken.'), 'waits', ['a'], []],
    ['nobody answers', new Offline(), 'waits', ['a'], []],
  ])('%s', async (_, answer, ...expected) => { expect(await bringsTwo(answer)).toEqual(expected) })

  test.each<[string, Error | undefined, boolean, (string | null)[]]>([
    ['the server gives it back', undefined, true, ['a', 'b']],
    ['the server cannot open one of them', new Refused(422, 'quarantine.unreadable', 'No.'), true, [null, 'b']],
    ['nobody answers', new Offline(), false, []],
    ['it broke', new Refused(503, 'internal', 'Broken.'), false, []],
  ])('%s', async (_, answer, done, expected) => {
    const back: (string | null)[] = []
    const files = { ...memoryFiles(), shut: async () => [file('a'), file('b')], giveBack: async (_place: object, bytes: Uint8Array | null) => { back.push(bytes && new TextDecoder().decode(bytes)) } }
    expect([await recoverFiles(files, OWNER, async ({ sha256, sealed }) => { if (answer && sha256 === 'a') throw answer; return sealed }), back]).toEqual([done, expected])
  })
})
