import type { Response } from '../../../core/contract/contract.ts'
import { inState, whereChoices, type Whereabouts } from '../../../core/shared/us-states.ts'
import { Select } from '../../kit/index.ts'
import { shortDay } from '../times.ts'

interface SitsInFieldProps {
  readonly value: Whereabouts | null | undefined
  /** As it stands on the chart. */
  readonly said: Response<'course'>['sitsIn']
  /** Whether a visit online is wished for, so that it has to be known. */
  readonly asks: boolean
  readonly onChange: (state: Whereabouts | null) => void
}

/** Where they sit for visits online. What is chosen is kept on the chart with its date. */
export function SitsInField({ value, said, asks, onChange }: SitsInFieldProps) {
  const stands = said ? `On the chart: ${inState(said.state)}, said ${shortDay(said.at)}.` : 'Not asked yet.'
  const hint = value && value !== said?.state ? `${stands} What you choose here is kept there with today’s date.` : `${stands} ${value ? 'Whoever sees them there needs its licence.' : asks ? 'Ask them: without it no licence is looked at for visits online.' : ''}`
  return <Select label="In which state they sit for visits online" optional={!asks} required={false} empty="Not asked" choices={whereChoices} value={value ?? null} onChange={onChange} hint={hint.trim()} />
}
