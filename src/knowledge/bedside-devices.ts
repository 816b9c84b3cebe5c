import type { BedsideDevicesRow } from '../core/session/bedside-row.ts'

/**
 * Cuffs send what they have stored as soon as somebody connects, and that may be another person's pressure. Chosen
 * so that only a measurement of this minute is offered; the number can always be typed instead.
 */
export const bedsideDevices = {
  id: 'bedside-devices', tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
  freshSeconds: 90, clockSeconds: 120, storedWithinSeconds: 5,
} as const satisfies BedsideDevicesRow
