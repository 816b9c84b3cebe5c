import { describe, test } from 'vitest'
import { lives } from './testing/lives.ts'

describe('two to six devices, two charts, a bad network, wrong clocks and plugs pulled at any moment', () => {
  test.each([501, 601, 701, 801, 901])('nothing lost, nothing doubled, and the queues empty themselves: a hundred seeds from %i', (from) => lives(from, 100), 300_000)
})
