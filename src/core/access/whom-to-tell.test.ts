import { describe, expect, test } from 'vitest'
import type { Role } from './roles.ts'
import { cliniciansToTell, deskToTell, responsibleToTell, type AtWork } from './whom-to-tell.ts'

const ZONE = 'America/Los_Angeles'
/** A Saturday, nine in the morning at the practice. */
const now = '2026-11-21T17:00:00.000Z'
const one = (person: string, roles: readonly Role[], more: Partial<AtWork> = {}): AtWork => ({ person, roles, active: true, weekly: [], exceptions: [], ...more })
const on = (weekday: number, from = '08:00', to = '12:00') => ({ weekly: [{ weekday, from, to }] })
const thea = one('thea', ['therapist'], on(6))
const pia = one('pia', ['prescriber'], on(1))
const dina = one('dina', ['medical-director'])
const [mona, cora, olga] = [one('mona', ['monitor'], on(6)), one('cora', ['coordinator'], on(6)), one('olga', ['owner'], on(6))]

describe('who hears of a danger at once', () => {
  test.each<[string, readonly AtWork[], readonly string[]]>([
    ['whose hours it is', [thea, pia, dina, mona, cora, olga], ['thea']], ['all clinicians when it is nobody’s', [pia, dina, mona, cora, olga], ['pia', 'dina']], ['the owner where there is no clinician', [mona, cora, olga], ['olga']], ['nobody who has left', [{ ...thea, active: false }, pia, olga], ['pia']],
    ['an owner who is also a therapist, on duty', [one('olga', ['owner', 'therapist'], on(6)), pia], ['olga']], ['up to the end of the hours, and not at it', [one('a', ['therapist'], on(6, '08:00', '09:00')), one('b', ['therapist'], on(6, '09:00', '10:00'))], ['b']],
    ['not on a day off', [one('a', ['therapist'], { ...on(6), exceptions: [{ day: '2026-11-21', off: true }] }), pia], ['a', 'pia']], ['in extra hours', [one('a', ['therapist'], { exceptions: [{ day: '2026-11-21', off: false, from: '08:30', to: '09:30' }] }), pia], ['a']], ['by the day’s own hours, not the week’s', [one('a', ['therapist'], { ...on(6), exceptions: [{ day: '2026-11-21', off: false, from: '13:00', to: '15:00' }] }), one('b', ['therapist'], on(6))], ['b']],
    ['by the practice’s wall clock', [one('a', ['therapist'], on(6, '16:30', '18:00')), one('b', ['therapist'], on(6, '08:30', '09:30'))], ['b']],
  ])('%s', (_, people, told) => {
    expect(cliniciansToTell(people, now, ZONE)).toEqual(told)
  })
})

describe('who answers for what nobody took up', () => {
  test.each<[string, readonly AtWork[], readonly string[], readonly string[]]>([
    ['the medical director', [thea, dina, olga], [], ['dina']], ['the owner where there is none', [thea, olga], [], ['olga']], ['the owner when the director was told already', [dina, olga], ['dina'], ['olga']], ['the owner when the director has left', [{ ...dina, active: false }, olga], [], ['olga']],
    ['nobody twice', [dina, olga], ['dina', 'olga'], []], ['every director', [dina, one('dirk', ['medical-director'])], [], ['dina', 'dirk']],
  ])('%s', (_, people, told, expected) => {
    expect(responsibleToTell(people, told)).toEqual(expected)
  })
})

describe('who keeps the calendar', () => {
  test.each<[string, readonly AtWork[], readonly string[]]>([
    ['every coordinator', [olga, cora, one('cleo', ['coordinator']), dina], ['cora', 'cleo']], ['the owner where there is none', [thea, dina, olga], ['olga']], ['the owner when the coordinator has left', [{ ...cora, active: false }, olga], ['olga']],
    ['the medical director where there is no owner either', [thea, dina], ['dina']], ['nobody else', [thea, pia, mona], []],
  ])('%s', (_, people, told) => expect(deskToTell(people)).toEqual(told))
})
