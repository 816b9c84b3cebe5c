import { kinds, type EntryKind } from '../chart/kinds.ts'
import type { Role } from './roles.ts'

/** How a person stands to a chart. "Not yours" and "not there" get the same answer, so `other` needs no name of its own. */
export type Relation = 'own' | 'team' | 'practice' | 'other-practice' | 'nobody'
export const relations: readonly Relation[] = ['own', 'team', 'practice', 'other-practice', 'nobody']

/**
 * Who may do what, by how they stand to the chart. `own` counts only for the patient; `team` asks for the role
 * held on that chart's care team, not anywhere in the practice; `practice` is for the desk, which sees every
 * chart's spine, schedule and money, and nothing clinical. What is not written here is refused.
 */
const POLICY = {
  'chart.read': { own: ['patient'], team: ['therapist', 'prescriber', 'monitor', 'medical-director'], practice: ['coordinator', 'owner'] },
  'chart.append': { own: ['patient'], team: ['therapist', 'prescriber', 'monitor', 'medical-director'], practice: ['coordinator', 'owner'] },
  'file.put': { own: ['patient'], team: ['therapist', 'prescriber', 'monitor'], practice: ['coordinator', 'owner'] },
  'chart.open': { practice: ['coordinator', 'owner'] },
  'course.read': { own: ['patient'], team: ['therapist', 'prescriber', 'monitor', 'medical-director'], practice: ['coordinator', 'owner'] },
  'team.change': { team: ['therapist'], practice: ['coordinator', 'owner'] },
  'notes.keep': { team: ['therapist'] },
  'journal.keep': { own: ['patient'] },
  'clearance.sign': { team: ['prescriber'] },
  'order.sign': { team: ['prescriber'] },
  'proposal.decide': { team: ['therapist', 'prescriber'] },
  'consent.sign': { own: ['patient'] },
  'session.start': { team: ['therapist', 'prescriber'] },
  'tablet.hand': { team: ['therapist', 'prescriber', 'monitor'], practice: ['coordinator', 'owner'] },
  'session.record': { team: ['therapist', 'prescriber', 'monitor', 'medical-director'] },
  'session.join': { team: ['therapist', 'prescriber', 'monitor'] },
  'plan.propose': { team: ['therapist', 'prescriber'], practice: ['coordinator', 'owner'] },
  'plan.book': { team: ['therapist', 'prescriber'], practice: ['coordinator', 'owner'] },
  'plan.together': { practice: ['coordinator', 'owner'] },
  'reminders.choose': { own: ['patient'], practice: ['coordinator', 'owner'] },
  'sooner.wish': { own: ['patient'], practice: ['coordinator', 'owner'] },
  'waiting.fill': { practice: ['coordinator', 'owner'] },
  'visit.own-move': { own: ['patient'] },
  'visit.join': { own: ['patient'], team: ['therapist', 'prescriber', 'monitor'], practice: ['coordinator', 'owner'] },
  'video.keep': { practice: ['therapist', 'prescriber', 'coordinator', 'owner'] },
  'protocol.choose': { team: ['therapist'], practice: ['coordinator', 'owner'] },
  'estimate.give': { practice: ['coordinator', 'owner'] },
  'work-note.make': { own: ['patient'], practice: ['coordinator', 'owner'] },
  'superbill.issue': { practice: ['coordinator', 'owner'] },
  'money.read': { own: ['patient'], practice: ['coordinator', 'owner'] },
  'document.read': { own: ['patient'], team: ['therapist', 'prescriber', 'monitor'], practice: ['coordinator', 'owner'] },
  'access.read': { own: ['patient'], practice: ['owner'] },
  'audit.read': { practice: ['owner'] },
  'chart.export': { own: ['patient'], team: ['therapist', 'prescriber'], practice: ['owner'] },
  'inquiry.work': { practice: ['coordinator', 'owner'] },
  'quarantine.read': { team: ['therapist', 'prescriber', 'monitor', 'medical-director'] },
  'quarantine.decide': { team: ['therapist', 'prescriber'] },
  'group.read': { practice: ['therapist', 'prescriber', 'monitor', 'coordinator', 'owner'] },
  'group.keep': { practice: ['coordinator', 'owner'] },
  'group.write': { practice: ['therapist', 'prescriber'] },
  'calendar.read': { practice: ['therapist', 'prescriber', 'monitor', 'coordinator', 'owner'] },
  'busy.keep': { practice: ['therapist', 'prescriber', 'monitor', 'medical-director', 'coordinator', 'owner'] },
  'practice.keep': { practice: ['owner'] },
  'closings.keep': { practice: ['coordinator', 'owner'] },
  'on-call.read': { practice: ['therapist', 'prescriber', 'monitor', 'medical-director', 'coordinator', 'owner'] },
  'on-call.keep': { practice: ['coordinator', 'owner'] },
  'rulebook.read': { practice: ['therapist', 'prescriber', 'monitor', 'medical-director', 'coordinator', 'owner'] },
  'rulebook.tighten': { practice: ['prescriber', 'medical-director'] },
  'rulebook.adopt': { practice: ['medical-director'] },
  'ledger.read': { practice: ['therapist', 'prescriber', 'monitor', 'medical-director', 'owner'] },
  'ledger.witness': { practice: ['therapist', 'prescriber', 'monitor', 'medical-director'] },
  'ledger.keep': { practice: ['prescriber', 'medical-director'] },
  'outcomes.read': { practice: ['owner', 'medical-director'] },
  'rulebook.countersign': { practice: ['therapist', 'prescriber', 'medical-director'] },
} as const satisfies Record<string, Partial<Record<Relation, readonly Role[]>>>

export type Operation = keyof typeof POLICY
export const operations = Object.keys(POLICY) as Operation[]

/** May somebody who stands so to a chart, in these roles, do this? On a team the roles are those held on that team. */
export function may(operation: Operation, relation: Relation, roles: readonly Role[]): boolean {
  const allowed: Partial<Record<Relation, readonly Role[]>> = POLICY[operation]
  return (allowed[relation] ?? []).some((role) => roles.includes(role))
}

export interface Standing {
  readonly relation: Relation
  readonly roles: readonly Role[]
}

/** A person may stand in several ways at once: a solo psychologist is on the team and is the desk. One that allows it is enough. */
export const mayAny = (operation: Operation, standings: readonly Standing[]): boolean =>
  standings.some(({ relation, roles }) => may(operation, relation, roles))

const APPENDING: readonly Relation[] = ['own', 'team', 'practice']

/** May this be written here? The kind names the roles; the standing says whether the role counts on this chart. */
export function mayWrite(kind: EntryKind, standings: readonly Standing[]): boolean {
  const row = kinds[kind]
  if (row.stream === 'notes') return mayAny('notes.keep', standings)
  if (row.stream === 'journal') return mayAny('journal.keep', standings)
  return counts(row.write, standings)
}

export function mayRead(kind: EntryKind, standings: readonly Standing[]): boolean {
  const row = kinds[kind]
  if (row.stream === 'notes') return mayAny('notes.keep', standings)
  if (row.stream === 'journal') return mayAny('journal.keep', standings)
  return counts(row.read, standings)
}

/** `own` lends only the role patient, `practice` only the desk's, `team` every other: no role leaks from one standing into another. */
function counts(named: readonly Role[], standings: readonly Standing[]): boolean {
  return standings.some(({ relation, roles }) =>
    APPENDING.includes(relation) && roles.some((role) => named.includes(role) && LENDS[relation as 'own' | 'team' | 'practice'].includes(role)))
}

const LENDS: Record<'own' | 'team' | 'practice', readonly Role[]> = {
  own: ['patient'],
  team: ['therapist', 'prescriber', 'monitor', 'medical-director'],
  practice: ['coordinator', 'owner'],
}
