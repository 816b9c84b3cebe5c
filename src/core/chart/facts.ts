import { z } from 'zod'

/**
 * The single facts that rules ask about, by name. Each is a question somebody was asked; a fact that is
 * not on the chart was not asked, and `declined` and `not-known` are answers of their own.
 * Bounds are of the possible, not of the healthy.
 */
const yesNo = z.boolean()
const whole = (min: number, max: number) => z.int().min(min).max(max)

export const factSchemas = {
  sexAtBirth: z.enum(['M', 'F', 'other']),
  psychosis: z.enum(['none', 'family', 'past', 'active']),
  mania: z.enum(['none', 'past', 'current']),
  moodStabilizer: yesNo,
  substanceUse: z.array(z.object({ substance: z.string().min(1).max(80), status: z.enum(['active', 'early-remission', 'remission']) })).max(20),
  urineDrugScreenPositive: z.array(z.string().min(1).max(80)).max(20),
  ketamineMisuse: yesNo,
  hoursSinceAlcohol: whole(0, 100_000),
  intoxicated: yesNo,
  weeksSinceCardiovascularEvent: whole(0, 5_200),
  nyhaClass: whole(1, 4),
  qtcMs: whole(200, 800),
  ecgDone: yesNo,
  transaminaseTimesUpperLimit: z.number().min(0).max(500),
  childPugh: z.enum(['A', 'B', 'C']),
  tsh: z.number().min(0).max(500),
  bpicSs: whole(0, 38),
  childbearingPotential: yesNo,
  lactating: yesNo,
  lorazepamEquivalentMg: z.number().min(0).max(200),
  morphineEquivalentMg: z.number().min(0).max(5_000),
  opioidAgonistTreatment: yesNo,
  hasCapacity: yesNo,
  escortAvailable: yesNo,
  pdmpChecked: yesNo,
  daysSincePsychiatricAdmission: whole(0, 40_000),
  untreatedSleepApnea: yesNo,
  homeOxygen: yesNo,
  seizureUncontrolled: yesNo,
  ketamineFromAnotherPrescriber: yesNo,
  adequateTrials: whole(0, 40),
  /** Session day: what the person last ate, drank and took. Instants in UTC. */
  lastFoodAt: z.iso.datetime(),
  lastFluidAt: z.iso.datetime(),
  alcoholOrCannabisWithin48h: yesNo,
  /** Of each medicine that was asked about, whether it was taken from a moment on, and how. */
  medicinesOnTheDay: z.array(z.object({ medicine: z.string().min(1).max(200), taken: z.enum(['no', 'as-needed', 'as-prescribed', 'not-known']), since: z.iso.datetime() })).max(60),
} as const

export type FactName = keyof typeof factSchemas
export type FactValue<Name extends FactName> = z.infer<(typeof factSchemas)[Name]>
export const factNames = Object.keys(factSchemas) as FactName[]
