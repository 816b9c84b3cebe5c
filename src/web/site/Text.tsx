import { Fragment } from 'react'
import type { Claim } from '../../knowledge/pages.ts'
import type { Footnotes } from './notes.ts'
import { fill } from './slots.ts'

export interface Telling {
  readonly slots: Readonly<Record<string, string>>
  readonly notes: Footnotes
}

/** Sentences of a paragraph, each with the numbers of its sources. */
export const Claims = ({ claims, telling }: { readonly claims: readonly Claim[]; readonly telling: Telling }) => (
  <>{claims.map((claim, place) => <Fragment key={claim.text}>{place > 0 && ' '}{fill(claim.text, telling.slots)}<Cites claim={claim} telling={telling} /></Fragment>)}</>
)

function Cites({ claim, telling }: { readonly claim: Claim; readonly telling: Telling }) {
  const shown = telling.notes.cite(claim)
  if (shown.length === 0) return null
  return <sup className="cites">{shown.map((note) => <a key={note.id} href={`#source-${note.id}`} aria-label={`Source ${note.number}`}>{note.number}</a>)}</sup>
}

const day = (iso: string) => new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`))

/** What the page stands on, small and at the end, with the day on which somebody last held the two against each other. */
export const Sources = ({ notes }: { readonly notes: Footnotes }) => (
  <ol className="sources">
    {notes.all().map((note) => <li key={note.id} id={`source-${note.id}`} value={note.number}>{note.says} <span className="sources__day">Checked {day(note.checkedOn)}.</span></li>)}
  </ol>
)
