import { z } from 'zod'
import { clinicians, id, kind, signature, text } from './kind.ts'

const live = { write: ['therapist', 'prescriber', 'monitor'], read: clinicians, offline: true, corrected: 'never' } as const

/** One leaves the room and another takes over: both sign, the one who leaves first. Neither says that anybody left: that is `checked-out.v1`. */
export const reliefKinds = {
  /** What was handed over, word for word as the record said it at that moment. */
  'hand-over.v1': kind({ body: z.object({ to: id, items: z.array(z.object({ item: text(40), says: text(1000) })).min(1).max(20), signature }), ...live }),
  /** Every item that whoever takes over has read back. */
  'hand-over-taken.v1': kind({ body: z.object({ handOver: id, readBack: z.array(text(40)).min(1).max(20), signature }), ...live }),
} as const
