import type { Browser, CDPSession, Page } from '@playwright/test'

const uuid = (short: number) => `0000${short.toString(16).padStart(4, '0')}-0000-1000-8000-00805f9b34fb`

/**
 * A Bluetooth device that Chromium itself plays: the page chooses it, connects, subscribes and is told values through
 * the browser's own Web Bluetooth. The browser has to be started with `--enable-blink-features=WebBluetooth`.
 */
export class PlayedDevice {
  readonly #all: CDPSession
  readonly #address: string
  readonly #characteristic: string
  readonly #page: Page

  private constructor(all: CDPSession, address: string, characteristic: string, page: Page) {
    this.#all = all
    this.#address = address
    this.#characteristic = characteristic
    this.#page = page
  }

  /** Lies beside the page as it is open now, awake; the chooser, when it opens, picks it. */
  static async beside(browser: Browser, page: Page, { name, service, characteristic: short }: { readonly name: string; readonly service: number; readonly characteristic: number }): Promise<PlayedDevice> {
    await page.evaluate(keepCharacteristics)
    const [all, own] = [await browser.newBrowserCDPSession(), await page.context().newCDPSession(page)]
    const address = '09:00:00:00:00:01'
    await all.send('BluetoothEmulation.enable', { state: 'powered-on', leSupported: true })
    await own.send('DeviceAccess.enable')
    await all.send('BluetoothEmulation.simulatePreconnectedPeripheral', { address, name, manufacturerData: [], knownServiceUuids: [uuid(service)] })
    const { serviceId } = await all.send('BluetoothEmulation.addService', { address, serviceUuid: uuid(service) })
    const { characteristicId } = await all.send('BluetoothEmulation.addCharacteristic', { serviceId, characteristicUuid: uuid(short), properties: { indicate: true, notify: true, read: true } })
    await all.send('BluetoothEmulation.addDescriptor', { characteristicId, descriptorUuid: uuid(0x2902) })
    all.on('BluetoothEmulation.gattOperationReceived', ({ type }) => void all.send('BluetoothEmulation.simulateGATTOperationResponse', { address, type, code: 0 }))
    all.on('BluetoothEmulation.characteristicOperationReceived', ({ type }) => { if (type !== 'read') void all.send('BluetoothEmulation.simulateCharacteristicOperationResponse', { characteristicId, type, code: 0 }) })
    let picked = false
    own.on('DeviceAccess.deviceRequestPrompted', ({ id, devices: [device] }) => {
      if (picked || !device) return
      picked = true
      void own.send('DeviceAccess.selectPrompt', { id, deviceId: device.id })
    })
    return new PlayedDevice(all, address, characteristicId, page)
  }

  /** A measurement. The emulation has no notification of its own, so its value comes as an answer, by the same event. */
  async sends(...bytes: readonly number[]): Promise<void> {
    const data = Buffer.from(bytes).toString('base64')
    const asked = new Promise<void>((resolve) => { this.#all.once('BluetoothEmulation.characteristicOperationReceived', () => resolve()) })
    const read = this.#page.evaluate(() => (globalThis as unknown as { chosen: { readValue(): Promise<unknown> } }).chosen.readValue().then(() => {}))
    await asked
    await this.#all.send('BluetoothEmulation.simulateCharacteristicOperationResponse', { characteristicId: this.#characteristic, type: 'read', code: 0, data })
    await read
  }

  async goesAway(): Promise<void> {
    await this.#all.send('BluetoothEmulation.simulateGATTDisconnection', { address: this.#address })
  }

  async end(): Promise<void> {
    await this.#all.send('BluetoothEmulation.disable')
  }
}

function keepCharacteristics() {
  const kind = (globalThis as unknown as { BluetoothRemoteGATTCharacteristic?: { prototype: { startNotifications(): Promise<unknown> } } }).BluetoothRemoteGATTCharacteristic
  if (!kind) return
  const start = kind.prototype.startNotifications
  kind.prototype.startNotifications = function (this: unknown) {
    Object.assign(globalThis, { chosen: this })
    return start.call(this as never)
  }
}
