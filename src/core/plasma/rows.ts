import type { Cited, Tag } from '../shared/cited.ts'

export const plasmaRoutes = ['IV', 'IM', 'SL', 'PO'] as const
export type PlasmaRoute = (typeof plasmaRoutes)[number]
export type AbsorbedRoute = Exclude<PlasmaRoute, 'IV'>

/** A published model of ketamine in adults: a central volume and one or two others, all in proportion to weight. */
export interface PlasmaModelRow extends Cited {
  readonly name: string
  readonly says: string
  readonly centralLPerKg: number
  /** Out of the body, and to and from each other volume, each a minute. */
  readonly eliminationPerMin: number
  readonly exchangesPerMin: readonly { readonly out: number; readonly back: number }[]
  /** How fast a dose arrives by each route. A route that is not here was never calibrated for this model, and is refused. */
  readonly absorptionPerMin: Readonly<Partial<Record<AbsorbedRoute, number>>>
  readonly tags: Readonly<Record<string, Tag>>
}

/** The share of a dose that arrives. */
export interface AvailabilityRow extends Cited {
  readonly route: AbsorbedRoute
  readonly share: number
}

export interface PlasmaRows {
  readonly models: readonly PlasmaModelRow[]
  readonly availability: readonly AvailabilityRow[]
  /** How far from the curve one person may easily lie, as factors, and what has to stand beside every curve. */
  readonly caveat: Cited & { readonly band: readonly [number, number]; readonly says: string }
}
