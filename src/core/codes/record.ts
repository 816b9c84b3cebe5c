import { z } from 'zod'
import type { CheckedCode, CodeVerdict } from './check-codes.ts'
import type { CodeSystem, ShippedCode } from './code.ts'

const systems = ['icd10cm', 'rxnorm', 'loinc'] as const
const verdicts = ['there', 'heading', 'named-otherwise', 'not-an-ingredient', 'discouraged', 'deprecated', 'not-there'] as const

/** A file as it was published: its name, which release its name or whoever compared it says it is, and its digest. */
const comparedFile = z.object({ file: z.string().max(400), form: z.string().max(80), release: z.string().max(80).optional(), sha256: z.string().regex(/^[0-9a-f]{64}$/), codes: z.int().min(1) })
/** What the release says about a code that ships: of the table itself nothing else is kept. */
const answer = z.object({ code: z.string().max(40), prefix: z.boolean(), says: z.string().max(400).optional(), verdict: z.enum(verdicts), official: z.string().max(1000).optional() })
const compared = z.object({ system: z.enum(systems), at: z.string().max(40), files: z.array(comparedFile).min(1).max(20), answers: z.array(answer).max(5_000) })

/** What a practice has compared, each system by itself and as it was compared last. */
export const codesRecordSchema = z.object({ format: z.literal(1), compared: z.array(compared).max(systems.length) })
export type CodesRecord = z.infer<typeof codesRecordSchema>
export type Compared = z.infer<typeof compared>
export type ComparedFile = z.infer<typeof comparedFile>

export const nothingCompared: CodesRecord = { format: 1, compared: [] }

/** A comparison takes the place of the one before it of the same system; the other systems stay as they were compared. */
export function withCompared(before: CodesRecord, codes: readonly CheckedCode[], files: ReadonlyMap<CodeSystem, readonly ComparedFile[]>, at: string): CodesRecord {
  const now = [...files].map(([system, some]): Compared => ({
    system, at, files: [...some],
    answers: codes.flatMap(({ system: of, code, prefix, says, verdict, official }) => (of !== system || verdict === 'not-compared' ? [] : [{ code, prefix, verdict, ...(says !== undefined && { says }), ...(official !== undefined && { official }) }])),
  }))
  return { format: 1, compared: [...before.compared.filter(({ system }) => !files.has(system)), ...now].toSorted((a, b) => systems.indexOf(a.system) - systems.indexOf(b.system)) }
}

/** How each code that ships now stands. One that was added, renamed or widened since the comparison was not compared. */
export function standingCodes(shipped: readonly ShippedCode[], { compared: all }: CodesRecord): CheckedCode[] {
  const keyOf = (system: CodeSystem, { code, prefix, says }: { readonly code: string; readonly prefix: boolean; readonly says?: string | undefined }) => JSON.stringify([system, code, prefix, says ?? null])
  const answers = new Map(all.flatMap(({ system, answers: some }) => some.map((one) => [keyOf(system, one), one] as const)))
  return shipped.map((code) => {
    const found = answers.get(keyOf(code.system, code))
    const verdict: CodeVerdict = found?.verdict ?? 'not-compared'
    return { ...code, verdict, ...(found?.official !== undefined && { official: found.official }) }
  })
}
