import { z } from 'zod'
import type { Counting, Scoring, Sign } from '../../measures/counting.ts'
import type { Instrument } from '../../measures/instrument.ts'

const words = z.string().min(1).max(4_000)
const id = z.string().min(1).max(40)
const ids = z.array(id).min(1).max(200)
const amount = z.number().min(-1_000).max(1_000)

const sum = { kind: z.literal('sum'), items: ids, reversed: ids.exactOptional(), times: amount.exactOptional(), unaskedCountsAs: amount.exactOptional() }
const mean = { kind: z.literal('mean'), items: ids, reversed: ids.exactOptional(), times: amount.exactOptional(), mayMiss: z.int().min(0).max(100).exactOptional() }
const highest = { kind: z.literal('highest'), groups: z.array(ids).min(1).max(100) }
const many = { kind: z.literal('count'), items: ids, from: amount }
const counting: z.ZodType<Counting> = z.discriminatedUnion('kind', [z.strictObject(sum), z.strictObject(mean), z.strictObject(highest), z.strictObject(many)])
const parts = { subscales: z.record(words, counting).exactOptional() }
const scoring: z.ZodType<Scoring> = z.discriminatedUnion('kind', [z.strictObject({ ...sum, ...parts }), z.strictObject({ ...mean, ...parts }), z.strictObject({ ...highest, ...parts }), z.strictObject({ ...many, ...parts }), z.strictObject({ kind: z.literal('none'), ...parts })])

const sign: z.ZodType<Sign> = z.lazy(() => z.union([
  z.strictObject({ items: ids, from: amount, howMany: z.int().min(1).max(200) }), z.strictObject({ score: words, atLeast: amount }), z.strictObject({ score: words, below: amount }),
  z.strictObject({ any: z.array(sign).min(1).max(50) }), z.strictObject({ all: z.array(sign).min(1).max(50) }), z.strictObject({ not: sign }),
]))

const level = z.enum(['none', 'low', 'moderate', 'high'])
const risk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), item: id, atLeast: amount, callFrom: amount, followedBy: id }),
  z.strictObject({ kind: z.literal('triage'), levels: z.array(z.strictObject({ level, anyOf: ids })).min(1).max(4) }),
])

const shown = z.enum(['prescriber-review', 'hold-dosing'])

const licence = z.strictObject({
  tier: z.enum(['T1', 'T2', 'T3', 'own']), holder: words, terms: words, condition: words.exactOptional(), collecting: z.enum(['free', 'by-permission']), source: words,
  text: z.enum(['shipped', 'from-practice']), textVerified: z.boolean(), unverifiedParts: z.array(words),
})

/** Everything of a row that FHIR has no element for. Strict: a slip of the pen must not read as silence. */
export type Definition = Omit<Instrument, 'id' | 'version' | 'title' | 'says' | 'language' | 'stem' | 'items' | 'canonicals'>
export const definitionSchema: z.ZodType<Definition> = z.strictObject({
  scoring, bands: z.array(z.strictObject({ from: amount, to: amount, name: words })).max(20), findings: z.array(z.strictObject({ id: words, says: words, when: sign })).max(20).exactOptional(),
  risk: risk.exactOptional(), flags: z.array(z.strictObject({ item: id, atLeast: amount, says: words, action: shown })).max(50).exactOptional(),
  loinc: z.strictObject({ panel: words.exactOptional(), total: words.exactOptional() }).exactOptional(),
  recallDays: z.int().min(0).max(36_500).nullable(), minDaysBetween: z.int().min(0).max(3_650), insteadWhenTooSoon: id.exactOptional(), containedIn: ids.exactOptional(),
  askedFromPaper: z.literal(true).exactOptional(), answeredBy: z.array(z.enum(['patient', 'clinician'])).min(1), moments: z.array(z.enum(['screening', 'baseline', 'before-dose', 'in-session', 'after-dose', 'day-after', 'weekly', 'follow-up', 'maintenance'])),
  validated: z.boolean(), licence, tags: z.record(words, z.enum(['V', 'M', 'D', 'P'])), evidence: z.record(words, z.strictObject({ source: words, verifiedOn: words.nullable(), verifiedBy: words.nullable() })),
  cites: z.tuple([words], words), verified: z.boolean(), reviewBy: z.string().regex(/^\d{4}-\d\d-\d\d$/),
})
