import { randomUUID } from 'node:crypto'
import { MOST_TOGETHER, type PlannedPerson, type PlanningRun } from '../../core/contract/joint.ts'
import { courseIn } from '../../core/rulebook/own-courses.ts'
import { plannedFrom } from '../../core/scheduling/booked.ts'
import { planCourse } from '../../core/scheduling/plan.ts'
import type { Waiting } from '../../core/scheduling/joint.ts'
import { withTaken } from '../../core/scheduling/taken.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { answerOf } from '../planning/joint.ts'
import { chartRows, lockHead, team } from '../store/charts.ts'
import { beginRun, bookedAmong, endRun, keepAgain, markPlan, plansOf, runNow, type KeptPlan } from '../store/planning-runs.ts'
import { rooms, staff } from '../store/practice.ts'
import { besideCharts } from '../store/beside-charts.ts'
import { bookWhole, holdWhole, refuseUnplannable } from './calendar.ts'
import { judgeLocked, requireCourse, type Judged } from './judging.ts'
import { calendars, requestFrom } from './plan-request.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { plannedWishes, waitingPeople, type Waits } from './waiting-list.ts'

/** For so long what was planned together can be looked at and booked. */
export const KEPT_HOURS = 24
/** Kept in the chart beside the visits. */
const WHY = 'Planned together with the others who wait.'

export const jointHandlers: Handlers<'waitingList' | 'planTogether' | 'planningNow' | 'plannedTogether' | 'stopPlanning' | 'bookPlanned' | 'holdPlanned' | 'planAgain'> = {
  waitingList: async (_, here) => ({ people: (await waitingPeople(here)).map(({ shown }) => shown), most: MOST_TOGETHER }),
  async planTogether({ body }, here) {
    const running = await runOf(here)
    if (running?.state === 'running') return { run: running, begun: false }
    const people = (await waitingPeople(here, body.charts)).filter(({ shown }) => shown.blocked.length === 0)
    if (people.length === 0) throw new Problem('plan.refused', { list: [{ code: 'waiting', says: 'None of these people can be planned now. The waiting list says why of each.' }] })
    const free = await calendars(here)
    const asked = people.map((one) => ({ one, wishes: plannedWishes(one, body.earliest) }))
    const run = randomUUID()
    const begun = await beginRun(here, run, here.now, asked.map(({ one, wishes }) => ({ chart: one.row.chart, waitedDays: one.shown.waitedDays, wishes })))
    if (begun) {
      const waiting = asked.map(({ one, wishes }): Waiting => ({ id: one.row.chart, waitedDays: one.shown.waitedDays, request: requestOf(one, free, one.beside.therapist!.person, wishes, here.now) }))
      for (const { row } of people) here.audit({ at: here.now, action: 'plan.proposed', outcome: 'done', chart: row.chart })
      here.afterCommit(() => here.shell.together.begin(here.actor.practice, run, waiting))
    }
    return { run: (await runOf(here))!, begun }
  },
  planningNow: async (_, here) => ({ run: (await runOf(here)) ?? null }),
  async plannedTogether({ params }, here) {
    const run = await requireRun(here, params.run)
    return { run, people: await shownPlans(here, run.state === 'done' ? await plansOf(here, run.run) : []) }
  },
  async stopPlanning({ params }, here) {
    await requireRun(here, params.run)
    await endRun(here.client, here.actor.practice, params.run, 'stopped', here.now)
    here.afterCommit(() => here.shell.together.stop(params.run))
    return { done: true }
  },
  async bookPlanned({ params, body }, here) {
    const visits = await plannedVisits(here, params, body.first)
    const answer = await bookWhole(here, params.chart, { ...body, visits, why: WHY })
    await markPlan(here, params.run, params.chart, 'booked')
    return answer
  },
  async holdPlanned({ params, body }, here) {
    const answer = await holdWhole(here, params.chart, { visits: await plannedVisits(here, params, body.first), hours: body.hours })
    await markPlan(here, params.run, params.chart, 'held')
    return answer
  },
  async planAgain({ params }, here) {
    const judged = await judgeLocked(here, params.chart)
    refuseUnplannable(judged, here.now)
    await requireRun(here, params.run)
    const plans = await plansOf(here, params.run)
    const [own] = await shownPlans(here, plans.filter(({ chart }) => chart === params.chart))
    if (!own) throw new Problem('not-found')
    if (own.state === 'booked') return own
    await keepAgain(here, params.run, params.chart, await plannedBeside(here, judged, plans), here.now)
    const [again] = await shownPlans(here, (await plansOf(here, params.run)).filter(({ chart }) => chart === params.chart))
    return again!
  },
}

type Free = Awaited<ReturnType<typeof calendars>>

const requestOf = (one: Pick<Waits, 'chart' | 'protocol' | 'zone' | 'clearance'>, free: Free, therapist: string, { earliest, when, online }: KeptPlan['wishes'], now: string) =>
  requestFrom({ ...one, unknownCourse: undefined }, free, therapist, { earliest, when, blackout: [], online }, now)

/** The practice's joint plan, while it is kept. */
async function runOf(here: Here): Promise<PlanningRun | undefined> {
  const run = await runNow(here)
  const keptUntil = run?.endedAt ? plusMinutes(run.endedAt, KEPT_HOURS * 60) : null
  return run && (keptUntil === null || keptUntil > here.now) ? { ...run, keptUntil } : undefined
}

async function requireRun(here: Here, wanted: string): Promise<PlanningRun> {
  const run = await runOf(here)
  if (run?.run !== wanted) throw new Problem('not-found')
  return run
}

/** The plan that somebody looked at, known by its first visit: one that was made again meanwhile is looked at first. Under the lock, so that it stays until it is booked. */
async function plannedVisits(here: Here, { run, chart }: { readonly run: string; readonly chart: string }, first: string) {
  await lockHead(here, chart)
  await requireRun(here, run)
  const plan = (await plansOf(here, run)).find((one) => one.chart === chart)?.answer?.plan
  if (!plan) throw new Problem('not-found')
  if (plan.visits[0]?.visit !== first) throw new Problem('plan.clash', { list: [{ code: 'replanned', says: 'This plan was made again meanwhile. Look at the new one first.' }] })
  return plan.visits
}

/** The soonest plan beside what is booked by now and beside everybody else's plan that is not booked yet: those keep their places. */
async function plannedBeside(here: Here, judged: Judged, plans: readonly KeptPlan[]) {
  const { chart } = judged.row
  const own = plans.find((one) => one.chart === chart)!
  const therapist = (await team(here, chart)).find(({ role }) => role === 'therapist')
  if (!therapist) throw new Problem('plan.refused', { list: [{ code: 'therapist', says: 'Nobody on this care team is the therapist yet.' }] })
  const courses = new Map((await chartRows(here)).map((row) => [row.chart, courseIn(judged.edition.book, row.protocol)]))
  const others = plans.filter((one) => one.chart !== chart && one.state === 'open').flatMap((one) => one.answer?.plan?.visits.map((visit) => plannedFrom(visit, courses.get(one.chart) ?? requireCourse(judged, 'plan.refused'))) ?? [])
  const request = requestOf(judged, await calendars(here), therapist.person, own.wishes, here.now)
  const answer = planCourse(withTaken(request, others, () => 'a visit planned for somebody else'))
  const made = answerOf({ id: chart, because: [], ...('impossible' in answer ? answer : { proposal: answer.proposals[0] }) })
  return { ...made, alone: own.answer?.alone ?? null }
}

/** With everybody and everything by name, and with what has become of each since. */
async function shownPlans(here: Here, plans: readonly KeptPlan[]): Promise<PlannedPerson[]> {
  if (plans.length === 0) return []
  const names = new Map<string, string>([...(await chartRows(here)).map(({ chart, name }) => [chart, name] as const), ...(await staff(here)).map(({ person, name }) => [person, name] as const), ...(await rooms(here)).map(({ id, name }) => [id, name] as const)])
  const waited = new Map((await plansOf(here, (await runOf(here))!.run)).map(({ chart, waitedDays }) => [chart, waitedDays]))
  const beside = await besideCharts(here, plans.map(({ chart }) => chart), here.now)
  const booked = await bookedAmong(here, plans.flatMap(({ answer }) => answer?.plan?.visits[0]?.visit ?? []))
  return plans.map(({ chart, waitedDays, answer, state, replannedAt }): PlannedPerson => {
    const heldUntil = state === 'held' ? (beside.get(chart)?.heldUntil ?? null) : null
    const plan = answer?.plan ?? null
    return {
      chart, name: names.get(chart) ?? '', waitedDays, heldUntil, replannedAt, state: plan && booked.has(plan.visits[0]?.visit ?? '') ? 'booked' : heldUntil ? 'held' : 'open',
      plan: plan && { visits: [...plan.visits], score: plan.score, notes: [...plan.notes] }, impossible: answer?.impossible ?? [], wouldHelp: [...(answer?.wouldHelp ?? [])], alone: answer?.alone ?? null,
      because: (answer?.because ?? []).map(({ to, what, id, type, number, startsAt }) => ({ chart: to, to: names.get(to) ?? '', waitedDays: waited.get(to) ?? 0, what, name: names.get(id) ?? '', type, number, startsAt })),
    }
  })
}
