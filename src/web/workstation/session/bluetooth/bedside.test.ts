import { describe, expect, test } from 'vitest'
import { instant, type Instant } from '../../../../core/shared/time.ts'
import { bedsideDevices } from '../../../../knowledge/bedside-devices.ts'
import { bedside, isFresh, sayValues } from './bedside.ts'
import { choosing, fakePeripheral, pressure, sfloat } from './testing.ts'

const START = Date.parse('2026-11-22T22:05:00.000Z') // 14:05 in Los Angeles
const { freshSeconds, clockSeconds, storedWithinSeconds } = bedsideDevices

function aRoom(...fakes: readonly ReturnType<typeof fakePeripheral>[]) {
  const clock = { ms: START }
  const bluetooth = choosing(...fakes)
  const here = bedside({ session: 'one', zone: 'America/Los_Angeles', now: () => instant(clock.ms), rows: bedsideDevices, bluetooth })
  const later = (seconds: number): Instant => instant(clock.ms += seconds * 1_000)
  return { here, bluetooth, later, clock, cuff: () => here.devices().find(({ kind }) => kind === 'cuff') }
}
const aCuff = (name = 'HEM-7') => fakePeripheral(name, [0x2A35])
const wall = (secondsFromStart: number) => `2026-11-22T${new Date(START - 8 * 3_600_000 + secondsFromStart * 1_000).toISOString().slice(11, 19)}`

describe('what a cuff sends', () => {
  test('is shown with the moment it came', async () => {
    const cuff = aCuff()
    const { here, bluetooth, later, cuff: shown } = aRoom(cuff)
    expect(await here.connect('cuff')).toBeUndefined()
    expect(bluetooth.asked).toEqual([0x1810])
    expect(shown()).toEqual({ kind: 'cuff', name: 'HEM-7', state: 'connected' })
    const at = later(storedWithinSeconds)
    cuff.send(0x2A35, ...pressure(128, 80))
    expect(shown()?.reading).toEqual({ values: { systolicMmHg: 128, diastolicMmHg: 80 }, at, warns: [] })
  })

  test.each([
    ['measured now', 0, false], ['as far back as its clock may be off', -clockSeconds, false], ['further back: a stored one', -clockSeconds - 1, true],
    ['as far ahead as its clock may be off', clockSeconds, false], ['further ahead: a wrong clock', clockSeconds + 1, true], ['yesterday', -86_400, true],
  ])('%s', async (_, seconds, refused) => {
    const cuff = aCuff()
    const { here, later, cuff: shown } = aRoom(cuff)
    await here.connect('cuff')
    later(60)
    cuff.send(0x2A35, ...pressure(128, 80, seconds === -86_400 ? '2026-11-21T14:06:00' : wall(60 + seconds)))
    expect(shown()?.reading?.unusable !== undefined).toBe(refused)
    if (refused) expect(shown()?.reading?.unusable).toContain('by the device’s own clock')
  })

  test('with a date that does not exist it is not offered', async () => {
    const cuff = aCuff()
    const { here, cuff: shown } = aRoom(cuff)
    await here.connect('cuff')
    cuff.send(0x2A35, ...pressure(128, 80, '2026-13-40T14:05:00'))
    expect(shown()?.reading?.unusable).toContain('2026-13-40')
  })

  test('without a clock, and just after connecting, it says that it may be a stored one', async () => {
    const cuff = aCuff()
    const { here, later, cuff: shown } = aRoom(cuff)
    await here.connect('cuff')
    later(storedWithinSeconds - 1)
    cuff.send(0x2A35, ...pressure(128, 80))
    expect(shown()?.reading?.warns).toEqual(['sent on connecting: it may be one the device had stored'])
  })

  test('what cannot be is left out, and what was not measured is not offered', async () => {
    const cuff = aCuff()
    const { here, later, cuff: shown } = aRoom(cuff)
    await here.connect('cuff')
    later(60)
    cuff.send(0x2A35, ...pressure(900, 80))
    expect(shown()?.reading).toMatchObject({ values: { diastolicMmHg: 80 }, warns: ['one value cannot be, and is left out'] })
    cuff.send(0x2A35, ...pressure(0x7FF, 0x7FF))
    expect(shown()?.reading).toMatchObject({ values: {}, unusable: 'the device measured nothing' })
    cuff.send(0x2A35, 0, 128)
    expect(shown()?.reading).toMatchObject({ values: {}, unusable: 'what the device sent could not be read' })
  })

  test('is fresh for so long and no longer', () => {
    const reading = { values: {}, at: instant(START), warns: [] }
    expect([freshSeconds, freshSeconds + 1].map((seconds) => isFresh(reading, instant(START + seconds * 1_000), bedsideDevices))).toEqual([true, false])
  })
})

describe('an oximeter', () => {
  test('is read continuously where it can, else by spot checks', async () => {
    const live = fakePeripheral('Nonin', [0x2A5E, 0x2A5F])
    const spot = fakePeripheral('Spot', [0x2A5E])
    for (const [fake, uuid] of [[live, 0x2A5F], [spot, 0x2A5E]] as const) {
      const { here, bluetooth } = aRoom(fake)
      await here.connect('oximeter')
      expect(bluetooth.asked).toEqual([0x1822])
      fake.send(uuid, 0, ...sfloat(97), ...sfloat(82))
      expect(here.devices()[0]?.reading?.values).toEqual({ spo2Percent: 97, heartRatePerMin: 82 })
    }
  })
  test('that is something else cannot be reached', async () => {
    const { here } = aRoom(fakePeripheral('Lamp', []))
    expect(await here.connect('oximeter')).toContain('could not be reached')
    expect(here.devices()).toMatchObject([{ name: 'Lamp', state: 'lost' }])
  })
})

describe('a connection', () => {
  test('nobody chose a device', async () => {
    const { here } = aRoom()
    expect(await here.connect('cuff')).toBe('No device was chosen. Type the numbers as usual.')
    expect(here.devices()).toEqual([])
  })
  test('lost and found again, without choosing once more', async () => {
    const cuff = aCuff('')
    const { here, bluetooth, cuff: shown } = aRoom(cuff)
    await here.connect('cuff')
    cuff.lose()
    expect(shown()).toMatchObject({ state: 'lost', name: 'cuff without a name' })
    cuff.state.reachable = false
    expect(await here.connect('cuff')).toContain('could not be reached')
    cuff.state.reachable = true
    expect(await here.connect('cuff')).toBeUndefined()
    expect(shown()?.state).toBe('connected')
    expect(bluetooth.asked).toHaveLength(1)
  })
  test('another cuff: what the first one still sends is nobody’s', async () => {
    const [first, second] = [aCuff('first'), aCuff('second')]
    const { here, cuff: shown } = aRoom(first, second)
    await here.connect('cuff')
    here.forget('cuff')
    expect(first.state.connections).toBe(0)
    await here.connect('cuff')
    first.send(0x2A35, ...pressure(180, 100))
    first.lose()
    expect(shown()).toEqual({ kind: 'cuff', name: 'second', state: 'connected' })
  })
  test('ends with the room, also one that was still being chosen', async () => {
    const cuff = aCuff()
    const { here, cuff: shown } = aRoom(cuff)
    await here.connect('cuff')
    here.leave()
    cuff.send(0x2A35, ...pressure(128, 80))
    expect([cuff.state.connections, shown()]).toEqual([0, undefined])

    const late = aCuff()
    const other = aRoom(late)
    const chosen = other.here.connect('cuff')
    other.here.leave()
    await chosen
    expect([late.state.connections, other.here.devices()]).toEqual([0, []])
  })
})

describe('where a number came from', () => {
  test('is kept for what stands as it was taken over, until it is written', async () => {
    const [cuff, oximeter] = [aCuff(), fakePeripheral('Nonin', [0x2A5F])]
    const { here } = aRoom(cuff, oximeter)
    await here.connect('cuff')
    await here.connect('oximeter')
    cuff.send(0x2A35, ...pressure(128, 80))
    oximeter.send(0x2A5F, 0, ...sfloat(97), ...sfloat(82))
    for (const device of here.devices()) here.take(device)
    expect(here.sources({ systolicMmHg: 128, diastolicMmHg: 82, spo2Percent: 97, heartRatePerMin: 82 })).toEqual([{ device: 'HEM-7', values: ['systolicMmHg'] }, { device: 'Nonin', values: ['spo2Percent', 'heartRatePerMin'] }])
    here.written()
    expect(here.sources({ systolicMmHg: 128 })).toEqual([])
  })
  test('is said in one line', () => {
    expect([sayValues({ systolicMmHg: 128, diastolicMmHg: 80, heartRatePerMin: 84 }), sayValues({ systolicMmHg: 128 }), sayValues({ spo2Percent: 97 }), sayValues({})]).toEqual(['128/80, pulse 84', '128/–', '97 %', ''])
  })
})
