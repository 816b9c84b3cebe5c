import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { ana, ben, hours, mia, mondayThursday, requestFor, roomOne, roomTwo, rosa } from './fixtures.ts'
import { courseHours, planCourse } from './plan.ts'
import type { FixedVisit, PlanAnswer, PlanRequest, Proposal } from './request.ts'

const request = requestFor(protocols['solo-six'])

const proposalsOf = (answer: PlanAnswer): readonly [Proposal, ...Proposal[]] => {
  if ('impossible' in answer) throw new Error(JSON.stringify(answer, null, 1))
  return answer.proposals
}
const refused = (answer: PlanAnswer) => {
  if ('proposals' in answer) throw new Error('a plan was found')
  return answer
}
const codes = (answer: PlanAnswer) => refused(answer).impossible.map((reason) => reason.code)
const daysOf = (proposal: Proposal, type: string) => proposal.visits.filter((visit) => visit.type === type).map((visit) => visit.day.slice(5))
const wishing = (...when: PlanRequest['wishes']['when']): PlanRequest['wishes'] => ({ when, blackout: [], online: [] })

describe('the worked example: six sessions on Mondays and Thursdays from 2 March', () => {
  const plan = request({ wishes: wishing(mondayThursday), medicineFrom: '2026-03-02' })
  const [soonest] = proposalsOf(planCourse(plan))

  test.each([
    ['intake', ['02-02']],
    ['preparation', ['02-09', '02-16', '02-23']],
    ['medicine', ['03-02', '03-05', '03-09', '03-12', '03-16', '03-19']],
    ['integration', ['03-03', '03-06', '03-10', '03-13', '03-17', '03-20']],
  ])('%s', (type, days) => expect(daysOf(soonest, type)).toEqual(days))

  test('the therapist gives 28 hours', () => {
    expect(soonest.score.therapistMin / 60).toBe(28)
    expect(courseHours(plan)).toBe(28)
  })

  test('medicine holds two people, a room for 210 minutes and a prescriber on call', () => {
    for (const visit of soonest.visits.filter((one) => one.type === 'medicine')) {
      expect(visit.people.map((one) => one.role)).toEqual(['therapist', 'monitor'])
      expect(visit.room?.id).toBe('room-1')
      expect((Date.parse(visit.roomUntil) - Date.parse(visit.startsAt)) / 60_000).toBe(210)
      expect((Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / 60_000).toBe(180)
      expect(visit.onCall).toEqual({ person: 'rosa', name: 'Rosa Feld', lane: 1 })
    }
  })

  test('follow-ups stand at the days the row names', () => {
    const last = Date.parse('2026-03-19')
    expect(soonest.visits.filter((one) => one.type === 'follow-up').map((one) => (Date.parse(one.day) - last) / 86_400_000)).toEqual([7, 29, 90, 180])
  })

  test('the same request gives the same answer', () => expect(planCourse(plan)).toEqual(planCourse(plan)))
  test('it breaks nothing', () => expect(violations(soonest, plan)).toEqual([]))
})

test('of one day the start that is wished for is taken, though it is not the first', () => {
  const afternoons = request({ wishes: wishing({ types: ['preparation', 'integration'], from: '14:00', strength: 'rather' }) })
  for (const { visits } of proposalsOf(planCourse(afternoons))) expect(visits.filter(({ type, localStart }) => (type === 'preparation' || type === 'integration') && localStart.slice(11) < '14:00').map(({ visit }) => visit)).toEqual([])
  const [soonest] = proposalsOf(planCourse(afternoons))
  expect(daysOf(soonest, 'integration')).toEqual(daysOf(proposalsOf(planCourse(request()))[0], 'integration'))
})

describe('the clearance, which preparation has to dodge', () => {
  const paul = { ...rosa, id: 'paul', name: 'Paul Ritter', hours: hours('09:00', '12:00') }
  const medical = (plan: PlanRequest) => proposalsOf(planCourse(plan))[0].visits.find(({ type }) => type === 'medical-clearance')!

  test('is with the usual prescriber in the afternoon of the same day, not with another one because that is earlier, nor a day later', () => {
    const { localStart, people } = medical(request({ people: [ana, ben, mia, paul, { ...rosa, hours: hours('13:00', '19:00') }] }))
    expect([localStart, people.map(({ person }) => person)]).toEqual(['2026-02-02T13:00', ['rosa']])
  })
})

describe('proposals', () => {
  const wide = request({ wishes: wishing({ weekdays: [2, 4], from: '13:00', strength: 'rather' }) })
  test('are up to three, all sound, and clearly different', () => {
    const proposals = proposalsOf(planCourse(wide))
    expect(proposals.length).toBeGreaterThanOrEqual(2)
    expect(proposals.length).toBeLessThanOrEqual(3)
    for (const proposal of proposals) expect(violations(proposal, wide)).toEqual([])
    const [first, second] = proposals
    expect(second?.score.wishes.met ?? 0).toBeGreaterThan(first.score.wishes.met)
    expect((second?.score.finishDay ?? '') >= first.score.finishDay).toBe(true)
  })

  test('the group protocol asks for two therapists and needs no monitor', () => {
    const group = request({ protocol: protocols['group-maintenance'], people: [ana, ben, rosa] })
    const [soonest] = proposalsOf(planCourse(group))
    expect(daysOf(soonest, 'preparation')).toHaveLength(2)
    expect(daysOf(soonest, 'consult')).toHaveLength(1)
    for (const visit of soonest.visits.filter((one) => one.type === 'medicine')) expect(visit.people.map((one) => one.person).toSorted()).toEqual(['ana', 'ben'])
    expect(violations(soonest, group)).toEqual([])
  })

  test('a visit that may be online, and is wished so, takes no room', () => {
    const online = request({ wishes: { when: [], blackout: [], online: ['integration', 'medicine'] } })
    const [soonest] = proposalsOf(planCourse(online))
    expect(soonest.visits.filter((one) => one.type === 'integration').every((one) => one.online && !one.room)).toBe(true)
    expect(soonest.visits.filter((one) => one.type === 'medicine').every((one) => !one.online && one.room)).toBe(true)
  })

  test('one and the same person stands beside the therapist as far as possible', () => {
    const [soonest] = proposalsOf(planCourse(request()))
    expect(new Set(soonest.visits.flatMap((one) => one.people.map((person) => person.person)))).toEqual(new Set(['ana', 'mia', 'rosa']))
  })
})

const at = (visit: string, type: FixedVisit['type'], number: number, startsAt: string, hoursLong: number, state: FixedVisit['state']): FixedVisit => ({
  visit, type, number, state, startsAt, endsAt: new Date(Date.parse(startsAt) + hoursLong * 3_600_000).toISOString(),
})

describe('two visits of one day in one room', () => {
  const withTurnover = (turnoverMin: number) => request({ rooms: [{ ...roomOne, turnoverMin }] })
  const firstTwo = (asked: PlanRequest) => {
    const answer = planCourse(asked)
    if ('impossible' in answer) throw new Error(JSON.stringify(answer))
    expect(answer.proposals.flatMap((proposal) => violations(proposal, asked))).toEqual([])
    return answer.proposals[0].visits.slice(0, 2).map(({ visit, localStart }) => `${visit} ${localStart}`)
  }
  test.each([
    ['nothing to make ready', 0, '10:00'],
    ['a minute to make it ready', 1, '10:30'],
    ['exactly the half hour between two starts', 30, '10:30'],
    ['a minute more than that', 31, '11:00'],
  ])('%s', (_, turnoverMin, clock) => expect(firstTwo(withTurnover(turnoverMin))).toEqual(['intake-1 2026-02-02T09:00', `medical-clearance-1 2026-02-02T${clock}`]))

  test('a visit online needs no room, and waits for none', () => {
    const online = { ...withTurnover(60), wishes: { when: [], blackout: [], online: ['medical-clearance' as const] } }
    expect(firstTwo(online)[1]).toBe('medical-clearance-1 2026-02-02T10:00')
  })
})

describe('what stands already is planned around', () => {
  const happened: readonly FixedVisit[] = [
    at('a', 'intake', 1, '2026-02-02T17:00:00.000Z', 1, 'happened'),
    at('b', 'preparation', 1, '2026-02-09T17:00:00.000Z', 1, 'happened'),
    at('c', 'preparation', 2, '2026-02-16T17:00:00.000Z', 1, 'happened'),
    at('d', 'preparation', 3, '2026-02-23T17:00:00.000Z', 1, 'happened'),
    at('e', 'medicine', 1, '2026-03-02T17:00:00.000Z', 3, 'happened'),
  ]
  const midway = request({ earliest: '2026-03-03', fixed: happened, clearance: { state: 'signed', validUntil: '2026-05-20' } })

  test('only what is left is planned, and no clearance', () => {
    const [soonest] = proposalsOf(planCourse(midway))
    expect(soonest.visits.map((one) => one.visit).slice(0, 3)).toEqual(['integration-1', 'medicine-2', 'integration-2'])
    expect(soonest.visits.filter((one) => one.type === 'medicine')).toHaveLength(5)
    expect(violations(soonest, midway)).toEqual([])
  })

  test('an integration that is already late is planned at once, and said', () => {
    const late = { ...midway, earliest: '2026-03-10' }
    const [soonest] = proposalsOf(planCourse(late))
    expect(daysOf(soonest, 'integration')[0]).toBe('03-10')
    expect(soonest.notes).toContain('Integration 1 comes later than usual: it belongs within 3 days of medicine session 1 on Mon, Mar 2.')
    expect(violations(soonest, late)).toEqual([])
  })

  test.each([
    // dose before the course      first dose may be
    ['2026-03-01T18:00:00.000Z', '2026-03-03'],
    ['2026-03-02T01:00:00.000Z', '2026-03-04'],
  ])('a dose given before this course, at %s, spaces it as well', (dose, first) => {
    const fixed = happened.slice(0, 4)
    const plan = request({ earliest: '2026-03-02', fixed, earlierDoses: [dose], clearance: { state: 'signed' } })
    const [soonest] = proposalsOf(planCourse(plan))
    expect(soonest.visits.find((one) => one.type === 'medicine')?.day).toBe(first)
    expect(violations(soonest, plan)).toEqual([])
  })

  test('a booked dose in the future is kept, and what comes before it fits before it', () => {
    const fixed = [...happened.slice(0, 3), at('m', 'medicine', 1, '2026-03-05T17:00:00.000Z', 3, 'booked')]
    const plan = request({ earliest: '2026-02-17', fixed })
    const [soonest] = proposalsOf(planCourse(plan))
    expect(soonest.visits.find((one) => one.visit === 'preparation-3')?.day).toBe('2026-02-23')
    expect(soonest.visits.some((one) => one.visit === 'm' || one.visit === 'medicine-1')).toBe(false)
    expect(violations(soonest, plan)).toEqual([])
  })
})

test('a dose shares its day with no other dose that stands, not even when the hours would do', () => {
  const free = proposalsOf(planCourse(request()))[0].visits.find(({ visit }) => visit === 'medicine-1')!
  const stands: FixedVisit = { visit: 'stands', type: 'maintenance', number: 1, startsAt: `${free.day}T23:00:00.000Z`, endsAt: `${free.day}T23:45:00.000Z`, state: 'booked' }
  expect(free.endsAt < stands.startsAt).toBe(true)
  expect(daysOf(proposalsOf(planCourse(request({ fixed: [stands] })))[0], 'medicine')).not.toContain(free.day.slice(5))
})

describe('clearance', () => {
  test('is planned when it is not signed, and medicine comes on a later day', () => {
    const slow = request({ people: [ana, mia, { ...rosa, otherHours: [], away: [{ from: '2026-02-01', to: '2026-03-03' }] }], onCall: 'elsewhere' })
    const [soonest] = proposalsOf(planCourse(slow))
    expect(daysOf(soonest, 'medical-clearance')).toEqual(['03-04'])
    expect(daysOf(soonest, 'medicine')[0]).toBe('03-05')
  })
  test('expected from elsewhere holds medicine back', () => {
    const plan = request({ clearance: { state: 'elsewhere', expectedOn: '2026-03-04' } })
    const [soonest] = proposalsOf(planCourse(plan))
    expect(soonest.visits.some((one) => one.type === 'medical-clearance')).toBe(false)
    expect(daysOf(soonest, 'medicine')[0]).toBe('03-05')
  })
  test('that ends too soon leaves no plan', () => expect(codes(planCourse(request({ clearance: { state: 'signed', validUntil: '2026-03-10' } })))[0]).toMatch(/no-place|no-day/))
})

describe('everything is booked', () => {
  const [whole] = proposalsOf(planCourse(request()))
  const standing = (state: 'booked' | 'happened') => whole.visits.map(({ visit, type, number, startsAt, endsAt }): FixedVisit => ({ visit, type, number, startsAt, endsAt, state }))

  test.each([
    ['still to come', 'booked', 'Every visit of this course is booked or has taken place.', 'cancel'],
    ['all held', 'happened', 'Every visit of this course has taken place.', 'course'],
  ] as const)('the whole course, %s: no proposal, and what would have to give', (_, state, says, change) => {
    const answer = refused(planCourse(request({ fixed: standing(state), clearance: { state: 'signed' } })))
    expect(answer.impossible).toMatchObject([{ code: 'nothing-to-book', says }])
    expect(answer.wouldHelp.map(({ changes }) => changes)).toEqual([[change]])
  })
  test('one visit short of it: that visit alone', () => {
    const [soonest] = proposalsOf(planCourse(request({ fixed: standing('booked').filter(({ visit }) => visit !== 'follow-up-4'), clearance: { state: 'signed' } })))
    expect(soonest.visits.map(({ visit }) => visit)).toEqual(['follow-up-4'])
  })
  test('every hour of the therapist: no proposal, and what would have to give', () => {
    const full = { ...ana, busy: [{ startsAt: '2026-01-01T00:00:00.000Z', endsAt: '2027-12-31T00:00:00.000Z' }] }
    const answer = refused(planCourse(request({ people: [full, ben, mia, rosa] })))
    expect(answer.impossible.map(({ code }) => code)).toEqual(['no-place', 'therapist-busy', 'therapist-off'])
    expect(answer.wouldHelp.map(({ changes }) => changes)).toEqual([['other-therapist']])
  })
})

describe('the practice is closed', () => {
  // The worked example has its first three doses on 2, 5 and 9 March.
  const closing = { from: '2026-03-02', to: '2026-03-06', why: 'spring closing' }
  const plan = request({ wishes: wishing(mondayThursday), medicineFrom: '2026-03-02', closed: [closing] })

  test('nothing is placed there, whoever is free, online or not', () => {
    for (const one of [plan, { ...plan, wishes: { ...plan.wishes, online: ['integration' as const, 'preparation' as const] } }]) {
      for (const proposal of proposalsOf(planCourse(one))) {
        expect(proposal.visits.filter(({ day }) => closing.from <= day && day <= closing.to)).toEqual([])
        expect(violations(proposal, one)).toEqual([])
      }
    }
  })
  test('on every day: no proposal, and it says so', () => {
    const answer = refused(planCourse(request({ closed: [{ from: '2026-01-01', to: '2027-12-31', why: 'we moved' }] })))
    expect(answer.impossible.map(({ code }) => code)).toEqual(['no-place', 'practice-closed'])
    expect(answer.impossible[1]?.says).toContain('(we moved)')
    expect(answer.wouldHelp.map(({ changes }) => changes)).toEqual([['closed']])
  })
})

describe('refusals say why and what would help', () => {
  test.each<[string, Partial<PlanRequest>, string]>([
    ['an unknown zone', { zone: 'Mars/Olympus' }, 'no-such-zone'],
    ['nobody to be the second person', { people: [ana, rosa] }, 'too-few-people'],
    ['no prescriber at all', { people: [ana, mia] }, 'no-prescriber-on-call'],
    ['no room with a recliner', { rooms: [roomTwo] }, 'no-room'],
    ['a therapist who is none', { therapist: 'mia' }, 'no-therapist'],
    ['a last day before the first', { latest: '2026-01-01' }, 'no-days'],
  ])('%s', (_, changes, code) => expect(codes(planCourse(request(changes)))).toContain(code))

  test('too few days', () => {
    const answer = refused(planCourse(request({ latest: '2026-03-01' })))
    expect(answer.wouldHelp).toEqual([{ changes: ['latest'], says: 'There is a plan if the course may end up to eight weeks later.' }])
  })
  test('a monitor who is there on one day a week only', () => {
    const answer = refused(planCourse(request({ people: [ana, rosa, { ...mia, hours: hours('09:00', '12:00', [3]), otherHours: ['2026-03-18', '2026-04-15', '2026-05-13'].map((day) => ({ day, hours: [] })) }] })))
    expect(answer.impossible.map((reason) => reason.code)).toEqual(['no-place', 'no-monitor-free'])
    expect(answer.wouldHelp.map((help) => help.changes)).toContainEqual(['more-monitor'])
  })
  test('a patient who can only come on Mondays cannot have integration in time', () => {
    const answer = refused(planCourse(request({ wishes: wishing({ weekdays: [1], strength: 'must' }) })))
    expect(answer.impossible.map((reason) => reason.code)).toEqual(['no-place', 'patient-wish'])
    expect(answer.wouldHelp.map((help) => help.changes)).toEqual([['wishes'], ['longer-gaps']])
  })
  test('two things at once are named together', () => {
    const answer = refused(planCourse(request({ people: [{ ...ana, hours: hours('09:00', '12:00') }, rosa, { ...mia, hours: hours('13:00', '18:00') }], rooms: [{ ...roomOne, closed: [{ from: '2026-02-02', to: '2026-12-31' }] }, roomTwo] })))
    expect(answer.wouldHelp).toHaveLength(1)
    expect(answer.wouldHelp[0]?.changes).toHaveLength(2)
  })
})
