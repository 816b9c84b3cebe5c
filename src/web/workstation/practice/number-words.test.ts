import { expect, it } from 'vitest'
import { npiWords, tinWords } from './number-words.ts'

it.each([
  ['', 'hint', 'Ten digits'],
  ['12345', 'hint', '5 of ten'],
  ['123456789', 'hint', '9 of ten'],
  ['1234567893', 'hint', 'fits'],
  ['1234 567 893', 'hint', 'fits'],
  ['1234567892', 'problem', 'does not fit'],
  ['12345678931', 'problem', 'more than ten'],
  ['12345A7893', 'problem', 'digits only'],
] as const)('NPI %s', (npi, part, words) => expect(npiWords(npi)[part]).toContain(words))

it.each([
  ['', 'hint'],
  ['94-5550142', 'hint'],
  ['945550142', 'hint'],
  ['94-555014', 'problem'],
  ['00-0000000', 'problem'],
] as const)('tax number %s', (tin, part) => expect(tinWords(tin)[part]).toBeTruthy())
