import { expect, test } from 'vitest'
import type { Entry } from './entry.ts'
import { upcast, type Lifts } from './upcast.ts'

const entry = (kind: string, body: object) => ({ id: 'e', kind, at: '2026-11-21T09:00:00.000Z', writtenAt: '2026-11-21T09:00:00.000Z', device: 'd', by: 'p', body }) as unknown as Entry
const as = (kind: string, change: (body: Record<string, unknown>) => object) => (old: Entry) => ({ ...old, kind, body: change(old.body as Record<string, unknown>) }) as unknown as Entry

const table: Lifts = {
  'pulse.v1': as('pulse.v2', ({ pulse }) => ({ perMin: pulse })),
  'pulse.v2': as('pulse.v3', ({ perMin }) => ({ perMin, source: 'not said' })),
}

test('an old entry reads as the newest version, step by step, and a current one as it is', () => {
  expect(upcast(entry('pulse.v1', { pulse: 72 }), table)).toMatchObject({ id: 'e', kind: 'pulse.v3', body: { perMin: 72, source: 'not said' } })
  expect(upcast(entry('pulse.v2', { perMin: 72 }), table)).toMatchObject({ kind: 'pulse.v3' })
  const now = entry('pulse.v3', { perMin: 72, source: 'by hand' })
  expect(upcast(now, table)).toBe(now)
  expect(upcast(now)).toBe(now)
})
