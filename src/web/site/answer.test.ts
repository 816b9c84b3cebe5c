import { describe, expect, test } from 'vitest'
import { readAnswer, type AnswerAsked } from './answer.ts'
import { renderAnswer } from './render.tsx'

const asked: AnswerAsked = { asks: 'morning', from: 'Harbor Street', phone: '+1 510 555 0142', givenName: 'Mara', startsAt: '2026-12-01T17:00:00.000Z', zone: 'America/Los_Angeles', now: '2026-12-01T14:31:00.000Z', rideNamed: true, pressure: true }
const whole = { foodDay: 'yesterday', foodTime: '20:00', fluidDay: 'today', fluidTime: '05:00', medicines: 'as-told', alcohol: 'no', ride: 'coming' }
const read = (change: Record<string, string>, more: Partial<AnswerAsked> = {}) => {
  const answer = readAnswer({ ...asked, ...more }, { ...whole, ...change })
  return answer.ok ? answer.answer : Object.keys(answer.problems).toSorted()
}

describe('what was sent', () => {
  test('is read by the wall of the practice', () => expect(read({})).toEqual({ said: { lastFoodAt: '2026-12-01T04:00:00.000Z', lastFluidAt: '2026-12-01T13:00:00.000Z', medicines: 'as-told', alcohol: 'no', ride: 'coming' } }))
  test('also over a night in which the clocks went back', () => {
    expect(read({}, { now: '2026-11-01T15:00:00.000Z' })).toMatchObject({ said: { lastFoodAt: '2026-11-01T03:00:00.000Z', lastFluidAt: '2026-11-01T13:00:00.000Z' } })
  })
  test.each<[string, Record<string, string>, readonly string[]]>([
    ['no day', { foodDay: '' }, ['foodDay']], ['no time', { fluidTime: '' }, ['fluidTime']], ['no hour of any clock', { foodTime: '24:00' }, ['foodTime']], ['an hour that lies ahead', { fluidTime: '06:32' }, ['fluidTime']],
    ['an answer that is on no list', { alcohol: 'some' }, ['alcohol']], ['nothing about medicines', { medicines: '' }, ['medicines']], ['nothing about the ride', { ride: '' }, ['ride']],
    ['a new adult without a name, a telephone and a word that they are one', { ride: 'other', ridePhone: '12' }, ['rideAdult', 'rideName', 'ridePhone']],
    ['half a pressure', { upper: '122' }, ['upper']], ['one turned round', { upper: '78', lower: '122' }, ['upper']], ['one that no device shows', { upper: '1220', lower: '78' }, ['upper']],
  ])('%s comes back', (_, change, problems) => expect(read(change)).toEqual(problems))
  test('the hour that it is now is none that lies ahead', () => expect(read({ fluidTime: '06:31' })).toMatchObject({ said: { lastFluidAt: asked.now } }))
  test('nobody who was named is coming where nobody is named', () => expect(read({}, { rideNamed: false })).toEqual(['ride']))
  test('a pressure is read where it is asked, and left out where it is not', () => {
    expect(read({ upper: '122', lower: '78' })).toMatchObject({ said: { systolicMmHg: 122, diastolicMmHg: 78 } })
    expect(JSON.stringify(read({ upper: '122', lower: '78' }, { pressure: false }))).not.toContain('122')
  })
  test.each<['asked' | 'moved', string, unknown]>([['asked', 'yes', { suits: true }], ['asked', 'no', { suits: false }], ['moved', 'no', { suits: false }], ['moved', 'yes', ['suits']], ['asked', '', ['suits']], ['asked', 'maybe', ['suits']]])('of other times, %s: “%s”', (way, suits, answer) =>
    expect(read({ suits }, { asks: 'moved', moved: { way, changes: [] } })).toEqual(answer))
  test.each<[string, Record<string, string>, unknown]>([
    ['whole', {}, { where: { state: 'NV', place: '12 Sample Lane, Reno', phone: '+1 510 555 0160', company: 'alone' } }], ['outside', { state: 'outside' }, { where: expect.objectContaining({ state: 'outside' }) }],
    ['no state of the list', { state: 'Nevada' }, ['state']], ['nothing', { state: '', place: '', phone: '', company: '' }, ['company', 'phone', 'place', 'state']], ['too long a place', { place: 'x'.repeat(301) }, ['place']],
  ])('where somebody is, %s', (_, change, answer) => expect(read({ state: 'NV', place: '12 Sample Lane, Reno', phone: '+1 510 555 0160', company: 'alone', ...change }, { asks: 'where' })).toEqual(answer))
  test('of the adult only a yes or a no', () => {
    expect([read({ comes: 'yes' }, { asks: 'ride' }), read({ comes: 'no' }, { asks: 'ride' }), read({}, { asks: 'ride' })]).toEqual([{ comes: true }, { comes: false }, ['comes']])
  })
})

const moved = { way: 'asked', until: '2026-12-01T18:00:00.000Z', changes: [{ from: '2026-12-08T17:00:00.000Z', to: '2026-12-09T18:30:00.000Z' }] } as const

describe.each(['day-before', 'morning', 'ride', 'moved', 'where'] as const)('the page of the %s', (asks) => {
  const { html } = renderAnswer({ page: 'asked', ...asked, asks, moved: asks === 'moved' ? moved : undefined })
  test('runs nothing, loads nothing from elsewhere, leads nowhere else and names no treatment', () => {
    expect(html).not.toMatch(/<script|<iframe|<img|javascript:|\son\w+=|https?:\/\//)
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to).filter((to) => !to!.startsWith('tel:') && !to!.startsWith('#'))).toEqual(['/site.css'])
    expect(html.replace(/<style[\s\S]*?<\/style>/, '')).not.toMatch(/ketamin|therap|psych|session|dose|treat/i)
  })
})

test('other times stand with old and new on the practice’s wall, and what happens without an answer; once moved there is only a no', () => {
  const page = (way: 'asked' | 'moved') => renderAnswer({ page: 'asked', ...asked, asks: 'moved', moved: { ...moved, way } }).html
  expect(page('asked')).toMatch(/Now: Tuesday, December 8, 9:00 AM<[^]*Wednesday, December 9, 10:30 AM[^]*value="yes"[^]*value="no"[^]*until Tuesday, December 1, 10:00 AM\. Without an answer nothing changes/)
  expect(page('moved')).toMatch(/<s>Tuesday, December 8, 9:00 AM<\/s>[^]*This time does not suit me/)
  expect(page('moved')).not.toContain('value="yes"')
})

test.each([
  ['thanks', 'Your answer has arrived and is kept'], ['stays', 'Your appointment stays where it was[^]*Nothing was moved'], ['gone', 'Your appointment stays where it was; nothing was moved'],
  ['taken', 'Your old times stand; nothing was moved'], ['ended', 'Nothing was lost, and nothing was changed'],
] as const)('after an answer, %s: what became of it, and no treatment named', (page, says) => {
  const { html } = renderAnswer({ page, from: asked.from, phone: asked.phone })
  expect(html).toMatch(new RegExp(says))
  expect(html.replace(/<style[\s\S]*?<\/style>/, '')).not.toMatch(/ketamin|therap|psych|session|dose|treat/i)
})
