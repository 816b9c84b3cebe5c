import { z } from 'zod'
import { refuse, type Result } from '../shared/result.ts'
import { known, knownList, missing, type Known, type KnownList, type Missing, type NamedSubstance, type ScreeningFacts } from './facts.ts'
import type { ScreeningLimits } from './limits.ts'
import { ingredientsIn, plainName } from './medicine.ts'
import type { Override } from './screen.ts'

const yesNo = z.boolean().nullish()
const amount = z.number().min(0).nullish()
const names = z.array(z.string()).nullish()

/** A worked case as people write it down. A key that is not in the vocabulary is refused: a slip of the pen must not read as "no". */
const caseInput = z.strictObject({
  age: amount, sexAtBirth: z.enum(['M', 'F', 'other']).nullish(), bmi: amount, diagnoses: names, allergies: names, medications: names,
  psychosis: z.enum(['none', 'family', 'past', 'active']).nullish(), mania: z.enum(['none', 'past', 'current']).nullish(), moodStabilizer: yesNo,
  substanceUse: z.array(z.object({ substance: z.string(), status: z.enum(['active', 'early-remission', 'remission']) })).nullish(),
  urineDrugScreenPositive: names, protocolTarget: z.string().nullish(), hoursSinceAlcohol: amount,
  cSsrs: z.strictObject({ q1: yesNo, q2: yesNo, q3: yesNo, q4: yesNo, q5: yesNo, q6Lifetime: yesNo, q6PastThreeMonths: yesNo }).nullish(),
  systolic: amount, diastolic: amount, weeksSinceCardiovascularEvent: amount, nyhaClass: amount, qtcMs: amount, ecgDone: yesNo,
  transaminaseTimesUpperLimit: amount, childPugh: z.enum(['A', 'B', 'C']).nullish(), tsh: amount, bpicSs: amount,
  childbearingPotential: yesNo, pregnancyTest: z.enum(['negative', 'positive', 'missing']).nullish(), pregnancyTestAgeDays: amount, lactating: yesNo,
  lorazepamEquivalentMg: amount, morphineEquivalentMg: amount, opioidAgonistTreatment: yesNo,
  hasCapacity: yesNo, escortAvailable: yesNo, clearanceSigned: yesNo, medicationsReconciled: yesNo, pdmpChecked: yesNo,
  daysSincePsychiatricAdmission: amount, intoxicated: yesNo, untreatedSleepApnea: yesNo, homeOxygen: yesNo, seizureUncontrolled: yesNo,
  ketamineFromAnotherPrescriber: yesNo, ketamineMisuse: yesNo, adequateTrials: amount, phq9: amount,
  overrides: z.array(z.object({ rule: z.string(), role: z.string(), reason: z.string(), signed: z.boolean() })).nullish(),
})
type CaseInput = z.output<typeof caseInput>

export interface CaseFacts { readonly facts: ScreeningFacts; readonly overrides: readonly Override[] }
export interface CaseRefusal { readonly key?: string; readonly message: string }

/**
 * Reads a worked case into facts. Only here does an absent yes-or-no mean "no": a case tells what is
 * remarkable. On a chart it would be unknown. What a case has to say in words stays missing when it does not.
 */
export function factsFromCase(input: unknown, limits: Pick<ScreeningLimits, 'overrides' | 'medicines'>): Result<CaseFacts, CaseRefusal> {
  const parsed = caseInput.safeParse(input)
  if (!parsed.success) return refuse(refusalOf(parsed.error))
  const told = parsed.data
  const facts = { ...booleansOf(told), ...valuesOf(told), ...interviewOf(told), ...listsOf(told, limits) }
  return { ok: true, value: { facts, overrides: overridesOf(told, limits) } }
}

function refusalOf(error: z.ZodError): CaseRefusal {
  const issue = error.issues[0]
  const path = [...(issue?.path ?? []), ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])]
  return { ...(path.length > 0 && { key: path.join('.') }), message: issue?.message ?? 'the input cannot be read' }
}

/** Only from a prescriber, only signed, only with a reason that says something. */
const overridesOf = (told: CaseInput, limits: Pick<ScreeningLimits, 'overrides'>): Override[] =>
  (told.overrides ?? []).filter((one) => one.role === 'prescriber' && one.signed && one.reason.trim().length >= limits.overrides.reasonCharacters)

const said = <Value>(value: Value | null | undefined): Known<Value> | Missing => (value === null || value === undefined ? missing('not-asked') : known(value))

const noUnlessSaid = [
  'moodStabilizer', 'ketamineMisuse', 'intoxicated', 'ecgDone', 'lactating', 'opioidAgonistTreatment', 'hasCapacity', 'escortAvailable',
  'medicationsReconciled', 'pdmpChecked', 'untreatedSleepApnea', 'homeOxygen', 'seizureUncontrolled', 'ketamineFromAnotherPrescriber',
] as const
type NoUnlessSaid = (typeof noUnlessSaid)[number]

const booleansOf = (told: CaseInput) =>
  Object.fromEntries(noUnlessSaid.map((name) => [name, known(told[name] ?? false)])) as Pick<ScreeningFacts, NoUnlessSaid>

const asWritten = [
  'age', 'sexAtBirth', 'bmi', 'psychosis', 'mania', 'hoursSinceAlcohol', 'weeksSinceCardiovascularEvent', 'nyhaClass', 'qtcMs', 'transaminaseTimesUpperLimit',
  'childPugh', 'tsh', 'bpicSs', 'childbearingPotential', 'pregnancyTestAgeDays', 'lorazepamEquivalentMg', 'morphineEquivalentMg', 'clearanceSigned',
  'daysSincePsychiatricAdmission', 'adequateTrials', 'phq9',
] as const
type AsWritten = (typeof asWritten)[number]

function valuesOf(told: CaseInput): Pick<ScreeningFacts, AsWritten | 'systolicMmHg' | 'diastolicMmHg' | 'pregnancyTest' | 'protocolTarget'> {
  return {
    ...(Object.fromEntries(asWritten.map((name) => [name, said<unknown>(told[name])])) as unknown as Pick<ScreeningFacts, AsWritten>),
    systolicMmHg: said(told.systolic),
    diastolicMmHg: said(told.diastolic),
    pregnancyTest: told.pregnancyTest === 'missing' ? missing('not-asked') : said(told.pregnancyTest),
    protocolTarget: known(told.protocolTarget === 'AUD' ? 'AUD' : 'other'),
  }
}

/** `{}` is an interview with no yes in it; an answer written as null was left open. */
function interviewOf(told: CaseInput) {
  const answers = told.cSsrs
  const answer = (item: keyof NonNullable<CaseInput['cSsrs']>): Known<boolean> | Missing => {
    if (!answers) return missing('not-asked')
    return answers[item] === null ? missing('incomplete') : known(answers[item] ?? false)
  }
  const items = { cSsrsQ1: answer('q1'), cSsrsQ2: answer('q2'), cSsrsQ3: answer('q3'), cSsrsQ4: answer('q4'), cSsrsQ5: answer('q5'), cSsrsQ6Lifetime: answer('q6Lifetime'), cSsrsQ6PastThreeMonths: answer('q6PastThreeMonths') }
  const cSsrsComplete: Known<boolean> | Missing = answers ? known(Object.values(items).every((item) => item.state === 'known')) : missing('not-asked')
  return { ...items, cSsrsComplete, itemNineOpen: known(false) }
}

function listsOf(told: CaseInput, limits: Pick<ScreeningLimits, 'medicines'>) {
  const list = <Item, Value>(items: readonly Item[] | null | undefined, read: (item: Item) => Value): KnownList<Value> | Missing => (items ? knownList(items.map(read)) : missing('not-asked'))
  const substance = (name: string): NamedSubstance => ({ name, plain: plainName(name), ingredients: ingredientsIn(plainName(name), [], limits.medicines) })
  return {
    diagnoses: knownList((told.diagnoses ?? []).map((code) => ({ code, status: 'active' as const }))),
    medications: list(told.medications, substance),
    medicationsUnread: knownList<string>([]),
    allergies: list(told.allergies, substance),
    substanceUse: list(told.substanceUse, (item) => ({ ...item, substance: plainName(item.substance) })),
    urineDrugScreenPositive: knownList(told.urineDrugScreenPositive ?? []),
  }
}
