import { expect, it } from 'vitest'
import { hourProblems } from './hours.ts'

const monday = (from: string, to: string) => ({ weekday: 1, from, to })

it.each([
  ['one stretch', [monday('09:00', '17:00')], []],
  ['two that touch', [monday('09:00', '12:00'), monday('12:00', '17:00')], []],
  ['two that overlap', [monday('09:00', '12:00'), monday('11:45', '17:00')], ['Monday: the hours from 11:45 begin before those before them end.']],
  ['entered the later one first', [monday('13:00', '17:00'), monday('09:00', '12:00')], []],
  ['ends as it begins', [monday('09:00', '09:00')], ['Monday: 09:00 is not after 09:00.']],
  ['half filled in', [monday('09:00', '')], ['Monday: give both times, or take the hours away.']],
  ['the same hours on two days', [monday('09:00', '12:00'), { weekday: 2, from: '09:00', to: '12:00' }], []],
])('%s', (_, weekly, problems) => expect(hourProblems(weekly, [])).toEqual(problems))

it.each([
  ['a day off', { day: '2026-12-24', off: true }, 0],
  ['other hours', { day: '2026-12-24', off: false, from: '09:00', to: '12:00' }, 0],
  ['other hours without an end', { day: '2026-12-24', off: false, from: '09:00' }, 1],
  ['other hours backwards', { day: '2026-12-24', off: false, from: '12:00', to: '09:00' }, 1],
])('%s', (_, day, count) => expect(hourProblems([], [day])).toHaveLength(count))
