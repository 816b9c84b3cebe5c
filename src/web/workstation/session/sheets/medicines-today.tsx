import { ANYTHING_ELSE, medicinesToAsk, type MedicineToAsk } from '../../../../core/session/day-medicines.ts'
import type { FactValue } from '../../../../core/chart/facts.ts'
import type { Written } from '../../../sync/index.ts'
import { RadioTiles } from '../../../kit/index.ts'
import { dayStart, localDay, plusDaysOf } from '../../../../core/shared/local-day.ts'
import type { Instant } from '../../../../core/shared/time.ts'
import { plainDay } from '../../times.ts'
import { wallTime, type Room } from '../room.ts'

export type Taken = FactValue<'medicinesOnTheDay'>[number]['taken']

/** What is asked about in this room now: by the list, the way of the dose and the rows of the session's edition. */
export const askedAbout = ({ chart, session: { route }, rules: { book }, now, zone }: Room): readonly MedicineToAsk[] =>
  medicinesToAsk(chart, { rows: book.monitoring.gates.dayOf, route, limits: book.screening, clock: { now, zone } })

const CHOICES = [{ value: 'no', label: 'No' }, { value: 'as-needed', label: 'Yes, as needed' }, { value: 'as-prescribed', label: 'Yes, as prescribed' }, { value: 'not-known', label: 'Not known' }] as const satisfies readonly { readonly value: Taken; readonly label: string }[]

interface MedicinesTodayProps {
  readonly asked: readonly MedicineToAsk[]
  readonly said: Readonly<Record<string, Taken>>
  readonly room: Room
  readonly tried: boolean
  readonly onSaid: (medicine: string, taken: Taken) => void
}

/** One question for each medicine of the list that a row asks about, and one for what stands on no list. */
export function MedicinesToday({ asked, said, room, tried, onSaid }: MedicinesTodayProps) {
  return asked.map(({ medicine, since, rows }) => (
    <RadioTiles
      key={medicine} tile="9rem" choices={CHOICES} value={said[medicine] ?? null} onChange={(taken) => onSaid(medicine, taken)}
      label={`${medicine === ANYTHING_ELSE ? 'Anything else for sleep, pain, nerves, attention, allergies or a cold' : medicine}, ${sinceWhen(since, room)}`}
      problem={tried && !said[medicine] ? 'Not answered yet.' : undefined}
      {...(rows.length === 1 ? { hint: rows[0]!.says } : {})}
    />
  ))
}

/** As it is asked aloud: today; yesterday or today; since 10:15 yesterday. */
export function sinceWhen(since: Instant, { now, zone }: Pick<Room, 'now' | 'zone'>): string {
  const [day, today] = [localDay(since, zone), localDay(now, zone)]
  const yesterday = plusDaysOf(today, -1)
  if (since === dayStart(day, zone)) return day === today ? 'today' : day === yesterday ? 'yesterday or today' : `since ${plainDay(day)}`
  return `since ${wallTime(since, zone)} ${day === today ? 'today' : day === yesterday ? 'yesterday' : `on ${plainDay(day)}`}`
}

/** What was said, with the moment it was asked from. All of it or nothing: the newest answer counts, and half of one would leave the rest unasked. */
export function writtenMedicines(asked: readonly MedicineToAsk[], said: Readonly<Record<string, Taken>>): Written[] {
  const value = asked.flatMap(({ medicine, since }) => (said[medicine] ? [{ medicine, since, taken: said[medicine] }] : []))
  return value.length === 0 ? [] : [{ kind: 'fact.v1', body: { fact: 'medicinesOnTheDay', state: 'answered', value } }]
}
