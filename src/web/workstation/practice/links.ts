export interface TextPart {
  readonly text: string
  readonly href?: string
}

/** A mail's plain text with the addresses in it made into links. Only web addresses: a text cannot become a script. */
export function withLinks(text: string): TextPart[] {
  const parts: TextPart[] = []
  let end = 0
  for (const found of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    // A full stop or bracket at the end belongs to the sentence.
    const href = found[0].replace(/[.,;:!?)\]]+$/, '')
    if (found.index > end) parts.push({ text: text.slice(end, found.index) })
    parts.push({ text: href, href })
    end = found.index + href.length
  }
  return end < text.length ? [...parts, { text: text.slice(end) }] : parts
}
