import type { Browser, Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { ask, Cast, goOffline, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

/** A visit carried along the timeline: where it may go, why not elsewhere, and nothing booked before somebody has said so. */

interface Visit { visit: string; type: string; number: number; startsAt: string; localStart: string; room?: { name: string }; patients: { name: string; chart: string }[] }
const coming = async (page: Page, from: string): Promise<Visit[]> => {
  const { visits } = await ask<{ visits: Visit[] }>({ page }, `/api/calendar?from=${from}&to=${from.slice(0, 4)}-12-31`)
  return visits.filter(({ type, startsAt, patients }) => type === 'medicine' && patients.length > 0 && startsAt.slice(0, 10) > from)
}
/** The first that can go an hour later while nothing else moves: which that is depends on the day on which this runs. */
const movable = async (page: Page, visits: readonly Visit[]): Promise<Visit> => {
  for (const one of visits) {
    const day = one.localStart.slice(0, 10)
    const { days } = await ask<{ days: { free: { localStart: string; alone: boolean; room?: { name: string } }[] }[] }>({ page }, `/api/charts/${one.patients[0]!.chart}/visits/${one.visit}/places?from=${day}&to=${day}`)
    if (days.some(({ free }) => free.some(({ localStart, alone, room }) => alone && room?.name === one.room?.name && localStart === anHourLater(one.localStart)))) return one
  }
  throw new Error('No session of the sample practice can go an hour later by itself.')
}
const anHourLater = (localStart: string) => `${localStart.slice(0, 11)}${String(Number(localStart.slice(11, 13)) + 1).padStart(2, '0')}${localStart.slice(13)}`

test('a medicine session is carried by pointer and by key; what stands against a place is said, and only the accepted repair moves it', async ({ browser, baseURL }) => {
  const cast = new Cast(browser, baseURL!)
  const claire = await cast.enter(staff.coordinator)
  const { page } = claire
  const { now } = await ask<{ now: string }>(claire, '/api/sessions/running')
  const visit = await movable(page, await coming(page, now.slice(0, 10)))
  const day = visit.localStart.slice(0, 10)
  const stands = async () => (await coming(page, now.slice(0, 10))).find((one) => one.visit === visit.visit)!.localStart
  await page.goto(`/work/calendar?view=timeline&span=day&day=${day}`)
  const room = page.getByRole('group', { name: `Room ${visit.room!.name}` })
  const bar = room.getByRole('button', { name: new RegExp(`${visit.patients[0]!.name}, Medicine session ${visit.number}`) })
  const told = page.getByRole('status').filter({ hasNotText: 'Reading' }).last()
  await expect(bar).toBeVisible()
  await noViolations(page)
  await pictures(page, 'timeline-day')

  // By pointer, over an hour at which nobody is there: the reason stands beside it, and letting go moves nothing.
  await bar.scrollIntoViewIfNeeded()
  const box = (await bar.boundingBox())!
  const hourPx = box.width / 3
  const hold = { x: box.x + 20, y: box.y + box.height / 2 }
  const carryTo = async (hours: number) => {
    await page.mouse.move(hold.x, hold.y)
    await page.mouse.down()
    await page.mouse.move(hold.x + 12, hold.y)
    await page.mouse.move(hold.x + hours * hourPx, hold.y, { steps: 4 })
  }
  /** The bar stands where it belongs: that something was moved is said before the calendar is read again. */
  const standsAt = (hours: number) => expect.poll(async () => Math.abs(((await bar.boundingBox())?.x ?? 0) - box.x - hours * hourPx)).toBeLessThan(2)
  await carryTo(6)
  await expect(told).toContainText(/Does not fit\. .+ on \w+, \w+ \d+\./, { timeout: 20_000 })
  await expect(page.getByText(/Does not fit\. .+ on \w+, \w+ \d+\./).first()).toBeVisible()
  await pictures(page, 'timeline-refused')
  await page.mouse.up()
  await expect(told).toContainText('nothing was moved')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await stands()).toBe(visit.localStart)

  // Escape puts it back as well.
  await carryTo(1)
  await page.keyboard.press('Escape')
  await page.mouse.up()
  await expect(told).toContainText('Nothing was moved')

  // To a place that fits: the dialog says what would change, and until it is accepted nothing has.
  await carryTo(1)
  await expect(told).toContainText('Fits. Nothing else changes.', { timeout: 20_000 })
  await page.mouse.up()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Only this visit changes.')).toBeVisible({ timeout: 20_000 })
  expect(await stands()).toBe(visit.localStart)
  await noViolations(page)
  await dialog.getByRole('button', { name: 'Move now' }).click()
  await expect(told).toContainText('was moved')
  const moved = await stands()
  expect(moved).toBe(anHourLater(visit.localStart))

  // By key alone, back to where it stood.
  await standsAt(1)
  await bar.focus()
  await page.keyboard.press('m')
  for (let quarter = 0; quarter < 4; quarter += 1) await page.keyboard.press('ArrowLeft')
  await expect(told).toContainText('Fits. Nothing else changes.', { timeout: 20_000 })
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: 'Move now' }).click({ timeout: 20_000 })
  await expect(told).toContainText('was moved')
  expect(await stands()).toBe(visit.localStart)

  await standsAt(0)
  // Asked first: it stays where it is, the new time is held, and who is asked stands below until it is taken back.
  await carryTo(1)
  await expect(told).toContainText('Fits. Nothing else changes.', { timeout: 20_000 })
  await page.mouse.up()
  await expect(dialog.getByText('Only this visit changes.')).toBeVisible({ timeout: 20_000 })
  await pictures(page, 'timeline-ask-first', { whole: false })
  await dialog.getByRole('button', { name: 'Ask first' }).click()
  const waiting = page.getByRole('region', { name: 'Waiting for an answer' })
  await expect(waiting).toContainText(visit.patients[0]!.name)
  expect(await stands()).toBe(visit.localStart)
  await noViolations(page)
  await pictures(page, 'timeline-waiting')
  await waiting.getByRole('button', { name: 'Take it back' }).click()
  await expect(waiting).toHaveCount(0)

  await byFinger(browser, baseURL!, visit, day)
  expect(await stands()).toBe(visit.localStart)

  // A connection that goes: nothing was moved, and it says so.
  await goOffline(page)
  await bar.focus()
  await page.keyboard.press('m')
  await expect(told).toContainText(/no connection.*Nothing was/)
  await claire.context.setOffline(false)
  await page.goto('/work/calendar?view=rooms')
  await expect(page.getByRole('heading', { name: visit.room!.name })).toBeVisible()
  await noViolations(page)
})

/** On a tablet: a finger that moves at once scrolls, one that rests takes the visit in hand, and letting go only asks. */
async function byFinger(browser: Browser, baseURL: string, visit: Visit, day: string) {
  const context = await browser.newContext({ baseURL, locale: 'en-US', reducedMotion: 'reduce', hasTouch: true, viewport: { width: 820, height: 1180 } })
  const page = await context.newPage()
  await page.request.post('/api/sample/enter', { data: { person: staff.coordinator } })
  await page.goto(`/work/calendar?view=timeline&span=day&day=${day}`)
  const bar = page.getByRole('group', { name: `Room ${visit.room!.name}` }).getByRole('button', { name: new RegExp(`${visit.patients[0]!.name}, Medicine session ${visit.number}`) })
  await bar.scrollIntoViewIfNeeded()
  const scroller = page.locator('.t-scroll')
  const hand = await context.newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) => hand.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
  const carryBy = async (restsMs: number, px: number) => {
    const box = (await bar.boundingBox())!
    const [x, y] = [box.x + Math.min(40, box.width / 2), box.y + box.height / 2]
    await touch('touchStart', x, y)
    await page.waitForTimeout(restsMs)
    for (let step = 1; step <= 6; step += 1) await touch('touchMove', x + (px * step) / 6, y)
    return box.width / 3
  }
  const told = page.getByRole('status').filter({ hasNotText: 'Reading' }).last()
  const left = () => scroller.evaluate((element) => element.scrollLeft)
  await carryBy(0, -150)
  await touch('touchEnd')
  await expect.poll(left).toBeGreaterThan(50)
  await expect(scroller).not.toHaveAttribute('data-carrying')
  // What a finger has thrown goes on for a while, and a finger that comes down meanwhile only stops it.
  await expect.poll(async () => { const [at] = [await left(), await page.waitForTimeout(150)]; return (await left()) - at }, { timeout: 10_000 }).toBe(0)
  const before = 0
  await expect(async () => {
    await scroller.evaluate((element) => { element.scrollLeft = 0 })
    await page.waitForTimeout(300)
    expect(await left()).toBe(before)
  }).toPass({ timeout: 10_000 })
  const hourPx = (await bar.boundingBox())!.width / 3
  await carryBy(600, hourPx)
  await expect(scroller).toHaveAttribute('data-carrying', 'pointer')
  await expect(told).toContainText('Fits. Nothing else changes.', { timeout: 20_000 })
  expect(await left(), 'nothing scrolls below a visit in hand').toBe(before)
  await pictures(page, 'timeline-finger', { whole: false })
  await touch('touchEnd')
  await expect(page.getByRole('dialog').getByText('Only this visit changes.')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it where it is' }).click()
  await expect(told).toContainText('Nothing was moved')
  await context.close()
}
