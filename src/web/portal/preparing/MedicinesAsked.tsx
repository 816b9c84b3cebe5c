import type { Chart } from '../../../core/chart/chart.ts'
import type { FactValue } from '../../../core/chart/facts.ts'
import { ANYTHING_ELSE, medicinesToAsk, type MedicineToAsk } from '../../../core/session/day-medicines.ts'
import { dayStart, localDay } from '../../../core/shared/local-day.ts'
import type { Instant } from '../../../core/shared/time.ts'
import { screeningLimits } from '../../../knowledge/eligibility.ts'
import { monitoring } from '../../../knowledge/monitoring.ts'
import { RadioTiles } from '../../kit/index.ts'
import type { Written } from '../../sync/chart-on-device.ts'
import { dayWords, when } from '../times.ts'

type Taken = FactValue<'medicinesOnTheDay'>[number]['taken']
export type TakenSaid = Readonly<Record<string, Taken>>

/** Those of her own list that the room asks about, whatever the route; how it is given is not told her beforehand. */
export const askedAbout = (chart: Chart, now: Instant, zone: string): readonly MedicineToAsk[] => medicinesToAsk(chart, { rows: monitoring.gates.dayOf, route: undefined, limits: screeningLimits, clock: { now, zone } })

const CHOICES = [{ value: 'no', label: 'No' }, { value: 'as-needed', label: 'Yes, because I needed it' }, { value: 'as-prescribed', label: 'Yes, as I always do' }, { value: 'not-known', label: 'I am not sure' }] as const satisfies readonly { readonly value: Taken; readonly label: string }[]

/** Midnight is the beginning of a day: nobody reads “12:00 AM” alike. */
export function sinceWords(since: Instant, now: Instant, zone: string): string {
  return since === dayStart(localDay(since, zone), zone) ? `the beginning of ${dayWords(since, now, zone).replace(/^on /, '')}` : when(since, now, zone)
}

/** Nobody is told here to leave a medicine out: what is taken every day goes on, and the prescriber decides. */
export function MedicinesAsked({ asked, said, now, zone, onSaid }: { readonly asked: readonly MedicineToAsk[]; readonly said: TakenSaid; readonly now: Instant; readonly zone: string; readonly onSaid: (said: TakenSaid) => void }) {
  return (
    <>
      {asked.map(({ medicine, since }) => (
        <RadioTiles
          key={medicine} tile="9.5rem" choices={CHOICES} value={said[medicine] ?? null} onChange={(taken) => onSaid({ ...said, [medicine]: taken })}
          label={medicine === ANYTHING_ELSE ? `Anything ${asked.length > 1 ? 'else ' : ''}for sleep, pain, nerves, attention, allergies or a cold since ${sinceWords(since, now, zone)}?` : `Have you taken ${medicine} since ${sinceWords(since, now, zone)}?`}
          {...(medicine === ANYTHING_ELSE ? { hint: 'Please go on with what you take every day, unless your prescriber told you otherwise.' } : {})}
        />
      ))}
    </>
  )
}

/** All of it or nothing: the newest answer counts, and half of one would leave the rest unasked. */
export function writtenMedicines(asked: readonly MedicineToAsk[], said: TakenSaid): { readonly facts: readonly Written[]; readonly problem?: string } {
  const given = asked.flatMap(({ medicine, since }) => (said[medicine] ? [{ medicine, since, taken: said[medicine] }] : []))
  if (given.length === 0) return { facts: [] }
  if (given.length < asked.length) return { facts: [], problem: 'One of the questions about medicines is still open.' }
  return { facts: [{ kind: 'fact.v1', body: { fact: 'medicinesOnTheDay', state: 'answered', value: given } }] }
}
