import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { onCallRows } from '../../knowledge/on-call.ts'
import { localClock, localDay, plusDaysOf, sayTime } from '../shared/local-day.ts'
import { HOUR_MS, instant, plusMinutes } from '../shared/time.ts'
import { callNow, daysOffBetween, gapsBetween, noRota, onCallAt, onCallBetween, sayWatched, type OnCallRota, type OnCallTimes } from './on-call.ts'

const LA = 'America/Los_Angeles'
const here = new Set(['thea', 'pia', 'dina', 'cora'])
const day = (weekday: number, first: string, second: string | null = null, from = '09:00', to = '17:00') => ({ weekday, from, to, first, second })
const usual: OnCallRota = { weekly: [1, 2, 3, 4, 5].map((weekday) => day(weekday, 'thea', 'pia')), days: [], everyone: [] }
const times = (rota: Partial<OnCallRota>, more: Partial<OnCallTimes> = {}): OnCallTimes => ({ rota: { ...usual, ...rota }, zone: LA, closed: [], here, off: new Map(), ...more })
const off = (...days: readonly (readonly [person: string, day: string])[]) => ({ off: new Map([...here].map((person) => [person, new Set(days.flatMap(([who, one]) => (who === person ? [one] : [])))])) })
const at = (rota: OnCallTimes, moment: string) => onCallAt(rota, moment, onCallRows)
const first = (rota: OnCallTimes, moment: string) => at(rota, moment).now.first

describe('who is on call', () => {
  // 2026-11-23 is a Monday; Los Angeles is eight hours behind UTC then.
  test.each<[string, OnCallTimes, string, string | null]>([
    ['in the hours', times({}), '2026-11-23T17:00:00.000Z', 'thea'], ['not a minute before', times({}), '2026-11-23T16:59:00.000Z', null], ['not at their end', times({}), '2026-11-24T01:00:00.000Z', null], ['not at the weekend', times({}), '2026-11-22T18:00:00.000Z', null],
    ['over midnight', times({ weekly: [day(1, 'thea', null, '20:00', '08:00')] }), '2026-11-24T15:59:00.000Z', 'thea'], ['a whole day', times({ weekly: [day(1, 'thea', null, '08:00', '08:00')] }), '2026-11-24T15:59:00.000Z', 'thea'],
    ['until midnight', times({ weekly: [day(1, 'thea', null, '20:00', '00:00')] }), '2026-11-24T08:00:00.000Z', null], ['not on a closed day', times({}, { closed: [{ from: '2026-11-23', to: '2026-11-23', name: 'Closed' }] }), '2026-11-23T18:00:00.000Z', null],
    ['on a closed day that is named', times({ days: [{ day: '2026-11-23', note: '', hours: [day(1, 'dina')] }] }, { closed: [{ from: '2026-11-23', to: '2026-11-23', name: 'Closed' }] }), '2026-11-23T18:00:00.000Z', 'dina'],
    ['swapped for a day', times({ days: [{ day: '2026-11-23', note: 'swap', hours: [day(1, 'pia', 'thea')] }] }), '2026-11-23T18:00:00.000Z', 'pia'], ['a named day without anybody', times({ days: [{ day: '2026-11-23', note: '', hours: [] }] }), '2026-11-23T18:00:00.000Z', null],
    ['the second, once the first has left', times({}, { here: new Set(['pia']) }), '2026-11-23T18:00:00.000Z', 'pia'], ['nobody, once both have', times({}, { here: new Set() }), '2026-11-23T18:00:00.000Z', null],
    ['a named day takes over from the night before', times({ weekly: [day(1, 'thea', null, '20:00', '08:00')], days: [{ day: '2026-11-24', note: '', hours: [day(2, 'dina', null, '00:00', '08:00')] }] }), '2026-11-24T12:00:00.000Z', 'dina'],
    ['the second, on a day off of the first', times({}, off(['thea', '2026-11-23'])), '2026-11-23T18:00:00.000Z', 'pia'], ['nobody, on a day off of both', times({}, off(['thea', '2026-11-23'], ['pia', '2026-11-23'])), '2026-11-23T18:00:00.000Z', null], ['the first, on another day off', times({}, off(['thea', '2026-11-24'])), '2026-11-23T18:00:00.000Z', 'thea'],
    ['whoever the day names, day off or not', times({ days: [{ day: '2026-11-23', note: 'stays in reach', hours: [day(1, 'thea')] }] }, off(['thea', '2026-11-23'])), '2026-11-23T18:00:00.000Z', 'thea'],
    ['whoever has a night, until the midnight before a day off', times({ weekly: [day(1, 'thea', 'pia', '20:00', '08:00')] }, off(['thea', '2026-11-24'])), '2026-11-24T07:59:00.000Z', 'thea'], ['and the second from then on', times({ weekly: [day(1, 'thea', 'pia', '20:00', '08:00')] }, off(['thea', '2026-11-24'])), '2026-11-24T08:00:00.000Z', 'pia'],
    ['whose hours lie below, when those above have a day off', times({ weekly: [day(1, 'dina', null, '08:00', '20:00'), day(1, 'thea')] }, off(['thea', '2026-11-23'])), '2026-11-23T18:00:00.000Z', 'dina'],
  ])('%s', (_, rota, moment, expected) => expect(first(rota, moment)).toBe(expected))

  test('and who comes next, and until when nobody is', () => {
    const night = at(times({}), '2026-11-24T10:00:00.000Z')
    expect([night.now.first, night.changesAt, night.next]).toEqual([null, '2026-11-24T17:00:00.000Z', { from: '2026-11-24T17:00:00.000Z', to: '2026-11-25T01:00:00.000Z', first: 'thea', second: 'pia' }])
    expect(at(times(noRota), '2026-11-24T10:00:00.000Z')).toMatchObject({ now: { first: null }, next: null, changesAt: null })
  })

  test('gaps are said by their hours', () => expect(gapsBetween(times({}), '2026-11-23T18:00:00.000Z', '2026-11-24T18:00:00.000Z').map(({ from, to }) => [from, to])).toEqual([['2026-11-24T01:00:00.000Z', '2026-11-24T17:00:00.000Z']]))

  test('a night changes hands at the midnight before a day off', () => {
    const night = times({ weekly: [day(1, 'thea', 'pia', '20:00', '08:00')] }, off(['thea', '2026-11-24']))
    expect(onCallBetween(night, '2026-11-24T05:00:00.000Z', '2026-11-24T15:00:00.000Z').map(({ from, to, first: who, second }) => [from.slice(11, 16), to.slice(11, 16), who, second])).toEqual([['05:00', '08:00', 'thea', 'pia'], ['08:00', '15:00', 'pia', null]])
    expect(at(night, '2026-11-24T05:00:00.000Z').now.to).toBe('2026-11-24T08:00:00.000Z')
  })
  test('a day off of somebody in the rota is shown, one of somebody else is not, and neither is one outside the time', () => {
    const asked = times({ days: [{ day: '2026-11-25', note: '', hours: [day(3, 'dina')] }] }, off(['thea', '2026-11-24'], ['pia', '2026-11-28'], ['dina', '2026-11-25'], ['cora', '2026-11-24'], ['thea', '2026-12-24']))
    expect(daysOffBetween(asked, '2026-11-23T18:00:00.000Z', '2026-12-01T18:00:00.000Z')).toEqual([{ day: '2026-11-24', person: 'thea', called: false }, { day: '2026-11-25', person: 'dina', called: true }])
    expect(daysOffBetween(times({ weekly: [day(1, 'thea', null, '20:00', '08:00')] }, off(['thea', '2026-11-24'])), '2026-11-23T18:00:00.000Z', '2026-11-25T18:00:00.000Z')).toEqual([{ day: '2026-11-24', person: 'thea', called: false }])
  })

  // The clocks of Los Angeles jump from two to three on 8 March 2026, and go back from two to one on 1 November.
  test.each([['2026-03-08', 7], ['2026-11-01', 9]] as const)('a night on %s lasts as long as it does, and nobody is missed in it', (sunday, hours) => {
    const pieces = onCallBetween(times({ weekly: [day(7, 'thea', null, '00:00', '08:00')] }), `${sunday}T07:00:00.000Z`, `${sunday}T20:00:00.000Z`).filter((piece) => piece.first === 'thea')
    expect(pieces.map(({ from, to }) => (Date.parse(to) - Date.parse(from)) / HOUR_MS)).toEqual([hours])
  })
})

describe('whom an answer is called to', () => {
  const on = (moment: string, rota = times({})) => at(rota, moment)
  const [noon, night] = ['2026-11-23T20:00:00.000Z', '2026-11-24T10:00:00.000Z']
  test.each<[string, ReturnType<typeof callNow>, object]>([
    ['first the first', callNow(1, noon, on(noon), ['dina'], onCallRows), { circle: 1, people: ['thea'], answerBy: plusMinutes(noon, onCallRows.takenWithinMin) }],
    ['then the second as well', callNow(2, noon, on(noon), ['dina'], onCallRows), { circle: 2, people: ['thea', 'pia'] }],
    ['then everyone who is named', callNow(3, noon, on(noon), ['dina'], onCallRows), { circle: 3, people: ['thea', 'pia', 'dina'], answerBy: plusMinutes(noon, onCallRows.againMin) }],
    ['everyone at once where there is no second', callNow(2, noon, on(noon, times({ weekly: [day(1, 'thea')] })), ['dina'], onCallRows), { circle: 3, people: ['thea', 'dina'] }],
    ['everyone at once where nobody is on call', callNow(1, night, on(night), ['dina'], onCallRows), { circle: 3, people: ['dina'], answerBy: plusMinutes(night, onCallRows.againMin) }],
    ['and again as soon as somebody is', callNow(3, '2026-11-24T16:45:00.000Z', on('2026-11-24T16:45:00.000Z'), ['dina'], onCallRows), { answerBy: '2026-11-24T17:00:00.000Z' }],
  ])('%s', (_, called, expected) => expect(called).toMatchObject(expected))
})

describe('laws', () => {
  const clock = fc.integer({ min: 0, max: 95 }).map((quarter) => `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`)
  const person = fc.constantFrom('thea', 'pia', 'dina', 'gone')
  const hours = fc.record({ from: clock, to: clock, first: person, second: fc.option(person) })
  const zones = [LA, 'America/New_York', 'America/St_Johns', 'Europe/Vienna', 'Australia/Lord_Howe', 'America/Phoenix', 'Pacific/Apia']
  /** The weeks in which clocks change somewhere in these zones, and one in which none does. */
  const weeks = ['2026-03-05', '2026-03-26', '2026-04-02', '2026-10-01', '2026-10-22', '2026-10-29', '2026-07-06']
  const rotas = fc.record({ weekly: fc.array(hours.chain((one) => fc.integer({ min: 1, max: 7 }).map((weekday) => ({ ...one, weekday }))), { maxLength: 12 }), named: fc.array(fc.record({ offset: fc.integer({ min: -1, max: 8 }), hours: fc.array(hours, { maxLength: 2 }) }), { maxLength: 3 }), holiday: fc.option(fc.integer({ min: 0, max: 7 })), away: fc.array(fc.tuple(person, fc.integer({ min: -1, max: 8 })), { maxLength: 3 }), zone: fc.constantFrom(...zones), week: fc.constantFrom(...weeks) })

  test('each hour of a week, holidays and changes of the clocks in several zones: somebody is named or the gap is said, and the patient reads the same', () => {
    fc.assert(fc.property(rotas, ({ weekly, named, holiday, away, zone, week }) => {
      const rota = { weekly, days: [...new Map(named.map((one) => [one.offset, { day: plusDaysOf(week, one.offset), note: '', hours: one.hours }])).values()], everyone: [] }
      const closed = holiday === null ? [] : [{ from: plusDaysOf(week, holiday), to: plusDaysOf(week, holiday), name: 'Holiday' }]
      const asked: OnCallTimes = { rota, zone, closed, here, ...off(...away.map(([who, offset]) => [who, plusDaysOf(week, offset)] as const)) }
      const from = Date.parse(`${week}T00:30:00.000Z`)
      const end = instant(from + 8 * 24 * HOUR_MS)
      const pieces = onCallBetween(asked, instant(from), end)
      // In a week without a change of the clocks, by the plain reading of a wall and without any arithmetic of moments.
      const isPlain = offset(instant(from - 48 * HOUR_MS), zone) === offset(plusMinutes(end, 2_880), zone)
      expect(pieces[0]!.from + pieces.at(-1)!.to).toBe(instant(from) + end)
      const wrong = Array.from({ length: 7 * 24 }, (_, hour) => instant(from + hour * HOUR_MS)).filter((moment) => {
        const { first: named = 'missed' } = pieces.find((one) => one.from <= moment && moment < one.to) ?? {}
        const said = onCallAt(asked, moment, { lookDays: 2 })
        const words = sayWatched(said, zone, moment)
        return said.now.first !== named || named === 'gone' || !words.startsWith(named === null ? 'Nobody at the practice' : 'Somebody at the practice')
          || (said.changesAt !== null && !words.includes(sayTime(said.changesAt, zone))) || (isPlain && (named !== null) !== byWall(asked, moment))
      })
      expect(wrong).toEqual([])
    }), { numRuns: 15 })
  }, 20_000)

  const offset = (moment: string, zone: string) => Date.parse(`${localDay(moment, zone)}T${localClock(moment, zone)}:00.000Z`) - Date.parse(moment)
  function byWall({ rota, zone, closed, off: daysOff }: OnCallTimes, moment: string): boolean {
    const [today, clockNow] = [localDay(moment, zone), localClock(moment, zone)]
    const of = (one: string) => rota.days.find(({ day: its }) => its === one)?.hours ?? (closed.some(({ from, to }) => from <= one && one <= to) ? [] : rota.weekly.filter(({ weekday }) => weekday === (new Date(`${one}T12:00:00Z`).getUTCDay() || 7)))
    const able = (its: string) => ({ first: one, second }: { first: string; second: string | null }) => [one, second].some((who) => who !== null && here.has(who) && (rota.days.some(({ day: named }) => named === its) || !daysOff.get(who)?.has(today)))
    return of(today).filter(able(today)).some(({ from, to }) => clockNow >= from && (to <= from || clockNow < to)) || of(plusDaysOf(today, -1)).filter(able(plusDaysOf(today, -1))).some(({ from, to }) => to <= from && clockNow < to)
  }
})
