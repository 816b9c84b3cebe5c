import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import { standingVisits } from '../measures/doses.ts'
import type { Instant } from '../shared/time.ts'

/** How a wish for another time stands: it waits, it was answered, or things have changed so that there is nothing left to answer. */
export interface AskedMove {
  readonly asked: EntryOf<'move-asked.v1'>
  readonly state: 'open' | 'yes' | 'no' | 'overtaken'
  readonly answer?: EntryOf<'move-answered.v1'>
}

/** The newest wish for each visit, oldest first. The visit stays where it is until somebody says yes. */
export function askedMoves(chart: Chart, now: Instant): readonly AskedMove[] {
  const standing = new Map(standingVisits(chart).map((visit) => [visit.visit, visit]))
  const answers = new Map(chart.all('move-answered.v1').map((entry) => [entry.body.asked, entry]))
  const newest = new Map(chart.all('move-asked.v1').map((entry) => [entry.body.to.visit, entry]))
  return [...newest.values()].map((asked): AskedMove => {
    const answer = answers.get(asked.id)
    if (answer) return { asked, answer, state: answer.body.answer }
    const visit = standing.get(asked.body.to.visit)
    const stands = visit !== undefined && visit.startsAt === asked.body.from && visit.startsAt > now && asked.body.to.startsAt > now
    return { asked, state: stands ? 'open' : 'overtaken' }
  })
}

export const openMoves = (chart: Chart, now: Instant): readonly AskedMove[] => askedMoves(chart, now).filter(({ state }) => state === 'open')
