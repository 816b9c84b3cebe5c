import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { noViolations } from './support/axe.ts'
import { ask, Cast, minutesAfter, staff, type Person } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { everybodyLeaves, expect, test } from './support/test.ts'

/** The lists beside the calendar, as the people who keep them do: therapy that comes back, a couple’s visits, the waiting list, and a time that came free. */
let server: OwnServer
let claire: Person
let page: Page
let cast: Cast
const charts = new Map<string, string>()
test.describe.configure({ mode: 'serial' })

const chartOf = (name: string) => charts.get(name)!
interface Booked { readonly visit: string; readonly type: string; readonly number: number; readonly startsAt: string; readonly localStart: string; readonly group?: { readonly name: string } }
const booked = async (name: string) => (await ask<{ course: { visits: Booked[] } }>(claire, `/api/charts/${chartOf(name)}/course`)).course.visits
/** A day so many days from now, for a field. */
const day = (days: number) => new Date(Date.parse(cast.now) + days * 86_400_000).toISOString().slice(0, 10)

test.beforeAll(async ({ browser }) => {
  // A server of its own: visits are made and moved, and the clock is set.
  server = await ownServer()
  cast = new Cast(browser, server.url)
  claire = await cast.enter(staff.coordinator)
  page = claire.page
  const { rows, now } = await ask<{ now: string; rows: { name: string; chart: string }[] }>(claire, '/api/home')
  for (const { name, chart } of rows) charts.set(name, chart)
  // Ten on one of the next days, Monday to Thursday: nobody is asked anything in the quiet hours, and no weekend lies in between.
  const tomorrow = Date.parse(`${now.slice(0, 10)}T18:00:00.000Z`) + 86_400_000
  const ten = [0, 1, 2, 3].map((days) => new Date(tomorrow + days * 86_400_000)).find((at) => at.getUTCDay() >= 1 && at.getUTCDay() <= 4)!
  await cast.at(ten.toISOString())
})
test.afterAll(async ({ browser }) => { await everybodyLeaves(browser); await server.close() })

test('therapy comes back every week: made, one hour of it moved, then the rest from one hour on', async () => {
  await page.goto(`/work/charts/${chartOf('Vera Santos')}/plan`)
  await page.getByRole('button', { name: 'Book therapy' }).click()
  const form = page.getByRole('form', { name: 'Book therapy' })
  await form.getByLabel('How often').selectOption({ label: 'Every week' })
  await form.getByLabel('On', { exact: true }).selectOption({ label: 'Friday' })
  await form.getByLabel('At', { exact: true }).fill('14:00')
  await form.getByLabel('From', { exact: true }).fill(day(1))
  await form.getByLabel('Online').check()
  await form.getByLabel('So many visits').check()
  await form.getByLabel('How many').fill('5')
  await noViolations(page)
  await form.getByRole('button', { name: 'Look for these hours' }).click()
  await expect(form.getByRole('status')).toContainText(/hours are free/)
  for (const taken of await form.getByRole('list', { name: 'Hours without a place' }).getByRole('combobox').all()) await taken.selectOption({ index: 1 })
  await pictures(page, 'series-hours')
  await form.getByRole('button', { name: 'Book 5 visits' }).click()
  const therapy = page.getByRole('region', { name: 'Therapy, beside the course' })
  await expect(therapy.getByText(/^5 visits of therapy are booked/)).toBeVisible()
  await noViolations(page)

  const dialog = page.getByRole('dialog')
  await therapy.getByRole('button', { name: /^Move therapy on/ }).first().click()
  await expect(dialog.getByLabel('Only this one')).toBeChecked()
  const [first, second] = (await booked('Vera Santos')).filter(({ type }) => type === 'therapy')
  await dialog.getByLabel('New day').fill(first!.localStart.slice(0, 10))
  await dialog.getByLabel('New time').fill('15:30')
  await dialog.getByRole('button', { name: 'Show what would change' }).click()
  await noViolations(page)
  await dialog.getByRole('button', { name: 'Move now' }).click()
  await expect(therapy.getByText(/was moved, and the patient is told/)).toBeVisible()
  const now = async () => (await booked('Vera Santos')).filter(({ type }) => type === 'therapy').map(({ localStart }) => localStart.slice(11))
  expect(await now()).toEqual(['15:30', '14:00', '14:00', '14:00', '14:00'])

  await therapy.getByRole('button', { name: /^Move therapy on/ }).nth(1).click()
  await dialog.getByLabel('This one and all that follow').check()
  // Which hour nobody has depends on the hour at which the sample practice was made.
  const status = dialog.getByRole('status')
  let hour = ''
  for (const at of ['11:00', '16:00', '10:00', '17:00', '09:00']) {
    hour = at
    await dialog.getByLabel('At', { exact: true }).fill(at)
    await dialog.getByRole('button', { name: 'Show what would change' }).click()
    await expect(status).toContainText(/hours are free/)
    if ((await status.innerText()).includes('All 4 hours are free.')) break
  }
  await expect(status).toContainText('All 4 hours are free.')
  await noViolations(page)
  await pictures(page, 'series-changed', { whole: false })
  await dialog.getByRole('button', { name: 'Move now' }).click()
  await expect(therapy.getByText('4 visits of therapy were moved, and the patient is told once.')).toBeVisible()
  expect([await now(), second!.localStart.slice(11)]).toEqual([['15:30', hour, hour, hour, hour], '14:00'])
})

test('the waiting list is planned together, and one whole course is booked', async () => {
  await page.goto('/work/waiting-list')
  await expect(page.getByRole('checkbox', { name: /Ida Nilsson/ })).toBeChecked()
  await noViolations(page)
  await page.getByRole('button', { name: /^Plan (one person|\d+ people together)$/ }).click()
  await page.getByRole('button', { name: /^Book \d+ courses|^Book one course/ }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: 'Book one course' }).click()
  await noViolations(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Book one course' }).click()
  await expect(page.getByText('One course is booked.')).toBeVisible()
  await noViolations(page)
  await pictures(page, 'waiting-booked')
  expect((await booked('Ida Nilsson')).filter(({ type }) => type === 'medicine')).toHaveLength(6)
})

test('a visit that was cancelled is put away and brought back, then offered by fit, and taken by its link on a telephone', async () => {
  const last = (await booked('Vera Santos')).filter(({ type }) => type === 'therapy').at(-1)!
  const wish = { from: day(1), to: last.localStart.slice(0, 10), weekdays: [], otherWay: true, noticeHours: 0 }
  await ask(claire, `/api/charts/${chartOf('Vera Santos')}/visits/${last.visit}/sooner`, { id: randomUUID(), device: randomUUID(), wish })
  const left = (await booked('Ida Nilsson')).filter(({ type, startsAt }) => type === 'integration' && startsAt < last.startsAt).at(-1)!
  await page.goto(`/work/charts/${chartOf('Ida Nilsson')}/plan`)
  await page.getByRole('region', { name: 'Booked visits' }).getByRole('button', { name: new RegExp(`^Cancel Integration ${left.number}`) }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('The patient').check()
  await dialog.getByLabel('Reason').selectOption({ index: 1 })
  await dialog.getByLabel('In words').fill('She is on a journey that week.')
  await noViolations(page)
  await dialog.getByRole('button', { name: 'Cancel this visit' }).click()
  await expect(dialog).toHaveCount(0)

  await page.goto('/work/freed')
  const freed = page.getByRole('article').or(page.locator('.k-card')).filter({ hasText: `Integration ${left.number} of Ida Nilsson` })
  await freed.getByText('Not to be offered').click()
  await freed.getByLabel(/^Why/).fill('Inventory that morning')
  await noViolations(page)
  await freed.getByRole('button', { name: 'Do not offer it' }).click()
  await expect(page.getByRole('list', { name: 'Times that nobody is offered' })).toContainText('Inventory that morning')
  await noViolations(page)
  await pictures(page, 'freed-put-away')
  await page.getByRole('button', { name: /^Offer again: / }).click()
  await freed.getByRole('button', { name: 'Offer it to Vera Santos' }).click({ timeout: 30_000 })
  await expect(page.getByText(/Vera Santos is asked in a moment/)).toBeVisible()
  await noViolations(page)
  await pictures(page, 'freed-offered')

  let link: string | undefined
  await expect.poll(async () => {
    const { mail } = await ask<{ mail: { to: string; body: string }[] }>(claire, '/api/sample/outbox')
    link = mail.filter(({ to, body }) => to.startsWith('vera') && body.includes('come free')).flatMap(({ body }) => /\/answer\/\S+/.exec(body)?.[0] ?? [])[0]
    return link
  }, { timeout: 60_000, message: 'a message to Vera' }).toBeDefined()
  const phone = await cast.stranger()
  await phone.setViewportSize({ width: 390, height: 844 })
  await phone.goto(link!)
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Hello Vera')
  await noViolations(phone)
  await pictures(phone, 'freed-link')
  await phone.getByRole('button', { name: /^Yes, / }).click()
  await expect(phone.getByRole('heading', { level: 1 })).toHaveText('Thank you. We have it.')
  expect((await booked('Vera Santos')).find(({ visit }) => visit === last.visit)!.startsAt).toBe(left.startsAt)
  // Used once: the same link opens nothing any more.
  await phone.goto(link!)
  await expect(phone.getByRole('button', { name: /^Yes, / })).toHaveCount(0)
  await noViolations(phone)
  await page.goto('/work/freed')
  await expect(page.getByText(/somebody took it/)).toBeVisible()
  await expect(page.getByText(/Vera Santos/).first()).toBeVisible()
})

test('a couple is planned together: both get their visit, and each has a note of their own', async () => {
  for (const name of ['Grace Kim', 'Noor Haddad']) await newPatient(name)
  await page.goto('/work/groups')
  await page.getByLabel('Name').fill('Noor and company')
  await page.getByLabel('Couple').check()
  for (const who of ['Noor Haddad', 'Grace Kim', 'Jonas Lindqvist']) await page.getByLabel(who).check()
  await page.getByRole('button', { name: 'Make the group' }).click()
  await expect(page.getByText(/The name says who is in it/)).toBeVisible()
  await page.getByLabel('Name').fill('Winter couple')
  await noViolations(page)
  await page.getByRole('button', { name: 'Make the group' }).click()
  await expect(page.getByRole('heading', { name: 'Winter couple' })).toBeVisible()
  const together = page.getByRole('group', { name: 'What they do together' })
  for (const [kind, on] of [['Medicine session', false], ['Integration', false], ['Preparation', true]] as const) await together.getByLabel(kind).setChecked(on)
  await page.getByRole('group', { name: /^Online, for talking/ }).getByLabel('Preparation').check()
  // What one of them cannot do counts for both.
  await page.getByText('Grace Kim', { exact: true }).first().click()
  await page.getByRole('group', { name: 'When Grace Kim can come' }).getByLabel('Not before').first().fill('10:00')
  await noViolations(page)
  await page.getByRole('button', { name: 'Propose plans' }).click()
  await page.getByRole('button', { name: /^Book .* for everybody$/ }).first().click({ timeout: 30_000 })
  await noViolations(page)
  await pictures(page, 'group-planned')
  await page.getByRole('button', { name: 'Book for everybody' }).click()
  await expect(page.getByText(/booked for everybody at once/)).toBeVisible()
  await noViolations(page)
  await pictures(page, 'group-booked')
  const shared = async (name: string) => (await booked(name)).filter(({ group }) => group?.name === 'Winter couple')
  const [hers] = await shared('Grace Kim')
  expect((await shared('Noor Haddad')).map(({ visit }) => visit)).toEqual((await shared('Grace Kim')).map(({ visit }) => visit))
  for (const { localStart } of await shared('Grace Kim')) expect(localStart.slice(11) >= '10:00', localStart).toBe(true)

  const jonas = await cast.enter(staff.therapist)
  await cast.at(minutesAfter(hers!.startsAt, 65))
  await jonas.page.goto(new URL(page.url()).pathname)
  await jonas.page.getByRole('button', { name: 'Write Preparation 1 down' }).click()
  const dialog = jonas.page.getByRole('dialog')
  for (const who of ['Noor Haddad', 'Grace Kim']) {
    await dialog.getByRole('group', { name: `What became of it for ${who}` }).getByLabel('They took part').check()
    await dialog.getByLabel(`What it was for ${who}`).fill(who === 'Grace Kim' ? 'Quiet beside Noor.' : 'Asked much.')
  }
  await expect(dialog.getByText('Noor Haddad is named in what goes to the chart of Grace Kim.')).toBeVisible()
  await noViolations(jonas.page)
  await pictures(jonas.page, 'group-note', { whole: false })
  await dialog.getByLabel('What it was for Grace Kim').fill('Quiet.')
  await dialog.getByLabel('What the group did').fill('Breathed together.')
  await dialog.getByRole('button', { name: 'Write it for everybody' }).click()
  await expect(jonas.page.getByText('Preparation 1 is written down, for each on their own chart.')).toBeVisible()
  for (const [who, summary] of [['Noor Haddad', 'Asked much.'], ['Grace Kim', 'Quiet.']] as const) {
    const { entries } = await ask<{ entries: { kind: string; body: { summary?: string; visit?: string } }[] }>(jonas, `/api/charts/${chartOf(who)}/entries`)
    expect(entries.filter(({ kind, body }) => kind === 'visit-closed.v1' && body.visit === hers!.visit).map(({ body }) => body.summary)).toEqual([summary])
  }
})

/** Somebody who wrote, called and matched, with a course chosen: what the desk has done before the lists begin. */
async function newPatient(name: string) {
  const { inquiries } = await ask<{ inquiries: { id: string; name: string }[] }>(claire, '/api/inquiries')
  const { id } = inquiries.find((one) => one.name.startsWith(name))!
  await ask(claire, `/api/inquiries/${id}/call`, { startedAt: cast.now, endedAt: cast.now, answers: {}, outcome: 'goes-on', note: '' })
  const { therapists } = await ask<{ therapists: { therapist: string; slots: object[] }[] }>(claire, `/api/inquiries/${id}/shortlist`)
  const [givenName, familyName] = name.split(' ')
  const { chart } = await ask<{ chart: string }>(claire, `/api/inquiries/${id}/match`, { therapist: staff.therapist, slot: therapists.find(({ therapist }) => therapist === staff.therapist)!.slots[0], givenName, familyName, birthDate: '1985-04-02', email: `${givenName}@example.org`, device: randomUUID() })
  await ask(claire, `/api/charts/${chart}/protocol`, { id: randomUUID(), protocol: 'solo-six', device: randomUUID() })
  charts.set(name, chart)
}
