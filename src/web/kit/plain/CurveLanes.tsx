import { Table } from './Table.tsx'

/** One kind of thing on the x axis of a figure, each with where it lies and what it is called. */
export interface CurveLane {
  readonly name: string
  readonly shape: 'dot' | 'diamond' | 'bar' | 'cross'
  readonly marks: readonly { readonly at: number; readonly when: string; readonly label: string; readonly short?: string | undefined }[]
}

/** As in the style sheet, in the units of the drawing; and how much of that a letter takes at most. */
export const TEXT = 13
export const LETTER = 0.6
const LANE = 36

export const laneHeight = (lanes: readonly CurveLane[]) => (lanes.length === 0 ? 0 : lanes.length * LANE + 4)

/** Words that would touch one named before them, or run out of the drawing, are left out; the table has them all. */
export function apart<Word extends { readonly from: number; readonly to: number }>(words: readonly Word[], width: number): Word[] {
  const kept: Word[] = []
  for (const word of words) {
    const isFree = kept.every((one) => word.from >= one.to + TEXT / 2 || one.from >= word.to + TEXT / 2)
    if (isFree && word.from >= 0 && word.to <= width) kept.push(word)
  }
  return kept.toSorted((a, b) => a.from - b.from)
}

interface LanesProps {
  readonly lanes: readonly CurveLane[]
  readonly top: number
  readonly left: number
  readonly right: number
  readonly px: (value: number) => number
}

/** Below the axis, line by line: the name of the kind above its marks, and a short word at a mark where it touches no other. */
export const Lanes = ({ lanes, top, left, right, px }: LanesProps) => lanes.map((lane, place) => {
  const y = top + place * LANE
  const width = (word: string) => word.length * TEXT * LETTER
  const nameEnds = left + width(lane.name)
  const words = apart([{ from: left, to: nameEnds, at: NaN, word: '' }, ...lane.marks.flatMap(({ at, short }) => (short ? [{ from: px(at) - width(short) / 2, to: px(at) + width(short) / 2, at, word: short }] : []))], right + 20)
  return (
    <g key={lane.name}>
      <text className="k-curve__lane-name" x={left} y={y + 11}>{lane.name}</text>
      <line className="k-curve__grid" x1={left} x2={right} y1={y + 22} y2={y + 22} />
      {lane.marks.map((mark, at) => <path key={`${mark.at} ${at}`} className={`k-curve__event k-curve__event--${lane.shape}`} d={SHAPES[lane.shape](px(mark.at), y + 22)} />)}
      {words.filter(({ word }) => word !== '').map(({ at, word }) => <text key={at} x={px(at)} y={y + 11} textAnchor="middle">{word}</text>)}
    </g>
  )
})

const SHAPES: Record<CurveLane['shape'], (x: number, y: number) => string> = {
  dot: (x, y) => `M${x - 4} ${y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0`,
  diamond: (x, y) => `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`,
  bar: (x, y) => `M${x - 1.5} ${y - 6}h3v12h-3Z`,
  cross: (x, y) => `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`,
}

/** Everything on the axis in the order in which it was. */
export function LaneTable({ lanes }: { readonly lanes: readonly CurveLane[] }) {
  const rows = lanes.flatMap(({ name, marks }) => marks.map((mark, at) => ({ ...mark, name, key: `${name} ${at}` }))).toSorted((a, b) => a.at - b.at)
  return <Table caption="On the same axis" rows={rows} rowKey={({ key }) => key} empty="Nothing beside the scores yet." columns={[{ key: 'when', head: 'When', cell: ({ when }) => when }, { key: 'kind', head: 'What', cell: ({ name }) => name }, { key: 'label', head: 'Which', cell: ({ label }) => label }]} />
}
