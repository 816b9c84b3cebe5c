import { describe, expect, test } from 'vitest'
import { namedIn, namesToLookAt } from './names.ts'

const ada = { chart: 'a', name: 'Ada Muñoz' }
const bo = { chart: 'b', name: 'Bo Reyes-Lind' }

describe('whose name words say', () => {
  test.each([
    ['The group breathed together.', []], ['Ada spoke first.', ['Ada Muñoz']], ['ADA, then everybody', ['Ada Muñoz']], ['Muñoz and Lind', ['Ada Muñoz', 'Bo Reyes-Lind']],
    ['munoz said', ['Ada Muñoz']], ['Ada’s breath', ['Ada Muñoz']], ['The Muñozs came', ['Ada Muñoz']], ['Adamant about it', []], ['bo is too short a word', []], ['', []],
  ])('%s', (words, names) => expect(namedIn(words, [ada, bo]).map(({ name }) => name)).toEqual(names))
})

test('in the shared passage everybody is looked for, in one’s own part everybody else', () => {
  expect(namesToLookAt('Ada began.', [{ ...ada, words: 'Ada rested; Reyes wept.' }, { ...bo, words: 'Bo wept.' }])).toEqual([{ named: 'Ada Muñoz', in: 'shared' }, { named: 'Bo Reyes-Lind', in: 'Ada Muñoz' }])
  expect(namesToLookAt('They breathed.', [{ ...ada, words: 'Ada rested.' }, { ...bo, words: 'Reyes wept.' }])).toEqual([])
})
