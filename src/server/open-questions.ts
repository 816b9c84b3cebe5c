import type { PoolClient } from 'pg'
import { readChart, type Chart } from '../core/chart/chart.ts'
import { dueRows } from '../core/course/course.ts'
import { answeredAt, type Ask } from '../core/measures/asks.ts'
import { measurePlan } from '../core/measures/due.ts'
import { instrumentOf, type Instrument } from '../core/measures/instrument.ts'
import { copyDigest, formHere } from '../core/measures/own-copy.ts'
import { withFormsHere } from '../core/measures/when-here.ts'
import { wordsKey } from '../core/measures/words.ts'
import type { Rulebook } from '../core/rulebook/book.ts'
import { courseIn } from '../core/rulebook/own-courses.ts'
import type { Instant } from '../core/shared/time.ts'
import { whenHere } from '../knowledge/instruments/timing.ts'
import { textDigests } from '../knowledge/instruments/text-digests.ts'
import { defaultProtocol } from './http/course.ts'
import { editionInForce } from './rulebook.ts'
import { readEntries } from './store/charts.ts'
import { formChoices, type FormChoiceRow } from './store/forms.ts'
import { practiceRow, type PracticeRow } from './store/practice.ts'

/** A form in the words in which it is asked here. */
export interface FormHere {
  readonly instrument: Instrument
  readonly textSha256: string | undefined
}

/** A chart as far as questionnaires go that the person fills in alone. */
export interface Questions {
  readonly row: PracticeRow
  readonly read: Chart
  readonly upTo: number
  /** Every ask of the person's own forms, past, present and to come. */
  readonly asks: readonly Ask[]
  /** When a form, or a longer one that contains it, was answered in full. */
  readonly answered: (chart: Chart, id: string) => readonly Instant[]
  /** Whether the course itself asks for a form, and not the practice beside it. */
  readonly isOfCourse: (id: string) => boolean
  /** A form that the person fills in alone, in words that are here; nothing for any other. */
  readonly form: (id: string) => FormHere | undefined
}

/** The forms that people fill in alone here, by the rules in force and what the practice has signed; no chart is read for them. */
export async function formsOf(client: PoolClient, practice: string): Promise<Pick<Questions, 'form'> & { readonly book: Rulebook }> {
  const asked = { client, actor: { practice } as never }
  const { book } = await editionInForce(asked)
  const choices = await formChoices(asked)
  return { book, form: (name) => ownForm(instrumentOf(book.instruments, name), choices) }
}

/** Where the course is one that the rules in force do not hold, nobody is asked anything. */
export async function questionsOf(client: PoolClient, practice: string, chart: string, now: Instant): Promise<Questions> {
  const asked = { client, actor: { practice } as never }
  const row = await practiceRow(asked)
  const { book, form } = await formsOf(client, practice)
  const { rows } = await client.query<{ protocol: string | null }>('select protocol from app.chart where practice_id = $1 and chart_id = $2', [practice, chart])
  const id = rows[0]?.protocol ?? null
  const protocol = id === null ? defaultProtocol : courseIn(book, id)
  const entries = await readEntries(asked, chart)
  const read = readChart(entries)
  const asks = protocol ? measurePlan(withFormsHere(protocol, whenHere, (name) => form(name) !== undefined), read, now, { ...dueRows(book, row.zone), afterVisit: whenHere.afterVisit }).filter(({ instrument }) => form(instrument) !== undefined) : []
  const answered: Questions['answered'] = (of, name) => { const instrument = instrumentOf(book.instruments, name); return instrument ? answeredAt(of, instrument, book) : [] }
  return { row, read, upTo: entries.at(-1)?.seq ?? 0, asks, form, answered, isOfCourse: (name) => protocol !== undefined && Object.values(protocol.measures).some((names) => names.includes(name)) }
}

function ownForm(instrument: Instrument | undefined, choices: readonly FormChoiceRow[]): FormHere | undefined {
  const here = instrument?.answeredBy.includes('patient') ? formHere(instrument, choices) : undefined
  if (!instrument || !here) return undefined
  return { instrument: here, textSha256: copyDigest(instrument, choices) ?? textDigests[wordsKey(here)] }
}

/** What is open, each form once, by the ask that closes first. */
export function openAsks(asks: readonly Ask[]): Ask[] {
  const open = asks.filter(({ state }) => state === 'open').toSorted((a, b) => compare(a.closesAt ?? '9', b.closesAt ?? '9'))
  return open.filter(({ instrument }, place) => open.findIndex((one) => one.instrument === instrument) === place)
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
