import type { Instrument } from './instrument.ts'

/** What may be done with a form, one by one: having its words, asking it, counting it, sending the number on, and comparing it elsewhere. */
export interface Uses {
  readonly displayable: boolean
  readonly collectable: boolean
  readonly calculatable: boolean
  /** The total leaves as an observation of its own. */
  readonly extractable: boolean
  /** The total has a public code, so that other systems know what it is. */
  readonly domainAligned: boolean
}

/** What a practice has of its own: the words of its copy, an accepted condition, a permission to collect answers electronically. */
export interface OwnCopy { readonly words: boolean; readonly accepted: boolean; readonly permitted: boolean }
const nothing: OwnCopy = { words: false, accepted: false, permitted: false }

export function usesOf({ licence, scoring, findings, risk, loinc }: Instrument, own: OwnCopy = nothing): Uses {
  const displayable = (licence.text === 'shipped' || own.words) && (licence.condition === undefined || own.accepted)
  const counts = scoring.kind !== 'none'
  return {
    displayable,
    collectable: displayable && (licence.collecting === 'free' || own.permitted),
    calculatable: counts || scoring.subscales !== undefined || (findings ?? []).length > 0 || risk !== undefined,
    extractable: counts,
    domainAligned: counts && loinc?.total !== undefined,
  }
}
