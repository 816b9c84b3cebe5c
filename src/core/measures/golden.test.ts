import { describe, expect, test } from 'vitest'
import { instruments, type InstrumentId } from '../../knowledge/instruments.ts'
import type { Answers, Instrument } from './instrument.ts'
import { score } from './score.ts'

/**
 * Filled-in forms added up by hand, by the authors' rules and not by ours: what goes in question by question, in the order
 * of the form (an underscore was left open, a dash was not asked), and what has to come out. A letter stands for a value above 9.
 */
type Expected = { readonly total?: number | null; readonly band?: string | null; readonly parts?: Readonly<Record<string, number | null>>; readonly finds?: Readonly<Record<string, 'yes' | 'no' | 'unknown'>>; readonly missing?: readonly string[] }
type Vector = readonly [answers: string, expected: Expected]
const times = (sign: string, many: number) => sign.repeat(many)
const commas = (values: readonly number[]) => values.join(',')

const vectors: Readonly<Partial<Record<InstrumentId, readonly Vector[]>>> = {
  'phq-9': [['0000000000', { total: 0, band: 'minimal' }], ['2222112002', { total: 12, band: 'moderate' }], ['3333333333', { total: 27, band: 'severe' }], ['33333_3333', { total: null, band: null, missing: ['q6'] }]],
  'phq-2': [['11', { total: 2, band: 'below the cut-off' }], ['12', { total: 3, band: 'at or above the cut-off' }]],
  'gad-7': [['1111111', { total: 7, band: 'mild' }], ['3210321', { total: 12, band: 'moderate' }], ['3333333', { total: 21, band: 'severe' }]],
  'gad-2': [['20', { total: 2, band: 'below the cut-off' }], ['21', { total: 3, band: 'at or above the cut-off' }]],
  'pcl-5': [
    [times('0', 20), { total: 0, band: null, parts: { reexperiencing: 0, avoidance: 0, 'cognition-and-mood': 0, arousal: 0 }, finds: { 'pcl-5.pattern': 'no', 'pcl-5.cut-off': 'no' } }],
    // One, one, two and two at 2: the pattern with a total of only 12.
    ['20000' + '20' + '2200000' + '220000', { total: 12, parts: { reexperiencing: 2, avoidance: 2, 'cognition-and-mood': 4, arousal: 4 }, finds: { 'pcl-5.pattern': 'yes', 'pcl-5.cut-off': 'no' } }],
    // A high total without the pattern: nothing of the last part.
    ['44444' + '44' + '1111111' + '000000', { total: 35, parts: { reexperiencing: 20, avoidance: 8, 'cognition-and-mood': 7, arousal: 0 }, finds: { 'pcl-5.pattern': 'no', 'pcl-5.cut-off': 'yes' } }],
    ['20000' + '20' + '2200000' + '2_0000', { total: null, finds: { 'pcl-5.pattern': 'unknown', 'pcl-5.cut-off': 'unknown' }, missing: ['q16'] }],
  ],
  'pcl-5-weekly': [['4444444' + times('0', 13), { total: 28, parts: { reexperiencing: 20, avoidance: 8, 'cognition-and-mood': 0, arousal: 0 } }]],
  'pc-ptsd-5': [['0-----', { total: 0, band: 'below the cut-off', missing: [] }], ['110101', { total: 3, band: 'at the sensitive cut-off' }], ['111011', { total: 4, band: 'at or above the efficient cut-off' }], ['11_011', { total: null, band: null, missing: ['q2'] }], ['_-----', { total: null, missing: ['event'] }]],
  // The second and third count the other way: 0 there is worth 4.
  'core-10': [['0440000000', { total: 0, band: 'below the cut-off' }], ['0000000000', { total: 8, band: 'below the cut-off' }], ['1211011111', { total: 12, band: 'at or above the cut-off' }], ['4004444444', { total: 40, band: 'at or above the cut-off' }]],
  'audit-c': [['101', { total: 2, band: 'below the cut-off' }], ['444', { total: 12, band: 'at or above the lower cut-off' }]],
  asq: [['0000-', { total: null, finds: { 'asq.positive': 'no', 'asq.acute': 'unknown' } }], ['00100', { finds: { 'asq.positive': 'yes', 'asq.acute': 'no' } }], ['10001', { finds: { 'asq.positive': 'yes', 'asq.acute': 'yes' } }], ['00_0-', { finds: { 'asq.positive': 'unknown' } }]],
  itq: [
    ['200200200' + '000000000', { parts: { ptsd: 4, 'self-organization': 0 }, finds: { 'itq.ptsd': 'no', 'itq.cptsd': 'no' } }],
    ['202020200' + '111111444', { parts: { ptsd: 6, 'self-organization': 6 }, finds: { 'itq.ptsd': 'yes', 'itq.cptsd': 'no' } }],
    ['022002002' + '020202020', { parts: { ptsd: 6, 'self-organization': 6 }, finds: { 'itq.ptsd': 'no', 'itq.cptsd': 'yes' } }],
    ['202020000' + '202020200', { parts: { ptsd: 6, 'self-organization': 6 }, finds: { 'itq.ptsd': 'no', 'itq.cptsd': 'no' } }],
    ['202020200' + '2020_020_', { finds: { 'itq.ptsd': 'unknown', 'itq.cptsd': 'unknown' } }],
  ],
  'taps-1': [['0000', { finds: { 'taps-1.go-on': 'no' } }], ['0010', { finds: { 'taps-1.go-on': 'yes' } }]],
  audit: [['2311000000', { total: 7, band: 'zone I' }], ['4440000040', { total: 16, band: 'zone III' }], ['4444444444', { total: 40, band: 'zone IV' }]],
  // The third counts the other way: somebody who can stop whenever they want says yes.
  'dast-10': [['0010000000', { total: 0, band: 'none' }], ['0000000000', { total: 1, band: 'low' }], ['1101111111', { total: 10, band: 'severe' }], ['1111000000', { total: 3, band: 'moderate' }]],
  mdq: [['1111111000000' + '1' + '2', { total: 7, finds: { 'mdq.positive': 'yes' } }], ['1111110000000' + '1' + '3', { total: 6, finds: { 'mdq.positive': 'no' } }], ['1111111111111' + '0' + '3', { total: 13, finds: { 'mdq.positive': 'no' } }], ['1111111000000' + '1' + '1', { total: 7, finds: { 'mdq.positive': 'no' } }], ['111111_______' + '1' + '2', { total: null, finds: { 'mdq.positive': 'unknown' } }]],
  'pq-16': [[times('0-', 16), { total: 0, parts: { distress: 0 }, finds: { 'pq-16.positive': 'no', 'pq-16.distress': 'no' } }], [times('11', 6) + times('0-', 10), { total: 6, parts: { distress: 6 }, finds: { 'pq-16.positive': 'yes', 'pq-16.distress': 'no' } }], [times('13', 3) + times('0-', 13), { total: 3, parts: { distress: 9 }, finds: { 'pq-16.positive': 'no', 'pq-16.distress': 'yes' } }], ['1_' + times('0-', 15), { total: null, parts: { distress: null }, missing: ['d1'], finds: { 'pq-16.positive': 'unknown' } }]],
  // The raw sum times four: 13 is 52.
  'who-5': [['55555', { total: 100, band: 'above the cut-off' }], ['33331', { total: 52, band: 'above the cut-off' }], ['33222', { total: 48, band: 'low well-being' }], ['11122', { total: 28, band: 'low: ask about depression' }]],
  // Sleep 1 to 4 counts its worst, 2; appetite and weight 1; restless or slowed 3; the others 1, 0, 1, 0, 2, 0.
  'qids-sr16': [['0210' + '1' + '01' + '01020' + '13', { total: 10, band: 'mild' }], ['3333' + '3' + '33' + '33333' + '33', { total: 27, band: 'very severe' }], ['0000' + '0' + '00' + '00000' + '0_', { total: null, missing: ['q16'] }]],
  madrs: [['2222222221', { total: 19, band: 'mild' }], ['2222222222', { total: 20, band: 'moderate' }], ['6666666666', { total: 60, band: 'severe' }]],
  fibser: [['002', { finds: { 'fibser.address': 'no', 'fibser.change': 'no' } }], ['663', { finds: { 'fibser.address': 'yes', 'fibser.change': 'no' } }], ['005', { finds: { 'fibser.address': 'yes', 'fibser.change': 'yes' } }]],
  'oci-r': [['400000' + '400000' + '400000', { total: 12, band: 'below the cut-off', parts: { hoarding: 12, checking: 0, obsessing: 0 } }], ['000012' + '000034' + '000044', { total: 18, parts: { washing: 8, obsessing: 10 } }], [times('4', 18), { total: 72, band: 'at or above the cut-off' }]],
  'y-bocs': [['11111' + '22200', { total: 11, band: 'mild', parts: { obsessions: 5, compulsions: 6 } }], [times('4', 10), { total: 40, band: 'extreme' }]],
  spin: [['4444200' + times('0', 10), { total: 18, band: 'below the cut-off' }], ['4444300' + times('0', 10), { total: 19, band: 'at or above the cut-off' }]],
  'mini-spin': [['221', { total: 5, band: 'below the cut-off' }], ['222', { total: 6, band: 'at or above the cut-off' }]],
  isi: [['1111111', { total: 7, band: 'none' }], ['4444321', { total: 22, band: 'severe' }]],
  wsas: [['22221', { total: 9, band: 'below 10' }], ['44444', { total: 20, band: '10 to 20' }], ['88888', { total: 40, band: 'above 20' }]],
  'whodas-12': [['012340123401', { total: 21, band: null }], [times('4', 12), { total: 48 }]],
  // 4, 5, 7 and 8 count the other way.
  'pss-10': [['0004404400', { total: 0 }], ['0000000000', { total: 16 }], ['4440040044', { total: 40 }], ['1234012340', { total: 18 }]],
  cbi: [
    [commas([50, 50, 50, 50, 50, 50, 25, 25, 25, 25, 25, 25, 75, 0, 0, 0, 0, 0, 25]), { total: null, parts: { personal: 50, work: 25, client: 25 / 6 }, finds: { 'cbi.personal': 'yes', 'cbi.work': 'no', 'cbi.client': 'no' } }],
    // Three of six are enough for a mean; two are not. The last of the work questions counts the other way.
    [['100', '_', '_', '_', '50', '0', '100', '100', '100', '100', '100', '100', '0', '_', '_', '_', '_', '0', '0'].join(','), { parts: { personal: 50, work: 100, client: null }, finds: { 'cbi.personal': 'yes', 'cbi.client': 'unknown' }, missing: ['q2', 'q3', 'q4'] }],
  ],
  peg: [['7,6,5', { total: 6 }], ['0,0,10', { total: 10 / 3 }], ['7,_,5', { total: null, missing: ['q2'] }]],
  'iciq-ui-sf': [['2,4,7,1', { total: 13 }], ['5,6,10,0', { total: 21 }]],
  'bpic-ss': [['1,1,1,1,1,1,1,0', { total: 7, band: 'below 8' }], ['2,2,2,2,2,2,2,5', { total: 19, band: 'at or above 19' }], ['4,4,4,4,4,4,4,10', { total: 38, band: 'at or above 19' }]],
  cadss: [['1111' + times('0', 19), { total: 4, finds: { 'cadss.settled': 'yes' } }], ['1112' + times('0', 19), { total: 5, finds: { 'cadss.settled': 'no' } }], [times('4', 23), { total: 92 }]],
  'cadss-6': [['012340', { total: 10 }], ['444444', { total: 24 }]],
  'meq-30': [
    [times('3', 30), { total: null, parts: { mystical: 45, 'positive-mood': 18, 'time-and-space': 18, ineffability: 9 }, finds: { 'meq-30.complete': 'yes' } }],
    // One point less on the third question, which is one of the three about words that fail.
    ['332' + times('3', 27), { parts: { mystical: 45, ineffability: 8 }, finds: { 'meq-30.complete': 'no' } }],
    [times('5', 30), { parts: { mystical: 75, 'positive-mood': 30, 'time-and-space': 30, ineffability: 15 }, finds: { 'meq-30.complete': 'yes' } }],
  ],
  edi: [['10,20,30,40,50,60,70,80', { total: 45 }], ['100,100,100,100,100,100,100,100', { total: 100 }]],
  'pis-6': [['0,0,0,50,50,50', { total: 25 }]],
  ebi: [['60,60,60,60,60,0', { total: 50 }]],
  // Task 1, 2, 10, 12; bond 3, 5, 7, 9; goal 4, 6, 8, 11.
  'wai-sr': [['554131415155', { total: 40, parts: { task: 16, bond: 16, goal: 8 } }], [times('1', 12), { total: 12, parts: { task: 4, bond: 4, goal: 4 } }]],
  srs: [['9,9,9,9', { total: 36, band: 'talk about it' }], ['10,9,9,9', { total: 37, band: 'above 36' }]],
  // The first four of six count the other way: sevens there are worth one.
  'ecr-rs': [['777711' + '444', { total: null, parts: { avoidance: 1, anxiety: 4 } }], ['111177' + '147', { parts: { avoidance: 7, anxiety: 4 } }]],
  'csi-16': [['6' + times('3', 15), { total: 51, band: 'below the cut-off' }], ['6' + times('3', 14) + '4', { total: 52, band: 'above the cut-off' }], ['6' + times('5', 15), { total: 81 }]],
  ras: [['5551551', { total: 5 }], ['3333333', { total: 3 }], ['1115115', { total: 1 }]],
  // 2, 5 and 8 count the other way.
  ips: [['515515515', { total: 45 }], ['151151151', { total: 9 }], ['123451234', { total: 23 }]],
  // 1, 4, 8, 9, 11 and 12 count the other way; 30 of 12 questions is 2.5, and 42 is 3.5.
  'scs-sf': [['155155511511', { total: 5, band: 'high' }], ['333333333333', { total: 3, band: 'moderate' }], ['333333333355', { total: 32 / 12, band: 'moderate' }], ['533533353333', { total: 2.5, band: 'low' }], ['133133313333', { total: 3.5, band: 'moderate' }], ['133133311333', { total: 44 / 12, band: 'high' }]],
}

function read(row: Instrument, given: string): Answers {
  const signs = given.includes(',') ? given.split(',') : [...given]
  expect(signs, `${row.id}: as many answers as questions`).toHaveLength(row.items.length)
  return Object.fromEntries(row.items.flatMap(({ id }, place) => (signs[place] === '-' ? [] : [[id, signs[place] === '_' ? null : Number(signs[place])]])))
}

describe.each(Object.entries(vectors))('%s', (id, rows) => {
  const row: Instrument = instruments[id as InstrumentId]
  test.each(rows)('%s', (given, { total, band, parts, finds, missing }) => {
    const scored = score(row, read(row, given))
    if (total !== undefined && total !== null) expect(scored.total).toBeCloseTo(total, 9)
    if (total === null) expect(scored.total).toBeNull()
    if (band !== undefined) expect(scored.band).toBe(band)
    for (const [name, part] of Object.entries(parts ?? {})) if (part === null) expect(scored.subscales[name], name).toBeNull()
      else expect(scored.subscales[name], name).toBeCloseTo(part, 9)
    if (finds) expect(Object.fromEntries((scored.findings ?? []).filter((one) => Object.hasOwn(finds, one.id)).map((one) => [one.id, one.is]))).toEqual(finds)
    if (missing) expect(scored.missing).toEqual(missing)
  })
})

test('every questionnaire that is counted has forms added up by hand', () => {
  const counted = Object.values(instruments).filter(({ scoring, findings }) => scoring.kind !== 'none' || scoring.subscales !== undefined || (findings ?? []).length > 0).map(({ id }) => id)
  expect(counted.filter((id) => !Object.hasOwn(vectors, id))).toEqual([])
})
