import { noViolations } from './support/axe.ts'
import { ask, askedAgain, Cast, goOffline, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** Questionnaires on the practice's own tablet: from the chart into the patient's hands and back, with nothing of the workstation in reach. */
let server: OwnServer
test.beforeAll(async () => {
  // A server of its own: people are called.
  server = await ownServer()
})
test.afterAll(() => server.close())

test('handed over, it is hers alone; stopped half-way, it is handed over again; an answer that cannot wait calls people here; and back only by signing in', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const claire = await cast.enter(staff.coordinator)
  const { rows } = await ask<{ rows: { name: string; chart: string }[] }>(claire, '/api/home')
  const { chart } = rows.find(({ name }) => name === 'Ida Nilsson')!
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1180, height: 820 }, locale: 'en-US', reducedMotion: 'reduce', hasTouch: true })
  const page = await context.newPage()
  await page.request.post('/api/sample/enter', { data: { person: staff.therapist } })
  const other = await context.newPage()
  await other.goto('/work/calendar')
  await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  const hand = async () => {
    await page.goto('/work')
    await page.goto(`/work/charts/${chart}?step=tablet`)
    await expect(page.getByLabel('Full name, said by the person')).toBeVisible({ timeout: 20_000 })
    const ticked = page.getByRole('group', { name: 'Forms' }).getByRole('checkbox', { checked: true })
    while ((await ticked.count()) > 0) await ticked.first().uncheck()
    const phq = page.getByRole('checkbox', { name: /^PHQ-9/ })
    await ((await phq.count()) > 0 ? phq.check() : page.getByLabel(/^Add another form/).selectOption('phq-9'))
    await page.getByLabel('Full name, said by the person').check()
    await page.getByLabel('Date of birth, said by the person').check()
    await page.getByText('Saved', { exact: true }).first().waitFor()
    await noViolations(page)
    await pictures(page, 'tablet-hand-over')
    await page.getByRole('button', { name: 'Sign me out, and hand it over' }).click()
    await expect(page).toHaveURL(/\/answer\//)
  }
  await hand()
  await expect(page.getByText(/^Hello Ida\./)).toBeVisible()
  await expect(page.getByText('Nilsson')).toHaveCount(0)
  await noViolations(page)
  await pictures(page, 'tablet-question')
  // Another page of the same browser shows nothing any more, and nothing of what was read is left on the device.
  await expect(other).toHaveURL(/\/sign-in/)
  await goOffline(other)
  await other.goto(`/work/charts/${chart}`).catch(() => {})
  await expect(other.getByText('Nilsson')).toHaveCount(0)
  await context.setOffline(false)
  // A page that failed to open loads again by itself once there is a line: it is opened anew until it stands.
  await expect(async () => {
    await other.goto(`/work/charts/${chart}`)
    await expect(other).toHaveURL(/\/sign-in/)
    await expect(other.getByRole('heading', { level: 1 })).toBeVisible()
  }).toPass({ timeout: 30_000 })
  const onDisk = await other.evaluate(async () => (await indexedDB.databases()).length > 0 ? JSON.stringify(Object.entries(localStorage)) : '')
  expect(onDisk).not.toContain(chart)

  const answer = (words: string) => page.locator('[data-current]').getByText(words, { exact: true }).tap()
  for (let question = 1; question <= 4; question += 1) { await expect(page.getByText(`Question ${question} of 10`)).toBeVisible(); await answer('Several days') }
  await expect(page.getByText('Question 5 of 10')).toBeVisible()
  await goOffline(page)
  await answer('Not at all')
  await expect(page.getByRole('status')).toContainText('kept on this device')
  await context.setOffline(false)
  await expect(page.getByRole('status')).toHaveText('Your answers so far are kept.')
  // Stopped half-way, and the way back in the browser, its address and a reload show nothing of hers, nor of the workstation.
  const address = page.url()
  await page.getByRole('button', { name: 'Stop here, and give the tablet back' }).click()
  await expect(page).toHaveURL(/\/answer\/back$/)
  await expect(page.getByText('Give the tablet back')).toBeVisible()
  await noViolations(page)
  await pictures(page, 'tablet-back')
  for (const go of [() => page.goBack(), () => page.goto(address), () => page.reload(), () => page.goto(`/work/charts/${chart}`)]) {
    await go()
    await expect(page.getByText(/Give the tablet back|Sign in/).first()).toBeVisible()
    await expect(page.getByText(/PHQ|Question|born November/)).toHaveCount(0) // The door of the sample practice names everybody in it.
  }

  // Signed in again, handed over again: it goes on from there, without a word of what was answered.
  await page.request.post('/api/sample/enter', { data: { person: staff.therapist } })
  await hand()
  await expect(page.getByText('Question 6 of 10')).toBeVisible()
  for (let question = 6; question <= 8; question += 1) { await expect(page.getByText(`Question ${question} of 10`)).toBeVisible(); await answer('Not at all') }
  await expect(page.getByText('Question 9 of 10')).toBeVisible()
  await answer('Several days')
  await expect(page.getByRole('heading', { name: 'Somebody is here with you: tell them' })).toBeInViewport()
  await noViolations(page)
  await pictures(page, 'tablet-tell-them')
  await claire.page.goto('/work')
  await expect(claire.page.getByRole('region', { name: 'You are called' })).toContainText('Ida Nilsson has the tablet in their hands at the practice and needs somebody now.', askedAgain)
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Send my answers' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you for telling us')
  await noViolations(page)
  await page.getByRole('button', { name: 'Give the tablet back' }).click()
  await expect(page).toHaveURL(/\/answer\/back$/)
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link does not work any more')
  const { entries } = await ask<{ entries: { kind: string; body: { via?: string; answers?: object } }[] }>({ page: (await cast.enter(staff.therapist)).page }, `/api/charts/${chart}/entries`)
  expect(entries.filter(({ kind, body }) => kind === 'measure-answered.v1' && body.via === 'tablet').at(-1)!.body.answers).toMatchObject({ q1: 1, q4: 1, q5: 0, q8: 0, q9: 1 })
  expect(entries.filter(({ kind }) => kind === 'tablet-handed.v1')).toHaveLength(2)
})
