import type { StaffRow } from '../contract/running.ts'
import type { PersonCalendar, Weekday } from './request.ts'

/** Somebody's hours as the practice entered them: the week, the days away and the days with other hours. */
export const enteredHours = ({ weekly, exceptions }: Pick<StaffRow, 'weekly' | 'exceptions'>): Pick<PersonCalendar, 'hours' | 'away' | 'otherHours'> => ({
  hours: weekly.map(({ weekday, from, to, place, location }) => ({ weekday: weekday as Weekday, from, to, ...(place ? { place } : {}), ...(location ? { location } : {}) })),
  away: exceptions.filter(({ off }) => off).map(({ day }) => ({ from: day, to: day })),
  otherHours: exceptions.filter(({ off, from, to }) => !off && from && to).map(({ day, from, to }) => ({ day, hours: [{ from: from!, to: to! }] })),
})
