import type { Entry, EntryOf } from '../../../../core/chart/entry.ts'
import type { Rulebook } from '../../../../core/rulebook/book.ts'
import { courseIn } from '../../../../core/rulebook/own-courses.ts'
import { reopeningsIn } from '../../../../core/eligibility/clearance.ts'
import { sayMet, sayValue } from '../../../../core/eligibility/say-fact.ts'
import { sayMedicines } from '../../../../core/session/day-medicines.ts'
import { askedFacts } from '../../../../core/session/say-entry.ts'
import { instrumentOf } from '../../../../core/measures/instrument.ts'
import { sayNumber, score } from '../../../../core/measures/score.ts'
import { minutesAndSeconds } from '../../../../core/files/spoken.ts'
import { sayRule, sayUntil } from '../../../../core/scheduling/series-words.ts'
import { showKg, showMg } from '../../../../core/shared/units.ts'
import { sayAnswers } from '../../../../core/reminders/said.ts'
import { sayAfterwards } from '../../../../core/afterwards/ladder.ts'
import { decisionWords, sayWhereabouts } from '../../../../core/online/whereabouts.ts'
import { inState } from '../../../../core/shared/us-states.ts'
import { factVocabulary } from '../../../../knowledge/eligibility.ts'
import { instruments } from '../../../../knowledge/instruments.ts'
import { say } from '../../session/say.ts'
import { visitNames } from '../../home/Home.tsx'
import { plainDay } from '../../times.ts'
import { afterwardsRows } from '../../../../knowledge/afterwards.ts'
import { exactTime, keptWords, plural, SILENCE_WORDS, upper } from '../words.ts'
import { bodyLines } from './body-lines.ts'

interface Telling {
  readonly zone: string
  readonly name: (person: string) => string
  /** The rulebook in force on this chart. A course or a sign that it does not hold is called by its id. */
  readonly book: Pick<Rulebook, 'protocols' | 'misuse'>
}

/** One entry in one line, after its name. What has no sentence of its own is told field by field. */
export function sayEntry(entry: Entry, telling: Telling): string {
  return knowing(entry, telling.zone) ?? coming(entry, telling) ?? agreeing(entry, telling) ?? inTheRoom(entry, telling) ?? short(bodyLines(entry.body, telling).map(([label, value]) => `${label} ${value}`).join(' · '))
}

const MOST = 180
const short = (text: string) => (text.length > MOST ? `${text.slice(0, MOST - 1).trimEnd()}…` : text)

function knowing(entry: Entry, zone: string): string | undefined {
  switch (entry.kind) {
    case 'fact.v1': return `${labelOfFact(entry.body.fact)}: ${factSays(entry, zone)}`
    case 'condition.v1': return `${entry.body.name}${codes(entry.body.codes)}, ${entry.body.status}`
    case 'medication.v1': return `${entry.body.name}${entry.body.dosage ? `, ${entry.body.dosage}` : ''}${entry.body.status === 'stopped' ? `, stopped${entry.body.stoppedOn ? ` on ${plainDay(entry.body.stoppedOn)}` : ''}` : ''}`
    case 'allergy.v1': return `${entry.body.substance}${entry.body.reaction ? `, ${entry.body.reaction}` : ''}${entry.body.status === 'refuted' ? ', found not to be one' : ''}`
    case 'list-reviewed.v1': return `${entry.body.list}: ${entry.body.none ? 'none' : 'gone through'}`
    case 'weight.v1': return `${showKg(entry.body.weightG)}${entry.body.confirmed ? ', asked about and confirmed' : ''}`
    case 'height.v1': return `${entry.body.heightMm / 10} cm`
    case 'pregnancy-test.v1': return `${entry.body.result}, ${entry.body.specimen}`
    case 'vitals.v1': return vitalsSay(entry)
    case 'measure-answered.v1': return measureSays(entry)
    case 'intake.v1': return short(entry.body.presenting)
    case 'medical-history.v1': return entry.body.items.map(({ topic, state }) => `${topic}: ${state === 'asked' ? 'asked' : state === 'declined' ? 'declined' : 'not asked'}`).join(' · ')
    case 'risk-contact.v1': return `${entry.body.reached ? 'reached' : 'not reached'}, level ${entry.body.level}, ${entry.body.decided.replaceAll('-', ' ')}. ${short(entry.body.note)}`
    default: return undefined
  }
}

function coming(entry: Entry, { name, book }: Telling): string | undefined {
  switch (entry.kind) {
    case 'demographics.v1': return [`${entry.body.givenName} ${entry.body.familyName}`, `born ${plainDay(entry.body.birthDate)}`, entry.body.phone, entry.body.email, entry.body.deceasedOn && `died ${plainDay(entry.body.deceasedOn)}`].filter(Boolean).join(', ')
    case 'inquiry-received.v1': return short(entry.body.message || 'without words')
    case 'call-logged.v1': return `${entry.body.outcome.replaceAll('-', ' ')}${entry.body.note ? `. ${short(entry.body.note)}` : ''}`
    case 'match-chosen.v1': return `${name(entry.body.therapist)}${entry.body.reasons.length > 0 ? `: ${short(entry.body.reasons.join('; '))}` : ''}`
    case 'course-chosen.v1': return courseIn(book, entry.body.protocol)?.name ?? entry.body.protocol
    case 'visits-booked.v1': return plural(entry.body.visits.length, 'visit')
    case 'therapy-series.v1': return `${entry.body.how}: ${sayRule(entry.body.rule)}, ${sayUntil(entry.body.rule)}, with ${entry.body.rule.therapist.name}${entry.body.why ? `. ${entry.body.why}` : ''}`
    case 'therapy-continued.v1': return `${plural(entry.body.visits.length, 'visit')}${entry.body.without.length > 0 ? `, and no place on ${entry.body.without.map(({ day }) => plainDay(day)).join(', ')}` : ''}`
    case 'visit-moved.v1': return `${visitNames[entry.body.to.type]} ${entry.body.to.number} to ${entry.body.to.localStart.replace('T', ', ')}${entry.body.why ? `. ${entry.body.why}` : ''}`
    case 'move-asked.v1': return `${visitNames[entry.body.to.type]} ${entry.body.to.number} to ${entry.body.to.localStart.replace('T', ', ')}${entry.body.words ? `. ${entry.body.words}` : ''}`
    case 'move-answered.v1': return `${entry.body.answer}${entry.body.words ? `. ${entry.body.words}` : ''}`
    case 'change-told.v1': return `${{ asked: 'asked first', moved: 'moved', cancelled: 'cancelled' }[entry.body.way]}: ${entry.body.changes.map(({ from, to }) => `${visitNames[from.type]} ${from.number} from ${from.localStart.replace('T', ', ')}${to ? ` to ${to.localStart.replace('T', ', ')}` : ''}`).join('; ')}`
    case 'change-answered.v1': return entry.body.lost ? 'yes, and the new time was taken meanwhile: the old one stands' : entry.body.answer === 'yes' ? 'yes, the new times suit' : 'no, the new times do not suit'
    case 'sooner-wished.v1': return `${visitNames[entry.body.type]} ${entry.body.number}, from ${plainDay(entry.body.from)} to ${plainDay(entry.body.to)}, with ${plural(entry.body.noticeHours, 'hour')} of notice`
    case 'time-offered.v1': return `by ${entry.body.by.name}: ${entry.body.changes.map(({ from, to }) => `${visitNames[from.type]} ${from.number} from ${from.localStart.replace('T', ', ')} to ${to.localStart.replace('T', ', ')}`).join('; ')}`
    case 'time-offer-answered.v1': return entry.body.lost ? 'yes, and somebody else was quicker: the old time stands' : entry.body.answer === 'yes' ? 'yes, the sooner time suits' : 'no, the old time stands'
    case 'time-offer-ended.v1': return entry.body.why === 'taken' ? 'somebody else took it' : 'taken back by the practice'
    case 'change-settled.v1': return `${entry.body.how.replaceAll('-', ' ')}${entry.body.words ? `. ${entry.body.words}` : ''}`
    case 'cancellation-told.v1': return `${visitNames[entry.body.type]} ${entry.body.number}: ${entry.body.outcome === 'no-show' ? 'nobody came' : `cancelled by the ${entry.body.by}, ${entry.body.reason.replaceAll('-', ' ')}`}${entry.body.words ? `. ${entry.body.words}` : ''}`
    case 'late-fee-decided.v1': return `${entry.body.decision}${entry.body.why ? `. ${entry.body.why}` : ''}`
    case 'group-joined.v1': return entry.body.name
    case 'group-left.v1': return `${entry.body.name}${entry.body.why ? `. ${entry.body.why}` : ''}`
    case 'group-passage.v1': return `${entry.body.name}. ${short(entry.body.text)}`
    case 'visit-closed.v1': return `${visitNames[entry.body.type]}: ${entry.body.outcome.replaceAll('-', ' ')}${entry.body.covered.length > 0 ? `, covered ${entry.body.covered.join(', ')}` : ''}. ${short(entry.body.summary)}`
    case 'integration.v1': return short(entry.body.themes)
    case 'commitment-kept.v1': return `${keptWords[entry.body.kept]}${entry.body.said ? `: “${short(entry.body.said)}”` : ''}`
    case 'afterwards.v1': return short(sayAfterwards(entry.body, afterwardsRows))
    case 'tablet-handed.v1': return `for ${entry.body.forms.map((form) => instrumentOf(instruments, form)?.title ?? form).join(', ')}; identified by ${entry.body.by.map((way) => way.replace('-', ' ')).join(' and ')}`
    case 'message.v1': return `about ${entry.body.topic}: ${short(entry.body.text)}`
    case 'journal-shared.v1': return short(entry.body.text)
    case 'journal-file-shared.v1': return [entry.body.file.type === 'image/jpeg' ? 'a photo' : `a recording, ${minutesAndSeconds(entry.body.lengthMs ?? 0)}`, short(entry.body.alt || entry.body.text)].filter(Boolean).join(': ')
    case 'journal-taken-back.v1': return 'it is not shown any more'
    case 'maintenance-decided.v1': return `${entry.body.decision.replaceAll('-', ' ')}${entry.body.intervalDays ? `, every ${entry.body.intervalDays} days` : ''}. ${short(entry.body.reason)}`
    case 'proposal-decided.v1': return `${entry.body.decision}, signed by ${entry.body.signature.name}: ${short(entry.body.says)}${entry.body.reason ? ` ${short(entry.body.reason)}` : ''}`
    case 'exposure-reviewed.v1': return `after ${plural(entry.body.sessions, 'session')}: ${entry.body.found.map(({ topic, says }) => `${topic}: ${short(says)}`).join('; ')}`
    case 'silence-contact.v1': return `${entry.body.reached ? 'reached' : 'not reached'}, ${SILENCE_WORDS[entry.body.decided]}. ${short(entry.body.note)}`
    case 'life-event.v1': return `${plainDay(entry.body.on)}: ${short(entry.body.says)}`
    case 'session-started.v1': return `number ${entry.body.number}, by ${entry.body.route}, with ${entry.body.people.map((person) => person.name).join(', ')}`
    default: return undefined
  }
}

function agreeing(entry: Entry, { book, zone }: Telling): string | undefined {
  switch (entry.kind) {
    case 'referral.v1': return short(entry.body.question)
    case 'clearance.v1': return `${entry.body.decision}, signed by ${entry.body.signature.name}${entry.body.expiresOn ? `, until ${plainDay(entry.body.expiresOn)}` : ''}. ${short(entry.body.reason)}`
    case 'clearance-reopened.v1': return `${short(reopeningsIn(entry).map((one) => sayMet(one, factVocabulary)).join(' '))} It waits for a prescriber to sign again.`
    case 'order.v1': return `${showMg(entry.body.doseUg)} by ${entry.body.route}, signed by ${entry.body.signature.name}, ${plainDay(entry.body.validFrom)} to ${plainDay(entry.body.validUntil)}`
    case 'dose-decided.v1': return `${entry.body.decision}${entry.body.proposal.doseUg === undefined ? '' : `, proposed ${showMg(entry.body.proposal.doseUg)} by ${entry.body.proposal.route}`}, signed by ${entry.body.signature.name}${entry.body.reason ? `. ${short(entry.body.reason)}` : ''}`
    case 'consent.v1': return `${entry.body.form}, version ${entry.body.version}, signed by ${entry.body.signature.name}`
    case 'consent-withdrawn.v1': return `${entry.body.form}${entry.body.said ? `: “${entry.body.said}”` : ''}`
    case 'intention.v1': return short(entry.body.text)
    case 'sits-in.v1': return upper(inState(entry.body.state))
    case 'whereabouts.v1': return sayWhereabouts(entry.body)
    case 'licence-decided.v1': return `${decisionWords[entry.body.decision]}, with the patient ${inState(entry.body.state)}. ${short(entry.body.reason)}`
    case 'day-answers.v1': return sayAnswers(entry.body.said, entry.at, zone).join(' ') || undefined
    case 'ride-answered.v1': return `${entry.body.name} ${entry.body.comes ? 'takes the person home' : 'cannot take the person home'}`
    case 'escort-named.v1': return `${entry.body.name}${entry.body.relationship ? `, ${entry.body.relationship}` : ''}, ${entry.body.phone}`
    case 'misuse-sign.v1': return `${book.misuse.signs.find(({ id }) => id === entry.body.sign)?.says ?? entry.body.sign}${entry.body.seen ? '' : ': looked, and no'} ${short(entry.body.said)}`
    case 'misuse-reviewed.v1': return short(entry.body.reason)
    case 'question-asked.v1': return short(entry.body.text)
    case 'question-answered.v1': return short(entry.body.text)
    case 'safety-plan.v1': return `made with ${entry.body.madeWith.join(' and ')}, review on ${plainDay(entry.body.reviewOn)}`
    default: return undefined
  }
}

/** What happened in a medicine session is said here as it is said there. */
function inTheRoom(entry: Entry, { name }: Telling): string | undefined {
  const said = say(entry, { session: { alerts: { all: [] } as never }, name })
  return said === entry.kind.replace(/\.v\d+$/, '').replaceAll('-', ' ') ? undefined : said
}

const codes = (list: readonly { readonly code: string }[]) => (list.length > 0 ? ` (${list.map(({ code }) => code).join(', ')})` : ', without a code')
const labelOfFact = (fact: string) => (Object.hasOwn(factVocabulary, fact) ? factVocabulary[fact as keyof typeof factVocabulary].label : (askedFacts[fact] ?? fact.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()))

export function factSays({ body }: EntryOf<'fact.v1'>, zone: string): string {
  if (body.state !== 'answered') return body.state === 'declined' ? 'declined to say' : 'not known'
  if (body.fact === 'medicinesOnTheDay') return sayMedicines(body.value)
  const { value } = body as { readonly value: unknown }
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? exactTime(value, zone) : valueSays(value)
}

/** A fact's value as a person says it, here as wherever else it is said. */
export const valueSays = sayValue

export function vitalsSay({ body }: EntryOf<'vitals.v1'>): string {
  const pressure = body.systolicMmHg === undefined && body.diastolicMmHg === undefined ? '' : `${body.systolicMmHg ?? '–'}/${body.diastolicMmHg ?? '–'}`
  return [pressure, body.heartRatePerMin !== undefined && `pulse ${body.heartRatePerMin}`, body.spo2Percent !== undefined && `${body.spo2Percent} %`, body.respiratoryRatePerMin !== undefined && `breathing ${body.respiratoryRatePerMin}`, body.temperatureDeciC !== undefined && `${body.temperatureDeciC / 10} °C`, body.position].filter(Boolean).join(' · ')
}

function measureSays({ body }: EntryOf<'measure-answered.v1'>): string {
  const instrument = instrumentOf(instruments, body.instrument)
  if (!instrument) return `${body.instrument}, answered by the ${body.answeredBy}`
  const { total, missing, findings } = score(instrument, body.answers)
  const result = missing.length > 0 ? `${plural(missing.length, 'item')} not answered` : total === null ? 'complete' : sayNumber(total)
  const found = (findings ?? []).filter(({ is }) => is === 'yes').map(({ says }) => `. ${says.replace(/\.$/, '')}`)
  return `${instrument.title} ${result}, answered by the ${body.answeredBy}${body.via === 'link' ? ' by a link' : body.via === 'tablet' ? ' on the practice’s tablet' : ''}${found.join('')}`
}
