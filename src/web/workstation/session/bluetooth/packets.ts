/** What a cuff or an oximeter measured, in the units of the record. A value it could not measure is left out. */
export interface DeviceValues {
  readonly systolicMmHg?: number
  readonly diastolicMmHg?: number
  readonly heartRatePerMin?: number
  readonly spo2Percent?: number
}
export type DeviceValue = keyof DeviceValues

export interface Packet {
  readonly values: DeviceValues
  /** The device's own wall clock at the measurement, `2026-11-22T14:05:00`. It has no zone. */
  readonly takenAt?: string
  /** What the device itself says about the measurement. */
  readonly warns: readonly string[]
  /** Why nobody should take it for a measurement of this moment. */
  readonly unusable?: string
}

/** One kilopascal, by definition of the millimetre of mercury (133.322 387 415 Pa). */
const MMHG_PER_KPA = 1_000 / 133.322_387_415

/** Blood Pressure Measurement (0x2A35) of the Blood Pressure Service 1.1. Nothing where the packet is cut short. */
export function bloodPressure(data: DataView): Packet | undefined {
  return reading(data, (read) => {
    const flags = read.byte()
    const inKpa = isSet(flags, 0)
    const pressure = () => scaled(read.sfloat(), inKpa ? MMHG_PER_KPA : 1)
    const [systolicMmHg, diastolicMmHg] = [pressure(), pressure()]
    read.sfloat() // The mean pressure: nothing in the record asks for it.
    const takenAt = isSet(flags, 1) ? read.wallTime() : undefined
    const heartRatePerMin = isSet(flags, 2) ? scaled(read.sfloat(), 1) : undefined
    if (isSet(flags, 3)) read.byte()
    const status = isSet(flags, 4) ? read.word() : 0
    return {
      values: present({ systolicMmHg, diastolicMmHg, heartRatePerMin }), ...(takenAt ? { takenAt } : {}),
      warns: [...(inKpa ? ['sent in kPa, shown in mmHg'] : []), ...said(status, { 0: 'the arm moved', 1: 'the cuff is too loose', 2: 'an irregular pulse was noticed', 5: 'the cuff is not at the right place' })],
    }
  })
}

/** PLX Spot-Check Measurement (0x2A5E) of the Pulse Oximeter Service 1.0. */
export function spotCheck(data: DataView): Packet | undefined {
  return reading(data, (read) => {
    const flags = read.byte()
    const values = saturation(read)
    const takenAt = isSet(flags, 0) ? read.wallTime() : undefined
    return { values, ...(takenAt && !isSet(flags, 4) ? { takenAt } : {}), ...oximeterStatus(read, isSet(flags, 1), isSet(flags, 2)) }
  })
}

/** PLX Continuous Measurement (0x2A5F) of the same service. The normal averaging is read, never the fast or the slow one. */
export function continuous(data: DataView): Packet | undefined {
  return reading(data, (read) => {
    const flags = read.byte()
    const values = saturation(read)
    if (isSet(flags, 0)) saturation(read)
    if (isSet(flags, 1)) saturation(read)
    return { values, ...oximeterStatus(read, isSet(flags, 2), isSet(flags, 3)) }
  })
}

const saturation = (read: Reader): DeviceValues => present({ spo2Percent: scaled(read.sfloat(), 1), heartRatePerMin: scaled(read.sfloat(), 1) })

const NOT_OF_NOW = { 9: 'this measurement comes from the device’s memory', 10: 'the device is in its demonstration mode', 11: 'the device is in its test mode', 13: 'the device could not measure', 15: 'the device calls this measurement invalid' }
const NOT_ON_A_FINGER = { 11: 'the sensor is on nobody', 14: 'the sensor is faulty', 15: 'the sensor is unplugged' }

function oximeterStatus(read: Reader, hasStatus: boolean, hasSensor: boolean): Pick<Packet, 'warns' | 'unusable'> {
  const status = hasStatus ? read.word() : 0
  const sensor = hasSensor ? read.word() | (read.byte() << 16) : 0
  const [unusable] = [...said(status, NOT_OF_NOW), ...said(sensor, NOT_ON_A_FINGER)]
  return {
    warns: [
      ...said(status, { 5: 'still measuring', 6: 'an early estimate', 12: 'still calibrating', 14: 'the device doubts this measurement' }),
      ...said(sensor, { 1: 'the device reports a fault', 2: 'an irregular signal', 3: 'too weak a signal', 4: 'a poor signal', 5: 'low perfusion', 6: 'an erratic signal', 7: 'a signal without pulse', 8: 'a doubtful pulse', 10: 'disturbed by light or movement', 12: 'an unknown sensor', 13: 'the sensor has slipped' }),
    ],
    ...(unusable ? { unusable } : {}),
  }
}

const isSet = (bits: number, place: number): boolean => ((bits >> place) & 1) === 1
const said = (bits: number, words: Readonly<Record<number, string>>): string[] => Object.entries(words).flatMap(([place, word]) => (isSet(bits, Number(place)) ? [word] : []))
const scaled = (value: number | undefined, by: number): number | undefined => (value === undefined ? undefined : Math.round(value * by))
const present = (values: { readonly [Key in DeviceValue]?: number | undefined }): DeviceValues => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

type Reader = ReturnType<typeof readerOf>

function reading(data: DataView, read: (from: Reader) => Packet): Packet | undefined {
  try {
    return read(readerOf(data))
  } catch (failure) {
    if (failure instanceof RangeError) return undefined
    throw failure
  }
}

function readerOf(data: DataView) {
  let place = 0
  const byte = () => data.getUint8(place++)
  const word = () => byte() | (byte() << 8)
  return {
    byte, word,
    /** IEEE 11073 16-bit float: a tenfold exponent of four bits and a mantissa of twelve. Its five special values are no number. */
    sfloat(): number | undefined {
      const bits = word()
      if (bits >= 0x7FE && bits <= 0x802) return undefined
      const mantissa = (bits & 0xFFF) >= 0x800 ? (bits & 0xFFF) - 0x1000 : bits & 0xFFF
      const exponent = bits >> 12 >= 8 ? (bits >> 12) - 16 : bits >> 12
      return mantissa * 10 ** exponent
    },
    /** Year, month or day zero say that the device does not know the date. */
    wallTime(): string | undefined {
      const [year, month, day, hour, minute, second] = [word(), byte(), byte(), byte(), byte(), byte()]
      if (year === 0 || month === 0 || day === 0) return undefined
      const two = (part: number) => String(part).padStart(2, '0')
      return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
    },
  }
}
