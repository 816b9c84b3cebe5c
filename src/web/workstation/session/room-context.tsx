import { createContext, useContext } from 'react'
import type { Room } from './room.ts'

export type SheetName =
  | 'vitals' | 'state' | 'effect' | 'comfort' | 'note' | 'dose' | 'more' | 'alerts' | 'emergency' | 'discharge' | 'close' | 'problems' | 'before' | 'people' | 'identity' | 'escort' | 'kit' | 'reach' | 'day' | 'screen' | 'rescue' | 'withdraw' | 'pin' | 'questions' | 'hand-over' | 'status' | 'guests'
export type OpenSheet = { readonly name: SheetName } | { readonly name: 'correct' | 'spoken'; readonly entry: string }

export type Show = (sheet: SheetName | OpenSheet | null) => void
/**
 * Writes, and closes the sheet once it is durable. If it could not be kept, it says so and the sheet stays; it stays as well where the act answers 'stay'.
 * A sheet that closes is written once. One that stays may be written again at once; `once` names an act of it that is not, until it is durable.
 */
export type Run = (act: () => Promise<unknown>, then?: OpenSheet | SheetName | null | 'stay', once?: string) => Promise<void>

interface InRoom {
  readonly room: Room
  readonly show: Show
  readonly run: Run
}

export const RoomContext = createContext<InRoom | null>(null)

export function useInRoom(): InRoom {
  const here = useContext(RoomContext)
  if (!here) throw new Error('This belongs inside the session room')
  return here
}
