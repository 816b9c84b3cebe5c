import { describe, expect, test } from 'vitest'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { firstVisitOn } from './first-visit-on.ts'

describe('what a chart says of the first visit', () => {
  const closed = (outcome: 'completed' | 'missed' | 'ended-early', at: string, visit?: string) => ({ ...(visit ? { visit } : {}), type: 'intake' as const, startedAt: at, endedAt: at, outcome, covered: [], modalities: [], summary: '', carePlan: '' })
  const [monday, evening] = ['2026-11-23T18:00:00.000Z', '2026-11-25T01:00:00.000Z']
  const booked = told().booked('v1', 'intake', monday)
  const nothing = { cameOn: null, bookedOn: null }
  test.each<[string, ToldChart, object]>([
    ['nothing', told(), nothing],
    ['booked, and nothing written', booked, { ...nothing, bookedOn: '2026-11-23' }],
    ['held', booked.on(monday, 'visit-closed.v1', closed('completed', monday, 'v1')), { cameOn: '2026-11-23', bookedOn: '2026-11-23' }],
    ['begun and broken off', booked.on(monday, 'visit-closed.v1', closed('ended-early', monday, 'v1')), { cameOn: '2026-11-23', bookedOn: '2026-11-23' }],
    ['missed', booked.on(monday, 'visit-closed.v1', closed('missed', monday, 'v1')), nothing],
    ['nobody came, or cancelled', booked.on(monday, 'visit-cancelled.v1', { visit: 'v1', why: 'Nobody came.' }), nothing],
    ['by the day on the wall', told().on(evening, 'visit-closed.v1', closed('completed', evening)), { ...nothing, cameOn: '2026-11-24' }],
    ['another kind of visit', told().booked('v2', 'preparation', monday), nothing],
    ['of the time before they wrote again', told().booked('old', 'intake', '2026-03-02').on('2026-03-02', 'visit-closed.v1', closed('completed', '2026-03-02T17:00:00.000Z', 'old')), nothing],
  ])('%s', (_, chart, says) => expect(firstVisitOn(chart, '2026-11-20T20:00:00.000Z', 'America/Los_Angeles')).toEqual(says))
})
