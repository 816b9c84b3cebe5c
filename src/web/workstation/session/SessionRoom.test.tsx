// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Refused } from '../../sync/client.ts'
import { aSession, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

beforeEach(() => { vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
afterEach(cleanup)

const press = (name: string | RegExp, place: Tablet | typeof screen = screen) => fireEvent.click(place.getByRole('button', { name }))
const kinds = (story: Story) => story.entries().map(({ kind }) => kind)
const last = (story: Story) => story.entries().at(-1)!
const logOf = (tablet: Tablet) => within(tablet.getByRole('region', { name: 'Log' }))

describe('the twelve commonest events take two touches', () => {
  const events: [string, string, RegExp, string, object][] = [
    ['awake', 'State', /^MOAA\/S 5/, 'mental-status.v1', { moaaS: 5 }],
    ['drowsy', 'State', /^MOAA\/S 4/, 'mental-status.v1', { moaaS: 4 }],
    ['intensity', 'State', /^Intensity 7$/, 'rating.v1', { scale: 'intensity', value: 7 }],
    ['distress', 'State', /^Distress 2$/, 'rating.v1', { scale: 'distress', value: 2 }],
    ['nausea', 'Effect', /^Nausea, mild$/, 'side-effect.v1', { term: 'nausea', grade: 1 }],
    ['dizziness', 'Effect', /^Dizziness, mild$/, 'side-effect.v1', { term: 'dizziness', grade: 1 }],
    ['a hand', 'Comfort', /^Offer a hand/, 'comfort.v1', { measure: 'Offer a hand' }],
    ['breathing together', 'Comfort', /^Breathe out long/, 'comfort.v1', { measure: 'Breathe out long' }],
    ['a signal', 'Comfort', /^Signal: stop$/, 'signal.v1', { signal: 'stop' }],
    ['the next piece', 'Comfort', /^Music: next piece$/, 'music.v1', { what: 'next piece' }],
    ['tears', 'Note', /^Note: tears$/, 'session-note.v1', { text: 'tears' }],
    ['quiet', 'Note', /^Note: quiet$/, 'session-note.v1', { text: 'quiet' }],
  ]
  test.each(events)('%s', async (_, key, touch, kind, body) => {
    const story = aSession()
    await openRoom(story, 'mona')
    const before = story.entries().length
    press(key)
    press(touch)
    await settle()
    const written = story.entries().slice(before)
    expect(written[0]).toMatchObject({ kind, body, by: people.mona.person, session: story.session })
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test.each([['Spasm of the vocal cords', 'vocal', 'laryngeal-noise', false], ['Suicide attempt', 'suicide att', 'suicidal-act', false], ['Acute confusional state', 'confusional', 'new-confusion', false], ['Anxiety', 'panic', 'severe-anxiety', false], ['Seizure', 'seizure', 'seizure', true]] as const)('%s, found by its name, calls as its sign does, also when it is over', async (label, typed, symptom, ended) => {
    const story = aSession()
    await openRoom(story, 'mona')
    press('Effect')
    fireEvent.change(screen.getByLabelText(/^Find a side effect/), { target: { value: typed } })
    press(label)
    fireEvent.click(within(screen.getByRole('group', { name: /^Grade/ })).getAllByRole('radio').at(-1)!)
    fireEvent.click(screen.getByLabelText('Probably'))
    if (ended) fireEvent.click(screen.getByLabelText('It has ended already'))
    press('Record side effect')
    await settle()
    expect(story.entries().filter(({ kind }) => kind === 'symptom.v1').map(({ body }) => body)).toEqual([{ symptom, present: true }, ...(ended ? [{ symptom, present: false }] : [])])
    press('Effect')
    expect(screen.queryAllByRole('button', { name: /^Gone: / }), 'what is over is not here now').toHaveLength(ended ? 0 : 1)
  })

  test('answering an alert takes one', async () => {
    const story = aSession()
    given(story, 10)
    story.on(1, 'thea', 'vitals.v1', { systolicMmHg: 186, diastolicMmHg: 90, heartRatePerMin: 80, respiratoryRatePerMin: 14, spo2Percent: 97 })
    const tablet = await openRoom(story, 'mona')
    expect((await screen.findByRole('alert')).textContent).toContain('Systolic pressure 186')
    press('I am on it')
    await settle()
    expect(last(story)).toMatchObject({ kind: 'alert-answered.v1', body: { action: 'seen' }, by: people.mona.person })
    expect(tablet.container.textContent).toContain('Mona Sample: on it')
  })
})

describe('a reading', () => {
  const type = (label: string, text: string) => fireEvent.change(screen.getByLabelText(label), { target: { value: text } })
  const fill = (values: readonly [string, string][]) => { press('Vitals'); for (const [label, text] of values) type(label, text) }
  const calm: [string, string][] = [['Systolic (mmHg)', '128'], ['Diastolic (mmHg)', '80'], ['Pulse (/min)', '84'], ['Breathing (/min)', '14'], ['Saturation (%)', '97'], ['MOAA/S (0–5)', '5']]

  test('is written as it was typed, in one act with how awake the person is', async () => {
    const story = aSession()
    const tablet = await openRoom(story, 'mona')
    fill(calm)
    press('Record vitals')
    await settle()
    expect(story.entries().slice(-2)).toMatchObject([{ kind: 'vitals.v1', body: { systolicMmHg: 128, diastolicMmHg: 80, heartRatePerMin: 84, respiratoryRatePerMin: 14, spo2Percent: 97 } }, { kind: 'mental-status.v1', body: { moaaS: 5 } }])
    expect(within(tablet.getByRole('region', { name: 'Last readings' })).getByText('128/80')).toBeTruthy()
    expect(logOf(tablet).getByText(/BP 128\/80/)).toBeTruthy()
  })

  test('that looks like a slip is asked about, and nothing is written or converted until somebody says so', async () => {
    const story = aSession()
    await openRoom(story, 'mona')
    const before = story.entries().length
    fill([['Systolic (mmHg)', '218'], ['Diastolic (mmHg)', '80']])
    press('Record vitals')
    expect(screen.getByRole('alert').textContent).toContain('The last systolic pressure was 122; this says 218.')
    expect(story.entries()).toHaveLength(before)
    press('Change it')
    expect((screen.getByLabelText('Systolic (mmHg)') as HTMLInputElement).value).toBe('218')
    press('Record vitals')
    press('Yes, record it as it is')
    await settle()
    expect(last(story)).toMatchObject({ body: { systolicMmHg: 218, diastolicMmHg: 80 } })
  })

  test('that cannot be is refused and changes nothing', async () => {
    const story = aSession()
    await openRoom(story, 'mona')
    const before = story.entries().length
    fill([['Systolic (mmHg)', '900']])
    press('Record vitals')
    await settle()
    expect(screen.getByText('900 cannot be. Please check it.')).toBeTruthy()
    expect(story.entries()).toHaveLength(before)
  })

  test('half typed is still there after an emergency card was opened over it', async () => {
    await openRoom(aSession(), 'mona')
    fill([['Systolic (mmHg)', '12']])
    fireEvent.click(screen.getByRole('button', { name: 'EMERGENCY' }))
    fireEvent.click(screen.getByRole('button', { name: /EMERGENCY/ })) // A keyboard cannot hold; its second press acts.
    expect(screen.getByRole('dialog').textContent).toContain('Emergency')
    press('Vitals')
    expect((screen.getByLabelText('Systolic (mmHg)') as HTMLInputElement).value).toBe('12')
  })

  test('that is due and cannot be taken is written off with its reason', async () => {
    const story = aSession({ without: ['vitals'] })
    given(story, 14)
    await openRoom(story, 'mona')
    press('Vitals')
    press('Not taken: asleep, not disturbed')
    await settle()
    expect(last(story)).toMatchObject({ kind: 'vitals-missed.v1', body: { reason: 'asleep, not disturbed' } })
  })
})

describe('a correction', () => {
  test('stands over what it corrects, and both keep their author', async () => {
    const story = aSession()
    const tablet = await openRoom(story, 'thea')
    press('Note')
    press('Note: tears')
    await settle()
    press('Correct: tears')
    fireEvent.change(screen.getByLabelText(/The note should say/), { target: { value: 'laughing' } })
    press('Correct the note')
    await settle()
    const line = logOf(tablet).getByText('laughing').closest('li')!
    expect(line.querySelector('del')?.textContent).toContain('tears')
    expect(story.entries().filter(({ kind }) => kind === 'session-note.v1')).toHaveLength(2)
  })

  test('of another person’s line is not offered', async () => {
    const story = aSession()
    story.on(1, 'thea', 'session-note.v1', { text: 'quiet' })
    await openRoom(story, 'mona')
    expect(screen.queryByRole('button', { name: 'Correct: quiet' })).toBeNull()
  })
})

describe('touch, in sight of everybody', () => {
  const touchOn = ({ container }: Tablet) => within(container.querySelector<HTMLElement>('[aria-label="Never forget"]')!).getByText('Touch').nextElementSibling!.textContent
  const hands = { touch: 'hands-only' as const, touchNote: 'ask first', stopSignal: 'raised palm', lighterSignal: '', quietSignal: '', grounding: [], music: '' }

  test('taken back on one device, both say so, and neither offers it any more', async () => {
    const story = aSession()
    const [mine, yours] = [await openRoom(story, 'mona'), await openRoom(story, 'thea')]
    expect([touchOn(mine), touchOn(yours)]).toEqual(['hands only', 'hands only'])
    const room = within(mine.container)
    fireEvent.click(room.getByRole('button', { name: 'More' }))
    fireEvent.click(room.getByRole('button', { name: 'Consent taken back' }))
    fireEvent.click(room.getByLabelText('Touch'))
    fireEvent.click(room.getByRole('button', { name: 'Write down: taken back' }))
    await settle()
    expect([touchOn(mine), touchOn(yours)]).toEqual(['taken back: no touch', 'taken back: no touch'])
    for (const { container } of [mine, yours]) {
      fireEvent.click(within(container).getByRole('button', { name: 'Comfort' }))
      expect(within(container).queryByRole('button', { name: /^Offer a hand/ })).toBeNull()
    }
  })

  test('without the network it is said on this device at once', async () => {
    const tablet = await openRoom(aSession(), 'mona')
    tablet.online(false)
    press('More'); press('Consent taken back'); fireEvent.click(screen.getByLabelText('Touch')); press('Write down: taken back')
    await settle()
    expect(touchOn(tablet)).toBe('taken back: no touch')
  })

  test.each([
    ['as agreed', () => {}, 'hands only'], ['taken back before the day', (story: Story) => { story.on(900, 'thea', 'consent-withdrawn.v1', { form: 'touch', said: '' }, { session: undefined }) }, 'taken back: no touch'],
    ['taken back, then agreed in words again', (story: Story) => { story.on(20, 'mona', 'consent-withdrawn.v1', { form: 'touch', said: '' }); story.on(10, 'thea', 'agreements.v1', hands, { session: undefined }) }, 'taken back: no touch'],
    ['agreed anew, with a note', (story: Story) => { story.on(900, 'thea', 'agreements.v1', hands, { session: undefined }) }, 'hands only (ask first)'],
  ])('%s', async (_, tell, says) => {
    const story = aSession()
    tell(story)
    expect(touchOn(await openRoom(story, 'mona'))).toBe(says)
  })
})

describe('the words about what was written', () => {
  test('saved, saved here, and saved again when the connection is back', async () => {
    const story = aSession()
    const tablet = await openRoom(story, 'mona')
    await settle()
    expect(tablet.container.querySelector('[data-kept="saved"]')).toBeTruthy()
    tablet.online(false)
    press('Note')
    press('Note: quiet')
    await settle()
    expect(tablet.getByText(/saved here · 1 waiting/)).toBeTruthy()
    expect(kinds(story)).not.toContain('session-note.v1')
    expect(logOf(tablet).getByText('quiet')).toBeTruthy()
    tablet.online(true)
    await settle(1_200)
    expect(kinds(story)).toContain('session-note.v1')
    expect(tablet.queryByText(/saved here/)).toBeNull()
  })

  test('a refused entry is a problem with its reason, and the next one goes on', async () => {
    const story = aSession()
    const tablet = await openRoom(story, 'mona')
    const { append } = story.server
    let refuse = true
    story.server.append = (person, one) => {
      if (refuse && one.entries.some(({ kind }) => kind === 'rating.v1')) throw new Refused(409, 'dose.gates', 'Not yet. It is kept on your device.', [{ code: 'x', says: 'Two people have to be here.' }])
      return append(person, one)
    }
    press('State'); press('Intensity 7')
    press('Note'); press('Note: tears')
    await settle()
    expect(last(story)).toMatchObject({ body: { text: 'tears' } })
    press('problem: 1 not taken')
    expect(tablet.getByRole('dialog').textContent).toContain('Two people have to be here.')
    refuse = false
    press('Send it again')
    await settle()
    expect(last(story)).toMatchObject({ kind: 'rating.v1' })
    expect(tablet.queryByRole('button', { name: /problem/ })).toBeNull()
  })
})

test('nothing in the room says that all is clear, and nothing is green', async () => {
  const story = aSession()
  given(story, 20)
  const { container } = await openRoom(story, 'thea')
  for (const key of ['Vitals', 'State', 'Effect', 'Comfort', 'Note', 'Dose', 'More']) {
    press(key)
    expect(container.textContent).not.toMatch(/all clear|no contraindication|\bsafe to\b|green|all good|eligible/i)
  }
})

test('left alone it locks: numbers and alerts stay, the chart goes, and writing goes on being sent', async () => {
  const story = aSession()
  given(story, 10)
  const tablet = await openRoom(story, 'mona', { idleMinutes: 0 })
  await settle(300)
  expect(tablet.getByRole('region', { name: 'Last readings' })).toBeTruthy()
  expect(tablet.getByRole('region', { name: 'Alerts' })).toBeTruthy()
  expect(tablet.container.textContent).not.toMatch(/Mara|penicillin|lamotrigine|60 mg/)
  expect(tablet.getByLabelText('PIN')).toBeTruthy()
  expect(tablet.queryByRole('navigation', { name: 'Write down' })).toBeNull()
  expect(tablet.getByRole('button', { name: 'EMERGENCY' })).toBeTruthy()
})
