import { dueRows } from '../../../../core/course/course.ts'
import { dosedSessions, showDose } from '../../../../core/measures/doses.ts'
import { measurePlan } from '../../../../core/measures/due.ts'
import { endsOf, instrumentOf, type Instrument } from '../../../../core/measures/instrument.ts'
import { formHere } from '../../../../core/measures/own-copy.ts'
import { eventsOnAxis, meanCurve, type AxisEvent, type MeanPoint } from '../../../../core/outcomes/axis.ts'
import type { CourseOutcome } from '../../../../core/outcomes/course-outcome.ts'
import { scored } from '../../../../core/outcomes/curve.ts'
import { daysBetween, type Instant } from '../../../../core/shared/time.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { allianceForms } from '../../../../knowledge/instruments/timing.ts'
import { traumaRow } from '../../../../knowledge/outcomes.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { Curve, type CurveLane, type CurveSeries } from '../../../kit/index.ts'
import { visitNames } from '../../home/Home.tsx'
import { shortDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { plural } from '../words.ts'
import { mostOf } from './figures.ts'

/** Points of change that are more than a form's own noise; nothing where no row says so. */
const reliablePoints = (id: string): number | undefined => rulebook.outcomes.changes.find(({ instrument }) => instrument === id)?.reliablePoints ?? (id === 'pcl-5' ? traumaRow.reliablePoints[0] : undefined)
const titleOf = (id: string) => instrumentOf(rulebook.instruments, id)?.title ?? id

/** One axis of time for everything that is drawn of a person: days from the first dose, or from the first score where there was none. */
function useAxis() {
  const { chart, zone, protocol, now } = useOpenChart()
  const events = eventsOnAxis(chart, zone)
  const answers = chart.all('measure-answered.v1').map(({ at }) => at)
  const sessions = dosedSessions(chart)
  const origin = sessions[0]?.firstDoseAt ?? answers.toSorted()[0] ?? now
  const dayOf = (at: Instant) => daysBetween(origin, at)
  const asked = measurePlan(protocol, chart, now, dueRows(rulebook, zone)).filter(({ instrument, state, closesAt }) => {
    const form = instrumentOf(rulebook.instruments, instrument)
    return state === 'missed' && closesAt !== null && form?.answeredBy.includes('patient') && formHere(form, []) !== undefined
  })
  const days = [...answers, ...events.map(({ at }) => at), ...asked.map(({ closesAt }) => closesAt!)].map(dayOf)
  const [min, last] = [Math.min(...days, 0), Math.max(...days, 1)]
  // The last point keeps clear of the names of the bands.
  const max = last + (last - min) * 0.03
  return { dayOf, events, missed: asked.map(({ instrument, closesAt }) => ({ instrument, at: closesAt! })), x: { min, max, ticks: ticksOf(min, max, sessions.length > 0) }, label: (at: Instant) => shortDay(at, zone) }
}

/** Scales of one height share a figure: the first is the one whose bands lie behind it. */
export function CourseFigure({ outcomes }: { readonly outcomes: readonly CourseOutcome[] }) {
  const axis = useAxis()
  const [main] = outcomes
  if (!main) return null
  const most = mostOfId(main.instrument)
  const drawn = outcomes.filter(({ instrument }) => instrument === main.instrument || (main.instrument !== 'pcl-5' && mostOfId(instrument) <= Math.max(most, mostOfId('phq-9'))))
  const top = Math.max(...drawn.map(({ instrument }) => mostOfId(instrument)))
  const bands = instrumentOf(rulebook.instruments, main.instrument)?.bands.map(({ from, to, name }) => ({ from, to: Math.min(to + 1, top), label: name.replace('moderately', 'mod.') })) ?? []
  const reliable = reliablePoints(main.instrument)
  const noise = main.baseline && reliable !== undefined ? { from: main.baseline.total - reliable + 1, to: main.baseline.total + reliable - 1 } : undefined
  return (
    <Curve
      title={`${drawn.map(({ instrument }) => titleOf(instrument)).join(' and ')} over the course`} series={drawn.map((one, at) => seriesOf(one, at === 0 ? 'main' : 'accent', axis)).filter(({ points }) => points.length > 0)}
      bands={bands} noise={noise} lanes={lanesOf(axis)} note={noteOf(drawn, axis, reliable)} height={320}
      y={{ min: 0, max: top, ticks: Array.from({ length: 20 }, (_, at) => at * (top > 40 ? 20 : 5)).filter((tick) => tick <= top) }} x={axis.x}
    />
  )
}

const mostOfId = (id: string): number => { const instrument = instrumentOf(rulebook.instruments, id); return (instrument && mostOf(instrument)) ?? 0 }
type Axis = ReturnType<typeof useAxis>

/** A point that stands further from the baseline than the form's own noise is drawn full. */
function seriesOf({ instrument, points, baseline }: CourseOutcome, tone: 'main' | 'accent', { dayOf, label, missed }: Axis): CurveSeries {
  const reliable = reliablePoints(instrument)
  const isStrong = (total: number) => baseline !== null && reliable !== undefined && Math.abs(baseline.total - total) >= reliable
  const gaps = [...missed.filter((one) => one.instrument === instrument).map(({ at }) => at), ...points.filter(({ total }) => total === null).map(({ at }) => at)].map(dayOf)
  return { name: titleOf(instrument), tone, gaps, points: scored(points).map((point) => ({ x: dayOf(point.at), y: point.total, label: label(point.at), ...(isStrong(point.total) ? { strong: true } : {}) })) }
}

function noteOf(drawn: readonly CourseOutcome[], { missed }: Axis, reliable: number | undefined): string {
  const incomplete = drawn.reduce((count, { points }) => count + points.filter(({ total }) => total === null).length, 0)
  const scores = drawn.reduce((count, { points }) => count + scored(points).length, 0)
  const open = missed.filter(({ instrument }) => drawn.some((one) => one.instrument === instrument)).length
  const [main] = drawn
  return [
    `${scores} complete ${scores === 1 ? 'score' : 'scores'}.`, open > 0 ? `${plural(open, 'questionnaire')} that ${open === 1 ? 'was' : 'were'} asked for and not answered: the line is broken there.` : 'None that was asked for is missing.',
    incomplete > 0 ? `${plural(incomplete, 'answer', 'answers')} with an item missing: no point is drawn.` : '', main && `Bands are those of the ${titleOf(main.instrument)}.`,
    main?.baseline && reliable !== undefined ? `The pale stretch is what cannot be told from the baseline of ${main.baseline.total}: less than ${reliable} points. A full dot lies further from it.` : '',
  ].filter(Boolean).join(' ')
}

function lanesOf({ events, missed, dayOf, label }: Axis): CurveLane[] {
  const of = <What extends AxisEvent['what']>(what: What) => events.filter((event): event is Extract<AxisEvent, { what: What }> => event.what === what)
  const mark = (at: Instant, text: string, short?: string) => ({ at: dayOf(at), when: label(at), label: text, short })
  const lanes: CurveLane[] = [
    { name: 'Doses', shape: 'diamond', marks: of('dose').map(({ at, doseUg }, place) => mark(at, `dose ${place + 1}, ${showDose(doseUg)}`, doseUg === undefined ? '?' : showMg(doseUg))) },
    { name: 'Visits', shape: 'dot', marks: of('visit').map(({ at, type }) => mark(at, visitNames[type] ?? type)) },
    { name: 'Medicines', shape: 'bar', marks: of('medicine').map(({ at, name, dosage, how }) => mark(at, `${name}${dosage ? `, ${dosage}` : ''}: ${how}`, name)) },
    { name: 'Life', shape: 'dot', marks: of('life').map(({ at, says, felt }) => mark(at, `${says}${felt === 'neither' ? '' : `, felt ${felt}`}`, says.length > 18 ? undefined : says)) },
    { name: 'Not answered', shape: 'cross', marks: missed.map(({ instrument, at }) => mark(at, titleOf(instrument))) },
  ]
  return lanes.filter(({ marks }) => marks.length > 0)
}

/** Whole weeks from the first dose where there was one; few enough to be read. */
function ticksOf(min: number, max: number, dosed: boolean) {
  const span = Math.max(1, max - min)
  const step = 7 * Math.max(1, Math.ceil(span / 7 / 6))
  const first = Math.ceil(min / step) * step
  return Array.from({ length: Math.floor((max - first) / step) + 1 }, (_, at) => first + at * step).map((day) => ({ at: day, label: day === 0 ? (dosed ? 'first dose' : 'first score') : `${day > 0 ? '+' : '−'}${Math.abs(day) / 7} wk` }))
}

/** How the two work together, on the same axis, beside the symptoms: read as a trend, never against a cut-off. Forms that a practice asks with its own copy stand under the one that ships, once somebody has answered them. */
export function Alliance() {
  const { chart } = useOpenChart()
  const axis = useAxis()
  const [own, ...licensed] = allianceForms.flatMap((id) => instrumentOf(rulebook.instruments, id) ?? [])
  const drawn = [own, ...licensed].flatMap((form) => (form ? [{ form, points: meanCurve(chart, form) }] : [])).filter(({ points }) => points.length > 0)
  if (drawn.length === 0) return <p className="soft">{own?.title}: nobody has answered it yet. It waits on the patient’s own page.</p>
  return drawn.map(({ form, points }) => <AllianceCurve key={form.id} form={form} points={points} axis={axis} />)
}

function AllianceCurve({ form, points, axis }: { readonly form: Instrument; readonly points: readonly MeanPoint[]; readonly axis: Axis }) {
  const whole = points.flatMap(({ at, mean }) => (mean === null ? [] : [{ x: axis.dayOf(at), y: mean, label: axis.label(at) }]))
  if (whole.length === 0) return <p className="soft">{form.title}: no complete answer yet.</p>
  const gaps = points.filter(({ mean }) => mean === null).map(({ at }) => axis.dayOf(at))
  const ends = form.items.map(({ answer }) => endsOf(answer))
  const [min, max] = [Math.min(...ends.map((one) => one.min)), Math.max(...ends.map((one) => one.max))]
  const note = `The mean of ${form.items.length} answers from ${min} to ${max}. ${form.validated ? '' : 'Not validated: '}${form.validated ? 'Read' : 'read'} it as a trend. ${whole.length} complete ${whole.length === 1 ? 'answer' : 'answers'}.`
  return <Curve title={`${form.title}, as the patient says`} series={[{ name: form.title, tone: 'accent', points: whole, gaps }]} x={axis.x} y={{ min, max, ticks: max - min > 5 ? [min, (min + max) / 2, max] : Array.from({ length: max - min + 1 }, (_, at) => min + at) }} height={150} note={note} />
}
