import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { ask, askedAgain, Cast, choose, goOffline, minutesAfter, patients, type Person, sent, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** Without a sign-in: what the person answers by a link on their telephone, and the adult by theirs, stands where the session is started; and questionnaires. */
let server: OwnServer
test.beforeAll(async () => {
  // A server of its own: the clock is set.
  server = await ownServer()
})
test.afterAll(() => server.close())

interface Visit { readonly type: string; readonly startsAt: string; readonly visit: string }

test('the morning check by a link, the adult’s own yes, and both where the session is started', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const { rows, now } = await ask<{ now: string; rows: { name: string; chart: string }[] }>(jonas, '/api/home')
  const { chart } = rows.find(({ name }) => name === 'Mara Keller')!
  const { course } = await ask<{ course: { visits: Visit[] } }>(jonas, `/api/charts/${chart}/course`)
  const next = course.visits.find(({ type, startsAt }) => type === 'medicine' && startsAt > now)!
  await cast.at(minutesAfter(next.startsAt, -55))

  const phone = await (await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 }, locale: 'en-US', reducedMotion: 'reduce' })).newPage()
  await phone.goto(await linkTo(jonas, 'mara.keller@'))
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Hello Mara')
  await noViolations(phone)
  await noSideways(phone)
  await choose(phone, 'When did you last eat?', 'Today')
  await phone.getByLabel('At what time did you last eat?').fill('06:00')
  await choose(phone, 'When did you last drink something?', 'Today')
  await phone.getByLabel('At what time did you last drink?').fill('05:30')
  await choose(phone, 'Did you take your medicines as you were told?', 'Yes, as I was told')
  await choose(phone, 'Alcohol or cannabis in the last two days?', 'No')
  await choose(phone, 'Who brings you home?', 'An adult I name below')
  await phone.getByLabel('Their name').fill('Theo Keller')
  await phone.getByLabel('Their phone').fill('+1 510 555 0100')
  await phone.getByLabel('They are an adult').check()
  await phone.getByRole('button', { name: 'Send my answers' }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Thank you. We have it.')

  await phone.goto(await linkTo(jonas, '+1 510 555 0100'))
  await expect(phone.getByText('Mara named you')).toBeVisible()
  await noViolations(phone)
  await choose(phone, 'Will you be there and bring them home?', 'Yes, I will bring them home')
  await phone.getByRole('button', { name: 'Send' }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Thank you. We have it.')

  await jonas.page.goto(`/work/charts/${chart}/start?visit=${next.visit}`)
  const said = jonas.page.getByRole('region', { name: 'Said before coming' })
  await expect(said).toContainText('Last ate at 06:00.', { timeout: 20_000 }) // The first page of a browser that has never been here.
  await expect(said).toContainText('Ate too close to the session.')
  await expect(said).toContainText('brings them home.')
  await noViolations(jonas.page)
  await jonas.page.goto('/work')
  await expect(jonas.page.getByRole('region', { name: 'Said to you' })).toContainText('Ate too close to the session.', askedAgain)
  await noViolations(jonas.page)

  // The practice would move a later visit, and asks first: by a link of hers she says yes, and it stands there.
  const later = course.visits.find(({ type, startsAt }) => type === 'integration' && startsAt > minutesAfter(next.startsAt, 3 * 24 * 60))!
  const { moves } = await ask<{ moves: { to: object; why: string }[] }>(jonas, `/api/charts/${chart}/visits/${later.visit}/repair`, { wishes: { earliest: next.startsAt.slice(0, 10) } })
  await ask(jonas, `/api/charts/${chart}/visits/ask`, { id: randomUUID(), device: randomUUID(), moves: moves.map(({ to, why }) => ({ to, why })) })
  await jonas.page.goto(`/work/charts/${chart}/plan`)
  await expect(jonas.page.getByText('The patient is asked, and has not answered yet.')).toBeVisible()
  await noViolations(jonas.page)
  await pictures(jonas.page, 'plan-asked-first')
  await phone.goto(await linkTo(jonas, 'mara.keller@', 'would like to move'))
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Hello Mara')
  await noViolations(phone)
  await noSideways(phone)
  await pictures(phone, 'link-other-times')
  await phone.getByRole('button', { name: /^Yes, / }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Thank you. We have it.')
})

test('a questionnaire by a link, on a telephone, at two at night: item 9 is told at once, and stays until somebody has spoken with him; sent without a connection it arrives, once', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const { now } = await ask<{ now: string }>(jonas, '/api/home')
  await cast.at(`${now.slice(0, 10)}T20:00:00.000Z`) // Noon: nobody is written to in the evening.
  const link = await linkTo(jonas, 'owen.clarke@', 'few questions')
  await cast.at(minutesAfter(cast.now, 14 * 60))
  const { now: { first } } = await ask<{ now: { first: string } }>(jonas, '/api/on-call')
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 }, locale: 'en-US', reducedMotion: 'reduce', hasTouch: true })
  let phone = await context.newPage()
  await phone.goto(link)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('PHQ-9')
  await noViolations(phone)
  await noSideways(phone)
  await pictures(phone, 'link-questionnaire')
  for (let question = 1; question <= 9; question += 1) {
    await expect(phone.getByText(`Question ${question} of 10`)).toBeVisible()
    if (question === 2) await phone.getByRole('button', { name: 'Next' }).tap()
    else await phone.locator('[data-current]').getByText('Several days').tap()
  }
  // Before anything is sent: who answers at this hour. Then it is left there.
  await expect(phone.getByRole('heading', { name: 'You do not have to be alone with this' })).toBeVisible()
  await expect(phone.locator('[data-current]').getByRole('link', { name: 'Call 988' })).toBeVisible()
  await expect(phone.getByRole('status')).toContainText('Your answers so far are kept')
  await noViolations(phone)
  await phone.close()
  const calls = async () => (await ask<{ mail: { to: string; subject: string }[] }>(jonas, '/api/sample/outbox')).mail.filter(({ subject }) => subject === 'On call: something cannot wait').map(({ to }) => to)
  await expect.poll(calls, { message: 'whoever is on call is written to' }).not.toEqual([])
  const called = await cast.enter(first)
  const waits = called.page.getByRole('region', { name: 'Answers that cannot wait' })
  await called.page.goto('/work')
  await expect(waits).toContainText('Owen Clarke')
  await expect(waits).toContainText('Nobody has taken it over.')
  await expect(called.page.getByRole('region', { name: 'You are called' })).toContainText('Owen Clarke')
  await noViolations(called.page)

  // Opened again, it goes on where it was left; the answer taken back and the form sent take nothing off anybody's list.
  phone = await context.newPage()
  await phone.goto(link)
  await expect(phone.getByText('Question 2 of 10')).toBeVisible()
  await phone.getByRole('button', { name: 'Show all questions on one page' }).tap()
  for (const item of ['q2', 'q9']) await phone.locator(`[data-item=${item}]`).getByText('Not at all').tap()
  await goOffline(phone)
  await phone.getByRole('button', { name: 'Send my answers' }).tap()
  await expect(phone.getByRole('status')).toContainText('There is no connection. Your answers are kept on this device')
  await context.setOffline(false)
  await expect(phone.getByRole('heading', { level: 1 })).not.toHaveText('PHQ-9')
  await noViolations(phone)

  // Another device opens the same link where the first one is, and the first form is asked no more.
  const tablet = await (await browser.newContext({ baseURL: server.url, viewport: { width: 820, height: 1180 }, locale: 'en-US' })).newPage()
  await tablet.goto(link)
  await expect(tablet.getByRole('heading', { level: 1 })).toHaveText((await phone.getByRole('heading', { level: 1 }).textContent())!)
  await noViolations(tablet)
  await pictures(tablet, 'link-questionnaire-all')
  const owen = await cast.enter(patients.owen)
  await owen.page.goto('/my/questionnaires')
  await expect(owen.page.getByRole('list', { name: 'Questionnaires you have answered' }).getByText('PHQ-9', { exact: true }).first()).toBeVisible()

  // Days later a newer message has ended the link; nobody has taken it over, so it still stands there.
  await cast.at(minutesAfter(cast.now, 2 * 24 * 60 + 9 * 60))
  await expect.poll(() => linkTo(jonas, 'owen.clarke@', 'few questions'), { timeout: 60_000, message: 'a newer message, whether it asks again or asks something new with it' }).not.toBe(link)
  await phone.goto(link)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('This link does not work any more')
  await called.page.goto('/work')
  await expect(waits).toContainText('Nobody has taken it over.')
  await called.page.getByRole('region', { name: 'You are called' }).getByRole('button', { name: 'I have taken this over' }).first().click()
  await expect(called.page.getByRole('heading', { name: 'Risk paths' })).toBeVisible({ timeout: 20_000 })
  await choose(called.page, 'Was the person reached?', 'Reached')
  await choose(called.page, 'Level as you judge it now', 'Low')
  await choose(called.page, 'Decided', 'Closed')
  await called.page.getByLabel('What was said, and why').fill('Called him. The thoughts come at night and pass; no plan. We go on with his safety plan on Thursday.')
  await called.page.getByRole('button', { name: 'Close the path' }).click()
  await sent(called.page)
  await called.page.goto('/work')
  await expect(called.page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(called.page.getByRole('region', { name: 'People' })).toBeVisible()
  await expect(waits).toHaveCount(0, askedAgain)
})

test('a dose that moves takes its questionnaires along', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const [claire, mara] = [await cast.enter(staff.coordinator), await cast.enter(patients.mara)]
  const { rows, now } = await ask<{ now: string; rows: { name: string; chart: string }[] }>(claire, '/api/home')
  const { chart } = rows.find(({ name }) => name === 'Mara Keller')!
  const visits = async () => (await ask<{ course: { visits: Visit[] } }>(claire, `/api/charts/${chart}/course`)).course.visits
  const { dose, moves } = await movable(claire, chart, (await visits()).filter(({ type, startsAt }) => type === 'medicine' && startsAt > minutesAfter(now, 24 * 60)))
  const by = (at: string) => `by ${new Intl.DateTimeFormat('en-US', { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'America/Los_Angeles' }).format(new Date(at))}`
  const due = mara.page.getByRole('list', { name: 'Questionnaires for you now' })

  await cast.at(minutesAfter(dose.startsAt, -120))
  await mara.page.setViewportSize({ width: 390, height: 844 })
  await mara.page.goto('/my/questionnaires')
  await expect(due).toContainText(by(dose.startsAt))
  const before = await linkTo(claire, 'mara.keller@', 'reminder')

  await ask(claire, `/api/charts/${chart}/visits/move`, { device: randomUUID(), moves: moves.map(({ to, why }) => ({ id: randomUUID(), to, why })) })
  const moved = (await visits()).find(({ visit }) => visit === dose.visit)!
  expect(moved.startsAt >= minutesAfter(dose.startsAt, 20 * 60)).toBe(true)
  await mara.page.reload()
  await expect(mara.page.getByRole('heading', { name: 'For you now' })).toBeVisible()
  await expect(mara.page.getByText('Nothing is asked of you now.').or(due)).toBeVisible()
  await expect(mara.page.getByText(by(dose.startsAt))).toHaveCount(0)
  await claire.page.goto(`/work/charts/${chart}?step=tablet`)
  await expect(claire.page.getByText('Nothing is open for this person.')).toBeVisible({ timeout: 20_000 })
  await mara.page.goto(before)
  await expect(mara.page.getByRole('heading', { level: 1 })).toHaveText('This link does not work any more')

  await cast.at(minutesAfter(moved.startsAt, -120))
  await mara.page.goto('/my/questionnaires')
  await expect(due).toContainText(by(moved.startsAt))
  await expect.poll(() => linkTo(claire, 'mara.keller@', 'reminder'), { message: 'a message for the new morning', timeout: 60_000 }).not.toBe(before)
  await claire.page.reload()
  await expect(claire.page.getByRole('checkbox', { name: /^GAD-7/ })).toBeChecked({ timeout: 20_000 })
})

interface Moves { readonly moves: readonly { readonly to: Visit; readonly why: string }[] }
/** A session that can go to a later day: which that is depends on the day on which this runs. */
async function movable(reader: Person, chart: string, doses: readonly Visit[]): Promise<{ readonly dose: Visit } & Moves> {
  for (const dose of doses.toReversed()) for (const days of [1, 2, 5, 7]) {
    const { moves } = await ask<Moves>(reader, `/api/charts/${chart}/visits/${dose.visit}/repair`, { wishes: { earliest: minutesAfter(dose.startsAt, days * 24 * 60).slice(0, 10) } })
    if (moves.length > 0) return { dose, moves }
  }
  throw new Error('No session of hers can go to a later day.')
}

async function linkTo(reader: Person, recipient: string, says = ''): Promise<string> {
  let found: string | undefined
  await expect.poll(async () => {
    const { mail } = await ask<{ mail: { to: string; body: string; subject: string }[] }>(reader, '/api/sample/outbox')
    found = mail.filter(({ to, body, subject }) => to.startsWith(recipient) && `${subject} ${body}`.includes(says)).flatMap(({ body }) => /\/answer\/\S+/.exec(body)?.[0] ?? [])[0]
    return found
  }, { timeout: 60_000, message: `a message to ${recipient}` }).toBeDefined()
  return found!
}

const noSideways = async (page: Page) => expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), 'nothing is cut off sideways').toBe(true)
