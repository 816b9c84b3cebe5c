import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { atTheseHours, everyPlan, small, soonestByTrying } from './testing/every-plan.ts'
import { ana, ben, mia, requestFor, roomOne, roomTwo, rosa, taken } from './fixtures.ts'
import { planCourse } from './plan.ts'
import { repair, type CourseChange } from './repair.ts'
import type { Busy, Hours, PersonCalendar, PlannedVisit, PlanRequest, RoomCalendar, Weekday } from './request.ts'
import { dayNumber, dayOfNumber, showClock } from './zone.ts'

const request = requestFor(protocols['solo-six'])

/** `PLAN_RUNS=20000 PLAN_SEED=1` plans for as many practices as one has time for; what was seen is printed then. */
const asks = process.env['PLAN_RUNS']
const runs = { numRuns: Number(asks ?? 24), seed: Number(process.env['PLAN_SEED'] ?? 20_261_121) }
const smallRuns = { numRuns: Math.max(12, Math.round(runs.numRuns / 50)), seed: 7 }
const patience = { timeout: 60_000 + 5_000 * runs.numRuns }
const tell = (seen: object) => { if (asks) console.log(`seed ${runs.seed}:`, ...Object.entries(seen).map(([name, count]) => `${count} ${name}`)) }

const zones = ['America/Los_Angeles', 'Europe/Berlin', 'Pacific/Auckland', 'UTC'] as const
const starts = ['2026-02-02', '2026-09-14', '2026-10-12', '2027-02-08', '2027-02-22'] as const

const clock = (min: number, max: number) => fc.integer({ min: min * 2, max: max * 2 }).map((half) => showClock(half * 30))
const weekdays = (least: number) => fc.subarray([1, 2, 3, 4, 5, 6, 7] as Weekday[], { minLength: least })
/** Most hours hold everywhere; some only online, some only at the location of the first room. */
const hoursOf = (least: number) =>
  fc.tuple(weekdays(least), clock(7, 10), clock(15, 20), fc.array(fc.constantFrom<Partial<Hours>>({}, {}, {}, { place: 'online' }, { place: 'in-person', location: 'north' }, { place: 'in-person' }), { minLength: 7, maxLength: 7 }))
    .map(([days, from, to, places]) => days.map((weekday, i) => ({ weekday, from, to, ...places[i] })))
const busyFrom = (earliest: string) =>
  fc.array(fc.record({ day: fc.integer({ min: 0, max: 60 }), hour: fc.integer({ min: 12, max: 26 }), length: fc.integer({ min: 1, max: 8 }) }), { maxLength: 25 }).map((rows) =>
    rows.map(({ day, hour, length }): Busy => {
      const startsAt = dayNumber(earliest) * 86_400_000 + day * 86_400_000 + hour * 3_600_000
      return { startsAt: new Date(startsAt).toISOString(), endsAt: new Date(startsAt + length * 1_800_000).toISOString(), ...(length > 5 ? { dosing: true as const } : {}) }
    }),
  )
const buffers = fc.array(fc.record({ type: fc.constantFrom('intake' as const, 'preparation' as const, 'medical-clearance' as const, 'medicine' as const, 'integration' as const), beforeMin: fc.constantFrom(0, 10, 30), afterMin: fc.constantFrom(0, 15, 60) }), { maxLength: 3 })
const roomLike = (room: RoomCalendar, earliest: string, location: string) =>
  fc.record({ busy: busyFrom(earliest), located: fc.boolean(), capacity: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }), turnoverMin: fc.constantFrom(0, 10, 20, 45), until: fc.option(fc.integer({ min: 30, max: 90 }), { nil: undefined }) })
    .map(({ busy, located, capacity, turnoverMin, until }): RoomCalendar => ({ ...room, busy, turnoverMin, ...(located ? { location } : {}), ...(capacity === undefined ? {} : { capacity }), ...(until === undefined ? {} : { featuresUntil: { recliner: dayOfNumber(dayNumber(earliest) + until) } }) }))
const personLike = (person: PersonCalendar, earliest: string, least: number) =>
  fc.record({ hours: hoursOf(least), busy: busyFrom(earliest), off: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }), buffers: fc.option(buffers, { nil: undefined }), mostDosingPerDay: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined }), elsewhere: fc.option(busyFrom(earliest), { nil: undefined }) }).map(
    ({ hours, busy, off, buffers: kept, mostDosingPerDay, elsewhere }): PersonCalendar => ({ ...person, hours, busy, ...(elsewhere ? { elsewhere } : {}), licensedIn: [{ state: 'CO', ...(off !== undefined && off > 25 ? { until: dayOfNumber(dayNumber(earliest) + off + 20) } : {}) }], skills: ['Spanish'], ...(kept ? { buffers: kept } : {}), ...(mostDosingPerDay === undefined ? {} : { mostDosingPerDay }), away: off === undefined ? [] : [{ from: dayOfNumber(dayNumber(earliest) + off), to: dayOfNumber(dayNumber(earliest) + off + 4) }] }),
  )
const lanes = (earliest: string) => busyFrom(earliest).chain((rows) => fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rows.length, maxLength: rows.length }).map((numbers) => rows.map((row, i) => ({ ...row, lane: numbers[i] ?? 1 }))))

const requests: fc.Arbitrary<PlanRequest> = fc.tuple(fc.constantFrom(...zones), fc.constantFrom(...starts), fc.constantFrom(protocols['solo-six'], protocols['group-maintenance'])).chain(([zone, earliest, protocol]) =>
  fc.record({
    people: fc.tuple(personLike(ana, earliest, 4), personLike(ben, earliest, 3), personLike(mia, earliest, 4), personLike(rosa, earliest, 5), lanes(earliest)).map(([a, b, m, r, taken]) => [a, b, m, { ...r, lanes: taken }]),
    rooms: fc.tuple(roomLike(roomOne, earliest, 'north'), roomLike(roomTwo, earliest, 'south')),
    needs: fc.constantFrom<NonNullable<PlanRequest['needs']>>([], [], [], [], [], [{ role: 'therapist', skill: 'Spanish' }], [{ role: 'therapist', skill: 'Spanish' }], [{ role: 'monitor', skill: 'Dari' }]),
    sitsIn: fc.constantFrom('CO', 'CO', 'CO', 'CO', 'UT'),
    patients: fc.constantFrom(1, 1, 1, 1, 1, 1, 2),
    continuity: fc.constantFrom('required' as const, 'preferred' as const),
    wishes: fc.record({
      when: fc.array(fc.record({ weekdays: weekdays(3), from: clock(7, 9), to: clock(16, 20), strength: fc.constantFrom('must' as const, 'rather' as const, 'rather' as const) }), { maxLength: 2 }),
      blackout: fc.array(fc.integer({ min: 0, max: 50 }).map((day) => dayOfNumber(dayNumber(earliest) + day)), { maxLength: 6 }),
      online: fc.subarray(['integration', 'preparation', 'medicine'] as const),
    }),
    clearance: fc.constantFrom<PlanRequest['clearance']>({ state: 'needed' }, { state: 'signed' }, { state: 'elsewhere', expectedOn: dayOfNumber(dayNumber(earliest) + 20) }),
    onCall: fc.constantFrom('plan' as const, 'elsewhere' as const),
    stepMin: fc.constantFrom(30, 60),
  }).map((changes) => request({ ...changes, protocol, zone, earliest, latest: dayOfNumber(dayNumber(earliest) + 90) })),
)

describe('every proposal', patience, () => {
  test('keeps every rule, calendar and wish, as the independent check sees it', () => {
    const seen = { practices: 0, planned: 0, proposals: 0 }
    fc.assert(
      fc.property(requests, (asked) => {
        const answer = planCourse(asked)
        seen.practices += 1
        if ('impossible' in answer) {
          expect(answer.impossible.length).toBeGreaterThan(0)
          return
        }
        seen.planned += 1
        seen.proposals += answer.proposals.length
        expect(answer.proposals.length).toBeLessThanOrEqual(3)
        for (const proposal of answer.proposals) expect(violations(proposal, asked)).toEqual([])
      }),
      runs,
    )
    tell(seen)
    expect(seen.planned).toBeGreaterThan(5) // A property that only ever saw refusals has shown nothing.
  })
})

describe('against trying every plan there is', patience, () => {
  const earliest = '2026-03-02'
  const kept = fc.option(fc.record({ type: fc.constantFrom('medicine' as const, 'integration' as const), beforeMin: fc.constantFrom(0, 30), afterMin: fc.constantFrom(0, 60) }).map((one) => [one]), { nil: undefined })
  const booked = fc.array(fc.record({ day: fc.integer({ min: 0, max: 11 }), hour: fc.constantFrom(16, 17, 20, 21, 22), dosing: fc.boolean() }), { maxLength: 3 }).map((rows) => rows.map(({ day, hour, dosing }): Busy => {
    const at = Date.parse(`${dayOfNumber(dayNumber(earliest) + day)}T${hour}:00:00.000Z`)
    return { startsAt: new Date(at).toISOString(), endsAt: new Date(at + 3_600_000).toISOString(), ...(dosing ? { dosing: true as const } : {}) }
  }))
  const sparse = (person: PersonCalendar) => fc.tuple(weekdays(2), fc.constantFrom('09:00', '13:00'), fc.constantFrom('12:30', '17:00'), kept, booked, fc.constantFrom(undefined, undefined, 1)).map(([days, from, to, buffers, busy, mostDosingPerDay]): PersonCalendar => (
    { ...person, busy, ...(buffers ? { buffers } : {}), ...(mostDosingPerDay ? { mostDosingPerDay } : {}), hours: days.map((weekday) => ({ weekday, from: to === '12:30' ? '09:00' : from, to })) }))
  const asked = fc.record({ ana: sparse(ana), ben: sparse(ben), mia: sparse(mia), room: booked, turnoverMin: fc.constantFrom(0, 0, 45), blackout: fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 3 }) }).map((row) =>
    atTheseHours(request({ protocol: small, earliest, latest: '2026-03-13', stepMin: 60, people: [row.ana, row.ben, row.mia], rooms: [{ ...roomOne, turnoverMin: row.turnoverMin, busy: row.room }], clearance: { state: 'signed' }, onCall: 'elsewhere', wishes: { when: [], blackout: row.blackout.map((day) => dayOfNumber(dayNumber(earliest) + day)), online: [] } })),
  )

  test('the soonest proposal is the soonest there is, and a refusal means that there is none', () => {
    const seen = { planned: 0, refused: 0 }
    fc.assert(
      fc.property(asked, (plan) => {
        const answer = planCourse(plan)
        const best = soonestByTrying(plan)
        if ('impossible' in answer) {
          seen.refused += 1
          expect(best).toBeUndefined()
        } else {
          seen.planned += 1
          expect(dayNumber(answer.proposals[0].score.finishDay)).toBe(best)
        }
      }),
      smallRuns,
    )
    tell(seen)
    expect(Math.min(seen.planned, seen.refused)).toBeGreaterThan(1)
  })

  const changes = fc.oneof(
    fc.record({ kind: fc.constant('move' as const), visit: fc.constantFrom('intake-1', 'medicine-1', 'integration-1', 'medicine-2', 'integration-2'), day: fc.integer({ min: 0, max: 11 }), hour: fc.constantFrom('09:00', '13:00') }).map(({ kind, visit, day, hour }): CourseChange => ({ kind, visit, to: `${dayOfNumber(dayNumber(earliest) + day)}T${hour}` })),
    fc.record({ kind: fc.constant('absence' as const), person: fc.constantFrom('ana', 'mia', 'ben'), day: fc.integer({ min: 0, max: 11 }), length: fc.integer({ min: 1, max: 3 }) }).map(({ kind, person, day, length }): CourseChange => {
      const dayNo = dayNumber(earliest) + day
      return { kind, person, startsAt: `${dayOfNumber(dayNo)}T08:00:00.000Z`, endsAt: `${dayOfNumber(dayNo + length)}T08:00:00.000Z` }
    }),
  )
  /** What the change leaves of the calendars, for the search of every plan. */
  const changedBy = (plan: PlanRequest, change: CourseChange): PlanRequest => (change.kind === 'absence' ? { ...plan, people: plan.people.map((one) => (one.id === change.person ? { ...one, busy: [...one.busy, change] } : one)) } : plan)
  const isAsked = (visit: PlannedVisit, change: CourseChange) => change.kind === 'move' && change.visit === visit.visit

  test('a repair gives no more visits another time than the best there is, and a refusal means that there is none', () => {
    const seen = { repaired: 0, untouched: 0, refused: 0, 'visits moved besides': 0 }
    fc.assert(
      fc.property(asked, changes, (free, change) => {
        const first = planCourse(free)
        if ('impossible' in first) return
        const { visits: standing } = first.proposals[0]
        const plan = taken(free, standing)
        const done = repair(plan, standing, change)
        const others = (visits: readonly PlannedVisit[]) => visits.filter((visit) => !isAsked(visit, change) && standing.some((one) => one.visit === visit.visit && one.startsAt !== visit.startsAt)).length
        const moved = done.ok ? others(done.value.visits) : Infinity
        let fewest = Infinity
        everyPlan(changedBy(plan, change), (visits, next) => others([...visits, next]) < Math.min(moved, fewest) && (!isAsked(next, change) || (change.kind === 'move' && next.localStart === change.to)), (visits) => { fewest = others(visits) })
        expect(fewest).toBe(Infinity)
        if (!done.ok) seen.refused += 1
        else if (done.value.changes.length === 0) seen.untouched += 1
        else seen.repaired += 1
        if (!done.ok) return
        seen['visits moved besides'] += moved
        expect(violations({ visits: done.value.visits }, changedBy(plan, change))).toEqual([])
      }),
      { ...smallRuns, numRuns: smallRuns.numRuns * 4 },
    )
    tell(seen)
    expect(Math.min(seen.repaired, seen.refused, seen['visits moved besides'])).toBeGreaterThan(1)
  })
})
