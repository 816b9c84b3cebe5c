// bench/slots: where a patient may move a visit of theirs, asked of a practice with a million bookings. What is measured is
// the whole answer: the chart read, the rules of the course, and the calendars of those who come.
import { setTimeout as wait } from 'node:timers/promises'
import { line } from './support/line.mjs'
import { option, printMachine, printTable, quantile, show } from './support/figures.mjs'
import { manyPlaces } from './support/many-places.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const BOOKINGS = option('bookings', 1_000_000)
const TIMES = option('times', 200)
const MARK_MS = 20
const [PEOPLE, ROOMS, PLACES] = [200, 60, 10]
const patient = '5a3e0000-0000-4000-8000-000000000121'

const server = await realServer({ args: [] })
try {
  await withAdmin(server, async (admin) => {
    await printMachine(admin)
    const { token, chart } = await signedIn()
    const { rows: visits } = await admin.query(`select v.visit_id as id, v.type from app.visit v join app.visit_patient p using (practice_id, visit_id) where p.chart_id = $1 and p.active and v.state = 'booked' and lower(v.during) > now() + interval '3 days' order by lower(v.during)`, [chart])
    const rows = [await asked(admin, chart, visits, token, 'as the sample practice is')]
    const made = await fill(admin, chart)
    rows.push(await asked(admin, chart, visits, token, `beside ${made.toLocaleString('en-US')} bookings`))
    console.log(`\n${visits.length} visits of one course, ${TIMES} times in turn; mark: p95 under ${MARK_MS} ms\n`)
    printTable(['free places of one visit', 'p50', 'p95', 'p99 ms', 'places', 'wrong'], rows)
    process.exitCode = rows.every(([, , , , places, wrong]) => Number(places) > 0 && wrong === 0) ? 0 : 1
  })
} finally {
  await server.close()
}

/** Signed in as the sample patient: the token of the cookie, and their chart. */
async function signedIn() {
  const answer = await fetch(`${server.url}/api/sample/enter`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person: patient }) })
  const { chart } = await answer.json()
  const token = answer.headers.getSetCookie().map((cookie) => /^openkap=([^;]+)/.exec(cookie)?.[1]).find(Boolean)
  return { token, chart }
}

async function asked(admin, chart, visits, token, what) {
  const connection = await line(server.port)
  const times = []
  let [places, wrong] = [0, 0]
  for (let at = -10; at < TIMES; at += 1) {
    const visit = visits[(at + 10) % visits.length]
    const began = performance.now()
    const { status, body } = await connection.get(`/api/charts/${chart}/visits/${visit.id}/own-slots`, token)
    if (at >= 0) times.push(performance.now() - began)
    const { slots = [] } = status === 200 ? JSON.parse(body) : {}
    if (status !== 200) wrong += 1
    places += slots.length
    if (at < 0) wrong += await taken(admin, visit.id, slots)
  }
  connection.close()
  return [what, ...[0.5, 0.95, 0.99].map((part) => show(quantile(times, part), 1)), String(places), wrong]
}

/** How many of these places somebody or some room is taken at, by the database's own word. */
async function taken(admin, visit, slots) {
  const all = slots.flatMap(({ startsAt, endsAt, people, room }) => [...people.map(({ person }) => ({ id: person, startsAt, endsAt })), ...(room ? [{ id: room.id, startsAt, endsAt }] : [])])
  const { rows } = await admin.query(`select count(*)::int as n from jsonb_to_recordset($1::jsonb) s (id uuid, "startsAt" timestamptz, "endsAt" timestamptz)
    where exists (select from app.visit_person x where x.person_id = s.id and x.active and x.lane = 0 and x.visit_id <> $2 and x.during && tstzrange(s."startsAt", s."endsAt"))
       or exists (select from app.visit_room x where x.room_id = s.id and x.active and x.visit_id <> $2 and x.during && tstzrange(s."startsAt", s."endsAt"))`, [JSON.stringify(all), visit])
  return rows[0].n
}

/** Half of everybody's working hours, from years ago until as far ahead as it takes, day by day; what is taken already stays. */
async function fill(admin, chart) {
  const { rows: [{ practice }] } = await admin.query('select practice_id as practice from app.chart where chart_id = $1', [chart])
  const { staff, rooms } = await manyPlaces(admin, practice, { people: PEOPLE, rooms: ROOMS, places: PLACES })
  const days = Math.ceil(BOOKINGS / PEOPLE / 4)
  let made = 0
  for (let day = -Math.floor(days * 0.7); made < BOOKINGS; day += 1) {
    const { rows: [{ n }] } = await admin.query(`
      with asked as (select gen_random_uuid() as visit, p.id as person, (select r from unnest($3::uuid[]) with ordinality x (r, o) where o = 1 + (p.o * 7 + h) % ${ROOMS}) as room, p.o, h,
          date_trunc('day', now()) + make_interval(days => $4, hours => 16 + 2 * h + (p.o % 2)::int) as at from unnest($2::uuid[]) with ordinality p (id, o), generate_series(0, 3) h),
        there as (insert into app.visit_person (practice_id, visit_id, person_id, role, lane, during, changed_at) select $1, visit, person, 'therapist', 0, tstzrange(at, at + interval '50 minutes'), now() - interval '1 month' from asked on conflict do nothing returning visit_id),
        made as (insert into app.visit (practice_id, visit_id, type, number, during, local_start, zone, online, state) select $1, visit, 'integration', 1, tstzrange(at, at + interval '50 minutes'), to_char(at at time zone 'America/Los_Angeles', 'YYYY-MM-DD"T"HH24:MI'), 'America/Los_Angeles', false, 'booked' from asked where visit in (select visit_id from there) returning visit_id),
        in_room as (insert into app.visit_room (practice_id, visit_id, room_id, during) select $1, visit, room, tstzrange(at, at + interval '50 minutes') from asked where visit in (select visit_id from made) on conflict do nothing returning visit_id)
      select count(*)::int as n from made`, [practice, staff.map(({ id }) => id), rooms.map(({ id }) => id), day])
    made += n
    if (day % 100 === 0) console.log(`          ${made.toLocaleString('en-US')} of ${BOOKINGS.toLocaleString('en-US')} bookings made`)
  }
  await settled(admin)
  return made
}

/** A practice that has booked for years: what cleans up behind the bookings has been through, and nothing of the filling is left to write. */
async function settled(admin) {
  await admin.query('vacuum (analyze)')
  await admin.query('checkpoint')
  const cleaning = async () => (await admin.query('select from pg_stat_progress_vacuum')).rowCount > 0
  while (await cleaning()) await wait(500)
}
