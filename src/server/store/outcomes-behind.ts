import type pg from 'pg'
import type { Response } from '../../core/contract/contract.ts'
import { milestoneNames } from '../../core/outcomes/practice/milestones.ts'
import type { Cell } from '../../core/outcomes/practice/small-groups.ts'
import { SAYS, truth, wordOf } from './outcome-tallies.ts'

export type BehindRow = Response<'outcomesBehind'>['rows'][number]

/** Which figure is opened, of which courses, and for whom: on whose teams somebody is in one of these roles. */
export interface Opened {
  readonly figure: 'measure' | 'kept' | 'event' | 'step'
  /** Which questionnaire, side effect or step. */
  readonly name: string
  readonly cells: readonly Cell[]
  /** Of the inquiry, where a step is opened; every year where it is empty. */
  readonly year: string
  readonly day: string
  readonly person: string
  readonly roles: readonly string[]
  readonly most: number
}

const mine = `(select distinct chart_id from app.care_team where practice_id = $1 and person_id = $2 and until is null and role = any($3))`
const course = `h.chart_id as chart, h.display_name as name, c.number, c.first_dose::text as "firstDose", c.last_dose::text as "lastDose", c.protocol, c.finished`
const newest = 'order by c.first_dose desc nulls last, h.chart_id limit $4'

/** The rows behind a figure on the charts of somebody's teams, newest first, and how many of them there are. It is asked from the teams: how many other charts there are costs nothing. */
export async function coursesBehind(client: pg.PoolClient, practice: string, opened: Opened): Promise<{ rows: BehindRow[]; mine: number }> {
  const { text, values } = asking(opened)
  const { rows } = await client.query<Partial<BehindRow> & { says?: string; mine: number }>(text, [practice, opened.person, opened.roles, opened.most, ...values])
  return { rows: rows.map(({ says, mine: _, ...row }) => ({ ...nothing, ...row, ...(says === undefined ? {} : verdictsIn(says)) }) as BehindRow), mine: rows[0]?.mine ?? 0 }
}

const nothing = { number: null, firstDose: null, lastDose: null, protocol: null, finished: null, baseline: null, end: null, response: null, remission: null, reliable: null, worse: null, days: null, relapsed: null, grade: null }
const verdictsIn = (says: string) => Object.fromEntries((['response', 'remission', 'reliable', 'worse'] as const).map((name) => [name, truth(says[SAYS.indexOf(name)])]))

function asking({ figure, name, cells, year, day }: Opened): { text: string; values: unknown[] } {
  const words = cells.map(wordOf)
  const from = `from ${mine} m join app.chart h on h.practice_id = $1 and h.chart_id = m.chart_id`
  const courses = `${from} join app.outcome_course c on c.practice_id = $1 and c.chart_id = m.chart_id and c.cell = any($5)`
  const all = 'count(*) over ()::int as mine'
  if (figure === 'measure') return {
    text: `select ${course}, q.baseline::float8 as baseline, q.end_score::float8 as end, q.says, ${all} ${courses} join app.outcome_measure q on q.practice_id = $1 and q.chart_id = c.chart_id and q.number = c.number and q.instrument = $7 where c.settles_on <= $6::date ${newest}`, values: [words, day, name],
  }
  if (figure === 'kept') return { text: `select ${course}, c.kept_days as days, c.relapsed, ${all} ${courses} where c.settles_on <= $6::date and c.kept = 'followed' ${newest}`, values: [words, day] }
  if (figure === 'event') return { text: `select ${course}, e.grade, ${all} ${courses} join app.outcome_event e on e.practice_id = $1 and e.chart_id = c.chart_id and e.number = c.number and e.term = $6 ${newest}`, values: [words, name] }
  return {
    text: `select h.chart_id as chart, h.display_name as name, o.reached_days[$6::int] as days, c.number, c.first_dose::text as "firstDose", c.last_dose::text as "lastDose", c.protocol, c.finished, ${all}
      ${from} join app.outcome_chart o on o.practice_id = $1 and o.chart_id = m.chart_id left join app.outcome_course c on c.practice_id = $1 and c.chart_id = m.chart_id and c.number = (select min(f.number) from app.outcome_course f where f.practice_id = $1 and f.chart_id = m.chart_id)
      where o.asked_year is not null and ($5 = '' or o.asked_year = $5) and ${name === 'asked' ? '$6::int = 0' : name === 'called' ? `$6::int = 0 and exists (select from app.inquiry i where i.practice_id = $1 and i.chart_id = o.chart_id and i.call->>'outcome' is not null)` : 'o.reached_days[$6::int] is not null'} ${newest}`,
    values: [year, milestoneNames.findIndex((step) => step === name) + 1],
  }
}
