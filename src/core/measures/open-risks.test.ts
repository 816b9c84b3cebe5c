import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { followUpHours, instruments, riskPaths } from '../../knowledge/instruments.ts'
import { phq9Answers, told, type ToldChart } from './fixtures.ts'
import type { Answers } from './instrument.ts'
import { openRisks } from './open-risks.ts'

const zone = 'America/Los_Angeles'
const rows = { instruments, paths: riskPaths, followUpHours: followUpHours.value, zone }
const now = '2026-11-21T20:00:00.000Z' // noon in Los Angeles
const calm = { q1: false, q2: false, q6Lifetime: false }
const measure = (instrument: string, answers: Answers, answeredBy: 'patient' | 'clinician') => ({ instrument, version: '2026-1', language: 'en', answers, answeredBy })
const phq9 = (item9: number) => measure('phq-9', phq9Answers(5, item9), 'patient')
const interview = (answers: Answers) => measure('c-ssrs', answers, 'clinician')
const contact = (opened: string, decided: 'closed' | 'tried-again' | 'safety-plan-and-follow-up', reached = decided !== 'tried-again') => ({ opened, level: 'low' as const, reached, decided, note: 'Spoke by phone.' })
const open = (chart: ToldChart, at = now) => openRisks(chart, at, rows)

describe('what opens a path, and its clock', () => {
  test.each([
    ['item 9 = 0', 'phq-9', phq9Answers(5, 0), null],
    ['item 9 = 1', 'phq-9', phq9Answers(5, 1), 'risk.item'],
    ['item 9 = 3 alone, nothing else answered', 'phq-9', { q9: 3 }, 'risk.item'],
    ['C-SSRS none', 'c-ssrs', calm, null],
    ['C-SSRS low', 'c-ssrs', { ...calm, q1: true }, null],
    ['C-SSRS moderate', 'c-ssrs', { ...calm, q6Lifetime: true, q6PastThreeMonths: false }, 'risk.moderate'],
    ['C-SSRS a method, the rest not asked', 'c-ssrs', { ...calm, q2: true, q3: true }, 'risk.moderate'],
    ['C-SSRS high', 'c-ssrs', { ...calm, q2: true, q3: false, q4: true, q5: false }, 'risk.high'],
    ['a form that does not ask', 'gad-7', { q1: 3 }, null],
    ['CORE-10, plans to end a life: not at all', 'core-10', { q6: 0 }, null], ['CORE-10, plans, only occasionally', 'core-10', { q6: 1 }, 'risk.item'],
    ['QIDS-SR16, its twelfth', 'qids-sr16', { q12: 1 }, 'risk.item'], ['MADRS, its tenth', 'madrs', { q10: 1 }, 'risk.item'],
    ['ASQ, any yes', 'asq', { q1: false, q2: true, q3: false, q4: false }, 'risk.moderate'], ['ASQ, right now', 'asq', { q1: true, q5: true }, 'risk.high'], ['ASQ, four noes', 'asq', { q1: false, q2: false, q3: false, q4: false }, null],
  ] as const)('%s → %s', (_, instrument, answers, row) => {
    const chart = told().on('2026-11-21T18:00:00Z', 'measure-answered.v1', measure(instrument, answers, 'clinician'))
    expect(open(chart).map((risk) => risk.row)).toEqual(row === null ? [] : [row])
  })

  test('high is due within the hour and stops dosing; item 9 by the end of the local day', () => {
    const chart = told()
      .on('2026-11-21T18:30:00Z', 'measure-answered.v1', phq9(1), { id: 'nine' })
      .on('2026-11-21T18:00:00Z', 'measure-answered.v1', interview({ ...calm, q2: true, q3: true, q4: true, q5: false }), { id: 'columbia' })
    expect(open(chart)).toMatchObject([
      { opened: 'columbia', level: 'high', clock: 'same-hour', dueAt: '2026-11-21T19:00:00.000Z', overdue: true, dosing: 'stopped', tell: ['prescriber', 'medical-director'] },
      { opened: 'nine', level: 'unknown', atLeast: 'low', clock: 'same-day', dueAt: '2026-11-22T08:00:00.000Z', overdue: false, dosing: 'after-interview' },
    ])
  })
})

describe('a same-day interview takes item 9 over', () => {
  const chart = (at: string, answers: Answers, item9 = 1, by: 'patient' | 'clinician' = 'clinician') =>
    told().on('2026-11-21T18:00:00Z', 'measure-answered.v1', phq9(item9)).on(at, 'measure-answered.v1', measure('c-ssrs', answers, by))
  test.each([
    ['later the same day, complete', chart('2026-11-21T19:00:00Z', calm), []],
    ['just before local midnight', chart('2026-11-22T07:59:00Z', calm), []],
    ['just after local midnight', chart('2026-11-22T08:00:00Z', calm), ['risk.item']],
    ['earlier the same day: it could not know', chart('2026-11-21T17:00:00Z', calm), ['risk.item']],
    ['not finished', chart('2026-11-21T19:00:00Z', { q1: false }), ['risk.item']],
    ['complete and moderate: its own path stands instead', chart('2026-11-21T19:00:00Z', { ...calm, q6Lifetime: true, q6PastThreeMonths: false }), ['risk.moderate']],
    ['item 9 = 2, asked by a clinician', chart('2026-11-21T19:00:00Z', calm, 2), []],
    ['item 9 = 2, filled in by the patient alone: the call is still owed', chart('2026-11-21T19:00:00Z', calm, 2, 'patient'), ['risk.item']],
    ['item 9 = 1, filled in by the patient', chart('2026-11-21T19:00:00Z', calm, 1, 'patient'), []],
  ])('%s', (_, told, expected) => {
    expect(open(told).map((risk) => risk.row)).toEqual(expected)
  })
})

describe('only a named contact closes', () => {
  const opened = told().on('2026-11-20T18:00:00Z', 'measure-answered.v1', phq9(1), { id: 'nine' })

  test('a later PHQ-9 with item 9 = 0 does not', () => {
    expect(open(opened.on('2026-11-21T18:00:00Z', 'measure-answered.v1', phq9(0)))).toHaveLength(1)
  })

  test('a correction to 0 does not', () => {
    const corrected = opened.on('2026-11-20T18:00:00Z', 'measure-answered.v1', phq9(0), { amends: 'nine' })
    expect(open(corrected).map((risk) => risk.opened)).toEqual(['nine'])
  })

  test('a call that reached nobody does not, and the clock stays where it was', () => {
    const tried = opened.on('2026-11-20T19:00:00Z', 'risk-contact.v1', contact('nine', 'tried-again'), { id: 'try' })
    expect(open(tried)).toMatchObject([{ dueAt: '2026-11-21T08:00:00.000Z', overdue: true, contacts: ['try'] }])
  })

  test('a follow-up keeps it open until the next contact is due', () => {
    const reached = opened.on('2026-11-20T19:00:00Z', 'risk-contact.v1', contact('nine', 'safety-plan-and-follow-up'))
    expect(open(reached)).toMatchObject([{ dueAt: '2026-11-21T19:00:00.000Z', overdue: true }])
    const named = opened.on('2026-11-20T19:00:00Z', 'risk-contact.v1', { ...contact('nine', 'safety-plan-and-follow-up'), nextContactAt: '2026-11-23T19:00:00.000Z' })
    expect(open(named)).toMatchObject([{ dueAt: '2026-11-23T19:00:00.000Z', overdue: false }])
  })

  test('closed closes that one and no other', () => {
    const two = opened.on('2026-11-21T18:00:00Z', 'measure-answered.v1', phq9(1), { id: 'again' })
    expect(open(two.on('2026-11-21T19:00:00Z', 'risk-contact.v1', contact('nine', 'closed'))).map((risk) => risk.opened)).toEqual(['again'])
  })

  test('closing what was said before does not close what a correction added', () => {
    const raised = told()
      .on('2026-11-20T18:00:00Z', 'measure-answered.v1', interview({ ...calm, q6Lifetime: true, q6PastThreeMonths: false }), { id: 'first' })
      .on('2026-11-20T19:00:00Z', 'risk-contact.v1', contact('first', 'closed'))
      .on('2026-11-20T18:00:00Z', 'measure-answered.v1', interview({ ...calm, q6Lifetime: true, q6PastThreeMonths: true }), { id: 'second', amends: 'first', writtenAt: '2026-11-21T18:00:00Z' })
    expect(open(raised).map((risk) => [risk.opened, risk.level])).toEqual([['second', 'high']])
  })
})

describe('the order, and the clocks to the minute', () => {
  const high = { ...calm, q2: true, q3: false, q4: true, q5: false }
  test('high first although it is due later; then the one due sooner; then by id', () => {
    const chart = told()
      .on('2026-11-18T18:00:00Z', 'measure-answered.v1', phq9(1), { id: 'tuesday-b' })
      .on('2026-11-18T19:00:00Z', 'measure-answered.v1', phq9(1), { id: 'tuesday-a' })
      .on('2026-11-17T18:00:00Z', 'measure-answered.v1', phq9(1), { id: 'monday' })
      .on('2026-11-21T19:30:00Z', 'measure-answered.v1', interview(high), { id: 'today' })
    expect(open(chart).map((risk) => risk.opened)).toEqual(['today', 'monday', 'tuesday-a', 'tuesday-b'])
    const worse = chart.on('2026-11-16T18:00:00Z', 'measure-answered.v1', interview(high), { id: 'earlier' })
    expect(open(worse).map((risk) => risk.opened).slice(0, 3)).toEqual(['earlier', 'today', 'monday'])
  })
  test.each([['2026-11-21T20:30:00.000Z', false], ['2026-11-21T20:30:00.001Z', true]])('high at 19:30, now %s: overdue %s', (at, overdue) => {
    expect(open(told().on('2026-11-21T19:30:00Z', 'measure-answered.v1', interview(high)), at)).toMatchObject([{ overdue }])
  })
  test('the last contact sets the clock', () => {
    const chart = told().on('2026-11-20T18:00:00Z', 'measure-answered.v1', phq9(1), { id: 'nine' })
      .on('2026-11-20T19:00:00Z', 'risk-contact.v1', { ...contact('nine', 'safety-plan-and-follow-up'), nextContactAt: '2026-11-21T19:00:00.000Z' })
      .on('2026-11-21T19:00:00Z', 'risk-contact.v1', { ...contact('nine', 'safety-plan-and-follow-up'), nextContactAt: '2026-11-24T19:00:00.000Z' })
    expect(open(chart)).toMatchObject([{ dueAt: '2026-11-24T19:00:00.000Z' }])
  })
  test('an interview at the very moment of the answer has asked further', () => {
    expect(open(told().on('2026-11-21T18:00:00Z', 'measure-answered.v1', phq9(1)).on('2026-11-21T18:00:00Z', 'measure-answered.v1', interview(calm)))).toEqual([])
  })
  test('a contact after a correction may name the answer that was corrected', () => {
    const corrected = told().on('2026-11-20T18:00:00Z', 'measure-answered.v1', phq9(0), { id: 'first' })
      .on('2026-11-20T18:00:00Z', 'measure-answered.v1', phq9(1), { id: 'second', amends: 'first', writtenAt: '2026-11-20T19:00:00Z' })
    expect(open(corrected).map((risk) => risk.opened)).toEqual(['second'])
    expect(open(corrected.on('2026-11-20T19:00:00Z', 'risk-contact.v1', contact('first', 'closed')))).toEqual([])
    expect(open(corrected.on('2026-11-20T18:59:00Z', 'risk-contact.v1', contact('first', 'closed')))).toHaveLength(1)
  })
})

test('says whom to call: owner, patient, and the person the patient named', () => {
  const chart = told()
    .on('2026-11-01', 'match-chosen.v1', { therapist: 'dr-lin', reasons: [], offered: [] })
    .on('2026-11-01', 'demographics.v1', { givenName: 'Mara', familyName: 'Keller', birthDate: '1986-03-14', phone: '555-0100', emergencyContact: { name: 'Ines Keller', phone: '555-0101' } })
    .on('2026-11-21T18:00:00Z', 'measure-answered.v1', phq9(2))
  expect(open(chart)).toMatchObject([{
    owner: { role: 'therapist', person: 'dr-lin' },
    call: [{ who: 'patient', name: 'Mara Keller', phone: '555-0100' }, { who: 'emergency-contact', name: 'Ines Keller', phone: '555-0101' }],
  }])
})

test('a positive item 9 stands open whatever is answered on later days, until somebody closes it', () => {
  const later = fc.array(fc.record({ day: fc.integer({ min: 21, max: 28 }), item9: fc.integer({ min: 0, max: 3 }), asked: fc.boolean() }), { maxLength: 6 })
  fc.assert(fc.property(later, (steps) => {
    const chart = steps.reduce(
      (so, step) => so.on(`2026-11-${step.day}T20:00:00Z`, 'measure-answered.v1', step.asked ? interview(calm) : phq9(step.item9)),
      told().on('2026-11-20T18:00:00Z', 'measure-answered.v1', phq9(1), { id: 'nine' }),
    )
    expect(open(chart, '2026-12-01T18:00:00.000Z').map((risk) => risk.opened)).toContain('nine')
  }))
})
