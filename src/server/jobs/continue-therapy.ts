import { randomUUID } from 'node:crypto'
import type { PoolClient } from 'pg'
import { deskToTell } from '../../core/access/whom-to-tell.ts'
import { readChart } from '../../core/chart/chart.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { bookedFrom } from '../../core/scheduling/booked.ts'
import { nextTherapyNumber, therapySeries, type TherapySeries } from '../../core/scheduling/series-on-chart.ts'
import { daysOfSeries, planSeries, type SeriesRequest } from '../../core/scheduling/series.ts'
import { localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import type { Day } from '../../core/shared/time.ts'
import { therapyRows } from '../../knowledge/therapy.ts'
import { asJob } from '../http/job.ts'
import { calendarsFrom } from '../http/plan-request.ts'
import type { Shell } from '../http/shell.ts'
import { seriesRequest } from '../http/therapy-request.ts'
import { heldVisits, placeVisits, putAwayLapsed } from '../store/calendar.ts'
import { readEntries, tell } from '../store/charts.ts'
import { appendFound } from '../store/followed.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { chartsWithTherapy } from '../store/therapy.ts'

type Booking = Pick<Shell, 'database' | 'clock' | 'log'>

/**
 * Books therapy on that has no end of its own, as far ahead as the row says: each series in a transaction of its own, with
 * what it wrote on the chart, so that a second server or one that died half-way books nothing twice. An hour for which there
 * is no place is booked nowhere else: it is written down with its reason, and the therapist and the desk are told by name.
 * Answers how many visits it booked.
 */
export async function continueTherapy(booking: Booking, practice: string): Promise<number> {
  const charts = await asJob(booking, practice, (client) => chartsWithTherapy(client, practice))
  let booked = 0
  // Each by itself: one that cannot be booked on keeps nobody else waiting.
  for (const chart of charts) {
    booked += await asJob(booking, practice, (client) => continueOne(client, practice, chart, booking), true).catch((failure: unknown) => {
      booking.log.warn({ chart, failure: String((failure as Error).message) }, 'therapy could not be booked on, and will be tried again')
      return 0
    })
  }
  return booked
}

async function continueOne(client: PoolClient, practice: string, chart: string, { clock }: Booking): Promise<number> {
  const now = clock.now()
  const asked = { client, actor: { practice } as never, now }
  const { zone } = await practiceRow(asked)
  const to = plusDaysOf(localDay(now, zone), 7 * therapyRows.aheadWeeks)
  const entries = await readEntries(asked, chart)
  const read = readChart(entries)
  if (read.latest('demographics.v1')?.body.deceasedOn) return 0
  let booked = 0
  for (const series of therapySeries(read, now)) {
    const days = daysOfSeries(series.rule, to, Number.POSITIVE_INFINITY).filter((day) => day > series.plannedTo && day > localDay(now, zone))
    if (days.length === 0) continue
    const held = await heldVisits(asked as never, now, { chart })
    const request = seriesRequest({ chart: read, zone }, await calendarsFrom(asked), held, now)
    await putAwayLapsed(asked as never, now)
    const found = await placeEach(client, practice, chart, planned(request, series, days, nextTherapyNumber(read) + booked))
    // Somebody has changed it meanwhile, or another of us was faster: nothing of this stands.
    const written = await appendFound(client, practice, { chart, kind: 'therapy-continued.v1', at: now, body: { series: series.series, ...found, plannedTo: days.at(-1)! }, judgedTo: entries.at(-1)?.seq ?? 0 }, now)
    if (!written) throw new Error('the series was changed meanwhile')
    booked += found.visits.length
    if (found.without.length > 0) await tellOf(client, practice, chart, series, found.without, now)
    // What is on the chart now was not judged: another series of it waits for the next round.
    break
  }
  return booked
}

interface Hour { readonly day: Day; readonly visit?: BookedVisit; readonly says: string }

const planned = (request: SeriesRequest, { rule }: TherapySeries, days: readonly Day[], first: number): readonly Hour[] =>
  planSeries(request, rule, days).map(({ day, placed, reasons }, i) => ({ day, ...(placed ? { visit: { ...bookedFrom(placed, randomUUID()), number: first + i } } : {}), says: reasons.map(({ says }) => says).join(' ') }))

/** Each hour by itself: one that somebody took a moment ago is told, and does not cost the others their places. */
async function placeEach(client: PoolClient, practice: string, chart: string, hours: readonly Hour[]): Promise<{ readonly visits: BookedVisit[]; readonly without: { day: Day; says: string }[] }> {
  const visits: BookedVisit[] = []
  const without: { day: Day; says: string }[] = []
  for (const { day, visit, says } of hours) {
    if (!visit) {
      without.push({ day, says: says.slice(0, 1000) || 'There is no place then.' })
      continue
    }
    await client.query('savepoint one_hour')
    try {
      await placeVisits({ client, actor: { practice } } as never, chart, [visit], ({ endsAt }) => endsAt)
      visits.push(visit)
    } catch (failure) {
      await client.query('rollback to savepoint one_hour')
      if (!isTaken(failure)) throw failure
      without.push({ day, says: 'Somebody booked this hour a moment before.' })
    }
  }
  return { visits, without }
}

const EXCLUDED = '23P01'
const isTaken = (failure: unknown): boolean => (failure as { code?: string }).code === EXCLUDED || (failure as { code?: string }).code === 'plan.clash'

async function tellOf(client: PoolClient, practice: string, chart: string, { rule }: TherapySeries, without: readonly { readonly day: Day; readonly says: string }[], now: string): Promise<void> {
  const asked = { client, actor: { practice } as never }
  const { rows } = await client.query<{ name: string }>('select display_name as name from app.chart where practice_id = $1 and chart_id = $2', [practice, chart])
  const says = `${rows[0]?.name ?? 'A patient'}: therapy goes on, and there is no place for ${without.length === 1 ? 'one hour' : `${without.length} hours`} of it. ${without.map(({ says: why }) => why).join(' ')} Find another time, or leave it out.`
  await tell(client, practice, [rule.therapist.person, ...deskToTell(await staff(asked))], { chart, kind: 'visits', says: says.slice(0, 2000), at: now })
}
