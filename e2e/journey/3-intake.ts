import { noViolations } from '../support/axe.ts'
import { choose, minutesAfter, staff } from '../support/people.ts'
import { expect, type Story } from './story.ts'

/** The therapist writes the intake with a coded indication, closes the visit, and refers to the prescriber. */
export async function intake(story: Story) {
  const jonas = await story.as('therapist')
  await story.cast.at(minutesAfter((await story.visit('intake', 1)).endsAt, 5))
  const page = await story.open(jonas, 'intake')
  const form = page.getByRole('form', { name: 'Psychological intake' })
  await form.getByLabel(/What brings this person here/).fill('Low since a loss three years ago; sleeps four hours.')
  await form.getByLabel(/Psychiatric history/).fill('Two courses of medicine, one of therapy. No stay in hospital, no attempts.')
  await form.getByLabel(/How they are now/).fill('Oriented, tired, open. Asked about safety: no thoughts of ending life.')
  await form.getByLabel('Goal 1').fill('Wake without dread')
  await form.getByRole('radio', { name: '7', exact: true }).check()
  await form.getByRole('combobox', { name: /^Indication/ }).click()
  await form.getByRole('combobox', { name: /^Indication/ }).fill('F33.1')
  await page.getByRole('option').first().click()
  await noViolations(page)
  await form.getByRole('button', { name: 'Write the intake into the chart' }).click()
  await expect(page.getByText('Low since a loss three years ago').first()).toBeVisible()
  const visit = page.getByRole('form', { name: 'Visit: intake' })
  await choose(visit, /What became of it/, /^It took place/)
  await visit.getByLabel('What the visit was about').fill('Intake held.')
  await visit.getByRole('button', { name: 'Write the visit' }).click()
  await expect(visit).toBeHidden()
  await story.open(jonas)
  await page.getByRole('link', { name: 'Refer for clearance' }).first().click()
  await expect(page.getByLabel('Prescriber')).toHaveValue(staff.prescriber)
  await page.getByRole('button', { name: 'Send the referral' }).click()
  await expect(page.getByText('To Helen Brandt').first()).toBeVisible()
}
