import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bloodPressure, continuous, spotCheck } from './packets.ts'

const packet = (...bytes: number[]) => new DataView(Uint8Array.from(bytes).buffer)
const word = (value: number) => [value & 0xFF, value >> 8]
const sfloat = (mantissa: number, exponent = 0) => word(((exponent & 0xF) << 12) | (mantissa & 0xFFF))
const [NaN16, NRES, PLUS_INFINITY, MINUS_INFINITY, RESERVED] = [0x07FF, 0x0800, 0x07FE, 0x0802, 0x0801].map(word) as [number[], number[], number[], number[], number[]]
const noon = [...word(2026), 11, 22, 14, 5, 9]

describe('a blood pressure measurement', () => {
  const plain = [...sfloat(128), ...sfloat(80), ...sfloat(96)]
  test.each([
    ['in mmHg', packet(0, ...plain), { values: { systolicMmHg: 128, diastolicMmHg: 80 }, warns: [] }],
    ['with tenths', packet(0, ...sfloat(1284, -1), ...sfloat(796, -1), ...sfloat(96)), { values: { systolicMmHg: 128, diastolicMmHg: 80 }, warns: [] }],
    ['in kilopascals', packet(1, ...sfloat(171, -1), ...sfloat(107, -1), ...sfloat(128, -1)), { values: { systolicMmHg: 128, diastolicMmHg: 80 }, warns: ['sent in kPa, shown in mmHg'] }],
    ['with its time and a pulse', packet(0b110, ...plain, ...noon, ...sfloat(84)), { values: { systolicMmHg: 128, diastolicMmHg: 80, heartRatePerMin: 84 }, takenAt: '2026-11-22T14:05:09', warns: [] }],
    ['with everything', packet(0b11110, ...plain, ...noon, ...sfloat(84), 1, ...word(0b100111)), { values: { systolicMmHg: 128, diastolicMmHg: 80, heartRatePerMin: 84 }, takenAt: '2026-11-22T14:05:09', warns: ['the arm moved', 'the cuff is too loose', 'an irregular pulse was noticed', 'the cuff is not at the right place'] }],
    ['of somebody, without a time', packet(0b1100, ...plain, ...sfloat(84), 7), { values: { systolicMmHg: 128, diastolicMmHg: 80, heartRatePerMin: 84 }, warns: [] }],
    ['whose clock was never set', packet(0b10, ...plain, ...word(0), 0, 0, 14, 5, 9), { values: { systolicMmHg: 128, diastolicMmHg: 80 }, warns: [] }],
    ['without a diastolic pressure', packet(0, ...sfloat(128), ...NaN16, ...NRES), { values: { systolicMmHg: 128 }, warns: [] }],
    ['that failed', packet(0, ...PLUS_INFINITY, ...MINUS_INFINITY, ...RESERVED), { values: {}, warns: [] }],
    ['below nothing', packet(0, ...sfloat(-12), ...sfloat(80), ...sfloat(96)), { values: { systolicMmHg: -12, diastolicMmHg: 80 }, warns: [] }],
  ])('%s', (_, data, expected) => expect(bloodPressure(data)).toEqual(expected))
})

describe('a saturation', () => {
  const plain = [...sfloat(97), ...sfloat(82)]
  const both = { spo2Percent: 97, heartRatePerMin: 82 }
  test.each([
    ['spot check', spotCheck(packet(0, ...plain)), { values: both, warns: [] }],
    ['spot check with its time', spotCheck(packet(1, ...plain, ...noon)), { values: both, takenAt: '2026-11-22T14:05:09', warns: [] }],
    ['spot check whose clock was never set', spotCheck(packet(0b10001, ...plain, ...noon)), { values: both, warns: [] }],
    ['spot check from memory', spotCheck(packet(0b10, ...plain, ...word(1 << 9))), { values: both, warns: [], unusable: 'this measurement comes from the device’s memory' }],
    ['spot check, early and doubted', spotCheck(packet(0b10, ...plain, ...word((1 << 6) | (1 << 14)))), { values: both, warns: ['an early estimate', 'the device doubts this measurement'] }],
    ['spot check with a weak signal', spotCheck(packet(0b100, ...plain, 0b101000, 0, 0)), { values: both, warns: ['too weak a signal', 'low perfusion'] }],
    ['continuous', continuous(packet(0, ...plain)), { values: both, warns: [] }],
    ['continuous, the normal averaging beside fast and slow', continuous(packet(0b11, ...plain, ...sfloat(80), ...sfloat(140), ...sfloat(99), ...sfloat(60))), { values: both, warns: [] }],
    ['continuous, on nobody’s finger', continuous(packet(0b1000, ...NaN16, ...NaN16, ...word(1 << 11), 0)), { values: {}, warns: [], unusable: 'the sensor is on nobody' }],
    ['continuous, invalid', continuous(packet(0b100, ...plain, ...word(1 << 15))), { values: both, warns: [], unusable: 'the device calls this measurement invalid' }],
    ['continuous, all of it', continuous(packet(0b11111, ...plain, ...plain, ...plain, ...word(1 << 5), ...word(1 << 13), 0, ...sfloat(12))), { values: both, warns: ['still measuring', 'the sensor has slipped'] }],
  ])('%s', (_, read, expected) => expect(read).toEqual(expected))
})

test('what is cut short is understood as nothing, never as a smaller number', () => {
  const whole = { pressure: [0b11110, ...sfloat(128), ...sfloat(80), ...sfloat(96), ...noon, ...sfloat(84), 1, ...word(0)], spot: [0b111, ...sfloat(97), ...sfloat(82), ...noon, ...word(0), 0, 0, 0], live: [0b1111, ...sfloat(97), ...sfloat(82), ...sfloat(97), ...sfloat(82), ...sfloat(97), ...sfloat(82), ...word(0), 0, 0, 0] }
  for (const [read, bytes] of [[bloodPressure, whole.pressure], [spotCheck, whole.spot], [continuous, whole.live]] as const) {
    for (let length = 0; length < bytes.length; length++) expect(read(packet(...bytes.slice(0, length)))).toBeUndefined()
    expect(read(packet(...bytes))).toBeDefined()
  }
})

test('every pressure that can be sent is read to the nearest millimetre', () => {
  fc.assert(fc.property(fc.integer({ min: 300, max: 2047 }), fc.integer({ min: 200, max: 2000 }), (systolic, diastolic) => {
    expect(bloodPressure(packet(0, ...sfloat(systolic, -1), ...sfloat(diastolic, -1), ...NRES))?.values).toEqual({ systolicMmHg: Math.round(systolic * 10 ** -1), diastolicMmHg: Math.round(diastolic * 10 ** -1) })
  }))
})

test('whatever arrives, nothing breaks and no value is anything but a whole number', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
    for (const read of [bloodPressure, spotCheck, continuous]) for (const value of Object.values(read(packet(...bytes))?.values ?? {})) expect(Number.isInteger(value)).toBe(true)
  }))
})
