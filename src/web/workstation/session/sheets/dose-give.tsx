import { useMemo, useState } from 'react'
import { passage } from '../../../../core/session/gates.ts'
import { recordedGates } from '../../../../core/session/recorded-dose.ts'
import { showMg } from '../../../../core/shared/units.ts'
import { Button, Checkbox, Notice, RadioTiles, TextField } from '../../../kit/index.ts'
import { takenByPerson, type Confirmed, type Prepared } from '../dose.ts'
import { GateList } from '../GateList.tsx'
import { doseGates } from '../judging.ts'
import { shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { atOf, momentOf, useWhen } from './when.tsx'

const SITES = ['left arm', 'right arm', 'left thigh', 'right thigh'] as const

/** Given, once everything that has to be so is so. What is missing is listed with the way to it; nobody can talk past it here. */
export function Give({ room, prepared, confirmed }: { readonly room: Room; readonly prepared: Prepared; readonly confirmed: Confirmed }) {
  const { run } = useInRoom()
  const { when, field } = useWhen()
  const { doseUg, route, step, order } = prepared.body
  const own = takenByPerson(route)
  const [site, setSite] = useState<string | null>(null)
  const [other, setOther] = useState('')
  const minute = room.now.slice(0, 16)
  const judged = useMemo(() => doseGates(room.chart, room.session, step, room.now, room.zone, room.rules), [room.chart, room.session.session, step, minute, room.zone, room.rules.book, room.rules.missing])
  const body = { step, doseUg, route, order, prepared: prepared.id, confirmed: confirmed.id, confirmedBy: confirmed.by, site: (site === 'other' ? other : site ?? '').trim(), selfAdministered: own }
  const at = momentOf(when, room.now, room.zone)
  // As the server will judge it: a time before the dose was read back is put right here, while somebody stands at it.
  const odd = at === undefined ? [] : passage(recordedGates(room.session, { at, body })).blocking
  const give = () => {
    if (at !== undefined && odd.length === 0) void run(() => room.write('dose-given.v1', body, atOf(when, room.now, room.zone)))
  }
  return (
    <>
      <p>{shortName(room.name(prepared.by))} prepared {showMg(doseUg)} {route} at {wallTime(prepared.at, room.zone)}; {shortName(room.name(confirmed.by))} read it back at {wallTime(confirmed.at, room.zone)}.</p>
      <GateList judged={judged} heading={judged.passes ? 'Looked at before the dose' : 'Not yet: this is missing'} pass={room.roles.includes('prescriber') ? (gate, reason) => void run(() => room.write('gate-passed.v1', { gate: gate.gate, step, reason }), 'stay', `passed ${gate.gate}`) : undefined} />
      {judged.passes && (
        <form className="r-form" onSubmit={(event) => { event.preventDefault(); give() }}>
          {!own && <RadioTiles label="Where" optional={route === 'IV'} choices={[...SITES, 'other'].map((value) => ({ value, label: value }))} value={site} onChange={setSite} tile="8rem" />}
          {site === 'other' && <TextField label="Other place" value={other} onChange={setOther} maxLength={80} />}
          {route === 'IM' && <p className="soft">An injection is given by a prescriber or a licensed nurse.</p>}
          {field}
          {odd.length > 0 && <Notice urgent level="caution" what={odd.map(({ says }) => says).join(' ')} kept="Nothing is recorded yet." />}
          <div className="k-buttons"><Button kind="primary" size="room" type="submit">{own ? `${showMg(doseUg)} taken` : `${showMg(doseUg)} given`}</Button></div>
        </form>
      )}
      {room.used.connection === 'away' && judged.passes && <Notice level="caution" what="There is no connection." kept="The dose is recorded on this device and sent later." next="Ask the other person whether they have recorded it: two records of one dose would have to be sorted out by both of you." />}
      <Refuse room={room} />
    </>
  )
}

/** A person may say no at any moment, also now; that is written down at once and needs no network. */
function Refuse({ room }: { readonly room: Room }) {
  const { run } = useInRoom()
  const [open, setOpen] = useState(false)
  if (!open) return <Checkbox label="The person does not want the dose" checked={false} onChange={() => setOpen(true)} />
  return <Notice level="caution" what="Then it is not given." next="This withdraws consent to treatment for today; it can be given again only outside a session."><Button kind="danger" size="room" onClick={() => void run(() => room.write('consent-withdrawn.v1', { form: 'treatment', said: 'Did not want the dose' }))}>Write down: does not want it</Button><Button size="room" onClick={() => setOpen(false)}>Back</Button></Notice>
}
