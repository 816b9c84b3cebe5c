import { describe, expect, test } from 'vitest'
import type { Protocol } from '../course/protocol.ts'
import type { OpenRisk } from '../measures/open-risks.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import { at, begun, type Told } from './fixtures.ts'
import type { GateName, GateState } from './gates.ts'
import type { StartContext } from './start-gates.ts'
import { chartReady, consent, DAY, dosedBefore, integrated, plan, reachable, start } from './testing/fixtures.ts'

const NOW = -60
const gateOf = (name: GateName, story: Told, more: Partial<StartContext> = {}, asked: Partial<Protocol> = {}) => start(story, more, asked).find(({ gate }) => gate === name)
const visit = (story: Told, minute: number, change: object = {}, id?: string) => story.on(minute, 'visit-closed.v1', { visit: 'v', type: 'preparation', startedAt: at(minute), endedAt: at(minute + 30), outcome: 'completed', covered: [], modalities: [], summary: '', carePlan: '', ...change } as never, id === undefined ? {} : { id })
const signed = (story: Told, minute: number, version = '1') => story.without('touch').on(minute, 'consent.v1', consent('touch', version), { id: 'touch' })
const tested = (story: Told, written: number, taken: number, result: 'negative' | 'positive', id: string) => story.on(written, 'pregnancy-test.v1', { result, takenAt: at(taken), specimen: 'urine' }, { id })
const untested = () => chartReady().without('test')
const named = (story: Told, minute: number, change: object = {}) => story.without('escort').on(minute, 'escort-named.v1', { name: 'Theo', phone: '1', relationship: '', adult: true, ...change }, { id: 'escort' })
const ride = (comes: boolean, named = 'escort') => ({ visit: 'medicine-2', startsAt: at(0), named, name: 'Theo', comes })
const answeredRide = (comes: boolean) => chartReady().on(-2 * DAY + 10, 'ride-answered.v1', ride(comes), { id: 'said' })
const booked = (story: Told, minute: number) => story.on(-30_000, 'visits-booked.v1', { visits: ([['medicine-1', -5 * DAY], ['medicine-2', minute], ['medicine-3', 5 * DAY]] as const).map(([visit, starts]) => ({ visit, type: 'medicine', number: 1, startsAt: at(starts), endsAt: at(starts + 210), localStart: '2026-11-21T10:00', zone: 'America/Los_Angeles', people: [], online: false })), why: '' } as never)
const planned = (minute: number, reviewOn = '2027-01-31') => chartReady().without('plan').on(minute, 'safety-plan.v1', { ...plan, reviewOn }, { id: 'plan' })
const before = () => dosedBefore(chartReady(), 3, 'last')
const born = (birthDate: string) => untested().without('who').on(-30 * DAY, 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate })
const born60 = (sex: 'F' | 'M' | 'other') => born('1966-11-21').without('sex').on(-DAY, 'fact.v1', { fact: 'sexAtBirth', state: 'answered', value: sex })
const counted = monitoring.gates.pregnancyStatus.withinDays
const nasal = () => chartReady().without('order').on(-DAY, 'order.v1', begun('IN-esketamine').entries.find(({ id }) => id === 'order')?.body as never, { id: 'order' })

describe('each gate, and the entries it points to', () => {
  test.each<[GateName, string, Told, GateState, readonly string[]]>([
    ['consent', 'all signed', chartReady(), 'met', ['treatment', 'touch']],
    ['consent', 'one not signed', chartReady().without('touch'), 'not-met', ['treatment']],
    ['consent', 'taken back', chartReady().on(-DAY, 'consent-withdrawn.v1', { form: 'touch', said: '' }, { id: 'back' }), 'not-met', ['treatment', 'touch', 'back']],
    ['consent', 'taken back in the minute it was signed', signed(chartReady(), -DAY).on(-DAY, 'consent-withdrawn.v1', { form: 'touch', said: '' }, { id: 'back' }), 'not-met', ['treatment', 'touch', 'back']],
    ['consent', 'taken back, then signed again: the new signature speaks alone', signed(chartReady().on(-2 * DAY, 'consent-withdrawn.v1', { form: 'touch', said: '' }), -DAY), 'met', ['treatment', 'touch']],
    ['consent', 'another form taken back', chartReady().on(-DAY, 'consent-withdrawn.v1', { form: 'photos', said: '' }), 'met', ['treatment', 'touch']],
    ['consent', 'signed a year ago to the minute', signed(chartReady(), -365 * DAY + NOW), 'met', ['treatment', 'touch']], ['consent', 'signed a minute more than a year ago', signed(chartReady(), -365 * DAY + NOW - 1), 'not-met', ['treatment', 'touch']],
    ['consent', 'signed this minute', signed(chartReady(), NOW), 'met', ['treatment', 'touch']], ['consent', 'signed on a device whose clock is ahead', signed(chartReady(), NOW + 1), 'not-met', ['treatment']],
    ['clearance', 'as it was judged', chartReady(), 'met', ['clearance']],
    ['order', 'in force', chartReady(), 'met', ['order']], ['order', 'none', chartReady().without('order'), 'not-met', []], ['order', 'stopped', chartReady().on(-DAY, 'order-stopped.v1', { order: 'order', reason: 'x' }), 'not-met', ['order']],
    ['pregnancy', 'negative and recent', chartReady(), 'met', ['test']], ['pregnancy', 'due, and none', untested(), 'not-met', []],
    ['pregnancy', 'negative, taken this minute', tested(untested(), NOW, NOW, 'negative', 'test'), 'met', ['test']], ['pregnancy', 'dated tomorrow', tested(untested(), NOW, DAY, 'negative', 'test'), 'not-met', ['test']],
    ['pregnancy', 'eight days old', tested(untested(), NOW, -8 * DAY + NOW, 'negative', 'test'), 'not-met', ['test']],
    ['pregnancy', 'a negative one since the positive one that was written down later', tested(tested(untested(), -2 * DAY, -2 * DAY, 'negative', 'newer'), -DAY, -5 * DAY, 'positive', 'older'), 'met', ['newer']],
    ['pregnancy', 'a positive one since the negative one that was written down later', tested(tested(untested(), -2 * DAY, -2 * DAY, 'positive', 'newer'), -DAY, -5 * DAY, 'negative', 'older'), 'not-met', ['newer']],
    ['pregnancy', 'a girl of eleven', born('2014-11-22'), 'met', []], ['pregnancy', 'a girl of twelve', born('2014-11-21'), 'not-met', []],
    ['pregnancy', 'a woman whose date of birth nobody knows', untested().without('who'), 'not-met', []],
    ['pregnancy', 'a woman of sixty', born60('F'), 'met', []], ['pregnancy', 'of sixty, neither woman nor man', born60('other'), 'not-met', []],
    ['pregnancy', 'a man with a positive test of yesterday', tested(born60('M'), -DAY, -DAY, 'positive', 'test'), 'not-met', ['test']], ['pregnancy', 'a man with a negative one', tested(born60('M'), -DAY, -DAY, 'negative', 'test'), 'met', []],
    ['pregnancy', 'a woman of sixty, positive as long ago as it counts', tested(born60('F'), -counted * DAY + NOW, -counted * DAY + NOW, 'positive', 'test'), 'not-met', ['test']], ['pregnancy', 'a minute longer ago', tested(born60('F'), -counted * DAY + NOW - 1, -counted * DAY + NOW - 1, 'positive', 'test'), 'met', []],
    ['pregnancy', 'two of one moment, the positive told first', tested(tested(untested(), -DAY, -DAY, 'positive', 'a'), -DAY + 1, -DAY, 'negative', 'b'), 'not-met', ['a']], ['pregnancy', 'and told last', tested(tested(untested(), -DAY, -DAY, 'negative', 'a'), -DAY + 1, -DAY, 'positive', 'b'), 'not-met', ['b']],
    ['pregnancy', 'positive, and a negative one written since and dated in a month', tested(tested(untested(), -DAY, -DAY, 'positive', 'a'), -DAY + 5, 30 * DAY, 'negative', 'b'), 'not-met', ['a']], ['pregnancy', 'the same where none is due', tested(tested(born60('F'), -DAY, -DAY, 'positive', 'a'), -DAY + 5, 30 * DAY, 'negative', 'b'), 'not-met', ['a']],
    ['pregnancy', 'negative and recent, and a negative one dated in a month', tested(chartReady(), -DAY, 30 * DAY, 'negative', 'b'), 'met', ['test']], ['pregnancy', 'negative and recent, and a positive one dated in a month', tested(chartReady(), -DAY, 30 * DAY, 'positive', 'b'), 'not-met', ['b']], ['pregnancy', 'negative and recent, and one dated as far ahead as clocks differ', tested(chartReady(), -DAY, DAY + NOW, 'negative', 'b'), 'not-met', ['b']],
    ['escort', 'somebody who is no adult named since, for another visit', chartReady().on(-DAY, 'escort-named.v1', { name: 'Lia', phone: '1', relationship: '', adult: false, visit: 'medicine-3' }, { id: 'lia' }), 'not-met', ['lia']], ['escort', 'named in the same minute', chartReady().on(-2 * DAY, 'escort-named.v1', { name: 'Lia', phone: '1', relationship: '', adult: false, visit: 'medicine-3' }, { id: 'lia' }), 'met', ['escort']],
    ['escort', 'named before', chartReady().on(-3 * DAY, 'escort-named.v1', { name: 'Lia', phone: '1', relationship: '', adult: false, visit: 'medicine-3' }, { id: 'lia' }), 'met', ['escort']], ['escort', 'an adult named since, for another visit', chartReady().on(-DAY, 'escort-named.v1', { name: 'Ann', phone: '1', relationship: '', adult: true, visit: 'medicine-3' }), 'met', ['escort']],
    ['pregnancy', 'written down', untested().on(-100, 'observation.v1', { codes: [{ system: 'http://loinc.org', code: '82810-3' }], name: 'Pregnancy status', value: 'Pregnant', category: 'social-history' }, { id: 'pregnant' }), 'not-met', ['pregnant']],
    ['escort', 'who said that they come', answeredRide(true), 'met', ['escort']], ['escort', 'who said that they cannot', answeredRide(false), 'not-met', ['escort', 'said']],
    ['escort', 'who said that they cannot, and then that they can', answeredRide(false).on(-2 * DAY + 20, 'ride-answered.v1', ride(true)), 'met', ['escort']],
    ['escort', 'who said that they cannot, of the hour at which it stands', booked(answeredRide(false), 0), 'not-met', ['escort', 'said']], ['escort', 'who said that they cannot, and it has moved since', booked(answeredRide(false), 60), 'met', ['escort']],
    ['escort', 'somebody else named since', answeredRide(false).on(-DAY, 'escort-named.v1', { name: 'Ann', phone: '1', relationship: '', adult: true, visit: 'medicine-2' }, { id: 'ann' }), 'met', ['ann']],
    ['escort', 'a no that belongs to somebody else', chartReady().on(-DAY, 'ride-answered.v1', ride(false, 'another')), 'met', ['escort']],
    ['escort', 'an adult for this visit', chartReady(), 'met', ['escort']], ['escort', 'nobody', chartReady().without('escort'), 'not-met', []], ['escort', 'not an adult', named(chartReady(), -DAY, { adult: false }), 'not-met', ['escort']],
    ['escort', 'named a minute after the last dose', named(before(), -3 * DAY + 1), 'met', ['escort']], ['escort', 'named in the minute of the last dose', named(before(), -3 * DAY), 'not-met', []],
    ['no-open-session', 'none', before(), 'met', []], ['no-open-session', 'one that was never closed', before().without('last-close'), 'not-met', ['last']],
    ['spacing', 'no dose before', chartReady(), 'met', []], ['spacing', 'three days ago', before(), 'met', ['last']], ['spacing', 'yesterday', dosedBefore(chartReady(), 1, 'last'), 'not-met', ['last']],
    ['spacing', 'twice in seven days', dosedBefore(dosedBefore(chartReady(), 6), 3), 'not-met', ['s6', 's3']],
    ['spacing', 'begun twenty seconds less than 48 hours ago: to the minute that is 48 hours', dosedBefore(chartReady(), 2 - 20 / 86_400, 'last'), 'met', ['last']], ['spacing', 'forty seconds less', dosedBefore(chartReady(), 2 - 40 / 86_400, 'last'), 'not-met', ['last']],
    ['preparation', 'all done', chartReady(), 'met', ['prep-1', 'prep-2', 'prep-3']], ['preparation', 'one not done', chartReady().without('prep-2'), 'not-met', ['prep-1', 'prep-3']],
    ['preparation', 'nobody came to the third', visit(chartReady().without('prep-2'), -10 * DAY, { outcome: 'missed' }), 'not-met', ['prep-1', 'prep-3']],
    ['preparation', 'the third was another kind of visit', visit(chartReady().without('prep-2'), -10 * DAY, { type: 'follow-up' }), 'not-met', ['prep-1', 'prep-3']],
    ['preparation', 'one closed twice is one', visit(chartReady().without('prep-2'), -10 * DAY, { visit: 'prep-1' }, 'again'), 'not-met', ['prep-1', 'prep-3', 'again']],
    ['safety-plan', 'current', chartReady(), 'met', ['plan']], ['safety-plan', 'none', chartReady().without('plan'), 'not-met', []],
    ['safety-plan', 'made 90 days ago to the minute', planned(-90 * DAY + NOW), 'met', ['plan']], ['safety-plan', 'made a minute before that', planned(-90 * DAY + NOW - 1), 'not-met', ['plan']],
    ['safety-plan', 'to be reviewed today', planned(-DAY, '2026-11-21'), 'met', ['plan']], ['safety-plan', 'to have been reviewed yesterday', planned(-DAY, '2026-11-20'), 'not-met', ['plan']],
    ['integration', 'no dose before', chartReady(), 'met', []], ['integration', 'the last session not integrated', before(), 'not-met', ['last']],
    ['integration', 'written about and visited', visit(before().on(-2 * DAY, 'integration.v1', { session: 'last', startedAt: at(-2 * DAY), endedAt: at(-2 * DAY), themes: 'x', modalities: [], commitments: [], nextIntention: '' }, { id: 'written', session: 'none' }), -DAY, { type: 'integration' }, 'visited'), 'met', ['written', 'visited']],
    ['integration', 'another session was written about', integrated(dosedBefore(before(), 30), 's30', 1), 'not-met', ['last']],
    ['integration', 'a visit since, but to prepare', visit(before(), -DAY), 'not-met', ['last']],
    ['integration', 'a visit that began with the dose', visit(before(), -3 * DAY, { type: 'integration' }), 'not-met', ['last']], ['integration', 'a visit that began a minute after it', visit(before(), -3 * DAY + 1, { type: 'integration' }, 'visited'), 'met', ['visited']],
  ])('%s, %s', (name, _, story, state, facts) => {
    expect(gateOf(name, story)).toMatchObject({ state, facts })
  })

  const risk = (opened: string, minute: number, dosing: OpenRisk['dosing'] = 'after-safety-plan'): OpenRisk => ({ opened, openedAt: at(minute), dosing, says: `${opened} waits.` }) as OpenRisk
  test.each<[string, readonly OpenRisk[], GateState, readonly string[]]>([
    ['none', [], 'met', []], ['one that no plan closes, opened before it', [risk('a', -16 * DAY, 'stopped')], 'not-met', ['a']], ['a plan made in the minute it was opened', [risk('a', -15 * DAY)], 'met', ['a']], ['one opened before the plan and one since: the second', [risk('a', -16 * DAY), risk('b', -14 * DAY)], 'not-met', ['b']],
  ])('no-crisis, %s', (_, openRisks, state, facts) => {
    expect(gateOf('no-crisis', chartReady(), { openRisks })).toMatchObject({ state, facts })
    expect(gateOf('no-crisis', chartReady(), { openRisks: [risk('a', 0), risk('b', 0)] })?.says).toBe('a waits. b waits.')
  })
})

describe('spacing, where the start of a session and its dose lie apart', () => {
  /** Begun and dosed so many days ago; a device whose clock was wrong may have written either. */
  const lying = (story: Told, id: string, begunDaysAgo: number, dosedDaysAgo: number) => story
    .on(-begunDaysAgo * DAY - 60, 'session-started.v1', begun().entries.find((entry) => entry.kind === 'session-started.v1')?.body as never, { id, session: id })
    .dose(-dosedDaysAgo * DAY, 1, 40, { id: `${id}-dose`, session: id }).on(-begunDaysAgo * DAY + 120, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { session: id })
  test.each<[string, Told, GateState, readonly string[], RegExp]>([
    ['a session of yesterday whose dose is written as given before another one’s', lying(lying(chartReady(), 'b', 1, 5), 'a', 3, 3), 'not-met', ['b'], /session began/], ['a dose of yesterday whose session is not on this chart', chartReady().dose(-DAY, 1, 40, { id: 'lone', session: 'elsewhere' }), 'not-met', ['lone'], /not on this chart/],
    ['two in seven days, one of them written as given before its session', lying(lying(chartReady(), 'a', 5, 9), 'b', 3, 3), 'not-met', ['a', 'b'], /seven days/], ['two in seven days, one of them begun the day before those', lying(lying(chartReady(), 'a', 7.5, 6), 'b', 3, 3), 'not-met', ['a', 'b'], /seven days/],
    ['begun four days ago and given yesterday', lying(chartReady(), 'a', 4, 1), 'not-met', ['a'], /last dose was given/], ['begun ten days ago and given yesterday, with a session since', lying(lying(chartReady(), 'a', 10, 1), 'b', 3, 3), 'not-met', ['a'], /last dose was given/],
    ['a second step of yesterday in a session of ten days ago', dosedBefore(chartReady(), 10, 'a').dose(-DAY, 2, 20, { id: 'a-2', session: 'a' }), 'not-met', ['a'], /last dose was given/], ['two in seven days, one of them by its second step alone', dosedBefore(dosedBefore(chartReady(), 10, 'a').dose(-5 * DAY, 2, 20, { id: 'a-2', session: 'a' }), 3, 'b'), 'not-met', ['a', 'b'], /seven days/],
    ['one of them begun and given before those', lying(lying(chartReady(), 'a', 8, 7.5), 'b', 3, 3), 'met', ['b'], /Enough/],
  ])('%s', (_, story, state, facts, says) => {
    expect(gateOf('spacing', story)).toMatchObject({ state, facts, says: expect.stringMatching(says) })
  })
})

test('a pregnancy test dated ahead is not called old', () => {
  expect([gateOf('pregnancy', tested(untested(), NOW, DAY, 'negative', 'test')), gateOf('pregnancy', tested(untested(), NOW, -8 * DAY + NOW, 'negative', 'test'))].map((gate) => gate?.says)).toEqual(['The last pregnancy test is dated ahead of now. Look at the day it was taken.', 'The last pregnancy test is too old.'])
})

describe('what another protocol may ask', () => {
  test('the next dose without an integration of the last', () => {
    expect(gateOf('integration', before(), {}, { integration: { beforeNextDose: false } as Protocol['integration'] })).toMatchObject({ state: 'met', facts: [] })
  })

  test('another route', () => {
    expect(gateOf('order', chartReady(), {}, { routes: ['SL'] })).toMatchObject({ state: 'not-met', facts: ['order'] })
  })

  test('more preparations than have to be done are planned, and said', () => {
    const phases = [{ type: 'preparation', count: 4 }, { type: 'integration', count: 9 }] as unknown as Protocol['phases']
    expect(gateOf('preparation', chartReady().without('prep-2'), {}, { phases })?.says).toContain('2 of 4')
    expect(gateOf('preparation', chartReady().without('prep-2'))?.says).toContain('2 of 3')
  })
})

test('five gates a prescriber may pass, whatever they found, and no other', () => {
  for (const story of [chartReady(), before(), chartReady().without('plan'), chartReady().without('prep-1'), planned(-DAY, '2026-11-20'), before().on(-2 * DAY, 'order-stopped.v1', { order: 'order', reason: 'x' })]) {
    expect(start(story).filter(({ overridable }) => overridable).map(({ gate }) => gate)).toEqual(['emergency-kit', 'prescriber-reachable', 'preparation', 'safety-plan', 'integration'])
  }
  expect(start(before(), {}, { integration: { beforeNextDose: false } as Protocol['integration'] }).filter(({ overridable }) => overridable)).toHaveLength(5)
})

test('what is open is named: the form, the people, the prescriber of the order in force', () => {
  expect(gateOf('consent', chartReady().without('touch'))?.says).toMatch(/^(?!.*treatment).*touch/)
  expect(gateOf('consent', chartReady().without('touch').without('treatment'))?.says).toMatch(/treatment, touch/)
  expect(gateOf('two-people', chartReady(), { people: [{ person: 'rosa', role: 'therapist' }, { person: 'rosa', role: 'monitor' }] })?.says).toMatch(/2 different people.* 1\./)
  expect(gateOf('prescriber-on-site', nasal())).toMatchObject({ state: 'met', facts: ['reachable'] })
  expect(gateOf('prescriber-on-site', nasal().without('reachable'), { people: [{ person: 'rosa', role: 'therapist' }, { person: 'jun', role: 'monitor' }, { person: 'dr-osei', role: 'prescriber' }] })).toMatchObject({ state: 'not-met', facts: [] })
  expect(gateOf('prescriber-on-site', nasal().on(-DAY + 1, 'order-stopped.v1', { order: 'order', reason: 'x' }))).toBeUndefined()
})

test('a prescriber in the room is one of the people, by the entry that says so', () => {
  const inTheRoom = chartReady().without('reachable').on(-65, 'prescriber-reachable.v1', reachable({ by: 'in-the-room' }), { id: 'in-the-room', session: 'none' })
  const alone = { people: [{ person: 'rosa', role: 'therapist' }] }
  expect(gateOf('two-people', inTheRoom, alone)).toMatchObject({ state: 'met', facts: ['in-the-room'] })
  expect(gateOf('two-people', chartReady(), alone)).toMatchObject({ state: 'not-met', facts: [] })
})

test('how long a prescriber is needed is read from the visit that the session belongs to, and from no other', () => {
  const visit = (name: string, endsAt: number) => ({ visit: name, type: 'medicine', number: 1, startsAt: at(-30), endsAt: at(endsAt), localStart: '2026-11-21T09:00', zone: 'America/Los_Angeles', people: [], online: false })
  const booked = (...visits: object[]) => chartReady().on(-2 * DAY, 'visits-booked.v1', { visits, why: '' } as never, { id: 'booked', session: 'none' })
  const state = (story: Told, visit?: string) => gateOf('prescriber-reachable', story, { visit } as never)?.state
  expect([state(booked(visit('other', 400), visit('medicine-2', 180)), 'medicine-2'), state(booked(visit('other', 180), visit('medicine-2', 400)), 'medicine-2')]).toEqual(['met', 'not-met'])
})
