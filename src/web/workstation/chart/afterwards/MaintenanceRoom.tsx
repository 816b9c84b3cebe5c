import { Link } from '@tanstack/react-router'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { toPlace } from '../../../../core/course/accepted.ts'
import { maintenanceProposal, type MaintenanceProposal } from '../../../../core/outcomes/maintenance.ts'
import { rulebook } from '../../../../knowledge/rulebook.ts'
import { buttonClass, EmptyState, NumberField, RadioTiles, TextArea } from '../../../kit/index.ts'
import { dayAndTime, plainDay } from '../../times.ts'
import { OutcomeCard } from '../outcome/OutcomeCard.tsx'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { BasisOf } from '../parts/Basis.tsx'
import { NotYours, Part, Room, When, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { listed } from '../words.ts'
import { CancelComing } from './CancelComing.tsx'
import { isToSign, SignProposal } from './SignProposal.tsx'

type Decision = BodyOf<'maintenance-decided.v1'>['decision']
const DECISIONS: Record<Decision, string> = { 'booster-review': 'Review for a booster', maintenance: 'Maintenance at an interval', 'integration-offered': 'Offer an integration visit', watch: 'Watch, with questionnaires', 'not-now': 'Not now' }
const PROPOSED: Record<MaintenanceProposal['propose'], string> = { 'booster-review': 'To look at: a review for a booster.', maintenance: 'To look at: maintenance.', 'integration-offered': 'To look at: offering an integration visit.', watch: 'Nothing in the scores asks for more now.', 'not-evaluable': 'Nothing can be said from the scores as they are.' }

/** What the scores put before the clinician after a course, and what was decided. It books nothing, orders nothing and names no dose. */
export function MaintenanceRoom() {
  const { chart, chartId, course, now, zone, may, mayWrite } = useOpenChart()
  const proposal = maintenanceProposal(chart, { outcomes: rulebook.outcomes, instruments: rulebook.instruments, zone }, now, course.risks)
  const decided = chart.all('maintenance-decided.v1').toReversed()
  const signed = chart.all('proposal-decided.v1').toReversed()
  const says = wordsOf(proposal)
  const waiting = toPlace(chart)
  return (
    <Room title="After the course" says="The rules read the scores and ask a question. A person decides; nothing is booked or ordered here.">
      {waiting && <Part title="Accepted, and without a time yet"><p>To be placed from {plainDay(waiting.place.from)} to {plainDay(waiting.place.to)}, with what belongs to it. Whoever plans here looks for a time, and books it whole.</p><Link className={buttonClass('primary')} to="/work/charts/$chart/plan" params={{ chart: chartId }}>Find a time</Link></Part>}
      <Part title="What the scores say">
        <p><strong>{PROPOSED[proposal.propose]}</strong> {says}</p>
        {proposal.trigger && <p>Known since {dayAndTime(proposal.trigger.at, zone)}; to be decided by {dayAndTime(proposal.trigger.dueBy, zone)}.</p>}
        {proposal.reviewsDue.length > 0 && <p>To be looked at before more doses: {listed(proposal.reviewsDue)}.</p>}
        {proposal.notBefore && <p>No further dose before {dayAndTime(proposal.notBefore, zone)}, whatever is decided.</p>}
        {proposal.facts.length > 0 && <p className="c-links">{proposal.facts.map((id, at) => <RoomLink key={id} step="ledger" entry={id}>{`Score ${at + 1} it rests on`}</RoomLink>)}</p>}
        {[...(proposal.because.includes('relapse') ? [rulebook.outcomes.relapse] : []), ...(proposal.because.some((word) => word.startsWith('warning')) ? [rulebook.outcomes.warning] : []), rulebook.outcomes.maintenance].map(({ id, cites, verified }) => <BasisOf key={id} id={id} tag="P" cites={cites} verified={verified} />)}
      </Part>
      {isToSign(proposal) && (may('proposal.decide') ? <SignProposal key={`${proposal.propose} ${proposal.because.join(' ')}`} proposal={proposal} /> : <NotYours who="Therapist or prescriber accepts or declines it." />)}
      <OutcomeCard />
      {mayWrite('maintenance-decided.v1') ? <DecideForm proposal={`${PROPOSED[proposal.propose]} ${says}`.trim()} /> : <NotYours who="Therapist or prescriber decides." />}
      <Part title="Decided">
        {decided.length + signed.length === 0 && <EmptyState what="Nothing was decided yet." />}
        {signed.map((entry) => <div key={entry.id} className="c-past"><p><strong>{PROPOSED[entry.body.propose].replace('To look at: ', '').replace(/\.$/, '')}: {entry.body.decision}</strong>, signed by {entry.body.signature.name}, <When at={entry.at} />. {entry.body.reason}</p><p className="soft">It rested on: {entry.body.says}{entry.body.place ? ` To be placed from ${plainDay(entry.body.place.from)} to ${plainDay(entry.body.place.to)}.` : ''}</p></div>)}
        {decided.map((entry) => <div key={entry.id} className="c-past"><p><strong>{DECISIONS[entry.body.decision]}</strong>{entry.body.intervalDays ? `, about every ${entry.body.intervalDays} days` : ''}. {entry.body.reason}</p>{entry.body.proposal && <p className="soft">What lay before it: {entry.body.proposal}</p>}<Written entry={entry} what="this decision" /></div>)}
      </Part>
      {mayWrite('course-ended.v1') && <EndCourse />}
    </Room>
  )
}

const wordsOf = ({ because, intervalDays }: MaintenanceProposal) => [...because.map((word) => rulebook.maintenanceWords[word]), ...(intervalDays === null ? [] : [`An interval of about ${intervalDays} days is the next on the ladder.`])].join(' ')

interface Draft { readonly decision: Decision | null; readonly intervalDays: number | null; readonly reason: string }

function DecideForm({ proposal }: { readonly proposal: string }) {
  const { used, chartId } = useOpenChart()
  const draft = useDraft<Draft>(`${chartId} maintenance`, { decision: null, intervalDays: null, reason: '' })
  const { value, set } = draft
  const problems = { decision: value.decision ? undefined : 'Say what was decided.', intervalDays: value.decision === 'maintenance' && value.intervalDays === null ? 'Maintenance needs an interval in days.' : undefined, reason: value.reason.trim() ? undefined : 'Write why.' }
  const save = () => used.write('maintenance-decided.v1', { decision: value.decision ?? 'not-now', reason: value.reason.trim(), proposal, ...(value.decision === 'maintenance' && value.intervalDays !== null ? { intervalDays: value.intervalDays } : {}) })
  return (
    <Part title="Decide otherwise">
      <SaveForm label="Decision about maintenance" save="Write the decision" problems={problems} onSave={save} onDone={draft.clear} said="The patient can read it. Visits are booked in the plan.">
        {(wrong) => <>
          <RadioTiles label="Decision" tile="13rem" choices={(Object.keys(DECISIONS) as Decision[]).map((one) => ({ value: one, label: DECISIONS[one] }))} value={value.decision} onChange={(decision) => set({ decision })} problem={wrong('decision')} />
          {value.decision === 'maintenance' && <NumberField label="About every" unit="days" min={1} max={400} value={value.intervalDays} onChange={(intervalDays) => set({ intervalDays })} problem={wrong('intervalDays')} />}
          <TextArea label="Why you decided so" value={value.reason} onChange={(reason) => set({ reason })} problem={wrong('reason')} />
        </>}
      </SaveForm>
    </Part>
  )
}

function EndCourse() {
  const { chart, used, chartId } = useOpenChart()
  const draft = useDraft(`${chartId} end-course`, { reason: '' })
  const ended = chart.latest('course-ended.v1')
  const chosen = chart.latest('course-chosen.v1')
  if (ended && (!chosen || chosen.at < ended.at)) return <Part title="The course has ended"><p>{ended.body.reason}</p><Written entry={ended} what="the end of the course" /><CancelComing since={ended.at} /></Part>
  return (
    <Part title="End the course">
      <SaveForm label="End of the course" save="End this course" problems={{ reason: draft.value.reason.trim() ? undefined : 'Write why the course ends.' }} onSave={() => used.write('course-ended.v1', { reason: draft.value.reason.trim() })} onDone={draft.clear} said="Nothing of it is asked for any more. Another course can be chosen.">
        {(wrong) => <TextArea label="Why the course ends" hint="Everything written stays. Follow-ups go on." value={draft.value.reason} onChange={(reason) => draft.set({ reason })} problem={wrong('reason')} />}
      </SaveForm>
    </Part>
  )
}
