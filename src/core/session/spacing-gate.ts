import type { Protocol } from '../course/protocol.ts'
import type { DosedSession } from '../measures/doses.ts'
import { countsFrom, spacingOf, type Apart } from '../measures/spacing.ts'
import { localClock, localDay } from '../shared/local-day.ts'
import { gateOf, met, notMet, type Gate } from './gates.ts'
import type { Clock } from './session.ts'

/** Whether enough time has passed, at the door between sessions and before a dose between doses. A dose counts also where the session it was given in was never recorded as started. */
export function spacingGate(dosed: readonly DosedSession[], { spacing }: Pick<Protocol, 'spacing'>, { now, zone }: Clock, apart: Apart): Gate {
  const { last, tooSoon, week, full } = spacingOf(dosed, spacing, now, zone, apart)
  if (!last) return gateOf('spacing', met('There was no dose before.'))
  if (tooSoon) return gateOf('spacing', notMet(`${sayTooSoon(last, spacing.minHoursBetweenDoses, zone, apart)}${apart === 'doses' ? ` The next one from ${localClock(tooSoon.from, zone)} on ${localDay(tooSoon.from, zone)}.` : ''}`, last.facts))
  if (full) return gateOf('spacing', notMet(`This would be more than ${spacing.maxDosesPerSevenDays} doses in seven days.`, week.flatMap(({ facts }) => facts)))
  return gateOf('spacing', met('Enough time has passed since the last dose.', last.facts))
}

function sayTooSoon(last: DosedSession, hours: number, zone: string, apart: Apart): string {
  if (last.part === 'unknown') return `A dose was given less than ${hours} hours ago. The start of its session is not on this chart.`
  if (apart === 'doses' && last.doseUg === undefined) return `A dose was given less than ${hours} hours ago. It was recorded twice, and the later record counts until somebody says which stands.`
  if (countsFrom(last, zone, apart) === last.startedAt) return `The last medicine session began less than ${hours} hours ago.${apart === 'doses' ? ' Its dose is dated before that, so the beginning counts.' : ''}`
  return apart === 'doses' ? `The first dose of the last session was given less than ${hours} hours ago.` : `The last dose was given less than ${hours} hours ago.`
}
