import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { discharge } from '../../knowledge/discharge.ts'
import { monitoring } from '../../knowledge/monitoring.ts'
import { readAsked } from '../shared/asked.ts'
import { answerDischarge, answerMonitor, answerPreDose, dischargeQuestion, momentQuestion } from './questions.ts'

interface Case { readonly id: string; readonly why?: string; readonly input: unknown; readonly expect: Record<string, unknown> }

const linesOf = (name: string): Case[] => readFileSync(new URL(`cases/${name}.jsonl`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case)
const sorted = (value: unknown): unknown => (Array.isArray(value) ? [...value].sort() : value)

const answers: Record<string, (input: unknown) => Record<string, unknown>> = {
  predose: (input) => answerPreDose(momentQuestion.parse(input), monitoring),
  monitor: (input) => answerMonitor(momentQuestion.parse(input), monitoring),
  discharge: (input) => answerDischarge(dischargeQuestion.parse(input), discharge),
}

describe.each([['predose', 3], ['monitor', 15], ['discharge', 9]] as const)('worked cases: %s', (name, atLeast) => {
  const lines = linesOf(name)
  test('there are cases', () => expect(lines.length).toBeGreaterThanOrEqual(atLeast))
  test.each(lines.map((line) => [`${line.id} ${line.why ?? ''}`, line] as const))('%s', (_, line) => {
    const output = answers[name]?.(line.input) ?? {}
    for (const [key, value] of Object.entries(line.expect)) expect(sorted(output[key]), key).toEqual(sorted(value))
  })
})

const calm = { baseline: { systolic: 122, diastolic: 78, oxygenSaturation: 98 }, systolic: 128, diastolic: 80, heartRate: 78, respiratoryRate: 14, oxygenSaturation: 97, moaaS: 5, rass: 0 }
const preDose = (change: object) => answers['predose']?.({ ...calm, ...change })
const monitor = (change: object) => answers['monitor']?.({ ...calm, symptoms: [], minutesLate: 0, ...change })
const home = { ...calm, route: 'SL', minutesSinceLastDose: 125, orientation: 4, cadss: 2, cadssBeforeDose: 0, gait: 'steady', padss: 10, aldrete: 10, minutesSinceLastAlert: 60, cSsrs: {}, escort: 'adult', noDrivingSigned: true, instructionsGiven: true, hoursToIntegration: 24, signOffs: ['monitor', 'rn'] }
const failed = (change: object) => answers['discharge']?.({ ...home, ...change })['failed']

describe('before a dose, in the words of the question', () => {
  test.each<[object, string]>([
    [{}, 'go'], [{ systolic: 90 }, 'go'], [{ systolic: 89.9 }, 'hold'], [{ systolic: 159.9 }, 'caution'], [{ systolic: 160 }, 'hold'], [{ diastolic: 110 }, 'no_dose'], [{ heartRate: 111 }, 'hold'], [{ temperature: 37.9 }, 'go'], [{ temperature: 38 }, 'hold'], [{ onOxygen: true }, 'hold'], [{ intoxicated: true }, 'hold'],
    [{ systolic: null }, 'hold'], [{ moaaS: null }, 'hold'], [{ baseline: null }, 'hold'], [{ baseline: { systolic: 122 } }, 'hold'], [{ cSsrs: { q4: true } }, 'hold'], [{ cSsrs: { q6PastThreeMonths: true } }, 'hold'], [{ cSsrs: { q5: true } }, 'hold'], [{ cSsrs: {} }, 'go'], [{ systolic: 185, moaaS: null }, 'no_dose'],
  ])('%j → %s', (change, gate) => expect(preDose(change)).toMatchObject({ gate }))

  test('what is missing is named', () => expect(preDose({ heartRate: null, baseline: null })).toMatchObject({ findings: ['PRE-MISSING:heartRatePerMin', 'PRE-MISSING:baseline'] }))
})

describe('while the medicine works', () => {
  test.each<[object, string, string[]]>([
    [{ oxygenSaturation: null }, 'not-evaluable', ['SPO2:not-evaluable']], [{ oxygenSaturation: null, heartRate: 124 }, 'yellow', ['HR:yellow', 'SPO2:not-evaluable']], [{ baseline: null }, 'not-evaluable', ['BP-S:not-evaluable', 'BP-D:not-evaluable']],
    [{ symptoms: ['syncope'], systolic: 88 }, 'red', ['BP-LOW:red', 'SX:orange']], [{ minutesLate: 3 }, 'green', []], [{ minutesLate: null, symptoms: null }, 'green', []], [{ oxygenSaturation: 91.5 }, 'orange', ['SPO2:orange']], [{ moaaS: 2, deepSedationExpected: true, respiratoryRate: null }, 'orange', ['MOAAS:orange', 'RR:not-evaluable']],
  ])('%j → %s', (change, level, alerts) => {
    const answer = monitor(change)
    expect([answer?.['level'], sorted(answer?.['alerts'])]).toEqual([level, sorted(alerts)])
  })

  test.each<[object | null, boolean]>([
    [{ alerts: ['HR:orange'], minutesAgo: 5 }, true], [{ alerts: ['HR:orange'], minutesAgo: 4.9 }, false], [{ alerts: ['HR:yellow'], minutesAgo: 5 }, false], [{ alerts: ['SPO2:orange'], minutesAgo: 9 }, false], [{ alerts: ['HR:red'], minutesAgo: 9 }, true], [{ alerts: [], minutesAgo: 9 }, false], [null, false],
  ])('an orange pulse after %j is persistent: %s', (previous, persistent) => expect(monitor({ heartRate: 141, previous })).toMatchObject({ persistent }))
  test('a yellow one never is', () => expect(monitor({ heartRate: 121, previous: { alerts: ['HR:orange'], minutesAgo: 9 } })).toMatchObject({ persistent: false }))
})

describe('going home', () => {
  test.each<[object, string[]]>([
    [{}, []], [{ minutesSinceLastDose: 120 }, []], [{ minutesSinceLastDose: 119.9 }, ['D1']], [{ route: 'IV', minutesSinceLastDose: 60 }, []], [{ route: 'IV', minutesSinceLastDose: 59 }, ['D1']], [{ route: 'PO' }, []], [{ route: 'PR' }, ['D1']], [{ route: null }, ['D1']], [{ minutesSinceRescueDrug: 119 }, ['D1']], [{ minutesSinceRescueDrug: 120 }, []],
    [{ baseline: null }, ['D2']], [{ systolic: 146.4 }, []], [{ systolic: 147 }, ['D2']], [{ systolic: 110, baseline: { systolic: 150, diastolic: 90 } }, []], [{ systolic: 109, baseline: { systolic: 150, diastolic: 90 } }, ['D2']], [{ systolic: null }, ['D2']],
    [{ oxygenSaturation: 94 }, []], [{ oxygenSaturation: 93 }, ['D3']], [{ oxygenSaturation: 93, baseline: { ...calm.baseline, oxygenSaturation: 95 } }, []], [{ onOxygen: true }, ['D3']], [{ heartRate: 110 }, []], [{ heartRate: 111 }, ['D3']],
    [{ rass: null }, ['D4']], [{ rass: -1 }, []], [{ rass: 2 }, ['D4']], [{ orientation: 3 }, ['D5']], [{ cadss: null }, ['D5']], [{ cadss: 5 }, ['D5']], [{ cadss: 5, cadssBeforeDose: 5 }, []], [{ cadss: 5, cadssBeforeDose: null }, ['D5']], [{ gait: 'assisted' }, ['D6']], [{ gait: null }, ['D6']],
    [{ padss: 8 }, ['D7']], [{ aldrete: 9 }, []], [{ aldrete: null }, ['D7']], [{ minutesSinceLastAlert: 29 }, ['D8']], [{ minutesSinceLastAlert: 30 }, []], [{ minutesSinceLastAlert: null }, ['D8']], [{ redAlertToday: true }, ['D8']],
    [{ cSsrs: null }, ['D9']], [{ cSsrs: { q3: true } }, ['D9']], [{ cSsrs: { q2: null } }, ['D9']], [{ cSsrs: { q6PastThreeMonths: true } }, ['D9']], [{ cSsrs: { q1: true } }, []], [{ escort: 'rideshare' }, ['D10']], [{ escort: null }, ['D10']], [{ noDrivingSigned: null }, ['D11']],
    [{ hoursToIntegration: 72 }, []], [{ hoursToIntegration: 72.1 }, ['D12']], [{ instructionsGiven: null }, ['D12']], [{ signOffs: ['monitor', 'prescriber'] }, []], [{ signOffs: ['rn', 'prescriber'] }, ['D13']], [{ signOffs: ['monitor'] }, ['D13']], [{ signOffs: null }, ['D13']],
  ])('%j leaves %j', (change, rules) => expect(failed(change)).toEqual(rules))
})

test.each<[typeof momentQuestion | typeof dischargeQuestion, object, string]>([
  [momentQuestion, { sistolic: 120 }, 'sistolic'], [momentQuestion, { baseline: { pulse: 70 } }, 'baseline.pulse'], [momentQuestion, { oxygenSaturation: 400 }, 'oxygenSaturation'], [momentQuestion, { moaaS: 6 }, 'moaaS'], [momentQuestion, { rass: 0.5 }, 'rass'], [momentQuestion, { symptoms: ['nauseous'] }, 'symptoms.0'], [momentQuestion, { previous: { alerts: [] } }, 'previous.minutesAgo'],
  [dischargeQuestion, { cSsrs: { q7: true } }, 'cSsrs.q7'], [dischargeQuestion, { gait: 'fine' }, 'gait'], [dischargeQuestion, { signOffs: ['nurse'] }, 'signOffs.0'], [dischargeQuestion, { orientation: 5 }, 'orientation'], [dischargeQuestion, { temperature: 37 }, 'temperature'], [dischargeQuestion, { route: 5 }, 'route'],
])('%# %j is refused, with its key', (schema, input, key) => expect(readAsked<unknown>(schema, input)).toMatchObject({ ok: false, refusal: { key } }))

describe('what is asked as it is meant', () => {
  const level = (change: object) => monitor(change)
  test('an alert that could be worse stands in the list once', () => {
    const row = { ...monitoring.alerts.find(({ id }) => id === 'BP-S')!, levels: { yellow: { atLeast: 160 }, orange: { riseAtLeast: 40 } } }
    const { alerts, notEvaluable } = answerMonitor(momentQuestion.parse({ ...calm, systolic: 165, baseline: null }), { ...monitoring, alerts: [row] })
    expect([alerts, notEvaluable]).toEqual([['BP-S:yellow'], ['BP-S']])
  })
  test('one of two alerts that lasts is one that lasts', () => expect(level({ systolic: 185, heartRate: 125, previous: { alerts: ['BP-S:orange'], minutesAgo: 6 } })).toMatchObject({ persistent: true }))
  test.each([[null, 'orange'], [false, 'orange'], [true, 'yellow']])('deep sleep, expected: %j → %s', (deepSedationExpected, expected) => expect(level({ moaaS: 2, deepSedationExpected })).toMatchObject({ level: expected }))
  test('that nobody comes may be said', () => expect(failed({ escort: 'none' })).toContain('D10'))
})
