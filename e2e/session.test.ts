import { noViolations } from './support/axe.ts'
import { morningOfASession } from './support/morning.ts'
import { ask, Cast, goOffline, minutesAfter, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { askBeforeDose, assess, calm, checkIn, startSession, closeSession, escortIsHere, more, press, roomIsReady, signForHome, suicideScreen, vitals, nameAdult } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** One medicine session in the dosing room: two people on two devices, and the network goes. On a server of its own, since it moves the clock. */
let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())

/** The room fills the screen and scrolls inside: a picture of it is what the eye sees. */
const room = { whole: false }

test('two people, two devices, one record, network or not', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const j = jonas.page
  const { chart, visit, people } = await morningOfASession(cast, jonas)

  await test.step('the session starts when nothing stands against it', async () => {
    await j.goto(`/work/charts/${chart}/start?visit=${visit}`)
    await expect(j.getByRole('button', { name: 'Start the session' })).toBeDisabled({ timeout: 20_000 }) // The first page of a browser that has never been here.
    await pictures(j, 'session-before-start')
    await nameAdult(j)
    await expect(j.getByRole('region', { name: 'Emergency kit' })).toBeVisible()
    await expect(j.getByRole('button', { name: 'Start the session' })).toBeDisabled()
    await pictures(j, 'session-before-kit')
    await noViolations(j)
    await roomIsReady(j)
    await expect(j.getByRole('button', { name: 'Start the session' })).toBeEnabled()
    await startSession(j)
    await checkIn(j, 'therapist')
  })
  const { page: m } = await cast.enter(people.find(({ role }) => role === 'monitor')!.person)
  await test.step('the second person joins on a device of their own', async () => {
    await m.goto(j.url())
    await checkIn(m, 'monitor')
    await expect(j.getByText(/both here/)).toBeVisible()
    await pictures(m, 'session-gates', room)
  })
  await test.step('who it is, what was eaten, how they are, how they stand', async () => {
    await askBeforeDose(m)
    await expect(j.getByText('122/78').first()).toBeVisible()
    await noViolations(m)
  })
  await test.step('one prepares the dose, the other reads it back, and it is given', async () => {
    await press(j, 'Dose')
    await pictures(j, 'session-dose-prepare', room)
    await j.getByLabel('Drawn from').selectOption({ index: 1 })
    await press(j, 'Prepared')
    await press(m, 'Dose')
    await pictures(m, 'session-dose-confirm', room)
    await m.getByLabel(/Amount you read/).fill('34')
    await press(m, 'Confirm the amount')
    await j.getByLabel('left arm').check()
    await pictures(j, 'session-dose-give', room)
    await press(j, '34 mg given')
    await expect(m.getByText(/34 mg IM, step 1/).first()).toBeVisible()
    await pictures(m, 'session-running', room)
  })
  await test.step('the network goes on one device: everything is saved there, and outlasts a reload', async () => {
    await m.waitForFunction(async () => (await caches.match('/work')) !== undefined, null, { timeout: 30_000 })
    await goOffline(m)
    await press(m, 'Note')
    await press(m, 'Note: tears')
    await vitals(m, { ...calm, 'Systolic (mmHg)': '130' })
    await expect(m.getByText(/saved here · 2 waiting/)).toBeVisible()
    await pictures(m, 'session-away', room)
    await m.reload()
    await expect(m.getByText(/saved here · 2 waiting/)).toBeVisible({ timeout: 15_000 })
    await expect(j.getByText('tears')).toHaveCount(0)
    await m.context().setOffline(false)
    await expect(m.getByText(/saved ·/)).toBeVisible({ timeout: 40_000 })
    await expect(j.getByText('130/78').first()).toBeVisible()
    const log = await j.getByRole('region', { name: 'Log' }).innerText()
    expect(log.match(/tears/g), 'once, not twice').toHaveLength(1)
  })
  await test.step('a pressure that is too high is said on both devices and answered by name', async () => {
    await vitals(j, { ...calm, 'Systolic (mmHg)': '186' })
    await expect(m.getByText('Systolic pressure 186 mmHg').first()).toBeVisible()
    await noViolations(m)
    await pictures(m, 'session-alert', room)
    await press(m, 'I am on it')
    await expect(j.getByText(/: on it/).first()).toBeVisible()
  })
  await test.step('two hours of readings', async () => {
    const { now: dosedAt } = await ask<{ now: string }>(jonas, '/api/me')
    for (const minutes of [6, 12, 20, 30, 45, 60, 90, 125]) {
      await cast.moveOn(minutesAfter(dosedAt, minutes))
      await m.reload()
      await vitals(m, calm)
    }
    await pictures(m, 'session-after-two-hours', room)
    await press(m, 'Vitals')
    await pictures(m, 'session-vitals', room)
    await m.keyboard.press('Escape')
  })
  await test.step('going home: every rule, two signatures, the person who came', async () => {
    await suicideScreen(m)
    await escortIsHere(m)
    await assess(m)
    await signForHome(m, 'Monitor')
    const { page: h } = await cast.enter(staff.prescriber)
    await h.goto(j.url())
    await more(h, 'Going home')
    await signForHome(h)
    await expect(m.getByRole('region', { name: 'Signatures' })).toContainText('Helen Brandt')
    await pictures(m, 'session-discharge', room)
    await closeSession(m)
    await expect(j.getByText(/Closed by/).first()).toBeVisible()
    await pictures(j, 'session-closed', room)
  })
})
