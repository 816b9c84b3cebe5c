import type { Layer } from './layers.ts'
import type { Wish } from './request.ts'
import { clockMinutes, weekdayOf } from './zone.ts'

/** `refused` when a `must` is not kept, `missed` when nothing the patient would rather have is met. */
type WishAt = 'refused' | 'missed' | 'met' | 'not-asked'

export const wishesFor = (wishes: readonly Wish[], layer: Pick<Layer, 'type' | 'phase'>, dayNo: number, minute: number): WishAt => wishesOn(wishes, layer, dayNo)(minute)

/** The same for every start of one day. */
export function wishesOn(wishes: readonly Wish[], { type, phase }: Pick<Layer, 'type' | 'phase'>, dayNo: number): (minute: number) => WishAt {
  const asked = wishes.filter((wish) => !wish.types || wish.types.includes(type))
  const kept = (strength: Wish['strength']) => {
    const rows = asked.filter((wish) => wish.strength === strength)
    const today = rows.filter(({ weekdays }) => !weekdays || weekdays.includes(weekdayOf(dayNo)))
    const spans = today.map(({ from, to }) => ({ fromMin: from === undefined ? -Infinity : clockMinutes(from), toMin: to === undefined ? Infinity : clockMinutes(to) }))
    return rows.length === 0 ? undefined : (minute: number) => spans.some(({ fromMin, toMin }) => fromMin <= minute && minute + phase.durationMin <= toMin)
  }
  const [must, rather] = [kept('must'), kept('rather')]
  return (minute) => {
    if (must && !must(minute)) return 'refused'
    if (!rather) return 'not-asked'
    return rather(minute) ? 'met' : 'missed'
  }
}
