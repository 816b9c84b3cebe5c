import type { Chart } from '../chart/chart.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { OpenBefore } from '../reminders/before.ts'
import { answerBy, dueAt, ladderOf, type ReminderRows } from '../reminders/ladder.ts'
import { localDay, sayTime } from '../shared/local-day.ts'
import type { Instant } from '../shared/time.ts'
import { inState } from '../shared/us-states.ts'
import { licenceDecided, sayUnlicensed, unlicensedAt, whereaboutsOf } from './whereabouts.ts'

interface Asking {
  readonly rows: ReminderRows
  readonly zone: string
  readonly now: Instant
  readonly desk: string
  readonly staff: Parameters<typeof unlicensedAt>[2]
}

/** What is open on the day of a visit online: where they are, and whether somebody is licensed there. An empty list says only that nothing is open. */
export function openOnline(chart: Chart, visit: BookedVisit, { rows, zone, now, desk, staff }: Asking): OpenBefore[] {
  if (now >= visit.endsAt || localDay(now, zone) !== localDay(visit.startsAt, zone)) return []
  const owner = visit.people.find(({ role }) => role === 'therapist')?.name ?? visit.people[0]?.name ?? desk
  const said = whereaboutsOf(chart, visit, zone)
  if (said) {
    const { state } = said.body
    const missing = licenceDecided(chart, visit, state) ? [] : unlicensedAt(visit, state, staff, zone)
    return missing.length === 0 ? [] : [{ about: 'where', urgent: true, says: `Is ${inState(state)}. ${missing.map((one) => sayUnlicensed(one, state)).join(' ')} Nobody has decided yet.`, owner }]
  }
  const step = ladderOf(rows, visit).find(({ asks }) => asks === 'where')
  if (step && dueAt(step, visit.startsAt, zone) > now) return []
  const by = answerBy('where', rows, visit.startsAt, zone)
  const late = by <= now
  return [{ about: 'where', urgent: late, says: `Where they are for this visit online: not said today. ${late ? 'Ask before anything else.' : `Ask where there is no answer by ${sayTime(by, zone)}.`}`, owner: late ? owner : desk }]
}
