import type { Page } from '@playwright/test'
import { noViolations } from '../support/axe.ts'
import { choose, dayOf, minutesAfter, sent, useSampleCode, type Person } from '../support/people.ts'
import { expect, type Story } from './story.ts'

/** The prescriber enters what is missing, reads the sheet, and clears with a condition, until a day, by a code that works once. */
export async function clearance(story: Story) {
  const helen = await story.as('prescriber')
  const page = await story.open(helen, 'clearance')
  await expect(page.getByRole('heading', { name: 'Medical clearance', exact: true })).toBeVisible()
  await noViolations(page)
  await lists(await story.open(helen, 'lists'))
  await measurements(await story.open(helen, 'measurements'))
  await screening(story, helen)
  await missingAnswers(await story.open(helen, 'facts'))
  await story.open(helen, 'clearance')
  await sent(page)
  await page.getByRole('group', { name: 'Decision' }).getByLabel(/^Clear/).check()
  await page.getByLabel('Condition 1').fill('Pressure below 140/90 on the morning')
  await page.getByLabel('The clearance ends on').fill(dayOf(minutesAfter(story.cast.now, 80 * 24 * 60)))
  await page.getByLabel('What you base it on').fill('Seen in person; nothing found that stands against treatment.')
  await page.getByRole('button', { name: 'Sign the clearance' }).click()
  await expect(page.getByText('The one-time code has six digits.').first(), 'without a code nothing is signed').toBeVisible()
  await useSampleCode(page)
  await page.getByRole('button', { name: 'Sign the clearance' }).click()
  await expect(page.getByText(/^The clearance is/).first()).toContainText(/cleared, in date, by Helen Brandt.*, until/)
  await expect(page.getByText('Pressure below 140/90 on the morning').first()).toBeVisible()
  await noViolations(page)
}

async function lists(page: Page) {
  for (const words of ['There are none: medicines', 'There are none: allergies', /: conditions$/]) {
    await page.getByRole('button', { name: words }).click()
    await expect(page.getByText('Saved · The list counts as gone through.').first()).toBeVisible()
  }
}

async function measurements(page: Page) {
  const reading = page.getByRole('form', { name: 'A reading at rest' })
  for (const systolic of ['124', '122']) {
    await reading.getByLabel('Systolic at rest').fill(systolic)
    await reading.getByLabel('Diastolic at rest').fill('78')
    await choose(reading, 'Position', 'Seated')
    await reading.getByRole('button', { name: 'Write the reading' }).click()
    await expect(page.getByRole('cell', { name: new RegExp(`^${systolic}/78`) })).toBeVisible()
  }
  for (const [what, number] of [['Weight', '68'], ['Height', '169']] as const) {
    const form = page.getByRole('form', { name: what, exact: true })
    await form.getByRole('textbox').fill(number)
    await form.getByRole('button', { name: /^Write the/ }).click()
    await expect(form.getByText(/Saved/).first()).toBeVisible()
  }
}

/** The interview about thoughts of suicide, by whoever holds it. */
export async function screening(story: Story, who: Person) {
  const page = await story.open(who, 'c-ssrs')
  const screen = page.getByRole('form', { name: 'C-SSRS by a clinician' })
  await screen.getByRole('group').first().waitFor()
  const before = await page.getByText('No yes among the answers').count()
  for (const question of await screen.getByRole('group').all()) await question.getByLabel('No', { exact: true }).check()
  await screen.getByRole('button', { name: 'Save the interview' }).click()
  await expect(page.getByText('No yes among the answers')).toHaveCount(before + 1)
  await sent(page)
}

/** Every question that a rule still waits for, answered as somebody with an untroubled history would. A question that was answered elsewhere may leave the form meanwhile, so the form is gone through until none is open. */
async function missingAnswers(page: Page) {
  const form = page.getByRole('form', { name: 'Questions that are missing' })
  await form.getByRole('group').first().waitFor()
  await expect(async () => {
    for (const group of await form.getByRole('group').all()) {
      const question = (await group.locator('legend').innerText({ timeout: 2_000 })).trim()
      const answer = /sex was recorded/.test(question) ? 'Female' : /decide about|adult to go home|monitoring program|ECG/.test(question) ? 'Yes' : /^(No|Never|None)$/
      await group.getByLabel(answer, { exact: true }).first().check({ timeout: 2_000 })
    }
    const questions = await form.getByRole('group').count()
    await expect(form.getByRole('button', { name: `Save ${questions} answers`, exact: true })).toBeVisible({ timeout: 2_000 })
  }).toPass({ timeout: 30_000 })
  await form.getByRole('button', { name: /^Save/ }).click()
  await expect(form).toBeHidden()
}
