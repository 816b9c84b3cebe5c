import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { kinds } from '../../core/chart/kinds.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { followUp } from '../jobs/follow-up.ts'
import { sessionWatch } from '../jobs/watch-sessions.ts'
import { readPdf } from '../outside/read-pdf.ts'
import { samplePractice } from '../sample/people.ts'
import { device } from '../testing/practice.ts'
import { readyCharts, type Ready, type ReadyPerson } from '../testing/ready.ts'
import { ask } from '../testing/world.ts'

/** A day after the power went: the paper is typed in, compared, and what comes late is looked at. */
let all: Ready
let chart: string
beforeAll(async () => { all = await readyCharts() }, 300_000)
afterAll(() => all.close())
beforeEach(async () => { chart = await all.copy(); all.shell.clock.set?.(plusMinutes(all.at, 1_440)) })

const time = (minute: number) => plusMinutes(all.at, minute)
interface Line { readonly entry: ReturnType<Ready['entry']>; readonly by: string }
/** What stands on the paper: a reading, a dose of twice what was ordered, a high pressure, and the way home. */
function paper(session: string, more: readonly Line[] = []) {
  const line = (kind: string, body: object, minute: number, over: object = {}): Line => ({ entry: { ...all.entry(kind, body, minute, { session, ...over }), writtenAt: time(1_440) }, by: 'Mo Nurse' })
  const [prepared, confirmed] = [randomUUID(), randomUUID()]
  return {
    session, line,
    lines: [
      line('checked-in.v1', { person: all.people.monitor.person, name: 'Mo Nurse', role: 'monitor' }, 1), line('vitals.v1', { systolicMmHg: 124, diastolicMmHg: 78, heartRatePerMin: 68, spo2Percent: 98 }, 5),
      line('dose-prepared.v1', { step: 1, doseUg: 90_000, route: 'IM', order: all.order, lot: 'A1' }, 9, { id: prepared }), line('dose-confirmed.v1', { prepared, doseUg: 90_000 }, 9, { id: confirmed }),
      line('dose-given.v1', { step: 1, doseUg: 90_000, route: 'IM', order: all.order, prepared, confirmed, confirmedBy: all.people.monitor.person, site: '', selfAdministered: false }, 10),
      line('vitals.v1', { systolicMmHg: 205, diastolicMmHg: 110 }, 25), line('session-closed.v1', { how: 'discharged', tolerance: 'as-intended', note: '' }, 150), ...more,
    ],
  }
}
const type = (who: ReadyPerson, { session, lines }: { session: string; lines: readonly Line[] }, more: object = {}) => ask(all, 'transcribe', who.token, { params: { chart }, body: {
  id: randomUUID(), device, session, wrote: 'Mo Nurse', why: 'No power in the house.', lines, start: { at: time(0), visit: all.visit, people: [{ person: all.people.therapist.person, name: 'Thea', role: 'therapist' }, { person: all.people.monitor.person, name: 'Mo', role: 'monitor' }] }, ...more,
} })
const written = async (kind: string) => (await all.admin.query<{ id: string; body: Record<string, never>; by: string }>('select id, body, by_person as by from app.entry where stream_id = $1 and kind = $2 order by seq', [chart, kind])).rows
const nameOf = async ({ person }: ReadyPerson) => (await all.admin.query<{ name: string }>(`select given_name || ' ' || family_name as name from app.person where person_id = $1`, [person])).rows[0]!.name
const notices = async (kind: string) => (await all.admin.query<{ person: string; says: string; done: string | null }>('select person_id as person, says, done_at as done from app.notice where chart_id = $1 and kind = $2', [chart, kind])).rows
const entries = async () => (await all.admin.query<{ id: string }>('select id from app.entry where stream_id = $1 order by seq', [chart])).rows.map(({ id }) => id)
const codes = (answer: { json<T>(): T }) => answer.json<{ list: { code: string }[] }>().list.map(({ code }) => code)
async function compare(who: ReadyPerson, change: (line: { entry: string; found: string; says: string; by?: object }, kind: string) => object = (line) => line, more: object = {}) {
  const { rows: [typed] } = await all.admin.query<{ id: string; body: { lines: { entry: string }[] } }>(`select id, body from app.entry where stream_id = $1 and kind = 'session-transcribed.v1'`, [chart])
  const { rows } = await all.admin.query<{ id: string; kind: string }>('select id, kind from app.entry where stream_id = $1 and id = any($2)', [chart, typed!.body.lines.map(({ entry }) => entry)])
  const compared = rows.map(({ id, kind }) => change({ entry: id, found: 'agrees', says: '' }, kind))
  return ask(all, 'checkTranscription', who.token, { params: { chart, transcription: typed!.id }, body: { id: randomUUID(), device, typedName: await nameOf(who), compared, ...more } })
}

describe('a session that was on paper', () => {
  test('is typed in one act: begun and closed, with what was not met beside it, and nobody is called', async () => {
    const { session, lines } = paper(randomUUID())
    const answer = await type(all.people.therapist, { session, lines })
    expect(answer.statusCode, answer.body).toBe(200)
    const [typed] = await written('session-transcribed.v1')
    const { lines: marked, unmet } = typed!.body as unknown as { lines: { entry: string; by: string }[]; unmet: { gate: string; step?: number; state: string }[] }
    expect(marked.map(({ entry }) => entry).toSorted()).toEqual([session, ...lines.map(({ entry }) => entry.id)].toSorted())
    expect((await written('dose-given.v1')).some(({ body }) => (body as unknown as { doseUg: number }).doseUg === 90_000), 'the dose stands as it was').toBe(true)
    expect(unmet.filter(({ step }) => step === 1).map(({ gate }) => gate)).toEqual(expect.arrayContaining(['within-order', 'confirmed', 'identity', 'two-people']))
    expect(unmet.every(({ state }) => state !== 'met')).toBe(true)
    const { rows: [claim] } = await all.admin.query<{ closed: boolean }>('select closed from app.session_claim where session_id = $1 and chart_id = $2', [session, chart])
    expect(claim!.closed, 'it never runs').toBe(true)
    expect(await sessionWatch(all.shell)(samplePractice.id)).toBe(0)
    expect([await notices('alert'), (await notices('paper')).some(({ person }) => person === all.people.therapist.person), (await notices('paper')).some(({ person }) => person === all.people.monitor.person)]).toEqual([[], false, true])
    const home = (await ask(all, 'home', all.people.monitor.token)).json<{ rows: { chart: string; openSession: string | null; matters: { about: string; owner: string; mine: boolean; says: string }[] }[] }>().rows.find((row) => row.chart === chart)!
    expect(home).toMatchObject({ openSession: null, matters: [{ about: 'paper', mine: true, owner: await nameOf(all.people.monitor) }] })
    expect(home.matters[0]!.says).toContain('transcribed, not yet checked')
    const desk = (await ask(all, 'home', all.people.coordinator.token)).json<{ rows: { chart: string; matters: unknown[] }[] }>().rows.find((row) => row.chart === chart)!
    expect(desk.matters, 'nothing clinical for the desk').toEqual([])
  })

  test('sent again it is stored once; the same name for something else is refused', async () => {
    const one = paper(randomUUID())
    const id = randomUUID()
    const [first, again] = [await type(all.people.therapist, one, { id }), await type(all.people.therapist, one, { id })]
    expect([first.statusCode, again.statusCode]).toEqual([200, 200])
    const count = await entries()
    expect((await type(all.people.therapist, one, { id, wrote: 'Somebody Else' })).json()).toMatchObject({ code: 'entry.rewritten' })
    expect(await entries()).toEqual(count)
  })

  test.each<[string, (of: ReturnType<typeof paper>) => { lines?: readonly Line[]; more?: object }, string]>([
    ['a signature', (of) => ({ lines: [...of.lines, of.line('discharge-signed.v1', { assessed: randomUUID(), role: 'monitor', signature: { person: randomUUID(), name: 'X', meaning: 'confirmation', method: 'pin', signedAt: time(1) } }, 140)] }), 'discharge-signed.v1'],
    ['a confirmation with somebody’s proof', (of) => ({ lines: [...of.lines, of.line('dose-confirmed.v1', { prepared: randomUUID(), doseUg: 30_000, signature: { person: randomUUID(), name: 'X', meaning: 'confirmation', method: 'pin', signedAt: time(1), lent: { by: randomUUID(), name: 'Y', guest: randomUUID(), proof: `${'A'.repeat(86)}==` } } }, 5)] }), 'dose-confirmed.v1'],
    ['a reason to pass a gate', (of) => ({ lines: [...of.lines, of.line('gate-passed.v1', { gate: 'fasting', step: 1, reason: 'The person ate a cracker at noon.' }, 8)] }), 'gate-passed.v1'],
    ['no end', (of) => ({ lines: of.lines.filter(({ entry }) => entry.kind !== 'session-closed.v1') }), 'session-closed.v1'],
    ['a line of another session', (of) => ({ lines: [...of.lines, of.line('session-note.v1', { text: 'x' }, 20, { session: randomUUID() })] }), 'session-note.v1'],
    ['a line that corrects', (of) => ({ lines: [...of.lines, of.line('vitals.v1', { systolicMmHg: 120 }, 20, { amends: randomUUID() })] }), 'vitals.v1'],
    ['a line before the start', (of) => ({ lines: [...of.lines, of.line('session-note.v1', { text: 'x' }, -5)] }), 'session-note.v1'],
    ['a visit that does not stand', () => ({ more: { start: { at: time(0), visit: randomUUID(), people: [{ person: randomUUID(), name: 'X', role: 'monitor' }] } } }), 'visit'],
  ])('%s is not taken, and nothing is stored', async (_, change, code) => {
    const of = paper(randomUUID())
    const { lines = of.lines, more = {} } = change(of)
    const before = await entries()
    const answer = await type(all.people.therapist, { session: of.session, lines }, more)
    expect([answer.statusCode, answer.json<{ code: string }>().code, codes(answer)], answer.body).toEqual([422, 'transcription.refused', expect.arrayContaining([code])])
    expect(await entries()).toEqual(before)
  })

  test('what may be typed binds nobody: no signature, no permission, nothing that only its own act may write', async () => {
    const { mayBeTyped, transcribable } = await import('../../core/session/transcribed.ts')
    expect(transcribable.length).toBeGreaterThan(15)
    const shapeOf = (kind: (typeof transcribable)[number]) => (kinds[kind].body as unknown as { shape: Readonly<Record<string, { isOptional: () => boolean }>> }).shape
    expect(transcribable.filter((kind) => kinds[kind].through === 'act' || shapeOf(kind)['signature']?.isOptional() === false)).toEqual([])
    // Where one may stand beside what was typed, it is refused.
    const optional = transcribable.filter((kind) => shapeOf(kind)['signature'] !== undefined)
    expect(optional).toEqual(['checked-in.v1', 'dose-confirmed.v1'])
    expect(optional.map((kind) => [mayBeTyped({ kind, body: {} } as never), mayBeTyped({ kind, body: { signature: {} } } as never)])).toEqual([[true, false], [true, false]])
  })

  test('who does not treat this person types nothing', async () => {
    for (const who of [all.people.coordinator, all.people.owner, all.people.patient, all.people.stranger]) expect([403, 404]).toContain((await type(who, paper(randomUUID()))).statusCode)
  })
})

describe('compared with the paper', () => {
  beforeEach(async () => { expect((await type(all.people.therapist, paper(randomUUID()))).statusCode).toBe(200) })

  test('by a second person, line by line, with their own sign-in and name', async () => {
    const same = await compare(all.people.therapist)
    expect([same.statusCode, same.json<{ code: string }>().code]).toEqual([409, 'transcription.same-person'])
    const short = await compare(all.people.monitor, undefined, { compared: [] })
    expect(short.statusCode).toBe(422)
    const wrongName = await compare(all.people.monitor, undefined, { typedName: 'Somebody Else' })
    expect(codes(wrongName)).toEqual(['name'])
    const answer = await compare(all.people.monitor)
    expect(answer.statusCode, answer.body).toBe(200)
    const [check] = await written('transcription-checked.v1')
    expect(check!.body).toMatchObject({ signature: { person: all.people.monitor.person, meaning: 'review' } })
    expect((await notices('paper')).filter(({ person }) => person === all.people.monitor.person).every(({ done }) => done !== null)).toBe(true)
    const row = (await ask(all, 'home', all.people.monitor.token)).json<{ rows: { chart: string; matters: unknown[] }[] }>().rows.find((one) => one.chart === chart)!
    expect(row.matters).toEqual([])
  })

  test('a line that is left out is named', async () => {
    const { rows: [typed] } = await all.admin.query<{ id: string; body: { lines: { entry: string }[] } }>(`select id, body from app.entry where stream_id = $1 and kind = 'session-transcribed.v1'`, [chart])
    const answer = await ask(all, 'checkTranscription', all.people.monitor.token, { params: { chart, transcription: typed!.id }, body: { id: randomUUID(), device, typedName: await nameOf(all.people.monitor), compared: typed!.body.lines.slice(1).map(({ entry }) => ({ entry, found: 'agrees' })) } })
    expect(answer.json<{ list: { says: string }[] }>().list.map(({ says }) => says)).toEqual(['1 line has not been compared.'])
  })

  test('what was mistyped is put right by an entry of its own, the first one stays, and the gates are judged again', async () => {
    const [given] = await written('dose-given.v1')
    const session = (await all.admin.query<{ s: string }>('select session_id as s from app.entry where id = $1 and stream_id = $2', [given!.id, chart])).rows[0]!.s
    const right = all.entry('dose-given.v1', { ...(given!.body as object), doseUg: 40_000 }, 10, { session, amends: given!.id })
    expect((await compare(all.people.monitor, (line, kind) => (kind === 'dose-given.v1' ? { ...line, found: 'corrected' } : line))).statusCode, 'without the entry').toBe(422)
    expect((await compare(all.people.monitor, (line, kind) => (kind === 'dose-given.v1' ? { ...line, found: 'corrected', by: { ...right, amends: randomUUID() } } : line))).statusCode, 'of another line').toBe(422)
    const answer = await compare(all.people.monitor, (line, kind) => (kind === 'dose-given.v1' ? { ...line, found: 'corrected', says: 'The paper says 40.', by: right } : line))
    expect(answer.statusCode, answer.body).toBe(200)
    expect((await written('dose-given.v1')).map(({ id }) => id)).toEqual([given!.id, right.id])
    const { text } = readPdf(new Uint8Array((await ask(all, 'sessionRecord', all.people.therapist.token, { params: { chart, session } })).rawPayload))
    const page = text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')
    for (const words of ['Given in all: 40 mg.', 'Typed from paper by', 'Compared with the paper by', 'it would have called people then', 'What was not met when it was done on paper']) expect(page, words).toContain(words)
    expect(page).toContain('Corrected since: 90 mg')
    expect(page).not.toContain('not yet checked')
  })

  test('until then the record on paper says that nobody compared it', async () => {
    const session = (await written('session-started.v1')).at(-1)!.id
    const { text } = readPdf(new Uint8Array((await ask(all, 'sessionRecord', all.people.therapist.token, { params: { chart, session } })).rawPayload))
    expect(text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')).toContain('Transcribed, not yet checked: nobody has compared it with the paper.')
  })
})

describe('what comes after the close', () => {
  test('opens the record again, is told once to those who signed and to whoever looks at it, and a clinician settles it by name', async () => {
    const { inside, session } = await all.room(chart)
    const close = inside('session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, 30)
    all.shell.clock.set?.(time(30))
    await all.must(all.people.monitor, chart, [close])
    all.shell.clock.set?.(time(200))
    const late = inside('session-note.v1', { text: 'From the other tablet.' }, 20)
    await all.must(all.people.therapist, chart, [late])
    await followUp(all.shell, samplePractice.id)
    await followUp(all.shell, samplePractice.id)
    const said = await notices('late')
    expect(said.map(({ person }) => person).toSorted()).toEqual([all.people.monitor.person, all.people.therapist.person].toSorted())
    expect(said[0]!.says).toContain('reopened for review: 1 entry arrived after closing')
    const review = (who: ReadyPerson, found: string, reason: string) => all.write(who, chart, [{ ...all.entry('late-reviewed.v1', { reviewed: [{ entry: late.id, found, reason }], signature: { person: who.person, name: 'X', meaning: 'review', method: 'typed-name', signedAt: time(200) } }, 200, { session }) }])
    expect([(await review(all.people.monitor, 'taken', '')).statusCode, (await review(all.people.therapist, 'aside', '')).statusCode], 'not a monitor, and not without a reason').toEqual([403, 422])
    expect((await review(all.people.therapist, 'taken', '')).statusCode).toBe(201)
    const { text } = readPdf(new Uint8Array((await ask(all, 'sessionRecord', all.people.therapist.token, { params: { chart, session } })).rawPayload))
    expect(text.replaceAll('\n', ' ').replaceAll(/ +/g, ' ')).toContain('came late, taken in by')
  })

  test('what came in time tells nobody', async () => {
    const { inside } = await all.room(chart)
    all.shell.clock.set?.(time(30))
    await all.must(all.people.monitor, chart, [inside('session-note.v1', { text: 'calm' }, 20), inside('session-closed.v1', { how: 'not-dosed', tolerance: 'not-dosed', note: '' }, 30)])
    await followUp(all.shell, samplePractice.id)
    expect(await notices('late')).toEqual([])
  })
})
