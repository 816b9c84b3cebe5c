import { randomUUID } from 'node:crypto'
import type { Chart } from '../../core/chart/chart.ts'
import { isNoticed, toldChanges, type ToldChange } from '../../core/scheduling/told-changes.ts'
import { letGo } from '../store/calendar.ts'
import type { VisitLink } from '../store/narrow-links.ts'
import { entry } from './acts.ts'
import { byLink } from './by-link.ts'
import { moveAll } from './calendar.ts'
import { write } from './charts.ts'
import { judgeLocked, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Here, MovedAsked, Shell } from './shell.ts'
import { deskOf, named, shown, tellMoved, tellPeople } from './visit-told.ts'

/** Which times a link is about, as long as an answer to them would do something. */
export function movedBy(chart: Chart, link: VisitLink, now: string): MovedAsked | undefined {
  const found = openTo(chart, link, now)
  const body = found?.told.body
  if (!body || body.way === 'cancelled') return undefined
  return { way: body.way, until: body.until, changes: body.changes.filter(isNoticed).map(({ from, to }) => ({ from: from.startsAt, to: to!.startsAt })) }
}

const openTo = (chart: Chart, { named }: VisitLink, now: string): ToldChange | undefined =>
  toldChanges(chart, now).find(({ told, state }) => told.id === named && (state === 'waiting' || (state === 'told' && told.body.way === 'moved')))

/** Somebody else has one of the places, or the rules have changed under it. */
export const TAKEN: readonly string[] = ['plan.clash', 'plan.violates', 'plan.refused', 'not-found']

/**
 * The person's yes or no, in their name, once. A yes is booked in the transaction that writes it. Where a place is gone all of
 * that is taken back, and the yes is written alone, with what it came to: the old times stand, and the practice sees it by name.
 */
export const keepMoved = (shell: Shell, token: string, link: VisitLink, suits: boolean): Promise<'kept' | 'lost' | 'ended'> =>
  answerOnce(shell, token, link, suits, false).catch((failure: unknown) => {
    if (failure instanceof Problem && suits && TAKEN.includes(failure.code)) return answerOnce(shell, token, link, suits, true)
    throw failure
  })

const answerOnce = (shell: Shell, token: string, link: VisitLink, suits: boolean, lost: boolean): Promise<'kept' | 'lost' | 'ended'> =>
  byLink(shell, token, link, async (here, use) => {
    // Of two who answer at once, the second reads what the first has written.
    const judged = await judgeLocked(here, link.chart)
    const found = openTo(judged.chart, link, here.now)
    if (!found || (suits && found.state !== 'waiting')) throw new Problem('sign-in.link-used')
    await use()
    const { device } = here.actor
    const moves = found.told.body.changes.map(({ to, why }) => ({ id: randomUUID(), to: to!, why: why || 'Agreed by the patient.' }))
    const together = found.told.body.changes.some(({ from }) => from.group)
    if (together) return answerTogether(here, judged, found, suits)
    const moved = suits && !lost ? await moveAll(here, judged, { device, moves }, 'joined') : []
    const { therapy } = found.told.body
    const goesOn = moved.length > 0 && therapy ? [entry('therapy-series.v1', randomUUID(), device, here, { ...therapy, how: 'changed', why: 'Agreed by the patient.' })] : []
    // What was held for them is free again; a visit that was moved already stays where it is.
    if (found.state === 'waiting' && moved.length === 0) await letGo(here, link.chart)
    await write(here, link.chart, [entry('change-answered.v1', randomUUID(), device, here, { told: found.told.id, answer: suits ? 'yes' : 'no', via: 'link', lost }), ...moved, ...goesOn], 'change.answered', true)
    if (moved.length > 0) await tellMoved(here, judged, moves)
    return lost ? 'lost' : 'kept'
  })

/** One of several answers: nothing moves and nothing is let go by it, for the others are asked as well. The desk hears it and moves it for everybody. */
async function answerTogether(here: Here, judged: Judged, { told: { id, body: { changes } }, state }: ToldChange, suits: boolean): Promise<'kept'> {
  await write(here, judged.row.chart, [entry('change-answered.v1', randomUUID(), here.actor.device, here, { told: id, answer: suits ? 'yes' : 'no', via: 'link', lost: false })], 'change.answered', true)
  const [{ from, to }] = changes as [(typeof changes)[number]]
  const next = state === 'waiting' ? ' Open the group to see who has answered.' : ''
  await tellPeople(here, judged.row.chart, await deskOf(here), `${judged.row.name} says ${suits ? 'yes' : 'no'} to another time of ${from.group?.name ?? 'the group'}: ${named(from)}, ${shown(from)}${to ? ` to ${shown(to)}` : ''}.${next}`)
  return 'kept'
}
