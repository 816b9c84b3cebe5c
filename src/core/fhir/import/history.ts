import { z } from 'zod'
import { noKnownAllergyCode, ownSystem, SNOMED } from '../codes.ts'
import { readWhen } from '../when.ts'
import { codesIn, codesOf, conceptSchema, fit, periodSchema, referenceSchema, sayIssue, statusOf, wordsOf, type Concept } from './pieces.ts'
import { broken, dateOf, fact, facts, sayPrecision, skipped, takenBack, type Reading, type Surroundings } from './reading.ts'

const conditionSchema = z.object({
  resourceType: z.literal('Condition'), clinicalStatus: conceptSchema.optional(), verificationStatus: conceptSchema.optional(), category: z.array(conceptSchema).optional(),
  code: conceptSchema.optional(), onsetDateTime: z.string().optional(), onsetPeriod: periodSchema.optional(), onsetString: z.string().optional(), recordedDate: z.string().optional(),
})

/** A diagnosis, problem or concern. One without a clinical status counts as active: silence is not "resolved". */
export function readCondition(resource: unknown, { setting }: Surroundings): Reading {
  const parsed = conditionSchema.safeParse(resource)
  if (!parsed.success) return broken(sayIssue(parsed.error))
  const condition = parsed.data
  const verification = statusOf(condition.verificationStatus)
  if (verification === 'entered-in-error') return takenBack('The source says this was entered in error.')
  if (verification === 'refuted') return takenBack('The source says this was ruled out.')
  const name = wordsOf(condition.code)
  if (!name) return broken('it does not say which condition')
  const said = statusOf(condition.clinicalStatus)
  const status = conditionStatus[said ?? 'active']
  if (!status) return broken(`the clinical status ${said} is not one that FHIR knows`)
  const recorded = dateOf(condition.recordedDate ?? condition.onsetDateTime ?? condition.onsetPeriod?.start, setting.now)
  if ('reason' in recorded) return broken(recorded.reason)
  const onset = condition.onsetDateTime ?? condition.onsetPeriod?.start
  const began = onset === undefined ? undefined : readWhen(onset)
  if (onset !== undefined && !began) return broken(`${onset} is not a date`)
  const body = { name: fit(name, 300), codes: codesOf(condition.code), status, ...(began?.day && { onset: began.day }), category: categoryOf(condition.category) }
  return facts([fact('condition.v1', body, recorded.when)], [
    !said && 'The source gives no clinical status; kept as active.', sayUnsure(verification),
    began && !began.day && `Began in ${onset}.`, condition.onsetString && `Began: ${condition.onsetString}.`,
  ])
}

/** Only an export of our own says more than that it is a problem. */
const ownCategories = ['surgery', 'genetic', 'indication'] as const
const categoryOf = (categories: readonly Concept[] | undefined) =>
  ownCategories.find((own) => (categories ?? []).some((category) => codesIn(category, ownSystem('condition-category')).includes(own))) ?? 'problem'

const conditionStatus: Record<string, 'active' | 'remission' | 'resolved' | undefined> = {
  active: 'active', recurrence: 'active', relapse: 'active', remission: 'remission', inactive: 'resolved', resolved: 'resolved',
}
const sayUnsure = (verification: string | undefined) =>
  verification !== undefined && verification !== 'confirmed' && `The source calls it ${fit(verification, 60)}.`

const doseSchema = z.object({
  text: z.string().optional(), patientInstruction: z.string().optional(), route: conceptSchema.optional(),
  doseAndRate: z.array(z.object({ doseQuantity: z.object({ value: z.number().optional(), unit: z.string().optional(), code: z.string().optional() }).optional() })).optional(),
})
const medicationRequestSchema = z.object({
  resourceType: z.literal('MedicationRequest'), status: z.string(), intent: z.string(), doNotPerform: z.boolean().optional(),
  medicationCodeableConcept: conceptSchema.optional(), medicationReference: referenceSchema.optional(),
  authoredOn: z.string().optional(), dosageInstruction: z.array(doseSchema).optional(),
})
const medicationSchema = z.object({ resourceType: z.literal('Medication'), code: conceptSchema.optional() })

/** A prescription or a medicine the person reports. What may still be taken counts as taken. */
export function readMedicationRequest(resource: unknown, { setting, find }: Surroundings): Reading {
  const parsed = medicationRequestSchema.safeParse(resource)
  if (!parsed.success) return broken(sayIssue(parsed.error))
  const request = parsed.data
  if (request.status === 'entered-in-error') return takenBack('The source says this was entered in error.')
  if (request.doNotPerform) return skipped('It says which medicine not to give; the chart has no entry for that.')
  if (request.status === 'draft') return skipped('A draft that was never signed.')
  if (request.intent === 'proposal' || request.intent === 'option') return skipped('A suggestion that nobody ordered.')
  const status = medicationStatus[request.status]
  if (!status) return broken(`the status ${fit(request.status, 40)} is not one that FHIR knows`)
  const medicine = medicineOf(request, find)
  if ('reason' in medicine) return broken(medicine.reason)
  const name = wordsOf(medicine)
  if (!name) return broken('it does not say which medicine')
  const authored = dateOf(request.authoredOn, setting.now)
  if ('reason' in authored) return broken(authored.reason)
  const dosage = (request.dosageInstruction ?? []).map(sayDose).filter(Boolean).join('; ')
  const body = { name: fit(name, 200), codes: codesOf(medicine), dosage: fit(dosage, 300), status, ...(authored.when?.day && { startedOn: authored.when.day }) }
  const open = request.status === 'on-hold' || request.status === 'unknown'
  return facts([fact('medication.v1', body, authored.when)], [open && `The source says ${request.status}; kept as active until somebody asks.`, sayPrecision(authored.when), dosage.length > 300 && 'The dosage was longer than the chart holds.'])
}

const medicationStatus: Record<string, 'active' | 'stopped' | undefined> = {
  active: 'active', 'on-hold': 'active', unknown: 'active', completed: 'stopped', stopped: 'stopped', cancelled: 'stopped',
}

function medicineOf(request: z.infer<typeof medicationRequestSchema>, find: Surroundings['find']): Concept | { readonly reason: string } {
  if (request.medicationCodeableConcept) return request.medicationCodeableConcept
  const { reference, display } = request.medicationReference ?? {}
  if (reference !== undefined) {
    const found = medicationSchema.safeParse(find(reference))
    if (found.success && wordsOf(found.data.code)) return found.data.code ?? {}
    if (!display?.trim()) return { reason: `it refers to ${fit(reference, 120)}, which is not in the file` }
  }
  return display?.trim() ? { text: display } : { reason: 'it does not say which medicine' }
}

function sayDose(dose: z.infer<typeof doseSchema>): string {
  if (dose.text?.trim()) return dose.text.trim()
  const amounts = (dose.doseAndRate ?? []).flatMap(({ doseQuantity: amount }) => (amount?.value === undefined ? [] : [`${amount.value} ${amount.unit ?? amount.code ?? ''}`.trim()]))
  return [...amounts, wordsOf(dose.route), dose.patientInstruction].filter(Boolean).join(', ')
}

const allergySchema = z.object({
  resourceType: z.literal('AllergyIntolerance'), clinicalStatus: conceptSchema.optional(), verificationStatus: conceptSchema.optional(), code: conceptSchema.optional(),
  onsetDateTime: z.string().optional(), recordedDate: z.string().optional(), criticality: z.string().optional(),
  reaction: z.array(z.object({ substance: conceptSchema.optional(), manifestation: z.array(conceptSchema).optional(), description: z.string().optional(), severity: z.string().optional() })).optional(),
})

/** An allergy stays active unless the source refutes it: "resolved" elsewhere is a note here, not an all-clear. */
export function readAllergy(resource: unknown, { setting }: Surroundings): Reading {
  const parsed = allergySchema.safeParse(resource)
  if (!parsed.success) return broken(sayIssue(parsed.error))
  const allergy = parsed.data
  const verification = statusOf(allergy.verificationStatus)
  if (verification === 'entered-in-error') return takenBack('The source says this was entered in error.')
  const recorded = dateOf(allergy.recordedDate ?? allergy.onsetDateTime, setting.now)
  if ('reason' in recorded) return broken(recorded.reason)
  const reactions = allergy.reaction ?? []
  const substance = wordsOf(allergy.code) ?? reactions.map((reaction) => wordsOf(reaction.substance)).find(Boolean)
  if (!substance) return broken('it does not say to what')
  if (saysNone(allergy.code, substance)) {
    if (verification === 'refuted') return skipped('It says that "no known allergies" does not hold, and names no allergy.')
    return facts([fact('list-reviewed.v1', { list: 'allergies', none: true }, recorded.when)], ['The source says that no allergy is known.'])
  }
  const reaction = reactions.flatMap((one) => [one.description, ...(one.manifestation ?? []).map(wordsOf)].filter(Boolean)).join(', ')
  const body = { substance: fit(substance, 200), codes: codesOf(allergy.code), ...(reaction && { reaction: fit(reaction, 300) }), status: verification === 'refuted' ? ('refuted' as const) : ('active' as const) }
  const clinical = statusOf(allergy.clinicalStatus)
  return facts([fact('allergy.v1', body, recorded.when)], [
    body.status === 'active' && clinical !== undefined && clinical !== 'active' && `The source calls it ${fit(clinical, 60)}; kept as active until somebody asks.`, sayUnsure(verification),
    allergy.criticality === 'high' && 'The source calls the risk high.',
  ])
}

const saysNone = (code: Concept | undefined, words: string) =>
  codesIn(code, SNOMED).includes(noKnownAllergyCode) || /^no known (allergies|allergy)\b(?!.*\bto\b)/i.test(words)
