import type { ExportSetting } from '../export/writing.ts'
import { instruments, phq9 } from './instruments.ts'
import { chartId, people, practice } from './rich-people.ts'

/** Tests only. */
const totalOf: ExportSetting['totalOf'] = (instrument, answers) => {
  const values = phq9.items.slice(0, 9).map((item) => answers[item.item])
  return instrument === 'phq-9' && values.every((value) => typeof value === 'number') ? values.reduce((sum, value) => sum + value, 0) : null
}

export const exportSetting: ExportSetting = {
  practice: { id: practice, name: 'Juniper Practice (sample)', phone: '555 0199' }, people, chart: chartId, identifiers: [{ system: 'urn:county', value: '77' }],
  baseUrl: 'https://juniper.example/fhir', now: '2026-11-21T17:00:00.000Z', instruments, totalOf,
}
