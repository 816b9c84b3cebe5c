import type { Route } from '@playwright/test'
import { choicesOf } from '../src/core/outcomes/practice/choices.ts'
import { comparedKept } from '../src/core/outcomes/practice/compared.ts'
import { practiceFigures } from '../src/core/outcomes/practice/figures.ts'
import type { Group } from '../src/core/outcomes/practice/small-groups.ts'
import { tally } from '../src/core/outcomes/practice/tallies.ts'
import { figureRows, registry } from '../src/core/outcomes/practice/testing/rows.ts'
import { noViolations } from './support/axe.ts'
import { Cast, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

/** The sample practice has too few people for any figure: here its page is answered with the figures of people nobody is. */
const { courses, asked } = registry(600)
const tallies = tally(courses, asked, '2029-01-01')
const now = '2029-01-01T17:00:00.000Z'
async function answer(route: Route) {
  const query = new URL(route.request().url()).searchParams
  const group: Group = { by: (query.get('by') ?? 'all') as Group['by'], value: query.get('value') ?? '', year: query.get('year') ?? '' }
  const beside = query.get('beside')
  await route.fulfill({ json: { now, day: '2029-01-01', countedAt: now, waiting: 0, choices: choicesOf(tallies, figureRows), figures: practiceFigures(tallies, group, figureRows), compared: beside === null ? null : comparedKept(tallies, group, beside, figureRows) } })
}

test('how long responses held in two groups is read without colour, and by whoever listens', async ({ browser, baseURL }) => {
  const { page } = await new Cast(browser, baseURL!).enter(staff.owner)
  await page.route(/\/api\/outcomes(\?|$)/, answer)
  await page.goto('/work/outcomes')
  await page.getByLabel('Which courses').selectOption({ label: 'Route: Injection' })
  await page.getByLabel('Compared with').selectOption({ label: 'Infusion' })
  const curve = page.getByRole('figure').filter({ hasText: 'Infusion' })
  await expect(curve).toBeVisible()

  // Listened to: what the drawing shows is said in words, and every number of it stands in a table.
  await expect(curve).toHaveAccessibleDescription(/^Injection: of \d+ people, \d+ relapses are shown\. Not relapsed: by day 14, \d+ %.*Infusion: of \d+ people/)
  await curve.getByText('The same as a table').click()
  for (const name of ['Injection', 'Infusion']) await expect(page.getByRole('table', { name: `Still watched: ${name}` })).toBeVisible()
  await expect(page.getByText(/^Nobody was put into a group by lot/)).toBeVisible()

  // Without colour: each line bears its name, and the two differ in how they are drawn.
  const lines = await curve.locator('.k-curve__drawing--wide .k-curve__line').evaluateAll((all) => all.map((line) => { const { strokeDasharray } = getComputedStyle(line); return `${line.getAttribute('class')} ${strokeDasharray}` }))
  expect(lines.length).toBeGreaterThan(1)
  expect(new Set(lines).size).toBe(lines.length)
  expect((await curve.locator('.k-curve__drawing--wide .k-curve__end').allTextContents()).toSorted()).toEqual(['BM04', 'BM05', 'BM06', 'Infusion', 'Injection'])
  await page.emulateMedia({ forcedColors: 'active' })
  await noViolations(page)
  await page.emulateMedia({ forcedColors: 'none' })
  await pictures(page, 'outcomes')
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 })
    await noViolations(page)
  }
})
