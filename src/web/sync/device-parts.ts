import type { EntryKind } from '../../core/chart/kinds.ts'
import type { BringParts } from './bring.ts'
import type { Clock } from './clock.ts'
import type { Device, Me } from './device.ts'
import type { DeviceStore } from './device-store.ts'
import type { GuestShelf } from './guests.ts'
import type { LockMemory } from './lock.ts'
import type { Wire } from './wire.ts'

/** Where the person, the PIN and the last touch are remembered between two openings of the page. */
export interface DeviceMemory extends LockMemory {
  readonly lastActAtMs: number
  keepLastAct(ms: number): void
  /** Deletes what was read, and the key it was sealed with. What was written and not sent stays. */
  forget(): Promise<void>
  /** Where it is kept who else can sign here. */
  readonly guests?: GuestShelf
  /** Deletes copies whose time is over. */
  sweep?(): Promise<void>
  /** Asks the server for what lies here and cannot be read, because its keys are gone. True when nothing is left that it could give back. */
  recover?(): Promise<boolean>
  /** Where acts go, sealed, that could not be sent before access ended. */
  readonly quarantine?: BringParts
  /** The same, of everybody else who has left something here. */
  readonly others?: BringParts
}

export interface DeviceParts extends Pick<Device, 'backAgain'> {
  readonly me: Me
  readonly store: DeviceStore
  readonly memory: DeviceMemory
  readonly durable?: boolean
  readonly simulated?: boolean
  readonly othersWaiting?: number
  /** Until when the charts of running sessions are kept here, from before this page was opened. */
  readonly pins?: ReadonlyMap<string, string>
  readonly clock?: Clock
  readonly wire?: Wire
  /** Judges a body by the table of kinds before it is kept, where a surface has that table loaded. */
  readonly judge?: ((kind: EntryKind, body: unknown) => unknown) | undefined
}
