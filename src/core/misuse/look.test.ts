import { expect, test } from 'vitest'
import { outcomeRows } from '../../knowledge/outcomes.ts'
import { misuse } from '../../knowledge/safety/misuse.ts'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { misuseLook } from './look.ts'

const rows = { misuse, outcomes: outcomeRows }
const sign = (chart: ToldChart, name: string, day: string) => chart.on(day, 'misuse-sign.v1', { sign: name, seen: true, on: day, said: 'a word for one reader' }, { id: `${name} ${day}` })
const two = sign(sign(told().dosed('s1', '2026-03-01', 50).dosed('s2', '2026-03-08', 60), 'misuse.early', '2026-03-02'), 'misuse.lost', '2026-03-10')
const three = sign(two, 'misuse.higher', '2026-03-11')
const look = (chart: ToldChart, now = '2026-03-12T17:00:00.000Z') => misuseLook(chart, rows, now)

test('one sign asks for nothing; two ask a prescriber since the second of them, three sooner, and none is named', () => {
  expect([look(told()), look(sign(told(), 'misuse.early', '2026-03-02'))]).toEqual([undefined, undefined])
  expect(look(two)).toMatchObject({ about: 'misuse', who: ['prescriber'], since: '2026-03-10T17:00:00.000Z', dueBy: '2026-03-17T17:00:00.000Z', overdue: false })
  expect(look(three)).toMatchObject({ since: '2026-03-10T17:00:00.000Z', dueBy: '2026-03-13T17:00:00.000Z', overdue: false })
  expect(look(three, '2026-03-14T17:00:00.000Z')?.overdue).toBe(true)
  expect(look(three)?.says).toMatch(/2 sessions with medicine so far, 110 mg in all\.$/)
  expect(look(three)?.says).not.toMatch(/lozenge|early|misuse|one reader/i)
})

test('a sign told of twice counts once, and what a prescriber wrote ends it until two more come', () => {
  expect(look(sign(sign(told(), 'misuse.early', '2026-03-02'), 'misuse.early', '2026-03-09'))).toBeUndefined()
  const read = three.on('2026-03-12', 'misuse-reviewed.v1', { read: ['misuse.early 2026-03-02', 'misuse.lost 2026-03-10', 'misuse.higher 2026-03-11'], found: [], edition: 'x', reason: 'Talked it over, nothing to act on.' })
  expect(look(read)).toBeUndefined()
  expect(look(sign(sign(read, 'misuse.early', '2026-04-01'), 'misuse.self-raised', '2026-04-03'), '2026-04-04T17:00:00.000Z')?.since).toBe('2026-04-03T17:00:00.000Z')
})
