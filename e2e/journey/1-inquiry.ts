import { noViolations } from '../support/axe.ts'
import { expect, type Story } from './story.ts'

/** A stranger reads the public page, checks in private, and asks for a call. */
export async function inquire({ cast, name, email }: Story) {
  const page = await cast.stranger()
  await page.goto('/')
  await noViolations(page)
  await page.goto('/check')
  for (const question of await page.getByRole('group').all()) await question.getByText(/^(No|Never|18 to 64)/).first().click()
  await expect(page.getByRole('heading', { name: 'Talk to us' })).toBeVisible()
  await page.getByRole('button', { name: 'Write, and bring my answers' }).click()
  await expect(page.getByRole('group', { name: 'Your answers from the private check' })).toBeVisible()
  await page.getByLabel('What may we call you?').fill(name)
  await page.getByLabel('Email').fill(email)
  await page.getByLabel(/What brings you/).fill('Depression for three years, and two medicines that did little.')
  await page.getByRole('group', { name: 'Are you in therapy with us already?' }).getByText('No', { exact: true }).click()
  await noViolations(page)
  await page.getByRole('button', { name: 'Send my request' }).click()
  await expect(page.getByRole('heading', { name: 'Thank you. We have it.' })).toBeVisible()
  await page.context().close()
}
