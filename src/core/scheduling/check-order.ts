import { phaseOf } from '../course/protocol.ts'
import type { Checked, Violation } from './check.ts'
import type { PlanRequest } from './request.ts'

/** What the protocol asks of the order and the distances of visits, one question after the other. */
export function orderViolations(checked: readonly Checked[], request: PlanRequest): Violation[] {
  return [...beforeMedicine(checked, request), ...clearance(checked, request), ...doses(checked, request), ...sevenDays(checked, request), ...integration(checked, request), ...followUps(checked, request)]
}

const days = (from: Checked, to: Checked) => from.day.until(to.day, { largestUnit: 'days' }).days
const comesAfter = (earlier: Checked, later: Checked) => later.start.epochMilliseconds >= earlier.end.epochMilliseconds
const ofType = (checked: readonly Checked[], ...types: readonly Checked['type'][]) => checked.filter((one) => types.includes(one.type) && one.number >= 1).toSorted((a, b) => a.number - b.number)
const judged = (a: Checked, b: Checked) => a.planned !== undefined || b.planned !== undefined
const broken = (code: string, says: string, ...visits: readonly Checked[]): Violation => ({ code, says, visits: visits.map((one) => one.visit) })
const late = (...found: Parameters<typeof broken>): Violation => ({ ...broken(...found), late: true })

/** A longest distance no longer counts once it had passed before planning began, or when a person decided so. */
function tooLate(a: Checked, b: Checked, max: number, request: PlanRequest): boolean {
  if (request.longerGaps === true || days(a, b) <= max) return false
  return a.planned !== undefined || a.day.add({ days: max }).toString() >= request.earliest
}

function beforeMedicine(checked: readonly Checked[], request: PlanRequest): Violation[] {
  const phases = request.protocol.phases.filter((phase) => ['intake', 'consult', 'preparation'].includes(phase.type))
  const chain = [...phases.flatMap((phase) => ofType(checked, phase.type)), ...ofType(checked, 'medicine').slice(0, 1)]
  return chain.flatMap((later, i) => {
    const earlier = chain[i - 1]
    const phase = phaseOf(request.protocol, later.type)
    if (!earlier || !phase || !judged(earlier, later)) return []
    const range = earlier.type === later.type ? phase.gapDays : phase.afterDays
    if (!comesAfter(earlier, later)) return [broken('order', `${later.visit} comes before ${earlier.visit}.`, earlier, later)]
    if (range && days(earlier, later) < range.min) return [broken('gap', `${later.visit} is ${days(earlier, later)} days after ${earlier.visit}, and at least ${range.min} are asked for.`, earlier, later)]
    if (range && !(later.type === 'medicine' && later.number > 1) && tooLate(earlier, later, range.max, request)) return [late('gap', `${later.visit} is ${days(earlier, later)} days after ${earlier.visit}, and at most ${range.max} are asked for.`, earlier, later)]
    return []
  })
}

function clearance(checked: readonly Checked[], request: PlanRequest): Violation[] {
  const medicine = ofType(checked, 'medicine').filter((dose) => dose.planned)
  const [visit] = ofType(checked, 'medical-clearance')
  const state = request.clearance
  const early = (day: string) => medicine.filter((dose) => dose.day.toString() <= day)
  if (state.state === 'elsewhere') return early(state.expectedOn).map((dose) => broken('clearance', `${dose.visit} is before the clearance that is expected on ${state.expectedOn}.`, dose))
  const ended = state.state === 'signed' && state.validUntil !== undefined ? medicine.filter((dose) => dose.day.toString() > (state.validUntil ?? '')) : []
  const after = ended.map((dose) => broken('clearance', `${dose.visit} is after the clearance has ended.`, dose))
  if (!visit) return after
  const first = ofType(checked, 'medicine').filter((dose) => judged(visit, dose) && !(comesAfter(visit, dose) && days(visit, dose) > 0)).map((dose) => broken('clearance', `${dose.visit} does not come after the medical clearance.`, visit, dose))
  const [intake] = ofType(checked, 'intake')
  const order = intake && judged(intake, visit) && !comesAfter(intake, visit) ? [broken('order', 'The medical clearance comes before the intake.', intake, visit)] : []
  const stale = visit.planned || state.state === 'needed' ? medicine.filter((dose) => tooLate(visit, dose, request.protocol.gates.clearanceValidDays, request)).map((dose) => late('clearance', `${dose.visit} is so late that the clearance has ended.`, visit, dose)) : []
  return [...after, ...first, ...order, ...stale]
}

function doses(checked: readonly Checked[], request: PlanRequest): Violation[] {
  const inOrder = checked.filter((one) => one.type === 'medicine').toSorted((a, b) => a.number - b.number)
  const gap = phaseOf(request.protocol, 'medicine')?.gapDays
  return inOrder.flatMap((later, i) => {
    const earlier = inOrder[i - 1]
    if (!earlier || !judged(earlier, later)) return []
    const hours = (later.start.epochMilliseconds - earlier.start.epochMilliseconds) / 3_600_000
    if (hours < request.protocol.spacing.minHoursBetweenDoses) return [broken('dose-spacing', `${later.visit} starts ${hours} h after ${earlier.visit}.`, earlier, later)]
    if (!gap || earlier.number < 1) return []
    const says = `${later.visit} is ${days(earlier, later)} days after ${earlier.visit}.`
    if (days(earlier, later) < gap.min) return [broken('gap', says, earlier, later)]
    return tooLate(earlier, later, gap.max, request) ? [late('gap', says, earlier, later)] : []
  })
}

/** Counted window by window: the seven local days that begin with each dose. */
function sevenDays(checked: readonly Checked[], request: PlanRequest): Violation[] {
  const all = checked.filter((one) => one.type === 'medicine')
  return all.flatMap((first) => {
    const within = all.filter((dose) => days(first, dose) >= 0 && days(first, dose) < 7)
    return within.length > request.protocol.spacing.maxDosesPerSevenDays && within.some((dose) => dose.planned) ? [broken('doses-in-seven-days', `${within.length} doses lie in the seven days from ${first.day.toString()}.`, ...within)] : []
  })
}

function integration(checked: readonly Checked[], request: PlanRequest): Violation[] {
  const all = ofType(checked, 'medicine')
  const visits = ofType(checked, 'integration')
  const { fromDays, withinDays, beforeNextDose } = request.protocol.integration
  const unpaired = (phaseOf(request.protocol, 'medicine')?.count ?? 0) - (phaseOf(request.protocol, 'integration')?.count ?? 0)
  return visits.flatMap((visit) => {
    const dose = all.find((one) => one.number === visit.number + unpaired)
    const next = all.find((one) => one.number === visit.number + unpaired + 1)
    const wrong: Violation[] = []
    if (dose && judged(dose, visit) && days(dose, visit) < Math.max(1, fromDays)) wrong.push(broken('integration', `${visit.visit} does not come after ${dose.visit}.`, dose, visit))
    if (dose && judged(dose, visit) && tooLate(dose, visit, withinDays, request)) wrong.push(late('integration', `${visit.visit} is ${days(dose, visit)} days after ${dose.visit}.`, dose, visit))
    if (next && beforeNextDose && judged(visit, next) && !comesAfter(visit, next)) wrong.push(broken('integration-first', `${next.visit} comes before ${visit.visit}.`, visit, next))
    return wrong
  })
}

function followUps(checked: readonly Checked[], request: PlanRequest): Violation[] {
  const last = ofType(checked, 'medicine').at(-1)
  const { followUpDays, followUpWindowDays } = request.protocol
  if (!last) return []
  return ofType(checked, 'follow-up').flatMap((visit) => {
    const [day, plusMinus] = [followUpDays[visit.number - 1], followUpWindowDays[visit.number - 1] ?? 0]
    if (day === undefined || !judged(last, visit)) return []
    const off = days(last, visit) - day
    const missed = off > plusMinus && !(last.planned === undefined && last.day.add({ days: day + plusMinus }).toString() < request.earliest)
    const says = `${visit.visit} is ${days(last, visit)} days after the last dose, and ${day} ± ${plusMinus} are asked for.`
    if (off < -plusMinus || days(last, visit) < 1) return [broken('follow-up', says, last, visit)]
    return missed ? [late('follow-up', says, last, visit)] : []
  })
}
