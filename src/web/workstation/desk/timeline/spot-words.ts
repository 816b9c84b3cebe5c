import { sayClock } from '../../../../core/shared/local-day.ts'
import { shortDay } from '../../times.ts'
import type { Spot } from './carry.ts'
import type { Row } from './rows.ts'

/** "Fri, Dec 4, 9:15 AM, Room Cedar" */
export const spotWords = ({ day, minute }: Spot, { title, kind }: Pick<Row, 'title' | 'kind'>): string => `${shortDay(`${day}T12:00:00Z`, 'UTC')}, ${sayClock(minute)}, ${kind === 'room' ? `Room ${title}` : title}`
