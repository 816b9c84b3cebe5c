import { expect, type Page } from '@playwright/test'
import { all } from './people.ts'

/** What hands do in the session room, by the words on its keys. */
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** What is needed seldom lies behind one key. */
export async function more(page: Page, name: string) {
  await press(page, 'More')
  await press(page, name)
}

/** What the start sheet asks for in the room itself, where nobody has seen to it yet: the emergency kit, and the prescriber to reach. */
export async function roomIsReady(page: Page) {
  const kit = page.getByRole('region', { name: 'Emergency kit' })
  const prescriber = page.getByRole('region', { name: 'Prescriber to reach' })
  const ready = page.getByRole('button', { name: 'Start the session', exact: true, disabled: false })
  // The first page of a browser that has never been here: keys are made, and the whole chart is brought to it.
  await expect(kit.or(prescriber).or(ready).first()).toBeVisible({ timeout: 20_000 }).catch(async (failure: Error) => { throw new Error(`${failure.message}\nThe page says: ${await page.locator('body').innerText()}`) })
  if (await kit.isVisible()) {
    const still = kit.getByRole('button', { name: 'It is still so' })
    if (await still.isVisible()) await still.click()
    else {
      for (const thing of await all(kit.getByRole('checkbox'))) await thing.check()
      await kit.getByLabel('Earliest date on anything in it').fill('2099-01-31')
      await kit.getByRole('button', { name: 'Kit checked', exact: true }).click()
    }
    await expect(prescriber.or(ready).first()).toBeVisible()
  }
  if (await prescriber.isVisible()) {
    await prescriber.getByLabel('In the building').check()
    await prescriber.getByRole('group', { name: 'Until' }).getByRole('radio').first().check()
    await prescriber.getByRole('button', { name: 'They can be reached' }).click()
    await expect(ready).toBeVisible()
  }
}

/** Who takes the patient home, where the start sheet asks for it. */
export async function nameAdult(page: Page) {
  await page.getByLabel('Name of the adult').fill('Lena Keller')
  await page.getByLabel('Phone of the adult').fill('510 555 0178')
  await press(page, 'Name this adult')
}

/** Starts the session whose gates are all met, once somebody has heard the alarm on this device. */
export async function startSession(page: Page) {
  await roomIsReady(page)
  await press(page, 'Start the session')
  await press(page, 'Play the alarm sound')
  await press(page, 'I heard it')
  await expect(page.getByRole('main', { name: 'Session room' })).toBeVisible()
}

export const calm = { 'Systolic (mmHg)': '122', 'Diastolic (mmHg)': '78', 'Pulse (/min)': '76', 'Breathing (/min)': '14', 'Saturation (%)': '98', 'MOAA/S (0–5)': '5' }

export async function vitals(page: Page, values: Record<string, string>, when?: string) {
  await press(page, 'Vitals')
  for (const [label, value] of Object.entries(values)) await page.getByLabel(label).fill(value)
  if (when) await page.getByLabel(when).check()
  await press(page, 'Record vitals')
  const challenged = page.getByRole('button', { name: 'Yes, record it as it is' })
  // Asked only where a value is unlikely; else the sheet is gone.
  await expect.poll(async () => (await challenged.isVisible()) || (await page.getByRole('dialog').count()) === 0, { intervals: [20, 50, 100] }).toBe(true)
  if (await challenged.isVisible()) await challenged.click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

export async function checkIn(page: Page, role: string) {
  await press(page, 'Check in')
  await press(page, `Check in as ${role}`)
}

export async function checkIdentity(page: Page) {
  await more(page, 'Check who it is')
  await page.getByLabel('Full name, said by the person').check()
  await page.getByLabel('Date of birth, said by the person').check()
  await press(page, 'Identity checked')
}

export async function suicideScreen(page: Page) {
  await more(page, 'Suicide screen')
  for (const question of await all(page.getByRole('group').filter({ hasText: /^Question/ }))) await question.getByLabel('No').check()
  await press(page, 'Record suicide screen')
}

/** All that is asked before a first dose: who it is, what was eaten, how they are, how they stand. */
export async function askBeforeDose(page: Page) {
  await checkIdentity(page)
  await more(page, 'Food, drink, alcohol, medicines')
  await page.getByLabel('Last ate at').fill('00:10')
  await page.getByLabel('Last drank at').fill('00:10')
  for (const question of await all(page.getByRole('group').filter({ has: page.getByLabel('No', { exact: true }) }))) await question.getByLabel('No', { exact: true }).check()
  await press(page, 'Record answers')
  await suicideScreen(page)
  await vitals(page, calm, '10 min ago')
  await vitals(page, calm)
}

export async function escortIsHere(page: Page) {
  await more(page, 'Going home with')
  await page.getByLabel(/Identity document seen/).fill('licence')
  await press(page, 'Is here, an adult')
}

export async function assess(page: Page) {
  await more(page, 'Going home')
  await press(page, 'Assess for going home')
  const pick = (group: string, label: string | RegExp) => page.getByRole('group', { name: group }).getByLabel(label).first().check()
  await pick('How awake (MOAA/S)', /^5/)
  await pick('How calm (RASS)', /^0/)
  await pick('Oriented to', /^4/)
  await pick('Feels detached', /No more/)
  await pick('Gait', 'Steady')
  for (const group of await all(page.getByRole('group', { name: /^(Aldrete|PADSS): / }))) await group.getByRole('radio').first().check()
  for (const box of [/^Signed: no driving/, /^Written instructions/, 'Breathes room air, without oxygen']) await page.getByLabel(box).check()
  await press(page, 'Record assessment')
}

export async function signForHome(page: Page, as?: string) {
  if (as) await page.getByLabel(as, { exact: true }).check()
  await page.getByLabel('My PIN').fill('2468')
  await press(page, 'Sign for going home')
}

export async function closeSession(page: Page) {
  await press(page, 'Close the session')
  await page.getByLabel(/^Discharged/).check()
  await page.getByLabel('As intended').check()
  await press(page, 'Close it now')
}

/** The sizes that the room has to fit. */
export const SIZES = { desk: { width: 1280, height: 900 }, 'tablet across': { width: 1180, height: 820 }, 'tablet upright': { width: 834, height: 1112 }, phone: { width: 390, height: 844 } } as const

/** Pressed for as long as the key asks for. */
export async function holdEmergency(page: Page) {
  const box = (await page.getByRole('button', { name: /^EMERGENCY/ }).boundingBox())!
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.mouse.up()
}

/** On the emergency card that is open: what is happening, also where it opened with another one. */
export async function pickCard(page: Page, what: string) {
  const cards = page.getByRole('group', { name: 'What is happening' })
  await expect(cards.or(page.getByRole('button', { name: 'Another card', exact: true })).first()).toBeVisible()
  if (!(await cards.isVisible())) await press(page, 'Another card')
  await cards.getByRole('button', { name: what }).click()
}

/**
 * What the room asks about other rooms as it opens is answered when everything stands there and somebody says so. The time stays
 * the server's own: an older one would set this device's clock back to before anybody was here.
 */
export async function elsewhereOnceAsked(page: Page, elsewhere: object): Promise<() => void> {
  let answer = () => {}
  const stands = new Promise<void>((resolve) => { answer = resolve })
  await page.route('**/api/sessions/running', async (route) => { await stands; const told = await route.fetch(); await route.fulfill({ response: told, json: { ...(await told.json()), ...elsewhere } }) })
  return answer
}
