import { mayRead } from '../../core/access/policy.ts'
import { readChart, type Chart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { entryKinds, kinds } from '../../core/chart/kinds.ts'
import { clearanceNow, screenChart, type ClearanceNow } from '../../core/eligibility/clearance.ts'
import { withReopening } from '../../core/eligibility/reopened.ts'
import type { Screening } from '../../core/eligibility/screen.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import { courseIn, unknownCourseSays } from '../../core/rulebook/own-courses.ts'
import { editionInForce, shippedBroken, type Edition } from '../rulebook.ts'
import { chartRow, lockHead, readEntries, type ChartRow } from '../store/charts.ts'
import { followedTo } from '../store/followed.ts'
import { entriesOfKnown, isKnown, remember } from '../store/known-charts.ts'
import { practiceRow, type PracticeRow } from '../store/practice.ts'
import { together } from '../store/together.ts'
import { reopeningRows } from './follow.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

/** A chart read whole, for a rule to judge. Whoever asked sees only the judgement, unless the facts are theirs to read. */
export interface Judged {
  readonly row: ChartRow
  readonly chart: Chart
  readonly lastSeq: number
  readonly protocol: Protocol | undefined
  /** Why the course that was chosen cannot be judged by: the edition in force does not hold it. No other is read in its place. */
  readonly unknownCourse: string | undefined
  readonly practice: PracticeRow
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
export function requireRules({ broken }: { readonly broken?: string | undefined }, entry?: string): void {
  if (broken) throw new Problem('rulebook.broken', { list: [{ code: 'rulebook', says: broken }], ...(entry ? { detail: { entry } } : {}) })
}

/** No edition is signed and no course adopted on top of rules that cannot be leaned on. */
export const requireShipped = (): void => requireRules({ broken: shippedBroken() })

/** What is only looked at may lean on a chart that was read before; what binds reads it anew. */
export async function judge(here: Here, chart: string, how: 'remembered' | 'now' = 'remembered'): Promise<Judged> {
  const { practice: own } = here.actor
  const [row, practice, followed, edition, anew] = await together(
    chartRow(here, chart), practiceRow(here), followedTo(here.client, own, chart), editionInForce(here, how),
    how === 'now' || !isKnown(own, chart) ? written(here, chart) : undefined,
  )
  if (!row) throw new Problem('chart.unseen')
  const entries = how === 'now' ? anew! : anew ? remember(own, chart, anew) : await entriesOfKnown(own, row, (after) => written(here, chart, after))
  const read = readOnce(entries, followed, edition)
  const { eligibility, screening } = edition.book
  return {
    row, chart: read, lastSeq: entries.at(-1)?.seq ?? 0, practice, zone: practice.zone, edition, ...courseOn(row, edition),
    clearance: clearanceNow(read, eligibility, here.now, screening),
    screening: screenChart(read, eligibility, here.now, screening),
  }
}

/** Some entries are for prescribers alone; whatever is judged, is judged by them as well. */
const written = (here: Here, chart: string, after = 0): Promise<StoredEntry[]> =>
  seesEverything(here) ? readEntries(here, chart, { after }) : asJob(here.shell, here.actor.practice, (client) => readEntries({ client, actor: here.actor }, chart, { after }))
const seesEverything = (here: Here) => chartKinds.every((kind) => mayRead(kind, here.standings))
const chartKinds = entryKinds.filter((kind) => kinds[kind].stream === 'chart')

const reads = new WeakMap<readonly StoredEntry[], { readonly followed: number; readonly edition: Edition; readonly chart: Chart }>()
function readOnce(entries: readonly StoredEntry[], followed: number, edition: Edition): Chart {
  const before = reads.get(entries)
  if (before?.followed === followed && before.edition === edition) return before.chart
  const chart = readChart(withReopening(entries, followed, reopeningRows(edition)))
  reads.set(entries, { followed, edition, chart })
  return chart
}

/** The course a chart is on, in the edition it is judged by. Nobody's choice is no course; a course that edition does not hold is an unknown one. */
export function courseOn({ protocol: id }: Pick<ChartRow, 'protocol'>, { book, broken }: Pick<Edition, 'book' | 'broken'>): Pick<Judged, 'protocol' | 'unknownCourse'> {
  const protocol = courseIn(book, id)
  return { protocol, unknownCourse: protocol || id === null ? undefined : broken ?? unknownCourseSays(id) }
}

/** Asked by whatever plans, gives or bills: the course, or why there is none to go by. */
export function requireCourse({ protocol, unknownCourse }: Pick<Judged, 'protocol' | 'unknownCourse'>, code: 'plan.refused' | 'session.gates' | 'bill.incomplete'): Protocol {
  if (!protocol) throw new Problem(code, { list: [{ code: 'protocol', says: unknownCourse ?? 'No protocol has been chosen for this person yet.' }] })
  return protocol
}
