import type { Entry } from '../../chart/entry.ts'
import { marksOf, sayMark } from '../../session/transcribed.ts'
import { concept, type Resource } from './resource.ts'
import type { Writing } from './writing.ts'

const PARTICIPANT = 'http://terminology.hl7.org/CodeSystem/provenance-participant-type'
const as = (code: string, display: string) => concept(PARTICIPANT, code, display)

/**
 * Where what leaves was typed from paper: whose hand wrote it there, who typed it in and when, and who compared the two.
 * Without a verifier nobody has compared it yet; the words beside it say so as well.
 */
export function writeOrigin(entry: Entry, written: readonly Resource[], { chart, person, encounter, setting }: Writing): readonly Resource[] {
  const mark = marksOf(chart).get(entry.id)
  // A session itself leaves as its visit.
  const visit = entry.kind === 'session-started.v1' ? encounter(entry.id)?.reference : undefined
  const target = [...written.map(({ resourceType, id }) => `${resourceType}/${id}`), ...(visit ? [visit] : [])]
  if (!mark || target.length === 0) return []
  const onBehalfOf = { reference: `Organization/${setting.practice.id}` }
  const agent = (code: string, display: string, who: object) => ({ type: as(code, display), who, onBehalfOf })
  return [{
    resourceType: 'Provenance', id: `typed-${entry.id}`.slice(0, 64), target: target.map((reference) => ({ reference })), occurredDateTime: entry.at, recorded: mark.typedAt,
    reason: [{ text: `Written on paper, ${sayMark(mark)}` }],
    agent: [agent('author', 'Author', { display: mark.paperBy || 'Not named on the paper' }), agent('enterer', 'Enterer', person(mark.typedBy)), ...(mark.checkedBy && mark.state !== 'unchecked' ? [agent('verifier', 'Verifier', person(mark.checkedBy))] : [])],
  }]
}
