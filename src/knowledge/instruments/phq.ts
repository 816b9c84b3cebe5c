import type { AnswerScale, Instrument, InstrumentItem, Licence } from '../../core/measures/instrument.ts'
import type { SourceId } from '../sources.ts'
import { leansOn, ours, recalled, seenIn } from './row.ts'

export const frequency = {
  kind: 'choice',
  options: [
    { value: 0, text: 'Not at all', loinc: 'LA6568-5' },
    { value: 1, text: 'Several days', loinc: 'LA6569-3' },
    { value: 2, text: 'More than half the days', loinc: 'LA6570-1' },
    { value: 3, text: 'Nearly every day', loinc: 'LA6571-9' },
  ],
} as const satisfies AnswerScale

const difficulty = {
  kind: 'choice',
  options: [
    { value: 0, text: 'Not difficult at all', loinc: 'LA6572-7' },
    { value: 1, text: 'Somewhat difficult', loinc: 'LA6573-5' },
    { value: 2, text: 'Very difficult', loinc: 'LA6575-0' },
    { value: 3, text: 'Extremely difficult', loinc: 'LA6574-3' },
  ],
} as const satisfies AnswerScale

export const stem = 'Over the last 2 weeks, how often have you been bothered by any of the following problems?'

/** One of the questions that are answered by how often. */
export const howOften = (id: string, loinc: string, text: string): InstrumentItem => ({ id, loinc, text, answer: frequency, required: true })

/** Word for word as the US Core implementation guide prints it, dashes included. */
const items = [
  howOften('q1', '44250-9', 'Little interest or pleasure in doing things?'),
  howOften('q2', '44255-8', 'Feeling down, depressed, or hopeless?'),
  howOften('q3', '44259-0', 'Trouble falling or staying asleep, or sleeping too much'),
  howOften('q4', '44254-1', 'Feeling tired or having little energy'),
  howOften('q5', '44251-7', 'Poor appetite or overeating'),
  howOften('q6', '44258-2', 'Feeling bad about yourself-or that you are a failure or have let yourself or your family down'),
  howOften('q7', '44252-5', 'Trouble concentrating on things, such as reading the newspaper or watching television'),
  howOften('q8', '44253-3', 'Moving or speaking so slowly that other people could have noticed. Or the opposite-being so fidgety or restless that you have been moving around a lot more than usual'),
  howOften('q9', '44260-8', 'Thoughts that you would be better off dead, or of hurting yourself in some way'),
  { id: 'difficulty', loinc: '69722-7', text: 'How difficult have these problems made it for you to do your work, take care of things at home, or get along with other people?', answer: difficulty, required: false },
] as const satisfies readonly InstrumentItem[]

const licence = {
  tier: 'T1',
  holder: 'Spitzer, Williams, Kroenke and others',
  terms: 'Developed with an educational grant; its owners say that nobody needs permission to reproduce, translate, display or distribute it.',
  collecting: 'free',
  source: 'Wording and codes: Questionnaire phq-9-example of US Core 6.1.0 (CC0). Terms: as the CamCOPS documentation quotes the owners.',
  text: 'shipped',
  textVerified: true,
  unverifiedParts: ['stem'],
} as const satisfies Licence

/** Compared character for character, by a test that runs whenever anything changes. */
const published = { tag: 'V', evidence: { source: 'Questionnaire phq-9-example of US Core 6.1.0.', verifiedOn: '2026-11-23', verifiedBy: 'a test of this project' } } as const
const cites = ['S34', 'S48'] as const satisfies readonly SourceId[]

export const phq9 = {
  id: 'phq-9',
  version: '2026-1',
  language: 'en',
  title: 'PHQ-9',
  says: 'Nine questions about mood over the last two weeks.',
  stem,
  items,
  scoring: { kind: 'sum', items: ['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8', 'q9'] },
  bands: [
    { from: 0, to: 4, name: 'minimal' },
    { from: 5, to: 9, name: 'mild' },
    { from: 10, to: 14, name: 'moderate' },
    { from: 15, to: 19, name: 'moderately severe' },
    { from: 20, to: 27, name: 'severe' },
  ],
  risk: { kind: 'item', item: 'q9', atLeast: 1, callFrom: 2, followedBy: 'c-ssrs' },
  loinc: { panel: '44249-1', total: '44261-6' },
  canonicals: ['http://hl7.org/fhir/us/core/Questionnaire/phq-9-example'],
  recallDays: 14,
  minDaysBetween: 7,
  insteadWhenTooSoon: 'phq-2',
  answeredBy: ['patient', 'clinician'],
  moments: ['screening', 'baseline', 'weekly', 'follow-up', 'maintenance'],
  validated: true,
  licence,
  ...leansOn({ items: published, stem: recalled, bands: seenIn('Papers on the scale, and guides of HL7.'), loinc: published, risk: ours, minDaysBetween: ours }),
  cites,
  verified: false,
  reviewBy: '2027-05-31',
} as const satisfies Instrument

/** The first two questions: what may be asked before every dose, where the whole form would come too often. */
export const phq2 = {
  id: 'phq-2',
  version: '2026-1',
  language: 'en',
  title: 'PHQ-2',
  says: 'Two questions about mood over the last two weeks.',
  stem,
  items: [items[0], items[1]],
  scoring: { kind: 'sum', items: ['q1', 'q2'] },
  bands: [
    { from: 0, to: 2, name: 'below the cut-off' },
    { from: 3, to: 6, name: 'at or above the cut-off' },
  ],
  loinc: { panel: '55757-9', total: '55758-7' },
  recallDays: 14,
  minDaysBetween: 0,
  containedIn: ['phq-9'],
  answeredBy: ['patient', 'clinician'],
  moments: ['screening', 'before-dose'],
  validated: true,
  licence: { ...licence, source: 'The first two questions of the PHQ-9, word for word.' },
  ...leansOn({ items: published, stem: recalled, bands: seenIn('Papers on the scale.'), loinc: seenIn('Forms that HL7 guides list.'), minDaysBetween: ours }),
  cites,
  verified: false,
  reviewBy: '2027-05-31',
} as const satisfies Instrument
