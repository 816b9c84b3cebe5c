import { Temporal } from 'temporal-polyfill'
import { vitalsBody } from '../../../../core/chart/kinds/session.ts'
import type { BedsideDevicesRow } from '../../../../core/session/bedside-row.ts'
import { instant, type Instant } from '../../../../core/shared/time.ts'
import { bloodPressure, continuous, spotCheck, type DeviceValue, type DeviceValues, type Packet } from './packets.ts'

export type DeviceKind = 'cuff' | 'oximeter'

export interface DeviceReading {
  /** Only values the record could hold. */
  readonly values: DeviceValues
  readonly at: Instant
  readonly warns: readonly string[]
  /** Why it is not offered at all. */
  readonly unusable?: string
}

export interface BedsideDevice {
  readonly kind: DeviceKind
  readonly name: string
  readonly state: 'connecting' | 'connected' | 'lost'
  readonly reading?: DeviceReading
}

/** Where each taken-over value came from. */
export interface FromDevice {
  readonly device: string
  readonly values: readonly DeviceValue[]
}

/** The parts of Web Bluetooth that are used here. */
export interface Bluetooth {
  requestDevice(options: { filters: { services: number[] }[] }): Promise<BluetoothPeripheral>
}
interface BluetoothPeripheral extends EventTarget {
  readonly name?: string | undefined
  readonly gatt?: { connect(): Promise<GattServer>; disconnect(): void } | undefined
}
interface GattServer {
  getPrimaryService(uuid: number): Promise<{ getCharacteristic(uuid: number): Promise<GattCharacteristic> }>
}
interface GattCharacteristic extends EventTarget {
  readonly value?: DataView | undefined
  startNotifications(): Promise<unknown>
}

interface Standard {
  readonly service: number
  /** Tried in this order; a device that knows neither is none of these. */
  readonly characteristics: readonly (readonly [uuid: number, read: (data: DataView) => Packet | undefined])[]
}
const standards: Record<DeviceKind, Standard> = {
  cuff: { service: 0x1810, characteristics: [[0x2A35, bloodPressure]] },
  oximeter: { service: 0x1822, characteristics: [[0x2A5F, continuous], [0x2A5E, spotCheck]] },
}

export interface BedsideHow {
  readonly session: string
  readonly zone: string
  readonly now: () => Instant
  readonly rows: BedsideDevicesRow
  readonly bluetooth: Bluetooth
}

/**
 * The cuff and the oximeter of one session on one device: they help with typing and decide nothing. What they send
 * is shown, a person takes it over or leaves it, and nothing is written by itself. Leaving the room lets go of them,
 * so that no value of one patient can turn up in the room of another.
 */
export function bedside({ session, zone, now, rows, bluetooth }: BedsideHow) {
  let [devices, taken] = [[] as readonly BedsideDevice[], [] as readonly { device: string; value: DeviceValue; number: number }[]]
  const peripherals = new Map<DeviceKind, BluetoothPeripheral>()
  const listeners = new Set<() => void>()
  let left = false

  const isOurs = (kind: DeviceKind, peripheral: BluetoothPeripheral) => !left && peripherals.get(kind) === peripheral
  const set = (kind: DeviceKind, change: Omit<Partial<BedsideDevice>, 'kind'> & { readonly name: string }) => {
    if (left) return
    const before: BedsideDevice = devices.find((one) => one.kind === kind) ?? { kind, name: change.name, state: 'connecting' }
    devices = [...devices.filter((one) => one.kind !== kind), { ...before, ...change }].toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
    for (const tell of listeners) tell()
  }

  const lose = (kind: DeviceKind) => {
    const one = devices.find((device) => device.kind === kind)
    if (one) set(kind, { name: one.name, state: 'lost' })
  }

  async function open(kind: DeviceKind, peripheral: BluetoothPeripheral): Promise<void> {
    const name = peripheral.name?.slice(0, 80) || `${kind} without a name`
    set(kind, { name, state: 'connecting' })
    const server = await peripheral.gatt?.connect()
    if (!server) throw new Error('no connection')
    const connectedAt = now()
    const { characteristic, read } = await measurementOf(server, standards[kind])
    characteristic.addEventListener('characteristicvaluechanged', () => {
      if (!isOurs(kind, peripheral)) return
      const packet = characteristic.value && read(characteristic.value)
      set(kind, { name, state: 'connected', reading: packet ? readingOf(packet, connectedAt, now(), zone, rows) : { values: {}, at: now(), warns: [], unusable: 'what the device sent could not be read' } })
    })
    await characteristic.startNotifications()
    if (!isOurs(kind, peripheral)) return peripheral.gatt?.disconnect()
    set(kind, { name, state: 'connected' })
  }

  return {
    session,
    devices: () => devices,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => { listeners.delete(listener) }
    },
    /** Asks the person for a device, or opens the one chosen before. Returns what went wrong, in words for them. */
    async connect(kind: DeviceKind): Promise<string | undefined> {
      try {
        const known = peripherals.get(kind)
        const peripheral = known ?? await bluetooth.requestDevice({ filters: [{ services: [standards[kind].service] }] })
        if (left) return undefined
        if (!known) {
          peripherals.set(kind, peripheral)
          peripheral.addEventListener('gattserverdisconnected', () => { if (isOurs(kind, peripheral)) lose(kind) })
        }
        await open(kind, peripheral)
        return undefined
      } catch (failure) {
        lose(kind)
        return failure instanceof DOMException && failure.name === 'NotFoundError' ? 'No device was chosen. Type the numbers as usual.' : `The ${kind} could not be reached. Wake it and try again, or type the numbers.`
      }
    },
    /** Another one than the one chosen before. */
    forget(kind: DeviceKind) {
      peripherals.get(kind)?.gatt?.disconnect()
      peripherals.delete(kind)
      devices = devices.filter((one) => one.kind !== kind)
      for (const tell of listeners) tell()
    },
    /** Remembers which numbers a person took over, so that the record can say where they came from. */
    take({ name, reading }: BedsideDevice) {
      const values = Object.entries(reading?.values ?? {}) as [DeviceValue, number][]
      taken = [...taken.filter(({ value }) => !values.some(([one]) => one === value)), ...values.map(([value, number]) => ({ device: name, value, number }))]
    },
    /** Of the numbers about to be written, those that stand as they were taken over. */
    sources(numbers: Readonly<Partial<Record<string, number>>>): readonly FromDevice[] {
      const kept = taken.filter(({ value, number }) => numbers[value] === number)
      return [...new Set(kept.map(({ device }) => device))].map((device) => ({ device, values: kept.filter((one) => one.device === device).map(({ value }) => value) }))
    },
    written() { taken = [] },
    /** React mounts twice while it is developed with. */
    stay() { left = false },
    leave() {
      left = true
      for (const { gatt } of peripherals.values()) gatt?.disconnect()
      peripherals.clear()
      listeners.clear()
      devices = []
      taken = []
    },
  }
}

export type Bedside = ReturnType<typeof bedside>

async function measurementOf(server: GattServer, { service, characteristics }: Standard) {
  const found = await server.getPrimaryService(service)
  for (const [uuid, read] of characteristics) {
    const characteristic = await found.getCharacteristic(uuid).catch(() => undefined)
    if (characteristic) return { characteristic, read }
  }
  throw new Error('no measurement')
}

function readingOf({ values, takenAt, warns, unusable }: Packet, connectedAt: Instant, at: Instant, zone: string, rows: BedsideDevicesRow): DeviceReading {
  const possible = Object.fromEntries(Object.entries(values).filter(([name, value]) => vitalsBody.shape[name as DeviceValue].safeParse(value).success)) as DeviceValues
  const impossible = Object.keys(possible).length < Object.keys(values).length
  const why = unusable ?? (takenAt === undefined ? undefined : notOfNow(takenAt, at, zone, rows)) ?? (Object.keys(possible).length === 0 ? 'the device measured nothing' : undefined)
  const soon = takenAt === undefined && secondsBetween(connectedAt, at) < rows.storedWithinSeconds
  return { values: possible, at, warns: [...warns, ...(impossible ? ['one value cannot be, and is left out'] : []), ...(soon ? ['sent on connecting: it may be one the device had stored'] : [])], ...(why ? { unusable: why } : {}) }
}

/** By the device's own clock it was measured at another time: an older measurement, or a clock that is wrong. Nobody can tell which. */
function notOfNow(takenAt: string, at: Instant, zone: string, { clockSeconds }: BedsideDevicesRow): string | undefined {
  const measured = instantOf(takenAt, zone)
  return measured !== undefined && Math.abs(secondsBetween(measured, at)) <= clockSeconds ? undefined : `by the device’s own clock it was measured on ${takenAt.slice(0, 10)} at ${takenAt.slice(11, 16)}`
}

function instantOf(wall: string, zone: string): Instant | undefined {
  try {
    return instant(Temporal.PlainDateTime.from(wall, { overflow: 'reject' }).toZonedDateTime(zone).epochMilliseconds)
  } catch (failure) {
    if (failure instanceof RangeError) return undefined
    throw failure
  }
}

const secondsBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / 1_000

/** Whether it is of this minute. */
export const isFresh = ({ at }: DeviceReading, now: Instant, { freshSeconds }: BedsideDevicesRow): boolean => secondsBetween(at, now) <= freshSeconds

/** 128/80, pulse 84, 97 %. */
export function sayValues({ systolicMmHg, diastolicMmHg, heartRatePerMin, spo2Percent }: DeviceValues): string {
  const pressure = systolicMmHg === undefined && diastolicMmHg === undefined ? undefined : `${systolicMmHg ?? '–'}/${diastolicMmHg ?? '–'}`
  return [pressure, spo2Percent !== undefined && `${spo2Percent} %`, heartRatePerMin !== undefined && `pulse ${heartRatePerMin}`].filter(Boolean).join(', ')
}
