import type { Step } from '../../../../core/course/step.ts'

/** What the button of a step says. The course decides which step it is; this only gives it a verb. */
const VERBS: readonly (readonly [RegExp, (number: string) => string])[] = [
  [/^inquiry-call$/, () => 'Open inquiries'], [/^match$/, () => 'Open inquiries'], [/^protocol$/, () => 'Choose the protocol'], [/^intake$/, () => 'Write the intake'], [/^consult$/, () => 'Write the consultation'],
  [/^referral$/, () => 'Refer for clearance'], [/^clearance$/, () => 'Open the clearance sheet'], [/^consent-/, () => 'See the consents'], [/^baseline$/, () => 'See the questionnaires'], [/^baseline-interview$/, () => 'Write the C-SSRS'], [/^estimate$/, () => 'Open money'],
  [/^plan$/, () => 'Plan the course'], [/^preparation-/, (number) => `Write preparation ${number}`], [/^safety-plan$/, () => 'Make the safety plan'], [/^intention$/, () => 'Write the intention'], [/^agreements$/, () => 'Write the agreements'],
  [/^order$/, () => 'Write the order'], [/^weekly-/, () => 'Ask it, and write the C-SSRS'], [/^medicine-/, (number) => `Open medicine session ${number}`], [/^integration-/, (number) => `Write integration ${number}`], [/^maintenance-integration$/, () => 'Write the integration'], [/^review-/, () => 'Review response and dose'],
  [/^follow-up-/, (days) => `Write the follow-up of day ${days}`], [/^maintenance$/, () => 'Decide about maintenance'], [/^no-answer$/, () => 'Call, and write what came of it'], [/^exposure$/, () => 'Look at it'], [/^place-review$/, () => 'Find a time'],
]

export const verbOf = ({ id }: Pick<Step, 'id'>): string => VERBS.find(([shape]) => shape.test(id))?.[1](/\d+$/.exec(id)?.[0] ?? '') ?? 'Open'

/** Steps whose work is done on another screen. */
export function elsewhere(id: string, chartId: string): string | undefined {
  if (id === 'inquiry-call' || id === 'match') return '/work/inquiries'
  if (id === 'plan' || id === 'place-review') return `/work/charts/${chartId}/plan`
  if (id === 'estimate') return `/work/charts/${chartId}/money`
  return undefined
}

/** Where the reason that blocks a step is looked at. Most blockers are named after the step that lifts them. */
export function roomOfBlocker(code: string): string | undefined {
  if (code === 'risk' || code === 'crisis') return 'risks'
  if (code.startsWith('clearance')) return 'clearance'
  if (code === 'no-birth-date' || code === 'too-young' || code === 'deceased') return 'person'
  if (code === 'dose-spacing' || code === 'doses-in-seven-days' || code === 'integration') return 'brief'
  if (code === 'current-clients-only') return 'intake'
  return /^(intake|referral|order|safety-plan|baseline|consent-|preparation-|medicine-)/.test(code) ? code : undefined
}
