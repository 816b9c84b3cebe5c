import type { CodeSystem, ShippedCode } from '../core/codes/code.ts'
import { pregnancyTestCodes, vitalCodes } from '../core/fhir/codes.ts'
import { conditions } from '../knowledge/conditions.ts'
import { eligibility, screeningLimits } from '../knowledge/eligibility.ts'
import { instruments } from '../knowledge/instruments.ts'
import { interactionRows } from '../knowledge/interactions.ts'

const one = (system: CodeSystem, code: string, usedBy: string, more: Partial<ShippedCode> = {}): ShippedCode => ({ system, code, prefix: false, usedBy: [usedBy], ...more })

const diagnoses = [
  ...eligibility.flatMap((rule) => rule.codes.map((code) => one('icd10cm', code, rule.id, { prefix: true }))),
  ...conditions.flatMap((condition) => condition.codes.map(({ code, says }) => one('icd10cm', code, condition.id, { says }))),
]
const medicines = interactionRows.flatMap((row) => row.medicines.flatMap(({ ingredient, rxnorm }) => (rxnorm === undefined ? [] : [one('rxnorm', rxnorm, row.id, { says: ingredient, named: true })])))
const questionnaires = Object.values(instruments).flatMap(({ id, title, loinc, items }) => [
  ...(loinc?.panel === undefined ? [] : [one('loinc', loinc.panel, id, { says: title })]),
  ...(loinc?.total === undefined ? [] : [one('loinc', loinc.total, id, { says: `${title}, total` })]),
  ...items.flatMap((item) => (item.loinc === undefined ? [] : [one('loinc', item.loinc, id, { says: `${title}, ${item.id}` })])),
])
const measured = [
  ...Object.entries({ ...vitalCodes, ...pregnancyTestCodes }).map(([name, code]) => one('loinc', code, 'reading and writing records', { says: name })),
  one('loinc', screeningLimits.pregnancyStatus.code, screeningLimits.pregnancyStatus.id, { says: 'pregnancy status' }),
]

/** Every public code that the product decides by or writes into a record, once, with the rows that lean on it. */
export const shippedCodes: readonly ShippedCode[] = merged([...diagnoses, ...medicines, ...questionnaires, ...measured])

/** A code that stands by itself and also begins others is looked for as what begins others. */
function merged(all: readonly ShippedCode[]): ShippedCode[] {
  const byCode = new Map<string, ShippedCode[]>()
  for (const code of all) byCode.set(`${code.system}|${code.code}`, [...(byCode.get(`${code.system}|${code.code}`) ?? []), code])
  return [...byCode.values()].map((same) => {
    const [first] = same
    const says = same.find((code) => code.says !== undefined)?.says
    return { ...first!, prefix: same.some(({ prefix }) => prefix), ...(says !== undefined && { says }), usedBy: [...new Set(same.flatMap(({ usedBy }) => usedBy))] }
  })
}
