import type { Response } from '../../../core/contract/contract.ts'
import type { VerdictName } from '../../../core/outcomes/practice/figures.ts'
import type { FunnelStep } from '../../../core/outcomes/practice/funnel.ts'
import type { Group } from '../../../core/outcomes/practice/small-groups.ts'
import { changeRowFor } from '../../../core/outcomes/rows.ts'
import { instrumentOf } from '../../../core/measures/instrument.ts'
import { conditions } from '../../../knowledge/conditions.ts'
import { madrsRow, qidsRow, traumaRow } from '../../../knowledge/outcomes.ts'
import { practiceOutcomes } from '../../../knowledge/practice-outcomes.ts'
import { rulebook } from '../../../knowledge/rulebook.ts'
import { plural } from '../chart/words.ts'

export type Outcomes = Response<'outcomes'>
export type Figures = Outcomes['figures']
export type Kept = NonNullable<Figures['kept']>
export type By = Exclude<Group['by'], 'all'>

export const FEW = 'Fewer than ten'
export const byNames: Readonly<Record<By, string>> = { protocol: 'Protocol', indication: 'Indication', route: 'Route', dose: 'Range of doses' }
export const byThing: Readonly<Record<By, string>> = { protocol: 'their protocol', indication: 'what they were treated for', route: 'the route', dose: 'the dose' }
const routes: Readonly<Record<string, string>> = { IM: 'Injection', IV: 'Infusion', SL: 'Lozenge', PO: 'Swallowed', 'IN-esketamine': 'Esketamine spray', several: 'More than one route' }
const NOBODY_KNOWS = 'Not on the chart'

/** A value as people read it; what is not on a chart says so. */
export function valueName(by: By, value: string): string {
  if (value === '') return NOBODY_KNOWS
  if (by === 'route') return routes[value] ?? value
  if (by === 'indication') return conditions.find(({ id }) => id === value)?.clinicalName ?? value
  if (by === 'dose') return capital(practiceOutcomes.doseRanges.ranges.find(({ id }) => id === value)?.says ?? value)
  return Object.hasOwn(rulebook.protocols, value) ? rulebook.protocols[value as keyof typeof rulebook.protocols].name : `A course of the practice’s own (${value})`
}
const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

/** Which courses, after the word itself. */
export const whichWords = ({ by, value, year }: Group): string => [by === 'all' ? '' : ` (${byNames[by].toLowerCase()}: ${valueName(by, value)})`, year === '' ? '' : ` begun in ${year}`].join('')

export const instrumentTitle = (id: string): string => instrumentOf(rulebook.instruments, id)?.title ?? id
export const termName = (term: string): string => rulebook.effects.terms.find(({ id }) => id === term)?.label ?? term

export const verdictTitles: Readonly<Record<VerdictName, string>> = { response: 'Response', remission: 'Remission', reliable: 'Reliably better', worse: 'Reliably worse' }

/** What each share means on one questionnaire, with the figures of the rows that count it. */
export function meaning(instrument: string, verdict: VerdictName): string {
  const row = changeRowFor(rulebook.outcomes, instrument)
  if (row) return { response: `at least ${row.responsePercent} percent lower`, remission: `a response, and below ${row.remissionBelow}`, reliable: `at least ${row.reliablePoints} points lower`, worse: `at least ${row.reliablePoints} points higher` }[verdict]
  if (instrument === 'pcl-5') return { response: `at least ${traumaRow.meaningfulPoints} points lower`, remission: '', reliable: `at least ${traumaRow.reliablePoints[0]} points lower`, worse: `at least ${traumaRow.reliablePoints[0]} points higher` }[verdict]
  return verdict === 'remission' ? `at ${madrsRow.remissionAtMost[0]} or less` : `at least ${instrument === 'madrs' ? madrsRow.responsePercent : qidsRow.responsePercent} percent lower`
}

/** The row that counts a questionnaire, for whoever opens a figure. */
export const changeRow = (instrument: string) => changeRowFor(rulebook.outcomes, instrument) ?? { 'pcl-5': traumaRow, madrs: madrsRow, 'qids-sr16': qidsRow }[instrument]

export const stepNames: Readonly<Record<FunnelStep['step'], string>> = {
  asked: 'Asked for a visit', called: 'Was called', matched: 'Matched, chart opened', 'first-visit': 'First visit', cleared: 'Cleared', 'first-dose': 'First dose', 'last-dose': 'Finished the course', 'last-follow-up': 'Answered at the last follow-up',
}
export const percent = (value: number): string => `${Math.round(value * 100)} %`
export const days = (count: number): string => plural(count, 'day')
export const dayLabel = (day: number): string => `day ${day}`

/** How many had not relapsed by a day, with the band and how many were still watched. */
export const heldAt = ({ survival, lower, upper, atRisk }: Kept['at'][number]): string =>
  survival === null ? `${FEW.toLowerCase()} still watched` : `${percent(survival)}${lower !== null && upper !== null ? ` (${percent(lower)} to ${percent(upper)})` : ''}, ${atRisk} still watched`

/** A curve in sentences. */
export function summaryOf(name: string, { n, relapses, at, median, throughDay }: Kept): string {
  const read = at.filter(({ day, survival }) => day > 0 && survival !== null).map((one) => `by day ${one.day}, ${heldAt(one)}`)
  return `${name}: of ${n} people, ${relapses} relapses are shown. Not relapsed: ${read.join('; ')}. ${median === null ? `Half had not relapsed by day ${throughDay}, where the line ends.` : `Half had relapsed by day ${median}. The line ends on day ${throughDay}.`}`
}

/** What a p value says, in people's words and with its number. */
export function chanceWords(p: number): string {
  const often = p < 0.001 ? 'fewer than 1 of 1,000' : p < 0.01 ? `about ${Math.round(p * 1_000)} of 1,000` : `about ${Math.round(p * 100)} of 100`
  return `If the two did not differ at all, they would come out at least this far apart in ${often} such comparisons (p ${p < 0.001 ? 'below 0.001' : `= ${p.toFixed(3)}`}).`
}
