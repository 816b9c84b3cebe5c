import { newId } from '../new-id.ts'
// Loaded before the first life, as a sign-out loads it: how long that takes is no part of a life.
import '../open-device.ts'
import { PIN } from './disk.ts'
import { chanceOf, withoutSurroundings } from './chance.ts'
import { guestStep, type LentLife } from './guest-steps.ts'
import { lastTabs, throwAway, troubleStep } from './trouble.ts'
import { writeDown } from './write-down.ts'
import { lentOf } from '../../../core/chart/lent.ts'
import { compareWithPaper, typeFromPaper } from './paper.ts'
import { stepOf } from './session-steps.ts'
import { aTablet, isOnline, isSignedIn, openPage, statusOf, type Page, type Tablet } from './tablet.ts'
import { breathe } from './time.ts'
import { diskIsWhole, hold, judge, nothingIsLeftOpen, knownIsRead, numberIsShown, problemsAreProblems, refusalsWereDue } from './verdict.ts'
import { CHARTS, newWorld, PEOPLE, startSession, type Figures, type World } from './world.ts'

/** A connection that has come back empties every queue within this time, by itself. */
export const SENT_WITHIN_MS = 30_000
/** A stream that went silent is noticed after 33 s; then it reconnects, and hears. */
const HEARD_WITHIN_MS = 50_000
const STEPS = 400

interface Life extends LentLife {
  sessions: number
}
/** In one life of twenty a second person signs on the device of the first; the others, and every kept seed and first finder of a fault among them, stay what they were before there were guests. */
const hasGuests = (seed: number) => seed % 20 === 15
/** In one of five refused acts are taken off their devices, touch is said no to in the room, and second places break. */
const hasTrouble = (seed: number) => seed % 5 === 2

/** One life of two to six devices and their server, from a seed. Throws what did not hold. */
export async function live(seed: number, steps = STEPS): Promise<Figures> {
  const chance = chanceOf(seed)
  const restore = withoutSurroundings(chance)
  newId(0)
  const world = newWorld(chance, chanceOf(-seed), chanceOf(~seed * 7))
  const count = chance.pick([2, 2, 2, 2, 3, 3, 3, 4, 5, 6])
  const tablets = Array.from({ length: count }, (_, place) => aTablet(world, place + 1, place < 2 ? PEOPLE[place]! : chance.pick(PEOPLE)))
  const life: Life = { world, tablets, attempts: [], acknowledged: 0, sessions: 0, tries: new Map() }
  try {
    for (const chart of CHARTS) startSession(world, chart, (life.sessions += 1))
    for (const tablet of tablets) await openPage(tablet, 0)
    await world.time.pass(2_000)
    for (let step = 0; step < steps; step += 1) {
      await aStep(life)
      if (hasGuests(seed)) guestStep(life)
      if (hasTrouble(seed)) troubleStep(life)
      await breathe()
      await world.time.pass(500 * chance.below(4))
    }
    if (hasTrouble(seed)) await lastTabs(life)
    await heal(life)
    judge(world, tablets, life.attempts)
    refusalsWereDue(world, life.attempts)
    return { ...world.figures, steps, acknowledged: life.acknowledged, refused: world.refusals.size, brought: world.quarantine.size(), adopted: world.quarantine.adopted().length }
  } finally {
    for (const tablet of tablets) for (const page of Array.from(tablet.pages)) page.kill()
    restore()
  }
}

type Happening = (life: Life, tablet: Tablet, page: Page | undefined) => void | Promise<unknown>
const happenings: readonly (readonly [number, Happening])[] = [
  [50, (life, _, page) => { if (page) write(life, page) }],
  [8, ({ world }, tablet) => turn(world, tablet)],
  [3, ({ world }, _, page) => { if (page) { world.figures.crashes += 1; page.kill() } }],
  [5, ({ world }, _, page) => { if (page && page.process.fuse === Infinity) { world.figures.crashes += 1; Object.assign(page.process, { fuse: 1 + world.chance.below(6), afterwards: world.chance.odds(0.5) }) } }],
  [1.5, (_, tablet) => { tablet.disk.full = true }],
  [2, ({ world }, tablet) => jump(world, tablet)],
  [1.5, (life, tablet) => handOver(life, tablet, life.world.chance.pick(PEOPLE))],
  [1, ({ world }) => membership(world)],
  [0.5, ({ world }) => typeFromPaper(world, world.chance.pick(CHARTS))],
  [0.8, ({ world }) => compareWithPaper(world, world.chance.pick(CHARTS))],
  [0.7, ({ world }, tablet) => { if (tablet.cookie && isOnline(tablet)) { world.figures.revocations += 1; world.endSignIn(tablet.cookie.token) } }],
  [2, (life, tablet, page) => (tablet.pages.length > 1 ? page?.kill() : secondPage(life, tablet, page))],
  [0.5, ({ world }) => { world.oldServer = false; for (const listener of Array.from(world.listeners)) listener.end() }],
  [2, ({ world }, _, page) => { if (page?.device) for (const { id, problem } of page.device.acts()) if (problem && world.chance.odds(0.5)) void page.device.retry(id).catch(() => {}) }],
  [1.5, ({ world }) => world.time.pass(20_000 + world.chance.below(280_000), 5_000)],
  [0.7, (life) => { const chart = life.world.chance.pick(CHARTS); if (life.world.server.entriesOf(chart).some(({ kind }) => kind === 'session-closed.v1')) startSession(life.world, chart, (life.sessions += 1)) }],
  [1, ({ world }) => { world.gated.clear() }],
  [2, ({ world }, _, page) => { if (page?.device && statusOf(page) === 'open') { world.figures.locks += 1; page.lockedAtMs = world.time.ms; page.device.lock() } }],
  [1, ({ world }) => { for (const act of world.quarantine.open()) if (world.chance.odds(0.5)) world.quarantine.decide(act, PEOPLE[0].id, world.chance.odds(0.7) ? 'adopted' : 'discarded') }],
  [0.5, ({ world }, tablet) => throwAway(world, tablet)],
  [0.15, ({ world }, tablet) => leaveForGood(world, tablet)],
  [0.5, ({ world }) => { world.awayUntilMs = world.time.ms + 20_000 + world.chance.below(100_000) }],
]
const weights = happenings.reduce((sum, [weight]) => sum + weight, 0)

async function aStep(life: Life) {
  const { world, tablets } = life
  const { chance } = world
  const tablet = chance.pick(tablets)
  for (const page of Array.from(tablet.pages)) if (page.process.dead) page.kill()
  if (tablet.disk.full && chance.odds(0.3)) tablet.disk.full = false
  if (tablet.road.slow + Number(!tablet.road.up) + Number(!tablet.road.down) > 0 && chance.odds(0.15)) turn(world, tablet, true)
  if (tablet.pages.length === 0 && chance.odds(0.6)) await open(life, tablet)
  const page = tablet.pages.length > 0 ? chance.pick(tablet.pages) : undefined
  if (page?.device?.state().locked && !page.process.dead && chance.odds(0.4)) unlock(page, chance.odds(0.85) ? PIN : '0000')
  if (page && statusOf(page) === 'signed-out' && chance.odds(0.4)) { page.kill(); await open(life, tablet) }
  if (tablet.pages.length > 1 && chance.odds(0.04)) tablet.pages[0]!.kill()
  let luck = chance() * weights
  const [, happens] = happenings.find(([weight]) => (luck -= weight) < 0)!
  await happens(life, tablet, page && !page.process.dead ? page : undefined)
  const looked = chance.odds(0.5) ? chance.pick(tablets).pages[0] : tablet.pages.at(-1)
  if (looked?.device) look(life, looked)
  hold(world.noticed.length === 0, world.noticed[0] ?? '')
}

async function open({ world, acknowledged }: Life, tablet: Tablet) {
  // Whoever is gone is let in no more: her tablet lies there for a while, and somebody else takes it.
  if (tablet.person.id === world.gone && isOnline(tablet) && world.chance.odds(0.2)) tablet.person = world.chance.pick(PEOPLE.filter(({ id }) => id !== world.gone))
  if (await openPage(tablet, acknowledged)) for (const chart of CHARTS) if (world.teams.get(chart)!.has(tablet.person.id)) diskIsWhole(world, tablet, chart)
}

/** Another tab, opened in the moment in which something is written on the first. */
async function secondPage(life: Life, tablet: Tablet, first: Page | undefined) {
  await openPage(tablet, life.acknowledged)
  if (first) write(life, first)
}

/** The road becomes another one; what was open on it breaks, unless it only falls silent. */
function turn({ chance, figures }: World, { road, pages }: Tablet, better = false) {
  Object.assign(road, better ? { up: true, down: true, silent: false, slow: 0 } : chance.pick([
    { up: true, down: true, silent: false, slow: 1 }, { up: true, down: true, silent: false, slow: 2 }, { up: false, down: true, silent: false, slow: 0 }, { up: true, down: false, silent: false, slow: 0 },
    { up: false, down: false, silent: false, slow: 0 }, { up: false, down: true, silent: true, slow: 0 }, { up: true, down: false, silent: true, slow: 0 }, { up: false, down: false, silent: true, slow: 1 },
  ] as const))
  if (!road.up || !road.down) figures.partitions += 1
  if (!road.down && !road.silent) for (const page of pages) for (const stream of Array.from(page.streams)) stream.tear()
}

/** A device's clock is put right or wrong, by minutes or by an hour. */
function jump({ chance, figures, time }: World, tablet: Tablet) {
  figures.jumps += 1
  tablet.skewMs = chance.odds(0.3) ? 0 : chance.odds(0.2) ? tablet.skewMs + chance.pick([-3_600_000, 3_600_000]) : chance.below(1_200_001) - 600_000
  tablet.jumpedAtMs = time.ms
}

/** Somebody signs out, and somebody signs in, perhaps the same person; a second page of the first may still be open somewhere behind. */
async function handOver({ world, acknowledged }: Life, tablet: Tablet, to: Tablet['person']) {
  const page = tablet.pages[0]
  if (!isOnline(tablet) || !page?.device) return
  world.figures.handovers += 1
  void page.device.signOut()
  await world.time.pass(1_000 * world.chance.below(4))
  if (tablet.cookie) world.endSignIn(tablet.cookie.token)
  page.kill()
  if (world.chance.odds(0.5)) for (const other of Array.from(tablet.pages)) other.kill()
  tablet.person = to
  await openPage(tablet, acknowledged)
}

/** Somebody leaves a care team, or everybody is back on it. */
function membership(world: World) {
  const { chance, teams, figures } = world
  const chart = chance.pick(CHARTS)
  if (teams.get(chart)!.size < PEOPLE.length) { for (const { id, role } of PEOPLE) if (id !== world.gone) teams.get(chart)!.set(id, role) }
  else { figures.revocations += 1; world.leaveTeam(chart, chance.pick(PEOPLE).id) }
}

function unlock(page: Page, pin: string) {
  page.unlocking += 1
  void page.device.unlock(pin).finally(() => { page.unlocking -= 1 })
}

/** Somebody's access ends and is not given back: what they could not send waits for a clinician. */
function leaveForGood(world: World, { person }: Tablet) {
  if (world.gone !== undefined || person.role === 'patient') return
  world.gone = person.id
  world.figures.revocations += 1
  for (const [token, who] of world.signIns) if (who === person.id) world.endSignIn(token)
  for (const chart of CHARTS) world.leaveTeam(chart, person.id)
  world.guests.endAllOf(person.id)
}

function write(life: Life, page: Page) {
  const { world: { chance }, attempts } = life
  if (statusOf(page) === 'opening') return
  const chart = chance.odds(0.75) ? CHARTS[0] : CHARTS[1]
  const copy = page.device.chart(chart)
  const seen = copy.snapshot().chart
  const session = seen.all('session-started.v1').at(-1)?.id
  if (!session) return
  const step = stepOf({ chart: seen, session, person: page.person, nowMs: page.clock.ms(), newer: page.tablet.newer, chance, number: attempts.length, freshId: () => newId(page.clock.ms()) })
  if (!step) return
  writeDown(life, page, chart, step)
}

/** At any moment: what was acknowledged on this page is on its own chart and on no other, and problems are problems. */
function look({ world, attempts }: Life, page: Page) {
  problemsAreProblems(world, page)
  nothingIsLeftOpen(page)
  if (page.device.state().closed) return
  for (const chart of CHARTS) {
    const { chart: shown, refused } = page.device.chart(chart).snapshot()
    if (refused?.status === 404) hold(shown.entries.every((entry) => entry.by === page.person.id || lentOf(entry)?.by === page.person.id), 'a page shows what its person may not see any more')
  }
  const { tablet, person, key } = page
  for (const chart of CHARTS) {
    numberIsShown(world, page, chart)
    knownIsRead(world, page, chart)
  }
  if (!sealsAlike(page)) return
  for (const { acked, ackedAs, chart, stream, page: from, forgotten } of attempts.slice(-40)) {
    if (!acked || (from !== page && ackedAs > page.opened) || from.tablet !== tablet || from.person !== person || from.key !== key || forgotten !== tablet.disk.forgotten || world.refusals.has(acked[0]!.id) || world.takenOff.has(acked[0]!.id)) continue
    for (const one of CHARTS) {
      const { chart: shown, refused, ready } = page.device.chart(one).snapshot()
      if (refused || ((from !== page || page.lockedAtMs !== undefined) && !ready)) continue
      const belongs = one === chart && stream === 'chart'
      for (const { id, kind } of acked) hold((shown.entry(id) !== undefined) === belongs, belongs ? 'what was recorded is not on its chart' : 'what was recorded is on a chart that it does not belong to', () => kind)
    }
  }
}

/** Nobody signed out and in again on one page while another stayed open: those two cannot read each other's copies. */
const sealsAlike = ({ tablet: { disk, pages, person } }: Page) => pages.every((page) => page.person === person && page.key === disk.key(person.id))

/** The network comes back, whoever was away signs in, and somebody looks at every problem. Nothing more is done. */
async function heal(life: Life) {
  const { world, tablets } = life
  world.calm = true
  world.oldServer = false
  world.gated.clear()
  for (const chart of CHARTS) for (const { id, role } of PEOPLE) if (id !== world.gone) world.teams.get(chart)!.set(id, role)
  for (const tablet of tablets) {
    tablet.disk.full = false
    tablet.disk.second.away = false
    Object.assign(tablet.road, { up: true, down: true, silent: false, slow: 0 })
    for (const page of Array.from(tablet.pages)) if (page.process.dead || page.process.fuse < Infinity || statusOf(page) === 'signed-out' || page.person !== tablet.person || !isSignedIn(tablet)) { if (page.person.id !== world.gone || page.process.dead || page.process.fuse < Infinity) page.kill() }
    // Whoever is gone opens nothing any more: somebody else does, or her page is still open there and brings what it holds.
    if (tablet.pages.length === 0 && tablet.person.id === world.gone) tablet.person = PEOPLE.find(({ id }) => id !== world.gone)!
    if (tablet.pages.length === 0) await openPage(tablet, life.acknowledged)
    for (const page of tablet.pages) if (page.device?.state().locked && page.person.id !== world.gone) unlock(page, PIN)
  }
  const startedMs = world.time.ms
  await emptied(life, () => tablets.filter(({ pages }) => !pages.some(heardLate)))
  // Whoever heard only now that their sign-in had ended comes back as well.
  for (const tablet of tablets) for (const page of Array.from(tablet.pages)) if (page.device && statusOf(page) === 'signed-out' && page.person === tablet.person && page.person.id !== world.gone) { page.kill(); await openPage(tablet, life.acknowledged) }
  for (let round = 0; round < PEOPLE.length; round += 1) {
    for (const tablet of tablets) await nextOwner(life, tablet)
    await world.time.pass(7_000)
    for (const page of tablets.flatMap(({ pages }) => pages)) for (const { id, problem } of page.device?.acts() ?? []) if (problem) void page.device.retry(id)
    await emptied(life)
    if (tablets.every((tablet) => leftBehind(life, tablet) === undefined)) break
  }
  // A stream that went silent is not silent as long as what was under way on it arrives.
  const lastMs = Math.max(startedMs, ...tablets.flatMap(({ pages }) => pages.flatMap(({ streams }) => Array.from(streams, ({ untilMs }) => untilMs))))
  await world.time.pass(Math.max(10_000, HEARD_WITHIN_MS - (world.time.ms - lastMs)))
}

/** An answer to what was asked with an earlier sign-in of this browser was still under way when she signed in again elsewhere on it: this page ends all the same. */
const heardLate = (page: Page) => page.device && statusOf(page) === 'signed-out' && page.token !== page.tablet.cookie?.token

async function emptied({ world, tablets }: Life, of: () => readonly Tablet[] = () => tablets) {
  await world.time.pass(SENT_WITHIN_MS)
  for (const { pages, disk, person } of of()) if (person.id !== world.gone) for (const acts of [...pages.filter((page) => page.person.id !== world.gone).map(({ device }) => device.acts()), disk.acts(person.id)]) {
    hold(acts.every(({ problem }) => problem), 'something still waits', () => `${acts.filter(({ problem }) => !problem).length} acts`)
  }
}

/**
 * Somebody else wrote something here and never came back to send it. They come in turn: an act that is refused for good,
 * whose page was killed before it could say that it was kept, lies here for ever, and its author would keep the others away.
 */
const leftBehind = ({ attempts, world }: Life, { disk, person }: Tablet) => inTurnAfter(person).filter((owner) => owner !== world.gone)
  .find((owner) => disk.acts(owner).some(({ problem, entries }) => !problem || (problem.code !== 'guest.ended' && !attempts.some(({ forbidden, acked }) => forbidden && acked?.[0]!.id === entries[0]!.id))))

function inTurnAfter({ id }: Tablet['person']): readonly string[] {
  const all = PEOPLE.map((one) => one.id)
  const place = all.indexOf(id)
  return [...all.slice(place + 1), ...all.slice(0, place)]
}

async function nextOwner(life: Life, tablet: Tablet) {
  const owner = leftBehind(life, tablet)
  if (owner === undefined) return
  // Her page brings what she wrote before somebody else takes the tablet.
  for (const page of Array.from(tablet.pages)) page.kill()
  tablet.person = PEOPLE.find(({ id }) => id === owner)!
  await openPage(tablet, life.acknowledged)
}
