import { expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { lateAt } from './alerts.ts'
import { at } from './fixtures.ts'
import type { AlertLevel, AlertRow } from './rows.ts'

test.each<[string, readonly AlertLevel[], readonly number[]]>([
  ['to look again', ['yellow'], [13]], ['to call somebody', ['orange', 'red'], [18, 30]], ['never, for no level', [], []],
])('a reading due at minute 10 that nobody takes is late enough, %s', (_, levels, minutes) => {
  expect(lateAt({ at: at(10) }, monitoring.alerts, levels)).toEqual(minutes.map(at))
})

test('no other row waits for a reading, and no level that its row does not have', () => {
  const late = { ...monitoring.alerts.find(({ watches }) => watches === 'lateness')!, levels: { orange: { above: 8 } } } as AlertRow
  expect([lateAt({ at: at(10) }, monitoring.alerts.filter(({ watches }) => watches !== 'lateness'), ['yellow', 'orange', 'red']), lateAt({ at: at(10) }, [late], ['yellow', 'orange', 'red'])]).toEqual([[], [at(18)]])
})
