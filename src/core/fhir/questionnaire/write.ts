import type { AnswerScale, Instrument, InstrumentItem } from '../../measures/instrument.ts'
import { canonical } from '../../shared/canonical.ts'
import { answerSystem, linkIdOf, LOINC, loincNotice, ORDINAL_VALUE, ownExtension, questionnaireAddress } from '../codes.ts'
import { clean, type Resource } from '../export/resource.ts'

/** Carries what FHIR has no element for: how it is counted, its bands, its risks, when it is asked, its licence and where each part comes from. */
export const DEFINITION = ownExtension('instrument-definition')
export const STEM = 'stem'
const CONTROL = 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl'
const controlOf = (code: string) => ({ url: CONTROL, valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code }] } })
const bound = (end: 'minValue' | 'maxValue', value: number) => ({ url: `http://hl7.org/fhir/StructureDefinition/${end}`, valueInteger: value })

/**
 * A questionnaire as FHIR R4 SDC: its questions where other systems look for them, the worth of each answer beside it, and
 * everything else in one extension, so that reading it back gives the same row. Of a skeleton our own labels leave, and no wording.
 */
export function writeQuestionnaire(instrument: Instrument): Resource {
  const { id, version, title, says, language, stem, items, canonicals, loinc, ...rest } = instrument
  return clean({
    resourceType: 'Questionnaire', id, language, url: questionnaireAddress(id), version, name: nameOf(id), title, status: 'active', subjectType: ['Patient'], publisher: 'OpenKAP', description: says,
    copyright: copyrightOf(instrument), derivedFrom: canonicals, code: [loinc?.panel !== undefined && { system: LOINC, code: loinc.panel, display: title }].filter(Boolean),
    extension: [{ url: DEFINITION, valueString: canonical({ ...rest, ...(loinc && { loinc }) }) }],
    item: [...(stem === undefined ? [] : [{ linkId: STEM, type: 'display', text: stem }]), ...items.map((item) => writeItem(instrument, item))],
  }) as Resource
}

/** Whose it is and on what terms, and the notice that goes wherever LOINC codes go. */
export function copyrightOf({ licence, loinc, items }: Instrument): string {
  const coded = loinc?.panel !== undefined || loinc?.total !== undefined || items.some((item) => item.loinc !== undefined)
  return [`${licence.holder}. ${licence.terms}`, licence.condition && `Condition: ${licence.condition}`, licence.text === 'from-practice' && 'The wording is not part of this resource.', coded && loincNotice].filter(Boolean).join(' ')
}

const nameOf = (id: string) => `Form_${id.replaceAll(/[^A-Za-z0-9]/g, '_')}`

function writeItem(instrument: Instrument, item: InstrumentItem): object {
  const { answer, askedWhen } = item
  const linkId = linkIdOf({ ...item, item: item.id })
  const gate = askedWhen && instrument.items.find(({ id }) => id === askedWhen.item)
  return {
    id: item.id, linkId, text: item.text, required: item.required, code: item.loinc === undefined ? undefined : [{ system: LOINC, code: item.loinc }],
    ...(askedWhen && gate && { enableWhen: [{ question: linkIdOf({ ...gate, item: gate.id }), operator: '=', ...(gate.answer.kind === 'yes-no' ? { answerBoolean: askedWhen.is === 1 } : gate.answer.kind === 'slider' ? { answerInteger: askedWhen.is } : { answerCoding: codingOf(instrument.id, gate.answer, askedWhen.is) }) }] }),
    ...shapeOf(instrument.id, linkId, answer),
  }
}

function shapeOf(instrument: string, linkId: string, answer: AnswerScale): object {
  if (answer.kind === 'yes-no') return { type: 'boolean' }
  if (answer.kind === 'choice') return { type: 'choice', answerOption: answer.options.map(({ value }) => ({ valueCoding: codingOf(instrument, answer, value) })) }
  const end = (code: 'lower' | 'upper', text: string) => ({ linkId: `${linkId}-${code}`, type: 'display', text, extension: [controlOf(code)] })
  return { type: 'integer', extension: [controlOf('slider'), bound('minValue', answer.min), bound('maxValue', answer.max)], item: [end('lower', answer.low), end('upper', answer.high)] }
}

function codingOf(instrument: string, answer: Extract<AnswerScale, { kind: 'choice' }>, value: number): object {
  const option = answer.options.find((one) => one.value === value)
  return { extension: [{ url: ORDINAL_VALUE, valueDecimal: value }], ...(option?.loinc === undefined ? { system: answerSystem(instrument), code: String(value) } : { system: LOINC, code: option.loinc }), display: option?.text }
}
