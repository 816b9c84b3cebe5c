import type { Entry, EntryOf } from '../chart/entry.ts'
import { comparedThen } from '../files/photo.ts'
import type { Cited } from '../shared/cited.ts'
import { showMg } from '../shared/units.ts'
import type { Instant } from '../shared/time.ts'
import { symptomName } from './describe.ts'
import { isWaiting } from './lanes.ts'
import { isAtLeast } from './level.ts'
import { measured } from './readings.ts'
import { lookedAt, ways } from './room-gates.ts'
import { alertActions, closings, sayEntry, tolerances, type SessionLabels } from './say-entry.ts'
import type { SessionNow } from './session.ts'
import { standingSignatures } from './signatures.ts'
import { sayMark } from './transcribed.ts'

/** One sentence of a session's note, with places that are filled from the record: `{time}`. A practice may write its own. */
export interface NarrativeSentence extends Cited {
  readonly paragraph: 'opening' | 'before' | 'dose' | 'during' | 'after'
  /** When it is used, for whoever rewrites it. */
  readonly when: string
  readonly says: string
  /** The places that this sentence may name. */
  readonly places: readonly string[]
  /** Those of them without which it would not say what happened: no sentence of a practice leaves one out. */
  readonly required: readonly string[]
  /** Whose own words it says, and since when; absent where it says what ships. */
  readonly own?: { readonly by: string; readonly at: Instant }
}

export interface NarrativeTold {
  readonly patient: string
  readonly day: string
  readonly name: (person: string) => string
  readonly time: (at: Instant) => string
  readonly labels: SessionLabels
  readonly sentences: readonly NarrativeSentence[]
}

export interface NarrativeLine {
  readonly sentence: string
  readonly paragraph: NarrativeSentence['paragraph']
  readonly text: string
  readonly facts: readonly string[]
}

type Filled = readonly [sentence: string, places: Readonly<Record<string, string | number>>, facts: readonly string[]]

/** What a place says that nobody wrote down. */
const NOT_WRITTEN = 'not written down'
const paragraphs = ['opening', 'before', 'dose', 'during', 'after'] as const

/**
 * A draft of the session's note, written from its entries in the practice's own sentences and by nothing else. What
 * nobody wrote down is said to be missing. A person reads it, changes it and signs it; until then it is nobody's note.
 */
export function narrativeOf(session: SessionNow, told: NarrativeTold): NarrativeLine[] {
  const filled = [...opening(session, told), ...before(session, told), ...dosing(session, told), ...during(session, told), ...after(session, told)]
  return filled.flatMap(([id, places, facts]) => {
    const row = told.sentences.find((one) => one.id === `narrative.${id}`)
    return row ? [{ sentence: row.id, paragraph: row.paragraph, text: fillSentence(row.says, places), facts }] : []
  })
}

/** As one text, a paragraph for each part of the session. */
export const narrativeText = (lines: readonly NarrativeLine[]): string =>
  paragraphs.map((part) => lines.filter(({ paragraph }) => paragraph === part).map(({ text }) => text).join(' ')).filter((text) => text !== '').join('\n\n')

const PLACE = /\{([a-zA-Z]+)\}/g
/** A part in brackets is left out where one of its places has no value. */
const PART = /\[([^[\]]*)\]/g
const placesIn = (says: string): string[] => [...says.matchAll(PLACE)].map(([, place]) => place!)

/** A name may end in a point of its own. What is missing outside a bracket says that it is. */
export function fillSentence(says: string, places: Readonly<Record<string, string | number>>): string {
  const whole = says.replace(PART, (_, part: string) => (placesIn(part).some((place) => (places[place] ?? NOT_WRITTEN) === NOT_WRITTEN) ? '' : part))
  return whole.replace(PLACE, (named, place: string) => (place in places ? String(places[place]) : named)).replace(/ {2,}/g, ' ').replace(/ ([.,;:])/g, '$1').replace(/\.\.(?=$| )/g, '.').trim()
}

/** Why a practice's sentence cannot be used, each with the place it is about. */
export interface SentenceRefusal {
  readonly code: 'empty' | 'too-long' | 'unknown-place' | 'missing-place' | 'braces' | 'brackets' | 'optional-place' | 'unit'
  readonly place: string
  readonly says: string
}

const MOST = 600
/** A value brings its unit along, so that no amount stands without one and none has two. */
const UNIT_AFTER = /\{([a-zA-Z]+)\}\s*(mmHg|mg|%|\/min|of \d+)/g

/** What stands in the way of a sentence, whoever writes it. Its words are the practice's; what it has to say of the record is not. */
export function sentenceRefusals(says: string, { places, required }: Pick<NarrativeSentence, 'places' | 'required'>): SentenceRefusal[] {
  const no = (code: SentenceRefusal['code'], place: string, why: string): SentenceRefusal => ({ code, place, says: why })
  if (says.trim() === '') return [no('empty', '', 'There is nothing to say. To say it as it ships, take your own sentence out.')]
  const bare = says.replace(PART, '')
  const rest = says.replace(PLACE, '')
  return [
    ...(says.length > MOST ? [no('too-long', '', `A sentence has at most ${MOST} characters.`)] : []),
    ...(/[{}]/.test(rest) ? [no('braces', '', 'A brace stands alone. A place is written like {time}.')] : []),
    ...(/[[\]]/.test(rest.replace(PART, '')) ? [no('brackets', '', 'A bracket stands alone. A part that may be left out is written like [, ended at {ended}].')] : []),
    ...[...new Set(placesIn(says))].filter((place) => !places.includes(place)).map((place) => no('unknown-place', place, `There is no {${place}} here. This sentence may name ${places.length === 0 ? 'nothing' : places.map((one) => `{${one}}`).join(', ')}.`)),
    ...required.filter((place) => !placesIn(says).includes(place)).map((place) => no('missing-place', place, `{${place}} is missing: without it the note would not say what happened.`)),
    ...required.filter((place) => placesIn(says).includes(place) && !placesIn(bare).includes(place)).map((place) => no('optional-place', place, `{${place}} stands in a bracket, so it could be left out. It has to be said.`)),
    ...[...says.matchAll(PART)].filter(([, part]) => placesIn(part!).length === 0).map(() => no('brackets', '', 'A part in brackets names no place, so nothing says when to leave it out.')),
    ...[...says.matchAll(UNIT_AFTER)].map(([, place, unit]) => no('unit', place!, `{${place}} brings its unit along: take out “${unit}”.`)),
  ]
}

/** The sentences of a book with a practice's own in their places: where one no longer fits what ships, what ships is said. */
export function withSentences(shipped: readonly NarrativeSentence[], own: readonly NarrativeSentence[]): readonly NarrativeSentence[] {
  return shipped.map((row) => {
    const mine = own.find((one) => one.id === row.id && one.own !== undefined)
    return mine && sentenceRefusals(mine.says, row).length === 0 ? { ...row, says: mine.says, own: mine.own! } : row
  })
}

function opening(session: SessionNow, { patient, day, time, name }: NarrativeTold): Filled[] {
  const { started, stays } = session
  const people = stays.map((stay) => `${stay.name} as ${stay.role} from ${time(stay.from)}${stay.until ? ` to ${time(stay.until)}` : ''}${stay.handedOverTo ? `, handed over to ${name(stay.handedOverTo)}` : ''}`)
  const identity = session.entries.latest('identity-checked.v1')
  const compared = session.entries.latest('photo-compared.v1')
  return [
    ['opening', { patient, day, number: started.body.number, time: time(started.at) }, [started.id]],
    ...fromPaper(session, name),
    people.length > 0 ? ['people', { people: people.join('; ') }, stays.flatMap(({ facts }) => facts)] : ['nobody', {}, []],
    identity ? ['identity', { ways: `${identity.body.by.map((way) => way.replace('-', ' ')).join(' and ')}${compared ? `; ${comparedThen[compared.body.found]}` : ''}` }, [identity.id, ...(compared ? [compared.id] : [])]] : ['no-identity', {}, []],
    ...roomSaid(session, { time, name }),
  ]
}

/** Whose look through the kit it was stands there even where somebody else found it still so. */
function roomSaid({ room: { kit, reachable } }: SessionNow, { time, name }: Pick<NarrativeTold, 'time' | 'name'>): Filled[] {
  const absent = kit?.body.items.filter(({ present }) => !present).map(({ item }) => item.replaceAll('-', ' ')) ?? []
  const by = kit && { name: kit.body.confirms?.name ?? name(kit.by), time: time(lookedAt(kit)), until: kit.body.earliestExpiry }
  return [
    by ? (absent.length > 0 ? ['kit-short', { ...by, list: absent.join(', ') }, [kit.id]] : ['kit', by, [kit.id]]) : ['no-kit', {}, []],
    reachable ? ['reachable', { name: reachable.body.name, way: ways[reachable.body.by], until: time(reachable.body.until) }, [reachable.id]] : ['no-reachable', {}, []],
  ]
}

/** A note never passes for one of the moment where the record was typed afterwards, nor for a compared one where it was not. */
function fromPaper({ entries, paper: { state, marks } }: SessionNow, name: (person: string) => string): Filled[] {
  if (state === 'none') return []
  return entries.all('session-transcribed.v1').map((entry) => {
    const mark = [...marks.values()].find(({ transcription }) => transcription === entry.id)
    const said = state === 'checked' && mark?.checkedBy ? `compared with the paper by ${name(mark.checkedBy)}` : mark ? sayMark({ ...mark, state }) : 'not yet checked'
    return ['from-paper', { count: entry.body.lines.length, wrote: entry.body.wrote, typed: name(entry.by), state: said }, [entry.id]]
  })
}

function before({ baseline, entries, doses }: SessionNow, { time }: NarrativeTold): Filled[] {
  const reading = entries.all('vitals.v1').findLast(({ at }) => doses.firstAt === undefined || at <= doses.firstAt)
  if (!reading) return [['no-baseline', {}, []]]
  const { body } = reading
  return [[doses.firstAt === undefined ? 'reading' : 'baseline', { time: time(reading.at), pressure: pressureOf(body), pulse: amount(body.heartRatePerMin, '/min'), saturation: amount(body.spo2Percent, ' %'), breathing: amount(body.respiratoryRatePerMin, '/min') }, [reading.id, ...baseline.facts]]]
}

function dosing({ doses, entries, late, paper }: SessionNow, { time, name }: NarrativeTold): Filled[] {
  const hand = (entry: Entry) => handOf(entry, paper, name)
  const came = late.flatMap((one) => (isWaiting(one) && one.entry.kind === 'dose-given.v1' ? [one.entry] : []))
  const cameLate: Filled[] = came.length > 0 ? [['dose-late', { list: came.map((entry) => `${showMg(entry.body.doseUg)} ${entry.body.route} at ${time(entry.at)}`).join('; ') }, came.map(({ id }) => id)]] : []
  if (doses.steps.length === 0) return came.length > 0 ? cameLate : [['no-dose', {}, []]]
  const steps = doses.steps.map(({ step, stands, given, endedAt }): Filled => {
    if (!stands) return ['dose-in-doubt', { step, count: given.length }, given.map(({ id }) => id)]
    const prepared = entries.list.find(({ id }) => id === stands.body.prepared)
    const confirmed = entries.list.find(({ id }) => id === stands.body.confirmed)
    const facts = [stands.id, stands.body.prepared, stands.body.confirmed]
    return ['dose', { step, time: time(stands.at), dose: showMg(stands.body.doseUg), route: stands.body.route, prepared: prepared ? hand(prepared) : NOT_WRITTEN, confirmed: confirmed ? hand(confirmed) : NOT_WRITTEN, given: stands.body.selfAdministered ? 'the person' : hand(stands), ended: endedAt ? time(endedAt) : NOT_WRITTEN }, facts]
  })
  const [, second] = doses.steps
  const total: Filled[] = doses.totalUg !== undefined && second && came.length === 0 ? [['dose-total', { dose: showMg(doses.totalUg) }, []]] : []
  return [...steps, ...total, ...cameLate]
}

function during(session: SessionNow, told: NarrativeTold): Filled[] {
  const { entries, doses, alerts, sideEffects } = session
  // Without a dose there is no time after it; what happened is told all the same.
  const since = <One extends { readonly at: Instant }>(list: readonly One[]) => list.filter(({ at }) => doses.firstAt !== undefined && at > doses.firstAt)
  const symptoms = entries.all('symptom.v1').filter(({ body }) => body.present)
  const peak = since(measured(entries, 'systolicMmHg')).toSorted((a, b) => b.value - a.value)[0]
  const low = since(measured(entries, 'spo2Percent')).toSorted((a, b) => a.value - b.value)[0]
  const deep = since(measured(entries, 'moaaS')).toSorted((a, b) => a.value - b.value)[0]
  const taken = since(entries.all('vitals.v1'))
  const missed = entries.all('vitals-missed.v1')
  const high = alerts.all.filter(({ level }) => isAtLeast(level, 'orange'))
  const list = (id: string, ...kinds: readonly ('comfort.v1' | 'signal.v1' | 'rescue-given.v1' | 'emergency-step.v1' | 'session-note.v1' | 'spoken-note.v1')[]): Filled[] => {
    const found = entries.list.filter(({ kind }) => (kinds as readonly string[]).includes(kind))
    return found.length > 0 ? [[id, { list: found.map((entry) => `${told.time(entry.at)} ${sayEntry(entry, { session, name: told.name, labels: told.labels }).replace(/^(Comfort|Signal): /, '')}`).join('; ') }, found.map((entry) => entry.id)]] : []
  }
  const ratings = entries.all('rating.v1')
  return [
    ...(doses.firstAt === undefined ? [] : [taken.length > 0 ? ['readings', { count: taken.length, first: told.time(taken[0]!.at), last: told.time(taken.at(-1)!.at) }, taken.map(({ id }) => id)] as const : ['no-readings', {}, []] as const]),
    ...(missed.length > 0 ? [['missed', { list: missed.map(({ body }) => `${told.time(body.plannedFor)} (${body.reason})`).join('; ') }, missed.map(({ id }) => id)] as const] : []),
    ...(peak ? [['peak', { systolic: amount(peak.value, ' mmHg'), time: told.time(peak.at) }, [peak.entry]] as const] : []),
    ...(low ? [['saturation', { saturation: amount(low.value, ' %'), time: told.time(low.at) }, [low.entry]] as const] : []),
    ...(deep ? [['depth', { moaaS: deep.value, time: told.time(deep.at) }, [deep.entry]] as const] : doses.firstAt === undefined ? [] : [['no-depth', {}, []] as const]),
    ...(ratings.length > 0 ? [['ratings', { list: ratings.map(({ at, body }) => `${body.scale} ${body.value} at ${told.time(at)}`).join('; ') }, ratings.map(({ id }) => id)] as const] : []),
    sideEffects.length > 0 ? ['effects', { list: sideEffects.map(({ entry, row }) => `${row?.label ?? entry.body.term}, grade ${entry.body.grade}, from ${told.time(entry.body.onsetAt)}${entry.body.endedAt ? ` to ${told.time(entry.body.endedAt)}` : ', not ended'}${entry.body.action ? ` (${entry.body.action})` : ''}`).join('; ') }, sideEffects.map(({ entry }) => entry.id)] : ['no-effects', {}, []],
    ...(symptoms.length > 0 ? [['symptoms', { list: symptoms.map(({ at, body }) => `${told.time(at)} ${symptomName(body.symptom)}`).join('; ') }, symptoms.map(({ id }) => id)] as const] : []),
    ...list('comfort', 'comfort.v1'), ...list('signals', 'signal.v1'), ...list('notes', 'session-note.v1', 'spoken-note.v1'),
    high.length > 0 ? ['alarms', { list: high.map((alert) => `${told.time(alert.at)} ${alert.says}${alert.answers.length > 0 ? `: ${alert.answers.map(({ by, body }) => `${told.name(by)}, ${alertActions[body.action].toLowerCase()}`).join('; ')}` : alert.fromPaper ? ': read from paper, it would have called people then' : ': no answer in the record'}`).join('. ') }, high.flatMap(({ facts }) => facts)] : ['no-alarms', {}, []],
    ...list('rescue', 'rescue-given.v1'), ...list('emergency', 'emergency-step.v1'),
  ]
}

function after(session: SessionNow, { time, name, labels }: NarrativeTold): Filled[] {
  const { discharge, escort, closed, late, consentWithdrawn, entries } = session
  const { assessed } = discharge
  const waiting = late.filter(isWaiting)
  const reviews = entries.all('late-reviewed.v1')
  const signed = standingSignatures(assessed, discharge.signed)
  return [
    ...consentWithdrawn.map((entry): Filled => ['withdrawn', { time: time(entry.at), form: entry.body.form }, [entry.id]]),
    assessed ? ['assessed', { time: time(assessed.at), by: handOf(assessed, session.paper, name), orientation: amount(assessed.body.orientation, ' of 4'), moaaS: assessed.body.moaaS, gait: assessed.body.gait, padss: amount(total(assessed.body.padss), ' of 10'), aldrete: amount(total(assessed.body.aldrete), ' of 10') }, [assessed.id]] : ['not-assessed', {}, []],
    signed.length > 0 ? ['signed', { list: signed.map(({ body, at }) => `${body.signature.name} at ${time(at)}`).join(' and ') }, signed.map(({ id }) => id)] : ['not-signed', {}, []],
    escort ? [escort.body.kind === 'adult' ? 'escort' : 'driver', { name: escort.body.name, time: time(escort.at), noted: escort.body.idNoted || 'no identification' }, [escort.id]] : ['no-escort', {}, []],
    closed ? ['closed', { time: time(closed.at), how: closings[closed.body.how], tolerance: tolerances[closed.body.tolerance] }, [closed.id]] : ['not-closed', {}, []],
    ...(waiting.length > 0 ? [['late', { count: waiting.length }, waiting.map(({ entry }) => entry.id)] as const] : []),
    ...(reviews.length > 0 ? [['late-reviewed', { list: reviews.map((entry) => sayEntry(entry, { session, name, labels })).join('; ') }, reviews.map(({ id }) => id)] as const] : []),
  ]
}

/** Who did it: on paper that is whom the paper names, and never whoever typed it. */
function handOf(entry: Entry, { marks }: SessionNow['paper'], name: (person: string) => string): string {
  const mark = marks.get(entry.id)
  return mark ? `${mark.paperBy || 'somebody the paper does not name'} (on paper)` : name(entry.by)
}

/** With its unit, so that no sentence can lose it. */
const amount = (value: number | undefined, unit: string): string => (value === undefined ? NOT_WRITTEN : `${value}${unit}`)
const total = (scores: Readonly<Record<string, number>>) => Object.values(scores).reduce((sum, value) => sum + value, 0)
const pressureOf = ({ systolicMmHg, diastolicMmHg }: EntryOf<'vitals.v1'>['body']) => (systolicMmHg === undefined && diastolicMmHg === undefined ? NOT_WRITTEN : `${systolicMmHg ?? '–'}/${diastolicMmHg ?? '–'} mmHg`)
