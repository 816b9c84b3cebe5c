import { z } from 'zod'
import { LOINC, negativeCodes, positiveCodes, pregnancyTestCodes } from '../codes.ts'
import { quantitySchema, type Quantity } from '../quantity.ts'
import type { When } from '../when.ts'
import { codesIn, codesOf, conceptSchema, fit, isAbsent, periodSchema, referenceSchema, sayIssue, wordsOf, type Concept } from './pieces.ts'
import { broken, dateOf, fact, facts, sayPrecision, skipped, takenBack, type Reading, type Surroundings } from './reading.ts'
import { readVital } from './vitals.ts'

const ratioSchema = z.object({ numerator: quantitySchema.optional(), denominator: quantitySchema.optional() })
const valueShape = {
  valueQuantity: quantitySchema.optional(), valueCodeableConcept: conceptSchema.optional(), valueString: z.string().optional(),
  valueBoolean: z.boolean().optional(), valueInteger: z.int().optional(), valueTime: z.string().optional(), valueDateTime: z.string().optional(),
  valueRange: z.object({ low: quantitySchema.optional(), high: quantitySchema.optional() }).optional(), valueRatio: ratioSchema.optional(), valuePeriod: periodSchema.optional(),
  dataAbsentReason: conceptSchema.optional(),
}
const observationSchema = z.object({
  resourceType: z.literal('Observation'), status: z.enum(['registered', 'preliminary', 'final', 'amended', 'corrected', 'cancelled', 'entered-in-error', 'unknown']),
  category: z.array(conceptSchema).optional(), code: conceptSchema,
  effectiveDateTime: z.string().optional(), effectiveInstant: z.string().optional(), effectivePeriod: periodSchema.optional(), issued: z.string().optional(),
  hasMember: z.array(referenceSchema).optional(), component: z.array(z.object({ code: conceptSchema, ...valueShape })).optional(), ...valueShape,
})
type Observation = z.infer<typeof observationSchema>
type Value = Pick<Observation, keyof typeof valueShape>

/** A measurement or answer: vital signs, weight, height and pregnancy tests by their own entries, the rest as observations. */
export function readObservation(resource: unknown, around: Surroundings): Reading {
  const parsed = observationSchema.safeParse(resource)
  if (!parsed.success) return broken(sayIssue(parsed.error))
  const observation = parsed.data
  if (observation.status === 'entered-in-error') return takenBack('The source says this was entered in error.')
  if (observation.status === 'cancelled') return skipped('The measurement was cancelled.')
  if (observation.status === 'registered') return skipped('Registered, without a result yet.')
  const dated = dateOf(observation.effectiveDateTime ?? observation.effectiveInstant ?? observation.effectivePeriod?.start ?? observation.issued, around.setting.now)
  if ('reason' in dated) return broken(dated.reason)
  const name = wordsOf(observation.code)
  if (!name) return broken('it does not say what was observed')
  const special = readVital(observation, dated.when, around) ?? readPregnancyTest(observation, dated.when)
  const reading = special ?? readGeneral(observation, name, dated.when)
  if (reading.becomes !== 'facts') return reading
  // A vital sign without a date would be taken for a reading of today.
  if (special && !dated.when) return broken('it has no date')
  return { ...reading, note: [reading.note, sayPrecision(dated.when), observation.status === 'preliminary' && 'The source calls it preliminary.'].filter(Boolean).join(' ') }
}

function readPregnancyTest(observation: Observation, when: When | undefined): Reading | undefined {
  const codes = codesIn(observation.code, LOINC)
  const specimen = codes.includes(pregnancyTestCodes.urine) ? 'urine' : codes.includes(pregnancyTestCodes.serum) || codes.includes(pregnancyTestCodes.serumBeta) ? 'serum' : undefined
  if (!specimen) return undefined
  const said = observation.valueCodeableConcept
  const coded = (said?.coding ?? []).map((coding) => coding.code ?? '')
  const words = (observation.valueString ?? wordsOf(said) ?? '').trim().toLowerCase()
  const positive = positiveCodes.some((code) => coded.includes(code)) || words === 'positive' || words === 'detected'
  const negative = negativeCodes.some((code) => coded.includes(code)) || words === 'negative' || words === 'not detected'
  // Neither, or both at once: kept as it was written, and no test result is made of it.
  if (positive === negative) return undefined
  if (!when) return broken('a pregnancy test needs its date')
  return facts([fact('pregnancy-test.v1', { result: positive ? 'positive' : 'negative', takenAt: when.at, specimen }, when)])
}

function readGeneral(observation: Observation, name: string, when: When | undefined): Reading {
  const codes = codesOf(observation.code)
  const own = valueOf(observation)
  const parts = (observation.component ?? []).flatMap((part) => {
    const value = valueOf(part)
    return value ? [`${wordsOf(part.code) ?? 'part'}: ${sayValue(value)}`] : []
  })
  if (!own && parts.length === 0) {
    if ((observation.hasMember ?? []).length > 0) return skipped('A panel that only lists its members; each member is read by itself.')
    return skipped(`No value was recorded (${wordsOf(observation.dataAbsentReason) ?? 'no reason given'}).`)
  }
  const coded = codes.length > 0 ? codes : [{ system: 'urn:ietf:rfc:3986', code: 'uncoded', display: fit(name, 300) }]
  const worded = parts.join('; ')
  const value = own ? (typeof own.value === 'number' ? own.value : fit([own.value, worded].filter(Boolean).join('; '), 500)) : fit(worded, 500)
  const body = { codes: coded, name: fit(name, 300), value, ...(own?.unit && { unit: fit(own.unit, 40) }), category: categoryOf(observation.category) }
  return facts([fact('observation.v1', body, when)], [
    typeof value === 'number' && worded && `With it: ${worded}.`,
    typeof value === 'string' && value.endsWith('…') && 'The text was longer than the chart holds.',
    !when && 'The source gives no date.',
  ])
}

interface Said { readonly value: number | string; readonly unit?: string }
const sayValue = ({ value, unit }: Said) => [value, unit].filter((part) => part !== undefined).join(' ')

function valueOf(value: Value): Said | undefined {
  if (value.valueQuantity) return amountOf(value.valueQuantity)
  if (value.valueInteger !== undefined) return { value: value.valueInteger }
  if (value.valueBoolean !== undefined) return { value: value.valueBoolean ? 'yes' : 'no' }
  const concept = conceptValue(value.valueCodeableConcept)
  const words = [value.valueString, concept, value.valueDateTime, value.valueTime, rangeOf(value), ratioOf(value), periodOf(value)].find((text) => text?.trim())
  return words === undefined ? undefined : { value: words.trim() }
}

const conceptValue = (concept: Concept | undefined) => (isAbsent(concept) && !concept?.text ? `not known (${wordsOf(concept) ?? 'no reason given'})` : wordsOf(concept))

function amountOf(quantity: Quantity): Said | undefined {
  if (quantity.value === undefined) return undefined
  const unit = quantity.unit ?? quantity.code
  if (quantity.comparator) return { value: `${quantity.comparator} ${quantity.value}${unit ? ` ${unit}` : ''}` }
  return { value: quantity.value, ...(unit && { unit }) }
}

const sayQuantity = (quantity: Quantity | undefined) => (quantity?.value === undefined ? '' : `${quantity.value} ${quantity.unit ?? quantity.code ?? ''}`.trim())
const rangeOf = ({ valueRange }: Value) => valueRange && `${sayQuantity(valueRange.low)} to ${sayQuantity(valueRange.high)}`
const ratioOf = ({ valueRatio }: Value) => valueRatio && `${sayQuantity(valueRatio.numerator)} : ${sayQuantity(valueRatio.denominator)}`
const periodOf = ({ valuePeriod }: Value) => valuePeriod && [valuePeriod.start, valuePeriod.end].filter(Boolean).join(' to ')

const kept = ['laboratory', 'vital-signs', 'survey', 'social-history'] as const
function categoryOf(categories: readonly Concept[] | undefined): (typeof kept)[number] | 'other' {
  const said = (categories ?? []).flatMap((category) => (category.coding ?? []).map((coding) => coding.code))
  return kept.find((category) => said.includes(category)) ?? 'other'
}
