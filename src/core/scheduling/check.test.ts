import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { mondayThursday, requestFor } from './fixtures.ts'
import { planCourse } from './plan.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'
import { instantOf } from './zone.ts'

const request = requestFor(protocols['solo-six'])

const plan = request({ wishes: { when: [mondayThursday], blackout: [], online: [] } })
const answer = planCourse(plan)
if ('impossible' in answer) throw new Error(JSON.stringify(answer))
const { visits } = answer.proposals[0]

const change = (visit: string, to: (one: PlannedVisit) => Partial<PlannedVisit>) => ({ visits: visits.map((one) => (one.visit === visit ? { ...one, ...to(one) } : one)) })
const moveTo = (visit: string, localStart: string) =>
  change(visit, (one) => {
    const startsAt = instantOf(localStart, plan.zone) ?? ''
    const shift = (until: string) => new Date(Date.parse(until) + Date.parse(startsAt) - Date.parse(one.startsAt)).toISOString()
    return { localStart, day: localStart.slice(0, 10), startsAt, endsAt: shift(one.endsAt), roomUntil: shift(one.roomUntil) }
  })
const codes = (proposal: { visits: readonly PlannedVisit[] }, asked: PlanRequest = plan) => [...new Set(violations(proposal, asked).map((one) => one.code))].toSorted()
const free: PlanRequest = { ...plan, wishes: { when: [], blackout: [], online: [] } }

describe('a fault planted in a sound plan is found', () => {
  test('the plan itself is sound', () => expect(codes({ visits })).toEqual([]))

  test.each<[string, { visits: readonly PlannedVisit[] }, string[]]>([
    // doses stand on 2, 5, 9, 12, 16, 19 March at 09:00, integration on the day after each
    ['less than 48 h: the second dose 1 day and 23 h later', moveTo('medicine-2', '2026-03-04T08:30'), ['dose-spacing', 'hours']],
    ['exactly 48 h is enough', moveTo('medicine-2', '2026-03-04T09:00'), []],
    ['a dose on the day after a dose, which is the day of its integration', moveTo('medicine-2', '2026-03-03T13:00'), ['dose-spacing', 'medicine-day']],
    ['integration after the next dose', moveTo('integration-1', '2026-03-06T13:00'), ['integration', 'integration-first']],
    ['integration on the day of the dose', moveTo('integration-1', '2026-03-02T14:00'), ['integration', 'medicine-day']],
    ['integration three days later', moveTo('integration-6', '2026-03-22T09:00'), ['hours']],
    ['integration four days later', moveTo('integration-6', '2026-03-23T09:00'), ['integration']],
    ['a third dose in seven days', moveTo('medicine-3', '2026-03-08T09:00'), ['doses-in-seven-days', 'hours', 'on-call']],
    ['the third dose seven days after the first', moveTo('medicine-3', '2026-03-09T10:00'), []],
    ['a preparation visit after five days', moveTo('preparation-1', '2026-02-07T09:00'), ['gap', 'hours']],
    ['a preparation visit after nine days', moveTo('preparation-1', '2026-02-11T09:00'), ['gap']],
    ['a clearance on the day of the first dose', moveTo('medical-clearance-1', '2026-03-02T14:00'), ['clearance', 'medicine-day']],
    ['a clearance before the intake', moveTo('medical-clearance-1', '2026-02-02T08:00'), ['order']],
    ['the first follow-up eleven days after the last dose', moveTo('follow-up-1', '2026-03-30T09:00'), ['follow-up']],
    ['an hour before anybody is there', moveTo('preparation-2', '2026-02-16T07:00'), ['hours']],
    ['two visits at once', moveTo('medical-clearance-1', '2026-02-02T09:30'), ['order', 'overlap', 'room']],
    ['a day before planning begins', moveTo('intake-1', '2026-01-30T09:00'), ['gap', 'outside']],
  ])('%s', (_, proposal, expected) => expect(codes(proposal, free)).toEqual(expected.toSorted()))

  test.each<[string, { visits: readonly PlannedVisit[] }, string]>([
    ['a visit forgotten', { visits: visits.slice(1) }, 'missing'],
    ['a visit twice', { visits: [...visits, ...visits.slice(0, 1)] }, 'twice'],
    ['a seventh session', { visits: [...visits, { ...(visits.find((one) => one.visit === 'medicine-6') as PlannedVisit), visit: 'medicine-7', number: 7 }] }, 'not-in-protocol'],
    ['another zone', change('intake-1', () => ({ zone: 'America/New_York' })), 'zone'],
    ['a moment that is not the hour on the wall', change('intake-1', (one) => ({ startsAt: one.endsAt })), 'wall-clock'],
    ['a shorter session', change('medicine-1', (one) => ({ endsAt: one.startsAt.replace('17:', '19:') })), 'length'],
    ['one person short', change('medicine-1', (one) => ({ people: one.people.slice(0, 1) })), 'staff'],
    ['a monitor who is none', change('medicine-1', (one) => ({ people: [...one.people.slice(0, 1), { person: 'rosa', name: 'Rosa Feld', role: 'monitor' as const }] })), 'staff'],
    ['one person in two places', change('medicine-1', (one) => ({ people: [...one.people.slice(0, 1), { person: 'ana', name: 'Ana Solano', role: 'monitor' as const }] })), 'staff'],
    ['another therapist', change('integration-1', () => ({ people: [{ person: 'ben', name: 'Ben Okafor', role: 'therapist' as const }] })), 'continuity'],
    ['a room without a recliner', change('medicine-1', () => ({ room: { id: 'room-2', name: 'Room 2' } })), 'room'],
    ['a room held too briefly', change('medicine-1', (one) => ({ roomUntil: one.endsAt })), 'room'],
    ['medicine online', change('medicine-1', () => ({ online: true })), 'place'],
    ['a fifth room for one prescriber', change('medicine-1', () => ({ onCall: { person: 'rosa', name: 'Rosa Feld', lane: 5 } })), 'on-call'],
    ['nobody on call', { visits: visits.map(({ onCall: _onCall, ...one }) => one) }, 'on-call'],
  ])('%s', (_, proposal, expected) => expect(codes(proposal)).toContain(expected))

  test.each<[string, PlanRequest, string]>([
    ['the therapist is away', { ...plan, people: plan.people.map((one) => (one.id === 'ana' ? { ...one, away: [{ from: '2026-03-03', to: '2026-03-03' }] } : one)) }, 'hours'],
    ['the therapist is taken', { ...plan, people: plan.people.map((one) => (one.id === 'ana' ? { ...one, busy: [{ startsAt: '2026-02-02T17:59:00.000Z', endsAt: '2026-02-02T18:30:00.000Z' }] } : one)) }, 'busy'],
    ['the therapist is busy elsewhere in the last minute', { ...plan, people: plan.people.map((one) => (one.id === 'ana' ? { ...one, elsewhere: [{ startsAt: '2026-02-02T17:59:00.000Z', endsAt: '2026-02-02T18:30:00.000Z' }] } : one)) }, 'busy-elsewhere'],
    ['whoever is on call is busy elsewhere while the room is held', { ...plan, people: plan.people.map((one) => (one.id === 'rosa' ? { ...one, elsewhere: [{ startsAt: '2026-03-02T20:15:00.000Z', endsAt: '2026-03-02T21:00:00.000Z' }] } : one)) }, 'busy-elsewhere'],
    ['the room is taken in the last half hour', { ...plan, rooms: plan.rooms.map((room) => ({ ...room, busy: [{ startsAt: '2026-03-02T20:15:00.000Z', endsAt: '2026-03-02T20:30:00.000Z' }] })) }, 'room'],
    ['the room is closed', { ...plan, rooms: plan.rooms.map((room) => ({ ...room, closed: [{ from: '2026-03-02', to: '2026-03-02' }] })) }, 'room'],
    ['the practice is closed', { ...plan, closed: [{ from: '2026-03-02', to: '2026-03-02' }] }, 'closed'],
    ['the patient cannot come', { ...plan, wishes: { ...plan.wishes, blackout: ['2026-03-05'] } }, 'patient-away'],
    ['the patient wanted afternoons', { ...plan, wishes: { ...plan.wishes, when: [{ from: '13:00', strength: 'must' }] } }, 'patient-wish'],
    ['the clearance ends before the last dose', { ...plan, clearance: { state: 'signed', validUntil: '2026-03-18' } }, 'clearance'],
    ['the clearance is expected later', { ...plan, clearance: { state: 'elsewhere', expectedOn: '2026-03-02' } }, 'clearance'],
    ['every lane is taken', { ...plan, people: plan.people.map((one) => (one.id === 'rosa' ? { ...one, lanes: [1, 2, 3, 4].map((lane) => ({ lane, startsAt: '2026-03-02T17:00:00.000Z', endsAt: '2026-03-02T18:00:00.000Z' })) } : one)) }, 'on-call'],
  ])('%s', (_, asked, expected) => expect(codes({ visits }, asked)).toContain(expected))

  test.each([
    [[1, 2, 3], []],
    [[1, 2, 3, 4], ['on-call']],
  ])('with lanes %j taken, any free lane will do', (numbers, expected) => {
    const asked = { ...plan, people: plan.people.map((one) => (one.id === 'rosa' ? { ...one, lanes: numbers.map((lane) => ({ lane, startsAt: '2026-03-02T17:00:00.000Z', endsAt: '2026-03-02T18:00:00.000Z' })) } : one)) }
    expect(codes(change('medicine-1', () => ({ onCall: { person: 'rosa', name: 'Rosa Feld', lane: 0 } })), asked)).toEqual(expected)
  })

  test.each<[string, PlanRequest, boolean]>([
    ['the therapist was taken meanwhile', { ...plan, people: plan.people.map((one) => (one.id === 'ana' ? { ...one, busy: [{ startsAt: '2026-02-02T17:59:00.000Z', endsAt: '2026-02-02T18:30:00.000Z' }] } : one)) }, true],
    ['the room was taken meanwhile', { ...plan, rooms: plan.rooms.map((room) => ({ ...room, busy: [{ startsAt: '2026-03-02T20:15:00.000Z', endsAt: '2026-03-02T20:30:00.000Z' }] })) }, true],
    ['every lane was taken meanwhile', { ...plan, people: plan.people.map((one) => (one.id === 'rosa' ? { ...one, lanes: [1, 2, 3, 4].map((lane) => ({ lane, startsAt: '2026-03-02T17:00:00.000Z', endsAt: '2026-03-02T18:00:00.000Z' })) } : one)) }, true],
    ['the same visit was booked meanwhile', { ...plan, fixed: [{ visit: 'x', type: 'intake', number: 1, startsAt: '2026-02-02T17:00:00.000Z', endsAt: '2026-02-02T18:00:00.000Z', state: 'booked' }] }, true],
    ['the room is closed', { ...plan, rooms: plan.rooms.map((room) => ({ ...room, closed: [{ from: '2026-03-02', to: '2026-03-02' }] })) }, false],
    ['the therapist is away', { ...plan, people: plan.people.map((one) => (one.id === 'ana' ? { ...one, away: [{ from: '2026-03-03', to: '2026-03-03' }] } : one)) }, false],
  ])('a lost race is told from a broken rule: %s', (_, asked, taken) => expect(violations({ visits }, asked).some((one) => one.taken)).toBe(taken))

  test.each([
    [0, []],
    [1, ['room']],
  ])('two visits back to back in a room that takes %i minutes to be ready', (turnoverMin, expected) => {
    const back = moveTo('medical-clearance-1', '2026-02-02T10:00')
    expect(codes(back, { ...plan, rooms: plan.rooms.map((room) => ({ ...room, turnoverMin })) })).toEqual(expected)
  })

  test('time that a moved visit itself takes is not in its way', () => {
    const own = { ...plan, people: plan.people.map((one) => (one.id === 'ana' ? { ...one, busy: [{ startsAt: '2026-02-02T17:00:00.000Z', endsAt: '2026-02-02T18:00:00.000Z', visit: 'intake-1' }] } : one)) }
    expect(codes({ visits }, own)).toEqual([])
  })
})
