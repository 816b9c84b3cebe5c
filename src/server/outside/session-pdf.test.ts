import { describe, expect, test } from 'vitest'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sessionLabels } from '../../knowledge/session-labels.ts'
import { sessionRowsOf } from '../../core/rulebook/book.ts'
import { at, atTheDoor, begun, calmCourse, clock, SESSION, signature, type Told } from '../../core/session/fixtures.ts'
import { readSession } from '../../core/session/session.ts'
import { readPdf } from './read-pdf.ts'
import { sessionPdf } from './session-pdf.ts'

const people: Readonly<Record<string, string>> = { rosa: 'Rosa M.', jun: 'Jun L.', ada: 'Ada N.', 'dr-osei': 'Dr. Osei' }
async function printed(story: Told, minute: number) {
  const read = readSession(story.chart, SESSION, sessionRowsOf(rulebook), clock(minute))
  if (!read.ok) throw new Error(read.refusal)
  const { bytes, unprintable } = await sessionPdf(read.value, story.chart, {
    practice: 'Harbor Street', patient: 'Mara Keller', birthDate: '1986-03-14', allergies: 'not asked', day: 'Saturday, November 21, 2026', printedOn: '2026-11-21', printedAt: 'Nov 21, 2026, 15:00',
    time: (when) => new Date(when).toISOString().slice(11, 16), dated: (when) => new Date(when).toISOString().slice(0, 16), name: (person) => people[person] ?? person, labels: sessionLabels, seal: { seq: 41, digest: 'ab'.repeat(32) },
  })
  const { text, source } = readPdf(bytes)
  return { text: text.replaceAll('\n', ' ').replaceAll(/ +/g, ' '), source, unprintable, bytes }
}
const closed = atTheDoor().on(125, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' })
const note = { text: 'Mara came calm and left calm.', signature: { ...signature('rosa', 'Rosa M.', 140), meaning: 'authorship' as const } }

describe('the record of a session on paper', () => {
  test('holds who, what was given, each reading, leaving, every entry and the signed note', async () => {
    const story = closed.on(140, 'session-narrative.v1', note)
    const { text, unprintable } = await printed(story, 150)
    for (const words of ['Mara Keller', '1986-03-14', 'Allergies: not asked', 'Jun L.', '40 mg IM', 'Given in all: 40 mg.', '122/78', 'D13', 'Jun L., monitor', 'Theo Keller', 'Mara came calm and left calm.', 'Signed by Rosa M.', `sealed ${'ab'.repeat(32)}`, 'entry 41']) expect(text, words).toContain(words)
    for (const entry of story.entries.filter(({ kind, session }) => session === SESSION && kind === 'vitals.v1')) expect(text).toContain(entry.at.slice(11, 16))
    expect(text).not.toContain('has not been closed')
    expect(unprintable).toEqual([])
  })

  test('a signed note says in which edition’s sentences it was drafted, or that the record does not', async () => {
    const told = async (more: object) => (await printed(closed.on(140, 'session-narrative.v1', { ...note, ...more }), 150)).text
    expect(await told({ edition: '2026.11 with the sentences of Harbor Street' })).toContain('Signed by Rosa M., 20:20. Drafted in the sentences of 2026.11 with the sentences of Harbor Street.')
    expect(await told({})).toContain('Signed by Rosa M., 20:20. The record does not name the edition it was drafted in.')
  })

  test.each<[string, Told, number, readonly string[]]>([
    ['a session that has just begun', begun(), 1, ['This session has not been closed', 'No dose is in the record.', 'No reading is in the record.', 'Nobody has signed for going home.', 'No note of this session has been signed.', 'does not show that identity was checked', 'does not show that the emergency kit was checked', 'does not show that a prescriber could be reached']],
    ['a kit that was short and a prescriber on the phone', begun().on(-30, 'room-checked.v1', { room: { id: 'r2', name: 'Room 2' }, items: [{ item: 'oxygen', present: true }, { item: 'suction', present: false }], earliestExpiry: '2027-03-01', confirms: { at: at(-200), person: 'lee', name: 'Lee P.' } }).on(-30, 'prescriber-reachable.v1', { person: 'dr-osei', name: 'Dr. Osei', by: 'phone', answersWithinSec: 120, until: at(180) }), 1, ['Emergency kit checked, Room 2: not there: suction; in date until 2027-03-01. Still as Lee P. found it. Looked through at 14:40, written down by Rosa M.', 'Dr. Osei was the prescriber to reach, by phone, until 21:00 (Rosa M.).']],
    ['a step in two records', begun().whole(-3).dose(0).dose(1, 1, 44), 20, ['(in doubt)', 'is in doubt']],
    ['an alarm nobody answered', begun().whole(-3).dose(0).reading(20, { systolicMmHg: 190 }), 25, ['Systolic pressure 190', 'no answer in the record']],
    ['a reading written off', calmCourse().on(31, 'vitals-missed.v1', { plannedFor: at(30), reason: 'in the bathroom' }), 130, ['not taken', 'in the bathroom']],
    ['something that came after the close', closed.on(140, 'session-note.v1', { text: 'a late thought' }), 150, ['Came after the close', 'a late thought', 'happened after close']],
  ])('%s says what is missing or in doubt', async (_, story, minute, words) => {
    const { text } = await printed(story, minute)
    for (const one of words) expect(text, one).toContain(one)
  })

  test('esketamine has what its monitoring form asks for in one place; other medicines do not', async () => {
    const spray = begun('IN-esketamine').whole(-3).dose(0, 1, 56).whole(40, { systolicMmHg: 148 }).mind(42, { moaaS: 4 }).whole(60)
    const { text } = await printed(spray, 70)
    for (const words of ['For the esketamine monitoring form', 'Pressure before the dose: 122/78', '148/78', 'deepest MOAA/S 4', 'not asked after the dose']) expect(text, words).toContain(words)
    const unseen = begun('IN-esketamine').whole(-3).dose(0, 1, 56).reading(40).mind(41, { rass: 0 })
    expect((await printed(unseen, 50)).text).toContain('not assessed after the dose')
    expect((await printed(closed, 150)).text).not.toContain('monitoring form')
  })

  test('what was corrected stands below what took its place', async () => {
    const { text } = await printed(begun().whole(-3).dose(0).reading(20, { systolicMmHg: 222 }, { id: 'slip' }).reading(20, { systolicMmHg: 122 }, { amends: 'slip' }), 25)
    expect(text).toContain('Corrected since: BP 222/78')
  })

  test('a dose that came after the close is never denied', async () => {
    const late = begun().whole(-3).on(20, 'session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, { receivedAt: at(20) }).dose(5, 1, 40, { receivedAt: at(40) })
    const { text } = await printed(late, 50)
    expect(text).toContain('A dose reached the record after the close')
    for (const words of ['No dose is in the record', 'Given in all']) expect(text).not.toContain(words)
  })

  test('the drawing is said in words, and the same record gives the same bytes', async () => {
    const [first, again] = [await printed(closed, 150), await printed(closed, 150)]
    expect(first.source).toMatch(/\/S \/Figure/)
    expect(first.source).toContain('The same numbers stand in the table above')
    expect(Buffer.from(first.bytes).equals(Buffer.from(again.bytes))).toBe(true)
  })

  test('a long record goes over pages and loses nothing', async () => {
    const long = Array.from({ length: 240 }, (_, minute) => minute).reduce((story, minute) => story.on(minute, 'session-note.v1', { text: `line ${minute} of the afternoon` }), begun().whole(-3).dose(0))
    const { text } = await printed(long, 245)
    for (let minute = 0; minute < 240; minute += 1) expect(text).toContain(`line ${minute} of the afternoon`)
  })
})
