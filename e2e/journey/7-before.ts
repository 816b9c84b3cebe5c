import { noViolations } from '../support/axe.ts'
import { choose, dayOf, minutesAfter, sent, useSampleCode } from '../support/people.ts'
import { fillInWhatIsDue } from '../support/questionnaires.ts'
import { low } from './5-consent.ts'
import { screening } from './4-clearance.ts'
import { expect, type Story } from './story.ts'

/** The three preparation visits are held, each on its day, and between them everything that they cover. */
export async function preparation(story: Story) {
  const jonas = await story.as('therapist')
  const covered = [['intentions', 'what to expect'], ['safety plan', 'harm reduction'], ['grounding tools']]
  for (const [at, topics] of covered.entries()) {
    await story.cast.at(minutesAfter((await story.visit('preparation', at + 1)).endsAt, 5))
    const page = await story.open(jonas, `preparation-${at + 1}`)
    const form = page.getByRole('form', { name: `Preparation ${at + 1} of 3` })
    await choose(form, /What became of it/, /^It took place/)
    for (const topic of topics) await choose(form, 'Covered', new RegExp(`^${topic}`, 'i'))
    await form.getByLabel('What the visit was about').fill(`Preparation ${at + 1}: ${topics.join(' and ')}.`)
    if (at === 0) await noViolations(page)
    await form.getByRole('button', { name: 'Write the visit' }).click()
    await expect(page.getByText(`Preparation ${at + 1}: ${topics.join(' and ')}.`)).toBeVisible()
    await sent(page)
  }
  await expect(jonas.page.getByRole('region', { name: 'To be covered' }).getByText('open', { exact: true })).toHaveCount(0)
}

/** The prescriber signs the order: a dose under the tongue, its most, its days. A dose above what may ever be given is refused in words. */
export async function order(story: Story) {
  const page = await story.open(await story.as('prescriber'), 'order')
  const form = page.getByRole('form', { name: 'Order for the medicine' })
  await choose(form, 'How it is given', /^SL/)
  await form.getByRole('group', { name: 'Weight this order is computed with' }).getByRole('radio').first().check()
  await form.getByLabel(/^Dose/).fill('500')
  const rulebook = form.getByLabel('What the rulebook says to this order')
  await expect(rulebook).toContainText('never above 400 mg')
  await form.getByLabel(/^Dose/).fill('100')
  await form.getByLabel('At most in one session').fill('150')
  await form.getByLabel('Holds from').fill(dayOf(story.cast.now))
  await form.getByLabel('Holds until').fill(dayOf(minutesAfter(story.cast.now, 40 * 24 * 60)))
  await noViolations(page)
  await useSampleCode(form)
  await form.getByRole('button', { name: 'Sign the order' }).click()
  await expect(page.getByRole('region', { name: 'In force today' })).toContainText('100 mg')
}

/** The morning of the first session: the patient names who takes her home, says what she ate, and answers what is due. */
export async function morning(story: Story) {
  const session = await story.visit('medicine', 1)
  await story.cast.at(minutesAfter(session.startsAt, -60))
  const { page } = await story.patient()
  await page.goto(`/my/ride/${session.visit}`)
  await page.getByLabel('Name of the person').fill('Lena Weiss')
  await page.getByLabel('Phone of the person').fill('+1 510 555 0178')
  await page.getByLabel('This person is an adult and will come in to get me').check()
  await page.getByRole('button', { name: 'Save who takes me home' }).click()
  await expect(page.getByText('Saved. Your team sees it.')).toBeVisible()
  await page.goto(`/my/checks/${session.visit}`)
  for (const [did, asked, time] of [['eat', 'When did you last eat?', '20:00'], ['drink', 'When did you last drink something?', '22:00']] as const) {
    await choose(page, asked, 'Yesterday')
    await page.getByLabel(`At what time did you last ${did}?`).fill(time)
  }
  await choose(page, /^Alcohol or cannabis/, 'No')
  const taken = page.getByRole('group', { name: /^(Have you taken|Anything)/ })
  await expect(taken.last()).toBeVisible()
  for (const question of await taken.all()) await question.getByLabel('No', { exact: true }).check()
  await noViolations(page)
  await page.getByRole('button', { name: 'Save my answers' }).click()
  await expect(page.getByText('Saved. Your team sees it.')).toBeVisible()
  await fillInWhatIsDue(page, low)
  await screening(story, await story.as('therapist'))
}
