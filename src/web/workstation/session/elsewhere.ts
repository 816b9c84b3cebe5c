import { isPresent, type Room } from './room.ts'
import type { OpenSheet, SheetName } from './room-context.tsx'

/**
 * Whether this person looks in from elsewhere: somebody who prescribes or directs, is not checked in, and has no other
 * part in the room. They read everything, answer, order, sign, and go on past a gate in words; they write down nothing
 * that only somebody at the bedside could have seen.
 */
export const isElsewhere = (room: Pick<Room, 'roles'> & Parameters<typeof isPresent>[0]): boolean =>
  !room.roles.includes('therapist') && !room.roles.includes('monitor') && !isPresent(room) && !room.session.closed

/** What is seen, measured, asked or done at the bedside. */
const atTheBedside: readonly SheetName[] = ['vitals', 'state', 'effect', 'comfort', 'note', 'identity', 'escort', 'kit', 'day', 'screen', 'rescue', 'hand-over']

export const mayOpen = (room: Parameters<typeof isElsewhere>[0], sheet: OpenSheet['name']): boolean => !isElsewhere(room) || !(atTheBedside as readonly string[]).includes(sheet)
