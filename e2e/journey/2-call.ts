import { noViolations } from '../support/axe.ts'
import { choose } from '../support/people.ts'
import { expect, type Story } from './story.ts'

/** The coordinator calls by the sheet; the person chooses one of the therapists it names, with reasons, and a first time. */
export async function call(story: Story) {
  const { page } = await story.as('coordinator')
  await page.goto('/work/inquiries')
  await page.getByRole('link', { name: story.name }).last().click()
  await page.getByRole('button', { name: 'Begin the call' }).click()
  await choose(page, /good moment/, /^Yes/)
  await choose(page, /How are you today/, /^Nothing urgent/)
  await choose(page, /Which of these come closest/, /^Depression/)
  await choose(page, /in therapy now/, /^No/)
  await choose(page, /online, in person, or either/, /^In person/)
  await choose(page, /Which days suit you/, /^Tuesday/)
  await noViolations(page)
  await choose(page, 'How did the call end?', /^Wants to go on/)
  await page.getByRole('button', { name: 'End the call' }).click()
  const jonas = page.getByRole('listitem', { name: 'Jonas Lindqvist' })
  await expect(jonas.getByRole('heading', { name: 'For' })).toBeVisible()
  await noViolations(page)
  await jonas.getByRole('radio').first().check()
  await page.getByLabel('Birth date').fill('1988-05-17')
  await page.getByRole('button', { name: 'Open the chart and book this visit' }).click()
  await page.getByRole('link', { name: /^Open the chart of/ }).click()
  await expect(page).toHaveURL(/\/work\/charts\/[0-9a-f-]{36}/)
  story.chart = /charts\/([0-9a-f-]{36})/.exec(page.url())![1]!
  await page.goto(`/work/charts/${story.chart}/plan`)
  await choose(page, 'Course', /^Six medicine sessions/)
  await page.getByRole('button', { name: 'Choose this course' }).click()
  await expect(page.getByRole('heading', { name: 'When suits them?' })).toBeVisible()
}
