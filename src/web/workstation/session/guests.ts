import { useCallback, useEffect, useState } from 'react'
import { useDevice, type GuestHere } from '../../sync/index.ts'
import { roomRoles, type Room } from './room.ts'

/** Somebody of the team who may sign in the room. */
export interface Colleague {
  readonly person: string
  readonly name: string
}

/** Everybody but whose device this is, each once; nobody where nothing can be sealed here, and in a drill. */
export function colleagues({ used }: Pick<Room, 'used'>, device: ReturnType<typeof useDevice>): readonly Colleague[] {
  if (!device.guests) return []
  const others = (used.head?.team ?? []).filter(({ person, role }) => person !== device.me.person && (roomRoles as readonly string[]).includes(role))
  return others.filter(({ person }, at) => others.findIndex((one) => one.person === person) === at).map(({ person, name }) => ({ person, name }))
}

/** The same room under the hands of a second person: what they sign goes by their PIN, and nothing is written in their name without it. */
export function asColleague(room: Room, { person, name }: Colleague): Room {
  const refuse = () => Promise.reject(new Error('They sign this with their own PIN.'))
  return { ...room, used: { ...room.used, me: { ...room.used.me, person, name } }, roles: (room.used.head?.team ?? []).filter((one) => one.person === person).map(({ role }) => role), write: refuse, writeAct: refuse }
}

/** Who can sign here now, also without a connection; asked of the server again whenever that is back. */
export function useGuests({ chartId, session: { session }, used: { connection } }: Pick<Room, 'chartId' | 'session' | 'used'>): readonly GuestHere[] {
  const { guests } = useDevice()
  const [here, setHere] = useState<readonly GuestHere[]>([])
  const read = useCallback(() => void guests?.here(session).then(setHere, () => {}), [guests, session])
  useEffect(() => { read(); return guests?.onChange(read) }, [guests, read])
  useEffect(() => { if (connection === 'live') void guests?.refresh(chartId, session).catch(() => {}) }, [guests, connection, chartId, session])
  return here
}
