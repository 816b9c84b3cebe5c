// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { SoundCheck } from './SoundCheck.tsx'

/** A browser that plays, or one that waits for a touch that never comes. */
const audio = (state: 'running' | 'suspended') => {
  const param = { value: 0, setValueAtTime() {}, linearRampToValueAtTime() {} }
  const node = { connect: () => node, frequency: param, gain: param, start: vi.fn(), stop() {} }
  vi.stubGlobal('AudioContext', class { state = state; currentTime = 0; destination = {}; onstatechange = null; resume = async () => {}; createOscillator = () => node; createGain = () => node })
  return node
}
afterEach(() => { cleanup(); vi.unstubAllGlobals(); vi.resetModules() })

describe('before a session', () => {
  test('nobody can say that they heard what was not played', () => {
    render(<SoundCheck onHeard={() => {}} onSilent={() => {}} />)
    expect(screen.queryByRole('button', { name: 'I heard it' })).toBeNull()
    expect(screen.queryByRole('button', { name: /I heard nothing/ })).toBeNull()
  })

  test('a browser that keeps silent lets nobody say that they heard it; watching the screen is said by a person', async () => {
    const silent = vi.fn()
    vi.stubGlobal('AudioContext', class { constructor() { throw new Error('no sound here') } })
    render(<SoundCheck onHeard={() => { throw new Error('nothing was heard') }} onSilent={silent} />)
    fireEvent.click(screen.getByRole('button', { name: 'Play the alarm sound' }))
    fireEvent.click(await screen.findByRole('button', { name: /I heard nothing/ }))
    expect(screen.queryByRole('button', { name: 'I heard it' })).toBeNull()
    expect(silent).toHaveBeenCalledOnce()
  })

  test('one that plays is heard, and a person says so', async () => {
    const node = audio('running')
    const heard = vi.fn()
    render(<SoundCheck onHeard={heard} onSilent={() => {}} />)
    fireEvent.click(screen.getByRole('button', { name: 'Play the alarm sound' }))
    fireEvent.click(await screen.findByRole('button', { name: 'I heard it' }))
    expect(heard).toHaveBeenCalledOnce()
    expect(node.start).toHaveBeenCalledTimes(3)
  })
})
