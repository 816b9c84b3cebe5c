import type { Page } from '@playwright/test'
import { noViolations } from '../support/axe.ts'
import { goOffline, minutesAfter } from '../support/people.ts'
import { assess, calm, checkIdentity, checkIn, startSession, closeSession, escortIsHere, more, press, roomIsReady, signForHome, suicideScreen, vitals } from '../support/room.ts'
import { expect, type Story } from './story.ts'

/** The first medicine session: two people on two devices, from the door to the way home. */
export async function session(story: Story) {
  const visit = await story.visit('medicine', 1)
  await story.cast.at(visit.startsAt)
  const { page: therapist } = await story.as('therapist')
  const { page: monitor } = await story.monitor()
  await therapist.goto(`/work/charts/${story.chart}/start?visit=${visit.visit}`)
  await roomIsReady(therapist)
  await expect(therapist.getByRole('button', { name: 'Start the session' })).toBeEnabled()
  await noViolations(therapist)
  await startSession(therapist)
  await checkIn(therapist, 'therapist')
  await monitor.goto(therapist.url())
  await checkIn(monitor, 'monitor')
  await expect(therapist.getByText(/both here/)).toBeVisible()
  await dose(therapist, monitor)
  await offline(therapist, monitor)
  await hours(story, therapist, monitor)
  await home(story, therapist, monitor)
}

/** Who it is, two readings, and one dose by three acts of two people; none of the acts can be done by the same one. */
async function dose(therapist: Page, monitor: Page) {
  await checkIdentity(monitor)
  await vitals(monitor, calm, '10 min ago')
  await vitals(monitor, calm)
  await expect(therapist.getByText('122/78').first()).toBeVisible()
  await noViolations(monitor)
  await press(monitor, 'Dose')
  await press(monitor, 'Prepared')
  await expect(monitor.getByText('You cannot confirm it yourself.')).toBeVisible()
  await expect(monitor.getByRole('button', { name: '100 mg taken' }), 'nothing is given before somebody else has read it').toHaveCount(0)
  await press(therapist, 'Dose')
  await therapist.getByLabel(/Amount you read/).fill('100')
  await press(therapist, 'Confirm the amount')
  await press(monitor, '100 mg taken')
  await expect(therapist.getByText(/100 mg SL, step 1/).first()).toBeVisible()
  await therapist.keyboard.press('Escape')
}

/** One device loses the network for a while: what is written there waits, and stands once on both when it is back. */
async function offline(therapist: Page, monitor: Page) {
  await goOffline(monitor)
  await press(monitor, 'Note')
  await press(monitor, 'Note: tears')
  await vitals(monitor, { ...calm, 'Systolic (mmHg)': '131' })
  await expect(monitor.getByText(/saved here · 2 waiting/)).toBeVisible()
  await expect(therapist.getByText('131/78')).toHaveCount(0)
  await monitor.context().setOffline(false)
  await expect(monitor.getByText(/saved ·/)).toBeVisible({ timeout: 40_000 })
  await expect(therapist.getByText('131/78').first()).toBeVisible()
}

/** Two hours of readings, and something that was felt and went. */
async function hours({ cast }: Story, therapist: Page, monitor: Page) {
  const dosedAt = cast.now
  for (const minutes of [6, 12, 20, 30, 45, 60, 90, 125]) {
    await cast.moveOn(minutesAfter(dosedAt, minutes))
    await monitor.reload()
    if (minutes === 12) await press(monitor, 'Dose').then(() => press(monitor, 'Holding time has ended'))
    if (minutes === 30) await press(monitor, 'Effect').then(() => press(monitor, 'Nausea, mild'))
    if (minutes === 60) await press(monitor, 'Effect').then(() => press(monitor, 'Gone: nausea'))
    await vitals(monitor, calm)
  }
  await expect(therapist.getByRole('region', { name: 'Log' })).toContainText(/nausea/i)
}

/** Thirteen rules, two signatures of two people, the adult who came, and the record is closed on both devices. */
async function home(story: Story, therapist: Page, monitor: Page) {
  await suicideScreen(monitor)
  await escortIsHere(monitor)
  await assess(monitor)
  await signForHome(monitor, 'Monitor')
  const { page: prescriber } = await story.as('prescriber')
  await prescriber.goto(therapist.url())
  await more(prescriber, 'Going home')
  await signForHome(prescriber)
  await expect(monitor.getByRole('region', { name: 'Signatures' })).toContainText('Helen Brandt')
  await noViolations(monitor)
  await closeSession(monitor)
  await expect(therapist.getByText(/Closed by/).first()).toBeVisible()
  const log = await therapist.getByRole('region', { name: 'Log' }).innerText()
  for (const once of [/tears/g, /131\/78/g, /100 mg SL, step 1/g]) expect(log.match(once), `${once.source} once, not twice`).toHaveLength(1)
}
