import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { highsChooser } from '../../server/planning/choose.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { masterOf, pricesOf, type Chooser } from './choice.ts'
import { ana, ben, hours, mia, requestFor, roomOne, roomTwo, rosa } from './fixtures.ts'
import { planJointly, type JointOptions, type JointPlan, type Waiting } from './joint.ts'
import { shareDone, type JointProgress } from './joint-progress.ts'
import { mostOf, takenOf } from './market.ts'
import { openingsOf } from './openings.ts'
import type { PersonCalendar, PlannedVisit, PlanRequest } from './request.ts'
import { withTaken } from './taken.ts'
import { atTheseHours, small } from './testing/every-plan.ts'
import { dayNumber, dayOfNumber, showClock, wallOf } from './zone.ts'

const choose = await highsChooser()
const earliest = '2026-03-02'
const request = requestFor(small)
const waits = (id: string, asked: PlanRequest, waitedDays = 0): Waiting => ({ id, waitedDays, request: asked })
const visitsOf = (plan: JointPlan): readonly PlannedVisit[] => ('proposal' in plan ? plan.proposal.visits : [])
const isPlaced = (plan: JointPlan) => 'proposal' in plan
const jointly = (waiting: readonly Waiting[], options: Partial<JointOptions> = {}) => planJointly(waiting, { choose, rounds: 2, tries: 6, ...options })

/** Everything that all plans together break: each as the check sees it, in calendars that hold everybody else's. */
const broken = (waiting: readonly Waiting[], plans: readonly JointPlan[]) =>
  waiting.flatMap(({ id, request: asked }) => {
    const own = plans.find((plan) => plan.id === id)
    const others = plans.filter((plan) => plan.id !== id).flatMap(visitsOf)
    return own && isPlaced(own) ? violations({ visits: visitsOf(own) }, withTaken(asked, others, () => 'of another patient')) : []
  })

const weekdays = fc.subarray([1, 2, 3, 4, 5] as const, { minLength: 3 })
const person = (one: PersonCalendar) => fc.record({ days: weekdays, beforeMin: fc.constantFrom(0, 0, 15), afterMin: fc.constantFrom(0, 30), most: fc.constantFrom(undefined, 1, 2) }).map(({ days, beforeMin, afterMin, most }): PersonCalendar => (
  { ...one, hours: hours('09:00', '17:00', days), buffers: [{ type: 'medicine', beforeMin, afterMin }, { type: 'integration', beforeMin: 0, afterMin: beforeMin }], ...(most === undefined ? {} : { mostDosingPerDay: most }) }))
const lists: fc.Arbitrary<readonly Waiting[]> = fc.record({
  people: fc.tuple(person(ana), person(ben), person(mia), fc.constant(rosa)), turnovers: fc.tuple(fc.constantFrom(0, 20, 45), fc.constantFrom(0, 10)),
  patients: fc.array(fc.record({ therapist: fc.constantFrom('ana', 'ben'), waitedDays: fc.integer({ min: 0, max: 40 }), continuity: fc.constantFrom('required' as const, 'preferred' as const), online: fc.subarray(['integration', 'intake'] as const), days: fc.integer({ min: 11, max: 20 }), from: fc.constantFrom(undefined, '11:00') }), { minLength: 2, maxLength: 5 }),
}).map(({ people, turnovers, patients }) => patients.map(({ therapist, waitedDays, continuity, online, days, from }, i) => waits(`p${i}`, request({
  earliest, latest: dayOfNumber(dayNumber(earliest) + days), people, rooms: [{ ...roomOne, turnoverMin: turnovers[0] }, { ...roomTwo, turnoverMin: turnovers[1] }], therapist, continuity, clearance: { state: 'signed' },
  wishes: { when: from ? [{ from, strength: 'must' }] : [], blackout: [], online },
}), waitedDays)))

describe('any waiting list', { timeout: 60_000 }, () => {
  test('no joint plan breaks a rule, a calendar or another plan, and who has none is told why', async () => {
    const seen = { placed: 0, refused: 0 }
    await fc.assert(fc.asyncProperty(lists, async (waiting) => {
      const { plans } = await jointly(waiting)
      expect(plans.map(({ id }) => id)).toEqual(waiting.map(({ id }) => id))
      expect(broken(waiting, plans)).toEqual([])
      for (const plan of plans) {
        if ('proposal' in plan) seen.placed += 1
        else seen.refused += 1
        if ('impossible' in plan) expect(plan.impossible.length).toBeGreaterThan(0)
      }
    }), { numRuns: Number(process.env['PLAN_RUNS'] ?? 12), seed: Number(process.env['PLAN_SEED'] ?? 20_261_123) })
    expect(Math.min(seen.placed, seen.refused)).toBeGreaterThan(2)
  })
})

/** A course of two visits, few enough that every joint plan can be tried. */
const tiny = { ...small, phases: small.phases.flatMap((phase) => (phase.type === 'intake' ? [phase] : phase.type === 'medicine' ? [{ ...phase, count: 1 }] : [])) }
describe('against trying every joint plan', { timeout: 60_000 }, () => {
  const therapist = (one: PersonCalendar) => fc.tuple(fc.subarray([1, 2, 3, 4, 5] as const, { minLength: 2 }), fc.constantFrom('12:30', '17:00')).map(([days, to]): PersonCalendar => ({ ...one, roles: ['therapist'], hours: hours('09:00', to, days) }))
  const tinyLists = fc.record({ ana: therapist(ana), ben: therapist(ben), own: fc.array(fc.constantFrom('ana', 'ben'), { minLength: 2, maxLength: 3 }), days: fc.integer({ min: 1, max: 4 }) }).map(({ days, own, ...people }) => own.map((one, i) => waits(`p${i}`, atTheseHours(requestFor(tiny)({
    earliest, latest: dayOfNumber(dayNumber(earliest) + days), stepMin: 60, people: [people.ana, people.ben, mia], rooms: [roomOne], therapist: one, clearance: { state: 'signed' }, onCall: 'elsewhere',
  })))))

  test('as many are placed as can be, and no set of plans ends sooner', async () => {
    const seen = { all: 0, some: 0 }
    await fc.assert(fc.asyncProperty(tinyLists, async (waiting) => {
      const { plans } = await jointly(waiting, { rounds: 4 })
      expect(broken(waiting, plans)).toEqual([])
      const best = bestByTrying(waiting)
      const got = { placed: plans.filter(isPlaced).length, days: plans.flatMap((plan) => ('proposal' in plan ? [dayNumber(plan.proposal.score.finishDay)] : [])).reduce((sum, day) => sum + day, 0) }
      if (got.placed === waiting.length) seen.all += 1
      else seen.some += 1
      expect(got).toEqual(best)
    }), { numRuns: Number(process.env['PLAN_RUNS'] ?? 16), seed: 7 })
    expect(Math.min(seen.all, seen.some)).toBeGreaterThan(2)
  })
})

/** Every plan of each, and of each set that goes together the one that places most and ends soonest. Only the check judges. */
function bestByTrying(waiting: readonly Waiting[]): { readonly placed: number; readonly days: number } {
  const plans = waiting.map(({ request: asked }) => everyTinyPlan(asked).toSorted((a, b) => endOf(a) - endOf(b)))
  const soonest = plans.map(([first]) => (first ? endOf(first) : 0))
  const known = new Map<string, boolean>()
  const goTogether = (i: number, mine: number, j: number, theirs: number): boolean => {
    const key = `${i} ${mine} ${j} ${theirs}`
    const found = known.get(key) ?? violations({ visits: plans[i]![mine]! }, withTaken(waiting[i]!.request, plans[j]![theirs]!, () => 'of another patient')).length === 0
    known.set(key, found)
    return found
  }
  const best = { placed: 0, days: Infinity }
  const go = (i: number, chosen: readonly (number | undefined)[], placed: number, days: number): void => {
    const rest = soonest.slice(i).reduce((sum, day) => sum + day, 0)
    if (placed + waiting.length - i < best.placed || (placed + waiting.length - i === best.placed && days + rest >= best.days)) return
    if (i === waiting.length) {
      if (placed > best.placed || days < best.days) Object.assign(best, { placed, days })
      return
    }
    for (const [mine, plan] of plans[i]!.entries()) if (chosen.every((theirs, j) => theirs === undefined || goTogether(i, mine, j, theirs))) go(i + 1, [...chosen, mine], placed + 1, days + endOf(plan))
    go(i + 1, [...chosen, undefined], placed, days)
  }
  go(0, [], 0, 0)
  return best.placed === 0 ? { placed: 0, days: 0 } : best
}
const endOf = (visits: readonly PlannedVisit[]) => dayNumber(visits.at(-1)!.day)

function everyTinyPlan(asked: PlanRequest): readonly (readonly PlannedVisit[])[] {
  const days = Array.from({ length: dayNumber(asked.latest) - dayNumber(asked.earliest) + 1 }, (_, i) => dayNumber(asked.earliest) + i)
  const at = (type: 'intake' | 'medicine', dayNo: number, hour: number): PlannedVisit => {
    const day = dayOfNumber(dayNo)
    // The wall is eight hours behind UTC until the clocks change on 8 March, and seven from then on.
    const startMs = Date.parse(`${day}T00:00:00Z`) + (hour + (day < '2026-03-08' ? 8 : 7)) * 3_600_000
    const until = (minutes: number) => new Date(startMs + minutes * 60_000).toISOString()
    const medicine = type === 'medicine'
    return {
      visit: `${type}-1`, type, number: 1, day, localStart: `${day}T${String(hour).padStart(2, '0')}:00`, zone: asked.zone, startsAt: until(0), endsAt: until(medicine ? 180 : 60), roomUntil: until(medicine ? 210 : 60), online: false,
      room: { id: 'room-1', name: 'Room 1' }, people: [{ person: asked.therapist, name: asked.therapist, role: 'therapist' }, ...(medicine ? [{ person: 'mia', name: 'mia', role: 'monitor' as const }] : [])],
    }
  }
  const sound = (visits: readonly PlannedVisit[]) => violations({ visits }, asked).every(({ code }) => code === 'missing')
  const of = (type: 'intake' | 'medicine') => days.flatMap((dayNo) => [9, 13].map((hour) => at(type, dayNo, hour))).filter((visit) => sound([visit]))
  const doses = of('medicine')
  return of('intake').flatMap((intake) => doses.map((dose) => [intake, dose])).filter(sound)
}

describe('planning together', () => {
  const two = [waits('first', request({ earliest, latest: '2026-03-20', people: [ana, mia], rooms: [roomOne], clearance: { state: 'signed' }, onCall: 'elsewhere' })), waits('second', request({ earliest, latest: '2026-03-20', people: [ana, mia], rooms: [roomOne], clearance: { state: 'signed' }, onCall: 'elsewhere' }), 30)]

  test('the same list with the same seed gets the same plans, and how far it has come is told', async () => {
    const told: JointProgress[] = []
    const once = await jointly(two, { tell: (progress) => told.push(progress) })
    expect(once).toEqual(await jointly(two))
    expect(told.map(({ doing }) => doing)).toEqual(expect.arrayContaining(['alone', 'in-turn', 'choosing']))
    expect(told.at(-1)?.placed).toBe(2)
    const shares = told.map(shareDone)
    expect(Math.min(...shares)).toBeGreaterThan(0)
    expect(Math.max(...shares)).toBeLessThanOrEqual(1)
    const inTurn = told.filter(({ doing }) => doing === 'alone' || doing === 'in-turn' || doing === 'pricing').map(shareDone)
    expect(inTurn).toEqual(inTurn.toSorted((a, b) => a - b))
  })

  test('whoever has less than they would alone is told who has it, and for which visit; whoever has as much is told nothing', async () => {
    const mornings = two.map((one) => ({ ...one, request: { ...one.request, people: [{ ...ana, hours: hours('09:00', '12:30') }, mia] } }))
    const { plans: [first, second] } = await jointly(mornings)
    expect(second!.because).toEqual([])
    expect(second!.alone).toEqual('proposal' in second! && second.proposal.score)
    expect(first!.alone!.finishDay < ('proposal' in first! ? first.proposal.score.finishDay : '')).toBe(true)
    expect(first!.because).toMatchObject([{ to: 'second', what: 'person', id: 'ana', type: 'intake', number: 1 }])
  })

  test('where one only fits, it is whoever waits longer, and the other is told why not', async () => {
    const scarce = (id: string, waitedDays: number, when: PlanRequest['wishes']['when'] = []) => waits(id, { ...two[0]!.request, latest: '2026-03-11', people: [{ ...ana, hours: hours('09:00', '12:30') }, mia], wishes: { when, blackout: [], online: [] } }, waitedDays)
    // Whoever waits longer would have the dearer plan: every visit falls where they would rather not come.
    const { plans } = await jointly([scarce('new', 1), scarce('long', 50, [{ weekdays: [7], strength: 'rather' }])])
    expect(plans.map((plan) => [plan.id, isPlaced(plan)])).toEqual([['new', false], ['long', true]])
    expect('impossible' in plans[0]! && plans[0].impossible.length).toBeGreaterThan(0)
    expect([plans[0]!.alone === undefined, plans[0]!.because[0]?.to]).toEqual([false, 'long'])
  })

  test('a request with a fault is refused for itself, and the others are planned', async () => {
    const { plans } = await jointly([...two, waits('nobody', { ...two[0]!.request, therapist: 'nobody' })])
    expect(plans.map(isPlaced)).toEqual([true, true, false])
    expect('impossible' in plans[2]! && plans[2].impossible.map(({ code }) => code)).toEqual(['no-therapist'])
  })

  test('a choice that breaks the calendars is not taken over', async () => {
    const everything: Chooser = ({ columns, rows }) => Promise.resolve({ values: columns.map(() => 1), duals: rows.map(() => 0) })
    const { plans } = await jointly(two, { choose: everything })
    expect(broken(two, plans)).toEqual([])
    expect(plans.map(isPlaced)).toEqual([true, true])
  })
})

describe('what is taken, and what it would cost', () => {
  const most = mostOf({ people: [{ ...ana, mostDosingPerDay: 2, busy: [{ startsAt: '2026-03-03T17:00:00.000Z', endsAt: '2026-03-03T20:00:00.000Z', dosing: true }] }] }, () => dayNumber('2026-03-03'))
  const doses = `doses ${dayNumber('2026-03-03')} ana`
  test.each([
    ['a room from its first minute on', 'room one', 10, 20, 9, 11, Infinity],
    ['a room until its last one', 'room one', 10, 20, 20, 30, 0],
    ['another room', 'room two', 10, 20, 10, 20, 0],
    ['the second of two dosing visits a day, one booked already', doses, 0, 1, 0, 1, Infinity],
    ['the first of two on another day', doses.replace(/\d+/, '1'), 0, 1, 0, 1, 0],
  ])('%s', (_, key, fromMs, toMs, askedFrom, askedTo, price) => {
    const taken = takenOf(most)
    taken.take([{ key: key.startsWith('room') ? 'room one' : key, fromMs, toMs }])
    expect(taken.market(key, askedFrom, askedTo)).toBe(price)
    taken.giveBack([{ key: key.startsWith('room') ? 'room one' : key, fromMs, toMs }])
    expect(taken.market(key, askedFrom, askedTo)).toBe(0)
  })

  const plan = request({ people: [{ ...ana, buffers: [{ type: 'intake', beforeMin: 0, afterMin: 30 }] }, ben, mia, rosa], rooms: [{ ...roomOne, turnoverMin: 60 }] })
  test.each([
    ['nothing', '', '10:00'],
    ['the room, which is made ready for an hour', 'room room-1', '09:00'],
    ['the therapist, who keeps half an hour free afterwards', 'person ana', '09:30'],
    ['another room', 'room room-2', '10:00'],
  ])('an intake that ends before eleven, when what is taken from then on is %s', (_, key, last) => {
    const taken = takenOf(() => 1)
    const noon = Date.parse('2026-03-02T19:00:00.000Z')
    taken.take([{ key, fromMs: noon, toMs: noon + 3_600_000 }])
    const phase = plan.protocol.phases.find(({ type }) => type === 'intake')!
    const openings = openingsOf(plan, wallOf(plan.zone), [], { market: taken.market })({ index: 0, visit: 'intake-1', type: 'intake', number: 1, phase }, dayNumber(earliest)).all()
    expect(openings.filter(({ endMs }) => endMs <= noon).map(({ minute }) => showClock(minute)).at(-1)).toBe(last)
  })

  test('what two want at once has a price, and at it the other place is cheaper', async () => {
    const column = (patient: number, cost: number, fromMs: number) => ({ patient, cost, uses: [{ key: 'room one', fromMs, toMs: fromMs + 10 }] })
    const master = masterOf([column(0, 10, 0), column(1, 10, 5), column(1, 30, 20), column(0, 50, 20)], [1_000, 1_000], () => 1, false)
    const choice = await choose(master)
    expect(choice.values.slice(0, 4).map((value) => value > 0.5)).toEqual([true, false, true, false])
    const { market } = pricesOf(master, choice)
    expect(market('room one', 0, 10)).toBeGreaterThanOrEqual(20)
    expect(market('room one', 15, 20)).toBe(0)
  })
})

test('a course of six is planned for two at once by every one of its rules', { timeout: 60_000 }, async () => {
  const asked = requestFor(protocols['solo-six'])({ rooms: [{ ...roomOne, turnoverMin: 15 }, roomTwo] })
  const waiting = [waits('a', asked), waits('b', { ...asked, therapist: 'ben' })]
  const { plans } = await jointly(waiting, { rounds: 1, tries: 0 })
  expect(plans.map(isPlaced)).toEqual([true, true])
  expect(broken(waiting, plans)).toEqual([])
})
