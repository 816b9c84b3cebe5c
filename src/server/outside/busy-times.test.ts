import { describe, expect, test } from 'vitest'
import { OUR_UID, readBusyTimes } from './busy-times.ts'

const asked = { zone: 'America/Los_Angeles', from: '2026-03-01T08:00:00.000Z', to: '2026-04-01T07:00:00.000Z' }
const file = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n')
const event = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Dentist, Dr Somebody', ...lines, 'END:VEVENT']
const NEW_YORK = ['BEGIN:VTIMEZONE', 'TZID:Eastern', 'BEGIN:STANDARD', 'DTSTART:20251102T020000', 'TZOFFSETFROM:-0400', 'TZOFFSETTO:-0500', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU', 'END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:20250309T020000', 'TZOFFSETFROM:-0500', 'TZOFFSETTO:-0400', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU', 'END:DAYLIGHT', 'END:VTIMEZONE']
const weekly = event('DTSTART;TZID=America/Los_Angeles:20260226T090000', 'DTEND;TZID=America/Los_Angeles:20260226T100000', 'RRULE:FREQ=WEEKLY')
const changed = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:1', 'RECURRENCE-ID;TZID=America/Los_Angeles:20260312T090000', ...lines, 'END:VEVENT']
const thursdays = ['2026-03-05T17:00', '2026-03-12T16:00', '2026-03-19T16:00', '2026-03-26T16:00']

/** In March 2026; the clocks in the United States go forward on the eighth. */
describe('starts of busy times', () => {
  test.each<[string, string[], string[]]>([
    ['in UTC', event('DTSTART:20260305T170000Z', 'DTEND:20260305T180000Z'), ['2026-03-05T17:00']],
    ['before and after the clocks change, in a zone of the world', [...event('DTSTART;TZID=America/New_York:20260307T090000', 'DURATION:PT1H'), ...event('DTSTART;TZID=America/New_York:20260309T090000', 'DURATION:PT1H')], ['2026-03-07T14:00', '2026-03-09T13:00']],
    ['in a zone that the file describes', [...NEW_YORK, ...event('DTSTART;TZID=Eastern:20260307T090000', 'DURATION:PT1H'), ...event('DTSTART;TZID=Eastern:20260309T090000', 'DURATION:PT1H')], ['2026-03-07T14:00', '2026-03-09T13:00']],
    ['in no zone: the practice’s own', event('DTSTART:20260309T090000', 'DURATION:PT1H'), ['2026-03-09T16:00']],
    ['a whole day', event('DTSTART;VALUE=DATE:20260308'), ['2026-03-08T08:00']],
    ['every week, across the change', weekly, thursdays],
    ['every week but one', weekly.toSpliced(-1, 0, 'EXDATE;TZID=America/Los_Angeles:20260312T090000'), thursdays.toSpliced(1, 1)],
    ['three times', weekly.with(5, 'RRULE:FREQ=WEEKLY;COUNT=3'), thursdays.slice(0, 2)],
    ['once moved to the afternoon', [...weekly, ...changed('DTSTART;TZID=America/Los_Angeles:20260312T140000', 'DURATION:PT1H')], thursdays.with(1, '2026-03-12T21:00')],
    ['once moved, and written before what it changes', [...changed('DTSTART;TZID=America/Los_Angeles:20260312T140000', 'DURATION:PT1H'), ...weekly], thursdays.with(1, '2026-03-12T21:00')],
    ['once moved into these months from far outside', [...weekly.with(5, 'RRULE:FREQ=WEEKLY;COUNT=1'), 'BEGIN:VEVENT', 'UID:1', 'RECURRENCE-ID;TZID=America/Los_Angeles:20270107T090000', 'DTSTART:20260320T170000Z', 'DURATION:PT1H', 'END:VEVENT'], ['2026-03-20T17:00']],
    ['once called off', [...weekly, ...changed('DTSTART;TZID=America/Los_Angeles:20260312T090000', 'DURATION:PT1H', 'STATUS:CANCELLED')], thursdays.toSpliced(1, 1)],
    ['once free', [...weekly, ...changed('DTSTART;TZID=America/Los_Angeles:20260312T090000', 'DURATION:PT1H', 'TRANSP:TRANSPARENT')], thursdays.toSpliced(1, 1)],
    ['every day since twenty years', event('DTSTART:20060305T170000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20260303T235959Z'), ['2026-03-01T17:00', '2026-03-02T17:00', '2026-03-03T17:00']],
    ['free', event('DTSTART:20260305T170000Z', 'DURATION:PT1H', 'TRANSP:TRANSPARENT'), []],
    ['free, as Outlook says it', event('DTSTART:20260305T170000Z', 'DURATION:PT1H', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'), []],
    ['called off', event('DTSTART:20260305T170000Z', 'DURATION:PT1H', 'STATUS:CANCELLED'), []],
    ['perhaps', event('DTSTART:20260305T170000Z', 'DURATION:PT1H', 'STATUS:TENTATIVE'), ['2026-03-05T17:00']],
    ['no time at all', event('DTSTART:20260305T170000Z'), []],
    ['a visit of ours', event('DTSTART:20260305T170000Z', 'DURATION:PT1H').with(1, `UID:abc${OUR_UID}`), []],
    ['last year, and running into these months', event('DTSTART:20251201T000000Z', 'DTEND:20260302T000000Z'), ['2025-12-01T00:00']],
    ['over before, and not begun yet', [...event('DTSTART:20260301T060000Z', 'DTEND:20260301T080000Z'), ...event('DTSTART:20260401T070000Z', 'DURATION:PT1H')], []],
    ['only whether somebody is busy', ['BEGIN:VFREEBUSY', 'FREEBUSY;FBTYPE=BUSY:20260305T170000Z/PT1H,20260306T170000Z/20260306T180000Z', 'FREEBUSY;FBTYPE=FREE:20260307T170000Z/PT1H', 'END:VFREEBUSY'], ['2026-03-05T17:00', '2026-03-06T17:00']],
  ])('%s', (_, lines, starts) => {
    const read = readBusyTimes(file(...lines), asked)
    expect(read.ok ? read.times.map(({ startsAt }) => startsAt.slice(0, 16)) : read.says).toEqual(starts)
  })
  test('nothing is kept but from when to when', () => {
    expect(readBusyTimes(file(...event('DTSTART:20260305T170000Z', 'DTEND:20260305T180000Z', 'LOCATION:Elm Street', 'ATTENDEE:mailto:x@example.org')), asked)).toEqual({ ok: true, times: [{ startsAt: '2026-03-05T17:00:00.000Z', endsAt: '2026-03-05T18:00:00.000Z' }] })
  })
})

describe('what cannot be read whole is refused whole, with the line', () => {
  const good = event('DTSTART:20260305T170000Z', 'DURATION:PT1H')
  test.each<[string, string, RegExp]>([
    ['a letter', 'Dear Sir', /^Line 1: This is not a calendar file/],
    ['nothing', '', /^Line 1: /],
    ['a line without a colon', file(...good, 'hello'), /^Line 10: A name with a colon/],
    ['a start that is no day', file(...event('DTSTART:20260231')), /^Line 7: This is not a day/],
    ['a start that is no time', file(...event('DTSTART:banana')), /^Line 7: This is not a day/],
    ['a fold before it', file('X-NOTE:one', ' two', ...event('DTSTART:20261301')), /^Line 9: This is not a day/],
    ['a day left out that is none', file(...weekly.toSpliced(-1, 0, 'EXDATE:20260312T250000')), /^Line 10: This is not a day/],
    ['a rule that is none', file(...event('DTSTART:20260305T170000Z', 'RRULE:FREQ=OFTEN')), /^Line 8: This rule of repetition/],
    ['no start', file(...event()), /^Line 4: This event does not say when it starts/],
    ['cut off', file(...good).replace(/END:VEVENT[\s\S]*/, ''), /^Line 4: What begins here does not end/],
    ['ended twice', file('END:VEVENT'), /^Line 4: This ends what was not begun/],
    ['more after its end', `${file(...good)}X:1\r\n`, /^Line 11: This stands outside/],
    ['a zone that nobody knows', file(...event('DTSTART;TZID=My Office:20260305T170000', 'DURATION:PT1H')), /time zone “My Office”/],
    ['more times than there are minutes to keep', file(...event('DTSTART:20260305T170000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY')), /more than 5000/],
    ['too much', file(`X:${'x'.repeat(2_000_000)}`), /larger than two megabytes/],
    ['a rule that never comes true', file(...event('DTSTART:20260305T170000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31')), /two seconds/],
  ])('%s', (_, text, expected) => {
    const read = readBusyTimes(text, asked)
    expect(read).toMatchObject({ ok: false })
    expect(read.ok ? '' : read.says).toMatch(expected)
    expect(read.ok ? '' : read.says).not.toMatch(/Dentist|hello|banana/)
  })
})
