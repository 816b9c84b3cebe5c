import { expect, test } from 'vitest'
import { contract } from '../../../core/contract/contract.ts'
import { looksOf } from './access-words.ts'

const line = (at: string, action: string, who = 'Jonas', outcome = 'done') => ({ at, who, action, outcome })

test('looks of one kind on one day are one line, newest day first', () => {
  const days = looksOf([line('2026-11-20T18:00:00.000Z', 'chart.read'), line('2026-11-21T18:00:00.000Z', 'chart.read'), line('2026-11-21T19:00:00.000Z', 'chart.read')], 'America/Los_Angeles')
  expect(days.map(([day, looks]) => [day, looks.map(({ times }) => times)])).toEqual([['2026-11-21', [2]], ['2026-11-20', [1]]])
})

test('opening and closing one reading is one look', () => {
  const [[, looks] = ['', []]] = looksOf([line('2026-11-21T18:00:00.000Z', 'live.opened'), line('2026-11-21T18:05:00.000Z', 'live.closed')], 'UTC')
  expect(looks).toMatchObject([{ says: 'read the chart', times: 1 }])
})

test('a refused look is told apart', () => {
  const [[, looks] = ['', []]] = looksOf([line('2026-11-21T18:00:00.000Z', 'chart.read', 'Sam', 'refused'), line('2026-11-21T18:00:00.000Z', 'chart.read', 'Sam')], 'UTC')
  expect(looks.map(({ refused }) => refused)).toEqual([true, false])
})

test('every act on a chart that the contract audits has words for a person', () => {
  const audited = Object.values(contract).filter(({ path, audit }) => audit !== null && path.includes('/charts/')).map(({ audit }) => audit!)
  const bare = audited.filter((action) => looksOf([line('2026-11-21T18:00:00.000Z', action)], 'UTC')[0]![1][0]!.says === action.replaceAll(/[.-]/g, ' '))
  expect(audited.length).toBeGreaterThan(15)
  expect(bare).toEqual([])
})
