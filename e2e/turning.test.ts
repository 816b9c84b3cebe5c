import { noViolations } from './support/axe.ts'
import { askedThatMorning, morningOfASession } from './support/morning.ts'
import { askedAgain, Cast, staff, useSampleCode, type Person } from './support/people.ts'
import { calm, checkIn, startSession, vitals } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** A figure of the rulebook is turned: who may, whom it changes, where it is read, and what keeps the old one. On a server of its own, since its edition holds for everybody. */
let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())

const WHY = 'Agreed by the clinicians: pressure is brought down before a course goes on.'
const H01 = /^H01, systolic pressure/
const QTC = /^O04, /
const ALERT = /^BP-S, yellow, systolic pressure/

test('a figure is tightened with a signature, shows on the chart it changes, and leaves the session under way alone', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const helen = await cast.enter(staff.prescriber)
  const { chart, visit } = await morningOfASession(cast, jonas, askedThatMorning(150))
  const rulebook = async ({ page }: Person) => {
    await page.goto('/work/rulebook')
    await expect(page.getByRole('region', { name: 'This practice’s edition' })).toBeVisible()
    return page.getByRole('region', { name: 'Turn a figure' })
  }
  /** Looks a figure up and types another value into it. */
  const turn = async ({ page }: Person, words: string, figure: RegExp, to: string) => {
    await page.getByLabel('Find a figure').fill(words)
    await page.getByRole('textbox', { name: figure }).fill(to)
  }
  const which = ({ page }: Person, figure: string) => page.getByRole('status', { name: `Which way, ${figure}` })
  const sign = ({ page }: Person) => page.getByRole('button', { name: 'Sign this edition' })
  const propose = ({ page }: Person) => page.getByRole('button', { name: 'Propose this edition' })

  await test.step('a session is under way by the rules it started with', async () => {
    const { page } = jonas
    await page.goto(`/work/charts/${chart}/start?visit=${visit}`)
    await startSession(page)
    await checkIn(page, 'therapist')
  })

  await test.step('who treats nobody medically reads the book and turns nothing; a prescriber may not loosen', async () => {
    const ruth = await cast.enter(staff.secondTherapist)
    await expect(await rulebook(ruth)).toHaveCount(0)
    const owner = await cast.enter(staff.owner)
    await owner.page.goto('/work/practice')
    await owner.page.getByRole('tab', { name: /^People/ }).click()
    await owner.page.getByRole('button', { name: 'Ruth Feldman' }).click()
    await owner.page.getByRole('group', { name: 'Roles' }).getByLabel(/^Prescriber/).check()
    await owner.page.getByRole('button', { name: 'Keep this person' }).click()
    await expect(owner.page.getByText('Ruth Feldman is kept.')).toBeVisible()
    await expect(await rulebook(ruth)).toBeVisible()
    await turn(ruth, 'H01 systolic', H01, '170')
    await expect(which(ruth, 'H01, systolic pressure')).toContainText('looser')
    await expect(ruth.page.getByText('Something here is looser. The medical director signs that; take it out, or ask for it.')).toBeVisible()
    await expect(sign(ruth)).toHaveCount(0)
    const answer = await ruth.page.request.post('/api/rulebook/editions', { data: { on: 0, steps: [{ dial: 'eligibility/H01/systolicMmHg.atLeast', from: 160, to: 170, reason: WHY }], reason: WHY, code: '123456' } })
    expect(answer.ok(), await answer.text()).toBe(false)
  })

  await test.step('the medical director loosens nothing without a reason, and nothing below its floor', async () => {
    const { page } = helen
    await rulebook(helen)
    await turn(helen, 'H01 urgent', /^H01, urgent, systolic pressure/, '190')
    await expect(page.getByText(/can be tightened and never loosened\. A pressure this high cannot wait, in any practice\./)).toBeVisible()
    await expect(page.getByRole('region', { name: 'To be signed' }), 'it is not even put into the basket').toHaveCount(0)
    await turn(helen, 'BP-S yellow', ALERT, '165')
    await expect(which(helen, 'BP-S, yellow, systolic pressure')).toContainText('looser')
    await page.getByLabel('Why BP-S, yellow, systolic pressure may be looser here').fill('We know better.')
    await expect(page.getByText(/\d+ characters more\./)).toBeVisible()
    await page.getByLabel('Why this edition').fill(WHY)
    await page.getByRole('button', { name: 'Who would change' }).click()
    await useSampleCode(page)
    await expect(propose(helen)).toBeDisabled()
    await expect(sign(helen), 'what is looser is not signed by one').toHaveCount(0)
    await noViolations(page)
    await page.getByRole('button', { name: 'Take out BP-S, yellow, systolic pressure' }).click()
  })

  await test.step('tightened, she sees whom it would change before it holds, and signs', async () => {
    const { page } = helen
    await turn(helen, 'BP-S yellow', ALERT, '150')
    await expect(which(helen, 'BP-S, yellow, systolic pressure')).toContainText('tighter')
    await turn(helen, 'H01 systolic', H01, '145')
    await page.getByLabel('Why this edition').fill(WHY)
    await useSampleCode(page)
    await expect(sign(helen), 'first whom it would change').toBeDisabled()
    await page.getByRole('button', { name: 'Who would change' }).click()
    const changed = page.getByRole('listitem').filter({ hasText: 'Mara Keller' })
    await expect(changed).toContainText(/clearance cleared becomes reopened.*new: H01 hold/)
    await expect(page.getByText(/1 of \d+ open charts would be judged otherwise\./)).toBeVisible()
    await noViolations(page)
    await sign(helen).click()
    await expect(page.getByText('Signed: edition 1.')).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: 'H01, systolic pressure' })).toContainText(/160 or more mmHg.*145 or more mmHg/)
  })

  await test.step('the chart it changes says so, with what ships beside it', async () => {
    const { page } = helen
    await page.goto(`/work/charts/${chart}?step=clearance`)
    await expect(page.getByRole('list', { name: 'What reopened it' })).toContainText(/systolic pressure 145 or more mmHg \(as shipped: 160 or more mmHg\)/)
    await expect(page.getByText(/reopened by/).first()).toBeVisible()
    await noViolations(page)
  })

  await test.step('both who treat her read it on their own list, whoever signed; the therapist comes from there to the clearance', async () => {
    const apart = await cast.enter(staff.therapist)
    for (const { page } of [helen, apart]) {
      await page.goto('/work')
      const said = page.getByRole('region', { name: 'Said to you' })
      await expect(said.getByText(/^Mara Keller: edition 1 of the rulebook reopened the medical clearance\. H01: .*systolic pressure 145 or more mmHg \(as shipped: 160 or more mmHg\)/)).toBeVisible(askedAgain)
      await noViolations(page)
    }
    await apart.page.getByRole('region', { name: 'Said to you' }).getByRole('link', { name: 'Open the clearance' }).first().click()
    await expect(apart.page.getByRole('list', { name: 'What reopened it' })).toContainText('(as shipped: 160 or more mmHg)')
  })

  await test.step('the session under way keeps its edition: the same pressure alerts nobody in there', async () => {
    const { page } = jonas
    await page.reload()
    await expect(page.getByText('In here the edition it started with holds, to the end.')).toBeVisible()
    await vitals(page, { ...calm, 'Systolic (mmHg)': '152' })
    await expect(page.getByText('152/78').first()).toBeVisible()
    await expect(page.getByText(/Systolic pressure 152/)).toHaveCount(0)
    await noViolations(page)
  })

  await test.step('looser takes two: what the medical director proposes holds for nobody', async () => {
    const { page } = helen
    await rulebook(helen)
    await turn(helen, 'O04 QTc', QTC, '510')
    await page.getByLabel(/^Why O04, .* may be looser here/).fill('Our cardiologist reads every ECG before a course.')
    await page.getByLabel('Why this edition').fill('Agreed with our cardiologist.')
    await page.getByRole('button', { name: 'Who would change' }).click()
    await expect(page.getByText(/open charts would be judged otherwise\./)).toBeVisible()
    await useSampleCode(page)
    await propose(helen).click()
    await expect(page.getByText('Proposed. It holds for nobody yet.')).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: 'O04' })).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Sign as the second person' })).toHaveCount(0)
    await noViolations(page)
  })

  await test.step('a therapist finds it on their list, looks at each row and signs it too; then it holds', async () => {
    const ruth = await cast.enter(staff.secondTherapist)
    const { page } = ruth
    await page.goto('/work')
    await expect(page.getByText('Helen Brandt proposes to loosen a figure of the rulebook. It takes a second signature.')).toBeVisible(askedAgain)
    await noViolations(page)
    await page.getByRole('link', { name: 'Look at it, and sign or decline' }).click()
    const card = page.getByRole('listitem', { name: 'Looser figures, proposed by Helen Brandt' })
    await expect(card).toContainText(/O04.*above 500 ms.*above 510 ms.*looser.*Our cardiologist reads every ECG before a course\./)
    await card.getByRole('button', { name: 'Who would change' }).click()
    await card.getByLabel('What you looked at, and why it may be so').fill('I have looked at the one loosened row with our cardiologist.')
    await useSampleCode(card)
    await noViolations(page)
    await card.getByRole('button', { name: 'Sign as the second person' }).click()
    await expect(page.getByText('Signed by Helen Brandt and by you: edition 2.')).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: 'O04' })).toContainText(/above 500 ms.*above 510 ms/)
    await expect(page.getByText(/Edition 2, signed by Helen Brandt and Ruth Feldman/)).toBeVisible()
    await noViolations(page)
    await helen.page.goto('/work')
    await expect(helen.page.getByText(/^Ruth Feldman signed what you proposed: edition 2 is in force\./)).toBeVisible(askedAgain)
  })
})
