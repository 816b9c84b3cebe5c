import type { BodyOf } from '../../core/chart/kinds.ts'
import type { VisitType } from '../../core/chart/kinds/aftercare.ts'
import { maintenanceProposal, type MaintenanceProposal } from '../../core/outcomes/maintenance.ts'
import { localDay, plusDaysOf } from '../../core/shared/local-day.ts'
import { plusDays } from '../../core/shared/time.ts'
import { entry, writeAct, written } from './acts.ts'
import { signature } from './clearance.ts'
import { courseOf } from './course.ts'
import { judgeLocked, requireRules, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'

type Decided = BodyOf<'proposal-decided.v1'>

/** What is placed once it is accepted. A booster is talked over with the prescriber before any dose is, and that talk is placed with it. */
const PLACED: Record<Decided['propose'], VisitType> = { 'booster-review': 'maintenance', maintenance: 'maintenance', 'integration-offered': 'integration' }

export const maintenanceHandlers: Handlers<'decideProposal'> = {
  async decideProposal({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = await written(here, params.chart, body.id, 'proposal-decided.v1', { decision: body.decision, reason: body.reason })
    if (before) return before
    requireRules(judged.edition)
    const { decision, seen, reason } = body
    const { book, name } = judged.edition
    const proposal = maintenanceProposal(judged.chart, { outcomes: book.outcomes, instruments: book.instruments, zone: judged.zone }, here.now, courseOf(judged, here.now).risks)
    const { propose, because, intervalDays, facts } = proposal
    if (propose !== seen.propose || because.join() !== seen.because.join() || !isOne(propose)) throw new Problem('step.blocked', { list: [{ code: 'proposal-changed', says: 'What the scores propose has changed since it was shown. Nothing was signed: read it again.' }] })
    if (decision === 'declined' && reason === '') throw new Problem('step.blocked', { list: [{ code: 'reason', says: 'Declining needs a reason.' }] })
    await requireCode(here, body.code)
    const place = decision === 'accepted' ? placeOf(proposal, propose, judged, here) : undefined
    const says = because.map((word) => book.maintenanceWords[word]).join(' ')
    const signed = entry('proposal-decided.v1', body.id, body.device, here, {
      decision, propose, because: [...because], says, rows: rowsOf(because, book), facts: [...facts], edition: name, reason, signature: await signature(here, 'approval'),
      ...(intervalDays === null ? {} : { intervalDays }), ...(place ? { place } : {}),
    })
    return writeAct(here, params.chart, 'proposal.decided', signed)
  },
}

const isOne = (propose: MaintenanceProposal['propose']): propose is Decided['propose'] => propose !== 'watch' && propose !== 'not-evaluable'

/** From tomorrow, and for medicine not before the limits allow; within the days in which what was accepted is placed. */
function placeOf({ notBefore }: MaintenanceProposal, propose: Decided['propose'], { zone, edition }: Judged, { now }: Here): NonNullable<Decided['place']> {
  const tomorrow = localDay(plusDays(now, 1), zone)
  const allowed = propose !== 'integration-offered' && notBefore !== null ? plusDaysOf(localDay(notBefore, zone), 1) : tomorrow
  const from = allowed > tomorrow ? allowed : tomorrow
  return { type: PLACED[propose], from, to: plusDaysOf(from, edition.book.outcomes.care.placeWithinDays) }
}

/** The rows it was worked out by, so that it can be read again as it was. */
function rowsOf(because: MaintenanceProposal['because'], { outcomes }: Judged['edition']['book']): string[] {
  const used = because.flatMap((word) => (word === 'relapse' ? [outcomes.relapse.id] : word.startsWith('warning') ? [outcomes.warning.id] : []))
  return [...new Set([...used, outcomes.maintenance.id])]
}
