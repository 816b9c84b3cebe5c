import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

/** NIST SP 800-63B-4: a password used with a second factor still gets fifteen characters here, and no composition rules. */
export const MIN_LENGTH = 15
/** Guesses are counted as zxcvbn does; below 3 of 4 a password is a well-known one, a keyboard walk or a repetition. */
const MIN_SCORE = 3

const estimator = new ZxcvbnFactory({ dictionary: { ...dictionary }, graphs: adjacencyGraphs })

/** Whether a password may be taken; what the person and the practice are called counts as well known. */
export function passwordIsWeak(password: string, known: readonly string[]): boolean {
  const normal = password.normalize('NFC')
  if (Array.from(normal).length < MIN_LENGTH) return true
  return estimator.check(normal.slice(0, 128), known.flatMap((word) => word.split(/[@.\s]+/)).filter((word) => word.length > 2)).score < MIN_SCORE
}
