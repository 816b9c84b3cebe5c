import { ageOn } from '../../shared/time.ts'
import { LOINC, ownSystem, vitalCodes } from '../codes.ts'
import { readAmount, type Dimension, type Quantity } from '../quantity.ts'
import type { When } from '../when.ts'
import { codesIn, wordsOf, type Concept } from './pieces.ts'
import { broken, fact, facts, skipped, type Reading, type Surroundings } from './reading.ts'

/** The part of an observation that a vital sign is read from. */
export interface Measured {
  readonly code: Concept
  readonly valueQuantity?: Quantity | undefined
  readonly dataAbsentReason?: Concept | undefined
  readonly component?: readonly { readonly code: Concept; readonly valueQuantity?: Quantity | undefined; readonly valueBoolean?: boolean | undefined; readonly dataAbsentReason?: Concept | undefined }[] | undefined
}

type VitalKey = 'systolicMmHg' | 'diastolicMmHg' | 'heartRatePerMin' | 'respiratoryRatePerMin' | 'spo2Percent' | 'temperatureDeciC'
interface VitalRow { readonly codes: readonly string[]; readonly key: VitalKey; readonly dimension: Dimension; readonly round: (value: number) => number }

/** A saturation is never rounded up; the others go to the nearest whole number. */
const vitalRows: readonly VitalRow[] = [
  { codes: [vitalCodes.heartRate], key: 'heartRatePerMin', dimension: 'rate', round: Math.round },
  { codes: [vitalCodes.respiratoryRate], key: 'respiratoryRatePerMin', dimension: 'rate', round: Math.round },
  { codes: [vitalCodes.oxygenSaturation, vitalCodes.pulseOximetry], key: 'spo2Percent', dimension: 'percent', round: Math.floor },
  { codes: [vitalCodes.temperature], key: 'temperatureDeciC', dimension: 'temperature', round: Math.round },
]
const pressureRows: readonly VitalRow[] = [
  { codes: [vitalCodes.systolic], key: 'systolicMmHg', dimension: 'pressure', round: Math.round },
  { codes: [vitalCodes.diastolic], key: 'diastolicMmHg', dimension: 'pressure', round: Math.round },
]

/** A vital sign, weight or height as the chart's own entry; undefined for anything else, which has a general entry. */
export function readVital(measured: Measured, when: When | undefined, around: Surroundings): Reading | undefined {
  const codes = codesIn(measured.code, LOINC)
  if (codes.includes(vitalCodes.bloodPressure)) return readBloodPressure(measured, when)
  if (codes.includes(vitalCodes.lyingLength)) return undefined
  const row = [...vitalRows, ...pressureRows].find((one) => one.codes.some((code) => codes.includes(code)))
  if (row) return readOne(row, measured, when)
  if (codes.includes(vitalCodes.weight)) return readBody(measured, when, around, { kind: 'weight.v1', key: 'weightG', dimension: 'weight' })
  if (codes.includes(vitalCodes.height)) return readBody(measured, when, around, { kind: 'height.v1', key: 'heightMm', dimension: 'height' })
  return undefined
}

function readOne(row: VitalRow, measured: Measured, when: When | undefined): Reading {
  if (!measured.valueQuantity) return sayAbsent(measured.dataAbsentReason)
  const amount = readAmount(measured.valueQuantity, row.dimension)
  if (!amount.ok) return broken(amount.refusal)
  const value = row.round(amount.value)
  const air = row.key === 'spo2Percent' ? roomAir(measured) : undefined
  return facts([fact('vitals.v1', { [row.key]: value, ...(air !== undefined && { onRoomAir: air }) }, when)], [sayRounded(measured.valueQuantity, row, value), air === false && 'Measured while oxygen was given.'])
}

/** 95 % with oxygen flowing is not 95 % on air. Silence about it stays silence. */
function roomAir(measured: Measured): boolean | undefined {
  const parts = measured.component ?? []
  if (parts.some((part) => codesIn(part.code, LOINC).includes(vitalCodes.oxygenFlow) && (part.valueQuantity?.value ?? 0) > 0)) return false
  return parts.find((part) => codesIn(part.code, ownSystem('vital-detail')).includes('on-room-air'))?.valueBoolean
}

function readBloodPressure(measured: Measured, when: When | undefined): Reading {
  const parts = measured.component ?? []
  const body: Partial<Record<VitalKey, number>> = {}
  const notes: (string | undefined)[] = []
  for (const row of pressureRows) {
    const part = parts.find((one) => codesIn(one.code, LOINC).some((code) => row.codes.includes(code)))
    const side = row.key === 'systolicMmHg' ? 'upper' : 'lower'
    if (!part?.valueQuantity) {
      notes.push(`The ${side} value was not recorded (${reasonOf(part?.dataAbsentReason)}).`)
      continue
    }
    const amount = readAmount(part.valueQuantity, row.dimension)
    if (!amount.ok) return broken(`${side} value: ${amount.refusal}`)
    body[row.key] = row.round(amount.value)
    notes.push(sayRounded(part.valueQuantity, row, row.round(amount.value)))
  }
  if (Object.keys(body).length === 0) return sayAbsent(measured.dataAbsentReason)
  if (body.systolicMmHg !== undefined && body.diastolicMmHg !== undefined && body.systolicMmHg < body.diastolicMmHg) {
    return broken(`the upper value ${body.systolicMmHg} is below the lower value ${body.diastolicMmHg}`)
  }
  return facts([fact('vitals.v1', body, when)], notes)
}

/** A child may weigh or measure less than the chart's own entry holds: kept as a general observation instead. */
function readBody(measured: Measured, when: When | undefined, around: Surroundings, row: { kind: 'weight.v1' | 'height.v1'; key: string; dimension: 'weight' | 'height' }): Reading | undefined {
  if (!measured.valueQuantity) return sayAbsent(measured.dataAbsentReason)
  const amount = readAmount(measured.valueQuantity, row.dimension)
  if (!amount.ok) return broken(amount.refusal)
  const value = Math.round(amount.value)
  const made = fact(row.kind, { [row.key]: value }, when)
  if ('reason' in made && made.tooSmall && value > 0 && isChild(when, around)) return undefined
  return facts([made])
}

function isChild(when: When | undefined, { birthDate, setting }: Surroundings): boolean {
  return birthDate !== undefined && ageOn(birthDate, (when?.at ?? setting.now).slice(0, 10)) < setting.adultFromYears
}

const reasonOf = (absent: Concept | undefined) => wordsOf(absent) ?? 'no reason given'
const sayAbsent = (absent: Concept | undefined): Reading => skipped(`No value was recorded (${reasonOf(absent)}).`)
const sayRounded = (quantity: Quantity, row: VitalRow, value: number) => {
  const exact = readAmount(quantity, row.dimension)
  return exact.ok && Math.abs(exact.value - value) > 1e-6 ? `Rounded from ${quantity.value} ${quantity.code ?? quantity.unit ?? ''}.` : undefined
}
