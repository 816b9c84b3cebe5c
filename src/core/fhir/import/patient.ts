import { z } from 'zod'
import { US_CORE } from '../codes.ts'
import { readWhen } from '../when.ts'
import { fit, identifierSchema, periodSchema, sayIssue } from './pieces.ts'
import { broken, fact, facts, type ImportSetting, type Made, type Reading } from './reading.ts'

const nameSchema = z.object({ use: z.string().optional(), text: z.string().optional(), family: z.string().optional(), given: z.array(z.string()).optional(), period: periodSchema.optional() })
const telecomSchema = z.object({ system: z.string().optional(), value: z.string().optional(), use: z.string().optional(), rank: z.number().optional(), period: periodSchema.optional() })
const addressSchema = z.object({ use: z.string().optional(), text: z.string().optional(), line: z.array(z.string()).optional(), city: z.string().optional(), state: z.string().optional(), postalCode: z.string().optional(), country: z.string().optional(), period: periodSchema.optional() })

export const patientSchema = z.object({
  resourceType: z.literal('Patient'),
  active: z.boolean().optional(),
  name: z.array(nameSchema).optional(), identifier: z.array(identifierSchema).optional(),
  telecom: z.array(telecomSchema).optional(), address: z.array(addressSchema).optional(),
  birthDate: z.string().optional(), gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  deceasedDateTime: z.string().optional(), deceasedBoolean: z.boolean().optional(),
  communication: z.array(z.object({ language: z.object({ coding: z.array(z.object({ code: z.string().optional() })).optional() }).optional(), preferred: z.boolean().optional() })).optional(),
  photo: z.array(z.unknown()).optional(),
  extension: z.array(z.object({ url: z.string(), valueCode: z.string().optional() })).optional(),
})
export type FhirPatient = z.infer<typeof patientSchema>

/** Who a patient is, for knowing the same person again. The name in use comes first, earlier ones after it. */
export interface Identity {
  readonly names: readonly { readonly given: string; readonly family: string }[]
  readonly birthDate?: string
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
}

/** A patient becomes demographics and, where the source says so, the sex recorded at birth. */
export function readPatient(resource: unknown, setting: ImportSetting): Reading {
  const parsed = patientSchema.safeParse(resource)
  if (!parsed.success) return broken(sayIssue(parsed.error))
  const patient = parsed.data
  const name = currentName(patient)
  if (!name?.family?.trim() || !name.given?.some((part) => part.trim())) return broken('a chart needs a family name and a given name')
  if (patient.birthDate === undefined) return broken('a chart needs a birth date')
  const born = readWhen(patient.birthDate)
  if (born?.said !== 'day') return broken(`the birth date ${patient.birthDate} is not a full day`)
  if (patient.birthDate > setting.now.slice(0, 10)) return broken(`the birth date ${patient.birthDate} lies in the future`)
  const died = deathOf(patient, setting)
  if (died.reason !== undefined) return broken(died.reason)
  const body = {
    givenName: fit(given(name), 100), familyName: fit(name.family, 100), birthDate: patient.birthDate,
    ...nicknameOf(patient), ...contactOf(patient), ...(patient.gender && { gender: patient.gender }), ...(died.day && { deceasedOn: died.day }),
  }
  return facts([fact('demographics.v1', body), ...sexAtBirth(patient)], [died.day && `Recorded as deceased on ${died.day}.`, patient.active === false && 'The source no longer keeps this record active.', patient.photo && patient.photo.length > 0 && 'A photo stands in the source and was left there: nobody here has asked the person for one.'])
}

/** Read even from a record that is otherwise broken, so that a duplicate of it is still noticed. */
export function identityOf(resource: unknown): Identity {
  const parsed = patientSchema.safeParse(resource)
  if (!parsed.success) return { names: [], identifiers: [] }
  const { name = [], identifier = [], birthDate } = parsed.data
  const current = currentName(parsed.data)
  return {
    names: name.toSorted((a, b) => Number(b === current) - Number(a === current)).flatMap((one) => (one.family && one.given?.length ? [{ given: given(one), family: one.family }] : [])),
    identifiers: identifier.flatMap(({ system, value, use }) => (value?.trim() && use !== 'temp' ? [{ system: system ?? '', value: value.trim() }] : [])),
    ...(birthDate && { birthDate }),
  }
}

type Name = z.infer<typeof nameSchema>
const given = (name: Name) => (name.given ?? []).map((part) => part.trim()).filter(Boolean).join(' ')
const ended = (one: { use?: string | undefined; period?: { end?: string | undefined } | undefined }) => one.use === 'old' || one.period?.end !== undefined

/** The name in use: an official one before the others, none that has ended, and never a maiden or nickname first. */
function currentName(patient: FhirPatient): Name | undefined {
  const names = (patient.name ?? []).filter((name) => !ended(name) && name.use !== 'maiden' && name.use !== 'nickname')
  return names.find((name) => name.use === 'official') ?? names.find((name) => name.use === 'usual') ?? names[0] ?? patient.name?.[0]
}

function nicknameOf(patient: FhirPatient): { preferredName?: string } {
  const nickname = patient.name?.find((name) => name.use === 'nickname' && !ended(name))
  const called = nickname && (given(nickname) || nickname.text?.trim())
  return called ? { preferredName: fit(called, 100) } : {}
}

function deathOf(patient: FhirPatient, setting: ImportSetting): { readonly day?: string; readonly reason?: string } {
  if (patient.deceasedDateTime !== undefined) {
    const died = readWhen(patient.deceasedDateTime)
    if (!died?.day) return { reason: `the date of death ${patient.deceasedDateTime} is not a full day` }
    if (patient.birthDate !== undefined && died.day < patient.birthDate) return { reason: `the date of death ${died.day} lies before the birth date` }
    if (died.day > setting.now.slice(0, 10)) return { reason: `the date of death ${died.day} lies in the future` }
    return { day: died.day }
  }
  if (patient.deceasedBoolean) return { reason: 'the source says that this person has died and gives no day; a chart records a death with its day' }
  return {}
}

function contactOf(patient: FhirPatient): { phone?: string; email?: string; address?: string; language?: string } {
  const telecom = (patient.telecom ?? []).filter((one) => !ended(one) && one.value?.trim())
  const phone = telecom.find((one) => one.system === 'phone')?.value
  const email = telecom.find((one) => one.system === 'email' && z.email().max(254).safeParse(one.value?.trim()).success)?.value
  const address = (patient.address ?? []).find((one) => !ended(one))
  const lines = address && [address.text ?? (address.line ?? []).join(', '), address.city, [address.state, address.postalCode].filter(Boolean).join(' '), address.country]
  const spoken = patient.communication ?? []
  const language = (spoken.find((one) => one.preferred) ?? spoken[0])?.language?.coding?.find((coding) => coding.code)?.code
  return {
    ...(phone && { phone: fit(phone, 40) }), ...(email && { email: email.trim() }),
    ...(lines?.some(Boolean) && { address: fit(lines.filter(Boolean).join(', '), 300) }), ...(language && language.length <= 20 && { language }),
  }
}

function sexAtBirth(patient: FhirPatient): Made[] {
  const said = patient.extension?.find((extension) => extension.url === `${US_CORE}/us-core-birthsex`)?.valueCode
  const value = said === 'M' || said === 'F' ? said : said === 'OTH' ? 'other' : undefined
  if (value) return [fact('fact.v1', { fact: 'sexAtBirth', state: 'answered', value })]
  if (said === 'ASKU') return [fact('fact.v1', { fact: 'sexAtBirth', state: 'declined' })]
  return said === 'UNK' ? [fact('fact.v1', { fact: 'sexAtBirth', state: 'not-known' })] : []
}
