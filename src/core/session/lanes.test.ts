import { describe, expect, test } from 'vitest'
import { at, begun, SESSION, signature, type Told } from './fixtures.ts'
import { lanesOf } from './lanes.ts'

const received = (minute: number) => ({ receivedAt: at(minute) })
/** Closed at minute 30 on the tablet; the server had it a minute later. Everything before had arrived at once. */
const closed = () => begun().with((entries) => entries.map((entry) => ({ ...entry, ...received(-50) }))).reading(10, {}, { id: 'reading', ...received(10) })
  .on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'close', ...received(31) })
/** The same, without the network since the start. */
const offline = () => begun().reading(10, {}, { id: 'reading' }).on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'close' })
const corrected = (story: Told, amends: string, id: string, extra: object) => story.reading(10, { systolicMmHg: 140 }, { id, amends, ...extra })

test('a record holds entries and nothing else, also where a late correction leaves something standing', () => {
  const found = lanesOf(corrected(closed(), 'reading', 'x', received(40)).chart, SESSION)!
  expect(found.main.list.every(({ id }) => id !== undefined)).toBe(true)
})

describe('the lane of each entry', () => {
  const lanes = (story: Told) => {
    const found = lanesOf(story.chart, SESSION)!
    return { in: found.main.list.map(({ id }) => id).filter((id) => /^(reading|x|y|z)/.test(id)).toSorted(), late: found.late.map(({ entry, why }) => `${entry.id} ${why}`) }
  }
  test.each<[string, Told, readonly string[], readonly string[]]>([
    ['nothing late', closed(), ['reading'], []],
    ['happened in the minute of the close, there before it', closed().reading(30, {}, { id: 'x', ...received(30) }), ['reading', 'x'], []], ['happened a moment after it', closed().reading(30.1, {}, { id: 'x', ...received(30.5) }), ['reading'], ['x happened-after-close']],
    ['arrived with the close', closed().reading(20, {}, { id: 'x', ...received(31) }), ['reading', 'x'], []], ['arrived a moment after it', closed().reading(20, {}, { id: 'x', ...received(31.1) }), ['reading'], ['x arrived-after-close']], ['has not arrived', closed().reading(20, {}, { id: 'x' }), ['reading'], ['x arrived-after-close']],
    ['an answer to an alert, and a decision about a dose, are about the record', closed().on(40, 'alert-answered.v1', { alert: 'a', action: 'seen', note: '' }, { id: 'x' }).on(40, 'dose-conflict-resolved.v1', { step: 1, stands: 'a', reason: 'Twice.' }, { id: 'y' }), ['reading', 'x', 'y'], []],
    ['what is said about the record afterwards: its note, signed, and entries of a lost device that somebody adopted', closed().on(40, 'session-narrative.v1', { text: 'A calm afternoon.', signature: signature('rosa', 'Rosa M.', 40) }, { id: 'x', ...received(40) })
      .on(41, 'entries-adopted.v1', { act: 'act', author: 'jun', authorName: 'Jun L.', device: 'phone', entries: ['reading'], writtenFrom: at(10), writtenTo: at(10), note: '' }, { id: 'y', ...received(41) }), ['reading', 'x', 'y'], []],
    ['of another session', closed().reading(40, {}, { id: 'x', session: 'other', ...received(41) }), ['reading'], []],
    ['without the network: written by the same device in the minute of the close', offline().reading(20, {}, { id: 'x', writtenAt: at(30) }), ['reading', 'x'], []], ['written by it a moment later', offline().reading(20, {}, { id: 'x', writtenAt: at(30.1) }), ['reading'], ['x arrived-after-close']],
    ['written by another device later', offline().reading(20, {}, { id: 'x', device: 'phone', writtenAt: at(40) }), ['reading', 'x'], []],
    ['a correction on time stands for what it corrects', corrected(closed(), 'reading', 'x', received(20)), ['x'], []], ['a late one leaves it standing', corrected(closed(), 'reading', 'x', received(40)), ['reading'], ['x arrived-after-close']],
    ['a late correction of a late one: the first stands', corrected(corrected(closed(), 'reading', 'x', received(40)), 'x', 'y', received(41)), ['reading'], ['y arrived-after-close']], ['of one on time: that one stands', corrected(corrected(closed(), 'reading', 'x', received(20)), 'x', 'y', received(41)), ['x'], ['y arrived-after-close']],
    ['two late ones of the same: it stands once', corrected(corrected(closed(), 'reading', 'x', received(40)), 'reading', 'y', received(41)), ['reading'], ['x arrived-after-close', 'y arrived-after-close']],
    ['one on time and one late of the same: the one on time', corrected(corrected(closed(), 'reading', 'x', received(20)), 'reading', 'y', received(41)), ['x'], ['y arrived-after-close']],
    ['a late one of an entry that came late', corrected(closed().reading(20, {}, { id: 'x', ...received(40) }), 'x', 'y', received(41)), ['reading'], ['y arrived-after-close']],
    ['a late one of another session’s entry brings nothing in', corrected(closed().reading(5, {}, { id: 'x', session: 'other', ...received(5) }), 'x', 'y', received(41)), ['reading'], ['y arrived-after-close']],
    ['a late one of two that name each other', corrected(corrected(corrected(closed(), 'y', 'x', received(20)), 'x', 'y', received(21)), 'x', 'z', received(41)), ['reading', 'x'], ['z arrived-after-close']],
    ['a late one that may not correct it: it stands once', closed().mind(10, undefined, { id: 'x', amends: 'reading', ...received(40) }), ['reading'], ['x arrived-after-close']],
    ['a late one of an entry that is not on this copy', corrected(closed(), 'nowhere', 'x', received(40)), ['reading'], ['x arrived-after-close']],
  ])('%s', (_, story, main, late) => {
    expect(lanes(story)).toEqual({ in: main, late })
  })

  test('the first close counts, and it is itself in the session', () => {
    const twice = closed().on(33, 'session-closed.v1', { how: 'discharged', tolerance: 'too-much', note: '' }, { id: 'again', ...received(33) })
    expect(lanesOf(twice.chart, SESSION)).toMatchObject({ closed: { id: 'close' }, started: { id: SESSION }, late: [{ entry: { id: 'again' }, why: 'happened-after-close' }] })
    expect(lanesOf(closed().chart, SESSION)?.main.latest('session-closed.v1')?.id).toBe('close')
  })

  test('a close that was corrected closed when it first arrived, and without the network when it was written', () => {
    const note = { how: 'discharged', tolerance: 'too-much', note: 'Corrected.' } as const
    const twice = closed().on(30, 'session-closed.v1', note, { id: 'close-2', amends: 'close', ...received(50) }).on(30, 'session-closed.v1', note, { id: 'close-3', amends: 'close-2', ...received(60) })
    expect(lanes(twice.reading(20, {}, { id: 'x', ...received(40) })).late).toEqual(['x arrived-after-close'])
    expect(lanes(twice.reading(20, {}, { id: 'x', ...received(31) })).late).toEqual([])
    const twiceOffline = offline().on(30, 'session-closed.v1', note, { id: 'close-2', amends: 'close', writtenAt: at(50) })
    expect(lanes(twiceOffline.reading(20, {}, { id: 'x', writtenAt: at(40) })).late, 'written between the close and its correction, neither of which has arrived').toEqual(['x arrived-after-close'])
    expect(lanes(twiceOffline.reading(20, {}, { id: 'x', writtenAt: at(30) })).late).toEqual([])
    const half = offline().on(30, 'session-closed.v1', note, { id: 'close-2', amends: 'close', ...received(50) })
    expect(lanes(half.reading(20, {}, { id: 'x', ...received(51) })).late, 'only the correction has arrived').toContain('x arrived-after-close')
  })
})

describe('a session that was typed from paper', () => {
  const lines = [SESSION, 'reading', 'close'].map((entry) => ({ entry, by: 'Jun L.' }))
  const typed = (minute: number) => closed().on(minute, 'session-transcribed.v1', { wrote: 'Jun L.', why: 'No power.', edition: 'test', lines, unmet: [] }, { id: 'paper', ...received(minute) })
  const compared = (story: Told, arrived: object) => story.on(90, 'transcription-checked.v1', { transcription: 'paper', unmet: [], signature: signature('jun', 'Jun L.', 90), compared: lines.map(({ entry }) => ({ entry, found: 'agrees' as const, says: '' })) }, { id: 'check', by: 'jun', ...arrived })
  const late = (story: Told, extra: object) => lanesOf(story.reading(20, {}, { id: 'x', ...extra }).chart, SESSION)!.late.map(({ entry, why }) => `${entry.id} ${why}`)

  test('is being written until a second person has compared it, also where its close was put right on the way', () => {
    const right = typed(60).on(30, 'session-closed.v1', { how: 'discharged', tolerance: 'too-much', note: '' }, { id: 'close-2', amends: 'close', by: 'jun', ...received(80) })
    expect([late(typed(60), received(70)), late(right, received(85)), late(compared(typed(60), received(90)), received(90)), late(compared(typed(60), received(90)), received(91))]).toEqual([[], [], [], ['x arrived-after-close']])
  })

  test('compared, and the comparison has not arrived: only its own device knows what came after', () => {
    expect([late(compared(typed(60), {}), { device: 'phone' }), late(compared(typed(60), {}), { writtenAt: at(40) })]).toEqual([[], ['x arrived-after-close']])
  })

  test('says nothing about another session of the same person', () => {
    const other = closed().on(60, 'session-transcribed.v1', { wrote: 'Jun L.', why: 'No power.', edition: 'test', lines: [{ entry: 'of-another-session', by: 'Jun L.' }], unmet: [] }, { id: 'paper', session: 'other', ...received(60) })
    expect(late(other, received(70))).toEqual(['x arrived-after-close'])
  })
})

test('a session that still runs has nothing late; what is not the start of one is none', () => {
  const running = begun().reading(10, {}, { id: 'x' })
  expect(lanesOf(running.chart, SESSION)).toMatchObject({ closed: undefined, late: [], started: { id: SESSION } })
  expect(lanesOf(running.chart, SESSION)?.main.list).toHaveLength(running.entries.filter(({ session }) => session === SESSION).length)
  expect([lanesOf(running.chart, 'order'), lanesOf(running.chart, 'nowhere')]).toEqual([undefined, undefined])
})
