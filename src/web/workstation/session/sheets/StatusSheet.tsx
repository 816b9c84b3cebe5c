import { useDevice } from '../../../sync/index.ts'
import { Button, EmptyState, Sheet } from '../../../kit/index.ts'
import { Freshness, useWarnings } from '../ConnectionLine.tsx'
import { useGuests } from '../guests.ts'
import { shortName, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

/** Everything that is to be known about this room and this device; the line at the foot shows only the first of it. */
export function StatusSheet({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const warnings = useWarnings(room)
  return (
    <Sheet open title="This room and this device" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {warnings.length === 0 && <EmptyState what="Nothing is waiting for you here." />}
        {warnings.map(({ id, says, whole }) => <div key={id}>{whole ?? says}</div>)}
        <p><Freshness room={room} /></p>
        <SignHere room={room} />
        <p className="soft">Documentation and reminders; the bedside monitor is the alarm.</p>
      </div>
    </Sheet>
  )
}

function SignHere({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const { guests } = useDevice()
  const here = useGuests(room)
  if (!guests || room.session.closed) return null
  return (
    <div className="r-inline">
      <p>{here.length === 0 ? 'Only you can sign on this device without a connection.' : `Without a connection, you and ${here.map(({ person }) => shortName(room.name(person))).join(', ')} can sign on this device.`}</p>
      <Button size="room" onClick={() => show('guests')}>Who can sign here</Button>
    </div>
  )
}
