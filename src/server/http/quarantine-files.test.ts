import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { jpeg, joined, textAsBytes, webm } from '../../core/files/testing/media.ts'
import { addChart, addPerson, clinic, draft, signedIn, shellWithAdmin, type Clinic, type TestPerson } from '../testing/practice.ts'
import { sealFileFor, sealFor } from '../testing/sealing.ts'

/** The bytes that a device whose access has ended brings with what it could not send: sealed, until a clinician has taken their entry over. */
let server: Awaited<ReturnType<typeof shellWithAdmin>>
let people: Clinic
let admin: pg.Client
/** Lee, a monitor of the team, on a device of hers; a new one for every test. */
let lee: TestPerson & { readonly device: string; readonly credential: string }
let chart: string
beforeAll(async () => {
  server = await shellWithAdmin()
  people = await clinic(server.shell.database)
  admin = server.admin
})
afterAll(() => server.close())
beforeEach(async () => {
  const person = await addPerson(server.shell.database, people.practice, people.owner, 'Lee', ['monitor'])
  chart = await addChart(server.shell.database, people.owner, 'Mara Sample', [{ person: people.thea, role: 'therapist' }, { person: people.pia, role: 'prescriber' }, { person: people.mona, role: 'monitor' }, { person, role: 'monitor' }])
  const { credential } = (await call('POST', '/api/device/keys', person.token, { credential: true })).json()
  const { device } = (await admin.query<{ device: string }>('select device from app.device_credential where person_id = $1', [person.person])).rows[0]!
  lee = { ...person, device, credential: credential.token }
})

const call = (method: 'GET' | 'POST', url: string, token = '', payload: object = {}) => server.app.inject({ method, url, ...(method === 'POST' ? { payload } : {}), ...(token ? { cookies: { openkap: token } } : {}) })
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
let seed = 7_000
const picture = () => jpeg({ seed: (seed += 1) })
const ended = () => server.shell.database.pool.query('select app.end_session($1)', [lee.token])
const naming = (bytes: Uint8Array, type = 'image/jpeg') => ({ sha256: digest(bytes), bytes: bytes.length, type })
const photo = (bytes: Uint8Array, file: object = naming(bytes)) => draft('photo-taken.v1', { file, agreed: 'aloud' }, { device: lee.device })
type Drafted = ReturnType<typeof photo>

async function sealedFile(bytes: Uint8Array, as = digest(bytes), whose = { chart, person: lee.person, device: lee.device }) {
  const { id, publicKey } = server.shell.quarantineKeys.newest
  return { chart: whose.chart, sha256: as, key: id, sealed: await sealFileFor(publicKey, as, whose, bytes) }
}
const bringFile = (file: object) => call('POST', '/api/quarantine/files', '', { credential: lee.credential, ...file })
async function bringAct(entries: Drafted[]) {
  const { id, publicKey } = server.shell.quarantineKeys.newest
  const act = randomUUID()
  const times = entries.map(({ writtenAt }) => writtenAt).toSorted()
  const sealed = await sealFor(publicKey, act, { chart, person: lee.person, device: lee.device }, { chart, writtenAt: times[0]!, entries: entries.map((one) => ({ ...one, by: lee.person })) as never })
  expect((await call('POST', '/api/quarantine', '', { act, chart, key: id, sealed, credential: lee.credential, session: null, entries: entries.map((one) => one.id), from: times[0], to: times.at(-1) })).statusCode).toBe(200)
  return act
}
/** Lee's access ends, and her device brings a photo and the entry that names it. */
async function brought(bytes: Uint8Array, entry = photo(bytes), as?: string) {
  await ended()
  expect((await bringFile(await sealedFile(bytes, as))).json()).toEqual({ kept: true, again: false })
  return { act: await bringAct([entry]), entry }
}
const of = (act: string, what: string, who: TestPerson = people.thea, body: object = {}) => call('POST', `/api/charts/${chart}/quarantine/${act}/${what}`, who.token, body)
const adopt = (act: string, who: TestPerson = people.thea) => of(act, 'adopt', who, { id: randomUUID(), device: randomUUID(), note: '' })
const shown = (entry: string, who: TestPerson = people.thea) => call('GET', `/api/charts/${chart}/files/${entry}`, who.token)
const filesOf = async () => (await admin.query<{ sha256: string; put_by: string; kind: string }>('select sha256, put_by, kind from app.file where chart_id = $1', [chart])).rows

describe('the bytes of a file', () => {
  test('are taken sealed once access has ended, and not before; brought again they count once', async () => {
    const bytes = picture()
    const file = await sealedFile(bytes)
    expect((await bringFile(file)).json().code).toBe('quarantine.not-ended')
    await ended()
    expect([(await bringFile(file)).json(), (await bringFile(file)).json()]).toEqual([{ kept: true, again: false }, { kept: true, again: true }])
    const { rows } = await admin.query<{ sealed: Buffer }>('select sealed from app.quarantine_file where chart_id = $1', [chart])
    expect([rows.length, rows[0]!.sealed.includes(Buffer.from(bytes.slice(0, 40)))]).toEqual([1, false])
    expect((await admin.query('select person_id from app.audit where action = $1 and chart_id = $2', ['quarantine.file-deposited', chart])).rows).toEqual([{ person_id: lee.person }])
  })
  const refused: [string, () => Promise<object>, string][] = [
    ['a credential nobody gave', async () => ({ credential: 'x'.repeat(43) }), 'quarantine.refused'],
    ['a sign-in instead of a credential', async () => ({ credential: lee.token }), 'quarantine.refused'],
    ['a chart that was never theirs', async () => ({ chart: await addChart(server.shell.database, people.owner, 'Nora Sample') }), 'quarantine.refused'],
    ['a chart that is not there', async () => ({ chart: randomUUID() }), 'quarantine.refused'],
    ['more files than one credential may bring', async () => { await admin.query('update app.device_credential set files = 100 where person_id = $1', [lee.person]); return {} }, 'quarantine.full'],
    ['more bytes than one credential may bring', async () => { await admin.query('update app.device_credential set file_bytes = 60000000 where person_id = $1', [lee.person]); return {} }, 'quarantine.full'],
    ['more bytes than a file can have', async () => ({ sealed: 'A'.repeat(5_333_464) }), 'request.malformed'],
    ['what is not sealed', async () => ({ sealed: JSON.stringify({ face: true }) }), 'request.malformed'],
  ]
  test.each(refused)('are not taken with %s', async (_, more, code) => {
    await ended()
    expect((await bringFile({ ...(await sealedFile(picture())), ...(await more()) })).json().code).toBe(code)
    expect((await admin.query('select from app.quarantine_file where person_id = $1', [lee.person])).rowCount).toBe(0)
  })
  test('that can be the largest there are, are taken; the same name with something else in it is not', async () => {
    await ended()
    const large = new Uint8Array(4_000_000)
    expect((await bringFile(await sealedFile(large))).statusCode).toBe(200)
    expect((await bringFile(await sealedFile(picture(), digest(large)))).json().code).toBe('quarantine.refused')
  })
})

describe('before anybody has taken the entry over', () => {
  test('nobody reads them: not by the entry, not by opening it, not as somebody who may decide', async () => {
    const bytes = picture()
    const { act, entry } = await brought(bytes)
    for (const who of [people.thea, people.pia, people.mona, people.owner, people.mara, lee]) expect([401, 403, 404]).toContain((await shown(entry.id, who)).statusCode)
    const opened = await of(act, 'open')
    expect(opened.json().files).toEqual([{ entry: entry.id, state: 'here' }])
    expect(opened.rawPayload.includes(Buffer.from(bytes).toString('base64').slice(40, 120))).toBe(false)
    expect(await filesOf()).toEqual([])
  })
  test('an entry of that name by somebody else opens nothing', async () => {
    const bytes = picture()
    await brought(bytes)
    const own = draft('photo-taken.v1', { file: naming(bytes), agreed: 'aloud' })
    expect((await call('POST', `/api/charts/${chart}/entries`, people.thea.token, { entries: [own] })).statusCode).toBe(201)
    expect((await shown(own.id)).json().code).toBe('file.not-arrived')
  })
  test('the database puts nothing beside a chart that nobody has adopted', async () => {
    const bytes = picture()
    const { act, entry } = await brought(bytes)
    const put = server.shell.database.inContext(people.thea.token, { chart, durable: true }, async ({ client }) => client.query('select app.adopt_file($1, $2, $3, $4, $5)', [act, entry.id, 'image/jpeg', Buffer.from(bytes), 'x']))
    await expect(put).rejects.toThrow()
    expect(await filesOf()).toEqual([])
  })
  test('set aside with its entry, it stays sealed', async () => {
    const { act, entry } = await brought(picture())
    expect((await of(act, 'discard', people.pia, { reason: 'Of somebody else.' })).json()).toEqual({ done: true })
    expect([await filesOf(), (await shown(entry.id)).statusCode, (await admin.query('select from app.quarantine_file where chart_id = $1', [chart])).rowCount]).toEqual([[], 404, 1])
    await expect(admin.query('delete from app.quarantine_file where chart_id = $1', [chart])).rejects.toThrow()
  })
})

describe('adopted with their entry', () => {
  test('they are shown to whoever reads the entry, as the same bytes, in the name of whoever brought them', async () => {
    const bytes = picture()
    const { act, entry } = await brought(bytes)
    expect((await adopt(act)).json()).toEqual({ adopted: 1, files: 1 })
    for (const who of [people.thea, people.mona]) {
      const answer = await shown(entry.id, who)
      expect([answer.statusCode, answer.headers['content-type'], new Uint8Array(answer.rawPayload)]).toEqual([200, 'image/jpeg', bytes])
    }
    expect(await filesOf()).toEqual([{ sha256: digest(bytes), put_by: lee.person, kind: 'photo-taken.v1' }])
  })
  test('a spoken note as well; one whose bytes did not come is adopted, and says so', async () => {
    const [here, gone] = [webm({ seed: 7_901 }), webm({ seed: 7_902 })]
    const spoken = (bytes: Uint8Array) => draft('spoken-note.v1', { file: naming(bytes, 'audio/webm'), lengthMs: 4_000 }, { device: lee.device })
    const entries = [spoken(here), spoken(gone)]
    await ended()
    await bringFile(await sealedFile(here))
    const act = await bringAct(entries)
    expect((await of(act, 'open')).json().files).toEqual([{ entry: entries[0]!.id, state: 'here' }, { entry: entries[1]!.id, state: 'not-brought' }])
    expect((await adopt(act)).json()).toEqual({ adopted: 2, files: 1 })
    expect([new Uint8Array((await shown(entries[0]!.id)).rawPayload), (await shown(entries[1]!.id)).json().code]).toEqual([here, 'file.not-arrived'])
  })
  const others: [string, () => Promise<{ bytes: Uint8Array; entry: Drafted; as?: string; whose?: object }>][] = [
    ['the bytes of another file', async () => { const meant = picture(); return { bytes: picture(), entry: photo(meant), as: digest(meant) } }],
    ['a picture that is a page as well', async () => { const bytes = joined(picture(), textAsBytes('<script>alert(1)</script>')); return { bytes, entry: photo(bytes) } }],
    ['sound under the name of a picture', async () => { const bytes = webm({ seed: 7_903 }); return { bytes, entry: photo(bytes) } }],
    ['bytes of another length than was said', async () => { const bytes = picture(); return { bytes, entry: photo(bytes, { ...naming(bytes), bytes: bytes.length + 1 }) } }],
    ['a picture that is not square', async () => { const bytes = jpeg({ width: 64, height: 48, seed: 7_904 }); return { bytes, entry: photo(bytes) } }],
  ]
  test.each(others)('%s are not taken: the entry stands, and says that they have not arrived', async (_, made) => {
    const { bytes, entry, as } = await made()
    const { act } = await brought(bytes, entry, as)
    expect((await of(act, 'open')).json().files).toEqual([{ entry: entry.id, state: 'another' }])
    expect((await adopt(act)).json()).toEqual({ adopted: 1, files: 0 })
    expect([await filesOf(), (await shown(entry.id)).json().code]).toEqual([[], 'file.not-arrived'])
  })
  test('the database takes no bytes but those that the adopted entry names, and that came from there', async () => {
    const [bytes, another, unbrought] = [picture(), picture(), picture()]
    const entries = [photo(bytes), photo(unbrought)]
    await ended()
    for (const each of [bytes, another]) await bringFile(await sealedFile(each))
    const act = await bringAct(entries)
    await adopt(act)
    const put = (entry: string, content: Uint8Array, who = people.thea, type = 'image/jpeg') => server.shell.database.inContext(who.token, { chart, durable: true }, async ({ client }) => client.query('select app.adopt_file($1, $2, $3, $4, $5)', [act, entry, type, Buffer.from(content), 'x']))
    await expect(put(entries[0]!.id, another)).rejects.toThrow()
    await expect(put(entries[1]!.id, unbrought)).rejects.toThrow()
    await expect(put(entries[0]!.id, bytes, people.thea, 'audio/webm')).rejects.toThrow()
    await expect(put(entries[0]!.id, bytes, people.pia)).rejects.toThrow()
    expect((await filesOf()).map(({ sha256 }) => sha256)).toEqual([digest(bytes)])
  })
  test('sealed for one chart, person or device they do not open as another’s', async () => {
    await ended()
    for (const other of [{ chart: people.chart, person: lee.person, device: lee.device }, { chart, person: people.pia.person, device: lee.device }, { chart, person: lee.person, device: randomUUID() }]) {
      const bytes = picture()
      await bringFile({ ...(await sealedFile(bytes, digest(bytes), other)), chart })
      const entry = photo(bytes)
      const act = await bringAct([entry])
      expect((await of(act, 'open')).json().files).toEqual([{ entry: entry.id, state: 'another' }])
    }
  })
})

describe('whoever made them comes back', () => {
  test('and is given them back, where her device cannot open them any more; nobody else is', async () => {
    const bytes = picture()
    const asked = { ...(await sealedFile(bytes)), device: lee.device }
    await ended()
    const token = await signedIn(server.shell.database, people.practice, lee.person)
    expect(Buffer.from((await call('POST', '/api/device/recover-file', token, asked)).json().data, 'base64')).toEqual(Buffer.from(bytes))
    expect((await call('POST', '/api/device/recover-file', people.thea.token, asked)).json().code).toBe('quarantine.unreadable')
    expect((await call('POST', '/api/device/recover-file', '', asked)).statusCode).toBe(401)
  })
  test('and sends them in the usual way: adopted or not, they lie there once', async () => {
    const bytes = picture()
    const { act, entry } = await brought(bytes)
    await adopt(act)
    const token = await signedIn(server.shell.database, people.practice, lee.person)
    expect((await call('POST', `/api/charts/${chart}/files`, token, { kind: 'photo-taken.v1', sha256: digest(bytes), data: Buffer.from(bytes).toString('base64') })).json()).toEqual({ kept: true, again: true })
    expect((await call('POST', `/api/charts/${chart}/entries`, token, { by: lee.person, entries: [entry] })).json().stored).toMatchObject([{ again: true }])
    expect(await filesOf()).toHaveLength(1)
  })
})
