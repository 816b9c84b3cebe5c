// @vitest-environment happy-dom
import { act, cleanup, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useDevice } from './chart-on-device.ts'
import type { Device } from './device.ts'
import type { Opened } from './open-device.ts'

let next: Opened[] = []
vi.mock('./open-device.ts', () => ({ openDevice: async () => next.shift() }))
const { OnDevice } = await import('./on-device.tsx')

/** A device that another page can replace. */
function aDevice(name: string) {
  let replaced = false
  const listeners = new Set<() => void>()
  const device = { me: { person: name, name }, state: () => ({ replaced }), onChange: (listener: () => void) => { listeners.add(listener); return () => listeners.delete(listener) }, close() {} } as unknown as Device
  return { opened: { state: 'signed-in', device } as const, replace: () => act(async () => { replaced = true; for (const listener of listeners) listener() }) }
}
const devices: Device[] = []
function Shown() {
  const device = useDevice()
  devices.push(device)
  const [typed, setTyped] = useState('')
  return <><h1>{device.me.name}</h1><button onClick={() => setTyped('half typed')}>Type</button><p>{typed}</p></>
}
const open = () => act(async () => { render(<OnDevice signedOut={<h1>Nobody</h1>} away={null}><Shown /></OnDevice>) })
const heading = () => screen.getByRole('heading').textContent

beforeEach(() => { devices.length = 0 })
afterEach(cleanup)

test('a page whose store another page has begun anew is opened again with that one, under the same screens', async () => {
  const [first, second] = [aDevice('Mona'), aDevice('Mona')]
  next = [first.opened, second.opened]
  await open()
  await act(async () => screen.getByRole('button').click())
  await first.replace()
  expect([devices.at(-1) === second.opened.device, heading(), screen.queryByText('half typed')]).toEqual([true, 'Mona', expect.anything()])
  next = [{ state: 'signed-out' }]
  await second.replace()
  expect(heading()).toBe('Nobody')
})

test('where somebody else is signed in by now, the screens begin empty: nothing half typed goes out in another name', async () => {
  const first = aDevice('Mona')
  next = [first.opened, aDevice('Thea').opened]
  await open()
  await act(async () => screen.getByRole('button').click())
  expect(screen.getByText('half typed')).toBeTruthy()
  await first.replace()
  expect([heading(), screen.queryByText('half typed')]).toEqual(['Thea', null])
})
