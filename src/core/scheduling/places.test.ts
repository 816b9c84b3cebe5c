import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { ana, bookedOn, requestFor, roomOne, taken } from './fixtures.ts'
import { placesOf, type PlacesOn } from './places.ts'
import { repair } from './repair.ts'
import type { PlannedVisit, PlanRequest } from './request.ts'
import { dayNumber, dayOfNumber, showClock } from './zone.ts'

const request = requestFor(protocols['solo-six'])
const asked = request({ rooms: [roomOne, { ...roomOne, id: 'room-3', name: 'Room 3' }, { id: 'room-2', name: 'Room 2', features: [], busy: [] }] })
/** Doses on 2, 5, 9, 12, 16 and 19 March at 09:00, integration on the day after each. */
const booked = bookedOn(asked)
const standing = taken(asked, booked)
const places = (visit: string, from: string, to = from, plan = standing): readonly PlacesOn[] => {
  const found = placesOf(plan, booked, visit, from, to)
  if (!found.ok) throw new Error(JSON.stringify(found.refusal))
  return found.value
}
const on = (visit: string, day: string, plan = standing) => places(visit, day, day, plan)[0]!
const why = ({ refused }: PlacesOn, clock: string) => refused.find(({ from, to }) => from <= clock && clock <= to)?.says ?? []
const clocks = ({ free }: PlacesOn, alone: boolean) => [...new Set(free.filter((one) => one.alone === alone).map(({ to }) => to.localStart.slice(11)))]
/** Everything planned but one, and that one where it would go. */
const withMoved = (to: PlannedVisit) => ({ visits: booked.map((visit) => (visit.visit === to.visit ? to : visit)) })

describe('where one visit could go', () => {
  test('the day it stands on, to the quarter of an hour, and in each room that has what it needs', () => {
    const day = on('medicine-3', '2026-03-09')
    expect([clocks(day, true)[0], clocks(day, true)[1], clocks(day, true).at(-1)]).toEqual(['09:00', '09:15', '14:00'])
    expect(new Set(day.free.map(({ to }) => to.room?.id))).toEqual(new Set(['room-1', 'room-3']))
    expect(day.free.every(({ to }) => to.people.map(({ person }) => person).join() === 'ana,mia' && to.onCall?.person === 'rosa')).toBe(true)
  })
  test('a day that others have to change for is told apart', () => {
    const tuesday = on('medicine-3', '2026-03-10')
    expect([clocks(tuesday, true), clocks(tuesday, false)[0], clocks(tuesday, false).at(-1)]).toEqual([[], '09:00', '14:00'])
  })
  test('a day that no repair can reach has no place at all', () => expect(on('preparation-1', '2026-05-20').free).toEqual([]))
})

describe('why it cannot start there', () => {
  test.each<[string, string, string, string, PlanRequest, string[]]>([
    ['before the therapist is there', 'medicine-3', '2026-03-09', '08:45', standing, ['Ana Solano works 9:00 AM to 5:00 PM on Mon, Mar 9.']],
    ['so late that nobody is there to its end', 'medicine-3', '2026-03-09', '14:15', standing, ['Ana Solano works 9:00 AM to 5:00 PM on Mon, Mar 9.']],
    ['a Sunday', 'integration-3', '2026-03-08', '09:00', standing, ['Integration 3 comes 1 to 3 days after the dose on Mon, Mar 9.', 'Ana Solano does not work on a Sun.']],
    ['the therapist is taken', 'integration-3', '2026-03-10', '13:00', { ...standing, people: standing.people.map((one) => (one.id === 'ana' ? { ...one, busy: [...one.busy, { startsAt: '2026-03-10T20:30:00.000Z', endsAt: '2026-03-10T21:00:00.000Z' }] } : one)) }, ['Ana Solano is not free from 1:00 PM to 2:00 PM on Tue, Mar 10.']],
    ['too soon after a dose', 'medicine-4', '2026-03-10', '09:00', standing, ['There would be too many doses within 7 days, counting the one on Thu, Mar 5.']],
    ['less than 48 hours', 'medicine-6', '2026-03-17', '09:00', standing, ['This is less than 48 h after the dose on Mon, Mar 16.']],
    ['the practice is closed', 'medicine-3', '2026-03-09', '10:00', { ...standing, closed: [{ from: '2026-03-09', to: '2026-03-09', why: 'Founders’ Day' }] }, ['The practice is closed on Mon, Mar 9 (Founders’ Day).']],
    ['both rooms are taken', 'medicine-3', '2026-03-09', '10:00', { ...standing, rooms: standing.rooms.map((room) => ({ ...room, busy: [...room.busy, { startsAt: '2026-03-09T17:00:00.000Z', endsAt: '2026-03-10T00:00:00.000Z' }] })) }, ['Room 1 is not free from 10:00 AM to 1:00 PM on Mon, Mar 9.', 'Room 3 is not free from 10:00 AM to 1:00 PM on Mon, Mar 9.', 'Room 2 has no recliner.']],
    ['the therapist is away', 'medicine-3', '2026-03-09', '10:00', { ...standing, people: standing.people.map((one) => (one.id === 'ana' ? { ...ana, busy: one.busy, away: [{ from: '2026-03-09', to: '2026-03-09' }] } : one)) }, ['Ana Solano is away on Mon, Mar 9.']],
  ])('%s', (_, visit, day, clock, plan, expected) => expect(why(on(visit, day, plan), clock)).toEqual(expect.arrayContaining(expected)))

  test('an hour that the clocks jump over', () => expect(why(on('medicine-3', '2026-03-08'), '02:30')).toEqual(['The clocks jump over 2:30 AM on Sun, Mar 8.']))
})

test('every start of a day is either a place or refused with a reason, and never both', () => {
  for (const one of [on('medicine-3', '2026-03-09'), on('medicine-3', '2026-03-10'), on('follow-up-1', '2026-04-02'), on('preparation-2', '2026-02-17')]) {
    for (let minute = 0; minute < 1_440; minute += 15) {
      const clock = showClock(minute)
      const free = one.free.some(({ to }) => to.localStart.endsWith(clock))
      expect([one.day, clock, free, why(one, clock).length > 0]).toEqual([one.day, clock, free, !free])
    }
  }
})

test('what stands alone breaks nothing by the check’s own eyes, and what needs others is what a repair finds', { timeout: 60_000 }, () => {
  for (const visit of ['medicine-3', 'integration-4', 'preparation-2']) {
    const stands = dayNumber(booked.find((one) => one.visit === visit)!.day)
    for (const one of places(visit, dayOfNumber(stands - 1), dayOfNumber(stands + 2))) {
      for (const { to } of one.free.filter(({ alone }, at) => alone && at % 5 === 0)) expect(violations(withMoved(to), standing).filter(({ code }) => code !== 'twice'), `${visit} ${to.localStart} ${to.room?.name}`).toEqual([])
      for (const clock of ['08:45', '09:15', '14:00', '16:15']) {
        const here = one.free.filter(({ to }) => to.localStart.endsWith(clock))
        const done = repair(standing, booked, { kind: 'move', visit, to: `${one.day}T${clock}`, ...(here[0]?.to.room ? { room: here.at(-1)!.to.room!.id } : {}) })
        const found = here.length === 0 ? 'none' : here[0]!.alone ? 'alone' : 'others'
        const repaired = !done.ok ? 'none' : done.value.changes.filter(({ from }) => from.visit !== visit).length === 0 ? 'alone' : 'others'
        expect([visit, one.day, clock, found]).toEqual([visit, one.day, clock, repaired])
        if (done.ok && here.length > 0) expect(done.value.changes.find(({ from }) => from.visit === visit)?.to.room?.id ?? here.at(-1)!.to.room?.id).toBe(here.at(-1)!.to.room?.id)
      }
    }
  }
})
