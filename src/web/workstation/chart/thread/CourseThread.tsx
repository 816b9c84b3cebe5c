import { useEffect, useRef } from 'react'
import { showDose } from '../../../../core/measures/doses.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { Thread, type ThreadState, type ThreadVisit } from '../../../kit/index.ts'
import { visitNames } from '../../home/Home.tsx'
import { dayAndTime, shortDay } from '../../times.ts'
import { mostOf } from '../outcome/figures.ts'
import { useOpenChart } from '../open-chart.ts'
import { columnsOf, scoresAlong, type ThreadColumn, type ThreadScore } from './columns.ts'

/** Least width of one place: wide enough for a finger. Where the course is longer than the screen, it scrolls as one. */
const COLUMN_REM = 2.875
const CURVE = { height: 64, top: 8, bottom: 6, most: mostOf(instruments['phq-9']) ?? 1 }

/** The course from end to end: visits as dots, doses under them, the mood score as one fine line above. */
export function CourseThread() {
  const { chart, course, zone, now, place, go, isClinical } = useOpenChart()
  const frame = useRef<HTMLDivElement>(null)
  const columns = columnsOf(course, chart)
  const scores = scoresAlong(chart, instruments['phq-9'], columns)
  const here = columns.findIndex(({ step }) => step.id === course.next?.id)
  const current = here >= 0 ? here : columns.findIndex(({ step }) => step.state !== 'done' && step.state !== 'missed')
  useEffect(() => {
    const element = frame.current
    if (element && current > 0) element.scrollLeft = ((current + 0.5) / columns.length) * element.scrollWidth - element.clientWidth / 2
  }, [current, columns.length])

  const visits = columns.map((column, at): ThreadVisit => ({
    id: column.step.id, label: column.step.title, state: stateOf(column, at === current), large: column.step.id.startsWith('medicine-'),
    ...(column.at ? { when: shortDay(column.at, zone) } : {}), ...(noteOf(column) ? { note: noteOf(column) } : {}),
  }))
  const held = new Set(course.steps.flatMap(({ state, visit }) => (state === 'done' && visit ? [visit.visit] : [])))
  const coming = course.visits.find(({ visit, endsAt }) => endsAt > now && !held.has(visit))
  return (
    <div className="c-thread">
      <div className="c-thread__frame" ref={frame}>
        <div className="c-thread__in" style={{ minWidth: `${columns.length * COLUMN_REM}rem` }}>
          {isClinical && <ScoreLine scores={scores} columns={columns.length} />}
          <Thread label="The course" visits={visits} caption="" selected={place.step ?? null} onSelect={(step) => go({ step })} />
          <Doses columns={columns} />
        </div>
      </div>
      <p className="c-thread__now">{course.stage}{coming ? ` · next booked: ${visitNames[coming.type]}, ${dayAndTime(coming.startsAt, zone)}` : ' · nothing is booked ahead'}</p>
    </div>
  )
}

function stateOf({ step }: ThreadColumn, isCurrent: boolean): ThreadState {
  if (step.state === 'done' || step.state === 'missed') return step.state
  if (!isCurrent) return 'planned'
  return step.state === 'blocked' ? 'blocked' : 'next'
}

const noteOf = ({ step, doseUg, doseUnsettled }: ThreadColumn) => (doseUnsettled ? `dose ${showDose(undefined)}` : doseUg !== undefined ? showMg(doseUg) : step.blockedBy[0]?.says)

/** The doses under their visits. Heard with each visit already, so not again here. */
const Doses = ({ columns }: { readonly columns: readonly ThreadColumn[] }) => (
  <div className="c-thread__doses" aria-hidden="true" style={{ gridTemplateColumns: `repeat(${columns.length}, minmax(0, 1fr))` }}>
    {columns.map(({ step, doseUg, doseUnsettled }) => <span key={step.id}>{doseUnsettled ? 'recorded twice' : doseUg === undefined ? shortName(step.id) : showMg(doseUg)}</span>)}
  </div>
)

const shortName = (id: string) => {
  const [kind = '', number = ''] = [id.replace(/-\d+$/, ''), /\d+$/.exec(id)?.[0] ?? '']
  return { intake: 'intake', consult: 'consult', clearance: 'clear', preparation: `prep ${number}`, medicine: `med ${number}`, integration: '', 'follow-up': `${number} d` }[kind] ?? ''
}

/** PHQ-9 along the course; the numbers stand at the first and the last point, and all of them in the outcome room. */
function ScoreLine({ scores, columns }: { readonly scores: readonly ThreadScore[]; readonly columns: number }) {
  if (scores.length === 0) return <p className="c-thread__none">No complete PHQ-9 yet. Its curve will run here.</p>
  const y = (total: number) => CURVE.top + (1 - total / CURVE.most) * (CURVE.height - CURVE.top - CURVE.bottom)
  const x = (along: number) => (along / columns) * 1000
  const ends = scores.length > 1 ? [scores[0]!, scores.at(-1)!] : [scores[0]!]
  return (
    <div className="c-thread__curve" role="img" aria-label={`PHQ-9 along the course: ${scores.map(({ total }) => total).join(', ')}`} style={{ height: CURVE.height }}>
      <svg viewBox={`0 0 1000 ${CURVE.height}`} preserveAspectRatio="none" aria-hidden="true">
        <polyline points={scores.map((score) => `${x(score.along).toFixed(1)},${y(score.total).toFixed(1)}`).join(' ')} vectorEffect="non-scaling-stroke" />
      </svg>
      {scores.map((score) => <i key={score.entry} style={{ left: `${x(score.along) / 10}%`, top: y(score.total) }} aria-hidden="true" />)}
      {ends.map((score, at) => <span key={score.entry} aria-hidden="true" data-end={at === 0 ? 'first' : 'last'} style={{ left: `${x(score.along) / 10}%`, top: y(score.total) }}>{at === 0 ? `PHQ-9 ${score.total}` : score.total}</span>)}
    </div>
  )
}
