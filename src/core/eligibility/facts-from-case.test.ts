import { describe, expect, test } from 'vitest'
import { screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { factsFromCase } from './facts-from-case.ts'
import { factNames, type FactName } from './facts.ts'

const read = (input: unknown) => {
  const told = factsFromCase(input, limits)
  if (!told.ok) throw new Error(`${told.refusal.key}: ${told.refusal.message}`)
  return told.value
}
const of = (input: unknown) => read(input).facts
const known = (value: unknown) => ({ state: 'known', value, entries: [] })
const listed = (...items: unknown[]) => ({ state: 'known', items: items.map((value) => ({ value, entries: [] })), entries: [] })
const silent = { state: 'missing', why: 'not-asked', entries: [] }

/** One thing said, and the one fact it is. */
const amounts = [
  'age', 'bmi', 'hoursSinceAlcohol', 'weeksSinceCardiovascularEvent', 'nyhaClass', 'qtcMs', 'transaminaseTimesUpperLimit', 'tsh', 'bpicSs', 'bpicSsRise', 'cystitisGrade', 'pregnancyTestAgeDays', 'lorazepamEquivalentMg', 'morphineEquivalentMg', 'daysSincePsychiatricAdmission', 'adequateTrials', 'phq9',
] as const
const words = { sexAtBirth: ['M', 'F', 'other'], psychosis: ['none', 'family', 'past', 'active'], mania: ['none', 'past', 'current'], childPugh: ['A', 'B', 'C'], pregnancyTest: ['negative', 'positive'], pregnancyStatus: ['pregnant', 'not-pregnant'] } as const
const noUnlessSaid = [
  'moodStabilizer', 'ketamineMisuse', 'intoxicated', 'ecgDone', 'visibleBloodInUrine', 'urinaryTrouble', 'lactating', 'opioidAgonistTreatment', 'hasCapacity', 'escortAvailable', 'medicationsReconciled', 'pdmpChecked', 'untreatedSleepApnea', 'homeOxygen', 'seizureUncontrolled', 'ketamineFromAnotherPrescriber',
] as const
const openUnlessSaid = ['childbearingPotential', 'clearanceSigned'] as const
const says: [input: Record<string, unknown>, fact: FactName, expected: unknown][] = [
  ...amounts.flatMap((fact) => [0, 3.5].map((value): [Record<string, unknown>, FactName, unknown] => [{ [fact]: value }, fact, known(value)])),
  [{ systolic: 120 }, 'systolicMmHg', known(120)], [{ diastolic: 80 }, 'diastolicMmHg', known(80)],
  ...Object.entries(words).flatMap(([fact, all]) => all.map((value): [Record<string, unknown>, FactName, unknown] => [{ [fact]: value }, fact as FactName, known(value)])),
  ...noUnlessSaid.map((fact): [Record<string, unknown>, FactName, unknown] => [{ [fact]: true }, fact, known(true)]),
  ...openUnlessSaid.flatMap((fact) => [true, false].map((value): [Record<string, unknown>, FactName, unknown] => [{ [fact]: value }, fact, known(value)])),
  [{ diagnoses: ['F33.2', 'I10'] }, 'diagnoses', listed({ code: 'F33.2', status: 'active' }, { code: 'I10', status: 'active' })],
  [{ medications: ['Xanax 1 mg'] }, 'medications', listed({ name: 'Xanax 1 mg', plain: 'xanax 1 mg', ingredients: ['alprazolam'] })], [{ medications: [] }, 'medications', listed()],
  [{ allergies: ['Ketalar!'] }, 'allergies', listed({ name: 'Ketalar!', plain: 'ketalar', ingredients: ['ketamine'] })], [{ allergies: [] }, 'allergies', listed()],
  ...(['active', 'early-remission', 'remission'] as const).map((status): [Record<string, unknown>, FactName, unknown] => [{ substanceUse: [{ substance: 'Crack-Cocaine', status }] }, 'substanceUse', listed({ substance: 'crack cocaine', status })]), [{ substanceUse: [] }, 'substanceUse', listed()],
  [{ urineDrugScreenPositive: ['ketamine'] }, 'urineDrugScreenPositive', listed('ketamine')], [{ medicinesToJudge: ['phenelzine'] }, 'medicinesToJudge', listed('phenelzine')], [{ medicinesStoppedUndated: ['phenelzine'] }, 'medicinesStoppedUndated', listed('phenelzine')], [{ protocolTarget: 'AUD' }, 'protocolTarget', known('AUD')],
]
const nothing = of({})

test.each(says.map(([input, fact, expected]) => [JSON.stringify(input), fact, input, expected] as const))('%s is told as %s, and nothing else', (_, fact, input, expected) => {
  const facts = of(input)
  expect(facts[fact]).toEqual(expected)
  for (const other of factNames) if (other !== fact) expect(facts[other], other).toEqual(nothing[other])
})

test('left out or left open: yes-or-no reads as no, what a case says in words as not asked, and no fact is forgotten', () => {
  const open = Object.fromEntries([...says.flatMap(([input]) => Object.keys(input)), 'cSsrs', 'overrides'].map((key) => [key, null]))
  for (const facts of [nothing, of(open)]) {
    expect(Object.keys(facts).toSorted()).toEqual([...factNames].toSorted())
    const no = factNames.filter((fact) => { const held = facts[fact]; return held.state === 'known' && 'value' in held && held.value === false })
    expect(no.toSorted()).toEqual([...noUnlessSaid, 'itemNineOpen'].toSorted())
    expect([facts.diagnoses, facts.urineDrugScreenPositive, facts.medicationsUnread, facts.medicinesToJudge, facts.medicinesStoppedUndated, facts.protocolTarget]).toEqual([listed(), listed(), listed(), listed(), listed(), known('other')])
    const rest = factNames.filter((fact) => !no.includes(fact) && !['diagnoses', 'urineDrugScreenPositive', 'medicationsUnread', 'medicinesToJudge', 'medicinesStoppedUndated', 'protocolTarget'].includes(fact))
    for (const fact of rest) expect([fact, facts[fact]]).toEqual([fact, silent])
  }
  expect(of({ pregnancyTest: 'missing' }).pregnancyTest).toEqual(silent)
  for (const target of ['aud', 'depression', null]) expect(of({ protocolTarget: target }).protocolTarget).toEqual(known('other'))
})

describe('the interview', () => {
  const items = { q1: 'cSsrsQ1', q2: 'cSsrsQ2', q3: 'cSsrsQ3', q4: 'cSsrsQ4', q5: 'cSsrsQ5', q6Lifetime: 'cSsrsQ6Lifetime', q6PastThreeMonths: 'cSsrsQ6PastThreeMonths' } as const
  test.each(Object.entries(items))('%s', (item, fact) => {
    const others = Object.values(items).filter((other) => other !== fact)
    for (const [answer, expected, complete] of [[true, known(true), true], [false, known(false), true], [null, { state: 'missing', why: 'incomplete', entries: [] }, false]] as const) {
      const facts = of({ cSsrs: { [item]: answer } })
      expect([facts[fact], facts.cSsrsComplete]).toEqual([expected, known(complete)])
      for (const other of others) expect([other, facts[other]]).toEqual([other, known(false)])
    }
  })
})

test.each([...amounts, 'systolic', 'diastolic'])('%s is a number, and none below 0', (key) => {
  for (const value of [-1, '3', true]) expect(factsFromCase({ [key]: value }, limits)).toMatchObject({ ok: false, refusal: { key } })
})
test.each([...noUnlessSaid, ...openUnlessSaid])('%s is yes or no', (key) => expect(factsFromCase({ [key]: 'yes' }, limits)).toMatchObject({ ok: false, refusal: { key } }))
test.each(Object.keys(words))('%s is one of its words', (key) => {
  for (const value of ['', 'unknown']) expect(factsFromCase({ [key]: value }, limits)).toMatchObject({ ok: false, refusal: { key } })
})
test.each(['diagnoses', 'medications', 'allergies', 'urineDrugScreenPositive'])('%s is a list of words', (key) => expect(factsFromCase({ [key]: 'ketamine' }, limits)).toMatchObject({ ok: false, refusal: { key } }))

test('an override counts from a prescriber, signed, with a reason that says something', () => {
  const one = { rule: 'O01', role: 'prescriber', reason: 'x'.repeat(20), signed: true }
  const counts = (change: object) => read({ overrides: [{ ...one, ...change }] }).overrides.length === 1
  expect([counts({}), counts({ role: 'therapist' }), counts({ signed: false }), counts({ reason: 'x'.repeat(19) }), counts({ reason: `${'x'.repeat(19)} ` })]).toEqual([true, false, false, false, false])
  expect(read({}).overrides).toEqual([])
})
