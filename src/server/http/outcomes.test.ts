import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Response } from '../../core/contract/contract.ts'
import { readChart } from '../../core/chart/chart.ts'
import { courseRows } from '../../core/outcomes/practice/course-row.ts'
import { practiceFigures } from '../../core/outcomes/practice/figures.ts'
import { milestones } from '../../core/outcomes/practice/milestones.ts'
import type { Group } from '../../core/outcomes/practice/small-groups.ts'
import { checkAggregate } from '../../core/registry/aggregate/check.ts'
import { tally } from '../../core/outcomes/practice/tallies.ts'
import { phq9Answers } from '../../core/measures/fixtures.ts'
import { drawn, generated } from '../../core/outcomes/practice/testing/generated.ts'
import { figureRows } from '../../core/outcomes/practice/testing/rows.ts'
import { countOutcomes, recountOutcomes, rowsOf } from '../outcomes.ts'
import { sha256 } from '../registry.ts'
import { editionInForce } from '../rulebook.ts'
import { readEntries } from '../store/charts.ts'
import { readTallies } from '../store/outcome-tallies.ts'
import { putGenerated } from '../testing/generated-patients.ts'
import { addPerson, type TestPerson } from '../testing/practice.ts'
import { answered, ask, done, world, type World } from '../testing/world.ts'
import { asJob } from './job.ts'

/** Fourteen generated patients who became patients of this practice, eleven of them with Thea. */
const PATIENTS = 14
let all: World
let dina: TestPerson
const charts: string[] = []
beforeAll(async () => {
  all = await world()
  const { shell, home: { owner, thea, tomas, practice } } = all
  dina = await addPerson(shell.database, practice, owner, 'Dina', ['medical-director'])
  charts.push(...await putGenerated(all.admin, { practice, therapist: thea.person }, 0, 11), ...await putGenerated(all.admin, { practice, therapist: tomas.person }, 11, PATIENTS))
  await countOutcomes(shell, practice)
})
afterAll(() => all.close())

const shown = (who: TestPerson, query: Record<string, string> = {}) => done(answered(all, 'outcomes', who, { query })) as Promise<Response<'outcomes'>>
const job = <T>(work: Parameters<typeof asJob<T>>[2]) => asJob(all.shell, all.home.practice, work)

describe('who sees figures', () => {
  test('neither who treats nor who keeps the desk, nor the patient', async () => {
    for (const who of [all.home.thea, all.home.pia, all.home.mona, all.home.cora, all.home.mara]) expect((await ask(all, 'outcomes', who.token)).statusCode).toBe(403)
  })
  test('the owner and the medical director, and nobody’s name is in them', async () => {
    for (const who of [all.home.owner, dina]) {
      const answer = await shown(who)
      expect(answer.figures.begun).toBe(PATIENTS)
      expect(JSON.stringify(answer)).not.toMatch(/Generated|Mara/)
    }
  })
})

describe('what the database counts', () => {
  const today = '2026-11-21'
  const numbers = Array.from({ length: PATIENTS }, (_, number) => number)
  /** Every chart of this practice, read whole and counted one after the other. */
  async function oneByOne(day = today) {
    return job(async (client) => {
      const asked = { client, actor: { practice: all.home.practice } as never }
      const rows = rowsOf(await editionInForce(asked), 'America/Los_Angeles')
      const patients = []
      for (const [at, chart] of charts.entries()) {
        const read = readChart(await readEntries(asked, chart))
        const courses = courseRows(read, rows)
        const { askedAt, openedAt } = generated(numbers[at]!)
        patients.push({ courses, asked: { receivedAt: askedAt, called: true, reached: milestones(read, courses, openedAt, rows) } })
      }
      return tally(patients.flatMap(({ courses }) => courses), patients.map(({ asked: one }) => one), day)
    })
  }

  async function expectSame(day?: string) {
    const [kept, counted] = [await job((client) => readTallies(client, all.home.practice)), await oneByOne(day)]
    const groups: [Group, ...Group[]] = [{ by: 'all', value: '', year: '' }, ...counted.cells.flatMap((cell): Group[] => [{ by: 'all', value: '', year: cell.year }, { by: 'route', value: cell.route, year: '' }])]
    for (const group of groups) expect(practiceFigures(kept, group, figureRows)).toEqual(practiceFigures(counted, group, figureRows))
    return practiceFigures(kept, groups[0], figureRows)
  }
  const rowsKept = async () => (await all.admin.query('select what, cell, says, people from app.outcome_tally where practice_id = $1 and people > 0 order by 1, 2, 3', [all.home.practice])).rows

  test('is what the charts say, one by one, in every group', async () => {
    expect(await expectSame()).toMatchObject({ begun: PATIENTS, measures: [{ instrument: 'phq-9', begun: PATIENTS }, { instrument: 'gad-7' }] })
  })

  test('comes out the same when everything is told again', async () => {
    const stored = async () => {
      const { rows } = await all.admin.query(`select (select json_agg(t order by chart_id, number) from app.outcome_course t where practice_id = $1) as courses, (select json_agg(t order by chart_id, number, instrument) from app.outcome_measure t where practice_id = $1) as measures,
        (select json_agg(t order by chart_id, number, term) from app.outcome_event t where practice_id = $1) as events, (select json_agg(t order by entry_id) from app.outcome_score t where practice_id = $1) as scores, (select json_agg(json_build_array(chart_id, up_to, rules, asked_year, reached_days) order by chart_id) from app.outcome_chart t where practice_id = $1) as charts`, [all.home.practice])
      return rows[0]
    }
    const before = await stored()
    expect(before.scores.length).toBeGreaterThan(PATIENTS * 10)
    await recountOutcomes(all.shell, all.home.practice)
    expect(await stored()).toEqual(before)
  })

  test('stays so whatever is written, corrected, taken back or told by other rules, and whatever day it is', async () => {
    const { admin, home: { practice, thea } } = all
    const draw = drawn(7)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)]!
    const instead = (kind: string, body: object, of: string) => admin.query(
      `with old as (select * from app.entry where practice_id = $1 and chart_id = $2 and kind = $5 order by abs(seq - $6), seq limit 1), grown as (update app.stream s set last_seq = s.last_seq + 1 from old where s.practice_id = $1 and s.stream_id = old.stream_id returning s.last_seq)
       insert into app.entry (practice_id, stream_id, chart_id, seq, id, kind, at, written_at, received_at, by_person, device, session_id, amends, body, digest)
       select $1, $2, $2, grown.last_seq, gen_random_uuid(), $3, old.at, old.at, old.at, old.by_person, old.device, old.session_id, old.id, $4::jsonb || case when $3 = old.kind then jsonb_build_object('instrument', old.body->'instrument') else '{}' end, repeat('0', 64) from old, grown`,
      [practice, pick(charts), kind, JSON.stringify(body), of, Math.floor(draw() * 40)])
    const acts = [
      () => instead('measure-answered.v1', { version: '2026-1', language: 'en', answers: phq9Answers(Math.floor(draw() * 25)), answeredBy: 'patient' }, 'measure-answered.v1'),
      () => instead('session-note.v1', { text: 'Not so.' }, 'side-effect.v1'),
      () => admin.query(`update app.outcome_chart set rules = 'other' where practice_id = $1 and chart_id = $2`, [practice, pick(charts)]),
      async () => { const number = 1_000 + numbers.length; charts.push(...await putGenerated(admin, { practice, therapist: thea.person }, number, number + 1)); numbers.push(number) },
    ]
    for (const day of ['2026-11-21', '2024-06-10', '2024-07-20', '2024-06-30', '2026-11-21']) {
      all.shell.clock.set!(`${day}T17:00:00.000Z`)
      await admin.query('set session_replication_role = replica')
      for (let times = 0; times < 6; times += 1) await pick(acts)()
      await admin.query('set session_replication_role = origin')
      await countOutcomes(all.shell, practice)
      await expectSame(day)
      const kept = await rowsKept()
      await admin.query('update app.outcome_practice set day = null where practice_id = $1', [practice])
      await countOutcomes(all.shell, practice)
      expect(kept).toEqual(await rowsKept())
    }
    expect(numbers.length).toBeGreaterThan(PATIENTS)
  }, 20_000)

  test('is shown as of when it was counted, and hears of a new patient with the next round, and of nothing twice', async () => {
    const { shell, home: { owner, thea, practice } } = all
    const before = await shown(owner)
    shell.clock.set!('2026-11-21T18:00:00.000Z')
    charts.push(...await putGenerated(all.admin, { practice, therapist: thea.person }, 900, 901))
    const { countedAt, figures } = await shown(owner)
    expect(figures.begun).toBe(before.figures.begun)
    expect(countedAt < '2026-11-21T18:00:00.000Z').toBe(true)
    expect(await countOutcomes(shell, practice)).toBe(1)
    expect(await shown(owner)).toMatchObject({ countedAt: expect.stringMatching(/^2026-11-21T18:00/), figures: { begun: before.figures.begun! + 1 } })
    expect(await countOutcomes(shell, practice)).toBe(0)
  })

  test('hears of an inquiry that opened no chart', async () => {
    const { shell, admin, home: { owner, practice } } = all
    const asked = async () => { await countOutcomes(shell, practice); return (await shown(owner)).figures.funnel.slice(0, 2).map(({ people }) => people) }
    const [before, called] = await asked() as [number, number]
    const { rows: [{ id }] } = await admin.query(`insert into app.inquiry (practice_id, inquiry_id, received_at, name) values ($1, gen_random_uuid(), '2026-11-20T10:00:00.000Z', 'Ina') returning inquiry_id as id`, [practice])
    expect(await asked()).toEqual([before + 1, called])
    await admin.query(`update app.inquiry set call = '{"outcome":"not-now"}', received_at = '2025-11-20T10:00:00.000Z' where inquiry_id = $1`, [id])
    expect(await asked()).toEqual([before + 1, called + 1])
  })
})

describe('a small group', () => {
  test('is not offered and has no figures, and its rows cannot be asked for', async () => {
    const { choices } = await shown(all.home.owner)
    expect(choices.by.route.length + choices.hidden.route).toBeGreaterThan(1)
    const small = ['IM', 'IV', 'SL'].find((route) => !choices.by.route.includes(route))!
    const query = { by: 'route', value: small }
    expect((await shown(all.home.owner, query)).figures).toMatchObject({ begun: null, measures: [], kept: null, events: null })
    expect((await ask(all, 'outcomesBehind', all.home.owner.token, { query: { ...query, figure: 'measure', name: 'phq-9' } })).json()).toMatchObject({ code: 'outcomes.few' })
  })
})

describe('the rows behind a figure', () => {
  const behind = (who: TestPerson, figure = 'measure', name = 'phq-9') => done(answered(all, 'outcomesBehind', who, { query: { figure, name } })) as Promise<Response<'outcomesBehind'>>
  test('for whoever treats nobody: how many there are, and no name', async () => {
    expect(await behind(all.home.owner)).toEqual({ rows: [], others: charts.length })
  })
  test('of every figure: the curve, a side effect, a step', async () => {
    await all.admin.query(`update app.outcome_course set kept = 'followed', kept_days = 20, relapsed = false, to_response_days = 5, response_days = 9 where practice_id = $1 and kept <> 'followed'`, [all.home.practice])
    await all.admin.query('update app.outcome_practice set day = null where practice_id = $1', [all.home.practice])
    await countOutcomes(all.shell, all.home.practice)
    const { figures: { kept, events, funnel } } = await shown(all.home.owner)
    await all.shell.database.inContext(all.home.owner.token, { durable: true }, async ({ client }) => {
      for (const chart of charts.slice(1)) await client.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, 'medical-director', '2026-11-01T09:00:00.000Z')`, [all.home.practice, chart, dina.person])
    })
    const sizes = { kept: kept!.n, event: events![0]!.any.events, step: funnel.find(({ step }) => step === 'last-dose')!.people!, measure: charts.length }
    for (const [figure, name, fact] of [['kept', '', 'days'], ['event', events![0]!.term, 'grade'], ['step', 'last-dose', 'days'], ['measure', 'phq-9', 'response']] as const) {
      const { rows, others } = await behind(dina, figure, name)
      expect([figure, rows.length + others]).toEqual([figure, sizes[figure]])
      expect(rows.some((row) => row[fact] !== null)).toBe(true)
    }
    expect((await ask(all, 'outcomesBehind', dina.token, { query: { figure: 'event', name: 'nothing-such' } })).json()).toMatchObject({ code: 'outcomes.few' })
    await all.admin.query(`delete from app.care_team where person_id = $1 and role = 'medical-director'`, [dina.person])
  }, 10_000)
  test('for somebody on a team: those charts by name, with both scores, and how many others', async () => {
    await all.shell.database.inContext(all.home.owner.token, { durable: true }, ({ client }) => client.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, 'medical-director', '2026-11-01T09:00:00.000Z')`, [all.home.practice, charts[0], dina.person]))
    const { rows, others } = await behind(dina)
    expect(others).toBe(charts.length - 1)
    expect(rows).toEqual([expect.objectContaining({ chart: charts[0], name: 'Generated 0', number: 1, baseline: expect.any(Number) })])
  })
})

describe('what may leave for a registry', () => {
  test('is told in numbers to the owner and the director alone, and the file of counts is sound and names nobody', async () => {
    const { rows } = await all.admin.query<{ charts: number; people: number }>('select count(*)::int as charts, (select count(distinct chart_id)::int from app.outcome_course where practice_id = $1) as people from app.chart where practice_id = $1', [all.home.practice])
    const { charts, people } = rows[0]!
    expect(people).toBeGreaterThan(PATIENTS)
    for (const who of [all.home.thea, all.home.cora, all.home.mara]) for (const route of ['registry', 'registryAggregate'] as const) expect((await ask(all, route, who.token)).statusCode).toBe(403)
    expect(await done(answered(all, 'registry', dina))).toMatchObject({ patients: charts, agreed: 0, withdrawn: 0, notAsked: charts, fewest: 10, groups: 1, people })
    const answer = await ask(all, 'registryAggregate', all.home.owner.token)
    expect(answer.headers['content-disposition']).toMatch(/attachment; filename="registry-counts-\d{4}-/)
    expect(answer.body).not.toMatch(/Generated|Mara/)
    expect(checkAggregate(answer.json(), { sha256, fewest: 10 })).toMatchObject({ faults: [], file: { cells: [{ people }] } })
  })
})
