import { describe, expect, test } from 'vitest'
import { sessionEntries } from './entries.ts'
import { at, told, type Told } from './fixtures.ts'
import { presentAt, staysOf } from './presence.ts'

const into = (story: Told, minute: number, person: string, role: 'therapist' | 'monitor' | 'prescriber' = 'monitor') => story.on(minute, 'checked-in.v1', { person, name: person, role }, { id: `${person}-in-${minute}` })
const out = (story: Told, minute: number, person: string, more: { handedOverTo?: string; readBack?: boolean } = {}) => story.on(minute, 'checked-out.v1', { person, ...more }, { id: `${person}-out-${minute}` })
const stays = (story: Told) => staysOf(sessionEntries(story.entries))
const there = (story: Told, minute: number) => presentAt(stays(story), at(minute)).map(({ person, role }) => `${person} ${role}`)
const rosa = () => into(told(), 0, 'rosa', 'therapist')

describe('who was there, from when until when', () => {
  test.each<[string, Told, readonly string[]]>([
    ['nobody', told(), []], ['one who stays', rosa(), ['rosa therapist 0–: rosa-in-0']], ['one who leaves', out(rosa(), 9, 'rosa'), ['rosa therapist 0–9: rosa-in-0 rosa-out-9']],
    ['checked in twice in one role: one stay, from the first time', into(rosa(), 5, 'rosa', 'therapist'), ['rosa therapist 0–: rosa-in-0']],
    ['in another role: the first stay ends where the next begins', into(rosa(), 5, 'rosa', 'monitor'), ['rosa therapist 0–5: rosa-in-0 rosa-in-5', 'rosa monitor 5–: rosa-in-5']],
    ['gone and back: two stays', into(out(rosa(), 5, 'rosa'), 8, 'rosa', 'therapist'), ['rosa therapist 0–5: rosa-in-0 rosa-out-5', 'rosa therapist 8–: rosa-in-8']],
    ['checked out twice: gone at the first', out(out(rosa(), 5, 'rosa'), 8, 'rosa'), ['rosa therapist 0–5: rosa-in-0 rosa-out-5']], ['checked out without having come', out(told(), 5, 'rosa'), []],
    ['one leaves, another stays', out(into(rosa(), 1, 'jun'), 9, 'rosa'), ['rosa therapist 0–9: rosa-in-0 rosa-out-9', 'jun monitor 1–: jun-in-1']],
  ])('%s', (_, story, expected) => {
    const minute = (when: string | undefined) => (when === undefined ? '' : String((Date.parse(when) - Date.parse(at(0))) / 60_000))
    expect(stays(story).map(({ person, role, from, until, facts }) => `${person} ${role} ${minute(from)}–${minute(until)}: ${facts.join(' ')}`)).toEqual(expected)
  })

  test('whom it was handed over to, and whether that was read back, as far as it was said', () => {
    expect(stays(out(rosa(), 9, 'rosa', { handedOverTo: 'jun', readBack: true }))[0]).toMatchObject({ handedOverTo: 'jun', readBack: true })
    expect(stays(out(rosa(), 9, 'rosa', { handedOverTo: 'jun', readBack: false }))[0]).toMatchObject({ handedOverTo: 'jun', readBack: false })
    expect(Object.keys(stays(out(rosa(), 9, 'rosa'))[0]!).sort()).toEqual(['facts', 'from', 'name', 'person', 'role', 'until'])
  })
})

describe('who is in the room at a moment', () => {
  test.each<[string, Told, number, readonly string[]]>([
    ['a minute before she comes', rosa(), -1, []], ['the minute she comes', rosa(), 0, ['rosa therapist']], ['the minute before she goes', out(rosa(), 9, 'rosa'), 8.9, ['rosa therapist']], ['the minute she goes', out(rosa(), 9, 'rosa'), 9, []],
    ['the minute she takes another role she has that one', into(rosa(), 5, 'rosa', 'monitor'), 5, ['rosa monitor']], ['before it, the first', into(rosa(), 5, 'rosa', 'monitor'), 4, ['rosa therapist']],
    ['two people', into(rosa(), 1, 'jun'), 2, ['rosa therapist', 'jun monitor']], ['two people at the very same minute', into(rosa(), 0, 'jun'), 0, ['jun monitor', 'rosa therapist']],
  ])('%s', (_, story, minute, expected) => {
    expect(there(story, minute)).toEqual(expected)
  })

  test('one person in two stays at once is one person, in the later of them', () => {
    const stay = (role: 'therapist' | 'monitor') => ({ person: 'rosa', name: 'Rosa', role, from: at(0), facts: [] })
    expect(presentAt([stay('therapist'), { ...stay('monitor'), person: 'jun' }, stay('monitor')], at(1)).map(({ person, role }) => `${person} ${role}`)).toEqual(['jun monitor', 'rosa monitor'])
  })
})
