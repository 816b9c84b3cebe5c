import { useState } from 'react'

/** How this device shows the room; nothing about a patient. */
export interface RoomSettings {
  readonly dim: boolean
  readonly keys: boolean
  /** A Bluetooth cuff and oximeter may help with typing here. */
  readonly devices: boolean
}
const KEPT_AS = 'openkap.room'
const usual: RoomSettings = { dim: true, keys: true, devices: false }

export function useRoomSettings(): readonly [RoomSettings, (settings: RoomSettings) => void] {
  const [settings, setSettings] = useState(read)
  const keep = (next: RoomSettings) => {
    setSettings(next)
    try { localStorage.setItem(KEPT_AS, JSON.stringify(next)) } catch { /* Then it is chosen again next time. */ }
  }
  return [settings, keep]
}

function read(): RoomSettings {
  try { return { ...usual, ...(JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}') as Partial<RoomSettings>) } } catch { return usual }
}
