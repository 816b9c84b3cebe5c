import { noViolations } from './support/axe.ts'
import { ask, Cast, dayOf, minutesAfter, patients, staff, useSampleCode, type Person } from './support/people.ts'
import { fillIn } from './support/questionnaires.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** From the titration brief to the order: what is not known proposes nothing, what is proposed orders nothing, and one person signs. On a server of its own, since it changes an order. */
let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())

const WHY = 'A smaller step: she is apprehensive, and says so.'

test('the brief proposes nothing until everything is known; the prescriber changes what it proposes, signs, and the therapist reads it', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const helen = await cast.enter(staff.prescriber)
  const { rows, now } = await ask<{ now: string; rows: { name: string; chart: string }[] }>(jonas, '/api/home')
  const { chart } = rows.find(({ name }) => name === 'Mara Keller')!
  const brief = async ({ page }: Person) => {
    await page.goto(`/work/charts/${chart}?step=brief`)
    const proposal = page.getByRole('region', { name: 'Proposal' })
    await expect(proposal.getByRole('status')).toBeVisible()
    return proposal
  }
  const rule = (proposal: Awaited<ReturnType<typeof brief>>, words: string) => proposal.getByRole('list', { name: /^Rules/ }).getByRole('listitem').filter({ hasText: words })
  const entries = async () => (await ask<{ entries: { kind: string }[] }>(helen, `/api/charts/${chart}/entries`)).entries
  const before = (await entries()).length

  await test.step('nothing said, nothing asked: no proposal, and what is missing stands there', async () => {
    const proposal = await brief(helen)
    await expect(proposal.getByRole('status')).toContainText('There is no proposal: something is not known.')
    const missing = proposal.getByRole('list', { name: 'Why there is no proposal' })
    await expect(missing).toContainText('You have not said how strong it is meant to be.')
    await expect(missing).toContainText('There is no complete PHQ-9 since the last dose.')
    await expect(rule(proposal, 'No medical clearance in force')).toContainText(/^not met/)
    await expect(rule(proposal, 'Stronger than the window')).toContainText(/^not evaluable/)
    await expect(proposal.getByRole('button', { name: /^(Accept|Change|Decline)/ })).toHaveCount(0)
    await noViolations(helen.page)
  })

  await test.step('what only the prescriber can say is said; the score is still not known, so still nothing', async () => {
    const { page } = helen
    await page.getByLabel('How strong it is meant to be, from').fill('7')
    await page.getByLabel('How strong it is meant to be, to').fill('9')
    await page.getByLabel('I have asked: there was no side effect').check() // Counts where none is written, as after the session that some weekdays put last.
    const proposal = page.getByRole('region', { name: 'Proposal' })
    await expect(proposal.getByRole('list', { name: 'Why there is no proposal' })).not.toContainText('You have not said how strong')
    await expect(proposal.getByRole('status')).toContainText('There is no proposal: something is not known.')
    await expect(rule(proposal, 'Scores 50 % lower')).toContainText(/^not evaluable/)
    await expect(proposal.getByRole('button', { name: /^(Accept|Change|Decline)/ })).toHaveCount(0)
  })

  await test.step('the patient answers the questionnaire that was missing', async () => {
    const mara = await cast.enter(patients.mara)
    await fillIn(mara.page, 'phq-9', [1, 2, 1, 2, 1, 2, 1, 1, 0])
  })

  await test.step('now every rule is judged, one is met, and the proposal is a dose by weight', async () => {
    const proposal = helen.page.getByRole('region', { name: 'Proposal' })
    await expect(proposal.getByRole('status'), 'it came by itself').toContainText(/One step up: 41 mg IM, 0\.6 mg\/kg at 68 kg/)
    await expect(rule(proposal, 'Weaker than the window: one')).toContainText(/^met.*strongest: 6, window: 7 to 9/)
    await expect(rule(proposal, 'Scores 50 % lower')).toContainText(/^not met.*lower by %: 38\.9/)
    await expect(rule(proposal, 'Younger than 18')).toContainText('seen in the source')
    await noViolations(helen.page)
  })

  await test.step('on paper the sources stand open', async () => {
    const { page } = helen
    const source = page.getByRole('group').filter({ hasText: 'Where the rules come from' }).getByText(/Steps, floor and limits\./)
    await expect(source).toBeHidden()
    await page.emulateMedia({ media: 'print' })
    await expect(source).toBeVisible()
    await page.emulateMedia({ media: null })
  })

  await test.step('the therapist reads the same rules and can neither decide nor sign', async () => {
    const proposal = await brief(jonas)
    await expect(proposal.getByText('The prescriber accepts, changes or declines it, and signs.')).toBeVisible()
    await expect(proposal.getByRole('button', { name: /^(Accept|Change|Decline)/ })).toHaveCount(0)
    await expect(proposal.getByRole('status'), 'what only the prescriber can say is not the therapist’s').toContainText('There is no proposal')
    await jonas.page.goto(`/work/charts/${chart}?step=order`)
    await expect(jonas.page.getByText('The prescriber writes and signs orders.')).toBeVisible()
    await expect(jonas.page.getByRole('button', { name: 'Sign the order' })).toHaveCount(0)
  })

  await test.step('she takes another dose than proposed: the order waits for her reason, her code and her signature', async () => {
    const { page } = helen
    await page.getByRole('button', { name: 'Change it' }).click()
    const form = page.getByRole('form', { name: /order/i })
    await form.getByLabel(/^Dose/).fill('38')
    await expect(form.getByRole('status', { name: 'What the rulebook says to this order' })).toContainText('38 mg is 0.56 mg/kg at 68 kg')
    await form.getByLabel(/^At most in one session/).fill('38')
    await form.getByLabel(/^Holds from/).fill(dayOf(now))
    await form.getByLabel(/^Holds until/).fill(dayOf(minutesAfter(now, 40 * 24 * 60)))
    await useSampleCode(page)
    await page.getByRole('button', { name: 'Sign the order' }).click()
    await expect(page.getByText('Write why it differs from the proposal.').first()).toBeVisible()
    expect((await entries()).filter(({ kind }) => kind === 'dose-decided.v1'), 'nothing was decided yet').toEqual([])
    await noViolations(page)
    await page.getByLabel('Why it differs from the proposal').fill(WHY)
    await page.getByRole('button', { name: 'Sign the order' }).click()
    await expect(page.getByRole('region', { name: 'In force today' })).toContainText('38 mg, 0.56 mg/kg')
  })

  await test.step('order and decision were signed together, once, and the proposal orders nothing by itself', async () => {
    const kinds = (await entries()).slice(before).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'order.v1')).toHaveLength(1)
    expect(kinds.filter((kind) => kind === 'dose-decided.v1')).toHaveLength(1)
  })

  await test.step('the therapist sees what came of it, with the reason, and who signed', async () => {
    const { page } = jonas
    const proposal = await brief(jonas)
    const decided = proposal.getByRole('list', { name: 'Decided before' }).getByRole('listitem')
    await expect(decided).toHaveCount(1)
    await expect(decided).toContainText(/changed: 41 mg IM was proposed, 38 mg IM ordered; meant to be 7 to 9/)
    await expect(decided).toContainText(WHY)
    await expect(decided).toContainText('Helen Brandt')
    await expect(page.getByText(/38 mg IM, until/)).toBeVisible()
    await noViolations(page)
  })
})
