import { sayReopening, type ClearanceNow } from '../eligibility/clearance.ts'
import type { GateContext } from './gates.ts'

const WORDS: Readonly<Record<ClearanceNow['state'], string>> = {
  none: 'There is no medical clearance.', cleared: 'Cleared by the prescriber and in date.', held: 'The prescriber has put the clearance on hold.', refused: 'The prescriber has refused clearance.',
  expired: 'The medical clearance has expired.', reopened: 'New facts reopened the medical clearance.',
}

/** A clearance as the gates ask for it: the same words at the door and on the device. */
export const clearanceGate = ({ state, entry, newlyMet }: ClearanceNow): GateContext['clearance'] => ({
  state: state === 'cleared' ? 'met' : 'not-met', facts: entry ? [entry.id] : [],
  says: state === 'reopened' ? `${WORDS.reopened} ${newlyMet.map(sayReopening).join(' ')}` : WORDS[state],
})
