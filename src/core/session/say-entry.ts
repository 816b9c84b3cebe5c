import type { Entry, EntryOf } from '../chart/entry.ts'
import { showMg } from '../shared/units.ts'
import { symptomName } from './describe.ts'
import { gateNames } from './gate-names.ts'
import type { SessionNow } from './session.ts'

/** What rows call the things that an entry names by their id. */
export interface SessionLabels {
  readonly comfort: readonly { readonly id: string; readonly label: string }[]
  readonly cards: readonly { readonly id: string; readonly title: string }[]
  readonly effects: readonly { readonly id: string; readonly label: string }[]
}

export interface Told {
  readonly session: Pick<SessionNow, 'alerts'>
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
    case 'identity-checked.v1': return `Identified by ${entry.body.by.map((way) => way.replace('-', ' ')).join(' and ')}`
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
    case 'dose-ended.v1': return 'Infusion or holding time ended'
    case 'dose-conflict-resolved.v1': return `Step ${entry.body.step} recorded twice: one record stands. ${entry.body.reason}`
    case 'discharge-assessed.v1': return 'Assessed for going home'
    case 'discharge-signed.v1': return `${entry.body.signature.name} signed for going home, as ${entry.body.role === 'rn' ? 'nurse under standing order' : entry.body.role}`
    case 'session-closed.v1': return `Session closed: ${closings[entry.body.how]}`
    case 'session-narrative.v1': return `${entry.body.signature.name} signed a note of this session`
    case 'measure-answered.v1': return entry.body.instrument === 'c-ssrs' ? 'Suicide screen asked' : `${entry.body.instrument.toUpperCase()} answered`
    case 'consent-withdrawn.v1': return `Consent withdrawn: ${entry.body.form}${entry.body.said ? `. “${entry.body.said}”` : ''}`
    case 'order-stopped.v1': return `Order stopped: ${entry.body.reason}`
    case 'fact.v1': return `Asked: ${facts[entry.body.fact] ?? entry.body.fact}`
    case 'risk-contact.v1': return `Talked about the suicide screen: ${entry.body.decided.replaceAll('-', ' ')}`
    default: return entry.kind.replace(/\.v\d+$/, '').replaceAll('-', ' ')
  }
}

export const alertActions: Record<EntryOf<'alert-answered.v1'>['body']['action'], string> = {
  seen: 'On it', repeating: 'Reading again', treated: 'Treated', 'prescriber-called': 'Prescriber called', 'emergency-called': '911 called', 'wrong-reading': 'Wrong reading',
}
/** How much it was, as the room saw it. */
export const tolerances: Record<EntryOf<'session-closed.v1'>['body']['tolerance'], string> = { 'room-for-more': 'room for more', 'as-intended': 'as intended', 'too-much': 'too much', 'not-dosed': 'no dose' }
export const closings: Record<EntryOf<'session-closed.v1'>['body']['how'], string> = {
  discharged: 'discharged', 'left-before-discharge': 'left before discharge', transferred: 'transferred', 'not-dosed': 'no dose given',
}
const facts: Record<string, string> = { lastFoodAt: 'when the person last ate', lastFluidAt: 'when the person last drank', alcoholOrCannabisWithin48h: 'alcohol or cannabis in the last two days', intoxicated: 'intoxicated now' }

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

/** What was seen is written by hand, and people often write the word themselves. */
const seen = (noted: string) => (/\bseen\b/i.test(noted) ? noted : `${noted} seen`)
/** An imported or older record holds the id where the room writes the label. */
const comfortName = (measure: string, { labels }: Told) => labels.comfort.find(({ id }) => id === measure)?.label ?? measure

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
