import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'

/**
 * How a change of visits stands that the patient was told of or asked about. `waiting`: the old times stand, the new ones
 * are held. `declined`, `lost` and `lapsed` are for the practice to settle; `overtaken` means that the visits have moved on.
 */
export type ChangeState = 'told' | 'waiting' | 'agreed' | 'declined' | 'lost' | 'lapsed' | 'overtaken' | 'taken-back' | 'settled'

export interface ToldChange {
  readonly told: EntryOf<'change-told.v1'>
  readonly state: ChangeState
  readonly answer?: EntryOf<'change-answered.v1'> | undefined
}

/** Oldest first. What was settled, and what was answered, stays so. */
export function toldChanges(chart: Chart, now: Instant): readonly ToldChange[] {
  // By what was written last, not by the hour: a visit that went away and came back has moved on as well.
  const lastTouched = new Map([...chart.all('visit-moved.v1').map(({ seq = 0, body }) => [body.to.visit, seq] as const), ...chart.all('visit-cancelled.v1').map(({ seq = 0, body }) => [body.visit, seq] as const)].toSorted(([, a], [, b]) => a - b))
  const answers = new Map(chart.all('change-answered.v1').map((entry) => [entry.body.told, entry]))
  const settled = new Map(chart.all('change-settled.v1').map((entry) => [entry.body.told, entry.body.how]))
  return chart.all('change-told.v1').map((told): ToldChange => {
    const { way, changes, until } = told.body
    const answer = answers.get(told.id)
    const how = settled.get(told.id)
    const stand = changes.map(({ from }) => (lastTouched.get(from.visit) ?? 0) < (told.seq ?? 0))
    const state = (): ChangeState => {
      if (how) return how
      if (answer?.body.answer === 'yes' && !answer.body.lost) return 'agreed'
      if (way === 'cancelled') return 'told'
      // Whoever moved one of them has looked at it again; as long as another stands as it was, there is something to settle.
      if (answer) return stand.includes(true) ? (answer.body.lost ? 'lost' : 'declined') : 'overtaken'
      if (way === 'moved') return stand.every(Boolean) ? 'told' : 'overtaken'
      if (until !== undefined && until <= now) return stand.includes(true) ? 'lapsed' : 'overtaken'
      return stand.every(Boolean) ? 'waiting' : 'overtaken'
    }
    return { told, answer, state: state() }
  })
}

type Change = EntryOf<'change-told.v1'>['body']['changes'][number]

/** Another time, another way to come, or no visit: what the patient notices. A room or a colleague that changes is the practice's own matter. */
export const isNoticed = ({ from, to }: Change): boolean => to === undefined || from.startsAt !== to.startsAt || from.endsAt !== to.endsAt || from.online !== to.online

const TO_SETTLE: readonly ChangeState[] = ['declined', 'lost', 'lapsed']

/** What a person of the practice has to look at, until one of them says that it is settled. */
export const changesToSettle = (chart: Chart, now: Instant): readonly ToldChange[] => toldChanges(chart, now).filter(({ state }) => TO_SETTLE.includes(state))

export const waitingChange = (chart: Chart, now: Instant): ToldChange | undefined => toldChanges(chart, now).find(({ state }) => state === 'waiting')
