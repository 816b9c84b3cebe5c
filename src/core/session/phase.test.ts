import { expect, test } from 'vitest'
import { sessionRows } from '../../knowledge/session.ts'
import { phaseOf } from './phase.ts'

test.each(sessionRows.routes.map((row) => [row.route, row] as const))('%s: where most people are by now, below, at and above each edge, and the band to draw', (_, row) => {
  const at = (minutes: number) => phaseOf(row, minutes).phase
  const [onset, [from, to], end] = [row.onsetMin[0], row.peakMin, row.acuteEndMin[1]]
  expect([at(onset - 0.1), at(onset), at(from - 0.1), at(from), at(to), at(to + 0.1), at(end), at(end + 0.1)]).toEqual(['before-onset', 'onset', 'onset', 'peak', 'peak', 'easing', 'easing', 'after'])
  expect(phaseOf(row, 1).band).toEqual({ onsetMin: onset, peakMin: row.peakMin, endMin: end })
  const said = [onset - 0.1, onset, from, to + 0.1, end + 0.1].map((minutes) => phaseOf(row, minutes).says)
  expect([new Set(said).size, said.every((words) => /\w/.test(words))]).toEqual([5, true])
})
