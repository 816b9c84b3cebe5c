import { describe, expect, test } from 'vitest'
import { broughtInto } from './brought.ts'
import { at, begun, SESSION, told } from './fixtures.ts'

const labels = { comfort: [{ id: 'blanket', label: 'A blanket' }, { id: 'hand', label: 'Offer a hand' }], cards: [], effects: [{ id: 'dizziness', label: 'Dizziness' }, { id: 'nausea', label: 'Feeling sick' }] }
const LAST = 'last-session'
const then = { session: LAST }
const dosed = begun()
  .on(-9_000, 'dose-given.v1', { step: 1, doseUg: 30_000, route: 'IM', order: 'order', prepared: 'p', confirmed: 'c', confirmedBy: 'jun', site: '', selfAdministered: false }, then)
  .on(-8_990, 'side-effect.v1', { term: 'nausea', grade: 2, onsetAt: at(-8_990), action: '', attributed: true }, then)
  .on(-8_980, 'symptom.v1', { symptom: 'headache', present: true }, then).on(-8_970, 'symptom.v1', { symptom: 'headache', present: false }, then)
  .on(-8_960, 'comfort.v1', { measure: 'hand', note: '' }, then).on(-8_950, 'comfort.v1', { measure: 'hand', note: '' }, then)
const brought = (story = dosed, until?: string) => broughtInto(story.chart, SESSION, labels, until)

describe('what was learned before', () => {
  test('what was hard in the order it came and what helped, each once, by the names of the rows', () => {
    expect(brought().last).toMatchObject({ hard: ['feeling sick, grade 2', 'headache'], helped: ['offer a hand'], closed: undefined, integration: undefined, unfinished: [] })
  })
  test('nothing of the session one is in, nor of a person without one before it', () => {
    const now = dosed.dose(0).on(5, 'symptom.v1', { symptom: 'vomiting', present: true })
    expect(brought(now).last?.hard).not.toContain('vomiting')
    expect(broughtInto(told().chart, SESSION, labels)).toEqual({ intention: undefined, agreed: undefined, last: undefined })
  })
  test('the newest intention; in a look back, the one that was known then', () => {
    const story = dosed.on(-100, 'intention.v1', { text: 'before' }).on(500, 'intention.v1', { text: 'afterwards' })
    expect(brought(story).intention?.body.text).toBe('afterwards')
    expect(brought(story, at(200)).intention?.body.text).toBe('before')
  })
  test.each([['kept', 'yes', []], ['kept in part', 'partly', ['walk']], ['not kept', 'no', ['walk']]] as const)('what was set out to do and %s', (_, kept, unfinished) => {
    const story = dosed.on(-500, 'integration.v1', { session: LAST, startedAt: at(-560), endedAt: at(-500), themes: 'Rest.', modalities: [], commitments: [{ id: 'one', text: 'walk' }], nextIntention: '' }).on(-400, 'commitment-kept.v1', { commitment: 'one', kept, said: '' })
    expect(brought(story).last?.unfinished).toEqual(unfinished)
  })
  test('what no row names stands as it was written; a sign that was looked for and was not there is none', () => {
    const story = dosed.on(-8_940, 'side-effect.v1', { term: 'Hiccups', grade: 1, onsetAt: at(-8_940), action: '', attributed: true }, then).on(-8_930, 'symptom.v1', { symptom: 'seizure', present: false }, then).on(-8_920, 'comfort.v1', { measure: 'Warm socks', note: '' }, then).on(-8_910, 'signal.v1', { signal: 'lighter', answeredWith: '' }, then)
    expect(brought(story).last).toMatchObject({ hard: ['feeling sick, grade 2', 'headache', 'hiccups, grade 1', 'signal: lighter'], helped: ['offer a hand', 'warm socks'] })
  })
  test('in the order it came, whatever sort it is of; what came in one moment as signs, effects, signals', () => {
    const story = dosed.on(-8_995, 'signal.v1', { signal: 'quiet', answeredWith: '' }, then).on(-8_980, 'signal.v1', { signal: 'help', answeredWith: '' }, then)
    expect(brought(story).last?.hard).toEqual(['signal: quiet', 'feeling sick, grade 2', 'headache', 'signal: help'])
  })
  test('how it ended, and nothing that belongs to another session', () => {
    const close = (id: string, session: string, minute: number) => (story: typeof dosed) => story.on(minute, 'session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, { id, session })
    const other = { session: 'never-dosed' }
    const story = close('other-close', 'never-dosed', -7_000)(close('close', LAST, -8_900)(dosed)).on(-7_100, 'comfort.v1', { measure: 'blanket', note: '' }, other).on(-7_100, 'signal.v1', { signal: 'stop', answeredWith: '' }, other)
      .on(-7_000, 'integration.v1', { session: 'never-dosed', startedAt: at(-7_060), endedAt: at(-7_000), themes: '', modalities: [], commitments: [{ id: 'two', text: 'sleep' }], nextIntention: '' })
    expect(brought(story).last).toMatchObject({ closed: { id: 'close' }, hard: ['feeling sick, grade 2', 'headache'], helped: ['offer a hand'], integration: undefined, unfinished: [] })
  })
  test('a look back shows what was known at that moment, to the minute', () => {
    const agreed = (stopSignal: string) => ({ touch: 'none' as const, touchNote: '', stopSignal, lighterSignal: '', quietSignal: '', grounding: [], music: '' })
    const story = dosed.on(-500, 'integration.v1', { session: LAST, startedAt: at(-560), endedAt: at(-500), themes: 'Rest.', modalities: [], commitments: [{ id: 'one', text: 'walk' }], nextIntention: '' }, { id: 'talk' })
      .on(-400, 'commitment-kept.v1', { commitment: 'one', kept: 'yes', said: '' }).on(-100, 'intention.v1', { text: 'before' }).on(-100, 'agreements.v1', agreed('palm')).on(500, 'agreements.v1', agreed('word')).dose(600, 1, 40, { session: 'next-session' })
    const known = (minute: number) => { const { intention, agreed: said, last } = brought(story, at(minute)); return [intention?.body.text, said?.body.stopSignal, last?.dosed.session, last?.integration?.id, last?.unfinished] }
    expect([-9_001, -9_000, -501, -500, -401, -400, -101, -100, 499, 500, 599, 600].map(known)).toEqual([
      [undefined, undefined, undefined, undefined, undefined], [undefined, undefined, LAST, undefined, []], [undefined, undefined, LAST, undefined, []], [undefined, undefined, LAST, 'talk', ['walk']], [undefined, undefined, LAST, 'talk', ['walk']],
      [undefined, undefined, LAST, 'talk', []], [undefined, undefined, LAST, 'talk', []], ['before', 'palm', LAST, 'talk', []], ['before', 'palm', LAST, 'talk', []], ['before', 'word', LAST, 'talk', []], ['before', 'word', LAST, 'talk', []], ['before', 'word', 'next-session', undefined, []],
    ])
  })
})
