import { useQuery } from '@tanstack/react-query'
import type { BookedVisit } from '../../../../core/chart/kinds/aftercare.ts'
import type { SeriesRule } from '../../../../core/chart/kinds/series-rule.ts'
import type { SeriesHour, SeriesRow } from '../../../../core/contract/therapy.ts'
import type { Response } from '../../../../core/contract/contract.ts'
import { dayNumber, weekdayOf } from '../../../../core/scheduling/zone.ts'
import { therapyRows } from '../../../../knowledge/therapy.ts'
import { call } from '../../../sync/client.ts'

export type TherapyOf = Response<'therapy'>
export const useTherapy = (chart: string, asked = true) => useQuery({ queryKey: ['therapy', chart], queryFn: () => call('therapy', { params: { chart } }), enabled: asked })

/** The series that a visit belongs to, with its visits that are still to come. */
export function seriesWith(known: TherapyOf | undefined, visit: string, now: string): { readonly series: SeriesRow; readonly coming: readonly BookedVisit[]; readonly following: readonly BookedVisit[] } | undefined {
  const series = known?.series.find(({ visits }) => visits.some((one) => one.visit === visit))
  const from = series?.visits.find((one) => one.visit === visit)
  if (!series || !from) return undefined
  const coming = series.visits.filter(({ startsAt }) => startsAt > now)
  return { series, coming, following: coming.filter(({ startsAt }) => startsAt >= from.startsAt) }
}

/** What somebody says about a series before its hours are looked for. Nothing is chosen beforehand but what a row calls usual. */
export interface SeriesDraft {
  readonly therapist: string | null
  readonly everyWeeks: string | null
  readonly weekday: string | null
  readonly at: string | null
  readonly lengthMin: string | null
  readonly where: 'online' | 'room' | null
  readonly roomFeature: string | null
  readonly from: string | null
  readonly ends: 'visits' | 'day' | 'open' | null
  readonly visits: number | null
  readonly until: string | null
}

export const emptySeries = (known: TherapyOf): SeriesDraft => ({
  therapist: known.therapists.find(({ own }) => own)?.person ?? null, everyWeeks: null, weekday: null, at: null, lengthMin: String(therapyRows.usualMin), where: null, roomFeature: null, from: null, ends: null, visits: null, until: null,
})

/** The rule of a draft, once all of it is said; until then nothing. */
export function ruleOf(draft: SeriesDraft, known: TherapyOf): SeriesRule | undefined {
  const { therapist, everyWeeks, weekday, at, lengthMin, where, roomFeature, from, ends, visits, until } = draft
  const person = known.therapists.find((one) => one.person === therapist)
  if (!person || !everyWeeks || !weekday || !at || !lengthMin || !where || !from || !ends) return undefined
  if ((ends === 'visits' && visits === null) || (ends === 'day' && !until)) return undefined
  return {
    everyWeeks: Number(everyWeeks), weekday: Number(weekday), at, lengthMin: Number(lengthMin), zone: known.zone, therapist: { person: person.person, name: person.name }, online: where === 'online', roomFeatures: where === 'room' && roomFeature ? [roomFeature] : [], from, pauses: [],
    ...(ends === 'visits' ? { visits: visits! } : {}), ...(ends === 'day' ? { until: until! } : {}),
  }
}

export const oftenWords = (weeks: number) => (weeks === 1 ? 'Every week' : weeks === 2 ? 'Every second week' : `Every ${weeks} weeks`)
export const oftenChoices = Array.from({ length: therapyRows.mostWeeksApart }, (_, i) => ({ value: String(i + 1), label: oftenWords(i + 1) }))
export const lengthChoices = therapyRows.lengthsMin.map((minutes) => ({ value: String(minutes), label: `${minutes} minutes` }))
export const weekdayOfVisit = ({ localStart }: BookedVisit) => String(weekdayOf(dayNumber(localStart.slice(0, 10))))

/** What a person chose for an hour that has no place: another time of its week, nothing at all, or to leave a visit where it stands. */
export const LEFT_OUT = 'left out'
export const STAYS = 'stays'
export type Choices = Readonly<Record<string, string>>

/** A choice that the newest answer still offers. */
const chosen = (hour: SeriesHour, choices: Choices): BookedVisit | typeof LEFT_OUT | typeof STAYS | undefined => {
  const said = choices[hour.day]
  if (said === LEFT_OUT || said === STAYS) return said
  return hour.nearest.find(({ startsAt }) => startsAt === said)
}

/** The hours as they would stand, and those for which somebody still has to say what becomes of them. */
export function decided(hours: readonly SeriesHour[], choices: Choices): { readonly take: readonly { readonly to: BookedVisit; readonly hour: SeriesHour }[]; readonly out: readonly SeriesHour[]; readonly open: readonly SeriesHour[] } {
  const take: { to: BookedVisit; hour: SeriesHour }[] = []
  const out: SeriesHour[] = []
  const open: SeriesHour[] = []
  for (const hour of hours) {
    const to = hour.placed ?? chosen(hour, choices)
    if (to === undefined) open.push(hour)
    else if (to === LEFT_OUT) out.push(hour)
    else if (to !== STAYS) take.push({ to, hour })
  }
  return { take, out, open }
}
