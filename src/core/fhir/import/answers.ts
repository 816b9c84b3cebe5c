import { z } from 'zod'
import { ORDINAL_VALUE, ownExtension, questionnaireAddress, type InstrumentCodes } from '../codes.ts'
import { codingSchema, fit, referenceSchema, sayIssue } from './pieces.ts'
import { broken, dateOf, fact, facts, skipped, takenBack, type Reading, type Surroundings } from './reading.ts'

const answerSchema = z.object({
  valueCoding: codingSchema.optional(), valueInteger: z.number().optional(), valueDecimal: z.number().optional(), valueBoolean: z.boolean().optional(),
  valueString: z.string().optional(), valueQuantity: z.object({ value: z.number().optional() }).optional(), item: z.array(z.unknown()).optional(),
})
const itemSchema = z.object({ linkId: z.string(), text: z.string().optional(), answer: z.array(answerSchema).optional(), item: z.array(z.unknown()).optional() })
const responseSchema = z.object({
  resourceType: z.literal('QuestionnaireResponse'), status: z.enum(['in-progress', 'completed', 'amended', 'entered-in-error', 'stopped']),
  questionnaire: z.string().optional(), authored: z.string().optional(), language: z.string().max(20).optional(),
  extension: z.array(z.object({ url: z.string(), valueString: z.string().optional() })).optional(),
  source: referenceSchema.optional(), author: referenceSchema.optional(), item: z.array(z.unknown()).optional(),
})
type Item = z.infer<typeof itemSchema>

/**
 * A filled-in questionnaire that the instrument library knows, recognised by its address or by the codes of
 * its items. Only whole answers come in: one that is none of the instrument's own breaks the response.
 */
export function readAnswers(resource: unknown, { setting }: Surroundings): Reading {
  const parsed = responseSchema.safeParse(resource)
  if (!parsed.success) return broken(sayIssue(parsed.error))
  const response = parsed.data
  if (response.status === 'entered-in-error') return takenBack('The source says this was entered in error.')
  if (response.status === 'in-progress' || response.status === 'stopped') return skipped('It was never finished.')
  const flat = flatten(response.item ?? [])
  if ('reason' in flat) return broken(flat.reason)
  const instrument = recognise(setting.instruments, response.questionnaire, flat.items)
  if (!instrument) return skipped(`The questionnaire ${fit(response.questionnaire ?? 'without a name', 160)} is not in the instrument library, so its answers cannot be scored here.`)
  if (response.authored === undefined) return broken('it does not say when it was filled in')
  const authored = dateOf(response.authored, setting.now)
  if ('reason' in authored) return broken(authored.reason)
  const answers = answersOf(instrument, flat.items)
  if ('reason' in answers) return broken(answers.reason)
  if (Object.values(answers.values).every((value) => value === null)) return skipped('No question was answered.')
  const textSha256 = response.extension?.find(({ url }) => url === ownExtension('text-sha256'))?.valueString
  const body = { instrument: instrument.id, version: instrument.version, language: response.language ?? 'und', ...(textSha256 !== undefined && { textSha256 }), answers: answers.values, answeredBy: filledBy(response) }
  return facts([fact('measure-answered.v1', body, authored.when)], [`Read as ${instrument.name}.`, ...answers.notes])
}

function flatten(items: readonly unknown[], depth = 0): { readonly items: Item[] } | { readonly reason: string } {
  if (depth > 12) return { reason: 'its items are nested too deeply' }
  const found: Item[] = []
  for (const one of items) {
    const parsed = itemSchema.safeParse(one)
    if (!parsed.success) return { reason: sayIssue(parsed.error) }
    found.push(parsed.data)
    const inside = flatten([...(parsed.data.item ?? []), ...(parsed.data.answer ?? []).flatMap((answer) => answer.item ?? [])], depth + 1)
    if ('reason' in inside) return inside
    found.push(...inside.items)
  }
  return { items: found }
}

/** `/44250-9` and `/93043-8/44250-9` name the same item: the last part is the code. */
const codeOf = (linkId: string) => linkId.split('/').at(-1) ?? linkId

function recognise(instruments: readonly InstrumentCodes[], questionnaire: string | undefined, items: readonly Item[]): InstrumentCodes | undefined {
  const address = questionnaire?.split('|')[0]
  const named = instruments.find((instrument) => address !== undefined && (address === questionnaireAddress(instrument.id) || instrument.questionnaires.includes(address)))
  if (named) return named
  const asked = new Set(items.map((item) => codeOf(item.linkId)))
  const known = (instrument: InstrumentCodes) => instrument.items.filter((item) => item.loinc !== undefined && asked.has(item.loinc)).length
  // The one that explains most of what was asked; of two that explain as much, the shorter.
  const [best] = instruments.filter((instrument) => known(instrument) > 0).toSorted((a, b) => known(b) - known(a) || a.items.length - b.items.length)
  return best
}

function answersOf(instrument: InstrumentCodes, items: readonly Item[]): { readonly values: Record<string, number | null>; readonly notes: string[] } | { readonly reason: string } {
  const values: Record<string, number | null> = {}
  const notes: string[] = []
  for (const row of instrument.items) {
    const asked = items.filter((item) => codeOf(item.linkId) === row.loinc || (row.loinc === undefined && item.linkId === row.item))
    const given = asked.flatMap((item) => item.answer ?? [])
    if (given.length > 1) return { reason: `item ${row.item} has ${given.length} answers` }
    const [answer] = given
    if (!answer) {
      values[row.item] = null
      continue
    }
    const value = worth(row, answer)
    if (value === undefined) return { reason: `the answer to item ${row.item} (${sayAnswer(answer)}) is not one this instrument has` }
    values[row.item] = value
  }
  const total = items.find((item) => instrument.totalLoinc !== undefined && codeOf(item.linkId) === instrument.totalLoinc)?.answer?.[0]
  const stated = total?.valueDecimal ?? total?.valueInteger ?? total?.valueQuantity?.value
  if (stated !== undefined) notes.push(`The source's own total was ${stated}; it is worked out again here.`)
  const known = new Set([instrument.totalLoinc, ...instrument.items.flatMap((row) => [row.loinc, row.item])])
  const others = items.filter((item) => (item.answer ?? []).length > 0 && !known.has(codeOf(item.linkId)))
  if (others.length > 0) notes.push(`Not part of it and not read: ${others.map((item) => fit(item.text ?? item.linkId, 60)).join('; ')}.`)
  return { values, notes }
}

function worth(row: InstrumentCodes['items'][number], answer: z.infer<typeof answerSchema>): number | undefined {
  const coding = answer.valueCoding
  const byCode = coding && row.answers.find((one) => one.loinc !== undefined && one.loinc === coding.code)?.value
  const stated = coding ? coding.extension?.find((one) => one.url === ORDINAL_VALUE)?.valueDecimal : (answer.valueInteger ?? answer.valueDecimal ?? answer.valueQuantity?.value)
  const number = byCode ?? stated ?? (answer.valueBoolean === undefined ? undefined : Number(answer.valueBoolean))
  // An item without a list of answers is a scale of whole numbers; the chart's own bounds hold for it.
  return row.answers.length === 0 ? number : row.answers.find((one) => one.value === number)?.value
}

const sayAnswer = (answer: z.infer<typeof answerSchema>) =>
  fit(String(answer.valueCoding?.display ?? answer.valueCoding?.code ?? answer.valueInteger ?? answer.valueDecimal ?? answer.valueBoolean ?? answer.valueString ?? 'nothing readable'), 60)

function filledBy(response: z.infer<typeof responseSchema>): 'patient' | 'clinician' {
  const who = response.source?.reference ?? response.source?.type ?? response.author?.reference ?? response.author?.type ?? ''
  return who.includes('Practitioner') ? 'clinician' : 'patient'
}
