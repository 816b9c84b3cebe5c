import type { CourseRule, Figure } from '../core/course/protocol.ts'
import type { SourceId } from './sources.ts'

/** Seen in the source named. */
export const seen = (...cites: readonly [SourceId, ...SourceId[]]): Figure => ({ tag: 'V', cites })
/** From memory: to be looked up before anybody leans on it. */
export const recalled = (...cites: readonly [SourceId, ...SourceId[]]): Figure => ({ tag: 'M', cites })
/** A default of the product that a medical director adopts; the sources beside P are what it leans on. */
export const proposed = (...leansOn: readonly SourceId[]): Figure => ({ tag: 'P', cites: ['P', ...leansOn] })
export const derived = (...cites: readonly [SourceId, ...SourceId[]]): Figure => ({ tag: 'D', cites })

export const rule = (id: string, says: string, figure: Figure): CourseRule => ({ id, says, ...figure })
