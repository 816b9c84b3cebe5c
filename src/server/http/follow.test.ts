import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { verifyStream } from '../../core/chart/verify.ts'
import { richBodies } from '../../core/fhir/testing/rich-bodies.ts'
import { followUp } from '../jobs/follow-up.ts'
import { startJobs } from '../jobs/jobs.ts'
import { answersFor, version } from '../sample/telling.ts'
import { edition } from '../rulebook.ts'
import { readEntries } from '../store/charts.ts'
import { appendFound, chartsToFollow, followedTo } from '../store/followed.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'
import { follow } from './follow.ts'
import { asJob } from './job.ts'
import { judge } from './judging.ts'

/** What follows from an entry is seen to once, whoever dies, and whoever follows at the same time. */
const NOW = '2026-11-21T17:00:00.000Z'
const LATER = '2026-11-21T17:01:00.000Z'
let all: World
beforeEach(async () => { all = await world() })
afterEach(async () => { vi.restoreAllMocks(); await all.close() })

const chart = () => all.home.chart
const lastSeq = async () => (await ask(all, 'chart', all.home.pia.token, { params: { chart: chart() } })).json<{ lastSeq: number }>().lastSeq
const clear = async (at = NOW) => byAct(all.shell, all.home.pia, chart(), 'clearance.v1', {
  decision: 'cleared', conditions: [], reason: 'Seen.', overrides: [], lastSeq: await lastSeq(), screening: { edition: 'test', decision: 'INCOMPLETE', met: [], unknown: [] },
  signature: { person: all.home.pia.person, name: 'Pia Sample', meaning: 'approval', method: 'one-time-code', signedAt: at },
}, { at })
const [dose, started] = (['dose-given.v1', 'session-started.v1'] as const).map((which) => richBodies().find(({ kind }) => kind === which)!.body as object)
type Draft = ReturnType<typeof draft>
const medicine = (status: 'active' | 'stopped', at: string) => draft('medication.v1', { name: 'phenelzine', codes: [], dosage: '15 mg', status }, { at, writtenAt: at })
const pill = () => medicine('active', NOW)
const stop = () => medicine('stopped', '2026-11-21T17:00:30.000Z')
const message = () => draft('message.v1', { topic: 'other', text: 'hello' })
const danger = () => draft('measure-answered.v1', { instrument: 'phq-9', version: version('phq-9'), language: 'en', answers: answersFor('phq-9', 12, { q9: 2 }), answeredBy: 'patient' })
const send = async (who: 'thea' | 'mara' | 'mona', ...entries: Draft[]) => {
  const answer = await ask(all, 'append', all.home[who].token, { params: { chart: chart() }, body: { entries } })
  expect(answer.statusCode, answer.body).toBe(201)
}
/** As if the server had died right after the commit. */
const sendAndDie = async (who: 'thea' | 'mara' | 'mona', ...entries: Draft[]) => {
  await all.shell.append({ token: all.home[who].token, actor: { practice: all.home.practice, person: all.home[who].person }, stream: chart(), entries: entries as never, receivedAt: NOW, action: 'entries.append' })
}
const sweep = () => followUp(all.shell, all.home.practice)
const told = async (kind?: string) => {
  const { rows } = await all.admin.query<{ kind: string; name: string }>('select n.kind, p.given_name as name from app.notice n join app.person p using (practice_id, person_id) order by 1, 2')
  return rows.filter((row) => kind === undefined || row.kind === kind).map((row) => (kind === undefined ? `${row.kind} ${row.name}` : row.name))
}
const entries = () => asJob(all.shell, all.home.practice, (client) => readEntries({ client, actor: { practice: all.home.practice } as never }, chart()))
const reopenings = async () => (await entries()).filter(({ kind }) => kind === 'clearance-reopened.v1')
/** As every permission is judged. */
const clearance = () => all.shell.database.inContext(all.home.pia.token, { chart: chart(), durable: false }, async (context) => (await judge({ ...context, shell: all.shell, now: all.shell.clock.now() } as never, chart())).clearance)
const followed = () => asJob(all.shell, all.home.practice, (client) => followedTo(client, all.home.practice, chart()))

describe('a clearance that new facts reopened', () => {
  test('stays reopened when the medicine that reopened it is stopped, until a prescriber signs again', async () => {
    await clear()
    await send('thea', pill())
    expect((await clearance()).state).toBe('reopened')
    await send('thea', stop())
    expect(await clearance()).toMatchObject({ state: 'reopened', newlyMet: [{ rule: { id: 'O14' }, past: true }] })
    expect(await reopenings()).toHaveLength(1)
    expect(await told('reopened'), 'its end is nobody’s news').toEqual(['Pia', 'Thea'])
    await clear(LATER)
    expect((await clearance()).state).toBe('cleared')
  })

  test('is written down by nobody, in the chain of the chart, and published to whoever treats', async () => {
    const heard = vi.spyOn(all.shell.live, 'publish')
    await clear()
    const news = pill()
    await send('thea', news)
    const [entry] = await reopenings()
    expect(entry).toMatchObject({ by: '00000000-0000-0000-0000-000000000000', body: { rules: [{ rule: 'O14', facts: [{ fact: 'medications', value: ['phenelzine'], entries: [news.id] }] }] } })
    expect(heard).toHaveBeenLastCalledWith(chart(), [entry])
    const stream = (await entries()).map((each) => ({ ...each, practice: all.home.practice, chart: chart() }))
    expect(verifyStream(stream, (text) => createHash('sha256').update(text, 'utf8').digest('hex'))).toMatchObject({ ok: true, value: { entries: stream.length } })
    expect(await lastSeq()).toBe(stream.length)
    expect((await ask(all, 'entries', all.home.mona.token, { params: { chart: chart() } })).body).toContain('clearance-reopened.v1')
    for (const token of [all.home.mara.token, all.home.cora.token]) expect((await ask(all, 'entries', token, { params: { chart: chart() } })).body).not.toContain('clearance-reopened.v1')
  })

  test.each([['in one batch', true], ['one right after the other', false]])('also by a medicine entered and stopped %s, before anybody followed', async (_, together) => {
    await clear()
    if (together) await sendAndDie('thea', pill(), stop())
    else for (const each of [pill(), stop()]) await sendAndDie('thea', each)
    expect(await reopenings()).toEqual([])
    expect((await clearance()).state, 'nothing is permitted meanwhile').toBe('reopened')
    await sweep()
    expect(await clearance()).toMatchObject({ state: 'reopened', newlyMet: [{ rule: { id: 'O14' }, past: true }] })
    expect(await reopenings()).toHaveLength(1)
    expect(await told('reopened')).toEqual(['Pia', 'Thea'])
  })

  test('and no dose is taken as given meanwhile', async () => {
    await send('thea', draft('list-reviewed.v1', { list: 'medications', none: true }))
    await clear()
    await all.admin.query(`update app.chart set protocol = 'solo-six' where chart_id = $1`, [chart()])
    const session = await byAct(all.shell, all.home.thea, chart(), 'session-started.v1', { ...started, protocol: 'solo-six', edition })
    const gates = async () => (await ask(all, 'append', all.home.thea.token, { params: { chart: chart() }, body: { entries: [draft('dose-given.v1', dose!, { session })] } })).json<{ list: { code: string; says: string }[] }>().list
    expect((await gates()).map(({ code }) => code)).not.toContain('clearance')
    await sendAndDie('thea', pill(), stop())
    expect(await gates()).toContainEqual({ code: 'clearance', says: expect.stringMatching(/^New facts reopened the medical clearance\. .*MAO.* That is not so any more/) })
  })

  test('nor one that is sent together with the medicine that came and went', async () => {
    await clear()
    await all.admin.query(`update app.chart set protocol = 'solo-six' where chart_id = $1`, [chart()])
    const session = await byAct(all.shell, all.home.thea, chart(), 'session-started.v1', { ...started, protocol: 'solo-six', edition })
    const answer = await ask(all, 'append', all.home.thea.token, { params: { chart: chart() }, body: { entries: [pill(), stop(), draft('dose-given.v1', dose!, { session })] } })
    expect(answer.json<{ list: unknown[] }>().list).toContainEqual({ code: 'clearance', says: expect.stringMatching(/^New facts reopened the medical clearance\. .*MAO/) })
  })

  test('the same through the door', async () => {
    await clear()
    await send('thea', pill(), stop())
    expect(await reopenings()).toHaveLength(1)
    expect((await clearance()).state).toBe('reopened')
  })

  test('signed again before anybody followed: nothing is written about it and nobody is told', async () => {
    await clear()
    await sendAndDie('thea', pill(), stop())
    await clear(LATER)
    await sweep()
    expect(await reopenings()).toEqual([])
    expect(await told('reopened')).toEqual([])
    expect((await clearance()).state).toBe('cleared')
  })
})

describe('the server dies between an entry and what follows from it', () => {
  test('the next sweep tells, once; sending again tells nobody twice', async () => {
    await clear()
    const all3 = [pill(), danger(), message()]
    vi.spyOn(all.shell.database, 'asJob').mockRejectedValueOnce(new Error('killed'))
    await send('mara', ...all3)
    expect([await told(), await reopenings()]).toEqual([[], []])
    expect(await sweep()).toBe(1)
    const once = await told()
    expect(once).toEqual(['message Thea', 'on-call Dina', 'on-call Dirk', 'reopened Pia', 'reopened Thea', 'risk Thea'])
    await send('mara', ...all3)
    await sweep()
    await sweep()
    expect(await told()).toEqual(once)
    expect(await reopenings()).toHaveLength(1)
  })

  test('sent twice at once, it is told once', async () => {
    await clear()
    const same = [pill(), message()]
    await Promise.all(Array.from({ length: 4 }, () => send('mara', ...same)))
    await sweep()
    expect(await told()).toEqual(['message Thea', 'reopened Pia', 'reopened Thea'])
  })

  test('the program that starts next tells by itself', async () => {
    await sendAndDie('mara', message())
    const end = startJobs(all.shell, { mail: undefined, texts: undefined })
    await expect.poll(told, { timeout: 3_000 }).toEqual(['message Thea'])
    await end()
  })

  test('it dies while it follows: nothing was told, nothing was passed over', async () => {
    await clear()
    await sendAndDie('mara', pill(), message())
    await all.admin.query(`create function pg_temp.dies() returns trigger language plpgsql as $$ begin if new.kind = 'message' then raise exception 'killed'; end if; return new; end $$; create trigger dies before insert on app.notice for each row execute function pg_temp.dies()`)
    await sweep()
    expect([await told(), await reopenings(), await followed()]).toEqual([[], [], 0])
    await all.admin.query('drop trigger dies on app.notice')
    await sweep()
    expect(await told()).toEqual(['message Thea', 'reopened Pia', 'reopened Thea'])
    expect(await reopenings()).toHaveLength(1)
  })

  test('who follows at the same time tells it once', async () => {
    for (let round = 1; round <= 5; round += 1) {
      await sendAndDie('mara', message())
      await Promise.all(Array.from({ length: 3 }, () => follow(all.shell, all.home.practice, chart(), NOW)))
      expect(await told('message')).toHaveLength(round)
    }
  })

  test('a chart that cannot be followed keeps no other waiting', async () => {
    await sendAndDie('mara', message())
    await all.shell.append({ token: all.home.nora.token, actor: { practice: all.home.practice, person: all.home.nora.person }, stream: all.otherChart, entries: [message()] as never, receivedAt: NOW, action: 'entries.append' })
    await all.admin.query('insert into app.followed (practice_id, chart_id, up_to) values ($1, $2, 0)', [all.home.practice, chart()])
    await all.admin.query('begin')
    await all.admin.query('select 1 from app.followed where chart_id = $1 for update', [chart()])
    await sweep()
    await all.admin.query('rollback')
    expect(await told()).toEqual(['message Tomas'])
    await sweep()
    expect(await told()).toEqual(['message Thea', 'message Tomas'])
  })
})

describe('what nothing follows from', () => {
  const vitals = (session: string) => draft('vitals.v1', { systolicMmHg: 122, diastolicMmHg: 78 }, { session })
  test('costs an append nothing more; a sweep passes over it', async () => {
    await clear()
    const session = await byAct(all.shell, all.home.thea, chart(), 'session-started.v1', { protocol: 'solo-six' })
    await sweep()
    const before = await followed()
    const jobs = vi.spyOn(all.shell.database, 'asJob')
    await send('mona', vitals(session))
    expect(jobs).not.toHaveBeenCalled()
    expect(await followed()).toBe(before)
    expect(await sweep(), 'no chart is read for it').toBe(0)
    expect(await followed()).toBe(await lastSeq())
    expect(await told()).toEqual([])
  })

  test('a sweep passes over nothing that something follows from', async () => {
    await clear()
    const session = await byAct(all.shell, all.home.thea, chart(), 'session-started.v1', { protocol: 'solo-six' })
    await sweep()
    const slip = draft('condition.v1', { name: 'Hypertension', codes: [], status: 'active', category: 'problem' })
    for (const each of [pill(), danger(), message(), draft('vitals.v1', { systolicMmHg: 172, diastolicMmHg: 78 }), slip]) {
      await sendAndDie(each.kind === 'message.v1' || each.kind === 'measure-answered.v1' ? 'mara' : 'thea', each)
      await sendAndDie('mona', vitals(session))
      expect(await sweep(), each.kind).toBe(1)
      expect(await sweep(), 'what the server wrote itself').toBe(0)
      expect(await followed()).toBe(await lastSeq())
    }
    await byAct(all.shell, all.home.thea, chart(), 'imported.v1', { source: 'county clinic', resource: 'Condition/1', sha256: 'ab'.repeat(32), becameEntries: [], note: '' }, { amends: slip.id })
    expect(await sweep(), 'what an import takes off').toBe(1)
  })

  test('what stood before it is told all the same when something comes after', async () => {
    await clear()
    const session = await byAct(all.shell, all.home.thea, chart(), 'session-started.v1', { protocol: 'solo-six' })
    await sendAndDie('mara', message())
    await send('mona', vitals(session))
    await send('thea', pill())
    expect(await told()).toEqual(['message Thea', 'reopened Pia', 'reopened Thea'])
  })

  test('answers that an import brought along open their path on the chart, and call nobody', async () => {
    const old = danger()
    await sendAndDie('mara', old)
    await byAct(all.shell, all.home.thea, chart(), 'imported.v1', { source: 'county clinic', resource: 'QuestionnaireResponse/1', sha256: 'ab'.repeat(32), becameEntries: [old.id], note: '' })
    await sweep()
    expect(await told()).toEqual([])
    await send('mara', danger())
    expect(await told()).toEqual(['on-call Dina', 'on-call Dirk', 'risk Thea'])
  })
})

describe('what the server writes by itself', () => {
  const body = (id: string) => ({ clearance: id, edition: 'test', rules: [{ rule: 'O14', says: 'x', action: 'override', facts: [] }] })
  const find = async (judgedTo: number) => {
    const id = (await entries()).findLast((each) => each.kind === 'clearance.v1')!.id
    return asJob(all.shell, all.home.practice, (client) => appendFound(client, all.home.practice, { chart: chart(), kind: 'clearance-reopened.v1', at: NOW, body: body(id), judgedTo }, NOW))
  }
  test('is not written about a clearance once another was signed', async () => {
    await clear()
    const judgedTo = await lastSeq()
    await clear(LATER)
    expect(await find(judgedTo)).toBeUndefined()
    expect(await reopenings()).toEqual([])
    expect(await find(await lastSeq())).toMatchObject({ kind: 'clearance-reopened.v1', seq: await lastSeq() })
  })

  test('nobody writes it who is signed in, by any way, and a job writes nothing else so', async () => {
    const id = await clear()
    for (const { token } of all.actors.filter(({ practice }) => practice === all.home.practice)) {
      expect((await ask(all, 'append', token, { params: { chart: chart() }, body: { entries: [draft('clearance-reopened.v1', body(id))] } })).statusCode).toBeGreaterThan(400)
      await expect(byAct(all.shell, { token } as never, chart(), 'clearance-reopened.v1', body(id))).rejects.toThrow()
      await expect(all.shell.database.inContext(token, { durable: false }, ({ client }) => client.query('select app.append_found($1, $2, 99, $3)', [chart(), { id, kind: 'clearance-reopened.v1' }, NOW]))).rejects.toMatchObject({ code: 'not-allowed' })
    }
    for (const kind of ['clearance.v1', 'fact.v1', 'order.v1', 'nothing.v1']) await expect(asJob(all.shell, all.home.practice, (client) => client.query('select app.append_found($1, $2, 99, $3)', [chart(), { id, kind }, NOW]))).rejects.toMatchObject({ code: 'not-allowed' })
    await expect(asJob(all.shell, all.away.practice, (client) => client.query('select app.append_found($1, $2, 99, $3)', [chart(), { id, kind: 'clearance-reopened.v1' }, NOW]))).rejects.toMatchObject({ code: 'not-found' })
    expect(await reopenings()).toEqual([])
  })

  test('another practice’s charts are not followed', async () => {
    await sendAndDie('mara', message())
    expect(await asJob(all.shell, all.away.practice, (client) => chartsToFollow(client, all.home.practice))).toEqual([])
    await followUp(all.shell, all.away.practice)
    expect(await told()).toEqual([])
  })
})
