import type { Role } from '../access/roles.ts'
import type { Chart } from '../chart/chart.ts'
import type { Entry } from '../chart/entry.ts'
import { spokenNotes } from '../files/spoken.ts'
import type { Instant } from '../shared/time.ts'
import { compare } from './entries.ts'
import { isWaiting, lanesOf } from './lanes.ts'
import { transcriptions } from './transcribed.ts'

/** Something about the record of a session that waits for a person: entries typed from paper, entries that came late, or what was spoken and has no words yet. */
export interface RecordMatter {
  readonly about: 'paper' | 'late' | 'spoken'
  readonly session: string
  readonly number: number
  /** What it rests on: the transcription, or the late entries. */
  readonly entries: readonly string[]
  readonly since: Instant
  readonly says: string
  /** Who cannot settle it, because they typed it themselves. */
  readonly not: string | undefined
  /** The only one who can. */
  readonly only?: string
}

export interface MatterWords {
  readonly name: (person: string) => string
  readonly time: (at: Instant) => string
}

/** What is open about the records of this chart's sessions, oldest first. */
export function recordMatters(chart: Chart, words: MatterWords): RecordMatter[] {
  const open = chart.all('session-started.v1').flatMap(({ id, body }) => [...ofPaper(chart, id, body.number, words), ...ofLate(chart, id, body.number, words), ...ofSpoken(chart, id, body.number, words)])
  return open.toSorted((a, b) => compare(a.since, b.since))
}

function ofPaper(chart: Chart, session: string, number: number, { name }: MatterWords): RecordMatter[] {
  return transcriptions(chart).filter(({ entry, state }) => entry.session === session && state !== 'checked').map(({ entry, state, lines }): RecordMatter => ({
    about: 'paper', session, number, entries: [entry.id], since: entry.at, not: entry.by,
    says: state === 'differs'
      ? `Session ${number} was typed from paper by ${name(entry.by)}, and ${count(lines.filter((line) => line.state === 'differs').length, 'line differs', 'lines differ')} from the paper.`
      : `Session ${number} was typed from paper by ${name(entry.by)} and is transcribed, not yet checked. A second person compares it with the paper.`,
  }))
}

function ofLate(chart: Chart, session: string, number: number, words: MatterWords): RecordMatter[] {
  const late = waitingIn(chart, session)
  const [first] = late.map(arrivedAt).toSorted()
  return first === undefined ? [] : [{ about: 'late', session, number, entries: late.map(({ id }) => id), since: first, not: undefined, says: `Session ${number} is ${sayReopened(chart, session, words)}` }]
}

/** By whoever spoke them: nobody else puts words to them. */
function ofSpoken(chart: Chart, session: string, number: number, { name }: MatterWords): RecordMatter[] {
  const open = spokenNotes(chart).filter(({ spoken, state }) => spoken.session === session && state === 'not-written')
  return [...new Set(open.map(({ spoken }) => spoken.by))].map((by): RecordMatter => {
    const own = open.filter(({ spoken }) => spoken.by === by)
    return { about: 'spoken', session, number, entries: own.map(({ spoken }) => spoken.id), since: own[0]!.spoken.at, not: undefined, only: by, says: `Session ${number} holds ${count(own.length, 'spoken note', 'spoken notes')} of ${name(by)}, not yet written out.` }
  })
}

/** Why a closed record is open again, by whose device, or nothing where nothing waits: `reopened for review: 2 entries arrived after closing, at 4:10 PM from Lee’s device.` */
export function sayReopened(chart: Chart, session: string, { name, time }: MatterWords): string | undefined {
  const late = waitingIn(chart, session)
  if (late.length === 0) return undefined
  const from = new Map<string, { by: string; first: Instant }>()
  for (const entry of late.toSorted((a, b) => compare(arrivedAt(a), arrivedAt(b)))) {
    const { by, device } = entry
    if (!from.has(`${by} ${device}`)) from.set(`${by} ${device}`, { by, first: arrivedAt(entry) })
  }
  return `reopened for review: ${count(late.length, 'entry', 'entries')} arrived after closing, ${[...from.values()].map(({ by, first }) => `at ${time(first)} from ${name(by)}’s device`).join(' and ')}.`
}

const waitingIn = (chart: Chart, session: string): Entry[] => (lanesOf(chart, session)?.late ?? []).filter(isWaiting).map(({ entry }) => entry)
/** On the server, or on this device where the server has not had it. */
const arrivedAt = ({ receivedAt, writtenAt }: Entry): Instant => receivedAt ?? writtenAt

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`

/** Who may settle a matter of each sort, in the order in which they are asked. */
const asked: Readonly<Record<RecordMatter['about'], readonly Role[]>> = { paper: ['monitor', 'therapist', 'prescriber'], late: ['therapist', 'prescriber'], spoken: ['therapist', 'prescriber', 'monitor'] }

/** The one person of the care team who is to see to it; nobody where the team has none who may. */
export function ownerOf<Member extends { readonly person: string; readonly role: Role }>({ about, not, only }: Pick<RecordMatter, 'about' | 'not' | 'only'>, team: readonly Member[]): Member | undefined {
  return asked[about].map((role) => team.find((member) => member.role === role && member.person !== not && (only === undefined || member.person === only))).find((member) => member !== undefined)
}

/** May this person, in these roles on the team, settle it? */
export const maySettle = ({ about, not, only }: Pick<RecordMatter, 'about' | 'not' | 'only'>, person: string, roles: readonly Role[]): boolean =>
  person !== not && (only === undefined || person === only) && roles.some((role) => asked[about].includes(role))
