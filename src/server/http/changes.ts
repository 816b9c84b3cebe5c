import { waitingOffer } from '../../core/scheduling/sooner.ts'
import { toldChanges, waitingChange } from '../../core/scheduling/told-changes.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { letGo } from '../store/calendar.ts'
import { changeMessages } from '../store/reminders.ts'
import { entry, writeAct } from './acts.ts'
import { holdMoves } from './calendar.ts'
import { judge, judgeLocked } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers } from './shell.ts'
import { allMoves, changesOf } from './visit-told.ts'

/** Changes of visits that a patient is told of, or asked about first. Who writes to them is a job, by what is written here. */
export const changeHandlers: Handlers<'askMoves' | 'changes' | 'settleChange'> = {
  async askMoves({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = judged.chart.entry(body.id)
    if (before?.kind === 'change-told.v1') return { until: before.body.until! } // Sent twice.
    if (waitingChange(judged.chart, here.now) ?? waitingOffer(judged.chart, here.now)) throw new Problem('change.waiting')
    const changes = changesOf(judged, body.moves)
    if (changes.length === 0) throw new Problem('request.malformed', { list: [{ code: 'moves', says: 'No time of theirs would change, so there is nothing to ask.' }] })
    // An answer has to come before any of these times has begun.
    const until = [plusMinutes(here.now, body.hours * 60), ...changes.flatMap(({ from, to }) => [from.startsAt, to!.startsAt])].toSorted()[0]!
    if (until <= here.now) throw new Problem('request.malformed', { list: [{ code: 'moves', says: 'One of these times has begun.' }] })
    await holdMoves(here, judged, body.moves, until)
    await writeAct(here, params.chart, 'visits.asked', entry('change-told.v1', body.id, body.device, here, { way: 'asked', changes: allMoves(judged, body.moves), until, ...(body.therapy ? { therapy: body.therapy } : {}) }))
    return { until }
  },
  async changes({ params }, here) {
    const { chart } = await judge(here, params.chart)
    const messages = await changeMessages(here.client, here.actor.practice, params.chart)
    return {
      changes: toldChanges(chart, here.now).toReversed().map(({ told: { id, at, body }, state, answer }) => ({
        told: id, at, way: body.way, until: body.until ?? null, state, answeredAt: answer?.at ?? null, message: messages.get(id) ?? null,
        changes: body.changes.map(({ from, to }) => ({ from, ...(to ? { to } : {}) })),
      })),
    }
  },
  async settleChange({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { done: true } // Sent twice.
    const one = toldChanges(judged.chart, here.now).find(({ told }) => told.id === params.told)
    if (!one) throw new Problem('not-found')
    const open = body.how === 'taken-back' ? one.state === 'waiting' : one.state === 'declined' || one.state === 'lost' || one.state === 'lapsed'
    if (!open) throw new Problem('move.answered')
    // What several are asked about together is taken back for all of them, where they stand together.
    if (body.how === 'taken-back' && one.told.body.changes.some(({ from }) => from.group)) throw new Problem('visit.together')
    if (body.how === 'taken-back') await letGo(here, params.chart)
    await writeAct(here, params.chart, 'change.settled', entry('change-settled.v1', body.id, body.device, here, { told: params.told, how: body.how, words: body.words }))
    return { done: true }
  },
}
