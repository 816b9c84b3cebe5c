import { describe, expect, it } from 'vitest'
import { awayBlocks, dayBlocks, hoursShown, mondayOf, weekBlocks, weekOf, type CalendarNow, type CalendarVisit } from './calendar-layout.ts'

const ZONE = 'America/Los_Angeles'
const [JONAS, HELEN, CEDAR] = ['jonas', 'helen', 'cedar']

/** A visit of an hour or more, by the clock in UTC; California is eight hours behind in November. */
const visit = (id: string, startsAt: string, endsAt: string, more: Partial<CalendarVisit> = {}): CalendarVisit => ({
  visit: id, type: 'preparation', number: 1, startsAt, endsAt, localStart: '2026-11-23T09:00', zone: ZONE, online: false,
  people: [{ person: JONAS!, name: 'Jonas Lindqvist', role: 'therapist' }], patients: [], takes: [], ...more,
})
const now = (visits: CalendarVisit[]): CalendarNow => ({
  visits, elsewhere: [], waiting: [], closings: [{ from: '2026-11-26', to: '2026-11-27', name: 'Thanksgiving' }], zone: ZONE, rooms: [{ id: CEDAR!, name: 'Cedar', features: [], dosing: true, planning: { location: '', capacity: 1, turnoverMin: 0, featuresUntil: {} } }],
  people: [{ person: JONAS!, name: 'Jonas Lindqvist', roles: ['therapist'] }, { person: HELEN!, name: 'Helen Brandt', roles: ['prescriber'] }],
})

describe('busy elsewhere', () => {
  const away = [['2026-11-23T17:00:00.000Z', '2026-11-23T18:30:00.000Z'], ['2026-11-24T06:00:00.000Z', '2026-11-24T18:00:00.000Z']].map(([startsAt, endsAt]) => ({ person: JONAS!, startsAt: startsAt!, endsAt: endsAt! }))
  const calendar = { ...now([]), elsewhere: away }
  const shown = (blocks: ReturnType<typeof awayBlocks>) => blocks.map(({ column, startMin, endMin, name }) => [column, startMin, endMin, name])
  it('stands in the person’s own column of a day, cut at midnight', () => {
    expect(shown(awayBlocks(calendar, dayBlocks(calendar, '2026-11-23').columns, null, '2026-11-23'))).toEqual([[0, 540, 630, 'Jonas Lindqvist'], [0, 1320, 1440, 'Jonas Lindqvist']])
    expect(shown(awayBlocks(calendar, dayBlocks(calendar, '2026-11-24').columns, null, '2026-11-24'))).toEqual([[0, 0, 600, 'Jonas Lindqvist']])
  })
  it.each([[JONAS!, 3], [HELEN!, 0], [null, 0]])('in a week that of %s alone', (who, count) => {
    expect(awayBlocks(calendar, weekBlocks(calendar, weekOf('2026-11-23'), '2026-11-23', who).columns, who, '2026-11-23')).toHaveLength(count)
  })
})

const nine = visit('a', '2026-11-23T17:00:00.000Z', '2026-11-23T18:00:00.000Z')

it.each([
  ['2026-11-23', '2026-11-23'],
  ['2026-11-29', '2026-11-23'],
  ['2026-11-30', '2026-11-30'],
])('the week of %s begins on %s', (day, monday) => expect(mondayOf(day)).toBe(monday))

it('has seven days in a week, also over the end of a year', () => {
  expect(weekOf('2027-01-01')).toEqual(['2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02', '2027-01-03'])
})

describe('where a visit stands', () => {
  it('on the wall of the practice, in the column of everybody and every room it takes', () => {
    const both = visit('b', '2026-11-23T17:00:00.000Z', '2026-11-23T20:00:00.000Z', { room: { id: CEDAR!, name: 'Cedar' }, people: [{ person: JONAS!, name: 'Jonas Lindqvist', role: 'therapist' }, { person: HELEN!, name: 'Helen Brandt', role: 'prescriber on call' }] })
    const { columns, blocks } = dayBlocks(now([both]), '2026-11-23')
    expect(columns.map(({ title }) => title)).toEqual(['Jonas Lindqvist', 'Helen Brandt', 'Cedar'])
    expect(blocks.map(({ column, startMin, endMin, onCall }) => ({ column, startMin, endMin, onCall }))).toEqual([
      { column: 0, startMin: 540, endMin: 720, onCall: false }, { column: 1, startMin: 540, endMin: 720, onCall: true }, { column: 2, startMin: 540, endMin: 720, onCall: false },
    ])
  })

  it('gives who only runs the desk a column on the days they have a visit', () => {
    const withDesk = (visits: CalendarVisit[]): CalendarNow => ({ ...now(visits), people: [{ person: 'claire', name: 'Claire Dubois', roles: ['coordinator'] }, ...now([]).people] })
    const call = visit('f', '2026-11-23T17:00:00.000Z', '2026-11-23T17:30:00.000Z', { type: 'inquiry-call', people: [{ person: 'claire', name: 'Claire Dubois', role: 'coordinator' }] })
    expect(dayBlocks(withDesk([nine]), '2026-11-23').columns.map(({ id }) => id)).not.toContain('claire')
    expect(dayBlocks(withDesk([call]), '2026-11-23').columns.map(({ id }) => id)).toContain('claire')
  })

  it('on the day of the practice: an evening there is the next day in UTC', () => {
    const evening = visit('c', '2026-11-24T02:00:00.000Z', '2026-11-24T03:00:00.000Z')
    expect(dayBlocks(now([evening]), '2026-11-23').blocks).toHaveLength(1)
    expect(dayBlocks(now([evening]), '2026-11-24').blocks).toHaveLength(0)
  })

  it('at the same hour on both sides of the change of the clocks', () => {
    const before = visit('d', '2026-10-30T16:00:00.000Z', '2026-10-30T17:00:00.000Z')
    const after = visit('e', '2026-11-02T17:00:00.000Z', '2026-11-02T18:00:00.000Z')
    const { blocks } = weekBlocks(now([before, after]), ['2026-10-30', '2026-11-02'], '2026-11-02', null)
    expect(blocks.map(({ startMin }) => startMin)).toEqual([540, 540])
  })
})

describe('visits that overlap', () => {
  const lanes = (...visits: CalendarVisit[]) => weekBlocks(now(visits), ['2026-11-23'], '2026-11-23', null).blocks.map(({ visit: { visit: id }, lane, lanes: of }) => `${id} ${lane + 1} of ${of}`)
  const at = (id: string, from: string, to: string) => visit(id, `2026-11-23T${from}:00.000Z`, `2026-11-23T${to}:00.000Z`)
  it.each([
    ['one after the other', [at('a', '17:00', '18:00'), at('b', '18:00', '19:00')], ['a 1 of 1', 'b 1 of 1']],
    ['at the same time', [at('a', '17:00', '18:00'), at('b', '17:00', '18:00')], ['a 1 of 2', 'b 2 of 2']],
    ['a chain of three', [at('a', '17:00', '18:30'), at('b', '18:00', '19:30'), at('c', '19:00', '20:00')], ['a 1 of 2', 'b 2 of 2', 'c 1 of 2']],
    ['two groups apart', [at('a', '17:00', '18:00'), at('b', '17:30', '18:30'), at('c', '20:00', '21:00')], ['a 1 of 2', 'b 2 of 2', 'c 1 of 1']],
    ['two at once, then one alone right after', [at('a', '17:00', '18:00'), at('b', '17:00', '18:00'), at('c', '18:00', '19:00')], ['a 1 of 2', 'b 2 of 2', 'c 1 of 1']],
    ['a long one beside two short ones', [at('a', '17:00', '20:00'), at('b', '17:00', '18:00'), at('c', '18:00', '19:00')], ['a 1 of 2', 'b 2 of 2', 'c 2 of 2']],
  ])('%s', (_, visits, expected) => expect(lanes(...visits)).toEqual(expected))
})

it('marks the days on which the practice is closed, and shows what stands there all the same', () => {
  const there = visit('t', '2026-11-26T17:00:00.000Z', '2026-11-26T18:00:00.000Z')
  const { columns, blocks } = weekBlocks(now([there]), weekOf('2026-11-23'), '2026-11-23', null)
  expect(columns.filter(({ closed }) => closed).map(({ id, closed }) => [id, closed])).toEqual([['2026-11-26', 'Thanksgiving'], ['2026-11-27', 'Thanksgiving']])
  expect(blocks.map(({ column }) => column)).toEqual([3])
})

it('shows one person’s week when asked', () => {
  const helens = visit('h', '2026-11-24T17:00:00.000Z', '2026-11-24T18:00:00.000Z', { people: [{ person: HELEN!, name: 'Helen Brandt', role: 'prescriber' }] })
  const { columns, blocks } = weekBlocks(now([nine, helens]), weekOf('2026-11-23'), '2026-11-24', HELEN!)
  expect(blocks.map(({ visit: { visit: id }, column }) => [id, column])).toEqual([['h', 1]])
  expect(columns.filter(({ today }) => today).map(({ id }) => id)).toEqual(['2026-11-24'])
})

it.each([
  [[], 8, 18],
  [[{ startMin: 540, endMin: 1170 }], 8, 20],
  [[{ startMin: 405, endMin: 450 }], 6, 18],
])('hours shown', (blocks, fromHour, toHour) => expect(hoursShown(blocks)).toEqual({ fromHour, toHour }))
