import type { PracticeOutcomeRows } from '../core/outcomes/practice/rows.ts'
import { proposed } from './figures.ts'
import { followUpWindows } from './instruments/timing.ts'
import { statement, type Statement } from './statement.ts'

const ours = { tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31' } as const

/** How the courses of a practice are counted. What an answer means on one questionnaire stands in `outcomes.ts`. */
export const practiceOutcomes = {
  endpoint: { id: 'practice.endpoint', withinDays: 35, ...ours },
  carried: { id: 'practice.in-response', days: 28, ...ours },
  doseRanges: {
    id: 'practice.dose-ranges',
    ranges: [
      { id: 'IM-low', route: 'IM', says: 'injection, below 50 mg', fromUg: 0, belowUg: 50_000 },
      { id: 'IM-middle', route: 'IM', says: 'injection, 50 to below 100 mg', fromUg: 50_000, belowUg: 100_000 },
      { id: 'IM-high', route: 'IM', says: 'injection, 100 mg and more', fromUg: 100_000, belowUg: null },
      { id: 'IV-low', route: 'IV', says: 'infusion, below 40 mg', fromUg: 0, belowUg: 40_000 },
      { id: 'IV-middle', route: 'IV', says: 'infusion, 40 to below 80 mg', fromUg: 40_000, belowUg: 80_000 },
      { id: 'IV-high', route: 'IV', says: 'infusion, 80 mg and more', fromUg: 80_000, belowUg: null },
      { id: 'SL-low', route: 'SL', says: 'lozenge, below 100 mg', fromUg: 0, belowUg: 100_000 },
      { id: 'SL-middle', route: 'SL', says: 'lozenge, 100 to below 200 mg', fromUg: 100_000, belowUg: 200_000 },
      { id: 'SL-high', route: 'SL', says: 'lozenge, 200 mg and more', fromUg: 200_000, belowUg: null },
      { id: 'PO-any', route: 'PO', says: 'swallowed, any dose', fromUg: 0, belowUg: null },
      { id: 'spray-56', route: 'IN-esketamine', says: 'esketamine spray, below 84 mg', fromUg: 0, belowUg: 84_000 },
      { id: 'spray-84', route: 'IN-esketamine', says: 'esketamine spray, 84 mg and more', fromUg: 84_000, belowUg: null },
    ],
    ...ours,
  },
  instruments: [{ instrument: 'phq-9', always: true }, { instrument: 'gad-7', always: true }, { instrument: 'pcl-5', always: false }, { instrument: 'madrs', always: false }, { instrument: 'qids-sr16', always: false }],
  followUps: followUpWindows.windows,
  survivalDays: [14, 28, 56, 84, 180],
  toldDay: 56,
  /** Points as they were read in words, not off a drawing: BM04 at four and eight weeks, BM05 at eight weeks and its median, BM06 its median. */
  published: [
    { benchmark: 'BM04', points: [[0, 1], [28, 0.8], [56, 0.6]] },
    { benchmark: 'BM05', points: [[0, 1], [56, 0.75], [84, 0.5]] },
    { benchmark: 'BM06', points: [[0, 1], [18, 0.5]] },
  ],
} as const satisfies PracticeOutcomeRows

/** What each figure of a practice means, for whoever opens it. */
export const practiceRules = [
  statement('practice.begun', proposed(), 'A course has begun with its first dose. It is counted when 35 days have gone by since its last dose: until then its last score may still come, and it is told apart as under way.', 'A course counts once its last answers have had their time.', 'Un tratamiento se cuenta cuando ya pasó el tiempo de sus últimas respuestas.'),
  statement('practice.ends', proposed(), 'Compared are the last complete score at most 14 days before the first dose, and the last complete score after a dose, up to 35 days after the last one and before any maintenance dose.', 'The answers before are compared with the last answers after.', 'Se comparan las respuestas de antes con las últimas de después.'),
  statement('practice.finished', proposed(), 'Finished means as many sessions with medicine as the course plans at least. Where the protocol is not on the chart, nobody knows, and it is not counted as finished.', 'Finished means all planned sessions took place.', 'Terminado quiere decir que hubo todas las sesiones previstas.'),
  statement('practice.worse', proposed(), 'Of those without scores nobody knows who got worse. The share among all who began is given twice: if none of them did, and if all of them did.', 'Nobody knows how those fared who did not answer.', 'No se sabe cómo les fue a quienes no respondieron.'),
  statement('practice.kept', proposed(), 'In the curve are those who had responded by the score that the course ends with, had not relapsed by the last dose, and were asked after it. It runs from the last dose to the relapse, or to the last score. Maintenance doses do not end it; how many had any is said.', 'How long people who felt better stayed better.', 'Cuánto tiempo siguieron mejor quienes mejoraron.'),
  statement('practice.compared', proposed(), 'Two groups are compared by the log-rank test, up to the last day on which ten people of each were still watched; what came later is not looked at. It says how often two groups that do not differ would come out at least this far apart. Nobody was put into a group by lot, so it does not say what made the difference. Whoever compares often finds some by chance.', 'Whether two groups differ by more than chance.', 'Si dos grupos se diferencian más que por azar.'),
  statement('practice.in-response', proposed(), 'A score that is a response speaks for the days up to the next score, and for 28 at most. The last score speaks for no day after it.', 'Only days that answers speak for are counted.', 'Solo se cuentan los días de los que hablan las respuestas.'),
  statement('practice.events', proposed(), 'Each person is counted once for each term, at the worst grade recorded from the first dose on, also in courses that are still under way. What nobody wrote down is not here.', 'Side effects that were written down.', 'Efectos secundarios que se anotaron.'),
  statement('practice.small', proposed(), 'Nothing is said about fewer than ten people, nor where it could be worked out as what is left between two groups: then the smaller of them is not shown either. A curve ends where fewer than ten are still watched.', 'Small groups are not shown.', 'No se muestran grupos pequeños.'),
  statement('practice.funnel', proposed(), 'From the inquiry on, whatever came of it, by the year in which it was made. Who asked lately may still be on the way. Times are whole days since the inquiry.', 'How many people reached each step.', 'Cuántas personas llegaron a cada paso.'),
  statement('practice.dose-ranges', proposed(), 'By the mean dose of the sessions of a course, for telling courses apart. It says nothing about which dose is right, and who got more was not chosen by lot.', 'Groups by dose, to look at and not to go by.', 'Grupos por dosis, para mirar y no para guiarse.'),
  statement('practice.no-cause', proposed(), 'Nobody was compared with people who were treated otherwise. Some of any change would have come without treatment, and more so where first scores were high. Groups differ in more than what they are named by.', 'These figures do not say what caused the change.', 'Estas cifras no dicen qué causó el cambio.'),
] as const satisfies readonly Statement[]
