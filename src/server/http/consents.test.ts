import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { consentForms } from '../../knowledge/consents.ts'
import { addChart } from '../testing/practice.ts'
import { ask, byAct, device, draft, world, type World } from '../testing/world.ts'
import { consentSha256 } from './consents.ts'

let all: World
let chart: string
beforeAll(async () => { all = await world() })
afterAll(() => all.close())
beforeEach(async () => {
  const { home, shell } = all
  chart = await addChart(shell.database, home.owner, 'Mara Sample', [{ person: home.thea, role: 'therapist' }, { person: home.mona, role: 'monitor' }], home.mara)
})

const [form] = consentForms
const right = () => ({
  id: randomUUID(), device, form: form!.form, version: form!.version, textSha256: consentSha256(form), acknowledged: form!.risks.map(({ id }) => id),
  choices: Object.fromEntries(form!.choices.map(({ id, options }) => [id, options[0]!])), typedName: 'Mara Sample',
})
const sign = (body: object) => ask(all, 'signConsent', all.home.mara.token, { params: { chart }, body })
const consentsKept = async () => (await ask(all, 'entries', all.home.mara.token, { params: { chart } })).json().entries.filter(({ kind }: StoredEntry) => kind === 'consent.v1') as StoredEntry[]

test('what is kept is what was shown: the digest of the words, each risk, the name and the server’s time', async () => {
  const sent = right()
  expect((await sign(sent)).statusCode).toBe(200)
  expect((await sign(sent)).statusCode, 'sent twice').toBe(200)
  const [kept, ...more] = await consentsKept()
  expect(more).toEqual([])
  expect(kept!.body).toMatchObject({ textSha256: consentSha256(form), acknowledged: sent.acknowledged, signature: { person: all.home.mara.person, name: 'Mara Sample', meaning: 'consent', method: 'typed-name' } })
  expect(kept!.by).toBe(all.home.mara.person)
})

test('whoever takes the chart along reads who signed: the patient by name, and nobody as a stranger', async () => {
  expect((await sign(right())).statusCode).toBe(200)
  const { owner, thea } = all.home
  await byAct(all.shell, owner, chart, 'escort-named.v1', { name: 'Lena', phone: '1', relationship: '', adult: true })
  for (const as of ['html', 'fhir'] as const) {
    const { body } = await ask(all, 'export', thea.token, { params: { chart }, query: { as } })
    expect(body).toContain(as === 'html' ? 'Mara Sample' : 'Patient/')
    expect(body).not.toMatch(/somebody no longer listed here/i)
  }
})

describe('what is not accepted, and stores nothing', () => {
  const CASES: [string, () => object, number, string][] = [
    ['another wording', () => ({ ...right(), textSha256: '0'.repeat(64) }), 409, 'consent.changed'],
    ['an older version', () => ({ ...right(), version: '2025-01' }), 409, 'consent.changed'],
    ['a form nobody has', () => ({ ...right(), form: 'anything' }), 404, 'not-found'],
    ...form!.risks.map(({ id, says }): [string, () => object, number, string] => [`a risk not ticked: ${says.slice(0, 40)}`, () => ({ ...right(), acknowledged: right().acknowledged.filter((one) => one !== id) }), 409, 'step.blocked']),
    ...consentForms.flatMap((one) => one.choices.map(({ id }): [string, () => object, number, string] => [`${one.form}: a choice not made: ${id}`, () => ({ ...right(), form: one.form, version: one.version, textSha256: consentSha256(one), acknowledged: one.risks.map((risk) => risk.id), choices: {} }), 409, 'step.blocked'])),
    ['no name', () => ({ ...right(), typedName: ' ' }), 422, 'request.malformed'],
  ]
  test.each(CASES)('%s', async (_, body, status, code) => {
    const answer = await sign(body())
    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(await consentsKept()).toEqual([])
  })
})

test('nothing is signed between a dose and the end of its session, while taking consent back is never refused', async () => {
  const { home, shell } = all
  const session = await byAct(shell, home.thea, chart, 'session-started.v1', { protocol: 'solo-six' })
  expect((await sign(right())).statusCode, 'before the dose').toBe(200)
  await byAct(shell, home.mona, chart, 'dose-given.v1', { step: 1, doseUg: 35_000 }, { session })
  const during = await sign(right())
  expect([during.statusCode, during.json().code]).toEqual([409, 'consent.not-now'])
  for (const who of [home.mara, home.thea, home.mona]) {
    const taken = await ask(all, 'append', who.token, { params: { chart }, body: { entries: [draft('consent-withdrawn.v1', { form: 'touch', said: 'no hands today' }, { session })] } })
    expect(taken.statusCode).toBe(201)
  }
  await byAct(shell, home.thea, chart, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session })
  expect((await sign(right())).statusCode, 'after discharge').toBe(200)
})
