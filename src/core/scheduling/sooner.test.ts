import { describe, expect, test } from 'vitest'
import { readChart } from '../chart/chart.ts'
import type { StoredEntry } from '../chart/entry.ts'
import type { BookedVisit, SoonerWished } from '../chart/kinds/aftercare.ts'
import { freedTimes, leftPlaces } from './freed.ts'
import { ana, mia, roomOne } from './fixtures.ts'
import { hasNotice, notAsWished, openWishes, soonerWishes, timeOffers, waitingOffer, type OfferState, type SoonerWish } from './sooner.ts'

const zone = 'America/Los_Angeles'
const at = (day: string, clock = '09:00', hours = 1): Pick<BookedVisit, 'startsAt' | 'endsAt' | 'localStart'> => {
  const startMs = Date.parse(`2026-12-${day}T${clock}:00.000-08:00`)
  return { startsAt: new Date(startMs).toISOString(), endsAt: new Date(startMs + hours * 3_600_000).toISOString(), localStart: `2026-12-${day}T${clock}` }
}
const visit = (id: string, day: string, clock?: string, hours?: number): BookedVisit => ({ visit: id, type: 'integration', number: 1, ...at(day, clock, hours), zone, people: [{ person: 'ana', name: 'Ana Solano', role: 'therapist' }, { person: 'mia', name: 'Mia Lund', role: 'monitor' }], room: { id: 'room-1', name: 'Room 1' }, online: false })
let seq = 0
const entry = (kind: string, body: object, when = '2026-11-20T17:00:00.000Z', id = `e${seq}`) => ({ id, kind, at: when, writtenAt: '', receivedAt: '', by: 'm', device: 'd', seq: ++seq, digest: '', body }) as unknown as StoredEntry
const booked = entry('visits-booked.v1', { visits: [visit('a', '15'), visit('b', '16')], why: '' })
const wish: SoonerWished = { from: '2026-12-01', to: '2026-12-14', weekdays: [], otherWay: false, noticeHours: 24 }
const wished = (more: object = {}, when?: string) => entry('sooner-wished.v1', { visit: 'a', type: 'integration', number: 1, ...wish, ...more }, when)
const moved = (id: string, day: string, clock?: string) => entry('visit-moved.v1', { to: visit(id, day, clock), why: '' }, '2026-11-21T17:00:00.000Z')
const cancelled = (id: string) => entry('visit-cancelled.v1', { visit: id, why: '' }, '2026-11-22T17:00:00.000Z')
const withdrawn = () => entry('sooner-withdrawn.v1', { visit: 'a' })
const NOW = '2026-11-23T17:00:00.000Z'

describe('a wish to come sooner', () => {
  test.each<[string, readonly StoredEntry[], string, SoonerWish['state'] | undefined]>([
    ['nothing said', [], NOW, undefined],
    ['said', [wished()], NOW, 'open'],
    ['taken back', [wished(), withdrawn()], NOW, 'withdrawn'],
    ['taken back and said again', [wished(), withdrawn(), wished()], NOW, 'open'],
    ['the visit was cancelled', [wished(), cancelled('a')], NOW, 'over'],
    ['the visit was moved into it', [wished(), moved('a', '08')], NOW, 'met'],
    ['the visit was moved, but later', [wished(), moved('a', '17')], NOW, 'open'],
    ['the visit was moved sooner, to a weekday that was not named', [wished({ weekdays: [1] }), moved('a', '08')], NOW, 'open'],
    ['the visit lies before the wished days by now', [wished({ from: '2026-12-05' }), moved('a', '03')], NOW, 'over'],
    ['on its last day', [wished()], at('14', '23:59').startsAt, 'open'],
    ['its last day has passed', [wished()], at('15', '00:00').startsAt, 'over'],
    ['the visit has begun', [wished({ to: '2026-12-20' })], at('15').startsAt, 'over'],
  ])('%s', (_, more, now, state) => expect(soonerWishes(readChart([booked, ...more]), now, zone)[0]?.state).toBe(state))

  test('changed, it keeps its place; taken back and said again, it begins anew', () => {
    const since = (...entries: StoredEntry[]) => openWishes(readChart([booked, ...entries]), NOW, zone).map((one) => [one.since, one.wished.body.noticeHours])
    expect(since(wished({}, '2026-11-18T17:00:00.000Z'), wished({ noticeHours: 4 }, '2026-11-19T17:00:00.000Z'))).toEqual([['2026-11-18T17:00:00.000Z', 4]])
    expect(since(wished({}, '2026-11-18T17:00:00.000Z'), withdrawn(), wished({ noticeHours: 4 }, '2026-11-19T17:00:00.000Z'))).toEqual([['2026-11-19T17:00:00.000Z', 4]])
  })

  test.each<[string, Partial<SoonerWished>, ReturnType<typeof at>, readonly string[]]>([
    ['its first day', {}, at('01'), []], ['its last day', {}, at('14'), []], ['the day before', { from: '2026-12-02' }, at('01'), ['day']], ['the day after', {}, at('15'), ['day']],
    ['a Tuesday of Tuesdays', { weekdays: [2] }, at('08'), []], ['a Tuesday of Mondays', { weekdays: [1] }, at('08'), ['weekday']],
    ['from nine, at nine', { after: '09:00' }, at('08'), []], ['from nine, a quarter before', { after: '09:00' }, at('08', '08:45'), ['hour']],
    ['over by ten, to the minute', { before: '10:00' }, at('08'), []], ['over by ten, a quarter late', { before: '10:00' }, at('08', '09:15'), ['hour']],
    ['all of it wrong', { weekdays: [1], before: '09:30' }, at('15'), ['day', 'weekday', 'hour']],
  ])('%s', (_, more, place, lacks) => expect(notAsWished({ ...wish, ...more }, place)).toEqual(lacks))

  test.each<[number, string, boolean]>([[24, '2026-11-24T17:00:00.000Z', true], [24, '2026-11-24T16:59:59.999Z', false], [0, NOW, true], [48, '2026-11-24T17:00:00.000Z', false]])('with %i hours of notice, at %s: %s', (noticeHours, startsAt, has) => expect(hasNotice({ noticeHours }, startsAt, NOW)).toBe(has))
})

describe('an offered time', () => {
  const offered = () => entry('time-offered.v1', { round: 'r', by: { person: 'c', name: 'Cora' }, freed: at('08'), changes: [{ from: visit('a', '15'), to: visit('a', '08'), why: '' }, { from: visit('b', '16'), to: visit('b', '09'), why: '' }], until: '2026-11-24T17:00:00.000Z', held: true }, NOW, 'offer')
  const said = (answer: string, lost = false) => entry('time-offer-answered.v1', { offer: 'offer', answer, via: 'link', lost })
  const ended = () => entry('time-offer-ended.v1', { offer: 'offer', why: 'taken' })
  test.each<[string, readonly StoredEntry[], string, OfferState]>([
    ['before its end', [offered()], '2026-11-24T16:59:59.999Z', 'waiting'], ['at its end', [offered()], '2026-11-24T17:00:00.000Z', 'lapsed'],
    ['yes', [offered(), moved('a', '08'), said('yes')], NOW, 'agreed'], ['no', [offered(), said('no')], NOW, 'declined'], ['yes, too late', [offered(), said('yes', true)], NOW, 'lost'],
    ['gone before an answer', [offered(), ended()], NOW, 'ended'], ['an answer outlives its end', [offered(), said('no'), ended()], NOW, 'declined'],
    ['the visit has moved on', [offered(), moved('a', '10')], NOW, 'overtaken'], ['one that would move with it has', [offered(), cancelled('b')], NOW, 'overtaken'], ['moved before it was offered', [moved('a', '20'), offered()], NOW, 'waiting'],
  ])('%s', (_, more, now, state) => {
    const chart = readChart([booked, ...more])
    expect(timeOffers(chart, now).map((one) => one.state)).toEqual([state])
    expect(waitingOffer(chart, now) !== undefined).toBe(state === 'waiting')
  })
})

describe('a time that came free', () => {
  const calendars = { people: [ana, mia], rooms: [roomOne], zone }
  const freed = (entries: readonly StoredEntry[], now = NOW, more: Partial<typeof calendars & { closed: { from: string; to: string }[] }> = {}) =>
    freedTimes(leftPlaces({ entries: [booked, ...entries] }, now), { ...calendars, ...more }, now).map(({ startsAt, endsAt, people, room, how }) => [startsAt, endsAt, people.map(({ person }) => person).join(), room?.id ?? null, how])
  const [nine, ten] = [at('15').startsAt, at('15').endsAt]
  const busy = (from: string, to: string) => [{ startsAt: from, endsAt: to }]
  test('cancelled, or moved, by whomever; and nothing that has begun', () => {
    expect(freed([cancelled('a')])).toEqual([[nine, ten, 'ana,mia', 'room-1', 'cancelled']])
    expect(freed([moved('a', '17')])).toEqual([[nine, ten, 'ana,mia', 'room-1', 'moved']])
    expect(freed([moved('a', '17'), moved('a', '18')]).map(([from]) => from)).toEqual([nine, at('17').startsAt])
    expect([freed([]), freed([cancelled('a')], nine)]).toEqual([[], []])
    // An hour of therapy that was booked on by itself leaves its place like any other.
    const goesOn = entry('therapy-continued.v1', { series: 's', visits: [visit('d', '16')], without: [], plannedTo: '2026-12-16' })
    expect(freed([goesOn, cancelled('d')]).map(([from]) => from)).toEqual([at('16').startsAt])
  })
  test.each<[string, object, unknown]>([
    ['somebody has it by now', { people: [{ ...ana, busy: busy(nine, ten) }, mia] }, []],
    ['somebody has its first half', { people: [{ ...ana, busy: busy(nine, at('15', '09:30').startsAt) }, mia] }, [[at('15', '09:30').startsAt, ten, 'ana,mia', 'room-1', 'cancelled']]],
    ['the monitor and the room are taken', { people: [ana, { ...mia, busy: busy(nine, ten) }], rooms: [{ ...roomOne, busy: busy(nine, ten) }] }, [[nine, ten, 'ana', null, 'cancelled']]],
    ['whoever led it is away', { people: [{ ...ana, away: [{ from: '2026-12-15', to: '2026-12-15' }] }, mia] }, []],
    ['the practice is closed', { closed: [{ from: '2026-12-15', to: '2026-12-16' }] }, []],
    ['whoever led it has left', { people: [mia] }, []],
  ])('%s', (_, more, expected) => expect(freed([cancelled('a')], NOW, more)).toEqual(expected))
  test('one that lies in another, of the same person, is said once', () => {
    const inside = entry('visits-booked.v1', { visits: [visit('c', '15', '09:15', 0.5)], why: '' })
    expect(freed([cancelled('a'), inside, cancelled('c')])).toHaveLength(1)
  })
})
