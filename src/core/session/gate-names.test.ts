import { expect, test } from 'vitest'
import { gateNames } from './gate-names.ts'
import { give, roomReady, start, chartReady } from './testing/fixtures.ts'

const judged = () => [...start(chartReady()), ...give(roomReady('IN-esketamine')), ...give(roomReady(), 2)].map(({ gate }) => gate)

test('every gate that is judged at the start, before the first dose or before a booster has a name for people', () => {
  expect(judged()).toEqual(expect.arrayContaining(['preparation', 'prescriber-on-site', 'fasting', 'booster', 'within-order']))
  expect(judged().filter((gate) => !(gate in gateNames))).toEqual([])
})

test('so have the two that stand for what a device does not know, and no two are called the same', () => {
  expect([gateNames.protocol, gateNames.rulebook]).toEqual(['Protocol', 'Rulebook'])
  const names = Object.values(gateNames)
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^[A-Z][a-z]+( [\w]+)*$/)
})
