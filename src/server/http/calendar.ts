import { randomUUID } from 'node:crypto'
import { readChart } from '../../core/chart/chart.ts'
import type { EntryDraft } from '../../core/chart/entry.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { noWishes, type WaitingMove, type Wishes } from '../../core/contract/running.ts'
import { isOfCourse } from '../../core/course/dosing-visit.ts'
import { placedFor } from '../../core/course/accepted.ts'
import { mayPlan } from '../../core/course/next.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { waitingOffer } from '../../core/scheduling/sooner.ts'
import { isNoticed, waitingChange } from '../../core/scheduling/told-changes.ts'
import { dayEnd, dayStart, localDay } from '../../core/shared/local-day.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { joined } from '../../core/scheduling/elsewhere.ts'
import { bookedFrom, plannedFrom } from '../../core/scheduling/booked.ts'
import { moveViolations } from '../../core/scheduling/check-move.ts'
import { violations } from '../../core/scheduling/check.ts'
import { explainDay } from '../../core/scheduling/explain.ts'
import { planCourse } from '../../core/scheduling/plan.ts'
import { placesOf, type FreePlace } from '../../core/scheduling/places.ts'
import { repair } from '../../core/scheduling/repair.ts'
import type { PlanRequest } from '../../core/scheduling/request.ts'
import { instantOf, isZone, localStartOf, wallOf } from '../../core/scheduling/zone.ts'
import { bookVisits, heldVisits, leaveVisit, letGo, makeRoom, neededWhenHeld, rebook, release, visitsBetween, type CalendarVisit, type Hold } from '../store/calendar.ts'
import { joinTeam, readEntries, tell } from '../store/charts.ts'
import { busyElsewhere } from '../store/own-calendars.ts'
import { closingsOf, practiceRow, rooms, staff } from '../store/practice.ts'
import { together } from '../store/together.ts'
import { extraMovable, refuseExtraMoves } from './accepted-request.ts'
import { entry, writeAct } from './acts.ts'
import { freeAsked } from './asked-about.ts'
import { defaultProtocol } from './course.ts'
import { asJob } from './job.ts'
import { judge, judgeLocked, type Judged } from './judging.ts'
import { planRequest, refuseFound, roomUntil } from './plan-request.ts'
import { Problem } from './problems.ts'
import { shownProposal } from './shown-proposal.ts'
import type { Handlers, Here } from './shell.ts'
import { refuseTherapy, therapyMovable } from './therapy-request.ts'
import { cancellationTold, changesOf, named, shown as shownAt, tellMoved, tellTeam, toldOf, toldOfChange } from './visit-told.ts'
import { write } from './charts.ts'

export const calendarHandlers: Handlers<'calendar' | 'plan' | 'explainDay' | 'book' | 'hold' | 'held' | 'letGo' | 'proposeMove' | 'places' | 'move' | 'cancelVisit' | 'cancelVisits'> = {
  async calendar({ query }, here) {
    const practice = await practiceRow(here)
    const { zone } = practice
    const [from, to] = [dayStart(query.from, zone), dayEnd(query.to, zone)]
    const [everybody, holds, booked, elsewhere, allRooms] = await together(staff(here), heldVisits(here, here.now, { from, to }), visitsBetween(here, from, to), busyElsewhere(here, from, to), rooms(here))
    const people = everybody.filter(({ active }) => active).map(({ person, name, roles }) => ({ person, name, roles }))
    const held = holds.map(({ heldBy: _heldBy, ...visit }) => visit)
    const visits = [...booked, ...held].map((visit: CalendarVisit) => ({ ...visit, patients: [...visit.patients], takes: [...visit.takes] }))
    return { visits, people, rooms: allRooms, elsewhere: people.flatMap(({ person }) => joined(elsewhere.filter((time) => time.person === person)).map(({ startsAt, endsAt }) => ({ person, startsAt, endsAt }))), closings: closingsOf(practice).filter(({ from, to }) => from <= query.to && query.from <= to), waiting: await waitingAmong(here, held), zone }
  },
  async plan({ params, body }, here) {
    const judged = await judge(here, params.chart)
    refuseUnplannable(judged, here.now)
    const answer = planCourse(await planRequest(here, judged, body))
    if ('impossible' in answer) return { proposals: [], impossible: [...answer.impossible.map(({ code, says }) => ({ code, says })), ...answer.wouldHelp.map(({ says }) => ({ code: 'would-help', says }))] }
    return { proposals: answer.proposals.map(shownProposal), impossible: [] }
  },
  async explainDay({ params, body }, here) {
    const judged = await judge(here, params.chart)
    refuseUnplannable(judged, here.now)
    const explained = explainDay(await planRequest(here, judged, body.wishes), body.day, body.type as BookedVisit['type'])
    return { reasons: explained.possible ? [{ code: 'possible', says: `Possible, starting at ${explained.starts.slice(0, 6).join(', ')}.` }] : explained.reasons.map(({ code, says }) => ({ code, says })) }
  },
  book: ({ params, body }, here) => bookWhole(here, params.chart, body),
  hold: ({ params, body }, here) => holdWhole(here, params.chart, body),
  async held({ params }, here) {
    // What is held while its patient is asked is no plan to be booked: it is booked by their yes.
    const { chart } = await judge(here, params.chart)
    const asked = waitingChange(chart, here.now) ?? waitingOffer(chart, here.now)
    const visits = asked ? [] : await heldVisits(here, here.now, { chart: params.chart })
    const [first] = visits
    return { hold: first ? { until: first.heldUntil, by: first.heldBy, visits: visits.map(({ heldUntil: _heldUntil, heldBy: _heldBy, patients: _patients, takes: _takes, ...visit }) => visit) } : null }
  },
  async letGo({ params }, here) {
    await judgeLocked(here, params.chart)
    await letGo(here, params.chart)
    return { done: true }
  },
  async proposeMove({ params, body }, here) {
    return repairFor(here, await judge(here, params.chart), params.visit, body.wishes, body)
  },
  async places({ params, query }, here) {
    const { request, planned } = await movable(here, await judge(here, params.chart), params.visit, noWishes(localDay(here.now, 'UTC')))
    const answer = placesOf(request, planned, params.visit, query.from, query.to)
    if (!answer.ok) return { days: [], impossible: answer.refusal.map(({ code, says }) => ({ code, says })) }
    const shown = ({ to, alone }: FreePlace) => {
      const { localStart, startsAt, endsAt, room, people } = bookedFrom(to, params.visit)
      return { localStart, startsAt, endsAt, people, alone, ...(room ? { room } : {}) }
    }
    return { days: answer.value.map(({ day, free, refused }) => ({ day, free: free.map(shown), refused: refused.map(({ from, to, says }) => ({ from, to, says: [...says] })) })), impossible: [] }
  },
  async move({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (body.moves.every(({ id }) => judged.chart.entry(id))) return { done: true } // Sent twice.
    const moved = await moveAll(here, judged, body)
    const changes = changesOf(judged, body.moves)
    await write(here, params.chart, [...moved, ...toldOfChange(here, body.device, 'moved', changes)], 'visits.moved', true)
    await tellMoved(here, judged, body.moves)
    return { done: true }
  },
  async cancelVisit({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { done: true } // Sent twice.
    const visit = standingVisits(judged.chart).find((one) => one.visit === params.visit)
    if (!visit) throw new Problem('not-found')
    if (body.told?.knownAt !== undefined && body.told.knownAt > here.now) throw new Problem('request.malformed', { list: [{ code: 'knownAt', says: 'It cannot have been known later than now.' }] })
    await freeAsked(here, judged, [params.visit])
    await leaveVisit(here, params.visit, params.chart)
    const told = body.told ? [toldOf(here, body.device, visit, { outcome: 'cancelled', words: body.why, by: body.told.by, reason: body.told.reason, knownAt: body.told.knownAt ?? here.now })] : []
    await writeAct(here, params.chart, 'visit.cancelled', entry('visit-cancelled.v1', body.id, body.device, here, { visit: params.visit, why: body.why }), [...told, ...cancellationTold(here, body.device, [visit])])
    await tellTeam(here, judged, visit, `${judged.row.name}: ${named(visit)} on ${shownAt(visit)} was cancelled.`)
    return { done: true }
  },
  async cancelVisits({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { done: true } // Sent twice.
    const coming = standingVisits(judged.chart).filter(({ startsAt }) => startsAt > here.now)
    const chosen = [...new Set(body.visits)].map((id) => coming.find(({ visit }) => visit === id))
    if (!chosen.every((visit) => visit !== undefined)) throw new Problem('not-found')
    await freeAsked(here, judged, chosen.map(({ visit }) => visit))
    for (const { visit } of chosen) await leaveVisit(here, visit, params.chart)
    const cancelled = chosen.map(({ visit }) => entry('visit-cancelled.v1', randomUUID(), body.device, here, { visit, why: body.why }))
    await writeAct(here, params.chart, 'visits.cancelled', entry('message.v1', body.id, body.device, here, { topic: 'scheduling', text: body.message }), [...cancelled, ...cancellationTold(here, body.device, chosen)])
    const others = chosen.flatMap(({ people }) => people.map(({ person }) => person)).filter((person) => person !== here.actor.person)
    await tell(here.client, here.actor.practice, others, { chart: params.chart, kind: 'visits', says: `${judged.row.name}: ${chosen.length === 1 ? 'one booked visit was' : `${chosen.length} booked visits were`} cancelled.`, at: here.now })
    return { done: true }
  },
}

interface ToBook {
  readonly id: string
  readonly device: string
  readonly visits: readonly BookedVisit[]
  readonly why: string
  /** What was asked of people when this was planned; held against them again. */
  readonly needs?: Wishes['needs']
}

/** Judged under the lock and booked, all of it or nothing. */
export async function bookWhole(here: Here, chart: string, { id, device, visits, why, needs }: ToBook): Promise<{ booked: number }> {
  const judged = await judgeLocked(here, chart)
  refuseUnplannable(judged, here.now)
  refuseTogether(visits)
  if (standingVisits(judged.chart).some(({ visit }) => visits.some((each) => each.visit === visit))) return { booked: visits.length } // Sent twice.
  // What somebody held earlier was planned for needs that whoever books it says nothing of.
  const whenHeld = await neededWhenHeld(here, chart, visits.map(({ visit }) => visit))
  await refuseUnbookable(here, judged, visits, [...(needs ?? []), ...whenHeld.filter(({ role, skill }) => !needs?.some((need) => need.role === role && need.skill === skill))])
  await book(here, judged, visits)
  await addTeam(here, chart, visits)
  await writeAct(here, chart, 'plan.booked', entry('visits-booked.v1', id, device, here, { visits: [...visits], why }))
  return { booked: visits.length }
}

export async function holdWhole(here: Here, chart: string, { visits, hours, needs }: Pick<ToBook, 'visits' | 'needs'> & { readonly hours: number }): Promise<{ until: string }> {
  const judged = await judgeLocked(here, chart)
  refuseUnplannable(judged, here.now)
  refuseTogether(visits)
  if (standingVisits(judged.chart).some(({ visit }) => visits.some((each) => each.visit === visit))) throw new Problem('plan.clash') // Booked meanwhile.
  await refuseUnbookable(here, judged, visits, needs)
  const until = plusMinutes(here.now, hours * 60)
  await book(here, judged, visits, { until, by: here.actor.person!, needs })
  return { until }
}

/** Whose held visits wait for a yes; of charts that whoever looks at the calendar may know of. */
async function waitingAmong(here: Here, held: readonly CalendarVisit[]): Promise<WaitingMove[]> {
  const names = new Map(held.flatMap(({ patients }) => patients.flatMap(({ chart, name }) => (chart ? [[chart, name] as const] : []))))
  if (names.size === 0) return []
  return asJob(here.shell, here.actor.practice, async (client) => {
    const found: WaitingMove[] = []
    for (const [chart, name] of names) {
      const one = waitingChange(readChart(await readEntries({ client, actor: here.actor }, chart)), here.now)?.told
      if (one) found.push({ chart, name, told: one.id, at: one.at, until: one.body.until!, changes: one.body.changes.filter(isNoticed).map(({ from, to }) => ({ from, to: to! })) })
    }
    return found
  })
}

/** One visit goes elsewhere: everything that would change with it, each with its reason, or why it cannot be. */
export async function repairFor(here: Here, judged: Judged, visit: string, wishes: Wishes, { to, room }: { readonly to?: { readonly localStart: string; readonly zone: string } | undefined; readonly room?: string | undefined } = {}) {
  const { request, visits, planned } = await movable(here, judged, visit, wishes)
  const answer = repair(request, planned, { kind: 'move', visit, ...(to ? { to: onOurWall(to, judged.zone) } : {}), ...(room ? { room } : {}) })
  if (!answer.ok) return { moves: [], impossible: answer.refusal.impossible.map(({ code, says }) => ({ code, says })) }
  const moves = answer.value.changes.map(({ from, to: there, why }) => {
    const before = visits.find((one) => one.visit === from.visit)!
    return { from: before, to: { ...bookedFrom(there, before.visit), type: before.type, number: before.number }, why: why.map(({ says }) => says).join(' ') || 'As you asked.' }
  })
  return { moves, impossible: [] }
}

/** A chart's coming visits as a repair sees them, around the one that is in somebody's hand. */
export async function movable(here: Here, judged: Judged, visit: string, wishes: Wishes) {
  const standing = standingVisits(judged.chart).filter(({ startsAt }) => startsAt > here.now)
  const asked = standing.find((one) => one.visit === visit)
  if (!asked) throw new Problem('not-found')
  if (!isOfCourse(asked)) return therapyMovable(here, judged, asked, wishes)
  refuseTogether([asked])
  const beside = placedFor(judged.chart)
  if (beside.has(visit)) return extraMovable(here, judged, visit, wishes)
  const coming = standing.filter((one) => isOfCourse(one) && isAlone(one) && !beside.has(one.visit))
  const online = asked.online ? [...new Set([...wishes.online, asked.type])] : wishes.online
  const { request, moving } = apart(await planRequest(here, judged, { ...wishes, online }, coming.map((one) => one.visit)), coming, [visit])
  return { request, visits: moving, planned: moving.map((one) => ({ ...plannedFrom(one, judged.protocol ?? defaultProtocol), visit: one.visit })) }
}

/** A visit that others have too stays where it is while one chart is put right around it. */
const isAlone = ({ group }: BookedVisit): boolean => group === undefined
function refuseTogether(visits: readonly BookedVisit[]): void {
  if (!visits.every(isAlone)) throw new Problem('visit.together')
}

/** Nothing is planned into a day that has begun: what else still comes that day stands, and does not keep the others from moving. */
function apart(request: PlanRequest, coming: readonly BookedVisit[], moved: readonly string[]): { readonly request: PlanRequest; readonly moving: readonly BookedVisit[] } {
  const moving = coming.filter(({ visit, localStart }) => moved.includes(visit) || localStart.slice(0, 10) >= request.earliest)
  const ids = new Set(moving.map(({ visit }) => visit))
  return { request: { ...request, fixed: request.fixed.filter(({ visit, state }) => state === 'happened' || !ids.has(visit)) }, moving }
}

export interface Moves {
  readonly device: string
  readonly moves: readonly { readonly id: string; readonly to: BookedVisit; readonly why: string }[]
}

/** Judged under the lock, and moved in the calendar, all or none; answers what has to be written on the chart with it. */
export async function moveAll(here: Here, judged: Judged, { device, moves }: Moves, joining: 'joins' | 'joined' = 'joins'): Promise<EntryDraft[]> {
  const { chart } = judged.row
  await refuseUnmovable(here, judged, moves)
  await makeRoom(here, chart, here.now)
  // All places are freed before any is taken, so that two visits can change places.
  for (const { to } of moves) await release(here, to.visit, 'booked')
  for (const { to } of moves) await rebook(here, chart, to, roomUntil(to, judged.protocol))
  if (joining === 'joins') await addTeam(here, chart, moves.map(({ to }) => to))
  return moves.map(({ id, to, why }) => entry('visit-moved.v1', id, device, here, { to, why }))
}

/** Held beside the old places, which stay booked, until a moment. */
export async function holdMoves(here: Here, judged: Judged, moves: readonly Pick<Moves['moves'][number], 'to'>[], until: string): Promise<void> {
  await refuseUnmovable(here, judged, moves)
  const hold = { until, by: here.actor.person!, beside: moves.map(({ to }) => to.visit) }
  await book(here, judged, moves.map(({ to }) => ({ ...to, visit: randomUUID() })), hold)
  await addTeam(here, judged.row.chart, moves.map(({ to }) => to))
}

async function refuseUnmovable(here: Here, judged: Judged, moves: readonly Pick<Moves['moves'][number], 'to'>[]): Promise<void> {
  const standing = new Map(standingVisits(judged.chart).map((visit) => [visit.visit, visit]))
  if (moves.some(({ to }) => !standing.has(to.visit))) throw new Problem('not-found')
  refuseTogether(moves.flatMap(({ to }) => [to, standing.get(to.visit)!]))
  const extra = placedFor(judged.chart)
  const [therapy, placed] = [moves.filter(({ to }) => !isOfCourse(to)).map(({ to }) => to), moves.filter(({ to }) => extra.has(to.visit)).map(({ to }) => to)]
  if (therapy.length > 0) await refuseTherapy(here, judged, therapy)
  if (placed.length > 0) await refuseExtraMoves(here, judged, placed)
  const beside = [...therapy, ...placed]
  if (beside.length === moves.length) return
  const before = new Map(standing)
  for (const { to } of moves) standing.set(to.visit, to)
  const coming = [...standing.values()].filter((one) => one.startsAt > here.now && isOfCourse(one) && isAlone(one) && !extra.has(one.visit))
  const asked = await planRequest(here, judged, noWishes(here.now.slice(0, 10)), [...coming, ...beside].map(({ visit }) => visit))
  const { request, moving } = apart(asked, coming, moves.map(({ to }) => to.visit))
  const planned = (visit: BookedVisit) => plannedFrom(visit, judged.protocol ?? defaultProtocol)
  refuseFound(moveViolations(moving.map(({ visit }) => planned(before.get(visit)!)), moving.map(planned), request))
}

export function refuseUnplannable({ chart, protocol, unknownCourse, zone }: Judged, now: string) {
  if (unknownCourse) throw new Problem('plan.refused', { list: [{ code: 'protocol', says: unknownCourse }] })
  const may = mayPlan(chart, protocol ?? defaultProtocol, now, zone)
  if (!may.may) throw new Problem('plan.refused', { list: [{ code: may.code, says: may.says }] })
}

/** The checker knows nothing of the planner: whoever made the plan, it is held against the protocol again. Part of a course may be booked; what is then missing, the course itself says. */
function refuseBroken(visits: readonly BookedVisit[], { protocol }: Judged, request: PlanRequest) {
  refuseFound(violations({ visits: visits.map((visit) => plannedFrom(visit, protocol ?? defaultProtocol)) }, request).filter(({ code }) => code !== 'missing'))
}

/** An hour on somebody's wall as the practice's own wall shows it. */
export function onOurWall({ localStart, zone }: { localStart: string; zone: string }, ours: string): string {
  const moment = zone === ours ? undefined : isZone(zone) ? instantOf(localStart, zone) : undefined
  if (zone !== ours && moment === undefined) throw new Problem('request.malformed', { list: [{ code: 'to', says: `${localStart.replace('T', ' ')} does not exist in ${zone}.` }] })
  if (moment === undefined) return localStart
  const wall = wallOf(ours)
  return localStartOf(wall.dayNo(Date.parse(moment)), wall.minute(Date.parse(moment)))
}

const refuseUnbookable = async (here: Here, judged: Judged, visits: readonly BookedVisit[], needs: Wishes['needs'] = []) =>
  refuseBroken(visits, judged, await planRequest(here, judged, { ...noWishes(visits[0]!.localStart.slice(0, 10), [...new Set(visits.filter(({ online }) => online).map(({ type }) => type))]), needs }))

const book = (here: Here, { row, protocol }: Judged, visits: readonly BookedVisit[], hold?: Hold) => bookVisits(here, row.chart, visits, (visit) => roomUntil(visit, protocol), here.now, hold)

/** Whoever is booked to be there joins the care team: that is where the right to see the chart comes from. */
export async function addTeam(here: Here, chart: string, visits: readonly BookedVisit[]) {
  const joining = new Map(visits.flatMap(({ people }) => people).map(({ person, role }) => [`${person} ${role}`, { person, role: role === 'prescriber on call' ? 'prescriber' : role }]))
  for (const { person, role } of joining.values()) if (role === 'therapist' || role === 'prescriber' || role === 'monitor') await joinTeam(here, chart, person, role, here.now)
}
