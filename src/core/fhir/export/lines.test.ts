import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { sealedEntrySchema, verifyStream } from '../../chart/verify.ts'
import { richChart } from '../testing/rich-chart.ts'
import { chartId, practice } from '../testing/rich-people.ts'
import { entryLines } from './lines.ts'

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const rich = richChart(sha256)
const stream = { practice, chart: chartId }

test('the lines alone are enough to work out every digest again', () => {
  const lines = entryLines(rich.chart.toReversed(), stream).trimEnd().split('\n')
  expect(lines).toHaveLength(rich.chart.length)
  const read = lines.map((line) => sealedEntrySchema.parse(JSON.parse(line)))
  expect(verifyStream(read, sha256)).toMatchObject({ ok: true, value: { entries: rich.chart.length, head: { digest: rich.chart.at(-1)?.digest } } })
})

test('the hidden streams never leave', () => {
  expect(entryLines([...rich.chart, ...rich.hidden], stream)).toBe(entryLines(rich.chart, stream))
  expect(entryLines(rich.hidden, stream)).toBe('')
})
