import { useState } from 'react'
import { visitType, type VisitType } from '../../../core/chart/kinds/aftercare.ts'
import { lateFeeRule, MOST_FREE_HOURS, type LateCharge } from '../../../core/money/late-fee.ts'
import { NumberField, Stack } from '../../kit/index.ts'
import { visitNames } from '../desk/visits.ts'

const types = visitType.options.filter((type) => type !== 'inquiry-call')
type Unit = '$' | '%'
interface Row { readonly value: number | null; readonly unit: Unit }

const rowOf = (charge: LateCharge | undefined): Row => (charge === undefined ? { value: null, unit: '$' } : 'cents' in charge ? { value: charge.cents / 100, unit: '$' } : { value: charge.percent, unit: '%' })
const chargeOf = ({ value, unit }: Row): LateCharge | undefined => (value === null || value <= 0 ? undefined : unit === '$' ? { cents: Math.round(value * 100) } : { percent: Math.round(value) })

/** What a visit costs that is cancelled late or that nobody comes to. Proposed each time, and charged only by a person. */
export function LateFeeFields({ settings, set }: { readonly settings: Readonly<Record<string, unknown>>; readonly set: (key: string) => (value: unknown) => void }) {
  const kept = lateFeeRule(settings)
  const [hours, setHours] = useState<number | null>(Object.keys(kept.charges).length > 0 ? kept.freeUntilHours : null)
  const [rows, setRows] = useState<Readonly<Partial<Record<VisitType, Row>>>>(() => Object.fromEntries(types.map((type) => [type, rowOf(kept.charges[type])])))
  const change = (nextHours: number | null, next: typeof rows) => {
    setHours(nextHours)
    setRows(next)
    const charges = Object.fromEntries(types.flatMap((type) => { const charge = next[type] && chargeOf(next[type]); return charge ? [[type, charge]] : [] }))
    set('lateFee')(nextHours === null ? undefined : { freeUntilHours: nextHours, charges })
  }
  return (
    <Stack>
      <h2>When a visit is cancelled late</h2>
      <p className="soft">Never for what the practice cancels, and never for a clinical hold. A fee is proposed under Money and charged only when somebody says so; patients read it before they cancel. Without hours there is no fee.</p>
      <NumberField label="Free until, before the visit" unit="hours" optional min={0} max={MOST_FREE_HOURS} value={hours} onChange={(next) => change(next, rows)} />
      {hours !== null && (
        <div className="d-fields">
          {types.map((type) => {
            const row = rows[type] ?? rowOf(undefined)
            return <NumberField<Unit> key={type} label={visitNames[type] ?? type} optional units={['$', '%']} unit={row.unit} onUnitChange={(unit) => change(hours, { ...rows, [type]: { ...row, unit } })} decimals={row.unit === '$' ? 2 : 0} min={0} max={row.unit === '$' ? 100_000 : 100} value={row.value} onChange={(value) => change(hours, { ...rows, [type]: { ...row, value } })} />
          })}
        </div>
      )}
    </Stack>
  )
}
