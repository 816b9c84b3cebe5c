import { z } from 'zod'
import { readAsked, type AskedRefusal } from '../shared/asked.ts'
import { ok, type Result } from '../shared/result.ts'
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
  substanceUse: z.array(z.strictObject({ substance: z.string(), status: z.enum(['active', 'early-remission', 'remission']) })).nullish(),
  urineDrugScreenPositive: names, medicinesToJudge: names, medicinesStoppedUndated: names, protocolTarget: z.string().nullish(), hoursSinceAlcohol: amount,
  cSsrs: z.strictObject({ q1: yesNo, q2: yesNo, q3: yesNo, q4: yesNo, q5: yesNo, q6Lifetime: yesNo, q6PastThreeMonths: yesNo }).nullish(),
  systolic: amount, diastolic: amount, weeksSinceCardiovascularEvent: amount, nyhaClass: amount, qtcMs: amount, ecgDone: yesNo,
  transaminaseTimesUpperLimit: amount, childPugh: z.enum(['A', 'B', 'C']).nullish(), tsh: amount, bpicSs: amount, bpicSsRise: amount, cystitisGrade: amount, visibleBloodInUrine: yesNo, urinaryTrouble: yesNo,
  childbearingPotential: yesNo, pregnancyTest: z.enum(['negative', 'positive', 'missing']).nullish(), pregnancyTestAgeDays: amount, pregnancyStatus: z.enum(['pregnant', 'not-pregnant']).nullish(), lactating: yesNo,
  lorazepamEquivalentMg: amount, morphineEquivalentMg: amount, opioidAgonistTreatment: yesNo,
  hasCapacity: yesNo, escortAvailable: yesNo, clearanceSigned: yesNo, medicationsReconciled: yesNo, pdmpChecked: yesNo,
  daysSincePsychiatricAdmission: amount, intoxicated: yesNo, untreatedSleepApnea: yesNo, homeOxygen: yesNo, seizureUncontrolled: yesNo,
  ketamineFromAnotherPrescriber: yesNo, ketamineMisuse: yesNo, adequateTrials: amount, phq9: amount,
  overrides: z.array(z.strictObject({ rule: z.string(), role: z.string(), reason: z.string(), signed: z.boolean() })).nullish(),
})
type CaseInput = z.output<typeof caseInput>

export interface CaseFacts { readonly facts: ScreeningFacts; readonly overrides: readonly Override[] }

/**
 * Reads a worked case into facts. Only here does an absent yes-or-no mean "no": a case tells what is
 * remarkable. On a chart it would be unknown. What a case has to say in words stays missing when it does not.
 */
export function factsFromCase(input: unknown, limits: Pick<ScreeningLimits, 'overrides' | 'medicines'>): Result<CaseFacts, AskedRefusal> {
  const read = readAsked(caseInput, input)
  if (!read.ok) return read
  const told = read.value
  return ok({ facts: factsOf(told, limits), overrides: overridesOf(told, limits) })
}

/** Only from a prescriber, only signed, only with a reason that says something. */
const overridesOf = (told: CaseInput, limits: Pick<ScreeningLimits, 'overrides'>): Override[] =>
  (told.overrides ?? []).filter((one) => one.role === 'prescriber' && one.signed && one.reason.trim().length >= limits.overrides.reasonCharacters)

const notAsked = missing('not-asked')
const no = known(false)
const said = <Value>(value: Value | null | undefined): Known<Value> | Missing => (value === null || value === undefined ? notAsked : known(value))
const noUnlessSaid = (value: boolean | null | undefined): Known<boolean> => (value === true ? known(true) : no)
const list = <Item, Value>(items: readonly Item[] | null | undefined, read: (item: Item) => Value): KnownList<Value> | Missing => (items ? knownList(items.map(read)) : notAsked)

/** Every fact is named here once, so that none can be forgotten, and all have one shape however little a case says. */
function factsOf(told: CaseInput, limits: Pick<ScreeningLimits, 'medicines'>): ScreeningFacts {
  const substance = (name: string): NamedSubstance => ({ name, plain: plainName(name), ingredients: ingredientsIn(plainName(name), [], limits.medicines) })
  return {
    age: said(told.age), sexAtBirth: said(told.sexAtBirth), bmi: said(told.bmi),
    systolicMmHg: said(told.systolic), diastolicMmHg: said(told.diastolic),
    diagnoses: knownList((told.diagnoses ?? []).map((code) => ({ code, status: 'active' as const }))),
    medications: list(told.medications, substance), medicationsUnread: knownList<string>([]), medicinesToJudge: knownList(told.medicinesToJudge ?? []), medicinesStoppedUndated: knownList(told.medicinesStoppedUndated ?? []), allergies: list(told.allergies, substance),
    psychosis: said(told.psychosis), mania: said(told.mania), moodStabilizer: noUnlessSaid(told.moodStabilizer),
    substanceUse: list(told.substanceUse, (item) => ({ ...item, substance: plainName(item.substance) })),
    urineDrugScreenPositive: knownList(told.urineDrugScreenPositive ?? []), ketamineMisuse: noUnlessSaid(told.ketamineMisuse),
    protocolTarget: known(told.protocolTarget === 'AUD' ? 'AUD' : 'other'), hoursSinceAlcohol: said(told.hoursSinceAlcohol), intoxicated: noUnlessSaid(told.intoxicated),
    cSsrsQ1: answered(told, 'q1'), cSsrsQ2: answered(told, 'q2'), cSsrsQ3: answered(told, 'q3'), cSsrsQ4: answered(told, 'q4'), cSsrsQ5: answered(told, 'q5'),
    cSsrsQ6Lifetime: answered(told, 'q6Lifetime'), cSsrsQ6PastThreeMonths: answered(told, 'q6PastThreeMonths'), cSsrsComplete: isComplete(told), itemNineOpen: no,
    weeksSinceCardiovascularEvent: said(told.weeksSinceCardiovascularEvent), nyhaClass: said(told.nyhaClass), qtcMs: said(told.qtcMs), ecgDone: noUnlessSaid(told.ecgDone),
    transaminaseTimesUpperLimit: said(told.transaminaseTimesUpperLimit), childPugh: said(told.childPugh), tsh: said(told.tsh), bpicSs: said(told.bpicSs), visibleBloodInUrine: noUnlessSaid(told.visibleBloodInUrine),
    bpicSsRise: said(told.bpicSsRise), cystitisGrade: said(told.cystitisGrade), urinaryTrouble: noUnlessSaid(told.urinaryTrouble),
    childbearingPotential: said(told.childbearingPotential), pregnancyTest: told.pregnancyTest === 'missing' ? notAsked : said(told.pregnancyTest),
    pregnancyTestAgeDays: said(told.pregnancyTestAgeDays), pregnancyStatus: said(told.pregnancyStatus), lactating: noUnlessSaid(told.lactating),
    lorazepamEquivalentMg: said(told.lorazepamEquivalentMg), morphineEquivalentMg: said(told.morphineEquivalentMg), opioidAgonistTreatment: noUnlessSaid(told.opioidAgonistTreatment),
    hasCapacity: noUnlessSaid(told.hasCapacity), escortAvailable: noUnlessSaid(told.escortAvailable), clearanceSigned: said(told.clearanceSigned),
    medicationsReconciled: noUnlessSaid(told.medicationsReconciled), pdmpChecked: noUnlessSaid(told.pdmpChecked),
    daysSincePsychiatricAdmission: said(told.daysSincePsychiatricAdmission), untreatedSleepApnea: noUnlessSaid(told.untreatedSleepApnea), homeOxygen: noUnlessSaid(told.homeOxygen),
    seizureUncontrolled: noUnlessSaid(told.seizureUncontrolled), ketamineFromAnotherPrescriber: noUnlessSaid(told.ketamineFromAnotherPrescriber),
    adequateTrials: said(told.adequateTrials), phq9: said(told.phq9),
  }
}

/** `{}` is an interview with no yes in it; an answer written as null was left open. */
function answered({ cSsrs }: CaseInput, item: keyof NonNullable<CaseInput['cSsrs']>): Known<boolean> | Missing {
  if (!cSsrs) return notAsked
  return cSsrs[item] === null ? missing('incomplete') : noUnlessSaid(cSsrs[item])
}

const isComplete = ({ cSsrs }: CaseInput): Known<boolean> | Missing => (cSsrs ? known(!Object.values(cSsrs).includes(null)) : notAsked)
