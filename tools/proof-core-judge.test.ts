import { describe, expect, test } from 'vitest'
import { excuse, said, scoreOf } from './proof-core-judge.mjs'

const text = 'const a = 1\nexport const isOld = (age: number) => age >= 65 // years\nconst open = [\n  1,\n]\n'
const texts = new Map([['src/core/dosing/a.ts', text]])
const change = (replacement: string, from: [number, number], to: [number, number], fileName = 'src/core/dosing/a.ts') => said({ fileName, location: { start: { line: from[0], column: from[1] }, end: { line: to[0], column: to[1] } }, replacement }, texts) as { file: string; line: number; was: string; becomes: string }

test('a change is said by its words: what the line was, and what it becomes', () => {
  const expected = { file: 'src/core/dosing/a.ts', line: 2, was: 'export const isOld = (age: number) => age >= 65 // years', becomes: 'export const isOld = (age: number) => age > 65 // years' }
  expect(change('age > 65', [2, 39], [2, 48])).toEqual(expected)
  expect(change('age > 65', [2, 39], [2, 48], '/somewhere/src/core/dosing/a.ts')).toEqual(expected)
  expect(change('[]', [3, 14], [5, 2])).toMatchObject({ line: 3, was: 'const open = [ 1, ]', becomes: 'const open = []' })
})

describe('the score', () => {
  const of = (...statuses: string[]) => scoreOf(statuses.map((status) => ({ status }))) as { caught: number; all: number; percent: number }
  test.each([
    [['Killed', 'Killed', 'Timeout', 'Survived'], 3, 4, 75], [['Killed', 'NoCoverage'], 1, 2, 50], [['Killed', 'RuntimeError', 'CompileError', 'Ignored'], 1, 1, 100], [['RuntimeError'], 0, 0, 0], [[], 0, 0, 0],
  ] as const)('%j: %i of %i, %d %%', (statuses, caught, all, percent) => {
    expect(of(...statuses)).toMatchObject({ caught, all, percent })
  })
})

describe('what lives', () => {
  const lives = { file: 'a.ts', was: 'a >= 1', becomes: 'a > 1', status: 'Survived' }
  const listed = { file: 'a.ts', was: 'a >= 1', becomes: 'a > 1', reason: 'a is never 1' }
  const judged = (mutants: object[], list: object[], files = ['a.ts']) => {
    const { unexplained, excused, stale } = excuse(mutants, list, files) as Record<'unexplained' | 'excused' | 'stale', object[]>
    return [unexplained.length, excused.length, stale.length]
  }
  test.each<[string, object[], object[], string[], number[]]>([
    ['is listed', [lives], [listed], ['a.ts'], [0, 1, 0]], ['is not listed', [lives], [], ['a.ts'], [1, 0, 0]], ['was never run, and is not listed', [{ ...lives, status: 'NoCoverage' }], [], ['a.ts'], [1, 0, 0]],
    ['is listed without a reason', [lives], [{ ...listed, reason: ' ' }], ['a.ts'], [1, 1, 0]], ['is another change of the same line', [{ ...lives, becomes: 'true' }], [listed], ['a.ts'], [1, 0, 1]],
    ['is the same change of another file', [{ ...lives, file: 'b.ts' }], [listed], ['a.ts', 'b.ts'], [1, 0, 1]], ['is listed and was noticed', [{ ...lives, status: 'Killed' }], [listed], ['a.ts'], [0, 0, 1]],
    ['is listed in a file that was not looked at whole', [], [listed], [], [0, 0, 0]],
  ])('%s', (_, mutants, list, files, expected) => {
    expect(judged(mutants, list, files)).toEqual(expected)
  })
})
