import { DAY_MS, HOUR_MS, MINUTE_MS, type Instant } from '../shared/time.ts'

/** `Date.parse` of an instant in the form in which all are written, and several times as fast: tens of thousands are read for one plan. */
export function momentOf(at: Instant): number {
  if (at.length !== 24 || at.charCodeAt(23) !== Z || at.charCodeAt(10) !== T) return Date.parse(at)
  const ms = digits(at, 20) * 10 + at.charCodeAt(22) - ZERO
  const read = daysTo(digits(at, 0) * 100 + digits(at, 2), digits(at, 5), digits(at, 8)) * DAY_MS + digits(at, 11) * HOUR_MS + digits(at, 14) * MINUTE_MS + digits(at, 17) * 1_000 + ms
  return Number.isNaN(read) ? Date.parse(at) : read
}
const [ZERO, T, Z] = [48, 84, 90]
const digits = (text: string, at: number) => (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO

/** Days from 1970-01-01 to a date, counted in years that begin in March, so that a leap day is a year's last. */
function daysTo(year: number, month: number, day: number): number {
  const march = month > 2 ? year : year - 1
  const ofYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return march * 365 + Math.floor(march / 4) - Math.floor(march / 100) + Math.floor(march / 400) + ofYear - 719_468
}
