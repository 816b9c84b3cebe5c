// A registry of generated patients, told from their entries by the program's own functions and put into a database in
// large steps. Nobody in it is anybody.
import { readChart } from '../../src/core/chart/chart.ts'
import { courseRows, type CourseRow } from '../../src/core/outcomes/practice/course-row.ts'
import { milestones, milestoneNames } from '../../src/core/outcomes/practice/milestones.ts'
import { cellOf, daysAfter } from '../../src/core/outcomes/practice/tallies.ts'
import { dimensions } from '../../src/core/outcomes/practice/small-groups.ts'
import { generated } from '../../src/core/outcomes/practice/testing/generated.ts'
import { rows } from '../../src/core/outcomes/practice/testing/rows.ts'
import { curve, scored } from '../../src/core/outcomes/curve.ts'
import { score } from '../../src/core/measures/score.ts'
import { instruments } from '../../src/knowledge/instruments.ts'
import { patient } from '../../src/core/registry/testing/patients.ts'
import { putGenerated } from '../../src/server/testing/generated-patients.ts'
import { countAnew, countAsked } from '../../src/server/store/outcome-tallies.ts'
import { chartsToCount } from '../../src/server/store/outcomes.ts'

export { chartsToCount, countAnew, countAsked, patient, putGenerated }

/** PHQ-9 answers scored one after the other on this core, a second; with a sum that shows that they were counted. */
export function scoring(count: number): { perSecond: number; sum: number } {
  const answers = Array.from({ length: 1_000 }, (_, at) => Object.fromEntries(Array.from({ length: 9 }, (_each, item) => [`q${item + 1}`, (at * 7 + item * 3) % 4])))
  let sum = 0
  const began = performance.now()
  for (let at = 0; at < count; at += 1) sum += score(instruments['phq-9'], answers[at % 1_000]!).total ?? 0
  return { perSecond: (count / (performance.now() - began)) * 1_000, sum }
}

/** One patient as rows of the database. */
export function patientRows(number: number, practice: string, chart: string) {
  const { entries, askedAt, openedAt } = generated(number, 1_000, true)
  const read = readChart(entries)
  const courses = courseRows(read, rows)
  const reached = milestones(read, courses, openedAt, rows)
  const scores = (['phq-9', 'gad-7'] as const).flatMap((id) => scored(curve(read, instruments[id])).map(({ entry, at, total }) => [practice, chart, entry, id, at, total] as const))
  return {
    askedAt, entries: entries.length, scores,
    chart: [practice, chart, entries.length, 'bench', askedAt.slice(0, 4), `{${milestoneNames.map((name) => { const when = reached[name]; return when === null ? 'NULL' : daysAfter(askedAt, when) }).join(',')}}`] as const,
    courses: courses.map((row) => courseOf(row, practice, chart)), measures: courses.flatMap((row) => measuresIn(row, practice, chart)),
    events: courses.flatMap((row) => row.events.map(({ term, grade }) => [practice, chart, row.number, term, word(row), grade] as const)),
  }
}

const word = (row: CourseRow) => { const cell = cellOf(row); return [...dimensions.map((by) => cell[by]), cell.year].join('\u001F') }
const followed = ({ kept }: CourseRow) => (kept.state === 'followed' ? [kept.days, kept.relapsed, kept.toResponseDays, kept.responseDays] : [null, null, null, null])
const courseOf = (row: CourseRow, practice: string, chart: string) => [practice, chart, row.number, word(row), row.protocol, row.indication, row.route, row.doseRange, row.firstDose, row.lastDose, row.settlesOn, row.sessions, row.finished, row.maintained, row.kept.state, ...followed(row)]
const letter = (value: boolean | null | undefined) => (value == null ? '-' : value ? 'y' : 'n')
const measuresIn = (row: CourseRow, practice: string, chart: string) => row.measures.map(({ instrument, baseline, end, verdict, followUps }) => [
  practice, chart, row.number, instrument, word(row), row.settlesOn, [row.finished, baseline !== null, end !== null, verdict?.isCase, verdict?.response, verdict?.remission, verdict?.reliable, verdict?.worse].map(letter).join(''), baseline, end, `{${followUps.map((one) => one ?? 'NULL').join(',')}}`,
])
