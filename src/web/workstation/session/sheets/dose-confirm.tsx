import { useState, type ReactNode } from 'react'
import { showMg } from '../../../../core/shared/units.ts'
import { Button, Disclosure, Notice, NumberField } from '../../../kit/index.ts'
import { readBack, type Prepared } from '../dose.ts'
import { shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'

/** The second person reads the amount and types it, on their own device and under their own name. */
export function Confirm({ room, prepared, again }: { readonly room: Room; readonly prepared: Prepared; readonly again: ReactNode }) {
  const { run } = useInRoom()
  const [saidMg, setSaid] = useState<number | null>(null)
  const [says, setSays] = useState<string>()
  const who = shortName(room.name(prepared.by))
  if (prepared.by === room.used.me.person) {
    return (
      <>
        <Notice what={`You prepared ${showMg(prepared.body.doseUg)} at ${wallTime(prepared.at, room.zone)}.`} next="Now somebody else reads the amount and confirms it on their own device. You cannot confirm it yourself." />
        <Disclosure summary="It was wrong: prepare it again">{again}</Disclosure>
      </>
    )
  }
  const confirm = () => {
    const answer = readBack(prepared.body.doseUg, saidMg)
    setSays(answer.ok ? undefined : answer.says)
    if (answer.ok) void run(() => room.write('dose-confirmed.v1', { prepared: prepared.id, doseUg: prepared.body.doseUg }), 'stay')
  }
  return (
    <>
      <form className="r-form" onSubmit={(event) => { event.preventDefault(); confirm() }}>
        <p>{who} has prepared dose {prepared.body.step}, {prepared.body.route}. Take it in your hand, read the amount from it, and type what you read.</p>
        <NumberField label="Amount you read" unit="mg" decimals={1} min={0} value={saidMg} onChange={setSaid} problem={says} />
        <div className="k-buttons"><Button kind="primary" size="room" type="submit">Confirm the amount</Button></div>
      </form>
      <Disclosure summary="It was wrong: prepare it again">{again}</Disclosure>
    </>
  )
}
