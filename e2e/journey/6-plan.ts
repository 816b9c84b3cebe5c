import { noViolations } from '../support/axe.ts'
import { expect, type Story } from './story.ts'

/** The coordinator gives the estimate before the course, then has it planned, picks one of the plans, and books it whole. */
export async function planAndBook(story: Story) {
  const { page } = await story.as('coordinator')
  await page.goto(`/work/charts/${story.chart}/plan`)
  await page.getByRole('button', { name: 'Propose plans' }).click()
  const plans = page.getByRole('list', { name: 'Proposed plans' })
  await expect(plans).toBeVisible({ timeout: 30_000 })
  const proposed = await plans.getByRole('listitem', { name: / plan$/ }).count()
  expect(proposed).toBeGreaterThanOrEqual(1)
  expect(proposed).toBeLessThanOrEqual(3)
  await noViolations(page)
  await plans.getByRole('button', { name: /^Book the/ }).last().click()
  await page.getByRole('button', { name: /^Book all/ }).click()
  await expect(page.getByText(/visits are booked/)).toBeVisible()
  const booked = (await story.visits()).map(({ type }) => type)
  for (const [type, count] of [['preparation', 3], ['medicine', 6], ['integration', 6]] as const) expect(booked.filter((one) => one === type), type).toHaveLength(count)
  const { page: hers } = await story.patient()
  await hers.goto('/my/plan')
  await expect(hers.getByRole('article', { name: /^Medicine session/ })).toHaveCount(6)
  await noViolations(hers)
}
