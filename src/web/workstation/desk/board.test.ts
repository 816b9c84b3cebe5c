import { describe, expect, it } from 'vitest'
import type { Running } from '../../../core/session/running.ts'
import { boardOf } from './board.ts'
import type { CalendarNow, CalendarVisit } from './calendar-layout.ts'

const planning = { location: '', capacity: 1, turnoverMin: 0, featuresUntil: {} }
const room = (name: string): CalendarNow['rooms'][number] => ({ id: name, name, features: [], dosing: true, planning })
const at = (clock: string) => `2026-11-23T${clock}:00.000Z`
const visit = (id: string, where: string, from: string, to: string, more: Partial<CalendarVisit> = {}): CalendarVisit => ({
  visit: id, type: 'medicine', number: 1, startsAt: at(from), endsAt: at(to), localStart: '2026-11-23T09:00', zone: 'America/Los_Angeles', online: false,
  people: [], room: { id: where, name: where }, patients: [{ chart: id, name: id }], takes: [], ...more,
})
const running = (chart: string): Running & { with: string[] } => ({ chart, session: `s ${chart}`, name: 'M. K.', alert: null, dueAt: null, firstDoseAt: null, people: 0, with: [], phase: null, heardAt: at('17:00') })
const cards = (visits: CalendarVisit[], sessions: string[], now: string) => boardOf({ visits, rooms: ['Alder', 'Birch', 'Cedar'].map(room) }, sessions.map(running), at(now)).cards.map(({ name, running: runs, booked, keptUntil, next }) => [name, runs?.visit.visit, booked?.visit, keptUntil, next?.visit])

describe('what a room is now', () => {
  const morning = visit('mara', 'Cedar', '17:00', '20:00', { takes: [{ id: 'Cedar', startsAt: at('17:00'), endsAt: at('20:30') }] })
  const noon = visit('tomas', 'Cedar', '21:00', '22:00', { type: 'integration' })
  it.each([
    ['before anything', '16:00', [], ['Cedar', undefined, undefined, undefined, 'mara']],
    ['booked and nothing heard: no session', '17:00', [], ['Cedar', undefined, 'mara', undefined, 'tomas']],
    ['a session runs', '18:00', ['mara'], ['Cedar', 'mara', 'mara', undefined, 'tomas']],
    ['a session runs on after its time', '20:15', ['mara'], ['Cedar', 'mara', undefined, at('20:30'), 'tomas']],
    ['kept until it is ready', '20:00', [], ['Cedar', undefined, undefined, at('20:30'), 'tomas']],
    ['ready to the minute', '20:30', [], ['Cedar', undefined, undefined, undefined, 'tomas']],
    ['begun early', '16:50', ['mara'], ['Cedar', 'mara', undefined, undefined, 'mara']],
  ])('%s', (_, now, sessions, expected) => expect(cards([morning, noon], sessions, now)[0]).toEqual(expected))

  it('what is only held is nobody’s', () => expect(cards([{ ...morning, heldUntil: at('23:00') }], [], '18:00')[2]).toEqual(['Cedar', undefined, undefined, undefined, undefined]))
  it('rooms stand in the order of the day, those with nothing more last and by name', () => {
    expect(cards([visit('a', 'Cedar', '19:00', '20:00'), visit('b', 'Birch', '17:00', '18:00')], [], '16:00').map(([name]) => name)).toEqual(['Birch', 'Cedar', 'Alder'])
    expect(cards([visit('a', 'Cedar', '19:00', '20:00'), visit('b', 'Birch', '17:00', '18:00')], [], '18:30').map(([name]) => name)).toEqual(['Cedar', 'Alder', 'Birch'])
  })
  it('a session without a room of today is never left out', () => {
    expect(boardOf({ visits: [visit('x', 'Cedar', '17:00', '20:00', { type: 'integration', patients: [{ chart: 'nora', name: 'nora' }] })], rooms: [room('Cedar')] }, [running('nora')], at('18:00')).elsewhere.map(({ chart }) => chart)).toEqual(['nora'])
  })
})
