import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { HomeQuestion } from '../../core/contract/charting.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, device, world, type World } from '../testing/world.ts'

/** What therapist and prescriber see at home of a clearance that new facts reopened, and of what they ask each other. */
let all: World
beforeEach(async () => { all = await world() })
afterEach(() => all.close())

const home = async (token: string) => (await ask(all, 'home', token)).json<{ notices: { kind: string; says: string }[]; questions: HomeQuestion[] }>()
const write = (token: string, ...entries: ReturnType<typeof draft>[]) => ask(all, 'append', token, { params: { chart: all.home.chart }, body: { entries } })
const reason = 'Weighed with the psychiatrist today.'
const clearance = (more: object = {}) => ({
  decision: 'cleared', conditions: [], reason: 'Seen.', overrides: [], lastSeq: 1_000, screening: { edition: 'test', decision: 'INCOMPLETE', met: [], unknown: [] },
  signature: { person: all.home.pia.person, name: 'Pia Sample', meaning: 'approval', method: 'one-time-code', signedAt: '2026-11-21T17:00:00.000Z' }, ...more,
})
const clear = async (more: object = {}) => byAct(all.shell, all.home.pia, all.home.chart, 'clearance.v1', { ...clearance(more), lastSeq: (await ask(all, 'chart', all.home.pia.token, { params: { chart: all.home.chart } })).json<{ lastSeq: number }>().lastSeq })
const pill = () => draft('medication.v1', { name: 'phenelzine', codes: [], dosage: '15 mg', status: 'active' })
const reopenings = async (token: string) => (await home(token)).notices.filter(({ kind }) => kind === 'reopened').map(({ says }) => says)

describe('a clearance that new facts reopen', () => {
  test('is told to therapist and prescriber, with the fact and the rule it met, and to nobody else', async () => {
    await clear()
    expect((await write(all.home.thea.token, pill())).statusCode).toBe(201)
    for (const { token } of [all.home.thea, all.home.pia]) expect(await reopenings(token)).toEqual([expect.stringMatching(/^Mara Sample: new facts reopened the medical clearance\. O14: .+ \(medications: phenelzine\)$/)])
    for (const { token } of [all.home.mona, all.home.cora, all.home.owner, all.home.tomas]) expect(await reopenings(token)).toEqual([])
  })

  test.each([
    ['a birth date put right', () => [draft('demographics.v1', { givenName: 'Mara', familyName: 'Sample', birthDate: '2012-03-14' })]],
    ['an indication in the intake', () => [draft('intake.v1', { presenting: 'x', psychiatricHistory: 'x', currentStatus: 'x', goals: ['x'], readiness: 5, readinessNote: '', supportNeeded: '', carePlan: '', indications: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'F32.3' }] })]],
  ])('also by %s', async (_, entries) => {
    await clear()
    const answer = await write(all.home.thea.token, ...entries())
    expect(answer.statusCode, answer.body).toBe(201)
    expect(await reopenings(all.home.pia.token)).toHaveLength(1)
  })

  test('a caution tells nobody, and nothing is reopened where nothing was signed', async () => {
    await write(all.home.thea.token, pill())
    expect(await reopenings(all.home.pia.token)).toEqual([])
    await clear({ overrides: [{ rule: 'O14', reason }], screening: { edition: 'test', decision: 'x', met: [{ rule: 'O14', says: 'x', action: 'override' }], unknown: [] } })
    await write(all.home.thea.token, draft('medication.v1', { name: 'sertraline', codes: [], dosage: '', status: 'active' }))
    expect(await reopenings(all.home.pia.token)).toEqual([])
  })

  test('whoever signs has looked again: their notice is done, and only theirs', async () => {
    await clear()
    await write(all.home.thea.token, pill())
    const actor = all.actors.find(({ says }) => says === 'prescriber on the team')!
    const lastSeq = (await ask(all, 'chart', actor.token, { params: { chart: all.home.chart } })).json<{ lastSeq: number }>().lastSeq
    const held = { decision: 'held', conditions: ['Two weeks without it.'], reason: 'A new medicine.', overrides: [], lastSeq }
    const answer = await ask(all, 'signClearance', actor.token, { params: { chart: all.home.chart }, body: { id: randomUUID(), device, code: await all.codeOf(actor), clearance: held } })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(await reopenings(all.home.pia.token)).toEqual([])
    expect(await reopenings(all.home.thea.token)).toHaveLength(1)
  })

  test.each([['cleared', ''], ['held', '   '], ['refused', '']])('%s without a why (“%s”) is refused, and nothing is signed', async (decision, why) => {
    const actor = all.actors.find(({ says }) => says === 'prescriber on the team')!
    const body = { id: randomUUID(), device, code: await all.codeOf(actor), clearance: { decision, conditions: [], reason: why, overrides: [], lastSeq: 1_000 } }
    const answer = await ask(all, 'signClearance', actor.token, { params: { chart: all.home.chart }, body })
    expect(answer.statusCode, answer.body).toBe(422)
    expect(answer.body).toContain('reason')
    expect((await all.admin.query(`select 1 from app.entry where chart_id = $1 and kind = 'clearance.v1'`, [all.home.chart])).rowCount).toBe(0)
  })

  test('what another prescriber decided meanwhile has to be read first: neither signs over the other', async () => {
    const actor = all.actors.find(({ says }) => says === 'prescriber on the team')!
    const { lastSeq } = (await ask(all, 'chart', actor.token, { params: { chart: all.home.chart } })).json<{ lastSeq: number }>()
    await clear()
    const hold = async (read: number) => ask(all, 'signClearance', actor.token, { params: { chart: all.home.chart }, body: { id: randomUUID(), device, code: await all.codeOf(actor), clearance: { decision: 'held', conditions: ['A letter.'], reason: 'A telephone call.', overrides: [], lastSeq: read } } })
    expect((await hold(lastSeq)).json<{ code: string }>().code).toBe('clearance.outdated')
    expect((await hold(lastSeq + 1)).statusCode).toBe(200)
  })

  test('a reason for a rule that is not met is refused: nobody signs ahead', async () => {
    const actor = all.actors.find(({ says }) => says === 'prescriber on the team')!
    const body = { id: randomUUID(), device, code: await all.codeOf(actor), clearance: { decision: 'cleared', conditions: [], reason: 'Seen.', overrides: [{ rule: 'O14', reason }], lastSeq: 1_000, expiresOn: '2026-12-01' } }
    const answer = await ask(all, 'signClearance', actor.token, { params: { chart: all.home.chart }, body })
    expect(answer.statusCode).toBe(409)
    expect(answer.json<{ list: { code: string; says: string }[] }>().list).toContainEqual({ code: 'O14', says: 'O14 is not met now, or is no rule to go on in spite of: no reason can be signed for it.' })
  })
})

describe('a question between colleagues', () => {
  const question = (dueAt?: string) => draft('question-asked.v1', { to: all.home.pia.person, text: 'May she fast for two hours only?', ...(dueAt ? { dueAt } : {}) })
  const asked = async (token: string) => (await home(token)).questions
  test('stands on both lists until it is answered, and is overdue from its time on', async () => {
    const late = question('2020-01-01T09:00:00.000Z')
    await write(all.home.thea.token, question(), late)
    expect(await asked(all.home.pia.token)).toMatchObject([{ question: late.id, overdue: true, mine: true, from: 'Thea Sample', name: 'Mara Sample', dueAt: '2020-01-01T09:00:00.000Z' }, { overdue: false, dueAt: null }])
    expect(await asked(all.home.thea.token)).toMatchObject([{ question: late.id, overdue: true, mine: false, to: 'Pia Sample' }, { mine: false }])
    await write(all.home.pia.token, draft('question-answered.v1', { question: late.id, text: 'Yes, for clear fluids.' }))
    for (const { token } of [all.home.thea, all.home.pia]) expect((await asked(token)).map(({ overdue }) => overdue)).toEqual([false])
  })

  test('is nobody else’s to read: not the desk’s, not a colleague’s off the team, not the patient’s', async () => {
    await write(all.home.thea.token, question())
    for (const { says, token } of all.actors.filter((one) => one.practice !== null && one.person !== all.home.thea.person && one.person !== all.home.pia.person)) {
      const answer = await ask(all, 'home', token)
      expect(answer.statusCode === 200 ? answer.json<{ questions: unknown[] }>().questions : [], says).toEqual([])
      expect(answer.body, says).not.toContain('two hours only')
    }
  })
})
