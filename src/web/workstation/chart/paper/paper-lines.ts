import type { EntryDraft } from '../../../../core/chart/entry.ts'
import type { BodyOf, EntryKind } from '../../../../core/chart/kinds.ts'
import type { DoseRoute } from '../../../../core/chart/kinds/clearance.ts'
import type { DischargeRuleId } from '../../../../core/session/discharge-rows.ts'
import { mg } from '../../../../core/shared/units.ts'
import type { Day, Instant } from '../../../../core/shared/time.ts'
import { discharge as dischargeRows } from '../../../../knowledge/discharge.ts'
import { recoveryScores } from '../../../../knowledge/recovery-scores.ts'
import { newId } from '../../../sync/new-id.ts'
import { momentOf } from '../words.ts'

/** One thing that stands on the paper, as it is being typed. What is empty was not written there. */
export interface PaperLine {
  readonly key: string
  readonly what: 'reading' | 'dose' | 'effect' | 'note' | 'identity' | 'escort' | 'leaving' | 'ticked'
  readonly time: string | null
  /** Who wrote it on the paper. */
  readonly by: string
  readonly numbers: Readonly<Partial<Record<NumberName, number | null>>>
  readonly text: string
  readonly more: string
  readonly choice: string | null
  readonly until: string | null
  /** Of an assessment what was ticked, and of the lines of going home which; absent in a draft that was begun before they could be typed. */
  readonly ticks?: readonly string[]
  readonly detached?: string | null
}
type ScoreName = `${'aldrete' | 'padss'}.${string}`
export type NumberName = ScoreName | 'systolicMmHg' | 'diastolicMmHg' | 'heartRatePerMin' | 'respiratoryRatePerMin' | 'spo2Percent' | 'moaaS' | 'rass' | 'orientation' | 'distress' | 'doseMg' | 'step' | 'grade'

export const lineNames: Readonly<Record<PaperLine['what'], string>> = { reading: 'Reading', dose: 'Dose', effect: 'Side effect', note: 'What was seen or said', identity: 'Identity checked', escort: 'Who came to go home with', leaving: 'Assessed for going home', ticked: 'Lines of going home' }

export interface PaperDraft {
  /** A booked visit, a session that was begun on a device, or neither. */
  readonly of: string | null
  readonly day: Day | null
  readonly from: string | null
  readonly to: string | null
  readonly wrote: string
  readonly why: string
  readonly people: readonly string[]
  readonly lines: readonly PaperLine[]
  readonly how: BodyOf<'session-closed.v1'>['how'] | null
  readonly tolerance: BodyOf<'session-closed.v1'>['tolerance'] | null
}

export const blankPaper: PaperDraft = { of: null, day: null, from: null, to: null, wrote: '', why: '', people: [], lines: [], how: null, tolerance: null }
export const blankLine = (what: PaperLine['what'], key: string, by: string): PaperLine => ({ key, what, time: null, by, numbers: what === 'dose' ? { step: 1 } : {}, text: '', more: '', choice: null, until: null })

export interface Sending {
  readonly session: string
  readonly device: string
  readonly now: Instant
  readonly zone: string
  readonly route: DoseRoute
  readonly order: string
  /** The photo on record at a time, which the sheet showed. */
  readonly photoAt: (at: Instant) => string | undefined
  /** Who was in the room from its beginning, as the paper says; nobody where the session was begun on a device. */
  readonly people?: readonly { readonly person: string; readonly name: string; readonly role: 'therapist' | 'monitor' | 'prescriber' }[]
}

/** What the sheet asks of its photo, in the words of the record. */
export const photoChoices = [{ value: 'matches', label: 'It matches' }, { value: 'does-not-match', label: 'It does not match' }, { value: 'not-seen', label: 'It could not be seen' }, { value: 'none-on-record', label: 'No photo on the sheet' }] as const satisfies readonly { value: BodyOf<'photo-compared.v1'>['found']; label: string }[]

interface Typed { readonly entry: EntryDraft; readonly by: string }

/** An id that no entry has: where the paper names no confirmation to point at. */
const NOTHING = '00000000-0000-0000-0000-000000000000'
const vitals = ['systolicMmHg', 'diastolicMmHg', 'heartRatePerMin', 'respiratoryRatePerMin', 'spo2Percent'] as const
const minds = ['moaaS', 'rass', 'orientation'] as const

/** The entries that the paper comes to, each at the time that stands there and with the hand that wrote it. */
export function entriesOf(draft: PaperDraft, sending: Sending): Typed[] {
  const lines = draft.lines.flatMap((line) => { const at = momentOf(draft.day, line.time, sending.zone); return at === undefined ? [] : entriesOfLine(line, at, draft.day!, sending) })
  const closedAt = momentOf(draft.day, draft.to, sending.zone)
  const closed = draft.how && closedAt ? [made('session-closed.v1', { how: draft.how, tolerance: draft.tolerance ?? 'as-intended', note: '' }, closedAt, sending, draft.wrote)] : []
  const from = momentOf(draft.day, draft.from, sending.zone)
  const there = from === undefined ? [] : (sending.people ?? []).map(({ person, name, role }) => made('checked-in.v1', { person, name, role }, from, sending, draft.wrote))
  return [...there, ...lines, ...closed]
}

function made<Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, at: Instant, { session, device, now }: Sending, by: string, id = newId(Date.parse(now))): Typed {
  return { entry: { id, kind, at, writtenAt: now, device, session, body } as unknown as EntryDraft, by: by.trim() }
}

function entriesOfLine(line: PaperLine, at: Instant, day: Day, sending: Sending): Typed[] {
  const { by, text, more } = line
  const one = <Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, hand = by, when = at, id?: string) => made(kind, body, when, sending, hand, id)
  switch (line.what) {
    case 'reading': {
      const [read, mind] = [given(line, vitals), given(line, minds)]
      const distress = line.numbers.distress
      return [
        ...(Object.keys(read).length > 0 ? [one('vitals.v1', read)] : []), ...(Object.keys(mind).length > 0 ? [one('mental-status.v1', mind)] : []),
        ...(distress === null || distress === undefined ? [] : [one('rating.v1', { scale: 'distress', value: distress })]), ...(text.trim() ? [one('session-note.v1', { text: text.trim() })] : []),
      ]
    }
    case 'dose': return doseOf(line, at, day, sending)
    case 'effect': return [one('side-effect.v1', { term: line.choice ?? '', grade: line.numbers.grade ?? 1, onsetAt: at, ...(line.until ? { endedAt: momentOf(day, line.until, sending.zone)! } : {}), action: more.trim(), attributed: true })]
    case 'note': return [one('session-note.v1', { text: text.trim() })]
    case 'leaving': return [one('discharge-assessed.v1', assessedOf(line))]
    // What the paper ticks is said as the paper says it: no rule for going home is met by a tick.
    case 'ticked': return [one('session-note.v1', { text: `Going home, ticked on the paper: ${(line.ticks ?? []).map((id) => `${id} ${dischargeRows[id as DischargeRuleId].asks}`).join('; ')}.${more.trim() ? ` ${more.trim()}` : ''}` })]
    case 'identity': {
      const found = photoChoices.find(({ value }) => value === line.choice)?.value
      const photo = found === 'none-on-record' ? undefined : sending.photoAt(at)
      return [one('identity-checked.v1', { by: ['name', 'birth-date'] }), ...(found ? [one('photo-compared.v1', { found, ...(photo ? { photo } : {}) })] : [])]
    }
    case 'escort': return [one('escort-arrived.v1', { name: text.trim(), idNoted: more.trim(), kind: 'adult' })]
  }
}

const given = <Name extends NumberName>({ numbers }: PaperLine, names: readonly Name[]) => Object.fromEntries(names.flatMap((name) => (numbers[name] === null || numbers[name] === undefined ? [] : [[name, numbers[name]]]))) as Partial<Record<Name, number>>

const scoreNames = (['aldrete', 'padss'] as const).flatMap((score) => recoveryScores[score].items.map(({ key }): ScoreName => `${score}.${key}`))
const assessedNumbers: readonly NumberName[] = [...minds, ...scoreNames]

function assessedOf(line: PaperLine): BodyOf<'discharge-assessed.v1'> {
  const score = (name: keyof typeof recoveryScores) => Object.fromEntries(recoveryScores[name].items.map(({ key }) => [key, line.numbers[`${name}.${key}`]]))
  const ticked = (name: (typeof leavingTicks)[number]) => (line.ticks ?? []).includes(name)
  return { ...given(line, minds), gait: line.choice, dissociation: line.detached, aldrete: score('aldrete'), padss: score('padss'), noDrivingSigned: ticked('noDrivingSigned'), instructionsGiven: ticked('instructionsGiven'), roomAir: ticked('roomAir') } as BodyOf<'discharge-assessed.v1'>
}
export const leavingTicks = ['noDrivingSigned', 'instructionsGiven', 'roomAir'] as const

/** A score is a sum: with one item missing there is none, and nobody fills in what the paper does not hold. */
const missingOf = ({ numbers, choice, detached }: PaperLine): number =>
  assessedNumbers.filter((name) => numbers[name] === null || numbers[name] === undefined).length + (choice ? 0 : 1) + (detached ? 0 : 1)

/** Prepared, read back where the paper names a second person, and given: by the names that stand there, never by whoever types. */
function doseOf(line: PaperLine, at: Instant, day: Day, sending: Sending): Typed[] {
  const { route, order } = sending
  const [doseUg, step] = [mg(line.numbers.doseMg ?? 0), line.numbers.step ?? 1]
  const fresh = () => newId(Date.parse(sending.now))
  const [prepared, confirmed, taken] = [fresh(), fresh(), fresh()]
  const one = <Kind extends EntryKind>(kind: Kind, body: BodyOf<Kind>, hand: string, id?: string, when = at) => made(kind, body, when, sending, hand, id)
  const second = line.more.trim()
  const ended = momentOf(day, line.until, sending.zone)
  return [
    one('dose-prepared.v1', { step, doseUg, route, order, lot: line.text.trim() }, line.by, prepared),
    ...(second ? [one('dose-confirmed.v1', { prepared, doseUg }, second, confirmed)] : []),
    one('dose-given.v1', { step, doseUg, route, order, prepared, confirmed: second ? confirmed : NOTHING, confirmedBy: line.choice ?? NOTHING, site: '', selfAdministered: false }, line.by, taken),
    ...(ended ? [one('dose-ended.v1', { dose: taken }, line.by, undefined, ended)] : []),
  ]
}

/** What has to be said before it can be sent; nothing of it judges what was done. */
export function problemsOf(draft: PaperDraft, { now, zone, photoAt }: Pick<Sending, 'now' | 'zone' | 'photoAt'>, begins: boolean): Record<string, string | undefined> {
  const [from, to] = [momentOf(draft.day, draft.from, zone), momentOf(draft.day, draft.to, zone)]
  const lines = Object.fromEntries(draft.lines.map((line) => [line.key, lineProblem(line, draft, { now, zone, photoAt })]))
  return {
    of: draft.of === null ? 'Say which session this paper is of.' : undefined,
    when: !draft.day || (begins && !from) ? 'Say on which day it was, and when it began.' : (from ?? '') > now || (to ?? '') > now ? 'This lies ahead. Look at the day and the time on the paper.' : undefined,
    people: begins && draft.people.length === 0 ? 'Say who was in the room.' : undefined,
    wrote: draft.wrote.trim().length < 2 ? 'Say who wrote the paper.' : undefined, why: draft.why.trim().length < 3 ? 'Say why it was on paper.' : undefined,
    lines: draft.lines.length === 0 && !draft.how ? 'Nothing has been typed yet.' : undefined, ...lines,
    how: begins && (!draft.how || !draft.tolerance || !to) ? 'Say how the session ended, how much it was, and when.' : draft.how && !to ? 'Say when it ended.' : from && to && to < from ? 'It ends before it begins.' : undefined,
  }
}

function lineProblem(line: PaperLine, { day, from }: PaperDraft, { now, zone, photoAt }: Pick<Sending, 'now' | 'zone' | 'photoAt'>): string | undefined {
  const at = momentOf(day, line.time, zone)
  const begun = momentOf(day, from, zone)
  const name = lineNames[line.what].toLowerCase()
  if (!at) return `The time of this ${name} is missing.`
  if (at > now || (begun && at < begun)) return `The time of this ${name} lies ${at > now ? 'ahead of now' : 'before the session began'}.`
  if (line.what === 'reading' && Object.keys({ ...given(line, [...vitals, ...minds]), ...given(line, ['distress']) }).length === 0 && !line.text.trim()) return 'This reading holds nothing.'
  if (line.what === 'dose' && !line.numbers.doseMg) return 'How much was given is missing.'
  if (line.what === 'effect' && (!line.choice || !line.numbers.grade)) return 'Say which side effect it was, and how strong.'
  if (line.what === 'leaving' && missingOf(line) > 0) return `${missingOf(line)} ${missingOf(line) === 1 ? 'answer' : 'answers'} of this assessment ${missingOf(line) === 1 ? 'is' : 'are'} missing. If they are not on the paper either, write what is there as what was seen or said.`
  if (line.what === 'ticked' && (line.ticks ?? []).length === 0) return 'Say which lines are ticked on the paper.'
  if (line.what === 'identity' && line.choice !== null && line.choice !== 'none-on-record' && !photoAt(at)) return 'There was no photo on record at that time. Say that there was none on the sheet, or look at the time.'
  return (line.what === 'note' || line.what === 'escort') && !line.text.trim() ? `This ${name} holds nothing.` : undefined
}
