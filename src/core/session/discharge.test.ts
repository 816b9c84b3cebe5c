import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { discharge } from '../../knowledge/discharge.ts'
import { sessionRows } from '../../knowledge/session.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { dischargeCheck, type DischargeFacts } from './discharge.ts'
import { answered, assessment, at, atTheDoor, begun, calmCourse, clock, noThoughts, SESSION, signature, type Told } from './fixtures.ts'
import { readSession, type SessionNow } from './session.ts'

const calm = { systolicMmHg: 122, diastolicMmHg: 78, heartRatePerMin: 76, respiratoryRatePerMin: 14, spo2Percent: 98, moaaS: 5, rass: 0, orientation: 4 }
const fine: DischargeFacts = {
  route: 'IM', minutesSinceDose: 125, minutesSinceRescue: 'none', baseline: { systolicMmHg: 122, diastolicMmHg: 78, spo2Percent: 98 }, values: calm, roomAir: true, dissociation: { cadss: 2, before: 0 }, gait: 'steady', padss: 10, aldrete: 10,
  lastSevereAlert: 60, redToday: false, readingDue: false, suicideScreen: { complete: true, high: false, newThoughts: false, reviewed: true }, escort: 'adult', noDrivingSigned: true, instructionsGiven: true, hoursToIntegration: 24,
  signedBy: { monitor: true, rnOrPrescriber: true, twoPeople: true },
}
type Change = Partial<Omit<DischargeFacts, 'values'>> & { readonly values?: Partial<Record<keyof typeof calm, number>> }
const changed = (change: Change): DischargeFacts => ({ ...fine, ...change, values: { ...calm, ...change.values } })
const failed = (change: Change) => dischargeCheck(changed(change), discharge).failed

describe('the thirteen rules, below, at and above each limit', () => {
  test.each<[Change, readonly string[]]>([
    [{}, []],
    [{ minutesSinceDose: 119.9 }, ['D1']], [{ minutesSinceDose: 120 }, []], [{ route: 'SL', minutesSinceDose: 119 }, ['D1']], [{ route: 'SL', minutesSinceDose: 120 }, []], [{ route: 'PO', minutesSinceDose: 119 }, ['D1']], [{ route: 'PO', minutesSinceDose: 120 }, []],
    [{ route: 'IN-esketamine', minutesSinceDose: 119 }, ['D1']], [{ route: 'IN-esketamine', minutesSinceDose: 120 }, []], [{ route: 'IV', minutesSinceDose: 59.9 }, ['D1']], [{ route: 'IV', minutesSinceDose: 60 }, []],
    [{ route: 'IN-racemic' as DoseRoute }, ['D1']], [{ minutesSinceRescue: 119 }, ['D1']], [{ minutesSinceRescue: 120 }, []],
    [{ values: { systolicMmHg: 90 }, baseline: { ...fine.baseline, systolicMmHg: 112 } }, []], [{ values: { systolicMmHg: 89.9 }, baseline: { ...fine.baseline, systolicMmHg: 100 } }, ['D2']],
    [{ values: { systolicMmHg: 159.9 }, baseline: { ...fine.baseline, systolicMmHg: 150 } }, []], [{ values: { systolicMmHg: 160 }, baseline: { ...fine.baseline, systolicMmHg: 150 } }, ['D2']],
    [{ values: { diastolicMmHg: 99.9 }, baseline: { ...fine.baseline, diastolicMmHg: 95 } }, []], [{ values: { diastolicMmHg: 100 }, baseline: { ...fine.baseline, diastolicMmHg: 95 } }, ['D2']],
    [{ values: { systolicMmHg: 144 }, baseline: { ...fine.baseline, systolicMmHg: 120 } }, []], [{ values: { systolicMmHg: 144.1 }, baseline: { ...fine.baseline, systolicMmHg: 120 } }, ['D2']],
    [{ values: { diastolicMmHg: 96 }, baseline: { ...fine.baseline, diastolicMmHg: 80 } }, []], [{ values: { diastolicMmHg: 96.1 }, baseline: { ...fine.baseline, diastolicMmHg: 80 } }, ['D2']],
    [{ values: { systolicMmHg: 110 }, baseline: { ...fine.baseline, systolicMmHg: 158 } }, []], [{ values: { systolicMmHg: 109 }, baseline: { ...fine.baseline, systolicMmHg: 158 } }, ['D2']], [{ values: { systolicMmHg: 96 }, baseline: { ...fine.baseline, systolicMmHg: 120 } }, []], [{ values: { systolicMmHg: 95 }, baseline: { ...fine.baseline, systolicMmHg: 120 } }, ['D2']],
    [{ values: { heartRatePerMin: 49 } }, ['D3']], [{ values: { heartRatePerMin: 50 } }, []], [{ values: { heartRatePerMin: 110 } }, []], [{ values: { heartRatePerMin: 111 } }, ['D3']],
    [{ values: { respiratoryRatePerMin: 9 } }, ['D3']], [{ values: { respiratoryRatePerMin: 10 } }, []], [{ values: { respiratoryRatePerMin: 24 } }, []], [{ values: { respiratoryRatePerMin: 25 } }, ['D3']],
    [{ values: { spo2Percent: 94 } }, []], [{ values: { spo2Percent: 93.9 } }, ['D3']], [{ values: { spo2Percent: 93 }, baseline: { ...fine.baseline, spo2Percent: 95 } }, []], [{ values: { spo2Percent: 92 }, baseline: { ...fine.baseline, spo2Percent: 94 } }, []], [{ values: { spo2Percent: 92 }, baseline: { ...fine.baseline, spo2Percent: 95 } }, ['D3']], [{ values: { spo2Percent: 91 }, baseline: { ...fine.baseline, spo2Percent: 92 } }, ['D3']], [{ roomAir: false }, ['D3']],
    [{ values: { moaaS: 4 } }, ['D4']], [{ values: { rass: -1 } }, []], [{ values: { rass: 1 } }, []], [{ values: { rass: -2 } }, ['D4']], [{ values: { rass: 2 } }, ['D4']],
    [{ values: { orientation: 3 } }, ['D5']], [{ dissociation: { cadss: 4, before: 0 } }, []], [{ dissociation: { cadss: 5, before: 0 } }, ['D5']], [{ dissociation: { cadss: 5, before: 5 } }, []], [{ dissociation: { cadss: 5, before: undefined } }, ['D5']], [{ dissociation: 'none-above-baseline' }, []], [{ dissociation: 'present' }, ['D5']],
    [{ gait: 'assisted' }, ['D6']], [{ padss: 9 }, []], [{ padss: 8 }, ['D7']], [{ aldrete: 9 }, []], [{ aldrete: 8 }, ['D7']],
    [{ lastSevereAlert: 29.9 }, ['D8']], [{ lastSevereAlert: 30 }, []], [{ lastSevereAlert: 'none' }, []], [{ lastSevereAlert: 'open' }, ['D8']], [{ redToday: true }, ['D8']], [{ readingDue: true }, ['D8']],
    [{ suicideScreen: { complete: true, high: true, newThoughts: false, reviewed: true } }, ['D9']], [{ suicideScreen: { complete: false, high: false, newThoughts: false, reviewed: true } }, ['D9']], [{ suicideScreen: { complete: true, high: false, newThoughts: true, reviewed: false } }, ['D9']], [{ suicideScreen: { complete: true, high: false, newThoughts: true, reviewed: true } }, []],
    [{ escort: 'rideshare' }, ['D10']], [{ escort: 'none' }, ['D10']], [{ noDrivingSigned: false }, ['D11']], [{ instructionsGiven: false }, ['D12']], [{ hoursToIntegration: 72 }, []], [{ hoursToIntegration: 72.1 }, ['D12']],
    [{ signedBy: { monitor: true, rnOrPrescriber: false, twoPeople: false } }, ['D13']], [{ signedBy: { monitor: true, rnOrPrescriber: true, twoPeople: false } }, ['D13']], [{ route: 'SL', minutesSinceDose: 10, escort: 'none', noDrivingSigned: false }, ['D1', 'D10', 'D11']],
  ])('%o → %o', (change, rules) => {
    expect(failed(change)).toEqual(rules)
  })

  test('with only the signatures open it is ready to sign, and not ready', () => {
    const { ready, readyToSign } = dischargeCheck(changed({ signedBy: { monitor: false, rnOrPrescriber: false, twoPeople: false } }), discharge)
    expect([ready, readyToSign]).toEqual([false, true])
    expect(dischargeCheck(changed({ escort: 'none', signedBy: { monitor: false, rnOrPrescriber: false, twoPeople: false } }), discharge).readyToSign).toBe(false)
  })
})

describe('taking something away never makes anybody ready', () => {
  const facts = fc.record({
    minutesSinceDose: fc.integer({ min: 100, max: 140 }), cadss: fc.integer({ min: 0, max: 8 }), before: fc.integer({ min: 0, max: 8 }), values: fc.record({ systolicMmHg: fc.integer({ min: 85, max: 165 }), diastolicMmHg: fc.integer({ min: 60, max: 102 }), heartRatePerMin: fc.integer({ min: 48, max: 112 }), respiratoryRatePerMin: fc.integer({ min: 9, max: 25 }), spo2Percent: fc.integer({ min: 90, max: 100 }), moaaS: fc.constantFrom(5, 5, 4), rass: fc.constantFrom(0, 1, 2), orientation: fc.constantFrom(4, 4, 3) }),
    baseline: fc.record({ systolicMmHg: fc.integer({ min: 100, max: 160 }), diastolicMmHg: fc.integer({ min: 60, max: 100 }), spo2Percent: fc.integer({ min: 92, max: 100 }) }),
  }).map(({ cadss, before, values, ...rest }) => ({ ...fine, ...rest, values, dissociation: { cadss, before } }) as DischargeFacts)
  const gone = ['minutesSinceDose', 'roomAir', 'dissociation', 'gait', 'padss', 'aldrete', 'lastSevereAlert', 'redToday', 'suicideScreen', 'escort', 'noDrivingSigned', 'instructionsGiven', 'hoursToIntegration'] as const
  const without = <Of extends object>(from: Of, key: PropertyKey) => Object.fromEntries(Object.entries(from).filter(([name]) => name !== key)) as Of
  const ready = (some: DischargeFacts) => dischargeCheck(some, discharge).ready

  test('neither any vital …', () => {
    fc.assert(fc.property(facts, fc.constantFrom(...(Object.keys(calm) as (keyof typeof calm)[])), (some, key) => !ready({ ...some, values: without(some.values, key) })), { numRuns: 1_000 })
  })
  test('… nor a baseline …', () => {
    fc.assert(fc.property(facts, fc.constantFrom('systolicMmHg', 'diastolicMmHg', 'spo2Percent'), (some, key) => !ready({ ...some, baseline: without(some.baseline, key) }) || ready(some)), { numRuns: 1_000 })
    expect(ready({ ...fine, baseline: {} })).toBe(false)
  })
  test('… nor anything else', () => {
    expect(ready(fine)).toBe(true)
    for (const key of gone) expect(ready(without(fine, key)), key).toBe(false)
  })
})

describe('from the chart', () => {
  const read = (story: Told, minute = 122): SessionNow => {
    const session = readSession(story.chart, SESSION, sessionRows, clock(minute))
    if (!session.ok) throw new Error(session.refusal)
    return session.value
  }
  const fails = (story: Told, minute = 122) => read(story, minute).discharge.check.failed
  const door = () => atTheDoor()

  test('an uneventful afternoon is ready at the end of it, and every rule names what it looked at', () => {
    const { ready, rules } = read(door()).discharge.check
    expect(ready).toBe(true)
    expect(rules.filter(({ facts }) => facts.length === 0).map(({ rule }) => rule)).toEqual(['D8', 'D12'])
  })

  test.each<[string, Told, readonly string[], number?]>([
    ['two minutes early', door(), ['D1'], 119.9],
    ['no dose on the record', door().without('e010'), ['D1', 'D8', 'D9']],
    ['after lorazepam', door().on(30, 'rescue-given.v1', { what: 'Lorazepam 1 mg by mouth', amount: '1 mg', reason: 'Fear', orderedBy: 'Dr. Osei' }), ['D1']],
    ['after something nobody listed', door().on(30, 'rescue-given.v1', { what: 'a pill from the kit', amount: '', reason: 'Fear', orderedBy: '' }), ['D1']],
    ...([
      ['ondansetron and lorazepam', 'D1'], ['Ondansetron + lorazepam', 'D1'], ['ondansetron, then fentanyl', 'D1'], ['ondansetron plus 50 mcg fentanyl', 'D1'], ['Ondansetron, 4 mg', undefined], ['ondansetron 4 mg by mouth (Zofran)', undefined], ['oxygen; Zofran', undefined], ['O2 & ondansetron', undefined],
      ['ondansetron/droperidol', 'D1'], ['ondansetron with droperidol', 'D1'], ['ondansetron 4 mg. droperidol 1 mg', 'D1'], ['ondansetron 4 mg\ndroperidol 1 mg', 'D1'], ['ondansetron – droperidol', 'D1'], ['ondansetron y droperidol', 'D1'], ['ondansetron droperidol', 'D1'], ['O2 & ketorolac', 'D1'], ['oxygen 4mg b12', 'D1'], ['ondansetron, naloxone', 'D1'],
      ['ondansetron/oxygen', undefined], ['Ondansetron 4mg ODT', undefined], ['oxygen with Zofran', undefined], ['O2 2 l/min by mask', undefined], ['ondansetron 0.5 mg\nZofran', undefined], ['with a mask', 'D1'],
      ['oxygen after midazolam', 'D1'], ['oxygenated water', 'D1'], ['an ondansetron', 'D1'], ['4 mg', 'D1'], ['…', 'D1'], ['Adrenaline', 'D1'],
    ] as const).map(([what, rule]): [string, Told, readonly string[]] => [`after what was written as “${what}”`, door().on(30, 'rescue-given.v1', { what, amount: '', reason: 'Nausea', orderedBy: '' }), rule ? [rule] : []]),
    ['after ondansetron', door().on(30, 'rescue-given.v1', { what: 'Ondansetron', amount: '4 mg', reason: 'Nausea', orderedBy: 'Dr. Osei' }), []],
    ['the newest reading lacks the pulse', door().reading(121, { heartRatePerMin: undefined }), ['D3']],
    ['a temperature alone takes nothing back', door().on(121, 'vitals.v1', { temperatureDeciC: 368 }), []],
    ['the last reading was high', door().whole(121, { systolicMmHg: 150 }), ['D2']],
    ['on oxygen', door().whole(121, { onRoomAir: false }), ['D3']],
    ['half an hour later everything is old', door(), ['D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D11', 'D12'], 151],
    ['drowsy again after the assessment', door().mind(121, { moaaS: 4 }), ['D4']],
    ['an orange twenty minutes ago', atTheDoor(calmCourse().whole(100, { spo2Percent: 91 }).whole(105).whole(110).on(101, 'alert-answered.v1', { alert: 'e026/SPO2', action: 'treated', note: '' })), ['D8']],
    ['an orange long ago that nobody answered', atTheDoor(calmCourse().whole(50, { spo2Percent: 91 }).whole(55)), ['D8']],
    ['the same, answered', atTheDoor(calmCourse().whole(50, { spo2Percent: 91 }).whole(55).on(51, 'alert-answered.v1', { alert: 'e026/SPO2', action: 'treated', note: '' })), []],
    ['a red one at any time today', atTheDoor(calmCourse().on(50, 'symptom.v1', { symptom: 'chest-pain', present: true }, { id: 'cp' }).on(55, 'symptom.v1', { symptom: 'chest-pain', present: false }).on(51, 'alert-answered.v1', { alert: 'cp/SX', action: 'emergency-called', note: '' })), ['D8']],
    ['a reading is due that nobody took', atTheDoor(calmCourse().without('e023').without('e024').whole(116)), ['D8']],
    ['no screen after the dose', door().without('screen-after'), ['D9']],
    ['a screen with gaps', door().without('screen-after').on(119, 'measure-answered.v1', answered({ q1: false })), ['D9']],
    ['a high screen that a later low one would hide', door().on(118, 'measure-answered.v1', answered({ q1: true, q2: true, q3: true, q4: true, q5: false, q6Lifetime: false })), ['D9']],
    ['a high screen, talked through: that path has another way out', door().on(118, 'measure-answered.v1', answered({ q1: true, q2: true, q3: true, q4: true, q5: false, q6Lifetime: false }), { id: 'high' }).on(119, 'risk-contact.v1', { opened: 'high', level: 'moderate', reached: true, decided: 'safety-plan-and-follow-up', note: 'x' }), ['D9']],
    ['a questionnaire with one item about it is no screen', door().without('screen-after').on(119, 'measure-answered.v1', { instrument: 'phq-9', version: '1', language: 'en', answeredBy: 'patient', answers: Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8, 9].map((item) => [`q${item}`, 0])) }), ['D9']],
    ['new thoughts, and nobody could be reached about them', door().on(119.5, 'measure-answered.v1', answered({ q1: true, q2: true, q3: true, q4: false, q5: false, q6Lifetime: false }), { id: 'q3' }).on(120, 'risk-contact.v1', { opened: 'q3', level: 'moderate', reached: false, decided: 'safety-plan-and-follow-up', note: 'x' }), ['D9']],
    ['new thoughts, and somebody will try again', door().on(119.5, 'measure-answered.v1', answered({ q1: true, q2: true, q3: true, q4: false, q5: false, q6Lifetime: false }), { id: 'q3' }).on(120, 'risk-contact.v1', { opened: 'q3', level: 'moderate', reached: true, decided: 'tried-again', note: 'x' }), ['D9']],
    ['new thoughts with a method', door().on(119.5, 'measure-answered.v1', answered({ q1: true, q2: true, q3: true, q4: false, q5: false, q6Lifetime: false }), { id: 'q3' }), ['D9']],
    ['the same, talked through', door().on(119.5, 'measure-answered.v1', answered({ q1: true, q2: true, q3: true, q4: false, q5: false, q6Lifetime: false }), { id: 'q3' }).on(120, 'risk-contact.v1', { opened: 'q3', level: 'moderate', reached: true, decided: 'safety-plan-and-follow-up', note: 'Plan gone through together.' }), []],
    ['known from before the dose', door().on(-30, 'measure-answered.v1', answered({ ...noThoughts, q6Lifetime: true, q6PastThreeMonths: false })).without('screen-after').on(119, 'measure-answered.v1', answered({ ...noThoughts, q6Lifetime: true, q6PastThreeMonths: false })), []],
    ['a driver from an app', door().without('theo').on(119, 'escort-arrived.v1', { name: 'Driver', idNoted: 'plate', kind: 'rideshare' }), ['D10']],
    ['an adult nobody identified', door().without('theo').on(119, 'escort-arrived.v1', { name: 'Theo', idNoted: '', kind: 'adult' }), ['D10']],
    ['no integration booked', door().without('booked'), ['D12']],
    ['an integration of last week does not hide the next one', door().on(-20_000, 'visits-booked.v1', { visits: [{ visit: 'integration-1', type: 'integration', number: 1, startsAt: at(-8_000), endsAt: at(-7_940), localStart: '2026-11-16T10:00', zone: 'America/Los_Angeles', people: [], online: false }], why: '' }), []],
    ['the integration was cancelled', door().on(60, 'visit-cancelled.v1', { visit: 'integration-2', why: 'Away.' }), ['D12']],
    ['one person signs as both', door().without('signed-2').on(121, 'discharge-signed.v1', { assessed: 'assessed', role: 'prescriber', signature: signature('jun', 'Jun L.', 121) }), ['D13']],
    ['an older assessment was signed', door().on(121.5, 'discharge-assessed.v1', assessment, { id: 'assessed-again' }), ['D13']],
    ['two monitors', door().without('signed-2').on(121, 'discharge-signed.v1', { assessed: 'assessed', role: 'monitor', signature: signature('ada', 'Ada N.', 121) }), ['D13']],
  ])('%s', (_, story, rules, minute) => {
    expect(fails(story, minute)).toEqual(rules)
  })

  test('a reading and an assessment from before the last dose say nothing about now', () => {
    const { rules } = read(begun().whole(-15).whole(-3).dose(0).whole(10).on(11, 'discharge-assessed.v1', assessment).dose(15, 2, 20), 16).discharge.check
    expect(rules.filter(({ state }) => state === 'not-evaluable').map(({ rule }) => rule)).toEqual(['D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'D9', 'D11', 'D12'])
  })

  test('into a vein it counts from the end, and without an end it cannot be said', () => {
    const iv = (story: Told) => read(story.whole(84), 84).discharge
    const given = begun('IV').whole(-15).whole(-3).dose(0, 1, 40, { id: 'iv' })
    expect([iv(given).earliestAt, iv(given).check.rules[0]?.state]).toEqual([undefined, 'not-evaluable'])
    const ended = given.on(25, 'dose-ended.v1', { dose: 'iv' })
    expect([iv(ended).earliestAt, iv(ended).check.rules[0]?.state]).toEqual([at(85), 'not-met'])
  })

  test('a value crossed out of the newest reading, or the last check of the mind, never makes anybody ready', () => {
    const last = fc.record({ systolicMmHg: fc.integer({ min: 85, max: 190 }), diastolicMmHg: fc.integer({ min: 60, max: 115 }), heartRatePerMin: fc.integer({ min: 40, max: 125 }), respiratoryRatePerMin: fc.integer({ min: 8, max: 30 }), spo2Percent: fc.integer({ min: 88, max: 100 }) })
    fc.assert(fc.property(last, fc.constantFrom('systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent'), (values, key) => fails(door().reading(121, { ...values, [key]: undefined })).length > 0), { numRuns: 60 })
    for (const id of ['assessed', 'screen-after', 'theo', 'booked', 'signed-1', 'signed-2']) expect(fails(door().without(id)), id).not.toEqual([])
  })
})

describe('not met is a no, and not known is neither', () => {
  const stateOf = (change: Change, rule: string) => dischargeCheck(changed(change), discharge).rules.find((one) => one.rule === rule)?.state
  test.each<[string, Change, string]>([
    ['D1', {}, 'met'], ['D1', { route: undefined as never }, 'not-met'], ['D1', { minutesSinceDose: undefined as never }, 'not-evaluable'], ['D1', { minutesSinceRescue: 30 }, 'not-met'],
    ['D5', { dissociation: 'above-baseline' as never }, 'not-met'], ['D5', { dissociation: undefined as never }, 'not-evaluable'], ['D5', { dissociation: { cadss: 9 } as never }, 'not-evaluable'],
    ['D8', {}, 'met'], ['D8', { readingDue: true }, 'not-evaluable'], ['D8', { lastSevereAlert: 'open' }, 'not-met'], ['D8', { lastSevereAlert: undefined as never }, 'not-evaluable'],
    ['D9', {}, 'met'], ['D9', { suicideScreen: undefined as never }, 'not-evaluable'], ['D9', { suicideScreen: { complete: false, high: false, newThoughts: false, reviewed: true } }, 'not-evaluable'],
    ['D9', { suicideScreen: { complete: true, high: false, newThoughts: true, reviewed: false } }, 'not-met'], ['D9', { suicideScreen: { complete: true, high: false, newThoughts: true, reviewed: true } }, 'met'],
    ['D9', { suicideScreen: { complete: true, high: true, newThoughts: false, reviewed: true } }, 'not-met'], ['D9', { suicideScreen: { complete: false, high: true, newThoughts: false, reviewed: false } }, 'not-met'],
    ['D12', { hoursToIntegration: -0.1 }, 'not-met'], ['D12', { hoursToIntegration: 0 }, 'met'], ['D12', { hoursToIntegration: undefined as never }, 'not-evaluable'],
    ['D2', { baseline: {} }, 'not-evaluable'], ['D13', { signedBy: { monitor: true, rnOrPrescriber: true, twoPeople: false } }, 'not-met'],
  ])('%s with %o: %s', (rule, change, state) => {
    expect(stateOf(change, rule)).toBe(state)
  })
})
