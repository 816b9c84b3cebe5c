import type { Chart } from '../chart/chart.ts'
import type { BookedVisit } from '../chart/kinds/aftercare.ts'
import type { SeriesRule } from '../chart/kinds/series-rule.ts'
import { standingVisits } from '../measures/doses.ts'
import type { Day, Instant } from '../shared/time.ts'

/** Therapy that comes back, as a chart tells it: its rule as it stands now, and the visits of it that stand. */
export interface TherapySeries {
  readonly series: string
  readonly rule: SeriesRule
  /** Up to this day every single hour has been decided; later ones are booked by themselves. */
  readonly plannedTo: Day
  /** Runs on without an end of its own. */
  readonly open: boolean
  /** Nothing of it comes any more, nor will. */
  readonly over: boolean
  /** Oldest first; cancelled ones are not among them. */
  readonly visits: readonly BookedVisit[]
  /** Hours that a series which runs on had no place for, and why. */
  readonly without: readonly { readonly day: Day; readonly says: string }[]
}

/** Oldest first. What was written last about a series holds. */
export function therapySeries(chart: Chart, now: Instant): readonly TherapySeries[] {
  const of = visitSeries(chart)
  const standing = standingVisits(chart)
  const ids = [...new Set(chart.all('therapy-series.v1').map(({ body }) => body.series))]
  return ids.map((series): TherapySeries => {
    const said = chart.all('therapy-series.v1').filter(({ body }) => body.series === series).at(-1)!.body
    const continued = chart.all('therapy-continued.v1').filter(({ body }) => body.series === series)
    const plannedTo = [said.plannedTo, ...continued.map(({ body }) => body.plannedTo)].reduce((latest, day) => (day > latest ? day : latest))
    const visits = standing.filter(({ visit }) => of.get(visit) === series)
    const open = said.rule.until === undefined && said.rule.visits === undefined
    return { series, rule: said.rule, plannedTo, open, visits, over: !open && visits.every(({ endsAt }) => endsAt <= now), without: continued.flatMap(({ body }) => body.without) }
  })
}

/** Which series each visit was booked for; a visit that moves stays in its own. */
export function visitSeries(chart: Chart): ReadonlyMap<string, string> {
  const booked = chart.all('visits-booked.v1').flatMap(({ body }) => (body.series === undefined ? [] : body.visits.map(({ visit }) => [visit, body.series!] as const)))
  return new Map([...booked, ...chart.all('therapy-continued.v1').flatMap(({ body }) => body.visits.map(({ visit }) => [visit, body.series] as const))])
}

/** The series that a visit belongs to, and its visits from that one on; nothing where it stands alone. */
export function seriesOfVisit(chart: Chart, visit: string, now: Instant): { readonly series: TherapySeries; readonly following: readonly BookedVisit[]; readonly coming: readonly BookedVisit[] } | undefined {
  const series = therapySeries(chart, now).find(({ visits }) => visits.some((one) => one.visit === visit))
  const from = series?.visits.find((one) => one.visit === visit)
  if (!series || !from) return undefined
  const coming = series.visits.filter(({ startsAt }) => startsAt > now)
  return { series, coming, following: coming.filter(({ startsAt }) => startsAt >= from.startsAt) }
}

/** The next number for therapy on a chart: they are counted through, whichever series they belong to. */
export const nextTherapyNumber = (chart: Chart): number =>
  1 + Math.max(0, ...[...chart.all('visits-booked.v1'), ...chart.all('therapy-continued.v1')].flatMap(({ body }) => body.visits).filter(({ type }) => type === 'therapy').map(({ number }) => number))
