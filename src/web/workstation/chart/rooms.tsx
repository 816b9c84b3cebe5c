import type { ReactNode } from 'react'
import type { VisitType } from '../../../core/chart/kinds/aftercare.ts'
import { FURTHER_INTEGRATION, WEEKLY } from '../../../core/course/step.ts'
import { ExposureRoom } from './afterwards/ExposureRoom.tsx'
import { MaintenanceRoom } from './afterwards/MaintenanceRoom.tsx'
import { NoAnswerRoom } from './afterwards/NoAnswerRoom.tsx'
import { AgreementsRoom } from './agreements/AgreementsRoom.tsx'
import { IntentionRoom } from './agreements/IntentionRoom.tsx'
import { BriefRoom } from './brief/BriefRoom.tsx'
import { ClearanceRoom } from './clearance/ClearanceRoom.tsx'
import { ConsentsRoom } from './consents/ConsentsRoom.tsx'
import { EligibilityRoom } from './eligibility/EligibilityRoom.tsx'
import { FactsRoom } from './facts/FactsRoom.tsx'
import { HistoryRoom } from './history/HistoryRoom.tsx'
import { IntakeRoom } from './intake/IntakeRoom.tsx'
import { IntegrationRoom } from './integration/IntegrationRoom.tsx'
import { Ledger } from './ledger/Ledger.tsx'
import { ListsRoom } from './lists/ListsRoom.tsx'
import { MeasurementsRoom } from './measurements/MeasurementsRoom.tsx'
import { MessagesRoom } from './messages/MessagesRoom.tsx'
import { elsewhere, verbOf } from './next/acts.ts'
import { Overview } from './next/Overview.tsx'
import { ForPrescriberRoom } from './misuse/ForPrescriberRoom.tsx'
import { NotesRoom } from './notes/NotesRoom.tsx'
import type { OpenChart } from './open-chart.ts'
import { OrderRoom } from './order/OrderRoom.tsx'
import { OutcomeRoom } from './outcome/OutcomeCard.tsx'
import { Room } from './parts/Room.tsx'
import { RoomLink } from './parts/RoomLink.tsx'
import { EscortRoom } from './people/EscortRoom.tsx'
import { LateRoom } from './paper/LateRoom.tsx'
import { PaperRoom } from './paper/PaperRoom.tsx'
import { PersonRoom } from './people/PersonRoom.tsx'
import { ProtocolRoom } from './protocol/ProtocolRoom.tsx'
import { QuarantineRoom } from './quarantine/QuarantineRoom.tsx'
import { QuestionsRoom } from './questions/QuestionsRoom.tsx'
import { ReferralRoom } from './referral/ReferralRoom.tsx'
import { RiskRoom } from './risk/RiskRoom.tsx'
import { SafetyPlanRoom } from './safety-plan/SafetyPlanRoom.tsx'
import { QuestionnairesRoom } from './screening/QuestionnairesRoom.tsx'
import { ScreenRoom } from './screening/ScreenRoom.tsx'
import { SpokenRoom } from './spoken/SpokenRoom.tsx'
import { TabletRoom } from './tablet/TabletRoom.tsx'
import { MedicineRoom } from './visits/MedicineRoom.tsx'
import { VisitRoom } from './visits/VisitRoom.tsx'
import { visitNames } from '../home/Home.tsx'

/** A room that can always be gone to, whatever the course asks for. */
interface RoomRow {
  readonly title: string
  readonly draw: () => ReactNode
  /** Also for the desk, which sees nothing clinical. */
  readonly desk?: true
}

const rooms: Readonly<Record<string, RoomRow>> = {
  overview: { title: 'Where we are', draw: () => <Overview />, desk: true },
  outcome: { title: 'Outcome', draw: () => <OutcomeRoom /> },
  brief: { title: 'Titration brief', draw: () => <BriefRoom /> },
  risks: { title: 'Risk paths', draw: () => <RiskRoom /> },
  intake: { title: 'Intake', draw: () => <IntakeRoom /> },
  history: { title: 'Medical history', draw: () => <HistoryRoom /> },
  lists: { title: 'Conditions, medicines, allergies', draw: () => <ListsRoom /> },
  facts: { title: 'Questions the rules ask', draw: () => <FactsRoom /> },
  'c-ssrs': { title: 'C-SSRS', draw: () => <ScreenRoom /> },
  baseline: { title: 'Questionnaires', draw: () => <QuestionnairesRoom /> },
  tablet: { title: 'Hand over the tablet', draw: () => <TabletRoom />, desk: true },
  measurements: { title: 'Measurements', draw: () => <MeasurementsRoom /> },
  referral: { title: 'Referral', draw: () => <ReferralRoom /> },
  eligibility: { title: 'Eligibility', draw: () => <EligibilityRoom /> },
  clearance: { title: 'Clearance', draw: () => <ClearanceRoom /> },
  order: { title: 'Orders', draw: () => <OrderRoom /> },
  protocol: { title: 'Protocol', draw: () => <ProtocolRoom />, desk: true },
  consents: { title: 'Consents', draw: () => <ConsentsRoom />, desk: true },
  'safety-plan': { title: 'Safety plan', draw: () => <SafetyPlanRoom /> },
  agreements: { title: 'Agreements', draw: () => <AgreementsRoom /> },
  intention: { title: 'Intention', draw: () => <IntentionRoom /> },
  escort: { title: 'Escort home', draw: () => <EscortRoom />, desk: true },
  'visit-preparation': { title: 'Preparation', draw: () => <VisitRoom type="preparation" /> },
  integration: { title: 'Integration', draw: () => <IntegrationRoom /> },
  'visit-follow-up': { title: 'Follow-ups', draw: () => <VisitRoom type="follow-up" /> },
  'visit-therapy': { title: 'Therapy', draw: () => <VisitRoom type="therapy" /> },
  maintenance: { title: 'After the course', draw: () => <MaintenanceRoom /> },
  'no-answer': { title: 'No answer', draw: () => <NoAnswerRoom /> },
  exposure: { title: 'After many doses', draw: () => <ExposureRoom /> },
  questions: { title: 'Questions', draw: () => <QuestionsRoom /> },
  'for-prescriber': { title: 'For the prescriber alone', draw: () => <ForPrescriberRoom /> },
  messages: { title: 'Messages', draw: () => <MessagesRoom />, desk: true },
  notes: { title: 'Private notes', draw: () => <NotesRoom /> },
  person: { title: 'Person and team', draw: () => <PersonRoom />, desk: true },
  paper: { title: 'From paper', draw: () => <PaperRoom /> },
  spoken: { title: 'Spoken notes', draw: () => <SpokenRoom /> },
  late: { title: 'Late entries', draw: () => <LateRoom /> },
  quarantine: { title: 'From ended devices', draw: () => <QuarantineRoom /> },
  ledger: { title: 'Everything written', draw: () => <Ledger />, desk: true },
}

/** The rooms in the order in which a course goes by; the list beside the reading room. */
export const groups: readonly (readonly [title: string, ids: readonly string[]])[] = [
  ['The course', ['overview', 'outcome', 'brief', 'risks']],
  ['Coming to know', ['intake', 'history', 'lists', 'facts', 'c-ssrs', 'baseline', 'tablet']],
  ['Medicine', ['measurements', 'referral', 'eligibility', 'clearance', 'order']],
  ['Agreed before', ['protocol', 'consents', 'safety-plan', 'agreements', 'intention', 'escort']],
  ['Visits', ['visit-preparation', 'integration', 'visit-follow-up', 'visit-therapy', 'maintenance', 'no-answer', 'exposure']],
  ['Between people', ['questions', 'for-prescriber', 'messages', 'notes']],
  ['Record', ['person', 'spoken', 'paper', 'late', 'quarantine', 'ledger']],
]

export const roomTitle = (id: string) => rooms[id]?.title ?? id
export const isFor = (id: string, { isClinical, may }: Pick<OpenChart, 'isClinical' | 'may'>) => (id === 'notes' ? may('notes.keep') : isClinical || rooms[id]?.desk === true)

/** Which room of the list a place belongs to, for marking it. */
export function roomOf(step: string | undefined): string {
  if (step === undefined) return 'overview'
  if (Object.hasOwn(rooms, step)) return step
  return ROOMS_OF.find(([shape]) => shape.test(step))?.[1] ?? 'overview'
}
const ROOMS_OF: readonly (readonly [RegExp, string])[] = [[/^consent-/, 'consents'], [/^(baseline-interview|weekly-question)$/, 'c-ssrs'], [/^preparation-/, 'visit-preparation'], [/^(maintenance-)?integration(-|$)/, 'integration'], [/^follow-up-/, 'visit-follow-up'], [/^(review|medicine)-/, 'brief'], [/^(visit-)?intake$/, 'intake'], [/^visit-integration$/, 'integration'], [/^visit-medical-clearance$/, 'clearance']]

const VISITS: readonly VisitType[] = ['preparation', 'consult', 'follow-up', 'intake', 'medical-clearance', 'integration', 'medicine', 'maintenance', 'therapy', 'inquiry-call']

/** What stands in the reading room: a step of the course by its id, or one of the rooms. */
export function drawRoom(step: string | undefined, open: OpenChart): ReactNode {
  const id = step ?? 'overview'
  const row = rooms[id]
  if (row) return isFor(id, open) ? row.draw() : <NotHere />
  if (!open.isClinical) return id.startsWith('consent-') ? <ConsentsRoom /> : <StepRoom id={id} open={open} />
  if (id.startsWith('consent-')) return <ConsentsRoom />
  if (id === 'baseline-interview' || id === WEEKLY) return <ScreenRoom />
  if (id.startsWith('medicine-')) return <MedicineRoom stepId={id} />
  if (id.startsWith('integration-') || id === FURTHER_INTEGRATION) return <IntegrationRoom stepId={id} />
  if (id.startsWith('review-')) return <BriefRoom stepId={id} />
  if (id === 'consult') return <VisitRoom type="consult" stepId={id} />
  const visit = VISITS.find((type) => id === `visit-${type}`)
  if (visit) return <VisitRoom type={visit} />
  const ofStep = VISITS.find((type) => id.startsWith(`${type}-`))
  return ofStep ? <VisitRoom type={ofStep} stepId={id} /> : <StepRoom id={id} open={open} />
}

const NotHere = () => <Room title="Not for your part here"><p>This belongs to the people who treat. The desk sees where the course stands, and what is booked.</p></Room>

/** A step whose work is done on another screen, or by somebody else. */
function StepRoom({ id, open }: { readonly id: string; readonly open: OpenChart }) {
  const step = open.course.steps.find((one) => one.id === id)
  const there = elsewhere(id, open.chartId)
  if (!step) return <Room title="There is nothing here"><p>This course has no step of that name. <RoomLink>Where we are</RoomLink></p></Room>
  return (
    <Room title={step.title}>
      {step.blockedBy.length > 0 && <ul>{step.blockedBy.map(({ says }) => <li key={says}>{says}</li>)}</ul>}
      {there && (id !== 'estimate' || open.may('money.read')) ? <a className="k-button k-button--primary" href={there}>{verbOf(step)}</a> : <p className="soft">{step.state === 'done' ? 'Done.' : `${visitNames[id] ?? 'This'} is for others to do; it stands here so that you can see where it is.`}</p>}
    </Room>
  )
}
