import { expect, test } from 'vitest'
import { benchmarks, flagWords, type Benchmark } from './benchmarks.ts'
import { conflicts } from './conflicts.ts'
import { outcomeRows, madrsRow, qidsRow, traumaRow } from './outcomes.ts'
import { scoreMeanings } from './outcome-thresholds.ts'
import { instruments } from './instruments.ts'

const all: readonly Benchmark[] = benchmarks

test('the eighteen published figures are all there', () => {
  expect(all.map(({ id }) => id)).toEqual(Array.from({ length: 18 }, (_, i) => `BM${String(i + 1).padStart(2, '0')}`))
})

test.each(all.map((row) => [row.id, row] as const))('every published figure says what it rests on: %s', (_, row) => {
  expect(row.design.length).toBeGreaterThan(10)
  expect(row.instrument.length * row.timePoint.length).toBeGreaterThan(0)
  for (const flag of row.flags) expect(flagWords).toHaveProperty([flag])
  // A number of people, or the open word that it is a claim of a page.
  expect(row.people === null).toBe(row.flags.includes('claim-only'))
})

test.each([
  ['BM04', 537], ['BM05', 16], ['BM06', 24], ['BM07', 42], ['BM08', 403], ['BM09', 186], ['BM10', 235], ['BM11', 1247], ['BM12', 664], ['BM13', 424], ['BM14', 714], ['BM15', 96], ['BM16', 59], ['BM17', 26],
] as const)('%s rests on %i people', (id, people) => expect(all.find((row) => row.id === id)?.people).toBe(people))

test('few people, sellers and unfinished courses are flagged', () => {
  for (const row of all) if (row.people !== null && row.people < 60) expect(row.flags, row.id).toContain('small')
  expect(all.filter(({ flags }) => flags.includes('sponsored')).map(({ id }) => id)).toEqual(['BM11'])
  expect(all.filter(({ flags }) => flags.includes('completers-only')).map(({ id }) => id)).toEqual(['BM04', 'BM11', 'BM14'])
})

test('a conflict names two sides, what holds and why', () => {
  expect(conflicts.length).toBeGreaterThanOrEqual(12)
  for (const { id, sides, holds, because } of conflicts) for (const text of [...sides, holds, because]) expect(text, id).toMatch(/^[A-Z0-9].+\.$/)
})

test('what a score is said to mean agrees with what is computed', () => {
  const says = (instrument: string) => scoreMeanings.find((row) => row.instrument === instrument)?.says ?? ''
  const change = (instrument: string) => outcomeRows.changes.find((row) => row.instrument === instrument)
  expect(says('PHQ-9')).toContain(`below ${change('phq-9')?.remissionBelow} remission`)
  expect(says('PHQ-9')).toContain(`Reliable from ${change('phq-9')?.reliablePoints} points, recovered below ${change('phq-9')?.caseFrom}`)
  expect(says('GAD-7')).toContain(`Reliable from ${change('gad-7')?.reliablePoints} points, recovered below ${change('gad-7')?.caseFrom}`)
  expect(says('PCL-5')).toContain(`${traumaRow.meaningfulPoints} a meaningful fall; reliable from ${traumaRow.reliablePoints.join(' or ')} by two samples; ${traumaRow.clinicallySignificantAtMost} or less`)
  expect(says('MADRS')).toContain(`remission at ${madrsRow.remissionAtMost.toSorted((a, b) => a - b).join(' or less, or at ')} or less`)
  expect(says('QIDS-SR16')).toContain(`${qidsRow.noBenefitAtMostPercent} percent or less`)
})

test('bands are whole, and those of the questionnaires here are the same', () => {
  for (const { id, range, bands } of scoreMeanings) {
    if (bands.length === 0) continue
    expect([bands[0]?.[0], bands.at(-1)?.[1]], id).toEqual(range)
    for (const [i, band] of bands.entries()) if (i > 0) expect(band[0], id).toBe((bands[i - 1]?.[1] ?? 0) + 1)
  }
  for (const id of ['phq-9', 'gad-7'] as const) expect(instruments[id].bands.map(({ from, to }) => [from, to])).toEqual(scoreMeanings.find((row) => row.id === `score.${id}`)?.bands.map(([from, to]) => [from, to]))
})
