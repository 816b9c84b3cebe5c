import type { Entry, EntryOf } from '../chart/entry.ts'
import { comparedWords } from '../files/photo.ts'
import { saySpoken, spokenNow } from '../files/spoken.ts'
import { showMg } from '../shared/units.ts'
import { symptomName } from './describe.ts'
import { gateNames } from './gate-names.ts'
import { ways } from './room-gates.ts'
import type { SessionNow } from './session.ts'

/** What rows call the things that an entry names by their id. */
export interface SessionLabels {
  readonly comfort: readonly { readonly id: string; readonly label: string }[]
  readonly cards: readonly { readonly id: string; readonly title: string }[]
  readonly effects: readonly { readonly id: string; readonly label: string }[]
}

export interface Told {
  /** Its entries are asked only for what was written out of a spoken note. */
  readonly session: Pick<SessionNow, 'alerts'> & Partial<Pick<SessionNow, 'entries'>>
  readonly name: (person: string) => string
  readonly labels: SessionLabels
}

/** One entry in one line, as somebody would say it across the room. */
export function sayEntry(entry: Entry, told: Told): string {
  switch (entry.kind) {
    case 'session-started.v1': return `Session ${entry.body.number} begins`
    case 'vitals.v1': return reading(entry)
    case 'vitals-missed.v1': return `Reading not taken: ${entry.body.reason}`
    case 'mental-status.v1': return mind(entry)
    case 'checked-in.v1': return `${entry.body.name} is here as ${entry.body.role}`
    case 'checked-out.v1': return `${told.name(entry.body.person)} leaves${entry.body.handedOverTo ? `, handed over to ${told.name(entry.body.handedOverTo)}${entry.body.readBack ? ' and read back' : ''}` : ''}`
    case 'hand-over.v1': return `Handed over to ${told.name(entry.body.to)}: ${entry.body.items.map(({ says }) => says).join(' ')} Signed by ${entry.body.signature.name}`
    case 'hand-over-taken.v1': return `${entry.body.signature.name} read back ${entry.body.readBack.length} points, signed and took over`
    case 'identity-checked.v1': return `Identified by ${entry.body.by.map((way) => way.replace('-', ' ')).join(' and ')}`
    case 'photo-compared.v1': return comparedWords[entry.body.found]
    case 'spoken-note.v1': return saySpoken(spokenNow(entry, told.session.entries?.all('spoken-note-written.v1') ?? []))
    case 'spoken-note-written.v1': return entry.body.holds === 'words' ? 'A spoken note was written out' : 'A spoken note was marked as holding nothing'
    case 'room-checked.v1': return roomChecked(entry)
    case 'prescriber-reachable.v1': return sayReachable(entry)
    case 'escort-named.v1': return `${entry.body.name} will take the person home`
    case 'escort-arrived.v1': return `${entry.body.name} is here${entry.body.kind === 'rideshare' ? ' (ride-share driver)' : ''}${entry.body.idNoted ? `, ${seen(entry.body.idNoted)}` : ''}`
    case 'symptom.v1': return `${upper(symptomName(entry.body.symptom))}${entry.body.present ? '' : ': gone'}`
    case 'side-effect.v1': return `${told.labels.effects.find(({ id }) => id === entry.body.term)?.label ?? entry.body.term}, grade ${entry.body.grade}${entry.body.endedAt ? ', ended' : ''}${entry.body.action ? `. ${entry.body.action}` : ''}`
    case 'comfort.v1': return `Comfort: ${comfortName(entry.body.measure, told)}${entry.body.note ? `. ${entry.body.note}` : ''}`
    case 'signal.v1': return `Signal: ${entry.body.signal}${entry.body.answeredWith ? `. ${entry.body.answeredWith}` : ''}`
    case 'rating.v1': return `${upper(entry.body.scale)} ${entry.body.value} of 10`
    case 'music.v1': return `Music: ${entry.body.what}`
    case 'session-note.v1': return entry.body.text
    case 'rescue-given.v1': return `${upper(entry.body.what)}${entry.body.amount ? ` ${entry.body.amount}` : ''} given: ${entry.body.reason}${entry.body.orderedBy ? ` (ordered by ${entry.body.orderedBy})` : ''}`
    case 'emergency-step.v1': return `${told.labels.cards.find(({ id }) => id === entry.body.card)?.title ?? entry.body.card}: ${entry.body.step}`
    case 'alert-answered.v1': return `${alertActions[entry.body.action]}: ${told.session.alerts.all.find(({ id }) => id === entry.body.alert)?.says ?? 'an alert'}${entry.body.note ? `. ${entry.body.note}` : ''}`
    case 'alert-escalated.v1': return `${entry.body.told.length > 0 ? `Called: ${entry.body.told.map(({ name }) => name).join(', ')}` : 'Nobody else to call'}: ${told.session.alerts.all.find(({ id }) => id === entry.body.alert)?.says ?? 'an alert'}`
    default: return dosing(entry, told)
  }
}

function dosing(entry: Entry, { name }: Told): string {
  switch (entry.kind) {
    case 'dose-prepared.v1': return `${showMg(entry.body.doseUg)} ${entry.body.route} prepared, step ${entry.body.step}`
    case 'dose-confirmed.v1': return `${showMg(entry.body.doseUg)} read back and confirmed`
    case 'dose-given.v1': return `${showMg(entry.body.doseUg)} ${entry.body.route}, step ${entry.body.step}${entry.body.selfAdministered ? ', taken by the person' : ''}${entry.body.site ? `, ${entry.body.site}` : ''}. Confirmed by ${name(entry.body.confirmedBy)}`
    case 'gate-passed.v1': return `Prescriber goes on without “${gateNames[entry.body.gate] ?? entry.body.gate}”, step ${entry.body.step}: ${entry.body.reason}`
    case 'medicine-drawn.v1': return entry.body.from === 'own-supply' ? `From the person’s own medicine${entry.body.lot ? `, lot ${entry.body.lot}` : ''}` : `${saysAmount(entry.body)} drawn${entry.body.lot ? ` from lot ${entry.body.lot}` : ''}`
    case 'medicine-wasted.v1': return `${saysAmount(entry.body)} wasted: ${entry.body.how}`
    case 'waste-witnessed.v1': return `${entry.body.signature.name} saw the waste and signed`
    case 'dose-ended.v1': return 'Infusion or holding time ended'
    case 'dose-conflict-resolved.v1': return `Step ${entry.body.step} recorded twice: one record stands. ${entry.body.reason}`
    case 'discharge-assessed.v1': return assessed(entry)
    case 'discharge-signed.v1': return `${entry.body.signature.name} signed for going home, as ${entry.body.role === 'rn' ? 'nurse under standing order' : entry.body.role}`
    case 'session-closed.v1': return `Session closed: ${closings[entry.body.how]}`
    case 'session-narrative.v1': return `${entry.body.signature.name} signed a note of this session`
    case 'session-transcribed.v1': return `Typed from paper: ${entry.body.lines.length} ${entry.body.lines.length === 1 ? 'entry' : 'entries'}, written there by ${pointed(entry.body.wrote)} ${entry.body.why}${entry.body.unmet.length > 0 ? ` Not met then: ${entry.body.unmet.map(({ gate }) => gateNames[gate] ?? gate).filter((one, place, all) => all.indexOf(one) === place).join(', ')}.` : ''}`
    case 'transcription-checked.v1': return `${entry.body.signature.name} compared it with the paper: ${saysCompared(entry)}`
    case 'entries-adopted.v1': return `Taken over: ${entry.body.entries.length} ${entry.body.entries.length === 1 ? 'entry' : 'entries'} that ${entry.body.authorName} wrote on a device whose access had ended, by ${entry.body.note ? `${pointed(name(entry.by))} ${entry.body.note}` : name(entry.by)}`
    case 'late-reviewed.v1': return `${entry.body.signature.name} looked at what came late: ${saysReviewed(entry)}`
    case 'measure-answered.v1': return entry.body.instrument === 'c-ssrs' ? 'Suicide screen asked' : `${entry.body.instrument.toUpperCase()} answered`
    case 'consent-withdrawn.v1': return `Consent withdrawn: ${entry.body.form}${entry.body.said ? `. “${entry.body.said}”` : ''}`
    case 'order-stopped.v1': return `Order stopped: ${entry.body.reason}`
    case 'question-asked.v1': return `Question to ${name(entry.body.to)}: ${entry.body.text}`
    case 'question-answered.v1': return `Answer: ${entry.body.text}`
    case 'fact.v1': return `Asked: ${askedFacts[entry.body.fact] ?? entry.body.fact}`
    case 'risk-contact.v1': return `Talked about the suicide screen: ${entry.body.decided.replaceAll('-', ' ')}`
    default: return entry.kind.replace(/\.v\d+$/, '').replaceAll('-', ' ')
  }
}

/** What was not there is said first; what a look found is the same whoever found it still so. */
export function roomChecked({ body }: EntryOf<'room-checked.v1'>): string {
  const absent = body.items.filter(({ present }) => !present).map(({ item }) => item.replaceAll('-', ' '))
  const found = absent.length > 0 ? `not there: ${absent.join(', ')}` : `${body.items.length} things there`
  return `Emergency kit checked${body.room ? `, ${body.room.name}` : ''}: ${found}; in date until ${body.earliestExpiry}${body.confirms ? `. Still as ${body.confirms.name} found it` : ''}`
}
/** An hour that had passed when it was written takes back what was said before. */
const sayReachable = ({ at, body }: EntryOf<'prescriber-reachable.v1'>) => (body.until > at ? `${body.name} can be reached, ${ways[body.by]}` : `${body.name} can no longer be reached`)

export const alertActions: Record<EntryOf<'alert-answered.v1'>['body']['action'], string> = {
  seen: 'On it', repeating: 'Reading again', treated: 'Treated', 'prescriber-called': 'Prescriber called', 'emergency-called': '911 called', 'wrong-reading': 'Wrong reading',
}
/** How much it was, as the room saw it. */
export const tolerances: Record<EntryOf<'session-closed.v1'>['body']['tolerance'], string> = { 'room-for-more': 'room for more', 'as-intended': 'as intended', 'too-much': 'too much', 'not-dosed': 'no dose' }
export const closings: Record<EntryOf<'session-closed.v1'>['body']['how'], string> = {
  discharged: 'discharged', 'left-before-discharge': 'left before discharge', transferred: 'transferred', 'not-dosed': 'no dose given',
}
/** What is asked in the room, in the words of a sentence. */
export const askedFacts: Readonly<Record<string, string>> = { lastFoodAt: 'when the person last ate', lastFluidAt: 'when the person last drank', alcoholOrCannabisWithin48h: 'alcohol or cannabis in the last two days', medicinesOnTheDay: 'medicines taken as needed', intoxicated: 'intoxicated now' }

function reading({ body }: EntryOf<'vitals.v1'>): string {
  const pressure = body.systolicMmHg === undefined && body.diastolicMmHg === undefined ? undefined : `${body.systolicMmHg ?? '–'}/${body.diastolicMmHg ?? '–'}`
  const parts = [
    pressure && `BP ${pressure}`, body.heartRatePerMin !== undefined && `pulse ${body.heartRatePerMin}`, body.spo2Percent !== undefined && `${body.spo2Percent} %${body.onRoomAir === false ? ' with oxygen' : ''}`,
    body.respiratoryRatePerMin !== undefined && `breathing ${body.respiratoryRatePerMin}`, body.temperatureDeciC !== undefined && `${body.temperatureDeciC / 10} °C`,
    body.fromDevices && `taken over from ${body.fromDevices.map(({ device }) => device).join(' and ')}`,
  ]
  return parts.filter(Boolean).join(' · ')
}

function mind({ body }: EntryOf<'mental-status.v1'>): string {
  return [body.moaaS !== undefined && `MOAA/S ${body.moaaS}`, body.rass !== undefined && `RASS ${body.rass > 0 ? '+' : ''}${body.rass}`, body.orientation !== undefined && `oriented to ${body.orientation} of 4`].filter(Boolean).join(' · ')
}

function saysCompared({ body: { compared } }: EntryOf<'transcription-checked.v1'>): string {
  const words = { agrees: ['agrees', 'agree'], corrected: ['corrected', 'corrected'], struck: ['struck out', 'struck out'], differs: ['differs and is open', 'differ and are open'] } as const
  return (Object.keys(words) as (keyof typeof words)[]).flatMap((found) => { const count = compared.filter((one) => one.found === found).length; return count > 0 ? [`${count} ${words[found][count === 1 ? 0 : 1]}`] : [] }).join(', ')
}

function saysReviewed({ body: { reviewed } }: EntryOf<'late-reviewed.v1'>): string {
  const taken = reviewed.filter(({ found }) => found === 'taken').length
  const aside = reviewed.filter(({ found }) => found === 'aside').map(({ reason }) => reason)
  return [taken > 0 && `${taken} taken into the record`, aside.length > 0 && `${aside.length} left aside (${aside.join('; ')})`].filter(Boolean).join(', ')
}

/** What was seen is written by hand, and people often write the word themselves. */
const seen = (noted: string) => (/\bseen\b/i.test(noted) ? noted : `${noted} seen`)
/** An imported or older record holds the id where the room writes the label. */
const comfortName = (measure: string, { labels }: Told) => labels.comfort.find(({ id }) => id === measure)?.label ?? measure

/** A name may end in a point of its own. */
const pointed = (name: string) => (name.endsWith('.') ? name : `${name}.`)
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const saysAmount = ({ measure, quantity }: { readonly measure: 'ul' | 'piece'; readonly quantity?: number | undefined }) => (quantity === undefined ? 'Some' : measure === 'ul' ? `${quantity / 1_000} mL` : `${quantity} ${quantity === 1 ? 'piece' : 'pieces'}`)

const detached: Record<EntryOf<'discharge-assessed.v1'>['body']['dissociation'], string> = { 'none-above-baseline': 'detached no more than before', present: 'more detached than before' }
const items = (scores: Readonly<Record<string, number>>): string => `${Object.values(scores).reduce((sum, score) => sum + score, 0)} (${Object.entries(scores).map(([name, score]) => `${name} ${score}`).join(', ')})`

/** All of it: somebody may have to hold it beside a paper. */
const assessed = ({ body }: EntryOf<'discharge-assessed.v1'>): string =>
  `Assessed for going home: MOAA/S ${body.moaaS}, RASS ${body.rass > 0 ? '+' : ''}${body.rass}, oriented to ${body.orientation} of 4, gait ${body.gait}, ${detached[body.dissociation]}, Aldrete ${items(body.aldrete)}, PADSS ${items(body.padss)}; ${body.noDrivingSigned ? '' : 'not '}signed not to drive, instructions ${body.instructionsGiven ? '' : 'not '}given, ${body.roomAir ? 'on room air' : 'not said to be on room air'}`
