import { conditionWords, courseWords, measureWords, medicineWords, outcomeWords, proposalWords } from './words/course.ts'
import { eligibilityWords, interactionWords, readingWords } from './words/eligibility.ts'
import type { Words } from './words/row.ts'
import { comfortWords, dischargeWords, effectWords, emergencyWords, preDoseWords, watchingWords } from './words/session.ts'

/** For each area, the words of its rows for the person concerned, by the row's id. Rows of the library carry their own. */
export const patientWords = {
  eligibility: eligibilityWords, reading: readingWords, interactions: interactionWords, watching: watchingWords, preDose: preDoseWords, discharge: dischargeWords, emergency: emergencyWords, comfort: comfortWords, effects: effectWords,
  medicine: medicineWords, courses: courseWords, measures: measureWords, outcomes: outcomeWords, proposals: proposalWords, conditions: conditionWords,
} as const satisfies Readonly<Record<string, Readonly<Record<string, Words>>>>
