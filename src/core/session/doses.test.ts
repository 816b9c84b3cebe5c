import { describe, expect, test } from 'vitest'
import { dosesOf } from './doses.ts'
import { sessionEntries } from './entries.ts'
import { at, told, type Told } from './fixtures.ts'

const doses = (story: Told) => dosesOf(sessionEntries(story.entries))
const given = (minute = 0, step = 1, id = 'one', extra: object = {}) => (story: Told) => story.dose(minute, step, step === 1 ? 40 : 20, { id, ...extra })
const ended = (minute: number, dose: string) => (story: Told) => story.on(minute, 'dose-ended.v1', { dose })
const named = (stands: string, minute = 5, step = 1) => (story: Told) => story.on(minute, 'dose-conflict-resolved.v1', { step, stands, reason: 'The same syringe.' })
const tell = (...parts: ((story: Told) => Told)[]) => parts.reduce((story, part) => part(story), told())
const minutes = (when: string | undefined) => (when === undefined ? undefined : (Date.parse(when) - Date.parse(at(0))) / 60_000)

describe('what was given, from when until when', () => {
  test.each<[string, Told, readonly [conflicts: readonly number[], total: number | undefined, first: number | undefined, last: number | undefined]]>([
    ['nothing', told(), [[], 0, undefined, undefined]], ['one', tell(given()), [[], 40_000, 0, 0]], ['two steps', tell(given(), given(15, 2, 'two')), [[], 60_000, 0, 15]], ['told in the other order', tell(given(15, 2, 'two'), given()), [[], 60_000, 0, 15]],
    ['the second step written as given before the first', tell(given(15), given(0, 2, 'two')), [[], 60_000, 0, 15]],
    ['two records of one step: the first and the last moment that either gives', tell(given(3), given(0, 1, 'two')), [[1], undefined, 0, 3]], ['of one in doubt and one that is not', tell(given(), given(15, 2, 'two'), given(16, 2, 'three')), [[2], undefined, 0, 16]],
    ['settled: the moment of the one that stands', tell(given(0), given(3, 1, 'two'), named('two')), [[], 40_000, 3, 3]], ['both steps in doubt', tell(given(), given(1, 1, 'two'), given(15, 2, 'three'), given(16, 2, 'four')), [[1, 2], undefined, 0, 16]],
  ])('%s', (_, story, expected) => {
    const { conflicts, totalUg, firstAt, lastAt } = doses(story)
    expect([conflicts, totalUg, minutes(firstAt), minutes(lastAt)]).toEqual(expected)
  })

  test('the steps are in order, and the last of them is the last step', () => {
    const { steps, lastStep } = doses(tell(given(30, 10, 'ten'), given(0, 2, 'two'), given(1)))
    expect([steps.map(({ step }) => step), lastStep?.step]).toEqual([[1, 2, 10], 10])
  })
})

describe('one step in two records', () => {
  const twice = [given(0), given(1, 1, 'two')]
  test.each<[string, Told, string | undefined]>([
    ['nobody has said', tell(...twice), undefined], ['one is named', tell(...twice, named('two')), 'two'], ['two people name the same', tell(...twice, named('two'), named('two', 6)), 'two'], ['two name different ones', tell(...twice, named('two'), named('one', 6)), undefined],
    ['one that is not there is named', tell(...twice, named('three')), undefined], ['the other step was settled', tell(...twice, named('two', 5, 2)), undefined],
    ['a third, written in the minute of the decision', tell(...twice, named('two'), given(2, 1, 'three', { writtenAt: at(5) })), 'two'], ['a third, written after it', tell(...twice, named('two'), given(2, 1, 'three', { writtenAt: at(6) })), undefined], ['and decided again', tell(...twice, named('two'), given(2, 1, 'three', { writtenAt: at(6) }), named('two', 7)), 'two'],
  ])('%s', (_, story, stands) => {
    const [step] = doses(story).steps
    expect([step?.stands?.id, step?.conflict]).toEqual([stands, stands === undefined])
  })
})

describe('when it ended', () => {
  const running = (minute: number) => given(0, 1, 'one', {})(told()).with((entries) => entries.map((entry) => ({ ...entry, body: { ...entry.body, endedAt: at(minute) } as never })))
  test.each<[string, Told, number | undefined]>([
    ['nobody has said', tell(given()), undefined], ['once', tell(given(), ended(40, 'one')), 40], ['twice: the later', tell(given(), ended(41, 'one'), ended(38, 'one')), 41], ['another dose', tell(given(), ended(40, 'two')), undefined],
    ['said with the dose itself', running(30), 30], ['both: the later', ended(25, 'one')(running(30)), 30], ['both, the other way round', ended(35, 'one')(running(30)), 35],
    ['in doubt: the later of both', tell(given(), given(1, 1, 'two'), ended(40, 'one'), ended(44, 'two')), 44], ['settled: of the one that stands', tell(given(), given(1, 1, 'two'), ended(40, 'one'), ended(44, 'two'), named('one')), 40],
  ])('%s', (_, story, minute) => {
    expect(minutes(doses(story).steps[0]?.endedAt)).toBe(minute)
  })
})
