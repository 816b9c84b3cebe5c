import { describe, expect, test } from 'vitest'
import type { Role } from '../access/roles.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { at, begun, SESSION, signature, type Told } from './fixtures.ts'
import { maySettle, ownerOf, recordMatters, sayReopened, type RecordMatter } from './record-matters.ts'

const received = (minute: number) => ({ receivedAt: at(minute) })
const words = { name: (person: string) => (person === 'jun' ? 'Jun L.' : person), time: (when: string) => when.slice(11, 16) }
const close = { how: 'discharged', tolerance: 'as-intended', note: '' } as const
/** Closed at minute 30, and everything had arrived by minute 31. */
const closed = () => begun().reading(10, {}, { id: 'reading' }).on(30, 'session-closed.v1', close, { id: 'close' }).with((entries) => entries.map((entry) => ({ ...entry, ...received(31) })))
const phone = { by: 'jun', device: 'phone' }
const late = (story: Told = closed()) => story.reading(20, {}, { id: 'second', ...phone, ...received(91) }).reading(15, {}, { id: 'first', ...phone, ...received(90) })
const typed = (lines: readonly string[], story: Told = closed(), session = SESSION, minute = 60) =>
  story.on(minute, 'session-transcribed.v1', { wrote: 'Jun L.', why: 'No power.', edition: 'test', lines: lines.map((entry) => ({ entry, by: 'Jun L.' })), unmet: [] }, { id: `paper-${session}`, by: 'jun', session, ...received(minute) })
const compared = (found: Readonly<Record<string, BodyOf<'transcription-checked.v1'>['compared'][number]['found']>>, story: Told) =>
  story.on(70, 'transcription-checked.v1', { transcription: `paper-${SESSION}`, unmet: [], signature: signature('ada', 'Ada N.', 70), compared: Object.entries(found).map(([entry, one]) => ({ entry, found: one, says: 'x' })) }, { id: 'check', by: 'ada', ...received(70) })
const says = (story: Told) => recordMatters(story.chart, words).map((matter) => matter.says)

describe('what is open about a record', () => {
  test.each<[string, Told, readonly string[]]>([
    ['nothing', closed(), []],
    ['typed, and compared by nobody', typed(['reading', 'close']), ['Session 2 was typed from paper by Jun L. and is transcribed, not yet checked. A second person compares it with the paper.']],
    ['one line is not so', compared({ reading: 'differs', close: 'agrees' }, typed(['reading', 'close'])), ['Session 2 was typed from paper by Jun L., and 1 line differs from the paper.']],
    ['two lines are not', compared({ reading: 'differs', close: 'differs', [SESSION]: 'agrees' }, typed(['reading', 'close', SESSION])), ['Session 2 was typed from paper by Jun L., and 2 lines differ from the paper.']],
    ['every line is so', compared({ reading: 'agrees', close: 'agrees' }, typed(['reading', 'close'])), []],
    ['two entries came late', late(), ['Session 2 is reopened for review: 2 entries arrived after closing, at 19:30 from Jun L.’s device.']],
    ['one came late', closed().reading(20, {}, { id: 'x', ...received(90) }), ['Session 2 is reopened for review: 1 entry arrived after closing, at 19:30 from rosa’s device.']],
  ])('%s', (_, story, expected) => {
    expect(says(story)).toEqual(expected)
  })

  test('what it rests on, since when, and who cannot settle it', () => {
    expect(recordMatters(typed(['reading', 'close']).chart, words)).toMatchObject([{ about: 'paper', session: SESSION, number: 2, entries: [`paper-${SESSION}`], since: at(60), not: 'jun' }])
    expect(recordMatters(late().chart, words)).toMatchObject([{ about: 'late', session: SESSION, number: 2, entries: ['first', 'second'], since: at(90), not: undefined }])
  })

  test('an entry that waits on this device is late since it was written', () => {
    const waiting = closed().reading(20, {}, { id: 'x', ...phone, writtenAt: at(95) })
    expect([recordMatters(waiting.chart, words)[0]?.since, says(waiting)]).toEqual([at(95), ['Session 2 is reopened for review: 1 entry arrived after closing, at 19:35 from Jun L.’s device.']])
  })

  test('each session has its own, and the oldest comes first, whichever session it is of', () => {
    const before = { session: 'before' }
    const two = (paperAt: number) => typed(['before'], late(), 'before', paperAt).on(-3_000, 'session-started.v1', { ...(begun().entries.find(({ id }) => id === SESSION)!.body as BodyOf<'session-started.v1'>), number: 1 }, { id: 'before', ...before })
    const open = (story: Told) => recordMatters(story.chart, words).map(({ about, session, number }) => [about, session, number])
    expect(open(two(60))).toEqual([['paper', 'before', 1], ['late', SESSION, 2]])
    expect(open(two(95))).toEqual([['late', SESSION, 2], ['paper', 'before', 1]])
  })
})

describe('why a record is open again', () => {
  const reopened = (story: Told, session = SESSION) => sayReopened(story.chart, session, words)
  const from = (id: string, by: string, device: string, minute: number) => (story: Told) => story.reading(20, {}, { id, by, device, ...received(minute) })

  test('each device of each person once, by its first moment, the first of all first', () => {
    expect(reopened(from('c', 'jun', 'tablet', 89)(from('b', 'ada', 'phone', 95)(late())))).toBe('reopened for review: 4 entries arrived after closing, at 19:29 from Jun L.’s device and at 19:30 from Jun L.’s device and at 19:35 from ada’s device.')
  })

  test('nothing waits: it says nothing, nor of a session that is not on this chart', () => {
    expect([reopened(closed()), reopened(begun()), reopened(late(), 'elsewhere')]).toEqual([undefined, undefined, undefined])
  })
})

describe('who settles it', () => {
  const settle = (about: RecordMatter['about'], roles: readonly Role[], not?: string) => maySettle({ about, not }, 'rosa', roles)
  test.each<[RecordMatter['about'], readonly Role[], boolean]>([
    ['paper', ['monitor'], true], ['paper', ['therapist'], true], ['paper', ['prescriber'], true], ['paper', ['coordinator'], false], ['paper', ['patient'], false], ['paper', [], false],
    ['late', ['therapist'], true], ['late', ['prescriber'], true], ['late', ['monitor'], false], ['late', ['owner'], false], ['late', ['coordinator', 'therapist', 'owner'], true], ['late', ['coordinator', 'owner'], false],
  ])('%s, by one who is %j: %s', (about, roles, may) => {
    expect(settle(about, roles)).toBe(may)
    expect(settle(about, roles, 'rosa'), 'who typed it cannot').toBe(false)
  })

  const member = (person: string, role: Role) => ({ person, role })
  test.each<[string, RecordMatter['about'], string | undefined, readonly ReturnType<typeof member>[], string | undefined]>([
    ['paper: a monitor before a therapist', 'paper', undefined, [member('rosa', 'therapist'), member('jun', 'monitor')], 'jun'], ['who did not type it', 'paper', 'jun', [member('jun', 'monitor'), member('ada', 'monitor')], 'ada'],
    ['then a therapist, then a prescriber', 'paper', 'jun', [member('osei', 'prescriber'), member('jun', 'monitor'), member('rosa', 'therapist')], 'rosa'], ['a prescriber at last', 'paper', 'rosa', [member('osei', 'prescriber'), member('rosa', 'therapist')], 'osei'],
    ['late: a therapist before a prescriber', 'late', undefined, [member('osei', 'prescriber'), member('rosa', 'therapist')], 'rosa'], ['a prescriber where there is none', 'late', undefined, [member('jun', 'monitor'), member('osei', 'prescriber')], 'osei'],
    ['nobody on the team may', 'late', undefined, [member('jun', 'monitor'), member('claire', 'coordinator')], undefined], ['nobody but who typed it', 'paper', 'rosa', [member('rosa', 'therapist')], undefined],
  ])('%s', (_, about, not, team, expected) => {
    expect(ownerOf({ about, not }, team)?.person).toBe(expected)
  })
})
