import type { Cited } from '../shared/cited.ts'
import type { VitalName } from './rows.ts'

/** When a typed value is asked about once more before it is written down. Nothing is ever changed or converted. */
export interface PlausibleVitalsRow extends Cited {
  /** Outside these a value is possible and rarely right. */
  readonly usual: Readonly<Partial<Record<VitalName, readonly [number, number]>>>
  /** Further than this from the last reading of the session, up or down. */
  readonly jump: Readonly<Partial<Record<VitalName, number>>>
  /** Systolic pressure lies at least so far above diastolic, and at most so far. */
  readonly apartMmHg: readonly [number, number]
}

export interface Doubt {
  readonly of: VitalName
  readonly value: number
  readonly says: string
}

type Values = Readonly<Partial<Record<VitalName, number>>>

const names: Readonly<Record<VitalName, string>> = {
  systolicMmHg: 'systolic pressure', diastolicMmHg: 'diastolic pressure', heartRatePerMin: 'pulse', respiratoryRatePerMin: 'breathing rate', spo2Percent: 'saturation', temperatureDeciC: 'temperature',
}
const vitals = Object.keys(names) as VitalName[]

/** What looks like a slip of the finger: one doubt for each value, in the words of the question that is asked. */
export function doubtsAbout(values: Values, last: Values, row: PlausibleVitalsRow): Doubt[] {
  return vitals.flatMap((of) => {
    const value = values[of]
    if (value === undefined || Number.isNaN(value)) return []
    const says = apart(of, values, row) ?? jumped(of, value, last[of], row) ?? unusual(of, value, row)
    return says === undefined ? [] : [{ of, value, says }]
  })
}

function unusual(of: VitalName, value: number, { usual }: PlausibleVitalsRow): string | undefined {
  const [low, high] = usual[of] ?? [-Infinity, Infinity]
  return value < low || value > high ? `A ${names[of]} of ${show(of, value)} is rare.` : undefined
}

function jumped(of: VitalName, value: number, before: number | undefined, { jump }: PlausibleVitalsRow): string | undefined {
  const most = jump[of]
  if (most === undefined || before === undefined || Math.abs(value - before) <= most) return undefined
  return `The last ${names[of]} was ${show(of, before)}; this says ${show(of, value)}.`
}

/** Said once, of the diastolic value: the two may have been typed into each other's place. */
function apart(of: VitalName, { systolicMmHg, diastolicMmHg }: Values, { apartMmHg: [least, most] }: PlausibleVitalsRow): string | undefined {
  if (of !== 'diastolicMmHg' || systolicMmHg === undefined || diastolicMmHg === undefined) return undefined
  if (diastolicMmHg >= systolicMmHg) return `Diastolic ${diastolicMmHg} is not below systolic ${systolicMmHg}.`
  const between = systolicMmHg - diastolicMmHg
  return between < least || between > most ? `${systolicMmHg} over ${diastolicMmHg} lie unusually ${between < least ? 'close together' : 'far apart'}.` : undefined
}

const show = (of: VitalName, value: number) => (of === 'temperatureDeciC' ? `${value / 10} °C` : String(value))
