import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { registryRows } from '../../knowledge/registry.ts'
import { sources } from '../../knowledge/sources.ts'
import { daysFrom, localDay, plusDaysOf } from '../shared/local-day.ts'
import { aliasOf, shiftOf } from './alias.ts'
import { csvHead, csvLine } from './csv.ts'
import { deidentified } from './de-identify.ts'
import { classesOf, quasiIn, quasiKey, tooSmall } from './k-anonymous.ts'
import { quasiNames, type Quasi } from './rows.ts'
import { tableNamed, tableNames, tables, type Tables } from './tables.ts'
import { countPerson, newTally, shareable } from './tally.ts'
import { patient, TODAY, toldOf, toldRows } from './testing/patients.ts'
import { tell, type LeftOut, type Told } from './told.ts'

const keyed = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('hex')
const alias = (chart: string, key = 'kept here') => aliasOf(chart, keyed(key), registryRows.calendar)
const FEWEST = registryRows.fewest.people

function exported(all: readonly Told[]): Tables[] {
  const tally = newTally()
  for (const told of all) countPerson(tally, told, registryRows)
  const may = shareable(tally, registryRows)
  return all.flatMap((told, at) => { const quasi = may.classes(told.quasi); return quasi ? [deidentified(told, alias(`chart ${at}`), quasi, may)] : [] })
}
const crowd = Array.from({ length: 220 }, (_, at) => toldOf(at))
const all = exported(crowd)

test('the rows say where they come from', () => {
  expect(sources.S55.title).toContain('164.514')
  for (const row of [registryRows.ages, registryRows.calendar]) expect(row.cites).toContain('S55')
  expect(registryRows.ages.bands.at(-1)).toMatchObject({ from: 90, below: null })
})

describe('whose chart says anything', () => {
  test.each<[Parameters<typeof patient>[1], LeftOut]>([['not-asked', 'not-asked'], ['withdrawn', 'withdrawn'], ['older', 'older-words']])('%s: %s', (agreed, why) => {
    const { entries, openedAt } = patient(3, agreed)
    expect(tell(entries, openedAt, toldRows)).toBe(why)
  })
  test('a course whose last score may still come is not told yet, nor anything of it', () => {
    const { entries, openedAt } = patient(3)
    const last = toldOf(3).courses.at(-1)!
    expect(tell(entries, openedAt, { ...toldRows, today: plusDaysOf(last.settlesOn, -1) })).toBe('no-course-counted')
    expect(tell(entries, openedAt, { ...toldRows, today: last.settlesOn })).toMatchObject({ courses: [{ number: 1 }] })
  })
})

describe('k-anonymity', () => {
  const value = fc.integer({ min: 0, max: 3 }).map(String)
  const quasi = fc.record({ sex: value, ageBand: fc.constantFrom(...registryRows.ages.bands.map(({ id }) => id), 'unknown'), indication: value, route: value, year: value, protocol: value }) as fc.Arbitrary<Quasi>
  test('whoever leaves, leaves in a class of enough people; who stays back is fewer than that in all', () => {
    fc.assert(fc.property(fc.array(quasi, { maxLength: 300 }), (people) => {
      const counts = new Map<string, number>()
      for (const one of people) counts.set(quasiKey(one), (counts.get(quasiKey(one)) ?? 0) + 1)
      const classes = classesOf(counts, registryRows)
      const left = new Map<string, number>()
      for (const one of people) { const as = classes(one); if (as) left.set(quasiKey(as), (left.get(quasiKey(as)) ?? 0) + 1) }
      const leaving = [...left.values()].reduce((sum, more) => sum + more, 0)
      expect(tooSmall(left, FEWEST)).toEqual([])
      expect(people.length - leaving).toBeLessThan(FEWEST)
      for (const [from] of counts) { const as = classes(quasiIn(from)); if (as) for (const name of quasiNames) expect([quasiIn(from)[name], 'withheld', ...(name === 'ageBand' ? registryRows.ages.bands.map(({ wider }) => wider) : [])]).toContain(as[name]) }
    }), { numRuns: 60 })
  })
  test('a combination of enough people is left as it is, and one too few is made coarser by the first step', () => {
    const usual: Quasi = { sex: 'female', ageBand: '30-39', indication: 'depression', route: 'IM', year: '2025', protocol: 'solo-six' }
    const classes = classesOf(new Map([[quasiKey(usual), FEWEST], [quasiKey({ ...usual, protocol: 'own', sex: 'male' }), FEWEST - 1], [quasiKey({ ...usual, sex: 'male' }), 1]]), registryRows)
    expect(classes(usual)).toEqual(usual)
    expect(classes({ ...usual, sex: 'male' })).toEqual({ ...usual, sex: 'male', protocol: 'withheld' })
  })
})

describe('what leaves', () => {
  test('no combination of quasi-identifiers is fewer people than the rule asks for, nor is any term, grade or questionnaire', () => {
    const persons = (rows: (one: Tables) => readonly string[]) => { const counts = new Map<string, number>(); for (const one of all) for (const key of new Set(rows(one))) counts.set(key, (counts.get(key) ?? 0) + 1); return counts }
    const columns = ['sex', 'age_band', 'indication', 'route', 'first_year', 'protocol']
    expect(all.length).toBeGreaterThan(200)
    expect(tooSmall(persons(({ persons: [row] }) => [columns.map((name) => row![name]).join('|')]), FEWEST)).toEqual([])
    expect(tooSmall(persons(({ adverse_events }) => adverse_events.map(({ term }) => String(term))), FEWEST)).toEqual([])
    expect(tooSmall(persons(({ adverse_events }) => adverse_events.flatMap(({ term, grade }) => (grade === null ? [] : [`${term} ${grade}`]))), FEWEST)).toEqual([])
    expect(tooSmall(persons(({ scores }) => scores.map(({ instrument }) => String(instrument))), FEWEST)).toEqual([])
  })
  test('holds no name, no id, no moment and no day that is true, and every row exactly the columns of the dictionary', () => {
    const [{ entries }, text] = [patient(5), JSON.stringify(all)]
    expect(text).not.toMatch(/Generated|Number\d|T\d\d:\d\d|0000-4000|\b(19|20)\d\d-\d\d-\d\d/)
    expect(entries.length).toBeGreaterThan(10)
    const strange = all.flatMap((one) => tableNames.flatMap((name) => one[name].filter((row) => Object.keys(row).toSorted().join() !== tableNamed(name).columns.map((column) => column.name).toSorted().join())))
    expect(strange).toEqual([])
    for (const { columns } of tables) for (const { name, means, from, deidentified: how } of columns) expect([name, means, from, how].every(Boolean)).toBe(true)
  })
  test('a cell is empty only where its column says when, and of the type it says', () => {
    const types = { text: 'string', date: 'string', integer: 'number', number: 'number', boolean: 'boolean' } as const
    const faults = all.flatMap((one) => tables.flatMap(({ name, columns }) => one[name].flatMap((row) => columns.filter((column) => { const cell = row[column.name]!; return cell === null ? !column.empty : typeof cell !== types[column.type] }).map((column) => `${name}.${column.name}`))))
    expect(faults).toEqual([])
  })
  test('a withheld route is not told by its dose', () => {
    const quasi = { ...crowd[0]!.quasi, route: 'withheld' }
    const tally = newTally()
    for (const told of crowd) countPerson(tally, told, registryRows)
    const { doses, sessions } = deidentified(crowd[0]!, alias('a'), quasi, shareable(tally, registryRows))
    expect([...doses.map(({ mg }) => mg), ...sessions.map(({ total_mg }) => total_mg)].every((mg) => mg === null)).toBe(true)
  })
  test('rare side effects are told as one where together they are enough people, and not at all where they are not', () => {
    const with2 = (term: string, from: number, many: number) => crowd.map((told, at) => (at >= from && at < from + many ? { ...told, events: [{ term, grade: 1, course: 1, day: 9 }] } : { ...told, events: [] }))
    const terms = (people: readonly Told[]) => [...new Set(exported(people).flatMap(({ adverse_events }) => adverse_events.map(({ term }) => term)))]
    expect(terms(with2('nausea', 0, FEWEST - 1))).toEqual([])
    const both = with2('nausea', 0, FEWEST - 1).map((told, at) => ({ ...told, events: [...told.events, ...with2('headache', 4, FEWEST - 1)[at]!.events] }))
    expect(terms(both)).toEqual(['other'])
  })
})

describe('days', () => {
  test('what lies between two days of one person stays, and the day itself is of another calendar', () => {
    for (const at of [0, 7, 60]) {
      const [told, { openedAt, entries }] = [crowd[at]!, patient(at)]
      const own = alias(`chart ${at}`)
      const opened = localDay(openedAt, toldRows.course.zone)
      const [course] = all.find(({ persons: [row] }) => row!['person'] === own.person)?.courses ?? []
      const shift = shiftOf(own, opened)
      expect(course).toMatchObject({ first_dose: plusDaysOf(told.courses[0]!.firstDose, shift), last_dose: plusDaysOf(told.courses[0]!.lastDose, shift) })
      expect(daysFrom(TODAY, own.opensOn)).toBeGreaterThan(0)
      expect(entries.some(({ at: moment }) => moment.startsWith(String(course!['first_dose'])))).toBe(false)
    }
  })
  test('are the same in each export with one key, others with another, and spread evenly over the months', () => {
    expect(alias('a')).toEqual(alias('a'))
    expect(alias('a', 'another')).not.toEqual(alias('a'))
    expect(alias('a').person).toMatch(/^[0-9a-f]{20}$/)
    const months = Array.from({ length: 12 }, () => 0)
    for (let at = 0; at < 6_000; at += 1) months[Number(alias(`c${at}`).opensOn.slice(5, 7)) - 1]! += 1
    for (const share of months) expect(Math.abs(share - 500)).toBeLessThan(90)
  })
})

test.each([
  [['plain', 1, true, null], 'plain,1,true,\r\n'], [['a,b', 'say "so"', 'two\nlines'], '"a,b","say ""so""","two\nlines"\r\n'], [['=1+1', '+x', '@a', '-2', '\tx'], "'=1+1,'+x,'@a,'-2,'\tx\r\n"], [[-2, ''], '-2,""\r\n'],
])('a line of %j', (cells, line) => {
  expect(csvLine(cells)).toBe(line)
})

test('the head of a table names its columns', () => expect(csvHead(tableNamed('doses'))).toBe('person,course,session,dose,minute,mg\r\n'))
