import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Response } from '../../core/contract/contract.ts'
import type { TestPerson } from '../testing/practice.ts'
import { draft } from '../testing/practice.ts'
import { ask, byAct, world, type World } from '../testing/world.ts'
import { takeOverEntries } from './take-over.ts'

/** The drug ledger through the door: what a person may do, what is refused in words, and what charts bring. */
const now = '2026-11-21T17:00:00.000Z'
let all: World
let place: string
let session: string
beforeEach(async () => {
  all = await world()
  place = randomUUID()
  session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six' })
})
afterEach(() => all.close())

const label = { medicine: 'racemic-ketamine', form: 'vial', strengthUg: 50_000, lot: 'A1', expires: '2027-06-30', singleUse: false, source: 'manufacturer', supplier: 'Sample Supply', paper: 'note 7' }
const post = async (name: Parameters<typeof ask>[1], who: TestPerson, body: object, params?: Record<string, string>) => {
  const answer = await ask(all, name, who.token, { body, ...(params ? { params } : {}) })
  return answer.statusCode === 200 ? 'done' : answer.json<{ code: string; list?: { code: string }[] }>().list?.[0]?.code ?? answer.json<{ code: string }>().code
}
const code = (who: TestPerson) => all.codeOf({ ...who, practice: all.home.practice } as never)
const begin = (who = all.home.pia, id = place) => post('openPlace', who, { id, name: 'Cupboard', registration: 'XS0000000' })
const receive = (containers: readonly string[], more: object = {}, who = all.home.pia) => post('receiveStock', who, { place, at: now, label: { ...label, ...more }, quantity: 1_000, containers })
const take = (body: object, who = all.home.pia) => post('takeStock', who, { id: randomUUID(), at: now, ...body })
const witness = async (line: string, who: TestPerson, id = randomUUID()) => post('witnessLine', who, { id, code: await code(who) }, { line })
const shown = async (who: TestPerson = all.home.pia) => (await ask(all, 'ledger', who.token)).json<Response<'ledger'>>()
const onHand = async () => Object.fromEntries((await shown()).containers.map(({ id, onHand: quantity }) => [id, quantity]))
const open = async () => (await shown()).differences.map(({ kind }) => kind)
const write = async (who: TestPerson, ...entries: readonly [string, object, object?][]) => {
  const answer = await ask(all, 'append', who.token, { params: { chart: all.home.chart }, body: { entries: entries.map(([kind, body, more]) => draft(kind, body, { session, ...more })) } })
  return answer.statusCode === 201 ? 'stored' : answer.json<{ code: string }>().code
}
const drew = (container: string, more: object = {}, prepared = randomUUID()) => ['medicine-drawn.v1', { prepared, from: 'stock', container, lot: 'A1', measure: 'ul', quantity: 500, dose: 500, ...more }] as [string, object]

describe('acts at the desk', () => {
  test('without a ledger nothing is written, and the page says that there is none', async () => {
    expect([await receive([randomUUID()]), (await shown()).begun]).toEqual(['place', null])
    expect(await Promise.all([all.home.thea, all.home.mona, all.home.owner, all.home.cora, all.home.mara].map((who) => begin(who)))).toEqual(Array.from({ length: 5 }, () => 'not-allowed'))
    expect([await begin(), (await shown()).begun?.slice(0, 10)]).toEqual(['done', '2026-11-21'])
  })

  test('an act sent twice is written once, and an id never says something else', async () => {
    await begin()
    const [vials, waste] = [[randomUUID(), randomUUID()], randomUUID()]
    const wasting = (quantity: number) => take({ id: waste, kind: 'wasted', container: vials[0]!, quantity, how: 'into absorbent' })
    expect([await receive(vials), await receive(vials), await receive(vials, { lot: 'B2' })]).toEqual(['done', 'done', 'entry.rewritten'])
    expect([await wasting(100), await wasting(100), await wasting(200)]).toEqual(['done', 'done', 'entry.rewritten'])
    expect(await onHand()).toEqual({ [vials[0]!]: 900, [vials[1]!]: 1_000 })
    expect((await shown()).containers.map(({ label: { number } }) => number)).toEqual([1, 2])
    await receive([randomUUID()])
    expect((await shown()).containers.map(({ label: { number } }) => number)).toEqual([1, 2, 3])
  })

  test('what the laws forbid is refused in words, and nothing is changed', async () => {
    await begin()
    const vial = randomUUID()
    await receive([vial])
    expect([await take({ kind: 'wasted', container: vial, quantity: 1_001, how: 'bin' }), await take({ kind: 'wasted', container: randomUUID(), quantity: 1, how: 'bin' }), await take({ kind: 'transferred', container: vial, to: randomUUID(), why: 'needed there' }), await take({ kind: 'wasted', container: vial, quantity: 1, how: 'bin', at: '2026-11-21T17:06:00.000Z' })]).toEqual(['below_zero', 'container', 'place', 'entry.from-the-future'])
    expect(await onHand()).toEqual({ [vial]: 1_000 })
  })

  test('a waste waits for somebody else’s own signature', async () => {
    await begin()
    const [vial, waste] = [randomUUID(), randomUUID()]
    await receive([vial])
    await take({ id: waste, kind: 'wasted', container: vial, quantity: 100, how: 'bin' })
    expect(await open()).toEqual(['witness'])
    await code(all.home.mona)
    expect([(await shown(all.home.mona)).differences[0]!.maySign, (await shown(all.home.pia)).differences[0]!.maySign, (await shown(all.home.owner)).differences[0]!.maySign]).toEqual([true, false, false])
    expect([await witness(waste, all.home.pia), await post('witnessLine', all.home.mona, { id: randomUUID(), code: '000000' }, { line: waste }), await witness(waste, all.home.owner), await witness(randomUUID(), all.home.mona)]).toEqual(['witness', 'sign-in.code-refused', 'not-allowed', 'place'])
    expect(await open()).toEqual(['witness'])
    const id = randomUUID()
    expect([await witness(waste, all.home.mona, id), await witness(waste, all.home.mona, id), await open()]).toEqual(['done', 'done', []])
  })

  test('a count that does not come out stays until one explains it and another signs, and the stock is put right with the second name', async () => {
    await begin()
    const [vial, id] = [randomUUID(), randomUUID()]
    await receive([vial])
    const count = (counted: number, expected: number) => post('countStock', all.home.pia, { id: randomUUID(), place, at: now, counts: [{ id: randomUUID(), container: vial, counted, expected }] })
    expect([await count(900, 990), await count(900, 1_000)]).toEqual(['count', 'done'])
    const [found] = (await shown()).differences
    expect(found).toMatchObject({ kind: 'count', incident: true, adjust: { container: vial, way: 'less', quantity: 100 } })
    const explain = async (who: TestPerson, adjust: object | null, key = found!.key) => post('explainDifference', who, { id, difference: key, reason: 'Left in the needles of nine draws.', adjust, code: await code(who) })
    expect([await explain(all.home.mona, null), await explain(all.home.pia, { ...found!.adjust!, quantity: 99 }), await explain(all.home.pia, null, `count:${randomUUID()}`), await explain(all.home.pia, found!.adjust)]).toEqual(['not-allowed', 'adjusted', 'about', 'done'])
    expect([await onHand(), (await shown()).differences[0]!.explained!.mine]).toEqual([{ [vial]: 1_000 }, true])
    expect(await witness(id, all.home.pia)).toBe('witness')
    expect([await witness(id, all.home.thea), await onHand(), await open()]).toEqual(['done', { [vial]: 900 }, []])
  })

  test('counted again before a second person signed: what the older count explained is signed no more, and the stock is put right once', async () => {
    await begin()
    const [vial, older, newer] = [randomUUID(), randomUUID(), randomUUID()]
    await receive([vial])
    const count = (counted: number) => post('countStock', all.home.pia, { id: randomUUID(), place, at: now, counts: [{ id: randomUUID(), container: vial, counted, expected: 1_000 }] })
    const explain = async (id: string) => {
      const [found] = (await shown()).differences
      return post('explainDifference', all.home.pia, { id, difference: found!.key, reason: 'Left in the needles of nine draws.', adjust: found!.adjust, code: await code(all.home.pia) })
    }
    expect([await count(900), await explain(older), await count(880), await open(), await witness(older, all.home.thea), await onHand()]).toEqual(['done', 'done', 'done', ['count'], 'about', { [vial]: 1_000 }])
    expect([await explain(newer), await witness(newer, all.home.thea), await onHand(), await open()]).toEqual(['done', 'done', { [vial]: 880 }, []])
  })

  test('a closed period stays as it is', async () => {
    await begin()
    const vial = randomUUID()
    await receive([vial])
    const close = async (through: string) => post('closePeriod', all.home.pia, { id: randomUUID(), place, through, code: await code(all.home.pia) })
    expect([await close('2026-11-21'), await close('2026-11-20')]).toEqual(['closed', 'done'])
    expect((await shown()).places[0]!.closedThrough).toBe('2026-11-21T07:59:59.999Z')
    expect(await take({ kind: 'wasted', container: vial, quantity: 1, how: 'bin', at: '2026-11-20T17:00:00.000Z' })).toBe('done')
    const log = (await ask(all, 'ledgerLog', all.home.owner.token, { query: { place, from: '2026-11-01', to: '2026-11-30' } })).json<Response<'ledgerLog'>>()
    expect(log.lines.find(({ kind }) => kind === 'closed')!.what).toBe('Period closed through 2026-11-20')
    expect(log.lines.map(({ kind, cameLate }) => [kind, cameLate])).toEqual([['place', false], ['received', false], ['closed', false], ['wasted', true]])
    expect(log.lots.map(({ opening, received, wasted, closing }) => [opening, received, wasted, closing])).toEqual([[0, 1_000, 1, 999]])
    expect(log.whole).toBeNull()
  })
})

describe('what charts bring', () => {
  let vial: string
  beforeEach(async () => {
    vial = randomUUID()
    all.shell.clock.set?.('2026-11-21T16:59:00.000Z')
    await begin()
    await receive([vial], {}, all.home.pia)
    all.shell.clock.set?.(now)
  })
  const gave = (prepared: string, step = 1) => byAct(all.shell, all.home.mona, all.home.chart, 'dose-given.v1', { step, doseUg: 25_000, route: 'IM', order: randomUUID(), prepared, confirmed: randomUUID(), confirmedBy: all.home.thea.person, site: '', selfAdministered: false }, { session })

  test('a draw and its dose are taken over once, by the append itself and by every sweep after it', async () => {
    const prepared = randomUUID()
    expect(await write(all.home.mona, drew(vial, {}, prepared))).toBe('stored')
    expect([await onHand(), await open()]).toEqual([{ [vial]: 500 }, ['draw']])
    await gave(prepared)
    expect(await takeOverEntries(all.shell, all.home.practice)).toBe(1)
    expect([await takeOverEntries(all.shell, all.home.practice), await open()]).toEqual([0, []])
  })

  test('nothing that happened in a room is refused: what does not fit is a difference', async () => {
    expect([await write(all.home.mona, drew(vial, { quantity: 1_001, dose: 1_001 })), await write(all.home.mona, drew(randomUUID()))]).toEqual(['stored', 'stored'])
    expect([await onHand(), await open()]).toEqual([{ [vial]: 1_000 }, ['unfit', 'unfit']])
  })

  test('a dose with a lot that somebody typed is no draw, and shows', async () => {
    await gave(randomUUID())
    await takeOverEntries(all.shell, all.home.practice)
    expect((await shown()).differences.map(({ kind, says }) => [kind, says.split(',')[0]])).toEqual([['unfit', 'A dose was given']])
  })

  test('what the person brought along is never stock', async () => {
    const prepared = randomUUID()
    expect(await write(all.home.mona, ['medicine-drawn.v1', { prepared, from: 'own-supply', lot: '', measure: 'piece', countedBefore: 10, countedAfter: 8 }])).toBe('stored')
    await gave(prepared)
    await takeOverEntries(all.shell, all.home.practice)
    expect([await onHand(), await open()]).toEqual([{ [vial]: 1_000 }, []])
  })

  test('a waste in the room counts with the name of somebody who did not do it', async () => {
    const [prepared, waste, draw] = [randomUUID(), randomUUID(), randomUUID()]
    const saw = (who: TestPerson) => write(who, ['waste-witnessed.v1', { wasted: waste, signature: { person: who.person, name: 'x', meaning: 'confirmation', method: 'pin', signedAt: now } }])
    await write(all.home.mona, ['medicine-drawn.v1', { prepared, from: 'stock', container: vial, lot: 'A1', measure: 'ul', quantity: 600, dose: 500 }, { id: draw }])
    await gave(prepared)
    await write(all.home.mona, ['medicine-wasted.v1', { container: vial, drawn: draw, measure: 'ul', quantity: 100, how: 'into absorbent' }, { id: waste }])
    expect([await saw(all.home.mona), await open()]).toEqual(['stored', ['unfit', 'witness']])
    expect([await saw(all.home.thea), await open()]).toEqual(['stored', ['unfit']])
    expect(await write(all.home.thea, ['waste-witnessed.v1', { wasted: waste, signature: { person: all.home.mona.person, name: 'x', meaning: 'confirmation', method: 'pin', signedAt: now } }])).toBe('signature.anothers')
  })

  test('what stood on charts before the ledger began is not in it, and is counted as such', async () => {
    const other = await byAct(all.shell, all.home.mona, all.home.chart, 'dose-given.v1', { step: 2, doseUg: 25_000, route: 'IM', order: randomUUID(), prepared: randomUUID(), confirmed: randomUUID(), confirmedBy: all.home.thea.person, site: '', selfAdministered: false }, { session })
    await all.admin.query(`alter table app.entry disable trigger user; update app.entry set received_at = '2026-11-21T16:58:59.999Z' where id = '${other}'; alter table app.entry enable trigger user`)
    await takeOverEntries(all.shell, all.home.practice)
    expect([(await shown()).dosesBefore, await open()]).toEqual([1, []])
  })

  test('whoever may not see the chart reads a word that says nothing, the same in every line', async () => {
    await write(all.home.mona, drew(vial), drew(vial, { quantity: 100, dose: 100 }))
    const whose = async (who: TestPerson) => (await shown(who)).differences.map(({ person }) => [person?.chart, person?.label])
    const pavel = all.actors.find(({ says }) => says === 'prescriber off the team') as unknown as TestPerson
    expect(await whose(all.home.pia)).toEqual([[all.home.chart, 'Mara Sample'], [all.home.chart, 'Mara Sample']])
    const [one, two] = await whose(pavel)
    expect([one![0], one![1], two]).toEqual([null, expect.stringMatching(/^Person [0-9A-F]{6}$/), one])
    expect((await ask(all, 'ledger', pavel.token)).body).not.toMatch(new RegExp(`Mara|${all.home.chart}`))
  })

  test('what may be drawn from names no one, and leaves out what is empty, expired, or opened for somebody', async () => {
    const [old, single] = [randomUUID(), randomUUID()]
    await receive([old], { lot: 'OLD', expires: '2026-11-20' })
    await receive([single], { lot: 'ONE', singleUse: true })
    const list = async () => (await ask(all, 'ledgerOpen', all.home.mona.token)).json<Response<'ledgerOpen'>>().containers.map(({ label: { lot } }) => lot).toSorted()
    expect(await list()).toEqual(['A1', 'ONE'])
    await write(all.home.mona, drew(single), drew(vial, { quantity: 1_000, dose: 1_000 }))
    expect(await list()).toEqual([])
  })
})
