import type { PlasmaDose } from '../../../../core/plasma/plasma.ts'
import type { Result } from '../../../../core/shared/result.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../core/shared/time.ts'
import { plasma } from '../../../../knowledge/plasma.ts'
import { Curve, Disclosure, type CurveSeries } from '../../../kit/index.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { plasmaLines, plasmaTimes, type PlasmaLine } from '../../../../core/plasma/lines.ts'

interface PlasmaCurveProps {
  /** What was, or would be, given: "48 mg IM". */
  readonly what: string
  readonly doses: Result<readonly PlasmaDose[], string>
  readonly weightG: number
}

const HOUR = HOUR_MS / MINUTE_MS
const HEAD = 'population estimate, not a measurement'

/** Ketamine in plasma as a band, for understanding a session and never for choosing a dose: no order or proposal reads it. */
export function PlasmaCurve({ what, doses, weightG }: PlasmaCurveProps) {
  const lines = doses.ok ? plasmaLines(doses.value, weightG / 1_000, plasma) : []
  const [first, ...others] = lines
  if (!doses.ok || !first) return <p className="soft">Plasma curve of {what}: {doses.ok ? 'no model knows this way of giving it.' : doses.refusal}</p>
  const [low, high] = plasma.caveat.band
  const series: CurveSeries[] = [
    { name: `${first.model.name}, with its band`, dots: false, points: first.points.map(({ min, ngPerMl }) => ({ x: min, y: ngPerMl, label: `${min} min`, low: ngPerMl * low, high: ngPerMl * high })) },
    ...others.map((line): CurveSeries => ({ name: line.model.name, tone: 'thin', points: line.points.map(({ min, ngPerMl }) => ({ x: min, y: ngPerMl, label: `${min} min` })) })),
  ]
  const { max, ticks } = scale(lines, high)
  const last = plasmaTimes.at(-1)!
  const booster = doses.value.slice(1).map(({ atMin }) => ({ at: atMin, label: 'booster' }))
  return (
    <div className="c-plasma">
      <Curve
        title={`${what}, ketamine in plasma, ng/mL: ${HEAD}`} series={series} height={260} marks={booster}
        y={{ min: 0, max, ticks, show: (value) => String(Math.round(value)) }} x={{ min: 0, max: last, ticks: plasmaTimes.filter((min) => min % HOUR === 0).map((at) => ({ at, label: at === 0 ? 'dose' : `${at / HOUR} h` })) }}
        note={`A ${HEAD}. ${plasma.caveat.says} The shaded band goes from ${low} to ${high} times the line; one person may lie outside it.`}
      />
      <Disclosure summary="Where the curve comes from">
        <BasisOf id={plasma.caveat.id} tag={plasma.caveat.tag} cites={plasma.caveat.cites} verified={plasma.caveat.verified} basis="The width of the band." />
        {[first, ...others].map(({ model }) => <BasisOf key={model.id} id={model.id} tag={model.tag} cites={model.cites} verified={model.verified} basis={model.says} />)}
      </Disclosure>
    </div>
  )
}

/** Whole steps of the axis that the band stays under. */
function scale(lines: readonly PlasmaLine[], high: number) {
  const most = Math.max(1, ...lines.flatMap(({ points }, at) => points.map(({ ngPerMl }) => ngPerMl * (at === 0 ? high : 1))))
  const step = [5, 10, 20, 50, 100, 200, 500, 1_000, 2_000].find((one) => most / one <= 5) ?? most / 4
  const max = Math.ceil(most / step) * step
  return { max, ticks: Array.from({ length: Math.round(max / step) + 1 }, (_, at) => at * step) }
}
