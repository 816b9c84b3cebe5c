import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { moveViolations } from './check-move.ts'
import { bookedOn, requestFor, taken } from './fixtures.ts'
import { placesOf } from './places.ts'
import { repair } from './repair.ts'
import type { FixedVisit, PersonCalendar, PlannedVisit, PlanRequest } from './request.ts'
import { dayNumber, dayOfNumber, showClock } from './zone.ts'

const free = requestFor(protocols['solo-six'])()
const whole = bookedOn(free)
const later = (day: string, days: number) => dayOfNumber(dayNumber(day) + days)

/** A course as a chart may hold it: some visits took place, some were never booked, the intake longer ago than it should be. */
interface Held {
  readonly request: PlanRequest
  readonly booked: readonly PlannedVisit[]
}
function held(happened: number, dropped: readonly number[], intakeDaysEarlier: number, people: (all: readonly PersonCalendar[]) => readonly PersonCalendar[]): Held {
  const since = whole.slice(0, happened).map((visit): FixedVisit => ({ visit: visit.visit, type: visit.type, number: visit.number, startsAt: visit.startsAt, endsAt: visit.endsAt, state: 'happened' }))
  const back = (at: string) => new Date(Date.parse(at) - intakeDaysEarlier * 86_400_000).toISOString()
  const fixed = since.map((visit) => (visit.type === 'intake' ? { ...visit, startsAt: back(visit.startsAt), endsAt: back(visit.endsAt) } : visit))
  const booked = whole.slice(happened).filter((_, i) => !dropped.includes(i))
  const earliest = happened === 0 ? free.earliest : later(whole[happened - 1]!.day, 1 - intakeDaysEarlier < 1 && happened === 1 ? 1 - intakeDaysEarlier : 1)
  const request = { ...taken({ ...free, earliest, fixed }, booked.filter(({ day }) => day >= earliest)), fixed }
  return { request: { ...request, people: people(request.people) }, booked: booked.filter(({ day }) => day >= earliest) }
}
const asMoved = ({ booked }: Held, visits: readonly PlannedVisit[]) => booked.map((one) => visits.find(({ visit }) => visit === one.visit) ?? one)

const asks = process.env['PLAN_RUNS']
const runs = (usual: number) => ({ numRuns: Number(asks ?? usual), seed: Number(process.env['PLAN_SEED'] ?? 20_261_123) })

describe('what is offered is taken', { timeout: 60_000 + 2_000 * runs(0).numRuns }, () => {
  const helds = fc.record({
    happened: fc.integer({ min: 1, max: 8 }), dropped: fc.subarray([0, 1, 2, 4, 5, 9], { maxLength: 3 }), earlier: fc.constantFrom(0, 0, 10, 25),
    away: fc.option(fc.tuple(fc.constantFrom('ana', 'mia', 'rosa'), fc.integer({ min: 0, max: 40 })), { nil: undefined }),
  }).map(({ happened, dropped, earlier, away }) => held(happened, dropped, earlier, (all) => all.map((person) => (person.id === away?.[0] ? { ...person, away: [{ from: later(free.earliest, away[1]), to: later(free.earliest, away[1] + 3) }] } : person))))
  const asked = fc.record({ which: fc.integer({ min: 0, max: 30 }), at: fc.option(fc.tuple(fc.integer({ min: -6, max: 10 }), fc.integer({ min: 18, max: 32 })), { nil: undefined }) })

  test('every move that a repair offers, whatever stood broken before', () => {
    const seen = { offered: 0, others: 0, late: 0 }
    fc.assert(fc.property(helds, asked, (one, { which, at }) => {
      const visit = one.booked[which % one.booked.length]!
      const found = repair(one.request, one.booked, { kind: 'move', visit: visit.visit, ...(at ? { to: `${later(visit.day, at[0])}T${showClock(at[1] * 30)}` } : {}) })
      if (!found.ok) return
      seen.offered += 1
      seen.others += found.value.changes.length > 1 ? 1 : 0
      seen.late += moveViolations([], one.booked, one.request).length > 0 ? 1 : 0
      expect(moveViolations(one.booked, asMoved(one, found.value.visits), one.request)).toEqual([])
    }), runs(16))
    expect(Math.min(seen.offered, seen.others, seen.late)).toBeGreaterThan(1)
  })

  test('two integrations whose medicine session between them is not booked keep apart', () => {
    const one = held(3, [whole.slice(3).findIndex(({ visit }) => visit === 'medicine-2')], 0, (all) => all)
    const moved = repair(one.request, one.booked, { kind: 'move', visit: 'medicine-1', to: `${later(one.booked.find(({ visit }) => visit === 'medicine-1')!.day, 3)}T09:00` })
    const visits = moved.ok ? moved.value.visits : []
    const [first, second] = ['integration-1', 'integration-2'].map((id) => visits.find(({ visit }) => visit === id)!)
    expect([first!.day === second!.day, first!.endsAt <= second!.startsAt]).toEqual([true, true])
    expect(moveViolations(one.booked, asMoved(one, visits), one.request)).toEqual([])
  })

  test('every place at which a visit can stand while the others stay', () => {
    let seen = 0
    fc.assert(fc.property(helds, fc.integer({ min: 0, max: 30 }), (one, which) => {
      const visit = one.booked[which % one.booked.length]!
      const places = placesOf(one.request, one.booked, visit.visit, visit.day, visit.day)
      for (const { to } of places.ok ? places.value.flatMap((day) => day.free.filter(({ alone }) => alone)) : []) {
        seen += 1
        expect(moveViolations(one.booked, asMoved(one, [to]), one.request)).toEqual([])
      }
    }), runs(3))
    expect(seen).toBeGreaterThan(5)
  })
})

describe('what a move itself breaks is refused', () => {
  const stands = held(1, [], 25, (all) => all)
  const moved = (visit: string, change: Partial<PlannedVisit>) => moveViolations(stands.booked, stands.booked.map((one) => (one.visit === visit ? { ...one, ...change } : one)), stands.request).map(({ code }) => code)

  test('the intake lies longer ago than the longest gap, and nothing else has to wait for that', () => {
    expect(moveViolations([], stands.booked, stands.request).map(({ code }) => code)).toContain('gap')
    expect(moved('preparation-1', {})).toEqual([])
  })
  test('a dose on the day of another visit, an hour without its people', () => {
    const integration = whole.find(({ visit }) => visit === 'integration-1')!
    expect(moved('medicine-1', { day: integration.day, localStart: integration.localStart, startsAt: integration.startsAt, endsAt: integration.endsAt })).not.toEqual([])
    expect(moved('integration-1', { people: [] })).toContain('staff')
  })
})
