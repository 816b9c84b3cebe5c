import { z } from 'zod'
import { routeOfDose } from '../chart/kinds/clearance.ts'
import { decisions } from '../eligibility/screen.ts'
import { ingredientsIn, plainName, type Medicine } from '../eligibility/medicine.ts'
import { readAsked, type AskedRefusal } from '../shared/asked.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { kg, mg } from '../shared/units.ts'
import { checkBooster } from './booster.ts'
import { checkEntry } from './limits.ts'
import { proposeDose } from './propose.ts'
import { boosterRowOf, doseRowOf, type DosingRows } from './rows.ts'
import { startingDose } from './starting.ts'
import { needsWeight, type TitrationRows } from './titration.ts'

/** The same rules asked from outside, one dose at a time: the shapes of `kap decide dose`. */
export interface DoseQuestionRows {
  readonly dosing: DosingRows
  readonly titration: TitrationRows
  /** Ingredients that slow the breakdown of a swallowed dose. */
  readonly inhibitors: readonly Medicine[]
}

/** Bounds of the possible, not of the healthy: outside them somebody slipped. */
const weightKg = z.number().min(20).max(400).nullish()
const heightCm = z.number().min(50).max(280).nullish()
const age = z.number().min(0).max(130).nullish()
const milligrams = z.number().positive().max(10_000)
const minutes = z.number().min(0).nullish()
const moaaS = z.int().min(0).max(5).nullish()
const yes = z.boolean().nullish()
const level = z.enum(['green', 'yellow', 'orange', 'red']).nullish()
const intensity = z.number().min(0).max(10)

const starting = z.strictObject({
  question: z.literal('starting'), route: routeOfDose, sex: z.enum(['M', 'F', 'other']).nullish(), heightCm, weightKg, age,
  medications: z.array(z.string()).nullish(), cyp3a4Inhibitor: yes, cyp2b6Inhibitor: yes,
})
const next = z.strictObject({
  question: z.literal('next'), route: routeOfDose, lastMg: milligrams, weightKg, age, eligibility: z.enum(decisions).nullish(),
  worstAlert: level, worstGrade: z.int().min(0).max(5).nullish(), minMoaaS: moaaS, intensity: intensity.nullish(),
  targetIntensity: z.tuple([intensity, intensity]).refine(([low, high]) => low <= high, 'the window ends before it begins').nullish(), responsePercent: z.number().nullish(),
})
const entry = z.strictObject({ question: z.literal('entry'), route: routeOfDose, mg: z.number().max(1_000_000), weightKg })
const booster = z.strictObject({
  question: z.literal('booster'), route: routeOfDose, initialMg: milligrams, boosterMg: milligrams, level, minutesGreen: minutes, minutesSinceDose: minutes, moaaS,
  orangeToday: yes, firstSession: yes, alreadyGiven: yes, age, weightKg,
})
const doseQuestion = z.discriminatedUnion('question', [starting, next, entry, booster])

type Answer = Readonly<Record<string, unknown>>

/**
 * Answers one question about a dose. As everywhere at the command line, a case tells what is remarkable: an alert,
 * a grade or a state that it leaves out was calm. In the product the same functions get nothing instead, and wait.
 */
export function answerDose(input: unknown, rows: DoseQuestionRows): Result<Answer, AskedRefusal> {
  const read = readAsked(doseQuestion, input)
  if (!read.ok) return read
  const asked = read.value
  if (asked.question === 'starting') return answerStarting(asked, rows)
  if (asked.question === 'next') return answerNext(asked, rows)
  return asked.question === 'entry' ? answerEntry(asked, rows) : answerBooster(asked, rows)
}

const shownMg = (doseUg: number | undefined): Answer => (doseUg === undefined ? {} : { mg: doseUg / 1_000 })
const grams = (kilograms: number | null | undefined): number | undefined => (kilograms === null || kilograms === undefined ? undefined : kg(kilograms))

function answerStarting(asked: z.output<typeof starting>, { dosing, titration, inhibitors }: DoseQuestionRows): Result<Answer, AskedRefusal> {
  const takes = (asked.medications ?? []).some((name) => ingredientsIn(plainName(name), [], inhibitors).length > 0)
  const heightMm = asked.heightCm === null || asked.heightCm === undefined ? undefined : asked.heightCm * 10
  const weightG = grams(asked.weightKg)
  const { action, doseUg, weight, rules, missing } = startingDose({
    route: asked.route, age: asked.age ?? undefined, inhibitor: takes || asked.cyp3a4Inhibitor === true || asked.cyp2b6Inhibitor === true,
    body: { sex: asked.sex ?? 'unknown', ...(weightG !== undefined && { weightG }), ...(heightMm !== undefined && { heightMm }) },
  }, dosing, titration)
  return ok({ action, ...shownMg(doseUg), ...(weight && { weightBasis: weight.basis, weightKg: weight.weightG / 1_000 }), missing, rules })
}

function answerNext(asked: z.output<typeof next>, { dosing, titration }: DoseQuestionRows): Result<Answer, AskedRefusal> {
  const decision = asked.eligibility
  const { action, doseUg, flag, requiresReason, missing, rules } = proposeDose({
    route: asked.route, lastUg: mg(asked.lastMg), weightG: grams(asked.weightKg), age: asked.age ?? titration.adult.fromYears,
    cleared: decision === null || decision === undefined || decision === 'ELIGIBLE' || decision === 'ELIGIBLE_WITH_CAUTIONS',
    worstAlert: asked.worstAlert ?? 'green', worstGrade: asked.worstGrade ?? 0, minMoaaS: asked.minMoaaS ?? 5,
    intensity: asked.intensity ?? undefined, target: asked.targetIntensity ?? undefined, responsePercent: asked.responsePercent ?? undefined,
  }, dosing, titration)
  return ok({ action, ...shownMg(doseUg), ...(flag && { flag }), ...(requiresReason !== undefined && { requiresReason }), missing, rules })
}

function answerEntry(asked: z.output<typeof entry>, { dosing }: DoseQuestionRows): Result<Answer, AskedRefusal> {
  const row = doseRowOf(dosing, asked.route)
  if (!row) return refuse({ key: 'route', message: 'there is no dose table for this route' })
  const weightG = grams(asked.weightKg)
  if (weightG === undefined && needsWeight(row)) return ok({ action: 'NOT_EVALUABLE', missing: ['weightKg'] })
  const entered = checkEntry(mg(asked.mg), row, weightG ?? 0)
  return ok({ ...entered, requiresReason: entered.action === 'ASK_REASON' })
}

/** A level other than green is no quiet; an age that a case leaves out is one at which a booster may be given. */
function answerBooster(asked: z.output<typeof booster>, { dosing }: DoseQuestionRows): Result<Answer, AskedRefusal> {
  const isGreen = asked.level === 'green'
  const { allowed, because } = checkBooster({
    route: asked.route, initialUg: mg(asked.initialMg), boosterUg: mg(asked.boosterMg), weightG: grams(asked.weightKg), age: asked.age ?? (boosterRowOf(dosing, asked.route)?.ageBelow ?? 1) - 1,
    firstSession: asked.firstSession === true, alreadyGiven: asked.alreadyGiven === true, minutesSinceDose: asked.minutesSinceDose ?? undefined,
    quietMin: isGreen ? (asked.minutesGreen ?? undefined) : asked.level ? 0 : undefined, moaaS: asked.moaaS ?? undefined,
    orangeToday: asked.orangeToday === true || asked.level === 'orange' || asked.level === 'red',
  }, dosing)
  return ok({ allowed, because })
}
