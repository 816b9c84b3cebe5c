import { expect, test } from 'vitest'
import { laterBy } from './later.ts'
import { listen, type Live } from './live-stream.ts'

test('what was on its way when somebody stopped listening is not heard: nobody counts it, so it is asked for again', async () => {
  const event = (lastSeq: number) => `data: {"entries":[],"lastSeq":${lastSeq}}\n\n`
  const heard: number[] = []
  const live: Live = listen({
    chart: 'c', after: () => 0, alive() {}, lost() {}, refused() {}, later: () => () => {},
    open: async () => new Response(event(1) + event(2)),
    hear(_, lastSeq) { heard.push(lastSeq); live.close() },
  })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(heard).toEqual([1])
})

test('a connection in which nothing comes any more is given up after three beats and before 35 seconds, a screen’s second included', async () => {
  let nowMs = 0
  let tick = () => {}
  const later = laterBy({ deviceMs: () => nowMs, onTick: (listener) => { const before = tick; tick = () => { before(); listener() }; return () => {} } })
  let lostAtMs: number | undefined
  const live = listen({
    chart: 'c', after: () => 0, hear() {}, alive() {}, refused() {}, later, lost() { lostAtMs ??= nowMs },
    open: (_chart, _after, signal) => new Promise((_, reject) => { signal.addEventListener('abort', () => reject(new TypeError('aborted'))) }),
  })
  for (; nowMs < 40_000 && lostAtMs === undefined; nowMs += 250) { tick(); await Promise.resolve(); await new Promise((resolve) => { setImmediate(resolve) }) }
  live.close()
  expect(lostAtMs).toBeGreaterThan(30_000)
  expect(lostAtMs).toBeLessThan(34_000)
})
