import type pg from 'pg'
import type { BookedVisit, VisitType } from '../../core/chart/kinds/aftercare.ts'
import type { PlannedPerson, PlanningRun } from '../../core/contract/joint.ts'
import type { Lost } from '../../core/scheduling/joint-because.ts'
import type { JointProgress } from '../../core/scheduling/joint-progress.ts'
import type { Wish } from '../../core/scheduling/request.ts'
import type { Context } from './database.ts'

type Asked = Pick<Context, 'client' | 'actor'>

/** After so long without a word from the server that makes it, a joint plan is taken for lost. By the database's own clock: it is about a process, not about a day. */
const SILENT = `interval '30 seconds'`

/** The days and hours somebody is planned with. */
export interface PlannedWishes {
  readonly earliest: string
  readonly when: readonly Wish[]
  readonly online: readonly VisitType[]
}

/** What became of one who waits, as it is kept: the visits under the ids they are booked by. */
export interface KeptAnswer {
  readonly plan: { readonly visits: readonly BookedVisit[]; readonly score: NonNullable<PlannedPerson['plan']>['score']; readonly notes: readonly string[] } | null
  readonly impossible: PlannedPerson['impossible']
  readonly wouldHelp: readonly string[]
  readonly alone: PlannedPerson['alone']
  readonly because: readonly Lost[]
}

export interface KeptPlan {
  readonly chart: string
  readonly waitedDays: number
  readonly wishes: PlannedWishes
  readonly answer: KeptAnswer | null
  readonly state: PlannedPerson['state']
  readonly replannedAt: string | null
}

/** The practice's joint plan as it stands now, whoever makes it. */
export async function runNow({ client, actor }: Asked): Promise<Omit<PlanningRun, 'keptUntil'> | undefined> {
  const { rows } = await client.query<Omit<PlanningRun, 'keptUntil'>>({ name: 'planning-run', values: [actor.practice], text: `select r.run_id as run, case when r.state = 'running' and r.heard_at < clock_timestamp() - ${SILENT} then 'lost' else r.state end as state, p.given_name || ' ' || p.family_name as by,
      r.begun_at as "begunAt", r.ended_at as "endedAt", (select count(*)::int from app.planned_together t where t.practice_id = r.practice_id and t.run_id = r.run_id) as people, r.doing, r.step, r.of_steps as of, r.share::float as share, r.placed
    from app.planning_run r join app.person p on p.practice_id = r.practice_id and p.person_id = r.begun_by where r.practice_id = $1 order by r.begun_at desc limit 1` })
  return rows[0]
}

/** Takes the one place there is, in place of an earlier joint plan; false while another one is being made. */
export async function beginRun({ client, actor }: Asked, run: string, at: string, people: readonly Pick<KeptPlan, 'chart' | 'waitedDays' | 'wishes'>[]): Promise<boolean> {
  await client.query(`delete from app.planning_run where practice_id = $1 and (state <> 'running' or heard_at < clock_timestamp() - ${SILENT})`, [actor.practice])
  const { rowCount } = await client.query('insert into app.planning_run (practice_id, run_id, begun_by, begun_at) values ($1, $2, $3, $4) on conflict do nothing', [actor.practice, run, actor.person, at])
  if (rowCount !== 1) return false
  await client.query(`insert into app.planned_together (practice_id, run_id, chart_id, waited_days, wishes) select $1, $2, x.chart, x."waitedDays", x.wishes from jsonb_to_recordset($3::jsonb) as x(chart uuid, "waitedDays" integer, wishes jsonb)`, [actor.practice, run, JSON.stringify(people)])
  return true
}

/** The server that makes it says that it still does, and how far it is. False once nobody wants it any more. */
export async function hearRun(client: pg.PoolClient, practice: string, run: string, progress: (JointProgress & { readonly share: number }) | undefined): Promise<boolean> {
  const { rowCount } = await client.query(`update app.planning_run set heard_at = clock_timestamp(), doing = coalesce($3, doing), step = coalesce($4, step), of_steps = coalesce($5, of_steps), share = greatest(share, coalesce($6, share)), placed = coalesce($7, placed) where practice_id = $1 and run_id = $2 and state = 'running'`,
    [practice, run, progress?.doing ?? null, progress?.step ?? null, progress?.of ?? null, progress?.share ?? null, progress?.placed ?? null])
  return rowCount === 1
}

/** Whoever ends it first has ended it. */
export async function endRun(client: pg.PoolClient, practice: string, run: string, state: 'done' | 'stopped' | 'failed', at: string): Promise<boolean> {
  const { rowCount } = await client.query(`update app.planning_run set state = $3, ended_at = $4 where practice_id = $1 and run_id = $2 and state = 'running'`, [practice, run, state, at])
  return rowCount === 1
}

export async function keepAnswers(client: pg.PoolClient, practice: string, run: string, answers: ReadonlyMap<string, KeptAnswer>): Promise<void> {
  await client.query(`update app.planned_together t set answer = x.answer from jsonb_to_recordset($3::jsonb) as x(chart uuid, answer jsonb) where t.practice_id = $1 and t.run_id = $2 and t.chart_id = x.chart`,
    [practice, run, JSON.stringify([...answers].map(([chart, answer]) => ({ chart, answer })))])
}

const kept = `chart_id as chart, waited_days as "waitedDays", wishes, answer, state, replanned_at as "replannedAt"`

/** All who were planned, whoever has waited longest first. */
export async function plansOf({ client, actor }: Asked, run: string): Promise<KeptPlan[]> {
  const { rows } = await client.query<KeptPlan>({ name: 'planned-together', values: [actor.practice, run], text: `select ${kept} from app.planned_together where practice_id = $1 and run_id = $2 order by waited_days desc, chart_id` })
  return rows
}

export async function markPlan({ client, actor }: Asked, run: string, chart: string, state: 'booked' | 'held'): Promise<void> {
  await client.query('update app.planned_together set state = $4 where practice_id = $1 and run_id = $2 and chart_id = $3', [actor.practice, run, chart, state])
}

/** Another plan in place of one whose times were gone. */
export async function keepAgain({ client, actor }: Asked, run: string, chart: string, answer: KeptAnswer, at: string): Promise<void> {
  await client.query(`update app.planned_together set answer = $4, state = 'open', replanned_at = $5 where practice_id = $1 and run_id = $2 and chart_id = $3 and state <> 'booked'`, [actor.practice, run, chart, JSON.stringify(answer), at])
}

/** Joint plans that ended before a moment are no longer kept. What of them was booked or held stands where it stands. */
export async function forgetRuns(client: pg.PoolClient, practice: string, before: string): Promise<void> {
  await client.query('delete from app.planning_run where practice_id = $1 and ended_at < $2', [practice, before])
}

/** Those of these visits that are booked by now, from wherever it was done. */
export async function bookedAmong({ client, actor }: Asked, visits: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ visit: string }>({ name: 'booked-among', values: [actor.practice, visits], text: `select visit_id as visit from app.visit where practice_id = $1 and visit_id = any($2::uuid[]) and state = 'booked'` })
  return new Set(rows.map(({ visit }) => visit))
}
