import type { EntryOf } from '../../chart/entry.ts'
import { answerSystem, DATA_ABSENT, linkIdOf, LOINC, ORDINAL_VALUE, ownExtension, questionnaireAddress, vitalCodes, type InstrumentCodes } from '../codes.ts'
import { category, concept, loinc, own, profile, quantity, type Resource } from './resource.ts'
import { about, type Writer, type Writing } from './writing.ts'

type Vitals = EntryOf<'vitals.v1'>

/** One reading becomes one observation for each thing measured; a pressure keeps its two values together. */
export const writeVitals: Writer<'vitals.v1'> = (entry, writing) => {
  const { systolicMmHg, diastolicMmHg, heartRatePerMin, respiratoryRatePerMin, spo2Percent, temperatureDeciC } = entry.body
  const vital = (suffix: string, name: string, rest: Readonly<Record<string, unknown>>): Resource => ({
    resourceType: 'Observation', id: `${entry.id}-${suffix}`, ...profile(name), status: 'final', category: category('vital-signs'), ...about(entry, writing), effectiveDateTime: entry.at,
    performer: [writing.person(entry.by)], note: [{ text: entry.body.position && `Position: ${entry.body.position}.` }], ...rest,
  })
  const found: Resource[] = []
  if (systolicMmHg !== undefined || diastolicMmHg !== undefined) found.push(vital('bp', 'blood-pressure', { code: loinc(vitalCodes.bloodPressure, 'Blood pressure panel'), component: pressures(systolicMmHg, diastolicMmHg) }))
  if (heartRatePerMin !== undefined) found.push(vital('hr', 'heart-rate', { code: loinc(vitalCodes.heartRate, 'Heart rate'), valueQuantity: quantity(heartRatePerMin, 'beats/min', '/min') }))
  if (respiratoryRatePerMin !== undefined) found.push(vital('rr', 'respiratory-rate', { code: loinc(vitalCodes.respiratoryRate, 'Respiratory rate'), valueQuantity: quantity(respiratoryRatePerMin, 'breaths/min', '/min') }))
  if (spo2Percent !== undefined) found.push(vital('ox', 'pulse-oximetry', saturation(entry.body, spo2Percent)))
  if (temperatureDeciC !== undefined) found.push(vital('bt', 'body-temperature', { code: loinc(vitalCodes.temperature, 'Body temperature'), valueQuantity: quantity(temperatureDeciC / 10, 'Cel', 'Cel') }))
  return found
}

function pressures(systolicMmHg: number | undefined, diastolicMmHg: number | undefined) {
  const part = (code: string, name: string, value: number | undefined) => ({
    code: loinc(code, name), ...(value === undefined ? { dataAbsentReason: concept(DATA_ABSENT, 'unknown', 'Unknown') } : { valueQuantity: quantity(value, 'mmHg', 'mm[Hg]') }),
  })
  return [part(vitalCodes.systolic, 'Systolic blood pressure', systolicMmHg), part(vitalCodes.diastolic, 'Diastolic blood pressure', diastolicMmHg)]
}

/** Whether oxygen was given belongs to a saturation: 95 % on air and 95 % on oxygen are two findings. */
function saturation({ onRoomAir }: Vitals['body'], spo2Percent: number) {
  return {
    code: { coding: [{ system: LOINC, code: vitalCodes.oxygenSaturation, display: 'Oxygen saturation in Arterial blood' }, { system: LOINC, code: vitalCodes.pulseOximetry, display: 'Oxygen saturation in Arterial blood by Pulse oximetry' }], text: 'Oxygen saturation' },
    valueQuantity: quantity(spo2Percent, '%', '%'),
    component: onRoomAir === undefined ? undefined : [{ code: own('vital-detail', 'on-room-air', 'Breathing room air'), valueBoolean: onRoomAir }],
  }
}

export const writeMentalStatus: Writer<'mental-status.v1'> = (entry, writing) => {
  const scales = [['moaaS', 'MOAA/S'], ['rass', 'RASS'], ['orientation', 'Orientation, 0 to 4']] as const
  return scales.flatMap(([scale, name]) => {
    const value = entry.body[scale]
    if (value === undefined) return []
    return [{ resourceType: 'Observation', id: `${entry.id}-${scale.toLowerCase()}`, status: 'final', category: category('exam'), code: own('scale', scale, name), ...about(entry, writing), effectiveDateTime: entry.at, performer: [writing.person(entry.by)], valueQuantity: quantity(value, '{score}', '{score}') }]
  })
}

export const writeRating: Writer<'rating.v1'> = (entry, writing) => [{
  resourceType: 'Observation', id: entry.id, status: 'final', category: category('survey'), code: own('scale', entry.body.scale, `${entry.body.scale}, 0 to 10`),
  ...about(entry, writing), effectiveDateTime: entry.at, valueQuantity: quantity(entry.body.value, '{score}', '{score}'),
}]

/** The answers as they were given, and the total worked out from them, where every item has one. */
export const writeAnswers: Writer<'measure-answered.v1'> = (entry, writing) => {
  const { body } = entry
  const instrument = writing.setting.instruments.find((one) => one.id === body.instrument)
  const who = body.answeredBy === 'patient' ? writing.patient : { ...writing.person(entry.by), type: 'Practitioner' }
  const response: Resource = {
    resourceType: 'QuestionnaireResponse', id: entry.id, ...profile('questionnaireresponse'), extension: [body.textSha256 && { url: ownExtension('text-sha256'), valueString: body.textSha256 }], language: body.language === 'und' ? undefined : body.language,
    questionnaire: `${questionnaireAddress(body.instrument)}|${body.version}`, status: 'completed', ...about(entry, writing), authored: entry.at, author: who, source: who,
    item: Object.entries(body.answers).map(([item, value]) => answered(instrument, item, value)),
  }
  const total = writing.setting.totalOf(body.instrument, body.answers)
  return total === null ? [response] : [response, scoreOf(entry, total, instrument, writing)]
}

function answered(instrument: InstrumentCodes | undefined, item: string, value: number | boolean | null) {
  const row = instrument?.items.find((one) => one.item === item)
  const amount = typeof value === 'boolean' ? Number(value) : value
  const coded = row?.answers.find((answer) => answer.value === amount)
  const linkId = row ? linkIdOf(row) : item
  if (amount === null) return { linkId, text: row?.text }
  if (row?.as === 'yes-no' && coded) return { linkId, text: row.text, answer: [{ valueBoolean: amount === 1 }] }
  const code = coded?.loinc ? { system: LOINC, code: coded.loinc } : row?.as === 'choice' && coded ? { system: answerSystem(instrument!.id), code: String(amount) } : undefined
  const coding = code && { extension: [{ url: ORDINAL_VALUE, valueDecimal: amount }], ...code, display: coded?.display }
  return { linkId, text: row?.text, answer: [coding ? { valueCoding: coding } : { valueInteger: amount }] }
}

function scoreOf(entry: EntryOf<'measure-answered.v1'>, total: number, instrument: InstrumentCodes | undefined, writing: Writing): Resource {
  const name = `${instrument?.name ?? entry.body.instrument} total`
  return {
    resourceType: 'Observation', id: `${entry.id}-total`, ...profile('observation-screening-assessment'), status: 'final', category: category('survey'),
    code: instrument?.totalLoinc ? loinc(instrument.totalLoinc, name) : own('score', `${entry.body.instrument}-total`, name), ...about(entry, writing), effectiveDateTime: entry.at,
    performer: [writing.person(entry.by)], valueQuantity: quantity(total, '{score}', '{score}'), derivedFrom: [{ reference: `QuestionnaireResponse/${entry.id}` }],
  }
}
