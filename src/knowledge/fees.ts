import type { EstimateRules } from '../core/money/estimate.ts'
import type { FeeFor, FeeRow } from '../core/money/fee.ts'
import type { BillingRules } from '../core/money/superbill-problems.ts'
import { conditions } from './conditions.ts'
import type { SourceId } from './sources.ts'

const reviewBy = '2027-05-31'
type Cites = readonly [SourceId, ...SourceId[]]

const demonstration = { modifier: '', placeOfService: '11', unitsPerVisit: 1, demonstration: true } as const

/**
 * The sample practice's prices: invented, with codes that no insurer knows. A real practice types its own
 * codes, its own words and its own prices; the words that belong to billing codes are not ours to ship.
 */
export const sampleFees = [
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe01', visitType: 'intake', code: 'DEMO-01', descriptor: 'Demonstration: first visit', chargeCents: 25_000 },
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe02', visitType: 'consult', code: 'DEMO-02', descriptor: 'Demonstration: consultation', chargeCents: 20_000 },
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe03', visitType: 'medical-clearance', code: 'DEMO-03', descriptor: 'Demonstration: medical visit', chargeCents: 35_000 },
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe04', visitType: 'preparation', code: 'DEMO-04', descriptor: 'Demonstration: preparation', chargeCents: 20_000 },
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe05', visitType: 'medicine', code: 'DEMO-05', descriptor: 'Demonstration: medicine session, an hour', unitsPerVisit: 3, chargeCents: 22_500 },
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe06', visitType: 'integration', code: 'DEMO-06', descriptor: 'Demonstration: integration', chargeCents: 20_000 },
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe07', visitType: 'follow-up', code: 'DEMO-07', descriptor: 'Demonstration: follow-up', chargeCents: 15_000 },
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe08', visitType: 'maintenance', code: 'DEMO-08', descriptor: 'Demonstration: further session, an hour', unitsPerVisit: 3, chargeCents: 22_500 },
  { ...demonstration, id: '00000000-0000-4000-8000-00000000fe09', visitType: 'therapy', code: 'DEMO-09', descriptor: 'Demonstration: therapy', chargeCents: 17_500 },
] as const satisfies readonly (FeeRow & { readonly visitType: FeeFor })[]

/** Numbers that practices often use for each kind of visit: numbers only, and each to be checked by a biller. */
export const codeNumbers = [
  { id: 'codes.intake', visitType: 'intake', codes: ['90791'], tag: 'M', cites: ['S47'], verified: false, reviewBy },
  { id: 'codes.medical-clearance', visitType: 'medical-clearance', codes: ['90792', '99203', '99204', '99205'], tag: 'M', cites: ['S47'], verified: false, reviewBy },
  { id: 'codes.preparation', visitType: 'preparation', codes: ['90832', '90834', '90837'], tag: 'M', cites: ['S47'], verified: false, reviewBy },
  { id: 'codes.medicine', visitType: 'medicine', codes: ['0820T', '0821T', '0822T'], tag: 'M', cites: ['S47'], verified: false, reviewBy },
  { id: 'codes.integration', visitType: 'integration', codes: ['90832', '90834', '90837'], tag: 'M', cites: ['S47'], verified: false, reviewBy },
  { id: 'codes.follow-up', visitType: 'follow-up', codes: ['90832', '90834', '96127'], tag: 'M', cites: ['S47'], verified: false, reviewBy },
  { id: 'codes.therapy', visitType: 'therapy', codes: ['90832', '90834', '90837'], tag: 'M', cites: ['S47'], verified: false, reviewBy },
] as const satisfies readonly { readonly visitType: FeeFor; readonly codes: readonly string[]; readonly cites: Cites; readonly [more: string]: unknown }[]

export const codesNotice = 'Billing codes of five characters may belong to the American Medical Association. Use them, and their descriptions, under your own licence.'

export const estimateRules = {
  id: 'estimate', disputeCents: 40_000, separate: ['medical-clearance', 'laboratory'], once: ['laboratory'], free: ['inquiry-call'],
  names: {
    'inquiry-call': 'First call', intake: 'First visit', consult: 'Consultation', 'medical-clearance': 'Medical visit with the prescriber', preparation: 'Preparation',
    medicine: 'Medicine session', integration: 'Integration', 'follow-up': 'Follow-up', maintenance: 'Further session', therapy: 'Therapy', laboratory: 'Laboratory tests, if the prescriber asks for them',
  },
  tags: { disputeCents: 'V', separate: 'P', once: 'P', free: 'P' }, cites: ['S45', 'P'], verified: false, reviewBy,
} as const satisfies EstimateRules & { readonly cites: Cites } & Record<string, unknown>

/**
 * What stands under the figures. `{total}`, `{dispute}` and `{from}` are put in. The sentences are ours and
 * carry the facts over; a practice's lawyer reads them before the first one is given out.
 */
export const estimateWords = {
  id: 'estimate.words',
  sentences: [
    'This is an estimate, not a bill. It lists what we expect you to need for the whole course, at our prices as they are today.',
    'Your care may turn out to need more, or less. If so, we talk with you first and give you a new estimate.',
    'What stands under “arranged separately” has a visit and a price of its own, and is not in the total of {total}.',
    'If you are billed {dispute} or more above this estimate, that is {from} or more in all, you have the right to dispute the bill.',
    'You can ask us to correct the bill, to agree on a lower one, or to tell you about help with paying. You can also open a dispute with the United States Department of Health and Human Services; it has to begin within 120 days of the date on the bill, and costs a small fee.',
    'Using these rights never changes how you are treated here.',
    'How to begin, and the form for it: www.cms.gov/nosurprises. Please keep this page, or take a picture of it.',
  ],
  tags: { dispute: 'V', days: 'M', fee: 'M' }, cites: ['S45'], verified: false, reviewBy,
} as const satisfies { readonly cites: Cites } & Record<string, unknown>

export const superbillWords = {
  ask: 'You may send this to your insurer. Ask your plan whether it pays for care outside its network, and how much of it.',
  demonstration: 'Demonstration. Everybody here is invented, and this is not a bill.',
} as const

export const billingRules = {
  id: 'billing',
  codeForms: [
    { form: 'cpt', pattern: '\\d{5}' },
    { form: 'category-3', pattern: '\\d{4}T' },
    { form: 'hcpcs', pattern: '[A-V]\\d{4}' },
  ],
  placesOfService: [
    { code: '11', says: 'office', telehealth: false },
    { code: '02', says: 'telehealth, patient not at home', telehealth: true },
    { code: '10', says: 'telehealth, patient at home', telehealth: true },
  ],
  telehealthModifiers: ['95', '93'],
  minutes: [
    { code: '90832', min: 16, max: 37 },
    { code: '90834', min: 38, max: 52 },
    { code: '90837', min: 53, max: null },
  ],
  unitsADay: [
    { code: '90832', max: 1 },
    { code: '90834', max: 1 },
    { code: '90837', max: 1 },
  ],
  maxDiagnoses: 12,
  maxModifiers: 4,
  billableIcd: [...new Set(conditions.flatMap((condition) => condition.codes.map((one) => one.code)))],
  tags: { codeForms: 'M', placesOfService: 'M', telehealthModifiers: 'M', minutes: 'M', unitsADay: 'M', maxDiagnoses: 'V', maxModifiers: 'M', billableIcd: 'M' },
  cites: ['S47'],
  verified: false,
  reviewBy,
} as const satisfies BillingRules & { readonly cites: Cites } & Record<string, unknown>
