import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { verifyStream } from '../../core/chart/verify.ts'
import { hashSecret } from '../sign-in/secrets.ts'
import { guestKeys } from '../testing/guest.ts'
import { addChart, addPerson, clinic, draft, shellWithAdmin, type Clinic, type TestPerson } from '../testing/practice.ts'
import { race } from '../testing/race.ts'
import { sealFor } from '../testing/sealing.ts'
import { byAct } from '../testing/world.ts'
import { keepCredential } from './sign-in.ts'

/** Two people, one device: the server lets a second person sign on the device of the first, and believes no device. Through the front door. */
let server: Awaited<ReturnType<typeof shellWithAdmin>>
let people: Clinic
let admin: pg.Client
let chart: string
let session: string
/** Whose tablet it is, new for every test, and the second person, whose PIN is 2468. */
let ida: TestPerson & { readonly device: string }
let sam: TestPerson
const PIN = '2468'
const AT = '2026-11-21T17:00:00.000Z'
beforeAll(async () => {
  server = await shellWithAdmin()
  people = await clinic(server.shell.database)
  admin = server.admin
})
afterAll(() => server.close())
beforeEach(async () => {
  server.shell.clock.set?.(AT)
  const add = (name: string, role: 'monitor' | 'prescriber') => addPerson(server.shell.database, people.practice, people.owner, name, [role])
  const [first, second] = [await add('Ida', 'monitor'), await add('Sam', 'prescriber')]
  await setPin(second, PIN)
  chart = await addChart(server.shell.database, people.owner, 'Mara Sample', [{ person: people.thea, role: 'therapist' }, { person: first, role: 'monitor' }, { person: second, role: 'prescriber' }])
  session = await byAct(server.shell, people.thea, chart, 'session-started.v1', { protocol: 'solo-six' })
  await admin.query('insert into app.session_claim (practice_id, session_id, chart_id) values ($1, $2, $3) on conflict do nothing', [people.practice, session, chart])
  const { rows } = await admin.query<{ device: string }>('select device from app.sign_in_session where person_id = $1', [first.person])
  ida = { ...first, device: rows[0]!.device }
  sam = second
})

const setPin = async ({ person }: TestPerson, pin: string) => keepCredential(server.shell, people.practice, person, `${person}@example.org`, { pinHash: await hashSecret(pin) })
const call = (method: 'GET' | 'POST', url: string, token = '', payload: object = {}) => server.app.inject({ method, url, ...(method === 'POST' ? { payload } : {}), ...(token ? { cookies: { openkap: token } } : {}) })
const guestsUrl = () => `/api/charts/${chart}/sessions/${session}/guests`
const enrol = (publicKey: string, { person = sam.person, pin = PIN, on = ida.token } = {}) => call('POST', guestsUrl(), on, { person, pin, publicKey })
async function aGuest(who = sam) {
  const keys = await guestKeys()
  const { guest } = (await enrol(keys.publicKey, { person: who.person })).json()
  return { ...keys, ...(guest as { guest: string; person: string; until: string }) }
}
type Guest = Awaited<ReturnType<typeof aGuest>>

const signature = (guest: { readonly guest: string }, { person = sam.person, by = ida.person, signedAt = AT } = {}) => ({ person, name: 'Sam Sample', meaning: 'confirmation', method: 'pin', signedAt, lent: { by, name: 'Ida Sample', guest: guest.guest } })
const taken = (guest: { readonly guest: string }, more: Parameters<typeof signature>[1] = {}) => draft('hand-over-taken.v1', { handOver: randomUUID(), readBack: ['doses'], signature: signature(guest, more) }, { session, device: ida.device })
const signed = (guest: Guest, one = taken(guest), by = sam.person) => guest.proven(chart, by, one)
const send = (entries: readonly object[], token = ida.token, by = ida.person) => call('POST', `/api/charts/${chart}/entries`, token, { by, entries })
const onChart = async () => (await call('GET', `/api/charts/${chart}/entries`, people.thea.token)).json().entries.filter(({ kind }: { kind: string }) => kind !== 'session-started.v1')
const audit = async (person: string) => (await admin.query<{ line: string }>(`select action || ' ' || outcome as line from app.audit where person_id = $1 order by audit_id`, [person])).rows.map(({ line }) => line)

describe('a second person is let onto the device of the first', () => {
  test('by their own PIN, for this session, until hours after its end; and it stands in the audit under both names', async () => {
    const guest = await aGuest()
    expect(guest).toMatchObject({ person: sam.person, until: expect.stringMatching(/^2026-11-21T21:00:0/) })
    expect((await call('GET', guestsUrl(), ida.token)).json().guests).toEqual([{ guest: guest.guest, person: sam.person, until: guest.until }])
    expect((await call('GET', guestsUrl(), people.thea.token)).json().guests, 'on another device').toEqual([])
    expect(await audit(sam.person)).toEqual(['guest.pin done'])
    expect(await audit(ida.person)).toContain('guest.enrolled done')
  })
  test('five wrong PINs, counted with all their others, and then not even the right one', async () => {
    const { publicKey } = await guestKeys()
    const tries = []
    for (let time = 0; time < 5; time += 1) tries.push((await enrol(publicKey, { pin: '1111' })).json())
    expect(tries.map(({ right, triesLeft }) => [right, triesLeft])).toEqual([[false, 4], [false, 3], [false, 2], [false, 1], [false, 0]])
    expect((await enrol(publicKey)).json()).toEqual({ right: false, triesLeft: 0, guest: null })
    expect(await audit(sam.person)).toEqual(Array.from({ length: 6 }, () => 'guest.pin refused'))
    expect((await call('GET', '/api/me', ida.token)).statusCode, 'and the one who lends it stays signed in').toBe(200)
  })
  test('fifty tries at once are still five', async () => {
    const { publicKey } = await guestKeys()
    const pins = [...Array.from({ length: 49 }, () => '1111'), PIN]
    const answers = await Promise.all(pins.map((pin) => enrol(publicKey, { pin })))
    const wrong = answers.filter((answer) => !answer.json().right)
    expect(wrong.length).toBeGreaterThanOrEqual(49)
    expect((await admin.query<{ failed: number }>('select pin_failures as failed from app.credential where person_id = $1', [sam.person])).rows[0]!.failed).toBeGreaterThanOrEqual(5)
  })
  const refused: [string, () => Promise<object> | object, string][] = [
    ['whoever lends it', () => ({ person: ida.person }), 'guest.same-person'],
    ['somebody off the team', () => ({ person: people.tomas.person }), 'guest.stranger'],
    ['the patient', () => ({ person: people.mara.person }), 'guest.stranger'],
    ['somebody without a PIN', () => ({ person: people.thea.person }), 'guest.no-pin'],
    ['on the device of somebody off the team', () => ({ on: people.tomas.token }), 'chart.unseen'],
    ['by nobody', () => ({ on: '' }), 'sign-in.needed'],
  ]
  test.each(refused)('not %s', async (_, how, code) => {
    expect((await enrol((await guestKeys()).publicKey, await how())).json().code).toBe(code)
  })
  test('not with half a key, and not for a session that is over', async () => {
    expect((await enrol(`${'A'.repeat(87)}=`)).json().code).toBe('request.malformed')
    await admin.query('update app.session_claim set closed = true where session_id = $1', [session])
    expect((await enrol((await guestKeys()).publicKey)).json().code).toBe('session.unknown')
  })
})

describe('whoever was let in', () => {
  const places = async (token: string) => (await call('GET', '/api/sign-ins', token)).json().guestOn
  test('sees on whose device, and ends it from a device of their own: from then on nothing signed there is taken', async () => {
    const guest = await aGuest()
    const entry = await signed(guest)
    expect(await places(sam.token)).toEqual([{ guest: guest.guest, lender: expect.stringContaining('Ida'), since: expect.stringMatching(/^2026-11-21T/), until: guest.until }])
    expect(await places(ida.token), 'the lender is nobody’s guest').toEqual([])
    for (const token of [ida.token, people.thea.token]) expect((await call('POST', `/api/sign-ins/guests/${guest.guest}/end`, token, {})).json().code, 'nobody else ends it here').toBe('not-found')
    expect((await call('POST', `/api/sign-ins/guests/${guest.guest}/end`, sam.token, {})).json()).toEqual({ done: true })
    expect(await places(sam.token)).toEqual([])
    expect((await send([entry])).json().code).toBe('guest.ended')
    expect(await audit(sam.person)).toContain('guest.ended done')
  })
  test('is shown no more once its time is over', async () => {
    await aGuest()
    await admin.query(`update app.device_guest set until = '2020-01-01T00:00:00.000Z'`)
    expect(await places(sam.token)).toEqual([])
  })
})

describe('what a second person signs there', () => {
  test('stands in their own name, once, in an unbroken record, however often it is sent', async () => {
    const entry = await signed(await aGuest())
    expect([(await send([entry])).statusCode, (await send([entry])).json().stored[0].again]).toEqual([201, true])
    expect(await onChart()).toMatchObject([{ id: entry.id, by: sam.person, device: ida.device, body: { signature: { person: sam.person, lent: { by: ida.person } } } }])
    const all = (await call('GET', `/api/charts/${chart}/entries`, people.thea.token)).json().entries
    expect(verifyStream(all.map((one: object) => ({ ...one, chart, practice: people.practice })), (text) => createHash('sha256').update(text, 'utf8').digest('hex'))).toMatchObject({ ok: true })
    expect(await audit(sam.person)).toContain('entries.append done')
    const { rows } = await admin.query('select from app.sign_in_session where person_id = $1 and device = $2 and revoked_at is null', [sam.person, ida.device])
    expect(rows, 'and nobody is left signed in by it').toEqual([])
  })

  type Sent = () => Promise<{ entry: object; on?: string; by?: string }>
  const notTaken: [string, Sent, string][] = [
    ['on the word of the device alone', async () => { const guest = await aGuest(); return { entry: withProof(taken(guest), 'A'.repeat(86)) } }, 'guest.unproven'],
    ['signed with the key of somebody else', async () => { const [guest, other] = [await aGuest(), await guestKeys()]; return { entry: await other.proven(chart, sam.person, taken(guest)) } }, 'guest.unproven'],
    ['changed after it was signed', async () => { const entry = await signed(await aGuest()); return { entry: { ...entry, body: { ...entry.body, readBack: ['doses', 'vitals'] } } } }, 'guest.unproven'],
    ['signed for another chart', async () => { const guest = await aGuest(); return { entry: await guest.proven(randomUUID(), sam.person, taken(guest)) } }, 'guest.unproven'],
    ['by the same person twice', async () => { const guest = await aGuest(); return { entry: await signed(guest, taken(guest, { person: ida.person }), ida.person) } }, 'guest.same-person'],
    ['by one of the team who never typed their PIN there', async () => { const guest = await aGuest(); return { entry: await signed(guest, taken(guest, { person: people.thea.person }), people.thea.person) } }, 'guest.unknown'],
    ['as a guest that nobody let in', async () => { const guest = await aGuest(); const stranger = { ...guest, guest: randomUUID() }; return { entry: await signed(stranger, taken(stranger)) } }, 'guest.unknown'],
    ['brought by somebody else than who lent it', async () => ({ entry: await signed(await aGuest()), on: people.thea.token, by: people.thea.person }), 'guest.unknown'],
    ['on another device', async () => { const guest = await aGuest(); return { entry: await signed(guest, { ...taken(guest), device: randomUUID() }) } }, 'guest.unknown'],
    ['for another session', async () => { const guest = await aGuest(); return { entry: await signed(guest, Object.assign(taken(guest), { session: randomUUID() })) } }, 'guest.unknown'],
    ['after the time for it', async () => { const guest = await aGuest(); return { entry: await signed(guest, taken(guest, { signedAt: '2026-11-21T21:01:00.000Z' })) } }, 'guest.ended'],
    ['what is not signed there', async () => { const guest = await aGuest(); return { entry: await signed(guest, { ...taken(guest), kind: 'session-narrative.v1', body: { text: 'x', signature: signature(guest) } } as never) } }, 'guest.not-lendable'],
    ['in a role they do not hold', async () => { const guest = await aGuest(); return { entry: await signed(guest, draft('discharge-signed.v1', { assessed: randomUUID(), role: 'monitor', signature: signature(guest) }, { session, device: ida.device }) as never) } }, 'signature.anothers'],
    ['once they have left the team', async () => { const entry = await signed(await aGuest()); await admin.query('update app.care_team set until = $3 where chart_id = $1 and person_id = $2', [chart, sam.person, AT]); return { entry } }, 'chart.unseen'],
    ['once their sign-ins were all ended', async () => { const entry = await signed(await aGuest()); await server.shell.database.pool.query('select app.revoke_sessions($1, $2, $3, null)', [server.shell.database.key, people.practice, sam.person]); return { entry } }, 'guest.ended'],
    ['once they have left the practice', async () => { const entry = await signed(await aGuest()); await admin.query('update app.person set active = false where person_id = $1', [sam.person]); return { entry } }, 'guest.ended'],
    ['once their PIN is another', async () => { const entry = await signed(await aGuest()); await setPin(sam, '9753'); return { entry } }, 'guest.ended'],
    ['once they typed their PIN there anew', async () => { const entry = await signed(await aGuest()); await aGuest(); return { entry } }, 'guest.ended'],
    ['once it was ended on the device', async () => { const guest = await aGuest(); const entry = await signed(guest); await call('POST', `${guestsUrl()}/${guest.guest}/end`, ida.token); return { entry } }, 'guest.ended'],
  ]
  const withProof = (entry: ReturnType<typeof taken>, letters: string) => ({ ...entry, body: { ...entry.body, signature: { ...(entry.body as { signature: { lent: object } }).signature, lent: { ...(entry.body as { signature: { lent: object } }).signature.lent, proof: `${letters}==` } } } })
  test.each(notTaken)('is not taken %s', async (_, sent, code) => {
    const { entry, on, by } = await sent()
    const answer = await send([entry], on, by)
    expect(answer.json().code).toBe(code)
    expect(answer.statusCode, 'nobody else’s sign-in ends by it').not.toBe(401)
    expect(await onChart()).toEqual([])
  })
  test('comes days late with the device, and not weeks late', async () => {
    const guest = await aGuest()
    const [first, second] = [await signed(guest), await signed(guest)]
    server.shell.clock.set?.('2026-11-24T20:59:00.000Z')
    expect((await send([first])).statusCode).toBe(201)
    server.shell.clock.set?.('2026-11-24T21:02:00.000Z')
    expect((await send([second])).json().code).toBe('guest.ended')
    expect((await send([first])).json().stored[0], 'what had come is only sent again').toMatchObject({ id: first.id, again: true })
  })
  test('goes together with nothing that somebody else wrote', async () => {
    expect((await send([await signed(await aGuest()), draft('session-note.v1', { text: 'Beside it.' }, { session, device: ida.device })])).json().code).toBe('guest.not-lendable')
    expect(await onChart()).toEqual([])
  })
})

test('a hundred races: the act of a guest, sent twice at once, against the end of that guest: stored once or refused in words, and never after the end', async () => {
  const charts: string[] = []
  const seen = new Set<string>()
  await race(100, (at) => [(async () => {
    const here = charts[at] = await addChart(server.shell.database, people.owner, 'Mara Sample', [{ person: people.thea, role: 'therapist' }, { person: ida, role: 'monitor' }, { person: sam, role: 'prescriber' }])
    const running = await byAct(server.shell, people.thea, here, 'session-started.v1', { protocol: 'solo-six' })
    const keys = await guestKeys()
    const url = `/api/charts/${here}/sessions/${running}/guests`
    const { guest } = (await call('POST', url, ida.token, { person: sam.person, pin: PIN, publicKey: keys.publicKey })).json()
    const one = async () => keys.proven(here, sam.person, { ...taken(guest), session: running })
    const [entry, late] = [await one(), await one()]
    const post = (what: object) => call('POST', `/api/charts/${here}/entries`, ida.token, { by: ida.person, entries: [what] })
    const [sent, again] = await Promise.all([post(entry), post(entry), call('POST', `${url}/${guest.guest}/end`, ida.token)])
    const codes = [sent, again].map((answer) => (answer.statusCode === 201 ? 'stored' : answer.json().code))
    const stored = (await call('GET', `/api/charts/${here}/entries`, people.thea.token)).json().entries.filter(({ id }: { id: string }) => id === entry.id).length
    expect(stored, codes.join(' ')).toBe(codes.includes('stored') ? 1 : 0)
    expect(codes.filter((code) => code !== 'stored' && code !== 'guest.ended')).toEqual([])
    expect((await post(late)).json().code).toBe('guest.ended')
    for (const code of codes) seen.add(code)
  })()]).then((winners) => expect(winners.filter((won) => won === 1)).toHaveLength(100))
  expect([...seen].toSorted(), 'both ends were met').toEqual(['guest.ended', 'stored'])
}, 120_000)

test('brought from a device whose access has ended, it is adopted in the name of who signed it, if their signature proves it', async () => {
  const credential = (await call('POST', '/api/device/keys', ida.token, { credential: true })).json().credential.token
  const guest = await aGuest()
  const bring = async (entry: Awaited<ReturnType<typeof signed>>) => {
    const { id, publicKey } = server.shell.quarantineKeys.newest
    const act = randomUUID()
    const sealed = await sealFor(publicKey, act, { chart, person: ida.person, device: ida.device }, { chart, writtenAt: AT, entries: [{ ...entry, by: sam.person }] as never })
    expect((await call('POST', '/api/quarantine', '', { act, chart, key: id, sealed, credential, session, entries: [entry.id], from: AT, to: AT })).statusCode).toBe(200)
    return act
  }
  const [entry, forged] = [await signed(guest), await (await guestKeys()).proven(chart, sam.person, taken(guest))]
  await server.shell.database.pool.query('select app.end_session($1)', [ida.token])
  const [real, false_] = [await bring(entry), await bring(forged)]
  const adopt = (act: string) => call('POST', `/api/charts/${chart}/quarantine/${act}/adopt`, people.thea.token, { id: randomUUID(), device: randomUUID(), note: '' })
  expect((await adopt(false_)).json().code).toBe('guest.unproven')
  expect((await adopt(real)).json()).toEqual({ adopted: 1, files: 0 })
  expect((await onChart()).map(({ kind, by }: { kind: string; by: string }) => [kind, by])).toEqual([['hand-over-taken.v1', sam.person], ['entries-adopted.v1', people.thea.person]])
  expect((await adopt(real)).json().code).toBe('quarantine.decided')
})
