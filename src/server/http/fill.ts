import type { BookedVisit, SoonerWished } from '../../core/chart/kinds/aftercare.ts'
import type { FitRow, FreedRow, OfferRound } from '../../core/contract/fill.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { fitting, type Fit, type Waiting } from '../../core/scheduling/fill.ts'
import { lead } from '../../core/scheduling/freed.ts'
import { openWishes, timeOffers, waitingOffer } from '../../core/scheduling/sooner.ts'
import { localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import { plusDays } from '../../core/shared/time.ts'
import type { InquiryRow } from '../../core/contract/running.ts'
import { readChart } from '../../core/chart/chart.ts'
import { inBreaths } from '../in-breaths.ts'
import { readEntries } from '../store/charts.ts'
import { inquiries } from '../store/inquiries.ts'
import { addRound, bringBack, chartsThatWished, isRound, offerMessages, offerRounds, putAway, putAways, stopRound, type PutAway, type RoundRow } from '../store/offers.ts'
import { practiceRow } from '../store/practice.ts'
import { answerOffer } from './answer-offered.ts'
import { entry, writeAct } from './acts.ts'
import { defaultProtocol } from './course.ts'
import { waitsForVisit } from './first-visits.ts'
import { asJob } from './job.ts'
import { judge, judgeLocked } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { chartOf, freedHere, jobHere, whoWaits, type FreedHere } from './who-waits.ts'

/** What came free later than this is counted, and shown when it comes nearer. */
const LOOK_DAYS = 42
/** For so long the desk still sees what became of an offer. */
const ENDED_DAYS = 2

/** Those who would come sooner, the times that come free, and whom the desk offers them to. Asking goes on by itself, in a job. */
export const fillHandlers: Handlers<'wishSooner' | 'withdrawSooner' | 'sooner' | 'answerOffer' | 'freedTimes' | 'whoFits' | 'offerFreed' | 'putAwayFreed' | 'bringBackFreed' | 'stopOffer'> = {
  async wishSooner({ params, body }, here) {
    const { chart, zone } = await judgeLocked(here, params.chart)
    if (chart.entry(body.id)) return { done: true } // Sent twice.
    const visit = standingVisits(chart).find((one) => one.visit === params.visit)
    if (!visit) throw new Problem('not-found')
    if (visit.group) throw new Problem('visit.together')
    refuseWish(visit, body.wish, here.now, zone)
    await writeAct(here, params.chart, 'sooner.wished', entry('sooner-wished.v1', body.id, body.device, here, { visit: visit.visit, type: visit.type, number: visit.number, ...body.wish }))
    return { done: true }
  },
  async withdrawSooner({ params, body }, here) {
    const { chart, zone } = await judgeLocked(here, params.chart)
    if (chart.entry(body.id) || !openWishes(chart, here.now, zone).some(({ visit }) => visit.visit === params.visit)) return { done: true }
    await writeAct(here, params.chart, 'sooner.withdrawn', entry('sooner-withdrawn.v1', body.id, body.device, here, { visit: params.visit }))
    return { done: true }
  },
  async sooner({ params }, here) {
    const { chart, zone } = await judge(here, params.chart)
    const offer = waitingOffer(chart, here.now)?.offer
    return {
      wishes: openWishes(chart, here.now, zone).map(({ visit, since, wished: { body: { visit: _visit, type: _type, number: _number, ...wish } } }) => ({ visit: visit.visit, since, wish })),
      offers: offer ? [{ offer: offer.id, until: offer.body.until, held: offer.body.held, changes: offer.body.changes }] : [],
    }
  },
  async answerOffer({ params, body: { answer, ...act } }, here) {
    return { state: await answerOffer(here, params.chart, params.offer, { ...act, suits: answer === 'yes' }) }
  },
  freedTimes: ({ query }, here) => looking(here, async (job) => {
    const { zone } = await practiceRow(job)
    const rounds = await offerRounds(job, job.now, plusDays(job.now, -ENDED_DAYS))
    const put = await putAways(job, job.now)
    const all = (await freedHere(job)).filter((one) => !isOffered(one, rounds))
    const freed = all.filter((one) => !awayOf(one, put))
    const last = plusDaysOf(localDay(job.now, zone), LOOK_DAYS)
    const near = freed.filter(({ place }) => query.ahead === 'all' || place.localStart.slice(0, 10) <= last)
    return { now: job.now, freed: near.map(shownFreed), putAway: all.flatMap((one) => { const away = awayOf(one, put); return away ? [{ ...shownFreed(one), why: away.why, by: away.by, at: away.at }] : [] }), later: freed.length - near.length, rounds: await shownRounds(job, rounds), waiting: await countWaiting(job, zone) }
  }),
  whoFits: ({ params, query }, here) => looking(here, async (job) => {
    const freed = await oneFreed(job, params.visit, query.startsAt)
    const { waiting, cannot, inquiries: open } = await whoWaits(job, freed)
    const { fits, not } = await inBreaths(fitting(freed, waiting, job.now))
    return {
      fits: fits.map((one) => shownFit(one, open)),
      not: [...not.map(({ who, why }) => ({ ...whose(who), name: who.name, visit: visitOf(who), why: [...why] })), ...cannot.map(({ chart, name, visit, why }) => ({ chart, inquiry: null, name, visit, why: [...why] }))],
    }
  }),
  async offerFreed({ params, body: { id, startsAt, way, hours, turns } }, here) {
    if (await isRound(here, id)) return { round: id } // Sent twice.
    // Judged as it stands now; each is judged once more when their turn comes.
    const freed = await looking(here, async (job) => {
      const one = await oneFreed(job, params.visit, startsAt)
      const { waiting, cannot } = await whoWaits(job, one, [...new Set(turns.map(({ chart }) => chart))])
      const { fits, not } = await inBreaths(fitting(one, waiting, job.now))
      const missing = turns.filter((turn) => !fits.some(({ who }) => who.id === `${turn.chart} ${turn.visit}`))
      if (missing.length > 0) throw new Problem('freed.no-fit', { list: missing.map(({ chart, visit }) => ({ code: 'no-fit', says: sayNoFit([...not.map(({ who, why }) => ({ id: who.id, name: who.name, why })), ...cannot.map((who) => ({ ...who, id: `${who.chart} ${who.visit.visit}` }))].find((who) => who.id === `${chart} ${visit}`)) })) })
      return one
    })
    if (!(await addRound(here, { round: id, visit: params.visit, startsAt, endsAt: freed.endsAt, way, hours, turns: turns.filter(({ chart }, i) => turns.findIndex((one) => one.chart === chart) === i) }, here.now))) throw new Problem('freed.moved-on')
    return { round: id }
  },
  async putAwayFreed({ params, body: { startsAt, why } }, here) {
    const freed = await looking(here, async (job) => {
      const one = await oneFreed(job, params.visit, startsAt)
      if (isOffered(one, await offerRounds(job, job.now, job.now))) throw new Problem('freed.moved-on')
      return one
    })
    await putAway(here, { visit: params.visit, startsAt, endsAt: freed.endsAt, ledBy: lead(freed) ?? null, why }, here.now)
    return { done: true }
  },
  async bringBackFreed({ params, body }, here) {
    // It may have been put away as what another visit left, or before some of it was used.
    const [put, found] = [await putAways(here, here.now), await looking(here, async (job) => (await freedHere(job, params.visit)).find(({ startsAt }) => startsAt === body.startsAt))]
    for (const one of put) if (found ? awayOf(found, [one]) : one.visit === params.visit && one.startsAt === body.startsAt) await bringBack(here, one, here.now)
    return { done: true }
  },
  async stopOffer({ params }, here) {
    if (!(await stopRound(here, params.round, here.now)) && !(await isRound(here, params.round))) throw new Problem('not-found')
    return { done: true }
  },
}

/** What no one person may read is read as a job; the desk hears what it comes to. */
const looking = <T>(here: Here, work: (job: Here) => Promise<T>): Promise<T> => asJob(here.shell, here.actor.practice, (client) => work(jobHere(here.shell, client, here.actor.practice, here.actor.person, here.now)))

function refuseWish(visit: BookedVisit, { from, to, after, before }: SoonerWished, now: string, zone: string): void {
  const wrong = [
    ...(from > to ? [{ code: 'to', says: 'The last day lies before the first.' }] : []),
    ...(after !== undefined && before !== undefined && after >= before ? [{ code: 'before', says: 'The later hour lies before the earlier one.' }] : []),
  ]
  if (wrong.length > 0) throw new Problem('request.malformed', { list: wrong })
  if (visit.startsAt <= now || to < localDay(now, zone) || from > visit.localStart.slice(0, 10)) throw new Problem('sooner.nothing')
}

/** Whether it is being offered now: as what this visit left, or as the same hours that another one left. */
const isOffered = (one: FreedHere, rounds: readonly RoundRow[]): boolean =>
  rounds.some(({ visit, startsAt, endsAt, outcome }) => outcome === null && (visit === one.place.visit ? startsAt < one.endsAt && one.startsAt < endsAt : startsAt === one.startsAt && endsAt === one.endsAt))
/** What is left of a time that was put away stays away. */
const awayOf = (one: FreedHere, put: readonly PutAway[]) => put.find(({ visit, ledBy, startsAt, endsAt }) => (visit === one.place.visit || (ledBy !== null && ledBy === lead(one))) && startsAt <= one.startsAt && one.endsAt <= endsAt)

async function oneFreed(job: Here, visit: string, startsAt: string): Promise<FreedHere> {
  const found = (await freedHere(job, visit)).find((one) => one.startsAt === startsAt)
  if (!found) throw new Problem('freed.moved-on')
  return found
}

const sayNoFit = (one: { readonly name: string; readonly why: readonly string[] } | undefined): string => (one ? `${one.name}: ${one.why.join(' ')}` : 'Somebody here does not wait any more.')

const shownFreed = ({ place: { visit, type, number }, startsAt, endsAt, people, room, chart, name, how, at }: FreedHere): FreedRow => ({ visit, startsAt, endsAt, people: people.map((one) => ({ ...one })), room: room ?? null, left: { chart, name, type, number, how, at } })

const whose = (who: Waiting) => (who.kind === 'sooner' ? { chart: chartOf(who), inquiry: null } : { chart: null, inquiry: who.id })
const visitOf = (who: Waiting): BookedVisit | null => (who.kind === 'sooner' ? who.visit : null)

const shownFit = ({ who, place, changes, pro, con }: Fit, open: ReadonlyMap<string, InquiryRow>): FitRow => ({
  ...whose(who), name: who.name, phone: open.get(who.id)?.phone ?? null, since: who.since, visit: visitOf(who), to: { startsAt: place.startsAt, endsAt: place.endsAt, online: place.online },
  others: Math.max(0, changes.length - 1), pro: [...pro], con: [...con],
})

type Turn = OfferRound['turns'][number]

async function shownRounds(job: Here, rounds: readonly RoundRow[]): Promise<OfferRound[]> {
  const charts = [...new Set(rounds.flatMap(({ turns }) => turns.map(({ chart }) => chart)))]
  const messages = await offerMessages(job, charts)
  const offers = new Map<string, Pick<Turn, 'state' | 'until'>>()
  for (const chart of charts) for (const { offer, state } of timeOffers(readChart(await readEntries(job, chart)), job.now)) offers.set(offer.id, { state, until: offer.body.until })
  const stateOf = (offer: string | null, passed: string | null): Pick<Turn, 'state' | 'until'> => (offer && offers.get(offer)) || { state: passed === null ? 'next' : 'passed', until: null }
  return rounds.map(({ round, way, startsAt, endsAt, hours, madeAt, by, stoppedAt, outcome, turns }) => ({
    round, way, startsAt, endsAt, hours, madeAt, by, outcome, stopped: stoppedAt !== null,
    turns: turns.map(({ chart, name, visit, offer, passed }): Turn => ({ chart, name, visit, offer, passed, message: offer ? (messages.get(offer) ?? null) as Turn['message'] : null, ...stateOf(offer, passed) })),
  }))
}

async function countWaiting(job: Here, zone: string): Promise<{ sooner: number; first: number }> {
  let sooner = 0
  for (const chart of await chartsThatWished(job)) sooner += openWishes(readChart(await readEntries(job, chart)), job.now, zone).length
  return { sooner, first: (await inquiries(job, job.now, defaultProtocol.firstVisitWithinDays)).filter(waitsForVisit).length }
}
