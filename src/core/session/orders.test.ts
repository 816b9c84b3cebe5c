import { expect, test } from 'vitest'
import { begun, type Told } from './fixtures.ts'
import { isInForce, orderInForce } from './orders.ts'

/** Valid from the first to the last of these days. */
const [first, last] = ['2026-11-01', '2026-12-31'] as const
const body = begun().entries.find(({ id }) => id === 'order')!.body as object
const stopped = (story: Told, order: string) => story.on(-5, 'order-stopped.v1', { order, reason: 'New medicine at home.' })
const newer = (more: object = {}) => begun().on(-5, 'order.v1', { ...body, ...more } as never, { id: 'newer', by: 'dr-osei' })

test.each<[string, Told, string, string | undefined]>([
  ['on its first day', begun(), first, 'order'], ['the day before', begun(), '2026-10-31', undefined], ['on its last day', begun(), last, 'order'], ['the day after', begun(), '2027-01-01', undefined],
  ['stopped', stopped(begun(), 'order'), '2026-11-21', undefined], ['another was stopped', stopped(begun(), 'older'), '2026-11-21', 'order'], ['stopped, after its last day', stopped(begun(), 'order'), '2027-01-01', undefined],
  ['a newer one', newer(), '2026-11-21', 'newer'], ['the newest has run out: no older one comes back', newer({ validUntil: '2026-11-20' }), '2026-11-21', undefined], ['the newest was stopped: no older one comes back', stopped(newer(), 'newer'), '2026-11-21', undefined],
  ['nobody ordered anything', begun().without('order'), '2026-11-21', undefined],
])('%s', (_, story, day, expected) => expect(orderInForce(story.chart, day as never)?.id).toBe(expected))

test('asked of an order by itself, whatever came after it', () => {
  const { chart } = newer()
  expect(chart.all('order.v1').map((order) => isInForce(chart, order, '2026-11-21'))).toEqual([true, true])
})
