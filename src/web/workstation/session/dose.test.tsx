// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { doseStage, readBack, volumeUl } from './dose.ts'
import { aSession, CHART, drawnUp, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

beforeEach(() => { vi.stubGlobal('fetch', async () => { throw new TypeError('no network in this test') }) })
afterEach(cleanup)

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const type = (tablet: Tablet, label: string | RegExp, value: string) => fireEvent.change(inside(tablet).getByLabelText(label), { target: { value } })
const of = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind)

describe('a dose, from the order to the person', () => {
  test('one prepares, another reads it back on a device of their own, then it is given', async () => {
    const story = aSession()
    const [thea, mona] = [await openRoom(story, 'thea'), await openRoom(story, 'mona')]
    press(thea, 'Dose')
    expect(inside(thea).getByText('1.20 mL')).toBeTruthy()
    press(thea, 'Prepared')
    await settle()
    expect(of(story, 'dose-prepared.v1')[0]).toMatchObject({ by: people.thea.person, body: { step: 1, doseUg: 60_000, route: 'IM', volumeUl: 1_200, strengthUgPerMl: 50_000 } })
    expect(inside(thea).queryByRole('button', { name: 'Confirm the amount' }), 'nobody confirms their own').toBeNull()

    press(mona, 'Dose')
    expect(inside(mona).getByRole('dialog').textContent).not.toMatch(/prepared 60 mg/)
    type(mona, /Amount you read/, '50')
    press(mona, 'Confirm the amount')
    await settle()
    expect(inside(mona).getByText(/This is not the amount that was prepared/)).toBeTruthy()
    expect(of(story, 'dose-confirmed.v1')).toEqual([])
    type(mona, /Amount you read/, '60')
    press(mona, 'Confirm the amount')
    await settle()
    expect(of(story, 'dose-confirmed.v1')[0]).toMatchObject({ by: people.mona.person, body: { doseUg: 60_000 } })

    expect(inside(thea).getByRole('region', { name: 'Looked at before the dose' })).toBeTruthy()
    fireEvent.click(inside(thea).getByLabelText('left arm'))
    press(thea, '60 mg given')
    await settle()
    expect(of(story, 'dose-given.v1')[0]).toMatchObject({ by: people.thea.person, body: { step: 1, doseUg: 60_000, confirmedBy: people.mona.person, site: 'left arm', selfAdministered: false } })
  })

  test.each([['nothing came', [], true], ['a medicine came and was stopped', ['active', 'stopped'], false]] as const)('without the network, %s: the gate stands as the server will judge it', async (_, statuses, opens) => {
    const story = aSession()
    const order = story.entries().find(({ kind }) => kind === 'order.v1')!.id
    const prepared = story.on(3, 'thea', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order, lot: '' })
    story.on(2, 'mona', 'dose-confirmed.v1', { prepared, doseUg: 60_000 })
    story.on(20_000, 'thea', 'list-reviewed.v1', { list: 'medications', none: false }, { session: undefined })
    const thea = await openRoom(story, 'thea')
    await settle(100)
    thea.online(false)
    for (const status of statuses) {
      await thea.device.write(CHART, [{ kind: 'medication.v1', body: { name: 'phenelzine', codes: [], dosage: '15 mg', status } }])
      await settle()
    }
    press(thea, 'Dose')
    expect(inside(thea).queryAllByRole('button', { name: '60 mg given' })).toHaveLength(opens ? 1 : 0)
    const said = inside(thea).getByRole('dialog').textContent
    if (opens) expect(said).not.toContain('reopened')
    else expect(said).toMatch(/New facts reopened the medical clearance\. .*MAO.* That is not so any more; it still waits for a prescriber to sign again\./)
    expect(of(story, 'medication.v1').filter(({ body }) => (body as { name: string }).name === 'phenelzine'), 'none of it was sent').toEqual([])
  })

  test('a time before it was read back is put right here, and the server is sent nothing that it will never take', async () => {
    const story = aSession()
    drawnUp(story)
    const thea = await openRoom(story, 'thea')
    press(thea, 'Dose')
    fireEvent.click(inside(thea).getByLabelText('left arm'))
    fireEvent.click(inside(thea).getByLabelText('5 min ago'))
    press(thea, '60 mg given')
    await settle()
    expect(of(story, 'dose-given.v1')).toEqual([])
    expect(inside(thea).getByRole('dialog').textContent).toMatch(/dated before it was prepared.*Nothing is recorded yet/)
    fireEvent.click(inside(thea).getByLabelText('Now'))
    press(thea, '60 mg given')
    await settle()
    expect(of(story, 'dose-given.v1')).toHaveLength(1)
  })

  const missing: [string, string, RegExp][] = [
    ['nobody checked in', 'check-in', /2 people have to be checked in/],
    ['no suicide screen today', 'screen', /suicide screen of today has not been asked/],
    ['nobody identified', 'identity', /Nobody has checked who the person is/],
    ['nobody to go home with', 'escort', /Nobody is named to take the person home/],
    ['medicines not asked about', 'day', /Nobody has gone through the list of medicines/],
    ['food and drink not asked', 'day', /Nobody has asked when the person last ate/],
    ['no vitals', 'vitals', /Not taken lately/],
    ['the emergency kit not checked', 'kit', /Nobody has checked the emergency kit/],
    ['no prescriber to reach', 'reachable', /Nobody has written down that a prescriber can be reached/],
  ]
  test.each(missing)('%s: the dose cannot be recorded, and the way to it is shown', async (_, without, says) => {
    const story = aSession({ without: [without] })
    drawnUp(story)
    const thea = await openRoom(story, 'thea')
    press(thea, 'Dose')
    const list = inside(thea).getByRole('region', { name: 'Not yet: this is missing' })
    expect(list.textContent).toMatch(says)
    expect(inside(thea).queryByRole('button', { name: '60 mg given' })).toBeNull()
  })

  test('medicines are asked one by one, all of them or none, and what was taken as needed closes the gate', async () => {
    const story = aSession({ without: ['day'] })
    story.on(20_000, 'thea', 'medication.v1', { name: 'lorazepam', codes: [], dosage: '', status: 'active' }, { session: undefined })
    story.on(600, 'thea', 'list-reviewed.v1', { list: 'medications', none: false }, { session: undefined })
    const prepared = story.on(2, 'thea', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order: of(story, 'order.v1')[0]!.id, lot: '' })
    story.on(1, 'mona', 'dose-confirmed.v1', { prepared, doseUg: 60_000 })
    const thea = await openRoom(story, 'thea')
    await settle(100)
    press(thea, 'Dose')
    press(thea, 'Ask about medicines')
    const group = (name: RegExp) => within(inside(thea).getByRole('group', { name }))
    fireEvent.click(group(/^lorazepam, since .* yesterday/).getByLabelText('Yes, as needed'))
    press(thea, 'Record answers')
    await settle()
    expect(inside(thea).getByText('Not answered yet.')).toBeTruthy()
    expect(of(story, 'fact.v1').some(({ body }) => (body as { fact: string }).fact === 'medicinesOnTheDay')).toBe(false)
    fireEvent.click(group(/^Anything else/).getByLabelText('No'))
    press(thea, 'Record answers')
    await settle()
    expect(of(story, 'fact.v1').at(-1)!.body).toMatchObject({ fact: 'medicinesOnTheDay', value: [{ medicine: 'lorazepam', taken: 'as-needed' }, { medicine: 'anything else', taken: 'no' }] })
    press(thea, 'Dose')
    expect(inside(thea).getByText(/Taken as needed: lorazepam\. Benzodiazepines: no as-needed dose in the 24 hours/)).toBeTruthy()
  })

  test('a gate that a prescriber may pass is passed by a prescriber, in words, and by nobody else', async () => {
    const story = aSession({ without: ['day'] })
    const order = of(story, 'order.v1')[0]!.id
    const prepared = story.on(2, 'thea', 'dose-prepared.v1', { step: 1, doseUg: 60_000, route: 'IM', order, lot: '' })
    story.on(1, 'mona', 'dose-confirmed.v1', { prepared, doseUg: 60_000 })
    const [thea, pia] = [await openRoom(story, 'thea'), await openRoom(story, 'pia')]
    press(thea, 'Dose')
    expect(inside(thea).queryByLabelText(/^Reason to go on/)).toBeNull()
    press(pia, 'Dose')
    for (const gate of ['Food and drink', 'Alcohol and cannabis', 'Medicines taken as needed']) {
      const button = () => inside(pia).getByRole('button', { name: `Go on without: ${gate}` }) as HTMLButtonElement
      expect(button().disabled).toBe(true)
      type(pia, new RegExp(`Reason to go on without: ${gate}`), 'Asked by phone this morning, nothing since midnight')
      fireEvent.click(button())
      await settle()
    }
    expect(of(story, 'gate-passed.v1').map(({ by, body }) => [by, (body as { gate: string }).gate])).toEqual([[people.pia.person, 'fasting'], [people.pia.person, 'alcohol-cannabis'], [people.pia.person, 'day-medicines']])
    expect(inside(thea).getByRole('button', { name: '60 mg given' })).toBeTruthy()
  })

  test('more than the order says is not prepared', async () => {
    const story = aSession()
    const thea = await openRoom(story, 'thea')
    press(thea, 'Dose')
    type(thea, /Amount prepared/, '70')
    press(thea, 'Prepared')
    await settle()
    expect(inside(thea).getByText('The order says 60 mg.')).toBeTruthy()
    expect(of(story, 'dose-prepared.v1')).toEqual([])
  })
})

describe('an open sheet', () => {
  test('stays on the dose it was opened for when somebody else gives it meanwhile, says so, and goes on only when asked', async () => {
    const story = aSession()
    const mona = await openRoom(story, 'mona')
    press(mona, 'Dose')
    expect(inside(mona).getByRole('dialog', { name: 'Dose 1: prepare' })).toBeTruthy()
    given(story, 0)
    await settle()
    const dialog = inside(mona).getByRole('dialog', { name: 'Dose 1' })
    expect(dialog.textContent).toMatch(/Dose 1 was recorded as given at \d\d:\d\d: 60 mg IM, by Thea Sample\./)
    expect(within(dialog).queryByLabelText(/Amount/), 'no field of another dose').toBeNull()
    press(mona, 'Dose 2: prepare')
    expect(inside(mona).getByRole('dialog', { name: 'Dose 2: prepare' })).toBeTruthy()
  })

  test('says when that dose was recorded twice meanwhile', async () => {
    const story = aSession()
    given(story, 20)
    const mona = await openRoom(story, 'mona')
    press(mona, 'Dose')
    story.on(19, 'thea', 'dose-given.v1', { ...(of(story, 'dose-given.v1')[0]!.body as never as object), site: 'right arm' } as never)
    await settle()
    expect(inside(mona).getByRole('dialog', { name: 'Dose 2' }).textContent).toContain('Dose 1 was recorded twice.')
  })
})

describe('one step recorded by two devices', () => {
  const twice = () => {
    const story = aSession()
    given(story, 20)
    story.on(19, 'mona', 'dose-given.v1', { ...(of(story, 'dose-given.v1')[0]!.body as never as object), site: 'right arm' } as never)
    return story
  }

  test('both stay, no total is shown, and either person can say which stands', async () => {
    const story = twice()
    const mona = await openRoom(story, 'mona')
    press(mona, 'Dose: recorded twice')
    const card = inside(mona).getByRole('dialog')
    expect(card.textContent).toContain('Dose 1 was recorded twice')
    press(mona, 'Say which stands')
    expect(of(story, 'dose-conflict-resolved.v1')).toEqual([])
    fireEvent.click(within(card).getAllByRole('radio')[0]!)
    type(mona, /Why this one/, 'Given once; the second was tapped by mistake')
    press(mona, 'Say which stands')
    await settle()
    expect(of(story, 'dose-conflict-resolved.v1')[0]).toMatchObject({ by: people.mona.person, body: { step: 1 } })
    expect(of(story, 'dose-given.v1'), 'nothing is thrown away').toHaveLength(2)
    expect(inside(mona).getByRole('button', { name: 'Dose' })).toBeTruthy()
  })
})

describe('the two amounts', () => {
  test.each([[60_000, 60, true], [60_000, 60.1, false], [60_000, 6, false], [62_500, 62.5, true], [60_000, null, false]])('%d µg against %s mg: %s', (doseUg, said, ok) => {
    expect(readBack(doseUg, said).ok).toBe(ok)
  })
  test.each([[60_000, 50_000, 1_200], [25_000, 100_000, 250], [33_000, 50_000, 660]])('%d µg at %d µg/mL is %d µL', (doseUg, strength, ul) => {
    expect(volumeUl(doseUg, strength)).toBe(ul)
  })
  test('the stage comes from the record alone', () => {
    const entries = (list: readonly object[]) => ({ all: (kind: string) => list.filter((one) => (one as { kind: string }).kind === kind) }) as never
    const doses = { conflicts: [], lastStep: undefined } as never
    const prepared = { kind: 'dose-prepared.v1', id: 'p', by: 'a', body: { step: 1, doseUg: 60_000 } }
    const by = (who: string, doseUg = 60_000) => ({ kind: 'dose-confirmed.v1', id: 'c', by: who, body: { prepared: 'p', doseUg } })
    expect(doseStage({ doses, entries: entries([]) }).stage).toBe('prepare')
    expect(doseStage({ doses, entries: entries([prepared]) }).stage).toBe('confirm')
    expect(doseStage({ doses, entries: entries([prepared, by('a')]) }).stage, 'by the same person').toBe('confirm')
    expect(doseStage({ doses, entries: entries([prepared, by('b', 50_000)]) }).stage, 'another amount').toBe('confirm')
    expect(doseStage({ doses, entries: entries([prepared, by('b')]) }).stage).toBe('give')
  })
})
