import type { Chart } from '../chart/chart.ts'
import type { DoseRoute } from '../chart/kinds/clearance.ts'
import { dosesIn, type DosedSession } from '../measures/doses.ts'
import { concentrations, type PlasmaDose } from './plasma.ts'
import { plasmaRoutes, type PlasmaModelRow, type PlasmaRoute, type PlasmaRows } from './rows.ts'
import { ok, refuse, type Result } from '../shared/result.ts'
import { minutesBetween } from '../shared/time.ts'

export interface PlasmaLine {
  readonly model: PlasmaModelRow
  readonly points: readonly { readonly min: number; readonly ngPerMl: number }[]
}

/** Every five minutes while it changes fast, then every quarter of an hour. */
export const plasmaTimes = [...Array.from({ length: 19 }, (_, at) => at * 5), ...Array.from({ length: 10 }, (_, at) => 105 + at * 15)]

/** The curve of each model that knows these ways, the first of the rows first; none at all where no model does. */
export function plasmaLines(doses: readonly PlasmaDose[], weightKg: number, rows: PlasmaRows): readonly PlasmaLine[] {
  return rows.models.flatMap((model) => {
    const found = concentrations({ model: model.id.replace('plasma.', ''), weightKg, doses, timesMin: plasmaTimes }, rows)
    return found.ok ? [{ model, points: plasmaTimes.map((min, at) => ({ min, ngPerMl: found.value[at]! })) }] : []
  })
}

const isDrawn = (route: DoseRoute): route is PlasmaRoute => (plasmaRoutes as readonly string[]).includes(route)
const NO_MODEL = 'There is no model of esketamine by nose here, so no curve is drawn.'

/** One dose by one way, before it is given. How long an infusion will run stands in no order. */
export function plannedDoses(route: DoseRoute, doseMg: number): Result<readonly PlasmaDose[], string> {
  if (!isDrawn(route)) return refuse(NO_MODEL)
  if (route === 'IV') return refuse('How long the infusion will run is not part of an order, so no curve is drawn before it.')
  return ok([{ mg: doseMg, route, atMin: 0, durationMin: 0 }])
}

/** What was given in one session, each dose at its time; nothing while one stands in two records, or an infusion has no end. */
export function givenDoses(chart: Chart, { session, firstDoseAt }: Pick<DosedSession, 'session' | 'firstDoseAt'>): Result<readonly PlasmaDose[], string> {
  const doses: PlasmaDose[] = []
  for (const { stands, endedAt } of dosesIn(chart, session).steps) {
    if (!stands) return refuse('A dose stands in two records, and nobody has said which one counts: no curve is drawn.')
    const { route, doseUg } = stands.body
    if (!isDrawn(route)) return refuse(NO_MODEL)
    if (route === 'IV' && endedAt === undefined) return refuse('The end of the infusion is not written, so no curve is drawn.')
    if (endedAt !== undefined && endedAt < stands.at) return refuse('The end of the infusion is dated before the dose, so no curve is drawn. Look at both times.')
    doses.push({ mg: doseUg / 1_000, route, atMin: minutesBetween(firstDoseAt, stands.at), durationMin: endedAt === undefined ? 0 : minutesBetween(stands.at, endedAt) })
  }
  return ok(doses)
}
