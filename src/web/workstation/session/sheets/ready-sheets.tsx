import { reachableNow, roomOf } from '../../../../core/session/room-gates.ts'
import { localDay } from '../../../../core/shared/local-day.ts'
import { plusMinutes } from '../../../../core/shared/time.ts'
import { Button, Sheet } from '../../../kit/index.ts'
import { GuestsForm, KitForm, ReachForm } from '../RoomReady.tsx'
import { wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

interface InSheet { readonly room: Room }

/** Looked through again, where something was used or found missing since the session began. */
export function KitSheet({ room }: InSheet) {
  const { show, run } = useInRoom()
  const { chartId, chart, session, rules, now, zone } = room
  return (
    <Sheet open title="Emergency kit" reach="100%" onClose={() => show(null)}>
      <KitForm chart={chartId} row={rules.book.monitoring.gates.kit} room={roomOf(chart, session.started.body.visit)} today={localDay(now, zone)} zone={zone} onChecked={(body) => void run(() => room.write('room-checked.v1', body))} />
    </Sheet>
  )
}

/** Who answers now; for longer, somebody else, or nobody any more. */
export function ReachSheet({ room }: InSheet) {
  const { show, run } = useInRoom()
  const { chart, session: { route }, rules: { book }, now, zone, used } = room
  const { prescriber, prescriberOnSite } = book.monitoring.gates
  return (
    <Sheet open title="Prescriber to reach" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {reachableNow(chart, now).map(({ id, body }) => (
          <div key={id} className="r-inline">
            <p>{body.name} until {wallTime(body.until, zone)}.</p>
            <Button size="room" onClick={() => void run(() => room.write('prescriber-reachable.v1', { ...body, until: now }))}>{`${body.name} can no longer be reached`}</Button>
          </div>
        ))}
        <ReachForm
          row={prescriber} prescribers={(used.head?.team ?? []).filter(({ role }) => role === 'prescriber')} onSite={[...prescriber.onSite, ...prescriberOnSite].includes(route)} zone={zone}
          neededUntil={plusMinutes(now, book.discharge.D1.minimum[route]?.minutes ?? 0)} onReached={(body) => void run(() => room.write('prescriber-reachable.v1', body))}
        />
      </div>
    </Sheet>
  )
}

/** Who else can sign on this device: offered, never asked for. */
export function GuestsSheet({ room }: InSheet) {
  const { show } = useInRoom()
  return <Sheet open title="Who can sign on this device" reach="100%" onClose={() => show(null)}><GuestsForm room={room} /></Sheet>
}
