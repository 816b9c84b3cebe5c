import { describe, expect, test } from 'vitest'
import type { Entry } from '../../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../../core/chart/kinds.ts'
import { comfortMeasures } from '../../../knowledge/comfort.ts'
import { say } from './say.ts'

const said = <Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>) => say({ kind, body } as unknown as Entry, { session: { alerts: { all: [] } as never }, name: (person) => person })

describe('the person who takes somebody home', () => {
  test.each([
    ['driver’s licence', 'Lena Keller is here, driver’s licence seen'],
    ['driver’s licence seen', 'Lena Keller is here, driver’s licence seen'],
    ['Seen: passport', 'Lena Keller is here, Seen: passport'],
    ['', 'Lena Keller is here'],
  ])('with “%s” noted: %s', (idNoted, expected) => expect(said('escort-arrived.v1', { name: 'Lena Keller', idNoted, kind: 'adult' })).toBe(expected))
})

describe('comfort', () => {
  test.each(comfortMeasures.map(({ id, label }) => [id, label]))('%s is called by its name, %s', (id, label) => {
    expect(said('comfort.v1', { measure: id, note: '' })).toBe(`Comfort: ${label}`)
    expect(said('comfort.v1', { measure: label, note: 'at once' })).toBe(`Comfort: ${label}. at once`)
  })
  test('one of our own words stays as it was written', () => expect(said('comfort.v1', { measure: 'sang', note: '' })).toBe('Comfort: sang'))
})
