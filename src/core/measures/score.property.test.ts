import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instruments } from '../../knowledge/instruments.ts'
import { count, itemsOf, rangeOf, type Counting } from './counting.ts'
import { endsOf, lookUp, type Answers, type AnswerScale, type Instrument } from './instrument.ts'
import { score } from './score.ts'

const rows: readonly Instrument[] = Object.values(instruments)
const totalled = rows.filter(({ scoring }) => scoring.kind !== 'none')
const valuesOf = (answer: AnswerScale): readonly number[] => (answer.kind === 'choice' ? answer.options.map(({ value }) => value) : Array.from({ length: endsOf(answer).max + 1 }, (_, value) => value))
const countings = rows.flatMap((row) => [row.scoring, ...Object.values(row.scoring.subscales ?? {})].flatMap((counting) => (counting.kind === 'none' ? [] : [[row, counting] as const])))
/** One whole form, whatever its gates ask for. */
const filled = (row: Instrument) => fc.array(fc.nat(1_000), { minLength: row.items.length, maxLength: row.items.length }).map((picks): Answers => Object.fromEntries(row.items.map(({ id, answer }, place) => { const values = valuesOf(answer); return [id, values[picks[place]! % values.length]!] })))
const anyForm = (from: readonly Instrument[]) => fc.constantFrom(...from).chain((row) => filled(row).map((answers) => [row, answers] as const))
const counted = fc.constantFrom(...countings).chain(([row, counting]) => filled(row).map((answers) => [row, counting, answers] as const))
const turned = (row: Instrument, answers: Answers): Answers => Object.fromEntries(row.items.map(({ id, answer }) => [id, endsOf(answer).min + endsOf(answer).max - Number(answers[id])]))

test('the laws are tried on many ways of counting', () => expect([totalled.length, countings.length]).toEqual([38, 69]))

test('whatever is answered, a number stays between the lowest and the highest there can be, and a band is found for it', () => {
  fc.assert(fc.property(counted, ([row, counting, answers]) => {
    const range = rangeOf(counting, lookUp(row, answers))!
    const value = count(counting, lookUp(row, answers))!
    expect(value).toBeGreaterThanOrEqual(range.min)
    expect(value).toBeLessThanOrEqual(range.max)
  }), { numRuns: 500 })
  fc.assert(fc.property(anyForm(totalled.filter(({ bands }) => bands.length > 0)), ([row, answers]) => { expect(score(row, answers).band).not.toBeNull() }), { numRuns: 300 })
})

test('one higher answer never lowers a number, and of a reversed question it never raises it', () => {
  fc.assert(fc.property(counted, fc.nat(), ([row, counting, answers], pick) => {
    const ids = itemsOf(counting)
    const id = ids[pick % ids.length]!
    const values = valuesOf(row.items.find((item) => item.id === id)!.answer)
    const higher = values[values.indexOf(Number(answers[id])) + 1]
    if (higher === undefined) return
    const change = count(counting, lookUp(row, { ...answers, [id]: higher }))! - count(counting, lookUp(row, answers))!
    const reversed = 'reversed' in counting && counting.reversed!.includes(id)
    expect(reversed ? -change : change).toBeGreaterThanOrEqual(0)
  }), { numRuns: 800 })
})

test('with every answer turned round a sum or a mean lies as far from the other end', () => {
  const straight = countings.filter(([row, { kind }]) => (kind === 'sum' || kind === 'mean') && row.items.every(({ askedWhen }) => !askedWhen))
  expect(straight.length).toBeGreaterThan(50)
  fc.assert(fc.property(fc.constantFrom(...straight).chain(([row, counting]) => filled(row).map((answers) => [row, counting, answers] as const)), ([row, counting, answers]) => {
    const { min, max } = rangeOf(counting, lookUp(row, answers))!
    const [there, back] = [answers, turned(row, answers)].map((each) => count(counting, lookUp(row, each))!) as [number, number]
    expect(there + back).toBeCloseTo(min + max, 9)
  }), { numRuns: 500 })
})

test('with any one required answer missing there is no total and no band', () => {
  fc.assert(fc.property(anyForm(totalled), fc.nat(), ([row, answers], pick) => {
    const required = row.items.filter((item) => item.required && !item.askedWhen)
    const dropped = required[pick % required.length]!.id
    expect(score(row, Object.fromEntries(Object.entries(answers).filter(([id]) => id !== dropped)))).toMatchObject({ total: null, band: null, missing: expect.arrayContaining([dropped]) })
  }), { numRuns: 300 })
})

test('a mean is of the answers that are there only as far as its author lets some be missing', () => {
  fc.assert(fc.property(fc.constantFrom(...countings.filter(([, counting]) => counting.kind === 'mean')).chain(([row, counting]) => filled(row).map((answers) => [row, counting as Extract<Counting, { kind: 'mean' }>, answers] as const)), fc.nat(8), ([row, counting, answers], gone) => {
    const left = counting.items.slice(gone)
    const value = count(counting, lookUp(row, Object.fromEntries(Object.entries(answers).filter(([id]) => !counting.items.includes(id) || left.includes(id)))))
    if (gone > (counting.mayMiss ?? 0) || left.length === 0) expect(value).toBeNull()
    else expect(value).toBeCloseTo(count({ ...counting, items: left }, lookUp(row, answers))!, 9)
  }))
})

test('where parts share out a sum, they add up to it', () => {
  const parted = totalled.filter(({ scoring }) => scoring.kind === 'sum' && Object.values(scoring.subscales ?? {}).flatMap(itemsOf).toSorted().join() === [...scoring.items].toSorted().join())
  expect(parted.map(({ id }) => id)).toEqual(['pcl-5', 'pcl-5-weekly', 'oci-r', 'y-bocs', 'wai-sr'])
  fc.assert(fc.property(anyForm(parted), ([row, answers]) => {
    const { total, subscales } = score(row, answers)
    expect(Object.values(subscales).reduce<number>((sum, part) => sum + part!, 0)).toBe(total)
  }))
})

test('nobody has both patterns of the ITQ, and what is not answered is unknown or settled by the rest', () => {
  const seen = new Set<string>()
  fc.assert(fc.property(filled(instruments.itq), fc.array(fc.constantFrom(...instruments.itq.items.map(({ id }) => id)), { maxLength: 6 }), (answers, gone) => {
    const says = (given: Answers) => Object.fromEntries(score(instruments.itq, given).findings!.map(({ id, is }) => [id, is]))
    const whole = says(answers)
    expect([whole['itq.cptsd'], whole['itq.ptsd']]).not.toEqual(['yes', 'yes'])
    for (const is of Object.values(whole)) expect(is).not.toBe('unknown')
    const part = says({ ...answers, ...Object.fromEntries(gone.map((id) => [id, null])) })
    for (const [id, is] of Object.entries(part)) if (is !== 'unknown') expect(is, id).toBe(whole[id])
    seen.add(Object.values(whole).join())
  }), { numRuns: 800 })
  expect(seen.size).toBeGreaterThan(1)
})

test('a plain form comes to the same by the way that every form takes, whole or not, whatever was answered', () => {
  const plain = rows.filter(({ scoring }) => scoring.kind === 'sum')
  // A rule that reads nothing leaves the short way, and changes nothing else.
  const longWay = (row: Instrument): Instrument => ({ ...row, findings: [{ id: 'none', says: 'none', when: { any: [] } }] })
  const odd = fc.constantFrom(-1, 4, 1.5, null, true, 99)
  fc.assert(fc.property(anyForm(plain), fc.option(fc.tuple(fc.nat(), odd)), ([row, answers], spoiled) => {
    const given = (spoiled ? { ...answers, [row.items[spoiled[0] % row.items.length]!.id]: spoiled[1] } : answers) as Answers
    const { findings: _, ...long } = score(longWay(row), given)
    const { findings: _more, ...short } = score(row, given)
    expect(short).toEqual(long)
  }), { numRuns: 600 })
})
