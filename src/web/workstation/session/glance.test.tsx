// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { aSession, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

beforeEach(() => { localStorage.clear(); vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const before = { session: undefined }
const LAST = '01900000-0000-7000-8000-0000000000a1'

/** A week ago Mara had a session that was too much; a hand helped, and she set out to do two things, of which she did one. */
function withHistory(): Story {
  const story = aSession()
  const then = { session: LAST }
  const order = story.entries().find(({ kind }) => kind === 'order.v1')!.id
  story.on(10_100, 'thea', 'session-started.v1', { protocol: 'solo-six', route: 'IM', order, clearance: order, consents: [order], edition: 'test', number: 1, gates: [], people: [{ ...people.thea }] }, { id: LAST, session: LAST })
  story.on(10_090, 'thea', 'dose-given.v1', { step: 1, doseUg: 60_000, route: 'IM', order, prepared: order, confirmed: order, confirmedBy: people.mona.person, site: '', selfAdministered: false }, then)
  story.on(10_070, 'mona', 'symptom.v1', { symptom: 'nausea', present: true }, then)
  story.on(10_060, 'mona', 'symptom.v1', { symptom: 'nausea', present: true }, then)
  story.on(10_050, 'mona', 'signal.v1', { signal: 'lighter', answeredWith: '' }, then)
  story.on(10_050, 'mona', 'comfort.v1', { measure: 'Offer a hand', note: '' }, then)
  story.on(10_000, 'thea', 'session-closed.v1', { how: 'discharged', tolerance: 'too-much', note: 'Went very deep.' }, then)
  const [walk, write] = ['01900000-0000-7000-8000-0000000000c1', '01900000-0000-7000-8000-0000000000c2']
  story.on(9_000, 'thea', 'integration.v1', { session: LAST, startedAt: '2026-11-01T10:00:00.000Z', endedAt: '2026-11-01T11:00:00.000Z', themes: 'Her mother.', modalities: [], commitments: [{ id: walk, text: 'walk each morning' }, { id: write, text: 'write to her brother' }], nextIntention: 'To stay with it.' }, before)
  story.on(5_000, 'thea', 'commitment-kept.v1', { commitment: walk, kept: 'yes', said: '' }, before)
  story.on(4_000, 'thea', 'intention.v1', { text: 'To let it come slowly', hopes: 'rest', fears: 'nausea' }, before)
  return story
}
const facts = (tablet: Tablet) => Object.fromEntries([...inside(tablet).getByRole('dialog').querySelectorAll('dl > div')].map((pair) => [pair.querySelector('dt')!.textContent, pair.querySelector('dd')!.textContent]))
const line = (tablet: Tablet) => tablet.container.querySelector('.r-brought__line')!.textContent

describe('one glance', () => {
  test('why she came and how the last time was stand in the room without a touch', async () => {
    const tablet = await openRoom(withHistory(), 'mona')
    expect(line(tablet)).toBe('Intention: To let it come slowly · Last time: too much; hard: nausea, signal: lighter; helped: offer a hand')
    expect(tablet.container.querySelector('[aria-label="Never forget"]')!.textContent).toBe('AllergiespenicillinMedicineslamotrigineTouchhands onlyStop signalraised palm')
  })

  test('how old the news of each device is stands in the foot whatever else is wrong, the oldest first', async () => {
    const tablet = await openRoom(aSession(), 'mona')
    fireEvent.click(inside(tablet).getByRole('button', { name: 'State' }))
    fireEvent.click(inside(tablet).getByRole('button', { name: /^MOAA\/S 5/ }))
    await settle()
    const foot = tablet.container.querySelector('.r-connection')!
    expect(foot.querySelector('.r-connection__warning')!.textContent, 'something is wrong').not.toBe('')
    expect(foot.querySelector('.r-connection__fresh')!.textContent).toMatch(/^Newest: Thea S\. \d\d s ago, this device \d s ago$/)
  })

  test('all of it is one touch away, with what she has not said to have done', async () => {
    const tablet = await openRoom(withHistory(), 'mona')
    fireEvent.click(inside(tablet).getByRole('button', { name: /All of it/ }))
    expect(facts(tablet)).toMatchObject({
      Allergies: 'penicillin', Medicines: 'lamotrigine', Touch: 'hands only', 'Stop signal': 'raised palm', Intention: 'To let it come slowly', Hopes: 'rest', Fears: 'nausea', Signals: 'stop: raised palm',
      'Hard then': 'nausea, signal: lighter', 'Helped then': 'offer a hand', 'Written at its close': 'Went very deep.', 'Themes since': 'Her mother.', 'Set out to do, not said to be done': 'write to her brother', 'Next intention, from integration': 'To stay with it.',
    })
  })

  test('also without a network', async () => {
    const tablet = await openRoom(withHistory(), 'mona')
    tablet.online(false)
    await settle()
    fireEvent.click(inside(tablet).getByRole('button', { name: /All of it/ }))
    expect(facts(tablet)['Helped then']).toBe('offer a hand')
  })

  test('nothing of this session is told as the last one', async () => {
    const story = withHistory()
    given(story, 20)
    story.on(5, 'mona', 'symptom.v1', { symptom: 'headache', present: true })
    expect(line(await openRoom(story, 'mona'))).not.toContain('headache')
  })

  test('a first session says that there was none before, and that nobody wrote an intention', async () => {
    expect(line(await openRoom(aSession(), 'mona'))).toBe('No intention was written down · No session before this one')
  })

  test('behind the lock none of it is seen', async () => {
    const tablet = await openRoom(withHistory(), 'mona', { idleMinutes: 0 })
    await settle(300)
    expect(tablet.container.textContent).not.toMatch(/slowly|too much|mother/)
  })
})
