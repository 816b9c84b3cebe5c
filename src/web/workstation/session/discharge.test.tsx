// @vitest-environment happy-dom
import { cleanup, fireEvent, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { instant } from '../../../core/shared/time.ts'
import { clock } from '../../sync/clock.ts'
import { aSession, given, openRoom, people, settle, type Story, type Tablet } from './testing/in-room.tsx'

const pins = { right: '2468' }
beforeEach(() => {
  vi.stubGlobal('fetch', async (address: string, { body }: { body?: string } = {}) => {
    if (!address.endsWith('/api/pin/unlock')) throw new TypeError('no network in this test')
    const right = (JSON.parse(body ?? '{}') as { pin: string }).pin === pins.right
    return { ok: true, status: 200, headers: { get: () => 'application/json' }, json: async () => ({ right, triesLeft: right ? 5 : 4 }) }
  })
})
afterEach(cleanup)

const inside = (tablet: Tablet) => within(tablet.container as HTMLElement)
const press = (tablet: Tablet, name: string | RegExp) => fireEvent.click(inside(tablet).getByRole('button', { name }))
const of = (story: Story, kind: string) => story.entries().filter((entry) => entry.kind === kind)
const rules = (tablet: Tablet) => Object.fromEntries([...tablet.container.querySelectorAll('[data-rule]')].map((rule) => [rule.getAttribute('data-rule'), rule.getAttribute('data-state')]))
const goingHome = (tablet: Tablet) => { press(tablet, 'More'); press(tablet, 'Going home') }

/** Two hours after one dose, every reading taken; the rest is said by each test. */
function twoHoursOn(): Story {
  const story = aSession({ without: ['vitals'] })
  const whole = (ago: number) => {
    story.on(ago, 'mona', 'vitals.v1', { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98, onRoomAir: true })
    story.on(ago, 'mona', 'mental-status.v1', { moaaS: 5, rass: 0, orientation: 4 })
  }
  for (const ago of [140, 132]) whole(ago)
  given(story, 125)
  for (const ago of [115, 105, 95, 80, 65, 35, 5]) whole(ago)
  return story
}
const readyToSign = () => {
  const story = twoHoursOn()
  const visit = { visit: 'c0000000-0000-4000-8000-000000000009', type: 'integration' as const, number: 1, startsAt: instant(clock.ms() + 24 * 3_600_000), endsAt: instant(clock.ms() + 25 * 3_600_000), localStart: '2026-11-22T10:00', zone: 'America/Los_Angeles', people: [], online: false }
  story.on(9_000, 'thea', 'visits-booked.v1', { visits: [visit], why: '' }, { session: undefined })
  story.on(2, 'mona', 'escort-arrived.v1', { name: 'Theo Keller', idNoted: 'driver’s license', kind: 'adult' })
  const two = { two: 2 } as const
  story.on(2, 'mona', 'discharge-assessed.v1', {
    orientation: 4, moaaS: 5, rass: 0, gait: 'steady', dissociation: 'none-above-baseline', noDrivingSigned: true, instructionsGiven: true, roomAir: true,
    aldrete: { activity: two.two, respiration: 2, circulation: 2, consciousness: 2, saturation: 2 }, padss: { vitals: 2, activity: 2, nausea: 2, pain: 2, bleeding: 2 },
  })
  return story
}

describe('a dose that arrives while somebody closes', () => {
  test('the session is not closed as one without a dose: how it ended is asked again', async () => {
    const story = aSession()
    const thea = await openRoom(story, 'thea')
    press(thea, 'More'); press(thea, 'Close the session')
    fireEvent.click(inside(thea).getByLabelText('No dose was given'))
    fireEvent.change(inside(thea).getByLabelText(/^Note for the record/), { target: { value: 'She slept badly.' } })
    given(story, 1)
    await settle(100)
    press(thea, 'Close it now')
    await settle()
    expect(of(story, 'session-closed.v1')).toEqual([])
    expect(inside(thea).getByText('Say how it ended.')).toBeTruthy()
    expect((inside(thea).getByLabelText(/^Note for the record/) as HTMLTextAreaElement).value, 'what was typed is kept').toBe('She slept badly.')
  })
})

describe('going home', () => {
  test('lists all thirteen rules, and what was not looked at is never met', async () => {
    const mona = await openRoom(twoHoursOn(), 'mona')
    goingHome(mona)
    const found = rules(mona)
    expect(Object.keys(found)).toHaveLength(13)
    expect(found).toMatchObject({ D1: 'met', D2: 'met', D4: 'not-evaluable', D5: 'not-evaluable', D6: 'not-evaluable', D7: 'not-evaluable', D10: 'not-met', D11: 'not-evaluable', D13: 'not-met' })
  })

  test('a dose within the time the rule asks for keeps it closed', async () => {
    const story = aSession()
    given(story, 30)
    const mona = await openRoom(story, 'mona')
    goingHome(mona)
    expect(rules(mona)['D1']).toBe('not-met')
    press(mona, 'Close the session')
    expect((inside(mona).getByLabelText(/^Discharged/) as HTMLInputElement).disabled).toBe(true)
  })

  test('an assessment with an answer missing is not recorded', async () => {
    const story = twoHoursOn()
    const mona = await openRoom(story, 'mona')
    goingHome(mona)
    press(mona, 'Assess for going home')
    press(mona, 'Record assessment')
    await settle()
    expect(inside(mona).getByText(/15 answers are missing/)).toBeTruthy()
    expect(of(story, 'discharge-assessed.v1')).toEqual([])
  })

  test('two different people sign by their PIN, then it can be closed as discharged', async () => {
    const story = readyToSign()
    const [mona, pia] = [await openRoom(story, 'mona'), await openRoom(story, 'pia')]
    const sign = async (tablet: Tablet, pin: string) => {
      fireEvent.change(inside(tablet).getByLabelText('My PIN'), { target: { value: pin } })
      const before = of(story, 'discharge-signed.v1').length
      press(tablet, 'Sign for going home')
      // The PIN is stretched before it is remembered, which takes as long as the machine is busy.
      await settle(20)
      for (let time = 0; time < 100 && of(story, 'discharge-signed.v1').length === before && !inside(tablet).queryByText(/That PIN is not right/); time += 1) await settle(50)
      await settle()
    }
    goingHome(mona)
    expect(rules(mona)).toEqual(Object.fromEntries(Array.from({ length: 13 }, (_, place) => [`D${place + 1}`, place === 12 ? 'not-met' : 'met'])))
    fireEvent.click(inside(mona).getByLabelText('Monitor'))
    await sign(mona, '0000')
    expect(of(story, 'discharge-signed.v1'), 'a wrong PIN signs nothing').toEqual([])
    await sign(mona, pins.right)
    expect(of(story, 'discharge-signed.v1')[0]).toMatchObject({ by: people.mona.person, body: { role: 'monitor', signature: { person: people.mona.person, method: 'pin' } } })
    expect(rules(mona)['D13'], 'one person is not two').toBe('not-met')
    expect(inside(mona).queryByLabelText('My PIN'), 'nobody signs twice').toBeNull()

    goingHome(pia)
    await sign(pia, pins.right)
    expect(rules(pia)['D13']).toBe('met')
    press(pia, 'Close the session')
    fireEvent.click(inside(pia).getByLabelText(/^Discharged/))
    fireEvent.click(inside(pia).getByLabelText('As intended'))
    press(pia, 'Close it now')
    await settle()
    expect(of(story, 'session-closed.v1')[0]).toMatchObject({ by: people.pia.person, body: { how: 'discharged', tolerance: 'as-intended' } })
    expect(inside(mona).getByRole('region', { name: 'Session closed' }).textContent).toContain('Closed by Pia Sample.')
  }, 30_000)

  test('leaving before discharge asks for words, not for rules', async () => {
    const story = aSession()
    given(story, 30)
    const thea = await openRoom(story, 'thea')
    press(thea, 'More'); press(thea, 'Close the session')
    fireEvent.click(inside(thea).getByLabelText(/^Left before discharge/))
    fireEvent.click(inside(thea).getByLabelText('Too much'))
    press(thea, 'Close it now')
    expect(of(story, 'session-closed.v1')).toEqual([])
    fireEvent.change(inside(thea).getByLabelText(/Note for the record/), { target: { value: 'Wanted to leave. Prescriber and Theo were called.' } })
    press(thea, 'Close it now')
    await settle()
    expect(of(story, 'session-closed.v1')[0]).toMatchObject({ body: { how: 'left-before-discharge' } })
  })
})
