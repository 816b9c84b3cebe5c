import { expect } from 'vitest'
import { live } from './life.ts'

/** Lives so many seeds, one after the other. One that fails is named, and belongs into `kept-seeds.json`. */
export async function lives(from: number, count: number) {
  for (let seed = from; seed < from + count; seed += 1) {
    const figures = await live(seed).catch((failure: Error) => { throw new Error(`seed ${seed}: ${failure.message}`, { cause: failure }) })
    expect(figures.acknowledged, `seed ${seed}: nobody did anything`).toBeGreaterThan(20)
  }
}
