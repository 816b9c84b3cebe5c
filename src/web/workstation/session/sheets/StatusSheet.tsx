import { EmptyState, Sheet } from '../../../kit/index.ts'
import { Freshness, useWarnings } from '../ConnectionLine.tsx'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

/** Everything that is to be known about this room and this device; the line at the foot shows only the first of it. */
export function StatusSheet({ room }: { readonly room: Room }) {
  const { show } = useInRoom()
  const warnings = useWarnings(room)
  return (
    <Sheet open title="This room and this device" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        {warnings.length === 0 && <EmptyState what="Nothing is waiting for you here." />}
        {warnings.map(({ id, says }) => <div key={id}>{says}</div>)}
        <p><Freshness room={room} /></p>
        <p className="soft">Documentation and reminders; the bedside monitor is the alarm.</p>
      </div>
    </Sheet>
  )
}
