import { useEffect, useMemo, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { AlertRow } from '../../../core/session/rows.ts'
import type { SessionNow } from '../../../core/session/session.ts'
import { plasma as plasmaRows } from '../../../knowledge/plasma.ts'
import { Disclosure, Table } from '../../kit/index.ts'
import { givenDoses, plasmaLines } from '../../../core/plasma/lines.ts'
import { wallTime, type Room } from './room.ts'
import { say } from './say.ts'

interface Drawn {
  readonly data: uPlot.AlignedData
  readonly doses: readonly { readonly at: number; readonly label: string }[]
  readonly band: { readonly from: number; readonly peak: readonly [number, number]; readonly to: number } | undefined
  /** Where the estimate of ketamine in plasma lies for most people, as shares of the highest; no number is read off it. */
  readonly plasma: readonly { readonly at: number; readonly low: number; readonly high: number }[]
  readonly limits: readonly Limit[]
}

/** From where somebody is called, by the rules of this session. */
interface Limit {
  readonly scale: keyof typeof SCALES
  readonly value: number
  readonly label: string
}

const SERIES = ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'spo2Percent'] as const
/** Pressure and pulse share an axis; saturation has its own, because a fall of a few per cent would be lost on theirs. */
const SCALES = { value: [30, 210], saturation: [80, 101] } as const

/** Pressure, pulse and saturation over the session, with the doses, and where the effect is usually expected as a pale band. */
export function VitalsChart({ room }: { readonly room: Room }) {
  const { session, zone } = room
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const newest = session.entries.list.at(-1)?.id
  const drawn = useMemo(() => ({ ...toDraw(session, room.now), plasma: plasmaOf(room), limits: limitsOf(room.rules.book.monitoring.alerts) }), [session.session, session.entries.list.length, newest, session.phase?.phase, room.rules.book])
  const held = useRef(drawn)
  held.current = drawn

  useEffect(() => {
    const element = place.current
    if (!element || !canDraw()) return
    plot.current = new uPlot(optionsFor(element, zone, () => held.current), held.current.data, element)
    const watching = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: element.clientHeight }))
    watching.observe(element)
    const light = new MutationObserver(() => plot.current?.redraw(false))
    light.observe(document.documentElement, { attributes: true, attributeFilter: ['data-light'] })
    return () => { watching.disconnect(); light.disconnect(); plot.current?.destroy(); plot.current = undefined }
  }, [zone])
  useEffect(() => { plot.current?.setData(drawn.data) }, [drawn])

  return (
    <figure className="r-chart" aria-label="Pressure, pulse and saturation over the session">
      <div className="r-chart__plot" ref={place} aria-hidden="true" />
      <figcaption className="r-chart__key small"><span data-of="pressure">pressure</span><span data-of="pulse">pulse</span><span data-of="spo2">saturation</span>{drawn.limits.length > 0 && <span data-of="limit">call from here</span>}{drawn.plasma.length > 0 && <span data-of="plasma">in plasma: {PLASMA_SAYS}</span>}{session.phase && <span className="soft">{session.phase.says} (expected, not measured)</span>}</figcaption>
      <Disclosure summary="Readings as a table">
        <Table
          caption="Readings" captionHeard rows={session.vitals} rowKey={({ id }) => id} empty="No reading yet."
          columns={[{ key: 'at', head: 'Time', cell: ({ at }) => wallTime(at, zone) }, { key: 'says', head: 'Reading', cell: (entry) => say(entry, room) }, { key: 'by', head: 'By', cell: ({ by }) => room.name(by) }]}
        />
      </Disclosure>
    </figure>
  )
}

const PLASMA_SAYS = 'population estimate, not a measurement'

/** The band around the first model’s curve, for the doses as they stand; nothing where one is in doubt or an infusion still runs. */
function plasmaOf({ chart, session }: Room): Drawn['plasma'] {
  const { firstAt } = session.doses
  const order = chart.entry(session.started.body.order)
  if (firstAt === undefined || order?.kind !== 'order.v1') return []
  const doses = givenDoses(chart, { session: session.session, firstDoseAt: firstAt })
  const line = doses.ok ? plasmaLines(doses.value, order.body.weightG / 1_000, plasmaRows)[0] : undefined
  if (!line) return []
  const [low, high] = plasmaRows.caveat.band
  const most = Math.max(...line.points.map(({ ngPerMl }) => ngPerMl)) * high
  return most > 0 ? line.points.map(({ min, ngPerMl }) => ({ at: Date.parse(firstAt) / 1_000 + min * 60, low: (ngPerMl * low) / most, high: (ngPerMl * high) / most })) : []
}

/** The plain bounds of the level at which somebody is called; a rise above one person’s baseline is no line of its own. */
function limitsOf(alerts: readonly AlertRow[]): readonly Limit[] {
  const scales: Partial<Record<AlertRow['watches'], Limit['scale']>> = { systolicMmHg: 'value', spo2Percent: 'saturation' }
  return alerts.flatMap(({ watches, levels, name, unit }) => {
    const scale = scales[watches]
    const test = levels.orange
    if (!scale || !test) return []
    const limit = (value: number): Limit => ({ scale, value, label: `${name} ${value} ${unit}` })
    return 'atLeast' in test ? [limit(test.atLeast)] : 'below' in test ? [limit(test.below)] : []
  })
}

function toDraw({ vitals, doses, started, phase }: SessionNow, now: string): Omit<Drawn, 'plasma' | 'limits'> {
  const seconds = (at: string) => Date.parse(at) / 1_000
  const readings = vitals.toReversed()
  const last = doses.lastAt
  const ends = last && phase ? seconds(last) + phase.band.endMin * 60 : undefined
  const times = [seconds(started.at), ...readings.map(({ at }) => seconds(at)), Math.max(seconds(now), ends ?? 0, seconds(started.at) + 1_800)]
  const column = (of: (typeof SERIES)[number]) => [null, ...readings.map(({ body }) => body[of] ?? null), null]
  return {
    data: [times, ...SERIES.map(column)] as unknown as uPlot.AlignedData,
    doses: doses.steps.flatMap((step) => step.given.map((dose) => ({ at: seconds(dose.at), label: `${dose.body.doseUg / 1_000} mg${step.conflict ? '?' : ''}` }))),
    band: last && phase && ends !== undefined ? { from: seconds(last) + phase.band.onsetMin * 60, peak: [seconds(last) + phase.band.peakMin[0] * 60, seconds(last) + phase.band.peakMin[1] * 60], to: ends } : undefined,
  }
}

function optionsFor(element: HTMLElement, zone: string, drawn: () => Drawn): uPlot.Options {
  const token = (name: string) => getComputedStyle(element).getPropertyValue(name).trim()
  // Asked for at every drawing, because the light of the room may change under it.
  const stroke = (name: string) => () => token(name)
  const axis = { stroke: stroke('--soft'), font: `13px ${token('--text')}`, grid: { stroke: stroke('--line'), width: 1 }, ticks: { stroke: stroke('--line'), width: 1 } }
  return {
    width: element.clientWidth, height: element.clientHeight, legend: { show: false }, cursor: { show: false },
    scales: { x: { time: true }, value: { range: [...SCALES.value] }, saturation: { range: [...SCALES.saturation] } },
    axes: [{ ...axis, values: (_, ticks) => ticks.map((tick) => wallTime(new Date(tick * 1_000).toISOString(), zone)) }, { ...axis, scale: 'value', size: 42 }, { ...axis, scale: 'saturation', side: 1, size: 42, grid: { show: false } }],
    series: [
      {}, { label: 'Systolic', scale: 'value', stroke: stroke('--ink'), width: 2, spanGaps: true, points: { size: 7 } }, { label: 'Diastolic', scale: 'value', stroke: stroke('--ink'), width: 2, spanGaps: true, points: { size: 7 } },
      { label: 'Pulse', scale: 'value', stroke: stroke('--primary'), width: 2, dash: [6, 4], spanGaps: true, points: { size: 6 } }, { label: 'Saturation', scale: 'saturation', stroke: stroke('--soft'), width: 2, dash: [2, 3], spanGaps: true, points: { size: 6 } },
    ],
    hooks: { drawClear: [(u) => drawBehind(u, drawn(), { primary: token('--primary'), soft: token('--soft'), call: token('--call'), family: token('--text') })] },
  }
}

/** Drawn under the curves: where the effect is usually expected, and an upright line for every dose. */
function drawBehind(u: uPlot, { band, doses, plasma, limits }: Drawn, { primary, soft, call, family }: { readonly primary: string; readonly soft: string; readonly call: string; readonly family: string }) {
  const { ctx, bbox } = u
  const x = (at: number) => Math.min(Math.max(u.valToPos(at, 'x', true), bbox.left), bbox.left + bbox.width)
  ctx.save()
  const shade = (from: number, to: number, alpha: number) => { ctx.globalAlpha = alpha; ctx.fillStyle = primary; ctx.fillRect(x(from), bbox.top, x(to) - x(from), bbox.height) }
  if (band) { shade(band.from, band.to, 0.08); shade(band.peak[0], band.peak[1], 0.08) }
  if (plasma.length > 0) {
    const up = (share: number) => bbox.top + bbox.height - share * bbox.height * PLASMA_TALL
    ctx.globalAlpha = 0.16
    ctx.fillStyle = soft
    ctx.beginPath()
    for (const { at, high } of plasma) ctx.lineTo(x(at), up(high))
    for (const { at, low } of plasma.toReversed()) ctx.lineTo(x(at), up(low))
    ctx.fill()
  }
  ctx.globalAlpha = 0.7
  ctx.strokeStyle = call
  ctx.lineWidth = 1
  ctx.setLineDash([2 * uPlot.pxRatio, 4 * uPlot.pxRatio])
  for (const { scale, value, label } of limits) {
    const y = u.valToPos(value, scale, true)
    if (y < bbox.top || y > bbox.top + bbox.height) continue
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.textAlign = scale === 'saturation' ? 'right' : 'left'
    ctx.font = `${11 * uPlot.pxRatio}px ${family}`
    ctx.fillStyle = call
    ctx.fillText(label, scale === 'saturation' ? bbox.left + bbox.width - 4 * uPlot.pxRatio : bbox.left + 4 * uPlot.pxRatio, y - 3 * uPlot.pxRatio)
  }
  ctx.setLineDash([])
  ctx.globalAlpha = 1
  ctx.strokeStyle = soft
  ctx.fillStyle = soft
  ctx.textAlign = 'left'
  ctx.font = `${13 * uPlot.pxRatio}px ${family}`
  ctx.lineWidth = 2
  for (const dose of doses) {
    ctx.beginPath()
    ctx.moveTo(x(dose.at), bbox.top)
    ctx.lineTo(x(dose.at), bbox.top + bbox.height)
    ctx.stroke()
    // Above the plot: on a line of the grid the amount would look crossed out.
    ctx.fillText(dose.label, x(dose.at) - 2 * uPlot.pxRatio, bbox.top - 5 * uPlot.pxRatio)
  }
  ctx.restore()
}

/** How much of the plot the plasma band may take, from below: it lies behind the curves and has no axis. */
const PLASMA_TALL = 0.4

const canDraw = () => typeof ResizeObserver !== 'undefined' && Boolean(document.createElement('canvas').getContext('2d'))
