import { useState } from 'react'
import type { ComfortMeasure } from '../../../../core/session/cards.ts'
import { comfortMeasures } from '../../../../knowledge/comfort.ts'
import { Button, Sheet, TextField } from '../../../kit/index.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { atOf, useWhen } from './when.tsx'

const measures: readonly ComfortMeasure[] = comfortMeasures
const SIGNALS = [['stop', 'Signal: stop'], ['lighter', 'Signal: lighter'], ['quiet', 'Signal: quiet'], ['help', 'Signal: help']] as const
const MUSIC = ['next piece', 'softer', 'off', 'on again'] as const

/** What helps, what the person signalled, and the music: one touch each. What she did not agree to is not offered. */
export function ComfortSheet({ room }: { readonly room: Room }) {
  const { show, run } = useInRoom()
  const { when, field } = useWhen()
  const [piece, setPiece] = useState('')
  const how = atOf(when, room.now, room.zone)
  const agreed = agreedTouch(room)
  const offered = measures.filter(({ needs }) => needs === undefined || agreed.includes(needs))
  const held = measures.filter((measure) => !offered.includes(measure))
  return (
    <Sheet open title="Comfort" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <fieldset className="k-field">
          <legend className="k-field__label">The person signals</legend>
          <div className="r-tiles">{SIGNALS.map(([signal, label]) => <Button key={signal} size="room" onClick={() => void run(() => room.write('signal.v1', { signal, answeredWith: '' }, how))}>{label}</Button>)}</div>
        </fieldset>
        <fieldset className="k-field">
          <legend className="k-field__label">What we do</legend>
          <div className="r-tiles r-tiles--hints">
            {offered.map(({ id, label, how: says }) => <button key={id} type="button" className="k-button k-button--quiet k-button--room" onClick={() => void run(() => room.write('comfort.v1', { measure: label, note: '' }, how))}><span>{label} <small>{says}</small></span></button>)}
          </div>
          {held.length > 0 && <p className="soft small">Not offered, because touch was not agreed or was taken back: {held.map(({ label }) => label.toLowerCase()).join(', ')}.</p>}
        </fieldset>
        <fieldset className="k-field">
          <legend className="k-field__label">Music</legend>
          <div className="r-tiles">{MUSIC.map((what) => <Button key={what} size="room" onClick={() => void run(() => room.write('music.v1', { what }, how))}>{`Music: ${what}`}</Button>)}</div>
          <form className="r-inline" onSubmit={(event) => { event.preventDefault(); if (piece.trim()) void run(() => room.write('music.v1', { what: piece.trim() }, how)) }}>
            <TextField label="Which piece" optional value={piece} onChange={setPiece} maxLength={300} />
            <Button size="room" type="submit">Record music</Button>
          </form>
        </fieldset>
        {field}
      </div>
    </Sheet>
  )
}

/** What the person allowed beforehand, less what she took back since. Silence allows nothing. */
function agreedTouch({ session: { touch } }: Room): readonly ComfortMeasure['needs'][] {
  return touch.allowed === 'hands-and-shoulders' ? ['touch-hands', 'touch-shoulders'] : touch.allowed === 'hands-only' ? ['touch-hands'] : []
}
