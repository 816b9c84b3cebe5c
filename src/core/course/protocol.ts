import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'

/**
 * Where a figure comes from: V seen in the source named, M from memory and not verified, D calculated
 * here, P proposed by the product and to be adopted by the practice.
 */
export type Tag = 'V' | 'M' | 'D' | 'P'

export interface ProtocolPhase {
  readonly type: VisitType
  /** How many visits of this type the course plans. */
  readonly count: number
  readonly countRange?: readonly [number, number]
  readonly durationMin: number
  /** Minutes the room is held, where it is held longer than the visit (observation may overrun). */
  readonly roomMin?: number
  /** Days from one visit of this type to the next. */
  readonly gapDays?: { readonly min: number; readonly max: number }
  /** "k of n" people by role who must be there; the course's own therapist counts as one therapist. */
  readonly staff: readonly { readonly role: 'therapist' | 'prescriber' | 'monitor' | 'coordinator'; readonly count: number }[]
  readonly place: 'in-person' | 'either'
  /** What has to be covered before the phase counts as done (shown as a checklist). */
  readonly content?: readonly string[]
  readonly tag: Tag
}

/** A protocol is a row: the public page, the planner, the gates and the patient's timeline all read this one. */
export interface Protocol {
  readonly id: string
  readonly name: string
  /** In the patient's words, one sentence. */
  readonly says: string
  readonly routes: readonly DoseRoute[]
  readonly phases: readonly ProtocolPhase[]
  readonly spacing: { readonly minHoursBetweenDoses: number; readonly maxDosesPerSevenDays: number }
  readonly integration: { readonly withinDays: number; readonly beforeNextDose: boolean }
  /** Two people in the room for every dose; how many the protocol itself asks for, never fewer than two. */
  readonly peopleInRoom: number
  readonly gates: { readonly preparationVisits: number; readonly safetyPlanWithinDays: number; readonly clearanceValidDays: number }
  readonly followUpDays: readonly number[]
  readonly maintenance: 'none' | 'on-relapse-or-warning'
  /** Who may ask for it: everybody, or only people already in care here. The public page says the same. */
  readonly access: 'open' | 'current-clients-only'
  /** Days within which a person who was matched meets the therapist. */
  readonly firstVisitWithinDays: number
  /** Questionnaires asked before each medicine session, at baseline, and at follow-ups (instrument ids). */
  readonly measures: { readonly baseline: readonly string[]; readonly beforeDose: readonly string[]; readonly followUp: readonly string[] }
  readonly tags: Readonly<Record<string, Tag>>
  readonly cites: readonly [string, ...string[]]
  readonly verified: boolean
  readonly reviewBy: string
}

export const phaseOf = (protocol: Protocol, type: VisitType): ProtocolPhase | undefined => protocol.phases.find((phase) => phase.type === type)
