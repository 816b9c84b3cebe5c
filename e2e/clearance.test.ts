import { noViolations } from './support/axe.ts'
import { askedThatMorning, morningOfASession } from './support/morning.ts'
import { arrived, askedAgain, Cast, choose, minutesAfter, staff, useSampleCode, type Person } from './support/people.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** A clearance signed in spite of a rule, a new medicine, and what follows for everybody. On a server of its own, since it moves the clock. */
let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())

const REASON = 'Weighed with her neurologist on the telephone this morning.'

test('a clearance signed in spite of a rule is reopened by a new medicine, and stays so when it is stopped: no session starts, and both people see why', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const helen = await cast.enter(staff.prescriber)
  const { chart, visit, order, device } = await morningOfASession(cast, jonas, askedThatMorning())
  const room = async ({ page }: Person, step: string) => { await page.goto(`/work/charts/${chart}?step=${step}`); await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible() }
  const startPage = async ({ page }: Person) => { await page.goto(`/work/charts/${chart}/start?visit=${visit}`); await expect(page.getByRole('button', { name: 'Start the session' })).toBeVisible() }
  const sessions = () => jonas.page.request.post(`/api/charts/${chart}/sessions`, { data: { id: crypto.randomUUID(), device, visit, order } })

  await test.step('the therapist writes down a seizure: the clearance is open, and the eligibility page says who, when and what rule', async () => {
    const { page } = jonas
    await room(jonas, 'facts&entry=seizureUncontrolled')
    const question = page.getByRole('form', { name: 'Are there seizures that are not controlled?' })
    await choose(question, /seizures that are not controlled/, 'Yes')
    await question.getByRole('button', { name: /^Save the answer/ }).click()
    await expect(page.getByText(/Saved · /).first()).toBeVisible()
    await room(jonas, 'eligibility')
    await expect(page.getByRole('listitem', { name: 'Seizures not controlled' })).toContainText(/changed from no to yes, \d+ days later, by Jonas Lindqvist/)
    const rule = page.getByRole('region', { name: 'Signed reasons' }).getByRole('listitem', { name: 'Rule O05' })
    await rule.getByText('How O05 is judged, its source, and what became of it here').click()
    await rule.getByText('What became of O05 on this chart').click()
    await expect(rule.getByRole('list', { name: 'What became of O05' }).getByRole('listitem').last()).toContainText(/^Met .* by Jonas Lindqvist: seizures not controlled: yes/)
    await expect(rule.getByText('not verified')).toBeVisible()
    await noViolations(page)
  })

  await test.step('the prescriber is asked for a reason, writes it, and signs', async () => {
    const { page } = helen
    await room(helen, 'clearance')
    await expect(page.getByRole('list', { name: 'What reopened it' })).toContainText('seizures not controlled: yes met O05')
    await page.getByRole('group', { name: 'Decision' }).getByLabel(/^Clear/).check()
    await page.getByRole('button', { name: 'Use the latest day' }).click()
    await page.getByLabel('What you base it on').fill('Seen in person; the seizures are rare and watched.')
    await page.getByLabel(/^Your reason to go on in spite of O05/).fill('too short')
    await useSampleCode(page)
    await page.getByRole('button', { name: 'Sign the clearance' }).click()
    await expect(page.getByText('O05 needs your reason, in 20 characters or more.').first()).toBeVisible()
    await noViolations(page)
    await page.getByLabel(/^Your reason to go on in spite of O05/).fill(REASON)
    await page.getByRole('button', { name: 'Sign the clearance' }).click()
    await expect(page.getByText(/^The clearance is/).first()).toContainText(/cleared, in date, by Helen Brandt/)
    await expect(page.getByRole('region', { name: 'The clearance now' })).toContainText(`“${REASON}” It ends with the clearance, and has to be signed again when its facts change.`)
    await expect(page.getByRole('listitem', { name: 'Rule O05' }).first(), 'an overridden rule always shows').toContainText(REASON)
  })

  await test.step('on that clearance the session could start', async () => {
    await startPage(jonas)
    await expect(jonas.page.getByRole('button', { name: 'Start the session' })).toBeEnabled()
  })

  await test.step('the therapist hears of a new medicine and writes it down', async () => {
    const { page } = jonas
    await room(jonas, 'lists')
    await page.getByText('Add a medicine').click()
    const form = page.getByRole('form', { name: 'A medicine' })
    await form.getByLabel('Medicine', { exact: true }).fill('phenelzine')
    await choose(form, 'Taken now?', 'Taken now')
    await form.getByRole('button', { name: 'Write the medicine' }).click()
    await expect(form.getByText(/Saved · /)).toBeVisible()
  })

  await test.step('the session cannot start: the button says so, and the server refuses with the reason', async () => {
    await startPage(jonas)
    await expect(jonas.page.getByRole('button', { name: 'Start the session' })).toBeDisabled()
    await expect(jonas.page.getByRole('region', { name: 'What has to be so' })).toContainText('New facts reopened the medical clearance.')
    await arrived(jonas, chart, 'medication.v1', { name: 'phenelzine', status: 'active' })
    const answer = await sessions()
    expect(answer.status()).toBe(409)
    const refusal = await answer.json() as { code: string; list: { code: string; says: string }[] }
    expect(refusal.code).toBe('session.gates')
    expect(refusal.list.map(({ code }) => code)).toEqual(['clearance'])
    expect(refusal.list[0]!.says).toMatch(/^New facts reopened the medical clearance\. .*MAO/)
  })

  await test.step('both see on their own list and on the chart which fact met which rule, and who wrote it', async () => {
    for (const person of [jonas, helen]) {
      const { page } = person
      await page.goto('/work')
      const said = page.getByRole('region', { name: 'Said to you' })
      await expect(said.getByText(/Mara Keller: new facts reopened the medical clearance\. O14: .*\(medications: phenelzine\)/)).toBeVisible(askedAgain)
      await noViolations(page)
      await said.getByRole('link', { name: 'Open the clearance' }).first().click()
      await expect(page.getByRole('list', { name: 'What reopened it' })).toContainText(/medications: phenelzine met O14 .*Written by Jonas Lindqvist/)
      await expect(page.getByRole('list', { name: 'History of the clearance' }).getByRole('listitem').first()).toContainText(/^Reopened, .*Written by Jonas Lindqvist/)
      await noViolations(page)
    }
    await helen.page.goto('/work')
    await expect(helen.page.getByText(/Mara Keller: new facts .*\(seizures not controlled: yes\)/), 'what the prescriber has signed about is done').toHaveCount(0)
  })

  await test.step('the medicine is stopped again: it stays reopened until somebody signs, and both still see why', async () => {
    const { page } = jonas
    await cast.moveOn(minutesAfter(cast.now, 10))
    await room(jonas, 'lists')
    await page.getByText('Add a medicine').click()
    const form = page.getByRole('form', { name: 'A medicine' })
    await form.getByLabel('Medicine', { exact: true }).fill('phenelzine')
    await choose(form, 'Taken now?', 'Stopped')
    await form.getByRole('button', { name: 'Write the medicine' }).click()
    await expect(form.getByText(/Saved · /)).toBeVisible()
    await startPage(jonas)
    await expect(page.getByRole('button', { name: 'Start the session' })).toBeDisabled()
    await arrived(jonas, chart, 'medication.v1', { name: 'phenelzine', status: 'stopped' })
    const refusal = await (await sessions()).json() as { list: { code: string; says: string }[] }
    expect(refusal.list.map(({ code }) => code)).toEqual(['clearance'])
    expect(refusal.list[0]!.says).toMatch(/MAO.* That is not so any more; it still waits for a prescriber to sign again\./)
    for (const person of [jonas, helen]) {
      await room(person, 'clearance')
      await expect(person.page.getByRole('list', { name: 'What reopened it' })).toContainText(/medications: phenelzine met O14 .*Written by Jonas Lindqvist.*This is not so any more\./)
      await expect(person.page.getByRole('list', { name: 'History of the clearance' }).getByRole('listitem').first()).toContainText(/^Still open, .*Written by Jonas Lindqvist/)
      await noViolations(person.page)
    }
  })

  await test.step('the desk reads that it waits, and not why', async () => {
    const { page } = await cast.enter(staff.coordinator)
    await page.goto('/work')
    await expect(page.getByRole('link', { name: 'Mara Keller' }).first()).toBeVisible()
    const home = await (await page.request.get('/api/home')).text()
    expect(home).toContain('Mara Keller')
    expect(home).not.toMatch(/phenelzine|MAO|seizure/i)
  })

  await test.step('a question with a due time: overdue, it stands on both lists; answered, on neither', async () => {
    await room(jonas, 'clearance')
    await jonas.page.getByText('Ask Helen Brandt').click()
    const form = jonas.page.getByRole('form', { name: 'A question to a colleague' })
    await form.getByLabel('Question').fill('May she stop the phenelzine first?')
    const due = minutesAfter(cast.now, 120)
    await form.getByLabel('Answer needed by, day').fill(wall(due).day)
    await form.getByLabel('Answer needed by, time').fill(wall(due).time)
    await form.getByRole('button', { name: 'Ask' }).click()
    await expect(jonas.page.getByText('May she stop the phenelzine first?').first()).toBeVisible()
    await cast.moveOn(minutesAfter(due, 5))
    for (const { page } of [jonas, helen]) {
      await page.goto('/work')
      await expect(page.getByRole('region', { name: 'Questions between colleagues' })).toContainText(/overdue.*May she stop the phenelzine first\?/s, askedAgain)
    }
    await room(helen, 'clearance')
    await helen.page.getByLabel('Your answer to Jonas Lindqvist').fill('No. Two weeks without it, then we look again.')
    await helen.page.getByRole('button', { name: /^Answer/ }).click()
    await expect(helen.page.getByRole('link', { name: '1 answered question' })).toBeVisible()
    for (const { page } of [jonas, helen]) {
      await page.goto('/work')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('region', { name: 'Questions between colleagues' })).toHaveCount(0, askedAgain)
    }
  })
})

const wall = (at: string) => {
  const [day, time] = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Los_Angeles', dateStyle: 'short', timeStyle: 'short' }).format(new Date(at)).split(' ')
  return { day: day!, time: time! }
}
