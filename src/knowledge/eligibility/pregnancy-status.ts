import type { PregnancyStatusRow } from '../../core/eligibility/pregnancy.ts'

/** A status of pregnancy without a test, as records from elsewhere bring it. Any text that begins with the first word says so. */
export const pregnancyStatus = {
  id: 'reading.pregnancy-status', system: 'http://loinc.org', code: '82810-3', withinDays: 300,
  pregnant: ['pregnant', 'currently pregnant', 'patient currently pregnant', 'pregnancy', 'yes', 'positive', '77386006', 'la15173-0'],
  notPregnant: ['not pregnant', 'not currently pregnant', 'patient not currently pregnant', 'no', '60001007', 'la26683-5'],
  says: 'A pregnancy that was written down counts for 300 days, or until a negative test or a later "not pregnant". What is called possible or unknown stays open, and "not pregnant" is no test.',
  basis: 'A pregnancy lasts about 280 days. The 300 are ours; the codes are from memory.', cites: ['P'], tag: 'P', verified: false, reviewBy: '2027-11-30',
} as const satisfies PregnancyStatusRow & Readonly<Record<string, unknown>>
