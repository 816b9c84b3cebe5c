import { createContext, useContext } from 'react'
import type { Room } from './room.ts'

export type SheetName =
  | 'vitals' | 'state' | 'effect' | 'comfort' | 'note' | 'dose' | 'more' | 'alerts' | 'emergency' | 'discharge' | 'close' | 'problems' | 'before' | 'people' | 'identity' | 'escort' | 'kit' | 'reach' | 'day' | 'screen' | 'rescue' | 'withdraw' | 'pin' | 'questions' | 'hand-over' | 'status' | 'guests'
export type OpenSheet = { readonly name: SheetName } | { readonly name: 'correct' | 'spoken'; readonly entry: string }

interface InRoom {
  readonly room: Room
  readonly show: (sheet: SheetName | OpenSheet | null) => void
  /** Writes, and closes the sheet once it is durable. If it could not be kept, it says so and the sheet stays. */
  readonly run: (act: () => Promise<unknown>, then?: OpenSheet | SheetName | null | 'stay') => Promise<void>
}

export const RoomContext = createContext<InRoom | null>(null)

export function useInRoom(): InRoom {
  const here = useContext(RoomContext)
  if (!here) throw new Error('This belongs inside the session room')
  return here
}
