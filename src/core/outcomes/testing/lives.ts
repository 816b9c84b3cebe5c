import { rulebook } from '../../../knowledge/rulebook.ts'
import { protocols } from '../../../knowledge/protocols.ts'
import { askingRows, reminderRows } from '../../../knowledge/reminders.ts'
import { readChart, type Chart } from '../../chart/chart.ts'
import type { Entry } from '../../chart/entry.ts'
import type { BodyOf, EntryKind } from '../../chart/kinds.ts'
import { dueRows, readCourse } from '../../course/course.ts'
import type { Step } from '../../course/step.ts'
import type { Ask } from '../../measures/asks.ts'
import { measurePlan } from '../../measures/due.ts'
import { phq9Answers } from '../../measures/fixtures.ts'
import { instrumentOf } from '../../measures/instrument.ts'
import { formHere } from '../../measures/own-copy.ts'
import { askKey, dueAsking } from '../../reminders/asking.ts'
import { onWall } from '../../reminders/ladder.ts'
import { localDay, plusDaysOf } from '../../shared/local-day.ts'
import { plusDays, plusMinutes, type Instant } from '../../shared/time.ts'

/**
 * An invented person through a course and half a year: doses, forms, answers that come late or stop coming, and people who
 * call. The rules that run are the program's own; what they should have said is judged elsewhere, by code of its own.
 */
export const zone = 'America/Los_Angeles'
export const protocol = protocols['openkap-default']
export const DAYS = 180
const FIRST_DAY = '2026-02-02'
const RATES = { faithful: 0.95, slow: 0.5, sometimes: 0.25, 'stops early': 0.9, 'stops after the course': 0.9, never: 0 } as const
export type Manner = keyof typeof RATES
const MANNERS = Object.keys(RATES) as Manner[]

export interface Look {
  readonly now: Instant
  readonly chart: Chart
  readonly steps: readonly Step[]
}
export interface Asked {
  readonly instrument: string
  readonly at: Instant
  readonly chart: Chart
  readonly ask: Ask
}
/** Whoever judges: at every look, and at every message. */
export interface Judge {
  look(look: Look): void
  asked(asked: Asked): void
}

/** Numbers that are the same for the same seed. */
function chances(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface World {
  readonly seed: number
  readonly chance: () => number
  readonly manner: Manner
  readonly entries: Entry[]
  readonly judge: Judge
  /** Messages that were made for each ask, as the server keeps them. */
  readonly made: Map<string, { readonly since: string; readonly steps: Set<string> }>
  readonly answersAt: Instant[]
  readonly calls: Map<string, Instant>
  readonly score: (day: number) => number
  chart: Chart
}

export function live(seed: number, judge: Judge): Manner {
  const chance = chances(seed)
  const manner = MANNERS[Math.floor(chance() * MANNERS.length)]!
  const world: World = { seed, chance, manner, judge, entries: [], made: new Map(), answersAt: [], calls: new Map(), score: trajectory(chance), chart: readChart([]) }
  begin(world)
  const doses = new Set(doseDays(world))
  for (let day = 0; day <= DAYS; day += 1) {
    const steps = look(world, at(day, '03:00'))
    if (doses.has(day)) dose(world, day)
    for (const hour of ['10:05', '17:05']) { answerDue(world, at(day, hour)); message(world, at(day, hour)) }
    staff(world, at(day, '18:00'), { day, steps })
  }
  return manner
}

const at = (day: number, clock: string): Instant => onWall(plusDaysOf(FIRST_DAY, day), clock, zone)

function write<Kind extends EntryKind>(world: World, when: Instant, kind: Kind, body: BodyOf<Kind>, extra: { readonly id?: string; readonly session?: string } = {}): void {
  world.entries.push({ id: `${world.seed}-${String(world.entries.length).padStart(4, '0')}`, kind, at: when, writtenAt: when, by: 'somebody', device: 'd', body, ...extra } as unknown as Entry)
  world.chart = readChart(world.entries)
}

function begin(world: World): void {
  write(world, at(0, '09:00'), 'demographics.v1', { givenName: 'Seed', familyName: String(world.seed), birthDate: '1980-01-01' })
  const visits = doseDays(world).map((day, place) => ({ visit: `v${place}`, type: 'medicine' as const, number: place + 1, startsAt: at(day, '12:00'), endsAt: at(day, '15:00'), localStart: `${plusDaysOf(FIRST_DAY, day)}T12:00`, zone, people: [], online: false }))
  write(world, at(0, '09:30'), 'visits-booked.v1', { visits, why: '' })
}

/** Two a week; where somebody stops early, the visits stand all the same until the course is ended. */
const DOSE_DAYS = [16, 19, 23, 26, 30, 33] as const
const doseDays = ({ seed }: World): readonly number[] => DOSE_DAYS.map((day) => day + (seed % 3))

function dose(world: World, day: number): void {
  const number = doseDays(world).indexOf(day)
  if (isGone(world, day)) return
  if (world.chance() < 0.9) answer(world, at(day, '11:00'))
  const session = `s${number}`
  const when = at(day, '12:10')
  const given = { step: 1, doseUg: 50_000, route: 'IM' as const, order: 'o', prepared: 'x', confirmed: 'x', confirmedBy: 'x', site: 'arm', selfAdministered: false }
  write(world, at(day, '12:00'), 'session-started.v1', { protocol: protocol.id, route: 'IM', order: 'o', clearance: 'c', consents: ['x'], edition: 'e', number: number + 1, gates: [], people: [{ person: 'p', name: 'P', role: 'therapist' }], visit: `v${number}` }, { id: session })
  write(world, when, 'dose-given.v1', given, { session })
  write(world, at(day, '15:00'), 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session })
  const later = plusDays(when, world.chance() < 0.75 ? 1 : 5)
  world.calls.set(`integrate ${session}`, later)
}

/** Who stops early comes to two doses and to nothing after; the course is ended for them a fortnight later. */
const isGone = ({ manner }: World, day: number): boolean => manner === 'stops early' && day > 20

/** A form that is open is answered, with the score of the day; now and then an item is left out. */
function answer(world: World, now: Instant): void {
  const day = Math.round((Date.parse(now) - Date.parse(at(0, '12:00'))) / 86_400_000)
  for (const name of new Set(openForms(world, now).map(({ instrument }) => instrument))) {
    const instrument = instrumentOf(rulebook.instruments, name)!
    const left = world.chance() < 0.03
    const values = name === 'phq-9' ? phq9Answers(world.score(day), world.chance() < 0.02 ? 1 : 0) : Object.fromEntries(instrument.items.map(({ id, answer: how }) => [id, how.kind === 'yes-no' ? false : how.kind === 'slider' ? how.min : how.options[0]!.value]))
    const [first] = instrument.items
    write(world, now, 'measure-answered.v1', { instrument: name, version: instrument.version, language: 'en', answers: left ? { ...values, [first!.id]: null } : values, answeredBy: 'patient' })
  }
  look(world, plusMinutes(now, 1))
}

function openForms(world: World, now: Instant): Ask[] {
  return plan(world, now).filter(({ state }) => state === 'open')
}

function plan(world: World, now: Instant): Ask[] {
  return measurePlan(protocol, world.chart, now, dueRows(rulebook, zone)).filter(({ instrument: name }) => {
    const instrument = instrumentOf(rulebook.instruments, name)
    return instrument?.answeredBy.includes('patient') && formHere(instrument, [])
  })
}

/** As the server does: one message for all that are open and due for one, each step once. */
function message(world: World, now: Instant): void {
  const open = openForms(world, now).filter(({ moment }) => askingRows.moments.includes(moment))
  let sent = false
  for (const ask of open) {
    const key = askKey(ask, zone)
    const made = world.made.get(key) ?? { since: localDay(now, zone), steps: new Set<string>() }
    world.made.set(key, made)
    const step = dueAsking({ rows: askingRows, quiet: reminderRows, zone, now, since: made.since, closesAt: ask.closesAt, made: made.steps })
    if (!step) continue
    made.steps.add(step.step)
    world.judge.asked({ instrument: ask.instrument, at: now, chart: world.chart, ask })
    sent = true
  }
  if (sent && world.chance() < rate(world, now)) world.answersAt.push(plusMinutes(now, 30 + Math.floor(world.chance() * 3_000)))
}

function rate({ manner, chart }: World, now: Instant): number {
  if (manner === 'stops early' && now > at(20, '00:00')) return 0
  if (manner === 'stops after the course' && chart.all('session-started.v1').length >= DOSE_DAYS.length) return 0
  return RATES[manner]
}

function answerDue(world: World, now: Instant): void {
  const due = world.answersAt.filter((when) => when <= now)
  if (due.length === 0) return
  world.answersAt.splice(0, world.answersAt.length, ...world.answersAt.filter((when) => when > now))
  answer(world, now)
}

/** People act on what they are given, some days late; nobody acts on what nobody gives them. */
function staff(world: World, now: Instant, { day, steps }: { readonly day: number; readonly steps: readonly Step[] }): void {
  for (const [what, when] of world.calls) {
    if (when > now) continue
    world.calls.delete(what)
    const session = /^integrate (.*)/.exec(what)?.[1]
    if (session) write(world, now, 'integration.v1', { session, startedAt: plusMinutes(now, -60), endedAt: now, themes: 'x', modalities: [], commitments: [], nextIntention: '' })
  }
  if (world.manner === 'stops early' && day === 40) write(world, now, 'course-ended.v1', { reason: 'Did not come any more.' })
  const silent = steps.find(({ id }) => id === 'no-answer')
  if (silent && world.chance() < 0.15) {
    const decided = silent.facts.length < 3 || world.chance() < 0.7 ? 'tried-again' : world.chance() < 0.5 ? 'declined' : 'left-care'
    write(world, now, 'silence-contact.v1', { asks: ['x'], reached: decided !== 'tried-again', decided, note: 'Rang.' })
  }
  for (const { body: { instrument }, id } of world.chart.all('measure-answered.v1')) {
    if (instrument === 'phq-9' && !world.chart.all('risk-contact.v1').some(({ body }) => body.opened === id) && steps.some(({ blockedBy }) => blockedBy.some(({ facts }) => facts.includes(id)))) write(world, now, 'risk-contact.v1', { opened: id, level: 'low', reached: true, decided: 'closed', note: 'Spoke.' })
  }
  if (steps.some(({ id }) => id === 'maintenance') && world.chance() < 0.1) write(world, now, 'maintenance-decided.v1', { decision: 'booster-review', reason: 'To talk about.', proposal: '' })
}

function look(world: World, now: Instant): readonly Step[] {
  const { steps } = readCourse(world.chart, protocol, rulebook, now, zone)
  world.judge.look({ now, chart: world.chart, steps })
  return steps
}

/** Where somebody begins, how far they come, and whether and when it is lost again. */
function trajectory(chance: () => number): (day: number) => number {
  const first = 12 + Math.floor(chance() * 12)
  const low = Math.floor(first * (0.1 + chance() * 0.6))
  const lostAt = 38 + Math.floor(chance() * 120)
  const again = lostAt + 40 + Math.floor(chance() * 80)
  return (day) => {
    const noise = Math.floor(chance() * 3) - 1
    const base = day < 16 ? first : day < 34 ? first - ((first - low) * (day - 16)) / 18 : day < lostAt || day > again ? low : low + Math.min(1, (day - lostAt) / 7) * (first - low)
    return Math.max(0, Math.min(24, Math.round(base) + noise))
  }
}
