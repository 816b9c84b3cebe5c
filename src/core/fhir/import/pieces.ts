import { z } from 'zod'
import { DATA_ABSENT, NULL_FLAVOR } from '../codes.ts'

/**
 * The pieces of FHIR that the chart reads. Unknown properties are let through and left behind; a property
 * that is there with the wrong type breaks the resource, since nobody can say what was meant.
 */
export const codingSchema = z.object({
  system: z.string().optional(), code: z.string().optional(), display: z.string().optional(),
  extension: z.array(z.object({ url: z.string(), valueDecimal: z.number().optional() })).optional(),
})
export const conceptSchema = z.object({ coding: z.array(codingSchema).optional(), text: z.string().optional() })
export const referenceSchema = z.object({
  reference: z.string().optional(), type: z.string().optional(), display: z.string().optional(),
  identifier: z.object({ system: z.string().optional(), value: z.string().optional() }).optional(),
})
export const periodSchema = z.object({ start: z.string().optional(), end: z.string().optional() })
export const identifierSchema = z.object({ system: z.string().optional(), value: z.string().optional(), use: z.string().optional() })

export type Concept = z.infer<typeof conceptSchema>
export type Reference = z.infer<typeof referenceSchema>

/** The words of a concept: what people wrote first, then what the code system calls it, then the bare code. */
export function wordsOf(concept: Concept | undefined): string | undefined {
  const codings = concept?.coding ?? []
  const words = [concept?.text, ...codings.map((coding) => coding.display), ...codings.map((coding) => coding.code)]
  return words.map((text) => text?.trim()).find((text) => text !== undefined && text !== '')
}

/** The codes of a concept as the chart keeps them. A code without a system stays out: nobody can look it up. */
export function codesOf(concept: Concept | undefined): { system: string; code: string; display?: string }[] {
  const whole = (concept?.coding ?? []).flatMap(({ system, code, display }) =>
    system && code && system.length <= 200 && code.length <= 80 ? [{ system, code, ...(display && { display: fit(display, 300) }) }] : [],
  )
  return whole.slice(0, 10)
}

export const codesIn = (concept: Concept | undefined, system: string): string[] =>
  (concept?.coding ?? []).flatMap((coding) => (coding.system === system && coding.code ? [coding.code] : []))

/** The code of a status, whichever system spells it. */
export const statusOf = (concept: Concept | undefined): string | undefined => concept?.coding?.find((coding) => coding.code)?.code

export const isAbsent = (concept: Concept | undefined): boolean =>
  (concept?.coding ?? []).length > 0 && (concept?.coding ?? []).every((coding) => coding.system === DATA_ABSENT || coding.system === NULL_FLAVOR)

/** Cuts a text to what the chart holds, and shows that it was cut. */
export function fit(text: string, max: number): string {
  const tidy = text.trim()
  return tidy.length <= max ? tidy : `${tidy.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The first thing wrong with a resource, as a sentence's end: `status: expected text`. */
export function sayIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  if (!issue) return 'its content could not be read'
  const where = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : ''
  const nested = issue.code === 'invalid_union' ? issue.errors.flat()[0]?.message : undefined
  return `${where}${nested ?? issue.message}`
}
