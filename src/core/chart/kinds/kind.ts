import { z } from 'zod'
import type { Role } from '../../access/roles.ts'

/**
 * One row of the table of kinds: what an entry of this kind says, who may write it, who may read it,
 * and whether it may be written without the network.
 *
 * `through: 'entries'` is a fact and arrives by the append route. `through: 'act'` is a permission or a
 * binding act (a clearance, an order, a consent, a booking, a started session): only its own route may
 * write it, online, after judging it under the lock on the chart's head.
 */
export interface KindRow<Body extends z.ZodType = z.ZodType> {
  readonly body: Body
  readonly write: readonly Role[]
  readonly read: readonly Role[]
  readonly offline: boolean
  readonly through: 'entries' | 'act'
  /** Which of a person's streams holds it. A hidden stream has its own numbering, so it never looks like a gap. */
  readonly stream: 'chart' | 'notes' | 'journal'
  /**
   * What may correct it. `alike`: an entry of its own kind about the same matter. `note`: also a note of the same session
   * that takes it back as written by mistake. `never`: what comes after says how things stand now, and this stays said.
   */
  readonly corrected: 'alike' | 'note' | 'never'
}

const defaults = { offline: false, through: 'entries', stream: 'chart', corrected: 'alike' } as const

export const kind = <Body extends z.ZodType>(row: Pick<KindRow<Body>, 'body' | 'write' | 'read'> & Partial<KindRow<Body>>): KindRow<Body> => ({ ...defaults, ...row })

/** The people who treat: they read everything clinical on a chart whose care team they are on. */
export const clinicians = ['therapist', 'prescriber', 'monitor', 'medical-director'] as const satisfies readonly Role[]
/** Everybody on the care team, the patient and the desk. */
export const everybody = [...clinicians, 'patient', 'coordinator', 'owner'] as const satisfies readonly Role[]
export const cliniciansAndPatient = [...clinicians, 'patient'] as const satisfies readonly Role[]
export const desk = ['coordinator', 'owner'] as const satisfies readonly Role[]

export const text = (max: number) => z.string().trim().min(1).max(max)
export const freeText = (max: number) => z.string().trim().max(max)
export const id = z.uuid()
export const instant = z.iso.datetime({ precision: 3 })
export const day = z.iso.date()
/** The details by which somebody made sure who a person is: at least two. */
export const identifiedBy = z.array(z.enum(['name', 'birth-date', 'photo', 'address'])).min(2)
/** A code with its system, as FHIR writes it. The display text is for people; the code is what rules read. */
export const coding = z.object({ system: z.string().max(200), code: z.string().max(80), display: z.string().max(300).optional() })

/**
 * Signed on somebody else's device: whose it was, as which guest of it, and what only the key could write that this
 * person's own PIN opens there. The server knows the other half of that key (`lent.ts`).
 */
const lent = z.object({ by: id, name: text(200), guest: id, proof: z.string().regex(/^[A-Za-z0-9+/]{86}==$/) })

/** What a signature shows wherever the signed thing is shown: printed name, time, meaning, and how it was made. */
export const signature = z.object({
  person: id,
  name: text(200),
  meaning: z.enum(['authorship', 'approval', 'review', 'consent', 'confirmation']),
  method: z.enum(['one-time-code', 'pin', 'drawn', 'typed-name']),
  signedAt: instant,
  lent: lent.optional(),
})
export type Signature = z.infer<typeof signature>
