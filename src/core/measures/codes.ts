import type { InstrumentCodes } from '../fhir/codes.ts'
import type { AnswerScale, Instrument } from './instrument.ts'

/** How a questionnaire travels to other systems. Words leave only where their licence lets them. */
export function instrumentCodes(instrument: Instrument): InstrumentCodes {
  const mayTravel = instrument.licence.text === 'shipped'
  return {
    id: instrument.id, version: instrument.version, name: instrument.title, questionnaires: instrument.canonicals ?? [],
    ...(instrument.loinc?.panel === undefined ? {} : { panelLoinc: instrument.loinc.panel }),
    ...(instrument.loinc?.total === undefined ? {} : { totalLoinc: instrument.loinc.total }),
    items: instrument.items.map((item) => ({
      item: item.id, ...(item.loinc === undefined ? {} : { loinc: item.loinc }), ...(mayTravel ? { text: item.text } : {}), as: item.answer.kind, answers: codedAnswers(item.answer),
    })),
  }
}

function codedAnswers(scale: AnswerScale): InstrumentCodes['items'][number]['answers'] {
  if (scale.kind === 'slider') return []
  if (scale.kind === 'yes-no') return [{ value: 0, display: 'No' }, { value: 1, display: 'Yes' }]
  return scale.options.map((option) => ({ value: option.value, display: option.text, ...(option.loinc === undefined ? {} : { loinc: option.loinc }) }))
}
