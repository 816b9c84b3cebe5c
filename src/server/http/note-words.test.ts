import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { narrative } from '../../knowledge/narrative.ts'
import { ask, world, type World } from '../testing/world.ts'

/** The words of a session's note are the practice's, as an edition that the medical director signs. */
let all: World
beforeAll(async () => { all = await world() })
afterAll(() => all.close())

const actor = (says: string) => all.actors.find((one) => one.says === says)!
const director = () => actor('medical director off the team')
const DOSE = 'narrative.dose'
const dose = 'We gave {dose} {route} at {time} (step {step}): {prepared} prepared it, {confirmed} read it back, {given} gave it[; it ended at {ended}].'
const inForce = async () => (await ask(all, 'editions', all.home.thea.token)).json<{ inForce: number; editions: { number: number; moves: { dial: string; from: string; to: string; way: string }[] }[] }>()
const bookOf = async (number: number) => JSON.parse((await ask(all, 'editionBook', all.home.thea.token, { params: { number: String(number) } })).json<{ book: string }>().book) as Rulebook
const sign = async (sentences: readonly { id: string; says: string }[], who = director(), on?: number) => ask(all, 'adoptEdition', who.token, { body: { on: on ?? (await inForce()).inForce, sentences, reason: 'The words of the note.', code: await all.codeOf(who) } })
const saysNow = async (id: string) => (await bookOf((await inForce()).inForce)).narrative.find((row) => row.id === id)!

test.each<[string, string, string]>([
  ['a place that the record does not have', 'We gave {dose} {route} at {time}, {step}, {prepared}, {confirmed}, {given}, in {weather}.', 'There is no {weather} here.'], ['no amount', 'At {time}, {route}, {step}, {prepared}, {confirmed}, {given}.', '{dose} is missing'],
  ['an amount that could be left out', '[We gave {dose}] {route} at {time}, {step}, {prepared}, {confirmed}, {given}.', '{dose} stands in a bracket'], ['a unit twice', '{dose} mg {route} at {time}, {step}, {prepared}, {confirmed}, {given}.', '{dose} brings its unit along'],
])('%s is refused, with the sentence and the place named', async (_, says, why) => {
  const answer = await sign([{ id: DOSE, says }])
  expect(answer.json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: DOSE, says: expect.stringContaining(why) }] })
  expect(answer.json<{ list: { says: string }[] }>().list[0]!.says).toContain('for each step that was given')
})

test('a sentence that is none, or one twice, is refused, and nobody but the medical director signs', async () => {
  expect((await sign([{ id: 'narrative.none', says: 'x' }])).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: 'narrative.none' }] })
  expect((await sign([{ id: DOSE, says: dose }, { id: DOSE, says: dose }])).json()).toMatchObject({ code: 'rulebook.refused' })
  expect((await sign([{ id: DOSE, says: dose }], actor('prescriber on the team'))).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: DOSE, says: expect.stringContaining('medical director') }] })
  expect((await sign([{ id: DOSE, says: dose }], actor('therapist on the team'))).statusCode).toBe(403)
  expect((await inForce()).inForce).toBe(0)
})

test('signed words stand in the book with whose they are, and the edition says what they were', async () => {
  expect((await sign([{ id: DOSE, says: dose }, { id: 'narrative.no-effects', says: '' }])).statusCode).toBe(200)
  const shipped = narrative.find(({ id }) => id === DOSE)!
  expect(await saysNow(DOSE)).toMatchObject({ says: dose, own: { by: director().person } })
  expect((await inForce()).editions.at(-1)!.moves).toMatchObject([{ dial: DOSE, from: shipped.says, to: dose }])
  expect((await bookOf(1)).narrative.filter((row) => row.own)).toHaveLength(1)
})

test('they stay when a figure is turned, and go back to what ships when they are taken out', async () => {
  const prescriber = actor('prescriber on the team')
  expect((await ask(all, 'adoptEdition', prescriber.token, { body: { on: 1, steps: [{ dial: 'eligibility/H01/systolicMmHg.atLeast', from: 160, to: 155, reason: '' }], reason: 'agreed', code: await all.codeOf(prescriber) } })).statusCode).toBe(200)
  expect((await saysNow(DOSE)).says).toBe(dose)
  expect((await sign([{ id: DOSE, says: '' }])).statusCode).toBe(200)
  const back = await saysNow(DOSE)
  expect([back.says, back.own]).toEqual([narrative.find(({ id }) => id === DOSE)!.says, undefined])
  expect((await bookOf(3)).eligibility.find(({ id }) => id === 'H01')!.says).toContain('155')
})

test('whoever looked at an older edition is told that it moved on, and what says nothing new is none', async () => {
  expect((await sign([{ id: DOSE, says: dose }], director(), 1)).json()).toMatchObject({ code: 'rulebook.moved-on' })
  expect((await sign([{ id: DOSE, says: '' }])).json()).toMatchObject({ code: 'rulebook.refused', list: [{ code: 'same' }] })
})
