import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPdf } from '../outside/read-pdf.ts'
import { ask, bookedVisit, byAct, world, type World } from '../testing/world.ts'

let all: World
let visit: string
let dosing: string
const named = (letterName: string) => ask(all, 'keepPractice', all.home.owner.token, { body: { name: 'Harbor Ketamine House', zone: 'America/Los_Angeles', settings: { letterName, phone: '+1 510 555 0142' } } })
const note = (visits: readonly string[], driving = false, who = all.home.mara) => ask(all, 'workNote', who.token, { params: { chart: all.home.chart }, body: { visits, driving } })
const textOf = (answer: Awaited<ReturnType<typeof note>>) => readPdf(new Uint8Array(answer.rawPayload)).text.replaceAll(/\s+/g, ' ')

beforeAll(async () => {
  all = await world()
  visit = await bookedVisit(all)
  dosing = crypto.randomUUID()
  const booked = { visit: dosing, type: 'medicine', number: 1, startsAt: '2026-12-08T17:00:00.000Z', endsAt: '2026-12-08T20:30:00.000Z', localStart: '2026-12-08T09:00', zone: 'America/Los_Angeles', people: [], online: false }
  await byAct(all.shell, all.home.thea, all.home.chart, 'visits-booked.v1', { visits: [booked], why: '' })
})
afterAll(() => all.close())

test('while the practice has not said under which name it writes, no note is made', async () => {
  const answer = await note([visit])
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'work-note.nameless'])
})

test('a name that would tell is refused with its words, and the old one stays', async () => {
  expect((await named('Harbor Street Medical Office')).statusCode).toBe(200)
  const answer = await named('Bay Psychotherapy and Recovery')
  expect([answer.statusCode, answer.json().code, answer.body]).toEqual([422, 'work-note.tells', expect.stringContaining('psycho')])
  expect((await ask(all, 'practice', all.home.owner.token)).json().settings.letterName).toBe('Harbor Street Medical Office')
})

test('says when she is away, by whom, and nothing from which anybody could guess why', async () => {
  const answer = await note([visit, dosing])
  expect(answer.statusCode, answer.body).toBe(200)
  const text = textOf(answer)
  expect(text).toContain('Harbor Street Medical Office')
  expect(text).toContain('+1 510 555 0142')
  expect(text).toContain('Tuesday, December 1, 2026')
  expect(text).toMatch(/9:00\sAM to 10:00\sAM/)
  expect(text).toContain('Tuesday, December 8, 2026 the whole day')
  expect(text).not.toContain('driv')
  // The text, the name of the file, and what the file itself says of where it comes from.
  for (const said of [text, String(answer.headers['content-disposition']), answer.rawPayload.toString('latin1')]) expect(said).not.toMatch(/ketamin|openkap|therap|psych|medicine|preparation|dose|session|patient/i)
})

test('until when she may not drive stands there only if she wants it', async () => {
  expect(textOf(await note([visit, dosing], true))).toMatch(/the whole day Wednesday, December 9, 2026, 12:30\sPM/)
  expect(textOf(await note([visit], true))).not.toContain('driv')
})

test('a visit that no longer stands is on no note', async () => {
  const answer = await note([visit, crypto.randomUUID()])
  expect([answer.statusCode, answer.json().code]).toEqual([409, 'work-note.moved'])
})

test('each printing stands in the audit', async () => {
  const { rows } = await all.admin.query<{ outcome: string; n: number }>(`select outcome, count(*)::int as n from app.audit where action = 'work-note.made' and chart_id = $1 group by outcome order by outcome`, [all.home.chart])
  expect(rows).toEqual([{ outcome: 'done', n: 3 }, { outcome: 'refused', n: 2 }])
})
