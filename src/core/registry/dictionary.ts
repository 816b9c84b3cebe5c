import { tables, type Column } from './tables.ts'

/** The dictionary as data: every table and every column, word for word as the tables are made from. */
export const dictionary = { tables } as const

/** The same to read. */
export const dictionaryText = (): string => [
  '# Data dictionary', '',
  'Rows of people who agreed to it, taken away from them. A cell is empty only where its column says when; an empty cell is never a zero and never a no.', '',
  '`person` joins all tables; `person` and `course` join what belongs to one course; `person`, `course` and `session` what belongs to one session. Days are those of no calendar anybody lives by: each person’s were moved by a number of days of their own. In the CSV files a text that a spreadsheet would take for a formula has an apostrophe before it.', '',
  ...tables.flatMap(({ name, says, columns }) => [`## ${name}`, '', says, '', '| column | type | unit | meaning | values | empty when | from | how it was de-identified |', '| --- | --- | --- | --- | --- | --- | --- | --- |', ...columns.map(lineOf), '']),
].join('\n')

const lineOf = ({ name, type, unit, means, values, empty, from, deidentified }: Column): string =>
  `| ${[`\`${name}\``, type, unit ?? '', means, values ?? '', empty || 'never', from, deidentified].map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`
