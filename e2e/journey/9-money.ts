import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { readPdf } from '../../src/server/outside/read-pdf.ts'
import { noViolations } from '../support/axe.ts'
import { dayOf, sent } from '../support/people.ts'
import { pictures } from '../support/pictures.ts'
import { expect, type Story } from './story.ts'

/** Before the course: what all of it costs, given on paper, and the same sum on the patient's own page. */
export async function estimate(story: Story) {
  const { page } = await story.as('coordinator')
  await page.goto(`/work/charts/${story.chart}/money`)
  await page.getByRole('button', { name: 'Give the estimate as PDF' }).click()
  await expect(page.getByText(/^The estimate is given/)).toBeVisible()
  await noViolations(page)
  const sum = (await page.getByRole('region', { name: 'Estimate of the whole course' }).getByRole('paragraph').filter({ hasText: /^Total/ }).innerText()).match(/\$[\d,.]+/)![0]
  expect((await pdfBehind(page, page.getByRole('link', { name: 'Open the estimate (PDF)' }))).text).toContain(sum)
  const { page: hers } = await story.patient()
  await hers.goto('/my/money')
  await expect(hers.getByText(`Together: ${sum}`)).toBeVisible()
  story.estimateTotal = sum
}

/** After the visit: one superbill that names it, its day and its sum, the same for the desk, the patient and the owner. */
export async function superbill(story: Story) {
  const session = await story.visit('medicine', 1)
  const { page } = await story.as('coordinator')
  await page.goto(`/work/charts/${story.chart}/money`)
  await page.getByRole('button', { name: 'Issue the superbill for Medicine session 1' }).click()
  await addAddress(page)
  await page.goto(`/work/charts/${story.chart}/money`)
  await page.getByRole('button', { name: 'Issue the superbill for Medicine session 1' }).click()
  await expect(page.getByText(/^Superbill \S+ for Medicine session 1 is issued\./)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Issue the superbill for Medicine session 1' }), 'no second one for the same visit').toHaveCount(0)
  const row = page.getByRole('table', { name: 'Issued superbills' }).getByRole('row').filter({ hasText: '$' })
  await expect(row).toHaveCount(1)
  const [number, total] = [await row.getByRole('rowheader').innerText(), await row.getByRole('cell').nth(1).innerText()]
  const { source, text } = await pdfBehind(page, page.getByRole('link', { name: `Open superbill ${number} (PDF)` }))
  expect(source.startsWith('%PDF')).toBe(true)
  for (const part of [number, story.name, dayOf(session.startsAt), 'F33.1', total]) expect(text, part).toContain(part)
  await noViolations(page)
  await pictures(page, 'walk-superbill')
  const { page: hers } = await story.patient()
  await hers.goto('/my/money')
  await expect(hers.getByRole('list', { name: 'Superbills' }).getByRole('listitem')).toContainText(total)
  const again = await pdfBehind(hers, hers.getByRole('button', { name: `Download Superbill ${number}` }))
  expect(again.text, 'the same paper').toBe(text)
  await noViolations(hers)
  await pictures(hers, 'walk-patient-money')
  story.superbill = number
}

/** A bill needs an address, which nobody has asked for until now: it says so, and where it is written down. */
async function addAddress(page: Page) {
  await expect(page.getByRole('alert').getByText('Missing: patient address.')).toBeVisible()
  await page.getByRole('link', { name: 'Go to name and contact' }).click()
  await page.getByRole('link', { name: 'Something changed' }).click()
  await page.getByLabel('Address').fill('2 Example Street, Oakland, California')
  await page.getByRole('button', { name: 'Save name and contact' }).click()
  await expect(page.getByText('2 Example Street, Oakland, California')).toBeVisible()
  await sent(page)
}

/** Downloads what a link or button hands over, and reads it. */
async function pdfBehind(page: Page, hand: Locator) {
  const [download] = await Promise.all([page.waitForEvent('download'), hand.click()])
  return readPdf(readFileSync(await download.path()))
}

/** The owner sees the money and who looked at the chart, and no word of what was said in it. */
export async function owner(story: Story) {
  const amara = await story.as('owner')
  const { page } = amara
  await page.goto(`/work/charts/${story.chart}/money`)
  await expect(page.getByRole('table', { name: 'Issued superbills' })).toContainText(story.superbill)
  await expect(page.getByRole('region', { name: 'Estimate of the whole course' })).toContainText(story.estimateTotal)
  await story.open(amara, 'person')
  await page.getByText('Who looked at this chart').click()
  await expect(page.getByRole('table', { name: 'Looked at and changed' })).toBeVisible()
  await noViolations(page)
  await pictures(page, 'walk-owner-audit')
  for (const clinical of ['intake', 'outcome']) {
    await story.open(amara, clinical)
    await expect(page.getByRole('heading', { name: 'Not for your part here' })).toBeVisible()
  }
}
