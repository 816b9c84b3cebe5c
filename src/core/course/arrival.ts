import { plusDays } from '../shared/time.ts'
import { consentNow } from './consent.ts'
import { phaseOf } from './protocol.ts'
import { ahead, blocker, done, standing, visiting, type Blocker, type CourseReading, type Step } from './step.ts'

/** From the first message to the day on which everything is agreed: call, match, intake, referral, clearance, consents. */
export function arrivalSteps(reading: CourseReading): Step[] {
  return [...inquirySteps(reading), protocolStep(reading), intakeStep(reading), ...consultStep(reading), referralStep(reading), clearanceStep(reading), ...consentSteps(reading), ...baselineSteps(reading), estimateStep(reading)]
}

/** A call that reached nobody is still to be made. */
export const callMade = ({ chart }: Pick<CourseReading, 'chart'>) => chart.latest('call-logged.v1', ({ body }) => body.outcome !== 'no-answer')

/** A person who came another way than by an inquiry has no call and no match to wait for. */
function inquirySteps(reading: CourseReading): Step[] {
  const { chart, facts, protocol } = reading
  const inquiry = chart.latest('inquiry-received.v1')
  if (!inquiry) return []
  const promised = plusDays(inquiry.body.receivedAt, protocol.firstVisitWithinDays)
  const call = callMade(reading)
  const match = chart.latest('match-chosen.v1')
  return [
    { id: 'inquiry-call', title: 'First call', who: ['coordinator'], since: inquiry.body.receivedAt, ...(call || match ? done([call?.id ?? match?.id]) : standing([], facts.now, promised)) },
    { id: 'match', title: 'Match with a therapist', who: ['coordinator'], since: call?.at ?? inquiry.body.receivedAt, ...(match ? done([match.id]) : standing(matchWaits(call), facts.now, promised)) },
  ]
}

function matchWaits(call: ReturnType<typeof callMade>): Blocker[] {
  if (!call) return [blocker('inquiry-call', 'The first call has not taken place.')]
  if (call.body.outcome === 'crisis') return [blocker('crisis', 'The first call found a crisis; that comes first.', [call.id])]
  return []
}

function protocolStep({ chart, facts }: CourseReading): Step {
  const chosen = chart.latest('course-chosen.v1')
  return { id: 'protocol', title: 'Choose the protocol', who: ['therapist', 'coordinator'], ...(chosen ? done([chosen.id]) : standing([], facts.now)) }
}

/** Promised within the protocol's days of the match, whether booked by then or not. */
function intakeStep({ chart, facts, protocol, visit }: CourseReading): Step {
  const intake = chart.latest('intake.v1')
  const booked = visit('intake', 1)
  const match = chart.latest('match-chosen.v1')
  const promised = match && plusDays(match.at, protocol.firstVisitWithinDays)
  const since = booked?.startsAt ?? match?.at
  return { id: 'intake', title: 'Psychological intake', who: ['therapist'], ...(booked ? { visit: booked } : {}), ...(since === undefined ? {} : { since }), ...(intake ? done([intake.id]) : visiting(booked, facts, [], promised)) }
}

function consultStep({ chart, facts, protocol, visit, completed }: CourseReading): Step[] {
  if (!phaseOf(protocol, 'consult')) return []
  const closed = completed('consult').at(-1)
  const booked = visit('consult', 1)
  const waits = chart.latest('intake.v1') || booked ? undefined : [blocker('intake', 'The intake comes first.')]
  return [{ id: 'consult', title: 'Consultation', who: ['therapist'], ...(booked ? { visit: booked } : {}), ...(closed ? done([closed.id]) : waits ? ahead(waits) : visiting(booked, facts, [])) }]
}

function referralStep({ chart, facts }: CourseReading): Step {
  const referral = chart.latest('referral.v1')
  const signed = chart.latest('clearance.v1')
  const intake = chart.latest('intake.v1')
  const waits = intake ? [] : [blocker('intake', 'The psychological intake is not written yet.')]
  return { id: 'referral', title: 'Refer for medical clearance', who: ['therapist'], ...(intake ? { since: intake.at } : {}), ...(referral || signed ? done([referral?.id, signed?.id]) : standing(waits, facts.now)) }
}

function clearanceStep({ chart, facts, visit }: CourseReading): Step {
  const referral = chart.latest('referral.v1')
  const booked = visit('medical-clearance', 1)
  const { state, says, facts: because } = facts.clearance
  const common = { id: 'clearance', title: 'Medical clearance', who: ['prescriber'], ...(referral ? { since: referral.at } : {}), ...(booked ? { visit: booked } : {}) } as const
  if (state === 'cleared') return { ...common, ...done(because) }
  if (state === 'held' || state === 'refused') return { ...common, state: 'blocked', facts: because, blockedBy: [blocker(`clearance-${state}`, says, because)] }
  if (state === 'reopened' || state === 'expired') return { ...common, state: 'due', facts: because, blockedBy: [], dueBy: facts.now }
  return { ...common, ...visiting(booked, facts, referral ? [] : [blocker('referral', 'Nobody has referred this person for clearance yet.')]) }
}

/** A form counts in the version of today, and only until it is taken back. */
function consentSteps({ chart, facts }: CourseReading): Step[] {
  return facts.consentForms.map(({ form, version, title }) => {
    const { state, signed } = consentNow(chart, { form, version })
    return { id: `consent-${form}`, title, who: ['patient'], ...(state === 'signed' ? done([signed?.id]) : standing([], facts.now)) } satisfies Step
  })
}

/** The person's own questionnaires, and apart from them what a clinician asks: each is the next step only of who can do it. */
function baselineSteps({ facts }: CourseReading): Step[] {
  const { baselineOpen, interviewsOpen } = facts
  const step = (open: readonly string[], title: string) => ({ title: open.length > 0 ? `${title}: ${open.join(', ')}` : title, ...(open.length === 0 ? done([]) : standing([], facts.now)) })
  return [
    { id: 'baseline', who: ['patient'], ...step(baselineOpen, 'Questionnaires before the start') },
    ...(interviewsOpen ? [{ id: 'baseline-interview', who: ['therapist'] as const, ...step(interviewsOpen, 'Asked by a clinician before the start') }] : []),
  ]
}

function estimateStep({ latest, facts }: CourseReading): Step {
  const given = latest('estimate-given.v1')
  return { id: 'estimate', title: 'Estimate of the whole course', who: ['coordinator'], ...(given ? done([given.id]) : standing([], facts.now)) }
}
