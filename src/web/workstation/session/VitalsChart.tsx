import { useEffect, useMemo, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { SessionNow } from '../../../core/session/session.ts'
import { Disclosure, Table } from '../../kit/index.ts'
import { wallTime, type Room } from './room.ts'
import { say } from './say.ts'

interface Drawn {
  readonly data: uPlot.AlignedData
  readonly doses: readonly { readonly at: number; readonly label: string }[]
  readonly band: { readonly from: number; readonly peak: readonly [number, number]; readonly to: number } | undefined
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
  const drawn = useMemo(() => toDraw(session, room.now), [session.session, session.entries.list.length, newest, session.phase?.phase])
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
      <figcaption className="r-chart__key small"><span data-of="pressure">pressure</span><span data-of="pulse">pulse</span><span data-of="spo2">saturation</span>{session.phase && <span className="soft">{session.phase.says} (expected, not measured)</span>}</figcaption>
      <Disclosure summary="Readings as a table">
        <Table
          caption="Readings" captionHeard rows={session.vitals} rowKey={({ id }) => id} empty="No reading yet."
          columns={[{ key: 'at', head: 'Time', cell: ({ at }) => wallTime(at, zone) }, { key: 'says', head: 'Reading', cell: (entry) => say(entry, room) }, { key: 'by', head: 'By', cell: ({ by }) => room.name(by) }]}
        />
      </Disclosure>
    </figure>
  )
}

function toDraw({ vitals, doses, started, phase }: SessionNow, now: string): Drawn {
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
    hooks: { drawClear: [(u) => drawBehind(u, drawn(), { primary: token('--primary'), soft: token('--soft'), family: token('--text') })] },
  }
}

/** Drawn under the curves: where the effect is usually expected, and an upright line for every dose. */
function drawBehind(u: uPlot, { band, doses }: Drawn, { primary, soft, family }: { readonly primary: string; readonly soft: string; readonly family: string }) {
  const { ctx, bbox } = u
  const x = (at: number) => Math.min(Math.max(u.valToPos(at, 'x', true), bbox.left), bbox.left + bbox.width)
  ctx.save()
  const shade = (from: number, to: number, alpha: number) => { ctx.globalAlpha = alpha; ctx.fillStyle = primary; ctx.fillRect(x(from), bbox.top, x(to) - x(from), bbox.height) }
  if (band) { shade(band.from, band.to, 0.08); shade(band.peak[0], band.peak[1], 0.08) }
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

const canDraw = () => typeof ResizeObserver !== 'undefined' && Boolean(document.createElement('canvas').getContext('2d'))
