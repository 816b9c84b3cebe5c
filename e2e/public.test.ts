import { expect, test } from '@playwright/test'
import { noViolations } from './support/axe.ts'

test.describe('the public pages, without a line of script', () => {
  test.use({ javaScriptEnabled: false })

  test('a stranger reads what the treatment is, drawn from the protocol', async ({ page }) => {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('body')).toContainText('three')
    expect(await page.locator('script').count()).toBe(0)
  })

  test('the private check shows help at once when somebody is in danger, and never a verdict', async ({ page }) => {
    await page.goto('/check')
    await expect(page.getByRole('link', { name: /988/ }).first()).toBeAttached()
    expect(await page.locator('body').innerText()).not.toMatch(/eligible|all clear|you qualify/i)
  })

  test('an inquiry reaches the coordinator', async ({ page }) => {
    await page.goto('/inquiry')
    await page.getByLabel(/name/i).first().fill('Wanda Weiss')
    await page.getByLabel(/e-mail/i).fill('wanda@example.org')
    await page.getByLabel(/what brings/i).fill('Depression for three years.')
    await page.getByRole('button', { name: /send/i }).click()
    await expect(page).toHaveURL(/\/inquiry/)
  })
})

test('the public pages hold no accessibility fault', async ({ page }) => {
  for (const path of ['/', '/check', '/inquiry', '/help', '/no-such-page']) {
    await page.goto(path)
    await noViolations(page)
  }
})
