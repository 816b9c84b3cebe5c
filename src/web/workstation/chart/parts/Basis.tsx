import type { Tag as Basis } from '../../../../core/shared/cited.ts'
import { sources, type SourceId } from '../../../../knowledge/sources.ts'
import { Tag } from '../../../kit/index.ts'
import { tagWords } from '../words.ts'

interface BasisOfProps {
  readonly id: string
  readonly tag: Basis
  readonly cites: readonly string[]
  readonly verified: boolean
  readonly basis?: string
}

/** Where a row of the rulebook comes from: what was seen, what is only remembered, and what nobody has checked. */
export const BasisOf = ({ id, tag, cites, verified, basis }: BasisOfProps) => (
  <div className="c-basis">
    <p>{id} · {tag}, {tagWords[tag]} {!verified && <Tag>not verified</Tag>}</p>
    {basis && <p>{basis}</p>}
    <ul>{cites.map((cite) => <li key={cite}>{sourceOf(cite)}</li>)}</ul>
  </div>
)

const sourceOf = (cite: string) => {
  const source = Object.hasOwn(sources, cite) ? sources[cite as SourceId] : undefined
  return source ? `${cite === 'P' ? '' : `${cite}: `}${source.title} (${source.note})` : cite
}
