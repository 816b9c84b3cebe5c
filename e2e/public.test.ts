import { noViolations } from './support/axe.ts'
import { expect, test } from './support/test.ts'

test.describe('the public pages, without a line of script', () => {
  test.use({ javaScriptEnabled: false })

  test('a stranger reads what the treatment is, drawn from the protocol', async ({ page }) => {
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.locator('body')).toContainText('three')
    expect(await page.locator('script').count()).toBe(0)
    await expect(page.locator('.wait')).toContainText('first visit')
  })

  test('the private check shows help at once when somebody is in danger, without the network, and never a verdict', async ({ page, context }) => {
    await page.goto('/check')
    expect(await page.locator('body').innerText()).not.toMatch(/eligible|all clear|you qualify/i)
    const panel = page.getByText('You can talk to somebody this minute').first()
    await expect(panel).toBeHidden()
    await context.setOffline(true)
    await page.locator('label:has(input[data-help])').first().click()
    await expect(panel).toBeVisible()
    await expect(page.getByRole('link', { name: /988/ }).first()).toBeVisible()
  })

  test('an inquiry is sent, and what is missing is said without losing what was written', async ({ page }) => {
    await page.goto('/inquiry')
    await page.getByLabel('What may we call you?').fill('Wanda Weiss')
    await page.getByLabel(/What brings you/).fill('Depression for three years.')
    await page.getByText('No', { exact: true }).click()
    await page.getByRole('button', { name: 'Send my request' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
    await expect(page.getByLabel('What may we call you?')).toHaveValue('Wanda Weiss')
    await page.getByLabel('Email').fill('wanda@example.org')
    await page.getByRole('button', { name: 'Send my request' }).click()
    await expect(page).toHaveURL(/\/inquiry\/sent$/)
  })
})

test('the public pages hold no accessibility fault', async ({ page }) => {
  for (const path of ['/', '/check', '/inquiry', '/help', '/no-such-page']) {
    await page.goto(path)
    await noViolations(page)
  }
})
