import { expect, test } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { Cast, goOffline, patients } from './support/people.ts'

/** The patient's side as it lies on a phone: put there, opened without a network, and left in haste. */
test('installed, opened without a network, written on, and left at once', async ({ browser, baseURL }) => {
  const { page } = await new Cast(browser, baseURL!).enter(patients.mara)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('/my')
  const devtools = await page.context().newCDPSession(page)
  await expect.poll(async () => (await devtools.send('Page.getInstallabilityErrors')).installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([])
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect.poll(async () => page.evaluate(async () => (await caches.keys()).length > 0 && Boolean(await caches.match('/my'))), { timeout: 15_000 }).toBe(true)

  await goOffline(page)
  for (const [path, heading] of [['/my/day/none', 'There is no such session'], ['/my/after', 'After my session'], ['/my/plan', 'My plan'], ['/my/help', 'Help right now'], ['/my/safety-plan', /safety plan/i], ['/my/journal', 'My journal']] as const) {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: heading, level: 1 }), path).toBeVisible()
  }
  await page.goto('/my/after')
  await expect(page.getByRole('button', { name: 'Save' })).toBeVisible()
  await noViolations(page)

  await page.goto('/my')
  await page.getByRole('button', { name: 'Leave this page at once' }).click()
  await expect.poll(() => page.url()).not.toContain('/my')
  await page.goBack().catch(() => null)
  await expect.poll(() => page.url()).not.toContain('/my')
  await expect(page.getByText(/Journal|Safety plan/), 'going back shows nothing of it').toHaveCount(0)
  await page.context().setOffline(false)
})
