import { noViolations } from './support/axe.ts'
import { Cast, patients } from './support/people.ts'
import { expect, test } from './support/test.ts'

test('a visit moved by the person whose it is, on a phone, in three taps', async ({ browser, baseURL }) => {
  const { page } = await new Cast(browser, baseURL!).enter(patients.mara)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/my/plan')
  await page.getByRole('link', { name: /^Move Follow-up/ }).last().click()
  const hours = page.getByRole('button', { name: /[AP]M$/ })
  await expect(hours.first()).toBeVisible()
  await noViolations(page)
  const chosen = (await hours.last().getAttribute('aria-label'))!
  await hours.last().click()
  await noViolations(page)
  await page.getByRole('button', { name: 'Move it' }).click()
  await expect(page.getByRole('heading', { name: 'It is moved' })).toBeVisible()
  await page.getByRole('link', { name: 'To my plan' }).click()
  await expect(page.getByRole('article').filter({ hasText: chosen })).toBeVisible()
})
