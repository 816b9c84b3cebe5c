// bench/frames: how long the session room takes to draw its chart anew, with four hours of readings a minute apart, in a
// real browser that draws by software alone. First the drawing by itself, from the order to draw to its last pixel; then
// whole frames of the page, with everything else that happens in them, beside frames in which nothing was asked for. Both
// on the wall and in the processor time of the page's own thread: on a busy machine only the second says something about us.
import { randomUUID } from 'node:crypto'
import { chromium } from '@playwright/test'
import { browser } from '../tools/browser.mjs'
import { option, printMachine, printTable, quantile, show } from './support/figures.mjs'
import { device } from './support/people.mjs'
import { realServer, withAdmin } from './support/server.mjs'

const FRAMES = option('frames', 300)
const HOURS = 4
const MARK_MS = 16
const therapist = '5a3e0000-0000-4000-8000-000000000103'
const minutesAgo = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString()

const server = await realServer({ args: [] })
const { executablePath, env } = browser()
const program = await chromium.launch({ executablePath, args: ['--disable-gpu', '--disable-gpu-compositing'], env: { ...process.env, ...env } })
try {
  const { chart, session } = await withAdmin(server, async (admin) => {
    await printMachine(admin)
    return runningSession(admin)
  })
  const context = await program.newContext({ baseURL: server.url, locale: 'en-US', timezoneId: 'America/Los_Angeles', viewport: { width: 1280, height: 900 } })
  await context.request.post('/api/sample/enter', { data: { person: therapist } })
  const page = await context.newPage()
  await page.goto(`/work/charts/${chart}/session/${session}`)
  await page.locator('.r-chart canvas').waitFor()
  await page.waitForFunction((most) => document.querySelectorAll('.r-log li[data-entry]').length >= most, HOURS * 60)
  const metrics = await context.newCDPSession(page)
  await metrics.send('Performance.enable')
  const threadMs = async () => (await metrics.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime').value * 1_000
  const rows = []
  const measured = async (what, measure) => {
    const [wall, thread] = [[], []]
    for (let at = 0; at < FRAMES; at += 1) {
      const before = await threadMs()
      wall.push(await measure(at))
      thread.push((await threadMs()) - before)
    }
    rows.push([what, ...[wall, thread].flatMap((times) => [0.5, 0.95, 0.99].map((part) => show(quantile(times, part))))])
  }
  await page.evaluate(findPlot)
  for (const [what, act] of [['the drawing alone, after a reading', 'reading'], ['the drawing alone, in another light', 'light'], ['no drawing, for comparison', 'nothing']]) await measured(what, () => page.evaluate(oneDrawing, act))
  for (const [what, act] of [['a frame: the chart in another width', 'width'], ['a frame: chart and page in another light', 'light'], ['a frame: nothing, for comparison', 'nothing']]) await measured(what, (at) => page.evaluate(oneFrame, { act, at }))
  console.log(`${HOURS * 60} readings, four lines, a dose; ${FRAMES} frames each; mark: p99 under ${MARK_MS} ms\n`)
  printTable(['', 'wall p50', 'p95', 'p99 ms', 'thread p50', 'p95', 'p99 ms'], rows)
} finally {
  await program.close()
  await server.close()
}

/** In the page: the chart's own drawing, found where its screen keeps it. */
function findPlot() {
  const element = document.querySelector('.r-chart__plot')
  let at = element[Object.keys(element).find((key) => key.startsWith('__reactFiber'))]
  for (; at; at = at.return) for (let hook = at.memoizedState; hook && typeof hook === 'object'; hook = hook.next) if (hook.memoizedState?.current?.redraw) { globalThis.plot = hook.memoizedState.current; return }
  throw new Error('The chart was not found.')
}

/** In the page: from the order to draw to the last pixel, which reading one back waits for. */
async function oneDrawing(act) {
  const { plot } = globalThis
  const began = performance.now()
  if (act === 'reading') plot.setData(plot.data)
  if (act === 'light') plot.redraw(false)
  await Promise.resolve() // It draws before whatever was asked for after it.
  plot.ctx.getImageData(0, 0, 1, 1)
  return performance.now() - began
}

/** In the page: from the beginning of a frame, through what is drawn in it, to the first thing that happens after it. */
function oneFrame({ act, at }) {
  const after = new MessageChannel()
  return new Promise((resolve) => requestAnimationFrame(() => {
    const began = performance.now()
    if (act === 'light') document.documentElement.dataset.light = at % 2 ? 'dim' : 'light'
    if (act === 'width') document.querySelector('.r-chart__plot').style.width = `${at % 2 ? 98 : 100}%`
    after.port1.onmessage = () => resolve(performance.now() - began)
    after.port2.postMessage(null)
  }))
}

/** A session that has been running for four hours on a chart of the sample practice, with a reading in every minute. */
async function runningSession(admin) {
  const { rows: [found] } = await admin.query(`select o.practice_id as practice, o.stream_id as chart, o.id as order from app.entry o join app.care_team t on t.chart_id = o.chart_id and t.person_id = $1 where o.kind = 'order.v1' order by o.received_at desc limit 1`, [therapist])
  const session = randomUUID()
  const reading = (minute) => ({ systolicMmHg: 122 + Math.round(14 * Math.sin(minute / 17)), diastolicMmHg: 78 + Math.round(6 * Math.sin(minute / 13)), heartRatePerMin: 72 + Math.round(9 * Math.sin(minute / 11)), spo2Percent: 97 + (minute % 3 ? 0 : 1), respiratoryRatePerMin: 14, onRoomAir: true, position: 'reclined' })
  const started = { protocol: 'solo-six', route: 'IM', order: found.order, clearance: randomUUID(), consents: [randomUUID()], edition: 'bench', number: 9, gates: [], people: [{ person: therapist, name: 'Jonas Weber', role: 'therapist' }] }
  const dose = { step: 1, doseUg: 34_000, route: 'IM', order: found.order, prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: therapist, site: 'left arm', selfAdministered: false }
  const entries = [
    ['session-started.v1', started, HOURS * 60 + 5, session], ['dose-given.v1', dose, HOURS * 60, randomUUID()],
    ...Array.from({ length: HOURS * 60 }, (_, at) => ['vitals.v1', reading(at), HOURS * 60 - at, randomUUID()]),
  ]
  await admin.query('insert into app.session_claim (practice_id, session_id, chart_id) values ($1, $2, $3)', [found.practice, session, found.chart])
  for (const [kind, body, ago, id] of entries) {
    await admin.query(
      `with head as (update app.stream set last_seq = last_seq + 1 where practice_id = $1 and stream_id = $2 returning last_seq)
       insert into app.entry (practice_id, stream_id, chart_id, seq, id, kind, at, written_at, received_at, by_person, device, session_id, amends, body, digest) select $1, $2, $2, last_seq, $3, $4, $5, $5, $5, $6, $7, $8, null, $9, repeat('0', 64) from head`,
      [found.practice, found.chart, id, kind, minutesAgo(ago), therapist, device, session, JSON.stringify(body)])
  }
  return { chart: found.chart, session }
}
