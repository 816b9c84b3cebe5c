import { describe, expect, test } from 'vitest'
import { at, begun, clock, SESSION, signature, type Told } from './fixtures.ts'
import { sessionRows } from '../../knowledge/session.ts'
import { handedBy, handOverItems, handOversOf, waitingFor } from './hand-over.ts'
import { peopleNeeded } from './presence.ts'
import { readSession } from './session.ts'

const now = (story: Told, minute: number) => {
  const read = readSession(story.chart, SESSION, sessionRows, clock(minute))
  if (!read.ok) throw new Error(read.refusal)
  return read.value
}
const words = { time: (when: string) => when.slice(11, 16), stopSignal: 'raised palm' }
const items = (story: Told, minute: number, stopSignal: string | undefined = 'raised palm') => Object.fromEntries(handOverItems(now(story, minute), { ...words, stopSignal }).map(({ item, says }) => [item, says]))
const clockAt = (minute: number) => at(minute).slice(11, 16)

describe('what is handed over', () => {
  test('a room in which little was written says what nobody wrote down', () => {
    expect(items(begun(), -50, undefined)).toEqual({
      doses: 'No dose was given so far.', vitals: 'Last readings: pressure not taken, pulse not taken, saturation not taken, breathing not taken.', awake: 'How awake was never written down.',
      alerts: expect.stringMatching(/^No alert is open\./), symptoms: 'No sign is written down as still there.', touch: 'Touch: not agreed yet: no touch.', signals: expect.any(String), due: expect.any(String),
      people: 'Here: Rosa M., therapist; Jun L., monitor.', 'going-home': 'No earliest time for going home can be said yet. Nobody has come to take the person home yet.',
    })
    expect(handOverItems(now(begun(), -50), { ...words, stopSignal: undefined }).find(({ item }) => item === 'signals')?.says).toBe('No stop signal was agreed.')
  })

  test('each number stands with its own time: an old one is not handed over as new', () => {
    const story = begun().whole(-3).dose(0).reading(10, { respiratoryRatePerMin: undefined })
    const said = items(story, 12).vitals!
    expect(said).toContain(`at ${clockAt(10)}`)
    expect(said).toMatch(new RegExp(`breathing \\d+ at ${clockAt(-3)}`))
  })

  test.each([
    ['one dose', begun().whole(-3).dose(0), /^Dose 1: 40 mg IM at /],
    ['two doses, with their sum', begun().whole(-3).dose(0).dose(30, 2, 20), /60 mg together\.$/],
    ['one step recorded twice: no total', begun().whole(-3).dose(0).dose(1, 1, 40, { by: 'jun' }), /recorded 2 times, and nobody has said which record stands\. The total is in doubt\.$/],
  ])('%s', (_, story, says) => expect(items(story, 35).doses).toMatch(says))

  test('an alert that nobody has answered says so, and so does one that somebody has', () => {
    const story = begun().whole(-3).dose(0).reading(10, { systolicMmHg: 190 })
    expect(items(story, 11).alerts).toMatch(/Open: orange, .*190.*nobody has answered/)
    const id = now(story, 11).alerts.open.find(({ level }) => level === 'orange')!.id
    expect(items(story.on(11, 'alert-answered.v1', { alert: id, action: 'seen', note: '' }), 12).alerts).not.toContain('nobody has answered')
  })

  test('a reading that is late is handed over as late', () => {
    expect(items(begun().whole(-3).dose(0), 25).due).toBe(`A reading is overdue since ${clockAt(10)}.`)
    expect(items(begun().whole(-3).dose(0), 5).due).toBe(`The next reading is due at ${clockAt(10)}.`)
  })

  test('a sign that is still there, and one that has gone', () => {
    const story = begun().on(5, 'symptom.v1', { symptom: 'nausea', present: true }).on(6, 'symptom.v1', { symptom: 'headache', present: true }).on(7, 'symptom.v1', { symptom: 'headache', present: false })
    expect(items(story, 8).symptoms).toBe(`Still there: nausea since ${clockAt(5)}.`)
  })
})

describe('both signatures', () => {
  const two = [{ item: 'doses', says: 'one' }, { item: 'due', says: 'soon' }]
  const handed = begun().on(-40, 'checked-in.v1', { person: 'ada', name: 'Ada N.', role: 'monitor' }, { by: 'ada' }).on(20, 'hand-over.v1', { to: 'ada', items: two, signature: signature('jun', 'Jun L.', 20) }, { id: 'over', by: 'jun' })
  const taken = (readBack: readonly string[], by = 'ada', signed = by) => handed.on(22, 'hand-over-taken.v1', { handOver: 'over', readBack: [...readBack], signature: signature(signed, signed, 22) }, { id: 'taken', by })
  const isTaken = (story: Told) => handOversOf(now(story, 25).entries)[0]?.taken?.id

  test.each([
    ['every item, by the one it was meant for', taken(['due', 'doses']), 'taken'],
    ['one item left out', taken(['doses']), undefined],
    ['by somebody it was not meant for', taken(['doses', 'due'], 'rosa'), undefined],
    ['with a signature of somebody else', taken(['doses', 'due'], 'ada', 'jun'), undefined],
    ['by the one who hands over', taken(['doses', 'due'], 'jun'), undefined],
    ['nobody has read it back', handed, undefined],
  ])('%s', (_, story, expected) => expect(isTaken(story)).toBe(expected))

  test('it waits for the one it was meant for, until they have read it back or the other has left', () => {
    expect(waitingFor(now(handed, 21), 'ada')?.handed.id).toBe('over')
    expect(waitingFor(now(handed, 21), 'rosa')).toBeUndefined()
    expect(waitingFor(now(taken(['due', 'doses']), 25), 'ada')).toBeUndefined()
    expect(waitingFor(now(handed.on(21, 'checked-out.v1', { person: 'jun' }, { by: 'jun' }), 25), 'ada')).toBeUndefined()
  })

  test('the one who hands over sees how far it is, in this stay and not in one before it', () => {
    expect(handedBy(now(handed, 21), 'jun')?.taken).toBeUndefined()
    expect(handedBy(now(taken(['due', 'doses']), 25), 'jun')?.taken?.id).toBe('taken')
    const back = taken(['due', 'doses']).on(26, 'checked-out.v1', { person: 'jun' }, { by: 'jun' }).on(60, 'checked-in.v1', { person: 'jun', name: 'Jun L.', role: 'monitor' }, { by: 'jun' })
    expect(handedBy(now(back, 61), 'jun')).toBeUndefined()
  })

  test('a hand-over signed in another name hands over nothing', () => {
    const forged = begun().on(20, 'hand-over.v1', { to: 'rosa', items: two, signature: signature('rosa', 'Rosa M.', 20) }, { id: 'over', by: 'jun' })
    expect(handOversOf(now(forged, 25).entries)).toEqual([])
  })
})

test.each([[2, undefined, 2], [2, 1, 2], [2, 3, 3], [3, 2, 3]])('the gates ask for %s and the course for %s: %s have to be here', (fewestPeople, inCourse, expected) =>
  expect(peopleNeeded(inCourse === undefined ? undefined : { peopleInRoom: inCourse }, { fewestPeople })).toBe(expected))
