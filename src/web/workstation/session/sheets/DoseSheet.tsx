import { useState } from 'react'
import { isHold } from '../../../../core/session/holds.ts'
import { showKg, showMg, showPerKg } from '../../../../core/shared/units.ts'
import { DataPairs, Button, Notice, Sheet, NumberField } from '../../../kit/index.ts'
import { clock } from '../../../sync/clock.ts'
import { newId } from '../../../sync/new-id.ts'
import { doseStage, showMl, showStrength, takenByPerson, volumeIs, volumeUl, type DoseStage } from '../dose.ts'
import { wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { useStock } from '../stock.ts'
import { Confirm } from './dose-confirm.tsx'
import { ConflictCard } from './ConflictCard.tsx'
import { Give } from './dose-give.tsx'
import { drawOf, SourceField, sourceOf } from './dose-source.tsx'
import { Remainder } from './remainder.tsx'

/** From the order to the dose given, in three acts by two people; whichever is next is what this sheet shows. */
export function DoseSheet({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const stage = doseStage(room.session)
  const [step, setStep] = useState(stage.step)
  if (stage.step !== step) return <Meanwhile room={room} step={step} stage={stage} onGoOn={() => setStep(stage.step)} />
  return (
    <Sheet open title={titles[stage.stage](stage.step)} reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {stage.stage !== 'conflict' && <OrderLine room={room} />}
        <Holds room={room} />
        <Act room={room} stage={stage} />
        <Ended room={room} />
        <Remainder room={room} />
      </div>
    </Sheet>
  )
}

/** What this sheet was opened for was done on another device. It says so and stays: nobody types the next dose into what they took for this one. */
function Meanwhile({ room, step, stage, onGoOn }: { readonly room: Room; readonly step: number; readonly stage: DoseStage; readonly onGoOn: () => void }) {
  const { show } = useInRoom()
  const given = room.session.doses.steps.find((one) => one.step === step)?.stands
  // Recorded in this very sheet: it is about to close.
  if (given && given.by === room.used.me.person && given.device === room.used.me.device) return null
  const says = given
    ? `Dose ${step} was recorded as given at ${wallTime(given.at, room.zone)}: ${showMg(given.body.doseUg)} ${given.body.route}, by ${room.name(given.by)}.`
    : `Dose ${stage.step} ${stage.stage === 'conflict' ? 'was recorded twice' : 'is the next one now'}.`
  return (
    <Sheet open title={`Dose ${step}`} reach="100%" onClose={() => show(null)}>
      <Notice urgent level={stage.stage === 'conflict' ? 'call' : 'caution'} what={says} kept="That happened on another device while this was open. Nothing was written from here." next="Look together at what was really given.">
        <Button size="room" onClick={onGoOn}>{titles[stage.stage](stage.step)}</Button>
        <Button size="room" kind="primary" onClick={() => show(null)}>Close</Button>
      </Notice>
    </Sheet>
  )
}

const titles: Record<DoseStage['stage'], (step: number) => string> = {
  conflict: (step) => `Dose ${step} was recorded twice`, prepare: (step) => `Dose ${step}: prepare`, confirm: (step) => `Dose ${step}: second person`, give: (step) => `Dose ${step}: give`,
}

const holdsOf = ({ session }: Room) => session.alerts.all.filter((alert) => isHold(alert) && alert.standing)

/** Why nothing is offered. Whoever may end it is named; everything else of the session goes on. */
function Holds({ room }: { readonly room: Room }) {
  return holdsOf(room).map((alert) => (
    <Notice key={alert.id} level="call" what={`${alert.says}. ${alert.because ?? ''}`} kept="No further dose is offered while this stands. Readings and going home go on." next="Only a prescriber ends it, by signing the clearance anew; a consent taken back stays so for today." />
  ))
}

/** Under a hold nothing is drawn up and nothing read back; what is drawn up already shows the gates that stand against it. */
function Act({ room, stage }: { readonly room: Room; readonly stage: DoseStage }) {
  if ((stage.stage === 'prepare' || stage.stage === 'confirm') && holdsOf(room).length > 0) return null
  switch (stage.stage) {
    case 'conflict': return <ConflictCard room={room} step={stage.step} />
    case 'prepare': return <Prepare key={stage.step} room={room} step={stage.step} />
    case 'confirm': return <Confirm key={stage.prepared.id} room={room} prepared={stage.prepared} again={<Prepare room={room} step={stage.step} again />} />
    case 'give': return <Give key={stage.prepared.id} room={room} prepared={stage.prepared} confirmed={stage.confirmed} />
  }
}

/** The order in force, always above what is done with it. */
function OrderLine({ room: { session, name } }: { readonly room: Room }) {
  const order = session.order.inForce
  if (!order) return <Notice level="call" what="There is no order in force today." next="Only a prescriber can write one, on the chart." />
  const { body } = order
  return (
    <section aria-label="Order in force">
      <DataPairs wide pairs={[
        ['Order', `${showMg(body.doseUg)} ${body.route}, ${body.medication === 'esketamine' ? 'esketamine' : 'racemic ketamine'}`], ['For this weight', `${showPerKg(body.doseUg, body.weightG)} at ${showKg(body.weightG)}`],
        ['Booster', body.boosterUg > 0 ? `up to ${showMg(body.boosterUg)}` : 'none ordered'], ['At most today', showMg(body.maxTotalUg)],
        ['Given so far', session.doses.totalUg === undefined ? 'in doubt' : session.doses.totalUg === 0 ? 'nothing' : showMg(session.doses.totalUg)], ['Signed by', name(order.by)],
      ]} />
      {session.order.changedSinceStart && <Notice level="caution" what="This order is newer than the one the session began with." />}
      {body.instructions && <p>{body.instructions}</p>}
    </section>
  )
}

function Prepare({ room, step, again = false }: { readonly room: Room; readonly step: number; readonly again?: boolean }) {
  const { run } = useInRoom()
  const order = room.session.order.inForce
  const orderedUg = order ? (step === 1 ? order.body.doseUg : order.body.boosterUg) : 0
  const [mgTyped, setMg] = useState<number | null>(step === 1 ? orderedUg / 1_000 : null)
  const [strengthMg, setStrength] = useState<number | null>(order?.body.strengthUgPerMl ? order.body.strengthUgPerMl / 1_000 : null)
  const [lot, setLot] = useState('')
  const stock = useStock(room.used.me.practice.id)
  const [chosen, setChosen] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  if (!order) return null
  if (step > 1 && orderedUg === 0) return <Notice what="The order has no booster." next="Nothing more is given in this session." />
  if (step > 1 && room.used.connection === 'away' && room.session.order.changedSinceStart) return <Notice level="caution" what="There is no connection, and the order is not the one this session began with." next="A booster without the network is given only inside that first order." />
  const doseUg = mgTyped === null ? null : Math.round(mgTyped * 1_000)
  const strength = strengthMg === null ? undefined : Math.round(strengthMg * 1_000)
  const volume = strength !== undefined && doseUg !== null ? volumeUl(doseUg, strength) : undefined
  const fits = volume === undefined || (doseUg !== null && strength !== undefined && volumeIs(doseUg, volume, strength))
  const problem = doseUg === null ? 'Type the amount.' : step === 1 && doseUg !== orderedUg ? `The order says ${showMg(orderedUg)}.` : doseUg > orderedUg ? `The order allows ${showMg(orderedUg)}.` : undefined
  const source = sourceOf(stock, order.body, chosen)
  const unfit = source && doseUg !== null ? drawOf(source, '', doseUg, volume, '') : undefined
  const choose = (next: string | null) => {
    setChosen(next)
    const box = stock?.containers.find(({ id }) => id === next)
    if (box?.label.form === 'vial') setStrength(box.label.strengthUg / 1_000)
  }
  const prepare = () => {
    setTried(true)
    if (problem || doseUg === null || source === undefined) return
    const id = newId(clock.ms())
    const draw = drawOf(source, id, doseUg, volume, lot.trim())
    if (draw && 'problem' in draw) return
    const body = { step, doseUg, route: order.body.route, order: order.id, lot: draw?.lot ?? lot.trim(), ...(strength !== undefined && volume !== undefined && fits ? { strengthUgPerMl: strength, volumeUl: volume } : {}) }
    void run(() => (draw ? room.writeAct([{ kind: 'dose-prepared.v1', id, body }, { kind: 'medicine-drawn.v1', body: draw }]) : room.write('dose-prepared.v1', body)), 'stay', 'prepared')
  }
  return (
    <form className="r-form r-form--wide" onSubmit={(event) => { event.preventDefault(); prepare() }}>
      <SourceField stock={stock} order={order.body} chosen={chosen} onChoose={choose} lot={lot} onLot={setLot} problem={unfit && 'problem' in unfit ? unfit.problem : undefined} />
      <NumberField label="Amount prepared" unit="mg" decimals={1} min={0} value={mgTyped} onChange={setMg} problem={tried ? problem : undefined} />
      {!takenByPerson(order.body.route) && <NumberField label="Strength on the vial" unit="mg/mL" decimals={1} min={0} optional={!order.body.strengthUgPerMl} value={strengthMg} onChange={setStrength} hint={order.body.strengthUgPerMl ? `The order says ${showStrength(order.body.strengthUgPerMl)}.` : undefined} />}
      {volume !== undefined && doseUg !== null && strength !== undefined && <p className="r-volume"><b>{showMl(volume)}</b> at {showStrength(strength)} is {showMg(doseUg)}{fits ? '' : ', only nearly: it cannot be drawn up exactly'}</p>}
      <div className="k-buttons"><Button kind={again ? 'quiet' : 'primary'} size="room" type="submit">{again ? 'Prepared again' : 'Prepared'}</Button></div>
      {!again && <p className="soft">Then somebody else confirms it, on their own device or on this one.</p>}
    </form>
  )
}

/** An infusion and a holding time have an end, and the way home counts from it. */
function Ended({ room }: { readonly room: Room }) {
  const { run } = useInRoom()
  const last = room.session.doses.lastStep
  const dose = last?.stands
  if (!dose || last.endedAt !== undefined || (dose.body.route !== 'IV' && dose.body.route !== 'SL')) return null
  return (
    <Notice what={`${showMg(dose.body.doseUg)} since ${wallTime(dose.at, room.zone)}, not ended yet.`}>
      <Button size="room" onClick={() => void run(() => room.write('dose-ended.v1', { dose: dose.id }))}>{dose.body.route === 'IV' ? 'Infusion has ended' : 'Holding time has ended'}</Button>
    </Notice>
  )
}
