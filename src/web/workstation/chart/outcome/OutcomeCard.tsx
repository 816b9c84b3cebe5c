import { measurePlan } from '../../../../core/measures/due.ts'
import { dueRows } from '../../../../core/course/course.ts'
import { dosedSessions, showDose } from '../../../../core/measures/doses.ts'
import { courseOutcome, type CourseOutcome } from '../../../../core/outcomes/course-outcome.ts'
import { scored } from '../../../../core/outcomes/curve.ts'
import { exposure } from '../../../../core/outcomes/exposure.ts'
import { comparedIn } from '../../../../core/session/transcribed.ts'
import { daysBetween, type Instant } from '../../../../core/shared/time.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { Curve, DataPairs, EmptyState, type CurveSeries } from '../../../kit/index.ts'
import { shortDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { Part, Room } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { plural } from '../words.ts'
import { mostOf } from './figures.ts'

const SHOWN = ['phq-9', 'gad-7'] as const

/** The patient's own curve with what was received beside it, and what is missing written under it. */
export function OutcomeRoom() {
  return <Room title="Outcome" says="Scores over the whole course, with doses and hours of psychotherapy beside them. What was not answered is counted, never guessed."><OutcomeCard /></Room>
}

export function OutcomeCard() {
  const { chart, zone } = useOpenChart()
  const outcomes = SHOWN.map((id) => courseOutcome(chart, rulebook.instruments[id], rulebook.outcomes, zone))
  const points = outcomes.flatMap(({ points: all }) => scored(all))
  return (
    <Part title="Scores and doses">
      {points.length === 0 ? <EmptyState what="No complete questionnaire yet. The curve of PHQ-9 and GAD-7 will stand here." begin={<RoomLink step="baseline">See the questionnaires</RoomLink>} /> : <Figure outcomes={outcomes} />}
      <Said outcomes={outcomes} />
      <Received />
    </Part>
  )
}

function Figure({ outcomes }: { readonly outcomes: readonly CourseOutcome[] }) {
  const { chart, zone, protocol, now } = useOpenChart()
  const sessions = dosedSessions(chart)
  const all = outcomes.flatMap(({ points }) => scored(points))
  const origin = sessions[0]?.firstDoseAt ?? all.map(({ at }) => at).toSorted()[0]!
  const dayOf = (at: Instant) => daysBetween(origin, at)
  const days = [...all.map(({ at }) => dayOf(at)), ...sessions.map(({ firstDoseAt }) => dayOf(firstDoseAt))]
  const [min, last] = [Math.min(...days, 0), Math.max(...days, 1)]
  // The last point keeps clear of the names of the bands.
  const max = last + (last - min) * 0.03
  const series = outcomes.map(({ instrument, points }, at): CurveSeries => ({ name: rulebook.instruments[instrument as (typeof SHOWN)[number]].title, tone: at === 0 ? 'main' : 'accent', points: scored(points).map((point) => ({ x: dayOf(point.at), y: point.total, label: shortDay(point.at, zone) })) }))
  const most = Math.max(...SHOWN.map((id) => mostOf(rulebook.instruments[id]) ?? 0))
  const bands = rulebook.instruments['phq-9'].bands.map(({ from, to, name }) => ({ from, to: to + 1 > most ? most : to + 1, label: name.replace('moderately', 'mod.') }))
  const missed = measurePlan(protocol, chart, now, dueRows(rulebook, zone)).filter(({ instrument, state }) => state === 'missed' && SHOWN.some((id) => id === instrument)).length
  const incomplete = outcomes.reduce((count, { points }) => count + points.filter(({ total }) => total === null).length, 0)
  const note = [`${all.length} complete scores.`, missed > 0 ? `${plural(missed, 'questionnaire')} that ${missed === 1 ? 'was' : 'were'} asked for and not answered.` : 'None that was asked for is missing.', incomplete > 0 ? `${plural(incomplete, 'answer', 'answers')} with an item missing: no point is drawn.` : '', 'Bands are those of the PHQ-9.'].filter(Boolean).join(' ')
  return (
    <Curve
      title="PHQ-9 and GAD-7 over the course" series={series.filter(({ points }) => points.length > 0)} bands={bands} note={note} height={320}
      y={{ min: 0, max: most, ticks: [0, 5, 10, 15, 20, 25].filter((tick) => tick <= most) }} x={{ min, max, ticks: ticksOf(min, max, sessions.length > 0) }}
      marks={sessions.map((session, at) => ({ at: dayOf(session.firstDoseAt), label: String(at + 1) }))}
    />
  )
}

/** Whole weeks from the first dose where there was one; few enough to be read. */
function ticksOf(min: number, max: number, dosed: boolean) {
  const span = Math.max(1, max - min)
  const step = 7 * Math.max(1, Math.ceil(span / 7 / 6))
  const first = Math.ceil(min / step) * step
  return Array.from({ length: Math.floor((max - first) / step) + 1 }, (_, at) => first + at * step).map((day) => ({ at: day, label: day === 0 ? (dosed ? 'first dose' : 'first score') : `${day > 0 ? '+' : '−'}${Math.abs(day) / 7} wk` }))
}

const MISSING: Record<CourseOutcome['missing'][number], string> = { 'no-dose-yet': 'no dose was given yet', 'no-baseline': 'there is no score from shortly before the first dose', 'no-score-after-dose': 'there is no complete score after a dose', 'no-change-row': 'no row says what a change is' }
const BANDS = { remission: 'remission', response: 'response', partial: 'partial response', none: 'no response', deteriorated: 'worse', 'not-a-case': 'below the cut-off from the beginning, so neither response nor remission is said' } as const

/** Response, remission, relapse and early warning as the rows compute them; what cannot be computed says why. */
function Said({ outcomes }: { readonly outcomes: readonly CourseOutcome[] }) {
  const { zone } = useOpenChart()
  return (
    <>
      {outcomes.map((outcome) => {
        const { baseline, latest, category, relapse, warning, missing, respondedAt } = outcome
        const title = rulebook.instruments[outcome.instrument as (typeof SHOWN)[number]].title
        const row = rulebook.outcomes.changes.find(({ instrument }) => instrument === outcome.instrument)
        return (
          <div key={outcome.instrument} className="c-said">
            <h4>{title}</h4>
            {category && baseline && latest
              ? <p>{baseline.total} → {latest.total} ({category.percentChange === null ? 'no percentage from a score of 0' : `${category.percentChange} % lower`}): <strong>{BANDS[category.band]}</strong>{category.reliable && ', more than the questionnaire’s own noise'}{category.recovered && ', recovered'}{respondedAt && `. First response ${shortDay(respondedAt, zone)}`}.</p>
              : <p className="soft">Nothing can be said yet: {missing.map((word) => MISSING[word]).join('; ')}.</p>}
            {relapse && <p><strong>Relapse</strong> from {shortDay(relapse.at, zone)}, borne out {shortDay(relapse.confirmedAt, zone)} by {relapse.confirmedBy === 'score' ? 'a second score' : `an ${relapse.confirmedBy.replaceAll('-', ' ')}`}.</p>}
            {warning && <p><strong>Early warning</strong>, {shortDay(warning.at, zone)}: {warning.because.map((word) => (word === 'rise' ? `${warning.rise} points above the lowest since the course` : 'thoughts of death or self-harm newly reported')).join(' and ')}. To be called by {shortDay(warning.contactBy, zone)}. <RoomLink step="ledger" entry={warning.entry}>The answers</RoomLink></p>}
            {row && <BasisOf id={row.id} tag="M" cites={row.cites} verified={row.verified} />}
          </div>
        )
      })}
    </>
  )
}

const hours = (minutes: number) => `${Math.round(minutes / 6) / 10} h`

/** What the person received, so that a curve is never read without it. */
function Received() {
  const { chart } = useOpenChart()
  const { byRoute, sessionsPerWeek, psychotherapyMin, medicineMin, sessions } = exposure(chart)
  const open = sessions.filter(({ session }) => { const paper = comparedIn(chart, session); return paper === 'unchecked' || paper === 'differs' })
  return (
    <DataPairs wide none="none yet" pairs={[
      ['Psychotherapy', psychotherapyMin > 0 ? hours(psychotherapyMin) : ''], ['Medicine sessions', medicineMin > 0 ? `${plural(sessions.length, 'session')}, ${hours(medicineMin)}` : sessions.length > 0 ? plural(sessions.length, 'session') : ''],
      ['Dose × frequency', byRoute.map(({ route, sessions: count, meanDoseUg }) => (meanDoseUg === undefined ? `${count} × ${route}, dose ${showDose(undefined)}` : `${count} × ${showMg(meanDoseUg)} ${route}`)).join(', ') + (sessionsPerWeek === null ? '' : `, ${sessionsPerWeek} a week`)],
      ...(open.length > 0 ? [['Not yet checked', `${plural(open.length, 'session')} typed from paper ${open.length === 1 ? 'stands' : 'stand'} in these figures, and nobody has compared ${open.length === 1 ? 'it' : 'them'} with the paper`] as const] : []),
    ]} />
  )
}
