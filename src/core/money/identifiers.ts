/**
 * A national provider identifier: ten digits whose last is the Luhn check digit of the number with 80840
 * before it.
 */
export function npiValid(npi: string): boolean {
  if (!/^\d{10}$/.test(npi)) return false
  const digits = [...`80840${npi}`].map(Number).toReversed()
  const sum = digits.reduce((total, digit, place) => total + (place % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0)
  return sum % 10 === 0
}

/** A taxpayer number: nine digits, written plainly, as 12-3456789 or as 123-45-6789. */
export const tinValid = (tin: string): boolean => /^(\d{9}|\d{2}-\d{7}|\d{3}-\d{2}-\d{4})$/.test(tin) && /[1-9]/.test(tin)

/** The form of an ICD-10-CM code. Whether the code exists, and is deep enough to be billed, is another question. */
export const icdWellFormed = (code: string): boolean => /^[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?$/.test(code)

const bare = (code: string) => code.replace('.', '')

/** A heading under which the codes that we know can be billed stand, such as F43.1 over F43.10. */
export const isHeading = (code: string, billable: readonly string[]): boolean =>
  !billable.includes(code) && billable.some((one) => bare(one).length > bare(code).length && bare(one).startsWith(bare(code)))
