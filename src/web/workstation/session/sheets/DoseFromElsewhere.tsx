import { useMemo } from 'react'
import { showMg } from '../../../../core/shared/units.ts'
import { DataPairs, Notice, Sheet } from '../../../kit/index.ts'
import { doseStage, type DoseStage } from '../dose.ts'
import { GateList } from '../GateList.tsx'
import { doseGates } from '../judging.ts'
import { shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { ConflictCard } from './ConflictCard.tsx'

/** The dose as a prescriber sees it who is not there: how far it is, what stands against it, and the gates that may be passed in words. Nobody prepares, reads back or gives from here. */
export function DoseFromElsewhere({ room }: { readonly room: Room }) {
  const { show, run } = useInRoom()
  const { session, now, zone, rules, chart } = room
  const stage = doseStage(session)
  const minute = now.slice(0, 16)
  const judged = useMemo(() => doseGates(chart, session, stage.step, now, zone, rules), [chart, session.session, stage.step, minute, zone, rules.book, rules.missing])
  const order = session.order.inForce
  return (
    <Sheet open title={`Dose ${stage.step}, from elsewhere`} reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {order
          ? <DataPairs wide pairs={[['Order', `${showMg(order.body.doseUg)} ${order.body.route}`], ['Booster', order.body.boosterUg > 0 ? `up to ${showMg(order.body.boosterUg)}` : 'none ordered'], ['At most today', showMg(order.body.maxTotalUg)], ['Given so far', session.doses.totalUg === undefined ? 'in doubt' : session.doses.totalUg === 0 ? 'nothing' : showMg(session.doses.totalUg)]]} />
          : <Notice level="call" what="There is no order in force today." next="Write one on the chart; the room sees it at once." />}
        <p>{stageSays(stage, room)}</p>
        {stage.stage === 'conflict'
          ? <ConflictCard room={room} step={stage.step} />
          : <GateList judged={judged} heading={judged.passes ? 'Looked at before the dose' : 'Not yet: this is missing'} pass={room.roles.includes('prescriber') ? (gate, reason) => void run(() => room.write('gate-passed.v1', { gate: gate.gate, step: stage.step, reason }), 'stay', `passed ${gate.gate}`) : undefined} />}
      </div>
    </Sheet>
  )
}

function stageSays(stage: DoseStage, { name, zone }: Room): string {
  switch (stage.stage) {
    case 'conflict': return 'It was recorded twice.'
    case 'prepare': return 'Nobody has prepared it.'
    case 'confirm': return `${shortName(name(stage.prepared.by))} prepared ${showMg(stage.prepared.body.doseUg)} ${stage.prepared.body.route} at ${wallTime(stage.prepared.at, zone)}; nobody has read it back.`
    case 'give': return `${shortName(name(stage.prepared.by))} prepared ${showMg(stage.prepared.body.doseUg)} ${stage.prepared.body.route} at ${wallTime(stage.prepared.at, zone)}; ${shortName(name(stage.confirmed.by))} read it back at ${wallTime(stage.confirmed.at, zone)}. It is not given yet.`
  }
}
