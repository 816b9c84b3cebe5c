import type { PoolClient } from 'pg'
import { readChart } from '../../core/chart/chart.ts'
import { timeOffers } from '../../core/scheduling/sooner.ts'
import { isNoticed } from '../../core/scheduling/told-changes.ts'
import { plusDays } from '../../core/shared/time.ts'
import { asJob } from '../http/job.ts'
import { shown } from '../http/visit-told.ts'
import { offerGoneWords, offerWords } from '../reminders.ts'
import { readEntries } from '../store/charts.ts'
import { offersToTell, type OfferToTell } from '../store/offers.ts'
import { remindersFor } from '../store/reminders.ts'
import { eachByItself, reach, type Sending } from './reach.ts'

/** An offer that did not go out for so long is news no more. */
const BACK_DAYS = 4

/** Writes to those who are offered a time that came free, and to those who have not answered when it is gone: once for each entry, as for a visit that is moved. Answers how many messages it posted. */
export async function tellOffers(sending: Sending, practice: string): Promise<number> {
  const waiting = await asJob(sending, practice, (client) => offersToTell(client, practice, plusDays(sending.clock.now(), -BACK_DAYS)))
  return eachByItself(waiting, (one) => asJob(sending, practice, (client) => tellOne(client, practice, sending, one), true))
}

async function tellOne(client: PoolClient, practice: string, sending: Sending, { chart, entry, kind }: OfferToTell): Promise<number> {
  const read = readChart(await readEntries({ client, actor: { practice } as never }, chart))
  const ended = kind === 'time-offer-ended.v1' ? read.all(kind).find(({ id }) => id === entry)?.body : undefined
  const found = timeOffers(read, sending.clock.now()).find(({ offer }) => offer.id === (ended?.offer ?? entry))
  if (!found) return 0
  const { until } = found.offer.body
  const changes = found.offer.body.changes.filter((change) => isNoticed(change))
  const { visit, startsAt } = found.offer.body.changes[0]!.from
  const about = { key: { visit, chart, startsAt, step: `offer ${entry}` }, soonest: changes[0]?.to.startsAt ?? startsAt }
  if (kind === 'time-offer-ended.v1') {
    // Only whoever read of the offer has to hear that it is gone.
    const asked = (await remindersFor(client, practice, [visit])).some(({ step, outcome }) => step === `offer ${found.offer.id}` && outcome === 'sent')
    return reach(client, practice, sending, { ...about, stands: asked && found.state === 'ended', words: (givenName, says) => offerGoneWords(givenName, says, { changes, taken: ended?.why === 'taken' }) })
  }
  return reach(client, practice, sending, {
    ...about, stands: found.state === 'waiting', call: `is offered a sooner time (${changes.map(({ from, to }) => `${shown(to)} instead of ${shown(from)}`).join('; ')}), until ${shown({ startsAt: until, zone: changes[0]!.from.zone })}`,
    link: { purpose: 'offered', named: entry, expiresAt: until }, words: (givenName, says, link) => offerWords(givenName, says, found.offer.body, link),
  })
}
