import { describe, expect, test } from 'vitest'
import { screeningLimits } from '../../knowledge/eligibility.ts'
import { dayOf, interactionRows } from '../../knowledge/interactions.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { minutesBetween } from '../shared/time.ts'
import { at, clock, told, type Told } from './fixtures.ts'
import { ANYTHING_ELSE, dayMedicinesGate, medicinesToAsk, sayMedicines } from './day-medicines.ts'
import { DAY, give, roomReady } from './testing/fixtures.ts'

const reading = (route: DoseRoute = 'IM') => ({ rows: dayOf, route, limits: screeningLimits, clock: clock(0) })
const takes = (name: string, story = told(), more: object = {}) => story.on(-20 * DAY, 'medication.v1', { name, codes: [], dosage: '', status: 'active', ...more }, { id: name, session: 'none' })
const gone = (story: Told, none = false) => story.on(-10 * DAY, 'list-reviewed.v1', { list: 'medications', none }, { id: 'list', session: 'none' })
type Taken = 'no' | 'as-needed' | 'as-prescribed' | 'not-known'
const said = (story: Told, answers: Readonly<Record<string, Taken>>, { minute = -40, since = -3 * DAY } = {}) =>
  story.on(minute, 'fact.v1', { fact: 'medicinesOnTheDay', state: 'answered', value: Object.entries(answers).map(([medicine, taken]) => ({ medicine, taken, since: at(since) })) }, { id: `said ${minute}` })
const gate = (story: Told, route: DoseRoute = 'IM') => dayMedicinesGate(story.chart, reading(route))
const none = { [ANYTHING_ELSE]: 'no' } as const

describe('what is asked about', () => {
  test.each<[string, Told, DoseRoute, readonly string[]]>([
    ['nobody takes anything', gone(told(), true), 'IM', []], ['something no row asks about', gone(takes('sertraline')), 'IM', []],
    ['by a brand, with its strength', gone(takes('Xanax 0.5 mg')), 'IM', ['Xanax 0.5 mg']], ['two of them', gone(takes('gabapentin', takes('lorazepam'))), 'IM', ['gabapentin', 'lorazepam']],
    ['a name that nobody could read may be any of them', gone(takes('the white ones')), 'IM', ['the white ones']],
    ['stopped two days ago, and still counted', gone(takes('diazepam', told(), { status: 'stopped', stoppedOn: at(-2 * DAY).slice(0, 10) })), 'IM', [`diazepam, stopped ${at(-2 * DAY).slice(0, 10)}`]],
    ['a nasal steroid, with an injection', gone(takes('Flonase')), 'IM', []], ['with the spray', gone(takes('Flonase')), 'IN-esketamine', ['Flonase']],
  ])('%s', (_, story, route, expected) => expect(medicinesToAsk(story.chart, reading(route)).map(({ medicine }) => medicine)).toEqual([...expected, ANYTHING_ELSE]))

  test('from when on, as its row says; for what stands on no list from the earliest of them', () => {
    const from = (name: string, route: DoseRoute = 'IM') => Math.round(minutesBetween(medicinesToAsk(gone(takes(name)).chart, reading(route)).find(({ medicine }) => medicine === name)!.since, at(0)))
    const today = Math.round(minutesBetween(medicinesToAsk(gone(takes('oxycodone')).chart, reading()).find(({ medicine }) => medicine === 'oxycodone')!.since, at(0)))
    expect([from('lorazepam'), from('Flonase', 'IN-esketamine'), from('zolpidem'), from('methylphenidate') - today]).toEqual([24 * 60, 60, today, 24 * 60])
    expect(today).toBeLessThan(24 * 60)
    expect(from('the white ones')).toBe(from('methylphenidate'))
  })

  test('every class of the table whose advice names the day has its row, and no other', () => {
    const named = interactionRows.filter(({ instruction }) => /on the day of the session|the day of the session|24 hours before, better|one hour before the session/.test(instruction)).map(({ id }) => `day.${id}`)
    expect(dayOf.map(({ id }) => id).toSorted()).toEqual([...named, 'day.barbiturates-and-oxybate'].toSorted())
  })
})

describe('the gate', () => {
  const one = gone(takes('lorazepam'))
  test.each<[string, Told, 'met' | 'not-met' | 'unknown', string]>([
    ['nobody has gone through the list', said(told(), none), 'unknown', 'Nobody has gone through the list'], ['a list that nobody went through, with something on it', said(takes('sertraline'), none), 'unknown', 'Nobody has gone through the list'],
    ['nobody asked', one, 'unknown', 'Nobody has asked today about: lorazepam, anything else. Benzodiazepines: no as-needed dose in the 24 hours before'],
    ['asked, and it was not taken', said(one, { lorazepam: 'no', ...none }), 'met', 'Nothing was taken as needed'],
    ['as needed', said(one, { lorazepam: 'as-needed', ...none }), 'not-met', 'Taken as needed: lorazepam. Benzodiazepines:'], ['as its prescriber says: shown, and nobody here stops it', said(one, { lorazepam: 'as-prescribed', ...none }), 'met', 'As prescribed: lorazepam.'],
    ['not known', said(one, { lorazepam: 'not-known', ...none }), 'not-met', 'Nobody knows whether'], ['one of two was not asked about', said(gone(takes('zolpidem', takes('lorazepam'))), { lorazepam: 'no', ...none }), 'unknown', 'about: zolpidem. '],
    ['what stands on no list was not asked about', said(one, { lorazepam: 'no' }), 'unknown', 'about: anything else.'], ['what stands on no list was taken', said(gone(told(), true), { [ANYTHING_ELSE]: 'as-needed' }), 'not-met', 'Taken as needed: anything else.'],
    ['taken as needed, and another not asked about', said(gone(takes('zolpidem', takes('lorazepam'))), { lorazepam: 'as-needed' }), 'not-met', 'Taken as needed: lorazepam.'],
    ['yesterday’s answer', said(one, { lorazepam: 'no', ...none }, { minute: -DAY }), 'unknown', 'Nobody has asked today'], ['asked since 24 hours before the dose', said(one, { lorazepam: 'no', ...none }, { since: -DAY }), 'unknown', 'anything else'],
    ['the newest answer counts', said(said(one, { lorazepam: 'as-needed', ...none }), { lorazepam: 'no', ...none }, { minute: -20 }), 'met', 'Nothing was taken'],
    ['and when it is the worse one', said(said(one, { lorazepam: 'no', ...none }), { lorazepam: 'as-needed', ...none }, { minute: -20 }), 'not-met', 'lorazepam'],
    ['the person did not say', one.on(-40, 'fact.v1', { fact: 'medicinesOnTheDay', state: 'declined' } as never), 'not-met', 'was not answered'],
  ])('%s', (_, story, state, says) => {
    expect(gate(story)).toMatchObject({ gate: 'day-medicines', state, overridable: true })
    expect(gate(story).says).toContain(says)
  })

  test.each<[string, number, 'met' | 'unknown']>([['a minute later than 24 hours before', -DAY + 1, 'unknown'], ['24 hours before', -DAY, 'met'], ['earlier', -DAY - 1, 'met']])('a benzodiazepine asked about from %s', (_, since, state) => {
    const answers = (story: Told) => story.on(-40, 'fact.v1', { fact: 'medicinesOnTheDay', state: 'answered', value: [{ medicine: 'lorazepam', taken: 'no', since: at(since) }, { medicine: ANYTHING_ELSE, taken: 'no', since: at(-3 * DAY) }] })
    expect(gate(answers(one)).state).toBe(state)
  })

  test.each<[string, number, 'met' | 'unknown']>([['61 minutes before the spray', -61, 'unknown'], ['an hour before', -60, 'met'], ['59 minutes before', -59, 'met']])('a nasal steroid, asked about %s: an answer reaches no further than the moment it was given', (_, minute, state) => {
    expect(gate(said(gone(takes('Flonase')), { Flonase: 'no', ...none }, { minute }), 'IN-esketamine').state).toBe(state)
  })

  test('what was taken as needed does not come to be untaken by taking a medicine off the list', () => {
    expect(gate(said(gone(told(), true), { lorazepam: 'as-needed', ...none })).state).toBe('not-met')
  })
})

describe('how the gate says it', () => {
  const two = gone(takes('zolpidem', takes('lorazepam')))
  const saysOf = (name: string) => medicinesToAsk(two.chart, reading()).find(({ medicine }) => medicine === name)!.rows[0]!.says
  test.each<[string, Told, string, readonly string[]]>([
    ['both as needed: what holds for each, once', said(two, { lorazepam: 'as-needed', zolpidem: 'as-needed', ...none }), `Taken as needed: lorazepam, zolpidem. ${saysOf('lorazepam')} ${saysOf('zolpidem')}`, ['said -40']],
    ['one of them: what holds for the other is not said', said(two, { lorazepam: 'no', zolpidem: 'as-needed', ...none }), `Taken as needed: zolpidem. ${saysOf('zolpidem')}`, ['said -40']],
    ['nobody knows of either', said(two, { lorazepam: 'not-known', zolpidem: 'not-known', ...none }), `Nobody knows whether it was taken as needed: lorazepam, zolpidem. ${saysOf('lorazepam')} ${saysOf('zolpidem')}`, ['said -40']],
    ['what stands on no list', said(gone(told(), true), { [ANYTHING_ELSE]: 'as-needed' }), 'Taken as needed: anything else.', ['said -40']], ['nobody knows of what stands on no list', said(gone(told(), true), { [ANYTHING_ELSE]: 'not-known' }), 'Nobody knows whether it was taken as needed: anything else.', ['said -40']],
    ['a name that nobody can read belongs to many', said(gone(takes('the white ones')), { 'the white ones': 'as-needed', ...none }), 'Taken as needed: the white ones.', ['said -40']],
    ['nobody has asked', gone(told(), true), 'Nobody has asked today about: anything else.', []], ['two as prescribed', said(two, { lorazepam: 'as-prescribed', zolpidem: 'as-prescribed', ...none }), 'Nothing was taken as needed in the time that was asked about. As prescribed: lorazepam, zolpidem.', ['said -40']],
    ['none at all', said(two, { lorazepam: 'no', zolpidem: 'no', ...none }), 'Nothing was taken as needed in the time that was asked about.', ['said -40']],
  ])('%s', (_, story, says, facts) => expect(gate(story)).toMatchObject({ says, facts }))

  test('where one row is all there is, what stands on no list is still not said to belong to it', () => {
    const only = dayMedicinesGate(said(gone(told(), true), { [ANYTHING_ELSE]: 'as-needed' }).chart, { ...reading(), rows: dayOf.slice(0, 1) })
    expect(only.says).toBe('Taken as needed: anything else.')
  })
  test('taken as prescribed is an answer, from whenever on it was asked', () => expect(gate(said(gone(takes('lorazepam')), { lorazepam: 'as-prescribed', ...none }, { since: -60 })).says).toContain('about: anything else.'))
})

test.each<[string, number, 'met' | 'unknown']>([['a minute ago', -1, 'met'], ['now', 0, 'met'], ['a minute from now, by a clock that is ahead', 1, 'unknown']])('an answer given %s', (_, minute, state) => {
  expect(gate(said(gone(told(), true), none, { minute })).state).toBe(state)
})

describe('a medicine belongs to a row by its ingredient, however it is called, or by its name', () => {
  const own = { ...dayOf[0]!, medicines: [{ ingredient: 'newpam', codes: [], names: ['calmella', 'stillera'] }, { ingredient: 'oldpam', codes: [] }] }
  const rxNorm = (code: string) => ({ codes: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code }] })
  test.each<[string, Told, object, boolean]>([
    ['its code alone', takes('the night tablet', told(), rxNorm('6470')), {}, true], ['an ingredient beside another', takes('sertraline and newpam'), { rows: [own] as never }, true], ['a brand beside another', takes('sertraline and calmella'), { rows: [own] as never }, true],
    ['an ingredient without a brand', takes('sertraline and oldpam'), { rows: [own] as never }, true], ['another ingredient', takes('sertraline'), { rows: [own] as never }, false],
    ['a row of another route', takes('Flonase'), { route: 'IM' }, false], ['without a route, a row that names one', takes('Flonase'), { route: undefined }, false],
  ])('%s', (name, story, more, isAsked) => expect(medicinesToAsk(gone(story).chart, { ...reading(), ...more }).length, name).toBe(isAsked ? 2 : 1))
})

test('before a first dose the room asks, and a prescriber may carry it; before a booster it does not ask again', () => {
  const found = (story: Told, step = 1) => give(story, step).find((one) => one.gate === 'day-medicines')
  expect([found(roomReady())?.state, found(roomReady().without('day-medicines'))?.state, found(roomReady().without('medicines'))?.state, found(roomReady().dose(0), 2)]).toEqual(['met', 'unknown', 'unknown', undefined])
})

test('an answer in words', () => expect(sayMedicines([{ medicine: 'lorazepam', taken: 'as-needed', since: at(0) }, { medicine: 'gabapentin', taken: 'as-prescribed', since: at(0) }])).toBe('lorazepam: as needed, gabapentin: as prescribed'))
test('a no, what nobody knows, and nothing asked', () => expect([sayMedicines([{ medicine: 'lorazepam', taken: 'no', since: at(0) }, { medicine: 'gabapentin', taken: 'not-known', since: at(0) }]), sayMedicines([])]).toEqual(['lorazepam: no, gabapentin: not known', 'none asked about']))
