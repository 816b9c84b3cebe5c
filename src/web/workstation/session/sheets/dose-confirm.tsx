import { useState, type ReactNode } from 'react'
import { showMg } from '../../../../core/shared/units.ts'
import { useDevice } from '../../../sync/index.ts'
import { Button, Disclosure, Notice, NumberField } from '../../../kit/index.ts'
import { readBack, type Prepared } from '../dose.ts'
import { shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { ByPin, SomebodyElse } from './by-pin.tsx'

/** The second person reads the amount and types it, under their own name: on their own device, or signed on this one. */
export function Confirm({ room, prepared, again }: { readonly room: Room; readonly prepared: Prepared; readonly again: ReactNode }) {
  if (prepared.by === room.used.me.person) {
    return (
      <>
        <Notice what={`You prepared ${showMg(prepared.body.doseUg)} at ${wallTime(prepared.at, room.zone)}.`} next="Now somebody else reads the amount and confirms it, on their own device or on this one. You cannot confirm it yourself." />
        <SomebodyElse room={room} label="Somebody else confirms on this device" without={[prepared.by]}>{(theirs) => <ReadIt room={theirs} prepared={prepared} />}</SomebodyElse>
        <Disclosure summary="It was wrong: prepare it again">{again}</Disclosure>
      </>
    )
  }
  return (
    <>
      <ReadIt room={room} prepared={prepared} />
      <Disclosure summary="It was wrong: prepare it again">{again}</Disclosure>
    </>
  )
}

/** Read from what is in the hand, and typed. On somebody else's device it is signed as well. */
function ReadIt({ room, prepared }: { readonly room: Room; readonly prepared: Prepared }) {
  const { run } = useInRoom()
  const device = useDevice()
  const [saidMg, setSaid] = useState<number | null>(null)
  const [says, setSays] = useState<string>()
  const body = { prepared: prepared.id, doseUg: prepared.body.doseUg }
  const read = () => {
    const answer = readBack(prepared.body.doseUg, saidMg)
    setSays(answer.ok ? undefined : answer.says)
    return answer.ok
  }
  const asked = (
    <>
      <p>{shortName(room.name(prepared.by))} has prepared dose {prepared.body.step}, {prepared.body.route}. Take it in your hand, read the amount from it, and type what you read.</p>
      <NumberField label="Amount you read" unit="mg" decimals={1} min={0} value={saidMg} onChange={setSaid} problem={says} />
    </>
  )
  if (room.used.me.person !== device.me.person) return <ByPin room={room} act="Confirm the amount" write={(signature) => (read() ? { kind: 'dose-confirmed.v1', body: { ...body, signature } } : 'Read the amount once more. Nothing was signed.')}>{asked}</ByPin>
  return (
    <form className="r-form" onSubmit={(event) => { event.preventDefault(); if (read()) void run(() => room.write('dose-confirmed.v1', body), 'stay', 'confirmed') }}>
      {asked}
      <div className="k-buttons"><Button kind="primary" size="room" type="submit">Confirm the amount</Button></div>
    </form>
  )
}
