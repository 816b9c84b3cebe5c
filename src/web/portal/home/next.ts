import { askedAfter } from '../../../core/afterwards/ladder.ts'
import type { Chart } from '../../../core/chart/chart.ts'
import type { BookedVisit } from '../../../core/chart/kinds/aftercare.ts'
import { isOver } from '../../../core/course/over.ts'
import type { Step } from '../../../core/course/step.ts'
import type { DueMeasure } from '../../../core/measures/due.ts'
import { plusDays, plusMinutes, type Instant } from '../../../core/shared/time.ts'
import { isDosing } from '../../../core/course/dosing-visit.ts'
import { afterwardsRows } from '../../../knowledge/afterwards.ts'
import type { CourseSeen } from '../patient.tsx'
import { clockTime, dayOf, daysApart, dayWords, longDay, when } from '../times.ts'
import { nextVisit, peopleOf, placeOf, rideFor, sessionsHeld, visitName, visitsAhead } from '../visits.ts'

/** The one thing that is hers to do now. */
export interface Next {
  readonly id: string
  readonly title: string
  readonly says: string
  readonly to: string
  readonly action: string
}

export interface HomeFacts {
  /** Nothing while the server has not been reached. */
  readonly course: Pick<CourseSeen, 'steps' | 'measures' | 'openSession' | 'counts'> | undefined
  readonly visits: readonly BookedVisit[]
  readonly chart: Chart
  readonly now: Instant
  readonly zone: string
}

/** Soonest first: what belongs to today's or tomorrow's session, then what is asked of her, then what can wait. */
export function nextThing(facts: HomeFacts): Next | undefined {
  if (facts.course?.openSession) return undefined
  return online(facts) ?? checks(facts) ?? dayAfter(facts) ?? questions(facts) ?? checks(facts, true) ?? afterwards(facts) ?? ride(facts) ?? consent(facts) ?? plan(facts) ?? intention(facts) ?? journal(facts)
}

/** One sentence about today. */
export function today({ course, visits, chart, now, zone }: HomeFacts): string {
  if (course?.openSession) return 'You are in a session with us right now.'
  const next = nextVisit(visitsAhead(visits, chart), now)
  const held = sessionsHeld(chart).at(-1)
  if (next && dayOf(next.startsAt, zone) === dayOf(now, zone)) {
    const name = `your ${visitName(next).toLowerCase()}`
    return next.startsAt <= now ? `It is time for ${name}.` : `Today you have ${name} ${when(next.startsAt, now, zone).replace('today ', '')}.`
  }
  if (held && dayOf(held.closedAt, zone) === dayOf(now, zone)) return 'Your session is behind you. Rest; the rest of today belongs to you.'
  if (next) return `Nothing is planned for today. Your next visit is ${dayWords(next.startsAt, now, zone)}.`
  if (course?.steps.some(isOver)) return 'Your course has ended, and no visit is booked. You can still write to us.'
  return (course?.counts.medicine.done ?? 0) > 0 ? 'Nothing is planned for today, and no visit is booked.' : 'Nothing is booked yet. We write to you as soon as there is a date.'
}

/** More about the next visit, for the line under the sentence. */
export function nextVisitLine({ visits, chart, now, zone }: HomeFacts): string | undefined {
  const next = nextVisit(visitsAhead(visits, chart), now)
  if (!next) return undefined
  const where = `${placeOf(next)}${next.people.length > 0 ? `, with ${peopleOf(next)}` : ''}.`
  return dayOf(next.startsAt, zone) === dayOf(now, zone) ? where.charAt(0).toUpperCase() + where.slice(1) : `${visitName(next)}, ${when(next.startsAt, now, zone)}, ${where}`
}

/** A medicine session of today or tomorrow. */
export function dosingSoon({ visits, chart, now, zone }: HomeFacts): BookedVisit | undefined {
  const visit = nextVisit(visitsAhead(visits, chart), now, isDosing)
  return visit && daysApart(dayOf(now, zone), dayOf(visit.startsAt, zone)) <= 1 ? visit : undefined
}

/** On the day of a visit online: where she is, and then the way in. Before everything else, for it has its hour. */
function online({ visits, chart, now, zone }: HomeFacts): Next | undefined {
  const visit = nextVisit(visitsAhead(visits, chart), now, (one) => one.online)
  if (!visit || dayOf(visit.startsAt, zone) !== dayOf(now, zone)) return undefined
  const said = chart.latest('whereabouts.v1', ({ body, at }) => body.visit === visit.visit && body.startsAt === visit.startsAt && dayOf(at, zone) === dayOf(visit.startsAt, zone))
  const soon = plusMinutes(visit.startsAt, -60) <= now
  if (said && !soon) return undefined
  return said
    ? { id: 'join', title: 'Your visit online', says: `It begins at ${clockTime(visit.startsAt, zone)}, with ${peopleOf(visit)}.`, to: `/my/online/${visit.visit}`, action: 'Go to the visit' }
    : { id: 'where', title: 'Where will you be today?', says: `Your visit at ${clockTime(visit.startsAt, zone)} is online. We ask each time where you are, so that help would find you.`, to: `/my/online/${visit.visit}`, action: 'Say where I am' }
}

/** What is due, without what was just answered on this device. An answer with gaps is still due. */
export const stillDue = (measures: readonly DueMeasure[], chart: Chart): readonly DueMeasure[] =>
  measures.filter(({ instrument, opensAt }) => !chart.all('measure-answered.v1').some(({ at, body }) => body.instrument === instrument && (opensAt === null || at >= opensAt) && Object.values(body.answers).every((answer) => answer !== null)))

/** From the beginning of the day before a session until it starts. On the day, what was left open comes `again` after the rest. */
function checks({ visits, chart, now, zone }: HomeFacts, again = false): Next | undefined {
  const visit = nextVisit(visitsAhead(visits, chart), now, isDosing)
  if (!visit || visit.startsAt <= now || daysApart(dayOf(now, zone), dayOf(visit.startsAt, zone)) > 1) return undefined
  const said = saidBefore(chart, visit, zone)
  const onTheDay = dayOf(now, zone) === dayOf(visit.startsAt, zone)
  if (onTheDay ? said.all || (said.onTheDay && !again) : said.any) return undefined
  return { id: 'checks', title: `Before your session ${onTheDay ? 'today' : 'tomorrow'}`, says: 'When to stop eating and drinking, who takes you home, and a few short questions.', to: `/my/checks/${visit.visit}`, action: 'Go through it' }
}

export const morningFacts = ['lastFoodAt', 'lastFluidAt', 'alcoholOrCannabisWithin48h', 'medicinesOnTheDay'] as const

/** Which of the questions before a session she has answered since the day before it began. */
export function saidBefore(chart: Chart, visit: BookedVisit, zone: string) {
  const dayBefore = dayOf(plusDays(visit.startsAt, -1), zone)
  const said = morningFacts.flatMap((fact) => chart.latest('fact.v1', (entry) => entry.body.fact === fact && dayOf(entry.at, zone) >= dayBefore && entry.at <= visit.startsAt) ?? [])
  return { any: said.length > 0, onTheDay: said.some(({ at }) => dayOf(at, zone) > dayBefore), all: said.length === morningFacts.length }
}

const asked = ({ chart, now, zone }: HomeFacts) => askedAfter(chart, afterwardsRows, now, (at) => dayOf(at, zone))

/** On the day itself and the day after: what does good, before anything is asked. */
function dayAfter(facts: HomeFacts): Next | undefined {
  const after = asked(facts)
  return after && after.day <= 1 && !after.saidToday ? { id: 'after', title: after.rung ? `${after.rung.called}: how is it?` : 'Coming back', says: 'Rest, drink water, and say in two presses how it is.', to: '/my/after', action: 'Open the card' } : undefined
}

/** Later, at the rungs of the ladder. */
function afterwards(facts: HomeFacts): Next | undefined {
  const after = asked(facts)
  return after?.rung && !after.saidToday ? { id: 'after', title: `${after.rung.called}: how is it?`, says: 'Two presses. Those who treat you read it.', to: '/my/after', action: 'Say how it is' } : undefined
}

function questions({ course, chart, now, zone }: HomeFacts): Next | undefined {
  const due = stillDue(course?.measures ?? [], chart)
  const [first] = due
  if (!first) return undefined
  const closesAt = due.find((one) => one.closesAt !== null)?.closesAt
  return {
    id: 'questions', title: due.length === 1 ? 'A short form for you' : `${due.length} short forms for you`,
    says: `${due.map(({ title }) => title).join(', ')}.${closesAt && daysApart(dayOf(now, zone), dayOf(closesAt, zone)) <= 14 ? ` Please answer by ${longDay(closesAt, zone)}.` : ''}`,
    to: due.length === 1 ? `/my/questionnaires/${first.instrument}` : '/my/questionnaires', action: 'Answer now',
  }
}

/** The week before a session is the time to name the person. */
function ride({ visits, chart, now, zone }: HomeFacts): Next | undefined {
  const visit = nextVisit(visitsAhead(visits, chart), now, isDosing)
  if (!visit || rideFor(chart, visit.visit) || daysApart(dayOf(now, zone), dayOf(visit.startsAt, zone)) > 7) return undefined
  return { id: 'ride', title: `Who takes you home ${dayWords(visit.startsAt, now, zone)}?`, says: 'You leave a medicine session only with an adult who came for you. Please tell us who.', to: `/my/ride/${visit.visit}`, action: 'Name the person' }
}

const isOpen = ({ state }: Step) => state === 'overdue' || state === 'due' || state === 'open'

function consent({ course }: HomeFacts): Next | undefined {
  const step = course?.steps.find((one) => one.id.startsWith('consent-') && isOpen(one))
  return step && { id: step.id, title: step.title, says: 'Read it slowly, ask anything, and sign only if you want to. It is needed before a first dose.', to: `/my/consents/${step.id.slice('consent-'.length)}`, action: 'Read it' }
}

/** Made together with the therapist, so it is asked for once the two have met. */
function plan({ course, chart }: HomeFacts): Next | undefined {
  const step = course?.steps.find(({ id }) => id === 'safety-plan')
  const met = course?.steps.some(({ id, state }) => id.startsWith('preparation-') && state === 'done')
  if (!step || !isOpen(step) || !met) return undefined
  const known = chart.latest('safety-plan.v1')
  return known
    ? { id: 'safety-plan', title: 'Look at your safety plan again', says: 'It is time to see whether it still fits.', to: '/my/safety-plan', action: 'Open it' }
    : { id: 'safety-plan', title: 'Your safety plan', says: 'What helps you in bad hours, and whom to call. Best made together with your therapist.', to: '/my/safety-plan/edit', action: 'Begin' }
}

function intention({ course }: HomeFacts): Next | undefined {
  const step = course?.steps.find(({ id }) => id === 'intention')
  const met = course?.steps.some(({ id, state }) => id.startsWith('preparation-') && state === 'done')
  return step && isOpen(step) && met ? { id: 'intention', title: 'What do you hope for?', says: 'Your intention for the sessions, in your own words. A sentence is enough.', to: '/my/intention', action: 'Write it' } : undefined
}

/** After a session, until it was talked about. */
function journal({ course, chart }: HomeFacts): Next | undefined {
  const held = sessionsHeld(chart).at(-1)
  const open = held && course?.steps.some((step) => step.id.startsWith('integration-') && isOpen(step))
  return open ? { id: 'journal', title: 'Something to keep from your session?', says: 'A line or two, for yourself. Nobody reads your journal unless you share an entry.', to: '/my/journal', action: 'Write in the journal' } : undefined
}
