import { randomUUID } from 'node:crypto'
import type { Chart } from '../../core/chart/chart.ts'
import type { BodyOf } from '../../core/chart/kinds.ts'
import { isNoticed } from '../../core/scheduling/told-changes.ts'
import { timeOffers, type TimeOffer } from '../../core/scheduling/sooner.ts'
import { letGo } from '../store/calendar.ts'
import type { VisitLink } from '../store/narrow-links.ts'
import { entry } from './acts.ts'
import { TAKEN } from './answer-moved.ts'
import { byLink } from './by-link.ts'
import { moveAll } from './calendar.ts'
import { write } from './charts.ts'
import { judgeLocked, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Here, MovedAsked, Shell } from './shell.ts'
import { tellMoved } from './visit-told.ts'

const openOffer = (chart: Chart, offer: string | null, now: string): TimeOffer | undefined => timeOffers(chart, now).find((one) => one.offer.id === offer && one.state === 'waiting')

/** Which time a link offers, as long as a yes to it would do something. */
export function offeredBy(chart: Chart, { named }: VisitLink, now: string): MovedAsked | undefined {
  const body = openOffer(chart, named, now)?.offer.body
  return body && { way: body.held ? 'offered' : 'first-yes', until: body.until, changes: body.changes.filter((change) => isNoticed(change)).map(({ from, to }) => ({ from: from.startsAt, to: to.startsAt, ...(from.online === to.online ? {} : { online: to.online }) })) }
}

/** The person's yes or no to an offered time, by their link, once. */
export const keepOffered = (shell: Shell, token: string, link: VisitLink, suits: boolean): Promise<'kept' | 'lost' | 'ended'> =>
  byLink(shell, token, link, async (here, use) => {
    // Of two who answer at once, the second reads what the first has written.
    const judged = await judgeLocked(here, link.chart)
    const found = openOffer(judged.chart, link.named, here.now)
    if (!found) throw new Problem('sign-in.link-used')
    await use()
    return sayTo(here, judged, found, { id: randomUUID(), device: here.actor.device, suits, via: 'link' })
  })

interface Saying {
  readonly id: string
  readonly device: string
  readonly suits: boolean
  readonly via: BodyOf<'time-offer-answered.v1'>['via']
}

/** The same on a page of the practice's: by the person themselves, or by the desk for them. Sent twice, it is said once. */
export async function answerOffer(here: Here, chart: string, offer: string, saying: Omit<Saying, 'via'>): Promise<'kept' | 'lost'> {
  const judged = await judgeLocked(here, chart)
  const before = judged.chart.entry(saying.id)
  if (before?.kind === 'time-offer-answered.v1') return before.body.lost ? 'lost' : 'kept'
  const found = openOffer(judged.chart, offer, here.now)
  if (!found) throw new Problem('offer.ended')
  return sayTo(here, judged, found, { ...saying, via: judged.row.patient === here.actor.person ? 'own-page' : 'desk' })
}

/** A yes is booked in the transaction that writes it, where a place is still there: else the booking alone is taken back, and the yes stands with what it came to. */
async function sayTo(here: Here, judged: Judged, { offer: { id: offer, body } }: TimeOffer, { id, device, suits, via }: Saying): Promise<'kept' | 'lost'> {
  const { chart } = judged.row
  const moves = body.changes.map(({ to, why }) => ({ id: randomUUID(), to, why: why || 'A time came free, and it was agreed.' }))
  const moved = suits ? await unlessTaken(here, () => moveAll(here, judged, { device, moves }, via === 'desk' ? 'joins' : 'joined')) : []
  // What was held for them is free again; the old time stands.
  if (!moved || moved.length === 0) await letGo(here, chart)
  await write(here, chart, [entry('time-offer-answered.v1', id, device, here, { offer, answer: suits ? 'yes' : 'no', via, lost: !moved }), ...(moved ?? [])], 'offer.answered', true)
  if (moved && moved.length > 0) await tellMoved(here, judged, moves)
  return moved ? 'kept' : 'lost'
}

/** What somebody was quicker to take is refused by the rules, or by the database itself. */
async function unlessTaken<T>(here: Here, work: () => Promise<T>): Promise<T | undefined> {
  await here.client.query('savepoint the_place')
  try {
    return await work()
  } catch (failure) {
    if (!(failure instanceof Problem ? TAKEN.includes(failure.code) : (failure as { code?: string }).code === EXCLUDED)) throw failure
    await here.client.query('rollback to savepoint the_place')
    return undefined
  }
}
const EXCLUDED = '23P01'
