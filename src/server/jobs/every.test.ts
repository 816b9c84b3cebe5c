import pino from 'pino'
import { expect, test, vi } from 'vitest'
import { settableClock } from '../clock.ts'
import { every } from './every.ts'

const log = pino({ level: 'silent' })

test('a clock that is set is not waited for, also where it is set while the work is done', async () => {
  const clock = settableClock()
  let times = 0
  const stop = every(3_600_000, 'work', log, async () => {
    times += 1
    if (times === 1) clock.set('2026-11-22T17:00:00.000Z')
    if (times === 2) throw new Error('It did not work this time.')
  }, { moved: clock.moved })
  await Promise.resolve()
  expect(times).toBe(0)
  clock.set('2026-11-21T17:00:00.000Z')
  await vi.waitFor(() => expect(times).toBe(2))
  clock.set('2026-11-23T17:00:00.000Z')
  await vi.waitFor(() => expect(times).toBe(3))
  await stop()
  clock.set('2026-11-24T17:00:00.000Z')
  expect(times).toBe(3)
})
