import type { DoseRoute } from '../chart/kinds/clearance.ts'
import type { VisitType } from '../chart/kinds/aftercare.ts'
import type { Provenance, Tag } from '../shared/cited.ts'
import type { CourseValue } from './course-figures.ts'

/** The basis of one figure of a row: its tag and the sources it stands on. */
export interface Figure {
  readonly tag: Tag
  readonly cites: readonly [string, ...string[]]
}

export type StaffRole = 'therapist' | 'prescriber' | 'monitor' | 'coordinator'

export interface DayRange {
  readonly min: number
  readonly max: number
}

export interface ProtocolPhase {
  readonly type: VisitType
  /** How many visits of this type the course plans; 0 for visits that are decided one at a time. */
  readonly count: number
  readonly countRange?: readonly [number, number]
  readonly durationMin: number
  readonly durationRangeMin?: readonly [number, number]
  /** Minutes the room is held, where it is held longer than the visit (observation may overrun). */
  readonly roomMin?: number
  /** What the room must have. */
  readonly roomFeatures?: readonly string[]
  /** Days from one visit of this type to the next. */
  readonly gapDays?: DayRange
  /** Days from the last visit of the phase before to the first of this one. */
  readonly afterDays?: DayRange
  /** "k of n" people by role who must be there; the course's own therapist counts as one therapist. */
  readonly staff: readonly { readonly role: StaffRole; readonly count: number }[]
  readonly place: 'in-person' | 'either'
  /** What has to be covered before the phase counts as done (shown as a checklist). */
  readonly content?: readonly string[]
  readonly tag: Tag
}

/** Something a course asks for that the planner does not compute: a dose as it was read, a decision in between, where this row departs from its source. */
export interface CourseRule extends Figure {
  readonly id: string
  readonly says: string
}

/** What a practice's own course was made from, and every figure in which it departs from it, with who changed it and why. */
export interface OwnCourse {
  /** The course it was copied from, and the shipped one that stands at the beginning of all copies. */
  readonly from: string
  readonly root: string
  /** The own course whose place it takes: people on that one stay on it, and new courses begin by this one. */
  readonly replaces?: string
  readonly by: string
  readonly at: string
  readonly reason: string
  readonly changes: readonly CourseChange[]
}
export interface CourseChange {
  readonly path: string
  readonly from: CourseValue
  readonly to: CourseValue
  readonly way: 'tighter' | 'looser'
  readonly reason: string
  readonly by: string
  readonly at: string
}

/** A protocol is a row: the public page, the planner, the gates and the patient's timeline all read this one. */
export interface Protocol extends Provenance {
  readonly id: string
  readonly name: string
  /** In the patient's words, one sentence. */
  readonly says: string
  readonly routes: readonly DoseRoute[]
  readonly minimumAgeYears: number
  readonly phases: readonly ProtocolPhase[]
  readonly spacing: { readonly minHoursBetweenDoses: number; readonly maxDosesPerSevenDays: number }
  /** Local days after a dose, and the hours after which an integration visit is due and then overdue. */
  readonly integration: {
    readonly fromDays: number
    readonly withinDays: number
    readonly beforeNextDose: boolean
    readonly window: { readonly dueFromHours: number; readonly overdueAfterHours: number }
  }
  /** Two people in the room for every dose; how many the protocol itself asks for, never fewer than two. */
  readonly peopleInRoom: number
  /** A prescriber who can be reached while somebody is dosed, and for how many rooms at once. */
  readonly onCall?: { readonly maxRooms: number }
  readonly gates: { readonly preparationVisits: number; readonly safetyPlanWithinDays: number; readonly clearanceValidDays: number }
  /** The medicine sessions after which prescriber and therapist look at response and dose together. */
  readonly reviewAfterMedicine: readonly number[]
  /** Days after the last dose, and how many days early or late each of them may be. */
  readonly followUpDays: readonly number[]
  readonly followUpWindowDays: readonly number[]
  readonly maintenance: 'none' | 'on-relapse-or-warning'
  /** Who may ask for it: everybody, or only people already in care here. The public page says the same. */
  readonly access: 'open' | 'current-clients-only'
  /** Days within which a person who was matched meets the therapist. */
  readonly firstVisitWithinDays: number
  readonly rules?: readonly CourseRule[]
  /** Why it is switched off as it ships: it can be chosen only once a medical director has adopted it, and no public page names it. */
  readonly heldBack?: string
  /** Only where a practice made it; what ships has none. Never changed once signed: a change is another course that takes its place. */
  readonly own?: OwnCourse
  /** Questionnaires by the moment they are asked at (instrument ids). A course that a practice made earlier may name none for the days after a dose and for the time between. */
  readonly measures: { readonly baseline: readonly string[]; readonly beforeDose: readonly string[]; readonly dayAfter?: readonly string[]; readonly afterVisit?: readonly string[]; readonly between?: readonly string[]; readonly followUp: readonly string[] }
  /** The basis of every number in this row by its path, `preparation.gapDays` or `spacing.minHoursBetweenDoses`. */
  readonly figures: Readonly<Record<string, Figure>>
}

export const phaseOf = (protocol: Protocol, type: VisitType): ProtocolPhase | undefined => protocol.phases.find((phase) => phase.type === type)

/** Every number of a row by its path; a list or a range is one figure. The content test asks each for its basis. */
export function figurePaths(protocol: Protocol): readonly string[] {
  const { phases, figures: _figures, own: _own, ...rest } = protocol
  const phased = phases.flatMap((phase) => numbersUnder(phase, phase.type))
  return [...phased, ...numbersUnder(rest, '')]
}

function numbersUnder(value: unknown, path: string): readonly string[] {
  if (typeof value === 'number') return [path]
  if (Array.isArray(value)) {
    const inside = value.flatMap((item, i) => numbersUnder(item, typeof item === 'object' && item !== null ? `${path}.${nameOf(item, i)}` : path))
    return [...new Set(inside)]
  }
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  if (entries.length > 0 && entries.every(([key, item]) => (key === 'min' || key === 'max') && typeof item === 'number')) return [path]
  return entries.flatMap(([key, item]) => numbersUnder(item, path === '' ? key : `${path}.${key}`))
}

const nameOf = (item: object, i: number) => ('role' in item ? String(item.role) : String(i))
