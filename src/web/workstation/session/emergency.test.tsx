// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { numbersIn, telOf } from './emergency-numbers.ts'
import { aSession, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

const settings = { place: '214 Harbor Street, Oakland', phone: '+1 510 555 0142', emergencyNumbers: 'Pia Sample, on call: (510) 555-0106\nnobody:\njust words' }
let practiceAnswers: boolean
beforeEach(() => {
  localStorage.clear()
  practiceAnswers = true
  vi.stubGlobal('fetch', async (address: string) => {
    if (!practiceAnswers || !address.endsWith('/api/practice')) throw new TypeError('no network in this test')
    return new Response(JSON.stringify({ name: 'Sample', zone: 'UTC', settings, closings: [], staff: [], rooms: [], fees: [] }), { headers: { 'content-type': 'application/json' } })
  })
})
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const steps = (story: Story) => story.entries().filter(({ kind }) => kind === 'emergency-step.v1').map(({ by, body }) => [by, (body as { card: string }).card, (body as { step: string }).step])
/** A keyboard cannot hold: its second press acts. */
const hold = (tablet: Tablet) => { press(tablet, /EMERGENCY/); press(tablet, /EMERGENCY/) }
const cardOf = (tablet: Tablet) => inside(tablet).getByRole('dialog').textContent!
const seizure = () => { const story = aSession(); given(story, 20); story.on(0.1, 'thea', 'symptom.v1', { symptom: 'seizure', present: true }); return story }

describe('the card of what happens', () => {
  test('one press opens it, and every step stands in the record with who and when', async () => {
    const story = seizure()
    const [mona, thea] = [await openRoom(story, 'mona'), await openRoom(story, 'thea')]
    hold(mona)
    expect(inside(mona).getByRole('dialog', { name: 'Emergency: Seizure' })).toBeTruthy()
    press(mona, 'It is happening: start the clock')
    await settle()
    press(mona, 'Done: Look at the clock.')
    await settle()
    hold(thea)
    press(thea, /^I call, open the door/)
    await settle()
    press(thea, 'Done: Oxygen, and watch the breathing.')
    await settle()
    expect(steps(story)).toEqual([
      [people.mona.person, 'seizure', 'It began'], [people.mona.person, 'seizure', 'Look at the clock.'],
      [people.thea.person, 'seizure', 'I call, open the door and show the way'], [people.thea.person, 'seizure', 'Oxygen, and watch the breathing.'],
    ])
    expect(story.entries().filter(({ kind }) => kind === 'emergency-step.v1').every(({ session }) => session === story.session)).toBe(true)
    expect(cardOf(mona), 'what the other did is seen here').toMatch(/Oxygen, and watch the breathing\.\d\d:\d\d Thea Sample/)
    expect(cardOf(mona)).toMatch(/I call, open the door and show the way Thea S\., \d\d:\d\d/)
    expect(inside(mona).getByRole('region', { name: 'Log' }).textContent).toContain('Seizure: Oxygen, and watch the breathing.')
  })

  test('its clocks come from the record: the same after a reload and on the other device, and they say when it is time', async () => {
    const story = seizure()
    story.on(3, 'mona', 'emergency-step.v1', { card: 'seizure', step: 'It began' })
    story.on(2, 'mona', 'emergency-step.v1', { card: 'seizure', step: 'Look at the clock.' })
    for (const name of ['mona', 'thea', 'mona'] as const) {
      const tablet = await openRoom(story, name)
      hold(tablet)
      expect(inside(tablet).getByRole('timer', { name: 'Since it began' }).textContent).toMatch(/^3:0\d$/)
      expect(cardOf(tablet)).toMatch(/(2:5\d|3:00) until: Does it go on\? Ask the prescriber for the order below\./)
      cleanup()
    }
  })

  test('past its time it asks, aloud; done again, it runs again', async () => {
    const story = aSession()
    story.on(0.2, 'thea', 'symptom.v1', { symptom: 'anaphylaxis', present: true })
    const says = 'Epinephrine into the outer thigh, by the standing order, without waiting.'
    story.on(6, 'mona', 'emergency-step.v1', { card: 'anaphylaxis', step: says })
    const mona = await openRoom(story, 'mona')
    hold(mona)
    expect(within(inside(mona).getByRole('dialog')).getByRole('alert').textContent).toMatch(/^1:0\d .*Not better\?/)
    press(mona, `Again: ${says}`)
    await settle(1_100)
    expect(within(inside(mona).getByRole('dialog')).queryByRole('alert')).toBeNull()
    expect(cardOf(mona)).toMatch(/4:5\d until: Not better\?/)
    expect(cardOf(mona)).toContain('2 times')
  })

  test('a card that somebody has begun is the one that opens for the other, whatever alert is open', async () => {
    const story = seizure()
    story.on(1, 'thea', 'emergency-step.v1', { card: 'vomiting', step: 'It began' })
    const mona = await openRoom(story, 'mona')
    hold(mona)
    expect(inside(mona).getByRole('dialog', { name: 'Emergency: Vomiting' })).toBeTruthy()
  })
})

describe('the telephone', () => {
  const links = (tablet: Tablet) => within(inside(tablet).getByRole('region', { name: 'Call' })).getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])
  const all = [['Call 911 ', 'tel:911'], ['Call Pia Sample, on call (510) 555-0106', 'tel:5105550106'], ['Call The practice +1 510 555 0142', 'tel:+15105550142'], ['Call Theo Keller, who takes the person home 555 0100', 'tel:5550100']]

  test('911 and the practice’s own numbers, with the address to say; a press is written down as a press', async () => {
    const story = seizure()
    const mona = await openRoom(story, 'mona')
    hold(mona)
    await settle()
    expect(links(mona)).toEqual(all)
    expect(cardOf(mona)).toContain('Here is: 214 Harbor Street, Oakland')
    const link = inside(mona).getByRole('link', { name: /^Call 911/ })
    link.addEventListener('click', (event) => event.preventDefault())
    fireEvent.click(link)
    await settle()
    expect(steps(story)).toEqual([[people.mona.person, 'seizure', 'Call pressed: 911']])
  })

  test('they stay on the device: without a network they are all there', async () => {
    await openRoom(seizure(), 'mona') // Nobody opens a card: they are asked for as the room opens.
    await settle(100)
    cleanup()
    practiceAnswers = false
    const again = await openRoom(seizure(), 'mona')
    hold(again)
    await settle()
    expect(links(again)).toEqual(all)
  })

  test('a device that never learned them says so, and still has 911', async () => {
    practiceAnswers = false
    const mona = await openRoom(seizure(), 'mona')
    hold(mona)
    await settle()
    expect(links(mona)[0]).toEqual(['Call 911 ', 'tel:911'])
    expect(cardOf(mona)).toContain('This device knows no number of the practice.')
  })

  test('behind the lock it can be read and called from, names nobody of the chart, and writes nothing', async () => {
    const story = seizure()
    const mona = await openRoom(story, 'mona', { idleMinutes: 0 })
    await settle(300)
    hold(mona)
    await settle()
    expect(links(mona).map(([text]) => text)).toEqual(all.slice(0, 3).map(([text]) => text))
    expect(inside(mona).queryByRole('button', { name: /^Done/ })).toBeNull()
    const link = inside(mona).getByRole('link', { name: /^Call 911/ })
    link.addEventListener('click', (event) => event.preventDefault())
    fireEvent.click(link)
    await settle()
    expect(steps(story)).toEqual([])
  })

  test.each([
    ['one a line', 'Ana: 510 555 0101\nBo: +1 (510) 555-0102', [['Ana', '510 555 0101'], ['Bo', '+1 (510) 555-0102']]],
    ['a colon in the name', 'On call: nights: 510 555 0103', [['On call: nights', '510 555 0103']]],
    ['words that are no number', 'Ana: ask the desk\nBo: 12', []],
    ['no name', ': 510 555 0101', []],
    ['a number alone', '510 555 0101', []],
  ])('%s', (_, emergencyNumbers, expected) => expect(numbersIn({ emergencyNumbers }).numbers.map(({ who, phone }) => [who, phone])).toEqual(expected))

  test.each([['+1 (510) 555-0102', 'tel:+15105550102'], ['911', 'tel:911']])('%s is dialled as %s', (phone, tel) => expect(telOf(phone)).toBe(tel))
})
