import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { asBooked, asPlanned, extraRequest, planExtra, type ExtraVisit } from './extra-visit.ts'
import { ana, ben, hours, mia, requestFor, roomOne, roomTwo, rosa } from './fixtures.ts'
import type { Busy, FixedVisit, PlanRequest, Weekday } from './request.ts'
import { dayNumber, dayOfNumber } from './zone.ts'

const solo = protocols['solo-six']
const today = '2026-05-04'
const day = (n: number) => dayOfNumber(dayNumber(today) + n)
const at = (n: number, clock = '17:00') => `${day(n)}T${clock}:00.000Z`
const held = (type: FixedVisit['type'], number: number, n: number): FixedVisit => ({ visit: `${type} ${number}`, type, number, startsAt: at(n), endsAt: at(n, '18:00'), state: n < 0 ? 'happened' : 'booked' })
/** Six sessions that were held, each integrated, and a follow-up still to come. */
const course = (lastDose: number): FixedVisit[] => [held('medical-clearance', 1, -60), ...[1, 2, 3, 4, 5, 6].flatMap((number) => [held('medicine', number, lastDose - (6 - number) * 3), held('integration', number, lastDose - (6 - number) * 3 + 1)]), held('follow-up', 4, 9)]
const asked = (changes: Partial<PlanRequest> = {}): PlanRequest => requestFor(solo)({ earliest: day(1), latest: day(151), fixed: course(-20), clearance: { state: 'signed', validUntil: day(60) }, ...changes })
const extra = (changes: Partial<ExtraVisit> = {}): ExtraVisit => ({ type: 'maintenance', from: day(1), to: day(15), review: true, preparation: false, notBefore: null, ...changes })
const placed = (request: PlanRequest, what = extra()) => { const answer = planExtra(request, what); if ('impossible' in answer) throw new Error(JSON.stringify(answer.impossible)); return answer }
const kinds = (request: PlanRequest, what = extra()) => placed(request, what).proposals[0].visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1)).map(({ type }) => type)
const says = (request: PlanRequest, what = extra()) => { const answer = planExtra(request, what); return 'impossible' in answer ? [...answer.impossible, ...answer.wouldHelp].map((one) => one.says).join(' ') : 'placed' }

describe('what belongs to a further session', () => {
  test.each([
    ['talked over, held, integrated', asked(), extra(), ['consult', 'medicine', 'integration']],
    ['maintenance asks for no talk', asked(), extra({ review: false }), ['medicine', 'integration']],
    ['a safety plan to make again', asked(), extra({ review: false, preparation: true }), ['preparation', 'medicine', 'integration']],
    ['no clearance: whoever signs it talks it over', asked({ clearance: { state: 'needed' } }), extra(), ['medical-clearance', 'medicine', 'integration']],
    ['a clearance that ended before', asked({ clearance: { state: 'signed', validUntil: day(0) } }), extra(), ['medical-clearance', 'medicine', 'integration']],
    ['one that ends before anything fits', asked({ clearance: { state: 'signed', validUntil: day(1) } }), extra(), ['medical-clearance', 'medicine', 'integration']],
    ['the talk alone', asked(), extra({ type: 'consult' }), ['consult']], ['an integration visit alone', asked(), extra({ type: 'integration' }), ['preparation']],
    ['a course without a visit of its own for it', asked({ protocol: { ...solo, phases: solo.phases.filter(({ type }) => type !== 'maintenance') } }), extra({ review: false }), ['medicine', 'integration']],
  ] satisfies [string, PlanRequest, ExtraVisit, string[]][])('%s', (_, request, what, visits) => expect(kinds(request, what)).toEqual(visits))

  test('it is booked under its own kind, and read back as it was planned', () => {
    for (const what of [extra(), extra({ type: 'integration' })]) {
      const { proposals: [{ visits }] } = placed(asked(), what)
      const booked = asBooked(what, visits, () => 7)
      expect(booked.map(({ type, number }) => `${type} ${number}`)).toEqual(what.type === 'integration' ? ['integration 7'] : ['consult 7', 'maintenance 7', 'integration 7'])
      expect(asPlanned(what, booked)).toEqual(visits)
    }
  })

  test('the reasons speak of one session and not of a course', () => {
    expect(says(asked({ rooms: [roomTwo] }))).toBe('No room here has a recliner.')
    expect(says(asked({ people: [ana, rosa] }))).toContain('The further session needs therapist and monitor')
    expect(says(asked({ earlierDoses: [at(15)] }))).toMatch(/The further session|no day is left for the further session/i)
    expect(says(asked({ people: [ana, ben, mia, { ...rosa, away: [{ from: day(0), to: day(30) }] }] }))).toContain('The talk with the prescriber finds no place')
    expect(says(asked({ clearance: { state: 'signed', validUntil: day(1) } }))).toBe('placed')
    expect(placed(asked()).proposals[0].says).toMatch(/^The soonest: the session is on /)
    expect(placed(asked({ clearance: { state: 'signed', validUntil: day(1) } })).proposals[0].notes[0]).toContain('it is signed anew first')
  })
})

const weekdays = fc.subarray([1, 2, 3, 4, 5, 6] as Weekday[], { minLength: 2 })
const busy = fc.array(fc.record({ day: fc.integer({ min: 0, max: 25 }), hour: fc.integer({ min: 15, max: 23 }), length: fc.integer({ min: 1, max: 6 }) }), { maxLength: 12 }).map((rows) => rows.map(({ day: n, hour, length }): Busy => ({ startsAt: at(n, `${hour}:00`), endsAt: new Date(Date.parse(at(n, `${hour}:00`)) + length * 1_800_000).toISOString() })))
const person = (one: PlanRequest['people'][number]) => fc.tuple(weekdays, busy, fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined })).map(([days, taken, off]) => ({ ...one, hours: hours('08:00', '18:00', days), busy: taken, ...(off === undefined ? {} : { away: [{ from: day(off), to: day(off + 3) }] }) }))
const situations = fc.record({
  protocol: fc.constantFrom(solo, protocols['group-maintenance'], protocols['openkap-default']), people: fc.tuple(person(ana), person(ben), person(mia), person(rosa)), room: busy, lastDose: fc.integer({ min: -40, max: -1 }), from: fc.integer({ min: 1, max: 6 }), days: fc.integer({ min: 1, max: 14 }),
  notBefore: fc.option(fc.integer({ min: 0, max: 10 }), { nil: null }), review: fc.boolean(), preparation: fc.boolean(), booked: fc.option(fc.integer({ min: 1, max: 12 }), { nil: undefined }),
  clearance: fc.oneof(fc.constant({ state: 'needed' } as const), fc.integer({ min: -5, max: 30 }).map((n) => ({ state: 'signed', validUntil: day(n) }) as const)),
})

test('every place keeps every rule as the independent check sees it, and the window, the gap, two people and what follows by plain counting', { timeout: 60_000 }, () => {
  const seen = { placed: 0, none: 0 }
  fc.assert(fc.property(situations, ({ protocol, people, room, lastDose, from, days, notBefore, review, preparation, booked, clearance }) => {
    const fixed = [...course(lastDose), ...(booked === undefined ? [] : [held('therapy', 1, booked)])]
    const request = asked({ protocol, people, rooms: [{ ...roomOne, busy: room }, roomTwo], fixed, clearance })
    const what = extra({ from: day(from), to: day(from + days), review, preparation, notBefore: notBefore === null ? null : at(notBefore) })
    const answer = planExtra(request, what)
    if ('impossible' in answer) {
      seen.none += 1
      expect(answer.impossible.length).toBeGreaterThan(0)
      return
    }
    seen.placed += 1
    expect(answer.proposals.length).toBeLessThanOrEqual(3)
    for (const proposal of answer.proposals) {
      expect(violations(proposal, answer.request)).toEqual([])
      const session = proposal.visits.find(({ type }) => type === 'medicine')!
      const after = proposal.visits.find(({ type }) => type === 'integration')!
      const gap = protocol.phases.find(({ type }) => type === 'medicine')?.gapDays?.min ?? 0
      expect([session.day >= what.from, session.day <= what.to, notBefore === null || session.day > day(notBefore), session.people.length >= 2, new Set(session.people.map((one) => one.person)).size === session.people.length, session.onCall?.person === 'rosa', session.room?.id === 'room-1']).toEqual(Array.from({ length: 7 }, () => true))
      expect(Date.parse(session.startsAt) - Date.parse(at(lastDose))).toBeGreaterThanOrEqual(protocol.spacing.minHoursBetweenDoses * 3_600_000)
      expect(dayNumber(session.day) - (dayNumber(today) + lastDose)).toBeGreaterThanOrEqual(gap)
      expect(dayNumber(after.day) - dayNumber(session.day)).toBeGreaterThanOrEqual(1)
      expect(dayNumber(after.day) - dayNumber(session.day)).toBeLessThanOrEqual(protocol.integration.withinDays)
      const clears = proposal.visits.find(({ type }) => type === 'medical-clearance')
      expect(clears ? clears.day < session.day : clearance.state === 'signed' && session.day <= clearance.validUntil).toBe(true)
      expect(review && !clears ? proposal.visits.some(({ type, day: on }) => type === 'consult' && on < session.day) : true).toBe(true)
    }
  }), { numRuns: 60, seed: 20_261_123 })
  expect(Math.min(seen.placed, seen.none)).toBeGreaterThan(5)
})

test('the doses it keeps away from are those given and those booked, each once', () => {
  const { earlierDoses, fixed, medicineFrom } = extraRequest(asked({ fixed: [...course(-2), held('maintenance', 1, 3)], earlierDoses: [at(-200)] }), extra())
  expect([earlierDoses?.length, earlierDoses?.at(-1), fixed.map(({ type, number }) => `${type} ${number}`), medicineFrom]).toEqual([8, at(3), ['follow-up 0'], day(5)])
})
