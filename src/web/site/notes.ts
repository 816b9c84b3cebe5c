import { sources, type SourceId } from '../../knowledge/sources.ts'
import type { Claim } from '../../knowledge/pages.ts'

export interface Footnote {
  readonly number: number
  readonly id: SourceId
  readonly says: string
  readonly checkedOn: string
}

/**
 * Numbers sources in the order in which the page first leans on them. One for each page, since the page is read
 * once from above. The practice's own ways (P) carry no number: they are no source, and the page says so once.
 * What other practices do is likewise no proof for how this one works, so their pages are not cited there.
 */
export class Footnotes {
  readonly #notes = new Map<SourceId, Footnote>()

  cite(claim: Claim): readonly Footnote[] {
    return claim.cites.filter((id) => id !== 'P' && !(claim.tag === 'P' && sources[id].kind === 'practice-page')).map((id) => {
      const known = this.#notes.get(id)
      if (known) return known
      const note = { number: this.#notes.size + 1, id, says: saidOf(id), checkedOn: claim.checkedOn }
      this.#notes.set(id, note)
      return note
    })
  }

  all(): readonly Footnote[] {
    return [...this.#notes.values()]
  }
}

const saidOf = (id: SourceId) => `${sources[id].title}. Read: ${sources[id].note}.`
