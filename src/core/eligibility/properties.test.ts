import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eligibility, screeningLimits as limits } from '../../knowledge/eligibility.ts'
import { plainCase, ruleCases } from './cases/rule-cases.ts'
import { factsFromCase } from './facts-from-case.ts'
import { factNames, gapReasons, missing, type FactName, type ScreeningFacts } from './facts.ts'
import { clearance, plainChart } from './fixtures.ts'
import type { Condition } from './rule.ts'
import { decisions, screen, type Screening } from './screen.ts'
import { clearanceNow, screenChart } from './clearance.ts'
import { screeningFacts } from './screening-facts.ts'

const rank = (screening: Screening) => decisions.indexOf(screening.decision)
const read = (input: Record<string, unknown>): ScreeningFacts => {
  const facts = factsFromCase(input, limits)
  if (!facts.ok) throw new Error(facts.refusal.message)
  return facts.value.facts
}

/** Any mixture of what the worked cases say: two or three remarkable things at once. */
const inputs = Object.values(ruleCases).flatMap((cases) => [...cases.fires, ...cases.not])
const anInput = fc.array(fc.constantFrom(...inputs), { maxLength: 3 }).map((parts) => Object.assign({}, plainCase, ...parts) as Record<string, unknown>)
const someFacts = anInput.map(read)

test('one more rule that is met never makes the decision better', () => {
  fc.assert(fc.property(someFacts, fc.subarray([...eligibility]), fc.constantFrom(...eligibility), (facts, some, extra) => {
    const more: Condition = { any: [{ not: { absent: 'medicationsUnread' } }] }
    const before = screen(some, facts)
    const after = screen([...some, { ...extra, when: more }], facts)
    expect(after.met.some((one) => one.rule.id === extra.id)).toBe(true)
    if (some.length > 0) expect(rank(after)).toBeLessThanOrEqual(rank(before))
    if (extra.action === 'block') expect(after.decision).toBe('INELIGIBLE')
  }))
})

/** Facts that a row itself counts only if they are recorded, and facts of the session day: taking one away is shown, not punished. */
const onlyIfRecorded = new Set<FactName>([
  'weeksSinceCardiovascularEvent', 'nyhaClass', 'childPugh', 'pregnancyTest', 'pregnancyStatus', 'urineDrugScreenPositive', 'tsh', 'daysSincePsychiatricAdmission', 'transaminaseTimesUpperLimit', 'qtcMs',
  'bpicSs', 'visibleBloodInUrine', 'urinaryTrouble', 'bpicSsRise', 'cystitisGrade', 'morphineEquivalentMg', 'lorazepamEquivalentMg', 'bmi', 'adequateTrials',
])
const ofTheDay = new Set<FactName>(['intoxicated'])
/** Whom nobody has to ask: breastfeeding a man, and pregnancy anyone whom M02 leaves out (its own table says whom). */
const notAskedOf = (name: FactName, { sexAtBirth, age }: ScreeningFacts) => {
  const isMan = sexAtBirth.state === 'known' && sexAtBirth.value === 'M'
  return (name === 'lactating' && isMan) || (name === 'childbearingPotential' && (isMan || (age.state === 'known' && age.value > 55)))
}

test('taking facts away never makes anybody eligible', () => {
  fc.assert(fc.property(someFacts, fc.subarray([...factNames], { maxLength: 4 }), fc.constantFrom(...gapReasons), (facts, gone, why) => {
    const before = screen(eligibility, facts)
    const after = screen(eligibility, { ...facts, ...Object.fromEntries(gone.map((name) => [name, missing(why)])) } as ScreeningFacts)
    if (after.decision !== 'ELIGIBLE' || before.decision === 'ELIGIBLE' || gone.some((name) => notAskedOf(name, facts))) return
    const excused = gone.filter((name) => onlyIfRecorded.has(name) || ofTheDay.has(name))
    expect(excused.length).toBeGreaterThan(0)
    const shown = [...after.unrecorded, ...after.unknown.flatMap((one) => one.gaps.map((gap) => gap.fact))]
    expect(excused.some((name) => shown.includes(name))).toBe(true)
  }), { numRuns: 500 })
})

/** One at a time and for every reason, so that no fact hides behind another. Only a rule that rested on the fact can change. */
const worse = inputs.map((input) => read({ ...plainCase, ...input })).map((facts) => ({ facts, before: screen(eligibility, facts) })).filter((one) => one.before.decision !== 'ELIGIBLE')
test.each(factNames.filter((name) => !onlyIfRecorded.has(name) && !ofTheDay.has(name)))('without %s nothing that was worse becomes ELIGIBLE', (name) => {
  for (const { facts, before } of worse) {
    if (notAskedOf(name, facts) || !before.met.some((one) => one.facts.some((used) => used.fact === name))) continue
    for (const why of gapReasons) expect(screen(eligibility, { ...facts, [name]: missing(why) }).decision).not.toBe('ELIGIBLE')
  }
})

test('what counts only if recorded is as the rows say', () => {
  const named = [...JSON.stringify(eligibility.map((rule) => rule.when)).matchAll(/"(?:fact|anyIn)":"(\w+)"[^{}]*"noWhen"/g)].map((match) => match[1])
  expect(new Set(named)).toEqual(new Set(onlyIfRecorded))
})

test('nothing is ELIGIBLE while data are missing, and every rule is somewhere', () => {
  fc.assert(fc.property(someFacts, fc.subarray([...factNames]), (facts, gone) => {
    const screening = screen(eligibility, { ...facts, ...Object.fromEntries(gone.map((name) => [name, missing('not-asked')])) } as ScreeningFacts)
    if (screening.decision.startsWith('ELIGIBLE')) expect(screening.met.filter((one) => one.rule.action !== 'caution')).toEqual([])
    const ids = [...screening.met, ...screening.unknown].map((one) => one.rule.id).concat(screening.notMet.map((rule) => rule.id))
    expect(ids.toSorted()).toEqual(eligibility.map((rule) => rule.id).toSorted())
  }))
})

test('the order of the rules does not matter', () => {
  fc.assert(fc.property(someFacts, fc.shuffledSubarray([...eligibility], { minLength: eligibility.length }), (facts, shuffled) => {
    expect(screen(shuffled, facts).decision).toBe(screen(eligibility, facts).decision)
  }))
})

test('reading a chart never throws, whenever it is read, and a fact outlives its limit nowhere', () => {
  const chart = plainChart('2026-11-20')
  const signed = chart.on('2026-11-20', 'clearance.v1', clearance('2026-11-20', chart))
  fc.assert(fc.property(fc.integer({ min: -3_000, max: 3_000 }), (hours) => {
    const at = new Date(Date.parse('2026-11-20T17:00:00Z') + hours * 3_600_000).toISOString()
    const facts = screeningFacts(signed, at, limits)
    for (const row of limits.freshness) for (const name of row.facts) if (hours > row.withinDays * 24 + 1) expect(facts[name].state).toBe('missing')
    const { state } = clearanceNow(signed, eligibility, at, limits)
    expect(state).toBe(hours > 90 * 24 ? 'expired' : 'cleared')
    if (hours > 30 * 24) expect(screenChart(signed, eligibility, at, limits).decision).toBe('INCOMPLETE')
  }))
})
