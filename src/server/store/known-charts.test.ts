import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { entriesOfKnown, isKnown, remember } from './known-charts.ts'

const practice = randomUUID()
const entry = (seq: number, digest = `d${seq}`): StoredEntry => ({ id: `e${seq} ${digest}`, seq, digest, kind: 'message.v1', at: '', writtenAt: '', receivedAt: '', by: '', device: '', body: { topic: 'scheduling', text: digest } })
const upTo = (last: number) => Array.from({ length: last }, (_, place) => entry(place + 1))

/** A chart as it lies in a database, which says what it was asked for. */
function aChart(entries: StoredEntry[], chart: string = randomUUID()) {
  const asked: number[] = []
  const read = (inPractice = practice) => entriesOfKnown(inPractice, { chart, lastDigest: entries.at(-1)?.digest ?? '0' }, async (after) => { asked.push(after); return entries.filter(({ seq }) => seq > after).map((one) => structuredClone(one)) })
  return { chart, entries, asked, read }
}

test('a chart is read once, and then only what was appended', async () => {
  const { entries, asked, read } = aChart(upTo(3))
  expect(await read()).toEqual(upTo(3))
  expect(await read()).toBe(await read())
  expect(asked).toEqual([0])
  entries.push(entry(4), entry(5))
  expect(await read()).toEqual(upTo(5))
  // The newest that is known comes along: it has to be the one that stands there.
  expect(asked).toEqual([0, 2])
  expect(await read()).toEqual(upTo(5))
  expect(asked).toEqual([0, 2])
})

test('what was rolled back after somebody read it is not known of the chart', async () => {
  const { chart, entries, asked, read } = aChart(upTo(2))
  remember(practice, chart, [...upTo(2), entry(3, 'never kept')])
  expect(await read()).toEqual(upTo(2))
  remember(practice, chart, [...upTo(2), entry(3, 'never kept')])
  entries.push(entry(3), entry(4))
  expect(await read()).toEqual(upTo(4))
  expect(asked).toEqual([2, 0, 2, 0])
})

test('another chart, and another practice with a chart of the same number, are others', async () => {
  const { chart, read } = aChart(upTo(2))
  await read()
  expect(isKnown(practice, chart)).toBe(true)
  const elsewhere = aChart([entry(1, 'theirs')], chart)
  expect(isKnown(randomUUID(), chart)).toBe(false)
  expect(await elsewhere.read(randomUUID())).toEqual([entry(1, 'theirs')])
  expect(await aChart(upTo(1)).read()).toEqual(upTo(1))
  expect(await read()).toEqual(upTo(2))
})

test('nobody changes what others lean on', async () => {
  const { read } = aChart(upTo(2))
  for (const one of [(await read())[1]!, (await read())[1]!]) expect(() => { (one.body as { text: string }).text = 'something else' }).toThrow(TypeError)
  expect(await read()).toEqual(upTo(2))
})

test('a chart that is empty, or longer than all that is remembered, is read each time', async () => {
  const empty = aChart([])
  expect([await empty.read(), await empty.read(), empty.asked]).toEqual([[], [], [0, 0]])
  const long = aChart(upTo(20_001))
  expect((await long.read()).length + (await long.read()).length).toBe(40_002)
  expect(long.asked).toEqual([0, 0])
})
