import { expect, test } from 'vitest'
import { at, begun, SESSION, type Told } from '../session/fixtures.ts'
import { givenDoses } from './lines.ts'

/** An infusion begun at 0, and the minute at which it is written to have ended. */
const infused = (endedAt?: number): Told => {
  const story = begun('IV').dose(0)
  return story.with((entries) => entries.map((entry) => (entry.kind === 'dose-given.v1' ? { ...entry, body: { ...entry.body, route: 'IV' as const, ...(endedAt === undefined ? {} : { endedAt: at(endedAt) }) } } : entry)))
}
const read = (story: Told) => {
  const doses = givenDoses(story.chart, { session: SESSION, firstDoseAt: at(0) })
  return doses.ok ? doses.value : doses.refusal
}

test.each<[string, Told, unknown]>([
  ['forty minutes', infused(40), [{ mg: 40, route: 'IV', atMin: 0, durationMin: 40 }]], ['ended as it began', infused(0), [{ mg: 40, route: 'IV', atMin: 0, durationMin: 0 }]],
  ['ended before it began', infused(-40), 'The end of the infusion is dated before the dose, so no curve is drawn. Look at both times.'], ['not ended', infused(), 'The end of the infusion is not written, so no curve is drawn.'],
])('an infusion, %s', (_, story, expected) => expect(read(story)).toEqual(expected))
