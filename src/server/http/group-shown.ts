import { readChart, type Chart } from '../../core/chart/chart.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { GroupVisit } from '../../core/contract/groups.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { toldChanges, type ToldChange } from '../../core/scheduling/told-changes.ts'
import { readEntries } from '../store/charts.ts'
import type { MemberRow } from '../store/groups.ts'
import { asJob } from './job.ts'
import type { Here } from './shell.ts'

export interface MemberChart {
  readonly chart: string
  readonly name: string
  readonly read: Chart
}

/** The charts read whole, for the rules; what leaves the server of them is which visits stand and what was answered. */
export const chartsRead = (here: Here, members: readonly Pick<MemberRow, 'chart' | 'name'>[]): Promise<MemberChart[]> =>
  asJob(here.shell, here.actor.practice, async (client) => {
    const all: MemberChart[] = []
    for (const { chart, name } of members) all.push({ chart, name, read: readChart(await readEntries({ client, actor: here.actor }, chart)) })
    return all
  })

/** The visits of a group that somebody in it has, once each, with who comes and what was asked about. */
export async function groupVisitsShown(here: Here, group: string, members: readonly MemberRow[]): Promise<GroupVisit[]> {
  const read = await chartsRead(here, members)
  const visits = new Map<string, { visit: BookedVisit; whose: MemberChart[] }>()
  for (const one of read) {
    for (const visit of standingVisits(one.read).filter((each) => each.group?.id === group)) {
      const known = visits.get(visit.visit)
      if (known) known.whose.push(one)
      else visits.set(visit.visit, { visit, whose: [one] })
    }
  }
  return [...visits.values()].toSorted((a, b) => (a.visit.startsAt < b.visit.startsAt ? -1 : 1)).map(({ visit, whose }) => ({
    ...visit, patients: whose.map(({ chart, name, read: chartOf }) => ({ chart, name, closed: isClosed(chartOf, visit.visit) })), asked: askedNow(whose, visit, here.now),
  }))
}

export const isClosed = (chart: Chart, visit: string): boolean => chart.all('visit-closed.v1').some(({ body }) => body.visit === visit)

/** The newest question about a visit that is not settled, as it stands on each chart. */
export const askedOf = (chart: Chart, { visit, startsAt }: Pick<BookedVisit, 'visit' | 'startsAt'>, now: string): ToldChange | undefined =>
  toldChanges(chart, now).findLast(({ told, state }) => told.body.way === 'asked' && ['waiting', 'agreed', 'declined'].includes(state) && told.body.changes.some(({ from }) => from.visit === visit && from.startsAt === startsAt))

function askedNow(whose: readonly MemberChart[], visit: BookedVisit, now: string): GroupVisit['asked'] {
  const all = whose.flatMap(({ chart, name, read }) => { const one = askedOf(read, visit, now); return one ? [{ chart, name, one }] : [] })
  const body = all[0]?.one.told.body
  const to = body?.changes.find(({ from }) => from.visit === visit.visit)?.to
  if (!body?.until || !to) return null
  return { until: body.until, to, answers: all.map(({ chart, name, one }) => ({ chart, name, state: one.answer ? one.answer.body.answer : 'waiting' as const })) }
}
