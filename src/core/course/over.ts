import type { Step } from './step.ts'

export const COURSE_ENDED = 'ended'

/** A step that will not come any more, because its course was ended. */
export const isOver = ({ state, blockedBy }: Pick<Step, 'state' | 'blockedBy'>): boolean => state === 'not-yet' && blockedBy.some(({ code }) => code === COURSE_ENDED)
