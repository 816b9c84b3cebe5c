import { useState, type ReactNode } from 'react'
import type { Signature } from '../../../../core/chart/kinds/kind.ts'
import { useDevice, useDeviceState, type Written } from '../../../sync/index.ts'
import { Button, Notice, RadioTiles } from '../../../kit/index.ts'
import { asColleague, colleagues, useGuests } from '../guests.ts'
import { PinField } from '../PinField.tsx'
import { shortName, type Room } from '../room.ts'
import { useInRoom, type SheetName } from '../room-context.tsx'

interface ByPinProps {
  /** The room under the hands of whoever signs. */
  readonly room: Room
  /** What the button says. */
  readonly act: string
  readonly label?: string
  /** What is written with this signature; or why it cannot be yet. */
  readonly write: (signature: Signature) => Written | string
  readonly then?: SheetName | null | 'stay'
  readonly children?: ReactNode
}

/** One person signs with one PIN: whose device it is, or a second person on it. The same words with and without a connection. */
export function ByPin({ room, act, label, write, then = 'stay', children }: ByPinProps) {
  const { run, show } = useInRoom()
  const device = useDevice()
  const { hasPin } = useDeviceState()
  const here = useGuests(room)
  const [pin, setPin] = useState('')
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { me } = room.used
  const own = me.person === device.me.person
  const known = here.some(({ person }) => person === me.person)
  const who = shortName(me.name)
  if (own && !hasPin) return <Notice what="You sign with your PIN, and have none yet."><Button size="room" onClick={() => show('pin')}>Set my PIN</Button></Notice>
  if (!own && !known && room.used.connection !== 'live') return <Notice what={`${who} cannot sign on this device yet.`} kept="The first time, a PIN is typed here with a connection." next={`${who} signs on their own device, or here once the connection is back.`} />

  const ask = async (): Promise<string | undefined> => {
    const signed = { person: me.person, name: me.name, meaning: 'confirmation', method: 'pin', signedAt: room.now } as const
    const wanted = write(signed)
    if (typeof wanted === 'string') return wanted
    if (own) {
      const answer = await device.unlock(pin)
      if (!answer.open) return answer.say
      await room.writeAct([wanted])
      return undefined
    }
    const somebody = { chart: room.chartId, session: room.session.session, person: me.person, name: me.name }
    const letIn = known ? undefined : await device.guests!.enrol(somebody, pin)
    const answer = letIn && !letIn.open ? letIn : await device.guests!.sign(somebody, pin, (signature) => ({ session: room.session.session, ...(write(signature) as Written) }))
    return answer.open ? undefined : answer.say
  }
  const submit = async () => {
    if (busy) return
    setBusy(true)
    setProblem(undefined)
    let says: string | undefined
    // The sheet stays where it was not signed.
    await run(async () => { says = await ask(); return says === undefined ? undefined : 'stay' }, then)
    setPin('')
    setBusy(false)
    setProblem(says)
  }
  return (
    <form className="r-form" aria-label={label ?? (own ? undefined : `${who} signs`)} onSubmit={(event) => { event.preventDefault(); void submit() }}>
      {children}
      <PinField label={own ? 'My PIN' : `PIN of ${who}`} value={pin} onChange={setPin} problem={problem} />
      <div className="k-buttons"><Button kind="primary" size="room" type="submit" pending={busy} disabled={pin.length < 4}>{act}</Button></div>
    </form>
  )
}

interface SomebodyElseProps {
  readonly room: Room
  readonly label?: string
  /** Who signed already, or may not. */
  readonly without?: readonly string[]
  readonly children: (room: Room) => ReactNode
}

/** A second person, chosen by name, signs on this device. */
export function SomebodyElse({ room, label = 'Somebody else signs on this device', without = [], children }: SomebodyElseProps) {
  const [who, setWho] = useState<string | null>(null)
  const others = colleagues(room, useDevice()).filter(({ person }) => !without.includes(person))
  const chosen = others.find(({ person }) => person === who)
  if (others.length === 0) return null
  return (
    <section aria-label={label} className="r-form">
      <RadioTiles label={label} choices={others.map(({ person, name }) => ({ value: person, label: name }))} value={who} onChange={setWho} tile="12rem" />
      {chosen && <div key={chosen.person} className="r-form">{children(asColleague(room, chosen))}</div>}
    </section>
  )
}
