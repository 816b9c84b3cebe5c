import type { Bluetooth } from './bedside.ts'

/** Tests only: a device that a person chooses, sends bytes and goes away. */
export function fakePeripheral(name: string | undefined, knows: readonly number[]) {
  const measurements = new Map(knows.map((uuid) => [uuid, Object.assign(new EventTarget(), { value: undefined as DataView | undefined, startNotifications: async () => undefined })]))
  const state = { connections: 0, reachable: true }
  const peripheral = Object.assign(new EventTarget(), {
    name,
    gatt: {
      connect: async () => {
        if (!state.reachable) throw new Error('asleep')
        state.connections++
        return { getPrimaryService: async () => ({ getCharacteristic: async (uuid: number) => { const one = measurements.get(uuid); if (!one) throw new Error('unknown'); return one } }) }
      },
      disconnect: () => { state.connections = 0 },
    },
  })
  return {
    peripheral, state,
    send(uuid: number, ...bytes: readonly number[]) {
      const one = measurements.get(uuid)!
      one.value = new DataView(Uint8Array.from(bytes).buffer)
      one.dispatchEvent(new Event('characteristicvaluechanged'))
    },
    lose() { state.connections = 0; peripheral.dispatchEvent(new Event('gattserverdisconnected')) },
  }
}

export const choosing = (...fakes: readonly ReturnType<typeof fakePeripheral>[]): Bluetooth & { asked: number[] } => {
  const asked: number[] = []
  return {
    asked,
    async requestDevice({ filters }) {
      asked.push(filters[0]!.services[0]!)
      const next = fakes[asked.length - 1]
      if (!next) throw new DOMException('none', 'NotFoundError')
      return next.peripheral
    },
  }
}

export const sfloat = (value: number): [number, number] => [value & 0xFF, (value >> 8) & 0xF]
/** A cuff's measurement in mmHg, with the device's own time where one is given. */
export function pressure(systolic: number, diastolic: number, at?: string): number[] {
  const time = at ? [Number(at.slice(0, 4)) & 0xFF, Number(at.slice(0, 4)) >> 8, ...[5, 8, 11, 14, 17].map((place) => Number(at.slice(place, place + 2)))] : []
  return [at ? 0b10 : 0, ...sfloat(systolic), ...sfloat(diastolic), ...sfloat(0x7FF), ...time]
}
