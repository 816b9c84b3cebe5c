import { z } from 'zod'
import type { Role } from '../../access/roles.ts'
import { day, id, kind, text } from './kind.ts'

const forPrescribers = ['prescriber', 'medical-director'] as const satisfies readonly Role[]

/**
 * Signs that medicine may be misused or go elsewhere. Whoever treats may tell of one; prescribers alone read them, so that
 * a suspicion is weighed by somebody who can act on it, and stands on no screen as an accusation.
 */
export const misuseKinds = {
  /** `seen` is false where somebody looked and it was not so. */
  'misuse-sign.v1': kind({ body: z.object({ sign: text(60), seen: z.boolean(), on: day, said: text(2000) }), write: ['therapist', 'prescriber', 'monitor'], read: forPrescribers, corrected: 'never' }),
  /** A prescriber has read these entries, and says what came of it. */
  'misuse-reviewed.v1': kind({
    body: z.object({ read: z.array(id).max(400), found: z.array(z.object({ sign: text(60), state: z.enum(['met', 'not-met', 'not-evaluable']) })).max(40), edition: text(80), reason: z.string().trim().min(20).max(4000) }),
    write: ['prescriber'], read: forPrescribers, corrected: 'never',
  }),
} as const
