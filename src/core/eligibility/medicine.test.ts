import fc from 'fast-check'
import { expect, test } from 'vitest'
import { holdsPhrase, ingredientsIn, plainName, sameName } from './medicine.ts'

test.each([
  ['alprazolam 0 5 mg', 'alprazolam', true], ['alprazolam', 'alprazolam', true], ['xr alprazolam', 'alprazolam', true], ['hydromorphone', 'morphine', false], ['morphine sulfate', 'morphine', true], ['nonmorphine morphine', 'morphine', true], ['morphines', 'morphine', false],
  ['st johns wort', 'johns wort', true], ['', 'x', false], ['x', '', false], ['', '', true],
])('“%s” holds “%s” as whole words: %s', (plain, phrase, expected) => expect(holdsPhrase(plain, phrase)).toBe(expected))

test.each([['St. John’s Wort', 'st johns wort'], [" O'Neil`s  Drops ", 'oneils drops'], ['Xanax® -- 0.5 MG', 'xanax 0 5 mg'], ['(R)-Ketamin', 'r ketamin'], ['Coenzyme Q10', 'coenzyme q10'], ['Ácido/fólico', 'ácido fólico'], ['…', '']])('“%s” is plainly “%s”', (name, plain) => expect(plainName(name)).toBe(plain))

test.each([['St. John’s Wort', 'st johns wort', true], ['lidocaine 1%', 'Lidocaine 1', true], ['cafe\u0301', 'Café', true], ['%%%', '::', false], ['?', ' ? ', true], ['কোডিন', 'কাডন', false], ['โคดีอีน', 'โคดอน', false], ['gİ', 'g i', false]])('“%s” and “%s” are one thing on a list: %s', (one, other, same) => expect(sameName(one) === sameName(other)).toBe(same))

test('it is the same as looking for the phrase between blanks', () => {
  const some = fc.array(fc.constantFrom('a', 'ab', 'aa', 'b'), { minLength: 1, maxLength: 5 }).map((words) => words.join(' '))
  fc.assert(fc.property(some, some, (plain, phrase) => {
    expect(holdsPhrase(plain, phrase)).toBe(` ${plain} `.includes(` ${phrase} `))
  }))
})

test('a code, an ingredient or a brand name tells the ingredient', () => {
  const medicines = [{ ingredient: 'alprazolam', rxnorm: '596', names: ['xanax', 'niravam'] }, { ingredient: 'lithium' }]
  expect([ingredientsIn('x', ['596'], medicines), ingredientsIn(plainName('Xanax® 1 mg'), [], medicines), ingredientsIn('lithium carbonate', [], medicines), ingredientsIn('water', ['1'], medicines)]).toEqual([['alprazolam'], ['alprazolam'], ['lithium'], []])
})
