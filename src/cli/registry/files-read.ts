import { checkAggregate } from '../../core/registry/aggregate/check.ts'
import type { AggregateFile } from '../../core/registry/aggregate/file.ts'
import { refuse, ok, type Result } from '../../core/shared/result.ts'
import { registryRows } from '../../knowledge/registry.ts'
import { placesIn, type PlacedFault } from '../json-place.ts'
import { sha256 } from '../library.ts'

/** A file of counts as it can be leaned on, or everything that is wrong with it, by line and key. */
export function readAggregateFile(json: string): Result<AggregateFile, readonly PlacedFault[]> {
  const placed = placesIn(json, 'there is nothing in it')
  if (!placed.ok) return refuse([placed.refusal])
  const { faults, file } = checkAggregate(JSON.parse(json), { sha256, fewest: registryRows.fewest.people })
  return file ? ok(file) : refuse(faults.map(({ path, says }) => ({ line: placed.value(path), ...(path.length > 0 ? { key: path.join('.') } : {}), message: says })))
}

export const sayFault = (name: string, { line, key, message }: PlacedFault): string => `${name}, line ${line}${key === undefined ? '' : `, ${key}`}: ${message}.`
