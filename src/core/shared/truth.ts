/** Silence is not a no: what nobody asked is `unknown`, and an unknown never passes anyone. */
export type Truth = 'yes' | 'no' | 'unknown'

/** Kleene's strong "or": one yes decides, and an unknown outweighs any number of noes. */
export const either = (parts: readonly Truth[]): Truth =>
  parts.includes('yes') ? 'yes' : parts.includes('unknown') ? 'unknown' : 'no'

/** Kleene's strong "and": one no decides, and an unknown outweighs any number of yeses. */
export const both = (parts: readonly Truth[]): Truth =>
  parts.includes('no') ? 'no' : parts.includes('unknown') ? 'unknown' : 'yes'

export const opposite = (part: Truth): Truth => (part === 'yes' ? 'no' : part === 'no' ? 'yes' : 'unknown')
