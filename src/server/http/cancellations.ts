import { randomUUID } from 'node:crypto'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { LateFeeRow } from '../../core/contract/running.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { freeUntil, lateFee, lateFeeRule, toldFees, type LateFee, type ToldFee } from '../../core/money/late-fee.ts'
import { visitNames } from '../../core/scheduling/layers.ts'
import { leaveVisit } from '../store/calendar.ts'
import { fees, practiceRow } from '../store/practice.ts'
import { entry, writeAct } from './acts.ts'
import { freeAsked } from './asked-about.ts'
import { judge, judgeLocked } from './judging.ts'
import { feesForPatient, heldVisits } from './money.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { named, shown, tellTeam, toldOf } from './visit-told.ts'

/** Visits that do not take place, and what the practice's own rule proposes after that. A person decides; nothing is charged by itself. */
export const cancellationHandlers: Handlers<'noShow' | 'ownFee' | 'ownCancel' | 'lateFees' | 'decideLateFee'> = {
  async noShow({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { done: true } // Sent twice.
    const visit = standing(judged.chart, params.visit)
    if (visit.startsAt > here.now) throw new Problem('visit.not-begun')
    if (heldVisits(judged.chart).has(visit.visit) || judged.chart.all('session-started.v1').some((started) => started.body.visit === visit.visit)) throw new Problem('visit.took-place')
    await leaveVisit(here, visit.visit, params.chart)
    const told = toldOf(here, body.device, visit, { outcome: 'no-show', by: 'patient', reason: 'other', words: body.words, knownAt: here.now })
    await writeAct(here, params.chart, 'visit.no-show', entry('visit-cancelled.v1', body.id, body.device, here, { visit: visit.visit, why: body.words ? `Nobody came. ${body.words}` : 'Nobody came.' }), [told])
    return { done: true }
  },
  async ownFee({ params }, here) {
    const { chart } = await judge(here, params.chart)
    const visit = standing(chart, params.visit)
    const rule = lateFeeRule((await practiceRow(here)).settings)
    const found = lateFee({ type: visit.type, startsAt: visit.startsAt, outcome: 'cancelled', by: 'patient', reason: 'other', knownAt: here.now }, rule, await feesForPatient(here))
    const free = rule.charges[visit.type] ? freeUntil(visit, rule) : null
    return { applies: found.applies, amountCents: found.applies ? found.amountCents : null, freeUntil: free }
  },
  async ownCancel({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    if (judged.chart.entry(body.id)) return { done: true } // Sent twice.
    const visit = standing(judged.chart, params.visit)
    if (visit.startsAt <= here.now) throw new Problem('visit.not-by-patient', { list: [{ code: 'over', says: 'It has begun already.' }] })
    await freeAsked(here, judged, [visit.visit])
    // Of one that others have too she gives back her own place alone.
    await leaveVisit(here, visit.visit, params.chart)
    const told = toldOf(here, body.device, visit, { outcome: 'cancelled', by: 'patient', reason: body.reason, words: body.words, knownAt: here.now })
    await writeAct(here, params.chart, 'visit.cancelled', entry('visit-cancelled.v1', body.id, body.device, here, { visit: visit.visit, why: body.words || 'Cancelled by the patient.' }), [told])
    await tellTeam(here, judged, visit, `${judged.row.name} cancelled ${named(visit)} on ${shown(visit)}. What is missing in the course can be planned again.`)
    return { done: true }
  },
  async lateFees({ params }, here) {
    const { chart } = await judge(here, params.chart)
    const rows = await feeRows(here, toldFees(chart))
    return {
      open: rows.filter(({ found, one }) => found.applies && !one.decided).map(({ row }) => row),
      decided: rows.flatMap(({ row, one: { decided } }) => (decided ? [{ ...row, amountCents: decided.body.amountCents, decision: decided.body.decision, why: decided.body.why, at: decided.at }] : [])),
    }
  },
  async decideLateFee({ params, body }, here) {
    const { chart } = await judgeLocked(here, params.chart)
    if (chart.entry(body.id)) return { done: true } // Sent twice.
    const one = toldFees(chart).find(({ told }) => told.id === params.told)
    if (!one) throw new Problem('not-found')
    const [judged] = await feeRows(here, [one])
    if (one.decided) throw new Problem('late-fee.moved-on')
    if (body.decision === 'waived') {
      await writeAct(here, params.chart, 'late-fee.waived', entry('late-fee-decided.v1', body.id, body.device, here, { told: params.told, decision: 'waived', amountCents: 0, why: body.why }))
      return { done: true }
    }
    // Charged is what the rule proposes now and what the person saw, or nothing.
    if (!judged!.found.applies || judged!.found.amountCents !== body.amountCents) throw new Problem('late-fee.moved-on')
    const charge = await chargeFor(here, params.chart, one, body.amountCents)
    await writeAct(here, params.chart, 'late-fee.charged', entry('late-fee-decided.v1', body.id, body.device, here, { told: params.told, decision: 'charged', amountCents: body.amountCents, why: '', charge }))
    return { done: true }
  },
}

function standing(chart: Parameters<typeof standingVisits>[0], id: string): BookedVisit {
  const visit = standingVisits(chart).find((one) => one.visit === id)
  if (!visit) throw new Problem('not-found')
  return visit
}

async function feeRows(here: Here, told: readonly ToldFee[]): Promise<{ row: LateFeeRow; found: LateFee; one: ToldFee }[]> {
  const [rule, prices] = [lateFeeRule((await practiceRow(here)).settings), await fees(here)]
  return told.map((one) => {
    const { told: { id, body: { visit: _visit, ...said } } } = one
    const found = lateFee(said, rule, prices)
    const amountCents = found.applies ? found.amountCents : null
    return { one, found, row: { told: id, ...said, amountCents, says: found.applies && amountCents === null ? `There is no price for ${visitNames[said.type].toLowerCase()}, so a share of it is not known. Enter one, or waive the fee.` : '' } }
  })
}

/** A line of the ledger of charges, on no superbill: a plan does not pay for a visit that did not take place. */
async function chargeFor(here: Here, chart: string, { told: { body } }: ToldFee, amountCents: number): Promise<string> {
  const charge = randomUUID()
  const known = await inCalendar(here, body.visit)
  await here.client.query(`insert into app.charge (practice_id, charge_id, chart_id, visit_id, superbill_number, code, descriptor, modifier, place_of_service, units, amount_cents, at, by_person) values ($1, $2, $3, $4, '', '', $5, '', '', 1, $6, $7, $8)`,
    [here.actor.practice, charge, chart, known ? body.visit : null, `${visitNames[body.type]} ${body.number}: ${body.outcome === 'no-show' ? 'nobody came' : 'cancelled late'}`, amountCents, here.now, here.actor.person])
  return charge
}

async function inCalendar({ client, actor }: Here, visit: string): Promise<boolean> {
  const { rowCount } = await client.query('select from app.visit where practice_id = $1 and visit_id = $2', [actor.practice, visit])
  return rowCount === 1
}
