import { describe, expect, test } from 'vitest'
import { timeOff } from '../../../core/scheduling/time-off.ts'
import { timeOffRows } from '../../../knowledge/time-off.ts'
import { NOW, visit, ZONE } from '../testing/patient.tsx'
import { calendarFile } from './ics.ts'

const file = calendarFile([visit('medicine', 3, '2026-11-24T17:00:00.000Z', 3), visit('integration', 3, '2026-11-26T18:30:00.000Z')], NOW)

test('each visit is one appointment with its moments in UTC', () => {
  expect(file.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  expect(file).toContain('DTSTART:20261124T170000Z\r\nDTEND:20261124T200000Z')
  expect(file).toContain('DTSTAMP:20261123T170000Z')
  expect(file.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n')).toBe(true)
  expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true)
  expect(file.split('\r\n').every((line) => line.length <= 75)).toBe(true)
})

test('it tells nobody what it is about', () => {
  expect(file).not.toMatch(/ketamine|kap|medicine|session|integration|therap|harbor|cedar|jonas|mara/i)
})

describe('with the days off', () => {
  const visits = [visit('medicine', 3, '2026-11-24T17:00:00.000Z', 3), visit('integration', 3, '2026-11-26T18:30:00.000Z')]
  const off = calendarFile(visits, NOW, timeOff(visits, timeOffRows, ZONE))

  test('the whole day is kept free, and the time without driving goes on into the next', () => {
    expect(off.match(/BEGIN:VEVENT/g)).toHaveLength(4)
    expect(off).toContain('DTSTART;VALUE=DATE:20261124\r\nDTEND;VALUE=DATE:20261125\r\nSUMMARY:Keep free')
    expect(off).toContain('DTSTART:20261125T080000Z\r\nDTEND:20261125T200000Z\r\nSUMMARY:No driving\r\nCLASS:PRIVATE\r\nTRANSP:TRANSPARENT')
    expect(new Set(off.match(/UID:.*/g)).size).toBe(4)
  })

  test('it tells nobody what it is about either', () => {
    expect(off).not.toMatch(/ketamine|kap|medicine|session|integration|therap|harbor|cedar|jonas|mara/i)
  })
})
