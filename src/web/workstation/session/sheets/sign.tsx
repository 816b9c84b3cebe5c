import { useState } from 'react'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { onDeviceOf } from '../../../../core/session/signatures.ts'
import { Checkbox, RadioTiles } from '../../../kit/index.ts'
import { wallTime, type Room } from '../room.ts'
import { ByPin, SomebodyElse } from './by-pin.tsx'

type SignRole = BodyOf<'discharge-signed.v1'>['role']
const ROLE_NAMES: Record<SignRole, string> = { monitor: 'Monitor', prescriber: 'Prescriber', rn: 'Nurse under a standing order' }

/** Two different people sign the newest assessment, each by their own PIN, on their own device or on one between them. */
export function Sign({ room }: { readonly room: Room }) {
  const { discharge } = room.session
  const { assessed } = discharge
  const signed = discharge.signed.filter(({ body }) => body.assessed === assessed?.id)
  const mine = signed.find(({ body }) => body.signature.person === room.used.me.person)
  return (
    <section aria-label="Signatures" className="r-form">
      <h3>Signatures</h3>
      {signed.length === 0 && <p className="soft">Nobody has signed yet. The monitor signs, and a prescriber or a nurse under a standing order.</p>}
      <ul>{signed.map(({ id, body, at }) => <li key={id}>{body.signature.name}, {ROLE_NAMES[body.role].toLowerCase()}, {wallTime(at, room.zone)}{onDeviceOf(body.signature.lent)}</li>)}</ul>
      {!assessed && <p>First somebody assesses the person for going home.</p>}
      {assessed && !mine && <AsRole key={assessed.id} room={room} assessed={assessed.id} />}
      {assessed && <SomebodyElse key={`${assessed.id} ${signed.length}`} room={room} without={signed.map(({ body }) => body.signature.person)}>{(theirs) => <AsRole room={theirs} assessed={assessed.id} />}</SomebodyElse>}
    </section>
  )
}

function AsRole({ room, assessed }: { readonly room: Room; readonly assessed: string }) {
  const roles = rolesFor(room)
  const [role, setRole] = useState<SignRole | null>(roles.length === 1 ? roles[0]! : null)
  const [licensed, setLicensed] = useState(false)
  if (roles.length === 0) return null
  return (
    <ByPin
      room={room} act="Sign for going home"
      write={(signature) => {
        if (!role) return 'Say as what you sign.'
        if (role === 'rn' && !licensed) return 'Confirm that you hold a licence and act under a standing order.'
        return { kind: 'discharge-signed.v1', body: { assessed, role, signature } }
      }}
    >
      <RadioTiles label="I sign as" choices={roles.map((value) => ({ value, label: ROLE_NAMES[value] }))} value={role} onChange={setRole} tile="12rem" />
      {role === 'rn' && <Checkbox framed label="I hold a nursing licence and act under this practice’s standing order" checked={licensed} onChange={setLicensed} />}
    </ByPin>
  )
}

/** A monitor may be a nurse; whoever treats may stand in for the monitor, who has to be somebody else than the prescriber. */
function rolesFor({ roles }: Room): readonly SignRole[] {
  return [...(roles.includes('monitor') || roles.includes('therapist') ? (['monitor'] as const) : []), ...(roles.includes('monitor') ? (['rn'] as const) : []), ...(roles.includes('prescriber') ? (['prescriber'] as const) : [])]
}
