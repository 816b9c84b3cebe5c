import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CourseDraft } from '../../core/course/own-course.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { edition as shippedName } from '../rulebook.ts'
import { createApp } from './app.ts'
import type { Shell, Site } from './shell.ts'
import { addChart } from '../testing/practice.ts'
import { byTwo } from '../testing/two-signatures.ts'
import { ask, byAct, device, draft, fingerprint, world, type World } from '../testing/world.ts'

/** Courses that a practice makes of others: who signs what, what is refused, and that nobody is moved by one. */
let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

const actor = (says: string) => all.actors.find((one) => one.says === says)!
const director = () => actor('medical director off the team')
const prescriber = () => actor('prescriber on the team')
const because = 'Two visits were enough in our last thirty courses.'
const draftOf = (name: string, changes: readonly (readonly [string, unknown, unknown])[], more: Partial<CourseDraft> = {}): CourseDraft =>
  ({ from: 'solo-six', name, says: 'Some visits to prepare, then medicine sessions.', replaces: false, changes: changes.map(([path, from, to]) => ({ path, from, to, reason: because })) as CourseDraft['changes'], ...more })
const fewer = (name: string) => draftOf(name, [['preparation.count', 3, 2], ['gates.preparationVisits', 3, 2]])
const shorter = (name: string) => draftOf(name, [['gates.clearanceValidDays', 90, 60]])

interface Editions { readonly inForce: number; readonly name: string; readonly broken: string | null; readonly editions: { readonly number: number; readonly moves: { dial: string; from: string; to: string; way: string; reason: string }[] }[] }
const editions = async () => (await ask(all, 'editions', all.home.thea.token)).json<Editions>()
const courses = async () => {
  const { inForce } = await editions()
  const { book } = (await ask(all, 'editionBook', all.home.thea.token, { params: { number: String(inForce) } })).json<{ book: string }>()
  return (JSON.parse(book) as { protocols: Record<string, Protocol> }).protocols
}
async function sign(who: ReturnType<typeof actor>, course: CourseDraft, { on, code, reason = 'agreed' }: { on?: number; code?: string; reason?: string } = {}) {
  return ask(all, 'adoptEdition', who.token, { body: { on: on ?? (await editions()).inForce, courses: [course], reason, code: code ?? (await all.codeOf(who)) } })
}
/** Looser than what it comes from: the medical director and a therapist. */
const signByTwo = async (course: CourseDraft) => byTwo(all, director(), actor('therapist on the team'), { on: (await editions()).inForce, courses: [course], reason: 'agreed' })
const adopt = async (protocol: string, who = director()) => ask(all, 'adoptProtocol', who.token, { body: { protocol, code: await all.codeOf(who) } })
const choose = (chart: string, protocol: string) => ask(all, 'chooseProtocol', all.home.thea.token, { params: { chart }, body: { id: randomUUID(), protocol, device } })
async function aChart() {
  const chart = await addChart(all.shell.database, all.home.owner, `Somebody ${randomUUID().slice(0, 4)}`, [{ person: all.home.thea, role: 'therapist' }])
  await ask(all, 'append', all.home.cora.token, { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'Somebody', familyName: 'Sample', birthDate: '1986-03-14' })] } })
  return chart
}
interface CourseSeen { readonly course: { readonly stage: string; readonly counts: { preparation: { needed: number } }; readonly next: { readonly title: string; readonly state: string; readonly blockedBy: { code: string; says: string }[] }; readonly safetyPlanWithinDays?: number }; readonly mayPlan: { readonly may: boolean; readonly says: string } }
const courseOf = async (chart: string) => (await ask(all, 'course', all.home.thea.token, { params: { chart } })).json<CourseSeen>()

describe('who signs a course', () => {
  test('a prescriber makes one that is tighter; it stands in the book with its digest and with what it departs in', async () => {
    expect((await sign(prescriber(), shorter('A shorter clearance'))).statusCode).toBe(200)
    const made = (await courses())['own-a-shorter-clearance']!
    expect(made.gates.clearanceValidDays).toBe(60)
    expect(made.figures['gates.clearanceValidDays']).toEqual({ tag: 'P', cites: ['P'] })
    expect(made.own).toMatchObject({ from: 'solo-six', root: 'solo-six', by: prescriber().person, reason: 'agreed', changes: [{ path: 'gates.clearanceValidDays', from: 90, to: 60, way: 'tighter' }] })
    expect((await editions()).editions.at(-1)!.moves).toEqual([
      { dial: 'courses/own-a-shorter-clearance', from: 'solo-six', to: 'own-a-shorter-clearance', way: 'tighter', reason: '' },
      { dial: 'courses/own-a-shorter-clearance/gates.clearanceValidDays', from: '90 days', to: '60 days', way: 'tighter', reason: because },
    ])
  })
  test('a prescriber does not make one that is looser; the medical director does, with a reason and a second signature', async () => {
    const before = await fingerprint(all.admin, ['audit', 'audit_seal', 'sign_in_session', 'server_key', 'credential'])
    expect((await sign(prescriber(), fewer('Two preparations'))).json()).toMatchObject({ code: 'rulebook.refused', list: [{ says: expect.stringContaining('medical director') }, {}] })
    const short = { ...fewer('Two preparations'), changes: fewer('').changes.map((change) => ({ ...change, reason: 'too short' })) }
    expect((await sign(director(), short)).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: 'reason' }, { code: 'reason' }] })
    const alone = await sign(director(), fewer('Two preparations'), { code: '000000' })
    expect([alone.statusCode, alone.json()]).toMatchObject([403, { code: 'rulebook.needs-two', list: [{ code: 'courses/own-two-preparations/preparation.count' }, { code: 'courses/own-two-preparations/gates.preparationVisits' }] }])
    expect((await sign(director(), shorter('Another clearance'), { code: '000000' })).json()).toMatchObject({ code: 'sign-in.code-refused' })
    expect(await fingerprint(all.admin, ['audit', 'audit_seal', 'sign_in_session', 'server_key', 'credential'])).toEqual(before)
    expect((await signByTwo(fewer('Two preparations'))).statusCode).toBe(200)
    expect(Object.keys(await courses())).toEqual(expect.arrayContaining(['own-a-shorter-clearance', 'own-two-preparations']))
  })
  test.each([['therapist on the team', 403], ['coordinator', 403], ['owner', 403], ['the patient herself', 403], ['owner of another practice', 403]])('%s may not', async (says, status) => expect((await sign(actor(says), shorter('Mine'), { code: '000000' })).statusCode).toBe(status))

  test.each([
    ['one person in the room', draftOf('Alone', [['peopleInRoom', 2, 1]]), 'floor'], ['a day between doses', draftOf('Daily', [['spacing.minHoursBetweenDoses', 48, 24]]), 'floor'], ['a clearance for longer', draftOf('Longer', [['gates.clearanceValidDays', 90, 180]]), 'floor'],
    ['a gate that asks for more than is planned', draftOf('Gate', [['preparation.count', 3, 2]]), 'inconsistent'], ['what is no figure', draftOf('Age', [['minimumAgeYears', 18, 12]]), 'unknown-figure'], ['what stands elsewhere', draftOf('Moved', [['preparation.count', 5, 2]]), 'moved-on'],
    ['a course that is none', draftOf('None', [], { from: 'solo-seven' }), 'unknown-course'], ['a name twice', shorter('Two preparations'), 'name'], ['that it takes the place of what ships', draftOf('In its place', [], { replaces: true }), 'replaced'],
  ])('the medical director is refused %s', async (_, one, code) => expect((await sign(director(), one)).json()).toMatchObject({ code: 'rulebook.refused', list: expect.arrayContaining([expect.objectContaining({ code })]) }))
  test('figures and a course are signed one after the other', async () => {
    const answer = await ask(all, 'adoptEdition', director().token, { body: { on: (await editions()).inForce, steps: [{ dial: 'monitoring/gates/fewestPeople', from: 2, to: 3, reason: '' }], courses: [shorter('Both')], reason: 'agreed', code: '000000' } })
    expect(answer.statusCode).toBe(422)
  })
  test('who signs on an edition that is no longer in force hears of it', async () => expect((await sign(director(), shorter('Late'), { on: 0 })).json()).toMatchObject({ code: 'rulebook.moved-on' }))
  test('turning a figure afterwards keeps the courses', async () => {
    const steps = [{ dial: 'eligibility/O04/qtcMs.moreThan', from: 500, to: 480, reason: '' }]
    expect((await ask(all, 'adoptEdition', director().token, { body: { on: (await editions()).inForce, steps, reason: 'agreed', code: await all.codeOf(director()) } })).statusCode).toBe(200)
    expect(Object.keys(await courses())).toEqual(expect.arrayContaining(['own-a-shorter-clearance', 'own-two-preparations']))
  })
})

describe('a course of one’s own in use', () => {
  const ID = 'own-two-preparations'
  test('is offered once the medical director has adopted it, and to nobody of another practice', async () => {
    const chart = await aChart()
    expect((await choose(chart, ID)).json()).toMatchObject({ code: 'protocol.refused', list: [{ code: 'not-adopted' }] })
    expect((await adopt(ID, prescriber())).statusCode).toBe(403)
    expect((await adopt(ID)).statusCode).toBe(200)
    expect((await choose(chart, ID)).statusCode).toBe(200)
    const { rows } = await all.admin.query<{ body: { protocol: string; edition: string } }>(`select body from app.entry where chart_id = $1 and kind = 'course-chosen.v1'`, [chart])
    expect(rows[0]!.body).toMatchObject({ protocol: ID, edition: (await editions()).name })
    expect((await courseOf(chart)).course.counts.preparation.needed).toBe(2)
    expect((await courseOf(chart)).mayPlan.may).toBe(true)
    const away = actor('owner of another practice')
    expect((await ask(all, 'rulebook', away.token)).json<{ protocols: unknown[] }>().protocols).toEqual([])
  })
  test('a patient is told by the course she is on until when a safety plan counts', async () => {
    await sign(prescriber(), draftOf('A fresher plan', [['gates.safetyPlanWithinDays', 90, 30]]))
    const chart = await aChart()
    await adopt('own-a-fresher-plan')
    expect((await courseOf(chart)).course.safetyPlanWithinDays).toBe(90)
    await choose(chart, 'own-a-fresher-plan')
    expect((await courseOf(chart)).course.safetyPlanWithinDays).toBe(30)
  })
  test('stands on the public page if the practice names it there, with its own figures; what nobody knows or ships switched off is left out and said', async () => {
    const [shown, warned]: [{ services: string[]; protocol: string }[], unknown[]] = [[], []]
    const site: Site = { renderSite: ({ practice, protocol }) => { shown.push({ services: practice.services.map(({ name }) => name), protocol: protocol.id }); return { status: 200, html: '' } }, readInquiry: () => ({ ok: false, refusal: 'trap' }), renderAnswer: () => ({ status: 404, html: '' }), readAnswer: () => ({ ok: false, problems: {} }) }
    const app = await createApp({ ...all.shell, site, log: { ...all.shell.log, warn: (said: unknown) => { warned.push(said) } } as unknown as Shell['log'] })
    const held = { ...draftOf('Five days here', []), from: 'pain-iv-5' }
    expect((await sign(prescriber(), held)).statusCode).toBe(200)
    const page = async (services: readonly string[], protocol: string) => {
      await all.admin.query(`update app.practice set settings = settings || $2 where practice_id = $1`, [all.home.practice, JSON.stringify({ services, protocol })])
      await all.admin.query(`update app.practice set name = case when practice_id = $1 then 'A practice' else name end`, [all.home.practice])
      await app.inject({ method: 'GET', url: '/' })
      return shown.at(-1)
    }
    expect(await page([ID, 'solo-six'], ID)).toEqual({ services: ['Two preparations', protocols['solo-six'].name], protocol: ID })
    expect(warned).toEqual([])
    expect(await page(['own-five-days-here', 'no-such-course', ID], 'own-five-days-here')).toEqual({ services: ['Two preparations'], protocol: ID })
    expect(warned).toEqual([{ course: 'own-five-days-here' }])
    await app.close()
  })
  test('what takes its place moves nobody, and new courses begin by it once it is adopted', async () => {
    const before = await aChart()
    await choose(before, ID)
    expect((await signByTwo({ ...draftOf('Two preparations', [['followUpDays', [7, 30, 90, 180], [7, 30, 90]], ['followUpWindowDays', [3, 7, 10, 21], [3, 7, 10]], ['follow-up.count', 4, 3]], { from: ID, replaces: true }) })).statusCode).toBe(200)
    expect((await choose(await aChart(), ID)).statusCode).toBe(200)
    expect((await adopt(`${ID}-2`)).statusCode).toBe(200)
    expect((await choose(await aChart(), ID)).json()).toMatchObject({ code: 'protocol.refused', list: [{ code: 'replaced' }] })
    const { rows } = await all.admin.query<{ protocol: string }>('select protocol from app.chart where chart_id = $1', [before])
    expect(rows[0]!.protocol).toBe(ID)
    expect((await courses())[ID]!.followUpDays).toEqual([7, 30, 90, 180])
    expect((await choose(before, `${ID}-2`)).statusCode).toBe(200)
  })
})

test('before it is signed it says who under way would see something else: names for their team, a number for others, and nobody is moved', async () => {
  const mine = await addChart(all.shell.database, all.home.owner, 'Vera Sample', [{ person: all.home.pia, role: 'prescriber' }, { person: all.home.thea, role: 'therapist' }])
  await ask(all, 'append', all.home.cora.token, { params: { chart: mine }, body: { entries: [draft('demographics.v1', { givenName: 'Vera', familyName: 'Sample', birthDate: '1986-03-14' })] } })
  await adopt('hanya-6')
  await choose(mine, 'hanya-6')
  for (const [number, day] of [[1, '2026-11-10'], [2, '2026-11-17']] as const) {
    const at = (clock: string) => `${day}T${clock}:00.000Z`
    await byAct(all.shell, all.home.thea, mine, 'visits-booked.v1', { visits: [{ visit: randomUUID(), type: 'preparation', number, startsAt: `2026-12-${number === 1 ? '01' : '08'}T17:00:00.000Z`, endsAt: `2026-12-${number === 1 ? '01' : '08'}T18:00:00.000Z`, localStart: `2026-12-${number === 1 ? '01' : '08'}T09:00`, zone: 'America/Los_Angeles', people: [], online: false }], why: at('09') })
  }
  const course = { ...draftOf('One orientation', [['preparation.count', 2, 1], ['gates.preparationVisits', 2, 1]]), from: 'hanya-6' }
  const preview = async (who: ReturnType<typeof actor>) => (await ask(all, 'previewCourse', who.token, { body: { on: (await editions()).inForce, course } })).json<{ looked: number; changed: number; named: { chart: string; name: string; bookings: string[] }[] }>()
  const head = await editions()
  expect(await preview(prescriber())).toEqual({ looked: 1, changed: 1, named: [{ chart: mine, name: 'Vera Sample', bookings: ['The protocol has no preparation 2.'] }] })
  expect(await preview(director())).toEqual({ looked: 1, changed: 1, named: [] })
  expect(await editions()).toEqual(head)
  expect((await ask(all, 'previewCourse', all.home.thea.token, { body: { on: head.inForce, course } })).statusCode).toBe(403)
})

describe('an edition that cannot be vouched for takes its courses with it', () => {
  const tamper = (sql: string) => all.admin.query(`alter table app.rulebook_edition disable trigger all; ${sql}; alter table app.rulebook_edition enable trigger all`)
  const newest = '(select max(number) from app.rulebook_edition)'
  test('nobody on one is read, planned, priced or started by another course in its place', async () => {
    const chart = await aChart()
    await choose(chart, 'own-two-preparations-2')
    await tamper(`delete from app.rulebook_edition where number = ${newest}`)
    const { course, mayPlan } = await courseOf(chart)
    expect(course).toMatchObject({ stage: 'Course not known here', counts: { preparation: { needed: 0 } }, next: { state: 'blocked', blockedBy: [{ code: 'course-unknown', says: expect.stringContaining('is not there') }] } })
    expect(course).not.toHaveProperty('safetyPlanWithinDays')
    expect(mayPlan.may).toBe(false)
    expect((await ask(all, 'home', all.home.thea.token)).json<{ rows: { chart: string; stage: string }[] }>().rows.find((row) => row.chart === chart)).toMatchObject({ stage: 'Course not known here' })
    const wishes = { earliest: '2026-12-01', days: {}, hard: false, blackout: [], online: [] }
    expect((await ask(all, 'plan', all.home.cora.token, { params: { chart }, body: wishes })).json()).toMatchObject({ code: 'plan.refused', list: [{ code: 'protocol' }] })
    expect((await ask(all, 'startSession', all.home.thea.token, { params: { chart }, body: { id: randomUUID(), device, order: randomUUID() } })).json()).toMatchObject({ code: 'rulebook.broken' })
    expect((await adopt('own-two-preparations-2')).json()).toMatchObject({ code: 'rulebook.broken' })
    expect((await choose(await aChart(), 'own-two-preparations-2')).json()).toMatchObject({ code: 'rulebook.broken' })
    // A new edition without it: the course is still nobody's, and its name never becomes another course.
    expect((await signByTwo(fewer('Two preparations'))).statusCode).toBe(200)
    expect(Object.keys(await courses()).filter((id) => id.startsWith('own-'))).toEqual(['own-two-preparations-3'])
    expect((await courseOf(chart)).course.next.blockedBy[0]!.says).toContain('“own-two-preparations-2”, does not stand in the rulebook')
    expect((await ask(all, 'startSession', all.home.thea.token, { params: { chart }, body: { id: randomUUID(), device, order: randomUUID() } })).json()).toMatchObject({ code: 'session.gates', list: [{ code: 'protocol', says: expect.stringContaining('does not stand') }] })
  })
})

test('after an update the courses stand as they were signed, beside the rows that ship then', async () => {
  const before = (await courses())['own-two-preparations-3']
  await all.admin.query(`alter table app.rulebook_edition disable trigger all; update app.rulebook_edition set shipped_sha256 = repeat('0', 64) where number = (select max(number) from app.rulebook_edition); alter table app.rulebook_edition enable trigger all`)
  // Another name for the same book: what was remembered is not what is asked for.
  const { broken } = await editions()
  expect(broken).toBeNull()
  expect((await courses())['own-two-preparations-3']).toEqual(before)
  expect((await courses())['solo-six']).toEqual(JSON.parse(JSON.stringify(protocols['solo-six'])))
  expect((await editions()).name).not.toBe(shippedName)
})

test('a running session is judged by the course that it was started by', async () => {
  await adopt('own-two-preparations-3')
  const session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'own-two-preparations-3', route: 'IM', order: randomUUID(), clearance: randomUUID(), consents: [randomUUID()], edition: (await editions()).name, number: 1, gates: [], people: [] })
  await all.admin.query(`update app.chart set protocol = 'no-such-course' where chart_id = $1`, [all.home.chart])
  const dose = () => draft('dose-given.v1', { step: 1, doseUg: 35_000, route: 'IM', order: randomUUID(), prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: all.home.thea.person, site: '', selfAdministered: false }, { session })
  const answer = (await ask(all, 'append', all.home.mona.token, { params: { chart: all.home.chart }, body: { entries: [dose()] } })).json<{ code: string; list: { says: string }[] }>()
  expect(answer.code).toBe('dose.gates')
  expect(answer.list.map(({ says }) => says).join(' ')).not.toContain('does not stand in the rulebook')
  expect(answer.list.length).toBeGreaterThan(1)
})
