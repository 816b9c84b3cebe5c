import type { PoolClient } from 'pg'
import { deskToTell } from '../../core/access/whom-to-tell.ts'
import { readChart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { bookedFrom } from '../../core/scheduling/booked.ts'
import { fitting, type Fit } from '../../core/scheduling/fill.ts'
import { timeOffers, type TimeOffer } from '../../core/scheduling/sooner.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { addTeam, holdMoves } from '../http/calendar.ts'
import { asJob } from '../http/job.ts'
import type { Judged } from '../http/judging.ts'
import { Problem } from '../http/problems.ts'
import type { Here, Shell } from '../http/shell.ts'
import { shown } from '../http/visit-told.ts'
import { freedHere, jobHere, whoWaits } from '../http/who-waits.ts'
import { inBreaths } from '../in-breaths.ts'
import { letGo } from '../store/calendar.ts'
import { readEntries, tell } from '../store/charts.ts'
import { appendFound } from '../store/followed.ts'
import { endRound, lockRound, noteTurn, offerRounds, type Outcome, type RoundRow, type TurnRow } from '../store/offers.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { isTooQuiet } from './reach.ts'

type Offering = Pick<Shell, 'database' | 'clock' | 'live'>

/**
 * Asks those whom the desk chose for a time that came free: one after the other, each while it is held for them, or all at
 * once and the first yes has it. Whoever says no, does not answer or does not fit any more gives way to the next. It ends
 * with a yes, when nobody is left, when the time begins, when somebody takes it otherwise or the desk takes it back.
 * Answers how many were asked.
 */
export async function offerTimes(shell: Offering, practice: string): Promise<number> {
  const rounds = await asJob(shell, practice, (client) => offerRounds({ client, actor: { practice } as never }, shell.clock.now(), shell.clock.now()))
  let asked = 0
  // Each by itself, and of each one turn at a time: a place that is taken meanwhile takes back its own turn only.
  for (const { round, turns, outcome } of rounds) for (let step = 0; outcome === null && step <= turns.length; step += 1) {
    const went = await oneStep(shell, practice, round)
    if (went === 'asked') asked += 1
    if (went === 'rests') break
  }
  return asked
}

/** What one step has done so far: what it wrote, to be published once it is durable, and whose turn it was. */
interface Step {
  readonly written: { readonly chart: string; readonly entry: StoredEntry }[]
  turn?: number
}

async function oneStep(shell: Offering, practice: string, round: string): Promise<'asked' | 'passed' | 'rests'> {
  const step: Step = { written: [] }
  try {
    const went = await asJob(shell, practice, (client) => stepOf(shell, client, practice, round, step), true)
    for (const { chart, entry } of step.written) shell.live.publish(chart, [entry])
    return went
  } catch (failure) {
    const { turn } = step
    // The chart has moved on while it was judged: the next sweep looks again.
    if (failure instanceof Problem && failure.code === 'freed.moved-on') return 'rests'
    if (!(failure instanceof Problem) || turn === undefined || !NOT_THERE.includes(failure.code)) throw failure
    const says = failure.list.map((one) => one.says).join(' ') || 'Somebody took a place of it meanwhile.'
    await asJob(shell, practice, (client) => noteTurn({ client, actor: { practice } as never }, round, turn, { passed: says }), true)
    return 'passed'
  }
}
const NOT_THERE: readonly string[] = ['plan.clash', 'plan.violates', 'plan.refused', 'not-found']

type Asked = readonly { readonly turn: TurnRow; readonly offer: TimeOffer | undefined }[]

async function stepOf(shell: Offering, client: PoolClient, practice: string, id: string, step: Step): Promise<'asked' | 'passed' | 'rests'> {
  const round = await lockRound({ client, actor: { practice } as never }, id)
  if (!round) return 'rests'
  const here = jobHere(shell, client, practice, round.madeBy, shell.clock.now())
  const asked = await askedSoFar(here, round)
  const waits = asked.some(({ offer }) => offer?.state === 'waiting')
  const next = asked.find(({ turn }) => turn.offer === null && turn.passed === null)?.turn
  const over: Outcome | undefined = asked.some(({ offer }) => offer?.state === 'agreed') ? 'taken' : round.stoppedAt !== null ? 'stopped' : round.startsAt <= here.now ? 'began' : !next && !waits ? 'nobody' : undefined
  if (over) return end(here, round, asked, over, step)
  if (!next || (waits && round.way === 'in-turn') || isTooQuiet(await practiceRow(here), round.startsAt, here.now)) return 'rests'
  const freed = (await freedHere(here, round.visit)).find(({ startsAt }) => startsAt === round.startsAt)
  if (!freed) return end(here, round, asked, 'gone', step)
  step.turn = next.turn
  const { waiting, cannot, judged } = await whoWaits(here, freed, [next.chart])
  const { fits, not } = await inBreaths(fitting(freed, waiting.filter((one) => one.id === `${next.chart} ${next.visit}`), here.now))
  const [fit] = fits
  if (!fit) {
    await noteTurn(here, id, next.turn, { passed: [...not, ...cannot.filter(({ visit }) => visit.visit === next.visit)].flatMap(({ why }) => why).join(' ') || 'They do not wait any more.' })
    return 'passed'
  }
  return ask(here, round, next, fit, judged.get(next.chart)!, step)
}

async function askedSoFar(here: Here, { turns }: RoundRow): Promise<Asked> {
  const found: { turn: TurnRow; offer: TimeOffer | undefined }[] = []
  for (const turn of turns) found.push({ turn, offer: turn.offer === null ? undefined : timeOffers(readChart(await readEntries(here, turn.chart)), here.now).find(({ offer }) => offer.id === turn.offer) })
  return found
}

/** Held for them, where they are asked one after the other, and written on their chart: both or neither. */
async function ask(here: Here, round: RoundRow, { turn, chart }: TurnRow, { changes }: Fit, judged: Judged, step: Step): Promise<'asked'> {
  const standing = new Map(standingVisits(judged.chart).map((visit) => [visit.visit, visit]))
  const moves = changes.map(({ visit, to, why }) => ({ from: standing.get(visit)!, to: bookedFrom(to, visit), why: why.filter(({ code }) => code !== 'asked').map(({ says }) => says).join(' ').slice(0, 1000) }))
  const until = [plusMinutes(here.now, round.hours * 60), ...moves.flatMap(({ from, to }) => [from.startsAt, to.startsAt])].toSorted()[0]!
  const held = round.way === 'in-turn'
  if (held) await holdMoves(here, judged, moves, until)
  // Whoever says yes may put nobody on their own care team.
  else await addTeam(here, chart, moves.map(({ to }) => to))
  const body = { round: round.round, by: { person: round.madeBy, name: round.by }, freed: { startsAt: round.startsAt, endsAt: round.endsAt }, changes: moves, until, held }
  const entry = await appendFound(here.client, here.actor.practice, { chart, kind: 'time-offered.v1', at: here.now, body, judgedTo: judged.lastSeq }, here.now)
  if (!entry) throw new Problem('freed.moved-on')
  await noteTurn(here, round.round, turn, { offer: entry.id })
  step.written.push({ chart, entry })
  return 'asked'
}

/** Whoever has not answered is asked no more, and what was held for them is free. Where nobody took it, the desk hears of it. */
async function end(here: Here, round: RoundRow, asked: Asked, outcome: Outcome, step: Step): Promise<'rests'> {
  const { client, actor: { practice }, now } = here
  for (const { turn: { chart }, offer } of asked) {
    if (offer?.state !== 'waiting') continue
    const entry = await appendFound(client, practice, { chart, kind: 'time-offer-ended.v1', at: now, body: { offer: offer.offer.id, why: outcome === 'taken' || outcome === 'gone' ? 'taken' : 'taken-back' }, judgedTo: 0 }, now)
    if (offer.offer.body.held) await letGo(here, chart)
    if (entry) step.written.push({ chart, entry })
  }
  await endRound(here, round.round, outcome, now)
  if (outcome === 'nobody' || outcome === 'gone') {
    const { zone } = await practiceRow(here)
    const became = asked.map(({ turn: { name, passed }, offer }) => `${name} ${offer ? BECAME[offer.state] : passed === null ? 'was not asked' : `was not asked: ${passed}`}`).join('; ')
    const says = outcome === 'nobody' ? 'Nobody took the time that came free' : 'Somebody else has the time that came free'
    await tell(client, practice, deskToTell(await staff(here)), { kind: 'visits', says: `${says}, ${shown({ startsAt: round.startsAt, zone })}. ${became}.`.replace(/\.\.$/, '.').slice(0, 2000), at: now })
  }
  return 'rests'
}
const BECAME: Record<TimeOffer['state'], string> = { waiting: 'had not answered', agreed: 'said yes', declined: 'said no', lost: 'said yes too late', lapsed: 'did not answer', ended: 'had not answered', overtaken: 'has moved on' }
