import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { draft } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'

/** Two people are two only where each of them said so with their own sign-in. */
let all: World
let session: string
beforeEach(async () => {
  all = await world()
  session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: crypto.randomUUID(), clearance: crypto.randomUUID(), consents: [crypto.randomUUID()], edition: 'test', number: 1, gates: [], people: [{ person: all.home.thea.person, name: 'Thea', role: 'therapist' }] })
})
afterEach(() => all.close())

const people = () => ({ thea: all.home.thea, mona: all.home.mona, pia: all.home.pia })
type Name = keyof ReturnType<typeof people>
const signature = (name: Name) => ({ person: people()[name].person, name, meaning: 'confirmation', method: 'pin', signedAt: '2026-11-21T17:00:00.000Z' })
const write = async (by: Name, kind: string, body: object) => {
  const answer = await ask(all, 'append', people()[by].token, { params: { chart: all.home.chart }, body: { entries: [draft(kind, body, { session })] } })
  return answer.statusCode === 201 ? 'stored' : answer.json<{ code: string }>().code
}
const refused = 'signature.anothers'

describe('who signs and who is there', () => {
  test.each<[Name, Name, string, string]>([
    ['mona', 'mona', 'monitor', 'stored'], ['pia', 'pia', 'prescriber', 'stored'], ['thea', 'thea', 'monitor', 'stored'], ['mona', 'mona', 'rn', 'stored'],
    ['mona', 'pia', 'prescriber', refused], ['thea', 'mona', 'monitor', refused], ['mona', 'mona', 'prescriber', refused], ['thea', 'thea', 'prescriber', refused],
  ])('%s signs for going home as %s, %s: %s', async (by, as, role, expected) => expect(await write(by, 'discharge-signed.v1', { assessed: crypto.randomUUID(), role, signature: signature(as) })).toBe(expected))

  test.each<[Name, Name, string, string]>([
    ['thea', 'thea', 'therapist', 'stored'], ['mona', 'mona', 'monitor', 'stored'], ['thea', 'mona', 'monitor', refused], ['mona', 'mona', 'prescriber', refused],
  ])('%s checks in %s as %s: %s', async (by, who, role, expected) => expect(await write(by, 'checked-in.v1', { person: people()[who].person, name: who, role })).toBe(expected))

  test('who prescribes in the practice and is a monitor for this person signs as a monitor', async () => {
    await all.admin.query(`insert into app.membership (practice_id, person_id, role) values ($1, $2, 'prescriber')`, [all.home.practice, all.home.mona.person])
    const as = (role: string) => write('mona', 'discharge-signed.v1', { assessed: crypto.randomUUID(), role, signature: signature('mona') })
    expect([await as('prescriber'), await as('monitor'), await write('mona', 'checked-in.v1', { person: all.home.mona.person, name: 'Mona', role: 'prescriber' })]).toEqual([refused, 'stored', refused])
  })

  test.each<[Name, Name, string]>([['thea', 'thea', 'stored'], ['mona', 'thea', refused]])('%s signs a note as %s: %s', async (by, as, expected) => expect(await write(by, 'session-narrative.v1', { text: 'Calm.', signature: { ...signature(as), method: 'typed-name', meaning: 'authorship' } })).toBe(expected))
})
