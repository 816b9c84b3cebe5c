import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { BodyOf } from '../../core/chart/kinds.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { readyCharts, type Ready, type ReadyPerson } from '../testing/ready.ts'
import { ask } from '../testing/world.ts'

/** The emergency kit and the prescriber to reach: asked for at the door, carried by a prescriber's written reason alone. */
let all: Ready
let kit: BodyOf<'room-checked.v1'>
let reachable: BodyOf<'prescriber-reachable.v1'>
beforeAll(async () => {
  all = await readyCharts()
  const chart = await all.copy()
  const newest = async (kind: string) => (await all.admin.query<{ body: never }>('select body from app.entry where stream_id = $1 and kind = $2 order by seq desc limit 1', [chart, kind])).rows[0]!.body
  kit = await newest('room-checked.v1')
  reachable = await newest('prescriber-reachable.v1')
}, 300_000)
afterAll(() => all.close())

const because = 'The crew of the ambulance station next door stands by.'
type Said = readonly [kind: string, body: () => object]
const SAID: Record<string, readonly [gate: string, said: Said]> = {
  'something is missing from the kit': ['emergency-kit', ['room-checked.v1', () => ({ ...kit, items: kit.items.map(({ item }) => ({ item, present: item !== 'suction' })) })]],
  'something in the kit was not looked at': ['emergency-kit', ['room-checked.v1', () => ({ ...kit, items: kit.items.slice(1) })]],
  'something in the kit is past its date': ['emergency-kit', ['room-checked.v1', () => ({ ...kit, earliestExpiry: '2020-01-01' })]],
  'the kit of another room was checked': ['emergency-kit', ['room-checked.v1', () => ({ ...kit, room: { id: randomUUID(), name: 'Attic' } })]],
  'the kit was looked through two days ago': ['emergency-kit', ['room-checked.v1', () => ({ ...kit, confirms: { at: plusMinutes(all.at, -2_880), person: randomUUID(), name: 'Lee' } })]],
  'the prescriber cannot be reached any more': ['prescriber-reachable', ['prescriber-reachable.v1', () => ({ ...reachable, until: all.at })]],
  'the prescriber is on the phone, and the dose goes into a muscle': ['prescriber-reachable', ['prescriber-reachable.v1', () => ({ ...reachable, by: 'phone' })]],
  'the prescriber answers only for a while': ['prescriber-reachable', ['prescriber-reachable.v1', () => ({ ...reachable, until: plusMinutes(all.at, 20) })]],
}
const refusedFor = (answer: { json: <T>() => T; statusCode: number }) => (answer.statusCode === 409 || answer.statusCode === 422 ? answer.json<{ list?: { code: string }[] }>().list?.map(({ code }) => code) : answer.statusCode)

describe('no session starts', () => {
  test.each(Object.entries(SAID))('%s: but a prescriber may start it with a written reason', async (_, [gate, [kind, body]]) => {
    all.shell.clock.set?.(all.at)
    const { therapist, prescriber, monitor } = all.people
    const chart = await all.copy()
    await all.must(monitor, chart, [all.entry(kind, body())])
    const start = async (who: ReadyPerson, more: object = {}) => refusedFor(await all.start(who, chart, more))
    expect([await start(therapist), await start(therapist, { reasons: { [gate]: because } }), await start(prescriber), await start(prescriber, { reasons: { [gate]: 'short' } }), await start(prescriber, { reasons: { fasting: because } })]).toEqual(Array.from({ length: 5 }, () => [gate]))
    expect(await all.count(chart, 'session-started.v1')).toBe(0)
    expect(await start(prescriber, { reasons: { [gate]: because } })).toBe(200)
    const { rows } = await all.admin.query<{ gates: { gate: string; state: string; reason?: string }[] }>(`select body->'gates' as gates from app.entry where stream_id = $1 and kind = 'session-started.v1'`, [chart])
    expect(rows[0]!.gates.filter(({ reason }) => reason)).toMatchObject([{ gate, state: 'not-met', reason: because }])
  })
})

describe('no dose is recorded as given', () => {
  test.each(Object.entries(SAID))('%s: but a prescriber in the room may carry it', { timeout: 30_000 }, async (_, [gate, [kind, body]]) => {
    const { therapist, prescriber, monitor } = all.people
    const chart = await all.copy()
    const room = await all.room(chart)
    await all.must(monitor, chart, [room.inside(kind, body(), 14)])
    const give = async () => refusedFor(await all.write(monitor, chart, [room.dose()]))
    expect(await give()).toEqual([gate])
    const pass = (who: ReadyPerson, reason = because) => all.write(who, chart, [room.inside('gate-passed.v1', { gate, step: 1, reason }, 14)])
    expect([(await pass(therapist)).statusCode, (await pass(monitor)).statusCode, (await pass(prescriber, 'short')).statusCode]).toEqual([403, 403, 422])
    expect(await give()).toEqual([gate])
    expect((await pass(prescriber)).statusCode).toBe(201)
    expect([await give(), await all.count(chart, 'dose-given.v1')]).toEqual([201, 1])
  })
})

describe('who can be the prescriber to reach', () => {
  test('only a prescriber of this person’s team, whoever writes it', async () => {
    all.shell.clock.set?.(all.at)
    const chart = await all.copy()
    const { therapist, monitor, prescriber, owner, coordinator, patient, stranger } = all.people
    const write = async (who: ReadyPerson, person: string) => { const answer = await all.write(who, chart, [all.entry('prescriber-reachable.v1', { ...reachable, person })]); return answer.statusCode === 201 ? 201 : answer.json<{ code: string }>().code }
    expect([await write(monitor, prescriber.person), await write(prescriber, prescriber.person)]).toEqual([201, 201])
    expect([await write(therapist, therapist.person), await write(therapist, monitor.person), await write(therapist, randomUUID()), await write(prescriber, stranger.person)]).toEqual(Array.from({ length: 4 }, () => 'reachable.not-prescriber'))
    expect([await write(patient, prescriber.person), await write(owner, prescriber.person), await write(coordinator, prescriber.person)]).toEqual(Array.from({ length: 3 }, () => 'entry.forbidden'))
    expect(await all.count(chart, 'prescriber-reachable.v1')).toBe(3)
  })
})

describe('the last look of the day at a room’s kit', () => {
  const asked = async (who: ReadyPerson, chart: string, room = kit.room!.id) => (await ask(all, 'roomChecked', who.token, { params: { chart, room } })).json<{ checked: { at: string; name: string; items: object[] } | null; code?: string }>()

  test('is told with who looked and when; found still so, it stays the first one’s', async () => {
    all.shell.clock.set?.(all.at)
    const chart = await all.copy()
    const { therapist, monitor } = all.people
    const look = all.entry('room-checked.v1', { ...kit, room: { id: randomUUID(), name: 'Attic' } }, -30)
    const room = (look.body as typeof kit).room!.id
    expect((await asked(therapist, chart, room)).checked).toBeNull()
    await all.must(monitor, chart, [look])
    const first = (await asked(therapist, chart, room)).checked
    expect(first).toMatchObject({ at: look.at, items: kit.items })
    expect(first?.name).toMatch(/\w/)
    await all.must(therapist, chart, [all.entry('room-checked.v1', { ...(look.body as object), confirms: { at: first!.at, person: monitor.person, name: first!.name } }, -1)])
    expect((await asked(monitor, chart, room)).checked).toMatchObject({ at: look.at, name: first?.name })
    const again = all.entry('room-checked.v1', { ...(look.body as object), earliestExpiry: '2030-01-01' }, 0)
    await all.must(monitor, chart, [again])
    await all.must(monitor, chart, [all.entry('room-checked.v1', { ...(look.body as object), earliestExpiry: '2031-01-01' }, -0.5, { amends: again.id })])
    expect((await asked(therapist, chart, room)).checked, 'what was put right is not told').toMatchObject({ earliestExpiry: '2031-01-01' })
  })

  test('not of yesterday, not of another room, and to nobody who may not be in one', async () => {
    all.shell.clock.set?.(all.at)
    const chart = await all.copy()
    const { therapist, patient, coordinator, owner, stranger, monitor } = all.people
    const room = { id: randomUUID(), name: 'Cellar' }
    await all.must(monitor, chart, [all.entry('room-checked.v1', { ...kit, room }, -1_440)])
    expect((await asked(therapist, chart, room.id)).checked).toBeNull()
    await all.must(monitor, chart, [all.entry('room-checked.v1', { ...kit, room }, -1)])
    expect([(await asked(therapist, chart, room.id)).checked === null, (await asked(therapist, chart, randomUUID())).checked]).toEqual([false, null])
    for (const who of [patient, coordinator, owner, stranger]) expect((await asked(who, chart, room.id)).code, who.says).toMatch(/not-allowed|chart\.unseen|not-found/)
  })
})
