import { ok, refuse, type Result } from '../shared/result.ts'
import { modes, type Mode } from './modes.ts'
import type { PlasmaModelRow, PlasmaRoute, PlasmaRows } from './rows.ts'

export interface PlasmaDose {
  readonly mg: number
  readonly route: PlasmaRoute
  readonly atMin: number
  /** Of an infusion; 0 is a bolus. By the other routes it changes nothing: how long a lozenge takes is in the absorption already. */
  readonly durationMin: number
}

export interface PlasmaAsked {
  readonly model: string
  readonly weightKg: number
  readonly doses: readonly PlasmaDose[]
  /** Minutes on the same clock as the doses, in any order. */
  readonly timesMin: readonly number[]
}

export interface PlasmaRefusal {
  readonly why: 'no-such-model' | 'no-absorption'
  /** Which dose, counted from 0, where one is to blame. */
  readonly dose?: number
  readonly says: string
}

/**
 * Ketamine in plasma, in ng/mL, at each time asked for: the sum of what each dose adds. The models are linear, so
 * the sum is exact and nothing is stepped through. A population's middle, never a measurement, and never a dose.
 */
export function concentrations(asked: PlasmaAsked, rows: PlasmaRows): Result<readonly number[], PlasmaRefusal> {
  const model = rows.models.find(({ id }) => id === `plasma.${asked.model}`)
  if (!model) return refuse({ why: 'no-such-model', says: `There is no model called ${asked.model}.` })
  const adds: ((time: number) => number)[] = []
  for (const [place, dose] of asked.doses.entries()) {
    const add = doseAdds(dose, model, rows)
    if (!add) return refuse({ why: 'no-absorption', dose: place, says: `${model.name} has no absorption by ${dose.route}; it was made from doses into a vein.` })
    adds.push(add)
  }
  const mgPerLToNgPerMl = 1_000
  const centralL = model.centralLPerKg * asked.weightKg
  return ok(asked.timesMin.map((time) => (adds.reduce((total, add) => total + add(time), 0) * mgPerLToNgPerMl) / centralL))
}

/** What one dose leaves in the central volume, in mg, at a time on the clock; undefined where the model cannot tell. */
function doseAdds(dose: PlasmaDose, model: PlasmaModelRow, rows: PlasmaRows): ((time: number) => number) | undefined {
  const since = (left: (sinceMin: number) => number) => (time: number) => (time < dose.atMin ? 0 : left(time - dose.atMin))
  const parts = modes(model)
  if (dose.route === 'IV') return since(dose.durationMin > 0 ? infused(parts, dose.mg, dose.durationMin) : injected(parts, dose.mg))
  const share = rows.availability.find(({ route }) => route === dose.route)?.share
  const perMin = model.absorptionPerMin[dose.route]
  return share === undefined || perMin === undefined ? undefined : since(absorbed(parts, dose.mg * share, perMin))
}

const total = (parts: readonly Mode[], of: (rate: number) => number): number => parts.reduce((sum, { share, rate }) => sum + share * of(rate), 0)

const injected = (parts: readonly Mode[], mg: number) => (sinceMin: number) => mg * total(parts, (rate) => Math.exp(-rate * sinceMin))

/** As long as it runs it builds up; what was there at its end then falls. */
const infused = (parts: readonly Mode[], mg: number, durationMin: number) => (sinceMin: number) => {
  const running = Math.min(sinceMin, durationMin)
  return (mg / durationMin) * total(parts, (rate) => (-Math.expm1(-rate * running) / rate) * Math.exp(-rate * (sinceMin - running)))
}

/** The difference of two exponentials, by the slower one, so that it stays exact when the two come close and finite when they lie far apart. */
const absorbed = (parts: readonly Mode[], mg: number, perMin: number) => (sinceMin: number) =>
  mg * perMin * total(parts, (rate) => {
    const apart = Math.abs(perMin - rate) * sinceMin
    return Math.exp(-Math.min(perMin, rate) * sinceMin) * sinceMin * (apart === 0 ? 1 : -Math.expm1(-apart) / apart)
  })
