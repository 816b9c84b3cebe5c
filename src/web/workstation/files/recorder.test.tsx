// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { SPOKEN_MOST_MS } from '../../../core/files/limits.ts'
import { jpeg, webm } from '../../../core/files/testing/media.ts'
import { RecorderPart } from './RecorderPart.tsx'
import type { Spoken } from '../../sync/making/use-recorder.ts'

/** A microphone that hears these bytes, and says whether anybody listens. */
const heard = { bytes: webm(), listening: 0, refuses: false }
class FakeRecorder extends EventTarget {
  static isTypeSupported = (type: string) => type.startsWith('audio/webm')
  state = 'inactive'
  start() { this.state = 'recording' }
  stop() {
    this.state = 'inactive'
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([Uint8Array.from(heard.bytes)]) }))
    this.dispatchEvent(new Event('stop'))
  }
}
const track = () => { heard.listening += 1; return Object.assign(new EventTarget(), { stop: () => { heard.listening -= 1 } }) }
beforeEach(() => {
  Object.assign(heard, { bytes: webm(), listening: 0, refuses: false })
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: async () => { if (heard.refuses) throw new DOMException('no', 'NotAllowedError'); const one = track(); return { getTracks: () => [one], getAudioTracks: () => [one] } } } })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals(); vi.useRealTimers() })

const spoken: Spoken[] = []
const draw = () => { spoken.length = 0; return render(<RecorderPart onSpoken={(one) => spoken.push(one)} />) }
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const begun = async () => { press('Speak a note'); await screen.findByText('Recording') }

describe('a note that is spoken', () => {
  test('is recorded from the first press to the second, and handed over whole; then nobody listens', async () => {
    draw()
    expect(heard.listening, 'nothing is heard before it was asked for').toBe(0)
    await begun()
    expect(heard.listening).toBe(1)
    press('Stop and keep')
    await waitFor(() => expect(spoken).toHaveLength(1))
    expect([new Uint8Array(spoken[0]!.bytes), spoken[0]!.type, heard.listening]).toEqual([webm(), 'audio/webm', 0])
  })

  test('thrown away, nothing of it is handed over, and nobody listens', async () => {
    draw()
    await begun()
    press('Throw away')
    await screen.findByText('Not recording')
    expect([spoken, heard.listening]).toEqual([[], 0])
  })

  test('is kept where the screen goes away in the middle of it', async () => {
    const { unmount } = draw()
    await begun()
    unmount()
    await waitFor(() => expect(spoken).toHaveLength(1))
    expect(heard.listening).toBe(0)
  })

  test('stops by itself after the bound', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
    draw()
    await begun()
    await act(async () => { await vi.advanceTimersByTimeAsync(SPOKEN_MOST_MS - 1_000) })
    expect(spoken).toEqual([])
    await act(async () => { await vi.advanceTimersByTimeAsync(2_000) })
    await waitFor(() => expect(spoken).toHaveLength(1))
    expect([spoken[0]!.lengthMs, heard.listening]).toEqual([SPOKEN_MOST_MS, 0])
  })

  test('without leave for the microphone it says so and offers typing', async () => {
    heard.refuses = true
    draw()
    press('Speak a note')
    expect((await screen.findByRole('alert')).textContent).toMatch(/not allowed.*Nothing was recorded.*Type the note instead/s)
    expect(spoken).toEqual([])
  })

  test('what is no whole recording is not called kept', async () => {
    heard.bytes = jpeg()
    draw()
    await begun()
    press('Stop and keep')
    expect((await screen.findByRole('alert')).textContent).toContain('could not record')
    expect(spoken).toEqual([])
  })
})
