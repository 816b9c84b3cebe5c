import type pg from 'pg'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { iso } from './calendar.ts'

/** What became of a reminder, or of what the job says about a visit in its place. */
export type ReminderOutcome = 'sent' | 'failed' | 'unreachable' | 'not-wanted' | 'not-needed' | 'told'

export interface ReminderRow {
  readonly visit: string
  readonly chart: string
  /** The hour at which the visit stood. */
  readonly startsAt: string
  readonly step: string
  readonly outcome: ReminderOutcome
}

const COLUMNS = `visit_id as visit, chart_id as chart, to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startsAt", step, outcome`

export async function remindersFor(client: pg.PoolClient, practice: string, visits: readonly string[]): Promise<ReminderRow[]> {
  const { rows } = await client.query<ReminderRow>(`select ${COLUMNS} from app.reminder where practice_id = $1 and visit_id = any($2) order by made_at, step`, [practice, visits])
  return rows
}

/** A visit to come of one patient, and what was made of its reminders at the hour at which it stands: enough to see whether anything is due. */
export interface VisitAhead extends Pick<BookedVisit, 'visit' | 'type' | 'startsAt'> {
  readonly online: boolean
  readonly chart: string
  readonly made: readonly string[]
}

export async function visitsAhead(client: pg.PoolClient, practice: string, from: string, to: string): Promise<VisitAhead[]> {
  const { rows } = await client.query<VisitAhead>({
    name: 'visits-ahead', values: [practice, from, to],
    text: `select v.visit_id as visit, v.type, ${iso('lower(v.during)')} as "startsAt", v.online, x.chart_id as chart,
             array(select r.step from app.reminder r where r.practice_id = v.practice_id and r.visit_id = v.visit_id and r.chart_id = x.chart_id and r.starts_at = lower(v.during)) as made
        from app.visits_touching($2::timestamptz, $3::timestamptz) touching (id) join app.visit v on v.visit_id = touching.id
        join app.visit_patient x on x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active
       where v.practice_id = $1 and v.state = 'booked' and lower(v.during) > $2::timestamptz order by lower(v.during)`,
  })
  return rows
}

/** Writes it down, once: false where another server has, and then nothing else of it is done. */
export async function noteReminder(client: pg.PoolClient, practice: string, { visit, chart, startsAt, step, outcome }: ReminderRow, now: string): Promise<boolean> {
  const { rowCount } = await client.query('insert into app.reminder (practice_id, visit_id, chart_id, starts_at, step, outcome, made_at) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing', [practice, visit, chart, startsAt, step, outcome, now])
  return rowCount === 1
}

/** Whether a step was sent, or passed over, already. */
export async function isReminded(client: pg.PoolClient, practice: string, { visit, chart, step }: Pick<ReminderRow, 'visit' | 'chart' | 'step'>): Promise<boolean> {
  const { rowCount } = await client.query('select from app.reminder where practice_id = $1 and visit_id = $2 and chart_id = $3 and step = $4 limit 1', [practice, visit, chart, step])
  return rowCount !== null && rowCount > 0
}

/** How the message about each change of visits on a chart fared, by the entry that told of it. */
export async function changeMessages(client: pg.PoolClient, practice: string, chart: string): Promise<ReadonlyMap<string, Exclude<ReminderOutcome, 'told'>>> {
  const { rows } = await client.query<{ told: string; outcome: Exclude<ReminderOutcome, 'told'> }>(`select substr(step, 8) as told, outcome from app.reminder where practice_id = $1 and chart_id = $2 and step like 'change %'`, [practice, chart])
  return new Map(rows.map(({ told, outcome }) => [told, outcome]))
}

export interface ChangeToTell {
  readonly chart: string
  readonly told: string
}

/** Changes of visits that nobody was written to about yet, of the last days. */
export async function changesToTell(client: pg.PoolClient, practice: string, from: string): Promise<ChangeToTell[]> {
  const { rows } = await client.query<ChangeToTell>(
    `select e.chart_id as chart, e.id as told from app.entry e where e.practice_id = $1 and e.kind = 'change-told.v1' and e.received_at > $2
      and not exists (select from app.reminder r where r.practice_id = e.practice_id and r.chart_id = e.chart_id and r.step = 'change ' || e.id) order by e.received_at`, [practice, from])
  return rows
}

/** The session somebody came home from last, with what was sent after it already. */
export interface SessionToAskAfter {
  readonly chart: string
  readonly session: string
  readonly visit: string
  readonly startedAt: string
  readonly closedAt: string
  readonly made: readonly string[]
}

/** Of each chart the newest session with medicine that ended since, where it belongs to a booked visit. */
export async function sessionsToAskAfter(client: pg.PoolClient, practice: string, from: string): Promise<SessionToAskAfter[]> {
  const { rows } = await client.query<SessionToAskAfter>(
    `select c.chart, c.session, s.body->>'visit' as visit, s.at as "startedAt", c.at as "closedAt",
            array(select r.step from app.reminder r where r.practice_id = $1 and r.visit_id = (s.body->>'visit')::uuid and r.chart_id = c.chart and r.step like 'after %') as made
       from (select distinct on (e.chart_id) e.chart_id as chart, e.session_id as session, e.at, e.body from app.entry e where e.practice_id = $1 and e.kind = 'session-closed.v1' and e.received_at > $2 order by e.chart_id, e.seq desc) c
       join app.entry s on s.practice_id = $1 and s.id = c.session
      where s.body->>'visit' is not null and (c.body->>'how' <> 'not-dosed' or exists (select from app.entry d where d.practice_id = $1 and d.chart_id = c.chart and d.session_id = c.session and d.kind = 'dose-given.v1'))`, [practice, from])
  return rows
}

/** Whether it was said already how it is, at this rung. */
export async function saidAfter(client: pg.PoolClient, practice: string, { chart, session }: Pick<SessionToAskAfter, 'chart' | 'session'>, rung: string): Promise<boolean> {
  const { rows } = await client.query(`select from app.entry where practice_id = $1 and stream_id = $2 and kind = 'afterwards.v1' and body->>'session' = $3 and body->>'rung' = $4 limit 1`, [practice, chart, session, rung])
  return rows.length > 0
}

export interface Message {
  readonly channel: 'mail' | 'text'
  readonly to: string
  readonly subject: string
  readonly body: string
}

/** Puts a message into the outbox, in the transaction that writes down why. */
export async function post(client: pg.PoolClient, practice: string, message: Message, now: string): Promise<string> {
  const { rows } = await client.query<{ id: string }>('insert into app.mail (practice_id, mail_id, channel, recipient, subject, body, created_at) values ($1, gen_random_uuid(), $2, $3, $4, $5, $6) returning mail_id as id', [practice, message.channel, message.to, message.subject, message.body, now])
  return rows[0]!.id
}

export async function postReminder(client: pg.PoolClient, practice: string, { visit, chart, startsAt, step }: ReminderRow, message: Message, now: string): Promise<void> {
  const mail = await post(client, practice, message, now)
  await client.query('update app.reminder set mail_id = $6 where practice_id = $1 and visit_id = $2 and chart_id = $3 and starts_at = $4 and step = $5', [practice, visit, chart, startsAt, step, mail])
}

/** Reminders of visits to come that have not left after all this time, or that nobody took; and those that left after all. */
export async function judgeSent(client: pg.PoolClient, practice: string, now: string, waitsMin: number): Promise<ReminderRow[]> {
  await client.query(`update app.reminder r set outcome = 'sent' from app.mail m where r.practice_id = $1 and r.outcome = 'failed' and m.practice_id = r.practice_id and m.mail_id = r.mail_id and m.sent_at is not null`, [practice])
  const { rows } = await client.query<ReminderRow>(
    `update app.reminder r set outcome = 'failed' from app.mail m
      where r.practice_id = $1 and r.outcome = 'sent' and m.practice_id = r.practice_id and m.mail_id = r.mail_id and m.sent_at is null and r.starts_at > $2::timestamptz
        and m.created_at::timestamptz < $2::timestamptz - make_interval(mins => $3)
     returning r.visit_id as visit, r.chart_id as chart, to_char(r.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startsAt", r.step, r.outcome`, [practice, now, waitsMin])
  return rows
}

export interface Reached {
  readonly patient: string | null
  readonly name: string
  readonly givenName: string
  readonly email: string | null
  readonly phone: string | null
  readonly by: 'mail' | 'text' | 'none' | null
}

/** How the person of a chart is reached. Nobody who has died, and nobody whose access has ended, is written to. */
export async function reachedBy(client: pg.PoolClient, practice: string, chart: string): Promise<Reached | undefined> {
  const { rows } = await client.query<Reached>(
    `select c.patient_id as patient, c.display_name as name, coalesce(p.given_name, split_part(c.display_name, ' ', 1)) as "givenName", p.email, p.reminded_by as by,
            coalesce((select nullif(e.body->>'phone', '') from app.entry e where e.practice_id = c.practice_id and e.stream_id = c.chart_id and e.kind = 'demographics.v1' order by e.seq desc limit 1), p.phone) as phone
       from app.chart c left join app.person p on p.practice_id = c.practice_id and p.person_id = c.patient_id
      where c.practice_id = $1 and c.chart_id = $2 and c.deceased_on is null and coalesce(p.active, true)`, [practice, chart])
  return rows[0]
}
