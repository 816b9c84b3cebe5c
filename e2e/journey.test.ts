import { expect as soon, test, type Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { ask, Cast, choose, dayOf, minutesAfter, staff, type Person } from './support/people.ts'

const expect = soon.configure({ timeout: 8_000 }) // The machine may be busy with other things.

interface Visit { readonly type: string; readonly startsAt: string; readonly endsAt: string }

test('one person goes from the first question to a booked course: each at their own screen', async ({ browser }) => {
  test.setTimeout(180_000)
  const cast = new Cast(browser)
  const name = 'Wanda Weiss'
  const email = `wanda.${Date.now()}@example.org`
  let chart = ''
  const chartPage = async (page: Page, step = '') => { await page.goto(`/work/charts/${chart}${step && `?step=${step}`}`) }

  const visitsOf = async (who: Person) => (await ask<{ course: { visits: Visit[] } }>(who, `/api/charts/${chart}/course`)).course.visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))

  await test.step('1. A stranger reads the public page and asks for a call', async () => {
    const page = await cast.stranger()
    await page.goto('/')
    await page.getByRole('link', { name: /Write to us|Ask for a call|request/i }).first().click()
    await page.getByLabel('What may we call you?').fill(name)
    await page.getByLabel('Email').fill(email)
    await page.getByLabel(/What brings you/).fill('Depression for three years, and two medicines that did little.')
    await page.getByRole('group', { name: 'Are you in therapy with us already?' }).getByText('No', { exact: true }).click()
    await page.getByRole('button', { name: 'Send my request' }).click()
    await expect(page.getByRole('heading', { name: 'Thank you. We have it.' })).toBeVisible()
    await page.context().close()
  })

  const claire = await cast.enter(staff.coordinator)
  let firstVisit = { startsAt: '', endsAt: '' }
  await test.step('2. The coordinator calls, and the person chooses a therapist and a time', async () => {
    const { page } = claire
    await page.goto('/work/inquiries')
    await page.getByRole('link', { name }).last().click()
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
    chart = /charts\/([0-9a-f-]{36})/.exec(page.url())![1]!
    firstVisit = (await visitsOf(claire))[0]!
    await page.goto(`/work/charts/${chart}/plan`)
    await choose(page, 'Course', /^Six medicine sessions/)
    await page.getByRole('button', { name: 'Choose this course' }).click()
    await expect(page.getByRole('heading', { name: 'When suits them?' })).toBeVisible()
  })

  const jonas = await cast.enter(staff.therapist)
  await test.step('3. The therapist writes the intake with a coded indication, and refers', async () => {
    const { page } = jonas
    await cast.at(minutesAfter(firstVisit.endsAt, 5))
    await chartPage(page, 'intake')
    const intake = page.getByRole('form', { name: 'Psychological intake' })
    await intake.getByLabel(/What brings this person here/).fill('Low since a loss three years ago; sleeps four hours.')
    await intake.getByLabel(/Psychiatric history/).fill('Two courses of medicine, one of therapy. No stay in hospital, no attempts.')
    await intake.getByLabel(/How they are now/).fill('Oriented, tired, open. Asked about safety: no thoughts of ending life.')
    await intake.getByLabel('Goal 1').fill('Wake without dread')
    await intake.getByRole('radio', { name: '7', exact: true }).check()
    await intake.getByRole('combobox', { name: /^Indication/ }).click()
    await intake.getByRole('combobox', { name: /^Indication/ }).fill('F33.1')
    await page.getByRole('option').first().click()
    await noViolations(page)
    await intake.getByRole('button', { name: 'Write the intake into the chart' }).click()
    await expect(page.getByText('Low since a loss three years ago').first()).toBeVisible()
    const visit = page.getByRole('form', { name: 'Visit: intake' })
    await choose(visit, /What became of it/, /^It took place/)
    await visit.getByLabel('What the visit was about').fill('Intake held.')
    await visit.getByRole('button', { name: 'Write the visit' }).click()
    await expect(visit).toBeHidden()
    await chartPage(page)
    await page.getByRole('link', { name: 'Refer for clearance' }).first().click()
    await expect(page.getByLabel('Prescriber')).toHaveValue(staff.prescriber)
    await page.getByRole('button', { name: 'Send the referral' }).click()
    await expect(page.getByText('To Helen Brandt').first()).toBeVisible()
  })

  const wanda = await cast.enterNobody()
  await test.step('4. The patient signs in by the link of a mail, agrees, answers, and says what for', async () => {
    const { page } = wanda
    await page.goto('/my/sign-in')
    await page.getByLabel('Your e-mail address').fill(email)
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible()
    const { mail } = await ask<{ mail: { to: string; subject: string; body: string }[] }>(wanda, '/api/sample/outbox')
    const link = /http\S+sign-in#\S+/.exec(mail.find(({ to, subject }) => to === email && subject === 'Your sign-in link')!.body)![0]
    await page.goto('about:blank')
    await page.goto(link.replace(/^http:\/\/[^/]+/, ''))
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page).toHaveURL(/\/my$/)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    wanda.person = (await ask<{ person: string }>(wanda, '/api/me')).person
    await page.goto('/my/consents')
    await page.getByRole('list', { name: 'Consents' }).getByRole('link').first().waitFor()
    const forms = await page.getByRole('list', { name: 'Consents' }).getByRole('link').evaluateAll((links) => links.map((each) => each.getAttribute('href') ?? ''))
    expect(forms.length).toBeGreaterThan(0)
    for (const form of forms) {
      await page.goto(form)
      await page.getByRole('checkbox').first().waitFor()
      for (const risk of await page.getByRole('checkbox').all()) await risk.check()
      for (const asked of await page.getByRole('group').filter({ has: page.getByRole('radio') }).all()) await asked.getByRole('radio').last().check()
      await page.getByLabel(/^Your full name/).fill(name)
      await page.getByRole('button', { name: 'Sign', exact: true }).click()
      await expect(page.getByRole('heading', { name: 'Signed', exact: true })).toBeVisible()
    }
    await noViolations(page)
    await fillIn(page, 'phq-9', [2, 2, 2, 2, 2, 2, 2, 2, 0])
    for (const measure of ['gad-7', 'pcl-5', 'audit-c']) await fillIn(page, measure, [1])
    await page.goto('/my/intention')
    await page.getByLabel('My intention').fill('To meet the mornings without dread.')
    await page.getByRole('button', { name: 'Save my intention' }).click()
    await expect(page.getByText(/^Saved/i).first()).toBeVisible()
  })

  const helen = await cast.enter(staff.prescriber)
  await test.step('5. The prescriber enters what is missing, reads the sheet and signs with the code', async () => {
    const { page } = helen
    await chartPage(page, 'clearance')
    await expect(page.getByRole('heading', { name: 'Medical clearance', exact: true })).toBeVisible()
    await noViolations(page)
    await chartPage(page, 'lists')
    for (const words of ['There are none: medicines', 'There are none: allergies', /: conditions$/]) {
      await page.getByRole('button', { name: words }).click()
      await expect(page.getByText('Saved · The list counts as gone through.').first()).toBeVisible()
    }
    await chartPage(page, 'measurements')
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
    await chartPage(page, 'c-ssrs')
    const screen = page.getByRole('form', { name: 'C-SSRS by a clinician' })
    await screen.getByRole('group').first().waitFor()
    for (const question of await screen.getByRole('group').all()) await question.getByLabel('No', { exact: true }).check()
    await screen.getByRole('button', { name: 'Save the interview' }).click()
    await expect(page.getByText('No yes among the answers').first()).toBeVisible()
    await answerWhatIsMissing(page)
    await chartPage(page, 'clearance')
    await page.getByRole('group', { name: 'Decision' }).getByLabel(/^Clear/).check()
    await page.getByRole('button', { name: 'Use the latest day' }).click()
    await page.getByLabel('What you base it on').fill('Seen in person; nothing found that stands against treatment.')
    await page.getByRole('button', { name: 'Use the sample code' }).click()
    await page.getByRole('button', { name: 'Sign the clearance' }).click()
    await expect(page.getByText(/^The clearance is/).first()).toContainText(/cleared/i)
    await noViolations(page)
  })

  await test.step('6. Safety plan and agreements, made together with the therapist', async () => {
    const { page } = jonas
    await chartPage(page, 'safety-plan')
    const plan = page.getByRole('form', { name: 'Safety plan' })
    await plan.getByLabel('Sign 1').fill('Not answering messages')
    await plan.getByLabel('Thing I can do 1').fill('Walk to the water')
    await plan.getByLabel('Person who helps 1', { exact: true }).fill('Lena, sister')
    await plan.getByLabel('Phone: Person who helps 1').fill('+1 510 555 0178')
    await plan.getByLabel('Professional or line 1', { exact: true }).fill('Jonas Lindqvist')
    await plan.getByLabel('Phone: Professional or line 1').fill('+1 510 555 0142')
    await plan.getByRole('radio', { name: '8', exact: true }).check()
    await plan.getByLabel('Look at it again on').fill(dayOf(minutesAfter(cast.now, 80 * 24 * 60)))
    await plan.getByRole('button', { name: 'Save the safety plan' }).click()
    await expect(page.getByText('Walk to the water').first()).toBeVisible()
    await noViolations(page)
    await chartPage(page, 'agreements')
    await choose(page, 'Touch', /hands/i)
    await page.getByLabel('Signal for stop').fill('raised palm')
    await page.getByRole('button', { name: 'Save the agreements' }).click()
    await expect(page.getByText('raised palm').first()).toBeVisible()
  })

  await test.step('7. The coordinator gives the estimate, plans the course, picks a plan and books it', async () => {
    const { page } = claire
    await page.goto(`/work/charts/${chart}/money`)
    await page.getByRole('button', { name: 'Give the estimate as PDF' }).click()
    await expect(page.getByText(/^The estimate is given/)).toBeVisible()
    await noViolations(page)
    await page.goto(`/work/charts/${chart}/plan`)
    await page.getByRole('button', { name: 'Propose plans' }).click()
    const plans = page.getByRole('list', { name: 'Proposed plans' })
    await expect(plans).toBeVisible({ timeout: 30_000 })
    await noViolations(page)
    await plans.getByRole('button', { name: /^Book the/ }).last().click()
    await page.getByRole('button', { name: /^Book all/ }).click()
    await expect(page.getByText(/visits are booked/)).toBeVisible()
    expect((await visitsOf(claire)).filter(({ type }) => type === 'medicine')).toHaveLength(6)
  })
})

/** Every question that a rule still waits for, answered as somebody with an untroubled history would. */
async function answerWhatIsMissing(page: Page) {
  await page.goto(page.url().replace(/\?.*$/, '?step=facts'))
  const form = page.getByRole('form', { name: 'Questions that are missing' })
  await form.getByRole('group').first().waitFor()
  for (const group of await form.getByRole('group').all()) {
    const question = (await group.locator('legend').innerText()).trim()
    const answer = /sex was recorded/.test(question) ? 'Female' : /decide about|adult to go home|monitoring program|ECG/.test(question) ? 'Yes' : /^(No|Never|None)$/
    await group.getByLabel(answer, { exact: true }).first().check()
  }
  await form.getByRole('button', { name: /^Save/ }).click()
  await expect(form).toBeHidden()
}

/** One questionnaire, answered from top to bottom; the last answer goes on for the rest. */
async function fillIn(page: Page, measure: string, answers: readonly number[]) {
  await page.goto(`/my/questionnaires/${measure}`)
  await page.getByRole('radio').first().waitFor()
  for (const [at, question] of (await page.getByRole('group').all()).entries()) await question.getByRole('radio').nth(answers[at] ?? answers.at(-1)!).check()
  await page.getByRole('button', { name: 'Send my answers' }).click()
  await expect(page.getByText('Your answers are saved.')).toBeVisible()
}
