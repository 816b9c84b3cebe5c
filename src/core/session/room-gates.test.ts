import { describe, expect, test } from 'vitest'
import { monitoring } from '../../knowledge/monitoring.ts'
import { narrative } from '../../knowledge/narrative.ts'
import { sessionLabels } from '../../knowledge/session-labels.ts'
import { sessionRows } from '../../knowledge/session.ts'
import type { BodyOf } from '../chart/kinds.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Protocol } from '../course/protocol.ts'
import { at, SESSION, zone, type Told } from './fixtures.ts'
import { carriedBy, passage, type GateName, type GateState } from './gates.ts'
import { narrativeOf } from './narrative.ts'
import { lookedAt, reachableNow } from './room-gates.ts'
import { sayEntry } from './say-entry.ts'
import { readSession } from './session.ts'
import { startGates } from './start-gates.ts'
import { chartReady, closedOf, dosedBefore, give, kit, protocol, reachable, roomReady, start, starting } from './testing/fixtures.ts'

const NOW = -60
const HOUR = 60
const ROOM = { id: 'room-2', name: 'Room 2' }
type Kit = Partial<BodyOf<'room-checked.v1'>>
type Said = Partial<BodyOf<'prescriber-reachable.v1'>>
const { items } = monitoring.gates.kit
const but = (...names: readonly string[]): Kit => ({ items: kit().items.filter(({ item }) => !names.includes(item)) })
const without = (...names: readonly string[]): Kit => ({ items: kit().items.map(({ item }) => ({ item, present: !names.includes(item) })) })
const checked = (minute: number, change: Kit = {}, story: Told = chartReady().without('kit')) => story.on(minute, 'room-checked.v1', kit(change), { id: 'check', session: 'none' })
const confirmed = (minute: number, lookedMinute: number) => checked(minute, { confirms: { at: at(lookedMinute), person: 'lee', name: 'Lee P.' } })
const said = (minute: number, change: Said = {}, story: Told = chartReady().without('reachable')) => story.on(minute, 'prescriber-reachable.v1', reachable(change), { id: `said-${minute}-${change.person ?? 'dr-osei'}`, session: 'none' })
const inRoom2 = (story: Told, endsAt = 120) => story.on(-900, 'visits-booked.v1', { visits: [{ visit: 'medicine-2', type: 'medicine', number: 2, startsAt: at(NOW), endsAt: at(endsAt), localStart: '2026-11-21T09:00', zone, people: [], online: false, room: ROOM }], why: '' }, { id: 'booked', session: 'none' })
const byRoute = (route: DoseRoute, story: Told) => story.with((entries) => entries.map((entry) => (entry.kind === 'order.v1' ? { ...entry, body: { ...entry.body, route } } : entry)))
const find = (name: GateName, story: Told) => start(story).find(({ gate }) => gate === name)!

describe('the emergency kit', () => {
  test.each<[string, Told, GateState, RegExp]>([
    ['checked ten minutes ago', chartReady(), 'met', /everything is there/],
    ['never checked', chartReady().without('kit'), 'unknown', /Nobody has checked/],
    ['checked a day ago to the minute', checked(NOW - 24 * HOUR), 'met', /everything/], ['checked a minute more than a day ago', checked(NOW - 24 * HOUR - 1), 'not-met', /24 hours/],
    ['found still so, of a look of this morning', confirmed(NOW, NOW - 2 * HOUR), 'met', /everything/], ['found still so, of a look of more than a day ago', confirmed(NOW, NOW - 24 * HOUR - 1), 'not-met', /24 hours/],
    ['found still so, of a look that is said to come later', confirmed(NOW - 24 * HOUR - 1, NOW), 'not-met', /24 hours/],
    ['a thing not there', checked(NOW, without('suction')), 'not-met', /^Not there: suction\.$/], ['two things not there', checked(NOW, without('defibrillator', 'naloxone')), 'not-met', /defibrillator, naloxone/],
    ['a thing nobody looked at', checked(NOW, but('oxygen')), 'not-met', /^Not looked at: oxygen\.$/], ['a thing written both there and not there', checked(NOW, { items: [...kit().items, { item: 'glucose', present: false }] }), 'not-met', /Not there: glucose/],
    ['a thing of no list', checked(NOW, { items: [...kit().items, { item: 'biscuits', present: false }] }), 'met', /everything/],
    ['one thing there and no other looked at', checked(NOW, { items: [{ item: 'oxygen', present: true }] }), 'not-met', /Not looked at: bag and mask/],
    ['in date until today', checked(NOW, { earliestExpiry: '2026-11-21' }), 'met', /in date/], ['past its date since yesterday', checked(NOW, { earliestExpiry: '2026-11-20' }), 'not-met', /past its date/],
    ['all of it wrong', checked(NOW - 24 * HOUR - 1, { ...without('suction'), earliestExpiry: '2026-11-20' }), 'not-met', /24 hours\. Not there: suction\. Something/],
    ['whole before, and something missing since', checked(NOW, without('oxygen'), chartReady()), 'not-met', /oxygen/], ['something missing before, and whole since', checked(NOW - 20, without('oxygen'), chartReady()), 'met', /everything/],
    ['dated five minutes ahead, as clocks differ', checked(NOW + 5), 'met', /everything/], ['dated six minutes ahead', checked(NOW + 6), 'not-met', /ahead of now/], ['dated ahead, with an earlier one', checked(NOW + 6, without('oxygen'), chartReady()), 'met', /everything/],
    ['of the booked room', inRoom2(checked(NOW, { room: ROOM })), 'met', /everything/], ['of another room', inRoom2(checked(NOW, { room: { id: 'room-1', name: 'Room 1' } })), 'not-met', /Room 1 was checked.*Room 2/],
    ['of no named room, where one is booked', inRoom2(chartReady()), 'not-met', /does not say which room/], ['of a named room, where none is booked', checked(NOW, { room: ROOM }), 'met', /everything/],
  ])('%s', (_, story, state, says) => {
    expect(find('emergency-kit', story)).toMatchObject({ state, overridable: true, says: expect.stringMatching(says) })
  })

  test('it points to the look it went by, and to every one that is dated ahead', () => {
    expect([chartReady(), checked(NOW, without('oxygen')), checked(NOW + 6), chartReady().without('kit')].map((story) => find('emergency-kit', story).facts)).toEqual([['kit'], ['check'], ['check'], []])
    expect(find('emergency-kit', checked(NOW, but('oxygen', 'suction'))).says).toBe('Not looked at: oxygen, suction.')
  })

  test('the room is that of the visit it is for, and no other', () => {
    const elsewhere = (story: Told) => story.on(-901, 'visits-booked.v1', { visits: [{ visit: 'medicine-1', type: 'medicine', number: 1, startsAt: at(-5_000), endsAt: at(-4_800), localStart: '2026-11-18T09:00', zone, people: [], online: false, room: { id: 'room-1', name: 'Room 1' } }], why: '' }, { id: 'before', session: 'none' })
    expect(find('emergency-kit', elsewhere(inRoom2(checked(NOW, { room: ROOM })))).state).toBe('met')
    const unbooked = startGates(elsewhere(chartReady()).chart, protocol as Protocol, { ...starting(), visit: undefined as never })
    expect(unbooked.find(({ gate }) => gate === 'emergency-kit')?.state, 'no visit, no room').toBe('met')
  })

  test.each(items.map(({ id, name }) => [id, name]))('%s is asked for', (id, name) => {
    expect(find('emergency-kit', checked(NOW, without(id))).says).toBe(`Not there: ${name}.`)
  })

  test('the hour that counts is that of the look, not of finding it still so', () => {
    const confirms = { at: at(-200), person: 'lee', name: 'Lee P.' }
    expect([lookedAt({ at: at(0), body: kit() }), lookedAt({ at: at(0), body: kit({ confirms }) }), lookedAt({ at: at(-300), body: kit({ confirms }) })]).toEqual([at(0), at(-200), at(-300)])
  })
})

describe('a prescriber to reach', () => {
  test.each<[string, Told, GateState, RegExp]>([
    ['in the building', chartReady(), 'met', /Dr\. Osei can be reached, in the building/], ['nobody said so', chartReady().without('reachable'), 'unknown', /Nobody has written down/],
    ['sits in the room', said(NOW, { by: 'in-the-room' }), 'met', /in the room/],
    ['on the phone, into a muscle', said(NOW, { by: 'phone' }), 'not-met', /in the building/], ['on the phone, into a vein', byRoute('IV', said(NOW, { by: 'video' })), 'not-met', /in the building/],
    ['on the phone, under the tongue', byRoute('SL', said(NOW, { by: 'phone' })), 'met', /by phone/], ['on video, swallowed', byRoute('PO', said(NOW, { by: 'video' })), 'met', /by video/],
    ['within two minutes', said(NOW, { answersWithinSec: 120 }), 'met', /reached/], ['within two minutes and a second', said(NOW, { answersWithinSec: 121 }), 'not-met', /quickly/],
    ['until the visit ends', inRoom2(said(NOW, { until: at(120) }, chartReady().without('kit').without('reachable'))), 'met', /reached/], ['until a minute before it ends', inRoom2(said(NOW, { until: at(119) })), 'not-met', /not for as long/],
    ['until this minute', said(NOW - 5, { until: at(NOW) }), 'not-met', /another hour/], ['yesterday, until the evening', said(NOW - 24 * HOUR, { until: at(NOW - 16 * HOUR) }), 'not-met', /another hour/],
    ['taken back', said(NOW, { until: at(NOW) }, chartReady()), 'not-met', /another hour/], ['taken back, and said again', said(NOW, {}, said(NOW - 2, { until: at(NOW - 2) }, chartReady())), 'met', /reached/],
    ['one taken back, another still there', said(NOW, { until: at(NOW) }, said(NOW, { person: 'dr-lindt', name: 'Dr. Lindt' }, chartReady())), 'met', /Lindt/],
    ['one near for too short, another long enough on the phone', said(NOW, { person: 'dr-lindt', by: 'phone' }, inRoom2(said(NOW, { until: at(100) }))), 'not-met', /not for as long/],
    ['dated six minutes ahead', said(NOW + 6), 'not-met', /another hour/], ['dated five minutes ahead', said(NOW + 5), 'met', /reached/],
  ])('%s', (_, story, state, says) => {
    expect(find('prescriber-reachable', story)).toMatchObject({ state, overridable: true, says: expect.stringMatching(says) })
  })

  test('it points to what was said, also where that does not do', () => {
    expect([chartReady(), said(NOW, { by: 'phone' }), said(NOW, { answersWithinSec: 121 }), said(NOW - 5, { until: at(NOW) }), chartReady().without('reachable')].map((story) => find('prescriber-reachable', story).facts)).toEqual([['reachable'], ['said--60-dr-osei'], ['said--60-dr-osei'], ['said--65-dr-osei'], []])
  })

  test('where no order says which route, nearness is not judged', () => {
    expect(find('prescriber-reachable', said(NOW, { by: 'phone' }).without('order')).state).toBe('met')
  })

  test('without a booked visit, for as long as the course plans its medicine sessions', () => {
    const phases = [{ type: 'medicine', durationMin: 180 }] as unknown as Protocol['phases']
    const until = (minute: number) => start(said(NOW - 5, { until: at(minute) }), {}, { phases }).find(({ gate }) => gate === 'prescriber-reachable')?.state
    expect([until(NOW - 5 + 180), until(NOW - 5 + 179)]).toEqual(['met', 'not-met'])
  })

  test('each prescriber by what they said last', () => {
    expect(reachableNow(said(NOW, { until: at(500) }, said(NOW - 10, { until: at(600) }, chartReady())).chart, at(NOW)).map(({ id }) => id)).toEqual(['said--60-dr-osei'])
  })
})

describe('before each dose it is asked again', () => {
  const course = (change: (story: Told) => Told = (story) => story) => change(roomReady())
  test.each<[string, Told, readonly string[]]>([
    ['as it was at the start', course(), []],
    ['the kit was found short since', course((story) => checked(-5, without('airways'), story)), ['emergency-kit not-met']], ['nobody ever checked it', course((story) => story.without('kit')), ['emergency-kit unknown']],
    ['looked through a day ago by now', course((story) => checked(-24 * HOUR, {}, story.without('kit'))), []], ['a minute longer ago', course((story) => checked(-24 * HOUR - 1, {}, story.without('kit'))), ['emergency-kit not-met']],
    ['the prescriber left', course((story) => said(-5, { until: at(-5) }, story)), ['prescriber-reachable not-met']], ['nobody ever said one could be reached', course((story) => story.without('reachable')), ['prescriber-reachable unknown']],
    ['until the earliest leaving', course((story) => said(-5, { until: at(120) }, story)), []], ['until a minute before', course((story) => said(-5, { until: at(119) }, story)), ['prescriber-reachable not-met']],
  ])('%s', (_, story, expected) => {
    expect(closedOf(give(story))).toEqual(expected)
  })

  test('a second dose too: later it needs the prescriber for longer', () => {
    const dosed = dosedBefore(roomReady(), 3).dose(0, 1, 40, { id: 'first' }).whole(1).whole(8).whole(14)
    const syringe = dosed.on(15, 'dose-prepared.v1', { step: 2, doseUg: 20_000, route: 'IM', order: 'order', lot: 'A1' }, { id: 'prepared-2' }).on(15, 'dose-confirmed.v1', { prepared: 'prepared-2', doseUg: 20_000 }, { id: 'confirmed-2', by: 'jun' })
    expect(closedOf(give(syringe, 2, 16))).toEqual([])
    expect(closedOf(give(said(15, { until: at(135) }, syringe), 2, 16))).toEqual(['prescriber-reachable not-met'])
    expect(closedOf(give(checked(15, without('oxygen'), syringe), 2, 16))).toEqual(['emergency-kit not-met'])
  })

  test('a prescriber may carry either with a written reason, nobody else, and never the second person or the spray', () => {
    const reason = 'The crew of the ambulance station next door stands by.'
    const bare = roomReady().without('kit').without('reachable')
    const carried = (role: 'prescriber' | 'therapist') => passage(give(bare), (['emergency-kit', 'prescriber-reachable'] as const).map((gate) => ({ gate, role, reason })))
    expect([carried('prescriber').passes, carried('therapist').passes]).toEqual([true, false])
    const written = bare.on(-1, 'gate-passed.v1', { gate: 'emergency-kit', step: 1, reason }, { by: 'dr-osei' }).on(-1, 'gate-passed.v1', { gate: 'prescriber-reachable', step: 2, reason }, { by: 'dr-osei' })
    expect(passage(give(written), carriedBy(written.chart, SESSION, 1)).blocking.map(({ gate }) => gate)).toEqual(['prescriber-reachable'])
  })
})

describe('two people, at the start: those who will be in the room', () => {
  const [rosa, jun] = [{ person: 'rosa', role: 'therapist' }, { person: 'jun', role: 'monitor' }]
  const osei = (role: string) => ({ person: 'dr-osei', role })
  const people = (named: readonly { person: string; role: string }[], story = chartReady()) => start(story, { people: named }).find(({ gate }) => gate === 'two-people')!.state
  test.each<[string, readonly { person: string; role: string }[], Told, GateState]>([
    ['a therapist and a monitor', [rosa, jun], chartReady(), 'met'], ['two therapists', [rosa, { person: 'lee', role: 'therapist' }], chartReady(), 'met'],
    ['a therapist and a prescriber on call', [rosa, osei('prescriber on call')], chartReady(), 'not-met'], ['a therapist and a prescriber of the team, in the building', [rosa, osei('prescriber')], chartReady(), 'not-met'],
    ['a therapist and a prescriber who sits in the room', [rosa, osei('prescriber')], said(NOW, { by: 'in-the-room' }), 'met'], ['and who was booked as on call', [rosa, osei('prescriber on call')], said(NOW, { by: 'in-the-room' }), 'met'], ['and who was not named before', [rosa], said(NOW, { by: 'in-the-room' }), 'met'],
    ['a prescriber who sat there until now', [rosa, osei('prescriber')], said(NOW - 5, { by: 'in-the-room', until: at(NOW) }), 'not-met'], ['on the phone', [rosa, osei('prescriber')], said(NOW, { by: 'phone' }), 'not-met'],
    ['a prescriber alone, in the room', [osei('prescriber')], said(NOW, { by: 'in-the-room' }), 'not-met'], ['one who is therapist and prescriber, in the room', [{ person: 'dr-osei', role: 'therapist' }], said(NOW, { by: 'in-the-room' }), 'not-met'],
    ['a therapist and the desk', [rosa, { person: 'cleo', role: 'coordinator' }], chartReady(), 'not-met'], ['a therapist and whoever takes the person home', [rosa, { person: 'theo', role: 'escort' }], chartReady(), 'not-met'],
  ])('%s', (_, named, story, state) => {
    expect(people(named, story)).toBe(state)
  })

  test('it says whom it does not count', () => {
    expect(start(chartReady(), { people: [rosa, osei('prescriber on call')] }).find(({ gate }) => gate === 'two-people')?.says).toMatch(/so far 1\. A prescriber on call is not one of them/)
    expect(starting().people).toHaveLength(2)
  })
})

describe('what stands in the note of the session', () => {
  const noted = (story: Told) => {
    const session = readSession(story.chart, SESSION, sessionRows, { now: at(0), zone })
    if (!session.ok) throw new Error(session.refusal)
    const { kit: look, reachable: by } = session.value.room
    return [look?.id, by?.id, narrativeOf(session.value, { patient: 'Mara', day: 'today', name: (person) => person, time: (when) => when.slice(11, 16), labels: sessionLabels, sentences: narrative }).map(({ text }) => text).filter((text) => /kit|reach/.test(text)).join(' ')]
  }
  const withGates = (...facts: readonly string[]) => roomReady().with((entries) => entries.map((entry) => (entry.kind === 'session-started.v1' ? { ...entry, body: { ...entry.body, gates: [{ gate: 'emergency-kit', state: 'met' as const, facts: [...facts] }] } } : entry)))
  test.each<[string, Told, readonly (string | undefined)[], string]>([
    ['as the session began', withGates('kit', 'reachable'), ['kit', 'reachable'], 'The emergency kit was checked by jun at 16:50; it is in date until 2027-03-01. Dr. Osei was the prescriber to reach, in the building, until 21:00.'],
    ['as neither was looked at', withGates(), [undefined, undefined], 'The record does not show that the emergency kit was checked. The record does not show that a prescriber could be reached.'],
    ['as somebody looked again in the room, and found it short', withGates('kit').on(-5, 'room-checked.v1', kit({ items: [{ item: 'bag-mask', present: false }] }), { id: 'again' }), ['again', undefined], 'The emergency kit was checked by rosa at 17:55; not there: bag mask. It is in date until 2027-03-01. The record does not show that a prescriber could be reached.'],
    ['as the gates looked at what is not on this copy', withGates('reachable', 'elsewhere'), [undefined, 'reachable'], 'The record does not show that the emergency kit was checked. Dr. Osei was the prescriber to reach, in the building, until 21:00.'],
    ['as somebody said in the room who is to be reached now', withGates('kit', 'reachable').on(-5, 'prescriber-reachable.v1', reachable({ person: 'dr-lindt', name: 'Dr. Lindt' }), { id: 'now' }), ['kit', 'now'], 'The emergency kit was checked by jun at 16:50; it is in date until 2027-03-01. Dr. Lindt was the prescriber to reach, in the building, until 21:00.'],
    ['as another had looked before', withGates().on(-5, 'room-checked.v1', kit({ confirms: { at: at(-200), person: 'lee', name: 'Lee P.' } }), { id: 'again' }), ['again', undefined], 'The emergency kit was checked by Lee P. at 14:40; it is in date until 2027-03-01. The record does not show that a prescriber could be reached.'],
  ])('%s', (_, story, ids, says) => {
    expect(noted(story)).toEqual([...ids, says])
  })

  test('and in its log', () => {
    const told = { session: { alerts: { all: [] } } as never, name: (person: string) => person, labels: sessionLabels }
    const line = (story: Told) => sayEntry(story.entries.at(-1)!, told)
    expect([line(checked(-5, { room: ROOM })), line(checked(-5, { ...without('bag-mask'), confirms: { at: at(-200), person: 'lee', name: 'Lee P.' } })), line(said(-5)), line(said(-5, { until: at(-5) }))]).toEqual([
      'Emergency kit checked, Room 2: 13 things there; in date until 2027-03-01', 'Emergency kit checked: not there: bag mask; in date until 2027-03-01. Still as Lee P. found it', 'Dr. Osei can be reached, in the building', 'Dr. Osei can no longer be reached',
    ])
  })
})
