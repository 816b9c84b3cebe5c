import { readChart } from '../../../core/chart/chart.ts'
import { lentOf } from '../../../core/chart/lent.ts'
import type { Entry } from '../../../core/chart/entry.ts'
import { handOversOf } from '../../../core/session/hand-over.ts'
import { readSession } from '../../../core/session/session.ts'
import { touchNow } from '../../../core/session/touch.ts'
import { instant } from '../../../core/shared/time.ts'
import { sessionRows } from '../../../knowledge/session.ts'
import { keptWord } from '../chart-copy.ts'
import { expected } from './oracle.ts'
import { hiddenStream, NEWER_KIND, reads } from './server.ts'
import type { Attempt, Page, Tablet } from './tablet.ts'
import { CHARTS, roleOf, type World } from './world.ts'

export class Fault extends Error {}
export function hold(holds: boolean, what: string, more: () => string = () => ''): void {
  if (!holds) throw new Fault(`${what} ${more()}`.trim())
}
const short = (value: unknown) => (JSON.stringify(value) ?? 'undefined').slice(0, 400)

/** Everything that has to hold once the network has come back and time has passed. */
export function judge(world: World, tablets: readonly Tablet[], attempts: readonly Attempt[]) {
  const pages = tablets.flatMap((tablet) => tablet.pages).filter(({ person }) => person.id !== world.gone)
  serverIsSound(world)
  const hanging = hangingOn(world, attempts)
  for (const attempt of attempts) attemptWasKept(world, attempt, hanging)
  const stored = new Set(CHARTS.flatMap((chart) => world.server.entriesOf(chart).map(({ id }) => id)))
  for (const ids of world.posted.values()) {
    const there = ids.filter((id) => stored.has(id))
    hold(there.length === 0 || there.length === ids.length, 'half of an act was stored')
  }
  inOrder(world, attempts)
  for (const chart of CHARTS) {
    const sessions = sessionsOf(world, chart)
    for (const page of pages) pageAgrees(world, page, chart, sessions)
    for (const tablet of tablets) diskIsWhole(world, tablet, chart)
  }
  for (const page of pages) pageIsWell(world, page)
}

const streamsOf = (world: World, { chart, stream, page }: Attempt) => world.server.entriesOf(stream === 'chart' ? chart : hiddenStream(chart, stream, page.person.id))

function serverIsSound(world: World) {
  for (const chart of CHARTS) {
    const entries = world.server.entriesOf(chart)
    hold(new Set(entries.map(({ id }) => id)).size === entries.length, 'an entry stands twice')
    guestsWereLetIn(world, chart)
    entries.forEach(({ seq, kind, id, amends }, place) => {
      hold(seq === place + 1, 'a number is missing')
      hold(kind === 'session-started.v1' || kind === 'entries-adopted.v1' || world.landed.has(id), 'something was sent that was never kept')
      hold(amends === undefined || entries.slice(0, place).some((one) => one.id === amends), 'a correction came before what it corrects')
    })
  }
}

/** What a screen said was recorded is on the server just as it was written, or is shown as a problem where it was written. */
function attemptWasKept(world: World, attempt: Attempt, hanging: ReadonlySet<string>) {
  const { acked, forbidden, page } = attempt
  if (!acked) return
  const there = streamsOf(world, attempt)
  hold(acked.length === attempt.written.length, 'part of an act was left out')
  acked.forEach((entry, place) => {
    const stored = there.find(({ id }) => id === entry.id)
    const { kind, session, amends } = attempt.written[place]!
    if (forbidden) { hold(stored === undefined, 'part of a refused act was stored'); return }
    if (!stored && world.takenOff.has(entry.id)) { staysOff(world, attempt); return }
    if (!stored && page.person.id === world.gone) { waitsForSomebody(world, attempt, entry); return }
    if (!stored && refusedAsGuest(world, attempt, entry)) return
    const lying = lyingOf(attempt, entry)
    if (!stored && hanging.has(entry.id)) { hold(lying.length === 1 && lying[0]!.problem !== undefined, 'what corrects what was taken off is not shown as a problem', () => short(lying)); return }
    hold(stored !== undefined, lying.length > 0 ? 'an acknowledged entry never left its device' : 'an acknowledged entry is lost', () => `${short(entry)} refused ${short(world.refusals.get(entry.id))} lies ${short(lying)}`)
    hold(stored!.by === attempt.by && stored!.device === page.tablet.id, 'an entry stands under somebody else’s name')
    hold(stored!.kind === kind && stored!.session === session && stored!.amends === amends && stored!.at === entry.at && stored!.writtenAt === entry.writtenAt && equal(stored!.body, entry.body), 'an acknowledged entry was changed', () => `${short(entry)} ${short(stored)}`)
  })
  if (!forbidden || page.person.id === world.gone) return
  if (world.takenOff.has(acked[0]!.id)) { staysOff(world, attempt); return }
  const kept = lyingOf(attempt, acked[0]!)
  hold(kept.length === 1 && kept[0]!.problem !== undefined, 'a refused act is not shown as a problem', () => short(kept))
}

const lyingOf = ({ page }: Attempt, entry: Pick<Entry, 'id'>) => page.tablet.disk.acts(page.person.id).filter(({ entries }) => entries.some(({ id }) => id === entry.id))

/** What somebody took off their device, and was told is off it, lies and stands there no more. */
function staysOff(world: World, attempt: Attempt) {
  const { acked, page } = attempt
  for (const { id } of acked!) if (world.takenOff.get(id)?.isSure) {
    hold(lyingOf(attempt, { id }).length === 0, 'what was taken off a device lies there again')
    for (const { device, person } of page.tablet.pages) hold(person !== page.person || !device.acts().some(({ entries }) => entries.some((one) => one.id === id)), 'what was taken off a device is shown there')
  }
}

/** What points at something that was taken off before the server had it is refused as long as it lies there, and so is what points at that. */
function hangingOn(world: World, attempts: readonly Attempt[]): ReadonlySet<string> {
  const hanging = new Set<string>()
  const isOff = (id: string | undefined) => id !== undefined && (hanging.has(id) || (world.takenOff.has(id) && !CHARTS.some((chart) => world.server.entriesOf(chart).some((entry) => entry.id === id))))
  for (const { acked } of attempts) if (acked?.some((entry) => isOff(pointsAt(entry)))) for (const { id } of acked) hanging.add(id)
  return hanging
}
const pointsAt = (entry: Entry) => entry.amends ?? (entry.kind === 'dose-given.v1' ? entry.body.prepared : undefined)

/** A guest whose time was over before it arrived: it stays where it was signed, as a problem, and never came to the chart. */
function refusedAsGuest(world: World, { page }: Attempt, entry: Entry): boolean {
  if (!endedGuest(world, entry)) return false
  const kept = page.tablet.disk.acts(page.person.id).filter(({ entries }) => entries.some(({ id }) => id === entry.id))
  hold(kept.length === 1 && kept[0]!.problem?.code === 'guest.ended', 'what an ended guest signed is not shown as a problem', () => short(kept))
  return true
}
const endedGuest = (world: World, entry: Pick<Entry, 'body'>) => { const lent = lentOf(entry as never); return lent && world.guests.of(lent.guest)?.endedMs !== undefined }

/** What stands under a guest’s name came from the device they were let in on, while they were a guest there, and belongs to their session. */
function guestsWereLetIn(world: World, chart: string) {
  for (const entry of world.server.entriesOf(chart)) {
    const lent = lentOf(entry)
    if (!lent) continue
    const guest = world.guests.of(lent.guest)
    hold(guest !== undefined && guest.person === entry.by && guest.lentBy === lent.by && guest.device === entry.device && guest.session === entry.session && guest.chart === chart, 'an entry stands under the name of somebody who was no guest there', () => short([entry, guest]))
    hold(guest!.endedMs === undefined || Date.parse(entry.receivedAt) <= guest!.endedMs, 'what was signed by a guest came to the chart after their end', () => short(entry))
  }
}

/** Of somebody whose access has ended: sealed at the server for a clinician to decide, or, where it is hers alone or she may not bring it, sealed on her device. */
function waitsForSomebody(world: World, { page, stream, chart }: Attempt, entry: Entry) {
  const lies = page.tablet.disk.acts(page.person.id).some(({ entries }) => entries.some(({ id }) => id === entry.id))
  if (stream !== 'chart') { hold(lies, 'a private note of somebody who is gone is lost'); return }
  hold(world.quarantine.holds(entry.id), lies ? 'what somebody could not send was not brought' : 'what somebody could not send is lost', () => `${short(entry)} ${chart}`)
}

/** Once the sign-in has ended nothing that was read can be opened, and a locked page holds no chart. */
export function nothingIsLeftOpen({ device, tablet, person, key, unlocking, process }: Page) {
  if (process.dead) return // Whoever opens it next is asked who they are.
  const { signedOut, locked, closed, hasPin } = device.state()
  hold(!signedOut || tablet.disk.key(person.id) !== key, 'the key of what was read outlived the sign-in')
  hold(!locked || !hasPin || closed || unlocking > 0, 'a locked page can still be read')
  if (!closed) return
  for (const chart of CHARTS) {
    const { chart: shown, head } = device.chart(chart).snapshot()
    hold(head === null, 'a closed page still holds whose chart it is')
    const own = new Set(device.acts().flatMap(({ entries }) => entries.map(({ id }) => id)))
    hold(shown.entries.every(({ id }) => own.has(id)), 'a closed page still holds a chart', () => short([shown.entries.filter(({ id }) => !own.has(id)).map(({ kind, by, seq }) => [kind, by.slice(-2), seq]), person.id.slice(-2)]))
  }
}

/** What one page wrote after it had been told that something was recorded stands after it, unless one of both was refused. */
function inOrder(world: World, attempts: readonly Attempt[]) {
  const lanes = new Map<string, Attempt[]>()
  // What somebody else took over came when they took it over, and what nobody has is not there yet.
  const taken = new Set(world.quarantine.adopted().flatMap(({ entries }) => entries))
  for (const attempt of attempts) {
    if (!attempt.acked || attempt.forbidden || attempt.page.person.id === world.gone || attempt.acked.some(({ id }) => world.refusals.has(id) || world.takenOff.has(id) || taken.has(id))) continue
    const lane = `${attempt.page.tablet.id} ${attempt.page.person.id} ${attempt.chart} ${attempt.stream}`
    lanes.set(lane, [...(lanes.get(lane) ?? []), attempt])
  }
  for (const lane of lanes.values()) {
    const seqs = new Map(streamsOf(world, lane[0]!).map(({ id, seq }) => [id, seq]))
    for (const later of lane) for (const first of lane) {
      if (first.ackedAs > later.began || (first.page !== later.page && first.ackedAs > later.page.opened)) continue
      hold(seqs.get(first.acked!.at(-1)!.id)! < seqs.get(later.acked![0]!.id)!, 'what one person did stands in another order')
    }
  }
}

interface ReadSession {
  readonly id: string
  readonly read: unknown
}
const atTheEnd = (world: World) => ({ now: instant(world.serverMs()), zone: 'UTC' })

/** The sessions as the server reads them, each held against what was worked out a second time. */
function sessionsOf(world: World, chart: string): ReadSession[] {
  const entries = world.server.entriesOf(chart)
  const read = readChart(entries)
  return entries.filter(({ kind }) => kind === 'session-started.v1').map(({ id }) => {
    const session = readSession(read, id, sessionRows, atTheEnd(world))
    hold(session.ok, 'the server does not read its own session')
    if (!session.ok) return { id, read: session }
    const { entries: main, late, doses, alerts } = session.value
    const oracle = expected(entries, id)
    hold(sameSet(main.list.map((entry) => entry.id), oracle.main), 'the session holds other entries than it should', () => short([...oracle.main].filter((one) => !main.list.some((entry) => entry.id === one))))
    hold(late.length === oracle.late.size && late.every(({ entry, why }) => oracle.late.get(entry.id) === why), 'late entries are not kept and marked', () => short(late.map(({ why }) => why)))
    hold(equal(doses.conflicts, oracle.conflicts), 'a step claimed twice is not shown as such', () => short([doses.conflicts, oracle.conflicts]))
    hold(doses.totalUg === oracle.totalUg, 'the total is not that of the steps', () => short([doses.totalUg, oracle.totalUg]))
    hold(equal([session.value.room.kit?.id, session.value.room.reachable?.id], oracle.room), 'another look through the kit, or another word of whom to reach, stands', () => short([session.value.room, oracle.room]))
    hold(equal(handOversOf(main).map(({ handed, taken }) => [handed.id, taken?.id]), oracle.handOvers), 'a hand-over counts as read back that was not, or the other way', () => short(oracle.handOvers))
    hold(touchNow(read).takenBack?.id === lastNo(entries)?.id, 'a consent to touch that was taken back is not the last one', () => short(touchNow(read)))
    hold(session.value.paper.state === oracle.paper, 'what was typed from paper counts as compared otherwise than it was', () => short([session.value.paper.state, oracle.paper]))
    hold(doses.steps.every(({ step, stands }) => stands?.id === oracle.stands.get(step)), 'another record of a dose stands')
    for (const [alert, answers] of oracle.alerts) {
      const raised = alerts.all.find((one) => one.id === alert)
      hold(raised?.level === 'red', 'an alert is missing')
      hold(equal(raised!.answers.map((answer) => answer.id).toSorted(), answers), 'an answer is missing from its alert')
    }
    world.figures.late += late.length
    world.figures.conflicts += doses.steps.filter(({ given }) => given.length > 1).length
    return { id, read: session }
  })
}

const lastNo = (entries: readonly Entry[]) => entries.filter((entry) => entry.kind === 'consent-withdrawn.v1' && entry.body.form === 'touch').toSorted((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1)).at(-1)
const sameSet = (list: readonly string[], set: ReadonlySet<string>) => list.length === set.size && list.every((one) => set.has(one))

/** A page shows what the server holds and its person may read, and its own refused acts beside it; and reads the same session from it. */
function pageAgrees(world: World, page: Page, chart: string, sessions: readonly ReadSession[]) {
  const { server } = world
  const snapshot = page.device.chart(chart).snapshot()
  const own = new Set(snapshot.problems.flatMap(({ entries }) => entries.map(({ id }) => id)))
  const standing = server.standingOf(chart, page.person.id)
  const visible = server.entriesOf(chart).filter((entry) => reads(entry, standing))
  const shown = snapshot.chart.entries.filter(({ id }) => !own.has(id))
  const should = readChart(visible).entries
  hold(equal(shown, should), 'a device shows something else than the server', () => difference(shown, should))
  hold(snapshot.connection === 'live' && snapshot.refused === null && snapshot.ready, 'a page says that it is away')
  hold(snapshot.waiting.length === 0 && keptWord(snapshot) === (snapshot.problems.length > 0 ? 'problem' : 'saved'), 'a page says that something is not saved')
  // A refused act of one's own is on the chart of this device alone.
  hold([...own].some((id) => snapshot.chart.entry(id)) || touchNow(snapshot.chart).takenBack?.id === lastNo(server.entriesOf(chart))?.id, 'a device knows of another word about touch than the server')
  if (roleOf(page.person.id) === 'patient' || [...own].some((id) => snapshot.chart.entry(id))) return
  for (const { id, read } of sessions) hold(equal(readSession(snapshot.chart, id, sessionRows, atTheEnd(world)), read), 'a device reads another session than the server')
}

function difference(shown: readonly Entry[], should: readonly Entry[]): string {
  const missing = should.filter(({ id }) => !shown.some((one) => one.id === id))
  const extra = shown.filter(({ id }) => !should.some((one) => one.id === id))
  return `missing ${short(missing.map(({ seq, kind }) => [seq, kind]))} extra ${short(extra.map(({ seq, kind }) => [seq, kind]))}`
}

/** What lies on the disk is whole up to the number it claims, belongs to this chart, and is nobody else's. */
export function diskIsWhole(world: World, { disk, person }: Tablet, chart: string) {
  const standing = world.server.standingOf(chart, person.id)
  const copy = disk.copies(person.id).get(chart)
  if (!copy) return
  const kept = new Map(copy.entries.map((entry) => [entry.id, entry]))
  const entries = world.server.entriesOf(chart)
  for (const entry of entries.slice(0, copy.lastSeq)) hold(!reads(entry, standing) || kept.get(entry.id)?.digest === entry.digest, 'a copy on a disk has a hole', () => `at ${entry.seq} of ${copy.lastSeq}`)
  for (const [id, { seq }] of kept) hold(entries[seq! - 1]?.id === id, 'an entry lies on the copy of another chart')
}

function pageIsWell(world: World, page: Page) {
  const { device, tablet, clock } = page
  const offMs = Math.abs(clock.ms() - world.serverMs())
  hold(offMs < 2_000, 'a clock is still wrong', () => `by ${offMs} ms`)
  hold(Math.abs(world.time.ms + tablet.skewMs + tablet.keptOffsetMs - world.serverMs()) < 2_000, 'the clock would be wrong again after a restart')
  hold(!device.state().signedOut && device.state().waiting === 0, 'a page is signed out')
  hold(page.key === tablet.disk.key(page.person.id), 'a page holds other keys than those that lie beside it')
}

/** Why the server may have said no to an act, where it was nobody's fault. */
export function refusalsWereDue(world: World, attempts: readonly Attempt[]) {
  for (const { acked, forbidden } of attempts) for (const entry of acked ?? []) for (const code of world.refusals.get(entry.id) ?? []) {
    const points = pointsAt(entry)
    const due = forbidden || (code === 'guest.ended' && endedGuest(world, entry)) || code === 'chart.unseen' || code === 'sign-in.needed' || code === 'sign-in.other' || (code === 'entry.unknown-kind' && (entry.kind as string) === NEWER_KIND)
      || (code === 'dose.gates' && world.everGated.has(entry.session!)) || (points !== undefined && isRefused(world, points)) || actHas(acked!, world, code)
    hold(due, 'the server refused what it should not have been sent', () => `${code} ${short(entry)}`)
  }
}

/** The whole act is refused for one entry of it. */
const actHas = (acked: readonly Entry[], world: World, code: string) => acked.some((entry) => (entry.kind === 'dose-given.v1' && code === 'dose.gates' && (world.everGated.has(entry.session!) || isRefused(world, entry.body.prepared))) || (entry.amends !== undefined && code === 'entry.amends-unknown' && isRefused(world, entry.amends)))
const isRefused = ({ refusals, takenOff }: World, id: string) => refusals.has(id) || takenOff.has(id)

/** An act is set aside for what the server says for good, and for nothing else. */
export function problemsAreProblems(world: World, page: Page) {
  for (const { problem, id } of page.device.acts()) {
    if (!problem) continue
    const passing = ['sign-in.needed', 'sign-in.other', 'database.away', 'too-many-requests'].includes(problem.code) || (problem.code === 'internal' && (world.broke.get(id) ?? 0) < 8)
    hold(!passing, 'an act was set aside for something that passes', () => `${problem.code} ${world.broke.get(id)}`)
  }
}

/** What the stream has told of since the page was opened, or last locked, is shown with its number, also while its own answer is still under way. */
export function numberIsShown(world: World, page: Page, chart: string) {
  if (!page.alone || page.person.role === 'patient' || page.device.state().signedOut) return
  const { waiting, chart: shown } = page.device.chart(chart).snapshot()
  if (waiting.length === 0) return
  const others = Math.max(0, ...shown.entries.map(({ seq, device, by, body }) => (device !== page.tablet.id || (by !== page.person.id && lentOf({ body } as never)?.by !== page.person.id) ? seq ?? 0 : 0)))
  const own = new Set(waiting.flatMap(({ entries }) => entries.map(({ id }) => id)))
  const passed = world.server.entriesOf(chart).slice(0, others)
  const heard = passed.filter(({ id, receivedAt }) => own.has(id) && Date.parse(receivedAt) > (page.lockedAtMs ?? page.openedAtMs) + world.serverMs() - world.time.ms)
  if (heard.length === 0 || !passed.every(({ id }) => shown.entry(id))) return
  hold(heard.every(({ id }) => shown.entry(id)!.seq !== undefined), 'what the server has is shown as if it had not')
}

/** Every chart here began with an entry: a page that shows none of it to somebody who may read it does not know the chart, and must not say so. */
export function knownIsRead(world: World, page: Page, chart: string) {
  const { ready, refused, chart: shown } = page.device.chart(chart).snapshot()
  const standing = world.server.standingOf(chart, page.person.id)
  const first = standing && world.server.entriesOf(chart).find((entry) => reads(entry, standing))
  if (!ready || refused || !first) return
  hold(shown.entry(first.id) !== undefined, 'a chart of which nothing was read is said to be known')
}

/** Alike to the last letter, in whatever order an object's fields were written. */
export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, place) => equal(item, other[place]))
  if (one instanceof Map || one instanceof Set) return other instanceof Object && equal([...one], [...(other as Set<unknown>)])
  const fields = Object.keys(one)
  if (fields.length !== Object.keys(other).length) return false
  return fields.every((field) => { const [a, b] = [(one as Record<string, unknown>)[field], (other as Record<string, unknown>)[field]]; return (typeof a === 'function' && typeof b === 'function') || equal(a, b) })
}
