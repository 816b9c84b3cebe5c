import { protocols } from '../../src/knowledge/protocols.ts'
import { requestFor } from '../../src/core/scheduling/fixtures.ts'
import type { Waiting } from '../../src/core/scheduling/joint.ts'
import { chanceOf, team } from './half-full.ts'

const earliest = '2026-03-02'

/** A waiting list beside twenty clinicians and eight rooms with recliners, a tenth of whose hours are taken: each patient has a therapist of their own, and half of them would rather come by day or be seen online where that may be. */
export function waitingList(count: number, seed: number): readonly Waiting[] {
  const chance = chanceOf(seed)
  const { people, rooms } = team(chance, 0.1)
  const equipped = rooms.map((room) => ({ ...room, features: ['recliner'], turnoverMin: 15 }))
  const request = requestFor(protocols['solo-six'])
  return Array.from({ length: count }, (_, i): Waiting => ({
    id: `patient-${String(i + 1).padStart(3, '0')}`, waitedDays: Math.floor(chance() * 60),
    request: request({
      earliest, latest: '2026-08-30', people, rooms: equipped, therapist: people[i % 11]!.id, zone: 'America/New_York', continuity: 'required',
      wishes: { when: chance() < 0.5 ? [{ from: '09:00', to: '17:00', strength: 'rather' }] : [], blackout: [], online: chance() < 0.5 ? ['integration', 'preparation'] : [] },
    }),
  }))
}
