import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import { courseRows } from '../../core/outcomes/practice/course-row.ts'
import { practiceFigures } from '../../core/outcomes/practice/figures.ts'
import { milestones } from '../../core/outcomes/practice/milestones.ts'
import type { Group } from '../../core/outcomes/practice/small-groups.ts'
import { checkAggregate } from '../../core/registry/aggregate/check.ts'
import { tally } from '../../core/outcomes/practice/tallies.ts'
import { generated } from '../../core/outcomes/practice/testing/generated.ts'
import { figureRows } from '../../core/outcomes/practice/testing/rows.ts'
import { countOutcomes, recountOutcomes, rowsOf } from '../outcomes.ts'
import { sha256 } from '../registry.ts'
import { editionInForce } from '../rulebook.ts'
import { readEntries } from '../store/charts.ts'
import { readTallies } from '../store/outcomes.ts'
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

const shown = (who: TestPerson, query: Record<string, string> = {}) => done(answered(all, 'outcomes', who, { query }))
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
  async function oneByOne() {
    return job(async (client) => {
      const asked = { client, actor: { practice: all.home.practice } as never }
      const rows = rowsOf(await editionInForce(asked), 'America/Los_Angeles')
      const patients = []
      for (const [at, chart] of charts.entries()) {
        const read = readChart(await readEntries(asked, chart))
        const courses = courseRows(read, rows)
        patients.push({ courses, asked: { receivedAt: generated(at).askedAt, called: true, reached: milestones(read, courses, generated(at).openedAt, rows) } })
      }
      return tally(patients.flatMap(({ courses }) => courses), patients.map(({ asked: one }) => one), today)
    })
  }

  test('is what the charts say, one by one, in every group', async () => {
    const [kept, counted] = [await job((client) => readTallies(client, all.home.practice, today)), await oneByOne()]
    const groups: [Group, ...Group[]] = [{ by: 'all', value: '', year: '' }, ...counted.cells.flatMap((cell): Group[] => [{ by: 'all', value: '', year: cell.year }, { by: 'route', value: cell.route, year: '' }])]
    for (const group of groups) expect(practiceFigures(kept, group, figureRows)).toEqual(practiceFigures(counted, group, figureRows))
    expect(practiceFigures(kept, groups[0], figureRows)).toMatchObject({ begun: PATIENTS, measures: [{ instrument: 'phq-9', begun: PATIENTS }, { instrument: 'gad-7' }] })
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

  test('hears of a new answer with the next question, and of nothing twice', async () => {
    const before = await shown(all.home.owner)
    charts.push(...await putGenerated(all.admin, { practice: all.home.practice, therapist: all.home.thea.person }, 900, 901))
    expect((await shown(all.home.owner)).figures.begun).toBe(before.figures.begun + 1)
    expect(await countOutcomes(all.shell, all.home.practice)).toBe(0)
  })
})

describe('a small group', () => {
  test('is not offered and has no figures, and its rows cannot be asked for', async () => {
    const { choices } = await shown(all.home.owner)
    expect(choices.by.route.length + choices.hidden.route).toBeGreaterThan(1)
    const small = ['IM', 'IV', 'SL'].find((route) => !choices.by.route.includes(route))!
    const query = { by: 'route', value: small }
    expect((await shown(all.home.owner, query)).figures).toMatchObject({ begun: null, measures: [], kept: null, events: null })
    expect((await ask(all, 'outcomesBehind', all.home.owner.token, { query: { ...query, instrument: 'phq-9' } })).json()).toMatchObject({ code: 'outcomes.few' })
  })
})

describe('the rows behind a figure', () => {
  const behind = (who: TestPerson) => done(answered(all, 'outcomesBehind', who, { query: { instrument: 'phq-9' } }))
  test('for whoever treats nobody: how many there are, and no name', async () => {
    expect(await behind(all.home.owner)).toEqual({ rows: [], others: charts.length })
  })
  test('for somebody on a team: those charts by name, with both scores, and how many others', async () => {
    await all.shell.database.inContext(all.home.owner.token, { durable: true }, ({ client }) => client.query(`insert into app.care_team (practice_id, chart_id, person_id, role, since) values ($1, $2, $3, 'medical-director', '2026-11-01T09:00:00.000Z')`, [all.home.practice, charts[0], dina.person]))
    const { rows, others } = await behind(dina)
    expect(others).toBe(charts.length - 1)
    expect(rows).toEqual([expect.objectContaining({ chart: charts[0], name: 'Generated 0', number: 1, baseline: expect.any(Number) })])
  })
})

describe('what may leave for a registry', () => {
  test('is told in numbers to the owner and the director alone, and the file of counts is sound and names nobody', async () => {
    const charts = PATIENTS + 3
    for (const who of [all.home.thea, all.home.cora, all.home.mara]) for (const route of ['registry', 'registryAggregate'] as const) expect((await ask(all, route, who.token)).statusCode).toBe(403)
    expect(await done(answered(all, 'registry', dina))).toMatchObject({ patients: charts, agreed: 0, withdrawn: 0, notAsked: charts, fewest: 10, groups: 1, people: PATIENTS + 1 })
    const answer = await ask(all, 'registryAggregate', all.home.owner.token)
    expect(answer.headers['content-disposition']).toMatch(/attachment; filename="registry-counts-\d{4}-/)
    expect(answer.body).not.toMatch(/Generated|Mara/)
    expect(checkAggregate(answer.json(), { sha256, fewest: 10 })).toMatchObject({ faults: [], file: { cells: [{ people: PATIENTS + 1 }] } })
  })
})
