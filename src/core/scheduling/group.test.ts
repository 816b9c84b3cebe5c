import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { ana, ben, hours, mia, requestFor, roomOne, roomTwo, rosa, taken } from './fixtures.ts'
import { planTogether, requestOfMember, type Member, type Together } from './group.ts'
import { staffedFor } from './group-staff.ts'
import type { FixedVisit, PlanRequest, Weekday } from './request.ts'
import { dayNumber, dayOfNumber } from './zone.ts'

const base = requestFor(protocols['solo-six'])
const wide = { ...roomOne, capacity: 6 }
const max = { ...mia, id: 'max', name: 'Max Brandt' }
const people = [ana, ben, mia, max, rosa]
const request = (changes: Partial<PlanRequest> = {}) => base({ people, rooms: [wide, { ...roomTwo, capacity: 6 }], ...changes })
const member = (id: string, changes: Partial<PlanRequest> = {}): Member => ({ id, name: id, request: request(changes) })
const pair = (...members: Member[]): Together => ({ members, types: ['medicine', 'integration'], therapists: ['ana'], rows: { patientsPerMonitor: { value: 1 } } })

function proposals(asked: Together) {
  const answer = planTogether(asked)
  if ('impossible' in answer) throw new Error(JSON.stringify(answer))
  return answer.proposals
}
const refusal = (asked: Together) => {
  const answer = planTogether(asked)
  return 'impossible' in answer ? answer.impossible : []
}
const booked = (type: FixedVisit['type'], number: number, day: string, state: FixedVisit['state'] = 'happened'): FixedVisit => ({ visit: `${type}-${number}-${day}`, type, number, startsAt: `${day}T18:00:00.000Z`, endsAt: `${day}T19:00:00.000Z`, state })
const prepared = (from: string) => ['intake', 'preparation', 'preparation', 'preparation'].map((type, i) => booked(type as 'intake', type === 'intake' ? 1 : i, dayOfNumber(dayNumber(from) + i * 7)))
const signed = { state: 'signed' as const, validUntil: '2026-07-31' }

describe('several patients together', () => {
  test('each visit once, nobody’s rule broken, and room for what each still has alone', () => {
    const asked = pair(member('ada', { fixed: prepared('2025-12-15'), clearance: signed }), member('bea'))
    for (const { visits, alone } of proposals(asked)) {
      expect(visits.map(({ type, number }) => `${type} ${number}`).toSorted()).toEqual([1, 2, 3, 4, 5, 6].flatMap((n) => [`integration ${n}`, `medicine ${n}`]).toSorted())
      for (const one of asked.members) expect(violations({ visits }, requestOfMember(asked, one)).filter(({ code }) => code !== 'missing')).toEqual([])
      expect(alone.map(({ visits: count }) => count)).toEqual([4, 9])
    }
  })
  test.each([[1, 2, 2], [2, 2, 1], [2, 3, 2], [4, 5, 2]])('with one monitor for %i patients, %i patients have %i', (perMonitor, patients, monitors) => {
    const { phases } = staffedFor(protocols['solo-six'], { patients, ownTherapists: 1, types: ['medicine', 'integration'] }, { patientsPerMonitor: { value: perMonitor } })
    const staff = (type: string) => phases.find((phase) => phase.type === type)!.staff
    expect(staff('medicine')).toEqual([{ role: 'therapist', count: 1 }, { role: 'monitor', count: monitors }])
    expect(staff('integration')).toEqual([{ role: 'therapist', count: 1 }])
  })
  test('a course whose row asks for two therapists keeps them, and monitors come on top', () => {
    const { phases } = staffedFor(protocols['group-maintenance'], { patients: 3, ownTherapists: 1, types: ['medicine'] }, { patientsPerMonitor: { value: 3 } })
    expect(phases.find(({ type }) => type === 'medicine')!.staff).toEqual([...protocols['group-maintenance'].phases.find(({ type }) => type === 'medicine')!.staff, { role: 'monitor', count: 1 }])
  })
  test('two therapists of their own are both there', () => {
    const asked = { ...pair(member('ada'), member('bea', { therapist: 'ben' })), therapists: ['ana', 'ben'] }
    for (const { visits } of proposals(asked)) for (const { people: there } of visits) expect(there.filter(({ role }) => role === 'therapist').map(({ person }) => person).toSorted()).toEqual(['ana', 'ben'])
  })
})

test('a room that holds one is enough where what they have together is online', () => {
  const small = { rooms: [roomOne, roomTwo], wishes: { when: [], blackout: [], online: ['preparation'] as const } }
  const asked = { ...pair(member('ada', small as Partial<PlanRequest>), member('bea', small as Partial<PlanRequest>)), types: ['preparation'] as const }
  expect(proposals(asked)[0]!.visits.map(({ type, online }) => [type, online])).toEqual([1, 2, 3].map(() => ['preparation', true]))
})

test('what is still to come before a visit together is kept room for, and not missed as a gap', () => {
  const intake = (day: string) => [booked('intake', 1, day)]
  const asked = pair(member('ada', { fixed: intake('2026-01-26') }), member('bea', { fixed: intake('2026-01-28') }))
  for (const { visits, alone } of proposals(asked)) {
    expect(visits).toHaveLength(12)
    expect(alone.map(({ visits: count }) => count)).toEqual([8, 8])
  }
})

describe('refused, and whose reason it is', () => {
  test.each<[string, () => Together, string, string | undefined]>([
    ['one patient alone', () => pair(member('ada')), 'too-few-members', undefined],
    ['another course', () => pair(member('ada'), member('bea', { protocol: protocols['group-maintenance'] })), 'other-course', 'bea'],
    ['a therapist who does not lead', () => pair(member('ada'), member('bea', { therapist: 'ben' })), 'own-therapist', 'bea'],
    ['somebody who is further along', () => pair(member('ada', { fixed: [...prepared('2025-12-01'), booked('medicine', 1, '2026-01-20')], clearance: signed }), member('bea')), 'further-along', 'ada'],
    ['a room that holds one', () => pair(member('ada', { rooms: [roomOne, roomTwo] }), member('bea', { rooms: [roomOne, roomTwo] })), 'room-too-small', undefined],
    ['too few monitors', () => pair(member('ada', { people: [ana, mia, rosa] }), member('bea', { people: [ana, mia, rosa] })), 'too-few-people', undefined],
    ['nothing chosen', () => ({ ...pair(member('ada'), member('bea')), types: [] }), 'no-such-visit', undefined],
    ['a clearance that ends too soon', () => pair(member('ada'), member('bea'), member('cleo', { fixed: prepared('2026-01-05'), clearance: { state: 'signed', validUntil: '2026-02-10' } })), 'without', 'cleo'],
    ['somebody whose preparation was long enough ago', () => pair(member('ada', { fixed: prepared('2026-01-05'), clearance: signed }), member('bea')), 'longer-gaps', 'ada'],
    ['hours that never meet', () => pair(member('ada', { wishes: { when: [{ to: '12:30', strength: 'must' }], blackout: [], online: [] } }), member('bea', { wishes: { when: [{ from: '13:00', strength: 'must' }], blackout: [], online: [] } })), 'wishes', 'ada'],
  ])('%s', (_, asked, code, whose) => {
    const found = refusal(asked()).find((one) => one.code === code)
    expect([found?.code, found?.member], JSON.stringify(refusal(asked()))).toEqual([code, whose])
  })
  test('a dose that somebody had before this course keeps all of them away long enough', () => {
    const asked = pair(member('ada', { fixed: prepared('2026-01-05'), clearance: signed, earlierDoses: ['2026-02-02T18:00:00.000Z'] }), member('bea', { fixed: prepared('2026-01-05'), clearance: signed }))
    const [{ visits }] = proposals(asked)
    const first = visits.find(({ type }) => type === 'medicine')!
    expect(Date.parse(first.startsAt) - Date.parse('2026-02-02T18:00:00.000Z')).toBeGreaterThanOrEqual(protocols['solo-six'].spacing.minHoursBetweenDoses * 3_600_000)
  })
})

const weekdays = fc.subarray([1, 2, 3, 4, 5] as Weekday[], { minLength: 3 })
const who = fc.record({
  ready: fc.boolean(), wish: fc.option(fc.record({ weekdays, from: fc.constantFrom('08:00', '09:00', '10:00'), to: fc.constantFrom('16:00', '18:00'), strength: fc.constantFrom('must' as const, 'rather' as const) }), { nil: undefined }),
  blackout: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }), dose: fc.boolean(), until: fc.option(fc.integer({ min: 30, max: 120 }), { nil: undefined }),
})
const busyAt = fc.array(fc.record({ day: fc.integer({ min: 0, max: 40 }), hour: fc.integer({ min: 16, max: 22 }) }), { maxLength: 8 }).map((rows) => rows.map(({ day, hour }) => ({ startsAt: `${dayOfNumber(dayNumber('2026-02-02') + day)}T${hour}:00:00.000Z`, endsAt: `${dayOfNumber(dayNumber('2026-02-02') + day)}T${hour + 1}:00:00.000Z` })))

test('no plan together breaks any rule of any member, as the independent check sees it', { timeout: 60_000 }, () => {
  const seen = { planned: 0, refused: 0 }
  fc.assert(fc.property(fc.array(who, { minLength: 2, maxLength: 3 }), busyAt, busyAt, fc.constantFrom(1, 2), fc.constantFrom<Together['types']>(['medicine', 'integration'], ['medicine'], ['preparation'], ['integration', 'follow-up']), (rows, anas, rooms, perMonitor, types) => {
    const staff = [{ ...ana, busy: anas, buffers: [{ type: 'medicine' as const, beforeMin: 0, afterMin: 30 }] }, { ...ben, hours: hours('08:00', '20:00') }, mia, max, rosa]
    const members = rows.map(({ ready, wish, blackout, dose, until }, i) => member(`m${i}`, {
      stepMin: 60, people: staff, rooms: [{ ...wide, busy: rooms, turnoverMin: 15 }], fixed: ready ? prepared('2025-12-15') : [], clearance: ready ? { state: 'signed', ...(until ? { validUntil: dayOfNumber(dayNumber('2026-02-02') + until) } : {}) } : { state: 'needed' },
      earlierDoses: dose ? ['2026-01-30T18:00:00.000Z'] : [], wishes: { when: wish ? [wish] : [], blackout: blackout.map((day) => dayOfNumber(dayNumber('2026-02-02') + day)), online: [] },
    }))
    const asked: Together = { members, types, therapists: ['ana'], rows: { patientsPerMonitor: { value: perMonitor } } }
    const answer = planTogether(asked)
    if ('impossible' in answer) {
      seen.refused += 1
      expect(answer.impossible.length).toBeGreaterThan(0)
      return
    }
    seen.planned += 1
    for (const { visits } of answer.proposals) for (const one of members) {
      expect(violations({ visits }, requestOfMember(asked, one)).filter(({ code }) => code !== 'missing')).toEqual([])
      expect(visits.every((visit) => visit.people.filter(({ role }) => role === 'monitor').length >= (visit.type === 'medicine' ? Math.ceil(rows.length / perMonitor) : 0))).toBe(true)
    }
  }), { numRuns: 10, seed: 20_261_123 })
  expect(seen.planned).toBeGreaterThan(2)
})

test('what is taken together is taken for everybody after it', () => {
  const asked = pair(member('ada'), member('bea'))
  const [{ visits }] = proposals(asked)
  const busy = taken(request(), visits)
  expect(violations({ visits }, { ...busy, protocol: requestOfMember(asked, asked.members[0]!).protocol, patients: 2, people: busy.people.map((person) => ({ ...person, busy: person.busy.map(({ visit: _visit, ...row }) => row) })) }).some(({ code }) => code === 'busy')).toBe(true)
})
