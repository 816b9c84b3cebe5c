import { useId } from 'react'
import { apart, laneHeight, Lanes, LaneTable, LETTER, TEXT, type CurveLane } from './CurveLanes.tsx'
import { Disclosure, Table } from './Table.tsx'

export { apart, type CurveLane } from './CurveLanes.tsx'

export interface CurvePoint {
  readonly x: number
  readonly y: number
  /** How the x is written in the table and on the axis: "14 Mar", "day 28". */
  readonly label: string
  /** The range around the value, where one is known. */
  readonly low?: number | undefined
  readonly high?: number | undefined
  /** Drawn full: it says more than the noise of what was measured. */
  readonly strong?: boolean
}

export interface CurveSeries {
  readonly name: string
  readonly points: readonly CurvePoint[]
  /** `thin` is somebody else's curve beside ours; `accent` a second one of ours. */
  readonly tone?: 'main' | 'accent' | 'thin'
  /** The shape of its points and the pattern of its line, so that several of somebody else's are told apart without colour. */
  readonly mark?: 'square' | 'diamond' | 'triangle'
  /** A broken line with a dotted outline around its range: a second curve of ours, told from the first without colour. */
  readonly broken?: boolean
  /** A short name that is written where the line ends. */
  readonly short?: string
  /** Holds each value until the next point, as a survival curve does. */
  readonly steps?: boolean
  /** False where the points were calculated and nobody measured them. */
  readonly dots?: boolean
  /** Where a value was asked for and none came: the line is broken there, and no guess is drawn across. */
  readonly gaps?: readonly number[]
}

export interface CurveProps {
  readonly title: string
  readonly series: readonly CurveSeries[]
  readonly y: { readonly min: number; readonly max: number; readonly ticks: readonly number[]; readonly show?: (value: number) => string }
  readonly x: { readonly min: number; readonly max: number; readonly ticks: readonly { readonly at: number; readonly label: string }[] }
  /** Named stretches of the y axis, from below upwards. */
  readonly bands?: readonly { readonly from: number; readonly to: number; readonly label: string }[]
  /** Upright marks with a word: doses, the end of the course. */
  readonly marks?: readonly { readonly at: number; readonly label: string }[]
  /** A pale stretch of the y axis across the drawing: what lies within it cannot be told from noise. */
  readonly noise?: { readonly from: number; readonly to: number } | undefined
  /** What else lies on the same x axis, a line of marks for each kind, under the drawing. */
  readonly lanes?: readonly CurveLane[]
  /** How many there still are at places along the x axis, a line for each; a word where no number is said. */
  readonly counts?: readonly { readonly name: string; readonly at: readonly { readonly x: number; readonly label: string; readonly says: string }[] }[]
  /** What the drawing shows, in words, for whoever does not see it. */
  readonly summary?: string
  /** Said under the figure: what is missing, how many, what the thin line is. */
  readonly note?: string | undefined
  readonly height?: number
}

/**
 * A drawing shrinks its words with its lines, so there is one for each breadth, and the style sheet shows the one that
 * fits: `figures.css` holds from where on. Without a script, so the public page can have it too.
 */
export const layouts = [{ name: 'narrow', width: 260 }, { name: 'middle', width: 400 }, { name: 'wide', width: 720 }] as const
type Layout = (typeof layouts)[number]
const EDGE = { top: 16, right: 24, bottom: 32, left: 36 }
/** Room at the right for the names of the bands, so that no curve runs through them. */
const BAND_NAMES = 92
/** Room below for how many there still are. */
const COUNTS = 44

/** One figure, drawn well: bands, curve, range and marks, with the same numbers in a table beside it. */
export function Curve(props: CurveProps) {
  const { title, series, y, bands = [], lanes = [], counts = [], note, summary } = props
  const show = y.show ?? String
  const id = useId()
  return (
    <figure className="k-curve" aria-label={title} aria-describedby={summary ? id : undefined}>
      <figcaption className="k-curve__title">{title}</figcaption>
      {layouts.map((layout) => <Drawing key={layout.name} layout={layout} {...props} />)}
      {bands.length > 0 && <p className="k-curve__bands">{bands.map(({ from, label }) => `${label} from ${show(from)}`).join(', ')}.</p>}
      {series.length > 1 && <Key series={series} />}
      {summary && <p id={id} className="heard">{summary}</p>}
      {note && <p className="k-curve__note">{note}</p>}
      <Disclosure summary="The same as a table">
        {series.map((one) => <CurveTable key={one.name} series={one} show={show} />)}
        {counts.map(({ name, at }) => <Table key={name} caption={name} rows={at} rowKey={({ x }) => String(x)} columns={[{ key: 'x', head: 'When', cell: ({ label }) => label }, { key: 'says', head: 'People', numeric: true, cell: ({ says }) => says }]} />)}
        {lanes.length > 0 && <LaneTable lanes={lanes} />}
      </Disclosure>
    </figure>
  )
}

function Drawing({ layout: { name, width }, series, y, x, bands = [], marks = [], noise, lanes = [], counts = [], height = 280 }: CurveProps & { readonly layout: Layout }) {
  const show = y.show ?? String
  const below = counts.length * COUNTS
  const right = width - (bands.length > 0 && name !== 'narrow' ? BAND_NAMES : EDGE.right)
  const left = Math.max(EDGE.left, ...y.ticks.map((tick) => wide(show(tick)) + 8))
  const px = (value: number) => left + ((value - x.min) / (x.max - x.min || 1)) * (right - left)
  const py = (value: number) => height - EDGE.bottom - ((value - y.min) / (y.max - y.min || 1)) * (height - EDGE.top - EDGE.bottom)
  // A word at an end moves in rather than out of the drawing.
  const fromZero = x.ticks.toSorted((a, b) => Number(b.at === 0) - Number(a.at === 0))
  const ticks = apart(fromZero.map(({ at, label }) => {
    const middle = Math.min(Math.max(px(at), wide(label) / 2), width - wide(label) / 2)
    return { at, label, middle, from: middle - wide(label) / 2, to: middle + wide(label) / 2 }
  }), width)
  const named = new Set(apart(marks.map(({ at, label }) => ({ at, label, from: px(at) - wide(label) / 2, to: px(at) + wide(label) / 2 })), width).map(({ at }) => at))
  return (
    <svg className={`k-curve__drawing k-curve__drawing--${name}`} viewBox={`0 0 ${width} ${height + laneHeight(lanes) + below}`} aria-hidden="true" focusable="false">
      {bands.map((band, place) => (
        <g key={band.label}>
          <rect className={place % 2 ? 'k-curve__band k-curve__band--alt' : 'k-curve__band'} x={left} width={right - left} y={py(band.to)} height={Math.max(0, py(band.from) - py(band.to))} />
          {name !== 'narrow' && <text x={right + 8} y={(py(band.from) + py(band.to)) / 2 + 4}>{band.label}</text>}
        </g>
      ))}
      {noise && <rect className="k-curve__noise" x={left} width={right - left} y={py(Math.min(noise.to, y.max))} height={py(Math.max(noise.from, y.min)) - py(Math.min(noise.to, y.max))} />}
      {y.ticks.map((tick) => (
        <g key={tick}><line className="k-curve__grid" x1={left} x2={right} y1={py(tick)} y2={py(tick)} /><text x={left - 8} y={py(tick) + 4} textAnchor="end">{show(tick)}</text></g>
      ))}
      <line className="k-curve__axis" x1={left} x2={right} y1={py(y.min)} y2={py(y.min)} />
      {ticks.map((tick) => <text key={`${tick.at} ${tick.label}`} x={tick.middle} y={height - 10} textAnchor="middle">{tick.label}</text>)}
      {counts.map((one, place) => <StillThere key={one.name} {...one} top={height + place * COUNTS} width={width} px={px} />)}
      {marks.map((mark) => (
        <g key={`${mark.at} ${mark.label}`}><line className="k-curve__mark" x1={px(mark.at)} x2={px(mark.at)} y1={EDGE.top} y2={py(y.min)} />{named.has(mark.at) && <text className="k-curve__mark-name" x={px(mark.at)} y={EDGE.top - 4}>{mark.label}</text>}</g>
      ))}
      {series.map((one) => <SeriesMarks key={one.name} series={one} px={px} py={py} />)}
      {namesAtEnds(series, width, px, py).map(({ short, x: at, y: level }) => <text key={short} className="k-curve__end" x={at} y={level}>{short}</text>)}
      <Lanes lanes={lanes} top={height} left={left} right={right} px={px} />
    </svg>
  )
}

const wide = (label: string) => label.length * TEXT * LETTER

function StillThere({ name, at, top, width, px }: NonNullable<CurveProps['counts']>[number] & { readonly top: number; readonly width: number; readonly px: Place }) {
  const words = apart(at.map(({ x, says }) => ({ x, says, from: px(x) - wide(says) / 2, to: px(x) + wide(says) / 2 })), width)
  return <><text x={0} y={top + 14}>{name}</text>{words.map(({ x, says }) => <text key={x} x={px(x)} y={top + 34} textAnchor="middle">{says}</text>)}</>
}

type Place = (value: number) => number

const NAME = 16
/** At the end of each line, above it; below it where another ends close above, so that a name stands at its own line. */
function namesAtEnds(series: readonly CurveSeries[], width: number, px: Place, py: Place) {
  const placed: { short: string; x: number; y: number; line: number }[] = []
  const ends = series.flatMap(({ short, points }) => { const end = points.at(-1); return short && end ? [{ short, x: Math.min(px(end.x) + 8, width - wide(short)), line: py(end.y) }] : [] })
  for (const { short, x, line } of ends.toSorted((a, b) => a.line - b.line)) {
    const close = placed.filter((one) => x < one.x + wide(one.short) && one.x < x + wide(short))
    let y = close.some((one) => line - one.line < 2 * NAME) ? line + NAME : line - NAME / 2
    while (close.some((one) => Math.abs(one.y - y) < NAME)) y += NAME
    placed.push({ short, x, y, line })
  }
  return placed
}

function SeriesMarks({ series, px, py }: { readonly series: CurveSeries; readonly px: Place; readonly py: Place }) {
  const { points, steps = false, dots = true, tone = 'main' } = series
  const ranged = points.filter((point) => point.low !== undefined && point.high !== undefined)
  const upper = trace(ranged.map((point) => ({ x: point.x, y: point.high ?? point.y })), steps, px, py)
  const lower = trace(ranged.map((point) => ({ x: point.x, y: point.low ?? point.y })), steps, px, py).split('M').join('').split('L').reverse().join('L')
  return (
    <g>
      {ranged.length > 1 && <path className={series.broken ? 'k-curve__range k-curve__range--broken' : 'k-curve__range'} d={`${upper}L${lower}Z`} />}
      <path className={lineClass(series)} d={stretches(points, series.gaps).map((stretch) => trace(stretch, steps, px, py)).join('')} />
      {series.mark && points.map((point) => <PointMark key={`${point.x} ${point.y}`} shape={series.mark!} x={px(point.x)} y={py(point.y)} />)}
      {dots && tone !== 'thin' && !steps && points.map((point) => <circle key={`${point.x} ${point.y}`} className={`k-curve__dot${tone === 'accent' ? ' k-curve__dot--accent' : ''}${point.strong ? ' k-curve__dot--strong' : ''}`} cx={px(point.x)} cy={py(point.y)} r="4" />)}
    </g>
  )
}

/** The points between two gaps, each with a line of its own. */
function stretches(points: readonly CurvePoint[], gaps: readonly number[] = []): CurvePoint[][] {
  const all: CurvePoint[][] = []
  for (const point of points) {
    const last = all.at(-1)
    const before = last?.at(-1)
    if (last && before && !gaps.some((gap) => gap > before.x && gap < point.x)) last.push(point)
    else all.push([point])
  }
  return all
}

function trace(points: readonly { readonly x: number; readonly y: number }[], steps: boolean, px: Place, py: Place) {
  const round = (value: number) => Math.round(value * 10) / 10
  return points.map((point, place) => {
    const before = points[place - 1]
    const to = `${round(px(point.x))} ${round(py(point.y))}`
    if (!before) return `M${to}`
    return steps ? `L${round(px(point.x))} ${round(py(before.y))}L${to}` : `L${to}`
  }).join('')
}

const lineClass = ({ tone = 'main', mark, broken }: CurveSeries) => ['k-curve__line', tone !== 'main' && `k-curve__line--${tone}`, mark && `k-curve__line--${mark}`, broken && 'k-curve__line--broken'].filter(Boolean).join(' ')
const shapes = { square: 'M-4-4H4V4H-4Z', diamond: 'M0-5.5L5.5 0L0 5.5L-5.5 0Z', triangle: 'M0-5L5 4H-5Z' } as const
const PointMark = ({ shape, x, y }: { readonly shape: keyof typeof shapes; readonly x: number; readonly y: number }) => <path className="k-curve__shape" d={shapes[shape]} transform={`translate(${Math.round(x)} ${Math.round(y)})`} />

const Key = ({ series }: { readonly series: readonly CurveSeries[] }) => (
  <ul className="k-curve__key" aria-hidden="true">
    {series.map((one) => <li key={one.name}><svg viewBox="0 0 28 12"><line className={lineClass(one)} x1="1" x2="27" y1="6" y2="6" />{one.mark && <PointMark shape={one.mark} x={14} y={6} />}</svg>{one.name}</li>)}
  </ul>
)

function CurveTable({ series, show }: { readonly series: CurveSeries; readonly show: (value: number) => string }) {
  const ranged = series.points.some((point) => point.low !== undefined)
  const noted = { key: 'strong', head: 'More than noise', cell: (point: CurvePoint) => (point.strong ? 'yes' : '') }
  const range = { key: 'range', head: 'Range', numeric: true, cell: (point: CurvePoint) => (point.low === undefined || point.high === undefined ? 'not known' : `${show(point.low)} to ${show(point.high)}`) }
  return (
    <Table
      caption={series.name} rows={series.points} rowKey={(point) => `${point.x} ${point.y} ${point.label}`}
      columns={[{ key: 'x', head: 'When', cell: (point) => point.label }, { key: 'y', head: 'Value', numeric: true, cell: (point) => show(point.y) }, ...(ranged ? [range] : []), ...(series.points.some(({ strong }) => strong) ? [noted] : [])]}
    />
  )
}
