import { conditions } from '../../../../knowledge/conditions.ts'
import { screeningLimits } from '../../../../knowledge/eligibility.ts'

export interface Coding { readonly system: string; readonly code: string; readonly display?: string | undefined }

const ICD10CM = screeningLimits.codeSystems.icd10cm

/** What people come with, each with its code, from the one catalogue that the public page and the matching read too. */
export const indicationChoices = conditions.flatMap((condition) => condition.codes.map(({ code, says }) => ({
  value: `${condition.id} ${code}`, label: `${condition.clinicalName}: ${says}, ${code}`, hint: condition.path === 'usual' ? undefined : condition.path === 'prescriber-decides' ? 'A prescriber decides.' : 'Needs a protocol of its own.', code, display: says,
})))

export const indicationOf = (value: string): Coding | undefined => {
  const found = indicationChoices.find((choice) => choice.value === value)
  return found && { system: ICD10CM, code: found.code, display: found.display }
}

/** The catalogue's codes were written from memory; the intake says so. */
export const codesUnverified = conditions.some(({ tags }) => tags['codes'] === 'M')
