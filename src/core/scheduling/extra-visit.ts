import type { VisitType } from '../chart/kinds/aftercare.ts'
import { isDosing } from '../course/dosing-visit.ts'
import { phaseOf, type Protocol, type ProtocolPhase } from '../course/protocol.ts'
import type { Day, Instant } from '../shared/time.ts'
import { planCourse } from './plan.ts'
import type { PlanAnswer, PlannedVisit, PlanRequest, Proposal, Reason } from './request.ts'
import { dayNumber, dayOfNumber, showDay, wallOf } from './zone.ts'

/** What was accepted after a course, and what has to stand before it. */
export interface ExtraVisit {
  readonly type: 'maintenance' | 'consult' | 'integration'
  /** From the first to the last day, both included, in which it is placed. */
  readonly from: Day
  readonly to: Day
  /** Whether the prescriber talks it over with the person before medicine is given. */
  readonly review: boolean
  /** Whether the safety plan has to be made again before it. */
  readonly preparation: boolean
  /** No medicine before this moment, whatever is free. */
  readonly notBefore: Instant | null
}

const asOne = ({ countRange: _counts, gapDays: _gaps, afterDays: _after, ...phase }: ProtocolPhase, type: VisitType = phase.type): ProtocolPhase => ({ ...phase, type, count: 1 })
const some = (phase: ProtocolPhase | undefined, type?: VisitType): readonly ProtocolPhase[] => (phase ? [asOne(phase, type)] : [])

/**
 * A further session, with what belongs to it, as the planner, the repair and the check read a course: the talk with the
 * prescriber, the visit for the safety plan and the medical clearance where they are needed, the session itself by the
 * course's own row, and the integration after it. A single visit is a course of one. It is no course: nobody is on it.
 */
export function extraCourse(protocol: Protocol, { type, review, preparation }: Pick<ExtraVisit, 'type' | 'review' | 'preparation'>, clearance: PlanRequest['clearance']['state']): Protocol {
  const medical = phaseOf(protocol, 'medical-clearance')
  const { onCall, ...rest } = protocol
  const bare: Protocol = { ...rest, phases: [], reviewAfterMedicine: [], followUpDays: [], followUpWindowDays: [], maintenance: 'none' }
  if (type === 'consult') return { ...bare, phases: some(medical, 'consult') }
  if (type === 'integration') return { ...bare, phases: some(phaseOf(protocol, 'integration'), 'preparation') }
  // Whoever signs the clearance anew has talked it over. The planner places a clearance beside what comes before medicine.
  const talk = some(medical, 'consult').map((phase) => ({ ...phase, count: review && clearance === 'signed' ? 1 : 0 }))
  return {
    ...bare, ...(onCall ? { onCall } : {}),
    phases: [...talk, ...some(medical), ...(preparation ? some(phaseOf(protocol, 'preparation')) : []), ...some(phaseOf(protocol, 'maintenance') ?? phaseOf(protocol, 'medicine'), 'medicine'), ...some(phaseOf(protocol, 'integration'))],
  }
}

/** The kinds under which the planner places what is booked as something else. */
const PLANNED_AS: Readonly<Record<ExtraVisit['type'], Partial<Record<VisitType, VisitType>>>> = { maintenance: { maintenance: 'medicine' }, consult: {}, integration: { integration: 'preparation' } }
export const plannedAs = (extra: Pick<ExtraVisit, 'type'>, type: VisitType): VisitType => PLANNED_AS[extra.type][type] ?? type
export const bookedAs = (extra: Pick<ExtraVisit, 'type'>, type: VisitType): VisitType => (Object.entries(PLANNED_AS[extra.type]).find(([, planned]) => planned === type)?.[0] as VisitType | undefined) ?? type

/** It counts as none of the visits that are asked for, whatever its number. */
const NOT_COUNTED = 0

/**
 * The question as the planner reads one. Whatever is still to come of this patient stands around it, and every dose, given or
 * booked, counts for the distance to it; what took place otherwise asks for nothing. A clearance that ends before the session
 * could be is planned anew, and so is one that does not stand.
 */
export function extraRequest(asked: PlanRequest, extra: ExtraVisit, renew = false): PlanRequest {
  const { protocol: base, fixed, earlierDoses = [], zone } = asked
  const clearance: PlanRequest['clearance'] = extra.type === 'maintenance' && (renew || (asked.clearance.state === 'signed' && (asked.clearance.validUntil ?? extra.to) < extra.from)) ? { state: 'needed' } : asked.clearance
  const given = fixed.filter((one) => one.type === 'medicine' || (one.type === 'maintenance' && one.state === 'booked')).map(({ startsAt }) => startsAt)
  const doses = [...earlierDoses, ...given].toSorted()
  const coming = fixed.filter((one) => one.state === 'booked' && !isDosing(one)).map((one) => (one.type !== 'medical-clearance' ? { ...one, number: NOT_COUNTED } : clearance.state === 'needed' ? { ...one, number: 1 } : asOther(one)))
  const earliest = extra.from > asked.earliest ? extra.from : asked.earliest
  return {
    ...asked, protocol: extraCourse(base, extra, clearance.state), clearance, fixed: coming, earlierDoses: doses, earliest,
    latest: extra.type === 'maintenance' ? dayOfNumber(dayNumber(extra.to) + base.integration.withinDays) : extra.to,
    ...(extra.type === 'maintenance' ? { medicineFrom: medicineFrom(extra, base, doses, earliest, zone), medicineTo: extra.to } : {}),
  }
}

/** Where the clearance stands, a medical visit that is booked is one more visit to go round. */
const asOther = (one: PlanRequest['fixed'][number]): PlanRequest['fixed'][number] => ({ ...one, type: 'follow-up', number: NOT_COUNTED })

/** Not before the limits of many doses allow, and never closer to the last dose than the course keeps two of its own apart. */
function medicineFrom({ notBefore }: ExtraVisit, protocol: Protocol, doses: readonly Instant[], earliest: Day, zone: string): Day {
  const wall = wallOf(zone)
  const last = doses.at(-1)
  const gap = phaseOf(protocol, 'medicine')?.gapDays?.min
  const days = [dayNumber(earliest), ...(notBefore === null ? [] : [wall.dayNo(Date.parse(notBefore)) + 1]), ...(last === undefined || gap === undefined ? [] : [wall.dayNo(Date.parse(last)) + gap])]
  return dayOfNumber(Math.max(...days))
}

export type ExtraAnswer = PlanAnswer & { readonly request: PlanRequest }

/**
 * Up to three places for what was accepted, or the fewest reasons why there is none and what would help. Where the clearance
 * that stands ends before any of them, the visit that signs it anew is planned first, and the plan says so.
 */
export function planExtra(asked: PlanRequest, extra: ExtraVisit): ExtraAnswer {
  const request = extraRequest(asked, extra)
  const answer = planCourse(request)
  if ('proposals' in answer) return { ...named(answer, extra), request }
  const { clearance } = request
  const again = extra.type === 'maintenance' && clearance.state === 'signed' && clearance.validUntil !== undefined && clearance.validUntil < extra.to ? extraRequest(asked, extra, true) : undefined
  const renewed = again && planCourse(again)
  if (!again || !renewed || 'impossible' in renewed || clearance.state !== 'signed') return { ...named(answer, extra), request }
  const note = `The clearance that stands ends on ${showDay(dayNumber(clearance.validUntil!))}, and no place was found before that: it is signed anew first.`
  const [first, ...rest] = renewed.proposals.map((one) => ({ ...one, notes: [note, ...one.notes] }))
  return { ...named({ proposals: [first!, ...rest] }, extra), request: again }
}

/** The planner counts the visits of this one plan. Whoever reads it knows of one session, and of what belongs to it. */
const NAMES: readonly (readonly [RegExp, string, string])[] = [[/medicine session 1/gi, 'The further session', 'the further session'], [/integration 1/gi, 'Its integration', 'its integration'], [/preparation 1/gi, 'The preparation before it', 'the preparation before it'], [/consultation/gi, 'The talk with the prescriber', 'the talk with the prescriber'], [/the first medicine session/gi, 'The further session', 'the further session']]
const ONE: readonly (readonly [RegExp, string, string])[] = [[/preparation 1/gi, 'The integration visit', 'the integration visit'], [/consultation/gi, 'The talk with the prescriber', 'the talk with the prescriber']]

export const sayExtra = ({ type }: Pick<ExtraVisit, 'type'>, says: string): string => (type === 'integration' ? ONE : NAMES).reduce((said, [name, capital, small]) => said.replaceAll(name, (found) => (/^[A-Z]/.test(found) ? capital : small)), says)

const BEGINS: Readonly<Record<Proposal['id'], string>> = { soonest: 'The soonest', 'as-wished': 'As asked for', steady: 'The same people', later: 'A later start' }
const WHAT: Readonly<Record<ExtraVisit['type'], string>> = { maintenance: 'the session', consult: 'the talk with the prescriber', integration: 'the visit' }
function sayWhen({ id, visits }: Proposal, { type }: ExtraVisit): string {
  const found = visits.find((visit) => visit.type === plannedAs({ type }, type))
  return `${BEGINS[id]}: ${WHAT[type]} is on ${showDay(dayNumber(found!.day))}.`
}

function named<Answer extends PlanAnswer>(answer: Answer, extra: ExtraVisit): PlanAnswer {
  const say = (says: string) => sayExtra(extra, says)
  const reason = (one: Reason): Reason => ({ ...one, says: say(one.says) })
  if ('impossible' in answer) return { impossible: answer.impossible.map(reason), wouldHelp: answer.wouldHelp.map((one) => ({ ...one, says: say(one.says) })) }
  const [first, ...rest] = answer.proposals.map((one) => ({ ...one, says: sayWhen(one, extra), notes: one.notes.map(say) }))
  return { proposals: [first!, ...rest] }
}

/** As somebody books it: under its own kind, counted on from what stands. */
export const asBooked = (extra: Pick<ExtraVisit, 'type'>, visits: readonly PlannedVisit[], numberOf: (type: VisitType) => number): PlannedVisit[] =>
  visits.map((visit) => { const type = bookedAs(extra, visit.type); return { ...visit, type, number: numberOf(type) } })

/** As the check reads it again. */
export const asPlanned = <Visit extends { readonly type: VisitType; readonly number: number }>(extra: Pick<ExtraVisit, 'type'>, visits: readonly Visit[]): Visit[] => visits.map((visit) => ({ ...visit, type: plannedAs(extra, visit.type), number: 1 }))
