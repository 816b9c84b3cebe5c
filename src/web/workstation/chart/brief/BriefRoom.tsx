import { dosedSessions, doseOfAll, showDose } from '../../../../core/measures/doses.ts'
import { flagsOf } from '../../../../core/measures/score.ts'
import { orderInForce } from '../../../../core/session/orders.ts'
import { curve } from '../../../../core/outcomes/curve.ts'
import { daysBetween } from '../../../../core/shared/time.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { Badge, DataPairs, EmptyState, Table } from '../../../kit/index.ts'
import { dayAndTime, plainDay, shortDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { Part, Room, When } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { plural } from '../words.ts'
import { sessionBriefs, slopePerWeek, type SessionBrief } from './sessions.ts'

/** Every session side by side, from both people's ledger: doses, effects, pressure, side effects and the mood score. It proposes nothing. */
export function BriefRoom({ stepId }: { readonly stepId?: string | undefined }) {
  const { chart, course, chartId, zone } = useOpenChart()
  const step = course.steps.find(({ id }) => id === stepId)
  const briefs = sessionBriefs(chart)
  const columns = [
    { key: 'when', head: 'Session', cell: (row: SessionBrief) => <a href={`/work/charts/${chartId}/session/${row.id}`}>{`${briefs.indexOf(row) + 1}, ${shortDay(row.at, zone)}`}</a> },
    { key: 'dose', head: 'Dose', cell: (row: SessionBrief) => `${showDose(row.doseUg)}${row.doseUg === undefined ? ';' : ''} ${row.route}${row.steps > 1 ? `, ${row.steps} steps` : ''}` },
    { key: 'kg', head: 'mg/kg', numeric: true, cell: (row: SessionBrief) => row.mgPerKg ?? 'not known' },
    { key: 'effect', head: 'Strongest', cell: (row: SessionBrief) => row.peakEffect ?? 'not rated' },
    { key: 'pressure', head: 'Peak pressure', numeric: true, cell: (row: SessionBrief) => row.peakPressure ?? 'not measured' },
    { key: 'effects', head: 'Side effects', cell: (row: SessionBrief) => row.sideEffects.join('; ') || 'none written' },
    { key: 'tolerance', head: 'The room says', cell: (row: SessionBrief) => [row.tolerance, row.note].filter(Boolean).join(': ') || 'not closed' },
    { key: 'phq', head: 'PHQ-9 before', numeric: true, cell: (row: SessionBrief) => row.phqBefore ?? 'none' },
  ]
  return (
    <Room title={step?.title ?? 'Titration brief'} says="What was given and what came of it. It names no dose; the prescriber decides.">
      <Summary />
      {briefs.length === 0 ? <EmptyState what="No medicine session yet. Each will be one line here." /> : <Table caption="Sessions side by side" rows={briefs} rowKey={(row) => row.id} columns={columns} />}
      <Bladder />
      {step && step.state !== 'done' && <Part title="After the review"><p>A new order, a new clearance, a written consultation or a decision about maintenance says that the review took place.</p><p className="c-links"><RoomLink step="order" kind="quiet">Write an order</RoomLink> <RoomLink step="visit-consult" kind="quiet">Write the consultation</RoomLink> <RoomLink step="questions">Ask a colleague</RoomLink></p></Part>}
    </Room>
  )
}

function Summary() {
  const { chart, today, now, protocol } = useOpenChart()
  const sessions = dosedSessions(chart)
  const points = curve(chart, instruments['phq-9'])
  const slope = slopePerWeek(points, sessions[0]?.firstDoseAt)
  const order = orderInForce(chart, today)
  const last = sessions.at(-1)
  return (
    <DataPairs wide pairs={[
      ['Order in force', order ? `${showMg(order.body.doseUg)} ${order.body.route}, until ${plainDay(order.body.validUntil)}` : 'none today'],
      ['Given so far', sessions.length > 0 ? `${plural(sessions.length, 'session')}, in all ${showDose(doseOfAll(sessions))}` : 'nothing'],
      ['Last dose', last ? `${Math.floor(daysBetween(last.lastDoseAt, now))} days ago; at least ${protocol.spacing.minHoursBetweenDoses} hours apart, at most ${protocol.spacing.maxDosesPerSevenDays} in seven days` : ''],
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
