import { plusDaysOf } from '../shared/local-day.ts'
import type { Day } from '../shared/time.ts'
import type { Alias } from './alias.ts'
import { quasiNames, WITHHELD, type Quasi } from './rows.ts'
import { quasiColumns, type TableRow, type Tables } from './tables.ts'
import type { Shareable } from './tally.ts'
import type { Told } from './told.ts'

/** The rows of one person as they leave. `quasi` is the class that enough people share. */
export function deidentified(told: Told, { person, opensOn }: Alias, quasi: Quasi, may: Shareable): Tables {
  const date = (day: number): Day => plusDaysOf(opensOn, day)
  const row = <Row extends TableRow>(cells: Row) => ({ person, ...cells })
  const mg = (value: number | null) => (quasi.route === WITHHELD ? null : value)
  return {
    persons: [row({ ...Object.fromEntries(quasiNames.map((name) => [quasiColumns[name], quasi[name]])), courses: told.courses.length })],
    courses: told.courses.map(({ number: course, firstDay, lastDay, sessions, finished, maintained }) => row({ course, first_dose: date(firstDay), last_dose: date(lastDay), sessions, finished, maintained })),
    sessions: told.sessions.map(({ course, number, part, day, totalMg }) => row({ course, session: number, part, day: date(day), total_mg: mg(totalMg) })),
    doses: told.sessions.flatMap(({ course, number, doses }) => doses.map(({ step, minute, mg: given }) => row({ course, session: number, dose: step, minute, mg: mg(given) }))),
    scores: told.scores.filter(({ instrument }) => may.instrument(instrument)).map(({ course, instrument, day, total }) => row({ course, instrument, day: date(day), total })),
    outcomes: told.courses.flatMap(({ number: course, measures }) => measures.filter(({ instrument }) => may.instrument(instrument)).map(({ instrument, baseline, end, verdict }) => row({
      course, instrument, baseline, end, is_case: verdict?.isCase ?? null, response: verdict?.response ?? null, remission: verdict?.remission ?? null, reliable: verdict?.reliable ?? null, worse: verdict?.worse ?? null,
    }))),
    adverse_events: told.events.flatMap(({ term: written, grade, course, day }) => {
      const term = may.term(written)
      return term === null ? [] : [row({ course, day: date(day), term, grade: may.grade(written, grade) })]
    }),
    follow_up: told.courses.map(({ number: course, kept }) => row({
      course, state: kept.state, ...(kept.state === 'followed' ? { days: kept.days, to_response_days: kept.toResponseDays, response_days: kept.responseDays, relapsed: kept.relapsed } : { days: null, to_response_days: null, response_days: null, relapsed: null }),
    })),
  }
}
