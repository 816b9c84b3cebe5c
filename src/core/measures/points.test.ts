import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import type { Instrument } from './instrument.ts'
import { linearPoints } from './points.ts'
import { score } from './score.ts'

const counted = Object.values<Instrument>(instruments).flatMap((instrument) => { const points = linearPoints(instrument); return points ? [{ instrument, points }] : [] })

test('forms that are a plain sum or mean are found, and others are not', () => {
  const ids = counted.map(({ instrument }) => instrument.id)
  expect(ids).toEqual(expect.arrayContaining(['ips', 'scs-sf', 'csi-16', 'pc-ptsd-5', 'phq-9']))
  expect(ids).not.toContain('itq')
})

test('for any answers, the points add up to what the form is counted to', () => {
  fc.assert(fc.property(fc.constantFrom(...counted), fc.infiniteStream(fc.nat(1000)), ({ instrument, points }, chance) => {
    const answers: Record<string, number | boolean> = {}
    let sum = 0
    for (const { id, answer } of instrument.items) {
      const values = [...(points.of.get(id)?.keys() ?? (answer.kind === 'choice' ? answer.options.map(({ value }) => value) : [1]))]
      const value = values[(chance.next().value as number) % values.length]!
      answers[id] = answer.kind === 'yes-no' ? value === 1 : value
      sum += points.of.get(id)?.get(value) ?? 0
    }
    const { total } = score(instrument, answers)
    const { scoring } = instrument
    expect(sum).toBeGreaterThanOrEqual(points.min)
    expect(sum).toBeLessThanOrEqual(points.max)
    if (total !== null && scoring.kind !== 'none' && 'items' in scoring) expect(scoring.kind === 'mean' ? sum / scoring.items.length : sum).toBeCloseTo(total, 9)
  }), { seed: 11, numRuns: 2_000 })
})
