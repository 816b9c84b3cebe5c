import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plasma as rows } from '../../knowledge/plasma.ts'
import { modes } from './modes.ts'
import { concentrations, type PlasmaDose } from './plasma.ts'
import type { PlasmaModelRow } from './rows.ts'

const models: readonly PlasmaModelRow[] = rows.models
const levels = (model: string, doses: readonly PlasmaDose[], timesMin: readonly number[], weightKg = 70): readonly number[] => {
  const found = concentrations({ model, weightKg, doses, timesMin }, rows)
  if (!found.ok) throw new Error(found.refusal.says)
  return found.value
}
const dose = (mg: number, route: PlasmaDose['route'] = 'IV', atMin = 0, durationMin = 0): PlasmaDose => ({ mg, route, atMin, durationMin })

/** Worked out by another way (fourth-order steps of 3 seconds) when the reference was written. */
const times = [5, 10, 20, 30, 40, 60, 120, 240]
describe('the test vectors, for 70 kg, within 1 %', () => {
  test.each<[string, string, PlasmaDose[], (number | null)[]]>([
    ['35 mg over 40 min', 'clements1981', [dose(35, 'IV', 0, 40)], [33.2, 62, 109.5, 146.9, 177.3, 115.4, 58.8, 34.6]],
    ['35 mg over 40 min', 'kamp2020', [dose(35, 'IV', 0, 40)], [109.3, 154.5, 198.3, 228, 252.8, 95.8, 49.9, 25.6]],
    ['35 mg over 40 min', 'domino1982', [dose(35, 'IV', 0, 40)], [null, 181.8, 209.6, null, 238.7, 55.1, 35.8, 17.3]],
    ['56 mg over 40 min', 'kamp2020', [dose(56, 'IV', 0, 40)], [174.9, 247.3, 317.2, 364.8, 404.4, 153.3, 79.8, 41]],
    ['35 mg into a muscle', 'clements1981', [dose(35, 'IM')], [76, 118.5, 147.4, 142.1, 126.3, 94.8, 52.9, 31.4]],
    ['35 mg into a muscle, 20 mg more at 20 min', 'clements1981', [dose(35, 'IM'), dose(20, 'IM', 20)], [76, 118.5, 147.4, 209.8, 210.5, 167, 87.8, 50.7]],
    ['200 mg under the tongue', 'clements1981', [dose(200, 'SL')], [48.5, 85.3, 132.8, 156.6, 165.9, 162.1, 115.8, 64.4]],
    ['150 mg under the tongue, 100 mg more at 20 min', 'clements1981', [dose(150, 'SL'), dose(100, 'SL', 20)], [36.4, 64, 99.6, 160.1, 190.8, 204.5, 152.2, 83.4]],
  ])('%s, %s', (_, model, doses, expected) => {
    const found = levels(model, doses, times)
    expected.forEach((wanted, at) => { if (wanted !== null) expect(Math.abs((found[at] as number) / wanted - 1), `${times[at]} min`).toBeLessThan(0.01) })
  })

  test.each<[string, string, PlasmaDose[], number, number]>([
    ['two hours after 0.8 mg/kg', 'kamp2020', [dose(56, 'IV', 0, 40)], 160, 60.5], ['the peak by muscle', 'clements1981', [dose(35, 'IM')], 22.1, 148], ['the peak after a booster', 'clements1981', [dose(35, 'IM'), dose(20, 'IM', 20)], 34.8, 214.5],
    ['the peak under the tongue', 'clements1981', [dose(200, 'SL')], 45.7, 167], ['and after a booster', 'clements1981', [dose(150, 'SL'), dose(100, 'SL', 20)], 56.6, 205], ['the peak by vein', 'domino1982', [dose(35, 'IV', 0, 40)], 40, 240.3],
    // 25 mg, of which 32 % arrived in the study: 23.0 and 19.8 at the peak; swallowed 13.9 and 12.2.
    ['25 mg under the tongue', 'clements1981', [dose((25 * 0.32) / 0.29, 'SL')], 45.7, 23], ['25 mg under the tongue', 'kamp2020', [dose((25 * 0.32) / 0.29, 'SL')], 45, 19.8],
    ['25 mg swallowed', 'clements1981', [dose(25, 'PO')], 58, 13.9], ['25 mg swallowed', 'kamp2020', [dose(25, 'PO')], 58, 12.2], ['35 mg by muscle', 'kamp2020', [dose(35, 'IM')], 22, 117],
  ])('%s, %s', (_, model, doses, at, wanted) => {
    expect(Math.abs((levels(model, doses, [at])[0] as number) / wanted - 1)).toBeLessThan(0.01)
  })
})

/** The same equations, stepped through: slow, inexact and written in another way, so that both are wrong only together. */
function stepped(model: PlasmaModelRow, doses: readonly PlasmaDose[], until: number): number {
  const step = 0.01
  let central = 0
  const others = model.exchangesPerMin.map(() => 0)
  const depots = doses.map(() => 0)
  for (let n = 0; n * step < until - step / 2; n += 1) {
    const now = n * step
    doses.forEach((one, at) => {
      if (Math.abs(now - one.atMin) >= step / 2) return
      if (one.route !== 'IV') depots[at] = one.mg * (rows.availability.find(({ route }) => route === one.route)?.share ?? 0)
      else if (one.durationMin === 0) central += one.mg
    })
    const slope = ([c, ...rest]: number[]): number[] => {
      const held = rest.slice(0, others.length)
      const waiting = rest.slice(others.length)
      const running = doses.reduce((sum, one) => sum + (one.route === 'IV' && one.durationMin > 0 && now > one.atMin - step / 2 && now < one.atMin + one.durationMin - step / 2 ? one.mg / one.durationMin : 0), 0)
      const arrives = waiting.map((mg, at) => mg * (doses[at]?.route === 'IV' ? 0 : (model.absorptionPerMin[doses[at]?.route as 'IM'] ?? 0)))
      const leaves = model.exchangesPerMin.map(({ out, back }, at) => out * (c as number) - back * (held[at] as number))
      return [running + arrives.reduce((a, b) => a + b, 0) - model.eliminationPerMin * (c as number) - leaves.reduce((a, b) => a + b, 0), ...leaves, ...arrives.map((mg) => -mg)]
    }
    const state = [central, ...others, ...depots]
    const moved = (by: number[], far: number) => state.map((value, at) => value + (by[at] as number) * far)
    const k1 = slope(state)
    const k2 = slope(moved(k1, step / 2))
    const k3 = slope(moved(k2, step / 2))
    const k4 = slope(moved(k3, step))
    const next = state.map((value, at) => value + (step / 6) * ((k1[at] as number) + 2 * (k2[at] as number) + 2 * (k3[at] as number) + (k4[at] as number)))
    central = next[0] as number
    others.forEach((_, at) => (others[at] = next[at + 1] as number))
    depots.forEach((_, at) => (depots[at] = next[at + 1 + others.length] as number))
  }
  return (central * 1_000) / (model.centralLPerKg * 82)
}

test('several routes, an infusion under way and doses still to come: as stepping through says', () => {
  const given = [dose(35, 'IV', 0, 40), dose(10, 'IV', 15), dose(20, 'IM', 25), dose(100, 'SL', 30), dose(50, 'PO', 30), dose(500, 'IV', 300)]
  for (const model of models.filter(({ id }) => id !== 'plasma.domino1982')) for (const until of [10, 20, 45, 120]) {
    const found = levels(model.id.slice('plasma.'.length), given, [until], 82)[0] as number
    expect(Math.abs(found / stepped(model, given, until) - 1), `${model.id} at ${until}`).toBeLessThan(1e-6)
  }
})

describe('what is asked for oddly', () => {
  test.each<[string, PlasmaDose[], number[], (found: readonly number[]) => boolean]>([
    ['before the dose there is nothing', [dose(50, 'IM', 30)], [-10, 0, 29.9], (found) => found.every((one) => one === 0)],
    ['no dose at all', [], [0, 60], (found) => found.every((one) => one === 0)],
    ['a dose of nothing', [dose(0, 'SL')], [30], ([found]) => found === 0],
    ['a bolus is all there at once, in the central volume', [dose(35)], [0], ([found]) => Math.abs((found as number) - 35_000 / (1.7522 * 70)) < 1e-9],
    ['by muscle nothing is there at once', [dose(35, 'IM')], [0], ([found]) => found === 0],
    ['times in any order, some twice', [dose(35)], [60, 10, 60], ([late, early, again]) => late === again && (early as number) > (late as number)],
    ['a year later it is gone', [dose(35, 'PO')], [525_600], ([found]) => (found as number) < 1e-9],
    ['a very short infusion is a bolus', [dose(35, 'IV', 0, 1e-9)], [10], ([found]) => Math.abs((found as number) / (levels('clements1981', [dose(35)], [10])[0] as number) - 1) < 1e-6],
    ['how long a lozenge took changes nothing', [dose(100, 'SL', 0, 15)], [45], ([found]) => found === levels('clements1981', [dose(100, 'SL')], [45])[0]],
  ])('%s', (_, doses, at, holds) => expect(holds(levels('clements1981', doses, at))).toBe(true))

  test.each<[string, PlasmaDose[], object]>([
    ['clements', [], { why: 'no-such-model' }], ['domino1982', [dose(35), dose(35, 'IM', 10)], { why: 'no-absorption', dose: 1 }], ['domino1982', [dose(100, 'SL')], { why: 'no-absorption', dose: 0 }], ['domino1982', [dose(100, 'PO')], { why: 'no-absorption' }],
  ])('%s with %o is refused', (model, doses, refusal) => expect(concentrations({ model, weightKg: 70, doses, timesMin: [1] }, rows)).toMatchObject({ ok: false, refusal }))

  test('a route without a share is refused, and rates that fall together leave a number', () => {
    expect(concentrations({ model: 'clements1981', weightKg: 70, doses: [dose(1, 'SL')], timesMin: [1] }, { ...rows, availability: [] }).ok).toBe(false)
    const [model] = models as [PlasmaModelRow, ...PlasmaModelRow[]]
    const fastest = modes(model).at(-1)?.rate as number
    const alike = (perMin: number) => concentrations({ model: 'clements1981', weightKg: 70, doses: [dose(50, 'IM')], timesMin: [0, 20] }, { ...rows, models: [{ ...model, absorptionPerMin: { IM: perMin } }] })
    const [same, beside] = [alike(fastest), alike(fastest * (1 + 1e-7))]
    if (!same.ok || !beside.ok) throw new Error('refused')
    expect(Math.abs((same.value[1] as number) / (beside.value[1] as number) - 1)).toBeLessThan(1e-6)
  })
})

describe('laws of the curve', () => {
  const aDose = fc.record({ mg: fc.double({ min: 0, max: 400, noNaN: true }), route: fc.constantFrom<PlasmaDose['route']>('IV', 'IM', 'SL', 'PO'), atMin: fc.integer({ min: 0, max: 200 }), durationMin: fc.integer({ min: 0, max: 60 }) })
  const someDoses = fc.array(aDose, { maxLength: 4 })
  const model = fc.constantFrom('clements1981', 'kamp2020')
  const at = fc.integer({ min: 0, max: 600 })

  test('doses add up, twice the weight is half the level, and no level is below nothing', () => {
    fc.assert(fc.property(model, someDoses, someDoses, at, (name, some, more, time) => {
      const of = (doses: PlasmaDose[], weightKg = 70) => levels(name, doses, [time], weightKg)[0] as number
      expect(of([...some, ...more])).toBeCloseTo(of(some) + of(more), 6)
      expect(of(some, 140)).toBeCloseTo(of(some) / 2, 6)
      expect(of(some)).toBeGreaterThanOrEqual(-1e-9)
    }))
  })

  test('the area under a bolus is dose over clearance: nothing is lost and nothing made', () => {
    for (const row of models) {
      const parts = modes(row)
      expect(parts).toHaveLength(row.exchangesPerMin.length + 1)
      expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12)
      expect(parts.reduce((sum, { share, rate }) => sum + share / rate, 0) * row.eliminationPerMin).toBeCloseTo(1, 10)
    }
  })

  test('a body of one volume has one rate', () => expect(modes({ eliminationPerMin: 0.2, exchangesPerMin: [] })).toEqual([{ share: 1, rate: 0.2 }]))
})
