import { useState } from 'react'
import { showContainer } from '../../../../core/ledger/container.ts'
import { Button, Notice, NumberField, TextField } from '../../../kit/index.ts'
import { shortName, wallTime, type Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { ByPin, SomebodyElse } from './by-pin.tsx'
import { leftovers, unwitnessed, useStock, type HeldStock, type Left } from '../stock.ts'

/** What is left after a dose is wasted, and somebody who neither drew nor gave it signs that they saw it. Both are written on the chart, with or without the network. */
export function Remainder({ room }: { readonly room: Room }) {
  const stock = useStock(room.used.me.practice.id)
  const left = leftovers(room.session, stock)
  const waiting = unwitnessed(room.session, room.used.me.person)
  if (left.length === 0 && waiting.length === 0) return null
  return (
    <section aria-label="What is left" className="r-form">
      {left.map((one) => <Waste key={`${one.drawn.id} ${one.ofDraw}`} room={room} left={one} stock={stock} />)}
      {waiting.map(({ wasted, mine }) => (mine
        ? (
          <div key={wasted.id} className="r-form">
            <Notice what={`${amount(wasted.body)} wasted at ${wallTime(wasted.at, room.zone)}: ${wasted.body.how}`} next="Somebody who neither drew nor gave it signs as the witness, on their own device or on this one." />
            <SomebodyElse room={room} label="The witness signs on this device">{(theirs) => <Witness room={theirs} wasted={wasted.id} says={`${shortName(room.name(wasted.by))} wasted ${amount(wasted.body)}.`} />}</SomebodyElse>
          </div>
        )
        : <Witness key={wasted.id} room={room} wasted={wasted.id} says={`${shortName(room.name(wasted.by))} wasted ${amount(wasted.body)} at ${wallTime(wasted.at, room.zone)}: ${wasted.body.how}`} />))}
    </section>
  )
}

const amount = ({ measure, quantity }: { readonly measure: 'ul' | 'piece'; readonly quantity: number }): string => (measure === 'ul' ? `${quantity / 1_000} mL` : `${quantity} ${quantity === 1 ? 'piece' : 'pieces'}`)

function Waste({ room, left, stock }: { readonly room: Room; readonly left: Left; readonly stock: HeldStock | undefined }) {
  const { run } = useInRoom()
  const { measure, lot } = left.drawn.body
  const box = stock?.containers.find(({ id }) => id === left.container)
  const poured = measure === 'ul'
  const [typed, setTyped] = useState<number | null>(poured ? left.quantity / 1_000 : left.quantity)
  const [how, setHow] = useState('')
  const [open, setOpen] = useState(false)
  const what = `${amount({ measure, quantity: left.quantity })} ${left.ofDraw ? 'of what was drawn' : 'in the container'} left: ${box ? showContainer(box.label) : `lot ${lot}`}.`
  if (!open) return <Notice level="caution" what={what} next={left.ofDraw ? 'Waste it with a witness.' : 'It is for one person. Waste what is left with a witness.'}><Button size="room" onClick={() => setOpen(true)}>Waste it</Button></Notice>
  const quantity = typed === null ? 0 : Math.round(poured ? typed * 1_000 : typed)
  const waste = () => void run(() => room.write('medicine-wasted.v1', { container: left.container, ...(left.ofDraw ? { drawn: left.drawn.id } : {}), measure, quantity, how: how.trim() }), 'stay', `wasted ${left.container}`)
  return (
    <form className="r-form" aria-label="Waste what is left" onSubmit={(event) => { event.preventDefault(); if (quantity > 0 && how.trim() !== '') waste() }}>
      <p>{what}</p>
      <NumberField label="Wasted" unit={poured ? 'mL' : 'pieces'} decimals={poured ? 2 : 0} min={0} value={typed} onChange={setTyped} />
      <TextField label="How it was made unusable" value={how} onChange={setHow} maxLength={200} />
      <div className="k-buttons"><Button kind="primary" size="room" type="submit">Wasted</Button><Button size="room" onClick={() => setOpen(false)}>Not now</Button></div>
    </form>
  )
}

function Witness({ room, wasted, says }: { readonly room: Room; readonly wasted: string; readonly says: string }) {
  return <ByPin room={room} label="Sign as the witness" act="I saw it: sign as witness" write={(signature) => ({ kind: 'waste-witnessed.v1', body: { wasted, signature } })}><p>{says}</p></ByPin>
}
