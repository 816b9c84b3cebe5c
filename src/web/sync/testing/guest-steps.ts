import { lentOf } from '../../../core/chart/lent.ts'
import type { Signature } from '../../../core/chart/kinds/kind.ts'
import type { Chart } from '../../../core/chart/chart.ts'
import type { Entry } from '../../../core/chart/entry.ts'
import type { Written } from '../chart-on-device.ts'
import type { Unlocked } from '../lock.ts'
import { newId } from '../new-id.ts'
import { PIN } from './disk.ts'
import { isOnline, statusOf, type Attempt, type Page, type Tablet } from './tablet.ts'
import { hold } from './verdict.ts'
import { CHARTS, PEOPLE, roleOf, type Person, type World } from './world.ts'

/** What is known of the tries on one device as one guest: how often a wrong PIN was answered, and how often any was typed, since the last right one. */
const ANY = 99
interface Tries {
  /** The device, the session and the person: somebody who is let in anew is another guest in the same place. */
  readonly place: string
  wrong: number
  typed: number
  underWay: { readonly page: Page; readonly pin: string } | undefined
}
export interface LentLife {
  readonly world: World
  readonly tablets: readonly Tablet[]
  readonly attempts: Attempt[]
  acknowledged: number
  readonly tries: Map<string, Tries>
}

/** Something that a second person does on a device, drawn by a chance of its own: lives in which nobody is a guest stay as they are. */
export function guestStep(life: LentLife) {
  const { world, tablets } = life
  const chance = world.lentChance
  const tablet = chance.pick(tablets)
  const page = tablet.pages.length > 0 ? chance.pick(tablet.pages) : undefined
  if (!page?.device?.guests || page.process.dead || page.person.role === 'patient' || statusOf(page) !== 'open') return
  const chart = chance.odds(0.8) ? CHARTS[0] : CHARTS[1]
  const session = page.device.chart(chart).snapshot().chart.all('session-started.v1').at(-1)?.id
  if (!session) return
  // Mostly somebody who typed their PIN here before.
  const enrolled = world.guests.known.filter((one) => one.device === tablet.id && one.lentBy === page.person.id && one.session === session)
  const person = chance.pick(PEOPLE.filter(({ id, role }) => role !== 'patient' && id !== page.person.id && (enrolled.length === 0 || enrolled.some((one) => one.person === id) || chance.odds(0.2))))
  if (!person) return
  const luck = chance()
  const noticed = (failure: Error) => void world.noticed.push(failure.message)
  if (luck < 0.2) void enrols(life, page, { chart, session, person }).catch(noticed)
  else if (luck < 0.85) void signs(life, page, { chart, session, person }).catch(noticed)
  else if (luck < 0.93) void refreshes(life, page, chart, session).catch(noticed)
  else if (luck < 0.95) void page.device.guests.sweep().catch(() => {})
  else if (luck < 0.97) void page.device.guests.end({ chart, session, person: person.id }).catch(() => {})
  else endsSomebody(world)
}

interface Where {
  readonly chart: string
  readonly session: string
  readonly person: Person
}
const pinOf = ({ lentChance }: World) => (lentChance.odds(0.8) ? PIN : '0000')
const as = ({ chart, session, person }: Where) => ({ chart, session, person: person.id, name: `Guest ${person.id.at(-1)}` })

async function enrols({ world }: LentLife, page: Page, where: Where) {
  const pin = pinOf(world)
  const answer = await page.device.guests!.enrol(as(where), pin).catch(onlyFull(page))
  if (!answer || page.process.dead) return
  hold(!answer.open || pin === PIN, 'a wrong PIN let somebody in')
  if (answer.open) world.figures.guests += 1
}

/** What they sign is theirs; whether they may is worked out by hand from what was typed here. */
async function signs(life: LentLife, page: Page, where: Where) {
  const { world, attempts } = life
  const written = lentDeed(world, page.device.chart(where.chart).snapshot().chart, where, () => newId(page.clock.ms()))
  if (!written) return
  const lying = () => page.tablet.disk.guests(page.person.id).find((one) => one.person === where.person.id && one.session === where.session)?.guest
  const stands = lying()
  if (!stands && world.lentChance.odds(0.8)) return
  const place = `${page.tablet.id} ${where.session} ${where.person.id}`
  const tries = triesOf(life, stands ?? `nobody, tried ${attempts.length} times`, place)
  // A try that was begun as the guest before may count for the one who is here now.
  const underWay = Array.from(life.tries.values()).filter((one) => one.place === place && one.underWay)
  if (underWay.some((one) => !one.underWay!.page.process.dead)) return
  // Whoever pulled the plug never heard what became of it.
  for (const one of underWay) {
    for (const each of [one, tries]) Object.assign(each, { typed: ANY, ...(one.underWay!.pin === PIN && { wrong: 0 }) })
    one.underWay = undefined
  }
  const pin = pinOf(world)
  Object.assign(tries, { underWay: { page, pin }, typed: tries.typed + 1 })
  const attempt: Attempt = { number: attempts.length, page, chart: where.chart, stream: 'chart', by: where.person.id, written: [], forbidden: false, began: life.acknowledged, acked: undefined, ackedAs: 0, forgotten: 0 }
  attempts.push(attempt)
  let signed: Written | undefined
  const answer = await page.device.guests!.sign(as(where), pin, (signature) => (signed = written(signature))).catch(onlyFull(page))
  if (page.process.dead) return
  tries.underWay = undefined
  if (!answer) { Object.assign(tries, { typed: ANY, wrong: 0 }); return }
  // Let in anew while the PIN was looked at: nobody knows whose tries those were.
  const after = lying() ?? stands
  if (after === stands) triesAreCounted(tries, answer, pin)
  else for (const one of [tries, triesOf(life, after!, place)]) Object.assign(one, { typed: ANY, wrong: 0 })
  if (!answer.open) return
  const { id } = signed!
  const entry = [...page.device.acts().flatMap(({ entries }) => entries), ...world.server.entriesOf(where.chart)].find((one) => one.id === id)
  hold(entry !== undefined, 'what a guest signed is nowhere')
  life.acknowledged += 1
  world.figures.lent += 1
  Object.assign(attempt, { written: [signed!], acked: [entry!], ackedAs: life.acknowledged, forgotten: page.tablet.disk.forgotten })
  const lent = lentOf(entry!)
  hold(lent?.by === page.person.id, 'a guest signed on somebody else’s device than it says')
  hold(signed!.body !== undefined && (entry!.body as { signature: Signature }).signature.signedAt < (world.guests.of(lent!.guest)?.until ?? ''), 'somebody signed after their time as a guest')
}

function triesAreCounted(tries: Tries, answer: Unlocked, pin: string) {
  if (answer.open) {
    hold(pin === PIN, 'a wrong PIN signed')
    hold(tries.wrong < 5, 'somebody signed after five wrong PINs')
    Object.assign(tries, { wrong: 0, typed: 0 })
    return
  }
  // Whoever is not known here, or cannot be while the page is locked, has typed nothing that counts. Where their time ended while a right PIN was looked at, the tries before it are forgotten.
  if (!/^(That PIN|Too many)/.test(answer.say)) { tries.typed -= 1; if (pin === PIN && answer.say.includes('the time for this session is over')) tries.wrong = 0; return }
  tries.wrong += 1
  hold(answer.triesLeft <= 5 - tries.wrong, 'a wrong PIN of a guest is not counted', () => `${answer.triesLeft} left after ${tries.wrong}`)
  hold(answer.triesLeft >= 5 - tries.typed, 'a guest has fewer tries than were typed', () => `${answer.triesLeft} left after ${tries.typed}`)
}

function triesOf({ tries }: LentLife, key: string, place: string): Tries {
  const known = tries.get(key) ?? { place, wrong: 0, typed: 0, underWay: undefined }
  tries.set(key, known)
  return known
}

/** Whom the server has ended is not here any more once it was asked. */
async function refreshes({ world }: LentLife, page: Page, chart: string, session: string) {
  if (!isOnline(page.tablet)) return
  const beganMs = world.serverMs()
  const { guests } = page.device
  const isAnswered = await guests!.refresh(chart, session).catch(() => false)
  if (page.process.dead || !isAnswered || page.device.state().closed) return
  for (const { person } of await guests!.here(session)) {
    const any = world.guests.known.some((one) => one.person === person && one.session === session && one.device === page.tablet.id && (one.endedMs === undefined || one.endedMs >= beganMs || one.enrolledMs >= beganMs))
    hold(any, 'a guest whom the server has ended is still here after it was asked')
  }
}

/** A new PIN, a sign-in ended everywhere, or the person whose device it is: it ends at the server, and the device may be away. */
function endsSomebody({ guests, lentChance }: World) {
  const stand = guests.known.filter(({ endedMs }) => endedMs === undefined)
  if (stand.length > 0) guests.end(lentChance.pick(stand))
}

function lentDeed(world: World, seen: Chart, { session, person }: Where, freshId: () => string): ((signature: Signature) => Written) | undefined {
  const inSession = <Kind extends Entry['kind']>(kind: Kind) => seen.all(kind).filter((entry) => entry.session === session)
  const role = roleOf(person.id)
  const [prepared, handed, assessed] = [inSession('dose-prepared.v1').at(-1), inSession('hand-over.v1').findLast(({ body }) => body.to === person.id), inSession('discharge-assessed.v1').at(-1)]
  const [kind, body] = world.lentChance.pick([
    ['checked-in.v1', { person: person.id, name: 'Somebody', role }],
    ['dose-confirmed.v1', prepared && { prepared: prepared.id, doseUg: prepared.body.doseUg }],
    ['hand-over-taken.v1', handed && { handOver: handed.id, readBack: handed.body.items.map(({ item }) => item) }],
    ['discharge-signed.v1', assessed && { assessed: assessed.id, role: role === 'prescriber' ? 'prescriber' : 'monitor' }],
  ] as const)
  return body && ((signature) => ({ kind, body: { ...body, signature }, session, id: freshId() }) as unknown as Written)
}

/** What could not be kept on a full disk was not signed, and is said so. */
const onlyFull = (page: Page) => (failure: Error): undefined => { hold(page.tablet.disk.full || failure.message.includes('disk'), 'a guest could not sign', () => failure.message) }
