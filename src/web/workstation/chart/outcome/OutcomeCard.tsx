import { dosedSessions, showDose } from '../../../../core/measures/doses.ts'
import { courseOutcome, type CourseOutcome } from '../../../../core/outcomes/course-outcome.ts'
import { scaleOf } from '../../../../core/outcomes/axis.ts'
import { scored } from '../../../../core/outcomes/curve.ts'
import { exposure } from '../../../../core/outcomes/exposure.ts'
import { instrumentOf } from '../../../../core/measures/instrument.ts'
import { comparedIn } from '../../../../core/session/transcribed.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { indicationScales } from '../../../../knowledge/outcomes.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { DataPairs, EmptyState } from '../../../kit/index.ts'
import { shortDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { Part, Room } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { plural } from '../words.ts'
import { Alliance, CourseFigure } from './CourseFigure.tsx'
import { LifeEventForm } from './LifeEventForm.tsx'

/** The patient's own curve with what was received beside it, and what is missing written under it. */
export function OutcomeRoom() {
  return <Room title="Outcome" says="Scores over the whole course, with doses, visits, medicines and life on the same axis. What stands side by side explains nothing by itself; what was not answered is a gap, never a guess."><OutcomeCard /><LifeEventForm /></Room>
}

/** The scale of what the person came for is drawn first; its companion of the same height beside it. */
function useOutcomes(): readonly CourseOutcome[] {
  const { chart, zone } = useOpenChart()
  const main = scaleOf(chart, indicationScales.rows, indicationScales.usual)
  return [...new Set([main, 'phq-9', 'gad-7'])].flatMap((id) => instrumentOf(rulebook.instruments, id) ?? []).map((instrument) => courseOutcome(chart, instrument, rulebook.outcomes, zone))
}

export function OutcomeCard() {
  const { chart } = useOpenChart()
  const outcomes = useOutcomes()
  const isDrawn = outcomes.some(({ points }) => scored(points).length > 0) || dosedSessions(chart).length > 0
  return (
    <Part title="Scores and doses">
      {!isDrawn ? <EmptyState what="No complete questionnaire yet. The curve of PHQ-9 and GAD-7 will stand here." begin={<RoomLink step="baseline">See the questionnaires</RoomLink>} /> : <><CourseFigure outcomes={outcomes} /><Alliance /></>}
      <Said outcomes={outcomes} />
      <Received />
    </Part>
  )
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
        const title = instrumentOf(rulebook.instruments, outcome.instrument)?.title ?? outcome.instrument
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
