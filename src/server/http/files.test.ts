import fc from 'fast-check'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exif, jpeg, joined, mp4, ogg, textAsBytes, webm } from '../../core/files/testing/media.ts'
import { sweepFiles } from '../jobs/sweep-files.ts'
import { sent } from '../testing/files.ts'
import { ask, byAct, draft, world, type World } from '../testing/world.ts'

/** Files beside a chart, through the door: what is taken, what is given back and to whom, and what is never lost or shown elsewhere. */
let all: World
let session: string
beforeAll(async () => {
  all = await world()
  session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six' })
})
afterAll(() => all.close())

const put = (token: string, kind: string, bytes: Uint8Array, more: object = {}, chart = all.home.chart) => ask(all, 'putFile', token, { params: { chart }, body: { kind, ...sent(bytes), ...more } })
const get = (token: string, entry: string, chart = all.home.chart) => ask(all, 'file', token, { params: { chart, entry } })
const named = (bytes: Uint8Array, type: string) => ({ sha256: sent(bytes).sha256, bytes: bytes.length, type })
async function photo(bytes: Uint8Array, token = all.home.thea.token, chart = all.home.chart) {
  const entry = draft('photo-taken.v1', { file: named(bytes, 'image/jpeg'), agreed: 'aloud' })
  expect((await ask(all, 'append', token, { params: { chart }, body: { entries: [entry] } })).statusCode).toBe(201)
  return entry.id
}
async function spoken(bytes: Uint8Array, token = all.home.thea.token, type = 'audio/webm') {
  const entry = draft('spoken-note.v1', { file: named(bytes, type), lengthMs: 4_000 }, { session })
  expect((await ask(all, 'append', token, { params: { chart: all.home.chart }, body: { entries: [entry] } })).statusCode).toBe(201)
  return entry.id
}
const counted = async () => (await all.admin.query<{ n: number }>('select count(*)::int as n from app.file')).rows[0]!.n

describe('bytes come first, their entry after', () => {
  test.each([['a picture', 'photo-taken.v1', jpeg({ seed: 901 }), 'image/jpeg'], ['sound', 'spoken-note.v1', webm({ seed: 902 }), 'audio/webm'], ['sound in Ogg', 'spoken-note.v1', ogg({ seed: 903 }), 'audio/ogg'], ['sound in MP4', 'spoken-note.v1', mp4({ seed: 904 }), 'audio/mp4']])('%s goes in and comes out as the same bytes', async (_, kind, bytes, type) => {
    expect((await put(all.home.thea.token, kind, bytes)).json()).toEqual({ kept: true, again: false })
    const entry = kind === 'photo-taken.v1' ? await photo(bytes) : await spoken(bytes, all.home.thea.token, type)
    const answer = await get(all.home.mona.token, entry)
    expect([answer.statusCode, answer.headers['content-type'], new Uint8Array(answer.rawPayload)]).toEqual([200, type, bytes])
  })

  test('whatever the bytes are: what goes in comes out, once, however often it is brought', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 1_000, max: 2 ** 31 }), fc.integer({ min: 1, max: 4 }), async (from, times) => {
      const bytes = webm({ seed: from })
      const before = await counted()
      for (let time = 0; time < times; time += 1) expect((await put(all.home.mona.token, 'spoken-note.v1', bytes)).statusCode).toBe(200)
      expect(await counted()).toBeLessThanOrEqual(before + 1)
      expect(new Uint8Array((await get(all.home.thea.token, await spoken(bytes, all.home.mona.token))).rawPayload)).toEqual(bytes)
    }), { numRuns: 12 })
  })

  test('an entry whose bytes have not come stands on the chart, and says so; when they come, they are there', async () => {
    const bytes = jpeg({ seed: 50 })
    const entry = await photo(bytes)
    const missing = await get(all.home.thea.token, entry)
    expect([missing.statusCode, missing.json().code, missing.json().list[0].says]).toEqual([404, 'file.not-arrived', 'The picture has not arrived.'])
    expect((await ask(all, 'entries', all.home.thea.token, { params: { chart: all.home.chart } })).json().entries.map(({ id }: { id: string }) => id)).toContain(entry)
    await put(all.home.thea.token, 'photo-taken.v1', bytes)
    expect((await get(all.home.thea.token, entry)).statusCode).toBe(200)
  })

  test('is given as a file under a name of its own, kept by no browser and drawn as no page, and each reading is in the audit', async () => {
    const bytes = jpeg({ seed: 51 })
    await put(all.home.thea.token, 'photo-taken.v1', bytes)
    const entry = await photo(bytes)
    const { headers } = await get(all.home.pia.token, entry)
    expect(headers['content-disposition']).toMatch(/^attachment; filename="[0-9a-f-]{36}\.jpg"$/)
    expect([headers['cache-control'], headers['x-content-type-options'], headers['content-security-policy']]).toEqual(['no-store', 'nosniff', "default-src 'none'; sandbox"])
    expect(headers['content-disposition']).not.toContain(entry)
    const { rows } = await all.admin.query(`select outcome from app.audit where action = 'file.read' and person_id = $1 and chart_id = $2`, [all.home.pia.person, all.home.chart])
    expect(rows.length).toBeGreaterThan(0)
  })
})

describe('is refused, and nothing is stored', () => {
  test.each<[string, string, Uint8Array, object, number, string]>([
    ['under a digest that is not its own', 'photo-taken.v1', jpeg({ seed: 60 }), { sha256: '0'.repeat(64) }, 422, 'file.altered'],
    ['a picture that is a page as well', 'photo-taken.v1', joined(jpeg(), textAsBytes('<script>alert(1)</script>')), {}, 415, 'file.refused'], ['sound that is a page as well', 'spoken-note.v1', joined(webm({ open: false }), textAsBytes('<script>alert(1)</script>')), {}, 415, 'file.refused'],
    ['a picture that tells where it was taken', 'photo-taken.v1', jpeg({ beside: exif }), {}, 415, 'file.refused'], ['a picture that is not square', 'photo-taken.v1', jpeg({ width: 64, height: 48 }), {}, 415, 'file.refused'], ['a picture of too many points', 'photo-taken.v1', jpeg({ width: 9_000 }), {}, 415, 'file.refused'],
    ['a picture larger than one can be', 'photo-taken.v1', jpeg({ lines: 400_000 }), {}, 415, 'file.refused'], ['a page', 'photo-taken.v1', textAsBytes(`<html>${'x'.repeat(200)}</html>`), {}, 415, 'file.refused'],
    ['sound as a picture', 'photo-taken.v1', webm(), {}, 415, 'file.refused'], ['a picture as sound', 'spoken-note.v1', jpeg(), {}, 415, 'file.refused'], ['moving pictures', 'spoken-note.v1', webm({ type: 1, codec: 'V_VP9' }), {}, 415, 'file.refused'],
    ['for an entry that names no file', 'vitals.v1', jpeg({ seed: 61 }), {}, 415, 'file.refused'], ['for a kind nobody knows', 'nonsense.v1', jpeg({ seed: 62 }), {}, 415, 'file.refused'], ['under another’s name', 'photo-taken.v1', jpeg({ seed: 63 }), { by: randomUUID() }, 401, 'sign-in.other'],
    ['what is no base64', 'photo-taken.v1', jpeg({ seed: 64 }), { data: '<svg>' }, 422, 'request.malformed'],
  ])('%s', async (_, kind, bytes, more, status, code) => {
    const before = await counted()
    const answer = await put(all.home.thea.token, kind, bytes, more)
    expect([answer.statusCode, answer.json().code, await counted()]).toEqual([status, code, before])
  })

  test('by the database as well, where the bytes are not their digest', async () => {
    await expect(all.admin.query(`insert into app.file (practice_id, stream_id, sha256, chart_id, kind, media_type, bytes, put_by, put_at) values ($1, $2, repeat('0', 64), $2, 'photo-taken.v1', 'image/jpeg', 'x', $3, 'x')`, [all.home.practice, all.home.chart, all.home.thea.person])).rejects.toThrow('file_is_its_digest')
  })
})

describe('a file belongs to one chart', () => {
  test('its entry opens nothing on another chart, nor does the same digest named there', async () => {
    const bytes = jpeg({ seed: 70 })
    await put(all.home.thea.token, 'photo-taken.v1', bytes)
    const entry = await photo(bytes)
    expect((await get(all.home.owner.token, entry, all.otherChart)).statusCode).toBe(404)
    const elsewhere = await photo(bytes, all.home.owner.token, all.otherChart)
    expect((await get(all.home.owner.token, elsewhere, all.otherChart)).json().code).toBe('file.not-arrived')
  })

  test('a spoken note is for those who treat: neither the patient nor the desk hears it', async () => {
    const bytes = webm({ seed: 71 })
    await put(all.home.mona.token, 'spoken-note.v1', bytes)
    const entry = await spoken(bytes, all.home.mona.token)
    const answers = await Promise.all([all.home.thea, all.home.pia, all.home.mara, all.home.owner, all.home.cora].map(async ({ token }) => (await get(token, entry)).statusCode))
    expect(answers).toEqual([200, 200, 404, 404, 404])
  })

  test('a psychotherapy recording is its author’s alone', async () => {
    const bytes = webm({ seed: 72 })
    expect((await put(all.home.thea.token, 'psychotherapy-recording.v1', bytes)).statusCode).toBe(200)
    const entry = draft('psychotherapy-recording.v1', { file: named(bytes, 'audio/webm'), lengthMs: 4_000 })
    expect((await ask(all, 'keepNote', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: [entry] } })).statusCode).toBe(200)
    expect(new Uint8Array((await get(all.home.thea.token, entry.id)).rawPayload)).toEqual(bytes)
    const others = await Promise.all([all.home.pia, all.home.mona, all.home.mara, all.home.owner].map(async ({ token }) => (await get(token, entry.id)).statusCode))
    expect(others).toEqual([404, 404, 404, 404])
    expect((await put(all.home.mona.token, 'psychotherapy-recording.v1', bytes)).statusCode).toBe(403)
    const listed = async ({ token }: { token: string }) => (await ask(all, 'home', token)).json().spokenToMyself
    expect([await listed(all.home.thea), await listed(all.home.pia), await listed(all.home.owner)]).toMatchObject([[{ chart: all.home.chart, count: 1 }], [], []])
    const written = draft('psychotherapy-recording-written.v1', { spoken: entry.id, holds: 'words', text: 'What moved me.' })
    expect((await ask(all, 'keepNote', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: [written] } })).statusCode).toBe(200)
    expect(await listed(all.home.thea)).toEqual([])
  })

  test('a photo that was taken back is shown to nobody, and its bytes stay', async () => {
    const bytes = jpeg({ seed: 73 })
    await put(all.home.thea.token, 'photo-taken.v1', bytes)
    const entry = await photo(bytes)
    const back = draft('photo-taken-back.v1', { photo: entry, why: 'asked', said: '' })
    expect((await ask(all, 'append', all.home.mara.token, { params: { chart: all.home.chart }, body: { entries: [back] } })).statusCode).toBe(201)
    expect([(await get(all.home.thea.token, entry)).json().code, (await get(all.home.mara.token, entry)).json().code]).toEqual(['photo.taken-back', 'photo.taken-back'])
    await expect(all.admin.query('delete from app.file where sha256 = $1', [sent(bytes).sha256])).rejects.toThrow('written once')
  })
})

describe('what no entry names', () => {
  const age = (bytes: Uint8Array, days: number) => all.admin.query(`update app.file set brought_at = now() - make_interval(days => $2) where sha256 = $1`, [sent(bytes).sha256, days])
  const lies = async (bytes: Uint8Array) => (await all.admin.query('select from app.file where sha256 = $1', [sent(bytes).sha256])).rowCount === 1

  test('is swept after a while, and not before; what an entry names is never', async () => {
    const [orphan, young, used] = [jpeg({ seed: 80 }), jpeg({ seed: 81 }), jpeg({ seed: 82 })]
    for (const bytes of [orphan, young, used]) await put(all.home.thea.token, 'photo-taken.v1', bytes)
    await photo(used)
    for (const [bytes, days] of [[orphan, 61], [young, 59], [used, 400]] as const) await age(bytes, days)
    expect(await sweepFiles(all.shell, all.home.practice)).toBe(1)
    expect([await lies(orphan), await lies(young), await lies(used)]).toEqual([false, true, true])
  })

  test('and is brought again in time, stays', async () => {
    const bytes = jpeg({ seed: 83 })
    await put(all.home.thea.token, 'photo-taken.v1', bytes)
    await age(bytes, 61)
    expect((await put(all.home.thea.token, 'photo-taken.v1', bytes)).json()).toEqual({ kept: true, again: true })
    await sweepFiles(all.shell, all.home.practice)
    expect(await lies(bytes)).toBe(true)
  })

  test('nothing of a file is ever written over', async () => {
    const bytes = jpeg({ seed: 84 })
    await put(all.home.thea.token, 'photo-taken.v1', bytes)
    for (const change of [`bytes = 'x'`, `media_type = 'audio/webm'`, `kind = 'spoken-note.v1'`, `put_by = '${all.home.mona.person}'`]) await expect(all.admin.query(`update app.file set ${change} where sha256 = $1`, [sent(bytes).sha256])).rejects.toThrow('written once')
    await expect(all.admin.query('truncate app.file')).rejects.toThrow('written once')
  })
})
