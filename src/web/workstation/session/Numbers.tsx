import { measured } from '../../../core/session/readings.ts'
import type { Parameter } from '../../../core/session/rows.ts'
import { minutesBetween } from '../../../core/shared/time.ts'
import { wallTime, type Room } from './room.ts'

const BIG: readonly { readonly label: string; readonly unit: string; readonly of: readonly Parameter[] }[] = [
  { label: 'Pressure', unit: 'mmHg', of: ['systolicMmHg', 'diastolicMmHg'] },
  { label: 'Pulse', unit: '/min', of: ['heartRatePerMin'] },
  { label: 'Saturation', unit: '%', of: ['spo2Percent'] },
  { label: 'Breathing', unit: '/min', of: ['respiratoryRatePerMin'] },
  { label: 'MOAA/S', unit: '', of: ['moaaS'] },
]

/** The last values, read from across the room, each with its own time: an old number is never shown as a new one. */
export function Numbers({ room }: { readonly room: Room }) {
  return (
    <section className="r-numbers" aria-label="Last readings">
      {BIG.map(({ label, unit, of }) => {
        const values = of.map((parameter) => measured(room.session.entries, parameter).at(-1))
        const newest = values.flatMap((value) => value?.at ?? []).toSorted().at(-1)
        const level = of.map((parameter) => levelOf(room, parameter)).find(Boolean)
        const shown = values.map((value) => value?.value ?? '–').join('/')
        return (
          <div key={label} className="r-number" data-level={level} data-parameter={of[0]}>
            <span className="r-number__label">{label}{unit && <small> {unit}</small>}</span>
            <span className="r-number__value">{shown}</span>
            <span className="r-number__when">{newest ? `${wallTime(newest, room.zone)}${ageOf(room, newest)}` : 'not taken'}{level && <b> {level}</b>}</span>
          </div>
        )
      })}
    </section>
  )
}

/** The level that stands for this number, in a word; nothing where none does. */
function levelOf({ session }: Room, parameter: Parameter): string | undefined {
  const standing = session.alerts.open.filter((alert) => alert.standing && alert.row.watches === parameter)
  return (['red', 'orange', 'yellow'] as const).find((level) => standing.some((alert) => alert.level === level))
}

function ageOf({ session }: Room, at: string): string {
  const minutes = Math.floor(minutesBetween(at, session.asOf))
  return minutes < 1 ? '' : ` · ${minutes} min ago`
}
