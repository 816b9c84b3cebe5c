// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { jpeg } from '../../../core/files/testing/media.ts'
import { keepFile } from '../../sync/index.ts'
import { aSession, CHART, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

beforeEach(() => {
  localStorage.clear()
  vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const of = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind).map(({ body }) => body)
const whoIsThis = (tablet: Tablet) => { press(tablet, 'More'); press(tablet, 'Check who it is') }
const twoDetails = (tablet: Tablet) => { for (const label of ['Full name, said by the person', 'Date of birth, said by the person']) fireEvent.click(inside(tablet).getByLabelText(label)) }
const PHOTO = '0190aaaa-0000-7000-8000-0000000000f0'
async function withPhoto(bytes = jpeg({ seed: 3 }), here = true) {
  const story = aSession({ without: ['identity'] })
  const file = here ? await keepFile(people.mona.person, CHART, Uint8Array.from(bytes), 'image/jpeg') : { sha256: '0'.repeat(64), bytes: 400, type: 'image/jpeg' as const }
  story.on(5_000, 'thea', 'photo-taken.v1', { file, agreed: 'aloud' }, { id: PHOTO, session: undefined })
  return story
}

describe('who is this', () => {
  test('two details and the photo: which one it was held against stands in the record', async () => {
    const story = await withPhoto()
    const tablet = await openRoom(story, 'mona')
    await settle()
    expect(inside(tablet).getByRole('banner').textContent).toContain('· photo')
    expect(within(inside(tablet).getByRole('banner')).getByRole('img', { name: /Face of/ })).toBeTruthy()
    whoIsThis(tablet)
    twoDetails(tablet)
    const checked = inside(tablet).getByRole<HTMLButtonElement>('button', { name: 'Identity checked' })
    expect(checked.disabled, 'two details alone are not all').toBe(true)
    fireEvent.click(inside(tablet).getByLabelText('The photo matches'))
    fireEvent.click(checked)
    await settle()
    expect([of(story, 'identity-checked.v1'), of(story, 'photo-compared.v1')]).toEqual([[{ by: ['name', 'birth-date'] }], [{ found: 'matches', photo: PHOTO }]])
  })

  test('a photo that does not match is written down, identifies nobody, and holds the dose', async () => {
    const story = await withPhoto()
    const tablet = await openRoom(story, 'mona')
    whoIsThis(tablet)
    twoDetails(tablet)
    fireEvent.click(inside(tablet).getByLabelText('It does not match'))
    expect(inside(tablet).queryByRole('button', { name: 'Identity checked' })).toBeNull()
    press(tablet, 'Write down: it does not match')
    await settle()
    expect([of(story, 'identity-checked.v1'), of(story, 'photo-compared.v1')]).toEqual([[], [{ found: 'does-not-match', photo: PHOTO }]])
    press(tablet, 'Dose')
    expect(tablet.container.textContent).toContain('The photo on record does NOT match the person.')
  })

  test('none on record is said beside the name and written down with the two details', async () => {
    const story = aSession({ without: ['identity'] })
    const tablet = await openRoom(story, 'mona')
    expect(inside(tablet).getByRole('banner').textContent).toContain('no photo on record')
    whoIsThis(tablet)
    expect(tablet.container.textContent).toContain('There is no photo on record to compare with.')
    twoDetails(tablet)
    press(tablet, 'Identity checked')
    await settle()
    expect(of(story, 'photo-compared.v1')).toEqual([{ found: 'none-on-record' }])
  })

  test('one that is not on this device says so, and that nobody could see it may be written', async () => {
    const story = await withPhoto(undefined, false)
    const tablet = await openRoom(story, 'mona')
    await settle()
    expect(inside(tablet).getByRole('banner').textContent).toContain('photo on record, not here')
    whoIsThis(tablet)
    twoDetails(tablet)
    fireEvent.click(inside(tablet).getByLabelText('I could not see it'))
    press(tablet, 'Identity checked')
    await settle()
    expect(of(story, 'photo-compared.v1')).toEqual([{ found: 'not-seen', photo: PHOTO }])
  })

  test('one that was taken back is not shown, also where this device still had it', async () => {
    const story = await withPhoto()
    story.on(10, 'thea', 'photo-taken-back.v1', { photo: PHOTO, why: 'asked', said: '' }, { session: undefined })
    const tablet = await openRoom(story, 'mona')
    await settle()
    expect(inside(tablet).getByRole('banner').textContent).toContain('photo taken back')
    expect(inside(tablet).queryByRole('img', { name: /Face of/ })).toBeNull()
  })
})
