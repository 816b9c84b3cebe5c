import { noViolations } from '../support/axe.ts'
import { choose, minutesAfter, sent } from '../support/people.ts'
import { pictures } from '../support/pictures.ts'
import { fillInWhatIsDue } from '../support/questionnaires.ts'
import { expect, type Story } from './story.ts'

/** PHQ-9 of 6 after 16, GAD-7 of 3 after 7: a response by the rows, by hand 10 of 16 and 4 of 7. */
const better = { 'phq-9': [1, 1, 1, 1, 1, 1, 0, 0, 0], 'gad-7': [1, 1, 1, 0], 'urinary-check': [0], 'craving-check': [0] }

/** The therapist writes what arose, what it means, and what the patient carries into her week. */
export async function integration(story: Story) {
  const visit = (await story.visits()).find(({ type }) => type === 'integration')!
  await story.cast.at(minutesAfter(visit.endsAt, 5))
  const page = await story.open(await story.as('therapist'), 'integration-1')
  const form = page.getByRole('form', { name: 'Integration' })
  await expect(page.getByRole('region', { name: 'The session' })).toContainText('To meet the mornings without dread.')
  await expect(page.getByRole('region', { name: 'The session' }).getByRole('listitem').filter({ hasText: /^Nausea(?!: gone)/i }), 'said once').toHaveCount(1)
  await form.getByLabel('What arose, and what it means').fill('A house by the water; grief that could be looked at.')
  await form.getByRole('button', { name: 'Add what is carried into the week' }).click()
  await form.getByLabel('What is carried into the week 1').fill('Walk before breakfast')
  await noViolations(page)
  await pictures(page, 'walk-integration')
  await form.getByRole('button', { name: 'Write the integration' }).click()
  await expect(page.getByRole('region', { name: 'Integrations' })).toContainText('Walk before breakfast')
  await sent(page)
}

/** The patient keeps one page of her journal to herself and shares another, and says what became of what she set out to do. */
export async function journal(story: Story) {
  const { page } = await story.patient()
  await page.goto('/my/journal')
  for (const text of [story.secret, story.shared]) {
    await page.getByLabel('What do I want to keep?').fill(text)
    await page.getByRole('button', { name: /^(Keep|Save|Write)/ }).first().click()
    await expect(page.getByRole('listitem').filter({ hasText: text }).getByText('only for me')).toBeVisible()
  }
  const entry = page.getByRole('listitem').filter({ hasText: story.shared })
  await entry.getByRole('button', { name: /^Share/ }).click()
  await expect(entry.getByText(/Jonas Lindqvist.*can then read it/)).toBeVisible()
  await noViolations(page)
  await entry.getByRole('button', { name: 'Yes, share it' }).click()
  await expect(entry.getByText(/^shared on/)).toBeVisible()
  await page.getByRole('button', { name: /^Partly\W+Walk before breakfast/ }).click()
  await expect(page.getByRole('button', { name: /^Partly\W+Walk before breakfast/ })).toHaveCount(0)
  await pictures(page, 'walk-patient-journal')
  const chart = await story.open(await story.as('therapist'), 'messages')
  await expect(chart.getByText(story.shared)).toBeVisible()
}

/** She has had enough with one session: the therapist ends the course with the reason, and the desk cancels what was booked of it. */
export async function enough(story: Story) {
  const page = await story.open(await story.as('therapist'), 'maintenance')
  await page.getByLabel('Why the course ends').fill('She feels well after one session and wants to stop here.')
  await page.getByRole('button', { name: 'End this course' }).click()
  await expect(page.getByRole('region', { name: 'The course has ended' })).toBeVisible()
  await sent(page)
  const { page: desk } = await story.as('coordinator')
  await desk.goto(`/work/charts/${story.chart}/plan`)
  const booked = desk.getByRole('list', { name: 'Visits to come' })
  for (const number of [2, 3, 4, 5, 6]) for (const visit of [`Medicine session ${number}`, `Integration ${number}`]) {
    await booked.getByRole('button', { name: `Cancel ${visit}` }).click()
    await desk.getByText('The patient', { exact: true }).click()
    await desk.getByLabel('Reason', { exact: true }).selectOption('other')
    await desk.getByLabel('In words').fill('The course has ended.')
    await desk.getByRole('button', { name: 'Cancel this visit' }).click()
    await expect(booked.getByRole('button', { name: `Cancel ${visit}` })).toHaveCount(0)
  }
  const { page: hers } = await story.patient()
  await hers.goto('/my/plan')
  await expect(hers.getByText('Behind you', { exact: false })).toBeVisible()
  await expect(hers.getByRole('article', { name: /^Medicine session/ }), 'nothing of it is ahead of her any more').toHaveCount(0)
}

/** Seven days after the dose, as the protocol says: the questionnaires, the visit, and the curve with what it says. */
export async function followUp(story: Story) {
  await story.cast.at(minutesAfter((await story.visit('medicine', 1)).startsAt, 7 * 24 * 60))
  const { page: hers } = await story.patient()
  expect(await fillInWhatIsDue(hers, better)).toEqual(expect.arrayContaining(['phq-9', 'gad-7']))
  const jonas = await story.as('therapist')
  const page = await story.open(jonas, 'follow-up-7')
  await page.getByLabel('Which booking').selectOption({ label: 'Without a booking' })
  const form = page.getByRole('form', { name: 'Follow-up, 7 days after' })
  await choose(form, /What became of it/, /^It took place/)
  const clock = (minutes: number) => new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'America/Los_Angeles' }).format(new Date(minutesAfter(story.cast.now, minutes)))
  await form.getByLabel('Began at').fill(clock(-45))
  await form.getByLabel('Ended at').fill(clock(-1))
  await form.getByLabel('What the visit was about').fill('Sleeps through; walks in the morning.')
  await noViolations(page)
  await pictures(page, 'walk-follow-up')
  await form.getByRole('button', { name: 'Write the visit' }).click()
  await expect(page.getByRole('region', { name: 'Visits of this kind' })).toContainText('Sleeps through; walks in the morning.')
  await story.open(jonas, 'outcome')
  await expect(page.getByText('16 → 6 (62.5 % lower): response')).toBeVisible()
  await expect(page.getByText('7 → 3 (57.1 % lower)')).toBeVisible()
  await noViolations(page)
  await pictures(page, 'walk-outcome')
  await hers.goto('/my/curve')
  await expect(hers.getByText('Lower than at the start by 10 points.')).toBeVisible()
  await noViolations(hers)
  await pictures(hers, 'walk-patient-curve')
}
