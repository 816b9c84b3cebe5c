import { expect } from 'vitest'
import { live } from './life.ts'

/** Lives so many seeds, one after the other. One that fails is named, and belongs into `kept-seeds.json`. */
export async function lives(from: number, count: number) {
  let acknowledged = 0
  for (let seed = from; seed < from + count; seed += 1) {
    const figures = await live(seed).catch((failure: Error) => { throw new Error(`seed ${seed}: ${failure.message}`, { cause: failure }) })
    expect(figures.acknowledged, `seed ${seed}: nobody did anything`).toBeGreaterThan(10)
    acknowledged += figures.acknowledged
  }
  // A life in which everybody soon leaves for good is short; most are not.
  if (count > 1) expect(acknowledged / count, 'most lives did little').toBeGreaterThan(100)
}
