import type { PoolClient } from 'pg'
import { calendarText } from '../../core/scheduling/calendar-text.ts'
import { localDay, sayTime } from '../../core/shared/local-day.ts'
import { dayNumber, showDay } from '../../core/scheduling/zone.ts'
import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { visitEvent, type VisitTold } from '../outside/visit-event.ts'
import { iso } from '../store/calendar.ts'

/** A part in a visit that changed since its person was last told of it, or of which they were never told. */
interface Changed extends VisitTold {
  readonly zone: string
  readonly to: string | null
  /** What they were told last, and whether that was that it stands. */
  readonly told: string | null
  readonly stood: boolean | null
  readonly over: boolean
}

const WHOLE_EVERY_MS = 10 * 60_000
const LATELY_MS = 60 * 60_000
const AT_ONCE = 100

/**
 * Whoever wants it is invited to what is booked, told of a move and told when it is off. What changed is read from the
 * numbers that the booking itself wrote, and what was told is written with the mail: so nothing is lost when a server dies
 * between the two, and nothing is said twice. Somebody who wants no more invitations still hears of what becomes of those
 * they have. Mostly only what changed within the last hour is looked at, since all there is takes long where a practice has
 * booked for years; all of it is from time to time, first of all after a start.
 */
export function inviting({ database, clock }: Pick<Shell, 'database' | 'clock'>, organizer: string): (practice: string) => Promise<void> {
  const wholeAtMs = new Map<string, number>()
  return async (practice) => {
    const reach = performance.now() >= (wholeAtMs.get(practice) ?? 0) ? 'all' : 'lately'
    const { more } = await asJob({ database }, practice, (client) => inviteByMail(client, practice, organizer, clock.now(), reach), true)
    if (reach === 'all' && !more) wholeAtMs.set(practice, performance.now() + WHOLE_EVERY_MS)
  }
}

/** Answers how many were written, and whether there may be more to write. */
export async function inviteByMail(client: PoolClient, practice: string, organizer: string, now: string, reach: 'all' | 'lately' = 'all'): Promise<{ readonly written: number; readonly more: boolean }> {
  const { rows } = await client.query<Changed>(changed(reach), [practice, now])
  let written = 0
  for (const row of rows) {
    const told = toldOf(row)
    if (!(await isFirst(client, practice, row, told, now))) continue
    if (row.over || row.to === null || (row.stood === row.stands && row.told === told)) continue
    const method = row.stands ? 'REQUEST' : 'CANCEL'
    const calendar = calendarText([{ ...visitEvent(row, now), between: { organizer: addressIn(organizer), attendee: row.to } }], method)
    await client.query('insert into app.mail (practice_id, mail_id, recipient, subject, body, created_at, calendar, calendar_method) values ($1, gen_random_uuid(), $2, $3, $4, $5, $6, $7)', [practice, row.to, ...wordsOf(row), now, calendar, method])
    written += 1
  }
  return { written, more: rows.length === AT_ONCE }
}

const PARTS = `select x.practice_id, x.visit_id, x.person_id, x.sequence, x.changed_at, x.active, x.lane > 0 as on_call, case when x.lane > 0 then x.during else v.during end as during, true as works from app.visit_person x join app.visit v using (practice_id, visit_id)
   union all select x.practice_id, x.visit_id, c.patient_id, x.sequence, x.changed_at, x.active, false, x.during, false from app.visit_patient x join app.chart c on c.practice_id = x.practice_id and c.chart_id = x.chart_id where c.patient_id is not null`

const changed = (reach: 'all' | 'lately') => `select v.visit_id as visit, part.person_id as person, part.sequence, ${iso('lower(part.during)')} as "startsAt", ${iso('upper(part.during)')} as "endsAt", v.zone, part.on_call as "onCall", false as held,
        part.active and v.state = 'booked' as stands, upper(part.during) <= $2::timestamptz as over, case when p.active then p.email end as to, told.told, told.stands as stood,
        case when part.works and q.settings->>'calendarPlaces' = 'on' then (select r.name from app.visit_room x join app.room r using (practice_id, room_id) where x.practice_id = v.practice_id and x.visit_id = v.visit_id and x.active limit 1) end as room
   from (${PARTS}) part
   join app.visit v on v.practice_id = part.practice_id and v.visit_id = part.visit_id
   join app.practice q on q.practice_id = part.practice_id
   join app.person p on p.practice_id = part.practice_id and p.person_id = part.person_id
   left join app.invitation told on told.practice_id = part.practice_id and told.visit_id = part.visit_id and told.person_id = part.person_id
   left join app.invitation_wish wish on wish.practice_id = part.practice_id and wish.person_id = part.person_id
  where part.practice_id = $1 ${reach === 'lately' ? `and part.changed_at > now() - make_interval(secs => ${LATELY_MS / 1_000})` : ''} and case
      when told.visit_id is null then wish.person_id is not null and part.changed_at >= wish.since and part.active and v.state = 'booked' and upper(part.during) > $2::timestamptz
      else told.sequence < part.sequence and (told.stands or wish.person_id is not null) end
  order by part.changed_at, v.visit_id limit ${AT_ONCE}`

/** Writes down that this change is told now. Of two who are about to, one goes on. */
async function isFirst(client: PoolClient, practice: string, { visit, person, sequence, stands }: Changed, told: string, now: string): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into app.invitation as i (practice_id, visit_id, person_id, sequence, stands, told, told_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (practice_id, visit_id, person_id) do update set sequence = excluded.sequence, stands = excluded.stands, told = excluded.told, told_at = excluded.told_at where i.sequence < excluded.sequence`, [practice, visit, person, sequence, stands, told, now])
  return rowCount === 1
}

const toldOf = ({ startsAt, endsAt, room, onCall }: Changed) => [startsAt, endsAt, room ?? '', onCall ? 'on call' : ''].join(' ')

/** For those whose mail does not read invitations. No name, and nothing of what is treated. */
export function wordsOf({ startsAt, endsAt, zone, stands, stood }: Pick<Changed, 'startsAt' | 'endsAt' | 'zone' | 'stands' | 'stood'>): readonly [subject: string, body: string] {
  const day = localDay(startsAt, zone)
  const when = `${showDay(dayNumber(day))}, ${day.slice(0, 4)}, ${sayTime(startsAt, zone)} to ${sayTime(endsAt, zone)} (${zone.replaceAll('_', ' ')})`
  if (!stands) return ['A visit is off', `This visit will not take place:\n\n${when}`]
  return stood ? ['A visit was moved', `A visit of yours was moved. It now is on:\n\n${when}`] : ['A visit is booked', `A visit was booked:\n\n${when}`]
}

/** `Practice <mail@example.org>` and `mail@example.org` are the same mailbox. */
const addressIn = (from: string) => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
