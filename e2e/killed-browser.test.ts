import { rmSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from '@playwright/test'
import { askedThatMorning, morningOfASession } from './support/morning.ts'
import { heldHere, unsentHere } from './support/own-clock.ts'
import { ask, Cast, staff } from './support/people.ts'
import { browserFolder, rawPage, type RawPage } from './support/raw-browser.ts'
import { roadTo, type Road } from './support/road.ts'
import { startSession } from './support/room.ts'
import { ownServer, type OwnServer } from './support/server.ts'
import { expect, test } from './support/test.ts'

/**
 * The browser itself is killed while somebody writes, with the network and without it, at a moment that a seed chooses.
 * Whatever stood in the log has been kept. `KILLS` and `SEED` ask for more, as `npm run proof:room -- --kills 100` does.
 */
const KILLS = Number(process.env['KILLS'] ?? 6)
const SEED = Number(process.env['SEED'] ?? 1)

let server: OwnServer
let road: Road | undefined
let tablet: RawPage | undefined
test.beforeEach(async () => {
  server = await ownServer()
  road = await roadTo(Number(new URL(server.url).port))
})
test.afterEach(async () => {
  await tablet?.close()
  await road?.close()
  await server.close()
})
test.setTimeout(240_000 + KILLS * 20_000)

const KEPT = 'a browser killed at any moment has kept everything that stood in its log'
const disks: [string, boolean][] = [
  ['', true],
  [', also where it had not yet written down who is signed in', false],
]
/** A session under way, and the second person's tablet in it, which can be opened again and again. */
async function aTabletInTheRoom(browser: Browser) {
  const cast = new Cast(browser, server.url)
  const jonas = await cast.enter(staff.therapist)
  const { chart, visit, people } = await morningOfASession(cast, jonas, askedThatMorning())
  await jonas.page.goto(`/work/charts/${chart}/start?visit=${visit}`)
  await startSession(jonas.page)
  const address = `${road!.url}${new URL(jonas.page.url()).pathname}`
  const monitor = people.find(({ role }) => role === 'monitor')!.person

  const [folder, shown] = [browserFolder(), new Map<string, string>()]
  const heldBy = async () => (JSON.parse(await tablet!.evaluate<string>(heldHere)) as { id: string }[]).map(({ id }) => id)
  const missing = (there: readonly string[]) => [...shown].filter(([id]) => there.filter((one) => one === id).length !== 1).map(([, says]) => says)
  return {
    folder, shown,
    async open() {
      tablet = await rawPage('', { folder, heard: (words) => { const [id, says] = JSON.parse(words) as [string, string]; shown.set(id, says) } })
      await tablet.goto(`${road!.url}/`)
      await tablet.evaluate(`fetch('/api/me').then((known) => known.ok || fetch('/api/sample/enter', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify({ person: monitor }))} })).then(() => 0)`)
      await tablet.goto(address)
      await expect.poll(async () => (await heldBy().catch(() => [])).length, { message: 'the room is open', timeout: 60_000 }).toBeGreaterThan(0)
    },
    /** What stood in the log and is not on this device exactly once. */
    lost: async () => missing(await heldBy().catch(() => [])),
    stored: async () => missing((await ask<{ entries: { id: string }[] }>(jonas, `/api/charts/${chart}/entries`)).entries.map(({ id }) => id)),
  }
}

for (const [where, usedBefore] of disks) test(`${KEPT}${where}`, async ({ browser }) => {
  const { open, shown, lost, stored } = await aTabletInTheRoom(browser)
  const chance = chanceFrom(SEED)
  // Who it is and who is signed in has reached its disk; else it is another device after each kill.
  if (usedBefore) {
    await open()
    await tablet!.quit()
  }

  let unsent = 0
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await open()
    await expect.poll(lost, { message: `after ${kill - 1} kills, seed ${SEED}`, timeout: 20_000 }).toEqual([])
    const before = shown.size
    if (kill % 2) road!.blackHole()
    await tablet!.evaluate(`${writing(`kill ${kill}`)}; 0`)
    await expect.poll(() => shown.size, { timeout: 60_000 }).toBeGreaterThan(before)
    await new Promise((resolve) => { setTimeout(resolve, chance() * 1_500) })
    await tablet!.kill()
    if (kill % 2) unsent += shown.size - before
    road!.pass()
  }
  await open()
  await expect.poll(lost, { timeout: 20_000 }).toEqual([])
  // As long as something more arrives: how long it all takes depends on how much was left, and on the machine.
  let left = Number.POSITIVE_INFINITY
  for (let now = (await stored()).length; now > 0 && now < left; now = (await stored()).length) {
    left = now
    for (let tries = 0; tries < 40 && (await stored()).length === now; tries += 1) await new Promise((resolve) => { setTimeout(resolve, 1_000) })
  }
  expect(await stored(), `and the server has each once; the device says ${await tablet!.evaluate<string>(unsentHere)}`).toEqual([])
  console.log(`${KILLS} kills from seed ${SEED}: ${shown.size} entries had been shown as kept, ${unsent} of them with no network; none is missing`)
  expect(unsent).toBeGreaterThan(0)
})

test('a browser that has thrown its database away gives back what was not sent, each once, and says so', async ({ browser }) => {
  const { folder, open, shown, lost, stored } = await aTabletInTheRoom(browser)
  const told = () => tablet!.evaluate<boolean>("document.body.innerText.includes('This browser lost what it kept here')")
  const unsent = () => tablet!.evaluate<number>("navigator.storage.getDirectory().then((root) => root.getFileHandle('openkap unsent')).then((handle) => handle.getFile()).then((file) => file.text()).then((text) => text.split('act ').length - 1)")
  await open()
  await tablet!.quit()
  await open()
  expect(await told()).toBe(false)
  road!.blackHole()
  await tablet!.evaluate(`${writing('cut off')}; 0`)
  await expect.poll(() => shown.size, { timeout: 30_000 }).toBeGreaterThan(9)
  await tablet!.kill()
  const before = shown.size
  rmSync(path.join(folder, 'Default/IndexedDB'), { recursive: true })
  road!.pass()

  await open()
  await expect.poll(lost, { timeout: 20_000 }).toEqual([])
  expect(await told()).toBe(true)
  await tablet!.press('This browser lost what it kept here: see what came back')
  // One that was kept, and not yet told of when the browser was killed, is back as well.
  const back = () => tablet!.evaluate<number>("Number(/(\\d+) entries of yours that were not sent yet lay in a second place/.exec(document.body.innerText)?.[1] ?? 0)")
  await expect.poll(back, { timeout: 10_000 }).toBeGreaterThanOrEqual(before)
  expect(await back(), 'as many as stand in the log').toBe(await tablet!.evaluate<number>("[...document.querySelectorAll('.r-log li[data-entry]')].filter((line) => line.textContent.includes('cut off, ')).length"))
  await expect.poll(stored, { timeout: 60_000 }).toEqual([])
  await expect.poll(unsent, { message: 'what was sent has left the second place', timeout: 20_000 }).toBe(0)

  await tablet!.kill()
  rmSync(path.join(folder, 'Default/IndexedDB'), { recursive: true })
  await open()
  await expect.poll(lost, { timeout: 20_000 }).toEqual([])
  expect([await told(), await stored()]).toEqual([false, []])
  console.log(`${before} entries not sent when the database went, all back, once`)
})

/** Writes one note after the other as fast as the screen takes them, and tells of each the moment it stands in the log. */
const writing = (name: string) => `(async () => {
  const find = async (what) => { for (;;) { const found = what(); if (found) return found; await new Promise((resolve) => setTimeout(resolve, 5)) } }
  const button = (name) => () => [...document.querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.innerText).trim() === name && !one.disabled)
  const told = new Set()
  new MutationObserver(() => {
    for (const line of document.querySelectorAll('.r-log li[data-entry]')) {
      const says = line.querySelector('.r-line__says').firstChild.textContent
      if (told.has(line.dataset.entry) || !says.includes('${name}, ')) continue
      told.add(line.dataset.entry)
      tell(JSON.stringify([line.dataset.entry, says]))
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true })
  for (let n = 1; ; n += 1) {
    (await find(button('Note'))).click()
    const text = await find(() => document.querySelector('.r-sheet textarea'))
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(text, '${name}, note ' + n)
    text.dispatchEvent(new Event('input', { bubbles: true }))
    await new Promise((resolve) => setTimeout(resolve, 0))
    button('Record note')().click()
    await find(() => !document.querySelector('.r-sheet textarea'))
  }
})()`

function chanceFrom(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
