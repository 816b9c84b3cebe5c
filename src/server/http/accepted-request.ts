import type { BookedVisit, VisitType } from '../../core/chart/kinds/aftercare.ts'
import { noWishes, type Wishes } from '../../core/contract/running.ts'
import { placedFor, toPlace, type Accepted } from '../../core/course/accepted.ts'
import { consentNow } from '../../core/course/consent.ts'
import { phaseOf } from '../../core/course/protocol.ts'
import { safetyPlanUntil } from '../../core/course/treatment.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { maintenanceProposal, type MaintenanceProposal } from '../../core/outcomes/maintenance.ts'
import { plannedFrom } from '../../core/scheduling/booked.ts'
import { moveViolations } from '../../core/scheduling/check-move.ts'
import { violations } from '../../core/scheduling/check.ts'
import { asPlanned, extraRequest, type ExtraVisit } from '../../core/scheduling/extra-visit.ts'
import type { PlannedVisit, PlanRequest, Reason } from '../../core/scheduling/request.ts'
import { dayEnd, localDay, plusDaysOf, sayDay } from '../../core/shared/local-day.ts'
import type { Day } from '../../core/shared/time.ts'
import { requireCourse, type Judged } from './judging.ts'
import { planRequest, refuseFound } from './plan-request.ts'
import { Problem } from './problems.ts'
import type { Here } from './shell.ts'

/** What is placed beside a course, as the planner takes it: the days that were signed, or more of them where somebody looks beyond. */
export interface Extra { readonly accepted: Accepted; readonly extra: ExtraVisit; readonly proposal: MaintenanceProposal }

export function extraOf(judged: Judged, now: string, until?: Day): Extra | undefined {
  const accepted = toPlace(judged.chart)
  const { place, entry } = accepted ?? {}
  if (!accepted || !place || !entry || !isKind(place.type)) return undefined
  const protocol = requireCourse(judged, 'plan.refused')
  const { outcomes, instruments } = judged.edition.book
  const proposal = maintenanceProposal(judged.chart, { outcomes, instruments, zone: judged.zone }, now)
  const [tomorrow, to] = [plusDaysOf(localDay(now, judged.zone), 1), until !== undefined && until > place.to ? until : place.to]
  const safe = safetyPlanUntil(judged.chart, protocol, judged.zone)
  const preparation = place.type === 'maintenance' && phaseOf(protocol, 'preparation') !== undefined && (safe === undefined || safe < dayEnd(to, judged.zone))
  return { accepted, proposal, extra: { type: place.type, from: place.from > tomorrow ? place.from : tomorrow, to, review: entry.body.propose === 'booster-review', preparation, notBefore: proposal.notBefore } }
}

const KINDS: readonly VisitType[] = ['maintenance', 'consult', 'integration'] satisfies readonly ExtraVisit['type'][]
const isKind = (type: VisitType): type is ExtraVisit['type'] => KINDS.includes(type)

/** Why no session is placed whatever is free: nobody has agreed to it, the prescriber has said no, or its days are over. */
export function whyNoPlace({ chart, clearance, edition: { book }, zone }: Judged, { accepted: { place }, extra: { type, from, to } }: Extra): Pick<Reason, 'code' | 'says'>[] {
  const over = from > to ? [{ code: 'days-over', says: `The days that were signed ended on ${sayDay(dayEnd(place.to, zone), zone)}. Look at later ones, or let whoever signed decide again.` }] : []
  if (type !== 'maintenance') return over
  const consents = book.consents.filter(({ required }) => required).flatMap((form) => {
    const { state } = consentNow(chart, form)
    return state === 'signed' ? [] : [{ code: 'consent', says: `${form.title}: ${{ 'older-version': 'it was signed in an older version, and is signed again first', withdrawn: 'it was taken back', 'not-signed': 'it is not signed' }[state]}.` }]
  })
  const refused = clearance.state === 'held' || clearance.state === 'refused' ? [{ code: 'clearance', says: clearance.state === 'held' ? 'The prescriber has put the medical clearance on hold.' : 'The prescriber has refused medical clearance.' }] : []
  return [...over, ...consents, ...refused]
}

/** What whoever books it should know, in words that give nothing of the chart away. */
export function notesFor({ extra, proposal: { reviewsDue } }: Extra, risks: readonly { readonly dosing: string }[]): string[] {
  if (extra.type !== 'maintenance') return []
  return [...(reviewsDue.length > 0 ? ['The clinicians look at something before more medicine is given; until then it does not start.'] : []), ...(risks.some(({ dosing }) => dosing === 'stopped') ? ['The clinicians have put medicine on hold; until they lift it, it does not start.'] : [])]
}

/** The calendars and what stands on this chart, for whoever is out to place it. */
export const askedOf = (here: Here, judged: Judged, leftOut: readonly string[] = [], wishes: Wishes = noWishes(localDay(here.now, judged.zone))): Promise<PlanRequest> => planRequest(here, judged, wishes, leftOut)

const planned = (visits: readonly BookedVisit[], extra: ExtraVisit, { protocol }: PlanRequest): PlannedVisit[] => asPlanned(extra, visits).map((visit) => plannedFrom(visit, protocol))
const hasClearance = (visits: readonly BookedVisit[]) => visits.some(({ type }) => type === 'medical-clearance')

/** Held against the course's rules and everybody's calendar by the check that knows nothing of the planner: all that belongs to it, and nothing else. */
export async function refuseExtra(here: Here, judged: Judged, { extra }: Extra, visits: readonly BookedVisit[]): Promise<void> {
  const online = [...new Set(visits.filter((visit) => visit.online).map(({ type }) => type))]
  const request = extraRequest(await askedOf(here, judged, [], noWishes(localDay(here.now, judged.zone), online)), extra, hasClearance(visits))
  refuseFound(violations({ visits: planned(visits, extra, request) }, request))
}

/** Those still to come of what was booked with this visit, as a repair sees them: a plan of their own, around everything else that stands. A person moves them, so no days bind but the distances. */
export async function extraMovable(here: Here, judged: Judged, visit: string, wishes: Wishes): Promise<{ readonly request: PlanRequest; readonly visits: readonly BookedVisit[]; readonly planned: readonly PlannedVisit[] }> {
  const belongs = placedFor(judged.chart)
  const visits = standingVisits(judged.chart).filter((one) => belongs.get(one.visit) === belongs.get(visit) && one.startsAt > here.now)
  const ids = visits.map((one) => one.visit)
  const asked = await askedOf(here, judged, ids, wishes)
  const { outcomes, instruments } = judged.edition.book
  const has = (type: VisitType) => visits.some((one) => one.type === type)
  const type = has('maintenance') ? 'maintenance' : has('consult') ? 'consult' : 'integration'
  const { notBefore } = maintenanceProposal(judged.chart, { outcomes, instruments, zone: judged.zone }, here.now)
  const extra: ExtraVisit = { type, from: asked.earliest, to: asked.latest, review: has('consult'), preparation: has('preparation'), notBefore }
  const request = extraRequest({ ...asked, fixed: asked.fixed.filter((one) => !ids.includes(one.visit)) }, extra, hasClearance(visits))
  return { request, visits, planned: planned(visits, extra, request) }
}

/** Visits that were booked together and are moved: what that breaks which was not broken before. */
export async function refuseExtraMoves(here: Here, judged: Judged, moves: readonly BookedVisit[]): Promise<void> {
  const belongs = placedFor(judged.chart)
  for (const one of new Set(moves.map(({ visit }) => belongs.get(visit)))) {
    const of = moves.filter(({ visit }) => belongs.get(visit) === one)
    const { request, visits, planned: before } = await extraMovable(here, judged, of[0]!.visit, noWishes(localDay(here.now, judged.zone), [...new Set(of.filter(({ online }) => online).map(({ type }) => type))]))
    const kinds = new Map(before.map(({ visit, type, number }) => [visit, { type, number }]))
    if (of.some(({ visit }) => !kinds.has(visit))) throw new Problem('not-found')
    const after = visits.map((visit) => of.find((to) => to.visit === visit.visit) ?? visit).map((visit) => plannedFrom({ ...visit, ...kinds.get(visit.visit)! }, request.protocol))
    refuseFound(moveViolations(before, after, request))
  }
}
