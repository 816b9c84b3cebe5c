/** Somebody whose name may stand in words that others read. */
export interface Named {
  readonly chart: string
  readonly name: string
}

/** Shorter parts of a name are words of every day. */
const SHORTEST = 3
const parts = (words: string): readonly string[] => words.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean)

/** Who of these people words name, by any part of a name as a whole word: what is pointed out before it is signed. */
export function namedIn(words: string, people: readonly Named[]): readonly Named[] {
  const said = new Set(parts(words).flatMap((word) => [word, word.replace(/s$/, '')]))
  return people.filter(({ name }) => parts(name).some((part) => part.length >= SHORTEST && said.has(part)))
}

/** What is written in one act about several people, and whose names stand where others would read them: with each, in whose part, or in the `shared` one. */
export function namesToLookAt(shared: string, individual: readonly (Named & { readonly words: string })[]): readonly { readonly named: string; readonly in: string }[] {
  return [
    ...namedIn(shared, individual).map(({ name }) => ({ named: name, in: 'shared' })),
    ...individual.flatMap(({ chart, words, name: whose }) => namedIn(words, individual.filter((one) => one.chart !== chart)).map(({ name }) => ({ named: name, in: whose }))),
  ]
}
