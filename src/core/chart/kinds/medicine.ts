import { z } from 'zod'
import { clinicians, freeText, id, kind, signature, text } from './kind.ts'

const live = { write: ['therapist', 'prescriber', 'monitor'], read: clinicians, offline: true, corrected: 'never' } as const
const quantity = z.int().min(1).max(1_000_000)
/** Microlitres of a vial, or whole tablets, lozenges and devices. */
const measure = z.enum(['ul', 'piece'])

/**
 * What happens to medicine in the room: written on the chart first, with or without the network, and taken over by the
 * practice's drug ledger when it arrives. None of these is ever refused for what the ledger says.
 */
export const medicineKinds = {
  /** What a prepared dose was drawn from: a container of this practice, or what the person brought along, which is counted and is never stock. */
  'medicine-drawn.v1': kind({
    body: z.object({
      prepared: id, from: z.enum(['stock', 'own-supply']), container: id.optional(), lot: freeText(60), measure, quantity: quantity.optional(), dose: quantity.optional(),
      countedBefore: z.int().min(0).max(10_000).optional(), countedAfter: z.int().min(0).max(10_000).optional(),
    }).refine(({ from, container, quantity: drawn }) => (from === 'stock') === (container !== undefined && drawn !== undefined), 'stock is drawn from a container, and nobody else’s medicine is'),
    ...live,
  }),
  /** What was left and made unusable. `drawn` names the draw it was left of; without it, it was left in the container. */
  'medicine-wasted.v1': kind({ body: z.object({ container: id, drawn: id.optional(), measure, quantity, how: text(200) }), ...live }),
  /** Somebody else saw it. Whether they may is judged by the ledger: who gave the dose may be known later. */
  'waste-witnessed.v1': kind({ body: z.object({ wasted: id, signature }), ...live }),
} as const
