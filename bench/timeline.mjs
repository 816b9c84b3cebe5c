// bench/timeline: how fluid the timeline is with twenty people, eight rooms and four full weeks, in a real browser that draws
// by software alone: the time from one frame to the next while it is scrolled along and down, made wider and narrower, and
// while a visit is carried over it; beside frames in which nothing is asked for. Sixty frames a second are 16.7 ms each.
import { loadavg } from 'node:os'
import { chromium } from '@playwright/test'
import { browser } from '../tools/browser.mjs'
import { option, printMachine, printTable, quantile, show } from './support/figures.mjs'
import { manyPlaces } from './support/many-places.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const FRAMES = option('frames', 240)
const [PEOPLE, ROOMS, DAYS, HOURS] = [20, 8, 28, 8]
const MARK_MS = 50
const coordinator = '5a3e0000-0000-4000-8000-000000000102'
const load = () => loadavg().map((one) => one.toFixed(1)).join(', ')

const server = await realServer({ args: [] })
const { executablePath, env } = browser()
const program = await chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-gpu-compositing'], env: { ...process.env, ...env } })
try {
  const visits = await withAdmin(server, async (admin) => {
    await printMachine(admin)
    return fullWeeks(admin)
  })
  console.log(`load      ${load()} before`)
  const context = await program.newContext({ baseURL: server.url, locale: 'en-US', timezoneId: 'America/Los_Angeles', viewport: { width: 1280, height: 900 } })
  await context.request.post('/api/sample/enter', { data: { person: coordinator } })
  const page = await context.newPage()
  await page.goto('/work/calendar?view=timeline&span=weeks')
  await page.locator('.t-bar').first().waitFor()
  await page.waitForTimeout(1_000)
  const rows = []
  for (const [what, act] of [['nothing, for comparison', 'nothing'], ['scrolled along, 48 px a frame', 'along'], ['scrolled down and up, 12 px a frame', 'down'], ['wider and narrower hours, every tenth frame', 'zoom'], ['a visit carried, 9 px a frame', 'carry']]) {
    const { times, drawn } = await page.evaluate(frames, { act, count: FRAMES })
    rows.push([what, ...[0.5, 0.95, 0.99].map((part) => show(quantile(times, part))), show(Math.max(...times)), drawn])
  }
  console.log(`load      ${load()} after`)
  console.log(`${PEOPLE} people, ${ROOMS} rooms, ${DAYS} days, ${visits} visits; ${FRAMES} frames each; mark: p99 under ${MARK_MS} ms\n`)
  printTable(['', 'p50', 'p95', 'p99', 'most ms', 'bars drawn'], rows)
} finally {
  await program.close()
  await server.close()
}

/** In the page: one act a frame, and how long it is from each frame to the next. */
async function frames({ act, count }) {
  const place = document.querySelector('.t-scroll')
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))
  const pointer = (name, on, x, y) => on.dispatchEvent(new PointerEvent(name, { bubbles: true, button: 0, pointerType: 'mouse', clientX: x, clientY: y }))
  if (act === 'zoom' || act === 'carry') Object.assign(place, { scrollLeft: 0, scrollTop: 0 })
  if (act === 'carry') {
    // What was scrolled away is drawn again first; what lies in the past cannot be carried, and on a Sunday that is the whole first week.
    let bar
    for (let tries = 0; !bar && tries < 200; tries += 1) {
      await frame()
      if (tries >= 20 && tries % 10 === 0) place.scrollLeft += place.clientWidth / 2
      if (tries >= 20 && tries % 10 === 9) bar = document.querySelector('.t-bar[data-movable]')
    }
    if (!bar) throw new Error('No visit can be carried.')
    const { left, top } = bar.getBoundingClientRect()
    pointer('pointerdown', bar, left + 4, top + 8)
    pointer('pointermove', window, left + 20, top + 8)
    await frame()
    if (!place.dataset.carrying) throw new Error('Nothing was picked up.')
  }
  const box = place.getBoundingClientRect()
  const times = []
  let before = await frame()
  for (let at = 0; at < count; at += 1) {
    if (act === 'along') place.scrollLeft = sway(at * 48, place.scrollWidth - place.clientWidth)
    if (act === 'down') place.scrollTop = sway(at * 12, place.scrollHeight - place.clientHeight)
    if (act === 'zoom' && at % 10 === 0) document.querySelector(`[aria-label="${at % 20 ? 'Narrower' : 'Wider'} hours"]`).click()
    if (act === 'carry') pointer('pointermove', window, box.left + 240 + sway(at * 9, box.width - 320), box.top + 120 + sway(at * 3, box.height - 240))
    const now = await frame()
    times.push(now - before)
    before = now
  }
  if (act === 'carry') window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  return { times, drawn: document.querySelectorAll('.t-bar').length }
  function sway(far, most) { const at = far % (2 * most); return at > most ? 2 * most - at : at }
}

/** The sample practice made large: as many people and rooms as asked for, each hour of each day with a visit in every room and seven more online. One of each hour is somebody's course, so that it can be carried. */
async function fullWeeks(admin) {
  const { rows: [{ practice }] } = await admin.query('select practice_id as practice from app.membership where person_id = $1', [coordinator])
  const { staff, rooms } = await manyPlaces(admin, practice, { people: PEOPLE, rooms: ROOMS })
  const { rows: charts } = await admin.query('select chart_id as id from app.chart where practice_id = $1 limit 6', [practice])
  const monday = new Date()
  monday.setUTCHours(17, 0, 0, 0)
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7))
  const all = []
  for (let day = 0; day < DAYS; day += 1) {
    for (let hour = 0; hour < HOURS; hour += 1) {
      for (let at = 0; at < ROOMS + 7; at += 1) all.push({ from: new Date(monday.getTime() + day * 86_400_000 + hour * 3_600_000).toISOString(), person: staff[(hour * 3 + at) % PEOPLE].id, room: rooms[at]?.id ?? null, chart: at === 0 ? charts[hour % charts.length].id : null })
    }
  }
  await admin.query(`
    with asked as (select gen_random_uuid() as visit, * from jsonb_to_recordset($2::jsonb) as x("from" timestamptz, person uuid, room uuid, chart uuid)),
      made as (insert into app.visit (practice_id, visit_id, type, number, during, local_start, zone, online, state) select $1, visit, 'integration', 1, tstzrange("from", "from" + interval '50 minutes'), to_char("from" at time zone 'America/Los_Angeles', 'YYYY-MM-DD"T"HH24:MI'), 'America/Los_Angeles', room is null, 'booked' from asked),
      there as (insert into app.visit_person (practice_id, visit_id, person_id, role, lane, during) select $1, visit, person, 'therapist', 0, tstzrange("from", "from" + interval '50 minutes') from asked on conflict do nothing),
      whose as (insert into app.visit_patient (practice_id, visit_id, chart_id, during) select $1, visit, chart, tstzrange("from", "from" + interval '50 minutes') from asked where chart is not null on conflict do nothing)
    insert into app.visit_room (practice_id, visit_id, room_id, during) select $1, visit, room, tstzrange("from", "from" + interval '50 minutes') from asked where room is not null on conflict do nothing`, [practice, JSON.stringify(all)])
  return all.length
}
