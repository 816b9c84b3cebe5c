// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aSession, openRoom, settle } from '../testing/in-room.tsx'
import { choosing, fakePeripheral, pressure, sfloat } from './testing.ts'

beforeEach(() => { localStorage.clear(); vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
afterEach(() => { cleanup(); vi.unstubAllGlobals(); Reflect.deleteProperty(navigator, 'bluetooth') })

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const withBluetooth = (...fakes: readonly ReturnType<typeof fakePeripheral>[]) => { const bluetooth = choosing(...fakes); Object.defineProperty(navigator, 'bluetooth', { value: bluetooth, configurable: true }); return bluetooth }
const switchOn = () => { press('More'); fireEvent.click(screen.getByLabelText(/^Bluetooth cuff and oximeter/)); press('Vitals') }
const field = (label: string) => (screen.getByLabelText(label) as HTMLInputElement).value

describe('a cuff and an oximeter in the room', () => {
  test('are off until somebody switches them on, on this device', async () => {
    withBluetooth()
    await openRoom(aSession(), 'mona')
    press('Vitals')
    expect(screen.queryByRole('region', { name: 'Sent by devices' })).toBeNull()
    press('More')
    expect(screen.getByLabelText(/^Bluetooth cuff and oximeter/).closest('label, div')?.textContent).toContain('The bedside monitor is the alarm')
    switchOn()
    expect(screen.getByRole('region', { name: 'Sent by devices' }).textContent).toContain('Cuff not connected')
  })

  test('are not spoken of where the browser knows no Bluetooth', async () => {
    await openRoom(aSession(), 'mona')
    press('More')
    expect(screen.queryByLabelText(/^Bluetooth/)).toBeNull()
  })

  test('fill nothing in by themselves; one tap takes over, and the record says from where', async () => {
    const [cuff, oximeter] = [fakePeripheral('HEM-7', [0x2A35]), fakePeripheral('Nonin', [0x2A5F])]
    withBluetooth(cuff, oximeter)
    const story = aSession()
    await openRoom(story, 'mona')
    switchOn()
    press('Connect a cuff')
    await settle()
    press('Connect an oximeter')
    await settle()
    act(() => { cuff.send(0x2A35, ...pressure(126, 80)); oximeter.send(0x2A5F, 0, ...sfloat(97), ...sfloat(78)) })
    expect([field('Systolic (mmHg)'), field('Saturation (%)')]).toEqual(['', ''])
    press('Take over 126/80')
    press('Take over 97 %, pulse 78')
    expect([field('Systolic (mmHg)'), field('Diastolic (mmHg)'), field('Saturation (%)'), field('Pulse (/min)')]).toEqual(['126', '80', '97', '78'])
    fireEvent.change(screen.getByLabelText('Diastolic (mmHg)'), { target: { value: '78' } })
    press('Record vitals')
    await settle()
    expect(story.entries().at(-1)).toMatchObject({ kind: 'vitals.v1', body: { systolicMmHg: 126, diastolicMmHg: 78, spo2Percent: 97, heartRatePerMin: 78, fromDevices: [{ device: 'HEM-7', values: ['systolicMmHg'] }, { device: 'Nonin', values: ['spo2Percent', 'heartRatePerMin'] }] } })
    expect(within(screen.getByRole('region', { name: 'Log' })).getAllByText(/taken over from HEM-7 and Nonin/)).toHaveLength(1)
  })

  test('what is unlikely is asked about, taken over or typed', async () => {
    const cuff = fakePeripheral('HEM-7', [0x2A35])
    withBluetooth(cuff)
    const story = aSession()
    await openRoom(story, 'mona')
    switchOn()
    press('Connect a cuff')
    await settle()
    act(() => cuff.send(0x2A35, ...pressure(212, 80)))
    const before = story.entries().length
    press('Take over 212/80')
    press('Record vitals')
    await settle()
    expect(screen.getByRole('button', { name: 'Yes, record it as it is' })).toBeTruthy()
    expect(story.entries()).toHaveLength(before)
  })

  test('a stored measurement, a lost connection: said, and nothing to take over', async () => {
    const cuff = fakePeripheral('HEM-7', [0x2A35])
    withBluetooth(cuff)
    await openRoom(aSession(), 'mona')
    switchOn()
    press('Connect a cuff')
    await settle()
    act(() => cuff.send(0x2A35, ...pressure(190, 110, '2026-01-02T09:30:00')))
    const region = screen.getByRole('region', { name: 'Sent by devices' })
    expect(region.textContent).toContain('not offered, by the device’s own clock it was measured on 2026-01-02 at 09:30')
    expect(screen.queryByRole('button', { name: /^Take over/ })).toBeNull()
    act(() => cuff.send(0x2A35, ...pressure(126, 80)))
    expect(screen.getByRole('button', { name: /^Take over/ })).toBeTruthy()
    act(() => cuff.lose())
    expect(screen.queryByRole('button', { name: /^Take over/ })).toBeNull()
    expect(screen.getByRole('button', { name: 'Connect the cuff again' })).toBeTruthy()
  })

  test('are let go with the room, so that nothing of this person turns up beside another', async () => {
    const cuff = fakePeripheral('HEM-7', [0x2A35])
    withBluetooth(cuff)
    const tablet = await openRoom(aSession(), 'mona')
    switchOn()
    press('Connect a cuff')
    await settle()
    expect(cuff.state.connections).toBe(1)
    tablet.unmount()
    expect(cuff.state.connections).toBe(0)
    await openRoom(aSession(), 'mona')
    press('Vitals')
    expect(screen.getByRole('region', { name: 'Sent by devices' }).textContent).toContain('Cuff not connected')
  })
})
