import { npiValid, tinValid } from '../../../core/money/identifiers.ts'

/** What a form says about an NPI while it is typed. A wrong check digit is a slip of the finger, found before a bill is. */
export function npiWords(npi: string): { readonly hint?: string; readonly problem?: string } {
  const digits = npi.replaceAll(/\s/g, '')
  if (digits === '') return { hint: 'Ten digits. The last one is computed from the others, so a slip shows at once.' }
  if (!/^\d*$/.test(digits)) return { problem: 'An NPI has digits only.' }
  if (digits.length !== 10) return { hint: `${digits.length} of ten digits.`, ...(digits.length > 10 ? { problem: 'That is more than ten digits.' } : {}) }
  return npiValid(digits) ? { hint: 'The check digit fits.' } : { problem: 'The check digit does not fit. Look at the ten digits again.' }
}

export const tinWords = (tin: string): { readonly hint?: string; readonly problem?: string } =>
  tin.trim() === '' ? { hint: 'Nine digits, such as 12-3456789. It stands on every bill.' } : tinValid(tin.trim()) ? { hint: 'Nine digits, as it should be.' } : { problem: 'A tax number has nine digits, such as 12-3456789.' }
