import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { applyChanges } from '../../core/rulebook/changes.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { dialRows } from '../../knowledge/dials.ts'
import { Offline } from './client.ts'
import { holdEditions, rulesNamed, shipped, type EditionParts } from './editions.ts'

/** What a tablet knows of the practice's rules: with the network, without it, and when what it kept is not whole. */
const FIRST = '2026-11 · 0123456789ab · here 1'
const SECOND = '2026-11 · ba9876543210 · here 2'
const turned = (to: number) => {
  const book = applyChanges(shipped, [{ dial: 'monitoring/gates/fewestPeople', from: 2, to }], dialRows)
  if (!book.ok) throw new Error(book.refusal.says)
  return canonical(book.value)
}
const MINE = 'a'.repeat(64)
const digest = async (text: string) => createHash('sha256').update(text).digest('hex')

let kept: Map<string, string>
let server: { name: string; broken: string | null; books: Record<number, { name: string; book: string }>; asked: number }
beforeEach(() => {
  kept = new Map()
  server = { name: FIRST, broken: null, books: { 1: { name: FIRST, book: turned(3) }, 2: { name: SECOND, book: turned(4) } }, asked: 0 }
})
const memory: EditionParts['memory'] = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) }
const tablet = (parts: Partial<EditionParts> = {}) => holdEditions({
  practice: 'p', memory, digest, loaded: async () => MINE, ask: async () => server,
  async fetchBook(number) {
    server.asked += 1
    const { name, book } = server.books[number]!
    return { name, book, sha256: await digest(book) }
  },
  ...parts,
})
const away: Partial<EditionParts> = { ask: async () => { throw new Offline() }, fetchBook: async () => { throw new Offline() } }
const people = (editions: ReturnType<typeof tablet>, name: string) => editions.snapshot().book(name)?.monitoring.gates.fewestPeople
const settled = () => new Promise((resolve) => { setTimeout(resolve, 30) })

test('what ships needs nobody, and is what holds until a practice has an edition', async () => {
  const editions = tablet({ ...away })
  expect(editions.snapshot().book('2026-11 · 0123456789ab')).toBe(shipped)
  expect(rulesNamed(editions.snapshot(), '')).toMatchObject({ book: shipped, missing: undefined })
  await expect(editions.refresh()).rejects.toBeInstanceOf(Offline)
})

test('the edition in force is fetched, compared with its digest, and there again without the network', async () => {
  const editions = tablet()
  await editions.refresh()
  await settled()
  expect([editions.snapshot().inForce, people(editions, FIRST)]).toEqual([FIRST, 3])
  const later = tablet(away)
  await later.refresh().catch(() => {})
  await settled()
  expect([later.snapshot().inForce, people(later, FIRST), server.asked]).toEqual([FIRST, 3, 1])
})

test('a session under way keeps its edition beside the newest', async () => {
  const editions = tablet()
  await editions.refresh()
  await settled()
  server.name = SECOND
  await editions.refresh()
  await settled()
  expect([editions.snapshot().inForce, people(editions, FIRST), people(editions, SECOND)]).toEqual([SECOND, 3, 4])
})

test('a newer program puts the same edition to newer rows, and the device takes that', async () => {
  const sha256Of = async (number: number) => digest(server.books[number]!.book)
  const ask = async () => ({ ...server, sha256: await sha256Of(1) })
  const editions = tablet({ ask })
  await editions.refresh()
  await settled()
  server.books[1] = { name: FIRST, book: turned(5) }
  await editions.refresh()
  await settled()
  expect(people(editions, FIRST)).toBe(5)
})

describe('what is not whole is as good as none', () => {
  test.each([
    ['altered', (text: string) => text.replace('"fewestPeople":3', '"fewestPeople":1')], ['truncated', (text: string) => text.slice(0, 1000)], ['empty', () => ''],
  ])('%s on the device', async (_, spoil) => {
    const editions = tablet()
    await editions.refresh()
    await settled()
    const key = [...kept.keys()].find((one) => one.endsWith(FIRST))!
    kept.set(key, spoil(kept.get(key)!))
    const later = tablet(away)
    await later.refresh().catch(() => {})
    later.need(FIRST)
    await settled()
    expect(later.snapshot().book(FIRST)).toBeUndefined()
    expect(rulesNamed(later.snapshot(), FIRST).missing).toContain('does not hold')
    const healed = tablet()
    await healed.refresh()
    await settled()
    expect(people(healed, FIRST)).toBe(3)
  })

  test('altered on the way', async () => {
    const editions = tablet({ fetchBook: async () => ({ name: FIRST, sha256: await digest(turned(3)), book: turned(2) }) })
    await editions.refresh()
    await settled()
    expect(editions.snapshot().book(FIRST)).toBeUndefined()
  })

  test('an edition the server cannot vouch for holds nothing up but binds nobody', async () => {
    server.broken = 'Edition 1 is not what was signed.'
    const editions = tablet()
    await editions.refresh()
    await settled()
    expect(rulesNamed(editions.snapshot(), FIRST).missing).toBe('Edition 1 is not what was signed.')
  })
})

describe('the rules that ship, which every edition is made from', () => {
  const THEIRS = { sha256: MINE, broken: null as string | null }
  const missing = (editions: ReturnType<typeof tablet>, name = '') => rulesNamed(editions.snapshot(), name).missing
  const told = (shipped: typeof THEIRS, parts: Partial<EditionParts> = {}) => tablet({ ask: async () => ({ name: '2026-11 · 0123456789ab', broken: null, shipped }), ...parts })

  test('the same here as there: nothing is said', async () => {
    const editions = told(THEIRS)
    await editions.refresh()
    expect([missing(editions), missing(editions, '2026-11 · aaaaaaaaaaaa')]).toEqual([undefined, undefined])
  })

  test.each([['what ships', ''], ['an edition of its own', FIRST]])('others here than there, by %s: said, without the network as well, until another program is loaded', async (_, name) => {
    const editions = told({ ...THEIRS, sha256: 'b'.repeat(64) })
    await editions.refresh()
    expect(missing(editions, name)).toMatch(/other rules than the practice’s server.*Load the page again/)
    const offline = told(THEIRS, away)
    await settled()
    expect(missing(offline, name)).toMatch(/other rules/)
    const newer = told(THEIRS, { ...away, loaded: async () => 'b'.repeat(64) })
    await settled()
    expect(missing(newer)).toBeUndefined()
    await editions.refresh()
    expect(missing(editions)).toMatch(/other rules/)
  })

  test('not whole on the server: whatever the edition, until it is', async () => {
    const now = { ...THEIRS, broken: 'The file of rules is missing.' as string | null }
    const editions = told(now, { ask: async () => ({ name: SECOND, broken: null, shipped: now }) })
    await editions.refresh()
    expect([missing(editions), missing(editions, FIRST)]).toEqual([now.broken, now.broken])
    now.broken = null
    await editions.refresh()
    expect(missing(editions)).toBeUndefined()
  })

  test('where nothing can be digested, nothing is held against anybody', async () => {
    const editions = told({ ...THEIRS, sha256: 'b'.repeat(64) }, { loaded: async () => undefined })
    await editions.refresh()
    expect(missing(editions)).toBeUndefined()
  })
})

test('a browser that keeps nothing fetches it for as long as the page stands', async () => {
  const editions = tablet({ memory: undefined, digest: undefined })
  await editions.refresh()
  await settled()
  expect(people(editions, FIRST)).toBe(3)
})
