import { quartiles, type Quartiles } from './kept-figure.ts'
import { shownGroups, type Cell } from './small-groups.ts'
import { funnelSteps, type FunnelTally } from './tallies.ts'

export interface FunnelStep {
  readonly step: FunnelTally['step']
  /** Null where too few to say. */
  readonly people: number | null
  /** Days from the inquiry; null where too few to say, or where nobody kept the time. */
  readonly days: Quartiles | null
}

/** From the inquiry to the last follow-up, by the year of the inquiry. Who asked lately may still be on the way. */
export function funnelFigure(tallies: readonly FunnelTally[], year: string, fewest: number): FunnelStep[] {
  return funnelSteps.map((step) => {
    const all = tallies.filter((one) => one.step === step)
    const here = all.filter((one) => year === '' || one.year === year)
    const timed = here.flatMap(({ days, people }) => (days === null ? [] : [{ days, people }]))
    const canSay = mayShow(all, year, fewest)
    return { step, people: canSay ? here.reduce((sum, { people }) => sum + people, 0) : null, days: canSay && timed.length > 0 ? quartiles(timed) : null }
  })
}

function mayShow(all: readonly FunnelTally[], year: string, fewest: number): boolean {
  const people = new Map<string, number>()
  for (const one of all) people.set(one.year, (people.get(one.year) ?? 0) + one.people)
  const cells = [...people.keys()].map((of): Cell => ({ protocol: '', indication: '', route: '', dose: '', year: of }))
  return shownGroups(cells, [...people.values()], fewest)({ by: 'all', value: '', year })
}
