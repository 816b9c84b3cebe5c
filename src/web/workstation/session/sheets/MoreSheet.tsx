import { useDevice, useDeviceState } from '../../../sync/index.ts'
import { Button, Checkbox, Sheet } from '../../../kit/index.ts'
import { browserBluetooth } from '../bluetooth/FromDevices.tsx'
import { mayOpen } from '../elsewhere.ts'
import { isPresent, type Room } from '../room.ts'
import { useInRoom, type SheetName } from '../room-context.tsx'
import type { RoomSettings } from '../settings.ts'

const DOORS: readonly (readonly [SheetName, string])[] = [
  ['before', 'Brought into today'], ['identity', 'Check who it is'], ['day', 'Food, drink, alcohol, medicines'], ['screen', 'Suicide screen'], ['escort', 'Going home with'], ['kit', 'Emergency kit'], ['reach', 'Prescriber to reach'], ['guests', 'Who can sign here'], ['rescue', 'Given to help'], ['questions', 'Ask the prescriber'], ['withdraw', 'Consent taken back'], ['discharge', 'Going home'], ['close', 'Close the session'],
]

/** What is needed seldom. Everything done every few minutes has its own key. */
export function MoreSheet({ room, settings, onSettings }: { readonly room: Room; readonly settings: RoomSettings; readonly onSettings: (settings: RoomSettings) => void }) {
  const { show } = useInRoom()
  const device = useDevice()
  const { hasPin } = useDeviceState()
  return (
    <Sheet open title="More" reach="100%" onClose={() => show(null)}>
      <div className="r-form">
        <div className="r-tiles">
          <Button size="room" onClick={() => show('people')}>{isPresent(room) ? 'Who is here, check out' : 'Check in'}</Button>
          {DOORS.filter(([name]) => mayOpen(room, name)).map(([name, label]) => <Button key={name} size="room" onClick={() => show(name)}>{label}</Button>)}
          <Button size="room" onClick={() => show('pin')}>{hasPin ? 'Change my PIN' : 'Set my PIN'}</Button>
          {hasPin && <Button size="room" onClick={() => device.lock()}>Lock this screen</Button>}
        </div>
        <Checkbox label="Dim light" checked={settings.dim} onChange={(dim) => onSettings({ ...settings, dim })} />
        <Checkbox label="Single keys open sheets" hint="V vitals, S state, E effect, C comfort, N note, D dose, A answer the alert, M more. Escape closes." checked={settings.keys} onChange={(keys) => onSettings({ ...settings, keys })} />
        {browserBluetooth() && <Checkbox label="Bluetooth cuff and oximeter" hint="An aid for typing, on this device only. What they send stands above the number pad: take over what the device shows, or type. The bedside monitor is the alarm." checked={settings.devices} onChange={(devices) => onSettings({ ...settings, devices })} />}
      </div>
    </Sheet>
  )
}
