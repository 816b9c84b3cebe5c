import { expect, test } from 'vitest'
import { titration } from '../../knowledge/titration.ts'
import { sayRule } from './say-rule.ts'
import type { TitrationRows, TitrationRule } from './titration.ts'

/** Other figures than ours, so that a sentence which does not read its row is seen. */
const other: TitrationRows = {
  ...titration, adult: { ...titration.adult, fromYears: 21 }, review: { ...titration.review, grade: 4 }, lower: { ...titration.lower, grade: 1, moaaSAtMost: 3 },
  keep: { ...titration.keep, responsePercent: 40 }, start: { ...titration.start, older: { ...titration.start.older, fromYears: 70, share: 2 / 3 } },
}

test.each<[TitrationRule, string, string?]>([
  ['not-adult', 'Younger than 18: nothing is proposed.', 'Younger than 21: nothing is proposed.'], ['not-cleared', 'No medical clearance in force: nothing is proposed.'],
  ['red-or-severe', 'A red alert, or a side effect of grade 3 or more: left to the prescriber.', 'A red alert, or a side effect of grade 4 or more: left to the prescriber.'],
  ['orange-grade-or-sedation', 'An orange alert, an unexpected side effect of grade 2 or more, or MOAA/S 2 or less: one step down.', 'An orange alert, an unexpected side effect of grade 1 or more, or MOAA/S 3 or less: one step down.'],
  ['too-intense', 'Stronger than the window: one step down.'], ['enough-response', 'Scores 50 % lower or more: the dose stays.', 'Scores 40 % lower or more: the dose stays.'],
  ['yellow', 'A yellow alert, where it was weaker than the window: the dose stays.'], ['too-little', 'Weaker than the window: one step up, within the limits.'],
  ['ideal-weight', 'A body mass index at which the weight as measured is not used.'], ['older', '65 or older: 50 % of the usual start.', '70 or older: 67 % of the usual start.'], ['inhibitor', 'A medicine that slows the breakdown: a smaller start.'],
])('%s, with the figures of its row', (rule, says, withOthers = says) => {
  expect([sayRule(rule, titration), sayRule(rule, other)]).toEqual([says, withOthers])
})
