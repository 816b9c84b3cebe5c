import type { Entry } from '../../../core/chart/entry.ts'
import { isEntryKind, type EntryKind } from '../../../core/chart/kinds.ts'
import type { ChartHead } from '../../../core/contract/charting.ts'
import { lentOf } from '../../../core/chart/lent.ts'
import { instant } from '../../../core/shared/time.ts'
import type { Written } from '../chart-on-device.ts'
import { Refused } from '../client.ts'
import { createClock, type Clock } from '../clock.ts'
import { startDevice, type Device, type Me } from '../device.ts'
import type { Act } from '../device-store.ts'
import { judgeBody } from '../judge-body.ts'
import type { BringParts } from '../bring.ts'
import { PIN, simDisk, type Disk } from './disk.ts'
import { aProcess, type Process } from './process.ts'
import type { Wire } from '../wire.ts'
import { ask, good, openStream, type Line, type OpenStream, type Road } from './road.ts'
import { PRACTICE } from './server.ts'
import { CHARTS, type Person, type World } from './world.ts'

/** A device on somebody's lap: its disk outlives the pages that are open on it, and so does its wrong clock. */
export interface Tablet {
  readonly world: World
  readonly id: string
  readonly road: Road
  readonly disk: Disk
  /** Whoever has it now. */
  person: Person
  /** How far its own clock is from the world's. */
  skewMs: number
  keptOffsetMs: number
  /** When its clock was last put wrong, and when a page last heard the server since. */
  jumpedAtMs: number
  /** A client that was updated: it writes a kind that others do not know. */
  readonly newer: boolean
  cookie: { readonly token: string; readonly person: string } | undefined
  readonly pages: Page[]
}

/** A page open on a tablet. */
export interface Page {
  readonly tablet: Tablet
  readonly person: Person
  readonly process: Process
  readonly device: Device
  readonly clock: Clock
  readonly openedAtMs: number
  /** What it seals with: gone with the end of its sign-in, and what was read with it. */
  readonly key: number
  /** With which sign-in of this browser it was opened. */
  readonly token: string | undefined
  /** When it was last locked: what it had heard by then may be gone from it, where the disk was full. */
  lockedAtMs: number | undefined
  /** A PIN is being looked at. */
  unlocking: number
  /** No second page was ever open beside it. */
  alone: boolean
  /** How many acts had been acknowledged anywhere when this page was opened. */
  readonly opened: number
  /** Pulls the plug: nothing that was under way comes back, in either direction. */
  kill(): void
  readonly streams: Set<OpenStream>
}

export function aTablet(world: World, number: number, person: Person): Tablet {
  return {
    world, id: `d0000000-0000-4000-8000-00000000000${number}`, road: { ...good }, disk: simDisk(world, `d0000000-0000-4000-8000-00000000000${number}`), person,
    skewMs: world.chance.odds(0.3) ? 0 : world.chance.below(1_200_001) - 600_000, keptOffsetMs: 0, jumpedAtMs: world.time.ms, newer: world.chance.odds(0.5), cookie: undefined, pages: [],
  }
}

export const isSignedIn = ({ world, cookie, person }: Tablet) => cookie?.person === person.id && world.signIns.has(cookie.token)
export const isOnline = ({ road }: Tablet) => road.up && road.down

/** Opens a page for whoever has the tablet. Without the network only somebody who was signed in here can. */
export async function openPage(tablet: Tablet, opened: number): Promise<Page | undefined> {
  const { world, person, disk } = tablet
  disk.fillAgain()
  if (isOnline(tablet)) {
    if (world.gone === person.id) return undefined
    if (!isSignedIn(tablet)) tablet.cookie = { token: world.signIn(person.id), person: person.id }
    disk.forgetOthers(person.id)
    if (person.role !== 'patient') disk.keepCredential(person.id)
  } else if (tablet.cookie?.person !== person.id || disk.key(person.id) === 0) return undefined
  const process = aProcess()
  const signedInNow = isOnline(tablet)
  const store = disk.store(person.id, process)
  // Asked of the server, a page opens; without it, it takes the PIN, which somebody types.
  store.begin()
  if (signedInNow) disk.recover(person.id)
  const streams = new Set<OpenStream>()
  const stops: (() => void)[] = []
  const clock = clockOf(tablet, process)
  const me: Me = { person: person.id, name: person.id, roles: [person.role], practice: { id: PRACTICE, name: 'Sample', zone: 'UTC', sample: true }, device: tablet.id, hasPin: person.role !== 'patient', idleMinutes: 100_000, chart: null, now: clock.now() }
  const page: Page = {
    tablet, person, process, clock, streams, opened, key: disk.key(person.id), token: tablet.cookie?.token, alone: tablet.pages.length === 0, lockedAtMs: undefined, unlocking: 0, openedAtMs: world.time.ms, device: undefined as never,
    kill() {
      process.dead = true
      for (const stop of stops) stop()
      page.device?.close()
      for (const stream of Array.from(streams)) stream.leave()
      const place = tablet.pages.indexOf(page)
      if (place >= 0) tablet.pages.splice(place, 1)
    },
  }
  for (const other of tablet.pages) other.alone = false
  tablet.pages.push(page)
  const line = (): Line => ({ world, road: tablet.road, process, token: tablet.cookie?.token ?? '', person: person.id, streams })
  void startDevice({
    me, clock, store, judge,
    wire: { whoIsIn: () => ask(line(), () => signedIn(world, line().token)), unlock: (pin) => unlock(line(), pin), post: (act) => post(line(), act), readHead: (chart) => readHead(line(), chart), open: (chart, after, signal) => openStream(line(), chart, after, signal), ...lending(page, line) },
    memory: { lastActAtMs: clock.deviceMs(), keepLastAct() {}, pin: async () => null, keepPin: async () => {}, forget: async () => { if (!process.dead) disk.forgetOthers(null) }, vault: store.vault, guests: store.shelf, recover: () => ask(line(), () => { const isHers = signedIn(world, line().token) === person.id; if (isHers) disk.recover(person.id); return isHers }), quarantine: bringing(tablet, person.id, process, streams), others: bringingOthers(tablet, person.id, process, streams) },
  }).then((device) => {
    if (process.dead) { device.close(); return }
    Object.assign(page, { device })
    const look = () => { if (device.state().replaced) void openAgain(page) }
    stops.push(device.onChange(look))
    look()
    for (const chart of CHARTS) stops.push(device.chart(chart).subscribe(watching(page, chart)))
  })
  return page
}

/** Another page has begun anew what lies here, or ended it: this one is opened again, for whoever is signed in by now. */
async function openAgain(page: Page) {
  const { tablet, person, opened } = page
  if (page.process.dead) return
  page.kill()
  if (tablet.person === person && (isSignedIn(tablet) || !isOnline(tablet))) await openPage(tablet, opened)
}

const WATCHED_MS = 8_000

/** While a page opens, its copy, its outbox and the stream are put together: what was on the chart once stays on it. */
function watching(page: Page, chart: string): () => void {
  const { tablet: { world, disk }, device, openedAtMs } = page
  const forgotten = disk.forgotten
  const seen = new Set<string>()
  let last: unknown
  return () => {
    if (world.time.ms > openedAtMs + WATCHED_MS || !page.alone || disk.forgotten !== forgotten || page.process.dead || page.lockedAtMs !== undefined) return
    if (page.device.state().closed) { page.lockedAtMs = world.time.ms; return }
    const { chart: shown, problems, refused } = device.chart(chart).snapshot()
    // Whoever may not see it any more is shown nothing of it, and reads it anew if they may again.
    if (refused) { seen.clear(); last = undefined }
    if (problems.length > 0 || refused || shown === last) return
    last = shown
    for (const id of seen) if (!shown.entry(id) && !world.takenOff.has(id)) world.noticed.push('what stood on a chart is gone from it')
    for (const { id } of shown.entries) seen.add(id)
  }
}

/** The page's own clock, corrected by the server; a dead page hears no tick. */
function clockOf(tablet: Tablet, process: Process): Clock {
  const { time } = tablet.world
  return createClock({
    deviceMs: () => time.ms + tablet.skewMs, kept: () => tablet.keptOffsetMs, keep: (offset) => { if (!process.dead) tablet.keptOffsetMs = offset },
    ticker: (tick) => time.onTick(() => { if (!process.dead) tick() }),
  })
}

/** A client judges what it knows; one that was updated lets its newer kind pass. */
const judge = (kind: EntryKind, body: unknown) => (isEntryKind(kind) ? judgeBody(kind, body) : body)

function post(line: Line, act: Act) {
  const { world, token, person } = line
  world.posted.set(act.id, act.entries.map(({ id }) => id))
  return ask(line, () => {
    try {
      const who = signedIn(world, token)
      if (who !== person) throw new Refused(401, 'sign-in.other', 'Somebody else has signed in.')
      const numbered = act.entries.some(lentOf) ? world.guests.append(who, act) : world.server.append(who, act)
      // An answer that broke off on its way.
      return !world.calm && world.chance.odds(0.004) ? numbered.slice(0, -1) : numbered
    } catch (failure) {
      if (failure instanceof Refused) for (const { id } of act.entries) world.refusals.set(id, [...(world.refusals.get(id) ?? []), failure.code])
      throw failure
    }
  }, act.id)
}

/** Who else may sign on this device. No browser asks twice for the same guest by itself. */
function lending(page: Page, line: () => Line): Pick<Wire, 'enrolGuest' | 'guests' | 'endGuest'> {
  const { tablet: { world, id: device }, person } = page
  const asking = (token: string) => { if (signedIn(world, token) !== person.id) throw new Refused(401, 'sign-in.other', 'Somebody else has signed in.'); return { lentBy: person.id, device } }
  return {
    enrolGuest(request) {
      const here = line()
      let answer: ReturnType<World['guests']['enrol']> | undefined
      return ask(here, () => (answer ??= world.guests.enrol(asking(here.token), request)))
    },
    endGuest: ({ params: { guest } }) => {
      const here = line()
      return ask(here, () => { world.guests.endBy(asking(here.token), guest); return { done: true } })
    },
    guests: ({ params: { session } }) => {
      const here = line()
      return ask(here, () => world.guests.here(asking(here.token), session))
    },
  }
}

/** How this page brings what somebody cannot send any more. */
const bringing = (tablet: Tablet, owner: string, process: Process, streams: Page['streams']) =>
  tablet.disk.bringing(owner, process, (one) => ask({ world: tablet.world, road: tablet.road, process, token: '', person: owner, streams }, () => {
    const { world, cookie } = tablet
    const stillIn = cookie?.person === owner && world.signIns.get(cookie.token) === owner && world.server.standingOf(one.chart, owner) !== undefined
    world.quarantine.bring(owner, stillIn, one)
  }))

function bringingOthers(tablet: Tablet, person: string, process: Process, streams: Page['streams']): BringParts {
  const everybody = () => tablet.disk.owners().filter((owner) => owner !== person).map((owner) => bringing(tablet, owner, process, streams))
  const of = async (act: string) => { for (const one of everybody()) if ((await one.held()).some((held) => held.act === act)) return one; return undefined }
  return {
    held: async () => (await Promise.all(everybody().map((one) => one.held()))).flat(),
    bring: async (one) => (await of(one.act))?.bring(one),
    brought: async (act) => (await of(act))?.brought(act),
  }
}

function unlock(line: Line, pin: string) {
  const { world, token } = line
  return ask(line, () => {
    const who = signedIn(world, token)
    const failed = pin === PIN ? 0 : (world.pinFailures.get(who) ?? 0) + 1
    world.pinFailures.set(who, failed)
    if (failed >= 5) { world.pinFailures.set(who, 0); world.endSignIn(token) }
    return { right: failed === 0, triesLeft: 5 - failed }
  })
}

function readHead(line: Line, chart: string): Promise<ChartHead> {
  const { world, token } = line
  return ask(line, () => {
    const standing = world.server.standingOf(chart, signedIn(world, token))
    if (!standing) throw new Refused(404, 'chart.unseen', 'There is no such chart.')
    return { chart, name: 'Mara Sample', birthDate: null, deceasedOn: null, protocol: null, lastSeq: world.server.entriesOf(chart).length, team: [], myRoles: [...standing.roles], patient: null }
  })
}

/** Whoever is signed in on this browser by now, as the server knows it. */
function signedIn(world: World, token: string): string {
  const who = world.signIns.get(token)
  if (who === undefined) throw new Refused(401, 'sign-in.needed', 'You are not signed in.')
  return who
}

/** What one person did in one go on one page, and what came of it. */
export interface Attempt {
  readonly number: number
  readonly page: Page
  readonly chart: string
  readonly stream: 'chart' | 'notes' | 'journal'
  /** Whose it is: whoever has the page, or a guest of theirs. */
  readonly by: string
  readonly written: readonly Written[]
  readonly forbidden: boolean
  /** How many acts had been acknowledged when this one began. */
  readonly began: number
  /** What came back: only then may a screen say that it was recorded. */
  acked: readonly Entry[] | undefined
  /** Its place among everything that was acknowledged. */
  ackedAs: number
  /** How often the disk had forgotten something by then. */
  forgotten: number
}

export function statusOf({ device }: Page): 'opening' | 'signed-out' | 'open' {
  if (!device) return 'opening'
  return device.state().signedOut ? 'signed-out' : 'open'
}

export const momentOf = (world: World) => instant(world.serverMs())
