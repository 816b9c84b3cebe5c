import { readChart, type Chart } from '../../core/chart/chart.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import { wouldSee } from '../../core/course/under-way.ts'
import { clearanceNow, screenChart } from '../../core/eligibility/clearance.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { practiceRow } from '../store/practice.ts'
import type { OpenChart } from './open-charts.ts'
import type { Here } from './shell.ts'

/** Which of these charts another book would judge otherwise. */
export function judgedOtherwise(read: readonly OpenChart[], before: Rulebook, next: Rulebook, now: string) {
  return read.flatMap(({ chart, name, entries }) => {
    const facts = readChart(entries)
    const [was, would] = [judgedBy(before, facts, now), judgedBy(next, facts, now)]
    return canonical(was) === canonical(would) ? [] : [{ chart, name, before: was, after: would }]
  })
}

/** Who is under way on the course that another is made from, and would see something else on it. */
export async function seesOtherwise(here: Here, read: readonly OpenChart[], from: Protocol, made: Protocol, book: Rulebook) {
  const { zone } = await practiceRow(here)
  const underWay = read.filter(({ protocol }) => protocol === from.id)
  const changed = underWay.flatMap(({ chart, name, entries }) => {
    const would = wouldSee(readChart(entries), from, made, book, here.now, zone)
    return would ? [{ chart, name, ...would, bookings: [...would.bookings] }] : []
  })
  return { looked: underWay.length, changed }
}

function judgedBy({ eligibility, screening }: Rulebook, chart: Chart, now: string) {
  const { decision, met } = screenChart(chart, eligibility, now, screening)
  return { decision, clearance: clearanceNow(chart, eligibility, now, screening).state, rules: met.map(({ rule }) => `${rule.id} ${rule.action}`) }
}
