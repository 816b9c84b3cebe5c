import { useState } from 'react'
import { showMg } from '../../../../core/shared/units.ts'
import { Button, Notice, RadioTiles, TextField } from '../../../kit/index.ts'
import { shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

/**
 * Two records claim one step. Both are kept; until somebody says which stands there is no total and no further dose.
 * Either of the two may say so. If they say different things it stays open, and both answers are shown.
 */
export function ConflictCard({ room, step }: { readonly room: Room; readonly step: number }) {
  const { run } = useInRoom()
  const [stands, setStands] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const given = room.session.doses.steps.find((one) => one.step === step)?.given ?? []
  const said = room.session.entries.all('dose-conflict-resolved.v1').filter(({ body }) => body.step === step)
  const resolve = () => {
    setTried(true)
    if (stands && reason.trim()) void run(() => room.write('dose-conflict-resolved.v1', { step, stands, reason: reason.trim() }))
  }
  return (
    <form className="r-form" onSubmit={(event) => { event.preventDefault(); resolve() }}>
      <Notice level="call" urgent what={`Dose ${step} was recorded twice, by two devices.`} kept="Both records are kept." next="Talk to each other: was it given once? Say which record is the right one. Until then no total is shown and no dose can follow." />
      {said.map(({ id, by, body, at }) => <p key={id}>{shortName(room.name(by))} said at {wallTime(at, room.zone)}: the record of {who(room, given.find((dose) => dose.id === body.stands))} stands. {body.reason}</p>)}
      <RadioTiles
        label="This record stands" value={stands} onChange={setStands} problem={tried && !stands ? 'Choose one of the two.' : undefined}
        choices={given.map((dose) => ({ value: dose.id, label: `${showMg(dose.body.doseUg)} ${dose.body.route} at ${wallTime(dose.at, room.zone)}`, hint: `recorded by ${room.name(dose.by)}, confirmed by ${room.name(dose.body.confirmedBy)}` }))}
      />
      <TextField label="Why this one" value={reason} onChange={setReason} maxLength={500} problem={tried && !reason.trim() ? 'One sentence is enough.' : undefined} />
      <div className="k-buttons"><Button kind="primary" size="room" type="submit">Say which stands</Button></div>
      <p className="soft">If it was really given twice, treat the person as having had both: call the prescriber now.</p>
    </form>
  )
}

const who = ({ name }: Room, dose: { by: string } | undefined) => (dose ? shortName(name(dose.by)) : 'somebody')
