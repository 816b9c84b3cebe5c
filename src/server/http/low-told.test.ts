import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openRisks } from '../../core/measures/open-risks.ts'
import { readChart } from '../../core/chart/chart.ts'
import { shipped } from '../rulebook.ts'
import { version } from '../sample/telling.ts'
import { fromRow } from '../store/charts.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'

/** A low suicide interview: the therapist hears of it, no path opens, and no dose waits for it. */
let all: World
beforeEach(async () => { all = await world() })
afterEach(() => all.close())

const interview = (answers: object) => draft('measure-answered.v1', { instrument: 'c-ssrs', version: version('c-ssrs'), language: 'en', answers, answeredBy: 'clinician' })
const send = async (who: 'thea' | 'mona' | 'pia', entry: ReturnType<typeof draft>) => { const answer = await ask(all, 'append', all.home[who].token, { params: { chart: all.home.chart }, body: { entries: [entry] } }); expect(answer.statusCode, answer.body).toBe(201) }
const told = async () => (await all.admin.query<{ kind: string; name: string; says: string; answer_by: string | null }>('select n.kind, p.given_name as name, n.says, n.answer_by from app.notice n join app.person p using (practice_id, person_id) order by 1, 2')).rows
const paths = async () => {
  const { rows } = await all.admin.query<Record<string, unknown>>('select * from app.entry where stream_id = $1 order by seq', [all.home.chart])
  return openRisks(readChart(rows.map(fromRow)), '2026-11-21T18:00:00.000Z', { instruments: shipped.instruments, paths: shipped.risk.paths, followUpHours: shipped.risk.followUpHours.value, zone: 'UTC' })
}

describe('asked by somebody else', () => {
  test.each<[string, object]>([['question 1 alone', { q1: true, q2: false, q6Lifetime: false }], ['question 2 alone', { q1: false, q2: true, q3: false, q4: false, q5: false, q6Lifetime: false }], ['left half-way', { q1: true }]])('%s: the therapist is told once, and nothing opens', async (_, answers) => {
    await send('mona', interview(answers))
    expect(await told()).toMatchObject([{ kind: 'low', name: 'Thea', says: expect.stringMatching(/Low: the therapist hears of it today, and a safety plan is offered\./), answer_by: null }])
    expect(await paths()).toEqual([])
    await send('mona', draft('session-note.v1', { text: 'Later.' }))
    expect(await told()).toHaveLength(1)
  })

  test.each<[string, object, string[]]>([['none', { q1: false, q2: false, q6Lifetime: false }, []], ['moderate', { q1: true, q2: true, q3: true, q4: false, q5: false, q6Lifetime: false }, ['risk']], ['high', { q1: true, q2: true, q3: true, q4: true, q5: false, q6Lifetime: false }, ['risk']]])('%s is not told as low', async (_, answers, kinds) => {
    await send('mona', interview(answers))
    expect([...new Set((await told()).map(({ kind }) => kind))]).toEqual(kinds)
  })
})

test('whoever asked it themselves is not told what they know', async () => {
  await send('thea', interview({ q1: true, q2: false, q6Lifetime: false }))
  expect(await told()).toEqual([])
})

test('with no therapist on the team, those who answer for the practice hear of it', async () => {
  await all.admin.query(`update app.care_team set until = '2020-01-01T00:00:00.000Z' where chart_id = $1 and role = 'therapist'`, [all.home.chart])
  await send('mona', interview({ q1: true, q2: false, q6Lifetime: false }))
  expect((await told()).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['low']))
})

test('what an import brought along was answered elsewhere, and calls nobody', async () => {
  const old = interview({ q1: true, q2: false, q6Lifetime: false })
  await byAct(all.shell, all.home.thea, all.home.chart, 'imported.v1', { source: 'county clinic', resource: `QuestionnaireResponse/${randomUUID()}`, sha256: 'ab'.repeat(32), becameEntries: [old.id], note: '' })
  await send('mona', old)
  expect(await told()).toEqual([])
})
