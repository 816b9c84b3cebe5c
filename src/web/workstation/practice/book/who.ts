import type { Action, EligibilityRule } from '../../../../core/eligibility/rule.ts'
import { sayCondition } from '../../../../core/eligibility/say-condition.ts'
import { eligibility, factVocabulary, screeningLimits } from '../../../../knowledge/eligibility.ts'
import { riskPaths, riskTold, followUpHours } from '../../../../knowledge/instruments.ts'
import { together } from '../../../../knowledge/together.ts'
import { dangers, meantFor } from './library.ts'
import { from, sentence, type BookRule, type Chapter } from './rule.ts'

const actions: readonly { readonly action: Action; readonly title: string }[] = [
  { action: 'block', title: 'No dosing here, and no signature changes that for one person' },
  { action: 'hold', title: 'Not until the named thing lifts it' },
  { action: 'override', title: 'Only with a reason that a prescriber signs' },
  { action: 'missing', title: 'Something is missing or too old' },
  { action: 'caution', title: 'Shown to the prescriber, who decides' },
]

/** What a rule reads as, with its condition in words and what lifts it. */
function eligibilityRule(rule: EligibilityRule): BookRule {
  return {
    id: rule.id, says: sentence(rule.says), when: sentence(sayCondition(rule.when, factVocabulary)), basis: rule.basis, ...from(rule),
    lines: [
      ...(rule.moment === 'session-day' ? ['Judged on the day of a session.'] : []),
      ...(rule.liftedBy ? [`Lifted by: ${sentence(rule.liftedBy)}`] : []),
      `The person reads: “${rule.plainly}”`,
      `Found by: ${rule.screenedBy}.`,
    ],
  }
}

const { freshness, pressure, itemNine, cSsrs, bladder, overrides } = screeningLimits

export const whoMayBeTreated: Chapter = {
  id: 'who', title: 'Who may be treated', intro: 'Rules about a person, asked before clearance and again with every new fact. A rule whose facts are missing is unknown, and unknown never lets anyone pass.',
  groups: [
    ...meantFor,
    ...actions.map(({ action, title }) => ({ title, rules: eligibility.filter((rule) => rule.action === action).map(eligibilityRule) })),
    { title: 'How a chart is read', rules: [...freshness, pressure, itemNine, cSsrs, bladder, overrides].map((row): BookRule => ({ id: row.id, says: sentence(row.says), basis: row.basis, ...from(row) })) },
  ],
}

const dosingWords = { stopped: 'No dose while it is open.', 'after-safety-plan': 'No dose before a safety plan is there.', 'after-interview': 'No dose before a clinician has asked further.' } as const

export const riskChapter: Chapter = {
  id: 'risk', title: 'When an answer worries', intro: 'What has to happen, by when and by whom, once an answer opens a risk path. A path stays open until a clinician closes it.',
  groups: [{
    title: 'Paths',
    rules: [
      ...riskPaths.map((path): BookRule => ({ id: path.id, says: sentence(path.says), lines: [`Owned by the ${path.owner}; told as well: ${path.tell.join(', ').replaceAll('-', ' ')}.`, dosingWords[path.dosing]], ...from(path) })),
      { id: riskTold.id, says: sentence(riskTold.says), lines: [`Told: the ${riskTold.tell}.`], ...from(riskTold) },
      { id: followUpHours.id, says: `After a contact that named no next time, the person is called again within ${followUpHours.value} hours.`, ...from(followUpHours) },
    ],
  }, ...dangers, { title: 'Several patients dosed together', rules: [{ id: together.patientsPerMonitor.id, says: together.patientsPerMonitor.says, lines: [`As it ships: one monitor for ${together.patientsPerMonitor.value === 1 ? 'each patient' : `${together.patientsPerMonitor.value} patients`}.`], ...from(together.patientsPerMonitor) }] }],
}
