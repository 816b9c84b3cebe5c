import { expect, test } from 'vitest'
import { practiceFigures } from './figures.ts'
import { funderWords } from './funder-words.ts'
import { tally } from './tallies.ts'
import { figureRows, registry } from './testing/rows.ts'

const names = { practice: 'The practice', which: ' begun in 2024', titleOf: (id: string) => id, meaningOf: (_: string, verdict: string) => verdict, termOf: (term: string) => term, fromGrade: 3, day: 56 }
const everybody = { by: 'all', value: '', year: '' } as const
const of = (count: number) => { const { courses, asked } = registry(count); return practiceFigures(tally(courses, asked, '2029-01-01'), everybody, figureRows) }

test('every share stands with its people, its interval and what is missing', () => {
  const figures = of(120)
  const [first, phq9, gad7, kept, severe, last] = funderWords(figures, names)
  expect(first).toBe(`The practice: ${figures.begun} courses begun in 2024 can be counted, ${figures.finished} of them finished. 0 more are under way and in no figure below.`)
  expect(phq9).toMatch(/^phq-9\. response: of those who finished and answered before and after, \d+ of \d+, \d+ percent \(95 % interval \d+ to \d+\); of all who began, with every missing score counted as not better, \d+ of \d+, /)
  expect(phq9).toMatch(/worse: .* between \d+ percent if nobody without scores was, and \d+ percent if all of them were\./)
  const [measure] = figures.measures
  expect(phq9).toContain(`Scores to compare are missing in ${measure!.noBaseline! + measure!.noEnd!} of ${measure!.begun} courses.`)
  expect(gad7).toMatch(/^gad-7\./)
  expect(kept).toMatch(/of \d+ people who had responded and were asked afterwards, an estimated \d+ percent \(95 % interval \d+ to \d+\) had not relapsed 56 days/)
  expect(severe).toBe('No side effect of grade 3 or more was written down; that is not the same as none.')
  const [event] = figures.events!
  const more = { ...figures, events: [{ ...event!, grades: [{ grade: 2, people: 4 }, { grade: 3, people: 2 }] }] }
  expect(funderWords(more, names)[4]).toBe(`Side effects of grade 3 or more that were written down: ${event!.term} 2 of 120.`)
  expect(last).toMatch(/do not show what caused/)
})

test('too few people leave no words', () => expect(funderWords(of(9), names)).toEqual([]))
