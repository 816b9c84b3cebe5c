import { z } from 'zod'

export const FORMAT = 'openkap-registry-aggregate'
export const FORMAT_VERSION = 1

/** How many people; `few` where it is somebody, but fewer than may be told; `beside` where it would tell how few another is. */
const told = z.union([z.int().min(0), z.literal('few'), z.literal('beside')])
export type Told = z.infer<typeof told>
const text = z.string().max(200)
const day = z.int().min(0).max(40_000)

export const verdicts = ['response', 'remission', 'reliable', 'worse'] as const
const measure = z.strictObject({ instrument: text.min(1), people: told, missing: told, response: told, remission: told, reliable: told, worse: told })
const interval = z.strictObject({ fromDay: day, toDay: day, atRisk: z.int().min(0), relapses: z.int().min(0), ended: z.int().min(0) })
const event = z.strictObject({ term: text.min(1), people: told, grades: z.array(z.strictObject({ grade: z.int().min(1).max(5), people: told })).max(5) })
const cell = z.strictObject({
  protocol: text.min(1), indication: text.min(1), route: text.min(1), people: z.int().min(1),
  measures: z.array(measure).max(50), events: z.array(event).max(500),
})

/** Counts of many people, as practices exchange them: nobody's row, and nothing about few. The cells share nobody. */
export const aggregateFile = z.strictObject({
  format: z.literal(FORMAT), version: z.literal(FORMAT_VERSION), practice: z.strictObject({ id: z.string().regex(/^[0-9a-f]{20}$/, 'is a name of 20 hex digits'), name: text.min(1) }),
  fewest: z.int().min(2).max(1_000), rules: text, edition: text, madeAt: z.iso.datetime(), countedTo: z.iso.date(),
  cells: z.array(cell).max(5_000),
  /** How long responses held, of all cells together: in small cells it would be told where nobody relapsed, and hidden where some did. */
  kept: z.strictObject({ people: told, intervals: z.array(interval).max(50) }),
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in hex'),
})
export type AggregateFile = z.infer<typeof aggregateFile>
export type AggregateCell = AggregateFile['cells'][number]
/** What is counted of a practice. */
export type AggregateCounts = Pick<AggregateFile, 'cells' | 'kept'>
export type AggregateMeasure = AggregateCell['measures'][number]
