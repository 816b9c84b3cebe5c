import type { Chart } from '../chart/chart.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import type { DoseBrief, Stated } from './brief.ts'
import { sayRule } from './say-rule.ts'
import type { TitrationRows } from './titration.ts'

/** What the prescriber had before their eyes when they decided. */
export type Seen = Pick<DoseBrief, 'action' | 'doseUg' | 'after'>
type Decided = Omit<BodyOf<'dose-decided.v1'>, 'signature'>

interface Deciding {
  readonly seen: { readonly action: Seen['action']; readonly doseUg?: number | undefined; readonly after?: string | undefined }
  readonly stated: Stated
  readonly reason: string
  /** The order that is signed with it; none where the proposal is declined. */
  readonly order?: { readonly id: string } & Pick<BodyOf<'order.v1'>, 'route' | 'doseUg'>
}

/** Whether there is anything to decide about: a dose, or a rule that leaves it to the prescriber. */
export const canDecide = (action: DoseBrief['action']): action is Decided['proposal']['action'] => action !== 'REFUSE' && action !== 'NOT_EVALUABLE'

/**
 * How a proposal stands. `open`: there is one, and nobody has signed an answer to this very one. `not-evaluable`: there
 * would be one after the last session, if all were known, and nobody has decided about that session. Else there is
 * nothing to answer, or it is answered.
 */
export function proposalStands(chart: Chart, { about, action, doseUg, after, route }: DoseBrief): 'open' | 'not-evaluable' | 'answered' | 'none' {
  const since = chart.all('dose-decided.v1').filter(({ body }) => body.after === after)
  if (canDecide(action)) return since.some(({ body: { proposal } }) => proposal.action === action && proposal.doseUg === doseUg && proposal.route === route) ? 'answered' : 'open'
  if (action !== 'NOT_EVALUABLE' || (about === 'first' && route === undefined)) return 'none'
  return since.length > 0 ? 'answered' : 'not-evaluable'
}

/**
 * The prescriber's decision about a proposal, as it is kept. Accepted means the same dose by the same way; anything
 * else is a change. It refuses a proposal that no longer stands, and a change or a refusal without a reason.
 */
export function decideDose(brief: DoseBrief, { seen, stated, reason, order }: Deciding, edition: string, titration: TitrationRows): Result<Decided, { readonly code: 'proposal-moved-on' | 'decision-reason'; readonly says: string }> {
  const stands = seen.action === brief.action && seen.doseUg === brief.doseUg && seen.after === brief.after
  const { action, doseUg, flag, after, route, rules } = brief
  if (!stands || !canDecide(action) || route === undefined) return refuse({ code: 'proposal-moved-on', says: 'The chart or the rulebook has changed, and this proposal no longer stands. Look at the titration brief again.' })
  const accepted = order !== undefined && order.doseUg === brief.doseUg && order.route === route
  if (!accepted && reason.trim() === '') return refuse({ code: 'decision-reason', says: order ? 'This order differs from what was proposed. Please write why.' : 'Please write why the proposal is declined.' })
  return ok({
    decision: order ? (accepted ? 'accepted' : 'changed') : 'declined', reason: reason.trim(), ...(order && { order: order.id }), ...(after !== undefined && { after }),
    ...(stated.window && { window: [...stated.window] as [number, number] }), noSideEffects: stated.noSideEffects === true,
    proposal: { edition, route, action, ...(doseUg !== undefined && { doseUg }), ...(flag && { flag }), rules: rules.map(({ id, state }) => ({ rule: id, state, says: sayRule(id, titration) })) },
  })
}
