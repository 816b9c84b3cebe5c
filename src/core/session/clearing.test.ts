import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { persistentOnes, standingOf } from './clearing.ts'
import { at } from './fixtures.ts'
import type { Observation } from './observations.ts'
import type { Level } from './rows.ts'

/** Minute, level, and how bad it may have been where that is not known: `gone` for a symptom that went away. */
type Seen = readonly [minute: number, level: Level | 'gone', ceiling?: Level]
const observed = (seen: readonly Seen[]) => seen.map(([minute, level, ceiling]) =>
  ({ at: at(minute), level: level === 'gone' ? 'green' : level, ceiling: ceiling ?? (level === 'gone' ? 'green' : level), ...(level === 'gone' ? { gone: true as const } : {}) }) as Observation)
const minuteOf = (when: string | undefined) => (when === undefined ? undefined : (Date.parse(when) - Date.parse(at(0))) / 60_000)

describe('the level that stands, and when it last came down', () => {
  test.each<[string, readonly Seen[], Level, number?]>([
    ['nothing seen', [], 'green'], ['calm', [[0, 'green'], [9, 'green']], 'green'], ['raised at once', [[0, 'green'], [1, 'yellow']], 'yellow'], ['raised further', [[0, 'yellow'], [1, 'red']], 'red'],
    ['one reading below', [[0, 'orange'], [9, 'green']], 'orange'], ['two, five minutes apart', [[0, 'orange'], [2, 'green'], [7, 'green']], 'green', 7], ['two, less far apart', [[0, 'orange'], [2, 'green'], [6.9, 'green']], 'orange'], ['three, the first and the last five minutes apart', [[0, 'orange'], [2, 'green'], [4, 'green'], [7, 'green']], 'green', 7],
    ['the same again in between', [[0, 'orange'], [2, 'green'], [4, 'orange'], [7, 'green']], 'orange'], ['and twice below after that', [[0, 'orange'], [2, 'green'], [4, 'orange'], [7, 'green'], [12, 'green']], 'green', 12],
    ['down to the worse of the two below', [[0, 'red'], [2, 'yellow'], [7, 'green']], 'yellow', 7], ['the other way round', [[0, 'red'], [2, 'green'], [7, 'orange']], 'orange', 7],
    ['the better one of them counts for the next step down', [[0, 'red'], [2, 'yellow'], [7, 'green'], [12, 'green']], 'green', 12], ['but not the one that it came down to', [[0, 'red'], [2, 'green'], [7, 'yellow'], [12, 'green']], 'yellow', 7], ['in steps', [[0, 'red'], [2, 'orange'], [7, 'orange'], [9, 'yellow'], [14, 'yellow']], 'yellow', 14],
    ['could have been as bad: no evidence of being below', [[0, 'orange'], [2, 'green', 'orange'], [7, 'green', 'orange']], 'orange'], ['could have been yellow at worst', [[0, 'orange'], [2, 'green', 'yellow'], [7, 'green', 'yellow']], 'yellow', 7],
    ['a symptom that is gone is gone at once', [[0, 'red'], [1, 'gone']], 'green', 1], ['gone where nothing stood', [[1, 'gone']], 'green'], ['gone twice', [[0, 'red'], [1, 'gone'], [2, 'gone']], 'green', 1], ['gone, and back', [[0, 'red'], [1, 'gone'], [2, 'orange']], 'orange', 1],
    ['one below before it was gone counts for nothing afterwards', [[0, 'red'], [1, 'green'], [2, 'gone'], [3, 'red'], [8, 'green']], 'red', 2],
  ])('%s', (_, seen, level, clearedAt) => {
    const standing = standingOf('BP-S', observed(seen), monitoring.clearing)
    expect([standing.series, standing.level, minuteOf(standing.clearedAt)]).toEqual(['BP-S', level, clearedAt])
  })

  test('where three readings are asked for, two are too few, however far apart', () => {
    const level = (...seen: Seen[]) => standingOf('BP-S', observed(seen), { ...monitoring.clearing, readings: 3 }).level
    expect([level([0, 'orange'], [2, 'green'], [30, 'green']), level([0, 'orange'], [2, 'green'], [4, 'green'], [30, 'green'])]).toEqual(['orange', 'green'])
  })
})

describe('orange or worse for so long that the prescriber has to come', () => {
  test.each<[string, readonly Seen[], readonly number[]]>([
    ['once', [[0, 'orange']], []], ['twice, five minutes apart', [[0, 'orange'], [5, 'orange']], [5]], ['less', [[0, 'orange'], [4.9, 'orange']], []], ['and on from there', [[0, 'orange'], [5, 'red'], [6, 'orange']], [5, 6]],
    ['yellow is not it', [[0, 'yellow'], [5, 'yellow'], [9, 'orange']], []], ['yellow in between begins anew', [[0, 'orange'], [3, 'yellow'], [6, 'orange'], [10, 'orange']], []], ['what could not be judged does not', [[0, 'orange'], [3, 'green', 'orange'], [6, 'orange']], [6]], ['what could have been yellow at worst does', [[0, 'orange'], [3, 'green', 'yellow'], [6, 'orange']], []],
  ])('%s', (_, seen, persistent) => {
    expect([...persistentOnes(observed(seen), monitoring.clearing)].map((one) => minuteOf(one.at))).toEqual(persistent)
  })

  test('two of one minute are no time', () => {
    expect(persistentOnes(observed([[0, 'orange'], [0, 'red']]), { ...monitoring.clearing, apartMin: 0 }).size).toBe(0)
  })
})
