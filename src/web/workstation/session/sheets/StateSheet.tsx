import { Button, Sheet } from '../../../kit/index.ts'
import { scales } from '../../../../knowledge/scales.ts'
import type { Room } from '../room.ts'
import { useInRoom } from '../room-context.tsx'
import { NotVerified } from './not-verified.tsx'
import { atOf, useWhen } from './when.tsx'

const RATINGS = [{ scale: 'intensity', label: 'Intensity' }, { scale: 'distress', label: 'Distress' }, { scale: 'nausea', label: 'Nausea rating' }] as const

/** How awake, how calm, how deep: one touch writes it down. */
export function StateSheet({ room }: { readonly room: Room }) {
  const { show, run } = useInRoom()
  const { when, field } = useWhen()
  const at = () => atOf(when, room.now, room.zone)
  return (
    <Sheet open title="State" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <fieldset className="k-field">
          <legend className="k-field__label">How awake (MOAA/S)</legend>
          <div className="r-tiles">{scales.moaaS.steps.map(({ value, says }) => <Button key={value} size="room" onClick={() => void run(() => room.write('mental-status.v1', { moaaS: value }, at()))}>{`MOAA/S ${value}: ${says}`}</Button>)}</div>
        </fieldset>
        <Ratings onRate={(scale, value) => void run(() => room.write('rating.v1', { scale, value }, at()))} />
        <fieldset className="k-field">
          <legend className="k-field__label">How calm (RASS)</legend>
          <div className="r-tiles">{scales.rass.steps.map(({ value, says }) => <Button key={value} size="room" onClick={() => void run(() => room.write('mental-status.v1', { rass: value }, at()))}>{`RASS ${value > 0 ? '+' : ''}${value}: ${says}`}</Button>)}</div>
        </fieldset>
        <fieldset className="k-field">
          <legend className="k-field__label">Oriented to</legend>
          <div className="r-tiles">{scales.orientation.steps.map(({ value, says }) => <Button key={value} size="room" onClick={() => void run(() => room.write('mental-status.v1', { orientation: value }, at()))}>{`Oriented: ${says}`}</Button>)}</div>
        </fieldset>
        {field}
        <NotVerified rows={Object.values(scales)} />
      </div>
    </Sheet>
  )
}

/** The person's own numbers, eleven keys each; no key is pressed beforehand. */
function Ratings({ onRate }: { readonly onRate: (scale: (typeof RATINGS)[number]['scale'], value: number) => void }) {
  return RATINGS.map(({ scale, label }) => (
    <fieldset key={scale} className="k-field">
      <legend className="k-field__label">{label}, as the person says it (0 to 10)</legend>
      <div className="r-eleven">{Array.from({ length: 11 }, (_, value) => <button key={value} type="button" className="k-button k-button--quiet k-button--room" aria-label={`${label} ${value}`} onClick={() => onRate(scale, value)}>{value}</button>)}</div>
    </fieldset>
  ))
}
