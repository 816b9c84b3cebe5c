import { showClock } from '../../../../core/scheduling/zone.ts'
import { clockTime, shortDay } from '../../times.ts'
import type { Spot } from './carry.ts'
import type { Row } from './rows.ts'

/** "Fri, Dec 4, 9:15 AM, Room Cedar" */
export const spotWords = ({ day, minute }: Spot, { title, kind }: Pick<Row, 'title' | 'kind'>): string => `${shortDay(`${day}T12:00:00Z`, 'UTC')}, ${wallClock(minute)}, ${kind === 'room' ? `Room ${title}` : title}`
export const wallClock = (minute: number): string => clockTime(`2000-01-01T${showClock(minute)}:00Z`, 'UTC')
