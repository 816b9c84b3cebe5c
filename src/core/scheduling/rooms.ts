import type { Layer } from './layers.ts'
import type { PlanRequest, RoomCalendar } from './request.ts'
import { dayNumber } from './zone.ts'

export const isOnline = ({ wishes }: Pick<PlanRequest, 'wishes'>, phase: Layer['phase']): boolean => phase.place === 'either' && wishes.online.includes(phase.type)
/** What a visit asks of a room and the room has not, or no longer has on that day. */
export const lacking = (room: RoomCalendar, layer: Pick<Layer, 'phase'>, dayNo?: number): readonly string[] =>
  (layer.phase.roomFeatures ?? []).filter((feature) => !room.features.includes(feature) || (dayNo !== undefined && endedBefore(room.featuresUntil?.[feature], dayNo)))
const endedBefore = (until: string | undefined, dayNo: number): boolean => until !== undefined && dayNumber(until) < dayNo
/** A room for whom nobody has said how many fit holds one. */
export const holds = (room: RoomCalendar, { patients }: Pick<PlanRequest, 'patients'>): boolean => (room.capacity ?? 1) >= (patients ?? 1)
