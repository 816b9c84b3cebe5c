// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { drill as rows } from '../../../knowledge/drill.ts'
import { DeviceContext } from '../../sync/chart-on-device.ts'
import { startDevice, type Me } from '../../sync/device.ts'
import { memoryStore } from '../../sync/device-store.ts'
import { shipped } from '../../sync/editions.ts'
import { settle } from '../session/testing/in-room.tsx'
import { beginDrill, drillClock } from './drill.ts'
import { DrillRoom } from './DrillPage.tsx'

vi.mock('../Frame.tsx', () => ({ Frame: ({ children }: { children: ReactNode }) => <main>{children}</main> }))

const me: Me = { person: 'a0000000-0000-4000-8000-000000000001', name: 'Thea Sample', roles: ['therapist'], practice: { id: '00000000-0000-4000-8000-0000000000aa', name: 'Sample', zone: 'UTC', sample: true }, device: 'a0000000-1111-4000-8000-000000000001', hasPin: false, idleMinutes: 15, chart: null, now: '2026-11-21T17:00:00.000Z' }
const asked: string[] = []
beforeEach(() => { asked.length = 0; vi.stubGlobal('fetch', async (address: string) => { asked.push(String(address)); throw new TypeError('away') }) })
afterEach(() => { cleanup(); vi.unstubAllGlobals() })

async function opened(event: string) {
  const device = await startDevice({
    me, store: memoryStore(), wire: { post: async () => { throw new Error('a drill reached for the real device') }, readHead: async () => { throw new Error('a drill reached for the real device') }, open: async () => { throw new Error('a drill reached for the real device') } },
    memory: { lastActAtMs: Date.now(), keepLastAct() {}, pin: async () => null, keepPin: async () => {}, forget: async () => {} },
  })
  render(<DeviceContext value={device}><DrillRoom /></DeviceContext>)
  fireEvent.change(await screen.findByLabelText('What happens'), { target: { value: event } })
  fireEvent.click(screen.getByRole('button', { name: 'Begin the drill' }))
  const room = await screen.findByRole('main', { name: 'Session room' })
  const drill = await screen.findByRole('region', { name: 'Drill' })
  return { device, room, drill: within(drill) }
}

describe('a drill', () => {
  test('is marked as one, in the room that is used for real', async () => {
    const { room, drill } = await opened('nothing')
    expect(room.dataset.simulated).toBeDefined()
    drill.getByText('A simulated patient.')
    expect(within(room).getByRole('heading', { level: 1 }).textContent).toBe('Simulated P.')
    within(room).getByText('since dose')
  })

  test('what is planted comes, is seen, and stands in the look back with what was not done', async () => {
    const event = rows.events.find(({ id }) => id === 'drill.seizure')!
    const { drill } = await opened(event.id)
    expect(drill.queryByText('seizure')).toBeNull()
    for (let ahead = 0; ahead < event.startsMin[1] + 10; ahead += 5) fireEvent.click(drill.getByRole('button', { name: '+ 5 min ahead' }))
    await drill.findByText('seizure', {}, { timeout: 5_000 })
    fireEvent.click(drill.getByRole('button', { name: 'End and look back' }))
    await screen.findByRole('heading', { name: event.name })
    expect(screen.getAllByText('not in the record')).toHaveLength(5)
    expect(screen.getAllByText('not taken').length).toBeGreaterThan(2)
    for (const ask of event.asks) screen.getByText(ask)
  })

  test('reaches no server: nothing is sent, and no sign-in is held open', async () => {
    const { device } = await opened('nothing')
    await settle(300)
    expect(asked.filter((address) => !address.includes('/api/rulebook'))).toEqual([])
    expect(device.acts()).toEqual([])
  })
})

describe('the drill’s own chart and clock', () => {
  test('what is written down in it stays in it, numbered once', async () => {
    const drill = await beginDrill({ event: undefined, route: 'IM', seed: 5 }, me, shipped, 'test')
    const copy = drill.device.chart(drill.chart)
    const stop = copy.subscribe(() => {})
    const [entry] = await drill.device.write(drill.chart, [{ kind: 'session-note.v1', body: { text: 'quiet' }, session: drill.session }])
    await vi.waitFor(() => expect(drill.device.acts()).toEqual([]))
    const stored = copy.snapshot().chart.entry(entry!.id)
    expect(stored?.seq).toBeGreaterThan(0)
    expect(asked).toEqual([])
    stop()
    drill.device.close()
  })

  test('the dose it begins with is what the dose table starts with', async () => {
    for (const route of rows.routes) {
      const drill = await beginDrill({ event: undefined, route, seed: 5 }, me, shipped, 'test')
      const stop = drill.device.chart(drill.chart).subscribe(() => {})
      await vi.waitFor(() => expect(drill.device.chart(drill.chart).snapshot().chart.all('dose-given.v1')).toHaveLength(1))
      const [dose] = drill.device.chart(drill.chart).snapshot().chart.all('dose-given.v1')
      const row = shipped.dosing.doses.find((each) => each.route === route)!
      const starts = row.start.ug ?? row.start.ugPerKg! * drill.patient.weightKg
      expect(Math.abs(dose!.body.doseUg - starts)).toBeLessThanOrEqual(row.roundToUg / 2)
      stop()
      drill.device.close()
    }
  })

  test('goes faster and ahead, never back, and leaves the device’s own alone', () => {
    let real = 1_000_000
    const clock = drillClock(() => real)
    real += 1_000
    expect(clock.ms()).toBe(1_001_000)
    clock.setSpeed(4)
    real += 1_000
    expect(clock.ms()).toBe(1_005_000)
    clock.skip(5)
    expect(clock.ms()).toBe(1_305_000)
    clock.setSpeed(1)
    real += 1_000
    expect(clock.ms()).toBe(1_306_000)
    expect(clock.speed()).toBe(1)
    expect(real).toBe(1_003_000)
  })
})
