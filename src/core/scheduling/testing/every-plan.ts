import { protocols } from '../../../knowledge/protocols.ts'
import { phaseOf, type Protocol } from '../../course/protocol.ts'
import { violations } from '../check.ts'
import type { PlannedVisit, PlanRequest } from '../request.ts'
import { dayNumber, dayOfNumber, instantOf, showClock } from '../zone.ts'

/** A course small enough to try every plan there is. For tests. */
export const small: Protocol = {
  ...protocols['solo-six'],
  phases: protocols['solo-six'].phases.flatMap((phase) => {
    if (phase.type === 'intake') return [phase]
    if (phase.type === 'medicine') return [{ ...phase, count: 2, afterDays: { min: 1, max: 5 }, gapDays: { min: 2, max: 4 } }]
    return phase.type === 'integration' ? [{ ...phase, count: 2 }] : []
  }),
  followUpDays: [],
}
const order = [['intake', 1], ['medicine', 1], ['integration', 1], ['medicine', 2], ['integration', 2]] as const
const hours = [9, 13] as const

/** The patient comes at 9 or at 13 o'clock only, so that the planner and the search of every plan try the same hours. */
export const atTheseHours = (asked: PlanRequest): PlanRequest => ({
  ...asked,
  wishes: { ...asked.wishes, when: [
    ...hours.map((hour) => ({ from: showClock(hour * 60), to: showClock((hour + 1) * 60), strength: 'must' as const })),
    ...hours.map((hour) => ({ types: ['medicine' as const], from: showClock(hour * 60), to: showClock((hour + 3) * 60), strength: 'must' as const })),
  ] },
})

/**
 * Every plan, one visit after the other, with only the check as judge. `goesOn` is asked at every visit that is placed
 * and cuts off what cannot be better; `found` hears of every whole plan.
 */
export function everyPlan(asked: PlanRequest, goesOn: (visits: readonly PlannedVisit[], next: PlannedVisit) => boolean, found: (visits: readonly PlannedVisit[]) => void): void {
  const sound = (visits: readonly PlannedVisit[]) => violations({ visits }, asked).every((one) => one.code === 'missing')
  const place = (visits: readonly PlannedVisit[], from: number): void => {
    const next = order[visits.length]
    if (!next) {
      found(visits)
      return
    }
    for (let dayNo = from; dayNo <= dayNumber(asked.latest); dayNo += 1) {
      for (const hour of hours) for (const visit of variants(asked, next[0], next[1], dayNo, hour)) if (goesOn(visits, visit) && sound([...visits, visit])) place([...visits, visit], dayNo)
    }
  }
  place([], dayNumber(asked.earliest))
}

function variants(asked: PlanRequest, type: 'intake' | 'medicine' | 'integration', number: number, dayNo: number, hour: number): readonly PlannedVisit[] {
  const localStart = `${dayOfNumber(dayNo)}T${showClock(hour * 60)}`
  const startsAt = instantOf(localStart, asked.zone) ?? ''
  const phase = phaseOf(asked.protocol, type)
  const until = (minutes: number) => new Date(Date.parse(startsAt) + minutes * 60_000).toISOString()
  const base = { visit: `${type}-${number}`, type, number, day: localStart.slice(0, 10), localStart, zone: asked.zone, startsAt, endsAt: until(phase?.durationMin ?? 0), roomUntil: until(phase?.roomMin ?? phase?.durationMin ?? 0), online: false, room: { id: 'room-1', name: 'Room 1' } }
  const therapist = { person: 'ana', name: 'Ana Solano', role: 'therapist' as const }
  if (type !== 'medicine') return [{ ...base, people: [therapist] }]
  return ['mia', 'ben'].map((person) => ({ ...base, people: [therapist, { person, name: person, role: 'monitor' as const }] }))
}

/** The day on which the soonest of all plans ends. */
export function soonestByTrying(asked: PlanRequest): number | undefined {
  let best: number | undefined
  everyPlan(asked, (visits, next) => best === undefined || visits.length < 3 || dayNumber(next.day) < best, (visits) => { best = Math.min(best ?? Infinity, ...visits.slice(-1).map((visit) => dayNumber(visit.day))) })
  return best
}
