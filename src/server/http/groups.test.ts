import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { readChart } from '../../core/chart/chart.ts'
import { contract, routeNames } from '../../core/contract/contract.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { tellChanges } from '../jobs/tell-changes.ts'
import { narrowLink, type VisitLink } from '../store/narrow-links.ts'
import { addChart } from '../testing/practice.ts'
import { groupWorld, type GroupWorld } from '../testing/group.ts'
import { ask, device, draft } from '../testing/world.ts'
import { keepMoved } from './answer-moved.ts'

/** Two patients who have visits together: booked, moved, left and cancelled for all or for nobody, and neither told of the other. */
let at: GroupWorld
let group: string
const entries = async (chart: string) => ((await at.desk('entries', { params: { chart } })) as unknown as { entries: StoredEntry[] }).entries
const standing = async (chart: string) => standingVisits(readChart(await entries(chart) as never))
const own = async (chart: string, visit: string) => (await standing(chart)).find((one) => one.visit === visit)
const places = async (visit: string) => (await at.all.admin.query<{ state: string; patients: number; people: number; rooms: number }>(`select v.state, (select count(*)::int from app.visit_patient x where x.visit_id = v.visit_id and x.active) as patients,
  (select count(*)::int from app.visit_person x where x.visit_id = v.visit_id and x.active) as people, (select count(*)::int from app.visit_room x where x.visit_id = v.visit_id and x.active) as rooms from app.visit v where v.visit_id = $1`, [visit])).rows[0]!
const act = (more: object = {}) => ({ id: randomUUID(), device, ...more })
const both = () => [at.mara, at.nora]
function signal() {
  let say = () => {}
  const heard = new Promise<void>((resolve) => { say = resolve })
  return { heard, say: () => say() }
}

beforeAll(async () => {
  at = await groupWorld()
  group = await at.make('Tuesday group')
}, 60_000)
afterAll(() => at.all.close())

describe('who belongs together', { timeout: 60_000 }, () => {
  test('each chart says that it joined, by whom, and names nobody else', async () => {
    for (const chart of both()) expect((await entries(chart)).filter(({ kind }) => kind === 'group-joined.v1')).toMatchObject([{ by: at.home.cora.person, body: { group, name: 'Tuesday group', kind: 'couple' } }])
  })
  test.each([
    ['a name that says who is in it', { name: 'Nora and others' }, 'name'], ['one person twice', { charts: 'twice' }, 'members'], ['a leader who is no therapist', { leaders: 'monitor' }, 'leaders'],
  ])('refused: %s', async (_, wrong: { name?: string; charts?: string; leaders?: string }, code) => {
    const body = { ...act(), name: wrong.name ?? 'Evening group', kind: 'group', open: true, charts: wrong.charts ? [at.mara, at.mara] : both(), leaders: [wrong.leaders ? at.home.mona.person : at.home.thea.person] }
    expect(await at.desk('makeGroup', { body })).toMatchObject({ status: 422, code: 'group.refused', list: [{ code }] })
    expect((await at.all.admin.query('select from app.care_group where group_id = $1', [body.id])).rowCount).toBe(0)
  })
  test('seen by the desk and by those who lead it, and by nobody else', async () => {
    const seen = async (who: { token: string }) => (await ask(at.all, 'group', who.token, { params: { group } })).statusCode
    expect([await seen(at.home.cora), await seen(at.home.owner), await seen(at.home.thea), await seen(at.home.tomas), await seen(at.home.mona), await seen(at.home.mara), await seen(at.home.nora), await seen(at.all.away.owner)]).toEqual([200, 200, 200, 404, 404, 403, 403, 404])
  })
})

describe('planned and booked', { timeout: 60_000 }, () => {
  test('what each of them cannot do otherwise counts, whoever of them said it; where that never meets, it says so', async () => {
    const plan = (own: readonly object[]) => at.done(at.desk('planGroup', { params: { group }, body: { types: ['medicine', 'integration'], wishes: { earliest: '2026-12-01' }, own } }))
    const only = (chart: string, ...days: number[]) => ({ chart, days: { medicine: days }, hard: true })
    const met = await plan([only(at.mara, 2, 3), only(at.nora, 3, 4)])
    const days = met.proposals[0]!.visits.filter(({ type }) => type === 'medicine').map(({ localStart }) => new Date(`${localStart}:00Z`).getUTCDay())
    expect([days.length > 0, new Set(days)]).toEqual([true, new Set([3])])
    const never = await plan([only(at.mara, 2), only(at.nora, 4)])
    expect([never.proposals, never.impossible.length > 0]).toEqual([[], true])
  })
  test('one visit on both charts, with a monitor for each, or nothing', async () => {
    const { proposals: [first] } = await at.done(at.plan(group))
    expect(first!.visits.filter(({ type }) => type === 'medicine').every(({ people }) => people.filter(({ role }) => role === 'monitor').length === 2)).toBe(true)
    expect(first!.alone.map(({ name, visits }) => [name, visits > 0]).toSorted()).toEqual([['Mara Sample', true], ['Nora Second', true]])
    // Somebody takes Nora's last hour meanwhile: nobody gets anything.
    const last = first!.visits.at(-1)!
    const other = randomUUID()
    await at.all.admin.query(`insert into app.visit (practice_id, visit_id, type, during, local_start, zone) values ($1, $2, 'intake', tstzrange($3, $4), 'x', 'UTC')`, [at.home.practice, other, last.startsAt, last.endsAt])
    await at.all.admin.query(`insert into app.visit_patient (practice_id, visit_id, chart_id, during) values ($1, $2, $3, tstzrange($4, $5))`, [at.home.practice, other, at.nora, last.startsAt, last.endsAt])
    expect(await at.book(group, first!.visits)).toMatchObject({ status: 409, code: 'plan.clash' })
    for (const chart of both()) expect(await standing(chart)).toEqual([])
    expect((await at.all.admin.query(`select from app.visit where type = 'medicine'`)).rowCount).toBe(0)
    await at.all.admin.query('update app.visit_patient set active = false where visit_id = $1', [other])
    const id = randomUUID()
    for (let times = 0; times < 2; times++) expect(await at.book(group, first!.visits, id)).toMatchObject({ status: 200, booked: first!.visits.length })
    for (const chart of both()) {
      expect((await standing(chart)).map(({ visit }) => visit).toSorted()).toEqual(first!.visits.map(({ visit }) => visit).toSorted())
      expect((await entries(chart)).filter(({ kind }) => kind === 'visits-booked.v1')).toHaveLength(1)
    }
    expect(await places(first!.visits[0]!.visit)).toMatchObject({ state: 'booked', patients: 2, rooms: 1 })
  })
  test('what each has alone is planned around it, and the visit together is neither moved nor booked from one chart', async () => {
    const [visit] = (await standing(at.mara)).filter(({ type }) => type === 'medicine')
    for (const [name, asked] of [
      ['move', { body: { device, moves: [{ id: randomUUID(), to: visit, why: '' }] } }], ['askMoves', { body: act({ moves: [{ to: { ...visit, startsAt: visit!.startsAt.replace(':00.000Z', ':30.000Z') }, why: '' }] }) }],
      ['proposeMove', { params: { visit: visit!.visit }, body: { wishes: { earliest: '2026-12-01' } } }], ['book', { body: act({ visits: [{ ...visit, visit: randomUUID() }] }) }],
    ] as const) expect(await at.desk(name, { ...asked, params: { chart: at.mara, ...('params' in asked ? asked.params : {}) } }), name).toMatchObject({ status: 409, code: 'visit.together' })
    const alone = await at.done(at.desk('plan', { params: { chart: at.mara }, body: { earliest: '2026-12-01' } }))
    const mine = (alone as unknown as { proposals: { visits: { type: string }[] }[] }).proposals[0]!.visits
    expect(mine.map(({ type }) => type)).not.toContain('medicine')
    await at.done(at.desk('book', { params: { chart: at.mara }, body: act({ visits: mine }) }))
  })
  test('of two groups that want the last room at once, one gets it', async () => {
    const third = await addChart(at.all.shell.database, at.home.owner, 'Third Person', [{ person: at.home.thea, role: 'therapist' }])
    const fourth = await addChart(at.all.shell.database, at.home.owner, 'Fourth Person', [{ person: at.home.thea, role: 'therapist' }])
    for (const chart of [third, fourth]) await at.done(at.desk('append', { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'A', familyName: 'B', birthDate: '1986-03-14' })] } }))
    for (const chart of [third, fourth]) await at.done(at.desk('chooseProtocol', { params: { chart }, body: act({ protocol: 'solo-six' }) }))
    const [one, two] = [await at.make('Morning group', [third, fourth]), await at.make('Evening group', [third, fourth])]
    const { proposals: [plan] } = await at.done(at.plan(one, ['preparation']))
    const answers = await Promise.all([at.book(one, plan!.visits), at.book(two, plan!.visits.map((visit) => ({ ...visit, visit: randomUUID() })))])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect(await standing(third)).toHaveLength(plan!.visits.length)
  })
  test('the database itself lets no room hold one more than it has places for, of two at once one', async () => {
    const { visit } = (await at.shown(group))[0]!
    const charts = await Promise.all(['Fifth', 'Sixth', 'Seventh'].map((name) => addChart(at.all.shell.database, at.home.owner, `${name} Person`)))
    const add = (chart: string, then: (judge: () => Promise<unknown>) => Promise<unknown> = (judge) => judge()) => at.all.shell.database.inContext(at.home.cora.token, { durable: false }, async ({ client }) => {
      await client.query(`insert into app.visit_patient (practice_id, visit_id, chart_id, during) select practice_id, visit_id, $2, during from app.visit where visit_id = $1`, [visit, chart])
      await then(() => client.query('set constraints all immediate'))
    })
    await add(charts[0]!)
    // Both have written before either is judged, and the second is judged before the first is done.
    const [written, judged] = [signal(), signal()]
    const first = add(charts[1]!, async (judge) => { await written.heard; await judge(); judged.say(); await new Promise((resolve) => { setTimeout(resolve, 200) }) })
    const second = add(charts[2]!, async (judge) => { written.say(); await judged.heard; await judge() })
    expect(await Promise.allSettled([first, second])).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'visit.full' } }])
    await at.all.admin.query('delete from app.visit_patient where visit_id = $1 and chart_id = $2', [visit, charts[1]])
    await at.all.admin.query('delete from app.visit_patient where visit_id = $1 and chart_id = $2', [visit, charts[0]])
  })
})

describe('moved', { timeout: 60_000 }, () => {
  const last = async () => (await at.shown(group)).at(-1)!
  test('for everybody, each told on their own chart and not of the other', async () => {
    const visit = await last()
    const { to } = await at.done(at.desk('proposeGroupMove', { params: { group, visit: visit.visit }, body: {} }))
    const id = randomUUID()
    for (let times = 0; times < 2; times++) await at.done(at.desk('moveGroup', { params: { group, visit: visit.visit }, body: { id, device, to, why: 'The room is painted.' } }))
    for (const chart of both()) {
      expect((await own(chart, visit.visit))?.startsAt).toBe(to!.startsAt)
      expect((await entries(chart)).filter(({ kind }) => kind === 'change-told.v1')).toMatchObject([{ body: { way: 'moved', changes: [{ from: { startsAt: visit.startsAt }, to: { startsAt: to!.startsAt } }] } }])
    }
    expect(await places(visit.visit)).toMatchObject({ state: 'booked', patients: 2, rooms: 1 })
  })
  test('refused at an hour that breaks one member’s rule, and it says whose', async () => {
    const visit = await last()
    const [day] = (await standing(at.mara)).filter(({ group: together }) => together === undefined)
    const told = await at.desk('proposeGroupMove', { params: { group, visit: visit.visit }, body: { to: { localStart: day!.localStart, zone: day!.zone } } })
    expect([told.to, told.impossible.some(({ says }) => says.startsWith('Mara Sample:'))], JSON.stringify(told.impossible)).toEqual([null, true])
  })
  test('asked first: each by themselves; the old time stands until the desk moves it, and nobody’s answer moves it alone', async () => {
    const visit = await last()
    const { to } = await at.done(at.desk('proposeGroupMove', { params: { group, visit: visit.visit }, body: {} }))
    await at.done(at.desk('askGroup', { params: { group, visit: visit.visit }, body: act({ to }) }))
    expect((await last()).asked).toMatchObject({ answers: [{ state: 'waiting' }, { state: 'waiting' }] })
    expect(await at.desk('askGroup', { params: { group, visit: visit.visit }, body: act({ to }) })).toMatchObject({ code: 'change.waiting' })
    for (const chart of both()) expect((await own(chart, visit.visit))?.startsAt).toBe(visit.startsAt)
    // Each gets a link of their own; a yes answers for one and moves nothing.
    expect(await tellChanges({ ...at.all.shell, texts: false }, at.home.practice)).toBeGreaterThanOrEqual(2)
    const { rows: mails } = await at.all.admin.query<{ body: string; recipient: string }>(`select body, recipient from app.mail where body like '%/answer/%' and body like '%would like%'`)
    const of = (person: string) => mails.find(({ recipient }) => recipient.startsWith(person))!.body
    for (const [person, other] of [[at.home.mara.person, 'Nora'], [at.home.nora.person, 'Mara']] as const) expect(of(person)).not.toContain(other)
    const token = /\/answer\/(\S+)/.exec(of(at.home.mara.person))![1]!
    const link = (await narrowLink(at.all.shell.database, token, at.all.shell.clock.now())) as VisitLink
    expect(await keepMoved(at.all.shell, token, link, true)).toBe('kept')
    expect((await last()).asked?.answers.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual(['Mara Sample yes', 'Nora Second waiting'])
    for (const chart of both()) expect((await own(chart, visit.visit))?.startsAt).toBe(visit.startsAt)
    expect((await at.all.admin.query(`select from app.visit where state = 'held'`)).rowCount).toBe(1)
    const [told] = (await entries(at.nora)).filter(({ kind, body }) => kind === 'change-told.v1' && (body as { way: string }).way === 'asked')
    expect(await at.desk('settleChange', { params: { chart: at.nora, told: told!.id }, body: act({ how: 'taken-back' }) })).toMatchObject({ code: 'visit.together' })
    await at.done(at.desk('takeBackGroup', { params: { group, visit: visit.visit }, body: act() }))
    expect((await last()).asked).toBe(null)
    expect((await at.all.admin.query(`select from app.visit where state = 'held'`)).rowCount).toBe(0)
  })
})

describe('agreed to one hour and moved to another', { timeout: 60_000 }, () => {
  test('whoever said yes is told of the other, like everybody', async () => {
    const last = async () => (await at.shown(group)).at(-1)!
    const visit = await last()
    const proposed = async (to?: object) => (await at.done(at.desk('proposeGroupMove', { params: { group, visit: visit.visit }, body: to ? { to } : {} }))).to
    const asked = (await proposed())!
    await at.done(at.desk('askGroup', { params: { group, visit: visit.visit }, body: act({ to: asked }) }))
    await tellChanges({ ...at.all.shell, texts: false }, at.home.practice)
    // The link to an earlier question of hers leads nowhere any more.
    const { rows: mails } = await at.all.admin.query<{ body: string }>(`select body from app.mail where body like '%/answer/%' and body like '%would like%' and recipient like $1`, [`${at.home.mara.person}%`])
    for (const { body } of mails) {
      const token = /\/answer\/(\S+)/.exec(body)![1]!
      const link = (await narrowLink(at.all.shell.database, token, at.all.shell.clock.now())) as VisitLink | undefined
      if (link) await keepMoved(at.all.shell, token, link, true)
    }
    expect((await last()).asked?.answers.map(({ name, state }) => `${name} ${state}`).toSorted()).toEqual(['Mara Sample yes', 'Nora Second waiting'])
    const day = asked.localStart.slice(0, 10)
    const others = await Promise.all(['09:00', '10:00', '11:00', '13:00', '14:00'].map((hour) => proposed({ localStart: `${day}T${hour}`, zone: asked.zone })))
    const other = others.find((one) => one && one.startsAt !== asked.startsAt)!
    await at.done(at.desk('moveGroup', { params: { group, visit: visit.visit }, body: act({ to: other, why: 'Another hour after all.' }) }))
    for (const chart of both()) {
      const told = (await entries(chart)).filter(({ kind, body }) => kind === 'change-told.v1' && (body as { way: string }).way === 'moved').at(-1)?.body as { changes: { to: { startsAt: string } }[] } | undefined
      expect(told?.changes.map(({ to }) => to.startsAt)).toEqual([other.startsAt])
    }
  })
})

test('what is held for a group stays held for the others when one chart lets go of what is held for it', { timeout: 60_000 }, async () => {
  const visit = (await at.shown(group)).at(-1)!
  const { to } = await at.done(at.desk('proposeGroupMove', { params: { group, visit: visit.visit }, body: {} }))
  await at.done(at.desk('askGroup', { params: { group, visit: visit.visit }, body: act({ to }) }))
  const held = async () => (await at.all.admin.query<{ visit: string }>(`select visit_id as visit from app.visit where state = 'held'`)).rows
  const [{ visit: id } = { visit: '' }] = await held()
  expect(await places(id)).toMatchObject({ patients: 2, rooms: 1 })
  await at.done(at.desk('letGo', { params: { chart: at.mara }, body: act() }))
  expect(await places(id)).toMatchObject({ state: 'held', patients: 1, rooms: 1 })
  await at.done(at.desk('takeBackGroup', { params: { group, visit: visit.visit }, body: act() }))
  expect(await places(id)).toEqual({ state: 'cancelled', patients: 0, people: 0, rooms: 0 })
})

describe('one of them, and what the other learns', { timeout: 60_000 }, () => {
  test('a patient moves no visit of the group, and cancels for herself alone', async () => {
    const visit = (await at.shown(group)).at(-1)!
    const { mara } = at.home
    const slots = await at.by(mara, 'ownSlots', { params: { chart: at.mara, visit: visit.visit } })
    expect(slots).toMatchObject({ status: 200, how: 'not', why: 'together', slots: [] })
    expect(await at.by(mara, 'ownMove', { params: { chart: at.mara, visit: visit.visit }, body: act({ startsAt: visit.startsAt }) })).toMatchObject({ status: 409, code: 'visit.not-by-patient', list: [{ code: 'together' }] })
    await at.done(at.by(mara, 'ownCancel', { params: { chart: at.mara, visit: visit.visit }, body: act({ reason: 'patient-ill' }) }))
    expect([await own(at.mara, visit.visit), (await own(at.nora, visit.visit))?.startsAt]).toEqual([undefined, visit.startsAt])
    expect(await places(visit.visit)).toMatchObject({ state: 'booked', patients: 1, rooms: 1 })
    await at.done(at.desk('cancelVisit', { params: { chart: at.nora, visit: visit.visit }, body: act({ why: 'Nobody is left.' }) }))
    expect(await places(visit.visit)).toEqual({ state: 'cancelled', patients: 0, people: 0, rooms: 0 })
  })
  test('nobody is asked about a visit as missed by the other', async () => {
    const visit = (await at.shown(group)).at(-1)!
    await at.all.admin.query('select 1')
    expect(await at.desk('noShow', { params: { chart: at.mara, visit: visit.visit }, body: act() })).toMatchObject({ code: 'visit.not-begun' })
  })
  test('no route of a patient’s answers with the name, the chart or the person of the other', async () => {
    const { home, mara, nora } = at
    const hidden = ['Nora', 'Second', nora, home.nora.person]
    const { visit } = (await at.shown(group))[0]!
    const told: string[] = []
    const walked: string[] = []
    for (const name of routeNames.filter((one) => contract[one].method === 'GET' && contract[one].who !== 'anyone')) {
      const answer = await ask(at.all, name, home.mara.token, { params: { chart: mara, visit, group, document: randomUUID(), entry: randomUUID(), session: randomUUID(), room: randomUUID() }, query: { from: '2026-12-01', to: '2026-12-10', as: 'ndjson' } })
      if (answer.statusCode === 200) walked.push(name)
      const found = hidden.filter((word) => answer.body.includes(word))
      if (found.length > 0) told.push(`${name}: ${found.join(', ')}`)
    }
    expect(told).toEqual([])
    expect(walked).toEqual(expect.arrayContaining(['chart', 'entries', 'course', 'home', 'ownSlots', 'ownFee', 'access', 'export']))
    // The same walk sees what it would have to see: her own name.
    expect((await ask(at.all, 'entries', home.mara.token, { params: { chart: mara } })).body).toContain('Tuesday group')
  })
  test('cancelled for everybody', async () => {
    const visit = (await at.shown(group)).at(-1)!
    for (let times = 0; times < 2; times++) await at.done(at.desk('cancelGroup', { params: { group, visit: visit.visit }, body: { ...act(), why: 'The room is painted.', reason: 'practice' } }))
    for (const chart of both()) expect(await own(chart, visit.visit)).toBe(undefined)
    expect(await places(visit.visit)).toEqual({ state: 'cancelled', patients: 0, people: 0, rooms: 0 })
  })
  test('who leaves the group leaves its coming visits, and the other keeps them', async () => {
    const before = (await at.shown(group)).map(({ visit }) => visit)
    expect(before.length).toBeGreaterThan(0)
    await at.done(at.desk('leaveGroup', { params: { group }, body: act({ chart: at.mara, why: 'Another weekday.' }) }))
    expect((await standing(at.mara)).filter(({ group: together }) => together)).toEqual([])
    expect((await standing(at.nora)).map(({ visit }) => visit)).toEqual(expect.arrayContaining(before))
    expect((await entries(at.mara)).filter(({ kind }) => kind === 'group-left.v1')).toMatchObject([{ body: { name: 'Tuesday group', why: 'Another weekday.' } }])
  })
})

describe('written down', { timeout: 60_000 }, () => {
  const clock = () => at.all.shell.clock as unknown as { set: (now: string) => void }
  const notesOn = async (chart: string, visit: string) => (await entries(chart).then(() => at.all.admin.query<{ kind: string; body: Record<string, unknown> }>(`select kind, body from app.entry where stream_id = $1 and kind in ('visit-closed.v1', 'group-passage.v1') and body->>'visit' = $2 order by kind`, [chart, visit]))).rows
  const close = (visit: string, shared: string, said: readonly [chart: string, summary: string][], more: object = {}, who = at.home.thea) =>
    at.by(who, 'closeGroup', { params: { group, visit }, body: { ...act(), shared, notes: said.map(([chart, summary]) => ({ chart, startedAt: held.startsAt, endedAt: held.endsAt, outcome: 'completed', summary })), ...more } })
  const charts: string[] = []
  let held: { visit: string; startsAt: string; endsAt: string; type: string }
  beforeAll(async () => {
    for (const name of ['Lena Hill', 'Otto Vale']) charts.push(await addChart(at.all.shell.database, at.home.owner, name, [{ person: at.home.thea, role: 'therapist' }]))
    for (const chart of charts) {
      await at.done(at.desk('append', { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'A', familyName: 'B', birthDate: '1986-03-14' })] } }))
      await at.done(at.desk('chooseProtocol', { params: { chart }, body: act({ protocol: 'solo-six' }) }))
    }
    group = await at.make('Winter group', charts)
    const { proposals: [plan] } = await at.done(at.plan(group, ['preparation']))
    await at.done(at.book(group, plan!.visits))
    held = plan!.visits[0]!
    clock().set(held.endsAt)
  }, 60_000)

  test('names of others are pointed out before it is signed, in the shared words and in one’s own', async () => {
    const told = await close(held.visit, 'The group breathed. Otto led.', [[charts[0]!, 'Calm, beside Vale.'], [charts[1]!, 'Otto rested.']])
    expect(told).toMatchObject({ status: 422, code: 'group.refused' })
    expect(told.list.map(({ says }) => says).toSorted()).toEqual(['“Otto Vale” is named in what everybody’s chart gets.', '“Otto Vale” is named in what goes to the chart of Lena Hill.'])
    for (const chart of charts) expect(await notesOn(chart, held.visit)).toEqual([])
  })
  test('each gets the shared words and their own, and nothing of the other’s', async () => {
    const body = { id: randomUUID() }
    for (let times = 0; times < 2; times++) await at.done(close(held.visit, 'The group breathed together.', [[charts[0]!, 'Wept, and was glad of it.'], [charts[1]!, 'Slept.']], body))
    for (const [chart, own, others] of [[charts[0]!, 'Wept, and was glad of it.', 'Slept.'], [charts[1]!, 'Slept.', 'Wept']] as const) {
      const notes = await notesOn(chart, held.visit)
      expect(notes).toMatchObject([{ kind: 'group-passage.v1', body: { text: 'The group breathed together.' } }, { kind: 'visit-closed.v1', body: { summary: own } }])
      expect(JSON.stringify(notes)).not.toContain(others)
    }
    expect(await close(held.visit, '', [[charts[0]!, 'Again.']])).toMatchObject({ code: 'group.refused', list: [{ code: 'closed' }] })
  })
  test('by nobody who is not on the care team of everybody it is about', async () => {
    await at.done(at.by(at.home.owner, 'keepGroup', { params: { group }, body: { open: true, leaders: [at.home.thea.person, at.home.tomas.person] } }))
    expect(await close(held.visit, '', [[charts[0]!, 'Again.']], {}, at.home.tomas)).toMatchObject({ status: 422, list: [{ code: 'team' }] })
  })
})
