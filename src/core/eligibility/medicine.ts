/** One ingredient and the names under which people and pharmacies write it, all as `plainName` writes them. */
export interface Medicine {
  readonly ingredient: string
  /** Brand names, other spellings, products that hold it. */
  readonly names?: readonly string[]
  /** RxNorm ingredient code, where one was read in a source. */
  readonly rxnorm?: string
}

/** Lower case, no apostrophes, and every other sign a space, so that "St. John’s Wort" is `st johns wort`. The marks that many scripts write their vowels with stay: without them two names would read as one. */
export const plainName = (name: string): string =>
  name.normalize('NFC').toLowerCase().replaceAll(/[’'`]/g, '').replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ').trim()

/** What is the same thing on a list, whichever way it was typed: the newest of one name stands, so what is no name to read is told apart by its signs. */
export const sameName = (name: string): string => plainName(name) || name.trim()

/** Whether a name holds a phrase as whole words: `alprazolam 0 5 mg` holds `alprazolam`, `hydromorphone` does not hold `morphine`. Both plain. */
export const holdsPhrase = (plain: string, phrase: string): boolean =>
  plain.includes(phrase) && ` ${plain} `.includes(` ${phrase} `)

/** The ingredients that a plain name or an RxNorm code tells. */
export function ingredientsIn(plain: string, rxnorm: readonly string[], medicines: readonly Medicine[]): string[] {
  return medicines
    .filter((medicine) =>
      (medicine.rxnorm !== undefined && rxnorm.includes(medicine.rxnorm)) || holdsPhrase(plain, medicine.ingredient) ||
      medicine.names?.some((name) => holdsPhrase(plain, name)))
    .map((medicine) => medicine.ingredient)
}
