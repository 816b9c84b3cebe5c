import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { interactionRows } from './interactions.ts'
import { library } from './library.ts'
import { monitoring } from './monitoring.ts'
import { rulebook } from './rulebook.ts'
import { screeningLimits } from './eligibility.ts'

/**
 * Nothing stands in the rulebook that nobody asks: each part is named with the function that reads it, and what is for
 * reading alone with the reason why. A part that comes is put here, or the test names it.
 */
const READ: Readonly<Record<string, readonly [file: string, what: string]>> = {
  eligibility: ['core/eligibility/screen.ts', 'export function screen'], screening: ['core/eligibility/screening-facts.ts', 'limits: ScreeningLimits'], dosing: ['core/session/give-gates.ts', 'checkBooster('], titration: ['core/dosing/brief.ts', 'rows.titration'],
  monitoring: ['core/session/session.ts', 'rows.monitoring'], discharge: ['core/session/session.ts', 'dischargeCheck(facts, rows.discharge)'], effects: ['core/session/session.ts', 'sideEffectsOf(entries, rows.effects'], plausibleVitals: ['web/workstation/session/sheets/VitalsSheet.tsx', 'plausibleVitals'],
  'emergency.cards': ['core/session/cards.ts', 'readonly EmergencyCard[]'], 'emergency.kit': ['knowledge/monitoring.ts', 'emergencyKit.items'], bedsideDevices: ['web/workstation/session/bluetooth/FromDevices.tsx', 'bedsideDevices'], scales: ['web/workstation/session/sheets/StateSheet.tsx', 'scales'], recoveryScores: ['web/workstation/session/sheets/assess.tsx', 'recoveryScores'],
  protocols: ['core/rulebook/own-courses.ts', 'protocols'], consents: ['server/http/sessions.ts', 'book.consents'], matching: ['server/http/inquiries.ts', 'matching'], instruments: ['core/measures/score.ts', 'export function score'],
  together: ['core/scheduling/group-staff.ts', 'rows.patientsPerMonitor'],
  'risk.paths': ['core/measures/open-risks.ts', 'rows.paths'], 'risk.told': ['server/http/follow.ts', 'risk.told'], 'risk.followUpHours': ['core/measures/open-risks.ts', 'rows.followUpHours'], 'measuring.baselineDays': ['core/measures/due.ts', 'rows.baselineDays'], 'measuring.followUpWindows': ['core/measures/due.ts', 'followUpWindows'], 'measuring.dayAfter': ['core/measures/between.ts', 'dayAfter.fromDay'], 'measuring.between': ['core/measures/between.ts', 'between: { everyDays }'], 'measuring.weekly': ['core/measures/weekly.ts', 'rows.weekly'],
  outcomes: ['core/outcomes/maintenance.ts', 'export function maintenanceProposal'], reporting: ['core/outcomes/questions.ts', 'reporting'], maintenanceWords: ['core/course/course.ts', 'maintenanceWords'], plasma: ['core/plasma/lines.ts', 'plasma'], misuse: ['core/misuse/signs.ts', 'rows.reviewFrom'],
  'monitoring.alerts': ['core/session/alerts.ts', 'alert'], narrative: ['core/session/narrative.ts', 'told.sentences'], 'monitoring.hold': ['core/session/session.ts', 'rows.monitoring.hold'], 'monitoring.schedules': ['core/session/session.ts', 'rows.schedules'], 'monitoring.reading': ['core/session/session.ts', 'rows.reading'], 'monitoring.clearing': ['core/session/session.ts', 'rows.clearing'], 'monitoring.escalation': ['server/jobs/watch-sessions.ts', 'escalation'],
  'monitoring.deepSedation': ['core/session/observations.ts', 'deepSedation'], 'monitoring.preDose': ['core/session/predose.ts', 'export function preDoseGate'], 'monitoring.gates': ['core/session/start-gates.ts', 'peopleNeeded(protocol, row)'],
  'gates.kit': ['core/session/room-gates.ts', 'row.kit.withinHours'], 'gates.prescriber': ['core/session/room-gates.ts', 'row.prescriber.answersWithinSec'], 'gates.pregnancyTestDays': ['core/session/chart-gates.ts', 'row.pregnancyTestDays'], 'gates.pregnancyStatus': ['core/session/chart-gates.ts', 'row.pregnancyStatus'], 'gates.childbearingAge': ['core/session/chart-gates.ts', 'row.childbearingAge'],
  'gates.consentDays': ['core/session/chart-gates.ts', 'row.consentDays'], 'gates.fewestPeople': ['core/session/presence.ts', 'row.fewestPeople'], 'gates.prescriberOnSite': ['core/session/give-gates.ts', 'row.prescriberOnSite'], 'gates.fasting': ['core/session/give-gates.ts', 'row.fasting'], 'gates.dayOf': ['core/session/give-gates.ts', 'row.dayOf'],
  'screening.freshness': ['core/eligibility/limits.ts', 'limits.freshness'], 'screening.pressure': ['core/eligibility/measured-facts.ts', 'limits'], 'screening.itemNine': ['core/eligibility/measured-facts.ts', 'itemNine'], 'screening.cSsrs': ['core/eligibility/measured-facts.ts', 'cSsrs'], 'screening.bladder': ['core/eligibility/measured-facts.ts', 'bladder'],
  'screening.pregnancyStatus': ['core/eligibility/pregnancy.ts', 'PregnancyStatusRow'], 'screening.overrides': ['core/eligibility/clearance.ts', 'overrides.reasonCharacters'], 'screening.alcoholProtocols': ['core/eligibility/screening-facts.ts', 'limits.alcoholProtocols'], 'screening.codeSystems': ['core/eligibility/listed-facts.ts', 'limits.codeSystems'],
  'screening.medicines': ['core/eligibility/listed-facts.ts', 'limits.medicines'], 'screening.washouts': ['core/eligibility/listed-facts.ts', 'limits.washouts'], 'screening.namesWithoutRule': ['core/eligibility/listed-facts.ts', 'limits.namesWithoutRule'],
}

/** What a function of the same matter does not ask, and why a person reads it all the same. */
const READING_ONLY: Readonly<Record<string, string>> = {
  'emergency.roles': 'Who does what in an emergency stands on the emergency sheet; the program assigns nobody.',
  comfort: 'What may be offered; a person chooses, and the choice is written down.', 'monitoring.responses': 'What people do at a level is shown with the alert; the program does none of it.',
  'library.inclusion': 'Whom a course is meant for is a clinical judgement; what excludes somebody is a rule of the screening.', 'library.assessments': 'What is asked when is computed from the measures of the course; this says why.',
  'library.sessionGates': 'The words of the gates; each gate is judged by a function of its name.', 'library.scales': 'Scales that are not asked here.', 'library.seriousEvents': 'What counts as serious is judged by a clinician, who is shown the words.',
  'library.leaving': 'What is told at the door, and the hours after; the rules of leaving are D1 to D13.', 'library.routesOutside': 'Routes that no order can name.', 'library.triage': 'The words of the triage; its levels are those of the C-SSRS row and of the risk rows.', 'library.itemNine': 'The words of what the row for item 9 does.',
  'library.crisisSteps': 'What people do, in order; the path, its owner and its clock are the risk rows.', 'library.safetyPlan': 'The questions of the plan, as its form asks them.', 'library.bladder': 'The words of O10, C12 and the bladder check, which judge it.',
  'library.misuse': 'The words of the signs and of what they ask for; the row that counts them is read by its own function.',
  'library.pregnancy': 'The words of B05, O13, M02 and the gate, which judge it.', 'library.site': 'What a place has to have; of it the kit, the two people and the prescriber are gates.', 'library.scores': 'What a score means, beside it.', 'library.relapse': 'Other definitions of a relapse, to compare with.',
  'library.benchmarks': 'Published figures, drawn beside the practice’s own.', 'library.benchmarkRules': 'How they may be shown.', 'library.practice': 'What each figure of a practice means, beside it.', 'library.conflicts': 'Where sources disagree, and what was chosen.', 'library.law': 'What the law asks, as far as it was read.',
}

const nested = ['emergency', 'risk', 'measuring']
const parts = [
  ...Object.entries(rulebook).flatMap(([name, part]) => (name === 'published' ? [] : nested.includes(name) ? Object.keys(part).map((inner) => `${name}.${inner}`) : [name])),
  ...Object.keys(monitoring).map((name) => `monitoring.${name}`), ...Object.keys(monitoring.gates).filter((name) => !['id', 'tag', 'verified', 'reviewBy', 'cites'].includes(name)).map((name) => `gates.${name}`),
  ...Object.keys(screeningLimits).map((name) => `screening.${name}`), ...Object.keys(library).map((name) => `library.${name}`),
]
const unread = (names: readonly string[]) => names.filter((name) => !(name in READ) && !(name in READING_ONLY))

test('every part is read by a function that is named here, or for reading alone with a reason', () => {
  expect(unread([...parts, 'planted.rule'])).toEqual(['planted.rule'])
  expect(parts.length).toBeGreaterThan(60)
  expect([...Object.keys(READ), ...Object.keys(READING_ONLY)].filter((name) => !parts.includes(name)), 'named here and gone').toEqual([])
  expect(Object.keys(READ).filter((name) => name in READING_ONLY)).toEqual([])
  for (const why of Object.values(READING_ONLY)) expect(why).toMatch(/^[A-Z].{15,}\.$/)
})

describe('the function that reads it is there', () => {
  test.each(Object.entries(READ))('%s', (_, [file, what]) => expect(readFileSync(`src/${file}`, 'utf8').includes(what), `${file} no longer holds “${what}”`).toBe(true))
})

test('a class of the interaction table is asked for by a rule, or says that nothing is done about it', () => {
  const silent = interactionRows.filter(({ rules, instruction }) => rules.length === 0 && instruction.trim() === '').map(({ id }) => id)
  expect(silent).toEqual([])
})
