import type { OnCallRead } from '../../../core/contract/on-call.ts'
import { plainDay } from '../times.ts'
import { dayNameOf } from '../practice/hours.ts'

export type Rota = OnCallRead['rota']
/** As it is being typed: nothing is chosen beforehand. */
export interface HoursDraft {
  readonly from: string | null
  readonly to: string | null
  readonly first: string | null
  readonly second: string | null
}
export interface RotaDraft {
  readonly weekly: readonly (HoursDraft & { readonly weekday: number })[]
  readonly days: readonly { readonly day: string; readonly note: string; readonly hours: readonly HoursDraft[] }[]
  readonly everyone: readonly string[]
}
export const blankHours: HoursDraft = { from: null, to: null, first: null, second: null }

const isWhole = (hours: HoursDraft): hours is Rota['days'][number]['hours'][number] => hours.from !== null && hours.to !== null && hours.first !== null && hours.first !== hours.second

/** What still has to be said before it can be kept. */
export function rotaProblems({ weekly, days }: RotaDraft): string[] {
  const open = (hours: HoursDraft, where: string) => (isWhole(hours) ? [] : [hours.first !== null && hours.first === hours.second ? `${where}: the second is somebody else than the first.` : `${where}: say from when, to when, and who is first, or take the hours away.`])
  return [...new Set([...weekly.flatMap((hours) => open(hours, dayNameOf(hours.weekday))), ...days.flatMap(({ day, hours }) => hours.flatMap((one) => open(one, plainDay(day))))])]
}

/** The rota as it is sent; nothing while something is open. */
export function rotaOf(draft: RotaDraft): Rota | undefined {
  if (rotaProblems(draft).length > 0) return undefined
  const plain = ({ from, to, first, second }: HoursDraft) => ({ from: from!, to: to!, first: first!, second })
  return { weekly: draft.weekly.map((one) => ({ weekday: one.weekday, ...plain(one) })), days: draft.days.map(({ day, note, hours }) => ({ day, note: note.trim(), hours: hours.map(plain) })), everyone: [...draft.everyone] }
}
