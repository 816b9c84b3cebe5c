import { expect, test } from 'vitest'
import { isAbove, isAtLeast, worst } from './level.ts'
import type { Level } from './rows.ts'

const order: readonly Level[] = ['green', 'yellow', 'orange', 'red']

test('green, yellow, orange, red, and in no other order', () => {
  for (const [low, level] of order.entries()) for (const [high, other] of order.entries()) {
    expect([isAbove(level, other), isAtLeast(level, other)], `${level}, ${other}`).toEqual([low > high, low >= high])
    expect([worst([level, other]), worst([other, level])]).toEqual([order[Math.max(low, high)], order[Math.max(low, high)]])
  }
  expect([worst([]), worst(['green']), worst(['yellow', 'red', 'orange'])]).toEqual(['green', 'green', 'red'])
})
