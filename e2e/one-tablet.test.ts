import type { Page } from '@playwright/test'
import { theServer } from '../src/core/chart/entry.ts'
import { noViolations } from './support/axe.ts'
import { askedThatMorning, morningOfASession } from './support/morning.ts'
import { ask, Cast, minutesAfter, staff, type Person } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { roadTo, type Road } from './support/road.ts'
import { askBeforeDose, assess, calm, checkIn, escortIsHere, more, press, startSession, suicideScreen, vitals } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/**
 * Two people and one tablet. What takes two is signed by both of them on it while its road swallows every byte: one comes
 * in, takes over, and signs for going home as the second; then the road is whole again and the server has to believe it.
 */
let server: OwnServer
let road: Road | undefined
test.beforeAll(async () => {
  server = await ownServer()
  road = await roadTo(Number(new URL(server.url).port))
})
test.afterAll(async () => { await road?.close(); await server.close() })

const PIN = '2468'
const room = { whole: false }
interface Held { readonly id: string; readonly kind: string; readonly by: string; readonly device: string; readonly session?: string; readonly body: { readonly signature?: { readonly person: string; readonly lent?: { readonly by: string; readonly proof: string } } } }

test('relief and going home, signed by two people on one tablet without a network: one record, both signatures, and the server has asked each', async ({ browser }) => {
  const toTablet = road!
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const j = jonas.page
  const { chart, visit, people } = await morningOfASession(cast, jonas, askedThatMorning())
  const sam = await onTablet(browser, toTablet, people.find(({ role }) => role === 'monitor')!.person)
  const t = sam.page

  await test.step('a session, and a dose that two people checked on the one tablet', async () => {
    await j.goto(`/work/charts/${chart}/start?visit=${visit}`)
    await startSession(j)
    await checkIn(j, 'therapist')
    await t.goto(new URL(j.url()).pathname)
    await checkIn(t, 'monitor')
    await askBeforeDose(t)
    // The owner's own PIN is known to the tablet from here on.
    await more(t, 'Lock this screen')
    await t.getByLabel('PIN', { exact: true }).fill(PIN)
    await press(t, 'Open')
    await press(t, 'Dose')
    await t.getByLabel('Drawn from').selectOption({ index: 1 })
    await press(t, 'Prepared')
    await t.getByRole('region', { name: 'Somebody else confirms on this device' }).getByLabel('Jonas Lindqvist').check()
    await t.getByLabel(/Amount you read/).fill('34')
    await t.getByLabel('PIN of Jonas L.').fill(PIN)
    await pictures(t, 'one-tablet-dose', room)
    await press(t, 'Confirm the amount')
    await t.getByLabel('left arm').check()
    await press(t, '34 mg given')
    await expect(j.getByText(/34 mg IM, step 1/).first()).toBeVisible()
    await expect(j.getByText(/Jonas Lindqvist on Sam .\.’s device/).first()).toBeVisible()
  })
  await test.step('a second person is let in while there is a network, by their own PIN', async () => {
    await more(t, 'Who can sign here')
    await t.getByLabel('Helen Brandt').check()
    await t.getByLabel('PIN of Helen B.').fill('1111')
    await press(t, 'Helen B. can sign here')
    await expect(t.getByText('That PIN is not right. 4 tries left.')).toBeVisible()
    await pictures(t, 'one-tablet-who-signs', room)
    await noViolations(t)
    await t.getByLabel('PIN of Helen B.').fill(PIN)
    await press(t, 'Helen B. can sign here')
    await expect(t.getByText(/Helen Brandt, until/)).toBeVisible()
    await t.keyboard.press('Escape')
  })
  await test.step('two hours later the way home is assessed', async () => {
    const { now: dosedAt } = await ask<{ now: string }>(jonas, '/api/me')
    for (const minutes of [6, 12, 20, 30, 45, 60, 90, 125]) {
      await cast.moveOn(minutesAfter(dosedAt, minutes))
      await t.reload()
      await vitals(t, calm)
    }
    await suicideScreen(t)
    await escortIsHere(t)
    await assess(t)
    await t.keyboard.press('Escape')
  })

  const stored = async () => (await ask<{ entries: Held[] }>(jonas, `/api/charts/${chart}/entries`)).entries.filter(({ by }) => by !== theServer)
  // Nothing of the time before is still on its way: what was written last has arrived.
  await expect.poll(async () => (await stored()).at(-1)?.kind, { timeout: 20_000 }).toBe('discharge-assessed.v1')
  for (const page of [t, j]) await expect(page.locator('output.r-kept[data-kept="saved"]')).toBeVisible({ timeout: 20_000 })
  const before = (await stored()).length
  toTablet.blackHole()
  await test.step('the road is gone: one comes in, hears what is handed over, reads it back and signs', async () => {
    await expect(t.getByText(/no connection|not connected|Connection/i).first()).toBeVisible({ timeout: 60_000 })
    await more(t, 'Who is here, check out')
    const theirs = t.getByRole('region', { name: 'Somebody else, on this device' })
    await theirs.getByLabel('Helen Brandt').check()
    await pictures(t, 'one-tablet-check-in', room)
    await theirs.getByLabel('PIN of Helen B.').fill('9999')
    await press(t, 'Check in as prescriber')
    await expect(t.getByText('That PIN is not right. 4 tries left.')).toBeVisible({ timeout: 20_000 })
    await theirs.getByLabel('PIN of Helen B.').fill(PIN)
    await press(t, 'Check in as prescriber')
    await expect(t.getByText(/Helen Brandt, prescriber, since/)).toBeVisible({ timeout: 20_000 })
    await t.getByRole('group', { name: /^Hand over to/ }).getByLabel('Helen Brandt').check()
    await t.getByLabel('My PIN').fill(PIN)
    await press(t, 'Sign and hand over')
    await expect(t.getByText(/You handed over to Helen Brandt/)).toBeVisible({ timeout: 20_000 })
    const boxes = theirs.getByRole('checkbox')
    await expect(boxes).toHaveCount(10)
    for (const box of await boxes.all()) await box.check()
    await pictures(t, 'one-tablet-read-back', room)
    await theirs.getByLabel('PIN of Helen B.').fill(PIN)
    await press(t, 'Read back: sign and take over')
    await expect(t.getByText(/Helen Brandt has read it back and signed/)).toBeVisible({ timeout: 20_000 })
    await t.keyboard.press('Escape')
  })
  await test.step('both sign for going home', async () => {
    await more(t, 'Going home')
    await t.getByLabel('Monitor', { exact: true }).check()
    await t.getByLabel('My PIN').fill(PIN)
    await press(t, 'Sign for going home')
    const signatures = t.getByRole('region', { name: 'Signatures' })
    await expect(signatures.getByRole('listitem')).toHaveCount(1, { timeout: 20_000 })
    await signatures.getByLabel('Helen Brandt').check()
    await signatures.getByLabel('PIN of Helen B.').fill(PIN)
    await pictures(t, 'one-tablet-discharge', room)
    await press(t, 'Sign for going home')
    await expect(signatures.getByText(/Helen Brandt, prescriber, .* on Sam .\.’s device/)).toBeVisible({ timeout: 20_000 })
    await pictures(t, 'one-tablet-signed', room)
    await noViolations(t)
    await t.keyboard.press('Escape')
    expect((await stored()).slice(before).map(({ kind, by }) => [kind, by]), 'nothing of it has reached the server').toEqual([])
    expect(toTablet.swallowed()).toBeGreaterThan(0)
  })
  toTablet.pass()
  await test.step('the road is whole again: one record with both signatures', async () => {
    await expect.poll(async () => (await stored()).length, { timeout: 60_000 }).toBe(before + 5)
    const fresh = (await stored()).slice(before)
    expect(fresh.map(({ kind, by }) => [kind, by])).toEqual([
      ['checked-in.v1', staff.prescriber], ['hand-over.v1', sam.person], ['hand-over-taken.v1', staff.prescriber], ['discharge-signed.v1', sam.person], ['discharge-signed.v1', staff.prescriber],
    ])
    expect(new Set(fresh.map(({ device }) => device)).size, 'one tablet').toBe(1)
    expect(fresh.filter(({ body }) => body.signature?.lent?.by === sam.person)).toHaveLength(3)
    await expect(j.getByText(/Helen Brandt on Sam .\.’s device/).first()).toBeVisible()
    await pictures(j, 'one-tablet-log', room)
    // The tablet's own word is not enough: the same signature under anything else is refused.
    const last = fresh.at(-1)!
    const { by: _by, seq: _seq, digest: _digest, receivedAt: _at, ...draft } = last as Held & Record<string, unknown>
    const forged = await t.request.post(`/api/charts/${chart}/entries`, { headers: { origin: toTablet.url }, data: { by: sam.person, entries: [{ ...draft, id: crypto.randomUUID() }] } })
    expect((await forged.json()).code).toBe('guest.unproven')
  })
})

async function onTablet(browser: import('@playwright/test').Browser, { url }: Road, person: string): Promise<Person & { readonly page: Page }> {
  const context = await browser.newContext({ baseURL: url, reducedMotion: 'reduce', viewport: { width: 834, height: 1112 }, locale: 'en-US' })
  const page = await context.newPage()
  expect((await page.request.post('/api/sample/enter', { data: { person } })).ok()).toBe(true)
  return { page, context, person }
}
