import { useState } from 'react'
import { instant, plusMinutes, type Instant } from '../../../../core/shared/time.ts'
import { RadioTiles, TimeField } from '../../../kit/index.ts'
import { wallTime } from '../room.ts'

const CHOICES = [{ value: '0', label: 'Now' }, { value: '2', label: '2 min ago' }, { value: '5', label: '5 min ago' }, { value: '10', label: '10 min ago' }, { value: 'other', label: 'At…' }] as const
type Choice = (typeof CHOICES)[number]['value']

export interface When {
  readonly choice: Choice
  readonly clock: string | null
}
export const justNow: When = { choice: '0', clock: null }

/** When it happened, which is not always when it is written down. */
export function WhenField({ value, onChange }: { readonly value: When; readonly onChange: (when: When) => void }) {
  return (
    <div className="r-when">
      <RadioTiles label="When" choices={CHOICES} value={value.choice} tile="6.5rem" onChange={(choice) => onChange({ ...value, choice })} />
      {value.choice === 'other' && <TimeField label="Time of day" value={value.clock} onChange={(clock) => onChange({ ...value, clock })} />}
    </div>
  )
}

export function useWhen() {
  const [when, setWhen] = useState<When>(justNow)
  return { when, setWhen, field: <WhenField value={when} onChange={setWhen} /> }
}

/** The moment meant; undefined while a time is still to be typed. A time of day that lies ahead was yesterday's. */
export function momentOf({ choice, clock }: When, now: Instant, zone: string): Instant | undefined {
  if (choice !== 'other') return choice === '0' ? now : plusMinutes(now, -Number(choice))
  if (!clock) return undefined
  const [hours, minutes] = clock.split(':').map(Number)
  const [nowHours, nowMinutes] = wallTime(now, zone).split(':').map(Number)
  const back = ((nowHours! * 60 + nowMinutes! - (hours! * 60 + minutes!)) % 1_440 + 1_440) % 1_440
  return instant(Math.floor(Date.parse(now) / 60_000) * 60_000 - back * 60_000)
}

/** How `write` is told; nothing where it happened just now, so that the device's own moment counts. */
export const atOf = (when: When, now: Instant, zone: string): { readonly at?: Instant } => {
  if (when.choice === '0') return {}
  const at = momentOf(when, now, zone)
  return at === undefined ? {} : { at }
}
