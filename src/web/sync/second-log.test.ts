import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeLog, readLog, recordOf, valueOf, type Change } from './second-log.ts'
import { memoryFile, type MemoryFile } from './testing/memory-file.ts'

const said = (file: MemoryFile) => [...readLog(file.bytes).stands].map(([name, record]) => [name, valueOf(record)])
const sizeOf = (...changes: Change[]) => changes.reduce((sum, change) => sum + recordOf(change).length, 0)
const bytes = new Uint8Array([0, 255, 0xf5, 0x0b, 0xca, 0xff, 10])

test('sealed bytes come back to the last bit, whatever they hold', () => {
  const file = memoryFile()
  const value = { owner: 'mona', own: bytes, sealed: { iv: bytes, data: bytes.buffer }, server: { key: 'k', sealed: bytes }, nothing: null, text: 'ü\n' }
  changeLog(file, [{ name: 'act 1', value }])
  const [[, back]] = said(file) as [[string, typeof value]]
  expect(back).toEqual(value)
  expect(back.sealed.data).toBeInstanceOf(ArrayBuffer)
})

test.each<[string, Change[][], string[], number]>([
  ['nothing', [], [], 0],
  ['what waits stands in the order in which it was written', [[{ name: 'act 2', value: 2 }], [{ name: 'act 1', value: 1 }]], ['act 2', 'act 1'], sizeOf({ name: 'act 2', value: 2 }, { name: 'act 1', value: 1 })],
  ['what is over is marked while something waits', [[{ name: 'act 1', value: 1 }], [{ name: 'act 2', value: 2 }], [{ name: 'act 1' }]], ['act 2'], sizeOf({ name: 'act 1', value: 1 }, { name: 'act 2', value: 2 }, { name: 'act 1' })],
  ['once nothing waits, nothing of it is left', [[{ name: 'act 1', value: 1 }], [{ name: 'act 1' }]], [], 0],
  ['leave to bring it stays, once', [[{ name: 'leave mona', value: 1 }], [{ name: 'act 1', value: 1 }], [{ name: 'leave mona', value: 2 }], [{ name: 'act 1' }]], ['leave mona'], sizeOf({ name: 'leave mona', value: 2 })],
  ['taken away twice, or never kept', [[{ name: 'act 1' }], [{ name: 'act 2', value: 2 }], [{ name: 'act 1' }]], ['act 2'], sizeOf({ name: 'act 2', value: 2 })],
])('%s', (_, changes, names, size) => {
  const file = memoryFile()
  for (const some of changes) changeLog(file, some)
  expect([said(file).map(([name]) => name), file.bytes.length]).toEqual([names, size])
})

test('it is written anew where most of it is over, though one still waits', () => {
  const file = memoryFile()
  changeLog(file, [{ name: 'act stuck', value: 'x' }])
  for (let number = 0; number < 300; number += 1) { changeLog(file, [{ name: `act ${number}`, value: 'x'.repeat(2_000) }]); changeLog(file, [{ name: `act ${number}` }]) }
  expect(said(file)).toEqual([['act stuck', 'x']])
  expect(file.bytes.length).toBeLessThan(300_000)
})

test('reading alone writes nothing: the first place may be gone in that moment', () => {
  const file = memoryFile()
  changeLog(file, [{ name: 'act 1', value: 1 }])
  file.bytes = new Uint8Array([...file.bytes, ...recordOf({ name: 'act 1' }), 0xf5, 0x0b])
  const before = file.bytes
  expect([...changeLog(file, []).keys()]).toEqual([])
  expect(file.bytes).toBe(before)
})

/** The next program begins with what lies there. */
const torn = (file: MemoryFile, change: Change, after: number) => { file.tornAfter = after; try { changeLog(file, [change]) } catch { /* It is gone. */ } file.tornAfter = Infinity }

/** Cut short, a change may still stand: where what an earlier torn record left behind ends it to the last byte. */
const isWholeAt = (file: MemoryFile, at: number, change: Change) => recordOf(change).every((byte, place) => byte === file.bytes[at + place])

test('torn at any byte, again and again: what was there before is there, whole, and so is everything after', () => {
  const act = fc.record({ number: fc.integer({ min: 0, max: 9 }), value: fc.oneof(fc.constant(undefined), fc.uint8Array({ maxLength: 40 })), tornAfter: fc.oneof(fc.constant(Infinity), fc.integer({ min: 0, max: 90 })) })
  fc.assert(fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
    const file = memoryFile()
    changeLog(file, [{ name: 'act stays', value: 0 }]) // Something always waits.
    const should = new Map<string, unknown>([['act stays', 0]])
    for (const { number, value, tornAfter } of acts) {
      const change = { name: `act ${number}`, value: value && new Uint8Array(value) }
      const { end } = readLog(file.bytes)
      torn(file, change, tornAfter)
      if (tornAfter < recordOf(change).length && !isWholeAt(file, end, change)) continue
      if (change.value === undefined) should.delete(change.name)
      else should.set(change.name, change.value)
    }
    expect(said(file)).toEqual([...should])
  }), { numRuns: 500, examples: [[[{ number: 7, value: new Uint8Array(0), tornAfter: Infinity }, { number: 7, value: new Uint8Array(0), tornAfter: 18 }, { number: 7, value: undefined, tornAfter: 12 }]]] })
})

test.each([1, 5, 13, 18])('a torn place in the middle, %i bytes long, hides nothing that comes after it', (length) => {
  const [first, second, third] = [1, 2, 3].map((value) => recordOf({ name: `act ${value}`, value }))
  const file = memoryFile()
  file.bytes = new Uint8Array([...first!, ...second!.subarray(0, length), ...third!])
  expect(said(file)).toEqual([['act 1', 1], ['act 3', 3]])
})

test('one wrong byte anywhere costs the record it lies in, and no other', () => {
  const records = [1, 2, 3].map((value) => recordOf({ name: `act ${value}`, value }))
  const whole = new Uint8Array(records.flatMap((record) => [...record]))
  for (let at = 0; at < whole.length; at += 1) {
    const file = memoryFile()
    file.bytes = whole.with(at, whole[at]! ^ 1) as Uint8Array<ArrayBuffer>
    const broken = records.findIndex((_, place) => at < records.slice(0, place + 1).reduce((sum, { length }) => sum + length, 0))
    expect(said(file).map(([name]) => name)).toEqual(['act 1', 'act 2', 'act 3'].filter((_, place) => place !== broken))
  }
})
