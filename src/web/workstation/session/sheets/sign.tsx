import { useState } from 'react'
import type { BodyOf } from '../../../../core/chart/kinds.ts'
import { useDevice, useDeviceState } from '../../../sync/index.ts'
import { Button, Checkbox, Notice, RadioTiles } from '../../../kit/index.ts'
import { wallTime, type Room } from '../room.ts'
import { PinField } from '../PinField.tsx'
import { useInRoom } from '../room-context.tsx'

type SignRole = BodyOf<'discharge-signed.v1'>['role']
const ROLE_NAMES: Record<SignRole, string> = { monitor: 'Monitor', prescriber: 'Prescriber', rn: 'Nurse under a standing order' }

/** Two different people sign the newest assessment, each on their own device and by their own PIN. */
export function Sign({ room }: { readonly room: Room }) {
  const { discharge } = room.session
  const { assessed } = discharge
  const signed = discharge.signed.filter(({ body }) => body.assessed === assessed?.id)
  const mine = signed.find(({ body }) => body.signature.person === room.used.me.person)
  return (
    <section aria-label="Signatures" className="r-form">
      <h3>Signatures</h3>
      {signed.length === 0 && <p className="soft">Nobody has signed yet. The monitor signs, and a prescriber or a nurse under a standing order.</p>}
      <ul>{signed.map(({ id, body, at }) => <li key={id}>{body.signature.name}, {ROLE_NAMES[body.role].toLowerCase()}, {wallTime(at, room.zone)}</li>)}</ul>
      {!assessed && <p>First somebody assesses the person for going home.</p>}
      {assessed && !mine && <ByPin key={assessed.id} room={room} assessed={assessed.id} />}
    </section>
  )
}

function ByPin({ room, assessed }: { readonly room: Room; readonly assessed: string }) {
  const { run, show } = useInRoom()
  const device = useDevice()
  const { hasPin } = useDeviceState()
  const roles = rolesFor(room)
  const [role, setRole] = useState<SignRole | null>(roles.length === 1 ? roles[0]! : null)
  const [licensed, setLicensed] = useState(false)
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string>()
  const { me } = room.used
  if (roles.length === 0) return null
  if (!hasPin) return <Notice what="You sign with your PIN, and have none yet."><Button size="room" onClick={() => show('pin')}>Set my PIN</Button></Notice>

  const sign = () => run(async () => {
    setProblem(undefined)
    if (!role) { setProblem('Say as what you sign.'); return }
    if (role === 'rn' && !licensed) { setProblem('Confirm that you hold a licence and act under a standing order.'); return }
    const answer = await device.unlock(pin)
    setPin('')
    if (!answer.open) { setProblem(answer.say); return }
    await room.write('discharge-signed.v1', { assessed, role, signature: { person: me.person, name: me.name, meaning: 'confirmation', method: 'pin', signedAt: room.now } })
  }, 'stay')
  return (
    <form className="r-form" onSubmit={(event) => { event.preventDefault(); void sign() }}>
      <RadioTiles label="I sign as" choices={roles.map((value) => ({ value, label: ROLE_NAMES[value] }))} value={role} onChange={setRole} tile="12rem" />
      {role === 'rn' && <Checkbox framed label="I hold a nursing licence and act under this practice’s standing order" checked={licensed} onChange={setLicensed} />}
      <PinField label="My PIN" value={pin} onChange={setPin} problem={problem} />
      <div className="k-buttons"><Button kind="primary" size="room" type="submit" disabled={pin.length < 4}>Sign for going home</Button></div>
    </form>
  )
}

/** A monitor may be a nurse; whoever treats may stand in for the monitor, who has to be somebody else than the prescriber. */
function rolesFor({ roles }: Room): readonly SignRole[] {
  return [...(roles.includes('monitor') || roles.includes('therapist') ? (['monitor'] as const) : []), ...(roles.includes('monitor') ? (['rn'] as const) : []), ...(roles.includes('prescriber') ? (['prescriber'] as const) : [])]
}
