import { describe, expect, test } from 'vitest'
import { comfortMeasures } from '../../knowledge/comfort.ts'
import { effects } from '../../knowledge/effects.ts'
import { emergencyCards } from '../../knowledge/emergency.ts'
import { sessionRows } from '../../knowledge/session.ts'
import { cardsFor } from './cards.ts'
import { findEffects, gradeByNumber, sideEffectsOf, type SideEffectRow } from './effects.ts'
import { sessionEntries } from './entries.ts'
import { at, begun, clock, SESSION, type Told } from './fixtures.ts'
import { readSession } from './session.ts'

const row = (id: string) => effects.terms.find((one) => one.id === id) as SideEffectRow

/** Every word for a side effect on the two practices' own pages. */
const seedTerms = [
  'nausea', 'vomiting', 'agitation', 'disorientation', 'confusion', 'altered mental status', 'hallucinations', 'loss of motor coordination', 'dizziness', 'light-headedness', 'increased blood pressure', 'increased heart rate', 'changes in breathing',
  'painful urination', 'difficult urination', 'increased urination', 'loss of bladder control', 'blood in urine', 'detachment', 'derealization', 'depersonalization',
]
test.each(seedTerms)('the picker knows "%s"', (term) => {
  expect(findEffects(effects.terms, term).length).toBeGreaterThan(0)
})

test('a running session has outlasted nothing, and each says whether it still goes on and which row it is', () => {
  const found = sideEffectsOf(sessionEntries(begun().dose(0).on(20, 'side-effect.v1', { term: 'nausea', grade: 1, onsetAt: at(10), action: '', attributed: true }).on(21, 'side-effect.v1', { term: 'toothache', grade: 1, onsetAt: at(10), endedAt: at(20), action: '', attributed: true } as never).entries), effects, undefined)
  expect(found.map(({ row: term, ongoing, expected, report }) => [term?.id, ongoing, expected, report])).toEqual([['nausea', true, true, []], [undefined, false, false, ['not-expected']]])
})

test('it is found by its label, by the standard’s term, by what a practice calls it, in whatever letters and with blanks around it', () => {
  const one = { ...row('nausea'), label: 'Sickness', standard: { term: 'Nausea', group: 'x' }, alsoCalled: ['Queasy'] }
  expect(['sick', 'NAUS', ' queasy ', 'toothache'].map((typed) => findEffects([one], typed).length)).toEqual([1, 1, 1, 0])
})

test('what is not in it is not found, and nothing typed shows everything', () => {
  expect(findEffects(effects.terms, 'toothache')).toEqual([])
  expect(findEffects(effects.terms, ' ')).toHaveLength(effects.terms.length)
})

describe('the grade that a number alone gives', () => {
  test.each([
    ['hypertension', { systolicMmHg: 119, diastolicMmHg: 79 }, undefined], ['hypertension', { systolicMmHg: 120 }, 1], ['hypertension', { diastolicMmHg: 80 }, 1], ['hypertension', { systolicMmHg: 139.9 }, 1], ['hypertension', { systolicMmHg: 140 }, 2], ['hypertension', { diastolicMmHg: 90 }, 2],
    ['hypertension', { systolicMmHg: 160 }, 3], ['hypertension', { systolicMmHg: 130, diastolicMmHg: 100 }, 3], ['hypertension', {}, undefined], ['hypoxia', { spo2Percent: 88 }, undefined], ['hypoxia', { spo2Percent: 87.9 }, 3], ['nausea', { systolicMmHg: 200 }, undefined],
  ])('%s %o → %s', (id, values, grade) => {
    expect(gradeByNumber(row(id), values)).toBe(grade)
  })
})

describe('what has to be reported', () => {
  const report = (term: string, grade: number, change: object = {}, more: (story: Told) => Told = (story) => story) => {
    const story = more(begun().dose(0)).on(20, 'side-effect.v1', { term, grade, onsetAt: at(10), endedAt: at(40), action: '', attributed: true, ...change } as never)
    return sideEffectsOf(sessionEntries(story.entries), effects, at(130))[0]?.report
  }
  const rescue = (minute: number) => (story: Told) => story.on(minute, 'rescue-given.v1', { what: 'ondansetron', amount: '4 mg', reason: 'Nausea', orderedBy: 'Dr. Osei' })
  test.each([
    ['expected, mild and over', report('nausea', 2), []], ['expected but severe', report('nausea', 3), ['grade']], ['expected but still there at the end', report('dissociation', 1, { endedAt: undefined }), ['outlasted-the-session']], ['expected, ended after it', report('dizziness', 1, { endedAt: at(131) }), ['outlasted-the-session']],
    ['expected but needing medicine', report('nausea', 2, {}, rescue(25)), ['needed-medicine']], ['medicine in the minute it began', report('nausea', 2, {}, rescue(10)), ['needed-medicine']], ['in the minute it ended', report('nausea', 2, {}, rescue(40)), ['needed-medicine']], ['after it ended', report('nausea', 2, {}, rescue(41)), []], ['medicine, and not over yet', report('nausea', 2, { endedAt: undefined }, rescue(90)), ['outlasted-the-session', 'needed-medicine']], ['ended in the minute of the close', report('dizziness', 1, { endedAt: at(130) }), []], ['everything at once', report('vomiting', 3, { endedAt: undefined }, rescue(20)), ['not-expected', 'grade', 'outlasted-the-session', 'needed-medicine']],
    ['medicine given before it began', report('nausea', 2, {}, rescue(5)), []], ['not expected', report('vomiting', 1), ['not-expected']], ['a term nobody lists', report('toothache', 1), ['not-expected']],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })
})

describe('which emergency card comes up', () => {
  const cards = (story: Told) => {
    const session = readSession(story.chart, SESSION, sessionRows, clock(12))
    return session.ok ? cardsFor(session.value.alerts.open, emergencyCards).map(({ id }) => id) : []
  }
  const dosed = () => begun().whole(-15).whole(-3).dose(0).whole(8)
  test.each([
    ['nothing', dosed(), []], ['yellow', dosed().whole(10, { systolicMmHg: 165 }), []], ['orange pressure', dosed().whole(10, { systolicMmHg: 185 }), ['high-pressure']], ['red saturation', dosed().whole(10, { spo2Percent: 85 }), ['breathing']],
    ['throat', dosed().on(10, 'symptom.v1', { symptom: 'laryngeal-noise', present: true }), ['laryngospasm']], ['the worst first', dosed().whole(10, { systolicMmHg: 185 }).on(11, 'symptom.v1', { symptom: 'seizure', present: true }), ['seizure', 'high-pressure']],
  ])('%s', (_, story, expected) => {
    expect(cards(story)).toEqual(expected)
  })

  test('every orange and red symptom has a card', () => {
    const listed = new Set<string>(emergencyCards.flatMap(({ opensOn }) => opensOn.symptoms))
    const severe = sessionRows.monitoring.alerts.flatMap(({ watches, levels }) => (watches === 'symptom' ? [levels.orange, levels.red] : [])).flatMap((found) => ('symptom' in found ? [...found.symptom] : []))
    expect(severe.filter((symptom) => !listed.has(symptom))).toEqual(['new-confusion', 'dyspnea'])
  })
})

test('measures of comfort are short enough to be read beside somebody', () => {
  for (const { label, how } of comfortMeasures) expect([label.length <= 40, how.length <= 130], label).toEqual([true, true])
})
