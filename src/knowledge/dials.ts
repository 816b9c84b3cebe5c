import type { BoundRow, DialRows, FigureRow } from '../core/rulebook/rows.ts'
import { floors } from './floors.ts'

const bound = (of: string, name: string, unit: string, span: Pick<BoundRow, 'upwards' | 'downwards'>, step = 1): BoundRow => ({ of, name, unit, ...span, step })

/**
 * Between what a threshold may lie, whoever signs. Wide enough for any practice, and too narrow for a slip: the spans of
 * the two pressures meet in one figure only, so that one typed into the other's field is refused.
 */
const bounds: readonly BoundRow[] = [
  bound('systolicMmHg', 'systolic pressure', 'mmHg', { upwards: [120, 220], downwards: [70, 160] }),
  bound('diastolicMmHg', 'diastolic pressure', 'mmHg', { upwards: [75, 120], downwards: [40, 100] }),
  bound('systolicMmHg.rise', 'rise of systolic pressure', 'mmHg', { upwards: [10, 60] }),
  bound('diastolicMmHg.rise', 'rise of diastolic pressure', 'mmHg', { upwards: [5, 40] }),
  bound('heartRatePerMin', 'pulse', '/min', { upwards: [80, 160], downwards: [35, 70] }),
  bound('respiratoryRatePerMin', 'breathing rate', '/min', { upwards: [10, 40], downwards: [6, 16] }),
  bound('spo2Percent', 'oxygen saturation', '%', { upwards: [90, 100], downwards: [86, 98] }),
  bound('temperatureDeciC', 'temperature', 'tenths of a degree', { upwards: [372, 390] }),
  bound('moaaS', 'alertness (MOAA/S)', 'of 5', { downwards: [1, 5] }),
  bound('rass', 'agitation and sedation (RASS)', '', { upwards: [1, 4], downwards: [-5, -1] }),
  bound('distress', 'distress', 'of 10', { upwards: [4, 10] }),
  bound('distress.held', 'distress, held for', 'minutes', { upwards: [1, 30] }),
  bound('lateness', 'reading late', 'minutes', { upwards: [1, 30] }),
  bound('age', 'age', 'years', { upwards: [9, 90], downwards: [16, 60] }),
  bound('weeksSinceCardiovascularEvent', 'time since the event', 'weeks', { upwards: [0, 26], downwards: [4, 104] }),
  bound('nyhaClass', 'class of heart failure (NYHA)', '', { upwards: [1, 4] }),
  bound('tsh', 'TSH', 'mIU/L', { downwards: [0.1, 0.5] }, 0.1),
  bound('daysSincePsychiatricAdmission', 'time since a psychiatric admission', 'days', { downwards: [7, 180] }),
  bound('transaminaseTimesUpperLimit', 'ALT or AST', 'times the upper limit', { upwards: [1, 5], downwards: [3, 10] }, 0.5),
  bound('hoursSinceAlcohol', 'time since alcohol', 'hours', { downwards: [12, 96] }),
  bound('qtcMs', 'QTc', 'ms', { upwards: [440, 520] }),
  bound('bpicSs', 'BPIC-SS', '', { upwards: [1, 24], downwards: [12, 28] }),
  bound('bpicSsRise', 'rise of the BPIC-SS', 'points', { upwards: [1, 12] }),
  bound('cystitisGrade', 'grade of an inflamed bladder', '', { upwards: [1, 3] }),
  bound('morphineEquivalentMg', 'morphine equivalent', 'mg a day', { upwards: [10, 90], downwards: [10, 90] }),
  bound('lorazepamEquivalentMg', 'lorazepam equivalent', 'mg a day', { upwards: [0, 6], downwards: [1, 12] }, 0.5),
  bound('pregnancyTestAgeDays', 'age of a pregnancy test', 'days', { upwards: [0, 14] }),
  bound('bmi', 'body mass index', 'kg/m²', { upwards: [25, 45], downwards: [15, 20] }, 0.5),
  bound('adequateTrials', 'adequate trials of another treatment', '', { downwards: [1, 6] }),
]

const higher = (at: string, name: string, unit: string, between: readonly [number, number], step = 1): FigureRow => ({ at, name, unit, tighter: 'higher', between, step })
const lower = (at: string, name: string, unit: string, between: readonly [number, number], step = 1): FigureRow => ({ at, name, unit, tighter: 'lower', between, step })

/**
 * Figures that stand in a row by name. What is not here is not a practice's to turn: fasting, because patients are told
 * it in words; a status of pregnancy, because two parts of the book read it; what only teaches or only asks twice.
 */
const figures: readonly FigureRow[] = [
  lower('screening/freshness/*/withinDays', 'counts for', 'days', [1, 180]),
  higher('screening/pressure/sittings', 'sittings that decide', '', [1, 5]),
  lower('screening/itemNine/positiveFrom', 'asks for the interview from', 'points', [1, 3]),
  higher('screening/overrides/reasonCharacters', 'least length of a reason', 'characters', [20, 500]),
  lower('together/patientsPerMonitor/value', 'one monitor watches, where several are dosed together, at most', 'patients', [1, 4]),
  lower('risk/followUpHours/value', 'called again within', 'hours', [1, 72]), lower('measuring/weekly/everyDays', 'young adults are asked about suicide at least every', 'days', [1, 7]),

  lower('dosing/doses/*/start/ugPerKg', 'first dose', 'µg/kg', [50, 1_500], 10), lower('dosing/doses/*/start/ug', 'first dose', 'µg', [10_000, 200_000], 1_000),
  lower('dosing/doses/*/soft/ugPerKg', 'needs a reason above', 'µg/kg', [50, 4_000], 10), lower('dosing/doses/*/soft/ug', 'needs a reason above', 'µg', [10_000, 400_000], 1_000),
  lower('dosing/doses/*/hard/ugPerKg', 'refused above', 'µg/kg', [100, 2_500], 10), lower('dosing/doses/*/hard/ug', 'refused above', 'µg', [20_000, 500_000], 1_000),
  higher('dosing/boosters/*/quietMin', 'quiet before a booster', 'minutes', [5, 60]), higher('dosing/boosters/*/moaaSAtLeast', 'alertness before a booster at least', 'of 5', [3, 5]), lower('dosing/boosters/*/ageBelow', 'booster only below', 'years', [30, 90]),

  lower('monitoring/schedules/*/thenEveryMin', 'after the last planned reading, every', 'minutes', [5, 60]), lower('monitoring/schedules/*/infusion/everyMinUntilEnd', 'until the end of the infusion, every', 'minutes', [5, 20]),
  lower('monitoring/reading/togetherMin', 'one reading within', 'minutes', [1, 10]), lower('monitoring/reading/afterAlertEveryMin', 'after an alert, every', 'minutes', [1, 15]),
  higher('monitoring/clearing/readings', 'readings that clear an alert', '', [1, 5]),
  lower('monitoring/escalation/afterSec/1', 'next circle told after', 'seconds', [1, 120]), lower('monitoring/escalation/afterSec/2', 'last circle told after', 'seconds', [2, 300]), lower('monitoring/escalation/prescriberAnswersWithinSec', 'prescriber answers within', 'seconds', [30, 600]),
  higher('monitoring/preDose/pressureReadings', 'pressures read before a dose', '', [1, 5]), lower('monitoring/preDose/notOlderMin', 'readings before a dose not older than', 'minutes', [5, 60]),
  lower('monitoring/gates/pregnancyTestDays', 'pregnancy test counts for', 'days', [1, 14]), lower('monitoring/gates/consentDays', 'consent counts for', 'days', [30, 730]), higher('monitoring/gates/fewestPeople', 'people checked in', '', [2, 5]),
  lower('monitoring/gates/kit/withinHours', 'a look through the emergency kit counts for', 'hours', [1, 72]), lower('monitoring/gates/prescriber/answersWithinSec', 'the prescriber of a session answers within', 'seconds', [30, 600]),
  lower('monitoring/gates/childbearingAge/0', 'pregnancy is asked about from', 'years', [9, 18]), higher('monitoring/gates/childbearingAge/1', 'pregnancy is asked about until', 'years', [45, 65]),

  higher('discharge/D1/minimum/*/minutes', 'stays at least', 'minutes', [30, 480]), higher('discharge/D1/afterRescueMin', 'stays after a rescue', 'minutes', [30, 480]),
  higher('discharge/D2/systolicAtLeast', 'systolic pressure at least', 'mmHg', [80, 110]), lower('discharge/D2/systolicBelow', 'systolic pressure below', 'mmHg', [130, 170]), lower('discharge/D2/diastolicBelow', 'diastolic pressure below', 'mmHg', [80, 105]),
  lower('discharge/D2/atMostPercentOfBaseline', 'pressure at most, of before', '%', [105, 130]), higher('discharge/D2/atLeastPercentOfBaseline', 'pressure at least, of before', '%', [70, 95]), higher('discharge/D2/orSystolicAtLeast', 'or systolic pressure at least', 'mmHg', [100, 130]),
  higher('discharge/D3/heartRate/0', 'pulse from', '/min', [40, 65]), lower('discharge/D3/heartRate/1', 'pulse up to', '/min', [90, 120]),
  higher('discharge/D3/respiratoryRate/0', 'breathing rate from', '/min', [8, 14]), lower('discharge/D3/respiratoryRate/1', 'breathing rate up to', '/min', [18, 28]),
  higher('discharge/D3/spo2AtLeast', 'saturation at least', '%', [92, 98]), higher('discharge/D3/orSpo2AtLeast', 'or saturation at least', '%', [90, 98]), lower('discharge/D3/notBelowBaselineBy', 'saturation below that before by at most', 'points', [0, 4]),
  higher('discharge/D4/moaaS', 'alertness', 'of 5', [4, 5]), lower('discharge/D5/cadssAtMost', 'CADSS-6 at most', '', [0, 8]),
  higher('discharge/D7/padssAtLeast', 'PADSS at least', 'of 10', [8, 10]), higher('discharge/D7/aldreteAtLeast', 'Aldrete at least', 'of 10', [8, 10]),
  higher('discharge/D8/quietMin', 'no orange alert for', 'minutes', [15, 120]), lower('discharge/D12/integrationWithinHours', 'integration booked within', 'hours', [12, 168]),
  lower('discharge/fresh/notOlderMin', 'last reading not older than', 'minutes', [5, 60]),
  lower('discharge/overdue/prescriberAfterMin', 'prescriber asked after', 'minutes', [60, 300]), lower('discharge/overdue/transferAfterMin', 'transfer considered after', 'minutes', [120, 480]),
]

/** What a practice may turn, how far, which way is tighter, and what nobody can loosen. */
export const dialRows: DialRows = {
  bounds, figures, floors,
  strengths: { rule: ['caution', 'override', 'hold', 'block'], gate: ['caution', 'hold', 'no_dose'] },
  reasonCharacters: 20,
}
