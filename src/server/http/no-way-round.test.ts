import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readChart } from '../../core/chart/chart.ts'
import { clearanceNow } from '../../core/eligibility/clearance.ts'
import { plusMinutes } from '../../core/shared/time.ts'
import { sessionGates } from '../../knowledge/session-gates.ts'
import { version } from '../sample/telling.ts'
import { shipped } from '../rulebook.ts'
import { fromRow } from '../store/charts.ts'
import { device, draft, testShell } from '../testing/practice.ts'
import { readyCharts, type Piece, type Ready, type ReadyPerson, type Room } from '../testing/ready.ts'
import { ask } from '../testing/world.ts'

/**
 * The gates that nobody can pass, tried through the front door: one thing is taken away from a chart on which a session
 * could start, and then everybody tries everything there is to get a session or a dose past it.
 */
let all: Ready
beforeAll(async () => { all = await readyCharts() }, 300_000)
afterAll(() => all.close())

const because = 'It seems right to me all the same, today.'
const cSsrs = (answers: object) => ({ instrument: 'c-ssrs', version: version('c-ssrs'), language: 'en', answers: { q1: false, q2: false, q3: null, q4: null, q5: null, q6Lifetime: false, q6PastThreeMonths: false, ...answers }, answeredBy: 'clinician' })
type Said = readonly [by: keyof Ready['people'], kind: string, body: () => object]
/** `lifts`: whose signature is the way to lift it, so that signing is not a way round. */
interface Missing { readonly code: string; readonly said?: Said; readonly without?: readonly Piece[]; readonly inRoom?: true; readonly lifts?: keyof Ready['people'] }

/** What is missing, and how that came about: by somebody who may write it, in the way they would. */
const MISSING: Record<string, Missing> = {
  'consent taken back': { code: 'consent', said: ['patient', 'consent-withdrawn.v1', () => ({ form: 'treatment', said: 'Not any more.' })] },
  'a rule that blocks is met': { code: 'clearance', said: ['therapist', 'allergy.v1', () => ({ substance: 'ketamine', codes: [], status: 'active' })] },
  'a rule that holds is met': { code: 'clearance', said: ['monitor', 'vitals.v1', () => ({ systolicMmHg: 172, diastolicMmHg: 104, position: 'seated' })] },
  'the clearance is on hold': { code: 'clearance', lifts: 'prescriber' },
  'the order was stopped': { code: 'order', said: ['monitor', 'order-stopped.v1', () => ({ order: all.order, reason: 'A rash.' })] },
  'a pregnancy test is positive': { code: 'pregnancy', said: ['monitor', 'pregnancy-test.v1', () => ({ result: 'positive', takenAt: all.at, specimen: 'urine' })] },
  'whether pregnancy is possible is not known': { code: 'pregnancy', said: ['therapist', 'fact.v1', () => ({ fact: 'childbearingPotential', state: 'not-known' })] },
  'nobody adult to go home with': { code: 'escort', said: ['coordinator', 'escort-named.v1', () => ({ name: 'Lia', phone: '1', relationship: 'niece', adult: false, visit: all.visit })] },
  'the suicide screen is high': { code: 'no-crisis', said: ['therapist', 'measure-answered.v1', () => cSsrs({ q1: true, q2: true, q3: true, q4: true, q5: true })] },
  'the suicide screen has unanswered questions': { code: 'suicide-screen', inRoom: true, said: ['therapist', 'measure-answered.v1', () => cSsrs({ q1: null })] },
  'nobody identified the person': { code: 'identity', inRoom: true, without: ['identity'] },
  'no pressure, pulse, breathing or saturation': { code: 'vitals-taken', inRoom: true, without: ['vitals'] },
  'how awake the person is was not written': { code: 'mental-status', inRoom: true, without: ['mind'] },
  'only one person is checked in': { code: 'two-people', inRoom: true, without: ['second-person'] },
  'nothing was prepared': { code: 'prepared', inRoom: true, without: ['prepared'] },
  'no second person read it back': { code: 'confirmed', inRoom: true, without: ['confirmed'] },
}
const AT_START = Object.keys(MISSING).filter((name) => !MISSING[name]!.inRoom)

/** Sets a chart up with one thing missing, before its session or in it, and answers the entries that say so. */
async function lacking(name: string, inRoom: boolean) {
  const { said, without } = MISSING[name]!
  all.shell.clock.set?.(all.at)
  const chart = await all.copy()
  const room = inRoom ? await all.room(chart, without) : undefined
  const facts: string[] = []
  if (said) {
    const [by, kind, body] = said
    const entry = all.entry(kind, body(), inRoom ? 14 : 0)
    await all.must(all.people[by], chart, [entry])
    facts.push(entry.id)
  } else if (!without) {
    const { prescriber } = all.people
    const id = randomUUID()
    const held = { decision: 'held', conditions: [], reason: 'A telephone call.', overrides: [], lastSeq: 10_000 }
    const answer = await ask(all, 'signClearance', prescriber.token, { params: { chart }, body: { id, device, code: await codeOf(prescriber), clearance: held } })
    if (answer.statusCode !== 200) throw new Error(answer.body)
    facts.push(id)
  }
  return { chart, room, facts, mayTry: (who: ReadyPerson, way: string) => MISSING[name]!.lifts === undefined || all.people[MISSING[name]!.lifts] !== who || !way.startsWith('sign ') && !way.startsWith('send ') }
}
type Lacking = Awaited<ReturnType<typeof lacking>>
type Try = (who: ReadyPerson, at: Lacking) => Promise<unknown>

/** A right code for whoever could sign; the others are refused before they are asked for one. */
const codeOf = async (who: ReadyPerson) => (who === all.people.prescriber ? all.code(who) : '000000')
const RULES = shipped.eligibility.map(({ id }) => id)
const GATES = Object.keys(sessionGates)
const signature = (who: ReadyPerson) => ({ person: who.person, name: 'Somebody', meaning: 'approval', method: 'one-time-code', signedAt: all.at })
const cleared = (who: ReadyPerson) => ({ decision: 'cleared', conditions: ['One condition.'], reason: because, expiresOn: '2027-06-01', overrides: [], lastSeq: 10_000, screening: { edition: 'x', decision: 'ELIGIBLE', met: [], unknown: [] }, signature: signature(who) })
const sign = async (who: ReadyPerson, chart: string, overrides: readonly string[], id: string = randomUUID()) =>
  ask(all, 'signClearance', who.token, { params: { chart }, body: { id, device, code: await codeOf(who), clearance: { decision: 'cleared', conditions: ['One condition.'], reason: because, expiresOn: '2027-06-01', overrides: overrides.slice(0, 30).map((rule) => ({ rule, reason: because })), lastSeq: 10_000 } } })
const ordered = { medication: 'racemic-ketamine', route: 'IM', doseUg: 30_000, boosterUg: 0, maxTotalUg: 30_000, weightG: 61_000, validFrom: '2020-01-01', validUntil: '2030-01-01', instructions: '', reason: because }
const loosened = (dial: string, from: number | string, to: number | string) => ({ dial, from, to, reason: because })
const forged = (who: ReadyPerson, { room, facts }: Lacking, kind: string, body: object) => facts.concat(room ? [room.session] : []).map((amends) => all.entry(kind, body, 15, { amends, ...(room ? { session: room.session } : {}), by: who.person }))

/** Ways to make what is missing look as if it were there, or unimportant. None of them mends it. */
const WAYS: Record<string, Try> = {
  'sign over the block': async (who, { chart }) => { for (const rule of ['B01', 'H01', 'H02', 'M01', 'B05']) await sign(who, chart, [rule]) },
  'sign over everything': (who, { chart }) => sign(who, chart, RULES),
  'sign with nothing but a condition': (who, { chart }) => sign(who, chart, []),
  'send the hold again as a clearance': async (who, { chart, facts }) => { for (const id of facts) await sign(who, chart, [], id) },
  'append a clearance': (who, { chart }) => all.write(who, chart, [all.entry('clearance.v1', cleared(who))]),
  'append an order': (who, { chart }) => all.write(who, chart, [all.entry('order.v1', { ...ordered, signature: signature(who) })]),
  'append a consent': (who, { chart }) => all.write(who, chart, [all.entry('consent.v1', { form: 'treatment', version: '2026-11', language: 'en', textSha256: '0'.repeat(64), acknowledged: [], signature: signature(who) })]),
  'strike it out with a note': async (who, at) => { for (const entry of forged(who, at, 'session-note.v1', { text: 'Written by mistake' })) await all.write(who, at.chart, [entry]) },
  'strike it out with a message': async (who, at) => { for (const entry of forged(who, at, 'message.v1', { topic: 'other', text: 'never mind' })) await all.write(who, at.chart, [entry]) },
  'strike it out with an escort': async (who, at) => { for (const entry of forged(who, at, 'intention.v1', { text: 'x' })) await all.write(who, at.chart, [entry]) },
  'correct it into something else': async (who, at) => {
    const others = [['consent-withdrawn.v1', { form: 'photographs', said: '' }], ['order-stopped.v1', { order: randomUUID(), reason: 'another one' }], ['measure-answered.v1', { ...cSsrs({}), instrument: 'audit-c', answers: { q1: 0, q2: 0, q3: 0 } }]] as const
    for (const [kind, body] of others) for (const entry of forged(who, at, kind, body)) await all.write(who, at.chart, [entry])
  },
  'say that all is well': (who, at) => all.write(who, at.chart, [all.entry('message.v1', { topic: 'safety', text: 'All is well.' }), all.entry('risk-contact.v1', { opened: randomUUID(), level: 'none', reached: true, decided: 'closed', note: 'All is well.' })]),
  'pass each gate with a reason': async (who, { chart, room }) => { for (const gate of GATES) await all.write(who, chart, [all.entry('gate-passed.v1', { gate, step: 1, reason: because }, 14, room ? { session: room.session } : {})]) },
  'loosen the edition': async (who) => {
    for (const step of [loosened('eligibility/B01/action', 'block', 'caution'), loosened('eligibility/H02/action', 'hold', 'override'), loosened('monitoring/gates/fewestPeople', 2, 1), loosened('monitoring/gates/pregnancyTestDays', 7, 60), loosened('monitoring/preDose/notOlderMin', 30, 900)])
      await ask(all, 'adoptEdition', who.token, { body: { on: 0, steps: [step], reason: because, code: await codeOf(who) } })
  },
  'sign the stopped order once more': async (who, { chart }) => ask(all, 'signOrder', who.token, { params: { chart }, body: { id: all.order, device, code: await codeOf(who), order: ordered } }),
  'choose another course': (who, { chart }) => ask(all, 'chooseProtocol', who.token, { params: { chart }, body: { id: randomUUID(), protocol: 'anything-goes', device } }),
  'join the team as a prescriber': (who, { chart }) => ask(all, 'joinTeam', who.token, { params: { chart }, body: { person: who.person, role: 'prescriber' } }),
  'write into a stream of their own': async (who, { chart, room }) => { for (const route of ['keepNote', 'keepJournal'] as const) await ask(all, route, who.token, { params: { chart }, body: { entries: [all.entry('clearance.v1', cleared(who)), ...(room ? [room.dose()] : [])] } }) },
  'join the session': (who, { chart, room }) => ask(all, 'joinSession', who.token, { params: { chart, session: room?.session ?? randomUUID() }, body: {} }),
}

const reasons = Object.fromEntries(GATES.map((gate) => [gate, because]))
/** Ways to have a session started. */
const STARTS: Record<string, Try> = {
  'start with a reason for every gate': (who, { chart }) => all.start(who, chart, { reasons }),
  'start without a visit': (who, { chart }) => all.start(who, chart, { reasons, visit: undefined }),
  'start for another visit': (who, { chart }) => all.start(who, chart, { reasons, visit: randomUUID() }),
  'start by another order': (who, { chart }) => all.start(who, chart, { reasons, order: randomUUID() }),
  'start under an id that is known': (who, { chart, facts }) => all.start(who, chart, { reasons, id: facts[0] ?? all.order }),
  'append a start': (who, { chart }) => all.write(who, chart, [all.entry('session-started.v1', { protocol: 'solo-six', route: 'IM', order: all.order, clearance: randomUUID(), consents: [randomUUID()], edition: 'x', number: 1, gates: GATES.map((gate) => ({ gate, state: 'met', facts: [] })), people: [{ person: who.person, name: 'x', role: 'therapist' }] })]),
}

/** Ways to have a dose recorded as given. */
const DOSES: Record<string, (who: ReadyPerson, chart: string, room: Room) => Promise<unknown>> = {
  'as it was prepared': (who, chart, { dose }) => all.write(who, chart, [dose()]),
  'with a reason for every gate in the same act': (who, chart, { dose, inside }) => all.write(who, chart, [...GATES.map((gate) => inside('gate-passed.v1', { gate, step: 1, reason: because }, 14)), dose()]),
  'without a session': (who, chart, { dose }) => all.write(who, chart, [dose({}, { session: undefined })]),
  'as a session of its own': (who, chart, { dose }) => { const id = randomUUID(); return all.write(who, chart, [dose({}, { id, session: id })]) },
  'in a session that nobody knows': (who, chart, { dose }) => all.write(who, chart, [dose({}, { session: randomUUID() })]),
  'on the chart of another session': async (who, _, { dose }) => { for (const chart of [await all.copy()]) await all.write(who, chart, [dose()]) },
  'as a booster': (who, chart, { dose }) => all.write(who, chart, [dose({ step: 2 })]),
  'prepared, confirmed and given by one': (who, chart, { dose, inside, doseUg }) => {
    const [prepared, confirmed] = [randomUUID(), randomUUID()]
    return all.write(who, chart, [inside('dose-prepared.v1', { step: 1, doseUg, route: 'IM', order: all.order, lot: '' }, 14, { id: prepared }), inside('dose-confirmed.v1', { prepared, doseUg }, 14, { id: confirmed }), dose({ prepared, confirmed, confirmedBy: who.person })])
  },
  'as yesterday': (who, chart, { dose }) => all.write(who, chart, [dose({}, { at: plusMinutes(all.at, -1_440), writtenAt: plusMinutes(all.at, -1_440) })]),
  'as a correction of the start': (who, chart, { dose, session }) => all.write(who, chart, [dose({}, { amends: session })]),
}

const STAFF = ['therapist', 'prescriber', 'monitor', 'patient', 'coordinator', 'owner', 'stranger', 'otherPatient'] as const
const everybody = () => STAFF.map((name) => all.people[name])

async function standing(chart: string) {
  const { rows } = await all.admin.query<Record<string, unknown>>('select * from app.entry where stream_id = $1 order by seq', [chart])
  return clearanceNow(readChart(rows.map(fromRow)), shipped.eligibility, all.at, shipped.screening).state
}

test('with nothing missing the session starts and the dose is recorded: what follows can fail', async () => {
  const chart = await all.copy()
  const room = await all.room(chart)
  expect((await all.write(all.people.monitor, chart, [room.dose()])).statusCode).toBe(201)
  expect([await all.count(chart, 'session-started.v1'), await all.count(chart, 'dose-given.v1')]).toEqual([1, 1])
})

describe('no session starts', () => {
  test.each(AT_START)('%s', { timeout: 120_000 }, async (name) => {
    const at = await lacking(name, false)
    const refused = (await all.start(all.people.therapist, at.chart)).json<{ code: string; list: { code: string }[] }>()
    expect([refused.code, refused.list.map(({ code }) => code)]).toEqual(['session.gates', expect.arrayContaining([MISSING[name]!.code])])
    for (const who of everybody()) for (const [way, attempt] of [...Object.entries(WAYS), ...Object.entries(STARTS)]) if (at.mayTry(who, way)) await attempt(who, at)
    expect(await all.count(at.chart, 'session-started.v1')).toBe(0)
    if (MISSING[name]!.code === 'clearance') expect(await standing(at.chart)).not.toBe('cleared')
  })
})

describe('no dose is recorded as given', () => {
  test.each(Object.keys(MISSING))('%s', { timeout: 120_000 }, async (name) => {
    const at = await lacking(name, true)
    const refused = (await all.write(all.people.monitor, at.chart, [at.room!.dose()])).json<{ code: string; list: { code: string }[] }>()
    expect([refused.code, refused.list.map(({ code }) => code)]).toEqual(['dose.gates', expect.arrayContaining([MISSING[name]!.code])])
    for (const who of everybody()) {
      for (const [way, attempt] of Object.entries(WAYS)) if (at.mayTry(who, way)) await attempt(who, at)
      for (const attempt of Object.values(DOSES)) await attempt(who, at.chart, at.room!)
    }
    expect(await all.count(at.chart, 'dose-given.v1')).toBe(0)
  })
})

test('in whatever order, by whomever: nothing that is tried opens a gate for what is tried after it', { timeout: 180_000 }, async () => {
  const act = fc.tuple(fc.constantFrom(...STAFF), fc.constantFrom(...Object.keys(WAYS)), fc.constantFrom(...Object.keys(STARTS)), fc.constantFrom(...Object.keys(DOSES)))
  await fc.assert(fc.asyncProperty(fc.constantFrom(...Object.keys(MISSING)), fc.array(act, { minLength: 3, maxLength: 8 }), async (name, acts) => {
    const at = await lacking(name, MISSING[name]!.inRoom === true)
    for (const [who, way, start, dose] of acts) {
      if (at.mayTry(all.people[who], way)) await WAYS[way]!(all.people[who], at)
      await (at.room ? DOSES[dose]!(all.people[who], at.chart, at.room) : STARTS[start]!(all.people[who], at))
    }
    expect(await all.count(at.chart, 'dose-given.v1') + (at.room ? 0 : await all.count(at.chart, 'session-started.v1'))).toBe(0)
  }), { numRuns: 25 })
})

describe('what nothing on the chart could bear is refused with its reason, and not stored', () => {
  let chart: string
  let room: Room
  beforeAll(async () => { chart = await all.copy(); room = await all.room(chart) }, 30_000)
  const total = async () => (await all.admin.query<{ n: number }>('select count(*)::int as n from app.entry where stream_id = $1', [chart])).rows[0]!.n
  const by = (who: keyof Ready['people'], entries: readonly object[]) => all.write(all.people[who], chart, entries)
  const withdrawn = () => all.entry('consent-withdrawn.v1', { form: 'photographs', said: '' }, 14)

  test.each<[string, keyof Ready['people'], () => readonly object[], string]>([
    ['a note over a withdrawal, sent together', 'therapist', () => { const one = withdrawn(); return [one, all.entry('session-note.v1', { text: 'x' }, 14, { amends: one.id, session: room.session })] }, 'entry.corrects-another'],
    ['a withdrawal over a withdrawal', 'patient', () => { const one = withdrawn(); return [one, all.entry('consent-withdrawn.v1', { form: 'x', said: '' }, 14, { amends: one.id })] }, 'entry.corrects-another'],
    ['a message over the order', 'patient', () => [all.entry('message.v1', { topic: 'other', text: 'x' }, 14, { amends: all.order })], 'entry.corrects-another'],
    ['a note over the start of the session', 'monitor', () => [room.inside('session-note.v1', { text: 'x' }, 14, { amends: room.session })], 'entry.corrects-another'],
    ['a reading outside the session over one in it', 'monitor', () => { const one = room.inside('vitals.v1', { systolicMmHg: 190 }, 14); return [one, all.entry('vitals.v1', { systolicMmHg: 120 }, 14, { amends: one.id })] }, 'entry.corrects-another'],
    ['no nausea over a pain in the chest', 'monitor', () => { const one = room.inside('symptom.v1', { symptom: 'chest-pain', present: true }, 14); return [one, room.inside('symptom.v1', { symptom: 'nausea', present: false }, 14, { amends: one.id })] }, 'entry.corrects-another'],
    ['when somebody last ate over what they had drunk', 'therapist', () => { const one = all.entry('fact.v1', { fact: 'intoxicated', state: 'answered', value: true }, 14); return [one, all.entry('fact.v1', { fact: 'lastFoodAt', state: 'not-known' }, 14, { amends: one.id })] }, 'entry.corrects-another'],
    ['a reading over itself', 'monitor', () => { const id = randomUUID(); return [room.inside('vitals.v1', { systolicMmHg: 190 }, 14, { id, amends: id })] }, 'entry.amends-unknown'],
    ['a reason for a gate that nobody passes', 'prescriber', () => [room.inside('gate-passed.v1', { gate: 'consent', step: 1, reason: because }, 14)], 'gate.never-passed'],
    ['a dose without a session', 'monitor', () => [room.dose({}, { session: undefined })], 'session.unknown'],
    ['a reading that is a session of its own', 'monitor', () => { const id = randomUUID(); return [room.inside('vitals.v1', { systolicMmHg: 120 }, 14, { id, session: id })] }, 'session.unknown'],
  ])('%s', async (_, who, entries, code) => {
    const before = await total()
    expect((await by(who, entries())).json()).toMatchObject({ code })
    expect(await total()).toBe(before)
  })

  test('whoever may not write it at all is told just that', async () => {
    expect((await by('monitor', [room.inside('gate-passed.v1', { gate: 'consent', step: 1, reason: because }, 14)])).json()).toMatchObject({ code: 'entry.forbidden' })
    expect((await by('stranger', [room.dose({}, { session: undefined })])).json()).toMatchObject({ code: 'chart.unseen' })
  })

  test('a reading is put right by a reading, and taken back by a note of its session; sent again it is stored once', async () => {
    const reading = room.inside('vitals.v1', { systolicMmHg: 190 }, 14)
    const again = room.inside('vitals.v1', { systolicMmHg: 120 }, 14, { amends: reading.id })
    await all.must(all.people.monitor, chart, [reading])
    await all.must(all.people.monitor, chart, [again])
    const taken = room.inside('session-note.v1', { text: 'Written by mistake' }, 14, { amends: again.id })
    await all.must(all.people.therapist, chart, [taken])
    expect((await by('therapist', [taken])).json<{ stored: object[] }>().stored).toMatchObject([{ again: true }])
  })
})

describe('a dose that was judged', () => {
  test.each<[string, (room: Room) => object]>([
    ['in another amount than was prepared', () => ({ doseUg: 300_000 })], ['by another route', () => ({ route: 'IV' })], ['for another order', () => ({ order: randomUUID() })],
    ['from another preparation', () => ({ prepared: randomUUID() })], ['with another confirmation', () => ({ confirmed: randomUUID() })], ['confirmed by whoever prepared it', () => ({ confirmedBy: all.people.monitor.person })],
  ])('is not recorded %s', async (_, changed) => {
    const chart = await all.copy()
    const room = await all.room(chart)
    const answer = (await all.write(all.people.monitor, chart, [room.dose(changed(room))])).json<{ code: string; list: { code: string }[] }>()
    expect([answer.code, answer.list.map(({ code }) => code)]).toEqual(['dose.gates', ['within-order']])
    expect(await all.count(chart, 'dose-given.v1')).toBe(0)
  })

  test('and recorded is not written over with another amount, nor twice under one id', async () => {
    const chart = await all.copy()
    const room = await all.room(chart)
    const dose = room.dose()
    await all.must(all.people.monitor, chart, [dose])
    expect((await all.write(all.people.monitor, chart, [room.dose({ doseUg: 300_000 }, { amends: dose.id })])).json()).toMatchObject({ code: 'dose.gates', list: [{ code: 'within-order' }] })
    expect((await all.write(all.people.monitor, chart, [{ ...dose, body: { ...dose.body, doseUg: 300_000 } }])).json()).toMatchObject({ code: 'entry.rewritten' })
    expect((await all.write(all.people.monitor, chart, [dose])).json<{ stored: object[] }>().stored).toMatchObject([{ again: true }])
    expect(await all.count(chart, 'dose-given.v1')).toBe(1)
  })

  const withinOrder = { code: 'dose.gates', list: [{ code: 'within-order' }] }

  test('is judged each time that it is put right, not only the first time', async () => {
    const chart = await all.copy()
    const room = await all.room(chart)
    const { monitor } = all.people
    const [first, second, third] = [room.dose(), room.dose({ site: 'right arm' }), room.dose({ site: 'left thigh' })]
    await all.must(monitor, chart, [first])
    await all.must(monitor, chart, [first, { ...second, amends: first.id }])
    expect((await all.write(monitor, chart, [room.dose({ doseUg: 300_000 }, { amends: second.id })])).json()).toMatchObject(withinOrder)
    expect((await all.write(monitor, chart, [room.dose({ doseUg: 300_000 }, { amends: first.id })])).json()).toMatchObject(withinOrder)
    await all.must(monitor, chart, [{ ...third, amends: second.id }])
    expect((await all.write(monitor, chart, [room.dose({ doseUg: 300_000 }, { amends: third.id })])).json()).toMatchObject(withinOrder)
    expect((await all.write(monitor, chart, [room.dose({ step: 2 }, { amends: third.id })])).json()).toMatchObject({ code: 'entry.corrects-another' })
    expect(await all.count(chart, 'dose-given.v1')).toBe(3)
  })

  test('recorded by two devices is stored twice, and each record that is put right is judged', async () => {
    const chart = await all.copy()
    const room = await all.room(chart)
    const { monitor, therapist } = all.people
    const [one, other] = [room.dose(), room.dose({ doseUg: 20_000 })]
    await all.must(monitor, chart, [one])
    await all.must(therapist, chart, [other])
    for (const { id } of [one, other]) expect((await all.write(monitor, chart, [room.dose({ doseUg: 300_000 }, { amends: id })])).json()).toMatchObject(withinOrder)
    await all.must(therapist, chart, [room.dose({ site: 'right arm' }, { amends: other.id })])
    expect(await all.count(chart, 'dose-given.v1')).toBe(3)
  })
})

test('outside the sample practice nobody sets the clock to a day on which a clearance still held', async () => {
  const server = await testShell()
  const answer = await ask(server, 'sampleClock', '', { body: { now: '2020-01-01T00:00:00.000Z' } })
  expect(answer.statusCode).toBe(404)
  expect(server.shell.clock.now().slice(0, 10)).toBe(draft('x', {}).at.slice(0, 10))
  await server.close()
})
