import { describe, expect, test } from 'vitest'
import { broughtInto } from './brought.ts'
import { at, begun, SESSION, told } from './fixtures.ts'

const labels = { comfort: [{ id: 'hand', label: 'Offer a hand' }], cards: [], effects: [{ id: 'nausea', label: 'Nausea' }] }
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
    expect(brought().last).toMatchObject({ hard: ['nausea, grade 2', 'headache'], helped: ['offer a hand'], closed: undefined, integration: undefined, unfinished: [] })
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
})
