import { describe, expect, test, vi } from 'vitest'
import { Offline, Refused } from './client.ts'
import { memoryStore, type Act } from './device-store.ts'
import { keepSending } from './keep-sending.ts'
import { openOutbox, type Outbox, type Post } from './outbox.ts'

const act = (id: string, chart = 'mara'): Act => ({ id, chart, stream: 'chart', writtenAt: '2026-11-21T17:00:00.000Z', entries: [{ id: `${id}-entry`, kind: 'session-note.v1', at: '2026-11-21T17:00:00.000Z', writtenAt: '2026-11-21T17:00:00.000Z', by: 'thea', device: 'd', body: { text: id } }] })
const taken: Post = async ({ entries }) => entries.map(({ id }, place) => ({ id, seq: place + 1, digest: 'x', receivedAt: '2026-11-21T17:00:01.000Z' }))
const outboxWith = (post: Post, store = memoryStore()) => openOutbox({ store, post, settled: () => {} })

describe('what the server says about one act', () => {
  const answers: [string, Error | null, 'sent' | 'problem' | 'waits', boolean][] = [
    ['taken', null, 'sent', true],
    ['a gate is not met', new Refused(409, 'dose.gates', 'Not yet.', [{ code: 'people', says: 'Two people' }]), 'problem', true],
    ['not this role', new Refused(403, 'entry.forbidden', 'No.'), 'problem', true],
    ['no such chart', new Refused(404, 'chart.unseen', 'No.'), 'problem', true],
    ['nobody answered', new Offline(), 'waits', false],
    ['too many requests', new Refused(429, 'too-many-requests', 'Wait.'), 'waits', false],
    ['the database is away', new Refused(503, 'database.away', 'Away.'), 'waits', false],
    ['the server broke', new Refused(500, 'internal', 'Broken.'), 'waits', false],
    ['signed out', new Refused(401, 'sign-in.needed', 'Sign in.'), 'waits', false],
  ]
  test.each(answers)('%s', async (_, failure, fate, othersPass) => {
    const posted: string[] = []
    const outbox = await outboxWith(async (one) => {
      posted.push(one.id)
      if (one.id === 'first' && failure) throw failure
      return taken(one)
    })
    await outbox.add(act('first'))
    await outbox.add(act('second'))
    await outbox.round()
    const first = outbox.acts().find(({ id }) => id === 'first')
    expect(first ? (first.problem ? 'problem' : 'waits') : 'sent').toBe(fate)
    expect(posted.includes('second'), 'what comes after it in the same round').toBe(othersPass)
    expect(outbox.signedOut()).toBe(failure instanceof Refused && failure.status === 401)
  })

  test('a server that breaks on one act eight times has made a problem of it', async () => {
    const outbox = await outboxWith(async () => { throw new Refused(500, 'internal', 'Broken.') })
    await outbox.add(act('first'))
    for (let round = 1; round < 8; round += 1) await outbox.round()
    expect(outbox.acts()[0]?.problem).toBeUndefined()
    await outbox.round()
    expect(outbox.acts()[0]?.problem?.code).toBe('internal')
  })

  test('a server that breaks once has not said no, however often it refused the act before', async () => {
    const store = memoryStore()
    let says = new Refused(404, 'chart.unseen', 'No.')
    const outbox = await openOutbox({ store, post: async () => { throw says }, settled: () => {} })
    await outbox.add(act('first'))
    for (let time = 0; time < 8; time += 1) {
      await outbox.round()
      expect(outbox.acts()[0]?.problem?.code).toBe('chart.unseen')
      await store.park('first', null) // Somebody sends it again, in another tab.
      await outbox.reload()
    }
    says = new Refused(500, 'internal', 'Broken.')
    await outbox.round()
    expect(outbox.acts()[0]?.problem).toBeUndefined()
  })

  test('refused in the moment in which it was locked away, it waits here as it does on the disk, and is refused again once it can be written down', async () => {
    const store = memoryStore()
    let locked = true
    let posts = 0
    const outbox = await outboxWith(async () => { posts += 1; throw new Refused(409, 'dose.gates', 'No.') }, { ...store, park: async (id, problem) => { if (!locked) await store.park(id, problem) } })
    await outbox.add(act('first'))
    expect([await outbox.round(), outbox.acts()[0]?.problem, (await store.acts())[0]?.problem]).toEqual([false, undefined, undefined])
    locked = false
    await outbox.round()
    expect([posts, outbox.acts()[0]?.problem?.code, (await store.acts())[0]?.problem?.code]).toEqual([2, 'dose.gates', 'dose.gates'])
  })

  test('sent again in another tab before this one knew that it was refused: it waits here too', async () => {
    const store = memoryStore()
    const outbox = await outboxWith(async () => { throw new Refused(409, 'dose.gates', 'No.') }, {
      ...store,
      async park(id, problem) {
        await store.park(id, problem)
        await store.park(id, null) // The other tab; this one is told of it at once, and hears how its own writing went only now.
        await outbox.reload()
      },
    })
    await outbox.add(act('first'))
    expect([await outbox.round(), outbox.acts()[0]?.problem]).toEqual([false, undefined])
  })

  test('an answer that leaves an entry out is no answer', async () => {
    const outbox = await outboxWith(async () => [])
    await outbox.add(act('first'))
    expect(await outbox.round()).toBe(false)
    expect(outbox.acts()).toHaveLength(1)
  })

  test('charts do not wait for each other', async () => {
    const outbox = await outboxWith(async (one) => { if (one.chart === 'mara') throw new Offline(); return taken(one) })
    await outbox.add(act('one', 'mara'))
    await outbox.add(act('two', 'jonas'))
    await outbox.round()
    expect(outbox.acts().map(({ id }) => id)).toEqual(['one'])
  })

  test('what could not be kept on the device was not recorded', async () => {
    const outbox = await outboxWith(taken, { ...memoryStore(), putAct: async () => { throw new Error('The disk is full') } })
    await expect(outbox.add(act('first'))).rejects.toThrow('The disk is full')
    expect(outbox.acts()).toEqual([])
  })

  test('a refused act can be sent again or taken back, by a person', async () => {
    let closed = true
    const store = memoryStore()
    const outbox = await outboxWith(async (one) => { if (closed) throw new Refused(409, 'dose.gates', 'Not yet.'); return taken(one) }, store)
    await outbox.add(act('first'))
    await outbox.add(act('second'))
    await outbox.round()
    await outbox.withdraw('second')
    closed = false
    await outbox.retry('first')
    await outbox.round()
    expect([outbox.acts(), await store.acts()]).toEqual([[], []])
  })
})

/** The disk is read at once, and what was read arrives a moment later. */
const slowly = <Value>(read: () => Promise<Value>) => async () => {
  const value = await read()
  await new Promise((resolve) => setTimeout(resolve, 5))
  return value
}

describe('another tab of this browser', () => {
  test('is heard while something is written here: nothing of it is overlooked, and nothing stands twice', async () => {
    const store = memoryStore()
    const outbox = await openOutbox({ store: { ...store, acts: slowly(store.acts) }, post: taken, settled: () => {} })
    const reloaded = outbox.reload()
    await outbox.add(act('first'))
    await reloaded
    expect(outbox.acts().map(({ id }) => id)).toEqual(['first'])
  })
  test('corrects what is on this disk and not yet said to be: it stands behind it on both pages', async () => {
    const store = memoryStore()
    let kept = () => {}
    const outbox = await openOutbox({ store: { ...store, putAct: async (one) => { await store.putAct(one); await new Promise<void>((resolve) => { kept = resolve }) } }, post: taken, settled: () => {} })
    const added = outbox.add(act('first'))
    await vi.waitFor(async () => expect(await store.acts()).toHaveLength(1))
    await store.putAct(act('its correction'))
    await outbox.reload()
    kept()
    await added
    expect(outbox.acts().map(({ id }) => id)).toEqual(['first', 'its correction'])
  })
  test('is heard in the moment in which this page is opened: what could not be read a moment ago has not gone', async () => {
    const store = memoryStore()
    let locked = false
    const outbox = await openOutbox({ store: { ...store, closed: () => locked, acts: slowly(async () => (locked ? undefined : store.acts())) }, post: taken, settled: () => {} })
    await outbox.add(act('first'))
    const shown: number[] = []
    outbox.onChange(() => shown.push(outbox.acts().length))
    locked = true
    const reloaded = outbox.reload()
    locked = false
    await reloaded
    expect([shown, outbox.acts().map(({ id }) => id)]).toEqual([[1], ['first']])
    locked = true
    await outbox.reload()
    expect(outbox.acts().map(({ id }) => id), 'nor while it stays locked').toEqual(['first'])
  })
  test('has sent something: it lies on its chart before it leaves the outbox', async () => {
    const store = memoryStore()
    const seen: string[] = []
    const outbox = await openOutbox({ store, post: taken, settled: () => {}, settledElsewhere: async (chart) => { seen.push(`${chart} ${outbox.acts().length}`) } })
    await outbox.add(act('first'))
    await store.settle(act('first'), [])
    await outbox.reload()
    expect([seen, outbox.acts()]).toEqual([['mara 1'], []])
  })
})

test('what another page put back while it was settled here is sent again, and stored once', async () => {
  const store = memoryStore()
  const posted: string[] = []
  const outbox: Outbox = await outboxWith(async (one) => { posted.push(one.id); return taken(one) }, {
    ...store,
    async settle(one, stored) {
      await store.settle(one, stored)
      if (posted.length > 1) return
      // It opens, finds it in the second place alone, puts it back and says so, all before this page hears that it was settled.
      await store.putAct(one)
      await outbox.reload()
    },
  })
  await outbox.add(act('first'))
  expect([await outbox.round(), posted, outbox.acts().map(({ id }) => id)]).toEqual([false, ['first'], ['first']])
  expect([await outbox.round(), posted, outbox.acts(), await store.acts()]).toEqual([true, ['first', 'first'], [], []])
})

describe('sending again', () => {
  async function waits(post: Post, nowMs = () => 0) {
    const asked: number[] = []
    let next = () => {}
    const outbox = await outboxWith(post)
    const sending = keepSending(outbox, { later: (run, ms) => { asked.push(ms); next = run; return () => { next = () => {} } }, chance: () => 0.5, nowMs })
    return { outbox, sending, asked, next: async () => { next(); await vi.waitFor(() => {}) } }
  }

  test('waits longer each time, never longer than ten seconds', async () => {
    const { outbox, asked, next } = await waits(async () => { throw new Offline() })
    await outbox.add(act('first'))
    for (let time = 0; time < 7; time += 1) { await vi.waitFor(() => expect(asked).toHaveLength(time + 1)); await next() }
    expect(asked.slice(0, 7)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000])
  })

  test('whoever waited for an answer that did not come has waited already, whatever the clock does', async () => {
    let [now, silence] = [0, 3_000]
    const { outbox, asked, next } = await waits(async () => { now += silence; throw new Offline() }, () => now)
    await outbox.add(act('first'))
    for (let time = 0; time < 7; time += 1) {
      await vi.waitFor(() => expect(asked).toHaveLength(time + 1))
      if (time === 4) silence = 10_000
      if (time === 5) silence = -600_000
      await next()
    }
    expect(asked.slice(0, 7)).toEqual([500, 500, 500, 1_000, 5_000, 500, 10_000])
  })

  test('after a sign-out it does not knock again by itself', async () => {
    const { outbox, asked } = await waits(async () => { throw new Refused(401, 'sign-in.needed', 'Sign in.') })
    await outbox.add(act('first'))
    await vi.waitFor(() => expect(outbox.signedOut()).toBe(true))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(asked).toEqual([])
  })
})

test('a closed page lets go of what another tab has sent or taken off, and of nothing else', async () => {
  const [store, others] = [memoryStore(), ['sent', 'taken off']]
  let closed = false
  const outbox = await outboxWith(async () => { throw new Offline() }, { ...store, closed: () => closed })
  for (const id of ['sent', 'kept', 'taken off']) await outbox.add(act(id))
  closed = true
  await outbox.reload()
  expect(outbox.acts().map(({ id }) => id)).toEqual(['sent', 'kept', 'taken off'])
  for (const id of others) await store.withdraw(id)
  await outbox.reload()
  expect(outbox.acts().map(({ id }) => id)).toEqual(['kept'])
})
