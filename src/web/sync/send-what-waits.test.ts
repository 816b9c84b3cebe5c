import { afterEach, beforeEach, expect, test, vi } from 'vitest'

let acts: { owner: string; brought?: boolean; gone?: boolean }[] = []
const DEVICE = {}
const deviceOfPage = vi.fn(async () => ({ state: 'signed-in', device: DEVICE }))
const close = vi.fn()
vi.mock('./on-device.tsx', () => ({ deviceOfPage }))
vi.mock('./database.ts', () => ({ openDeviceDatabase: async () => ({ close, getAllFromIndex: async (_store: string, _index: string, owner: string) => acts.filter((act) => act.owner === owner) }) }))
const { sendWhatWaits } = await import('./send-what-waits.ts')

beforeEach(() => { vi.stubGlobal('indexedDB', {}); deviceOfPage.mockClear(); close.mockClear() })
afterEach(() => { vi.unstubAllGlobals() })

test('what waits is sent from whichever page is opened next', async () => {
  acts = [{ owner: 'thea', brought: true }, { owner: 'thea' }]
  expect(await sendWhatWaits('thea'), 'with the device it is sent from').toBe(DEVICE)
  expect([deviceOfPage.mock.calls.length, close.mock.calls.length]).toEqual([1, 1])
})

test.each([
  ['nothing', []], ['somebody else’s', [{ owner: 'pia' }]], ['what was brought sealed already', [{ owner: 'thea', brought: true }]], ['what has gone out', [{ owner: 'thea', gone: true }]],
])('%s opens no device', async (_, held) => {
  acts = held
  expect(await sendWhatWaits('thea')).toBeUndefined()
  expect(deviceOfPage).not.toHaveBeenCalled()
})

test('a browser that keeps nothing is not asked', async () => {
  vi.stubGlobal('indexedDB', undefined)
  acts = [{ owner: 'thea' }]
  await sendWhatWaits('thea')
  expect(close).not.toHaveBeenCalled()
})

test('a browser that can seal nothing is not asked either, so that nothing is begun on it', async () => {
  vi.stubGlobal('crypto', {})
  acts = [{ owner: 'thea' }]
  await sendWhatWaits('thea')
  expect(close).not.toHaveBeenCalled()
})
