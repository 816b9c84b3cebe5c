import type { Layer } from './layers.ts'
import type { Wish } from './request.ts'
import { clockMinutes, weekdayOf } from './zone.ts'

/** `refused` when a `must` is not kept, `missed` when nothing the patient would rather have is met. */
export function wishesFor(wishes: readonly Wish[], layer: Pick<Layer, 'type' | 'phase'>, dayNo: number, minute: number): 'refused' | 'missed' | 'met' | 'not-asked' {
  const asked = wishes.filter((wish) => !wish.types || wish.types.includes(layer.type))
  const fits = (wish: Wish) =>
    (!wish.weekdays || wish.weekdays.includes(weekdayOf(dayNo))) &&
    (wish.from === undefined || clockMinutes(wish.from) <= minute) &&
    (wish.to === undefined || minute + layer.phase.durationMin <= clockMinutes(wish.to))
  const musts = asked.filter((wish) => wish.strength === 'must')
  if (musts.length > 0 && !musts.some(fits)) return 'refused'
  const rathers = asked.filter((wish) => wish.strength === 'rather')
  if (rathers.length === 0) return 'not-asked'
  return rathers.some(fits) ? 'met' : 'missed'
}
