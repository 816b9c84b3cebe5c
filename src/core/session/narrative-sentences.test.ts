import { describe, expect, test } from 'vitest'
import { narrative } from '../../knowledge/narrative.ts'
import { sessionLabels } from '../../knowledge/session-labels.ts'
import { sessionRows } from '../../knowledge/session.ts'
import type { BodyOf } from '../chart/kinds.ts'
import { at, atTheDoor, begun, calmCourse, clock, SESSION, signature, type Told } from './fixtures.ts'
import { narrativeOf, narrativeText, type NarrativeSentence } from './narrative.ts'
import { readSession } from './session.ts'
import { kit, reachable } from './testing/fixtures.ts'

const name = (person: string) => ({ rosa: 'Rosa M.', jun: 'Jun L.', ada: 'Ada N.', osei: 'Dr. Osei' })[person] ?? person
const received = (minute: number) => ({ receivedAt: at(minute) })
function lines(story: Told, minute = 200, sentences: readonly NarrativeSentence[] = narrative) {
  const read = readSession(story.chart, SESSION, sessionRows, clock(minute))
  if (!read.ok) throw new Error(read.refusal)
  return narrativeOf(read.value, { patient: 'Mara', day: 'Saturday', name, time: (when) => when.slice(11, 16), labels: sessionLabels, sentences })
}
/** One sentence with the entries it rests on; every sentence under that name, where there are several. */
const of = (story: Told, id: string, minute?: number) => lines(story, minute).filter(({ sentence }) => sentence === `narrative.${id}`).map(({ text, facts }) => [text, facts])
const close = (story: Told, minute = 125) => story.on(minute, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id: 'close', ...received(minute) }).with((entries) => entries.map((entry) => ({ ...entry, ...received(-100), ...(entry.id === 'close' ? received(minute) : {}) })))

describe('each sentence says what the record holds, and points to it', () => {
  const looked = (change: Partial<BodyOf<'room-checked.v1'>>) => begun().on(-40, 'room-checked.v1', kit(change), { id: 'look' })
  const items = kit().items.map((one) => ({ ...one, present: !['bag-mask', 'oxygen'].includes(one.item) }))
  test.each<[string, Told, string, readonly string[]]>([
    ['opening', begun(), 'Mara came for medicine session 2 on Saturday. It began at 17:00.', [SESSION]],
    ['people', begun().on(30, 'checked-out.v1', { person: 'jun', handedOverTo: 'rosa' }, { id: 'jun-out' }), 'In the room: Rosa M. as therapist from 17:02; Jun L. as monitor from 17:03 to 18:30, handed over to Rosa M.', ['rosa-in', 'jun-in', 'jun-out']],
    ['nobody', begun().without('rosa-in').without('jun-in'), 'The record does not show who was in the room.', []],
    ['identity', begun().on(-50, 'identity-checked.v1', { by: ['name', 'birth-date'] }, { id: 'who-it-is' }), 'Identity was checked by name and birth date.', ['who-it-is']], ['no-identity', begun(), 'The record does not show that identity was checked.', []],
    ['identity', begun().on(-50, 'identity-checked.v1', { by: ['name'] }, { id: 'who-it-is' }).on(-49, 'photo-compared.v1', { found: 'matches', photo: '0190aaaa-0000-7000-8000-0000000000f0' }, { id: 'face' }), 'Identity was checked by name; the photo on record matched.', ['who-it-is', 'face']],
    ['kit', looked({}), 'The emergency kit was checked by Rosa M. at 17:20; it is in date until 2027-03-01.', ['look']], ['kit-short', looked({ items }), 'The emergency kit was checked by Rosa M. at 17:20; not there: oxygen, bag mask. It is in date until 2027-03-01.', ['look']], ['no-kit', begun(), 'The record does not show that the emergency kit was checked.', []],
    ['reachable', begun().on(-40, 'prescriber-reachable.v1', reachable(), { id: 'answers' }), 'Dr. Osei was the prescriber to reach, in the building, until 21:00.', ['answers']], ['no-reachable', begun(), 'The record does not show that a prescriber could be reached.', []],
    ['no-baseline', begun(), 'No reading from before a dose is in the record.', []], ['no-dose', begun(), 'No dose is in the record.', []],
    ['dose-in-doubt', begun().dose(0, 1, 40, { id: 'mine' }).dose(1, 1, 44, { id: 'yours' }), 'Step 1 stands in 2 records that have not been settled; what was given is in doubt.', ['mine', 'yours']],
    ['no-readings', begun().dose(0), 'No reading after the dose is in the record.', []], ['no-depth', begun().dose(0), 'How awake the person was after the dose is not in the record.', []], ['no-effects', begun(), 'No side effect was written down.', []], ['no-alarms', begun(), 'No orange or red alert was raised by what was written down.', []],
    ['symptoms', begun().on(5, 'symptom.v1', { symptom: 'chest-pain', present: true }, { id: 'sign' }).on(6, 'symptom.v1', { symptom: 'nausea', present: true }, { id: 'other' }).on(7, 'symptom.v1', { symptom: 'chest-pain', present: false }, { id: 'gone' }), 'Signs that were written down: 18:05 chest pain; 18:06 nausea.', ['sign', 'other']],
    ['comfort', begun().on(5, 'comfort.v1', { measure: 'hand', note: '' }, { id: 'one' }).on(6, 'comfort.v1', { measure: 'tea', note: 'warm' }, { id: 'two' }), 'What was offered: 18:05 Offer a hand; 18:06 tea. warm.', ['one', 'two']],
    ['signals', begun().on(5, 'signal.v1', { signal: 'stop', answeredWith: '' }, { id: 'one' }), 'Signals: 18:05 stop.', ['one']], ['notes', begun().on(5, 'session-note.v1', { text: 'Said “Signal: stop” and laughed' }, { id: 'one' }), 'Seen and heard: 18:05 Said “Signal: stop” and laughed.', ['one']],
    ['ratings', begun().on(5, 'rating.v1', { scale: 'intensity', value: 3 }, { id: 'one' }).on(6, 'rating.v1', { scale: 'distress', value: 4 }, { id: 'two' }), 'The person’s own ratings, each from 0 to 10: intensity 3 at 18:05; distress 4 at 18:06.', ['one', 'two']],
    ['missed', begun().on(31, 'vitals-missed.v1', { plannedFor: at(30), reason: 'asleep' }, { id: 'one' }).on(46, 'vitals-missed.v1', { plannedFor: at(45), reason: 'away' }, { id: 'two' }), 'Readings not taken: 18:30 (asleep); 18:45 (away).', ['one', 'two']],
    ['rescue', begun().on(5, 'rescue-given.v1', { what: 'ondansetron', amount: '4 mg', reason: 'nausea', orderedBy: '' }, { id: 'one' }), 'Given in answer: 18:05 Ondansetron 4 mg given: nausea.', ['one']],
    ['withdrawn', begun().on(5, 'consent-withdrawn.v1', { form: 'touch', said: '' }, { id: 'back' }), 'At 18:05 the person took back consent (touch).', ['back']],
    ['not-assessed', begun(), 'An assessment for going home is not in the record.', []], ['not-signed', begun(), 'Nobody has signed for going home.', []], ['signed', atTheDoor(), 'Going home was signed by Jun L. at 20:01 and Ada N. at 20:01.', ['signed-1', 'signed-2']],
    ['escort', begun().on(5, 'escort-arrived.v1', { name: 'Theo', idNoted: '', kind: 'adult' }, { id: 'theo' }), 'Theo was there at 18:05 to go home with the person (no identification).', ['theo']], ['no-escort', begun(), 'Who went home with the person is not in the record.', []], ['not-closed', begun(), 'The session has not been closed.', []],
  ])('%s', (id, story, text, facts) => {
    expect(of(story, id)).toEqual([[text, facts]])
  })

  test.each<[string, Partial<BodyOf<'vitals.v1'>>, string]>([
    ['all of it', {}, 'pressure 122/78 mmHg, pulse 76/min, saturation 98 %, breathing 14/min'], ['no pressure', { systolicMmHg: undefined, diastolicMmHg: undefined } as never, 'pressure not written down, pulse 76'],
    ['only the upper', { diastolicMmHg: undefined } as never, 'pressure 122/– mmHg'], ['only the lower', { systolicMmHg: undefined } as never, 'pressure –/78 mmHg'], ['nothing but the pressure', { heartRatePerMin: undefined, spo2Percent: undefined, respiratoryRatePerMin: undefined } as never, 'pulse not written down, saturation not written down, breathing not written down'],
  ])('the reading before the dose: %s', (_, values, says) => {
    expect(of(begun().reading(-3, values).dose(0), 'baseline')[0]![0]).toContain(says)
  })
})

describe('the dose', () => {
  const prepared = begun().on(-2, 'dose-prepared.v1', { step: 1, doseUg: 40_000, route: 'IM', order: 'order', lot: '' }, { id: 'prepared-1' }).on(-1, 'dose-confirmed.v1', { prepared: 'prepared-1', doseUg: 40_000 }, { id: 'confirmed-1', by: 'jun' })
  test('each step with its hands, and the entries it rests on', () => {
    const self = prepared.dose(0, 1, 40, { id: 'first' }).with((entries) => entries.map((entry) => (entry.kind === 'dose-given.v1' ? { ...entry, body: { ...entry.body, selfAdministered: true } } : entry)))
    expect(of(prepared.dose(0, 1, 40, { id: 'first' }), 'dose')).toEqual([['Step 1: 40 mg IM at 18:00, prepared by Rosa M., confirmed by Jun L., given by Rosa M.', ['first', 'prepared-1', 'confirmed-1']]])
    expect(of(self, 'dose')[0]![0]).toBe('Step 1: 40 mg IM at 18:00, prepared by Rosa M., confirmed by Jun L., given by the person.')
  })

  test('a total only of what is certain, and never beside a dose that came late', () => {
    const two = close(prepared.dose(0, 1, 40).dose(15, 2, 20))
    expect(of(two, 'dose-total')).toEqual([['Given in all: 60 mg.', []]])
    for (const one of [close(prepared.dose(0, 1, 40)), close(prepared.dose(0, 1, 40).dose(15, 2, 20).dose(16, 2, 25)), two.dose(20, 3, 10, received(150))]) expect(of(one, 'dose-total')).toEqual([])
  })

  test('what came late: every dose that waits, and nothing else', () => {
    const first = close(prepared.dose(0, 1, 40))
    const late = first.dose(15, 2, 20, { id: 'late-1', ...received(150) }).dose(30, 3, 10, { id: 'late-2', ...received(151) })
    const reviewed = (found: 'taken' | 'aside') => late.on(160, 'late-reviewed.v1', { reviewed: ['late-1', 'late-2'].map((entry) => ({ entry, found, reason: 'Twice' })), signature: signature('rosa', 'Rosa M.', 160) }, { id: 'seen', ...received(160) })
    expect(of(late, 'dose-late')).toEqual([['After the close a dose reached the record that this session does not count: 20 mg IM at 18:15; 10 mg IM at 18:30. What was given in all has to be settled first.', ['late-1', 'late-2']]])
    expect(of(late, 'late')).toEqual([['2 entries came after the close and are not part of this note.', ['late-1', 'late-2']]])
    const note = first.on(20, 'session-note.v1', { text: 'A thought.' }, { id: 'thought', ...received(150) })
    expect([of(note, 'dose-late'), of(note, 'late')]).toEqual([[], [['1 entries came after the close and are not part of this note.', ['thought']]]])
    for (const found of ['taken', 'aside'] as const) expect([of(reviewed(found), 'dose-late'), of(reviewed(found), 'late')]).toEqual([[], []])
    expect([of(first, 'late-reviewed'), of(reviewed('aside'), 'late-reviewed')]).toEqual([[], [['Rosa M. looked at what came late: 2 left aside (Twice; Twice).', ['seen']]]])
  })
})

describe('what happened during it', () => {
  test('the highest pressure, the lowest saturation and the deepest level after the dose, wherever they stand', () => {
    const story = begun().reading(-3, { systolicMmHg: 200, spo2Percent: 80 }, { id: 'before' }).mind(-3, { moaaS: 1 }).dose(0).reading(10, { systolicMmHg: 130, spo2Percent: 97 }, { id: 'a' }).mind(10, { moaaS: 4 }, { id: 'ma' }).reading(20, { systolicMmHg: 150, spo2Percent: 94 }, { id: 'b' }).mind(20, { moaaS: 3 }, { id: 'mb' }).reading(30, { systolicMmHg: 140, spo2Percent: 96 }, { id: 'c' }).mind(30, { moaaS: 5 }, { id: 'mc' })
    expect(['readings', 'peak', 'saturation', 'depth'].map((id) => of(story, id)[0])).toEqual([
      ['After the dose 3 readings were taken, from 18:10 to 18:30.', ['a', 'b', 'c']], ['The highest systolic pressure was 150 mmHg at 18:20.', ['b']], ['The lowest saturation was 94 % at 18:20.', ['b']], ['The deepest level written down was MOAA/S 3 at 18:20.', ['mb']],
    ])
  })

  test('side effects, each with what is known of it', () => {
    const effect = (term: string, more: Partial<BodyOf<'side-effect.v1'>>) => ({ term, grade: 2, onsetAt: at(5), action: '', attributed: true, ...more })
    const story = begun().dose(0).on(5, 'side-effect.v1', effect('nausea', { endedAt: at(20), action: 'A bowl' }), { id: 'one' }).on(6, 'side-effect.v1', effect('hiccups', {}), { id: 'two' })
    expect(of(story, 'effects')).toEqual([['Side effects: Nausea, grade 2, from 18:05 to 18:20 (A bowl); hiccups, grade 2, from 18:05, not ended.', ['one', 'two']]])
  })

  test('what called for help: orange and red, each with who answered, and no yellow', () => {
    const story = close(begun().mind(-3).reading(-3, {}, { id: 'before' }).dose(0).reading(10, { systolicMmHg: 165 }, { id: 'yellow' }).reading(20, { systolicMmHg: 190 }, { id: 'high' }).reading(30, { systolicMmHg: 120, spo2Percent: 91 }, { id: 'low' }), 31)
      .on(21, 'alert-answered.v1', { alert: 'high/BP-S', action: 'repeating', note: '' }).on(22, 'alert-answered.v1', { alert: 'high/BP-S', action: 'prescriber-called', note: '' }, { by: 'jun' })
    expect(of(story, 'alarms')).toEqual([['What called for help: 18:20 Systolic pressure 190 mmHg (180 mmHg or more): Rosa M., reading again; Jun L., prescriber called. 18:30 Oxygen saturation 91 % (below 92%): no answer in the record.', ['high', 'before', 'low']]])
    expect(of(begun().whole(-3).dose(0).reading(10, { systolicMmHg: 165 }), 'alarms', 11)).toEqual([])
  })
})

describe('typed from paper', () => {
  const lines = ['first', 'high']
  const ran = begun().whole(-3).dose(0, 1, 40, { id: 'first' }).reading(20, { systolicMmHg: 190 }, { id: 'high' })
  const typed = (story: Told = ran, by = 'Jun L.', of = lines, id = 'paper') => story.on(100, 'session-transcribed.v1', { wrote: 'Jun L.', why: 'No power.', edition: 'test', lines: of.map((entry) => ({ entry, by })), unmet: [] }, { id })
  const check = (found: 'agrees' | 'differs', story: Told = typed(), of = lines, id = 'paper', by = 'jun') => story.on(110, 'transcription-checked.v1', { transcription: id, unmet: [], signature: signature(by, name(by), 110), compared: of.map((entry) => ({ entry, found, says: 'x' })) }, { by })
  test.each<[string, () => Told, string]>([
    ['not compared', () => typed(), 'typed afterwards by Rosa M., transcribed, not yet checked.'], ['compared, and it differs', () => check('differs'), 'typed afterwards by Rosa M., transcribed, differs from the paper.'], ['compared', () => check('agrees'), 'typed afterwards by Rosa M., compared with the paper by Jun L.'],
    ['no line of it is here', () => typed(ran, 'Jun L.', ['elsewhere', 'nowhere']), 'typed afterwards by Rosa M., not yet checked.'],
  ])('%s', (_, story, says) => {
    expect(of(story(), 'from-paper')).toEqual([[`It was written on paper by Jun L.; 2 entries were ${says}`, ['paper']]])
  })

  test('of two transcriptions each with whoever compared it', () => {
    const two = check('agrees', typed(check('agrees', typed(ran, 'Jun L.', ['first']), ['first']), 'Jun L.', ['high'], 'second'), ['high'], 'second', 'ada')
    expect(of(two, 'from-paper').map(([text]) => text)).toEqual(['It was written on paper by Jun L.; 1 entries were typed afterwards by Rosa M., compared with the paper by Jun L.', 'It was written on paper by Jun L.; 1 entries were typed afterwards by Rosa M., compared with the paper by Ada N.'])
  })

  test('whoever gave the dose is whom the paper names, and an alert of then called nobody', () => {
    expect(of(typed(), 'dose')[0]![0]).toContain('given by Jun L. (on paper)')
    expect(of(typed(ran, ''), 'dose')[0]![0]).toContain('given by somebody the paper does not name (on paper)')
    expect(of(typed(), 'alarms', 21)[0]![0]).toMatch(/190 mmHg .*: read from paper, it would have called people then\.$/)
  })
})

test('a sentence that a practice does not have is left out, and a part without any leaves no gap', () => {
  const some = narrative.filter(({ id }) => ['narrative.opening', 'narrative.no-identity', 'narrative.not-closed'].includes(id))
  expect(lines(calmCourse(), 130, some).map(({ sentence }) => sentence)).toEqual(['narrative.opening', 'narrative.no-identity', 'narrative.not-closed'])
  expect(narrativeText(lines(calmCourse(), 130, some))).toBe('Mara came for medicine session 2 on Saturday. It began at 17:00. The record does not show that identity was checked.\n\nThe session has not been closed.')
})

test('a practice’s own sentence may name when the infusion ended; a place that nothing fills stays as it stands', () => {
  const own = narrative.map((row): NarrativeSentence => (row.id === 'narrative.dose' ? { ...row, says: '{dose}, ended {ended}, {unheard}' } : row))
  const dosed = begun().dose(0, 1, 40, { id: 'first' })
  const text = (story: Told) => lines(story, 50, own).find(({ sentence }) => sentence === 'narrative.dose')?.text
  expect([text(dosed), text(dosed.on(40, 'dose-ended.v1', { dose: 'first' }))]).toEqual(['40 mg, ended not written down, {unheard}', '40 mg, ended 18:40, {unheard}'])
})
