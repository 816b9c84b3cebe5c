import { OUTSIDE, stateOf } from '../shared/us-states.ts'
import type { Day } from '../shared/time.ts'

/** Who treats somebody online needs the licence of the state in which that person sits. */
export const isTreating = (role: string): boolean => role === 'therapist' || role === 'prescriber'

export interface LicenceHeld {
  readonly state: string
  /** The last day on which it is good; good until somebody says otherwise where there is none. */
  readonly until?: Day | null | undefined
}

/** Whether two texts mean one state: by their code, and by their letters where one of them reads as none. Outside the United States is no state. */
export function isSameState(a: string, b: string): boolean {
  if (a === OUTSIDE || b === OUTSIDE) return false
  const [one, other] = [stateOf(a), stateOf(b)]
  return one === undefined || other === undefined ? a.trim().toLowerCase() === b.trim().toLowerCase() : one === other
}

/** The rows that say something of a state, whether they have ended or not: what a person looks at who decides. */
export const licencesOf = <Row extends LicenceHeld>(rows: readonly Row[] | undefined, where: string): readonly Row[] => (rows ?? []).filter(({ state }) => isSameState(state, where))

/** Whether a licence of that state is entered that is good on that day, its last day included; without a day, on any. */
export const isLicensedIn = (rows: readonly LicenceHeld[] | undefined, where: string, on?: Day): boolean =>
  licencesOf(rows, where).some(({ until }) => on === undefined || until === undefined || until === null || on <= until)
