import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { narrative, narrativeSample } from '../../knowledge/narrative.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { sessionLabels } from '../../knowledge/session-labels.ts'
import { sessionRowsOf } from '../rulebook/book.ts'
import { assessment, at, atTheDoor, begun, calmCourse, clock, SESSION, signature, told, type Told } from './fixtures.ts'
import { fillSentence, narrativeOf, narrativeText, sentenceRefusals, withSentences, type NarrativeSentence } from './narrative.ts'
import { readSession } from './session.ts'

const minutes = (when: string) => `${Math.round((Date.parse(when) - Date.parse(at(0))) / 60_000)} min`
function lines(story: Told, minute: number, sentences: readonly NarrativeSentence[] = narrative) {
  const read = readSession(story.chart, SESSION, sessionRowsOf(rulebook), clock(minute))
  if (!read.ok) throw new Error(read.refusal)
  return narrativeOf(read.value, { patient: 'Mara Keller', day: '21 November 2026', name: (person) => ({ rosa: 'Rosa M.', jun: 'Jun L.', 'dr-osei': 'Dr. Osei' })[person] ?? person, time: minutes, labels: sessionLabels, sentences })
}
const text = (story: Told, minute: number) => narrativeText(lines(story, minute))
const used = (story: Told, minute: number) => lines(story, minute).map(({ sentence }) => sentence.replace('narrative.', ''))

const closed = atTheDoor().on(125, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' })

describe('the draft of a session’s note', () => {
  test('a spoken note stands among the notes: as not yet written out, and then in its author’s words', () => {
    const spoken = calmCourse().on(14, 'session-note.v1', { text: 'tears' }).on(15, 'spoken-note.v1', { file: { sha256: 'a'.repeat(64), bytes: 400, type: 'audio/webm' }, lengthMs: 42_000 }, { id: 'spoken', by: 'jun' })
    expect(text(spoken, 130)).toContain('Seen and heard: 14 min tears; 15 min A spoken note, 0:42, not yet written out.')
    expect(text(spoken.on(128, 'spoken-note-written.v1', { spoken: 'spoken', holds: 'words', text: 'She hums.' }, { by: 'jun' }), 130)).toContain('14 min tears; 15 min She hums.')
  })

  test.each([['matches', 'the photo on record matched'], ['none-on-record', 'there was no photo on record'], ['not-seen', 'could not be seen']] as const)('who it was, and the photo: %s', (found, says) => {
    const checked = calmCourse().on(-40, 'identity-checked.v1', { by: ['name', 'birth-date'] }).on(-40, 'photo-compared.v1', { found, ...(found === 'none-on-record' ? {} : { photo: 'photo' }) })
    expect(text(checked, 130)).toContain('Identity was checked by name and birth date; ')
    expect(text(checked, 130)).toContain(says)
  })

  test('tells an uneventful afternoon', () => {
    expect(text(closed, 130)).toBe([
      'Mara Keller came for medicine session 2 on 21 November 2026. It began at -60 min. In the room: Rosa M. as therapist from -58 min; Jun L. as monitor from -57 min. The record does not show that identity was checked. The record does not show that the emergency kit was checked. The record does not show that a prescriber could be reached.',
      'Before the dose, at -3 min: pressure 122/78 mmHg, pulse 76/min, saturation 98 %, breathing 14/min.',
      'Step 1: 40 mg IM at 0 min, prepared by not written down, confirmed by not written down, given by Rosa M.',
      'After the dose 7 readings were taken, from 10 min to 118 min. The highest systolic pressure was 122 mmHg at 10 min. The lowest saturation was 98 % at 10 min. The deepest level written down was MOAA/S 5 at 10 min. No side effect was written down. No orange or red alert was raised by what was written down.',
      'At 120 min Rosa M. assessed the person for going home: oriented to 4 of 4, MOAA/S 5, gait steady, PADSS 10 of 10, Aldrete 10 of 10. Going home was signed by Jun L. at 121 min and Ada N. at 121 min. Theo Keller was there at 119 min to go home with the person (driver license). The session was closed at 125 min: discharged. As the room saw it: as intended.',
    ].join('\n\n'))
  })

  test.each<[string, Told, number, readonly string[], readonly string[]]>([
    ['nothing written yet', told().with((all) => [...all, ...begun().entries.filter(({ kind }) => kind === 'session-started.v1' || kind === 'order.v1')]), 5, ['nobody', 'no-identity', 'no-baseline', 'no-dose', 'not-assessed', 'not-signed', 'no-escort', 'not-closed'], ['people', 'readings', 'no-readings', 'peak']],
    ['a dose and nothing after it', begun().whole(-3).dose(0), 30, ['baseline', 'dose', 'no-readings', 'no-depth', 'no-effects'], ['peak', 'saturation', 'depth', 'closed']],
    ['a step in two records', begun().whole(-3).dose(0).dose(1, 1, 40), 30, ['dose-in-doubt'], ['dose', 'dose-total']],
    ['two steps', calmCourse().dose(15, 2, 20), 130, ['dose', 'dose-total'], ['dose-in-doubt']],
    ['something that called for help', begun().whole(-3).dose(0).whole(20, { systolicMmHg: 190 }), 25, ['alarms'], ['no-alarms']],
    ['a reading written off', calmCourse().on(31, 'vitals-missed.v1', { plannedFor: at(30), reason: 'in the bathroom' }), 130, ['missed'], []],
    ['everything else that may happen', calmCourse().on(12, 'comfort.v1', { measure: 'blanket', note: '' }).on(13, 'signal.v1', { signal: 'lighter', answeredWith: '' }).on(14, 'session-note.v1', { text: 'tears' }).on(15, 'rating.v1', { scale: 'intensity', value: 7 }).on(16, 'side-effect.v1', { term: 'nausea', grade: 1, onsetAt: at(16), action: '', attributed: true }).on(17, 'rescue-given.v1', { what: 'ondansetron', amount: '4 mg', reason: 'nausea', orderedBy: 'Dr. Osei' }).on(18, 'emergency-step.v1', { card: 'vomiting', step: 'Turned' }), 130, ['comfort', 'signals', 'notes', 'ratings', 'effects', 'rescue', 'emergency'], ['no-effects']],
  ])('%s', (_, story, minute, holds, not) => {
    expect(used(story, minute)).toEqual(expect.arrayContaining([...holds]))
    for (const id of not) expect(used(story, minute), id).not.toContain(id)
  })

  test('an alarm nobody answered says so; an answer is told with its author', () => {
    const alarm = begun().whole(-3).dose(0).reading(20, { systolicMmHg: 190 }, { id: 'high' })
    expect(text(alarm, 25)).toContain('no answer in the record')
    expect(text(alarm.on(21, 'alert-answered.v1', { alert: 'high/BP-S', action: 'prescriber-called', note: '' }, { by: 'jun' }), 25)).toContain('Jun L., prescriber called')
  })

  test('a dose that reached the record after the close is told as one that has to be settled, and never as none', () => {
    const undosed = begun().whole(-3).on(20, 'session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, { receivedAt: at(20) })
    const late = undosed.dose(5, 1, 40, { receivedAt: at(40) })
    expect(used(late, 50)).toEqual(expect.arrayContaining(['dose-late']))
    for (const id of ['no-dose', 'dose-total']) expect(used(late, 50)).not.toContain(id)
    expect(text(late, 50)).toContain('40 mg IM')
  })

  test('without a dose everything that happened is told all the same', () => {
    const bad = begun().reading(5, { systolicMmHg: 220, spo2Percent: 80 }).on(6, 'symptom.v1', { symptom: 'seizure', present: true }).on(7, 'rescue-given.v1', { what: 'lorazepam', amount: '2 mg', reason: 'seizure', orderedBy: 'Dr. Osei' }).on(8, 'emergency-step.v1', { card: 'seizure', step: 'Call 911' }).on(9, 'signal.v1', { signal: 'stop', answeredWith: '' }).on(10, 'session-note.v1', { text: 'ambulance is here' })
    expect(used(bad, 12)).toEqual(expect.arrayContaining(['reading', 'no-dose', 'alarms', 'symptoms', 'rescue', 'emergency', 'signals', 'notes']))
    for (const id of ['baseline', 'readings', 'no-readings', 'peak', 'no-depth']) expect(used(bad, 12), id).not.toContain(id)
    for (const words of ['seizure', 'Lorazepam 2 mg', 'ambulance is here', '220']) expect(text(bad, 12)).toContain(words)
  })

  test('signatures under an older assessment, or given in another’s name, are not told as given', () => {
    const again = atTheDoor().on(130, 'discharge-assessed.v1', { ...assessment, orientation: 2, gait: 'assisted' }, { id: 'again' })
    expect(used(again, 135)).toContain('not-signed')
    expect(used(atTheDoor().without('signed-1').without('signed-2').on(122, 'discharge-signed.v1', { assessed: 'assessed', role: 'rn', signature: signature('ada', 'Ada N.', 122) }, { by: 'jun' }), 125)).toContain('not-signed')
  })

  test('a driver is no adult to go home with', () => expect(used(calmCourse().on(119, 'escort-arrived.v1', { name: 'A car', idNoted: '', kind: 'rideshare' }), 122)).toEqual(expect.arrayContaining(['driver'])))

  test('a reading in the minute of the dose is one before it', () => expect(used(begun().whole(0).dose(0), 5)).toEqual(expect.arrayContaining(['baseline', 'no-readings'])))

  test('who confirmed is who wrote it down', () => {
    const both = begun().whole(-3).on(-2, 'dose-prepared.v1', { step: 1, doseUg: 40_000, route: 'IM', order: 'order', lot: '' }, { id: 'p' }).on(-1, 'dose-confirmed.v1', { prepared: 'p', doseUg: 40_000 }, { id: 'c', by: 'jun' }).on(0, 'dose-given.v1', { step: 1, doseUg: 40_000, route: 'IM', order: 'order', prepared: 'p', confirmed: 'c', confirmedBy: 'somebody-else', site: '', selfAdministered: false })
    expect(text(both, 5)).toContain('prepared by Rosa M., confirmed by Jun L., given by Rosa M.')
  })

  test('what came after the close is counted and not told', () => {
    const late = closed.on(140, 'session-note.v1', { text: 'a late thought' })
    expect(used(late, 150)).toContain('late')
    expect(text(late, 150)).not.toContain('a late thought')
  })

  test('no place stays open, and every sentence rests on entries of this session or says that something is missing', () => {
    for (const story of [closed, calmCourse(), begun(), begun().dose(0)]) for (const line of lines(story, 130)) {
      expect(line.text).not.toMatch(/[{}]|undefined/)
      // A reading that is late has no entry: what stands there is the time it was due.
      if (line.facts.length === 0 && line.sentence !== 'narrative.alarms') expect(line.text).toMatch(/not|No|in all/)
    }
  })

  test('a practice’s own sentence is used as it stands', () => {
    const own = narrative.map((row) => (row.id === 'narrative.no-dose' ? { ...row, says: 'Today we did not dose.' } : row))
    expect(narrativeText(lines(begun(), 5, own))).toContain('Today we did not dose.')
  })

  const dose = narrative.find(({ id }) => id === 'narrative.dose')!
  const all = 'Step {step}: {dose} {route} at {time}, {prepared}, {confirmed}, {given}'
  test.each<[string, readonly string[]]>([
    [dose.says, []], [`${all}.`, []], [`${all}[, ended at {ended}].`, []], [`${all} ended {ended}.`, []],
    ['', ['empty ']], [`${all} {weather}.`, ['unknown-place weather']], ['Step {step}: {route} at {time}, {prepared}, {confirmed}, {given}.', ['missing-place dose']],
    ['{step} {dose} {route}, {prepared}, {confirmed}.', ['missing-place time', 'missing-place given']], [`${all.replace('{dose}', '[{dose}]')}.`, ['optional-place dose']], [`${all} {.`, ['braces ']], [`${all} [ended {ended}.`, ['brackets ']],
    [`${all} [soon].`, ['brackets ']], [`${all.replace('{dose}', '{dose} mg')}.`, ['unit dose']], [`${all}${'.'.repeat(600)}`, ['too-long ']],
  ])('a sentence for a dose: “%s” is refused for %j', (says, refused) => {
    expect(sentenceRefusals(says, dose).map(({ code, place }) => `${code} ${place}`)).toEqual(refused)
    for (const { says: why, place } of sentenceRefusals(says, dose)) expect(why).toContain(place)
  })

  const bounds = { places: ['dose', 'ended'], required: [] }
  test.each<[string, { readonly places: readonly string[]; readonly required: readonly string[] }, readonly string[]]>([
    ['   ', bounds, ['There is nothing to say. To say it as it ships, take your own sentence out.']], ['x'.repeat(600), bounds, []], ['x'.repeat(601), bounds, ['A sentence has at most 600 characters.']],
    ['One } brace.', bounds, ['A brace stands alone. A place is written like {time}.']], ['One ] bracket.', bounds, ['A bracket stands alone. A part that may be left out is written like [, ended at {ended}].']],
    ['Two [words].', bounds, ['A part in brackets names no place, so nothing says when to leave it out.']], ['{dose}[, until {ended}].', bounds, []],
    ['{weather}', bounds, ['There is no {weather} here. This sentence may name {dose}, {ended}.']], ['{weather}', { places: [], required: [] }, ['There is no {weather} here. This sentence may name nothing.']],
    ['{dose}mg', bounds, ['{dose} brings its unit along: take out “mg”.']], ['{dose} of 10.', bounds, ['{dose} brings its unit along: take out “of 10”.']], ['{dose} of ten.', bounds, []],
  ])('“%s” with %j is refused in these words: %j', (says, row, words) => expect(sentenceRefusals(says, row).map((one) => one.says)).toEqual(words))

  test.each<[string, Readonly<Record<string, string | number>>, string]>([
    ['  {name}  came  .', { name: 'Mara' }, 'Mara came.'], ['By {name}.', { name: 'Rosa M.' }, 'By Rosa M.'], ['{name} , then {other} ; done :', { name: 'A', other: 2 }, 'A, then 2; done:'],
    ['Given[ from {from} to {to}].', { from: '9:00', to: '9:40' }, 'Given from 9:00 to 9:40.'], ['Given[ from {from} to {to}].', { from: '9:00' }, 'Given.'], ['Given[ from {from} to {to}].', { from: '9:00', to: 'not written down' }, 'Given.'],
    ['{missing} stays.', {}, '{missing} stays.'],
  ])('“%s” with %j reads “%s”', (says, places, text) => expect(fillSentence(says, places)).toBe(text))

  test('one sentence of a practice takes the place of its own row, and of no other', () => {
    const row = narrative.find((one) => one.id === 'narrative.no-dose')!
    const kept = withSentences(narrative, [{ ...row, says: 'Today we gave nothing.', own: { by: 'dina', at: at(0) } }])
    expect(kept.filter((one, place) => one !== narrative[place]).map(({ id, says }) => [id, says])).toEqual([['narrative.no-dose', 'Today we gave nothing.']])
  })

  test('every sentence that ships could be signed as one’s own, and a place in a bracket that has no value takes its part with it', () => {
    for (const row of narrative) expect(sentenceRefusals(row.says, row), row.id).toEqual([])
    const own = (says: string) => narrative.map((row) => (row.id === dose.id ? { ...row, says } : row))
    const said = (story: Told) => lines(story, 130, own(`${all}[, ended at {ended}].`)).find(({ sentence }) => sentence === dose.id)!.text
    expect(said(begun().dose(0))).toBe('Step 1: 40 mg IM at 0 min, not written down, not written down, Rosa M.')
    expect(said(begun().dose(0, 1, 40, { id: 'given' }).on(7, 'dose-ended.v1', { dose: 'given' }))).toBe('Step 1: 40 mg IM at 0 min, not written down, not written down, Rosa M., ended at 7 min.')
  })

  test('whatever words a practice puts around them, every amount brings its unit, and no place stays open', () => {
    const words = fc.constantFrom('', 'We saw ', 'and then ', ' – ', 'total: ')
    fc.assert(fc.property(fc.array(words, { minLength: 60, maxLength: 60 }), (around) => {
      const own = narrative.map((row, place) => ({ ...row, says: `${around[place % 60]}${row.places.map((one) => `{${one}}`).join(around[(place + 7) % 60] || ' ')}.`, own: { by: 'dina', at: at(0) } }))
      const text = narrativeText(lines(closed, 130, withSentences(narrative, own)))
      expect(text).not.toMatch(/[{}[\]]|undefined/)
      for (const amount of ['40 mg', '122 mmHg', '98 %', '4 of 4', '10 of 10']) expect(text).toContain(amount)
    }), { numRuns: 50 })
  })

  test('the session that never was holds every place of every sentence, in the form the record has', () => {
    for (const row of narrative) for (const place of (row as NarrativeSentence).places) expect(narrativeSample(row.id)[place], `${row.id} ${place}`).toBeDefined()
  })

  test('a side effect is what the sentence about side effects shows, and no other', () => {
    const listing = narrative.filter((row) => (row as NarrativeSentence).places.includes('list'))
    expect(listing.map(({ id }) => id)).toEqual(expect.arrayContaining(['narrative.effects', 'narrative.dose-late', 'narrative.kit-short']))
    expect(listing.filter(({ id }) => narrativeSample(id)['list'] === narrativeSample('narrative.effects')['list']).map(({ id }) => id)).toEqual(['narrative.effects'])
    expect(narrativeSample('narrative.dose-late')['list']).toMatch(/mg IM at/)
  })

  test('of a practice’s own sentences those are said that fit, and what ships where one does not', () => {
    const own = { by: 'dina', at: at(0) }
    const kept = withSentences(narrative, [{ ...dose, says: `${all}.`, own }, { ...narrative[0]!, says: 'Without any place.', own }, { ...narrative[2]!, says: 'Here: {people}.' }])
    expect(kept.find(({ id }) => id === dose.id)).toMatchObject({ says: `${all}.`, own })
    expect([kept[0], kept[2]]).toEqual([narrative[0], narrative[2]])
  })
})
