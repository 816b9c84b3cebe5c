import type { CoursePlan, Layer } from './layers.ts'
import type { Costs } from './search.ts'
import type { Bounds } from './stages.ts'

/** For each visit, what all those after it cost at the very least, wherever they go; none where nothing is known. */
export function leastAfter({ layers }: CoursePlan, bounds: readonly Bounds[], { least }: Costs): readonly number[] {
  if (!least) return []
  const after = layers.map(() => 0)
  for (const layer of layers.slice(1).toReversed()) after[layer.index - 1] = after[layer.index]! + (layer.fixed ? 0 : leastOf(layer, bounds[layer.index]!, least))
  return after
}

function leastOf(layer: Layer, { lo, hi }: Bounds, least: NonNullable<Costs['least']>): number {
  let found = Infinity
  for (let dayNo = lo; dayNo <= hi && found > 0; dayNo += 1) found = Math.min(found, least(layer, dayNo))
  return found
}
