import { describe, expect, test } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import type { ChartHead } from '../../core/contract/charting.ts'
import { chartCopy } from './chart-copy.ts'
import { memoryStore } from './device-store.ts'
import type { Outbox } from './outbox.ts'

const CHART = 'c1'
const note = (seq: number) => ({ id: `e${seq}`, seq, kind: 'free-note.v1', at: '2026-11-21T17:00:00.000Z', writtenAt: '2026-11-21T17:00:00.000Z', receivedAt: '2026-11-21T17:00:00.000Z', by: 'thea', device: 'd', digest: '', body: { text: `${seq}` } }) as unknown as StoredEntry
const outbox = { acts: () => [], onChange: () => () => {} } as unknown as Outbox
const event = (said: object) => `data: ${JSON.stringify(said)}\n\n`

/** One chart on one device, and a server that says what it is told to say, one event after the other. */
function opened(store = memoryStore(), lastSeq = 2, answers: Promise<Partial<ChartHead>> = Promise.resolve({})) {
  const streams: { readonly after: number; readonly say: (...events: object[]) => void; readonly tear: () => void }[] = []
  const heads: number[] = []
  const copy = chartCopy({
    chart: CHART, store, outbox, now: () => '2026-11-21T18:00:00.000Z', heardNow() {}, later: () => () => {}, refused() {}, back() {},
    readHead: async () => { heads.push(lastSeq); return { lastSeq, myRoles: ['therapist'], ...(await answers) } as unknown as ChartHead },
    open: async (_chart, after) => {
      let stream: ReadableStreamDefaultController<Uint8Array>
      const body = new ReadableStream<Uint8Array>({ start(controller) { stream = controller } })
      streams.push({ after, say: (...events) => stream.enqueue(new TextEncoder().encode(events.map(event).join(''))), tear: () => stream.close() })
      return new Response(body)
    },
  })
  const stop = copy.subscribe(() => {})
  const settle = () => new Promise((resolve) => { setTimeout(resolve, 5) })
  const stands = async () => { await settle(); const { ready, connection, chart, lastHeardAt } = copy.snapshot(); return { ready, connection, entries: chart.entries.length, heard: lastHeardAt !== null } }
  return { streams, heads, stands, close: () => { stop(); copy.close() }, onDevice: async () => { await settle(); return store.copy(CHART) } }
}
const nothingYet = { ready: false, connection: 'away', entries: 0, heard: false }

describe('what is still on its way does not read as nothing', () => {
  test('a chart is known once all that stood there has come, and not at the first word', async () => {
    const one = opened()
    expect(await one.stands()).toEqual(nothingYet)
    one.streams[0]!.say({ entries: [], lastSeq: 0, upTo: 2, now: '2026-11-21T18:00:00.000Z' })
    expect(await one.stands()).toEqual(nothingYet)
    one.streams[0]!.say({ now: '2026-11-21T18:00:10.000Z' })
    expect(await one.stands(), 'a beat between the two').toEqual(nothingYet)
    one.streams[0]!.say({ entries: [note(1), note(2)], lastSeq: 2 })
    expect(await one.stands()).toEqual({ ready: true, connection: 'live', entries: 2, heard: true })
    expect([one.streams.length, one.heads.length], 'all of it was asked for once').toEqual([1, 1])
    one.close()
  })

  test('a device that was closed in between has not heard of it either', async () => {
    const store = memoryStore()
    const before = opened(store)
    await before.stands()
    before.streams[0]!.say({ entries: [], lastSeq: 0, upTo: 2, now: '2026-11-21T18:00:00.000Z' })
    expect((await before.onDevice()).heardAt).toBeNull()
    before.close()
    const after = opened(store)
    expect(await after.stands()).toEqual(nothingYet)
    after.close()
  })

  test('what the device has is shown meanwhile, and said to be as old as it is', async () => {
    const store = memoryStore()
    await store.keep(CHART, { entries: [note(1)], after: 0, lastSeq: 1, heardAt: '2026-11-20T18:00:00.000Z' })
    const one = opened(store)
    one.streams[0]?.say()
    expect(await one.stands()).toEqual({ ready: true, connection: 'away', entries: 1, heard: true })
    one.streams[0]!.say({ entries: [], lastSeq: 1, upTo: 2, now: '2026-11-21T18:00:00.000Z' })
    expect(await one.stands()).toMatchObject({ ready: true, connection: 'away' })
    one.streams[0]!.say({ entries: [note(2)], lastSeq: 2 })
    expect(await one.stands()).toMatchObject({ connection: 'live', entries: 2 })
    one.close()
  })

  test('an answer about the chart that is older than what the stream has told since reads nothing again', async () => {
    let answer = (_: Partial<ChartHead>) => {}
    const one = opened(memoryStore(), 1, new Promise((resolve) => { answer = resolve }))
    await one.stands()
    one.streams[0]!.say({ entries: [], lastSeq: 0, upTo: 1, now: '2026-11-21T18:00:00.000Z' })
    await one.stands()
    one.streams[0]!.say({ entries: [note(1)], lastSeq: 1 }, { entries: [note(2)], lastSeq: 2 })
    expect(await one.stands()).toMatchObject({ ready: true, entries: 2 })
    answer({})
    expect(await one.stands()).toMatchObject({ ready: true, connection: 'live' })
    expect([one.streams.length, (await one.onDevice()).lastSeq]).toEqual([1, 2])
    one.close()
  })

  test.each<[string, number, string]>([['a server that was put back', 1, 'therapist'], ['another role', 2, 'prescriber']])('%s: all of it is read again, and a page that opens before it was knows nothing', async (_, lastSeq, role) => {
    const store = memoryStore()
    await store.keep(CHART, { entries: [note(1), note(2)], after: 0, lastSeq: 2, heardAt: '2026-11-20T18:00:00.000Z', head: { lastSeq: 2, myRoles: ['therapist'] } as unknown as ChartHead })
    const one = opened(store, lastSeq, Promise.resolve({ myRoles: [role] } as never))
    await one.stands()
    one.streams[0]!.say({ entries: [], lastSeq: 2, upTo: 2, now: '2026-11-21T18:00:00.000Z' })
    await one.stands()
    expect(one.streams.map(({ after }) => after)).toEqual([2, 0])
    one.streams[1]!.say({ entries: [], lastSeq: 0, upTo: 2, now: '2026-11-21T18:00:01.000Z' })
    expect(await one.onDevice()).toMatchObject({ lastSeq: 0, heardAt: null })
    one.close()
    const after = opened(store, lastSeq)
    expect(await after.stands()).toMatchObject({ ready: false })
    after.streams[0]!.say({ entries: [], lastSeq: 0, upTo: lastSeq, now: '2026-11-21T18:00:02.000Z' }, { entries: [note(1), note(2)].slice(0, lastSeq), lastSeq })
    expect(await after.stands()).toMatchObject({ ready: true })
    after.close()
  })

  test('a copy that another tab has emptied is not marked as heard of by a page that knows more', async () => {
    const store = memoryStore()
    const one = opened(store)
    await one.stands()
    one.streams[0]!.say({ entries: [note(1), note(2)], lastSeq: 2, upTo: 2 })
    await one.stands()
    await store.forget(CHART)
    one.streams[0]!.say({ entries: [note(3)], lastSeq: 3 })
    expect(await one.onDevice()).toMatchObject({ lastSeq: 0, heardAt: null, entries: [{ id: 'e3' }] })
    one.close()
    const after = opened(store)
    expect(await after.stands()).toMatchObject({ ready: false })
    expect(after.streams[0]!.after, 'and all of it is asked for').toBe(0)
    after.close()
  })

  test.each([['a chart with nothing on it', { entries: [], lastSeq: 0, upTo: 0 }], ['a server that does not say how far it goes', { entries: [], lastSeq: 0 }]])('%s is known at the first word', async (_, said) => {
    const one = opened(memoryStore(), 0)
    await one.stands()
    one.streams[0]!.say(said)
    expect(await one.stands()).toEqual({ ready: true, connection: 'live', entries: 0, heard: true })
    one.close()
  })
})
