import type { Role } from '../access/roles.ts'
import type { Chart } from '../chart/chart.ts'
import type { Instruments } from '../measures/instrument.ts'
import type { OpenRisk } from '../measures/open-risks.ts'
import type { GateRow } from './rows.ts'
import type { Clock } from './session.ts'

export type GateName =
  | 'consent' | 'clearance' | 'order' | 'pregnancy' | 'escort' | 'two-people' | 'prescriber-on-site' | 'prescriber-reachable' | 'emergency-kit' | 'no-crisis' | 'no-open-session' | 'spacing'
  | 'preparation' | 'safety-plan' | 'integration'
  | 'session-open' | 'identity' | 'vitals-taken' | 'mental-status' | 'pre-dose' | 'suicide-screen' | 'fasting' | 'alcohol-cannabis' | 'day-medicines'
  | 'no-dose-conflict' | 'no-alert' | 'booster' | 'prepared' | 'confirmed' | 'within-order'

/** The only gates that a prescriber's written reason may carry, where the judgement allows it. Nobody passes another one. */
const passable: readonly string[] = ['preparation', 'safety-plan', 'integration', 'pre-dose', 'fasting', 'alcohol-cannabis', 'day-medicines', 'prescriber-reachable', 'emergency-kit'] satisfies GateName[]
export const isPassable = (gate: string): boolean => passable.includes(gate)

/**
 * `unknown` means that nothing was written down to judge by; what was written and does not suffice is `not-met`.
 * So taking an entry away can never turn an unknown gate into a met one.
 */
export type GateState = 'met' | 'not-met' | 'unknown'

export interface Gate {
  readonly gate: GateName
  readonly state: GateState
  /** The entries it looked at. */
  readonly facts: readonly string[]
  readonly says: string
  /** Whether a prescriber may pass it with a written reason. Most gates nobody can pass. */
  readonly overridable: boolean
}

/** What other parts of the product have judged already. */
export interface GateContext {
  readonly clock: Clock
  readonly row: GateRow
  readonly instruments: Instruments
  readonly clearance: Pick<Gate, 'state' | 'facts' | 'says'>
  /** Every form that has to be signed, in the version that counts today. */
  readonly consentForms: readonly { readonly form: string; readonly version: string }[]
  readonly openRisks: readonly OpenRisk[]
  readonly visit?: string
}

export interface Override {
  readonly gate: string
  readonly role: Role
  readonly reason: string
}

export interface Passage {
  readonly passes: boolean
  readonly blocking: readonly Gate[]
  readonly overridden: readonly (Gate & { readonly reason: string })[]
}

const REASON_LENGTH = 20

/** Whether one may go on: every gate met, or passed by a prescriber's reason where the gate allows that at all. */
export function passage(gates: readonly Gate[], overrides: readonly Override[] = []): Passage {
  const closed = gates.filter(({ state }) => state !== 'met')
  const overridden = closed.flatMap((gate) => {
    const override = gate.overridable && isPassable(gate.gate) ? overrides.find((one) => one.gate === gate.gate && one.role === 'prescriber' && one.reason.trim().length >= REASON_LENGTH) : undefined
    return override ? [{ ...gate, reason: override.reason.trim() }] : []
  })
  const blocking = closed.filter((gate) => !overridden.some((one) => one.gate === gate.gate))
  return { passes: blocking.length === 0, blocking, overridden }
}

/** What a prescriber has carried with a written reason: at the start of the session, or for one dose step in the room. */
export function carriedBy(chart: Chart, session: string, step: number): Override[] {
  const started = chart.entry(session)
  const atStart = started?.kind === 'session-started.v1' ? started.body.gates.flatMap(({ gate, reason }) => (reason ? [{ gate, role: 'prescriber' as const, reason }] : [])) : []
  const inTheRoom = chart.all('gate-passed.v1').filter((entry) => entry.session === session && entry.body.step === step)
  return [...atStart, ...inTheRoom.map(({ body }) => ({ gate: body.gate, role: 'prescriber' as const, reason: body.reason }))]
}

interface Said {
  readonly state: GateState
  readonly facts?: readonly string[]
  readonly says: string
}

export const gateOf = (gate: GateName, { state, facts = [], says }: Said, overridable = false): Gate => ({ gate, state, facts, says, overridable: overridable && isPassable(gate) })

export const met = (says: string, facts: readonly string[] = []): Said => ({ state: 'met', facts, says })
export const notMet = (says: string, facts: readonly string[] = []): Said => ({ state: 'not-met', facts, says })
export const notKnown = (says: string): Said => ({ state: 'unknown', says })

export type GateJudge = (chart: Chart, context: GateContext) => Gate
