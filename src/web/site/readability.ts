/** Flesch-Kincaid grade of a text: the school year in which it can be read. Syllables are counted as groups of vowels. */
export function readability(text: string): { readonly grade: number; readonly words: number } {
  const sentences = text.split(/[.!?]+(?:\s|$)/).filter((sentence) => /[a-z]/i.test(sentence)).length
  const words = text.match(/[a-z]+(?:[’'-][a-z]+)*/gi) ?? []
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word.toLowerCase()), 0)
  return { grade: 0.39 * (words.length / Math.max(1, sentences)) + 11.8 * (syllables / Math.max(1, words.length)) - 15.59, words: words.length }
}

function syllablesOf(word: string): number {
  const groups = word.replace(/(?:[^laeiouy]es|[^laeiouy]e|ed)$/, (end) => (/^(?:ted|ded)$/.test(end) ? end : end.charAt(0))).match(/[aeiouy]+/g)
  return Math.max(1, groups?.length ?? 1)
}
