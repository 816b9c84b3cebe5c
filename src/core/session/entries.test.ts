import { describe, expect, test } from 'vitest'
import { compare, sessionEntries } from './entries.ts'
import { told } from './fixtures.ts'

describe('the entries of a session', () => {
  const { entries } = told().reading(9, {}, { id: 'd' }).mind(3, undefined, { id: 'c' }).reading(3, {}, { id: 'b' }).reading(1, {}, { id: 'a' })
  test.each([['as they were listed', entries], ['the other way round', entries.toReversed()]])('oldest first, and at one moment by their names: %s', (_, listed) => {
    const read = sessionEntries(listed)
    expect(read.list.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect([read.all('vitals.v1').map(({ id }) => id), read.latest('vitals.v1')?.id, read.latest('mental-status.v1')?.id]).toEqual([['a', 'b', 'd'], 'd', 'c'])
    expect([read.all('rating.v1'), read.latest('rating.v1')]).toEqual([[], undefined])
  })
  test.each([['a', 'b', -1], ['b', 'a', 1], ['a', 'a', 0]] as const)('%s and %s', (one, other, order) => expect(compare(one, other)).toBe(order))
})
