import type { Entry } from '../../../core/chart/entry.ts'
import { sayEntry, type Told } from '../../../core/session/say-entry.ts'
import { sessionLabels } from '../../../knowledge/session-labels.ts'

export { alertActions as answers, closings } from '../../../core/session/say-entry.ts'

/** One entry in one line, as somebody would say it across the room. */
export const say = (entry: Entry, told: Omit<Told, 'labels'>): string => sayEntry(entry, { ...told, labels: sessionLabels })
