import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { bedsideDevices } from '../../../../knowledge/bedside-devices.ts'
import { useDevice } from '../../../sync/index.ts'
import { Button } from '../../../kit/index.ts'
import { wallTime, type Room } from '../room.ts'
import { bedside, isFresh, sayValues, type Bedside, type BedsideDevice, type Bluetooth, type DeviceKind } from './bedside.ts'
import type { DeviceValues } from './packets.ts'

/** Nothing where the browser cannot do it, or does not let this page. */
export const browserBluetooth = (): Bluetooth | undefined => (navigator as { readonly bluetooth?: Bluetooth }).bluetooth

/** The devices of this session as long as its room is open; gone with it. Nothing unless this device was told to use them. */
export function useBedside({ session: { session, closed }, zone }: Room, wanted: boolean): Bedside | undefined {
  const { clock, simulated } = useDevice()
  const bluetooth = browserBluetooth()
  const on = wanted && !simulated && !closed && bluetooth !== undefined
  const here = useMemo(() => (on ? bedside({ session, zone, now: () => clock.now(), rows: bedsideDevices, bluetooth }) : undefined), [on, session, zone, clock, bluetooth])
  useEffect(() => {
    here?.stay()
    return () => here?.leave()
  }, [here])
  return here
}

interface FromDevicesProps {
  readonly from: Bedside
  readonly room: Room
  readonly onTake: (values: DeviceValues) => void
}

/** What the cuff and the oximeter sent, each in a place that stays the same size, to be taken over with one tap. */
export function FromDevices({ from, room, onTake }: FromDevicesProps) {
  const devices = useSyncExternalStore(from.subscribe, from.devices)
  const [failed, setFailed] = useState<Partial<Record<DeviceKind, string | undefined>>>({})
  const connect = (kind: DeviceKind) => { setFailed({ ...failed, [kind]: undefined }); void from.connect(kind).then((why) => setFailed((before) => ({ ...before, [kind]: why }))) }
  return (
    <section className="r-devices" aria-label="Sent by devices">
      {KINDS.map((kind) => {
        const device = devices.find((one) => one.kind === kind)
        const offer = device && offerOf(device, room)
        return (
          <div key={kind} className="r-devices__one">
            <p><b>{capital(kind)}</b> {failed[kind] ?? (device ? sayDevice(device, room) : 'not connected')}</p>
            {offer && device
              ? <Button kind="primary" size="room" onClick={() => { from.take(device); onTake(offer) }}>Take over {sayValues(offer)}</Button>
              : device?.state === 'connected' || device?.state === 'connecting' ? <Button size="room" onClick={() => from.forget(kind)}>Another {kind}</Button> : <Button size="room" onClick={() => connect(kind)}>{device ? `Connect the ${kind} again` : `Connect ${kind === 'cuff' ? 'a' : 'an'} ${kind}`}</Button>}
          </div>
        )
      })}
    </section>
  )
}

const KINDS: readonly DeviceKind[] = ['cuff', 'oximeter']

const offerOf = ({ reading, state }: BedsideDevice, { now }: Room): DeviceValues | undefined =>
  reading && state === 'connected' && reading.unusable === undefined && isFresh(reading, now, bedsideDevices) ? reading.values : undefined

function sayDevice({ name, state, reading }: BedsideDevice, { now, zone }: Room): string {
  if (state === 'connecting') return `${name}: connecting …`
  const lost = state === 'lost' ? ', connection lost' : ''
  if (!reading) return `${name}${lost}${state === 'connected' ? ': connected, nothing sent yet' : ''}`
  const numbers = sayValues(reading.values)
  const when = `${numbers ? `${numbers} at ` : ''}${wallTime(reading.at, zone)}`
  if (reading.unusable) return `${name}${lost}, ${when}: not offered, ${reading.unusable}. Measure again, or type it.`
  const old = isFresh(reading, now, bedsideDevices) ? '' : ': too old to take over, measure again'
  return `${name}${lost}, ${when}${reading.warns.length > 0 ? ` (${reading.warns.join('; ')})` : ''}${old}`
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
