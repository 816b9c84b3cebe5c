/** One ingredient and the names under which people and pharmacies write it, all as `plainName` writes them. */
export interface Medicine {
  readonly ingredient: string
  /** Brand names, other spellings, products that hold it. */
  readonly names?: readonly string[]
  /** RxNorm ingredient code, where one was read in a source. */
  readonly rxnorm?: string
}

/** Lower case, no apostrophes, and every other sign a space, so that "St. John’s Wort" is `st johns wort`. */
export const plainName = (name: string): string =>
  name.toLowerCase().replaceAll(/[’'`]/g, '').replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()

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
