import { dosedSessions, doseOfAll, showDose } from '../../../../core/measures/doses.ts'
import { flagsOf } from '../../../../core/measures/score.ts'
import { orderInForce } from '../../../../core/session/orders.ts'
import { curve } from '../../../../core/outcomes/curve.ts'
import { daysBetween } from '../../../../core/shared/time.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { Badge, DataPairs, EmptyState } from '../../../kit/index.ts'
import { dayAndTime, plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { SignsLine } from '../misuse/ForPrescriberRoom.tsx'
import { Part, Room, When } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { plural } from '../words.ts'
import { PlasmaCurve } from './PlasmaCurve.tsx'
import { givenDoses } from '../../../../core/plasma/lines.ts'
import { ProposalPart } from './ProposalPart.tsx'
import { SessionsTable } from './SessionsTable.tsx'
import { sessionBriefs, slopePerWeek } from './sessions.ts'

/** Every session side by side, from both people's ledger; what the rules propose from it, with the reasons; and what is only an estimate. */
export function BriefRoom({ stepId }: { readonly stepId?: string | undefined }) {
  const { chart, course } = useOpenChart()
  const step = course.steps.find(({ id }) => id === stepId)
  const briefs = sessionBriefs(chart)
  return (
    <Room title={step?.title ?? 'Titration brief'} says="What was given, what came of it, and what the rules propose. The prescriber decides and signs; nothing is ordered here.">
      <Summary />
      <SignsLine />
      {briefs.length === 0 ? <EmptyState what="No medicine session yet. Each will be one line here." /> : <SessionsTable briefs={briefs} />}
      <ProposalPart />
      <LastPlasma />
      <Bladder />
      {step && step.state !== 'done' && <Part title="After the review"><p>A new order, a new clearance, a written consultation or a decision about maintenance says that the review took place.</p><p className="c-links"><RoomLink step="order" kind="quiet">Write an order</RoomLink> <RoomLink step="visit-consult" kind="quiet">Write the consultation</RoomLink> <RoomLink step="questions">Ask a colleague</RoomLink></p></Part>}
    </Room>
  )
}

/** What may have been in the blood in the last session: shown after the fact, and never something to dose by. */
function LastPlasma() {
  const { chart } = useOpenChart()
  const last = dosedSessions(chart).at(-1)
  const started = last && chart.entry(last.session)
  const order = started?.kind === 'session-started.v1' ? chart.entry(started.body.order) : undefined
  if (!last || order?.kind !== 'order.v1') return null
  return <Part title="The last session, in plasma"><PlasmaCurve what={last.doseUg === undefined ? 'The last session' : `${showMg(last.doseUg)} ${last.route}`} doses={givenDoses(chart, last)} weightG={order.body.weightG} /></Part>
}

function Summary() {
  const { chart, today, now, protocol, courseUnknown } = useOpenChart()
  const sessions = dosedSessions(chart)
  const points = curve(chart, instruments['phq-9'])
  const slope = slopePerWeek(points, sessions[0]?.firstDoseAt)
  const order = orderInForce(chart, today)
  const last = sessions.at(-1)
  return (
    <DataPairs wide pairs={[
      ['Order in force', order ? `${showMg(order.body.doseUg)} ${order.body.route}, until ${plainDay(order.body.validUntil)}` : 'none today'],
      ['Given so far', sessions.length > 0 ? `${plural(sessions.length, 'session')}, in all ${showDose(doseOfAll(sessions))}` : 'nothing'],
      ['Last dose', last ? `${Math.floor(daysBetween(last.lastDoseAt, now))} days ago${courseUnknown ? '' : `; at least ${protocol.spacing.minHoursBetweenDoses} hours apart, at most ${protocol.spacing.maxDosesPerSevenDays} in seven days`}` : ''],
      ['PHQ-9 slope', slope === undefined ? 'fewer than two scores around the doses' : `${slope > 0 ? '+' : slope < 0 ? '−' : ''}${Math.abs(slope)} points a week`],
      ['PHQ-9 so far', points.filter(({ total }) => total !== null).map(({ total }) => total).join(' → ')],
    ]} />
  )
}

/** Repeated doses can hurt the bladder, later than anybody in the room can see: when it was last asked about stands here. */
function Bladder() {
  const { chart, zone } = useOpenChart()
  const row = instruments['urinary-check']
  const last = chart.latest('measure-answered.v1', ({ body }) => body.instrument === row.id)
  const since = last ? dosedSessions(chart).filter(({ firstDoseAt }) => firstDoseAt > last.at).length : dosedSessions(chart).length
  if (since === 0 && !last) return null
  const flags = last ? flagsOf(row, last.body.answers) : []
  return (
    <Part title="Bladder" end={flags.length > 0 ? <Badge level="call">to be reviewed</Badge> : undefined}>
      <p>{last ? <>Last asked <When at={last.at} /> ({dayAndTime(last.at, zone)}); {plural(since, 'dose')} since.</> : `Never asked; ${plural(since, 'dose')} so far.`}</p>
      {flags.length > 0 && <ul>{flags.map(({ item, says }) => <li key={item}>{says}</li>)}</ul>}
    </Part>
  )
}
