import { conditions } from '../../../../knowledge/conditions.ts'
import { effects } from '../../../../knowledge/effects.ts'
import { emergencyKit } from '../../../../knowledge/emergency.ts'
import { flagWords } from '../../../../knowledge/benchmarks.ts'
import { interactionRows } from '../../../../knowledge/interactions.ts'
import { library } from '../../../../knowledge/library.ts'
import { reliability, reporting } from '../../../../knowledge/outcomes.ts'
import { plasma } from '../../../../knowledge/plasma.ts'
import { recoveryScores } from '../../../../knowledge/recovery-scores.ts'
import { scales } from '../../../../knowledge/scales.ts'
import type { Statement } from '../../../../knowledge/statement.ts'
import { titration } from '../../../../knowledge/titration.ts'
import { count, from, listed, sentence, type BookRule, type Chapter, type RuleGroup } from './rule.ts'

/** A sentence of the library, with what the person concerned reads. The Spanish drafts stay in the rows until somebody has reviewed them. */
const said = (row: Statement, ...lines: readonly string[]): BookRule => ({ id: row.id, says: row.says, lines: [...lines, `In plain words: “${row.plainly}”`], ...from(row) })
const group = (title: string, rows: readonly Statement[]): RuleGroup => ({ title, rules: rows.map((row) => said(row)) })

export const meantFor: readonly RuleGroup[] = [
  group('For whom it is meant', library.inclusion),
  { title: 'What people come with', rules: conditions.map(({ id, clinicalName, codes, also, ...row }): BookRule => ({ id: `condition.${id}`, says: sentence(`${clinicalName}: ${codes.length > 0 ? listed(codes.map(({ code }) => code)) : 'no code of its own'}`), ...(also ? { lines: [also] } : {}), ...from(row) })) },
]

const severityWords = { none: 'Nothing to do', minor: 'Minor', moderate: 'Moderate', major: 'Major' } as const

export const takenTogether: RuleGroup = {
  title: 'Taken together with ketamine',
  rules: interactionRows.map(({ id, name, severity, effect, instruction, conflict, medicines, rules, ...row }): BookRule => ({
    id: `interaction.${id}`, says: `${name}. ${severityWords[severity]}. ${sentence(effect)} ${sentence(instruction)}`, ...from(row),
    lines: [`Among them: ${listed(medicines.map(({ ingredient }) => ingredient))}.`, ...(rules.length > 0 ? [`See ${listed(rules)}.`] : []), ...(conflict ? [conflict] : [])],
  })),
}
const percent = (share: number) => `${Math.round(share * 100)} percent`
const { review, lower, keep, floor, start, rounding } = titration
export const nextDose: RuleGroup = {
  title: 'What a proposal of the next dose goes by',
  rules: [
    { id: titration.adult.id, says: `Nothing is proposed below the age of ${titration.adult.fromYears}, or without a clearance.`, ...from(titration.adult) },
    { id: review.id, says: `After a ${review.alert} alert, or an effect of grade ${review.grade} or more, nothing is proposed: the prescriber reviews.`, ...from(review) },
    { id: lower.id, says: `After an ${lower.alert} alert, an effect of grade ${lower.grade}, MOAA/S ${lower.moaaSAtMost} or less, or an experience above the window: one step down.`, ...from(lower) },
    { id: keep.id, says: `With a response of ${keep.responsePercent} percent or more, or after a ${keep.alert} alert, it does not go up.`, ...from(keep) },
    { id: floor.id, says: `Below ${percent(floor.shareOfStart)} of a first dose it is not lowered by itself, and never raised for that: the prescriber reviews.`, ...from(floor) },
    { id: start.older.id, says: `From ${start.older.fromYears} years a first dose is ${percent(start.older.share)} of the usual one.`, ...from(start.older) },
    { id: start.inhibited.id, says: `With an inhibitor of CYP3A4 or CYP2B6 a first dose is, of the usual one: ${listed(Object.entries(start.inhibited.share).map(([route, share]) => `${route} ${percent(share)}`))}.`, ...from(start.inhibited) },
    { id: rounding.id, says: `Rounded to what can be measured, for ${listed(rounding.down)} downwards, and never across a ceiling.`, ...from(rounding) },
  ],
}
export const bloodCurves: RuleGroup = {
  title: 'Curves of the level in blood',
  rules: [
    { id: plasma.caveat.id, says: plasma.caveat.says, lines: [`Shown with a band of ${plasma.caveat.band.join(' to ')} times the curve.`], ...from(plasma.caveat) },
    ...plasma.models.map((row): BookRule => ({ id: row.id, says: `${row.name}: ${row.says}`, ...from(row) })),
    ...plasma.availability.map((row): BookRule => ({ id: row.id, says: `${row.route}: ${percent(row.share)} of the dose is taken to arrive.`, ...from(row) })),
  ],
}
export const otherRoutes = group('Ways that no order can name', library.routesOutside)
export const gatesOfTheDay = group('The gates, one by one', library.sessionGates)
export const goneHome = group('Leaving early, and the hours after', library.leaving)
export const kitAndPlace: readonly RuleGroup[] = [
  { title: 'Within reach', rules: [{ id: emergencyKit.id, says: `Checked within ${emergencyKit.checkedWithinHours} hours: ${listed(emergencyKit.items.map(({ name }) => name))}.`, ...from(emergencyKit) }] },
  group('The place', library.site),
]

const gradeNames = ['1', '2', '3', '4', '5'] as const
export const sideEffects: RuleGroup = {
  title: 'Side effects, term by term',
  rules: effects.terms.map(({ id, label, alsoCalled, standard, grades, expected, ...row }): BookRule => ({
    id: `effect.${id}`, says: sentence(`${label}: ${standard.term}${'specify' in standard ? ` (${standard.specify})` : ''}, ${standard.group}`), ...from(row),
    lines: [
      expected ? 'Expected while the medicine works.' : 'Not expected.', ...gradeNames.flatMap((grade) => { const text = (grades as Readonly<Record<string, string | undefined>>)[grade]; return text ? [`Grade ${grade}: ${text}.`] : [] }),
      ...(alsoCalled.length > 0 ? [`Found by: ${listed(alsoCalled)}.`] : []), 'Nobody has compared the grade texts with the publication yet.',
    ],
  })),
}
export const events = group('What is serious, and who is told', library.seriousEvents)
export const mentalScales: RuleGroup = {
  title: 'Scales of the mental state',
  rules: [...Object.values(scales).map((row): BookRule => ({ id: row.id, says: `${row.name}: ${listed(row.steps.map(({ value, says }) => `${value} ${says}`))}.`, ...from(row) })), ...library.scales.map((row) => said(row))],
}
export const recovery: RuleGroup = {
  title: 'The two recovery scores',
  rules: Object.values(recoveryScores).map((row): BookRule => ({ id: row.id, says: `${row.name}: 2, 1 or 0 for each of ${count(row.items.length, 'item')}.`, lines: row.items.map(({ asks, steps }) => `${sentence(asks).slice(0, -1)}: ${steps.join('; ')}.`), ...from(row) })),
}
export const askedWhen = group('What is asked when', library.assessments)
export const dangers: readonly RuleGroup[] = [
  group('Levels of the suicide screen', library.triage), group('PHQ-9, item 9', library.itemNine), group('Steps of a crisis', library.crisisSteps), group('What a safety plan holds', library.safetyPlan),
  group('Bladder', library.bladder), group('Misuse', library.misuse), group('Pregnancy', library.pregnancy),
]
export const outcomeLibrary: readonly RuleGroup[] = [
  { title: 'Until a practice has fifty baselines', rules: reliability.map((row): BookRule => ({ id: row.id, says: `${row.instrument.toUpperCase()}: standard deviation ${row.sd}, reliability ${row.reliability}; more than chance beyond ${row.criticalValue} of their difference.`, ...from(row) })) },
  { title: 'What a score means', rules: library.scores.map((row) => said(row, `${row.instrument}, ${row.range[0]} to ${row.range[1]}.`, ...(row.bands.length > 0 ? [`Bands${row.bandsTag === 'M' ? ', from memory and not verified' : ''}: ${row.bands.map(([low, high, name]) => `${low} to ${high} ${name}`).join(', ')}.`] : []))) },
  group('Relapse, and how it is counted', library.relapse),
  { title: 'Figures of many people', rules: [
    { id: reporting.proportion.id, says: `A share of fewer than ${reporting.proportion.fewest} people is not shown; others stand with their limits, taken by a quantile of ${reporting.proportion.criticalValue}.`, ...from(reporting.proportion) },
    { id: reporting.survival.id, says: `Curves over time stand with their limits, taken by a quantile of ${reporting.survival.criticalValue}.`, ...from(reporting.survival) },
    { id: reporting.change.id, says: `A change beyond ${reporting.change.criticalValue} of its own error is reliable.`, ...from(reporting.change) },
  ] },
  group('Figures of this practice', library.practice),
  { title: 'Published figures', rules: [...library.benchmarks.map((row) => said(row, `${sentence(row.design).slice(0, -1)}; ${row.people === null ? 'number of people not stated' : `${row.people.toLocaleString('en-US')} people`}; ${row.instrument}; ${row.timePoint}.`, ...(row.flags.length > 0 ? [`Weakened by: ${listed(row.flags.map((flag) => flagWords[flag]))}.`] : []))), ...library.benchmarkRules.map((row) => said(row))] },
]

export const conflictsChapter: Chapter = {
  id: 'conflicts', title: 'Where sources disagree', intro: 'What each says, what holds here until the practice decides otherwise, and why.',
  groups: [{ title: 'Decided one by one', rules: library.conflicts.map((row): BookRule => ({ ...said(row, `One says: ${row.sides[0]}`, `Another: ${row.sides[1]}`, `Here: ${row.holds}`, `Because: ${row.because}`), says: sentence(row.says) })) }],
}
export const lawChapter: Chapter = { id: 'law', title: 'What the law asks', intro: 'Rules of the United States that shape this product. A practice’s lawyer reads them before anybody relies on them.', groups: [group('Facts to check', library.law)] }
