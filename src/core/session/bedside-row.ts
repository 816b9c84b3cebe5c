import type { Cited } from '../shared/cited.ts'

/** What a measurement sent by a cuff or an oximeter has to be before it is offered for taking over. */
export interface BedsideDevicesRow extends Cited {
  /** Older than this it is no longer a reading of now. */
  readonly freshSeconds: number
  /** So far the device's own clock may lie from ours; further off it is a stored measurement, or the clock is wrong. */
  readonly clockSeconds: number
  /** Without a clock, what comes this soon after connecting may have been stored. */
  readonly storedWithinSeconds: number
}
