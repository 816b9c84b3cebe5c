import type { Locator, Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { askedThatMorning, morningOfASession } from './support/morning.ts'
import { all, ask, Cast, goOffline, type Person, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { checkIn, elsewhereOnceAsked, holdEmergency, pickCard, press, SIZES, startSession } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { everybodyLeaves, expect, test } from './support/test.ts'

/** The room's screen under a thumb: what may not move, how large a key is, how many touches an event takes, and what stays in sight on a phone. */
let server: OwnServer
let cast: Cast
let jonas: Person
let maya: Person
let chart: string
let session: string
test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  server = await ownServer()
  cast = new Cast(browser, server.url)
  jonas = await cast.enter(staff.therapist)
  const morning = await morningOfASession(cast, jonas, askedThatMorning())
  chart = morning.chart
  await jonas.page.goto(`/work/charts/${chart}/start?visit=${morning.visit}`)
  await startSession(jonas.page)
  session = jonas.page.url().split('/').at(-1)!
  await checkIn(jonas.page, 'therapist')
  maya = await cast.enter(morning.people.find(({ role }) => role === 'monitor')!.person)
  await maya.page.goto(jonas.page.url())
  await checkIn(maya.page, 'monitor')
  await expect(maya.page.getByText(/both here/)).toBeVisible()
  await write({ 'vitals.v1': { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98 } })
})
test.afterAll(async ({ browser }) => { await everybodyLeaves(browser); await server.close() })

const write = async (entries: Record<string, object>) => {
  const { now: at } = await ask<{ now: string }>(jonas, '/api/sessions/running')
  await ask(jonas, `/api/charts/${chart}/entries`, { entries: Object.entries(entries).map(([kind, body]) => ({ id: crypto.randomUUID(), kind, at, writtenAt: at, device: '5a3e0000-0000-4000-8000-0000000009e2', session, body })) })
}
const KEYS = ['Vitals', 'State', 'Effect', 'Comfort', 'Note', 'Dose', 'More'] as const
const keys = (page: Page) => page.getByRole('navigation', { name: 'Write down' })

/** Where the numbers, the alerts, every key and the emergency key stand, to the pixel. */
async function places(page: Page): Promise<Record<string, string>> {
  const found: [string, Locator][] = [['numbers', page.getByRole('region', { name: 'Last readings' })], ['alerts', page.getByRole('region', { name: 'Alerts' })], ['emergency', page.getByRole('button', { name: /^EMERGENCY/ })], ...KEYS.map((name): [string, Locator] => [name, keys(page).getByRole('button', { name, exact: true })])]
  for (const number of await page.locator('.r-number').all()) found.push([`number ${await number.getAttribute('data-parameter')}`, number])
  return Object.fromEntries(await Promise.all(found.map(async ([name, place]) => { const box = await place.boundingBox(); return [name, box ? [box.x, box.y, box.width, box.height].join(' ') : 'not there'] })))
}

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`${size}: no sheet and no alert moves a number or a key by a pixel, and every key is large enough`, async () => {
    const { page } = maya
    await page.setViewportSize(viewport)
    await page.reload()
    await expect(keys(page)).toBeVisible()
    const before = await places(page)
    expect(Object.values(before)).not.toContain('not there')
    const still = async (what: string) => expect(await places(page), what).toEqual(before)
    for (const name of KEYS) {
      await keys(page).getByRole('button', { name, exact: true }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await still(`${name} open`)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await still(`${name} closed`)
    }
    await page.getByRole('button', { name: /All of it/ }).click()
    await still('what was brought along, open')
    await page.keyboard.press('Escape')
    await holdEmergency(page)
    await still('the emergency card')
    await page.keyboard.press('Escape')
    for (const key of [...(await keys(page).getByRole('button').all()), page.getByRole('button', { name: /^EMERGENCY/ })]) {
      const { width, height } = (await key.boundingBox())!
      expect(Math.min(width, height), await key.innerText()).toBeGreaterThanOrEqual(60)
    }
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const)
    expect(width[0], 'nothing to push sideways').toBeLessThanOrEqual(width[1])
    await noViolations(page)
  })
}

test('an alert, the chip of another room and a lost connection take their places without moving anything', async () => {
  const { page } = maya
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    await page.unroute('**/api/sessions/running')
    const elsewhere = { running: [{ chart, session: '5a3e0000-0000-4000-8000-0000000009e3', name: 'Ida N.', alert: { level: 'orange', says: 'Systolic pressure 190 mmHg', at: cast.now, answered: false }, dueAt: null, firstDoseAt: null, people: 2, with: [], phase: null, heardAt: cast.now }] }
    const answer = await elsewhereOnceAsked(page, elsewhere)
    await page.reload()
    await expect(keys(page)).toBeVisible()
    const before = await places(page)
    await expect(page.getByRole('link', { name: /Ida N\./ })).toHaveCount(0)
    answer()
    await expect(page.getByRole('link', { name: /Ida N\./ })).toBeVisible({ timeout: 20_000 })
    expect(await places(page), `${size}: a chip comes`).toEqual(before)
    if (size === 'phone' || size === 'tablet across') await pictures(page, `room-screen-chip-${size.replaceAll(' ', '-')}`, { whole: false })
  }
  await page.unroute('**/api/sessions/running')
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    await page.reload()
    await expect(keys(page)).toBeVisible()
    const before = await places(page)
    await write({ 'vitals.v1': { systolicMmHg: 192, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98 } })
    await expect(page.getByRole('region', { name: 'Alerts' }).getByRole('button', { name: 'I am on it' })).toBeVisible()
    const after = await places(page)
    expect(after, `${size}: an alert comes`).toEqual(before)
    await pictures(page, `room-screen-alert-${size.replaceAll(' ', '-')}`, { whole: false })
    await press(page, 'I am on it')
    await write({ 'vitals.v1': { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98 } })
  }
})

/** The twelve commonest events, by the words on the keys. */
const EVENTS: readonly (readonly [event: string, touches: readonly (string | RegExp)[], log: RegExp])[] = [
  ['awake', ['State', /^MOAA\/S 5/], /MOAA\/S 5/], ['drowsy', ['State', /^MOAA\/S 4/], /MOAA\/S 4/], ['intensity', ['State', 'Intensity 7'], /Intensity 7 of 10/], ['distress', ['State', 'Distress 2'], /Distress 2 of 10/],
  ['nausea', ['Effect', 'Nausea, mild'], /Nausea, grade 1/], ['dizziness', ['Effect', 'Dizziness, mild'], /Dizziness, grade 1/], ['breathing together', ['Comfort', /^Breathe out long/], /Comfort: Breathe out long/], ['a signal', ['Comfort', 'Signal: lighter'], /Signal: lighter/],
  ['the next piece', ['Comfort', 'Music: next piece'], /Music: next piece/], ['tears', ['Note', 'Note: tears'], /tears/], ['quiet', ['Note', 'Note: quiet'], /quiet/], ['a blanket', ['Comfort', /blanket/i], /blanket/i],
]

test('phone: each of the twelve commonest events takes at most two touches and no scrolling of the page', async () => {
  const { page } = maya
  await page.setViewportSize(SIZES.phone)
  await page.reload()
  await expect(keys(page)).toBeVisible()
  for (const [event, touches, log] of EVENTS) {
    expect(touches.length, event).toBeLessThanOrEqual(2)
    const lines = () => page.getByRole('region', { name: 'Log' }).getByRole('listitem')
    const before = await lines().count()
    for (const name of touches) await page.getByRole('button', { name, exact: typeof name === 'string' }).first().click()
    await expect(lines(), event).not.toHaveCount(before)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(lines().filter({ hasText: log }).first(), event).toBeVisible()
    expect(await page.evaluate(() => scrollY), 'the page stays where it is').toBe(0)
  }
})

test('phone: a whole set of vitals takes fourteen touches, all on keys that lie in sight', async () => {
  const { page } = maya
  let touches = 0
  const touch = async (name: string) => {
    const key = page.getByRole('button', { name, exact: true })
    await expect(key, `${name} is in sight`).toBeInViewport({ ratio: 0.9 })
    await key.click()
    touches += 1
  }
  await touch('Vitals')
  for (const digit of '124' + '79' + '77' + '15' + '97' + '5') await touch(`Digit ${digit}`)
  await touch('Record vitals')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'Last readings' })).toContainText('124/79')
  await expect(page.getByRole('region', { name: 'Last readings' })).toContainText('97')
  expect(touches).toBe(14) // At eight tenths of a second each, a little over eleven seconds.
})

test('phone: what the screen is not, and the first thing that is wrong, stand there whole', async () => {
  const { page } = maya
  await page.setViewportSize(SIZES.phone)
  for (const text of ['Documentation and reminders; the bedside monitor is the alarm.', /both here/]) {
    const line = page.locator('.r-foot').getByText(text)
    await expect(line).toBeInViewport({ ratio: 1 })
    const cut = await line.evaluate((element) => { const box = element.closest('p')!; const { left, top, width, height } = box.getBoundingClientRect(); return { over: box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1, covered: !box.contains(document.elementFromPoint(left + width / 2, top + height / 2)) } })
    expect(cut, String(text)).toEqual({ over: false, covered: false })
  }
  // Two devices more have written: the foot names the oldest, and is cut nowhere.
  for (const device of ['5a3e0000-0000-4000-8000-0000000009e6', '5a3e0000-0000-4000-8000-0000000009e7']) {
    const { now: at } = await ask<{ now: string }>(jonas, '/api/sessions/running')
    await ask(jonas, `/api/charts/${chart}/entries`, { entries: [{ id: crypto.randomUUID(), kind: 'music.v1', at, writtenAt: at, device, session, body: { what: 'next piece' } }] })
  }
  const news = page.locator('.r-foot').getByText(/^Newest: .* ago, \d others at most .* ago$/)
  await expect(news, 'how old the news is').toBeInViewport({ ratio: 1 })
  expect(await news.evaluate((line) => line.scrollHeight > line.clientHeight + 1 || line.scrollWidth > line.clientWidth + 1), 'cut').toBe(false)
  const warning = page.locator('.r-connection__warning').getByRole('button').first()
  await expect(warning).toBeInViewport({ ratio: 1 })
  expect(await warning.evaluate((element) => element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1), await warning.innerText()).toBe(false)
  await pictures(page, 'room-screen-foot', { whole: false })
})

test('without a network: what was brought along opens, a question says to call, and after sleep the clock is honest', async () => {
  const { page } = maya
  await page.setViewportSize(SIZES['tablet across'])
  await page.waitForFunction(async () => (await caches.match('/work')) !== undefined, null, { timeout: 30_000 })
  await goOffline(page)
  await page.reload()
  await page.getByRole('button', { name: /All of it/ }).click()
  for (const term of ['Allergies', 'Medicines', 'Touch', 'Stop signal', 'Intention', 'Helped then']) await expect(page.getByRole('dialog').getByText(term, { exact: true })).toBeVisible()
  await pictures(page, 'room-screen-brought', { whole: false })
  await page.keyboard.press('Escape')
  await expect(page.getByText(/no connection since|connecting/)).toBeVisible({ timeout: 40_000 })
  await page.setViewportSize(SIZES.phone)
  await expect(page.getByText('This device goes on reminding; others are told once the connection is back.')).toBeInViewport({ ratio: 1 })
  const now = page.locator('.r-connection__now')
  expect(await now.evaluate((line) => line.scrollHeight > line.clientHeight + 1), await now.innerText()).toBe(false)
  await page.setViewportSize(SIZES['tablet across'])
  await press(page, 'More')
  await press(page, 'Ask the prescriber')
  await expect(page.getByText('There is no connection, so nobody outside this room would read it.')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.context().setOffline(false)
  await expect(page.getByText(/connected/)).toBeVisible({ timeout: 40_000 })
})

test('the emergency card: one press, steps in the record, the same clock on the other device and after a reload', async () => {
  const { page } = maya
  await holdEmergency(page)
  await pickCard(page, 'Seizure')
  await press(page, 'It is happening: start the clock')
  await press(page, 'Done: Look at the clock.')
  await expect(page.getByRole('timer', { name: 'Since it began' })).toBeVisible()
  await page.setViewportSize(SIZES['tablet across'])
  const steps = page.getByRole('dialog').locator('.r-steps > li')
  for (const place of [0, 1, 2, 3]) await expect(steps.nth(place), `step ${place + 1} stands there without scrolling`).toBeInViewport({ ratio: 1 })
  for (const place of [0, 1, 2, 3]) expect(await steps.nth(place).evaluate((step) => { const { left, bottom, width } = step.getBoundingClientRect(); return step.contains(document.elementFromPoint(left + width / 2, bottom - 3)) }), `nothing lies over step ${place + 1}`).toBe(true)
  expect(await page.getByRole('link', { name: /^Call 911/ }).getAttribute('href')).toBe('tel:911')
  await expect(page.getByRole('link', { name: /Helen Brandt, on call/ })).toBeVisible()
  await pictures(page, 'room-screen-emergency', { whole: false })
  await noViolations(page)
  await page.reload()
  await holdEmergency(page)
  await expect(page.getByRole('dialog', { name: 'Emergency: Seizure' })).toContainText('since')
  await holdEmergency(jonas.page)
  await expect(jonas.page.getByRole('dialog', { name: 'Emergency: Seizure' })).toContainText(/Maya Torres|Sam Whitfield/)
  for (const one of [page, jonas.page]) await one.keyboard.press('Escape')
})

test('a prescriber looks in from elsewhere, answers, and is asked', async () => {
  const { page } = await cast.enter(staff.prescriber)
  await page.goto(jonas.page.url())
  await expect(page.getByRole('region', { name: 'Looking in from elsewhere' })).toContainText('Jonas Lindqvist')
  await expect(page.getByRole('button', { name: 'Vitals', exact: true })).toHaveCount(0)
  await write({ 'vitals.v1': { systolicMmHg: 194, diastolicMmHg: 78 } })
  await expect(page.getByText(/Your answer (is|was) expected/)).toBeVisible()
  await noViolations(page)
  await pictures(page, 'room-screen-elsewhere', { whole: false })
  await page.getByRole('button', { name: /^I am on it: Systolic/ }).first().click()
  await press(maya.page, 'More')
  await press(maya.page, 'Ask the prescriber')
  await maya.page.getByLabel(/^What you ask/).fill('May she have water now?')
  await press(maya.page, 'Ask')
  await expect.poll(() => maya.page.evaluate(() => document.activeElement?.closest('dialog') !== null), { message: 'the focus stays in the sheet' }).toBe(true)
  await pictures(maya.page, 'room-screen-questions', { whole: false })
  await expect(page.getByText('May she have water now?').first()).toBeVisible()
  await press(page, 'Questions')
  await page.getByLabel(/^Answer to/).fill('Yes, small sips.')
  await press(page, 'Answer')
  await expect(maya.page.getByText('Yes, small sips.').first()).toBeVisible()
  await press(page, 'Dose')
  await pictures(page, 'room-screen-dose-elsewhere', { whole: false })
})

test('an interacting medicine that somebody writes on the chart meanwhile is an alarm on every device, and no dose is offered', async () => {
  const { page } = maya
  for (const one of [jonas, maya]) await one.page.keyboard.press('Escape')
  await page.setViewportSize(SIZES['tablet across'])
  while (await page.getByRole('button', { name: 'I am on it' }).isVisible()) { await press(page, 'I am on it'); await page.waitForTimeout(1_200) }
  const before = await places(page)
  const helen = await cast.enter(staff.prescriber)
  const { now: at } = await ask<{ now: string }>(helen, '/api/sessions/running')
  await ask(helen, `/api/charts/${chart}/entries`, { entries: [{ id: crypto.randomUUID(), kind: 'medication.v1', at, writtenAt: at, device: '5a3e0000-0000-4000-8000-0000000009e4', body: { name: 'phenelzine', codes: [], dosage: '15 mg', status: 'active' } }] })
  const alerts = (one: Person) => one.page.getByRole('region', { name: 'Alerts' })
  for (const one of [jonas, maya]) await expect(alerts(one)).toContainText('Hold: new facts reopened the medical clearance. No further dose.')
  expect(await places(page)).toEqual(before)
  await noViolations(page)
  await pictures(page, 'room-screen-hold', { whole: false })
  // The server calls the room by itself, and then the others.
  await expect(page.getByRole('region', { name: 'Log' })).toContainText(/Called: .*Hold: new facts/, { timeout: 20_000 })
  await page.getByRole('button', { name: /^(All alerts|What to do)/ }).click()
  await pictures(page, 'room-screen-hold-alerts', { whole: false })
  await page.keyboard.press('Escape')
  await press(page, 'I am on it')
  await expect(alerts(jonas)).toContainText(/Maya Torres|Sam Whitfield/)
  await expect(alerts(jonas), 'answered, and it stands on').toContainText('Hold: new facts')
  await keys(page).getByRole('button', { name: 'Dose', exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('No further dose is offered while this stands.')
  await expect(page.getByRole('button', { name: 'Prepared', exact: true })).toHaveCount(0)
  await pictures(page, 'room-screen-hold-dose', { whole: false })
  for (const name of ['Vitals', 'State', 'Effect', 'Note']) await expect(keys(page).getByRole('button', { name, exact: true })).toBeEnabled()
})

test('relief: handed over, read back and signed by both; the room says so when too few stay', async () => {
  const { page } = maya
  await page.keyboard.press('Escape')
  await press(page, 'More')
  await press(page, 'Who is here, check out')
  await page.getByRole('group', { name: /^Hand over to/ }).getByLabel('Jonas Lindqvist').check()
  await page.getByLabel('My PIN').fill('2468')
  await pictures(page, 'room-screen-hand-over', { whole: false })
  await press(page, 'Sign and hand over')
  await expect(page.getByText(/Stay until then\./)).toBeVisible()
  await jonas.page.getByRole('button', { name: /hands over to you: read back/ }).click()
  for (const box of await all(jonas.page.getByRole('dialog').getByRole('checkbox'))) await box.check()
  await jonas.page.getByLabel('My PIN').fill('2468')
  await pictures(jonas.page, 'room-screen-taking-over', { whole: false })
  await press(jonas.page, 'Read back: sign and take over')
  await expect(page.getByText(/has read it back and signed/)).toBeVisible()
  await press(page, 'Handed over and read back: check out')
  await expect(jonas.page.getByText('1 of 2 people are here')).toBeVisible()
  await pictures(jonas.page, 'room-screen-too-few', { whole: false })
})
