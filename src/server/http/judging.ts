import { readChart, type Chart } from '../../core/chart/chart.ts'
import { clearanceNow, screenChart, type ClearanceNow } from '../../core/eligibility/clearance.ts'
import type { Screening } from '../../core/eligibility/screen.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { editionInForce, type Edition } from '../rulebook.ts'
import { chartRow, lockHead, readEntries, type ChartRow } from '../store/charts.ts'
import { practiceRow } from '../store/practice.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

/** A chart read whole, for a rule to judge. Whoever asked sees only the judgement, unless the facts are theirs to read. */
export interface Judged {
  readonly row: ChartRow
  readonly chart: Chart
  readonly lastSeq: number
  readonly protocol: Protocol | undefined
  readonly zone: string
  /** The practice's rulebook in force, which it was judged by. */
  readonly edition: Edition
  readonly clearance: ClearanceNow
  readonly screening: Screening
}

/** Under the lock on the chart's head: what is judged here still stands when the act is written. */
export async function judgeLocked(here: Here, chart: string): Promise<Judged> {
  const lastSeq = await lockHead(here, chart)
  if (lastSeq === undefined) throw new Problem('chart.unseen')
  return judge(here, chart, 'now')
}

/** Nothing that binds is done by rules nobody can vouch for. Charts stay readable, and a running session goes on being written. */
export function requireRules({ broken }: Edition, entry?: string): void {
  if (broken) throw new Problem('rulebook.broken', { list: [{ code: 'rulebook', says: broken }], ...(entry ? { detail: { entry } } : {}) })
}

export async function judge(here: Here, chart: string, how: 'remembered' | 'now' = 'remembered'): Promise<Judged> {
  const row = await chartRow(here, chart)
  if (!row) throw new Problem('chart.unseen')
  const { zone } = await practiceRow(here)
  const entries = seesEverything(here) ? await readEntries(here, chart) : await asJob(here.shell, here.actor.practice, (client) => readEntries({ client, actor: here.actor }, chart))
  const read = readChart(entries)
  const edition = await editionInForce(here, how)
  const { eligibility, screening } = edition.book
  return {
    row, chart: read, lastSeq: entries.at(-1)?.seq ?? 0, zone, edition, protocol: protocolOf(row.protocol),
    clearance: clearanceNow(read, eligibility, here.now, screening),
    screening: screenChart(read, eligibility, here.now, screening),
  }
}

export const protocolOf = (id: string | null | undefined): Protocol | undefined => Object.values(rulebook.protocols).find((row) => row.id === id)

const seesEverything = (here: Here) => here.standings.some(({ relation, roles }) => relation === 'team' && roles.some((role) => role === 'therapist' || role === 'prescriber'))
