import type { Role } from '../../core/access/roles.ts'
import { may } from '../../core/access/policy.ts'
import { staff } from '../store/practice.ts'
import type { Here } from './shell.ts'

export interface Signer { readonly person: string; readonly name: string; readonly roles: readonly Role[] }

/** Everybody here who may sign a loosened edition second. */
export async function whoSign(here: Here): Promise<Signer[]> {
  return (await staff(here)).filter(({ active, roles }) => active && may('rulebook.countersign', 'practice', roles))
}

/** Besides whoever asks. */
export const othersWhoSign = async (here: Here): Promise<Signer[]> => (await whoSign(here)).filter(({ person }) => person !== here.actor.person)
