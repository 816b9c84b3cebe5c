import { canonical } from '../shared/canonical.ts'
import type { Instrument } from './instrument.ts'

/** The words of a form as they are digested: language, lead-in, and each question with the answers it offers. */
export const wordsOf = ({ language, stem, items }: Pick<Instrument, 'language' | 'stem' | 'items'>): string =>
  canonical({ language, stem: stem ?? null, items: items.map(({ id, text, answer }) => ({ id, text, answer })) })

/** The name under which the digest of a text is kept: a text never changes under it. */
export const wordsKey = ({ id, version, language }: Pick<Instrument, 'id' | 'version' | 'language'>): string => `${id} ${version} ${language}`
