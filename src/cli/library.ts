import { createHash } from 'node:crypto'
import type { ExportSetting } from '../core/fhir/export/writing.ts'
import { instrumentCodes } from '../core/measures/codes.ts'
import { instrumentOf, type Instrument, type Instruments } from '../core/measures/instrument.ts'
import { score } from '../core/measures/score.ts'
import { eligibility } from '../knowledge/eligibility.ts'
import { instruments } from '../knowledge/instruments.ts'

/** What the rulebook tells import and export. */
export const library: Instruments = instruments
export const codes = Object.values<Instrument>(instruments).map(instrumentCodes)

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

export const sha256OfBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export const totalOf: ExportSetting['totalOf'] = (id, answers) => {
  const instrument = instrumentOf(library, id)
  return instrument ? score(instrument, answers).total : null
}

/** The age from which the rulebook lets a person be treated: below it, somebody is a child here. */
export const adultFromYears: number = ageOfAdults()

function ageOfAdults(): number {
  const rule = eligibility.find((row) => row.action === 'block' && 'fact' in row.when && row.when.fact === 'age' && 'below' in row.when)
  if (!rule || !('below' in rule.when) || typeof rule.when.below !== 'number') throw new Error('the rulebook has no age from which people may be treated')
  return rule.when.below
}
