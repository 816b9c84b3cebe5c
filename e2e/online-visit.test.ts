import { randomUUID } from 'node:crypto'
import { noViolations } from './support/axe.ts'
import { ask, askedAgain, Cast, choose, minutesAfter, sent, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** A visit by video: she is in another state than usual and says so on her phone; her therapist sees it at once and decides, and the way in stays open all the while. */
let server: OwnServer
test.beforeAll(async () => {
  // A server of its own: the clock is set.
  server = await ownServer()
})
test.afterAll(() => server.close())

interface Visit { readonly online: boolean; readonly startsAt: string; readonly visit: string }
const IDA = '5a3e0000-0000-4000-8000-000000000123'

test('said on the phone, seen by the therapist, decided, and joined', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const [claire, jonas, ida] = [await cast.enter(staff.coordinator), await cast.enter(staff.therapist), await cast.enter(IDA)]
  const { rows, now } = await ask<{ now: string; rows: { name: string; chart: string }[] }>(claire, '/api/home')
  const { chart } = rows.find(({ name }) => name === 'Ida Nilsson')!
  const { proposals } = await ask<{ proposals: { visits: Visit[] }[] }>(claire, `/api/charts/${chart}/plan`, { earliest: now.slice(0, 10), online: ['preparation'], sitsIn: 'CA' })
  const visit = proposals[0]!.visits.find(({ online }) => online)!
  await ask(claire, `/api/charts/${chart}/plan/book`, { id: randomUUID(), device: randomUUID(), visits: [visit] })
  await cast.at(minutesAfter(visit.startsAt, -10))

  const { page } = ida
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/my')
  await page.getByRole('link', { name: 'Say where I am' }).click()
  await expect(page.getByRole('heading', { name: 'Where are you right now?' })).toBeVisible()
  await noViolations(page)
  await page.getByLabel('State').selectOption({ label: 'Nevada' })
  await page.getByLabel('Street and number, and the town').fill('12 Sample Lane, Reno')
  await choose(page, 'Are you alone, where nobody can hear you?', 'Yes')
  await page.getByRole('button', { name: 'Say where I am' }).click()
  await expect(page.getByText('the visit may have to wait')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Join the visit' })).toHaveAttribute('href', /^https:\/\/video\.harbor-street\.example\//)
  await noViolations(page)
  await pictures(page, 'online-said')

  await jonas.page.goto('/work')
  await expect(jonas.page.getByText(/is not entered as licensed in Nevada/).first()).toBeVisible(askedAgain)
  await jonas.page.getByRole('list', { name: 'Booked today' }).getByRole('link', { name: 'Ida Nilsson' }).click()
  await expect(jonas.page.getByText('In Nevada: 12 Sample Lane, Reno')).toBeVisible()
  await jonas.page.getByRole('button', { name: 'I asked aloud: it is so' }).click()
  await expect(jonas.page.getByText(/aloud, heard by the clinician/)).toBeVisible()
  await choose(jonas.page, 'What becomes of this visit?', 'By telephone only')
  await jonas.page.getByLabel('Why').fill('On a journey until Friday.')
  await noViolations(jonas.page)
  await jonas.page.getByRole('button', { name: 'Write what I decide' }).click()
  await expect(jonas.page.getByText(/Jonas Lindqvist decided at/)).toBeVisible()
  await sent(jonas.page)
  await pictures(jonas.page, 'online-decided')

  await claire.page.goto('/work')
  await expect(claire.page.getByText(/Jonas Lindqvist decided\. By telephone only/)).toBeVisible(askedAgain)
  await page.goto('/my/plan')
  await page.getByRole('link', { name: /^Join the visit: Preparation/ }).click()
  await expect(page.getByText('Your clinician has decided: by telephone only.')).toBeVisible()
})
