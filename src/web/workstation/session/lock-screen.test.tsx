// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test } from 'vitest'
import { DeviceContext } from '../../sync/chart-on-device.ts'
import type { Device } from '../../sync/device.ts'
import { LockScreen } from './LockScreen.tsx'

afterEach(cleanup)

/** A device that has locked; the right PIN is 2468. */
function show({ hasPin = true, signedOut = false } = {}) {
  const state = { locked: true, signedOut, hasPin, waiting: 0, problems: 0 }
  const device = { me: { name: 'Jonas Lindqvist' }, state: () => state, onState: () => () => {}, onChange: () => () => {}, subscribe: () => () => {}, unlock: async (pin: string) => (pin === '2468' ? { open: true } : { open: false, triesLeft: 3, say: 'That was not your PIN.' }) } as unknown as Device
  history.replaceState(null, '', '/work/charts/c?step=lists')
  return render(<DeviceContext value={device}><LockScreen /></DeviceContext>)
}

describe('a locked screen, wherever it stands', () => {
  test.each([['without a PIN', { hasPin: false }, /Nobody was here for a while/], ['with a sign-in that has ended', { signedOut: true }, /Your sign-in has ended/]])('%s: the way in is to sign in, and back to the same place', (_, how, says) => {
    show(how)
    expect(screen.getByText(says)).toBeTruthy()
    expect(screen.getByText(/kept on this device and is sent once you have signed in again/)).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in?back=%2Fwork%2Fcharts%2Fc%3Fstep%3Dlists')
  })
  test('with a PIN: a wrong one says so, and its digits are gone', async () => {
    show()
    const field = screen.getByLabelText('PIN') as HTMLInputElement
    fireEvent.change(field, { target: { value: '1111' } })
    await act(async () => { fireEvent.click(screen.getByRole('button', { name: 'Open' })) })
    expect(screen.getByText('That was not your PIN.')).toBeTruthy()
    expect(field.value).toBe('')
  })
})
