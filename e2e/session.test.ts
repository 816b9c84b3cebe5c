import { mkdirSync } from 'node:fs'
import { expect, test, type Browser, type Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { ownServer, type OwnServer } from './support/server.ts'

/** One medicine session in the dosing room: two people on two devices, and the network goes. On a server of its own, since it moves the clock. */
const people = { jonas: '5a3e0000-0000-4000-8000-000000000103', maya: '5a3e0000-0000-4000-8000-000000000107', sam: '5a3e0000-0000-4000-8000-000000000108', helen: '5a3e0000-0000-4000-8000-000000000106' }
const calm = { 'Systolic (mmHg)': '122', 'Diastolic (mmHg)': '78', 'Pulse (/min)': '76', 'Breathing (/min)': '14', 'Saturation (%)': '98', 'MOAA/S (0–5)': '5' }

let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())
test.setTimeout(180_000)

test('two people, two devices, one record, network or not', async ({ browser }) => {
  const j = await device(browser, people.jonas)
  const { chart, visit, monitor } = await nextSession(j)

  await test.step('the session starts when nothing stands against it', async () => {
    await j.goto(`${server.url}/work/charts/${chart}/start?visit=${visit}`)
    await j.getByLabel('Name of the adult').fill('Lena Keller')
    await j.getByLabel('Phone of the adult').fill('510 555 0178')
    await press(j, 'Name this adult')
    await expect(j.getByRole('button', { name: 'Start the session' })).toBeEnabled()
    await press(j, 'Start the session')
    await expect(j.getByRole('main', { name: 'Session room' })).toBeVisible()
    await press(j, 'Check in')
    await press(j, 'Check in as therapist')
  })
  const m = await device(browser, monitor)
  await test.step('the second person joins on a device of their own', async () => {
    await m.goto(j.url())
    await press(m, 'Check in')
    await press(m, 'Check in as monitor')
    await expect(j.getByText(/both here/)).toBeVisible()
  })
  await test.step('who it is, what was eaten, how they are, how they stand', async () => {
    await more(m, 'Check who it is')
    await m.getByLabel('Full name, said by the person').check()
    await m.getByLabel('Date of birth, said by the person').check()
    await press(m, 'Identity checked')
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
    await press(j, 'Prepared')
    await press(m, 'Dose')
    await m.getByLabel(/Amount you read/).fill('34')
    await press(m, 'Confirm the amount')
    await j.getByLabel('left arm').check()
    await press(j, '34 mg given')
    await expect(m.getByText(/34 mg IM, step 1/).first()).toBeVisible()
  })
  await test.step('the network goes on one device: everything is saved there, and outlasts a reload', async () => {
    await m.waitForFunction(async () => (await caches.match('/work')) !== undefined, null, { timeout: 30_000 })
    await m.context().setOffline(true)
    await press(m, 'Note')
    await press(m, 'Note: tears')
    await vitals(m, { ...calm, 'Systolic (mmHg)': '130' })
    await expect(m.getByText(/saved here · 2 waiting/)).toBeVisible()
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
    if (process.env.SCREENS) { mkdirSync('screenshots', { recursive: true }); await m.screenshot({ path: 'screenshots/session-room.png' }) }
  })
  await test.step('going home: every rule, two signatures, the person who came', async () => {
    await suicideScreen(m)
    await more(m, 'Going home with')
    await m.getByLabel(/Identity document seen/).fill('licence')
    await press(m, 'Is here, an adult')
    await more(m, 'Going home')
    await press(m, 'Assess for going home')
    await assess(m)
    await sign(m, 'Monitor')
    const h = await device(browser, people.helen)
    await h.goto(j.url())
    await more(h, 'Going home')
    await sign(h)
    await expect(m.getByRole('region', { name: 'Signatures' })).toContainText('Helen Brandt')
    await press(m, 'Close the session')
    await m.getByLabel(/^Discharged/).check()
    await m.getByLabel('As intended').check()
    await press(m, 'Close it now')
    await expect(j.getByText(/Closed by/).first()).toBeVisible()
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

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
async function more(page: Page, name: string) {
  await press(page, 'More')
  await press(page, name)
}
async function vitals(page: Page, values: Record<string, string>, when?: string) {
  await press(page, 'Vitals')
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value)
  if (when) await page.getByLabel(when).check()
  await press(page, 'Record vitals')
  const challenged = page.getByRole('button', { name: 'Yes, record it as it is' })
  await expect(challenged.or(page.getByRole('button', { name: 'Vitals', exact: true })).first()).toBeVisible()
  await challenged.click({ timeout: 400 }).catch(() => {}) // Asked only where a value is unlikely.
  await expect(page.getByRole('dialog')).toHaveCount(0)
}
async function suicideScreen(page: Page) {
  await more(page, 'Suicide screen')
  for (const question of await page.getByRole('group').filter({ hasText: /^Question/ }).all()) await question.getByLabel('No').check()
  await press(page, 'Record suicide screen')
}
async function assess(page: Page) {
  const pick = (group: string, label: string | RegExp) => page.getByRole('group', { name: group }).getByLabel(label).first().check()
  await pick('How awake (MOAA/S)', /^5/)
  await pick('How calm (RASS)', /^0/)
  await pick('Oriented to', /^4/)
  await pick('Feels detached', /No more/)
  await pick('Gait', 'Steady')
  for (const group of await page.getByRole('group', { name: /^(Aldrete|PADSS): / }).all()) await group.getByRole('radio').first().check()
  for (const box of [/^Signed: no driving/, /^Written instructions/, 'Breathes room air, without oxygen']) await page.getByLabel(box).check()
  await press(page, 'Record assessment')
}
async function sign(page: Page, as?: string) {
  if (as) await page.getByLabel(as, { exact: true }).check()
  await page.getByLabel('My PIN').fill('2468')
  await press(page, 'Sign for going home')
}
const serverNow = async (page: Page): Promise<string> => (await (await page.request.get(`${server.url}/api/me`)).json()).now
async function clock(page: Page, ms: number) {
  expect((await page.request.post(`${server.url}/api/sample/clock`, { data: { now: new Date(ms).toISOString() } })).ok()).toBe(true)
}
