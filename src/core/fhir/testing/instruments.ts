import type { InstrumentCodes } from '../codes.ts'

/** The codes of two questionnaires, enough to try reading and writing with. Tests only; the library has its own. */
const frequency = [['LA6568-5', 'Not at all'], ['LA6569-3', 'Several days'], ['LA6570-1', 'More than half the days'], ['LA6571-9', 'Nearly every day']]
  .map(([loinc = '', display = ''], value) => ({ value, loinc, display }))
const difficulty = ['LA6572-7', 'LA6573-5', 'LA6575-0', 'LA6574-3'].map((loinc, value) => ({ value, loinc }))

export const phq9: InstrumentCodes = {
  id: 'phq-9', version: '1', name: 'PHQ-9', questionnaires: ['http://hl7.org/fhir/us/core/Questionnaire/phq-9-example'], panelLoinc: '44249-1', totalLoinc: '44261-6',
  items: [
    ...['44250-9', '44255-8', '44259-0', '44254-1', '44251-7', '44258-2', '44252-5', '44253-3', '44260-8'].map((loinc, place) => ({ item: String(place + 1), loinc, answers: frequency })),
    { item: 'difficulty', loinc: '69722-7', answers: difficulty },
  ],
}
export const gad7: InstrumentCodes = {
  id: 'gad-7', version: '1', name: 'GAD-7', questionnaires: [], panelLoinc: '69737-5', totalLoinc: '70274-6',
  items: ['69725-0', '68509-9', '69733-4', '69734-2', '69735-9', '69689-8', '69736-7'].map((loinc, place) => ({ item: String(place + 1), loinc, answers: frequency })),
}
export const phq2: InstrumentCodes = { id: 'phq-2', version: '1', name: 'PHQ-2', questionnaires: [], panelLoinc: '55757-9', totalLoinc: '55758-7', items: phq9.items.slice(0, 2) }
/** A questionnaire that no public system codes. */
export const ownCheck: InstrumentCodes = { id: 'session-check', version: '1', name: 'Session check', questionnaires: [], items: [{ item: 'intensity', answers: Array.from({ length: 11 }, (_, value) => ({ value })) }] }

export const instruments = [phq9, gad7, phq2, ownCheck]
