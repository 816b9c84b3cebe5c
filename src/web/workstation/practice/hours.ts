import type { StaffRow } from '../../../core/contract/running.ts'
import { plainDay } from '../times.ts'

export type Weekly = StaffRow['weekly']
export type Exceptions = StaffRow['exceptions']

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
export const dayNameOf = (weekday: number): string => dayNames[weekday - 1] ?? ''

/** Where hours hold, as one choice: online, in-person, or `at` one of the places; nothing is anywhere. */
export const placeOf = ({ place, location }: { readonly place: Weekly[number]['place']; readonly location: string | undefined }): string | null => (location ? `at ${location}` : (place ?? null))
export function withPlace({ weekday, from, to }: Weekly[number], chosen: string | null): Weekly[number] {
  const row = { weekday, from, to }
  if (chosen === null) return row
  return chosen.startsWith('at ') ? { ...row, place: 'in-person', location: chosen.slice(3) } : { ...row, place: chosen === 'online' ? 'online' : 'in-person' }
}

/** What is wrong with somebody's hours: an end before its beginning, two stretches over each other, a day half filled in. */
export function hourProblems(weekly: Weekly, exceptions: Exceptions): string[] {
  const stretches = dayNames.flatMap((name, place) => {
    const onDay = weekly.filter(({ weekday }) => weekday === place + 1).toSorted((a, b) => (a.from < b.from ? -1 : 1))
    const open = onDay.filter(({ from, to }) => from === '' || to === '').map(() => `${name}: give both times, or take the hours away.`)
    const backwards = onDay.filter(({ from, to }) => from !== '' && to !== '' && to <= from).map(({ from, to }) => `${name}: ${to} is not after ${from}.`)
    const over = onDay.filter(({ from }, at) => at > 0 && from !== '' && from < (onDay[at - 1]?.to ?? '')).map(({ from }) => `${name}: the hours from ${from} begin before those before them end.`)
    return [...open, ...backwards, ...over]
  })
  const days = exceptions.filter(({ off, from, to }) => !off && !(from && to && from < to)).map(({ day }) => `${plainDay(day)}: give both times, the later one last, or mark the day as off.`)
  return [...new Set([...stretches, ...days])]
}

