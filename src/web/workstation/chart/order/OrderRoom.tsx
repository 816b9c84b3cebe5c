import { useState } from 'react'
import type { EntryOf } from '../../../../core/chart/entry.ts'
import { orderInForce } from '../../../../core/session/orders.ts'
import { showKg, showMg, showPerKg } from '../../../../core/shared/units.ts'
import { Button, DataPairs, EmptyState, Notice, TextField } from '../../../kit/index.ts'
import { plainDay } from '../../times.ts'
import { useOpenChart } from '../open-chart.ts'
import { useDraft } from '../parts/drafts.ts'
import { NotYours, Part, Room, Written } from '../parts/Room.tsx'
import { RoomLink } from '../parts/RoomLink.tsx'
import { SaveForm } from '../parts/SaveForm.tsx'
import { clearanceWords, exactTime } from '../words.ts'
import { routeNames } from './known.ts'
import { OrderForm } from './OrderForm.tsx'

/** The order for the medicine: what may be given, by which way, at most how much, and until when. The newest speaks alone. */
export function OrderRoom() {
  const { chart, course, may, today } = useOpenChart()
  const inForce = orderInForce(chart, today)
  const orders = chart.all('order.v1').toReversed()
  const newest = orders[0]
  const coming = newest && newest.body.validFrom > today && !chart.all('order-stopped.v1').some(({ body }) => body.order === newest.id) ? newest : undefined
  const before = orders.filter(({ id }) => id !== inForce?.id && id !== coming?.id)
  const cleared = course.clearance.state === 'cleared'
  return (
    <Room title="Order for the medicine" says="Written and signed by the prescriber. A newer order takes the place of the one before it.">
      {inForce ? <OneOrder order={inForce} title="In force today" /> : orders.length > 0 && <p>No order is in force today.</p>}
      {coming && <OneOrder order={coming} title={`Signed, in force from ${plainDay(coming.body.validFrom)}`} />}
      {may('order.sign') && !cleared && <Notice level="caution" what={`The clearance is ${clearanceWords[course.clearance.state]}. An order needs one that is in date and not reopened.`} next={<RoomLink step="clearance">To the clearance sheet</RoomLink>} />}
      {may('order.sign') ? <Part title="A new order" end={<RoomLink step="brief">To the titration brief</RoomLink>}><OrderForm /></Part> : <NotYours who="The prescriber writes and signs orders." />}
      <Part title="Orders before">
        {before.length === 0 && <EmptyState what={orders.length === 0 ? 'No order was written yet.' : 'No other order was written.'} />}
        {before.map((order) => <OneOrder key={order.id} order={order} title={`Order from ${plainDay(order.body.validFrom)}`} />)}
      </Part>
    </Room>
  )
}

function OneOrder({ order, title }: { readonly order: EntryOf<'order.v1'>; readonly title: string }) {
  const { chart, zone, mayWrite, today, name } = useOpenChart()
  const { body } = order
  const stopped = chart.all('order-stopped.v1').find((one) => one.body.order === order.id)
  return (
    <Part title={title}>
      <DataPairs wide pairs={[
        ['Medicine', body.medication === 'esketamine' ? 'esketamine' : 'racemic ketamine'], ['Way', `${body.route}, ${routeNames[body.route]}`], ['Dose', `${showMg(body.doseUg)}, ${showPerKg(body.doseUg, body.weightG)}`], ['Booster', body.boosterUg > 0 ? showMg(body.boosterUg) : 'none'],
        ['At most in one session', showMg(body.maxTotalUg)], ['Strength', body.strengthUgPerMl === undefined ? '' : `${body.strengthUgPerMl / 1_000} mg/mL`], ['Weight used', showKg(body.weightG)], ['From and until', `${plainDay(body.validFrom)} to ${plainDay(body.validUntil)}`],
        ['Instructions', body.instructions], ['Reason', body.reason || 'none needed'], ['Signed', `${body.signature.name}, ${exactTime(body.signature.signedAt, zone)}`],
      ]} />
      <Written entry={order} what={`the order of ${plainDay(body.validFrom)}`} />
      {stopped && <p>Stopped by {name(stopped.by)}, {exactTime(stopped.at, zone)}: {stopped.body.reason}</p>}
      {!stopped && body.validUntil >= today && mayWrite('order-stopped.v1') && <StopOrder order={order} />}
    </Part>
  )
}

/** Stopping is never refused, and needs no network. */
function StopOrder({ order }: { readonly order: EntryOf<'order.v1'> }) {
  const { used, chartId } = useOpenChart()
  const [open, setOpen] = useState(false)
  const draft = useDraft(`${chartId} stop ${order.id}`, { reason: '' })
  const what = showMg(order.body.doseUg)
  if (!open) return <Button kind="danger" onClick={() => setOpen(true)}>{`Stop this order of ${what}`}</Button>
  return (
    <SaveForm label={`Stop the order of ${what}`} save="Stop the order" problems={{ reason: draft.value.reason.trim() ? undefined : 'Write why it is stopped.' }} onSave={() => used.write('order-stopped.v1', { order: order.id, reason: draft.value.reason.trim() })} onDone={() => { draft.clear(); setOpen(false) }} beside={<Button kind="plain" onClick={() => setOpen(false)}>Leave it</Button>}>
      {(wrong) => <TextField label="Why the order is stopped" value={draft.value.reason} onChange={(reason) => draft.set({ reason })} problem={wrong('reason')} />}
    </SaveForm>
  )
}
