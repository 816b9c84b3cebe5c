import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Role } from '../../core/access/roles.ts'
import type { Response } from '../../core/contract/contract.ts'
import { call, Refused } from '../sync/client.ts'

export type Me = Response<'me'>

const asked = { queryKey: ['me'], queryFn: () => call('me'), staleTime: 60_000 } as const

/** Who is signed in here, or nothing while that is being asked; somebody who is not is led to the door. */
export function useMe(): Me | undefined {
  const { data, error } = useQuery(asked)
  if (error instanceof Refused && error.code === 'sign-in.needed') toTheDoor()
  return data
}

/** In whose name something is done. Where a page is so new that nobody knows it yet, it is waited for: what was pressed is not lost. */
export function useWhoActs(): () => Promise<Me> {
  const queries = useQueryClient()
  return () => queries.ensureQueryData(asked)
}

export const isOne = (me: Me | undefined, ...roles: Role[]) => Boolean(me?.roles.some((role) => roles.includes(role)))

export function useSignOut() {
  const queries = useQueryClient()
  return async () => {
    await call('signOut', { body: {} }).catch(() => {}) // Signed out on this device either way.
    queries.clear()
    window.location.assign('/sign-in')
  }
}

function toTheDoor() {
  const back = window.location.pathname + window.location.search
  if (!window.location.pathname.startsWith('/sign-in')) window.location.assign(`/sign-in?back=${encodeURIComponent(back)}`)
}

/** Where somebody's work is. */
export const homeOf = (me: Me) => (me.roles.every((role) => role === 'patient') ? '/my' : '/work')
