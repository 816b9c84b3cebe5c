import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Role } from '../../core/access/roles.ts'
import type { Response } from '../../core/contract/contract.ts'
import { call, Refused } from '../sync/client.ts'

export type Me = Response<'me'>

/** Who is signed in here, or nothing while that is being asked; somebody who is not is led to the door. */
export function useMe(): Me | undefined {
  const { data, error } = useQuery({ queryKey: ['me'], queryFn: () => call('me'), staleTime: 60_000 })
  if (error instanceof Refused && error.code === 'sign-in.needed') toTheDoor()
  return data
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
