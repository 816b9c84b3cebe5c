import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { verifyStream } from '../../core/chart/verify.ts'
import { createHash } from 'node:crypto'
import { asJob } from '../http/job.ts'
import { readEntries } from '../store/charts.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'
import { sessionWatch } from './watch-sessions.ts'

/** People are called about what nobody has answered, by the server, with no page open anywhere. */
let all: World
let session: string
let now: string
const BEGAN = '2026-11-21T17:00:00.000Z'
const after = (seconds: number) => new Date(Date.parse(BEGAN) + seconds * 1_000).toISOString()

beforeEach(async () => {
  all = await world()
  now = BEGAN
  vi.spyOn(all.shell.clock, 'now').mockImplementation(() => now)
  session = await byAct(all.shell, all.home.thea, chart(), 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: crypto.randomUUID(), clearance: crypto.randomUUID(), consents: [crypto.randomUUID()], edition: 'test', number: 1, gates: [], people: [{ person: all.home.thea.person, name: 'Thea Sample', role: 'therapist' }] }, { at: BEGAN, writtenAt: BEGAN })
  await send('thea', entry('checked-in.v1', { person: all.home.thea.person, name: 'Thea Sample', role: 'therapist' }, 1))
})
afterEach(async () => { vi.restoreAllMocks(); await all.close() })

const chart = () => all.home.chart
const entry = (kind: string, body: object, seconds: number, more: object = {}) => draft(kind, body, { session, at: after(seconds), writtenAt: after(seconds), ...more })
const send = async (who: 'thea' | 'mona', ...entries: ReturnType<typeof draft>[]) => {
  const answer = await ask(all, 'append', all.home[who].token, { params: { chart: chart() }, body: { entries } })
  expect(answer.statusCode, answer.body).toBe(201)
}
const high = (seconds: number) => entry('vitals.v1', { systolicMmHg: 190, diastolicMmHg: 90 }, seconds)
const entries = () => asJob(all.shell, all.home.practice, (client) => readEntries({ client, actor: { practice: all.home.practice } as never }, chart()))
const calls = async () => (await entries()).flatMap((one) => (one.kind === 'alert-escalated.v1' ? [`${one.body.circle}: ${one.body.told.map(({ name }) => name.split(' ')[0]).toSorted().join(', ')}`] : []))
const told = async () => (await all.admin.query<{ name: string }>("select p.given_name as name from app.notice n join app.person p using (practice_id, person_id) where n.kind = 'alert' order by 1")).rows.map(({ name }) => name)
let reading: string
const open = async () => (await all.admin.query("select notice_id from app.notice where kind = 'alert' and done_at is null")).rows
const watchAt = async (seconds: number, watch = sessionWatch(all.shell)) => { now = after(seconds); return watch(all.home.practice) }

describe('an alert that nobody answers', () => {
  test('calls the room at once, the care team after half a minute, whoever prescribes after a minute, and at last those who answer for the practice', async () => {
    const watch = sessionWatch(all.shell)
    await send('thea', high(10))
    await watchAt(10, watch)
    expect(await calls()).toEqual(['1: Thea'])
    await watchAt(39, watch)
    expect(await calls()).toHaveLength(1)
    await watchAt(40, watch)
    expect((await calls())[1]).toBe('2: Mona, Pia, Thea')
    await watchAt(70, watch)
    expect((await calls())[2]).toBe('3: Dina, Dirk, Mona, Pavel, Pia, Thea')
    await watchAt(131, watch)
    expect((await calls())[3]).toMatch(/^4: /)
    await watchAt(400, watch)
    expect(await calls()).toHaveLength(4)
    expect(await told()).toContain('Pavel')
  })

  test('calls nobody once somebody has answered, and nobody about a caution', async () => {
    const reading = high(10)
    await send('thea', reading)
    await send('mona', entry('alert-answered.v1', { alert: `${reading.id}/BP-S`, action: 'seen', note: '' }, 12))
    await watchAt(200)
    expect(await calls()).toEqual([])
    await send('thea', entry('vitals.v1', { systolicMmHg: 165 }, 220))
    await watchAt(400)
    expect(await calls()).toEqual([])
  })

  test('two servers, and a server that starts again, call nobody twice', async () => {
    await send('thea', high(10))
    now = after(75)
    await Promise.all([sessionWatch(all.shell)(all.home.practice), sessionWatch(all.shell)(all.home.practice)])
    await sessionWatch(all.shell)(all.home.practice)
    expect((await calls()).map((one) => one[0])).toEqual(['1', '2', '3'])
    expect(verifyStream(await entries().then((list) => list.map((one) => ({ ...one, chart: chart(), practice: all.home.practice }))) as never, (text) => createHash('sha256').update(text, 'utf8').digest('hex'))).toMatchObject({ ok: true })
  })

  test('the answer that comes between looking and calling is found in time', async () => {
    const reading = high(10)
    await send('thea', reading)
    const asJobOf = all.shell.database.asJob
    const spy = vi.spyOn(all.shell.database, 'asJob').mockImplementation(async (practice, how, work) => {
      // The only lasting work of a look is the call itself.
      if (how.durable) { spy.mockRestore(); await send('mona', entry('alert-answered.v1', { alert: `${reading.id}/BP-S`, action: 'seen', note: '' }, 11)) }
      return asJobOf(practice, how, work)
    })
    await watchAt(12)
    expect(await calls()).toEqual([])
  })

  const dose = () => {
    const [order, prepared, confirmed] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]
    return byAct(all.shell, all.home.thea, chart(), 'dose-given.v1', { step: 1, doseUg: 40_000, route: 'IM', order, prepared, confirmed, confirmedBy: all.home.mona.person, site: '', selfAdministered: false }, { session, at: after(60), writtenAt: after(60) })
  }
  test('a reading that nobody takes calls as well, with nothing written', async () => {
    const watch = sessionWatch(all.shell)
    await dose()
    for (let minute = 1; minute <= 12; minute += 1) await watchAt(60 + minute * 60, watch)
    expect((await calls()).length).toBeGreaterThan(0)
  })

  test('a reading that nobody takes calls the moment it is late enough, however new the last look is', async () => {
    const watch = sessionWatch(all.shell)
    await dose()
    const lateSec = 60 + 8 * 60
    for (const seconds of [lateSec - 30, lateSec - 1, lateSec]) await watchAt(seconds, watch)
    expect(await calls()).toEqual([])
    await watchAt(lateSec + 1, watch)
    expect(await calls()).toHaveLength(1)
  })

  test('a reading every minute brings help no later', async () => {
    const watch = sessionWatch(all.shell)
    for (let seconds = 10; seconds <= 140; seconds += 26) {
      await send('thea', high(seconds))
      await watchAt(seconds, watch)
    }
    await watchAt(145, watch)
    expect((await calls()).map((one) => one[0])).toEqual(['1', '2', '3', '4'])
  })

  test('a chart that somebody holds keeps no other room waiting, and is looked at again', async () => {
    await send('thea', high(10))
    const watch = sessionWatch(all.shell)
    await all.admin.query('begin')
    await all.admin.query('select from app.stream where stream_id = $1 for update', [chart()])
    const began = Date.now()
    await watchAt(10, watch)
    expect(Date.now() - began).toBeLessThan(5_000)
    expect(await calls()).toEqual([])
    await all.admin.query('rollback')
    await watchAt(11, watch)
    expect(await calls()).toEqual(['1: Thea'])
  })

  test('a reading that a note takes back is looked at at once', async () => {
    const [first, second] = [high(10), high(20)]
    const watch = sessionWatch(all.shell)
    await send('thea', first, second)
    await send('thea', entry('alert-answered.v1', { alert: `${second.id}/BP-S`, action: 'seen', note: '' }, 21))
    await watchAt(22, watch)
    expect(await calls()).toEqual([])
    await send('thea', entry('session-note.v1', { text: 'That was somebody else’s arm.' }, 24, { amends: second.id }))
    await watchAt(25, watch)
    expect(await calls()).toEqual(['1: Thea'])
  })

  test('a closed session is not watched', async () => {
    await send('thea', high(10), entry('session-closed.v1', { how: 'transferred', tolerance: 'too-much', note: '' }, 20))
    await watchAt(300)
    expect(await calls()).toEqual([])
  })
})

describe('a hold that arises while the session runs', () => {
  const sign = (decision: 'cleared' | 'held', seconds: number, lastSeq: number) => byAct(all.shell, all.home.pia, chart(), 'clearance.v1', {
    decision, conditions: [], reason: 'Looked at.', expiresOn: '2027-01-31', overrides: [], lastSeq, screening: { edition: 'test', decision: 'ELIGIBLE', met: [], unknown: [] },
    signature: { person: all.home.pia.person, name: 'Pia', meaning: 'approval', method: 'one-time-code', signedAt: after(seconds) },
  }, { at: after(seconds), writtenAt: after(seconds) })
  const seqNow = async () => (await entries()).at(-1)!.seq

  test('calls the room, then the team, then whoever prescribes, until somebody answers by name', async () => {
    const watch = sessionWatch(all.shell)
    await sign('cleared', 2, await seqNow())
    await watchAt(3, watch)
    now = after(10)
    const medicine = draft('medication.v1', { name: 'phenelzine', codes: [], dosage: '', status: 'active' }, { at: after(10), writtenAt: after(10) })
    await send('thea', medicine)
    await watchAt(11, watch)
    expect(await calls()).toEqual(['1: Thea'])
    await watchAt(41, watch)
    await watchAt(71, watch)
    expect((await calls()).map((one) => one[0])).toEqual(['1', '2', '3'])
    const notice = (await all.admin.query<{ says: string }>("select says from app.notice where kind = 'alert' limit 1")).rows[0]!.says
    expect(notice).toContain('in a medicine session: call, Hold: new facts reopened the medical clearance')
    expect(notice, 'what it is stands on the chart, for the team').not.toContain('phenelzine')
    await send('mona', entry('alert-answered.v1', { alert: `${medicine.id}/HOLD`, action: 'prescriber-called', note: '' }, 80))
    await watchAt(300, watch)
    expect(await calls()).toHaveLength(3)
    expect(await open()).toEqual([])
  })

  test('a clearance taken back and a consent taken back call as well', async () => {
    const watch = sessionWatch(all.shell)
    await watchAt(3, watch)
    now = after(10)
    await sign('held', 10, await seqNow())
    await watchAt(11, watch)
    expect(await calls()).toHaveLength(1)
    now = after(12)
    await send('thea', draft('consent-withdrawn.v1', { form: 'treatment', said: 'No more.' }, { at: after(12), writtenAt: after(12) }))
    await watchAt(13, watch)
    expect(await calls()).toHaveLength(2)
  })

  test('an edition adopted meanwhile: what it says of the clearance is written once, by however many servers, and calls', async () => {
    await send('thea', draft('vitals.v1', { systolicMmHg: 150, diastolicMmHg: 80 }, { at: after(1), writtenAt: after(1) }))
    await sign('cleared', 2, await seqNow())
    const [one, other] = [sessionWatch(all.shell), sessionWatch(all.shell)]
    await watchAt(3, one)
    expect(await calls()).toEqual([])
    now = after(10)
    const director = all.actors.find((actor) => actor.says === 'medical director off the team')!
    const adopted = await ask(all, 'adoptEdition', director.token, { body: { on: 0, steps: [{ dial: 'eligibility/H01/systolicMmHg.atLeast', from: 160, to: 145, reason: '' }], reason: 'Agreed by the clinicians.', code: await all.codeOf(director) } })
    expect(adopted.statusCode, adopted.body).toBe(200)
    now = after(12)
    await Promise.all([one(all.home.practice), other(all.home.practice)])
    await watchAt(13, one)
    expect((await entries()).filter(({ kind }) => kind === 'clearance-reopened.v1')).toHaveLength(1)
    expect(await calls()).toEqual(['1: Thea'])
    await watchAt(14, one)
    expect((await entries()).filter(({ kind }) => kind === 'clearance-reopened.v1')).toHaveLength(1)
  })
})

describe('whoever was called', () => {
  test('has it on their list, with the session to go to, until they say that they have taken it over', async () => {
    await send('thea', high(10))
    await watchAt(45)
    const asked = async () => (await ask(all, 'notices', all.home.pia.token)).json<{ notices: { id: string; kind: string; entry: string | null; says: string }[] }>().notices.filter(({ kind }) => kind === 'alert')
    const [notice] = await asked()
    expect(notice).toMatchObject({ entry: session })
    expect(notice!.says).toMatch(/in a medicine session: call, Systolic pressure 190.*Nobody has answered since/)
    expect((await ask(all, 'noticeDone', all.home.pia.token, { params: { id: notice!.id }, body: {} })).statusCode).toBe(200)
    expect(await asked()).toEqual([])
  })

  test.each([
    ['an answer', () => send('mona', entry('alert-answered.v1', { alert: `${reading}/BP-S`, action: 'seen', note: '' }, 50))],
    ['the close', () => send('thea', entry('session-closed.v1', { how: 'transferred', tolerance: 'too-much', note: '' }, 50))],
  ] as const)('is called no more after %s', async (_, ends) => {
    const first = high(10)
    reading = first.id
    await send('thea', first)
    const watch = sessionWatch(all.shell)
    await watchAt(45, watch)
    expect((await open()).length).toBeGreaterThan(2)
    await ends()
    await watchAt(55, watch)
    expect(await open()).toEqual([])
  })

  test('is nudged on a stream of their own, and nobody else is', async () => {
    await send('thea', high(10))
    const heard: string[] = []
    const stops = (['pia', 'mara'] as const).map((name) => all.shell.live.listen({ token: name, signIn: name, stream: `person ${all.home[name].person}`, hear: () => heard.push(name), end: () => {} }))
    await watchAt(45)
    expect(new Set(heard)).toEqual(new Set(['pia']))
    for (const stop of stops) stop()
  })
})
