import { conditions } from '../../../../knowledge/conditions.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { madrsRow, outcomeRows, qidsRow, reporting, traumaRow } from '../../../../knowledge/outcomes.ts'
import { practiceOutcomes } from '../../../../knowledge/practice-outcomes.ts'
import { protocols } from '../../../../knowledge/protocols.ts'
import { readChart } from '../../../chart/chart.ts'
import { courseRows, type CourseRow, type CourseRowRows } from '../course-row.ts'
import type { FigureRows } from '../figures.ts'
import { milestones } from '../milestones.ts'
import type { Asked } from '../tallies.ts'
import { generated } from './generated.ts'

/** The rows that ship, for tests. */
export const rows: CourseRowRows = {
  outcomes: outcomeRows, trauma: traumaRow, madrs: madrsRow, qids: qidsRow, practice: practiceOutcomes, instruments, conditions, diagnosisCodes: 'http://hl7.org/fhir/sid/icd-10-cm',
  protocolOf: (id) => (Object.hasOwn(protocols, id) ? protocols[id as keyof typeof protocols] : undefined), zone: 'America/Los_Angeles',
}
export const figureRows: FigureRows = { practice: practiceOutcomes, proportion: reporting.proportion, survival: reporting.survival }

/** So many generated patients, as their charts tell them. */
export function registry(count: number, from = 0): { readonly courses: readonly CourseRow[]; readonly asked: readonly Asked[] } {
  const patients = Array.from({ length: count }, (_, at) => {
    const { entries, openedAt, askedAt } = generated(from + at)
    const chart = readChart(entries)
    const courses = courseRows(chart, rows)
    return { courses, asked: { receivedAt: askedAt, called: true, reached: milestones(chart, courses, openedAt, rows) } }
  })
  return { courses: patients.flatMap(({ courses }) => courses), asked: patients.map(({ asked }) => asked) }
}
