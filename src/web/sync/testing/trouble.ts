import type { Written } from '../chart-on-device.ts'
import type { LentLife } from './guest-steps.ts'
import { openPage, statusOf, type Page, type Tablet } from './tablet.ts'
import { CHARTS, type World } from './world.ts'
import { writeDown } from './write-down.ts'

/** Of two bytes each, so that what is cut on its way is cut within one now and then. */
const LETTERS = 'ü'.repeat(200)

/** What goes wrong with what was refused and with second places, drawn by a chance of its own: lives in which none of it happens stay as they are. */
export function troubleStep(life: LentLife) {
  const { world, tablets } = life
  const chance = world.troubleChance
  const tablet = chance.pick(tablets)
  const { second } = tablet.disk
  if (second.away && chance.odds(0.1)) second.away = false
  const page = tablet.pages.length > 0 ? chance.pick(tablet.pages) : undefined
  const luck = chance()
  if (luck < 0.06) { if (page && !page.process.dead && page.device) takeOff(world, page) }
  else if (luck < 0.08) { if (page && !page.process.dead && statusOf(page) === 'open') noTouch(life, page) }
  else if (luck < 0.1) breaks(world, tablet)
  else if (luck < 0.13) correctsElsewhere(life, tablet)
  else if (luck < 0.14) sendsAgainElsewhere(life, tablet)
  else if (luck < 0.145 && tablet.disk.bothHold() && !tablet.disk.onlySecond) {
    // Killed at the wrong byte: the database is gone, and in the file something is garbled that was over.
    hurt(world, tablet)
    throwAway(world, tablet)
  }
}

/** Before the network comes back everybody opens a second tab, and one sends again what the other is just told was refused. */
export async function lastTabs(life: LentLife) {
  const { world, tablets } = life
  for (const tablet of tablets) if (tablet.pages.length === 1) await openPage(tablet, life.acknowledged)
  await world.time.pass(3_000)
  for (const tablet of tablets) sendsAgainElsewhere(life, tablet)
  await world.time.pass(8_000)
}

/** Two tabs of one person who treats, with a session to write in. */
function twoTabs({ pages, person }: Tablet) {
  const [one, other] = pages.filter((page) => page.person === person && !page.process.dead && statusOf(page) === 'open' && !page.device.state().closed)
  const session = one?.device.chart(CHARTS[0]).snapshot().chart.all('session-started.v1').at(-1)?.id
  return one && other && session && person.role !== 'patient' ? { one, other, session } : undefined
}

/** What is written in one tab is corrected in the other, which sees it before the first one says that it is kept: that one still waits for the second place. Then that other tab is closed. */
function correctsElsewhere(life: LentLife, tablet: Tablet) {
  const { world, attempts } = life
  const tabs = twoTabs(tablet)
  if (!tabs) return
  const { one, other, session } = tabs
  const note = (text: string, amends?: string): Written => ({ kind: 'session-note.v1', body: { text }, session, amends })
  const text = `${attempts.length} in one tab ${LETTERS}`
  tablet.disk.second.away = true
  tablet.road.up = false
  writeDown(life, one, CHARTS[0], { written: [note(text)] })
  world.time.after(200 + world.troubleChance.below(1_000), () => {
    if (world.calm || other.process.dead || statusOf(other) !== 'open') return
    const first = other.device.acts().flatMap(({ entries }) => entries).find((entry) => entry.kind === 'session-note.v1' && entry.body.text === text)
    if (!first) return
    writeDown(life, other, CHARTS[0], { written: [note(`${attempts.length} in the other tab`, first.id)] })
    world.time.after(2_600, () => { if (!world.calm) other.kill() })
  })
}

/** What the server refuses in one tab is sent again in the other as soon as that one shows it, and that tab is closed. */
function sendsAgainElsewhere(life: LentLife, tablet: Tablet) {
  const tabs = twoTabs(tablet)
  if (!tabs || tablet.person.role === 'prescriber') return
  const { one, other, session } = tabs
  one.process.toldLate = true
  const reason = `Somebody said so, number ${life.attempts.length}`
  writeDown(life, one, CHARTS[0], { written: [{ kind: 'gate-passed.v1', body: { gate: 'people', step: 1, reason }, session }], forbidden: true })
  const stop = other.device.onChange(() => {
    const refused = other.device.acts().find(({ problem, entries: [first] }) => problem && first?.kind === 'gate-passed.v1' && first.body.reason === reason)
    if (!refused || life.world.calm) return
    stop()
    // A full disk refuses it: then it stays as it was.
    void other.device.retry(refused.id).catch(() => {}).finally(() => { if (!life.world.calm) other.kill() })
  })
}

/** Somebody takes a refused act off their device; perhaps another tab is just sending it again, or the page ends first. */
function takeOff(world: World, { device, process }: Page) {
  const refused = device.acts().filter(({ problem }) => problem)
  if (refused.length === 0) return
  const act = world.troubleChance.pick(refused)
  world.figures.takenOff += 1
  const said = { act: act.id, isSure: false }
  for (const { id } of act.entries) world.takenOff.set(id, said)
  void device.withdraw(act.id).then(() => {
    said.isSure = !process.dead
    if (!process.dead && device.acts().some(({ id }) => id === act.id)) world.noticed.push('what was taken off a device is shown there')
  })
}

/** A consent to touch is taken back in the room, offline or not. */
function noTouch(life: LentLife, page: Page) {
  if (page.person.role === 'monitor') return
  const chart = life.world.troubleChance.pick(CHARTS)
  const session = page.device.chart(chart).snapshot().chart.all('session-started.v1').at(-1)?.id
  writeDown(life, page, chart, { written: [{ kind: 'consent-withdrawn.v1', body: { form: 'touch', said: `${life.attempts.length} ${LETTERS}` }, ...(session && { session }) }] })
}

/** The second place cannot be reached for a while, or is hurt, or gone. */
function breaks(world: World, tablet: Tablet) {
  if (tablet.disk.onlySecond) return // Lost in both places is lost.
  world.figures.secondBroken += 1
  const luck = world.troubleChance()
  if (luck < 0.5) tablet.disk.second.away = true
  else if (luck < 0.85) hurt(world, tablet)
  else tablet.disk.second.lose()
}

function hurt({ takenOff }: World, { disk: { second } }: Tablet) {
  const again = second.hurt()
  for (const one of takenOff.values()) if (again.includes(one.act)) one.isSure = false
}

/** All of the browser is killed, and at its next start it finds its database broken. */
export function throwAway(world: World, { pages, disk }: Tablet) {
  // Lost in both places is lost: one of them is thrown away while the other is whole.
  if (!disk.bothHold()) return
  world.figures.thrownAway += 1
  for (const page of Array.from(pages)) page.kill()
  disk.throwAway()
}

