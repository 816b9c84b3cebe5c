import { randomUUID } from 'node:crypto'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { noWishes, type Wishes } from '../../core/contract/running.ts'
import { mayPlan } from '../../core/course/next.ts'
import type { GroupRow, OwnWishes } from '../../core/contract/groups.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { bookedFrom, plannedFrom } from '../../core/scheduling/booked.ts'
import { brokenTogether, planTogether, type Member } from '../../core/scheduling/group.ts'
import { placeTogether } from '../../core/scheduling/group-move.ts'
import type { TogetherRows } from '../../core/scheduling/group-staff.ts'
import type { MemberReason } from '../../core/scheduling/group-faults.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { bookVisits, heldVisits, letGo, makeRoom, rebook, release } from '../store/calendar.ts'
import { leadersOf, membersOf, type MemberRow } from '../store/groups.ts'
import { entry, writeAct } from './acts.ts'
import { addTeam, onOurWall } from './calendar.ts'
import { defaultProtocol } from './course.ts'
import { askedOf } from './group-shown.ts'
import { idFor, refused, standing } from './groups.ts'
import { judge, judgeLocked, type Judged } from './judging.ts'
import { planRequest, roomUntil } from './plan-request.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { isNoticed } from '../../core/scheduling/told-changes.ts'
import { cancellationTold, changesOf, named, shown, tellTeam, toldOf, toldOfChange } from './visit-told.ts'

/** Visits that several patients have together: planned, booked, moved and cancelled for all of them in one transaction, or for none. */
export const groupVisitHandlers: Handlers<'planGroup' | 'bookGroup' | 'proposeGroupMove' | 'moveGroup' | 'askGroup' | 'takeBackGroup' | 'cancelGroup'> = {
  async planGroup({ params, body }, here) {
    const group = await standing(here, params.group)
    const whose = await membersOf(here, group.id)
    const all = await planned(here, whose, (chart) => wishesFor(chart, body), 'read')
    for (const { chart } of whose) here.audit({ at: here.now, action: 'plan.proposed', outcome: 'done', chart })
    const answer = planTogether({ members: all.map(({ member }) => member), types: body.types, therapists: await leading(here, group.id), rows: rowsOf(all) })
    if ('impossible' in answer) return { proposals: [], impossible: shownReasons(answer.impossible) }
    const nameOf = new Map(whose.map(({ chart, name }) => [chart, name]))
    return { impossible: [], proposals: answer.proposals.map(({ id, says, visits, alone, notes }) => ({ id, says, notes: [...notes], visits: visits.map((visit) => ({ ...bookedFrom(visit, randomUUID()), group: { id: group.id, name: group.name } })), alone: alone.map(({ member, visits: count }) => ({ chart: member, name: nameOf.get(member)!, visits: count })) })) }
  },
  async bookGroup({ params, body }, here) {
    const group = await standing(here, params.group)
    const whose = await membersOf(here, group.id)
    if (whose.length < 2) throw refused('members', 'One person is left in this group. Plan from their chart.')
    const visits = body.visits.map((visit) => ({ ...visit, group: { id: group.id, name: group.name } }))
    const all = await planned(here, whose, wishesOf(here.now, visits), 'locked')
    if (all.every(({ judged, member }) => judged.chart.entry(idFor(body.id, member.id)))) return { booked: visits.length } // Sent twice.
    refuseBroken(all, await leading(here, group.id), visits)
    await bookVisits(here, whose.map(({ chart }) => chart), visits, (visit) => roomUntil(visit, all[0]!.judged.protocol), here.now)
    for (const { member: { id } } of all) {
      await addTeam(here, id, visits)
      await writeAct(here, id, 'plan.booked', entry('visits-booked.v1', idFor(body.id, id), body.device, here, { visits, why: body.why }))
    }
    return { booked: visits.length }
  },
  async proposeGroupMove({ params, body }, here) {
    const { group, visit, whose } = await shared(here, params)
    const all = await planned(here, whose, wishesOf(here.now, [visit]), 'read', visit)
    const answer = placeTogether({ members: all.map(({ member }) => member), therapists: await leading(here, group.id), rows: rowsOf(all), visit: plannedVisit(visit, all) }, body.to && onOurWall(body.to, all[0]!.judged.zone))
    return 'impossible' in answer ? { to: null, impossible: shownReasons(answer.impossible) } : { to: { ...bookedFrom(answer.to, visit.visit), group: visit.group }, impossible: [] }
  },
  async moveGroup({ params, body }, here) {
    const { group, visit, whose } = await shared(here, params)
    const all = await planned(here, whose, wishesOf(here.now, [body.to]), 'locked', visit)
    if (all.every(({ judged, member }) => judged.chart.entry(idFor(body.id, member.id)))) return { done: true } // Sent twice.
    const to = sameVisit(body.to, visit)
    refuseBroken(all, await leading(here, group.id), [to])
    for (const { member: { id } } of all) await makeRoom(here, id, here.now)
    await release(here, visit.visit, 'booked')
    await rebook(here, all.map(({ member: { id } }) => id), to, roomUntil(to, all[0]!.judged.protocol))
    for (const { member: { id }, judged } of all) {
      await addTeam(here, id, [to])
      // Whoever said yes to just this hour knows of it; a yes to another one does not tell them.
      const asked = askedOf(judged.chart, visit, here.now)
      const there = asked?.told.body.changes.find(({ from }) => from.visit === visit.visit)?.to
      const agreed = asked?.answer?.body.answer === 'yes' && there !== undefined && !isNoticed({ from: there, to, why: body.why })
      const told = toldOfChange(here, body.device, 'moved', changesOf(judged, [{ to, why: body.why }]))
      await writeAct(here, id, 'visits.moved', entry('visit-moved.v1', idFor(body.id, id), body.device, here, { to, why: body.why }), agreed ? [] : told)
    }
    await tellTeam(here, all[0]!.judged, to, `${group.name}: ${named(to)} moved from ${shown(visit)} to ${shown(to)}.`)
    return { done: true }
  },
  async askGroup({ params, body }, here) {
    const { group, visit, whose } = await shared(here, params)
    const all = await planned(here, whose, wishesOf(here.now, [body.to]), 'locked', visit)
    const until = [plusMinutes(here.now, body.hours * 60), visit.startsAt, body.to.startsAt].toSorted()[0]!
    if (all.every(({ judged, member }) => judged.chart.entry(idFor(body.id, member.id)))) return { until } // Sent twice.
    if (all.some(({ judged }) => askedOf(judged.chart, visit, here.now))) throw new Problem('change.waiting')
    if (until <= here.now) throw new Problem('request.malformed', { list: [{ code: 'to', says: 'One of these times has begun.' }] })
    const to = sameVisit(body.to, visit)
    refuseBroken(all, await leading(here, group.id), [to])
    await bookVisits(here, whose.map(({ chart }) => chart), [{ ...to, visit: randomUUID() }], (one) => roomUntil(one, all[0]!.judged.protocol), here.now, { until, by: here.actor.person!, beside: [visit.visit] })
    for (const { member: { id } } of all) await writeAct(here, id, 'visits.asked', entry('change-told.v1', idFor(body.id, id), body.device, here, { way: 'asked', changes: [{ from: visit, to, why: body.why }], until }))
    return { until }
  },
  async takeBackGroup({ params, body }, here) {
    const { visit, whose } = await shared(here, params)
    for (const { chart } of whose) {
      const judged = await judgeLocked(here, chart)
      const one = askedOf(judged.chart, visit, here.now)
      await letGo(here, chart)
      if (one) await writeAct(here, chart, 'change.settled', entry('change-settled.v1', idFor(body.id, chart), body.device, here, { told: one.told.id, how: 'taken-back', words: '' }))
    }
    return { done: true }
  },
  async cancelGroup({ params, body }, here) {
    const { group, visit, whose } = await shared(here, params, 'or-cancelled')
    if (whose.length === 0) return { done: true } // Sent twice.
    const judged = await lockedAll(here, whose)
    await release(here, visit.visit)
    for (const [i, { chart }] of whose.entries()) {
      const told = toldOf(here, body.device, visit, { outcome: 'cancelled', words: body.why, by: 'practice', reason: body.reason, knownAt: here.now })
      if (askedOf(judged[i]!.chart, visit, here.now)) await letGo(here, chart)
      await writeAct(here, chart, 'visit.cancelled', entry('visit-cancelled.v1', idFor(body.id, chart), body.device, here, { visit: visit.visit, why: body.why }), [told, ...cancellationTold(here, body.device, [visit])])
    }
    await tellTeam(here, judged[0]!, visit, `${group.name}: ${named(visit)} on ${shown(visit)} was cancelled for everybody.`)
    return { done: true }
  },
}

interface Planned {
  readonly judged: Judged
  readonly member: Member
}

/** What was said for everybody, and for one of them alone. */
function wishesFor(member: string, { wishes, own }: { readonly wishes: Wishes; readonly own: readonly OwnWishes[] }): Wishes {
  const said = own.find(({ chart }) => chart === member)
  if (!said) return wishes
  const { chart: _chart, blackout, days, hard, from, to } = said
  const { from: _from, to: _to, ...rest } = wishes
  const named = Object.keys(days).length > 0 || from !== undefined || to !== undefined
  return { ...(named ? { ...rest, days, hard, ...(from ? { from } : {}), ...(to ? { to } : {}) } : wishes), blackout: [...new Set([...wishes.blackout, ...blackout])] }
}

/** Everybody’s own request, each chart read under its lock where something is to be booked. `moving` is free again for whoever is asked about it. */
async function planned(here: Here, whose: readonly MemberRow[], wishes: Wishes | ((chart: string) => Wishes), how: 'read' | 'locked', moving?: BookedVisit): Promise<readonly Planned[]> {
  const judged = how === 'locked' ? await lockedAll(here, whose) : await readAll(here, whose)
  const held: string[] = []
  for (const { chart } of whose) held.push(...(await heldVisits(here, here.now, { chart })).map(({ visit }) => visit))
  const all: Planned[] = []
  for (const [i, { chart, name }] of whose.entries()) {
    const one = judged[i]!
    refuseUnplannable(one, name, here.now)
    const request = await planRequest(here, one, typeof wishes === 'function' ? wishes(chart) : wishes, [...held, ...(moving ? [moving.visit] : [])])
    all.push({ judged: one, member: { id: chart, name, request: moving ? { ...request, fixed: request.fixed.filter(({ visit }) => visit !== moving.visit) } : request } })
  }
  return all
}

/** One after the other: requests share a transaction, and charts are locked in one order. */
async function lockedAll(here: Here, whose: readonly MemberRow[]): Promise<Judged[]> {
  const all: Judged[] = []
  for (const { chart } of whose) all.push(await judgeLocked(here, chart))
  return all
}
async function readAll(here: Here, whose: readonly MemberRow[]): Promise<Judged[]> {
  const all: Judged[] = []
  for (const { chart } of whose) all.push(await judge(here, chart))
  return all
}

function refuseUnplannable({ chart, protocol, unknownCourse, zone }: Judged, name: string, now: string): void {
  const may = unknownCourse === undefined ? mayPlan(chart, protocol ?? defaultProtocol, now, zone) : { may: false as const, code: 'protocol', says: unknownCourse }
  if (!may.may) throw new Problem('plan.refused', { list: [{ code: may.code, says: `${name}: ${may.says}` }] })
  if (!protocol) throw new Problem('plan.refused', { list: [{ code: 'protocol', says: `${name}: no protocol has been chosen yet.` }] })
}

const rowsOf = ([first]: readonly Planned[]): TogetherRows => first!.judged.edition.book.together
const plannedVisit = (visit: BookedVisit, [first]: readonly Planned[]) => ({ ...plannedFrom(visit, first!.judged.protocol ?? defaultProtocol), visit: visit.visit })
const leading = async (here: Here, group: string): Promise<string[]> => (await leadersOf(here, group)).map(({ person }) => person)
const shownReasons = (reasons: readonly MemberReason[]) => reasons.slice(0, 20).map(({ code, says, member }) => ({ code, says, ...(member ? { member } : {}) }))
/** From now on: what each still has alone may come before the visits together. */
const wishesOf = (now: string, visits: readonly BookedVisit[]): Wishes => noWishes(now.slice(0, 10), [...new Set(visits.filter(({ online }) => online).map(({ type }) => type))])

/** Held against everybody’s rules once more, whoever made the plan; and led by those who lead the group. */
function refuseBroken(all: readonly Planned[], leaders: readonly string[], visits: readonly BookedVisit[]): void {
  const strangers = visits.flatMap(({ people }) => people.filter(({ person, role }) => role === 'therapist' && !leaders.includes(person)))
  const held = brokenTogether({ members: all.map(({ member }) => member), types: [...new Set(visits.map(({ type }) => type))], rows: rowsOf(all) }, visits.map((visit) => plannedVisit(visit, all)))
  const broken = 'broken' in held ? held.broken : []
  const list = (reasons: readonly MemberReason[]) => reasons.slice(0, 20).map(({ code, says }) => ({ code, says }))
  if (broken.some(({ taken }) => taken)) throw new Problem('plan.clash', { list: list(broken.filter(({ taken }) => taken)) })
  if (strangers.length > 0) throw new Problem('plan.violates', { list: strangers.map(({ name }) => ({ code: 'leader', says: `${name} does not lead this group.` })) })
  if (broken.length > 0) throw new Problem('plan.violates', { list: list(broken) })
}

/** What moves is the hour, the room and the people; which visit it is, and whose, stays. */
const sameVisit = (to: BookedVisit, visit: BookedVisit): BookedVisit => ({ ...to, visit: visit.visit, type: visit.type, number: visit.number, ...(visit.group ? { group: visit.group } : {}) })

interface Shared {
  readonly group: GroupRow
  readonly visit: BookedVisit
  readonly whose: readonly MemberRow[]
}

/** A coming visit of a group and who still has it, by their charts. */
async function shared(here: Here, { group: id, visit }: { readonly group: string; readonly visit: string }, or?: 'or-cancelled'): Promise<Shared> {
  const group = await standing(here, id)
  const whose: MemberRow[] = []
  let found: BookedVisit | undefined
  for (const member of await membersOf(here, id)) {
    const own = standingVisits((await judge(here, member.chart)).chart).find((one) => one.visit === visit && one.group?.id === id)
    if (!own) continue
    found = own
    whose.push(member)
  }
  if (!found && or) return { group, visit: {} as BookedVisit, whose: [] }
  if (!found || found.startsAt <= here.now) throw new Problem('not-found')
  return { group, visit: found, whose }
}
