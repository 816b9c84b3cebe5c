import { MINUTE_MS } from '../shared/time.ts'
import { phaseOf } from '../course/protocol.ts'
import { momentOf } from './moment.ts'
import type { PlannedVisit, PlanRequest, Proposal, Score } from './request.ts'
import { wishesFor } from './wishes.ts'
import { clockMinutes, dayNumber, dayOfNumber, showDay, showWeekday, wallOf, weekdayOf } from './zone.ts'

/** A plan's score, taken apart, so that a person chooses between facts and not between numbers out of a hat. */
export function scoreOf(request: PlanRequest, visits: readonly PlannedVisit[]): Score {
  const course = visits.filter((visit) => visit.type !== 'follow-up')
  const days = course.map((visit) => dayNumber(visit.day))
  const finish = Math.max(...days, dayNumber(request.earliest))
  const medicine = visits.filter((visit) => visit.type === 'medicine')
  const answers = visits.map((visit) => wishFor(request, visit))
  return {
    finishDay: dayOfNumber(finish),
    days: finish - Math.min(...days, finish) + 1,
    continuity: continuityOf(request, visits),
    wishes: { met: answers.filter((answer) => answer === 'met').length, asked: answers.filter((answer) => answer === 'met' || answer === 'missed').length },
    rhythm: {
      weekdays: [...new Set(medicine.map((visit) => weekdayOf(dayNumber(visit.day))))].toSorted((a, b) => a - b),
      starts: [...new Set(medicine.map((visit) => visit.localStart.slice(11)))].toSorted(),
    },
    load: loadOf(request, visits),
    therapistMin: course.filter((visit) => visit.people.some((one) => one.person === request.therapist)).reduce((sum, visit) => sum + lengthMin(visit), 0),
  }
}

const lengthMin = (visit: Pick<PlannedVisit, 'startsAt' | 'endsAt'>) => (Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / MINUTE_MS

function wishFor(request: PlanRequest, visit: PlannedVisit): ReturnType<typeof wishesFor> {
  const phase = phaseOf(request.protocol, visit.type)
  return phase ? wishesFor(request.wishes.when, { type: visit.type, phase }, dayNumber(visit.day), clockMinutes(visit.localStart.slice(11))) : 'not-asked'
}

function continuityOf(request: PlanRequest, visits: readonly PlannedVisit[]): Score['continuity'] {
  const withTherapist = visits.filter((visit) => visit.people.some((one) => one.role === 'therapist'))
  return {
    ownTherapist: withTherapist.filter((visit) => visit.people.some((one) => one.person === request.therapist)).length,
    ofVisits: withTherapist.length,
    peopleMet: new Set(visits.flatMap((visit) => visit.people.map((one) => one.person))).size,
  }
}

function loadOf(request: PlanRequest, visits: readonly PlannedVisit[]): Score['load'] {
  const wall = wallOf(request.zone)
  const minutes = new Map<string, number>()
  const count = (day: string, lengthInMin: number) => minutes.set(day, (minutes.get(day) ?? 0) + lengthInMin)
  for (const visit of visits) if (visit.people.some((one) => one.person === request.therapist)) count(visit.day, lengthMin(visit))
  const planned = new Map([...minutes.keys()].map((day) => [dayNumber(day), day]))
  for (const busy of request.people.find((person) => person.id === request.therapist)?.busy ?? []) {
    const day = planned.get(wall.dayNo(momentOf(busy.startsAt)))
    if (day !== undefined) count(day, lengthMin(busy))
  }
  const [busiestDay, busiestDayMin] = [...minutes].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0] ?? [request.earliest, 0]
  return { busiestDay, busiestDayMin }
}

export function sentenceFor(id: Proposal['id'], score: Score): string {
  const finish = showDay(dayNumber(score.finishDay))
  const days = score.rhythm.weekdays.map(showWeekday).join(' and ')
  const sentences: Record<Proposal['id'], string> = {
    soonest: `The soonest: the last visit before follow-up is on ${finish}.`,
    'as-wished': `Closest to what was asked for: ${score.wishes.met} of ${score.wishes.asked} visits fall where the patient would rather have them. It ends on ${finish}.`,
    steady: `The same days and the same people as far as possible: medicine on ${days}. It ends on ${finish}.`,
    later: `A later start with the same rhythm. It ends on ${finish}.`,
  }
  return sentences[id]
}

/** Two plans are a real choice when at least a third of their visits are on another day or an hour or more apart. */
export function clearlyDifferent(a: readonly PlannedVisit[], b: readonly PlannedVisit[]): boolean {
  const other = new Map(b.map((visit) => [visit.visit, visit]))
  const moved = a.filter((visit) => {
    const twin = other.get(visit.visit)
    return !twin || Math.abs(Date.parse(twin.startsAt) - Date.parse(visit.startsAt)) >= 60 * MINUTE_MS
  })
  return moved.length * 3 >= a.length && a.length > 0
}
