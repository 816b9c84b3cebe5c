import { describe, expect, test } from 'vitest'
import { sessionRows } from '../../knowledge/session.ts'
import { answered, assessment, at, atTheDoor, begun, calmCourse, clock, noThoughts, SESSION, signature, zone, type Told } from './fixtures.ts'
import type { DischargeRuleId } from './discharge-rows.ts'
import { dischargeFacts } from './discharge-facts.ts'
import { readSession } from './session.ts'

const checked = (story: Told, minute = 122) => {
  const session = readSession(story.chart, SESSION, sessionRows, clock(minute))
  if (!session.ok) throw new Error(session.refusal)
  return session.value.discharge.check
}
const rule = (id: DischargeRuleId, story: Told, minute?: number) => checked(story, minute).rules.find((one) => one.rule === id)
const door = () => atTheDoor()
const found = { ...noThoughts, q1: true, q2: true, q3: true, q4: false, q5: false }
const asked = (story: Told, minute: number, answers: Parameters<typeof answered>[0], id: string) => story.on(minute, 'measure-answered.v1', answered(answers), { id })
const reached = (story: Told, minute: number, opened: string, id?: string) => story.on(minute, 'risk-contact.v1', { opened, level: 'moderate', reached: true, decided: 'safety-plan-and-follow-up', note: 'x' } as never, id === undefined ? {} : { id })
const integration = (visit: string, minute: number, type = 'integration') => ({ visit, type, number: 1, startsAt: at(minute), endsAt: at(minute + 60), localStart: '2026-11-22T10:00', zone, people: [], online: false })
const booked = (story: Told, ...visits: object[]) => story.without('booked').on(-30_000, 'visits-booked.v1', { visits, why: '' } as never)
const rescue = (story: Told, minute: number, what: string, id: string) => story.on(minute, 'rescue-given.v1', { what, amount: '', reason: 'x', orderedBy: '' }, { id })
const newly = (change: object, minute = 120) => door().without('assessed').on(minute, 'discharge-assessed.v1', { ...assessment, ...change }, { id: 'assessed' })

test('every rule points to the entries it rests on', () => {
  const story = rescue(rescue(door(), 1, 'lorazepam', 'pill'), 2, 'oxygen', 'air').mind(121, { moaaS: 5 }, { id: 'mind' }).on(118.5, 'escort-arrived.v1', { name: 'Driver', idNoted: 'plate', kind: 'rideshare' }, { id: 'car' })
  const looked = Object.fromEntries(checked(story).rules.map(({ rule: id, facts }) => [id, facts]))
  const reading = story.entries.findLast(({ kind }) => kind === 'vitals.v1')!.id
  const dose = story.entries.find(({ kind }) => kind === 'dose-given.v1')!.id
  expect(looked).toEqual({
    D1: [dose, 'pill'], D2: [reading], D3: [reading], D4: ['assessed', 'mind'], D5: ['assessed', 'mind'], D6: ['assessed'], D7: ['assessed'], D8: [], D9: ['screen-after'], D10: ['car', 'theo'], D11: ['assessed'], D12: [], D13: ['signed-1', 'signed-2'],
  })
  const sick = atTheDoor(calmCourse().on(50, 'symptom.v1', { symptom: 'vomiting', present: true }, { id: 'sick' }).on(51, 'symptom.v1', { symptom: 'nausea', present: true }, { id: 'queasy' }))
  expect(rule('D8', sick)?.facts).toEqual(['sick'])
})

describe('the time since the dose and since a rescue', () => {
  test.each<[string, Told, number, string]>([
    ['two hours to the minute', door(), 120, 'met'], ['two hours after the rescue to the minute', rescue(door(), 1, 'lorazepam', 'r'), 121, 'met'], ['a minute less', rescue(door(), 2, 'lorazepam', 'r'), 121, 'not-met'],
    ['of two rescues the later counts', rescue(rescue(door(), 1, 'lorazepam', 'r'), 60, 'midazolam', 's'), 122, 'not-met'], ['a harmless one after it takes nothing back', rescue(rescue(door(), 60, 'lorazepam', 'r'), 61, 'oxygen', 's'), 122, 'not-met'],
    ['a booster counts anew', calmCourse().dose(15, 2, 20), 122, 'not-met'], ['a step in two records cannot be counted from', calmCourse().dose(0.5, 1, 40), 140, 'not-evaluable'],
  ])('%s', (_, story, minute, state) => {
    expect(rule('D1', story, minute)?.state).toBe(state)
  })
})

describe('the newest reading, the assessment, and what is newer than it', () => {
  test.each<[string, DischargeRuleId, Told, number, string]>([
    ['half an hour old', 'D2', door(), 148, 'met'], ['older', 'D2', door(), 148.1, 'not-evaluable'], ['assessed half an hour ago', 'D6', door(), 150, 'met'], ['assessed longer ago', 'D6', door(), 150.1, 'not-evaluable'],
    ['read in the minute of the last dose', 'D2', begun().whole(-15).whole(-3).dose(0).reading(0), 10, 'met'], ['assessed in the minute of the last dose', 'D6', begun().whole(-15).dose(0).on(0, 'discharge-assessed.v1', assessment), 10, 'met'], ['read before the last dose', 'D2', begun().whole(-15).whole(-3).dose(0).reading(10).dose(15, 2, 20), 16, 'not-evaluable'],
    ['the pulse alone is a reading, and the others are not there', 'D2', door().on(121, 'vitals.v1', { heartRatePerMin: 80 }), 122, 'not-evaluable'], ['the breaths alone', 'D2', door().on(121, 'vitals.v1', { respiratoryRatePerMin: 14 }), 122, 'not-evaluable'],
    ['the lower pressure alone', 'D2', door().on(121, 'vitals.v1', { diastolicMmHg: 70 }), 122, 'not-evaluable'], ['the upper pressure alone', 'D3', door().on(121, 'vitals.v1', { systolicMmHg: 120 }), 122, 'not-evaluable'], ['the saturation alone', 'D2', door().on(121, 'vitals.v1', { spo2Percent: 98 }), 122, 'not-evaluable'],
    ['oxygen running when it was assessed, and room air in a reading', 'D3', newly({ roomAir: false }).reading(121, { onRoomAir: true }), 122, 'not-met'], ['room air in both', 'D3', newly({ roomAir: true }).reading(121, { onRoomAir: true }), 122, 'met'], ['oxygen running in an older reading', 'D3', door().reading(110, { onRoomAir: false }), 122, 'met'],
    ['awake when assessed, drowsy since', 'D4', door().mind(121, { moaaS: 4 }), 122, 'not-met'], ['drowsy when assessed, awake since', 'D4', newly({ moaaS: 4 }).mind(121, { moaaS: 5 }), 122, 'met'], ['drowsy before it was assessed', 'D4', door().mind(119, { moaaS: 4 }), 122, 'met'], ['drowsy in the same minute', 'D4', door().mind(120, { moaaS: 4 }), 122, 'met'],
    ['restless since', 'D4', door().mind(121, { rass: 2 } as never), 122, 'not-met'], ['confused since', 'D5', door().mind(121, { orientation: 3 } as never), 122, 'not-met'], ['awake since says nothing about where one is', 'D5', newly({ orientation: 3 }).mind(121, { moaaS: 5 }), 122, 'not-met'], ['of two since, the newest', 'D4', door().mind(121, { moaaS: 4 }).mind(121.5, { moaaS: 5 }), 122, 'met'],
    ['one point short after anesthesia', 'D7', newly({ aldrete: { ...assessment.aldrete, activity: 1 } }), 122, 'met'], ['two', 'D7', newly({ aldrete: { ...assessment.aldrete, activity: 1, saturation: 1 } }), 122, 'not-met'], ['two points short in the other score', 'D7', newly({ padss: { ...assessment.padss, nausea: 0 } }), 122, 'not-met'],
    ['led by the arm', 'D6', newly({ gait: 'assisted' }), 122, 'not-met'], ['still far away', 'D5', newly({ dissociation: 'present' }), 122, 'not-met'], ['driving not renounced', 'D11', newly({ noDrivingSigned: false }), 122, 'not-met'], ['no instructions', 'D12', newly({ instructionsGiven: false }), 122, 'not-met'],
  ])('%s: %s', (_, id, story, minute, state) => {
    expect(rule(id, story, minute)?.state).toBe(state)
  })
})

describe('quiet, asked about, taken home, signed for', () => {
  const later = () => atTheDoor(calmCourse().with((entries) => entries.filter(({ at: when }) => when !== at(118))).whole(116))
  test.each<[string, DischargeRuleId, Told, number, string]>([
    ['a reading is due in a moment', 'D8', later(), 119.9, 'met'], ['a reading is due this minute', 'D8', later(), 120, 'not-evaluable'],
    ['a yellow one a minute ago', 'D8', door().on(121, 'symptom.v1', { symptom: 'nausea', present: true }).on(121.5, 'symptom.v1', { symptom: 'nausea', present: false }), 122, 'met'],
    ['asked in the minute of the last dose', 'D9', asked(door().without('screen-after'), 0, noThoughts, 's'), 122, 'met'], ['asked before it', 'D9', asked(door().without('screen-after'), -1, noThoughts, 's'), 122, 'not-evaluable'], ['asked on a device whose clock is ahead', 'D9', asked(door().without('screen-after'), 123, noThoughts, 's'), 122, 'not-evaluable'],
    ['high, then low', 'D9', asked(asked(door().without('screen-after'), 100, { ...found, q4: true }, 'high'), 110, noThoughts, 'low'), 122, 'not-met'], ['with gaps, then whole', 'D9', asked(asked(door().without('screen-after'), 100, { q1: false }, 'gaps'), 110, noThoughts, 's'), 122, 'met'], ['whole, then with gaps', 'D9', asked(door(), 121, { q1: false }, 'gaps'), 122, 'not-evaluable'],
    ['a thought that was there before the dose', 'D9', asked(asked(door().without('screen-after'), -30, found, 'before'), 119, found, 'after'), 122, 'met'], ['the one before the dose was another one', 'D9', asked(asked(door().without('screen-after'), -30, { ...noThoughts, q6Lifetime: true, q6PastThreeMonths: false }, 'before'), 119, found, 'after'), 122, 'not-met'],
    ['of two before the dose, the newer did not find it', 'D9', asked(asked(asked(door().without('screen-after'), -60, found, 'first'), -30, noThoughts, 'second'), 119, found, 'after'), 122, 'not-met'],
    ['two found, one talked through', 'D9', reached(asked(asked(door(), 119.2, found, 'a'), 119.5, found, 'b'), 120, 'a'), 122, 'not-met'], ['two found, both talked through', 'D9', reached(reached(asked(asked(door(), 119.2, found, 'a'), 119.5, found, 'b'), 120, 'a'), 120, 'b'), 122, 'met'],
    ['talked through before it was asked', 'D9', reached(asked(door(), 119.5, found, 'a'), 119.4, 'a'), 122, 'not-met'], ['talked through in the minute it was asked', 'D9', reached(asked(door(), 119.5, found, 'a'), 119.5, 'a'), 122, 'met'],
    ['an adult, then a driver', 'D10', door().on(120, 'escort-arrived.v1', { name: 'Driver', idNoted: 'plate', kind: 'rideshare' }), 122, 'met'], ['an adult nobody identified after one who was', 'D10', door().on(120, 'escort-arrived.v1', { name: 'Ann', idNoted: '', kind: 'adult' }), 122, 'met'], ['a driver', 'D10', door().without('theo').on(120, 'escort-arrived.v1', { name: 'Driver', idNoted: 'plate', kind: 'rideshare' }), 122, 'not-met'],
    ['72 hours from now', 'D12', booked(door(), integration('a', 122 + 72 * 60)), 122, 'met'], ['a minute later than that', 'D12', booked(door(), integration('a', 123 + 72 * 60)), 122, 'not-met'], ['the first of two', 'D12', booked(door(), integration('b', 10_000), integration('a', 1_440)), 122, 'met'], ['another kind of visit', 'D12', booked(door(), integration('a', 1_440, 'preparation')), 122, 'not-evaluable'], ['one that begins now is not one to come', 'D12', booked(door(), integration('a', 122)), 122, 'not-evaluable'],
    ['by two who are not the monitor', 'D13', door().without('signed-1').on(121, 'discharge-signed.v1', { assessed: 'assessed', role: 'prescriber', signature: signature('osei', 'Dr. Osei', 121) }, { by: 'osei' }), 122, 'not-met'], ['for another assessment', 'D13', door().without('signed-2').on(121, 'discharge-signed.v1', { assessed: 'older', role: 'rn', signature: signature('ada', 'Ada N.', 121) }, { by: 'ada' }), 122, 'not-met'],
    ['one person as both, and another as monitor', 'D13', door().without('signed-2').on(121, 'discharge-signed.v1', { assessed: 'assessed', role: 'rn', signature: signature('jun', 'Jun L.', 121) }, { by: 'jun' }).on(121, 'discharge-signed.v1', { assessed: 'assessed', role: 'monitor', signature: signature('ada', 'Ada N.', 121) }, { by: 'ada' }), 122, 'met'],
    ['another’s signature, in somebody else’s entry', 'D13', door().without('signed-2').on(121, 'discharge-signed.v1', { assessed: 'assessed', role: 'rn', signature: signature('ada', 'Ada N.', 121) }, { by: 'jun' }), 122, 'not-met'],
  ])('%s (%s)', (_, id, story, minute, state) => {
    expect(rule(id, story, minute)?.state).toBe(state)
  })
})

describe('what a rescue line names', () => {
  const waits = (what: string) => rule('D1', rescue(door(), 30, what, 'r'), 122)?.state === 'not-met'
  test.each([
    'by', 'via', 'per', 'mouth', 'oral', 'orally', 'po', 'iv', 'im', 'sl', 'sc', 'odt', 'sublingual', 'under', 'tongue', 'mask', 'face', 'nasal', 'cannula', 'minute', 'once', 'twice', 'and', 'then', 'plus', 'with', 'y', 'con', 'of', 'a', 'the',
    '4', '10', 'mg', '4mg', '12mg', '100mcg', '4ug', '4\u00b5g', '4\u03bcg', '8g', '2ml', '15l', 'lpm', '5min', '2x', '1tab', 'tabs', '1tablet', 'tablets', '1dose', 'doses', 'VIA', '4 MG',
  ])('“oxygen %s” names oxygen alone', (word) => expect([waits(`oxygen ${word}`), waits(word)]).toEqual([false, true]))
  test.each(['labetalol', 'lorazepam', '4labetalol', 'xanax', 'glycopyrrolate', 'kg', 'x4', '4y', 'oxyge\u0301n', 'masks', 'unknown'])('“oxygen %s” names something else', (word) => expect(waits(`oxygen ${word}`)).toBe(true))
  test.each(['', ' – ', '4 mg'])('“%s” names nothing that is harmless', (what) => expect(waits(what)).toBe(true))
})

describe('what is not there answers nothing', () => {
  test.each<[string, DischargeRuleId, Told, number]>([
    ['no dose, where the end of one counts', 'D1', begun('IV'), 10],
    ['nobody looked at what is breathed', 'D3', door().without('assessed'), 122], ['no dose: nothing can be asked after it', 'D9', asked(begun(), 0, noThoughts, 's'), 10],
  ])('%s (%s)', (_, id, story, minute) => expect(rule(id, story, minute)?.state).toBe('not-evaluable'))

  test('after a dose by a way that has no row nobody goes home by the time rule, however late', () => {
    const story = begun().with((entries) => entries.map((entry) => (entry.id === SESSION ? ({ ...entry, body: { ...entry.body, route: 'IN-racemic' } } as unknown as typeof entry) : entry))).dose(0)
    expect(rule('D1', story, 5_000)?.state).toBe('not-met')
  })

  test('and points to nothing', () => {
    const old = rule('D2', door(), 200)
    expect([old?.state, old?.facts, rule('D3', door(), 200)?.facts, rule('D9', door().without('screen-after'), 122)?.facts]).toEqual(['not-evaluable', [], [], []])
  })
})

describe('the facts themselves', () => {
  const facts = (story: Told, minute = 122) => {
    const session = readSession(story.chart, SESSION, sessionRows, clock(minute))
    if (!session.ok) throw new Error(session.refusal)
    return dischargeFacts({ chart: story.chart, ...session.value }, sessionRows)
  }
  const came = (story: Told, kind: 'adult' | 'rideshare', idNoted = 'plate') => story.on(120, 'escort-arrived.v1', { name: 'Somebody', idNoted, kind })
  const alone = () => door().without('theo')
  test.each<[string, Told, string]>([
    ['nobody', alone(), 'none'], ['an adult', door(), 'adult'], ['a driver', came(alone(), 'rideshare'), 'rideshare'], ['an adult nobody identified', came(alone(), 'adult', ''), 'none'], ['such a one and a driver', came(came(alone(), 'adult', ''), 'rideshare'), 'rideshare'],
  ])('came to take them home: %s', (_, story, escort) => expect(facts(story).escort).toBe(escort))

  const unsigned = () => door().without('signed-1').without('signed-2')
  const signs = (story: Told, person: string, role: 'monitor' | 'rn') => story.on(121, 'discharge-signed.v1', { assessed: 'assessed', role, signature: signature(person, person, 121) }, { by: person })
  test.each<[string, Told, readonly [monitor: boolean, other: boolean, two: boolean]]>([
    ['nobody', unsigned(), [false, false, false]], ['the monitor', signs(unsigned(), 'jun', 'monitor'), [true, false, false]], ['a nurse', signs(unsigned(), 'ada', 'rn'), [false, true, false]], ['one as both', signs(signs(unsigned(), 'jun', 'monitor'), 'jun', 'rn'), [true, true, false]],
    ['two', signs(signs(unsigned(), 'jun', 'monitor'), 'ada', 'rn'), [true, true, true]], ['one as both, and another', signs(signs(signs(unsigned(), 'jun', 'monitor'), 'jun', 'rn'), 'ada', 'rn'), [true, true, true]],
  ])('signed: %s', (_, story, [monitor, rnOrPrescriber, twoPeople]) => expect(facts(story).signedBy).toEqual({ monitor, rnOrPrescriber, twoPeople }))

  test('nothing new was found where nothing was found, and what was found in the minute of the dose is new', () => {
    expect(facts(door()).suicideScreen).toEqual({ complete: true, high: false, newThoughts: false, reviewed: true })
    expect(facts(asked(door().without('screen-after'), 0, found, 's')).suicideScreen).toMatchObject({ newThoughts: true, reviewed: false })
    expect(facts(asked(door().without('screen-after'), 122, noThoughts, 's')).suicideScreen, 'asked this very minute').toMatchObject({ complete: true })
  })

  test('a severe alert is open, was so many minutes ago, or never was; one about a reading that is late points to no entry', () => {
    const sick = calmCourse().on(50, 'symptom.v1', { symptom: 'vomiting', present: true })
    expect(facts(door()).lastSevereAlert).toBe('none')
    expect(facts(atTheDoor(sick)).lastSevereAlert).toBe('open')
    const late = facts(begun().whole(-15).whole(-3).dose(0), 60)
    expect([late.lastSevereAlert, late.facts?.D8]).toEqual(['open', []])
  })
})
