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
export type By = Exclude<Group['by'], 'all'>

export const FEW = 'Fewer than ten'
export const byNames: Readonly<Record<By, string>> = { protocol: 'Protocol', indication: 'Indication', route: 'Route', dose: 'Range of doses' }
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
