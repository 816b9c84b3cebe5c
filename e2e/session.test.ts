import { expect, test, type Browser, type Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { assess, calm, checkIdentity, checkIn, closeSession, escortIsHere, more, press, signForHome, suicideScreen, vitals } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'

/** One medicine session in the dosing room: two people on two devices, and the network goes. On a server of its own, since it moves the clock. */
let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())
test.setTimeout(process.env['SCREENS'] ? 480_000 : 180_000)

/** The room fills the screen and scrolls inside: a picture of it is what the eye sees. */
const room = { whole: false }

test('two people, two devices, one record, network or not', async ({ browser }) => {
  const j = await device(browser, staff.therapist)
  const { chart, visit, monitor } = await nextSession(j)

  await test.step('the session starts when nothing stands against it', async () => {
    await j.goto(`${server.url}/work/charts/${chart}/start?visit=${visit}`)
    await expect(j.getByRole('button', { name: 'Start the session' })).toBeDisabled()
    await pictures(j, 'session-before-start')
    await j.getByLabel('Name of the adult').fill('Lena Keller')
    await j.getByLabel('Phone of the adult').fill('510 555 0178')
    await press(j, 'Name this adult')
    await expect(j.getByRole('button', { name: 'Start the session' })).toBeEnabled()
    await press(j, 'Start the session')
    await expect(j.getByRole('main', { name: 'Session room' })).toBeVisible()
    await checkIn(j, 'therapist')
  })
  const m = await device(browser, monitor)
  await test.step('the second person joins on a device of their own', async () => {
    await m.goto(j.url())
    await checkIn(m, 'monitor')
    await expect(j.getByText(/both here/)).toBeVisible()
    await pictures(m, 'session-gates', room)
  })
  await test.step('who it is, what was eaten, how they are, how they stand', async () => {
    await checkIdentity(m)
    await more(m, 'Food, drink, alcohol')
    await m.getByLabel('Last ate at').fill('00:10')
    await m.getByLabel('Last drank at').fill('00:10')
    await m.getByLabel('No', { exact: true }).check()
    await press(m, 'Record answers')
    await suicideScreen(m)
    await vitals(m, calm, '10 min ago')
    await vitals(m, calm)
    await expect(j.getByText('122/78').first()).toBeVisible()
    await noViolations(m)
  })
  await test.step('one prepares the dose, the other reads it back, and it is given', async () => {
    await press(j, 'Dose')
    await pictures(j, 'session-dose-prepare', room)
    await press(j, 'Prepared')
    await press(m, 'Dose')
    await pictures(m, 'session-dose-confirm', room)
    await m.getByLabel(/Amount you read/).fill('34')
    await press(m, 'Confirm the amount')
    await j.getByLabel('left arm').check()
    await pictures(j, 'session-dose-give', room)
    await press(j, '34 mg given')
    await expect(m.getByText(/34 mg IM, step 1/).first()).toBeVisible()
    await pictures(m, 'session-running', room)
  })
  await test.step('the network goes on one device: everything is saved there, and outlasts a reload', async () => {
    await m.waitForFunction(async () => (await caches.match('/work')) !== undefined, null, { timeout: 30_000 })
    await m.context().setOffline(true)
    await press(m, 'Note')
    await press(m, 'Note: tears')
    await vitals(m, { ...calm, 'Systolic (mmHg)': '130' })
    await expect(m.getByText(/saved here · 2 waiting/)).toBeVisible()
    await pictures(m, 'session-away', room)
    await m.reload()
    await expect(m.getByText(/saved here · 2 waiting/)).toBeVisible({ timeout: 15_000 })
    await expect(j.getByText('tears')).toHaveCount(0)
    await m.context().setOffline(false)
    await expect(m.getByText(/saved ·/)).toBeVisible({ timeout: 40_000 })
    await expect(j.getByText('130/78').first()).toBeVisible()
    const log = await j.getByRole('region', { name: 'Log' }).innerText()
    expect(log.match(/tears/g), 'once, not twice').toHaveLength(1)
  })
  await test.step('a pressure that is too high is said on both devices and answered by name', async () => {
    await vitals(j, { ...calm, 'Systolic (mmHg)': '186' })
    await expect(m.getByText('Systolic pressure 186 mmHg').first()).toBeVisible()
    await noViolations(m)
    await pictures(m, 'session-alert', room)
    await press(m, 'I am on it')
    await expect(j.getByText(/: on it/).first()).toBeVisible()
  })
  await test.step('two hours of readings', async () => {
    const dosedAt = Date.parse(await serverNow(m))
    for (const minutes of [6, 12, 20, 30, 45, 60, 90, 125]) {
      await clock(m, dosedAt + minutes * 60_000)
      await m.reload()
      await vitals(m, calm)
    }
    await pictures(m, 'session-after-two-hours', room)
    await press(m, 'Vitals')
    await pictures(m, 'session-vitals', room)
    await m.keyboard.press('Escape')
  })
  await test.step('going home: every rule, two signatures, the person who came', async () => {
    await suicideScreen(m)
    await escortIsHere(m)
    await assess(m)
    await signForHome(m, 'Monitor')
    const h = await device(browser, staff.prescriber)
    await h.goto(j.url())
    await more(h, 'Going home')
    await signForHome(h)
    await expect(m.getByRole('region', { name: 'Signatures' })).toContainText('Helen Brandt')
    await pictures(m, 'session-discharge', room)
    await closeSession(m)
    await expect(j.getByText(/Closed by/).first()).toBeVisible()
    await pictures(j, 'session-closed', room)
  })
})

async function device(browser: Browser, person: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 } })
  await context.request.post(`${server.url}/api/sample/enter`, { data: { person } })
  return context.newPage()
}

/** Moves the clock to the next booked medicine session of the sample's patient in the middle of her course. */
async function nextSession(page: Page) {
  const get = async (path: string) => (await page.request.get(`${server.url}${path}`)).json()
  const { rows, now } = await get('/api/home')
  const { chart } = rows.find(({ name }: { name: string }) => name === 'Mara Keller')
  const { course } = await get(`/api/charts/${chart}/course`)
  const next = course.visits.find((each: { type: string; startsAt: string }) => each.type === 'medicine' && each.startsAt > now)
  await integrated(page, chart, now)
  await clock(page, Date.parse(next.startsAt))
  const there = next.people.find(({ role }: { role: string }) => role === 'monitor').person as string
  return { chart: chart as string, visit: next.visit as string, monitor: there }
}

/** Depending on the weekday the last session may wait for its integration: then it is written, as her therapist would. */
async function integrated(page: Page, chart: string, now: string) {
  const { entries } = await (await page.request.get(`${server.url}/api/charts/${chart}/entries`)).json()
  const last = entries.findLast(({ kind }: { kind: string }) => kind === 'session-started.v1')
  if (entries.some((each: { kind: string; body: { session?: string } }) => each.kind === 'integration.v1' && each.body.session === last.id)) return
  const entry = { id: crypto.randomUUID(), kind: 'integration.v1', at: now, writtenAt: now, device: last.device, body: { session: last.id, startedAt: now, endedAt: now, themes: 'Rest.', modalities: [], commitments: [], nextIntention: '' } }
  expect((await page.request.post(`${server.url}/api/charts/${chart}/entries`, { data: { entries: [entry] } })).status()).toBe(201)
}

const serverNow = async (page: Page): Promise<string> => (await (await page.request.get(`${server.url}/api/me`)).json()).now
async function clock(page: Page, ms: number) {
  expect((await page.request.post(`${server.url}/api/sample/clock`, { data: { now: new Date(ms).toISOString() } })).ok()).toBe(true)
}
