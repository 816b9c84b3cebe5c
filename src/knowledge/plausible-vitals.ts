import type { PlausibleVitalsRow } from '../core/session/plausible.ts'

/**
 * When a reading is asked about before it is written down. Chosen so that slips of the finger are caught and a real
 * rise, which is far more important, costs one tap. Alarms do not use these figures.
 */
export const plausibleVitals = {
  id: 'plausible-vitals', tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
  usual: { systolicMmHg: [80, 200], diastolicMmHg: [45, 120], heartRatePerMin: [45, 150], respiratoryRatePerMin: [8, 30], spo2Percent: [88, 100], temperatureDeciC: [350, 390] },
  jump: { systolicMmHg: 35, diastolicMmHg: 25, heartRatePerMin: 35, respiratoryRatePerMin: 8, spo2Percent: 5, temperatureDeciC: 10 },
  apartMmHg: [20, 90],
} as const satisfies PlausibleVitalsRow
