import { z } from 'zod'
import { itemsOf, type Sign } from '../../measures/counting.ts'
import type { AnswerScale, Instrument, InstrumentItem } from '../../measures/instrument.ts'
import { ok, refuse, type Result } from '../../shared/result.ts'
import { ORDINAL_VALUE } from '../codes.ts'
import { definitionSchema, type Definition } from './definition.ts'
import { DEFINITION, STEM, writeQuestionnaire } from './write.ts'

/** Why a file of questionnaires was not read: where in it, and what is wrong there. */
export interface QuestionnaireRefusal { readonly path: string; readonly reason: string }

const words = z.string().min(1).max(4_000)
const ordinal = z.object({ url: z.literal(ORDINAL_VALUE), valueDecimal: z.int().min(0).max(100) })
const coding = z.object({ extension: z.tuple([ordinal]), system: words, code: words, display: words })
const extension = z.object({ url: words, valueString: z.string().max(60_000).optional(), valueInteger: z.int().optional() })
const itemSchema = z.object({
  id: z.string().min(1).max(40).optional(), linkId: words, text: words, type: z.enum(['display', 'choice', 'boolean', 'integer']), required: z.boolean().optional(), code: z.array(z.object({ code: words })).max(1).optional(),
  enableWhen: z.array(z.object({ question: words, answerBoolean: z.boolean().optional(), answerInteger: z.int().optional(), answerCoding: coding.optional() })).max(1).optional(),
  extension: z.array(extension).optional(), answerOption: z.array(z.object({ valueCoding: coding })).min(1).max(101).optional(), item: z.array(z.object({ text: words })).optional(),
})
const questionnaireSchema = z.object({
  resourceType: z.literal('Questionnaire'), id: words, version: words, title: words, language: words, description: words, derivedFrom: z.array(words).optional(),
  extension: z.array(extension).optional(), item: z.array(itemSchema).min(1).max(300),
})
type Item = z.infer<typeof itemSchema>

/** All of a file, or nothing: one Questionnaire, a list of them, or a Bundle. The first fault is named by its place. */
export function readQuestionnaires(input: unknown): Result<readonly Instrument[], QuestionnaireRefusal> {
  const found: Instrument[] = []
  const given = resourcesOf(input)
  if (given.length === 0) return refuse({ path: 'the file', reason: 'it holds no questionnaire' })
  for (const { resource, path } of given) {
    const read = readQuestionnaire(resource, path)
    if (!read.ok) return read
    if (found.some(({ id }) => id === read.value.id)) return refuse({ path: `${path}.id`, reason: `${read.value.id} is in the file twice` })
    found.push(read.value)
  }
  return ok(found)
}

function resourcesOf(input: unknown): { resource: unknown; path: string }[] {
  if (Array.isArray(input)) return input.map((resource: unknown, place) => ({ resource, path: `[${place}]` }))
  const entries = (input as { resourceType?: unknown; entry?: unknown } | null)?.resourceType === 'Bundle' ? (input as { entry?: unknown }).entry : undefined
  if (Array.isArray(entries)) return entries.map((entry: unknown, place) => ({ resource: (entry as { resource?: unknown } | null)?.resource, path: `Bundle.entry[${place}].resource` }))
  return [{ resource: input, path: 'Questionnaire' }]
}

/**
 * Reads back what `writeQuestionnaire` wrote. What was read is written again and held against what came: whatever would be
 * lost or read otherwise refuses the whole resource. Only `meta` and the narrative in `text` may differ.
 */
function readQuestionnaire(resource: unknown, path: string): Result<Instrument, QuestionnaireRefusal> {
  const parsed = questionnaireSchema.safeParse(resource)
  if (!parsed.success) return refuse(issueOf(parsed.error, path))
  const { id, version, title, language, description, derivedFrom, item } = parsed.data
  const definition = readDefinition(parsed.data.extension ?? [], path)
  if (!definition.ok) return definition
  const stem = item.find(({ linkId, type }) => linkId === STEM && type === 'display')
  const asked = item.filter((one) => one !== stem)
  const items = asked.map((one) => itemOf(one, asked))
  const bad = items.findIndex((one) => one === undefined)
  if (bad >= 0) return refuse({ path: `${path}.item[${bad + (stem ? 1 : 0)}]`, reason: 'its type, its answers or its limits do not fit together' })
  const instrument: Instrument = { id, version, title, says: description, language, ...(stem && { stem: stem.text }), ...(derivedFrom && { canonicals: derivedFrom }), ...definition.value, items: items as InstrumentItem[] }
  const stranger = strangerIn(instrument)
  if (stranger !== undefined) return refuse({ path: `${path}.extension`, reason: `it counts or names "${stranger}", which is no question of this form` })
  const { meta: _meta, text: _text, ...came } = resource as Record<string, unknown>
  const differs = firstDifference(came, writeQuestionnaire(instrument), path)
  return differs === undefined ? ok(instrument) : refuse({ path: differs, reason: 'this would be lost or read otherwise' })
}

function readDefinition(extensions: readonly z.infer<typeof extension>[], path: string): Result<Definition, QuestionnaireRefusal> {
  const place = extensions.findIndex(({ url }) => url === DEFINITION)
  const where = `${path}.extension[${place}].valueString`
  if (place < 0) return refuse({ path: `${path}.extension`, reason: 'it does not say how it is counted, so nobody could score it here' })
  let json: unknown
  try {
    json = JSON.parse(extensions[place]?.valueString ?? '')
  } catch {
    return refuse({ path: where, reason: 'it is not valid JSON' })
  }
  const read = definitionSchema.safeParse(json)
  return read.success ? ok(read.data) : refuse(issueOf(read.error, where))
}

function itemOf(item: Item, all: readonly Item[]): InstrumentItem | undefined {
  const answer = answerOf(item)
  if (!answer || item.id === undefined || item.required === undefined) return undefined
  const [when] = item.enableWhen ?? []
  const gate = when && all.find(({ linkId }) => linkId === when.question)
  const is = when && (when.answerInteger ?? when.answerCoding?.extension[0].valueDecimal ?? (when.answerBoolean === undefined ? undefined : Number(when.answerBoolean)))
  if (when && (gate?.id === undefined || is === undefined)) return undefined
  const [coded] = item.code ?? []
  return { id: item.id, text: item.text, answer, required: item.required, ...(coded && { loinc: coded.code }), ...(gate?.id !== undefined && is !== undefined && { askedWhen: { item: gate.id, is } }) }
}

function answerOf(item: Item): AnswerScale | undefined {
  if (item.type === 'boolean') return { kind: 'yes-no' }
  if (item.type === 'choice') return item.answerOption && { kind: 'choice', options: item.answerOption.map(({ valueCoding: { extension: [worth], system, code, display } }) => ({ value: worth.valueDecimal, text: display, ...(system === 'http://loinc.org' && { loinc: code }) })) }
  const end = (name: string) => item.extension?.find(({ url }) => url.endsWith(`/${name}`))?.valueInteger
  const [min, max, low, high] = [end('minValue'), end('maxValue'), item.item?.[0]?.text, item.item?.[1]?.text]
  return item.type === 'integer' && min !== undefined && max !== undefined && low !== undefined && high !== undefined ? { kind: 'slider', min, max, low, high } : undefined
}

/** A question, or a part, that the counting, a finding, a flag or a risk names and the form does not have. */
function strangerIn({ items, scoring, findings, flags, risk }: Instrument): string | undefined {
  const countings = [scoring, ...Object.values(scoring.subscales ?? {})]
  const signs = (findings ?? []).map(({ when }) => namedIn(when))
  const named = [
    ...countings.flatMap(itemsOf), ...countings.flatMap((counting) => ('reversed' in counting ? (counting.reversed ?? []) : [])), ...signs.flatMap((sign) => sign.items), ...(flags ?? []).map(({ item }) => item),
    ...(risk?.kind === 'item' ? [risk.item] : (risk?.levels ?? []).flatMap(({ anyOf }) => anyOf)),
  ]
  const scores = ['total', ...Object.keys(scoring.subscales ?? {})]
  return named.find((id) => !items.some((item) => item.id === id)) ?? signs.flatMap((sign) => sign.scores).find((score) => !scores.includes(score))
}

function namedIn(sign: Sign): { readonly items: readonly string[]; readonly scores: readonly string[] } {
  if ('items' in sign) return { items: sign.items, scores: [] }
  if ('score' in sign) return { items: [], scores: [sign.score] }
  const inside = ('any' in sign ? sign.any : 'all' in sign ? sign.all : [sign.not]).map(namedIn)
  return { items: inside.flatMap(({ items }) => items), scores: inside.flatMap(({ scores }) => scores) }
}

function firstDifference(came: unknown, written: unknown, path: string): string | undefined {
  if (Object.is(came, written)) return undefined
  if (typeof came !== 'object' || typeof written !== 'object' || came === null || written === null || Array.isArray(came) !== Array.isArray(written)) return path
  const [a, b] = [came as Record<string, unknown>, written as Record<string, unknown>]
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const found = firstDifference(a[key], b[key], Array.isArray(came) ? `${path}[${key}]` : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

function issueOf(error: z.ZodError, path: string): QuestionnaireRefusal {
  const issue = error.issues[0]
  const steps = (issue?.path ?? []).map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return { path: `${path}${steps}`, reason: issue?.message ?? 'it could not be read' }
}
