import type { Told } from './told.ts'

/** What a cell holds. Null is a value that nobody wrote down, or that would tell of too few people; the column says which. */
export type Cell = string | number | boolean | null
export type TableRow = Readonly<Record<string, Cell>>

export interface Column {
  readonly name: string
  readonly type: 'text' | 'integer' | 'number' | 'boolean' | 'date'
  readonly unit?: string
  readonly means: string
  readonly values?: string
  /** When the cell is empty; nothing where it never is. */
  readonly empty?: string
  /** What of a chart it comes from. */
  readonly from: string
  readonly deidentified: string
}

export interface Table {
  readonly name: TableName
  readonly says: string
  readonly columns: readonly Column[]
}

export const tableNames = ['persons', 'courses', 'sessions', 'doses', 'scores', 'outcomes', 'adverse_events', 'follow_up'] as const
export type TableName = (typeof tableNames)[number]
export type Tables = Readonly<Record<TableName, readonly TableRow[]>>

const asIs = 'left as it is'
const moved = 'moved by the days of this person, which only the practice can work out; what lies between two days of one person is unchanged'
const coarser = 'made coarser, or “withheld”, until at least as many people as the rule asks for share the whole combination of sex, age band, indication, route, year and protocol'
const person: Column = { name: 'person', type: 'text', means: 'A name for the person, the same in every file of this practice.', from: 'none of the chart', deidentified: 'made with a key that the practice keeps; nobody else can lead it back' }
const course: Column = { name: 'course', type: 'integer', means: 'Which course of this person, from 1 on.', from: 'session-started.v1, course-ended.v1', deidentified: asIs }
const session: Column = { name: 'session', type: 'integer', means: 'Which session with medicine of this person, from 1 on.', from: 'session-started.v1', deidentified: asIs }
const date = (name: string, means: string, from: string): Column => ({ name, type: 'date', means, from, deidentified: moved })
const quasi = (name: string, means: string, values: string, from: string): Column => ({ name, type: 'text', means, values, from, deidentified: coarser })
const truth = (name: string, means: string, empty: string): Column => ({ name, type: 'boolean', means, empty, from: 'measure-answered.v1, by the rules of the edition in the manifest', deidentified: asIs })
const instrument: Column = { name: 'instrument', type: 'text', means: 'Which questionnaire.', values: 'phq-9, gad-7, pcl-5, madrs, qids-sr16, other', from: 'measure-answered.v1', deidentified: 'one that too few people answered is not here at all' }
const kept = 'measure-answered.v1, afterwards, by the rule of relapse'

/** Every table that leaves, with every column. The data dictionary is written from this, and a test holds each row against it. */
export const tables: readonly Table[] = [
  { name: 'persons', says: 'One row a person who agreed to it.', columns: [
    person,
    quasi('sex', 'Sex at birth.', 'female, male, other, unknown, withheld', 'fact.v1'), quasi('age_band', 'Age at the first dose, in years.', 'a band of years, unknown, withheld', 'demographics.v1'),
    quasi('indication', 'What the courses were for, by the catalogue of conditions.', 'an id of the catalogue, several, unknown, withheld', 'intake.v1, condition.v1'), quasi('route', 'How the medicine was given.', 'IM, IV, SL, PO, IN-esketamine, several, unknown, withheld', 'dose-given.v1'),
    quasi('first_year', 'The year of the first dose: the only part of a true date.', 'a year, withheld', 'dose-given.v1'), quasi('protocol', 'Which course.', 'an id of the rulebook, own, several, unknown, withheld', 'course-chosen.v1'),
    { name: 'courses', type: 'integer', means: 'How many courses of this person are here.', from: 'session-started.v1', deidentified: asIs },
  ] },
  { name: 'courses', says: 'One row a course that has been counted: its last score has had its time.', columns: [
    person, course, date('first_dose', 'Day of the first dose.', 'dose-given.v1'), date('last_dose', 'Day of the last dose.', 'dose-given.v1'),
    { name: 'sessions', type: 'integer', means: 'Sessions with medicine.', from: 'session-started.v1', deidentified: asIs },
    { ...truth('finished', 'Whether as many sessions were given as the course plans at least.', 'its plan is not on the chart'), from: 'course-chosen.v1, session-started.v1' },
    { ...truth('maintained', 'Whether maintenance doses followed.', ''), from: 'visits-booked.v1, session-started.v1' },
  ] },
  { name: 'sessions', says: 'One row a session with medicine.', columns: [
    person, course, session, { name: 'part', type: 'text', means: 'Part of the course, or a maintenance dose after it.', values: 'course, maintenance', from: 'visits-booked.v1', deidentified: asIs }, date('day', 'Day of the session.', 'dose-given.v1'),
    { name: 'total_mg', type: 'number', unit: 'mg', means: 'All doses of the session together.', empty: 'two records of it disagree, or the route is withheld', from: 'dose-given.v1', deidentified: 'empty where the route is withheld, since the dose would tell it' },
  ] },
  { name: 'doses', says: 'One row a dose.', columns: [
    person, course, session, { name: 'dose', type: 'integer', means: 'Which dose of the session.', from: 'dose-given.v1', deidentified: asIs },
    { name: 'minute', type: 'integer', unit: 'min', means: 'Minutes after the first dose of the session.', from: 'dose-given.v1', deidentified: 'the time of day is not told' },
    { name: 'mg', type: 'number', unit: 'mg', means: 'The dose.', empty: 'the route is withheld', from: 'dose-given.v1', deidentified: 'empty where the route is withheld, since the dose would tell it' },
  ] },
  { name: 'scores', says: 'One row a complete questionnaire: its total, and no answer.', columns: [
    person, { ...course, empty: 'before the first dose' }, instrument, date('day', 'Day it was answered.', 'measure-answered.v1'), { name: 'total', type: 'number', unit: 'points', means: 'The total by the questionnaire’s own rule.', from: 'measure-answered.v1', deidentified: asIs },
  ] },
  { name: 'outcomes', says: 'One row a questionnaire of a course: where it began, where it ended, and what that means.', columns: [
    person, course, instrument,
    { name: 'baseline', type: 'number', unit: 'points', means: 'The last complete total shortly before the first dose.', empty: 'there is none', from: 'measure-answered.v1', deidentified: asIs }, { name: 'end', type: 'number', unit: 'points', means: 'The total that the course ends with.', empty: 'there is none', from: 'measure-answered.v1', deidentified: asIs },
    truth('is_case', 'Whether there was something to respond to.', 'a total is missing'), truth('response', 'Response.', 'a total is missing, or no rule says it'), truth('remission', 'Remission.', 'a total is missing, or no rule says it'), truth('reliable', 'Better by more than the questionnaire’s own noise.', 'a total is missing, or no rule says it'), truth('worse', 'Worse by more than it.', 'a total is missing, or no rule says it'),
  ] },
  { name: 'adverse_events', says: 'One row a side effect that was written down. What nobody wrote down is not here.', columns: [
    person, course, date('day', 'Day it began.', 'side-effect.v1'), { name: 'term', type: 'text', means: 'Which, by the catalogue of side effects.', values: 'an id of the catalogue, other', from: 'side-effect.v1', deidentified: 'what too few people had is “other”; where even these are too few, the row is not here' },
    { name: 'grade', type: 'integer', means: 'How severe, from 1 to 5.', empty: 'too few people had this at this grade', from: 'side-effect.v1', deidentified: 'empty where too few people had this at this grade' },
  ] },
  { name: 'follow_up', says: 'One row a course: how long a response held.', columns: [
    person, course, { name: 'state', type: 'text', means: 'In the curve, or why not.', values: 'followed, unknown, not-a-case, no-response, lost-before-the-end, not-asked-after', from: kept, deidentified: asIs },
    ...([['days', 'From the last dose to the relapse, or to the last score without one.'], ['to_response_days', 'From the first dose to the first response.'], ['response_days', 'Days in response that scores speak for.']] as const).map(([name, means]): Column => ({ name, type: 'integer', unit: 'd', means, empty: 'the state is not “followed”', from: kept, deidentified: asIs })),
    { ...truth('relapsed', 'Whether it ended with a relapse.', 'the state is not “followed”'), from: kept },
  ] },
]

export const tableNamed = (name: TableName): Table => tables.find((table) => table.name === name)!
/** Which columns of a person are quasi-identifiers, by what they are called in a file. */
export const quasiColumns = { sex: 'sex', ageBand: 'age_band', indication: 'indication', route: 'route', year: 'first_year', protocol: 'protocol' } as const satisfies Readonly<Record<keyof Told['quasi'], string>>
