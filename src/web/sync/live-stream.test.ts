import { expect, test } from 'vitest'
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
