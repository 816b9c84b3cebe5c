import { browser as machine } from '../tools/browser.mjs'
import { noViolations } from './support/axe.ts'
import { PlayedDevice } from './support/bluetooth.ts'
import { morningOfASession } from './support/morning.ts'
import { Cast, staff } from './support/people.ts'
import { pictures } from './support/pictures.ts'
import { checkIn, press, startSession, nameAdult } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/** A cuff that helps with typing, played by the browser's own emulation of Bluetooth. */
const { executablePath, env } = machine()
test.use({ launchOptions: { executablePath, env: { ...(process.env as Record<string, string>), ...env }, args: ['--enable-blink-features=WebBluetooth'] } })

let server: OwnServer
test.beforeAll(async () => { server = await ownServer() })
test.afterAll(() => server.close())

const sfloat = (value: number) => [value & 0xFF, (value >> 8) & 0xF]

test('a cuff sends, a person takes over, and the record says from where', async ({ browser }) => {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const { page } = jonas
  const { chart, visit } = await morningOfASession(cast, jonas)
  const fields = page.getByLabel('Systolic (mmHg)')

  await test.step('off until it is switched on', async () => {
    await page.goto(`/work/charts/${chart}/start?visit=${visit}`)
    await nameAdult(page)
    await startSession(page)
    await checkIn(page, 'therapist')
    await press(page, 'Vitals')
    await expect(fields).toBeVisible()
    await expect(page.getByRole('region', { name: 'Sent by devices' })).toHaveCount(0)
    await page.keyboard.press('Escape')
    await press(page, 'More')
    await page.getByLabel(/^Bluetooth cuff and oximeter/).check()
    await page.keyboard.press('Escape')
  })
  const cuff = await PlayedDevice.beside(browser, page, { name: 'HEM-7', service: 0x1810, characteristic: 0x2A35 })
  await test.step('connected, it fills in nothing by itself', async () => {
    await press(page, 'Vitals')
    await press(page, 'Connect a cuff')
    await expect(page.getByText(/HEM-7: connected, nothing sent yet/)).toBeVisible()
    await cuff.sends(0b100, ...sfloat(124), ...sfloat(79), ...sfloat(94), ...sfloat(77))
    await expect(page.getByRole('button', { name: 'Take over 124/79, pulse 77' })).toBeVisible()
    await expect(fields).toHaveValue('')
    await noViolations(page)
    await pictures(page, 'session-cuff', { whole: false })
  })
  await test.step('one tap takes over; what was written says from where', async () => {
    await press(page, 'Take over 124/79, pulse 77')
    await expect(fields).toHaveValue('124')
    await press(page, 'Record vitals')
    await expect(page.getByRole('region', { name: 'Log' }).getByText(/BP 124\/79 · pulse 77 · taken over from HEM-7/)).toBeVisible()
  })
  await test.step('what it has stored is not offered, and that it went away is said', async () => {
    await press(page, 'Vitals')
    await cuff.sends(0b10, ...sfloat(190), ...sfloat(110), ...sfloat(140), 2026 & 0xFF, 2026 >> 8, 1, 2, 9, 30, 0)
    await expect(page.getByText(/not offered, by the device’s own clock it was measured on 2026-01-02 at 09:30/)).toBeVisible()
    await expect(page.getByRole('button', { name: /^Take over/ })).toHaveCount(0)
    await cuff.goesAway()
    await expect(page.getByRole('button', { name: 'Connect the cuff again' })).toBeVisible()
    await pictures(page, 'session-cuff-lost', { whole: false })
    await page.keyboard.press('Escape')
  })
  await cuff.end()
})
