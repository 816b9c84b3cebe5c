// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { jpeg } from '../../../../core/files/testing/media.ts'
import { DeviceContext, type Device } from '../../../sync/index.ts'
import { deviceFiles } from '../../../sync/files.ts'
import { JONAS, NOW, open, ready, stored } from '../testing/open.tsx'
import { MessagesRoom } from './MessagesRoom.tsx'

const PAGE = '0190aaaa-0000-7000-8000-10e5a1000001'
const PHOTO = jpeg({ width: 80, height: 60 })
const digest = async () => [...new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(PHOTO)))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
const device = { me: { person: JONAS }, simulated: false, clock: { deviceMs: () => Date.parse(NOW) } } as unknown as Device
const Room = () => <DeviceContext value={device}><MessagesRoom /></DeviceContext>
let asked: string[] = []
beforeEach(() => {
  asked = []
  vi.stubGlobal('fetch', async (address: string) => { asked.push(address); return address.includes('/files/') ? new Response(Uint8Array.from(PHOTO), { headers: { 'content-type': 'image/jpeg', 'content-disposition': 'attachment' } }) : Response.json({}) })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })
const openings = () => asked.filter((address) => address.includes(`/files/${PAGE}`)).length

test('a shared photo is opened by a press and not before, asked of the server each time, with the patient’s own description', async () => {
  const shared = stored('journal-file-shared.v1', { journal: '0190aaaa-0000-7000-8000-10e5a1000009', writtenAt: '2026-11-20T17:00:00.000Z', file: { sha256: await digest(), bytes: PHOTO.length, type: 'image/jpeg' }, alt: 'A bed of beans.', text: 'The garden.' }, { id: PAGE, at: '2026-11-20T17:10:00.000Z' })
  for (const times of [1, 2]) {
    open(<Room />, { entries: [...ready(), shared], role: 'therapist' })
    const part = within(screen.getByRole('region', { name: 'Journal pages the patient shared' }))
    expect([part.getByText('The garden.').tagName, openings()]).toEqual(['P', times - 1])
    fireEvent.click(part.getByRole('button', { name: /^Look at the photo/ }))
    expect(await part.findByRole('img', { name: 'A bed of beans.' })).toBeTruthy()
    expect([openings(), await (await deviceFiles()).all()], 'no copy answers in place of the server').toEqual([times, []])
    cleanup()
  }
})

test('what was taken back is said, and neither shown nor opened', () => {
  const recording = stored('journal-file-shared.v1', { journal: PAGE, writtenAt: '2026-11-20T17:00:00.000Z', file: { sha256: 'ab'.repeat(32), bytes: 4_000, type: 'audio/webm' }, lengthMs: 61_000, alt: '', text: 'Something I said.' }, { id: PAGE, at: '2026-11-20T17:10:00.000Z' })
  open(<Room />, { entries: [...ready(), recording, stored('journal-taken-back.v1', { shared: PAGE }, { at: '2026-11-20T18:00:00.000Z' })], role: 'therapist' })
  const part = within(screen.getByRole('region', { name: 'Journal pages the patient shared' }))
  expect(part.getByText(/^A recording\. The patient took it back on/)).toBeTruthy()
  expect([part.queryByText('Something I said.'), part.queryByRole('button', { name: /Listen/ })]).toEqual([null, null])
})
