import { describe, expect, test } from 'vitest'
import { protocols } from '../../knowledge/protocols.ts'
import { violations } from './check.ts'
import { ben, hours, requestFor } from './fixtures.ts'
import { planCourse } from './plan.ts'

/** A practice that is open every day: some series give doses on days that follow each other. */
const everyDay = [1, 2, 3, 4, 5, 6, 7] as const

describe.each(Object.values(protocols).map((protocol) => [protocol.id, protocol] as const))('the course %s', (_, protocol) => {
  const plain = requestFor(protocol)({ latest: '2026-12-31' })
  const people = [...plain.people, { ...ben, id: 'eve', name: 'Eve Marsh' }, { ...ben, id: 'cal', name: 'Cal Rhee' }].map((person) => ({ ...person, hours: hours('08:00', '20:00', everyDay) }))
  const request = { ...plain, people }
  const answer = planCourse(request)

  test('can be planned in a practice with people and rooms enough', () => {
    expect('proposals' in answer ? [] : answer.impossible).toEqual([])
  })
  test('and the plan breaks none of its own rules', () => {
    if ('impossible' in answer) throw new Error(JSON.stringify(answer.impossible))
    expect(violations(answer.proposals[0], request)).toEqual([])
    expect(answer.proposals[0].visits.filter(({ type }) => type === 'medicine')).toHaveLength(protocol.phases.find(({ type }) => type === 'medicine')?.count ?? 0)
  })
})
