import type { PoolClient } from 'pg'
import { readChart } from '../core/chart/chart.ts'
import { courseRows, type CourseRowRows } from '../core/outcomes/practice/course-row.ts'
import { milestones } from '../core/outcomes/practice/milestones.ts'
import { curve, scored } from '../core/outcomes/curve.ts'
import { instrumentOf } from '../core/measures/instrument.ts'
import { courseIn } from '../core/rulebook/own-courses.ts'
import { canonical } from '../core/shared/canonical.ts'
import { localDay } from '../core/shared/local-day.ts'
import { conditions } from '../knowledge/conditions.ts'
import { madrsRow, qidsRow, traumaRow } from '../knowledge/outcomes.ts'
import { practiceOutcomes } from '../knowledge/practice-outcomes.ts'
import { asJob } from './http/job.ts'
import type { Shell } from './http/shell.ts'
import { digestOf, editionInForce, type Edition } from './rulebook.ts'
import { readEntries } from './store/charts.ts'
import { addUp, countAnew, countAsked, keepLooked, lockTallies, takeAway } from './store/outcome-tallies.ts'
import { askedAndOpened, chartsToCount, chartsWaiting, forgetCounted, keepCounted, lockCounted, type CountedChart } from './store/outcomes.ts'
import { practiceRow } from './store/practice.ts'

/** Charts counted in one round. */
export const AT_ONCE = 200

/** Everything by which a course is counted, in one word: where it changes, every chart is counted anew. */
const ownRules = digestOf(canonical({ practiceOutcomes, madrsRow, qidsRow, traumaRow, conditions }))
const rulesWord = ({ sha256 }: Edition): string => `${sha256.slice(0, 16)} ${ownRules.slice(0, 16)}`
export const countedRules = async (client: PoolClient, practice: string): Promise<string> => rulesWord(await editionInForce({ client, actor: { practice } }))

/**
 * Counts the charts on which something was written since they were counted, each in a transaction of its own. What a crash
 * leaves out is found by the next round. A chart that fails keeps nobody else waiting. Answers how many were counted.
 */
export async function countOutcomes({ database, log, clock }: Counting, practice: string, most = AT_ONCE): Promise<number> {
  const now = clock.now()
  const charts = await asJob({ database }, practice, async (client) => {
    await countDay(client, practice, now)
    return chartsToCount(client, practice, await countedRules(client, practice), most)
  })
  let failed = 0
  for (const chart of charts) {
    await asJob({ database }, practice, (client) => countChart(client, practice, chart), true)
      .catch((failure: unknown) => { failed += 1; log.warn({ chart, failure: String((failure as Error).message) }, 'a chart could not be counted, and will be tried again') })
  }
  await asJob({ database }, practice, async (client) => {
    await countAsked(client, practice)
    await keepLooked(client, practice, now, charts.length < most ? failed : await chartsWaiting(client, practice, await countedRules(client, practice)))
  })
  return charts.length
}
export type Counting = Pick<Shell, 'database' | 'log'> & { readonly clock: Pick<Shell['clock'], 'now'> }

/** Courses settle as days go by: on a new day all is counted anew, also whatever should ever have been counted wrongly. */
async function countDay(client: PoolClient, practice: string, now: string): Promise<void> {
  const { zone } = await practiceRow({ client, actor: { practice } as never })
  await countAnew(client, practice, localDay(now, zone))
}

/** Tells every chart of a practice again from its entries, as if nothing had been counted. */
export async function recountOutcomes(shell: Counting, practice: string): Promise<void> {
  await asJob(shell, practice, (client) => forgetCounted(client, practice), true)
  while ((await countOutcomes(shell, practice)) === AT_ONCE) {}
}

async function countChart(client: PoolClient, practice: string, chart: string): Promise<void> {
  await lockCounted(client, practice, chart)
  const counted = await countedChart(client, practice, chart)
  const day = await lockTallies(client, practice)
  if (day !== null) await takeAway(client, practice, chart, day)
  await keepCounted(client, practice, counted)
  if (day !== null) await addUp(client, practice, chart, day)
}

async function countedChart(client: PoolClient, practice: string, chart: string): Promise<CountedChart> {
  const asked = { client, actor: { practice } as never }
  const edition = await editionInForce(asked)
  const { zone } = await practiceRow(asked)
  const { openedAt, askedAt } = await askedAndOpened(client, practice, chart)
  const entries = await readEntries(asked, chart)
  const read = readChart(entries)
  const rows = rowsOf(edition, zone)
  const courses = courseRows(read, rows)
  const scores = practiceOutcomes.instruments.flatMap(({ instrument }) => {
    const form = instrumentOf(rows.instruments, instrument)
    return form ? scored(curve(read, form)).map(({ entry, at, total }) => ({ entry, instrument, at, total })) : []
  })
  return { chart, upTo: entries.at(-1)?.seq ?? 0, rules: rulesWord(edition), askedAt, reached: milestones(read, courses, openedAt, rows), courses, scores }
}

export const rowsOf = ({ book }: Pick<Edition, 'book'>, zone: string): CourseRowRows => ({
  outcomes: book.outcomes, trauma: traumaRow, madrs: madrsRow, qids: qidsRow, practice: practiceOutcomes, instruments: book.instruments, conditions,
  diagnosisCodes: book.screening.codeSystems.icd10cm, protocolOf: (id) => courseIn(book, id), zone,
})
