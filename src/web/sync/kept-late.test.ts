import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { seal, unseal, type ActRecord } from './database.ts'
import type { Act } from './device-store.ts'
import { indexedStore, type Keyring } from './indexed-store.ts'
import { fillAgain } from './put-back.ts'
import { keepWhereItLies, type SecondPlace } from './second-place.ts'
import { fakeDatabase } from './testing/fake-database.ts'
import { memoryFile, placeIn } from './testing/memory-file.ts'

const CHART = 'c0000000-0000-4000-8000-000000000001'
const act = (id: string) => ({ id, chart: CHART, stream: 'chart', entries: [{ id: `entry of ${id}`, at: '2026-11-21T17:00:00.000Z', kind: 'session-note.v1', body: { text: id } }], writtenAt: '2026-11-21T17:00:00.000Z' }) as unknown as Act
const stored = ({ entries }: Act) => entries.map((entry) => ({ ...entry, seq: 1 })) as StoredEntry[]

let disk: ReturnType<typeof fakeDatabase>
let keys: Keyring
const browser = { file: memoryFile(), second: undefined as unknown as SecondPlace, wait: undefined as Promise<void> | undefined }
/** A page of this browser; what it keeps gets to the second place as late as that lets it. */
const page = () => indexedStore(disk.database, 'mona', keys, browser.second)

beforeEach(async () => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  disk = fakeDatabase()
  keys = { reading: () => key, sealAct: async (one) => ({ sealed: await seal(key, one) }), openAct: async ({ sealed }) => sealed && unseal<Act>(key, sealed), replaced: async () => false }
  browser.file = memoryFile()
  const here = placeIn(browser.file)
  browser.second = { ...here, keep: async (record, place) => { await browser.wait; return here.keep(record, place) } }
  browser.wait = undefined
})

const names = (acts: readonly { readonly act: string }[]) => acts.map((one) => one.act)
const lie = async () => [names((disk.rows('acts') as ActRecord[]).filter(({ gone }) => !gone)), names((await browser.second.held()).acts)]
const hold = () => {
  let let_ = () => {}
  browser.wait = new Promise((resolve) => { let_ = resolve })
  return () => { browser.wait = undefined; let_() }
}
/** The browser finds its database broken, and begins anew with what lies in the second place. */
async function throwAway() {
  disk = fakeDatabase()
  await (await fillAgain(disk.database, browser.second)).done
  return (await page().acts())!.map(({ id }) => id)
}

describe('kept late in the second place', () => {
  test.each<[string, (other: ReturnType<typeof page>) => Promise<void>, readonly string[]]>([
    ['what nobody touched stands in both', async () => {}, ['one', 'two']],
    ['what another page has sent', (other) => other.settle(act('one'), stored(act('one'))), ['two']],
    ['what another page has taken off this device', (other) => other.withdraw('one'), ['two']],
    ['what another page has set aside as a problem stands in both', (other) => other.park('one', { code: 'no', say: 'No.', list: [] }), ['one', 'two']],
  ])('%s: what is dropped before it lay there does not come back, and what is beside it does', async (_, meanwhile, left) => {
    const lets = hold()
    const writing = page().putAct(act('one'))
    await vi.waitFor(async () => expect((await lie())[0]).toEqual(['one']))
    await meanwhile(page())
    expect((await lie())[1], 'it is not there yet').toEqual([])
    lets()
    await writing
    await page().putAct(act('two'))
    expect(await lie()).toEqual([left, left])
    expect(await throwAway()).toEqual(left)
  })

  test.each(['sealed anew', 'brought to the server', 'not there yet'])('what is kept there once more, %s, while another page sends it', async (why) => {
    await page().putAct(act('one'))
    if (why === 'not there yet') browser.file.truncate(0)
    const [record] = disk.rows('acts') as ActRecord[]
    const [place] = await disk.database.getAllKeys('acts')
    const again = why === 'brought to the server' ? { ...record!, brought: true as const } : { ...record!, server: { key: 'k', sealed: new Uint8Array([1]) } }
    if (why !== 'brought to the server') await disk.database.put('acts', again, place)
    const lets = hold()
    const keeping = why === 'brought to the server' ? keepWhereItLies(disk.database, browser.second, again, place!) : (await fillAgainOf()).done
    await page().settle(act('one'), stored(act('one')))
    lets()
    await keeping
    expect(await lie()).toEqual([[], []])
    expect(await throwAway()).toEqual([])
  })
})

test('taken off in the moment in which another page opens and compares both places: it is put there again by nobody', async () => {
  await page().putAct(act('one'))
  await page().putAct(act('two'))
  const { drop } = browser.second
  const other = page()
  browser.second = { ...browser.second, drop: async (id) => {
    const isGone = await drop(id)
    browser.second = { ...browser.second, drop }
    await (await fillAgainOf()).done
    return isGone
  } }
  await page().withdraw('one')
  expect(await lie()).toEqual([['two'], ['two']])
  expect((await other.acts())!.map(({ id }) => id)).toEqual(['two'])
  expect(await throwAway()).toEqual(['two'])
})

test('taken off while pages open before and after the second place lets go of it: none of them puts it back', async () => {
  await page().putAct(act('one'))
  await page().putAct(act('two'))
  const works = browser.second
  const opens = async () => { await (await fillAgain(disk.database, works)).done }
  await disk.database.put('keys', {} as CryptoKey, ['mona', 'outbox'])
  browser.second = { ...works, drop: async (id) => {
    await opens()
    const isGone = await works.drop(id)
    await opens()
    return isGone
  } }
  await page().withdraw('one')
  browser.second = works
  expect(await lie()).toEqual([['two'], ['two']])
  expect(await throwAway()).toEqual(['two'])
})

test('a full disk takes no mark: what is taken off goes all the same', async () => {
  await page().putAct(act('one'))
  const { put } = disk.database
  Object.assign(disk.database, { put: async (name: string, ...more: unknown[]) => { if (name === 'acts') throw new Error('The disk is full'); return put(name as never, ...(more as [never])) } })
  await page().withdraw('one')
  expect([await lie(), disk.rows('acts')]).toEqual([[[], []], []])
})

test('what another page left in one place cannot be brought to the other: what is kept now is kept', async () => {
  await page().putAct(act('one'))
  await browser.second.drop('one')
  const held = async () => { throw new Error('Busy') }
  browser.second = { ...browser.second, held }
  await page().putAct(act('two'))
  expect((await page().acts())!.map(({ id }) => id)).toEqual(['one', 'two'])
})

test('set aside as refused in the moment in which another page takes it off: it stays off', async () => {
  await page().putAct(act('one'))
  const { sealAct } = keys
  keys = { ...keys, sealAct: async (one) => { await indexedStore(disk.database, 'mona', { ...keys, sealAct }, browser.second).withdraw('one'); return sealAct(one) } }
  await page().park('one', { code: 'entry.forbidden', say: 'No.', list: [] })
  expect(await lie()).toEqual([[], []])
})

test('taken off, put there again by a page that opens, and then out of reach: a mark keeps it from coming back', async () => {
  await page().putAct(act('one'))
  await page().putAct(act('two'))
  const [works, [record]] = [browser.second, disk.rows('acts') as ActRecord[]]
  let drops = 0
  browser.second = { ...works, drop: async (id) => {
    drops += 1
    if (drops > 1) return false
    const isGone = await works.drop(id)
    // A page that compares has read the first place before it went from there, and is done only now.
    await works.keep(record!, 1)
    return isGone
  } }
  await page().withdraw('one')
  browser.second = works
  expect((await works.held()).acts.map((one) => one.act), 'it lies there still').toEqual(['one', 'two'])
  await (await fillAgainOf()).done
  expect(await lie()).toEqual([['two'], ['two']])
  expect(await throwAway()).toEqual(['two'])
})

test('kept late of what another page has taken off, while nothing lets go of it: a mark stays', async () => {
  const works = browser.second
  await keepWhereItLies(disk.database, { ...works, drop: async () => false }, { owner: 'mona', act: 'one', server: { key: 'k', sealed: new Uint8Array([1]) } }, 1)
  expect([(disk.rows('acts') as ActRecord[]).map(({ gone }) => gone), (await works.held()).acts.length]).toEqual([[true], 1])
  await (await fillAgainOf()).done
  expect(await lie()).toEqual([[], []])
})

/** A page opens, and both places are compared; somebody is known in this browser. */
async function fillAgainOf() {
  await disk.database.put('keys', {} as CryptoKey, ['mona', 'outbox'])
  const comparing = await fillAgain(disk.database, browser.second)
  await new Promise((resolve) => setTimeout(resolve, 5))
  return comparing
}
