import type { StaffRole } from '../../src/core/course/protocol.ts'
import { dayNumber, dayOfNumber } from '../../src/core/scheduling/zone.ts'
import type { Busy, PersonCalendar, PlanRequest, RoomCalendar } from '../../src/core/scheduling/request.ts'
import { hours, requestFor } from '../../src/core/scheduling/fixtures.ts'
import { protocols } from '../../src/knowledge/protocols.ts'

const earliest = '2026-03-02'
const DAYS = 56
const teams: readonly { readonly roles: readonly StaffRole[]; readonly count: number }[] = [
  { roles: ['therapist'], count: 7 }, { roles: ['therapist', 'monitor'], count: 4 }, { roles: ['monitor'], count: 5 }, { roles: ['prescriber'], count: 3 }, { roles: ['coordinator'], count: 1 },
]

/** Twenty clinicians and eight rooms over eight weeks, half of whose hours are taken: one course to plan, another for each seed. */
export function halfFull(seed: number): PlanRequest {
  const chance = chanceOf(seed)
  const { people, rooms } = team(chance, 0.5)
  const therapist = people[Math.floor(chance() * 11)]?.id ?? ''
  return requestFor(protocols['solo-six'])({
    earliest, latest: dayOfNumber(dayNumber(earliest) + DAYS - 1), people, rooms, therapist, zone: 'America/New_York', continuity: chance() < 0.5 ? 'preferred' : 'required',
    wishes: { when: chance() < 0.7 ? [{ weekdays: [1, 2, 3, 4, 5].filter(() => chance() < 0.6) as never, from: '09:00', to: '17:00', strength: 'rather' }] : [], blackout: [], online: chance() < 0.5 ? ['integration', 'preparation'] : [] },
  })
}

/** The practice: of each working day such a share is taken, in stretches of one to three hours. */
export function team(chance: () => number, share: number): { readonly people: readonly PersonCalendar[]; readonly rooms: readonly RoomCalendar[] } {
  const people = teams.flatMap(({ roles, count }) => Array.from({ length: count }, (_, i): PersonCalendar => ({
    id: `${roles.join('-')}-${i + 1}`, name: `${roles[0]} ${i + 1}`, roles, hours: hours('08:00', '18:00'), busy: taken(chance, share), ...(roles[0] === 'prescriber' ? { lanes: taken(chance, share).map((busy) => ({ ...busy, lane: 1 + Math.floor(chance() * 4) })) } : {}),
  })))
  const rooms = Array.from({ length: 8 }, (_, i): RoomCalendar => ({ id: `room-${i + 1}`, name: `Room ${i + 1}`, features: i < 4 ? ['recliner'] : [], busy: taken(chance, share) }))
  return { people, rooms }
}

function taken(chance: () => number, share: number): Busy[] {
  const busy: Busy[] = []
  for (let day = 0; day < DAYS + 120; day += 1) {
    for (let hour = 12; hour < 23;) {
      const length = 1 + Math.floor(chance() * 3)
      const from = (dayNumber(earliest) + day) * 24 + hour
      if (chance() < share) busy.push({ startsAt: new Date(from * 3_600_000).toISOString(), endsAt: new Date((from + length) * 3_600_000).toISOString() })
      hour += length
    }
  }
  return busy
}

/** Mulberry32: the same numbers for the same seed everywhere. */
export function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
