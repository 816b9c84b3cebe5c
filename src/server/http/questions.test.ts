import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ofPerson } from '../live/hub.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'

/** The room asks somebody who is not in it: they hear of it at once, and until they have answered. */
let all: World
let session: string
let heard: string[]
beforeEach(async () => {
  all = await world()
  session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: crypto.randomUUID(), clearance: crypto.randomUUID(), consents: [crypto.randomUUID()], edition: 'test', number: 1, gates: [], people: [{ person: all.home.thea.person, name: 'Thea', role: 'therapist' }] })
  heard = []
  for (const [name, person] of Object.entries({ pia: all.home.pia.person, mona: all.home.mona.person })) all.shell.live.listen({ token: name, signIn: name, stream: ofPerson(person), hear: () => heard.push(name), end: () => {} })
})
afterEach(async () => { vi.restoreAllMocks(); await all.close() })

const write = async (by: 'mona' | 'pia' | 'thea', kind: string, body: object, inSession = true) => {
  const entry = draft(kind, body, inSession ? { session } : {})
  expect((await ask(all, 'append', all.home[by].token, { params: { chart: all.home.chart }, body: { entries: [entry] } })).statusCode).toBe(201)
  return entry.id
}
const listOf = async (name: 'pia' | 'mona' | 'thea') => (await ask(all, 'notices', all.home[name].token)).json<{ notices: { kind: string; says: string; entry: string }[] }>().notices.filter(({ kind }) => kind === 'question')
const question = (to: 'pia' | 'mona', text = 'Is ondansetron all right?') => ({ to: all.home[to].person, text, dueAt: '2026-11-21T18:05:00.000Z' })

describe('a question from a running session', () => {
  test('is told to the one who was asked and to nobody else, at once, with by when', async () => {
    const asked = await write('mona', 'question-asked.v1', question('pia'))
    expect(heard).toEqual(['pia'])
    expect(await listOf('pia')).toMatchObject([{ entry: asked, chart: all.home.chart, says: expect.stringMatching(/, in a medicine session: Mona Sample asks you: Is ondansetron all right\? An answer is expected by \d\d:\d\d\.$/) }])
    expect([await listOf('mona'), await listOf('thea')]).toEqual([[], []])
  })

  test('is told until it is answered; one answer does not end another question', async () => {
    const first = await write('mona', 'question-asked.v1', question('pia'))
    const second = await write('mona', 'question-asked.v1', question('pia', 'And water?'))
    await write('pia', 'question-answered.v1', { question: first, text: 'Yes.' })
    expect((await listOf('pia')).map(({ entry }) => entry)).toEqual([second])
    await write('pia', 'question-answered.v1', { question: second, text: 'Sips.' })
    expect(await listOf('pia')).toEqual([])
  })

  test('an answer to somebody else leaves mine standing', async () => {
    await write('mona', 'question-asked.v1', question('pia'))
    const other = await write('pia', 'question-asked.v1', question('mona', 'How is the breathing?'))
    await write('mona', 'question-answered.v1', { question: other, text: 'Calm.' })
    expect([(await listOf('pia')).length, (await listOf('mona')).length]).toEqual([1, 0])
  })

  test('one that was asked outside a session waits on the list, as before', async () => {
    await write('thea', 'question-asked.v1', question('pia'), false)
    expect(await listOf('pia')).toEqual([])
    expect(heard).toEqual([])
  })
})
