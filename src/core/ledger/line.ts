import { z } from 'zod'
import { freeText, id, instant, text } from '../chart/kinds/kind.ts'
import type { Day, Instant } from '../shared/time.ts'
import { containerSchema } from './container.ts'

const why = z.string().trim().min(3).max(1000)
/** Said where a thing is explained for good: one word explains nothing. */
export const reason = z.string().trim().min(10).max(2000)
const fromChart = { prepared: id.optional(), route: text(40).optional(), why: freeText(80).optional(), said: freeText(300).optional() }

/** What came of a difference: nothing to put right, or so much more or less in one container. */
export const adjustSchema = z.object({ container: id, way: z.enum(['more', 'less']), quantity: z.int().min(1).max(10_000_000) })
export type Adjust = z.infer<typeof adjustSchema>

/**
 * One line of the drug ledger says one thing about one container. It is written once: what was wrong is put right by
 * further lines. `quantity` is in microlitres or pieces, and never negative; the kind says which way it goes.
 */
export const lineKinds = {
  /** A registered place. Stock belongs to one of them and is never pooled. */
  place: z.object({ name: text(120), registration: freeText(40) }),
  received: containerSchema,
  /** `dose`: so much of it is for the dose; the rest was drawn to fill the needle, or by the line on the syringe. */
  drawn: z.object({ ...fromChart, dose: z.int().min(1).optional() }),
  given: z.object({ ...fromChart, order: id.optional(), doseUg: z.int().min(1) }),
  wasted: z.object({ how: text(200), why: freeText(80).optional(), said: freeText(300).optional() }),
  /** Whole pieces that were taken out and put back unopened. What is in a syringe never goes back. */
  returned: z.object({ why }),
  lost: z.object({ what: z.enum(['broken', 'spilled', 'missing', 'stolen']), why }),
  destroyed: z.object({ how: text(200), why, paper: freeText(80) }),
  'sent-away': z.object({ to: text(200), why, paper: freeText(80) }),
  transferred: z.object({ from: id, why }),
  counted: z.object({ expected: z.int().min(0), act: id }),
  witnessed: z.object({ name: text(200), method: z.enum(['pin', 'one-time-code', 'drawn', 'typed-name']), why: freeText(80).optional() }),
  resolved: z.object({ difference: text(120), reason, adjust: adjustSchema.optional() }),
  adjusted: z.object({ way: z.enum(['more', 'less']) }),
  /** Nothing is written into a place up to this moment any more; what comes later says so. */
  closed: z.object({ through: instant, onHand: z.array(z.object({ container: id, quantity: z.int().min(0) })).max(5_000) }),
} as const satisfies Record<string, z.ZodType>

export type LineKind = keyof typeof lineKinds
export type LineBody<Kind extends LineKind> = z.output<(typeof lineKinds)[Kind]>
export const lineKindNames = Object.keys(lineKinds) as LineKind[]

interface About {
  readonly id: string
  /** When it happened, and when it was written into the ledger. */
  readonly at: Instant
  readonly receivedAt: Instant
  readonly by: string
  readonly place: string
  readonly container?: string | undefined
  readonly quantity?: number | undefined
  /** The line that this one is about: a draw that was given or wasted, a waste that was witnessed. */
  readonly of?: string | undefined
  /** Where it comes from a chart: which, in which session, and the very entry. The ledger knows no names of patients. */
  readonly chart?: string | undefined
  readonly session?: string | undefined
  readonly entry?: string | undefined
  /** No: it was said on a chart and does not fit this ledger. Then it moves nothing, and is a difference until it is explained. */
  readonly fits: boolean
}
export type LineDraft = { [Kind in LineKind]: About & { readonly kind: Kind; readonly body: LineBody<Kind> } }[LineKind]
export type Line = LineDraft & { readonly seq: number; readonly digest: string }
export type LineOf<Kind extends LineKind> = Extract<Line, { kind: Kind }>

/** Who asks in which zone: a label's last day is a day on the practice's wall. */
export interface LedgerClock { readonly zone: string; readonly today: Day }
