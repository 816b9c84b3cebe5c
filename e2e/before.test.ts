import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { ask, askedAgain, Cast, choose, minutesAfter, patients, staff, type Person } from './support/people.ts'
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

test('a questionnaire by a link, on a telephone, one press a question; sent without a connection it arrives, once', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const { now } = await ask<{ now: string }>(jonas, '/api/home')
  await cast.at(`${now.slice(0, 10)}T20:00:00.000Z`) // Noon: nobody is written to in the evening.
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 }, locale: 'en-US', reducedMotion: 'reduce', hasTouch: true })
  const phone = await context.newPage()
  const link = await linkTo(jonas, 'owen.clarke@', 'few questions')
  await phone.goto(link)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('PHQ-9')
  await noViolations(phone)
  await noSideways(phone)
  await pictures(phone, 'link-questionnaire')
  for (let question = 1; question <= 9; question += 1) {
    await expect(phone.getByText(`Question ${question} of 10`)).toBeVisible()
    await phone.locator('[data-current]').getByText(question === 9 ? 'Not at all' : 'Several days').tap()
  }
  await expect(phone.getByRole('button', { name: 'Send my answers' })).toBeVisible()
  await context.setOffline(true)
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
})

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
