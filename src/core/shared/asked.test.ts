import { expect, test } from 'vitest'
import { z } from 'zod'
import { readAsked, refusalOf } from './asked.ts'

const schema = z.strictObject({ age: z.number(), inner: z.strictObject({ left: z.boolean() }).optional() })

test('what fits is handed on', () => expect(readAsked(schema, { age: 3 })).toEqual({ ok: true, value: { age: 3 } }))

test.each<[unknown, object]>([
  [{ age: 3, agee: 4 }, { key: 'agee', message: '"agee" is not in the vocabulary' }],
  [{ age: 'three' }, { key: 'age', message: expect.stringContaining('expected number') }],
  [{}, { key: 'age' }],
  [{ age: 3, inner: { left: true, right: true } }, { key: 'inner.right' }],
  [{ age: 3, inner: { left: 1 } }, { key: 'inner.left' }],
])('%j names its key', (input, refusal) => expect(readAsked(schema, input)).toMatchObject({ ok: false, refusal }))

test.each([[null], ['text'], [[]], [undefined], [7]])('%j is no object, and no key is to blame', (input) => {
  const read = readAsked(schema, input)
  expect(read.ok || 'key' in read.refusal).toBe(false)
})

test('nothing to say is said too', () => expect(refusalOf([])).toEqual({ message: 'the input cannot be read' }))
