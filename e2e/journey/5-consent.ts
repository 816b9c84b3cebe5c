import { noViolations } from '../support/axe.ts'
import { ask, choose, dayOf, minutesAfter, sent } from '../support/people.ts'
import { fillInWhatIsDue } from '../support/questionnaires.ts'
import { expect, type Story } from './story.ts'

/** PHQ-9 of 16 and GAD-7 of 7, as before the first dose. */
export const low = { 'phq-9': [2, 2, 2, 2, 2, 2, 2, 2, 0], 'gad-7': [1], 'urinary-check': [0] }

/** The patient signs in by the link of a mail, reads and signs her consents, answers her questionnaires and says what for. */
export async function consent(story: Story) {
  const wanda = await story.patient()
  const { page } = wanda
  await page.goto('/my/sign-in')
  await page.getByLabel('Your e-mail address').fill(story.email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
  const { mail } = await ask<{ mail: { to: string; subject: string; body: string }[] }>(wanda, '/api/sample/outbox')
  const link = /http\S+sign-in#\S+/.exec(mail.find(({ to, subject }) => to === story.email && subject === 'Your sign-in link')!.body)![0]
  await page.goto('about:blank')
  await page.goto(link.replace(/^http:\/\/[^/]+/, ''))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page).toHaveURL(/\/my$/)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await noViolations(page)
  wanda.person = (await ask<{ person: string }>(wanda, '/api/me')).person
  await signConsents(story)
  expect(await fillInWhatIsDue(page, low)).toEqual(expect.arrayContaining(['phq-9', 'gad-7']))
  await page.goto('/my/intention')
  await page.getByLabel('My intention').fill('To meet the mornings without dread.')
  await page.getByRole('button', { name: 'Save my intention' }).click()
  await expect(page.getByText(/^Saved/i).first()).toBeVisible()
}

async function signConsents(story: Story) {
  const { page } = await story.patient()
  await page.goto('/my/consents')
  const list = page.getByRole('list', { name: 'Consents' }).getByRole('link')
  await list.first().waitFor()
  const forms = await list.evaluateAll((links) => links.map((each) => each.getAttribute('href') ?? ''))
  expect(forms.length).toBeGreaterThan(0)
  for (const form of forms) {
    await page.goto(form)
    await page.getByRole('checkbox').first().waitFor()
    for (const risk of await page.getByRole('checkbox').all()) await risk.check()
    for (const asked of await page.getByRole('group').filter({ has: page.getByRole('radio') }).all()) await asked.getByRole('radio').last().check()
    await page.getByLabel(/^Your full name/).fill(story.name)
    await page.getByRole('button', { name: 'Sign', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Signed', exact: true })).toBeVisible()
  }
  await noViolations(page)
}

/** Safety plan and agreements, made together with the therapist; the patient finds the plan on her own pages. */
export async function safetyPlan(story: Story) {
  const jonas = await story.as('therapist')
  const page = await story.open(jonas, 'safety-plan')
  const plan = page.getByRole('form', { name: 'Safety plan' })
  await plan.getByLabel('Sign 1').fill('Not answering messages')
  await plan.getByLabel('Thing I can do 1').fill('Walk to the water')
  await plan.getByLabel('Person who helps 1', { exact: true }).fill('Lena, sister')
  await plan.getByLabel('Phone: Person who helps 1').fill('+1 510 555 0178')
  await plan.getByLabel('Professional or line 1', { exact: true }).fill('Jonas Lindqvist')
  await plan.getByLabel('Phone: Professional or line 1').fill('+1 510 555 0142')
  await plan.getByRole('radio', { name: '8', exact: true }).check()
  await plan.getByLabel('Look at it again on').fill(dayOf(minutesAfter(story.cast.now, 80 * 24 * 60)))
  await plan.getByRole('button', { name: 'Save the safety plan' }).click()
  await expect(page.getByText('Walk to the water').first()).toBeVisible()
  await noViolations(page)
  await story.open(jonas, 'agreements')
  await choose(page, 'Touch', /hands/i)
  await page.getByLabel('Signal for stop').fill('raised palm')
  await page.getByRole('button', { name: 'Save the agreements' }).click()
  await expect(page.getByText('raised palm').first()).toBeVisible()
  await sent(page)
  const { page: hers } = await story.patient()
  await hers.goto('/my/safety-plan')
  await expect(hers.getByText('Walk to the water').first()).toBeVisible()
}
