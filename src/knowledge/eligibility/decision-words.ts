import type { Decision } from '../../core/eligibility/screen.ts'

/** How a decision is shown. No words here call anybody fit or out of danger: rules were asked, and a person decides. */
export const decisionWords: Readonly<Record<Decision, { readonly says: string; readonly plainly: string }>> = {
  INELIGIBLE: { says: 'A block is met. No dosing here.', plainly: 'Something on your record speaks against ketamine. Your team will talk with you about it, and about other help.' },
  DEFERRED: { says: 'A hold is met. No dosing until it is lifted.', plainly: 'Something has to change first. Your team tells you what, and stays with you meanwhile.' },
  NEEDS_PRESCRIBER_OVERRIDE: { says: 'A prescriber decides and signs a reason, or it does not go on.', plainly: 'A prescriber thinks this through with you before anything is planned.' },
  INCOMPLETE: { says: 'Something is missing, too old or not known.', plainly: 'A few things are still open. Your team will ask you.' },
  ELIGIBLE_WITH_CAUTIONS: { says: 'Cautions or signed overrides apply on the data entered; the prescriber decides.', plainly: 'What you told us was read. A prescriber looks at it with you and decides.' },
  ELIGIBLE: { says: 'No rule fired on the data entered; the prescriber decides.', plainly: 'What you told us was read. A prescriber looks at it with you and decides.' },
}
