import { describe, expect, test } from 'vitest'
import { conditions as catalogue } from './conditions.ts'
import { conditions, helpLines, howWell, knownAbout, languages, opening, precheck, precheckEnds, questions, safety, steps, timeOff, visitWords, whatItIs, whoFor, type Claim, type Section } from './pages.ts'
import { languageNames } from './matching.ts'
import { sources } from './sources.ts'

const sections: readonly Section[] = [whatItIs, whoFor, howWell, safety, timeOff]
const ofSection = (section: Section): readonly Claim[] => [...section.says.flat(), ...(section.list ?? []), ...(section.after ?? []).flat()]
const claims: readonly Claim[] = [...opening, ...sections.flatMap(ofSection), ...steps.flatMap((step) => step.says), ...questions.flatMap((question) => question.says), ...Object.values(knownAbout)]
const day = /^\d{4}-\d\d-\d\d$/

test('there is something to look at', () => {
  expect(claims.length).toBeGreaterThan(60)
  expect(new Set(claims.map((claim) => claim.text)).size).toBe(claims.length)
})

describe('every claim', () => {
  test.each(claims.map((claim) => [claim.text, claim] as const))('%s', (text, claim) => {
    expect(claim.cites.filter((id) => !(id in sources))).toEqual([])
    expect([claim.checkedOn, claim.reviewBy].every((date) => day.test(date))).toBe(true)
    expect(claim.reviewBy > claim.checkedOn).toBe(true)
    // What a study found needs a study; only how the house does things may lean on the product's default alone.
    expect(claim.tag === 'V' ? claim.cites.includes('P') : !claim.cites.includes('P')).toBe(false)
    expect(lint(text, claim)).toEqual([])
  })
})

/** What no sentence of ours may do. */
function lint(text: string, claim: Pick<Claim, 'tag' | 'n'>): readonly string[] {
  const faults: string[] = []
  if (/\d\s?(%|percent)/.test(text)) {
    if (claim.tag !== 'V') faults.push('a percentage without a study')
    if (claim.n === undefined || !text.includes(claim.n.toLocaleString('en-US'))) faults.push('a percentage without the number of people it was counted in')
  }
  for (const word of ['eligible', 'all clear', 'safe for you', 'guarantee', 'cure', 'breakthrough', 'miracle', 'proven', 'powerful', 'deeper is better', 'groundbreaking', 'beacon']) {
    if (text.toLowerCase().includes(word)) faults.push(`the word "${word}"`)
  }
  return faults
}

test.each([
  ['60% of people got better.', { tag: 'V' as const }, 1],
  ['60% of 24 people got better.', { tag: 'P' as const, n: 24 }, 1],
  ['60% of people got better.', { tag: 'V' as const, n: 24 }, 1],
  ['60% of 24 people got better.', { tag: 'V' as const, n: 24 }, 0],
  ['You are eligible.', { tag: 'V' as const }, 1],
  ['This is safe for you: all clear.', { tag: 'P' as const }, 2],
])('the lint itself: %s', (text, claim, faults) => {
  expect(lint(text, claim)).toHaveLength(faults)
})

test('the page says what is known about every condition of the catalogue, and about no other', () => {
  expect(Object.keys(knownAbout).toSorted()).toEqual(catalogue.map((condition) => condition.id).toSorted())
  expect(conditions.filter((condition) => !condition.says)).toEqual([])
})

test('the first call can be asked for in the languages the matching knows', () => {
  expect(languages.map((language) => language.value).toSorted()).toEqual(Object.keys(languageNames).toSorted())
})

test('ids are not used twice', () => {
  for (const ids of [conditions.map((one) => one.id), questions.map((one) => one.id), precheck.map((one) => one.id), helpLines.map((one) => one.id), ...precheck.map((one) => one.answers.map((answer) => answer.id))]) {
    expect(new Set(ids).size).toBe(ids.length)
  }
})

describe('the private check', () => {
  test('asks about all that has to be asked', () => {
    expect(precheck.map((question) => question.id).toSorted()).toEqual(['age', 'heart', 'ketamine-reaction', 'pregnancy', 'psychosis-mania', 'substance-use', 'suicidal-plans', 'suicidal-thoughts'])
  })
  test.each(precheck.map((question) => [question.id, question] as const))('%s: cited, and every hard answer says who helps', (_, question) => {
    expect(question.cites.filter((id) => !(id in sources) || (id as string) === 'P')).toEqual([])
    expect(question.reviewBy).toMatch(day)
    for (const answer of question.answers) if (answer.leads !== 'talk' || answer.help) expect(answer.reply?.length, answer.id).toBeGreaterThan(20)
    expect(question.answers.some((answer) => answer.leads === 'talk')).toBe(true)
  })
  test.each([['suicidal-thoughts', 'yes', 'talk', true], ['suicidal-plans', 'yes', 'crisis', undefined], ['psychosis-mania', 'now', 'not-now', true], ['age', 'under', 'not-now', undefined], ['pregnancy', 'pregnant', 'not-now', undefined], ['heart', 'high', 'not-now', undefined], ['heart', 'treated', 'talk', undefined], ['substance-use', 'now', 'not-now', undefined], ['ketamine-reaction', 'allergy', 'not-now', undefined]])('%s = %s leads to %s', (question, answer, leads, help) => {
    const row = precheck.find((one) => one.id === question)?.answers.find((one) => one.id === answer)
    expect([row?.leads, row?.help]).toEqual([leads, help])
  })
  test('no end tells a person that they fit', () => {
    const words = JSON.stringify([precheck, precheckEnds]).toLowerCase()
    for (const word of ['eligible', 'all clear', 'safe for you', 'you qualify', 'suitable', 'good candidate']) expect(words).not.toContain(word)
    expect(precheckEnds.talk.says.join(' ')).toContain('It does not mean that KAP is right for you')
  })
})

test('help is 911, 988 by voice and text, and 741741, each with its source', () => {
  expect(helpLines.flatMap((line) => line.ways.map((way) => way.href))).toEqual(['tel:911', 'tel:988', 'sms:988', 'sms:741741'])
  expect(helpLines.every((line) => line.cites.length > 0 && day.test(line.reviewBy))).toBe(true)
})

test('every kind of visit has a name a patient understands', () => {
  expect(Object.values(visitWords).filter((words) => words.name.length < 4 || words.says.length < 4)).toEqual([])
})
