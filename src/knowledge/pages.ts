/** What the public pages say: sentences with their sources, questions of the anonymous check, words for visits. */
export type { Claim, Section } from './pages/claim.ts'
export { conditions, knownAbout, type Condition } from './pages/conditions.ts'
export { helpLines, untilHelpComes, type HelpLine } from './pages/help.ts'
export { precheck, precheckEnds, type Leads, type PrecheckAnswer, type PrecheckQuestion } from './pages/precheck.ts'
export { howWell, opening, safety, steps, timeOff, whatItIs, whoFor } from './pages/program.ts'
export { questions, type Question } from './pages/questions.ts'
export { quizzes, type Quiz } from './pages/quizzes.ts'
export { accessWords, languages, visitWords } from './pages/words.ts'
