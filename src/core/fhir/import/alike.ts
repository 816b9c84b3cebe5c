import type { Identity } from './patient.ts'

/**
 * Whether two records may be one person: the same number from the same place, or the same family name, given
 * name and birth date, earlier names included. Only ever a question to a person; nothing is merged.
 */
export function alike(a: Identity, b: Identity): boolean {
  const numbers = new Set(a.identifiers.map(numberOf))
  if (b.identifiers.some((identifier) => numbers.has(numberOf(identifier)))) return true
  if (a.birthDate === undefined || a.birthDate !== b.birthDate) return false
  return a.names.some((one) => b.names.some((other) => plain(one.family) === plain(other.family) && first(one.given) === first(other.given)))
}

const numberOf = ({ system, value }: Identity['identifiers'][number]) => `${system}|${value}`
/** Without case, accents, spaces or hyphens: José and JOSE, Mary-Ann and Mary Ann are asked about. */
const plain = (name: string) => name.normalize('NFKD').replace(/[\u0300-\u036F]/g, '').replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
/** Middle names come and go between systems; the first given name decides. */
const first = (given: string) => plain(given.trim().split(/\s+/)[0] ?? '')
