import { describe, expect, test } from 'vitest'
import { entryKinds, kinds } from '../chart/kinds.ts'
import { may, mayRead, mayWrite, operations, relations, type Operation, type Relation } from './policy.ts'
import { roles, type Role } from './roles.ts'

/**
 * The policy, written down a second time for people: T therapist, P prescriber, M monitor, D medical director,
 * C coordinator, O owner, S the patient herself. Empty is nobody. A cell that is missing here fails.
 */
const WRITTEN: Record<Operation, Record<'own' | 'team' | 'practice', string>> = {
  //                    own        team          practice
  'chart.read': { own: 'S', team: 'TPMD', practice: 'CO' },
  'chart.append': { own: 'S', team: 'TPMD', practice: 'CO' },
  'file.put': { own: 'S', team: 'TPM', practice: 'CO' },
  'chart.open': { own: '', team: '', practice: 'CO' },
  'course.read': { own: 'S', team: 'TPMD', practice: 'CO' },
  'team.change': { own: '', team: 'T', practice: 'CO' },
  'notes.keep': { own: '', team: 'T', practice: '' },
  'journal.keep': { own: 'S', team: '', practice: '' },
  'clearance.sign': { own: '', team: 'P', practice: '' },
  'order.sign': { own: '', team: 'P', practice: '' },
  'proposal.decide': { own: '', team: 'TP', practice: '' },
  'consent.sign': { own: 'S', team: '', practice: '' },
  'session.start': { own: '', team: 'TP', practice: '' },
  'tablet.hand': { own: '', team: 'TPM', practice: 'CO' },
  'session.record': { own: '', team: 'TPMD', practice: '' },
  'session.join': { own: '', team: 'TPM', practice: '' },
  'plan.propose': { own: '', team: 'TP', practice: 'CO' },
  'plan.book': { own: '', team: 'TP', practice: 'CO' },
  'group.read': { own: '', team: '', practice: 'TPMCO' },
  'group.keep': { own: '', team: '', practice: 'CO' },
  'group.write': { own: '', team: '', practice: 'TP' },
  'sooner.wish': { own: 'S', team: '', practice: 'CO' },
  'waiting.fill': { own: '', team: '', practice: 'CO' },
  'visit.own-move': { own: 'S', team: '', practice: '' },
  'visit.join': { own: 'S', team: 'TPM', practice: 'CO' },
  'video.keep': { own: '', team: '', practice: 'TPCO' },
  'protocol.choose': { own: '', team: 'T', practice: 'CO' },
  'estimate.give': { own: '', team: '', practice: 'CO' },
  'work-note.make': { own: 'S', team: '', practice: 'CO' },
  'plan.together': { own: '', team: '', practice: 'CO' },
  'reminders.choose': { own: 'S', team: '', practice: 'CO' },
  'superbill.issue': { own: '', team: '', practice: 'CO' },
  'money.read': { own: 'S', team: '', practice: 'CO' },
  'document.read': { own: 'S', team: 'TPM', practice: 'CO' },
  'access.read': { own: 'S', team: '', practice: 'O' },
  'audit.read': { own: '', team: '', practice: 'O' },
  'chart.export': { own: 'S', team: 'TP', practice: 'O' },
  'inquiry.work': { own: '', team: '', practice: 'CO' },
  'quarantine.read': { own: '', team: 'TPMD', practice: '' },
  'quarantine.decide': { own: '', team: 'TP', practice: '' },
  'calendar.read': { own: '', team: '', practice: 'TPMCO' },
  'busy.keep': { own: '', team: '', practice: 'TPMDCO' },
  'practice.keep': { own: '', team: '', practice: 'O' },
  'closings.keep': { own: '', team: '', practice: 'CO' },
  'on-call.read': { own: '', team: '', practice: 'TPMDCO' },
  'on-call.keep': { own: '', team: '', practice: 'CO' },
  'rulebook.read': { own: '', team: '', practice: 'TPMDCO' },
  'rulebook.tighten': { own: '', team: '', practice: 'PD' },
  'rulebook.adopt': { own: '', team: '', practice: 'D' },
  'rulebook.countersign': { own: '', team: '', practice: 'TPD' },
  'outcomes.read': { own: '', team: '', practice: 'DO' },
  'ledger.read': { own: '', team: '', practice: 'TPMDO' },
  'ledger.witness': { own: '', team: '', practice: 'TPMD' },
  'ledger.keep': { own: '', team: '', practice: 'PD' },
}
const LETTER: Record<Role, string> = { patient: 'S', therapist: 'T', prescriber: 'P', monitor: 'M', coordinator: 'C', owner: 'O', 'medical-director': 'D' }

const cells = roles.flatMap((role) => relations.flatMap((relation) => operations.map((operation) => ({ role, relation, operation }))))

test('every role × relation × operation is as written, and no cell is left out', () => {
  expect(cells).toHaveLength(7 * 5 * 54)
  expect(Object.keys(WRITTEN).toSorted()).toEqual([...operations].toSorted())
  const wrong = cells.filter(({ role, relation, operation }) => may(operation, relation, [role]) !== written(operation, relation, role))
  expect(wrong).toEqual([])
})

const written = (operation: Operation, relation: Relation, role: Role) =>
  relation === 'other-practice' || relation === 'nobody' ? false : WRITTEN[operation][relation].includes(LETTER[role])

describe('a role counts only where it is held', () => {
  test.each(entryKinds)('%s', (kind) => {
    for (const role of roles) {
      expect(mayWrite(kind, [{ relation: 'other-practice', roles: [role] }, { relation: 'nobody', roles: [role] }])).toBe(false)
      expect(mayRead(kind, [{ relation: 'other-practice', roles: [role] }, { relation: 'nobody', roles: [role] }])).toBe(false)
      // A therapist of the practice who is not on this team is, here, nobody's therapist.
      if (!['coordinator', 'owner'].includes(role)) expect(mayWrite(kind, [{ relation: 'practice', roles: [role] }]) || mayRead(kind, [{ relation: 'practice', roles: [role] }])).toBe(false)
      if (role !== 'patient') expect(mayWrite(kind, [{ relation: 'own', roles: [role] }])).toBe(false)
    }
  })
})

test('the desk reads nothing clinical', () => {
  const CLINICAL = ['vitals.v1', 'fact.v1', 'condition.v1', 'medication.v1', 'allergy.v1', 'intake.v1', 'measure-answered.v1', 'session-note.v1', 'integration.v1', 'dose-given.v1', 'order.v1', 'safety-plan.v1', 'risk-contact.v1', 'psychotherapy-note.v1', 'journal.v1', 'journal-shared.v1', 'journal-photo.v1', 'journal-voice.v1', 'journal-file-shared.v1'] as const
  for (const kind of CLINICAL) for (const role of ['coordinator', 'owner'] as const) expect(mayRead(kind, [{ relation: 'practice', roles: [role] }]), `${role} ${kind}`).toBe(false)
})

test('what only an act may write is never written offline, but for taking consent back', () => {
  const acts = entryKinds.filter((kind) => kinds[kind].through === 'act')
  expect(acts.length).toBeGreaterThan(10)
  expect(acts.filter((kind) => kinds[kind].offline)).toEqual([])
})
