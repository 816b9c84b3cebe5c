import { expect as soon, test } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { askedThatMorning, morningOfASession } from './support/morning.ts'
import { Cast, staff, type Person } from './support/people.ts'
import { calm, checkIn, startSession, vitals } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'

/** A figure of the rulebook is turned: who may, whom it changes, where it is read, and what keeps the old one. On a server of its own, since its edition holds for everybody. */
const expect = soon.configure({ timeout: 10_000 })
let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())
test.setTimeout(180_000)

const WHY = 'Agreed by the clinicians: pressure is brought down before a course goes on.'
const H01 = /^H01, systolic pressure/
const ALERT = /^BP-S, yellow, systolic pressure/

test('a figure is tightened with a signature, shows on the chart it changes, and leaves the session under way alone', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const helen = await cast.enter(staff.prescriber)
  const { chart, visit } = await morningOfASession(cast, jonas, askedThatMorning(150))
  const rulebook = async ({ page }: Person) => {
    await page.goto('/work/rulebook')
    await expect(page.getByRole('region', { name: 'This practice’s own edition' }).or(page.getByText('None of its own: the rulebook holds here as it ships.')).first()).toBeVisible()
    return page.getByRole('region', { name: 'Turn a figure' })
  }
  /** Looks a figure up and types another value into it. */
  const turn = async ({ page }: Person, words: string, figure: RegExp, to: string) => {
    await page.getByLabel('Find a figure').fill(words)
    await page.getByRole('textbox', { name: figure }).fill(to)
  }
  const which = ({ page }: Person, figure: string) => page.getByRole('status', { name: `Which way, ${figure}` })
  const sign = ({ page }: Person) => page.getByRole('button', { name: 'Sign this edition' })

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
    await page.getByRole('button', { name: 'Use the sample code' }).click()
    await expect(sign(helen)).toBeDisabled()
    await noViolations(page)
    await page.getByRole('button', { name: 'Take out BP-S, yellow, systolic pressure' }).click()
  })

  await test.step('tightened, she sees whom it would change before it holds, and signs', async () => {
    const { page } = helen
    await turn(helen, 'BP-S yellow', ALERT, '150')
    await expect(which(helen, 'BP-S, yellow, systolic pressure')).toContainText('tighter')
    await turn(helen, 'H01 systolic', H01, '145')
    await page.getByLabel('Why this edition').fill(WHY)
    await page.getByRole('button', { name: 'Use the sample code' }).click()
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
      await expect(said.getByText(/^Mara Keller: edition 1 of the rulebook reopened the medical clearance\. H01: .*systolic pressure 145 or more mmHg \(as shipped: 160 or more mmHg\)/)).toBeVisible()
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
})
