import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readPdf } from '../outside/read-pdf.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'

let all: World
let session: string
beforeEach(async () => {
  all = await world()
  const { chart, thea } = all.home
  session = await byAct(all.shell, thea, chart, 'session-started.v1', { protocol: 'solo-six', route: 'IM', order: crypto.randomUUID(), clearance: crypto.randomUUID(), consents: [crypto.randomUUID()], edition: 'test', number: 3, gates: [], people: [{ person: all.home.thea.person, name: 'Thea Sample', role: 'therapist' }] })
  const written = await ask(all, 'append', all.home.thea.token, { params: { chart }, body: { entries: [draft('vitals.v1', { systolicMmHg: 131, diastolicMmHg: 79 }, { session }), draft('session-note.v1', { text: 'quiet' }, { session })] } })
  expect(written.statusCode, written.body).toBe(201)
})
afterEach(() => all.close())

describe('the record of a session', () => {
  test('is printed for those who treat, and the printing stands in the audit', async () => {
    const { chart, thea } = all.home
    const answer = await ask(all, 'sessionRecord', thea.token, { params: { chart, session } })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(answer.headers['content-type']).toBe('application/pdf')
    const { text } = readPdf(new Uint8Array(answer.rawPayload))
    expect(text.replaceAll('\n', ' ')).toContain('131/79')
    const { rows } = await all.admin.query<{ n: string }>("select count(*) as n from app.audit where action = 'session.printed' and chart_id = $1", [chart])
    expect(Number(rows[0]!.n)).toBe(1)
  })

  test('a session that is not on this chart is not there', async () => {
    const answer = await ask(all, 'sessionRecord', all.home.thea.token, { params: { chart: all.home.chart, session: crypto.randomUUID() } })
    expect(answer.statusCode).toBe(404)
  })

  test('a note is signed by its author, and another may sign one of their own', async () => {
    const { chart, thea } = all.home
    const signed = (person: string) => draft('session-narrative.v1', { text: 'A calm afternoon.', signature: { person, name: 'Thea Sample', meaning: 'authorship', method: 'typed-name', signedAt: '2026-11-21T17:00:00.000Z' } }, { session })
    expect((await ask(all, 'append', thea.token, { params: { chart }, body: { entries: [signed(thea.person)] } })).statusCode).toBe(201)
    const answer = await ask(all, 'sessionRecord', thea.token, { params: { chart, session } })
    expect(readPdf(new Uint8Array(answer.rawPayload)).text.replaceAll('\n', ' ')).toContain('A calm afternoon.')
  })
})
