import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { entryKinds, kinds } from '../../core/chart/kinds.ts'
import { hiddenStreams } from './act-of.ts'
import { faults } from './testing/faults.ts'
import finders from './testing/finders.json' with { type: 'json' }
import kept from './testing/kept-seeds.json' with { type: 'json' }
import { live } from './testing/life.ts'
import { lives } from './testing/lives.ts'

test('a seed tells the same life, whatever was lived before it', async () => {
  const first = await live(475)
  expect(await live(475)).toEqual(first)
})

/** The other half of a thousand stands in `sync-more.test.ts`, so that both cores have one. */
describe('two to six devices, two charts, a bad network, wrong clocks and plugs pulled at any moment', () => {
  test.each([1, 101, 201, 301, 401])('nothing lost, nothing doubled, and the queues empty themselves: a hundred seeds from %i', (from) => lives(from, 100), 300_000)
  test.each(kept.filter(({ seed }) => seed > 1_000))('seed $seed, which once found: $found', ({ seed }) => lives(seed, 1), 60_000)
})

test('every planted fault still has its one place in the code', () => {
  const misplaced = faults.filter(({ file, was, becomes }) => was === becomes || readFileSync(file, 'utf8').split(was).length !== 2)
  expect(misplaced.map(({ id }) => id)).toEqual([])
  expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length)
})

test('of every planted fault it is written down which seed finds it, and what a kept seed stands for is planted', () => {
  const ids = faults.map(({ id }) => id)
  expect(Object.keys(finders).toSorted()).toEqual(ids.toSorted())
  expect(kept.filter(({ fault }) => fault !== undefined && !ids.includes(fault))).toEqual([])
})

test('hidden streams are those of the table of kinds', () => {
  const hidden = Object.fromEntries(entryKinds.flatMap((kind) => (kinds[kind].stream === 'chart' ? [] : [[kind, kinds[kind].stream]])))
  expect(hiddenStreams).toEqual(hidden)
})
