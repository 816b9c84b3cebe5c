import { describe, expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { may, mayWrite, type Operation, type Standing } from '../access/policy.ts'
import type { Role } from '../access/roles.ts'
import type { EntryKind } from '../chart/kinds.ts'
import { told, type ToldChart } from '../measures/fixtures.ts'
import { instrumentOf } from '../measures/instrument.ts'
import { readCourse, type CourseNow } from './course.ts'

/** How each step is done: by writing one of these kinds, or by an operation of the policy. */
const DONE_BY: readonly (readonly [RegExp, { readonly kinds?: readonly EntryKind[]; readonly operation?: Operation }])[] = [
  [/^inquiry-call$/, { operation: 'inquiry.work' }], [/^match$/, { operation: 'inquiry.work' }], [/^protocol$/, { operation: 'protocol.choose' }], [/^intake$/, { kinds: ['intake.v1'] }],
  [/^consult$/, { kinds: ['visit-closed.v1'] }], [/^referral$/, { kinds: ['referral.v1'] }], [/^clearance$/, { operation: 'clearance.sign' }], [/^consent-/, { operation: 'consent.sign' }],
  [/^estimate$/, { operation: 'estimate.give' }], [/^plan$/, { operation: 'plan.book' }], [/^preparation-/, { kinds: ['visit-closed.v1'] }], [/^safety-plan$/, { kinds: ['safety-plan.v1'] }],
  [/^intention$/, { kinds: ['intention.v1'] }], [/^agreements$/, { kinds: ['agreements.v1'] }], [/^order$/, { operation: 'order.sign' }], [/^medicine-/, { operation: 'session.join' }],
  [/^integration-/, { kinds: ['integration.v1'] }], [/^review-/, { kinds: ['visit-closed.v1'] }], [/^follow-up-/, { kinds: ['visit-closed.v1'] }], [/^maintenance$/, { kinds: ['maintenance-decided.v1'] }],
  [/^no-answer$/, { kinds: ['silence-contact.v1'] }], [/^exposure$/, { kinds: ['exposure-reviewed.v1', 'measure-answered.v1'] }], [/^place-review$/, { operation: 'plan.book' }],
]
const standingOf = (role: Role): Standing => ({ relation: role === 'patient' ? 'own' : role === 'coordinator' || role === 'owner' ? 'practice' : 'team', roles: [role] })

function can(role: Role, id: string): boolean {
  const standing = standingOf(role)
  // A questionnaire is answered by whom it is for; the right to write an answer down is not enough.
  if (id === 'baseline') return role === 'patient'
  if (id === 'baseline-interview') return role !== 'patient' && mayWrite('measure-answered.v1', [standing])
  const how = DONE_BY.find(([shape]) => shape.test(id))?.[1]
  if (!how) throw new Error(`Nobody has said how ${id} is done`)
  return how.operation ? may(how.operation, standing.relation, standing.roles) : how.kinds!.some((kind) => mayWrite(kind, [standing]))
}

const zone = 'America/Los_Angeles'
const read = (chart: ToldChart, protocol: CourseProtocol = protocols['solo-six'], now = '2026-03-02T17:00:00.000Z'): CourseNow => readCourse(chart, protocol, rulebook, now, zone)
type CourseProtocol = Parameters<typeof readCourse>[1]
const begun = told().on('2026-01-02', 'demographics.v1', { givenName: 'Mara', familyName: 'Ruiz', birthDate: '1984-05-06' })
const answer = (chart: ToldChart, instrument: string) =>
  chart.on('2026-02-20T17:00:00.000Z', 'measure-answered.v1', { instrument, version: '1', language: 'en', answers: Object.fromEntries(instrumentOf(instruments, instrument)!.items.map((item) => [item.id, item.answer.kind === 'yes-no' ? false : 0])), answeredBy: instrument === 'c-ssrs' ? 'clinician' : 'patient' })
const asked = (course: CourseNow) => course.steps.filter(({ id }) => id.startsWith('baseline')).map(({ id, who, state, title }) => [id, who.join(' '), state, title.replace(/.*: /, '')])

describe('whoever is named for a step can do it', () => {
  test.each(Object.values(protocols).map((protocol) => [protocol.id, protocol] as const))('in %s', (_, protocol) => {
    const charts = [told(), begun, begun.dosed('s1', '2026-02-02T17:00:00.000Z')]
    const steps = charts.flatMap((chart) => read(chart, protocol).steps)
    expect(steps.length).toBeGreaterThan(30)
    expect(steps.flatMap(({ id, who }) => who.filter((role) => !can(role, id)).map((role) => `${role}: ${id}`))).toEqual([])
  })
  test('the check itself: a therapist cannot answer in the person’s place', () => {
    expect([can('therapist', 'baseline'), can('patient', 'baseline-interview'), can('patient', 'follow-up-7'), can('monitor', 'order')]).toEqual([false, false, false, false])
  })
})

describe('what is asked before the start', () => {
  test('is the person’s, and apart from it what a clinician asks', () => {
    const [own, interview] = asked(read(begun))
    expect(own!.slice(0, 3)).toEqual(['baseline', 'patient', 'open'])
    expect(own![3]).toContain('PHQ-9')
    expect(own![3]).not.toContain('C-SSRS')
    expect(interview!.slice(0, 3)).toEqual(['baseline-interview', 'therapist', 'open'])
    expect(interview![3]).toContain('C-SSRS')
  })
  test.each([
    ['the person’s own are answered: the interview stays open', (id: string) => id !== 'c-ssrs', ['done', 'open']],
    ['the interview is held: the person’s own stay open', (id: string) => id === 'c-ssrs', ['open', 'done']],
    ['all of it', () => true, ['done', 'done']],
  ])('%s', (_, answered, states) => {
    const chart = protocols['solo-six'].measures.baseline.filter(answered).reduce<ToldChart>((before, id) => answer(before, id), begun)
    expect(asked(read(chart)).map(([, , state]) => state)).toEqual(states)
  })
  test('either of them open keeps the first dose waiting, under its own name', () => {
    const blockers = (chart: ToldChart) => read(chart).steps.find(({ id }) => id === 'medicine-1')!.blockedBy.map(({ code }) => code).filter((code) => code.startsWith('baseline'))
    expect(blockers(begun)).toEqual(['baseline', 'baseline-interview'])
    expect(blockers(answer(begun, 'c-ssrs'))).toEqual(['baseline'])
  })
  test('where the protocol asks nothing of a clinician, there is no such step', () => {
    const own = { ...protocols['solo-six'], measures: { ...protocols['solo-six'].measures, baseline: ['phq-9'] } }
    expect(asked(read(begun, own)).map(([id]) => id)).toEqual(['baseline'])
  })
})
