import { randomUUID } from 'node:crypto'
import type { EntryDraft } from '../../core/chart/entry.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { SeriesRule } from '../../core/chart/kinds/series-rule.ts'
import type { SeriesHour } from '../../core/contract/therapy.ts'
import { bookedFrom } from '../../core/scheduling/booked.ts'
import { nextTherapyNumber, seriesOfVisit, therapySeries, type TherapySeries } from '../../core/scheduling/series-on-chart.ts'
import { endedBefore, paused, sayRule } from '../../core/scheduling/series-words.ts'
import { changedDays, type ChangedDay } from '../../core/scheduling/series-change.ts'
import { daysOfSeries, planSeries, plannedTo, type Occurrence } from '../../core/scheduling/series.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { therapyRows } from '../../knowledge/therapy.ts'
import { placeVisits, putAwayLapsed, release } from '../store/calendar.ts'
import { team } from '../store/charts.ts'
import { rooms, staff } from '../store/practice.ts'
import { entry, writeAct } from './acts.ts'
import { freeAsked } from './asked-about.ts'
import { addTeam, moveAll } from './calendar.ts'
import { judge, judgeLocked, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { notBookable, refuseTherapy, refuseTherapyFor, standingById, therapyRequest } from './therapy-request.ts'
import { cancellationTold, changesOf, deskOf, tellPeople, toldOf, toldOfChange } from './visit-told.ts'

/** Therapy that comes back beside a course. */
export const therapyHandlers: Handlers<'therapy' | 'planTherapy' | 'bookTherapy' | 'planTherapyChange' | 'changeTherapy' | 'stopTherapy' | 'ownStopTherapy'> = {
  async therapy({ params }, here) {
    const judged = await judge(here, params.chart)
    const members = await team(here, params.chart)
    const therapists = (await staff(here)).filter(({ active, roles }) => active && roles.includes('therapist'))
    const own = (person: string) => members.some((one) => one.person === person && one.role === 'therapist')
    const features = [...new Set((await rooms(here)).flatMap(({ dosing, features: has }) => (dosing ? has : [])))].toSorted()
    return {
      series: therapySeries(judged.chart, here.now).map(({ rule, visits, without, ...one }) => ({ ...one, rule, visits: [...visits], without: without.filter(({ day }) => day >= localDay(here.now, judged.zone)) })),
      therapists: therapists.map(({ person, name }) => ({ person, name, own: own(person) })).toSorted((a, b) => Number(b.own) - Number(a.own)), roomFeatures: features, zone: judged.zone, mayBook: notBookable(judged, here.now) ?? null,
    }
  },
  async planTherapy({ params, body: { rule } }, here) {
    const judged = await judge(here, params.chart)
    refuseTherapyFor(judged, here.now)
    const to = plannedTo(rule, localDay(here.now, judged.zone), therapyRows)
    const hours = planSeries(await therapyRequest(here, judged), rule, daysOfSeries(rule, to, therapyRows.mostVisits))
    return { hours: numbered(hours, judged).map((hour) => ({ ...hour, was: null })), plannedTo: to }
  },
  async bookTherapy({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    refuseTherapyFor(judged, here.now)
    if (judged.chart.entry(body.id)) return { booked: body.visits.length } // Sent twice.
    refuseOdd(body.visits, body.rule, judged)
    const series = randomUUID()
    await place(here, judged, body.visits, body.rule)
    await writeAct(here, params.chart, 'therapy.booked', entry('therapy-series.v1', body.id, body.device, here, { series, how: 'made', rule: body.rule, plannedTo: body.plannedTo, why: body.why }), booked(here, body.device, series, body.visits))
    await tellPeople(here, params.chart, [body.rule.therapist.person, ...await deskOf(here)], `${judged.row.name}: therapy is booked. ${sayRule(body.rule)}.`)
    return { booked: body.visits.length }
  },
  async planTherapyChange({ params, body }, here) {
    const judged = await judge(here, params.chart)
    const { series, affected } = inScope(judged, params.series, body.from, here.now)
    const changed = changedDays(series, affected, body.rule)
    const request = await therapyRequest(here, judged, { leftOut: changed.days.flatMap(({ was }) => was?.visit ?? []), heldGivesWay: true })
    const hours = planSeries(request, changed.rule, changed.days.map(({ day }) => day))
    return { hours: asMoves(hours, changed.days, judged), rule: changed.rule, plannedTo: changed.plannedTo }
  },
  async changeTherapy({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { done: true } // Sent twice.
    const { affected } = inScope(judged, params.series, body.from, here.now)
    const known = new Set(affected.map(({ visit }) => visit))
    if (![...body.cancel, ...body.moves.map(({ to }) => to.visit)].every((visit) => known.has(visit))) throw new Problem('not-found')
    refuseOdd(body.book, body.rule, judged)
    const cancelled = affected.filter(({ visit }) => body.cancel.includes(visit))
    await freeAsked(here, judged, cancelled.map(({ visit }) => visit))
    for (const { visit } of cancelled) await release(here, visit)
    const moves = body.moves.map(({ to, why }) => ({ id: randomUUID(), to, why }))
    const moved = moves.length > 0 ? await moveAll(here, judged, { device: body.device, moves }) : []
    if (body.book.length > 0) await place(here, judged, body.book, body.rule)
    await writeAct(here, params.chart, 'therapy.changed', entry('therapy-series.v1', body.id, body.device, here, { series: params.series, how: 'changed', rule: body.rule, plannedTo: body.plannedTo, why: body.why }), [
      ...moved, ...gone(here, body.device, cancelled, body.why || 'Therapy was put on other days.'), ...booked(here, body.device, params.series, body.book),
      ...toldOfChange(here, body.device, 'moved', changesOf(judged, moves)), ...cancellationTold(here, body.device, cancelled),
    ])
    await tellPeople(here, params.chart, [...affected.flatMap(({ people }) => people.map(({ person }) => person)), body.rule.therapist.person, ...await deskOf(here)], `${judged.row.name}: therapy was changed. ${sayRule(body.rule)}.`)
    return { done: true }
  },
  async stopTherapy({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { cancelled: 0 } // Sent twice.
    const stop = stopping(judged, params.series, body.how, here.now)
    const { reason, by } = body.told
    const told = stop.cancelled.map((visit) => toldOf(here, body.device, visit, { outcome: 'cancelled', words: body.why, by, reason, knownAt: here.now }))
    await writeStop(here, judged, stop, { ...body, series: params.series }, [...told, ...cancellationTold(here, body.device, stop.cancelled)])
    await tellPeople(here, params.chart, [stop.rule.therapist.person, ...await deskOf(here)], `${judged.row.name}: therapy ${stop.how}. ${stop.cancelled.length} of its visits ${stop.cancelled.length === 1 ? 'was' : 'were'} cancelled.`)
    return { cancelled: stop.cancelled.length }
  },
  async ownStopTherapy({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { cancelled: 0 } // Sent twice.
    const stop = stopping(judged, params.series, { stops: 'ends', from: body.from }, here.now)
    const told = stop.cancelled.map((visit) => toldOf(here, body.device, visit, { outcome: 'cancelled', words: body.words, by: 'patient', reason: body.reason, knownAt: here.now }))
    await writeStop(here, judged, stop, { ...body, series: params.series, why: body.words || 'Ended by the patient.' }, told)
    await tellPeople(here, params.chart, [stop.rule.therapist.person, ...await deskOf(here)], `${judged.row.name} ended therapy from ${stop.cancelled[0]?.localStart.slice(0, 10) ?? 'now'} on: ${stop.cancelled.length === 1 ? 'one visit was' : `${stop.cancelled.length} visits were`} cancelled.`)
    return { cancelled: stop.cancelled.length }
  },
}

/** Hours as they would be booked, counted through on from what stands on the chart. */
function numbered(hours: readonly Occurrence[], { chart }: Judged): Omit<SeriesHour, 'was'>[] {
  const first = nextTherapyNumber(chart)
  return hours.map(({ day, localStart, placed, reasons, notes, nearest }, i) => {
    const as = (planned: NonNullable<typeof placed>, visit = randomUUID()): BookedVisit => ({ ...bookedFrom(planned, visit), number: first + i })
    return { day, localStart, placed: placed ? as(placed) : null, reasons: reasons.map(({ code, says }) => ({ code, says })), notes: notes.map(({ code, says }) => ({ code, says })), nearest: nearest.map((one) => as(one)) }
  })
}

/** The same for visits that stand: each keeps its id and its number. */
const asMoves = (hours: readonly Occurrence[], days: readonly ChangedDay[], judged: Judged): SeriesHour[] => numbered(hours, judged).map((hour, i) => {
  const was = days[i]?.was ?? null
  const as = (visit: BookedVisit) => (was ? { ...visit, visit: was.visit, number: was.number } : visit)
  return { ...hour, placed: hour.placed && as(hour.placed), nearest: hour.nearest.map(as), was }
})

/** Whose series, and which of its visits that are still to come. */
function inScope({ chart }: Judged, id: string, { visit, scope }: { readonly visit: string; readonly scope: 'following' | 'all' }, now: string): { readonly series: TherapySeries; readonly affected: readonly BookedVisit[] } {
  const found = seriesOfVisit(chart, visit, now)
  const affected = found && (scope === 'all' ? found.coming : found.following)
  if (!found || found.series.series !== id || !affected || affected.length === 0) throw new Problem('not-found')
  return { series: found.series, affected }
}

/** Only therapy, only with whom the rule names, and nothing that stands already: what else it has to keep, the check says. */
function refuseOdd(visits: readonly BookedVisit[], rule: SeriesRule, judged: Judged): void {
  const standing = standingById(judged)
  const odd = visits.some(({ visit, type, people }) => type !== 'therapy' || standing.has(visit) || !people.some(({ person, role }) => person === rule.therapist.person && role === 'therapist'))
  if (odd || rule.zone !== judged.zone || new Set(visits.map(({ visit }) => visit)).size !== visits.length) throw new Problem('request.malformed', { list: [{ code: 'visits', says: 'These are not the hours of this series.' }] })
}

async function place(here: Here, judged: Judged, visits: readonly BookedVisit[], rule: SeriesRule): Promise<void> {
  // Of two who book at once, both take their hours in the order in which they come: one of them waits, and none for the other.
  const inTurn = visits.toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  await refuseTherapy(here, judged, inTurn, 'booked', rule)
  await putAwayLapsed(here, here.now)
  await placeVisits(here, judged.row.chart, inTurn, ({ endsAt }) => endsAt)
  await addTeam(here, judged.row.chart, inTurn)
}

const booked = (here: Here, device: string, series: string, visits: readonly BookedVisit[]): EntryDraft[] =>
  (visits.length === 0 ? [] : [entry('visits-booked.v1', randomUUID(), device, here, { visits: [...visits], why: '', series })])
const gone = (here: Here, device: string, visits: readonly BookedVisit[], why: string): EntryDraft[] =>
  visits.map(({ visit }) => entry('visit-cancelled.v1', randomUUID(), device, here, { visit, why }))

type How = { readonly stops: 'ends'; readonly from: { readonly visit: string; readonly scope: 'following' | 'all' } } | { readonly stops: 'pauses'; readonly from: string; readonly to: string }
interface Stopping {
  readonly how: 'ended' | 'paused'
  readonly rule: SeriesRule
  readonly plannedTo: string
  readonly cancelled: readonly BookedVisit[]
}

function stopping(judged: Judged, id: string, how: How, now: string): Stopping {
  if (how.stops === 'ends') {
    const { series: { rule, plannedTo: to }, affected } = inScope(judged, id, how.from, now)
    return { how: 'ended', rule: endedBefore(rule, affected[0]!.localStart.slice(0, 10)), plannedTo: to, cancelled: affected }
  }
  const series = therapySeries(judged.chart, now).find((one) => one.series === id)
  if (!series || how.to < how.from) throw new Problem('not-found')
  const cancelled = series.visits.filter(({ startsAt, localStart }) => startsAt > now && how.from <= localStart.slice(0, 10) && localStart.slice(0, 10) <= how.to)
  return { how: 'paused', rule: paused(series.rule, how.from, how.to), plannedTo: series.plannedTo, cancelled }
}

interface StopAct { readonly series: string; readonly id: string; readonly device: string; readonly why: string }

async function writeStop(here: Here, judged: Judged, { how, rule, plannedTo: to, cancelled }: Stopping, { series, id, device, why }: StopAct, alongside: readonly EntryDraft[]): Promise<void> {
  await freeAsked(here, judged, cancelled.map(({ visit }) => visit))
  for (const { visit } of cancelled) await release(here, visit)
  await writeAct(here, judged.row.chart, 'therapy.stopped', entry('therapy-series.v1', id, device, here, { series, how, rule, plannedTo: to, why }), [...gone(here, device, cancelled, why), ...alongside])
}
