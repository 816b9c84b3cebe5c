import { describe, expect, test } from 'vitest'
import { promiseKept, type FirstVisitOf, type Kept } from './promise-kept.ts'

describe('whether the promise of a first visit was kept', () => {
  const base: FirstVisitOf = { dueOn: '2026-11-27', state: 'matched', cameOn: null, bookedOn: null }
  test.each<[string, Partial<FirstVisitOf>, string, Kept]>([
    ['came on the last day', { cameOn: '2026-11-27' }, '2026-12-10', 'kept'],
    ['came a day later', { cameOn: '2026-11-28' }, '2026-12-10', 'later'],
    ['came, and was closed since', { cameOn: '2026-11-24', state: 'closed' }, '2026-12-10', 'kept'],
    ['closed without one', { state: 'closed' }, '2026-11-21', 'closed'],
    ['booked, the day still to come', { bookedOn: '2026-11-26' }, '2026-11-25', 'within'],
    ['booked today, nothing written yet', { bookedOn: '2026-11-25' }, '2026-11-25', 'within'],
    ['booked, the day passed, nobody wrote anything', { bookedOn: '2026-11-24' }, '2026-11-25', 'unwritten'],
    ['booked for after the promise, which has passed', { bookedOn: '2026-12-02' }, '2026-11-28', 'not-yet'],
    ['nobody has called, on the last day', { state: 'new' }, '2026-11-27', 'within'],
    ['nobody has called, a day after', { state: 'new' }, '2026-11-28', 'not-yet'],
  ])('%s', (_, changes, today, kept) => expect(promiseKept({ ...base, ...changes }, today)).toBe(kept))
})
