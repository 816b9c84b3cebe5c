import { canonical } from '../../shared/canonical.ts'
import type { Sha256 } from '../../fhir/sha256.ts'
import { withoutDigest } from './build.ts'
import { aggregateFile, type AggregateFile } from './file.ts'
import { breaches, keptBreaches, keptMisfits, misfits, type Path } from './law.ts'

export interface AggregateFault {
  readonly path: Path
  readonly says: string
}

/** What is wrong with a file of counts, each with where it stands; the file itself where nothing is. `fewest` is the smallest that we accept. */
export function checkAggregate(value: unknown, { sha256, fewest }: { readonly sha256: Sha256; readonly fewest: number }): { readonly faults: readonly AggregateFault[]; readonly file?: AggregateFile } {
  const read = aggregateFile.safeParse(value)
  if (!read.success) return { faults: read.error.issues.map(faultOf) }
  const file = read.data
  const faults = [
    ...(file.digest === digestOf(withoutDigest(file), sha256) ? [] : [{ path: ['digest'], says: 'does not fit the file: something in it was changed after it was made' }]),
    ...(file.fewest < fewest ? [{ path: ['fewest'], says: `allows groups of ${file.fewest}; here nothing is said about fewer than ${fewest}` }] : []),
    ...doubled(file),
    ...keptMisfits(file), ...keptBreaches(file, Math.max(fewest, file.fewest)).map(({ terms, tells, says }) => ({ path: terms.at(-1)!.path, says: `tells of ${tells}: ${says}` })),
    ...file.cells.flatMap((cell, at) => [
      ...misfits(cell).map(({ path, says }) => ({ path: ['cells', at, ...path], says })),
      ...breaches(cell, Math.max(fewest, file.fewest)).map(({ terms, tells, says }) => ({ path: ['cells', at, ...terms.at(-1)!.path], says: `tells of ${tells}: ${says}` })),
    ]),
  ]
  return faults.length > 0 ? { faults } : { faults, file }
}

export const digestOf = (file: Omit<AggregateFile, 'digest'>, sha256: Sha256): string => sha256(canonical(file))
export const sealed = (file: Omit<AggregateFile, 'digest'>, sha256: Sha256): AggregateFile => ({ ...file, digest: digestOf(file, sha256) })

type Issue = NonNullable<ReturnType<typeof aggregateFile.safeParse>['error']>['issues'][number]
function faultOf(issue: Issue): AggregateFault {
  const strange = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  return { path: [...issue.path.map((step) => (typeof step === 'number' ? step : String(step))), ...strange], says: strange.length > 0 ? 'no file of this kind has such a key' : issue.message.replace(/^Invalid input: /, '') }
}

/** Cells share nobody, and nothing is told twice. */
function doubled({ cells }: AggregateFile): AggregateFault[] {
  const twice = (names: readonly string[], path: (at: number) => Path, what: string) => names.flatMap((name, at) => (names.indexOf(name) < at ? [{ path: path(at), says: `tells ${what} a second time` }] : []))
  return [
    ...twice(cells.map(({ protocol, indication, route }) => JSON.stringify([protocol, indication, route])), (at) => ['cells', at], 'of the same people'),
    ...cells.flatMap(({ measures, events }, cell) => [
      ...twice(measures.map(({ instrument }) => instrument), (at) => ['cells', cell, 'measures', at, 'instrument'], 'a questionnaire'), ...twice(events.map(({ term }) => term), (at) => ['cells', cell, 'events', at, 'term'], 'a side effect'),
      ...events.flatMap(({ grades }, event) => twice(grades.map(({ grade }) => String(grade)), (at) => ['cells', cell, 'events', event, 'grades', at, 'grade'], 'a grade')),
    ]),
  ]
}
