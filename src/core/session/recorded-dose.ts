import type { BodyOf } from '../chart/kinds.ts'
import type { Instant } from '../shared/time.ts'
import { gateOf, met, notMet, type Gate } from './gates.ts'
import type { SessionNow } from './session.ts'

export interface RecordedDose {
  readonly at: Instant
  readonly body: BodyOf<'dose-given.v1'>
}

/**
 * What the other gates cannot see: whether the dose that is recorded as given is the very one that was drawn up, read
 * back and judged against the order, and whether it was given in this session at all.
 */
export function recordedGates(session: SessionNow, dose: RecordedDose): Gate[] {
  return [gateOf('session-open', inSession(session, dose)), gateOf('within-order', asPrepared(session, dose))]
}

function inSession({ started }: SessionNow, { at }: RecordedDose) {
  return at < started.at ? notMet('The dose is dated before its session began. Look at the time it was given.', [started.id]) : met('The dose lies within its session.', [started.id])
}

function asPrepared({ entries }: SessionNow, { at, body }: RecordedDose) {
  const prepared = entries.all('dose-prepared.v1').findLast((one) => one.body.step === body.step)
  const confirmed = entries.all('dose-confirmed.v1').find(({ id }) => id === body.confirmed)
  if (!prepared || body.prepared !== prepared.id) return notMet('The dose recorded is not the one that was prepared last.', prepared ? [prepared.id] : [])
  const facts = [prepared.id, ...(confirmed ? [confirmed.id] : [])]
  if (confirmed?.body.prepared !== prepared.id || confirmed.by === prepared.by || confirmed.by !== body.confirmedBy) return notMet('The dose recorded names another confirmation than that of a second person for this preparation.', facts)
  const before = isBefore(at, prepared.at) ? 'prepared' : isBefore(at, confirmed.at) ? 'read back by a second person' : undefined
  if (before) return notMet(`The dose is dated before it was ${before}. Enter the time it was given, after both; where a clock is wrong, set that right first.`, facts)
  const same = body.doseUg === prepared.body.doseUg && body.route === prepared.body.route && body.order === prepared.body.order
  return same ? met('The dose recorded is the one that was prepared and confirmed.', facts) : notMet('Amount, route or order of the dose recorded are not those that were prepared and confirmed.', facts)
}

/** A time of day is typed without its seconds, so that the minute decides. */
const isBefore = (at: Instant, other: Instant) => at.slice(0, MINUTE) < other.slice(0, MINUTE)
const MINUTE = '2026-01-01T00:00'.length
