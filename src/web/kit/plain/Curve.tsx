import { Disclosure, Table } from './Table.tsx'

export interface CurvePoint {
  readonly x: number
  readonly y: number
  /** How the x is written in the table and on the axis: "14 Mar", "day 28". */
  readonly label: string
  /** The range around the value, where one is known. */
  readonly low?: number | undefined
  readonly high?: number | undefined
}

export interface CurveSeries {
  readonly name: string
  readonly points: readonly CurvePoint[]
  /** `thin` is somebody else's curve beside ours; `accent` a second one of ours. */
  readonly tone?: 'main' | 'accent' | 'thin'
  /** Holds each value until the next point, as a survival curve does. */
  readonly steps?: boolean
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
  /** Said under the figure: what is missing, how many, what the thin line is. */
  readonly note?: string | undefined
  readonly height?: number
}

const WIDTH = 720
const EDGE = { top: 12, right: 24, bottom: 32, left: 44 }
/** Room at the right for the names of the bands, so that no curve runs through them. */
const BAND_NAMES = 92

/** One figure, drawn well: bands, curve, range and marks, with the same numbers in a table beside it. */
export function Curve({ title, series, y, x, bands = [], marks = [], note, height = 280 }: CurveProps) {
  const show = y.show ?? String
  const right = WIDTH - (bands.length > 0 ? BAND_NAMES : EDGE.right)
  const px = (value: number) => EDGE.left + ((value - x.min) / (x.max - x.min || 1)) * (right - EDGE.left)
  const py = (value: number) => height - EDGE.bottom - ((value - y.min) / (y.max - y.min || 1)) * (height - EDGE.top - EDGE.bottom)
  return (
    <figure className="k-curve" aria-label={title}>
      <figcaption className="k-curve__title">{title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true" focusable="false">
        {bands.map((band, place) => (
          <g key={band.label}>
            <rect className={place % 2 ? 'k-curve__band k-curve__band--alt' : 'k-curve__band'} x={EDGE.left} width={right - EDGE.left} y={py(band.to)} height={Math.max(0, py(band.from) - py(band.to))} />
            <text x={right + 8} y={(py(band.from) + py(band.to)) / 2 + 4}>{band.label}</text>
          </g>
        ))}
        {y.ticks.map((tick) => (
          <g key={tick}><line className="k-curve__grid" x1={EDGE.left} x2={right} y1={py(tick)} y2={py(tick)} /><text x={EDGE.left - 8} y={py(tick) + 4} textAnchor="end">{show(tick)}</text></g>
        ))}
        <line className="k-curve__axis" x1={EDGE.left} x2={right} y1={py(y.min)} y2={py(y.min)} />
        {x.ticks.map((tick) => <text key={`${tick.at} ${tick.label}`} x={px(tick.at)} y={height - 10} textAnchor="middle">{tick.label}</text>)}
        {marks.map((mark) => (
          <g key={`${mark.at} ${mark.label}`}><line className="k-curve__mark" x1={px(mark.at)} x2={px(mark.at)} y1={EDGE.top} y2={py(y.min)} /><text x={px(mark.at) + 4} y={EDGE.top + 10}>{mark.label}</text></g>
        ))}
        {series.map((one) => <SeriesMarks key={one.name} series={one} px={px} py={py} />)}
      </svg>
      {series.length > 1 && <Key series={series} />}
      {note && <p className="k-curve__note">{note}</p>}
      <Disclosure summary="The same as a table">
        {series.map((one) => <CurveTable key={one.name} series={one} show={show} />)}
      </Disclosure>
    </figure>
  )
}

type Place = (value: number) => number

function SeriesMarks({ series, px, py }: { readonly series: CurveSeries; readonly px: Place; readonly py: Place }) {
  const { points, steps = false, tone = 'main' } = series
  const ranged = points.filter((point) => point.low !== undefined && point.high !== undefined)
  const upper = trace(ranged.map((point) => ({ x: point.x, y: point.high ?? point.y })), steps, px, py)
  const lower = trace(ranged.map((point) => ({ x: point.x, y: point.low ?? point.y })), steps, px, py).split('M').join('').split('L').reverse().join('L')
  return (
    <g>
      {ranged.length > 1 && <path className="k-curve__range" d={`${upper}L${lower}Z`} />}
      <path className={tone === 'main' ? 'k-curve__line' : `k-curve__line k-curve__line--${tone}`} d={trace(points, steps, px, py)} />
      {tone !== 'thin' && !steps && points.map((point) => <circle key={`${point.x} ${point.y}`} className={tone === 'accent' ? 'k-curve__dot k-curve__dot--accent' : 'k-curve__dot'} cx={px(point.x)} cy={py(point.y)} r="4" />)}
    </g>
  )
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

const Key = ({ series }: { readonly series: readonly CurveSeries[] }) => (
  <ul className="k-curve__key" aria-hidden="true">
    {series.map((one) => <li key={one.name}><svg viewBox="0 0 28 10"><line className={`k-curve__line k-curve__line--${one.tone ?? 'main'}`} x1="1" x2="27" y1="5" y2="5" /></svg>{one.name}</li>)}
  </ul>
)

function CurveTable({ series, show }: { readonly series: CurveSeries; readonly show: (value: number) => string }) {
  const ranged = series.points.some((point) => point.low !== undefined)
  const range = { key: 'range', head: 'Range', numeric: true, cell: (point: CurvePoint) => (point.low === undefined || point.high === undefined ? 'not known' : `${show(point.low)} to ${show(point.high)}`) }
  return (
    <Table
      caption={series.name} rows={series.points} rowKey={(point) => `${point.x} ${point.y} ${point.label}`}
      columns={[{ key: 'x', head: 'When', cell: (point) => point.label }, { key: 'y', head: 'Value', numeric: true, cell: (point) => show(point.y) }, ...(ranged ? [range] : [])]}
    />
  )
}
