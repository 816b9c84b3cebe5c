import { z } from 'zod'
import { readAsked, type AskedRefusal } from '../shared/asked.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { concentrations } from './plasma.ts'
import { plasmaRoutes, type PlasmaRows } from './rows.ts'

const minutes = z.number()
const plasmaQuestion = z.strictObject({
  model: z.string(), weightKg: z.number().min(20).max(400),
  doses: z.array(z.strictObject({ mg: z.number().min(0).max(100_000), route: z.enum(plasmaRoutes), atMinutes: minutes.nullish(), durationMinutes: z.number().min(0).nullish() })),
  times: z.array(minutes),
})

export interface PlasmaAnswer {
  /** ng/mL, one for each time, in their order. */
  readonly concentrations: readonly number[]
  /** Factors between which one person may easily lie, and what has to be said beside every curve. */
  readonly band: readonly [number, number]
  readonly says: string
}

/** The shape of `kap plasma`. A dose without a time stands at 0. */
export function answerPlasma(input: unknown, rows: PlasmaRows): Result<PlasmaAnswer, AskedRefusal> {
  const read = readAsked(plasmaQuestion, input)
  if (!read.ok) return read
  const { model, weightKg, doses, times } = read.value
  const found = concentrations({
    model, weightKg, timesMin: times, doses: doses.map(({ mg, route, atMinutes, durationMinutes }) => ({ mg, route, atMin: atMinutes ?? 0, durationMin: durationMinutes ?? 0 })),
  }, rows)
  if (!found.ok) return refuse({ key: found.refusal.dose === undefined ? 'model' : `doses.${found.refusal.dose}.route`, message: found.refusal.says })
  return ok({ concentrations: found.value, band: rows.caveat.band, says: rows.caveat.says })
}
