import { quasiNames, WITHHELD, type AgeBand, type Quasi, type QuasiName, type RegistryRows } from './rows.ts'

/** What a combination becomes when it leaves; null where even the coarsest would be too few people. */
export type Classes = (quasi: Quasi) => Quasi | null

export const quasiKey = (quasi: Quasi): string => JSON.stringify(quasiNames.map((name) => quasi[name]))
export const quasiIn = (key: string): Quasi => { const values = JSON.parse(key) as string[]; return Object.fromEntries(quasiNames.map((name, at) => [name, values[at]])) as Quasi }

/**
 * Which class each combination of quasi-identifiers leaves in: as fine as it can be with at least `fewest` people in each.
 * Combinations that are enough people stay as they are. All others are made coarser by one step and counted anew among
 * themselves, and so on; who is still too few after the last step leaves in nothing. Needs the counts alone, so however
 * many people there are, what is held is one number a combination.
 */
export function classesOf(counts: ReadonlyMap<string, number>, { coarser: { steps }, fewest: { people: fewest }, ages: { bands } }: Pick<RegistryRows, 'coarser' | 'fewest' | 'ages'>): Classes {
  const settled = new Map<string, Quasi>()
  let open = [...counts].map(([from, people]) => ({ from, now: quasiIn(from), people }))
  for (const step of [undefined, ...steps]) {
    open = open.map((one) => ({ ...one, now: step ? coarser(one.now, step, bands) : one.now }))
    const together = new Map<string, number>()
    for (const { now, people } of open) together.set(quasiKey(now), (together.get(quasiKey(now)) ?? 0) + people)
    for (const { from, now } of open) if (together.get(quasiKey(now))! >= fewest) settled.set(from, now)
    open = open.filter(({ from }) => !settled.has(from))
  }
  return (quasi) => settled.get(quasiKey(quasi)) ?? null
}

function coarser(quasi: Quasi, { of, to }: RegistryRows['coarser']['steps'][number], bands: readonly AgeBand[]): Quasi {
  return { ...quasi, [of]: to === 'wider' ? wider(quasi, of, bands) : WITHHELD }
}

/** Only ages have a wider band; whoever has none stays as they are. */
const wider = (quasi: Quasi, of: QuasiName, bands: readonly AgeBand[]): string => bands.find(({ id }) => of === 'ageBand' && id === quasi[of])?.wider ?? quasi[of]

/** The classes that left with fewer people than the row asks for. Empty, or the rule was broken. */
export const tooSmall = (left: ReadonlyMap<string, number>, fewest: number): string[] => [...left].filter(([, people]) => people < fewest).map(([key]) => key)
