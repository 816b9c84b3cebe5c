import { escapeXml as safe } from '../../core/fhir/export/resource.ts'
import { instrumentOf } from '../../core/measures/instrument.ts'
import type { AggregateCell, AggregateFile } from '../../core/registry/aggregate/file.ts'
import { pooledCurve, pooledEvents, pooledMeasures, type PooledMeasure, type PooledShare, type PooledStep, type Within } from '../../core/registry/aggregate/pool.ts'
import { conditions } from '../../knowledge/conditions.ts'
import { effects } from '../../knowledge/effects.ts'
import { reporting } from '../../knowledge/outcomes.ts'
import { protocols } from '../../knowledge/protocols.ts'
import { registryRows } from '../../knowledge/registry.ts'
import { library } from '../library.ts'
import { htmlPage } from '../html-page.ts'
import { drawCurve, drawShare } from './draw.ts'
import { pageStyle } from './page-style.ts'

const everybody: Within = () => true
const LAST_DAY = registryRows.intervals.days.at(-1)!
const shares = [['response', 'Response'], ['remission', 'Remission'], ['reliable', 'Reliably better'], ['worse', 'Reliably worse'], ['missing', 'Without a score to compare']] as const
const parts = [['indication', 'By what it was given for'], ['route', 'By route'], ['protocol', 'By course']] as const

/** Several practices on one page: every share of all people together, then of each practice. Nothing is fetched and nothing runs. */
export function registryPage(files: readonly AggregateFile[], now: string): string {
  const together = pooledMeasures(files, everybody, reporting.proportion)
  const title = files.length === 1 ? files[0]!.practice.name : `${files.length} practices together`
  return `${htmlPage(title, pageStyle, `<header>
<h1>${safe(title)}</h1>
<p>Counts of everybody treated, each person once with the first course. Nothing here is about fewer than ${Math.max(...files.map(({ fewest }) => fewest))} people. Made on ${safe(now.slice(0, 10))}.</p>
</header>
<main>
${practices(files)}
${together.map((measure) => instrument(measure, files)).join('\n')}
${curves(files)}
${sideEffects(files)}
${howToRead}
</main>`)}\n`
}

const peopleIn = (file: AggregateFile) => file.cells.reduce((sum, { people }) => sum + people, 0)
const table = (caption: string, head: readonly string[], rows: readonly string[]) => `<div class="wide" tabindex="0" role="region" aria-label="${safe(caption)}"><table><caption>${safe(caption)}</caption><thead><tr>${head.map((name) => `<th scope="col">${safe(name)}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`
const line = (name: string, cells: readonly string[], kind = '') => `<tr${kind && ` class="${kind}"`}><th scope="row">${name}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`

const practices = (files: readonly AggregateFile[]) => `<section><h2>Whose counts these are</h2>${table('Practices', ['Practice', 'People', 'Groups', 'Counted to', 'Rules'], [
  line('All together', [String(files.reduce((sum, file) => sum + peopleIn(file), 0)), String(files.reduce((sum, { cells }) => sum + cells.length, 0)), '', ''], 'together'),
  ...files.map((file) => line(safe(file.practice.name), [String(peopleIn(file)), String(file.cells.length), file.countedTo, `<span class="soft">${safe(file.rules)}</span>`])),
])}${new Set(files.map(({ rules }) => rules)).size > 1 ? '<p><strong>These files were made by different rules.</strong> Compare them with care.</p>' : ''}</section>`

function instrument(measure: PooledMeasure, files: readonly AggregateFile[]): string {
  const title = instrumentOf(library, measure.instrument)?.title ?? measure.instrument
  const of = (some: readonly AggregateFile[], within: Within) => pooledMeasures(some, within, reporting.proportion).find((one) => one.instrument === measure.instrument)
  const blocks = shares.map(([name, says]) => table(`${says}, ${title}`, ['Practice', 'Share of everybody asked', 'From 0 to 100 %'], [
    line('All together', shareCells(measure.shares[name]), 'together'), ...files.map((file) => line(safe(file.practice.name), shareCells(of([file], everybody)?.shares[name] ?? null))),
  ]))
  const groups = parts.map(([part, says]) => {
    const values = [...new Set(files.flatMap(({ cells }) => cells.map((cell) => cell[part])))].toSorted()
    return values.length < 2 ? '' : table(`Response, ${title}: ${says.toLowerCase()}`, ['Group', 'Share of everybody asked', 'From 0 to 100 %'], values.map((value) => line(safe(valueName(part, value)), shareCells(of(files, (cell) => cell[part] === value)?.shares.response ?? null))))
  })
  const without = measure.cellsWithout > 0 ? `<p>${measure.cellsWithout} ${measure.cellsWithout === 1 ? 'group says' : 'groups say'} nothing of this questionnaire, since it would tell of few people.</p>` : ''
  return `<section><h2>${safe(title)}</h2><p>${measure.people} people were asked.</p>${without}${blocks.join('')}${groups.join('')}</section>`
}

/** What is hidden is said, and makes the share wider; it is never taken for nobody. */
function shareCells(share: PooledShare | null): string[] {
  if (!share) return ['<span class="soft">too few to say</span>', '']
  const { p: [low, high], lo, hi, least, most, people, hidden } = share
  const between = (from: string, to: string) => (from === to ? from : `${from} to ${to}`)
  return [`${between(percent(low), percent(high))}<br><span class="soft">${between(String(least), String(most))} of ${people}; 95 % interval ${percent(lo)} to ${percent(hi)}${hidden > 0 ? `; hidden in ${hidden} ${hidden === 1 ? 'group' : 'groups'}` : ''}</span>`, drawShare(share)]
}
const percent = (value: number) => `${Math.round(value * 100)} %`

function curves(files: readonly AggregateFile[]): string {
  const all = pooledCurve(files, reporting.survival.criticalValue)
  const hidden = files.filter(({ kept }) => kept.intervals.length === 0).length
  const says = '<p>Of those who responded and were asked afterwards: the share without a relapse, in days from the last dose. A life table from counts by interval; whoever is no longer watched counts for half of it.</p>'
  if (all.length === 0) return `<section><h2>How long responses held</h2>${says}<p>Too few people in any practice, or intervals that have no day in common.</p></section>`
  const own = files.map((file) => ({ file, steps: pooledCurve([file], reporting.survival.criticalValue) }))
  return `<section><h2>How long responses held</h2>${says}
${hidden > 0 ? `<p>${hidden} ${hidden === 1 ? 'practice is' : 'practices are'} in no curve: so few people relapsed, or were watched at all, that it may not be said how many. Where nobody relapsed it may, so what is left looks a little too good.</p>` : ''}
<figure>${drawCurve(all, LAST_DAY, 600)}<figcaption>All together, with 95 % limits.</figcaption></figure>
${table('All together', ['By day', 'Watched before', 'Relapsed', 'No longer watched', 'Without a relapse'], all.map(stepLine))}
<h3>Each practice</h3><div class="many">${own.map(({ file, steps }) => `<figure>${steps.length > 0 ? drawCurve(steps, LAST_DAY, 260) : '<p class="soft">too few to say</p>'}<figcaption>${safe(file.practice.name)}${steps.length > 0 ? `: ${steps.map(({ toDay, survival }) => `day ${toDay}, ${percent(survival)}`).join('; ')}` : ''}</figcaption></figure>`).join('')}</div></section>`
}

const stepLine = ({ toDay, atRisk, relapses, ended, survival, lower, upper }: PooledStep) => line(String(toDay), [String(atRisk), String(relapses), String(ended), `${percent(survival)} <span class="soft">${percent(lower)} to ${percent(upper)}</span>`])

function sideEffects(files: readonly AggregateFile[]): string {
  const all = pooledEvents(files, everybody, reporting.proportion)
  if (all.length === 0) return '<section><h2>Side effects</h2><p>None of these files tells of any. That is not a finding: what nobody wrote down is nowhere.</p></section>'
  const label = (term: string) => effects.terms.find(({ id }) => id === term)?.label ?? term
  const rows = all.map(({ term, share, grades }) => line(safe(label(term)), [...shareCells(share), grades.map(({ grade, least, most }) => `grade ${grade}: ${least === most ? least : `${least} to ${most}`}`).join('<br>')]))
  return `<section><h2>Side effects</h2><p>People who had it at least once, at the worst grade that was written down. What nobody wrote down is not here.</p>${table('Side effects, all practices together', ['Side effect', 'Share of everybody', 'From 0 to 100 %', 'People at the worst grade'], rows)}</section>`
}

const routes: Readonly<Record<string, string>> = { IM: 'Injection', IV: 'Infusion', SL: 'Lozenge', PO: 'Swallowed', 'IN-esketamine': 'Esketamine spray', several: 'More than one route' }
function valueName(part: keyof Pick<AggregateCell, 'protocol' | 'indication' | 'route'>, value: string): string {
  if (value === 'withheld') return 'Not told, being too few in a practice'
  if (value === 'unknown') return 'Not on the chart'
  if (part === 'route') return routes[value] ?? value
  return part === 'indication' ? (conditions.find(({ id }) => id === value)?.clinicalName ?? value) : ((protocols as Readonly<Record<string, { readonly name: string }>>)[value]?.name ?? value)
}

const howToRead = `<section><h2>How to read this page</h2><ul>
<li>A share is of everybody who was asked: also of those without scores, and of those who were below the cut-off from the beginning. It is lower than one of people who finished.</li>
<li>A count that would tell of fewer than ten people is hidden, and so is one by which a hidden one could be worked out. The share then goes from the least to the most that it can be, and its interval is that of both.</li>
<li>Practices differ in whom they treat and in what they write down. Putting them together answers neither.</li>
<li>Nobody here was compared with people who were treated otherwise: these figures do not say what caused a change.</li>
</ul></section>`
