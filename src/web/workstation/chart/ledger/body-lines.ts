import { spaced } from '../../../../core/fhir/export/history.ts'
import { showMoney } from '../../../../core/shared/units.ts'
import { plainDay } from '../../times.ts'
import { exactTime } from '../words.ts'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const DAY = /^\d{4}-\d\d-\d\d$/
/** The unit is the last word of a name: it says how the number is shown, and is not read out. */
const UNITS: readonly (readonly [suffix: string, show: (value: number) => string])[] = [
  ['UgPerMl', (value) => `${value / 1_000} mg/mL`], ['MmHg', (value) => `${value} mmHg`], ['PerMin', (value) => `${value} a minute`], ['Percent', (value) => `${value} %`], ['DeciC', (value) => `${value / 10} °C`], ['Cents', (value) => showMoney(value)],
  ['Days', (value) => `${value} days`], ['Ug', (value) => `${value / 1_000} mg`], ['Ul', (value) => `${value / 1_000} mL`], ['Mm', (value) => `${value / 10} cm`], ['G', (value) => `${value / 1_000} kg`],
]

interface Telling {
  readonly zone: string
  readonly name: (person: string) => string
}

/** What an entry holds, field by field, in words: units written out, people by name, moments by the practice's clock. */
export function bodyLines(body: object, telling: Telling): (readonly [label: string, value: string])[] {
  return Object.entries(body).flatMap(([key, value]) => {
    const says = show(key, value, telling)
    return says === '' ? [] : [[labelOf(key), says] as const]
  })
}

function labelOf(key: string): string {
  const unit = unitOf(key)
  return spaced(unit ? key.slice(0, -unit[0].length) : key)
}

const unitOf = (key: string) => UNITS.find(([suffix]) => key.endsWith(suffix) && key.length > suffix.length)

function show(key: string, value: unknown, telling: Telling): string {
  if (value === undefined || value === '') return ''
  if (value === null) return 'not answered'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return unitOf(key)?.[1](value) ?? String(value)
  if (typeof value === 'string') return word(value, telling)
  if (Array.isArray(value)) return value.length === 0 ? 'none listed' : value.map((one) => show(key, one, telling)).join('; ')
  return Object.entries(value as object).filter(([inner]) => !(inner === 'person' && 'name' in (value as object))).map(([inner, one]) => [labelOf(inner), show(inner, one, telling)] as const).filter(([, says]) => says !== '').map(([label, says]) => `${label} ${says}`).join(', ')
}

function word(value: string, { zone, name }: Telling): string {
  if (UUID.test(value)) return name(value) === 'somebody of this practice' ? `…${value.slice(-6)}` : name(value)
  if (INSTANT.test(value)) return exactTime(value, zone)
  if (DAY.test(value)) return plainDay(value)
  return /^[0-9a-f]{64}$/.test(value) ? `${value.slice(0, 12)}…` : value
}
