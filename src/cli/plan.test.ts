import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { violations } from '../core/scheduling/check.ts'
import type { PlanAnswer, Proposal } from '../core/scheduling/request.ts'
import type { Repair } from '../core/scheduling/repair.ts'
import { protocols } from '../knowledge/protocols.ts'
import { readRequest } from './plan-request.ts'
import { answersOf, kap } from './testing/ask.ts'

const example = readFileSync(new URL('./examples/plan-request.json', import.meta.url), 'utf8')
const parsed = () => JSON.parse(example) as Record<string, unknown>
const asked = (changes: Readonly<Record<string, unknown>>) => JSON.stringify({ ...parsed(), ...changes }, null, 2)
const proposalsOf = (out: string): readonly Proposal[] => {
  const answer = JSON.parse(out) as PlanAnswer
  return 'proposals' in answer ? answer.proposals : []
}

test('the example is planned, and each proposal keeps every rule', async () => {
  const { code, out, err } = await kap(['plan'], example)
  expect([code, err]).toEqual([0, ''])
  const read = readRequest(example, protocols)
  const proposals = proposalsOf(out)
  expect(proposals.length).toBeGreaterThan(1)
  if (!read.ok || !('request' in read.value)) throw new Error('the example cannot be read')
  for (const proposal of proposals) expect(violations(proposal, read.value.request)).toEqual([])
  expect(proposals[0]?.visits.filter(({ type }) => type === 'medicine')).toHaveLength(6)
})

test('what cannot be planned says why and what would have to give', async () => {
  const { code, out } = await kap(['plan'], asked({ latest: '2026-03-20' }))
  expect(code).toBe(1)
  const answer = JSON.parse(out) as { impossible: unknown[]; wouldHelp: { changes: string[] }[] }
  expect(answer.impossible.length).toBeGreaterThan(0)
  expect(answer.wouldHelp.map(({ changes }) => changes)).toContainEqual(['latest'])
})

test('a plan that was booked is repaired: the third medicine session moves, and what it touches is named', async () => {
  const [first] = proposalsOf((await kap(['plan'], example)).out)
  const third = first?.visits.find(({ visit }) => visit === 'medicine-3')
  if (!first || !third) throw new Error('nothing was planned')
  const { code, out } = await kap(['plan'], asked({ booked: first.visits, change: { kind: 'absence', person: 'monitor-1', startsAt: third.startsAt, endsAt: third.endsAt } }))
  const repaired = JSON.parse(out) as Repair
  expect(code).toBe(0)
  expect(repaired.visits).toHaveLength(first.visits.length)
  expect(repaired.changes.map(({ visit }) => visit)).toContain('medicine-3')
  expect(repaired.changes.every(({ why }) => why.length > 0)).toBe(true)
})

const strange = (from: string, to: string) => example.replace(from, to)
describe('a request that is not right names the line and the key, and nothing is planned', () => {
  test.each([
    ['not JSON', strange('"zone": "America/Denver",', '"zone": "America/Denver"'), 4, undefined],
    ['nothing', '', 1, undefined],
    ['no object', '[]', 1, undefined],
    ['a strange key', strange('"zone"', '"zones"'), 3, 'zones'],
    ['a strange key inside', strange('"why": "leave"', '"reason": "leave"'), 11, 'people.0.away.0.reason'],
    ['a key that is missing', strange('  "earliest": "2026-03-02",\n', ''), 1, 'earliest'],
    ['a day there is not', strange('"latest": "2026-06-26"', '"latest": "2026-02-30"'), 5, 'latest'],
    ['no such zone', strange('America/Denver', 'America/Nowhere'), 3, 'zone'],
    ['no such course', strange('solo-six', 'solo-nine'), 2, 'protocol'],
    ['an eighth day', strange('"weekday": 5, "from": "09:00"', '"weekday": 8, "from": "09:00"'), 10, 'people.0.hours.3.weekday'],
    ['ends before it starts', strange('2026-03-03T17:00:00Z', '2026-03-03T15:00:00Z'), 11, 'people.0.busy.0.endsAt'],
    ['a wall time with seconds', strange('"09:00", "to": "15:00"', '"09:00:30", "to": "15:00"'), 10, 'people.0.hours.3.from'],
    ['a key twice', strange('"rooms"', '"zone": "UTC",\n  "rooms"'), 19, 'zone'],
    ['a change without what is booked', asked({ change: { kind: 'move', visit: 'medicine-1' } }), undefined, 'change'],
    ['a comment', strange('{\n', '{ // mine\n'), 1, undefined],
  ])('%s', async (_, request, line, key) => {
    const { code, out, err } = await kap(['plan'], request)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(line === undefined ? /^Line \d+/ : new RegExp(`^Line ${line}[,:]`))
    if (key !== undefined) expect(err).toContain(`, ${key}: `)
    expect(err).toMatch(/Nothing was planned: put it right and ask again\.$/)
  })

  test('a moment is read with its offset, and means the same', () => {
    const there = readRequest(strange('2026-03-03T16:00:00Z', '2026-03-03T09:00:00-07:00'), protocols)
    expect(there.ok && 'request' in there.value && there.value.request.people[0]?.busy).toEqual([{ startsAt: '2026-03-03T16:00:00.000Z', endsAt: '2026-03-03T17:00:00.000Z' }])
  })
})

test('--schema prints what a request may hold, and every key of the example is in it', async () => {
  const { code, out } = await kap(['plan', '--schema'])
  const schema = JSON.parse(out) as { properties: Record<string, unknown>; required: string[] }
  expect(code).toBe(0)
  for (const key of Object.keys(parsed())) expect(schema.properties).toHaveProperty([key])
  expect(schema.required.toSorted()).toEqual(['earliest', 'latest', 'people', 'protocol', 'therapist', 'zone'])
})

test('two files are one too many', async () => expect(await kap(['plan', 'a', 'b'])).toMatchObject({ code: 2, out: '' }))

describe('a waiting list', () => {
  const patient = (id: string, more: object = {}) => ({ id, therapist: 'therapist-1', ...more })
  const list = (waiting: readonly object[], changes: object = {}) => {
    const { therapist: _therapist, continuity: _continuity, wishes: _wishes, ...practice } = parsed()
    return JSON.stringify({ ...practice, waiting, ...changes }, null, 2)
  }

  test('is planned together, with scores taken apart, and how far it has come goes to standard error', async () => {
    const { code, out, err } = await kap(['plan'], list([patient('one'), patient('two', { waitedDays: 20, wishes: { online: ['integration'] } })]))
    const { plans } = JSON.parse(out) as { plans: { id: string; proposal: Proposal }[] }
    expect([code, plans.map(({ id }) => id)]).toEqual([0, ['one', 'two']])
    expect(plans.map(({ proposal }) => proposal.visits.filter(({ type }) => type === 'medicine').length)).toEqual([6, 6])
    expect(plans[0]?.proposal.score).toHaveProperty('continuity')
    for (const plan of plans) expect(Object.keys(plan).toSorted()).toEqual(['alone', 'because', 'id', 'proposal'])
    expect(err).toMatch(/^Planning together: each by themselves, 1 of 2; 0 have a plan\.$/m)
    const inMonitorsDay = plans.flatMap(({ proposal }) => proposal.visits).filter(({ type }) => type === 'medicine').map(({ day }) => day)
    expect(new Set(inMonitorsDay).size).toBe(12) // The only therapist gives one dosing visit a day.
  })

  test('of whom one cannot be placed: the others are, and the answer says why', async () => {
    const { code, out } = await kap(['plan'], list([patient('one'), patient('two', { latest: '2026-03-20' })]))
    const { plans } = JSON.parse(out) as { plans: { id: string; impossible?: unknown[] }[] }
    expect([code, plans.map(({ impossible }) => impossible !== undefined && impossible.length > 0)]).toEqual([1, [false, true]])
  })

  test.each([
    ['a strange key of one of them', [patient('one'), patient('two', { waits: 3 })], 'waiting.1.waits'],
    ['nobody', [], 'waiting'],
    ['one of them twice', [patient('one'), patient('one')], 'waiting'],
    ['one without a therapist', [{ id: 'one' }], 'waiting.0.therapist'],
  ])('%s', async (_, waiting, key) => {
    const { code, out, err } = await kap(['plan'], list(waiting))
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain(`, ${key}: `)
  })

  test('--schema --waiting prints what it may hold', async () => {
    const { out } = await kap(['plan', '--schema', '--waiting'])
    expect((JSON.parse(out) as { required: string[] }).required.toSorted()).toEqual(['earliest', 'latest', 'people', 'protocol', 'waiting', 'zone'])
    expect(await kap(['plan', '--waiting'])).toMatchObject({ code: 2, out: '' })
  })
})

test('many requests, one a line: what cannot be read says why in its place, and the rest is answered', async () => {
  const lines = [{ id: 'a', input: parsed() }, { id: 'b', input: { ...parsed(), latest: '2026-02-30' } }, { id: 'c', inputs: {} }, { id: 'd', input: { ...parsed(), rooms: [{ id: 'r', name: 'R', size: 3 }] } }]
  const { code, out, err } = await kap(['plan', '--lines'], [...lines.map((line) => JSON.stringify(line)), 'not JSON'].join('\n'))
  const answers = answersOf(out)
  expect(code).toBe(1)
  expect(answers[0]).toMatchObject({ id: 'a', output: { proposals: expect.any(Array) as unknown } })
  expect(answers.slice(1).map(({ error }) => error)).toMatchObject([{ line: 2, key: 'input.latest' }, { line: 3, key: 'inputs' }, { line: 4, key: 'input.rooms.0.size' }, { line: 5 }])
  expect(err).toContain('4 of 5 lines were not answered')
})
