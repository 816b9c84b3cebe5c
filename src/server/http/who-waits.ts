import type { PoolClient } from 'pg'
import { clinicians } from '../../core/chart/kinds/kind.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { noWishes, type InquiryRow } from '../../core/contract/running.ts'
import { freedTimes, leftPlaces, type FreedTime } from '../../core/scheduling/freed.ts'
import type { Waiting } from '../../core/scheduling/fill.ts'
import { openWishes, timeOffers, waitingOffer, type SoonerWish } from '../../core/scheduling/sooner.ts'
import { waitingChange } from '../../core/scheduling/told-changes.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { plusDays } from '../../core/shared/time.ts'
import { heldVisits } from '../store/calendar.ts'
import { inquiries } from '../store/inquiries.ts'
import { chartsThatWished, leftOnCharts } from '../store/offers.ts'
import { practiceRow } from '../store/practice.ts'
import { movable } from './calendar.ts'
import { defaultProtocol } from './course.ts'
import { firstVisitSearches, waitsForVisit, wantedOf } from './first-visits.ts'
import { judge, type Judged } from './judging.ts'
import { calendarsFrom } from './plan-request.ts'
import { Problem } from './problems.ts'
import type { Here, Shell } from './shell.ts'

/** Longer ago than a course is planned ahead nothing can have been left that still lies ahead. */
const LEFT_DAYS = 150

/** A job that judges charts and keeps the calendar, for somebody of the desk: it reads every calendar, and every chart whole. */
export const jobHere = (shell: Pick<Shell, 'database' | 'live' | 'clock'>, client: PoolClient, practice: string, person: string | null, now: string): Here => ({
  shell, client, now, token: '', device: '', lastSeq: 0, actor: { practice, person, signIn: '', purpose: 'job', subject: null, device: '', roles: ['coordinator'] },
  standings: [{ relation: 'team', roles: clinicians }, { relation: 'practice', roles: ['coordinator', 'owner'] }],
}) as unknown as Here

/** A time that came free, with the chart whose visit left it. */
export interface FreedHere extends FreedTime {
  readonly chart: string
  readonly name: string
}

/** Every time that came free and still is, soonest first; or what one visit left. */
export async function freedHere(here: Here, visit?: string): Promise<readonly FreedHere[]> {
  const { zone } = await practiceRow(here)
  const charts = await leftOnCharts(here, plusDays(here.now, -LEFT_DAYS))
  const left = [...charts].flatMap(([chart, { name, entries }]) => leftPlaces({ entries }, here.now).filter(({ place }) => visit === undefined || place.visit === visit).map((one) => ({ ...one, chart, name })))
  if (left.length === 0) return []
  return freedTimes(left, { ...(await calendarsFrom(here)), zone }, here.now) as readonly FreedHere[]
}

interface Cannot {
  readonly chart: string
  readonly name: string
  readonly visit: BookedVisit
  readonly why: readonly string[]
}

/** Everybody who waits, as the rules of their own course see one time that came free. `only`: of these charts alone. */
export async function whoWaits(here: Here, freed: Pick<FreedTime, 'startsAt' | 'endsAt'>, only?: readonly string[]): Promise<{ readonly waiting: readonly Waiting[]; readonly cannot: readonly Cannot[]; readonly inquiries: ReadonlyMap<string, InquiryRow>; readonly judged: ReadonlyMap<string, Judged> }> {
  const waiting: Waiting[] = []
  const cannot: Cannot[] = []
  const judgedBy = new Map<string, Judged>()
  for (const chart of only ?? (await chartsThatWished(here))) {
    const judged = await judge(here, chart)
    judgedBy.set(chart, judged)
    for (const wish of openWishes(judged.chart, here.now, judged.zone)) {
      const one = await soonerOf(here, judged, wish, freed).catch((failure: unknown) => {
        if (!(failure instanceof Problem)) throw failure
        cannot.push({ chart, name: judged.row.name, visit: wish.visit, why: (failure.list ?? []).map(({ says }) => says) })
      })
      if (one) waiting.push(one)
    }
  }
  const open = only ? [] : (await inquiries(here, here.now, defaultProtocol.firstVisitWithinDays)).filter(waitsForVisit)
  const searches = open.length > 0 ? await firstVisitSearches(here) : undefined
  const { zone } = await practiceRow(here)
  for (const { id, name, receivedAt, preferences } of open) waiting.push({ kind: 'first', id, name, since: receivedAt, wanted: wantedOf(preferences), search: searches!(defaultProtocol, localDay(freed.startsAt, zone)) })
  return { waiting, cannot, inquiries: new Map(open.map((one) => [one.id, one])), judged: judgedBy }
}

async function soonerOf(here: Here, judged: Judged, { wished, since, visit }: SoonerWish & { readonly visit: BookedVisit }, freed: Pick<FreedTime, 'startsAt' | 'endsAt'>): Promise<Waiting> {
  const { chart, row, clearance } = judged
  const { request, planned } = await movable(here, judged, visit.visit, noWishes(here.now.slice(0, 10)))
  const before = timeOffers(chart, here.now).filter(({ offer: { body } }) => body.freed.startsAt < freed.endsAt && freed.startsAt < body.freed.endsAt && body.changes.some(({ from }) => from.visit === visit.visit))
  const said = before.some(({ state }) => state === 'declined') ? 'no' : before.some(({ state }) => state === 'lapsed') ? 'nothing' : undefined
  const asked = waitingChange(chart, here.now) ?? waitingOffer(chart, here.now)
  const plan = !asked && (await heldVisits(here, here.now, { chart: row.chart })).length > 0
  return {
    kind: 'sooner', id: `${row.chart} ${visit.visit}`, name: row.name, since, visit, wish: wished.body, request, booked: planned,
    cleared: clearance.state !== 'cleared' ? undefined : clearance.entry?.body.expiresOn ? { until: clearance.entry.body.expiresOn } : {},
    said, held: asked ? 'They are being asked about another time now.' : plan ? 'A plan is held for them.' : undefined,
  }
}

export const chartOf = ({ id }: Pick<Waiting, 'id'>): string => id.split(' ')[0]!
