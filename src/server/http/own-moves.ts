import { randomUUID } from 'node:crypto'
import type { BodyOf } from '../../core/chart/kinds.ts'
import { noWishes } from '../../core/contract/running.ts'
import { isOfCourse } from '../../core/course/dosing-visit.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { openMoves } from '../../core/scheduling/asked-moves.ts'
import { bookedFrom, plannedFrom } from '../../core/scheduling/booked.ts'
import { noticeEnds, ownMove, ownMoveRules, type OwnMove, type OwnMoveRules } from '../../core/scheduling/own-move.ts'
import { FARTHEST_DAYS, nearestSlots, ownSlots } from '../../core/scheduling/own-slots.ts'
import type { RoomRow } from '../../core/contract/running.ts'
import { daysBetween, plusDays } from '../../core/shared/time.ts'
import { ownMoveDefaults } from '../../knowledge/moving.ts'
import { makeRoom, rebook, release } from '../store/calendar.ts'
import { tell } from '../store/charts.ts'
import { entry, writeAct } from './acts.ts'
import { moveAll, repairFor } from './calendar.ts'
import { write } from './charts.ts'
import { judge, judgeLocked, requireCourse, type Judged } from './judging.ts'
import { planRequest, roomUntil, type Among } from './plan-request.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { therapyMovable } from './therapy-request.ts'
import { deskOf, named, shown, tellTeam } from './visit-told.ts'

/** As many as fit a phone: the days nearest to where the visit stands, a few hours of each. */
const SHOWN = { days: 10, perDay: 5 }

export const ownMoveHandlers: Handlers<'ownSlots' | 'ownMove' | 'askedMoves' | 'answerMove'> = {
  async ownSlots({ params }, here) {
    const judged = await judge(here, params.chart)
    const { visit, rules, may } = movable(here, judged, params.visit)
    const slots = may.how === 'not' ? [] : await offered(here, judged, visit, rules)
    return { how: may.how, why: may.how === 'not' ? may.why : null, noticeHours: rules.noticeHours, slots: slots.map((slot) => ({ ...bookedFrom(slot, visit.visit), number: visit.number })) }
  },
  async ownMove({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = judged.chart.entry(body.id)
    if (before) return { state: before.kind === 'visit-moved.v1' ? 'moved' : 'asked' } // Sent twice.
    const { visit, rules, may } = movable(here, judged, params.visit)
    if (may.how === 'not') throw new Problem('visit.not-by-patient', { list: [{ code: may.why, says: whyNot(may.why, rules) }] })
    // Where it goes is worked out here once more: whatever a page showed a minute ago, this is what is free and lawful now.
    const slot = ownSlots(...await around(here, judged, visit, rules)).find(({ startsAt }) => startsAt === body.startsAt)
    if (!slot) throw new Problem('plan.clash')
    const to = { ...bookedFrom(slot, visit.visit), number: visit.number }
    if (may.how === 'asked') {
      const { entry: asked } = await writeAct(here, params.chart, 'visit.move-asked', entry('move-asked.v1', body.id, body.device, here, { from: visit.startsAt, to, words: body.words }))
      await tell(here.client, here.actor.practice, await deskOf(here), { chart: params.chart, kind: 'move-asked', says: `${judged.row.name} asks to move ${named(visit)} from ${shown(visit)} to ${shown(to)}.`, entry: asked.id, at: here.now })
      return { state: 'asked' }
    }
    await makeRoom(here, params.chart, here.now)
    if (!(await release(here, visit.visit, 'booked'))) throw new Problem('not-found')
    await rebook(here, params.chart, to, roomUntil(to, judged.protocol))
    await writeAct(here, params.chart, 'visits.moved', entry('visit-moved.v1', body.id, body.device, here, { to, why: body.words || 'Moved by the patient.' }))
    await tellTeam(here, judged, to, `${judged.row.name} moved ${named(visit)} from ${shown(visit)} to ${shown(to)}.`)
    return { state: 'moved' }
  },
  async askedMoves({ params }, here) {
    const judged = await judge(here, params.chart)
    const standing = standingVisits(judged.chart)
    const asked = []
    for (const { asked: { id, at, body } } of openMoves(judged.chart, here.now)) {
      const from = standing.find(({ visit }) => visit === body.to.visit)!
      const wishes = noWishes(here.now.slice(0, 10), from.online ? [from.type] : [])
      asked.push({ id, at, words: body.words, from, to: body.to, ...await repairFor(here, judged, from.visit, wishes, { to: { localStart: body.to.localStart, zone: body.to.zone } }) })
    }
    return { asked }
  },
  async answerMove({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { done: true } // Sent twice.
    const open = openMoves(judged.chart, here.now).find(({ asked }) => asked.id === params.asked)
    if (!open) throw new Problem('move.answered')
    const moved = body.answer === 'yes' ? await moveAll(here, judged, body) : []
    await write(here, params.chart, [entry('move-answered.v1', body.id, body.device, here, { asked: params.asked, answer: body.answer, words: body.words }), ...moved, message(here, body, open.asked.body)], 'move.answered', true)
    if (body.answer === 'yes') await tellTeam(here, judged, open.asked.body.to, `${judged.row.name}: ${body.moves.length === 1 ? 'one visit was' : `${body.moves.length} visits were`} moved, as asked for.`)
    return { done: true }
  },
}

/** She hears of it where the practice's words to her stand. */
function message(here: Here, { device, ...body }: { readonly answer: 'yes' | 'no'; readonly device: string; readonly words: string }, { from, to }: BodyOf<'move-asked.v1'>) {
  const text = body.answer === 'yes' ? `${named(to)} is moved, as you asked: it is on ${shown(to)} now. ${body.words}` : `${named(to)} stays on ${shown({ ...to, startsAt: from })}. The time you asked for, ${shown(to)}, cannot be: ${body.words}`
  return entry('message.v1', randomUUID(), device, here, { topic: 'scheduling', text: text.trim() })
}

interface Movable {
  readonly visit: BookedVisit
  readonly rules: OwnMoveRules
  readonly may: OwnMove
}

function movable(here: Here, { chart, practice }: Judged, id: string): Movable {
  const visit = standingVisits(chart).find((one) => one.visit === id)
  if (!visit) throw new Problem('not-found')
  const rules = ownMoveRules(practice.settings, ownMoveDefaults)
  return { visit, rules, may: ownMove(visit, rules, here.now) }
}

/** Mostly three weeks of calendars are enough; where they are not, all of them are read. */
async function offered(here: Here, judged: Judged, visit: BookedVisit, rules: OwnMoveRules) {
  const near = nearDays(visit, here.now)
  return nearestSlots(...await around(here, judged, visit, rules, near), SHOWN, near) ?? nearestSlots(...await around(here, judged, visit, rules), SHOWN)
}

/** So many days to both sides of it, and more after it where there are fewer before. */
const READ_DAYS = 20
const nearDays = ({ startsAt }: BookedVisit, now: string) => Math.max(READ_DAYS / 2, READ_DAYS - Math.floor(daysBetween(now, startsAt)))

/** What the places of a visit are looked for in: the request, the visit as planned, and when the notice ends. */
async function around(here: Here, judged: Judged, visit: BookedVisit, rules: OwnMoveRules, days?: number): Promise<Parameters<typeof ownSlots>> {
  // Nobody else comes and no other place is gone to: only their calendars are read, as far as the visit may move.
  const among: Among = { people: visit.people.map(({ person }) => person), rooms: (all) => (visit.online ? [] : atItsPlace(all, visit)), ...span(visit, here.now, days) }
  if (!isOfCourse(visit)) {
    const { request, planned } = await therapyMovable(here, judged, visit, noWishes(here.now.slice(0, 10)), among)
    return [request, planned[0]!, noticeEnds(rules, here.now)]
  }
  const request = await planRequest(here, judged, noWishes(here.now.slice(0, 10)), [visit.visit], among)
  return [request, plannedFrom(visit, requireCourse(judged, 'plan.refused')), noticeEnds(rules, here.now)]
}

function atItsPlace(all: readonly RoomRow[], { room }: BookedVisit): RoomRow[] {
  const place = all.find(({ id }) => id === room?.id)?.planning.location ?? ''
  return all.filter(({ planning }) => planning.location === place)
}

/** A day more to both sides: hours kept free around a visit and zones reach over midnight. */
function span({ startsAt }: BookedVisit, now: string, days?: number): Pick<Among, 'from' | 'until'> {
  const from = days === undefined ? now : plusDays(startsAt, -days - 2)
  return { from: from > now ? from : now, until: plusDays(startsAt, (days ?? FARTHEST_DAYS) + 2) }
}

const whyNot = (why: Extract<OwnMove, { how: 'not' }>['why'], { noticeHours }: OwnMoveRules): string =>
  ({ over: 'It has begun already.', 'too-late': `It begins in less than ${noticeHours} hours.`, 'by-the-practice': 'This practice moves such a visit itself.', together: 'It is a visit of your group, so the practice moves it for everybody.' })[why]
