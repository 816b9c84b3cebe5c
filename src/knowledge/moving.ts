import type { OwnMoveRules } from '../core/scheduling/own-move.ts'

/**
 * What patients may do about the time of their own visits where a practice has said nothing else: how a practice runs, and
 * no clinical rule. What a course asks of a visit's time is kept by the planner in any case.
 */
export const ownMoveDefaults: OwnMoveRules = { way: 'themselves', wayOfGated: 'asked', noticeHours: 48, gated: ['medicine', 'maintenance', 'medical-clearance'] }
