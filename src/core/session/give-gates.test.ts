import { describe, expect, test } from 'vitest'
import { discharge } from '../../knowledge/discharge.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import { sessionRows } from '../../knowledge/session.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { Protocol } from '../course/protocol.ts'
import { answered, at, clock, noThoughts, SESSION, told, type Told } from './fixtures.ts'
import type { GateName, GateState } from './gates.ts'
import { giveGates } from './give-gates.ts'
import type { ScheduleRow } from './rows.ts'
import { readSession } from './session.ts'
import { closedOf, DAY, dosedBefore, give, giving, protocol, reachable, roomReady } from './testing/fixtures.ts'

const gateOf = (name: GateName, story: Told, step = 1, minute = 0) => give(story, step, minute).find(({ gate }) => gate === name)
const fact = (story: Told, name: 'lastFoodAt' | 'lastFluidAt', minute: number | undefined, id: string) => story.without(id).on(-40, 'fact.v1', { fact: name, ...(minute === undefined ? { state: 'not-known' } : { state: 'answered', value: at(minute) }) } as never, { id })
const eaten = (minute: number | undefined, story = roomReady()) => fact(story, 'lastFoodAt', minute, 'food')
const drunk = (minute: number | undefined, story = roomReady()) => fact(story, 'lastFluidAt', minute, 'fluid')
/** Both long enough ago, and asked at these minutes. */
const fasted = (foodAsked: number, fluidAsked: number) => roomReady().without('food').without('fluid').on(fluidAsked, 'fact.v1', { fact: 'lastFluidAt', state: 'answered', value: at(fluidAsked - 600) }, { id: 'fluid' }).on(foodAsked, 'fact.v1', { fact: 'lastFoodAt', state: 'answered', value: at(foodAsked - 600) }, { id: 'food' })
const screened = (answers: Parameters<typeof answered>[0], minute: number, id: string, story = roomReady().without('screen')) => story.on(minute, 'measure-answered.v1', answered(answers), { id })
const unread = (route?: DoseRoute) => ['mind-1', 'mind-2', 'reading-1', 'reading-2'].reduce((story, id) => story.without(id), roomReady(route))
const ordered = (change: object, story = roomReady()) => story.with((entries) => entries.map((entry) => (entry.id === 'order' ? { ...entry, body: { ...entry.body, ...change } as never } : entry)))
const drawn = (change: object, doseUg = 40_000, story = roomReady()) => story.without('prepared-1').without('confirmed-1')
  .on(-2, 'dose-prepared.v1', { step: 1, doseUg, route: 'IM', order: 'order', lot: 'A1', ...change } as never, { id: 'prepared-1' }).on(-1, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg }, { id: 'confirmed-1', by: 'jun' })
const PHOTO = '0190aaaa-0000-7000-8000-0000000000f0'
const compared = (found: 'matches' | 'does-not-match' | 'none-on-record' | 'not-seen') => roomReady().on(-1, 'photo-compared.v1', { found, ...(found === 'none-on-record' ? {} : { photo: PHOTO }) }, { id: 'compared' })
const low = answered(noThoughts).answers
const highNow = { ...noThoughts, q1: true, q2: true, q3: true, q4: true, q5: false }

describe('each gate, and the entries it points to', () => {
  test.each<[GateName, string, Told, GateState, readonly string[]]>([
    ['session-open', 'open', roomReady(), 'met', []], ['session-open', 'closed', roomReady().on(-0.5, 'session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, { id: 'end' }), 'not-met', ['end']],
    ['order', 'another one than this session began with, for the same route', ordered({}).on(-1, 'order.v1', roomReady().entries.find(({ id }) => id === 'order')!.body as never, { id: 'second' }), 'met', ['second']],
    ['order', 'the one this session began with was for another route', ordered({ route: 'SL' }).on(-1, 'order.v1', roomReady().entries.find(({ id }) => id === 'order')!.body as never, { id: 'second' }), 'not-met', ['second', 'order']], ['order', 'the one this session began with is not on the chart', roomReady().without('order').on(-1, 'order.v1', roomReady().entries.find(({ id }) => id === 'order')!.body as never, { id: 'second' }), 'not-met', ['second', 'order']],
    ['escort', 'named before the dose of this very session', roomReady().without('escort').on(-100, 'escort-named.v1', { name: 'Theo', phone: '1', relationship: '', adult: true }, { id: 'named' }).dose(-0.5), 'met', ['named']],
    ['suicide-screen', 'low today', roomReady(), 'met', ['screen']], ['suicide-screen', 'not asked', roomReady().without('screen'), 'unknown', []], ['suicide-screen', 'with gaps', screened({ q1: false }, -45, 'gaps'), 'not-met', ['gaps']],
    ['suicide-screen', 'with gaps, then whole', screened(low, -40, 'whole', screened({ q1: false }, -45, 'gaps')), 'met', ['whole']], ['suicide-screen', 'high, then low', screened(low, -40, 'later', screened(highNow, -45, 'high')), 'not-met', ['high', 'later']],
    ['suicide-screen', 'high yesterday, low today', screened(highNow, -DAY, 'yesterday', roomReady()), 'met', ['screen']],
    ['two-people', 'both', roomReady(), 'met', ['rosa-in', 'jun-in']], ['two-people', 'one has left', roomReady().on(-1, 'checked-out.v1', { person: 'jun' }, { id: 'jun-out' }), 'not-met', ['rosa-in', 'jun-in', 'jun-out']],
    ['identity', 'checked', roomReady(), 'met', ['identity']], ['identity', 'not checked', roomReady().without('identity'), 'not-met', []],
    ['identity', 'the photo matches', compared('matches'), 'met', ['identity', 'compared']], ['identity', 'there is none', compared('none-on-record'), 'met', ['identity', 'compared']], ['identity', 'it could not be seen', compared('not-seen'), 'met', ['identity', 'compared']],
    ['identity', 'the photo does not match', compared('does-not-match'), 'not-met', ['compared']], ['identity', 'it did not, and two details were asked again', compared('does-not-match').on(-0.5, 'identity-checked.v1', { by: ['name', 'address'] }, { id: 'asked-again' }), 'not-met', ['compared']],
    ['identity', 'it did not, and somebody looked again', compared('does-not-match').on(-0.5, 'photo-compared.v1', { found: 'matches', photo: PHOTO }, { id: 'again' }), 'met', ['identity', 'again']], ['identity', 'a photo that matches is not two details', compared('matches').without('identity'), 'not-met', []],
    ['no-dose-conflict', 'nothing given', roomReady(), 'met', []], ['no-dose-conflict', 'this step given', roomReady().dose(-0.5, 1, 40, { id: 'given' }), 'not-met', ['given']], ['no-dose-conflict', 'this step in two records', roomReady().dose(-0.5, 1, 40, { id: 'mine' }).dose(-0.4, 1, 40, { id: 'yours' }), 'not-met', ['mine', 'yours']],
    ['no-alert', 'calm', roomReady(), 'met', []], ['no-alert', 'red', roomReady().on(-1, 'symptom.v1', { symptom: 'seizure', present: true }, { id: 'seizure' }), 'not-met', ['seizure']],
    ['no-alert', 'a yellow one', roomReady().on(-1, 'symptom.v1', { symptom: 'nausea', present: true }), 'met', []], ['no-alert', 'an orange one that came down', roomReady().reading(-30, { spo2Percent: 91 }).reading(-22), 'met', []],
    ['vitals-taken', 'all in one', roomReady(), 'met', ['reading-2']], ['vitals-taken', 'the pulse in the one before', roomReady().without('reading-2').reading(-3, { heartRatePerMin: undefined }, { id: 'reading-2' }), 'met', ['reading-2', 'reading-1']],
    ['vitals-taken', 'half an hour ago', unread().reading(-30, {}, { id: 'old' }), 'met', ['old']], ['vitals-taken', 'longer ago', unread().reading(-30.1), 'unknown', []], ['vitals-taken', 'nobody looked how awake: that is another gate', roomReady().without('mind-1').without('mind-2'), 'met', ['reading-2']],
    ['mental-status', 'the newest', roomReady(), 'met', ['mind-2']], ['mental-status', 'half an hour ago', unread().mind(-30, undefined, { id: 'old' }), 'met', ['old']], ['mental-status', 'longer ago', unread().mind(-30.1), 'unknown', []],
    ['pre-dose', 'calm', roomReady(), 'met', ['reading-2', 'reading-1', 'mind-2']], ['pre-dose', 'drowsy', roomReady().mind(-2, { moaaS: 4 }, { id: 'drowsy' }), 'not-met', ['reading-2', 'reading-1', 'drowsy']], ['pre-dose', 'nothing taken', unread(), 'unknown', []], ['pre-dose', 'drowsy, and nothing else taken', unread().mind(-2, { moaaS: 4 }, { id: 'drowsy' }), 'not-met', ['drowsy']],
    ['fasting', 'long enough ago', roomReady(), 'met', ['food', 'fluid']], ['fasting', 'food to the minute', eaten(-360), 'met', ['food', 'fluid']], ['fasting', 'food a minute short', eaten(-359), 'not-met', ['food', 'fluid']],
    ['fasting', 'fluids to the minute', drunk(-120), 'met', ['food', 'fluid']], ['fasting', 'fluids a minute short', drunk(-119), 'not-met', ['food', 'fluid']],
    ['fasting', 'eaten too soon, and nobody asked about drinking', eaten(-60).without('fluid'), 'not-met', ['food']], ['fasting', 'drunk too soon, and nobody asked about eating', drunk(-60).without('food'), 'not-met', ['fluid']],
    ['fasting', 'nobody asked about eating', roomReady().without('food'), 'unknown', []], ['fasting', 'nobody asked about drinking', roomReady().without('fluid'), 'unknown', []],
    ['fasting', 'asked, and does not know what was eaten', eaten(undefined), 'not-met', ['food', 'fluid']], ['fasting', 'asked, and does not know what was drunk', drunk(undefined), 'not-met', ['food', 'fluid']],
    ['fasting', 'two hours after food is enough under the tongue', eaten(-120, drunk(-30, roomReady('SL'))), 'met', ['food', 'fluid']],
    ['fasting', 'asked before an earlier session, and not today', fasted(-DAY, -DAY), 'not-met', ['food', 'fluid']], ['fasting', 'only drinking was asked on another day', fasted(-40, -DAY), 'not-met', ['food', 'fluid']], ['fasting', 'eaten too soon, and drinking asked on another day', eaten(-60, fasted(-40, -DAY)), 'not-met', ['food', 'fluid']],
    ['alcohol-cannabis', 'none', roomReady(), 'met', ['alcohol']], ['alcohol-cannabis', 'not asked', roomReady().without('alcohol'), 'unknown', []],
    ['alcohol-cannabis', 'yes', roomReady().on(-30, 'fact.v1', { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: true }, { id: 'yes' }), 'not-met', ['yes']],
    ['alcohol-cannabis', 'does not say', roomReady().on(-30, 'fact.v1', { fact: 'alcoholOrCannabisWithin48h', state: 'declined' } as never, { id: 'declined' }), 'not-met', ['declined']],
    ['alcohol-cannabis', 'asked yesterday', roomReady().without('alcohol').on(-DAY, 'fact.v1', { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: false }, { id: 'yesterday' }), 'not-met', ['yesterday']],
    ['prepared', 'drawn up', roomReady(), 'met', ['prepared-1']], ['prepared', 'twice: the newer one counts', drawn({ lot: 'B2' }, 40_000, roomReady()).on(-0.5, 'dose-prepared.v1', { step: 1, doseUg: 40_000, route: 'IM', order: 'order', lot: 'C3' }, { id: 'anew' }), 'met', ['anew']],
    ['confirmed', 'by another', roomReady(), 'met', ['confirmed-1']], ['confirmed', 'by nobody', roomReady().without('confirmed-1'), 'not-met', []],
    ['confirmed', 'by the one who drew it up', roomReady().without('confirmed-1').on(-1, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 40_000 }, { id: 'own' }), 'not-met', ['own']],
    ['confirmed', 'as another amount', roomReady().without('confirmed-1').on(-1, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 45_000 }, { id: 'other', by: 'jun' }), 'not-met', ['other']],
    ['confirmed', 'by the one who drew it up, and by another', roomReady().on(-1.5, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 40_000 }, { id: 'own' }), 'met', ['confirmed-1']],
    ['confirmed', 'another syringe was', roomReady().without('confirmed-1').on(-1, 'dose-confirmed.v1', { prepared: 'thrown-away', doseUg: 40_000 }, { by: 'jun' }), 'not-met', []],
    ['within-order', 'as ordered', roomReady(), 'met', ['prepared-1', 'order']], ['within-order', 'the order was stopped', roomReady().on(-1, 'order-stopped.v1', { order: 'order', reason: 'x' }), 'not-met', ['prepared-1']], ['within-order', 'nothing drawn up', roomReady().without('prepared-1'), 'unknown', []],
    ['within-order', 'drawn up for another order', drawn({ order: 'older' }), 'not-met', ['prepared-1', 'order']],
    ['within-order', 'the order was written anew for another route than the session’s', ordered({ route: 'SL' }, drawn({ route: 'SL' })), 'not-met', ['prepared-1', 'order']], ['within-order', 'drawn up for the session’s route, which is not the order’s', ordered({ route: 'SL' }), 'not-met', ['prepared-1', 'order']],
    ['within-order', 'less than ordered', drawn({}, 39_000), 'not-met', ['prepared-1', 'order']], ['within-order', 'up to the total ordered', ordered({ maxTotalUg: 40_000 }), 'met', ['prepared-1', 'order']], ['within-order', 'above the total ordered', ordered({ maxTotalUg: 39_999 }), 'not-met', ['prepared-1', 'order']],
    ['within-order', 'the volume is another dose', drawn({ volumeUl: 400, strengthUgPerMl: 50_000 }), 'not-met', ['prepared-1', 'order']], ['within-order', 'no volume said', drawn({ strengthUgPerMl: 50_000 }), 'met', ['prepared-1', 'order']], ['within-order', 'no strength said', drawn({ volumeUl: 400 }), 'met', ['prepared-1', 'order']],
    ['within-order', 'the strength is not the one ordered', ordered({ strengthUgPerMl: 100_000 }), 'not-met', ['prepared-1', 'order']], ['within-order', 'a strength ordered, none said', ordered({ strengthUgPerMl: 100_000 }, drawn({})), 'met', ['prepared-1', 'order']],
  ])('%s, %s', (name, _, story, state, facts) => {
    expect(gateOf(name, story)).toMatchObject({ state, facts })
  })

  test('five gates a prescriber may pass, whatever they found; the limits only where their row says so', () => {
    const stories = [roomReady(), eaten(-60), eaten(undefined), roomReady().without('food'), roomReady().without('alcohol'), roomReady().without('alcohol').on(-DAY, 'fact.v1', { fact: 'alcoholOrCannabisWithin48h', state: 'answered', value: false }), unread(), roomReady().mind(-2, { moaaS: 4 })]
    for (const story of stories) expect(give(story).filter(({ overridable }) => overridable).map(({ gate }) => gate)).toEqual(['emergency-kit', 'prescriber-reachable', 'fasting', 'alcohol-cannabis', 'day-medicines'])
  })

  test('what is open is said: the names of the values, of the people, of everything that was found', () => {
    expect(gateOf('vitals-taken', unread().reading(-3, { heartRatePerMin: undefined, spo2Percent: undefined }))?.says).toMatch(/pulse, oxygen saturation\.$/)
    expect(gateOf('two-people', roomReady())?.says).toContain('Rosa M. and Jun L.')
    expect([roomReady(), compared('matches'), compared('does-not-match')].map((story) => gateOf('identity', story)?.says)).toEqual([
      'The person was identified by two details. No photo was compared.', 'The person was identified by two details. The photo on record matches the person.',
      'The photo on record does NOT match the person. Find out who is here, and compare again.',
    ])
    expect(gateOf('two-people', roomReady().on(-1, 'checked-out.v1', { person: 'jun' }))?.says).toMatch(/2 people.* 1\./)
    expect(gateOf('pre-dose', roomReady().mind(-2, { moaaS: 4 }).on(-1, 'symptom.v1', { symptom: 'vomiting', present: true }))?.says).toMatch(/fully awake\. .*symptom/)
    expect(gateOf('no-alert', roomReady().on(-1, 'symptom.v1', { symptom: 'seizure', present: true }).on(-1, 'symptom.v1', { symptom: 'chest-pain', present: true }))?.says).toMatch(/seizure; .*chest pain/)
    expect(gateOf('confirmed', roomReady().without('confirmed-1').on(-1, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 40_000 }))?.says).toMatch(/same person/)
    expect(gateOf('confirmed', roomReady().without('confirmed-1'))?.says).not.toMatch(/same person/)
    expect(gateOf('within-order', drawn({}, 45_000))?.says).toContain('40 mg')
    expect(gateOf('fasting', eaten(-60))?.says).toContain('eight after a fatty one')
  })

  test('with esketamine a prescriber, and not only somebody else, is in the room', () => {
    const nasal = (role: 'prescriber' | 'rn') => gateOf('prescriber-on-site', roomReady('IN-esketamine').on(-5, 'checked-in.v1', { person: 'dr-osei', name: 'Dr. Osei', role } as never, { id: 'osei-in' }))
    expect([nasal('prescriber'), nasal('rn')]).toMatchObject([{ state: 'met', facts: ['osei-in'] }, { state: 'not-met', facts: [] }])
    expect(gateOf('prescriber-on-site', roomReady())).toBeUndefined()
  })

  test('as many people as the protocol asks for, and never fewer than the practice does', () => {
    const peopleFor = (peopleInRoom: number, story = roomReady()) => {
      const session = readSession(story.chart, SESSION, sessionRows, clock(0))
      return session.ok ? giveGates(story.chart, session.value, { ...protocol, peopleInRoom } as Protocol, 1, giving(0)).find(({ gate }) => gate === 'two-people')?.state : undefined
    }
    expect([peopleFor(2), peopleFor(3), peopleFor(1, roomReady().on(-1, 'checked-out.v1', { person: 'jun' }))]).toEqual(['met', 'not-met', 'not-met'])
  })
})

const planned: readonly ScheduleRow[] = monitoring.schedules

describe('a prescriber has to answer for as long as nobody may leave after this dose', () => {
  const answers = (route: DoseRoute, minutes: number, more: Parameters<typeof give>[3] = {}) =>
    give(roomReady(route).without('reachable').on(-5, 'prescriber-reachable.v1', reachable({ until: at(minutes) })), 1, 0, more).find(({ gate }) => gate === 'prescriber-reachable')?.state
  test.each<[string, DoseRoute, number]>([
    ['two hours into a muscle', 'IM', 120], ['two hours under the tongue', 'SL', 120], ['two hours swallowed', 'PO', 120], ['two hours after the spray', 'IN-esketamine', 120], ['into a vein an hour after the infusion, which runs for forty minutes', 'IV', 100],
  ])('%s', (_, route, minutes) => {
    expect([answers(route, minutes), answers(route, minutes - 1)]).toEqual(['met', 'not-met'])
  })

  test('where no rule says when somebody may leave, or how long an infusion runs, nobody answers for long enough', () => {
    expect([answers('IM', 9_000, { discharge: { D1: { ...discharge.D1, minimum: {} } } }), answers('IV', 9_000, { schedules: [] }), answers('IV', 9_000, { schedules: planned.filter(({ route }) => route !== 'IV') }), answers('IV', 9_000, { schedules: planned.map(({ infusion: _, ...row }) => row) }), answers('IM', 120, { schedules: [] })]).toEqual(['not-met', 'not-met', 'not-met', 'not-met', 'met'])
  })

  test('an infusion runs for as long as the row of its own way says', () => {
    const byVein = planned.find(({ route }) => route === 'IV')!
    const schedules: readonly ScheduleRow[] = [{ ...byVein, route: 'IM', infusion: { ...byVein.infusion!, plannedEndMin: 5 } }, byVein]
    expect([answers('IV', 100, { schedules }), answers('IV', 99, { schedules }), answers('IM', 120, { schedules })]).toEqual(['met', 'not-met', 'met'])
  })
})

describe('a booster, as the room stands', () => {
  const syringe = (doseUg: number, story: Told) => story.without('prepared-2').without('confirmed-2')
    .on(15, 'dose-prepared.v1', { step: 2, doseUg, route: 'IM', order: 'order', lot: 'A1' }, { id: 'prepared-2' }).on(15, 'dose-confirmed.v1', { prepared: 'prepared-2', doseUg }, { id: 'confirmed-2', by: 'jun' })
  const boosted = (more: (story: Told) => Told = (story) => story) => syringe(20_000, more(dosedBefore(roomReady(), 3).dose(0, 1, 40, { id: 'first' }).whole(1).whole(8).whole(14)))
  const born = (birthDate: string) => (story: Told) => story.without('who').on(-30 * DAY, 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate })
  test.each<[string, Told, readonly string[]]>([
    ['all calm', boosted(), []], ['less than ordered', syringe(15_000, boosted()), []], ['up to the total ordered', boosted((story) => ordered({ maxTotalUg: 60_000 }, story)), []], ['above the total ordered', boosted((story) => ordered({ maxTotalUg: 59_999 }, story)), ['within-order not-met']],
    ['the day before sixty-five', boosted(born('1961-11-22')), []], ['sixty-five today', boosted(born('1961-11-21')), ['booster not-met']],
    ['a weight for which both are too much', boosted((story) => ordered({ weightG: 40_000 }, story)), ['booster not-met']], ['no weight on the order', boosted((story) => ordered({ weightG: undefined }, story)), ['booster not-met']],
    ['nothing drawn up: the amount ordered is judged', boosted().without('prepared-2'), ['prepared not-met', 'confirmed not-met', 'within-order unknown']],
    ['nothing drawn up, and more ordered than the first dose', boosted((story) => ordered({ boosterUg: 41_000, maxTotalUg: 90_000 }, story)).without('prepared-2'), ['booster not-met', 'prepared not-met', 'confirmed not-met', 'within-order unknown']],
    ['an orange alert that is long over', boosted((story) => story.reading(1.5, { spo2Percent: 91 }).reading(1.6).reading(5.9)), ['booster not-met']],
    ['the first dose in two records', boosted((story) => story.dose(0.1, 1, 40)), ['no-dose-conflict not-met', 'booster not-met', 'within-order not-met']],
    ['a first dose half as large', boosted((story) => story.without('first').dose(0, 1, 19, { id: 'first' })), ['booster not-met']],
    ['drawn up larger than the first dose, and larger than ordered', syringe(26_000, boosted((story) => story.without('first').dose(0, 1, 25, { id: 'first' }))), ['booster not-met', 'within-order not-met']], ['more ordered than the first dose, and less drawn up', boosted((story) => ordered({ boosterUg: 41_000, maxTotalUg: 90_000 }, story)), []],
    ['the session was closed a moment ago', boosted((story) => story.on(15.9, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' })), ['session-open not-met', 'booster not-met']],
    ['nobody ever looked how awake', ['mind-1', 'mind-2'].reduce((story, id) => story.without(id), boosted()).with((entries) => entries.filter(({ kind }) => kind !== 'mental-status.v1')), ['no-alert not-met', 'booster not-met']],
    ['drawn up for the first step only', boosted().without('prepared-2').without('confirmed-2'), ['prepared not-met', 'confirmed not-met', 'within-order unknown']],
    ['drowsy a moment ago', boosted((story) => story.mind(15.5, { moaaS: 3 })), ['booster not-met']],
    ['how deep the rest is was checked without how awake', boosted((story) => story.mind(15.5, { rass: -1 } as never)), []],
  ])('%s', (_, story, expected) => {
    expect(closedOf(give(story, 2, 16))).toEqual(expected)
  })

  test('in the minute in which a reading is due it has to be taken first', () => {
    expect([give(boosted(), 2, 19.9), give(boosted(), 2, 20), give(boosted((story) => story.whole(19.9)), 2, 20)].map(closedOf)).toEqual([[], ['booster not-met'], []])
  })

  test('a first dose that is not on this copy is not known, and no other dose stands for it', () => {
    const story = syringe(20_000, dosedBefore(roomReady(), 3).dose(0, 2, 40, { id: 'second' }).whole(1).whole(8).whole(14))
    expect(gateOf('booster', story, 2, 16)?.says).toBe('The booster is larger than the first dose. Dose and booster together go above the usual upper end.')
  })

  test('it points to the doses given, and a second one is a step like the first', () => {
    expect(gateOf('booster', boosted((story) => story.whole(20)), 2, 21)).toMatchObject({ state: 'not-met', facts: ['first'] })
    expect(gateOf('booster', boosted((story) => story.whole(20).mind(20.5, { moaaS: 3 })), 2, 21)?.says).toMatch(/between 10 and 20 minutes.*\. .*without any alert/)
    expect(gateOf('no-dose-conflict', boosted(), 2, 16)?.state).toBe('met')
    expect(gateOf('no-dose-conflict', boosted(), 3, 16)?.state).toBe('not-met')
    expect(gateOf('within-order', syringe(21_000, boosted()), 2, 16)).toMatchObject({ state: 'not-met', says: expect.stringContaining('20 mg') })
    expect(gateOf('no-alert', roomReady().dose(0), 2, 19), 'a reading that is very late has no entry yet').toMatchObject({ state: 'not-met', facts: [] })
    expect(gateOf('no-dose-conflict', boosted((story) => story.without('first')), 2, 16)).toMatchObject({ state: 'not-met', facts: [] })
    expect(gateOf('no-dose-conflict', boosted().dose(15.5, 2, 20, { id: 'second' }), 2, 16)).toMatchObject({ state: 'not-met', facts: ['second'] })
    expect(give(boosted(), 2, 16).map(({ gate }) => gate)).not.toContain('fasting')
    expect(give(told(boosted().entries), 1, 16).map(({ gate }) => gate)).not.toContain('booster')
  })
})
