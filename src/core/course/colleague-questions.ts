import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'
import type { Instant } from '../shared/time.ts'

export interface ColleagueQuestion {
  readonly question: EntryOf<'question-asked.v1'>
  /** Everything that was answered, oldest first; the first answer closes the question, a later one adds to it. */
  readonly answers: readonly EntryOf<'question-answered.v1'>[]
  readonly state: 'open' | 'overdue' | 'answered'
}

/**
 * The questions colleagues asked each other on a chart, with what was answered. Open ones come first, the one that is
 * due first at the top; one without a due time is never overdue and comes after those with one.
 */
export function colleagueQuestions(chart: Chart, now: Instant): readonly ColleagueQuestion[] {
  const answered = chart.all('question-answered.v1')
  const all = chart.all('question-asked.v1').map((question): ColleagueQuestion => {
    const answers = answered.filter(({ body }) => body.question === question.id || body.question === question.amends)
    const { dueAt } = question.body
    return { question, answers, state: answers.length > 0 ? 'answered' : dueAt !== undefined && dueAt < now ? 'overdue' : 'open' }
  })
  const open = all.filter(({ state }) => state !== 'answered').toSorted((a, b) => compare(a.question.body.dueAt ?? LAST, b.question.body.dueAt ?? LAST))
  return [...open, ...all.filter(({ state }) => state === 'answered').toReversed()]
}

/** After every instant. */
const LAST = '~'
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
