// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { JOURNAL_VOICE_MOST_MS } from '../../../core/files/limits.ts'
import { exif, jpeg, webm } from '../../../core/files/testing/media.ts'
import type { HereOnly } from '../../sync/here-only.ts'
import { AtHerPhone, entry } from '../testing/patient.tsx'
import { AddPhoto } from './AddPhoto.tsx'
import { JournalItem } from './JournalItem.tsx'
import type { JournalPage } from './journal-entries.ts'
import { OnlyHere } from './OnlyHere.tsx'

/** A microphone that hears these bytes; what lies on the device alone; what was put there to be sent. */
const heard = { bytes: webm(), listening: 0, refuses: false }
const here = vi.hoisted(() => ({ kept: [] as HereOnly[], seals: true }))
const put = vi.hoisted(() => [] as { type: string; bytes: Uint8Array }[])
vi.mock('../../sync/here-only.ts', () => ({
  canKeepHere: async () => here.seals, recordingsHere: async () => here.kept,
  keepHere: async (_owner: string, _chart: string, spoken: HereOnly, at: string) => { if (!here.seals) throw new Error('nothing is sealed here'); here.kept = [{ ...spoken, id: 'one', at }, ...here.kept]; return 'one' },
  deleteHere: async (_owner: string, _chart: string, id: string) => { here.kept = here.kept.filter((one) => one.id !== id) },
}))
vi.mock('../../sync/use-file.ts', async (actual) => ({ ...(await actual<object>()), keepFile: async (_owner: string, _chart: string, bytes: Uint8Array, type: string) => { put.push({ bytes, type }); return { sha256: 'a'.repeat(64), bytes: Math.max(100, bytes.length), type } } }))
class FakeRecorder extends EventTarget {
  static isTypeSupported = (type: string) => type.startsWith('audio/webm')
  state = 'inactive'
  start() { this.state = 'recording' }
  pause() { this.state = 'paused' }
  resume() { this.state = 'recording' }
  stop() {
    this.state = 'inactive'
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: new Blob([Uint8Array.from(heard.bytes)]) }))
    this.dispatchEvent(new Event('stop'))
  }
}
const track = () => { heard.listening += 1; return Object.assign(new EventTarget(), { stop: () => { heard.listening -= 1 } }) }
beforeEach(() => {
  Object.assign(heard, { bytes: webm(), listening: 0, refuses: false })
  Object.assign(here, { kept: [], seals: true })
  put.length = 0
  vi.stubGlobal('MediaRecorder', FakeRecorder)
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: async () => { if (heard.refuses) throw new DOMException('no', 'NotAllowedError'); const one = track(); return { getTracks: () => [one], getAudioTracks: () => [one] } } } })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals(); vi.useRealTimers() })

type Wrote = [kind: string, body: Record<string, unknown>]
function speaking(connection: 'live' | 'away' = 'live') {
  const wrote: Wrote[] = []
  const draw = (open: boolean) => <AtHerPhone connection={connection} wrote={(kind, body) => wrote.push([kind, body as Record<string, unknown>])}><OnlyHere speaking={open} onWritten={() => {}} onDone={() => shown.rerender(draw(false))} /></AtHerPhone>
  const shown = render(draw(true))
  return wrote
}
const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))
const spoken = async () => { press('Start recording'); await screen.findByText('Recording'); press('Stop and keep it here'); await screen.findByText('saved here, on this device only') }

test('spoken, it is kept on this device before anything is asked, and goes nowhere until she chooses; then nobody listens', async () => {
  const wrote = speaking()
  expect([heard.listening, screen.getByText(/Up to 10 minutes/).textContent]).toEqual([0, expect.stringContaining('stays on this device')])
  await spoken()
  expect([heard.listening, here.kept.map(({ bytes }) => new Uint8Array(bytes)), wrote, put]).toEqual([0, [webm()], [], []])
  expect(screen.getByText(/There is no other copy/)).toBeTruthy()
  press('Keep on this device only')
  expect([screen.queryByRole('button', { name: 'Keep on this device only' }), here.kept.length, wrote]).toEqual([null, 1, []])
  press('Keep in my journal')
  await waitFor(() => expect(here.kept).toEqual([]))
  expect([wrote.map(([kind]) => kind), put.map(({ type }) => type)]).toEqual([['journal-voice.v1'], ['audio/webm']])
})

test('shared with the team it is in her journal first, and named for them; without a connection nothing is shared, and it stays', async () => {
  const away = speaking('away')
  await spoken()
  press('Share with my team')
  expect((await screen.findByRole('alert')).textContent).toContain('Nothing was shared')
  expect([here.kept.length, away]).toEqual([1, []])
  cleanup()
  const wrote = speaking()
  await screen.findByText('saved here, on this device only')
  fireEvent.change(screen.getByLabelText(/A line beside it/), { target: { value: 'On the way home.' } })
  press('Share with my team')
  await waitFor(() => expect(here.kept).toEqual([]))
  expect(wrote.map(([kind, { text, file }]) => [kind, text, (file as { type: string }).type])).toEqual([['journal-voice.v1', 'On the way home.', 'audio/webm'], ['journal-file-shared.v1', 'On the way home.', 'audio/webm']])
})

test('deleted it is gone, after a second word; thrown away while it runs nothing stays', async () => {
  speaking()
  await spoken()
  press('Delete the recording')
  expect(here.kept).toHaveLength(1)
  press('Delete it')
  await waitFor(() => expect([here.kept, screen.queryByText('On this device only')]).toEqual([[], null]))
  cleanup()
  speaking()
  press('Start recording')
  await screen.findByText('Recording')
  press('Throw away')
  await waitFor(() => expect([heard.listening, here.kept]).toEqual([0, []]))
})

test('a pause is not counted, and at the longest length it stops by itself and is kept', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  speaking()
  press('Start recording')
  await screen.findByText('Recording')
  await act(async () => { await vi.advanceTimersByTimeAsync(60_000) })
  expect([screen.getByRole('timer').textContent, screen.getByText(/left$/).textContent]).toEqual(['1:00', '9:00 left'])
  press('Pause')
  await act(async () => { await vi.advanceTimersByTimeAsync(JOURNAL_VOICE_MOST_MS) })
  expect([screen.getByText('Paused, nothing is recorded').tagName, here.kept]).toEqual(['SPAN', []])
  press('Go on')
  await act(async () => { await vi.advanceTimersByTimeAsync(JOURNAL_VOICE_MOST_MS - 61_000) })
  expect([screen.getByText(/left$/).textContent, here.kept]).toEqual(['0:01 left', []])
  await act(async () => { await vi.advanceTimersByTimeAsync(2_000) })
  await waitFor(() => expect(here.kept.map(({ lengthMs }) => lengthMs)).toEqual([JOURNAL_VOICE_MOST_MS]))
})

test('a microphone that is refused, and a device that cannot seal, are said with what else can be done', async () => {
  heard.refuses = true
  speaking()
  press('Start recording')
  expect((await screen.findByRole('alert')).textContent).toMatch(/not allowed.*Nothing was recorded.*Write the entry instead/s)
  cleanup()
  Object.assign(heard, { refuses: false })
  here.seals = false
  const wrote = speaking()
  press('Start recording')
  await screen.findByText('Recording')
  press('Stop and keep it here')
  expect((await screen.findByRole('alert')).textContent).toMatch(/could not be sealed.*on this page until you close it.*Keep it in your journal/s)
  expect(screen.queryByRole('button', { name: 'Keep on this device only' })).toBeNull()
  press('Keep in my journal')
  await waitFor(() => expect(wrote.map(([kind]) => kind)).toEqual(['journal-voice.v1']))
})

test('a photo is drawn anew, without what is told beside it, shown before it is kept, and kept with its words', async () => {
  vi.stubGlobal('createImageBitmap', async () => ({ width: 3_200, height: 1_200 }))
  const sides: number[][] = []
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue({ fillRect: () => {}, drawImage: (_: unknown, ...at: number[]) => { sides.push(at.slice(2)) } } as never)
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((done) => done(new Blob([Uint8Array.from(jpeg({ beside: exif }))])))
  const wrote: Wrote[] = []
  const { container } = render(<AtHerPhone wrote={(kind, body) => wrote.push([kind, body as Record<string, unknown>])}><AddPhoto onWritten={() => {}} onDone={() => {}} /></AtHerPhone>)
  const [camera, files] = [...container.querySelectorAll<HTMLInputElement>('input[type=file]')]
  expect([camera!.getAttribute('capture'), files!.getAttribute('capture')]).toEqual(['environment', null])
  const choose = (bytes: Uint8Array) => fireEvent.change(files!, { target: { files: [new File([Uint8Array.from(bytes)], 'garden.jpg')] } })
  choose(new TextEncoder().encode('<svg onload="alert(1)"/>'))
  expect((await screen.findByRole('alert')).textContent).toContain('no picture that can be read here')
  choose(jpeg({ beside: exif }))
  expect(await screen.findByRole('img', { name: 'As it will be kept' })).toBeTruthy()
  expect([sides, wrote, put]).toEqual([[[1_600, 600]], [], []])
  fireEvent.change(screen.getByLabelText(/What can be seen on it/), { target: { value: 'A bed of beans.' } })
  press('Keep this photo')
  await waitFor(() => expect(wrote.map(([kind, { alt }]) => [kind, alt])).toEqual([['journal-photo.v1', 'A bed of beans.']]))
  expect(new TextDecoder('latin1').decode(put[0]!.bytes)).not.toContain('Exif')
})

test('a page is shared by name of who can open it, and taken back with what stays; then it can be shared again', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ code: 'file.not-arrived', say: 'not here' }, { status: 404 }))
  const page = entry('journal-photo.v1', { file: { sha256: 'a'.repeat(64), bytes: 400, type: 'image/jpeg' }, text: 'The garden.', alt: 'A bed of beans.' }) as JournalPage
  const wrote: Wrote[] = []
  render(<AtHerPhone wrote={(kind, body) => wrote.push([kind, body as Record<string, unknown>])}><ul><JournalItem entry={{ id: page.id, at: page.at, page, stands: 'saved' }} /></ul></AtHerPhone>)
  const item = within(screen.getByRole('listitem'))
  expect(item.getByText('only for me')).toBeTruthy()
  press(/^Share the photo/)
  expect(item.getByText(/Jonas Lindqvist, Helen Brandt can then open it.*written down.*take it back/)).toBeTruthy()
  press('Yes, share it')
  await item.findByText(/^shared on/)
  fireEvent.click(await item.findByRole('button', { name: /^Take back the photo/ }))
  expect(item.getByText(/What was seen or heard stays so/)).toBeTruthy()
  press('Yes, take it back')
  await item.findByText('only for me')
  expect(wrote.map(([kind, { journal }]) => [kind, journal])).toEqual([['journal-file-shared.v1', page.id], ['journal-taken-back.v1', undefined]])
  expect(await item.findByRole('button', { name: /^Share the photo/ })).toBeTruthy()
})
