import type { Chart } from '../chart/chart.ts'
import { localDay } from '../shared/local-day.ts'
import { ageOn, type Instant } from '../shared/time.ts'
import type { Protocol } from './protocol.ts'

export type MayPlan = { readonly may: true } | { readonly may: false; readonly code: 'no-birth-date' | 'too-young' | 'deceased'; readonly says: string }

/** Whether a course may be planned for this person at all. The reason is a fact of the chart, never a judgement of the person. */
export function mayPlan(chart: Chart, protocol: Pick<Protocol, 'minimumAgeYears'>, now: Instant, zone: string): MayPlan {
  const known = chart.latest('demographics.v1')?.body
  if (known?.deceasedOn) return { may: false, code: 'deceased', says: 'This person is recorded as deceased.' }
  if (!known?.birthDate) return { may: false, code: 'no-birth-date', says: 'The birth date is not recorded, so nobody can say how old this person is.' }
  const age = ageOn(known.birthDate, localDay(now, zone))
  if (age < protocol.minimumAgeYears) return { may: false, code: 'too-young', says: `This person is ${age} years old; this protocol is for people of ${protocol.minimumAgeYears} and over.` }
  return { may: true }
}
