import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownMoveDefaults } from '../../knowledge/moving.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { mia, mondayThursday, requestFor, taken } from './fixtures.ts'
import { noticeEnds, ownMove, ownMoveRules, type OwnMoveRules } from './own-move.ts'
import { nearest, nearestSlots, ownSlots } from './own-slots.ts'
import { planCourse } from './plan.ts'
import { repair } from './repair.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'

const now = '2026-02-02T17:00:00.000Z'
const at = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString()
const rules = (some: Partial<OwnMoveRules> = {}): OwnMoveRules => ({ ...ownMoveDefaults, way: 'themselves', wayOfGated: 'asked', noticeHours: 48, ...some })

describe('what she may do about the time of a visit', () => {
  test.each<[string, Parameters<typeof ownMove>[0]['type'], number, OwnMoveRules, string]>([
    ['talk, with enough notice', 'integration', 49, rules(), 'themselves'], ['at the very hour the notice ends', 'integration', 48, rules(), 'themselves'], ['an hour inside it', 'integration', 47, rules(), 'too-late'],
    ['a dose', 'medicine', 49, rules(), 'asked'], ['maintenance', 'maintenance', 49, rules(), 'asked'], ['the clearance', 'medical-clearance', 49, rules(), 'asked'], ['a dose inside the notice', 'medicine', 47, rules(), 'too-late'],
    ['where the desk says yes first', 'integration', 49, rules({ way: 'asked' }), 'asked'], ['where the practice moves itself', 'integration', 49, rules({ way: 'not' }), 'by-the-practice'], ['doses only the practice', 'medicine', 49, rules({ wayOfGated: 'not' }), 'by-the-practice'],
    ['no notice asked', 'integration', 1, rules({ noticeHours: 0 }), 'themselves'], ['begun', 'integration', 0, rules({ noticeHours: 0 }), 'over'], ['over', 'integration', -3, rules(), 'over'],
  ])('%s', (_, type, hours, given, expected) => {
    const may = ownMove({ type, startsAt: at(hours) }, given, now)
    expect(may.how === 'not' ? may.why : may.how).toBe(expected)
  })

  test.each<[string, Record<string, unknown>, Partial<OwnMoveRules>]>([
    ['nothing said', {}, {}], ['all of it', { ownMoves: 'not', ownMovesGated: 'not', ownMoveNoticeHours: '24' }, { way: 'not', wayOfGated: 'not', noticeHours: 24 }], ['none at all', { ownMoveNoticeHours: '0' }, { noticeHours: 0 }],
    ['what cannot be read', { ownMoves: 'perhaps', ownMovesGated: 7, ownMoveNoticeHours: 'soon' }, {}], ['an empty field', { ownMoveNoticeHours: '' }, {}], ['less than none', { ownMoveNoticeHours: '-1' }, {}], ['half an hour', { ownMoveNoticeHours: '0.5' }, {}], ['a year', { ownMoveNoticeHours: '8760' }, {}],
  ])('the settings: %s', (_, settings, expected) => expect(ownMoveRules(settings, ownMoveDefaults)).toEqual({ ...ownMoveDefaults, ...expected }))
})

const request = requestFor(protocols['solo-six'])()
const booked = ((): readonly PlannedVisit[] => {
  const found = planCourse({ ...request, wishes: { ...request.wishes, when: [mondayThursday] } })
  if ('impossible' in found) throw new Error(JSON.stringify(found))
  return found.proposals[0].visits
})()
const visit = (id: string) => booked.find((one) => one.visit === id)!
/** All that stands, as the server asks: every visit fixed, and the calendars without the one that moves. */
const around = (moved: PlannedVisit, plan: PlanRequest = request): PlanRequest =>
  ({ ...taken(plan, booked.filter((one) => one !== moved)), fixed: booked.map(({ visit, type, number, startsAt, endsAt }) => ({ visit, type, number, startsAt, endsAt, state: 'booked' as const })) })
const slots = (id: string, plan?: PlanRequest, notBefore = noticeEnds(rules(), now)) => ownSlots(around(visit(id), plan), visit(id), notBefore)
const others = (id: string) => booked.filter((one) => one.visit !== id)

describe('where one visit may go while nothing else moves', () => {
  test('each offered time keeps every rule of the course, with the same people', () => {
    fc.assert(fc.property(fc.constantFrom(...booked.map((one) => one.visit)), fc.nat(), (id, pick) => {
      const offered = slots(id)
      if (offered.length === 0) return
      const slot = offered[pick % offered.length]!
      expect(violations({ visits: [...others(id), slot] }, taken(request, others(id)))).toEqual([])
      expect([slot.people.map(({ person }) => person).toSorted(), slot.online, slot.startsAt === visit(id).startsAt]).toEqual([visit(id).people.map(({ person }) => person).toSorted(), visit(id).online, false])
    }), { numRuns: 25, seed: 5 })
  })

  test('what the repair does with nothing else moving is offered, and what it cannot is not', () => {
    const times = ['2026-03-09T09:30', '2026-03-09T13:00', '2026-03-10T09:00', '2026-03-08T09:00', '2026-03-11T09:00', '2026-03-09T19:00']
    const answers = times.map((to) => {
      const done = repair(taken(request, booked), booked, { kind: 'move', visit: 'medicine-3', to })
      return done.ok && done.value.changes.length === 1
    })
    expect(answers).toContain(true)
    expect(answers).toContain(false)
    expect(times.map((to) => slots('medicine-3').some(({ localStart }) => localStart === to))).toEqual(answers)
  })

  test('hours between doses are hours and not days', () => {
    const doses = { ...taken(request, others('medicine-5').filter(({ type }) => type === 'medicine')), fixed: around(visit('medicine-5')).fixed.filter(({ type }) => type === 'medicine') }
    const on = (day: string) => ownSlots(doses, visit('medicine-5'), now).filter((slot) => slot.day === day).map(({ localStart }) => localStart.slice(11))
    // The sixth dose stands on Thursday the 19th at 09:00, and 48 hours lie between two.
    expect(on('2026-03-17')).toEqual(['09:00'])
    expect(on('2026-03-16')).toContain('13:00')
  })

  test('nothing before the notice ends', () => {
    const [first] = slots('preparation-2')
    const later = new Date(Date.parse(first!.startsAt) + 60_000).toISOString()
    expect(slots('preparation-2', undefined, later).map(({ startsAt }) => startsAt)).not.toContain(first!.startsAt)
    expect(slots('preparation-2', undefined, first!.startsAt)[0]).toEqual(first)
  })

  test('somebody of the team who is away is not replaced', () => {
    const away = { from: '2026-02-01', to: '2026-12-31' }
    const gone = (id: string) => ({ ...request, people: request.people.map((one) => (one.id === id ? { ...one, away: [away] } : one)) })
    const second = visit('medicine-3').people.find(({ role }) => role === 'monitor')!
    expect([second.person, slots('medicine-3').length > 0]).toEqual([mia.id, true])
    expect(slots('medicine-3', gone(second.person))).toEqual([])
    expect(slots('medicine-3', gone('rosa'))).toEqual([])
  })

  test('what the practice cannot place, and a kind of visit the course does not hold, has nowhere to go', () => {
    expect(slots('integration-2', { ...request, closed: [{ from: '2026-01-01', to: '2027-12-31' }] })).toEqual([])
    expect(ownSlots(request, { ...visit('integration-2'), type: 'maintenance', number: 1 }, now)).toEqual([])
  })
})

describe('the choice on a small screen', () => {
  const hours = (day: number) => ([2, 4, 9, 10, 30].includes(day) ? [9, 10, 11, 12, 13].map((hour) => `${day}, ${hour}:00`) : [])
  const month = Array.from({ length: 31 }, (_, i) => i + 1)

  test('a few hours of the nearest days, in the order in which they come, and days farther off are not looked at', () => {
    const asked: number[] = []
    const shown = nearest(month, (day) => (asked.push(day), hours(day)), 9, { days: 3, perDay: 3 })
    expect(shown).toEqual([4, 9, 10].flatMap((day) => [9, 11, 13].map((hour) => `${day}, ${hour}:00`)))
    expect(asked).toEqual([9, 8, 10, 7, 11, 6, 12, 5, 13, 4])
  })

  test('of two days as near the earlier, fewer where there are no more, and none where there is none', () => {
    expect(nearest([1, 3], (day) => [day], 2, { days: 1, perDay: 3 })).toEqual([1])
    expect(nearest(month, hours, 20, { days: 9, perDay: 1 })).toEqual([2, 4, 9, 10, 30].map((day) => `${day}, 9:00`))
    expect(nearest([], hours, 9, { days: 3, perDay: 3 })).toEqual([])
  })

  test.each(booked.map((one) => one.visit))('of %s it holds nothing but what is free, and all of it where nothing is left out', (id) => {
    const plan = around(visit(id))
    const all = ownSlots(plan, visit(id), now)
    const shown = nearestSlots(plan, visit(id), now, { days: 2, perDay: 2 })
    expect(all).toEqual(expect.arrayContaining([...shown]))
    expect(new Set(shown.map(({ day }) => day)).size).toBe(Math.min(2, new Set(all.map(({ day }) => day)).size))
    expect(nearestSlots(plan, visit(id), now, { days: 400, perDay: 400 })).toEqual(all)
    // From calendars that were read for a few days around it, the same or nothing.
    for (const read of [0, 1, 2, 5, 200]) expect([undefined, shown]).toContainEqual(nearestSlots(plan, visit(id), now, { days: 2, perDay: 2 }, read))
    expect(nearestSlots(plan, visit(id), now, { days: 2, perDay: 2 }, 200)).toEqual(shown)
  })

  test('where the calendars that were read do not reach far enough, nothing is answered', () => {
    const [plan, moved] = [around(visit('preparation-2')), visit('preparation-2')]
    expect(new Set(ownSlots(plan, moved, now).map(({ day }) => day)).size).toBeGreaterThan(1)
    expect(nearestSlots(plan, moved, now, { days: 400, perDay: 1 }, 0)).toBeUndefined()
  })
})
