import type { Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { asKeptBefore, onDisk, type OnDisk } from './support/on-disk.ts'
import { ownClock, setOwnClock } from './support/own-clock.ts'
import { ask, Cast, goOffline, minutesAfter, type Person, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** What lies on a device, read raw: after writing, behind the lock, after signing out, and after access was ended from elsewhere. */
let server: OwnServer | undefined
test.beforeAll(async () => {
  server = await ownServer()
})
test.afterAll(() => server?.close())

const CANARY = 'Zinnober weeps at the window'
const PIN = '271828'
/** Words of the chart, of the people on it and of its head. What a thing is called in the program is none of them. */
const WORDS = ['Zinnober', 'weeps', 'window', 'Mara', 'Keller', 'Sertraline', 'sertraline', 'question-asked', 'measure-answered', 'vitals.v1']

function holdsNothing({ text, opened, readable }: OnDisk, when: string) {
  expect(text.length, 'there is something to look at').toBeGreaterThan(500)
  for (const word of WORDS) {
    expect(text.includes(word), `${when}: “${word}” lies on the disk`).toBe(false)
    expect(opened.some((plain) => plain.includes(word)), `${when}: “${word}” is opened by a key that lies beside it`).toBe(false)
  }
  expect(opened.filter((plain) => !plain.includes('idleMinutes')), `${when}: only who was here is opened`).toEqual([])
  expect(readable, `${when}: a key lets itself be read out`).toBe(0)
}

async function chartOf(person: Person): Promise<string> {
  const { rows } = await ask<{ rows: { name: string; chart: string }[] }>(person, '/api/home')
  return rows.find(({ name }) => name === 'Mara Keller')!.chart
}

/** Writes a question to a colleague that cannot reach the server. */
async function writesUnsent(page: Page, chart: string, text: string) {
  await page.route('**/api/charts/*/entries', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await page.goto(`/work/charts/${chart}?step=questions`)
  await page.getByLabel('Whom you ask').selectOption({ index: 1 })
  await page.getByLabel('Question', { exact: true }).fill(text)
  await page.getByRole('button', { name: 'Ask', exact: true }).click()
  // Its own field says it too, until it is kept.
  await expect(page.getByRole('blockquote').filter({ hasText: text })).toBeVisible()
}

/** Somebody at a chart, whose own clock a story can move, and who has typed their PIN on this device. */
async function atTheChart(cast: Cast): Promise<Person & { readonly chart: string }> {
  const jonas = await cast.enter(staff.therapist)
  await jonas.context.addInitScript(ownClock)
  await ask(jonas, '/api/pin', { pin: PIN })
  const chart = await chartOf(jonas)
  await jonas.page.goto(`/work/charts/${chart}`)
  await expect(jonas.page.getByRole('heading', { level: 1, name: /Mara/ })).toBeVisible()
  await leftAlone(jonas)
  await typePin(jonas.page)
  await expect(jonas.page.getByRole('heading', { level: 1, name: /Mara/ })).toBeVisible()
  return { ...jonas, chart }
}

async function typePin(page: Page, pin = PIN) {
  await page.getByLabel('PIN').fill(pin)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
}

async function leftAlone({ page }: Person, minutes = 20) {
  const { now } = await page.evaluate(() => ({ now: new Date().toISOString() }))
  await page.evaluate(setOwnClock(minutesAfter(now, minutes)))
  await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible({ timeout: 15_000 })
}

test('a device keeps a chart so that a copy of its disk, and the device without the PIN, read nothing', async ({ browser }) => {
  const cast = new Cast(browser, server!.url)
  const jonas = await atTheChart(cast)
  const { page } = jonas
  await writesUnsent(page, jonas.chart, CANARY)
  await test.step('while it is written', async () => {
    const disk = await onDisk(page)
    holdsNothing(disk, 'open')
    expect(disk.counts).toMatchObject({ acts: 1, vaults: 1 })
    expect(disk.counts['pieces']!).toBeGreaterThan(0)
  })
  await test.step('every other page says that it waits, and where', async () => {
    await page.goto('/work')
    const line = page.getByRole('region', { name: 'Not sent yet' })
    await expect(line).toContainText('Saved here · 1 entry that you wrote has not reached the server yet.')
    await noViolations(page)
    await pictures(page, 'home-not-sent')
    await line.getByRole('link', { name: 'Open Mara Keller' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /Mara/ })).toBeVisible()
    await page.goto(`/work/charts/${jonas.chart}?step=questions`)
    await expect(page.getByText(CANARY).first()).toBeVisible()
    await expect(line).toHaveCount(0)
  })
  await test.step('behind the lock: the PIN opens it, another does not', async () => {
    await leftAlone(jonas)
    await noViolations(page)
    await pictures(page, 'device-locked')
    holdsNothing(await onDisk(page), 'locked')
    await typePin(page, '000000')
    await expect(page.getByText('That PIN is not right. 4 tries left.')).toBeVisible()
    await typePin(page)
    await expect(page.getByText(CANARY).first()).toBeVisible()
  })
  await test.step('opened again without the network it asks for the PIN, and what waits is still there', async () => {
    await page.waitForFunction(async () => (await caches.match('/work')) !== undefined, null, { timeout: 30_000 })
    await goOffline(page)
    await leftAlone(jonas, 40)
    await page.reload()
    await expect(page.getByText('What is kept on this device is closed and opens with it')).toBeVisible({ timeout: 15_000 })
    expect(await page.evaluate(() => document.body.innerText)).not.toContain('Zinnober')
    holdsNothing(await onDisk(page), 'opened again')
    await typePin(page)
    await expect(page.getByText(CANARY).first()).toBeVisible()
    await jonas.context.setOffline(false)
  })
  await test.step('after signing out nothing that was read is there, and what was not sent is still sealed', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(/sign-in/)
    const disk = await onDisk(page)
    holdsNothing(disk, 'signed out')
    expect(disk.counts).toMatchObject({ pieces: 0, heads: 0, vaults: 0, people: 0, acts: 1 })
  })
  await test.step('signed in again, its author is given it back, and it is stored once', async () => {
    await page.unroute('**/api/charts/*/entries')
    await ask(jonas, '/api/sample/enter', { person: staff.therapist })
    await page.goto(`/work/charts/${jonas.chart}?step=questions`)
    await expect(page.getByText(CANARY).first()).toBeVisible()
    await expect.poll(async () => stored(jonas)).toBe(1)
    await expect.poll(async () => (await onDisk(page)).counts['acts']).toBe(0)
  })
})

const stored = async (person: Person & { readonly chart: string }, text = CANARY) =>
  (await ask<{ entries: { body: { text?: string } }[] }>(person, `/api/charts/${person.chart}/entries`)).entries.filter(({ body }) => body.text === text).length

test('access ended from elsewhere: the device forgets, brings what it could not send, and a clinician adopts it by name', async ({ browser }) => {
  const cast = new Cast(browser, server!.url)
  const jonas = await atTheChart(cast)
  const { page } = jonas
  const text = 'Zinnober weeps again'
  await writesUnsent(page, jonas.chart, text)
  await test.step('the sign-in is ended from another device', async () => {
    const { signIns } = await ask<{ signIns: { id: string; thisOne: boolean }[] }>(jonas, '/api/sign-ins')
    const other = await cast.enter(staff.therapist)
    await ask(other, `/api/sign-ins/${signIns.find(({ thisOne }) => thisOne)!.id}/end`, {})
    await expect(page.getByText(/Your sign-in has ended|You are signed out/).first()).toBeVisible({ timeout: 30_000 })
  })
  const { page: h } = await cast.enter(staff.prescriber)
  await test.step('what was read is gone, what was written is sealed, and the server keeps it sealed', async () => {
    await expect.poll(async () => (await onDisk(page)).counts['vaults']).toBe(0)
    const disk = await onDisk(page)
    holdsNothing(disk, 'revoked')
    expect(disk.counts).toMatchObject({ pieces: 0, heads: 0, people: 0, acts: 1 })
    await h.goto('/work')
    await expect(h.getByText('Written on devices whose access ended')).toBeVisible({ timeout: 40_000 })
    await pictures(h, 'home-not-adopted')
    await noViolations(h)
  })
  await test.step('a clinician opens it and adopts it', async () => {
    await h.goto(`/work/charts/${jonas.chart}`)
    await expect(h.getByText(/1 entry by Jonas .*, written on a device whose access ended/).first()).toBeVisible()
    await pictures(h, 'chart-not-adopted')
    await h.getByRole('link', { name: /Look at what Jonas/ }).click()
    await h.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(h.getByText(text).first()).toBeVisible()
    await pictures(h, 'quarantine-opened')
    await noViolations(h)
    await h.getByRole('button', { name: 'Adopt in my name' }).click()
    await h.getByLabel(/What you go by/).fill('He told me of it.')
    await pictures(h, 'quarantine-adopting')
    await h.getByRole('button', { name: 'Adopt', exact: true }).click()
    await expect(h.getByText(/Adopted by Helen Brandt/)).toBeVisible()
    await pictures(h, 'quarantine-decided')
    await h.goto(`/work/charts/${jonas.chart}?step=questions`)
    await expect(h.getByText(text).first()).toBeVisible()
  })
  await test.step('its author comes back, sends it in the usual way, and it stands once', async () => {
    await page.unroute('**/api/charts/*/entries')
    await ask(jonas, '/api/sample/enter', { person: staff.therapist })
    await page.goto(`/work/charts/${jonas.chart}?step=questions`)
    await expect.poll(async () => (await onDisk(page)).counts['acts'], { timeout: 30_000 }).toBe(0)
    expect(await stored(jonas, text)).toBe(1)
  })
})

test('the fifth wrong PIN deletes what was read and what opens it; what was written comes back to its author', async ({ browser }) => {
  const cast = new Cast(browser, server!.url)
  const jonas = await atTheChart(cast)
  const { page } = jonas
  const text = 'Zinnober weeps five times'
  await writesUnsent(page, jonas.chart, text)
  await leftAlone(jonas, 60)
  for (const left of ['4 tries', '3 tries', '2 tries', '1 try']) {
    await typePin(page, '000000')
    await expect(page.getByText(`That PIN is not right. ${left} left.`)).toBeVisible()
  }
  await typePin(page, '000000')
  await expect(page.getByText('Your sign-in has ended.')).toBeVisible()
  await expect.poll(async () => (await onDisk(page)).counts).toMatchObject({ pieces: 0, heads: 0, vaults: 0, people: 0, acts: 1 })
  holdsNothing(await onDisk(page), 'after five tries')
  await page.unroute('**/api/charts/*/entries')
  await ask(jonas, '/api/sample/enter', { person: staff.therapist })
  await page.goto(`/work/charts/${jonas.chart}?step=questions`)
  await expect(page.getByText(text).first()).toBeVisible()
  await expect.poll(() => stored(jonas, text)).toBe(1)
})

test('a second tab: what one writes the other shows, and when one signs out neither shows anything', async ({ browser }) => {
  const cast = new Cast(browser, server!.url)
  const jonas = await atTheChart(cast)
  const { page, context, chart } = jonas
  const text = 'Zinnober weeps in two tabs'
  await context.route('**/api/charts/*/entries', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()))
  await page.goto(`/work/charts/${chart}?step=questions`)
  const second = await context.newPage()
  await writesUnsent(second, chart, text)
  await expect(page.getByText(text).first()).toBeVisible()
  await second.getByRole('button', { name: 'Sign out' }).click()
  await second.waitForURL(/sign-in/)
  await expect(page.getByText(text)).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Sign in' }).first()).toBeVisible()
  expect(await page.evaluate(() => document.body.innerText)).not.toContain('Mara')
  holdsNothing(await onDisk(page), 'signed out in another tab')
  await context.unroute('**/api/charts/*/entries')
  await second.unroute('**/api/charts/*/entries')
  await ask(jonas, '/api/sample/enter', { person: staff.therapist })
  await Promise.all([page, second].map((tab) => tab.goto(`/work/charts/${chart}?step=questions`)))
  for (const tab of [page, second]) await expect(tab.getByText(text).first()).toBeVisible()
  await expect.poll(() => stored(jonas, text)).toBe(1)
})

test('a browser that cannot seal keeps nothing, and the chart says so and why', async ({ browser }) => {
  const cast = new Cast(browser, server!.url)
  const jonas = await cast.enter(staff.therapist)
  await jonas.context.addInitScript(() => {
    Object.defineProperty(globalThis, 'isSecureContext', { value: false })
    Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined })
  })
  await jonas.page.goto(`/work/charts/${await chartOf(jonas)}?step=questions`)
  await expect(jonas.page.getByText('nothing can be sealed and nothing is kept on this device')).toBeVisible()
  await expect(jonas.page.getByText('What you write is gone if this page is closed before it was sent.')).toBeVisible()
  await pictures(jonas.page, 'chart-nothing-kept')
  await noViolations(jonas.page)
  expect(await jonas.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name))).not.toContain('openkap')
})

test('what a device kept before comes under the new keys, and nothing that waited is lost', async ({ browser }) => {
  const cast = new Cast(browser, server!.url)
  const jonas = await cast.enter(staff.therapist)
  const chart = await chartOf(jonas)
  const me = await ask<{ person: string; device: string; now: string }>(jonas, '/api/me')
  const entry = { id: crypto.randomUUID(), kind: 'question-asked.v1', at: me.now, writtenAt: me.now, by: me.person, device: me.device, body: { to: staff.prescriber, text: 'Zinnober from before' } }
  await jonas.page.goto('/api/health')
  await asKeptBefore(jonas.page, { person: me.person, me, chart, entry })
  await jonas.page.goto(`/work/charts/${chart}?step=questions`)
  await expect(jonas.page.getByText('Zinnober from before').first()).toBeVisible()
  await expect.poll(() => stored({ ...jonas, chart }, 'Zinnober from before')).toBe(1)
  const disk = await onDisk(jonas.page)
  for (const word of WORDS) expect(disk.text.includes(word), `“${word}” lies on the disk`).toBe(false)
  expect(disk.counts).toMatchObject({ vaults: 1, acts: 0 })
})
