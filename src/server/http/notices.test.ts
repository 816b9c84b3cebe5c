import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { InquiryRow, StaffRow } from '../../core/contract/running.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { crisisCall } from '../../knowledge/call-sheet.ts'
import { passOn } from '../jobs/pass-on.ts'
import { answersFor, version } from '../sample/telling.ts'
import { addChart, draft, type TestPerson } from '../testing/practice.ts'
import { ask, inquiryOf, world, type World } from '../testing/world.ts'
import { asJob } from './job.ts'

/** Who is told of a danger, by name, until somebody has acknowledged it. */
const NOW = '2026-11-21T17:00:00.000Z'
let all: World
beforeEach(async () => { all = await world() })
afterEach(() => all.close())

const tokenOf = (says: string) => all.actors.find((one) => one.says === says)!.token
const WHO = { thea: 'therapist on the team', pia: 'prescriber on the team', mona: 'monitor on the team', dina: 'medical director on the team', tomas: 'therapist off the team', pavel: 'prescriber off the team', milo: 'monitor off the team', dirk: 'medical director off the team', cora: 'coordinator', olga: 'owner' } as const
type Name = keyof typeof WHO
interface Told { readonly id: string; readonly kind: string; readonly says: string }
const listOf = async (name: Name) => (await ask(all, 'home', tokenOf(WHO[name]))).json<{ notices: Told[] }>().notices
async function told(kind: string): Promise<Name[]> {
  const found: Name[] = []
  for (const name of Object.keys(WHO) as Name[]) if ((await listOf(name)).some((one) => one.kind === kind)) found.push(name)
  return found
}
const acknowledge = async (name: Name, kind: string) => ask(all, 'noticeDone', tokenOf(WHO[name]), { params: { id: (await listOf(name)).find((one) => one.kind === kind)!.id } })

/** A Saturday, nine in the morning at the practice: these people work then, the others do not. */
async function onDuty(...names: Name[]) {
  const { staff } = (await ask(all, 'practice', all.home.owner.token)).json<{ staff: StaffRow[] }>()
  for (const name of names) {
    const person = all.actors.find((one) => one.says === WHO[name])!.person
    const { name: _name, ...row } = staff.find((one) => one.person === person)!
    expect((await ask(all, 'keepStaff', all.home.owner.token, { body: { ...row, weekly: [{ weekday: 6, from: '08:00', to: '12:00' }] } })).statusCode).toBe(200)
  }
}
async function leaves(...names: Name[]) {
  for (const name of names) await all.admin.query('update app.person set active = false where person_id = $1', [all.actors.find((one) => one.says === WHO[name])!.person])
}

describe('a danger heard on the first call', () => {
  const call = (answers: Record<string, string> = {}, outcome: string | null = null) => ({ startedAt: NOW, endedAt: null, answers, outcome, note: '' })
  const log = (id: string, body: object, who: TestPerson = all.home.cora) => ask(all, 'logCall', who.token, { params: { id }, body })
  const seen = async (id: string) => (await ask(all, 'inquiries', all.home.cora.token)).json<{ inquiries: InquiryRow[] }>().inquiries.find((one) => one.id === id)!.crisis
  const newInquiry = () => inquiryOf(all, all.home.owner)

  test('an ordinary call tells nobody', async () => {
    const id = await newInquiry()
    expect((await log(id, call({ today: 'hard-but-steady' }, 'goes-on'))).statusCode).toBe(200)
    expect([await told('crisis'), await seen(id)]).toEqual([[], undefined])
  })

  test.each([['an answer of the sheet', { today: 'urgent' }, null], ['what came of the call', {}, 'crisis'], ['both', { today: 'urgent' }, 'crisis']] as const)('%s: clinicians on duty are told by name, and the desk sees that nobody has acknowledged it', async (_, answers, outcome) => {
    await onDuty('thea', 'pavel', 'mona', 'cora')
    const id = await newInquiry()
    const answer = await log(id, call(answers, outcome))
    expect(await told('crisis')).toEqual(['thea', 'pavel'])
    expect(answer.json<InquiryRow>().crisis).toEqual([{ name: 'Pavel Sample', toldAt: expect.any(String), acknowledgedAt: null }, { name: 'Thea Sample', toldAt: expect.any(String), acknowledgedAt: null }])
  })

  test('it stays, however often the call is saved and the list is read, until somebody acknowledges it; the desk then sees who', async () => {
    await onDuty('thea', 'pavel')
    const id = await newInquiry()
    for (let save = 0; save < 3; save += 1) await log(id, call({ today: 'urgent' }))
    await log(id, call({ today: 'urgent' }, 'crisis'))
    await log(id, call({ today: 'nothing-urgent' }))
    for (const name of ['thea', 'pavel'] as const) expect((await listOf(name)).filter(({ kind }) => kind === 'crisis')).toHaveLength(1)
    expect((await acknowledge('thea', 'crisis')).statusCode).toBe(200)
    expect(await told('crisis')).toEqual(['pavel'])
    expect((await seen(id))!.map(({ name, acknowledgedAt }) => [name, acknowledgedAt !== null])).toEqual([['Pavel Sample', false], ['Thea Sample', true]])
  })

  test('nobody but the one who was told can acknowledge it, and a second time changes nothing', async () => {
    await onDuty('thea')
    const id = await newInquiry()
    await log(id, call({}, 'crisis'))
    const notice = (await listOf('thea')).find(({ kind }) => kind === 'crisis')!.id
    for (const name of ['cora', 'olga', 'pia', 'dirk'] as const) expect((await ask(all, 'noticeDone', tokenOf(WHO[name]), { params: { id: notice } })).statusCode, name).toBe(404)
    expect((await seen(id))![0]!.acknowledgedAt).toBeNull()
    await ask(all, 'noticeDone', tokenOf(WHO.thea), { params: { id: notice } })
    const first = (await seen(id))![0]!.acknowledgedAt
    await ask(all, 'noticeDone', tokenOf(WHO.thea), { params: { id: notice } })
    expect((await seen(id))![0]!.acknowledgedAt).toBe(first)
  })

  test('two who write it down at once tell of it once', async () => {
    await onDuty('thea')
    for (let round = 1; round <= 10; round += 1) {
      const id = await newInquiry()
      // Held still by somebody else, both come to the same place before either goes on.
      await all.admin.query('begin')
      await all.admin.query('select 1 from app.inquiry where inquiry_id = $1 for update', [id])
      const both = [all.home.cora, all.home.owner].map((who) => log(id, call({ today: 'urgent' }), who))
      await new Promise((resolve) => setTimeout(resolve, 60))
      await all.admin.query('commit')
      await Promise.all(both)
      expect((await listOf('thea')).filter(({ kind }) => kind === 'crisis')).toHaveLength(round)
    }
  })

  test('heard again after it was acknowledged and had passed, it is told again', async () => {
    await onDuty('thea')
    const id = await newInquiry()
    await log(id, call({ today: 'urgent' }))
    await acknowledge('thea', 'crisis')
    await log(id, call({ today: 'urgent' }))
    expect(await told('crisis')).toEqual([])
    await log(id, call({ today: 'nothing-urgent' }))
    await log(id, call({ today: 'urgent' }))
    expect(await told('crisis')).toEqual(['thea'])
  })

  test('when it is nobody’s hours all clinicians are told, and where there is none the owner', async () => {
    await log(await newInquiry(), call({}, 'crisis'))
    expect(await told('crisis')).toEqual(['thea', 'pia', 'dina', 'tomas', 'pavel', 'dirk'])
    await all.admin.query('delete from app.notice')
    await leaves('thea', 'pia', 'dina', 'tomas', 'pavel', 'dirk')
    await log(await newInquiry(), call({}, 'crisis'))
    expect(await told('crisis')).toEqual(['olga'])
  })

  test('acknowledged by nobody in its minutes, it goes to the medical directors, once', async () => {
    await onDuty('thea')
    await log(await newInquiry(), call({}, 'crisis'))
    const sweep = (minutes: number) => asJob(all.shell, all.home.practice, (client) => passOn(client, all.home.practice, plusMinutes(NOW, minutes)), true)
    expect(await sweep(crisisCall.acknowledgedWithinMin)).toBe(0)
    expect(await sweep(crisisCall.acknowledgedWithinMin + 1)).toBe(1)
    expect(await sweep(crisisCall.acknowledgedWithinMin + 2)).toBe(0)
    expect(await told('unanswered')).toEqual(['dina', 'dirk'])
  })

  test('acknowledged in time it goes no further', async () => {
    await onDuty('thea', 'pavel')
    await log(await newInquiry(), call({}, 'crisis'))
    await acknowledge('pavel', 'crisis')
    expect(await asJob(all.shell, all.home.practice, (client) => passOn(client, all.home.practice, plusMinutes(NOW, 60)), true)).toBe(0)
  })

  test('another practice’s desk sees nothing of it', async () => {
    const id = await newInquiry()
    await log(id, call({}, 'crisis'))
    expect((await ask(all, 'inquiries', all.away.owner.token)).body).not.toContain('acknowledgedAt')
    expect((await ask(all, 'logCall', all.away.owner.token, { params: { id }, body: call({}, 'crisis') })).statusCode).toBe(404)
  })
})

describe('an answer about death or self-harm', () => {
  const answered = (chart: string, token: string, q9: number) => ask(all, 'append', token, { params: { chart }, body: { entries: [draft('measure-answered.v1', { instrument: 'phq-9', version: version('phq-9'), language: 'en', answers: answersFor('phq-9', 12, { q9 }), answeredBy: 'patient' })] } })
  const chartOf = (team: Parameters<typeof addChart>[3]) => addChart(all.shell.database, all.home.owner, 'Nora Sample', team, all.home.nora)

  test('is told to the team', async () => {
    expect((await answered(all.home.chart, all.home.mara.token, 1)).statusCode).toBe(201)
    expect(await told('risk')).toContain('thea')
    expect(await told('risk')).not.toContain('olga')
    expect((await listOf('thea'))[0]!.says).toContain('Mara Sample')
  })

  test('an answer of none tells nobody', async () => {
    await answered(all.home.chart, all.home.mara.token, 0)
    expect(await told('risk')).toEqual([])
  })

  test.each<[string, (chart: () => Promise<string>) => Promise<string>, readonly Name[]]>([
    ['with nobody on the team, the medical directors are told', (make) => make(), ['dina', 'dirk']],
    ['with nobody on the team and no director, the owner is', async (make) => { await leaves('dina', 'dirk'); return make() }, ['olga']],
  ])('%s', async (_, prepare, expected) => {
    const chart = await prepare(() => chartOf([]))
    expect((await answered(chart, all.home.nora.token, 2)).statusCode).toBe(201)
    expect(await told('risk')).toEqual(expected)
    expect((await listOf(expected[0]!))[0]!.says).toContain('Nora Sample')
  })

  test('a team whose only clinicians have left is a team without one', async () => {
    await leaves('thea', 'pia')
    await answered(all.home.chart, all.home.mara.token, 2)
    expect(await told('risk')).toEqual(expect.arrayContaining(['dina', 'dirk']))
  })

  test('a prescriber alone on the team hears of what names the therapist', async () => {
    const chart = await chartOf([{ person: all.home.pia, role: 'prescriber' }])
    await answered(chart, all.home.nora.token, 2)
    expect(await told('risk')).toEqual(['pia'])
  })

  test('acknowledged by nobody until it was due, it is passed on once; acknowledged, or spoken about, it is not', async () => {
    const sweep = (at: string) => asJob(all.shell, all.home.practice, (client) => passOn(client, all.home.practice, at), true)
    await answered(all.home.chart, all.home.mara.token, 2)
    expect(await sweep('2026-11-21T20:00:00.000Z'), 'before the day has ended').toBe(0)
    expect(await sweep('2026-11-22T09:00:00.000Z')).toBe(1)
    expect(await sweep('2026-11-22T10:00:00.000Z')).toBe(0)
    expect(await told('unanswered')).toEqual(expect.arrayContaining(['dirk']))
    await all.admin.query('delete from app.notice')
    const { rows } = await all.admin.query<{ id: string }>(`select id from app.entry where chart_id = $1 and kind = 'measure-answered.v1'`, [all.home.chart])
    await all.admin.query(`insert into app.notice (practice_id, notice_id, person_id, chart_id, kind, says, entry_id, created_at, answer_by) values ($1, $2, $3, $4, 'risk', 'x', $5, $6, $6)`, [all.home.practice, randomUUID(), all.home.thea.person, all.home.chart, rows[0]!.id, NOW])
    const tried = await ask(all, 'append', all.home.cora.token, { params: { chart: all.home.chart }, body: { entries: [draft('risk-contact.v1', { opened: rows[0]!.id, level: 'moderate', reached: false, decided: 'tried-again', note: 'Rang twice; nobody picked up.' })] } })
    expect(tried.statusCode, tried.body).toBe(201)
    expect(await sweep('2026-11-22T09:00:00.000Z'), 'nobody was reached').toBe(1)
    await all.admin.query(`delete from app.notice where kind = 'unanswered'`)
    const contact = await ask(all, 'append', all.home.thea.token, { params: { chart: all.home.chart }, body: { entries: [draft('risk-contact.v1', { opened: rows[0]!.id, level: 'moderate', reached: true, decided: 'safety-plan-and-follow-up', note: 'Spoke with her; safe with her sister tonight.' })] } })
    expect(contact.statusCode).toBe(201)
    expect(await sweep('2026-11-22T09:00:00.000Z')).toBe(0)
  })

  test('a message to a team without therapist and desk reaches the desk', async () => {
    const chart = await chartOf([])
    await ask(all, 'append', all.home.nora.token, { params: { chart }, body: { entries: [draft('message.v1', { topic: 'other', text: 'hello' })] } })
    expect(await told('message')).toEqual(['cora', 'olga'])
  })
})
