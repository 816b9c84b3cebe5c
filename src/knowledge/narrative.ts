import type { NarrativeSentence } from '../core/session/narrative.ts'
import type { SourceId } from './sources.ts'

const placesIn = (says: string) => [...says.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, place]) => place!)

/** What ships in a sentence is what it may not lose, but for `mayDrop`; `also` names what it may say besides. */
const sentence = <const Id extends string>(id: Id, paragraph: NarrativeSentence['paragraph'], when: string, says: string, { also = [], mayDrop = [] }: { readonly also?: readonly string[]; readonly mayDrop?: readonly string[] } = {}): NarrativeSentence & { readonly cites: readonly [SourceId, ...SourceId[]] } => ({
  id: `narrative.${id}`, paragraph, when, says, places: [...placesIn(says), ...also], required: placesIn(says).filter((place) => !mayDrop.includes(place)), tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
})

/** The sentences a session's note is drafted in. They say what the record holds, and what it does not hold. */
export const narrative = [
  sentence('opening', 'opening', 'always', '{patient} came for medicine session {number} on {day}. It began at {time}.', { mayDrop: ['patient', 'number'] }),
  sentence('from-paper', 'opening', 'where it was typed from paper', 'It was written on paper by {wrote}; {count} entries were typed afterwards by {typed}, {state}.', { mayDrop: ['count'] }),
  sentence('people', 'opening', 'where somebody was checked in', 'In the room: {people}.'),
  sentence('nobody', 'opening', 'where nobody was checked in', 'The record does not show who was in the room.'),
  sentence('identity', 'opening', 'where identity was checked', 'Identity was checked by {ways}.'),
  sentence('no-identity', 'opening', 'where it was not', 'The record does not show that identity was checked.'),
  sentence('kit', 'opening', 'where the emergency kit was found whole', 'The emergency kit was checked by {name} at {time}; it is in date until {until}.', { mayDrop: ['until'] }),
  sentence('kit-short', 'opening', 'where something was missing from it', 'The emergency kit was checked by {name} at {time}; not there: {list}. It is in date until {until}.', { mayDrop: ['until'] }),
  sentence('no-kit', 'opening', 'where it was not checked', 'The record does not show that the emergency kit was checked.'),
  sentence('reachable', 'opening', 'where a prescriber could be reached', '{name} was the prescriber to reach, {way}, until {until}.'),
  sentence('no-reachable', 'opening', 'where none was written down', 'The record does not show that a prescriber could be reached.'),
  sentence('baseline', 'before', 'where there was a reading before the dose', 'Before the dose, at {time}: pressure {pressure}, pulse {pulse}, saturation {saturation}, breathing {breathing}.'),
  sentence('reading', 'before', 'where there was a reading and no dose', 'The last reading, at {time}: pressure {pressure}, pulse {pulse}, saturation {saturation}, breathing {breathing}.'),
  sentence('no-baseline', 'before', 'where there was none', 'No reading from before a dose is in the record.'),
  sentence('dose', 'dose', 'for each step that was given', 'Step {step}: {dose} {route} at {time}, prepared by {prepared}, confirmed by {confirmed}, given by {given}.', { also: ['ended'] }),
  sentence('dose-in-doubt', 'dose', 'for a step that stands in several records', 'Step {step} stands in {count} records that have not been settled; what was given is in doubt.'),
  sentence('dose-total', 'dose', 'after several steps', 'Given in all: {dose}.'),
  sentence('dose-late', 'dose', 'where a dose reached the record after the close', 'After the close a dose reached the record that this session does not count: {list}. What was given in all has to be settled first.'),
  sentence('no-dose', 'dose', 'where no dose is in the record', 'No dose is in the record.'),
  sentence('readings', 'during', 'where readings were taken after the dose', 'After the dose {count} readings were taken, from {first} to {last}.', { mayDrop: ['first', 'last'] }),
  sentence('no-readings', 'during', 'where none was taken', 'No reading after the dose is in the record.'),
  sentence('missed', 'during', 'where readings were written off', 'Readings not taken: {list}.'),
  sentence('peak', 'during', 'where a pressure was read after the dose', 'The highest systolic pressure was {systolic} at {time}.'),
  sentence('saturation', 'during', 'where a saturation was read after the dose', 'The lowest saturation was {saturation} at {time}.'),
  sentence('depth', 'during', 'where alertness was written down after the dose', 'The deepest level written down was MOAA/S {moaaS} at {time}.'),
  sentence('no-depth', 'during', 'where it was not', 'How awake the person was after the dose is not in the record.'),
  sentence('ratings', 'during', 'where the person rated something', 'The person’s own ratings, each from 0 to 10: {list}.'),
  sentence('effects', 'during', 'where side effects were written down', 'Side effects: {list}.'),
  sentence('no-effects', 'during', 'where none was', 'No side effect was written down.'),
  sentence('symptoms', 'during', 'where symptoms were written down', 'Signs that were written down: {list}.'),
  sentence('comfort', 'during', 'where comfort was offered', 'What was offered: {list}.'),
  sentence('signals', 'during', 'where a signal was given', 'Signals: {list}.'),
  sentence('notes', 'during', 'where the room wrote notes', 'Seen and heard: {list}.'),
  sentence('alarms', 'during', 'where something called for help', 'What called for help: {list}.'),
  sentence('no-alarms', 'during', 'where nothing did', 'No orange or red alert was raised by what was written down.'),
  sentence('rescue', 'during', 'where something was given against it', 'Given in answer: {list}.'),
  sentence('emergency', 'during', 'where emergency steps were taken', 'Emergency steps: {list}.'),
  sentence('withdrawn', 'after', 'where consent was taken back', 'At {time} the person took back consent ({form}).'),
  sentence('assessed', 'after', 'where going home was assessed', 'At {time} {by} assessed the person for going home: oriented to {orientation}, MOAA/S {moaaS}, gait {gait}, PADSS {padss}, Aldrete {aldrete}.'),
  sentence('not-assessed', 'after', 'where it was not', 'An assessment for going home is not in the record.'),
  sentence('signed', 'after', 'where going home was signed', 'Going home was signed by {list}.'),
  sentence('not-signed', 'after', 'where it was not', 'Nobody has signed for going home.'),
  sentence('escort', 'after', 'where somebody came', '{name} was there at {time} to go home with the person ({noted}).', { mayDrop: ['noted'] }),
  sentence('driver', 'after', 'where only a driver came', '{name} was there at {time}, a driver of a ride service ({noted}).', { mayDrop: ['noted'] }),
  sentence('no-escort', 'after', 'where nobody did', 'Who went home with the person is not in the record.'),
  sentence('closed', 'after', 'at the close', 'The session was closed at {time}: {how}. As the room saw it: {tolerance}.', { mayDrop: ['tolerance'] }),
  sentence('not-closed', 'after', 'where it was not closed', 'The session has not been closed.'),
  sentence('late-reviewed', 'after', 'where a clinician looked at entries that came after the close', '{list}.'),
  sentence('late', 'after', 'where entries came after the close and wait to be looked at', '{count} entries came after the close and are not part of this note.'),
] as const satisfies readonly NarrativeSentence[]

type Places = Readonly<Record<string, string | number>>

const sample: Places = {
  patient: 'Vera Sample', number: 2, day: '12 March 2026', time: '10:05', count: 7, wrote: 'June Park', typed: 'Rosa Marin', state: 'compared with the paper by June Park', people: 'Rosa Marin as therapist from 09:58; June Park as monitor from 10:01', ways: 'name and birth date',
  name: 'June Park', until: '13:30', list: 'nausea, grade 1, from 10:40 to 11:10', way: 'in the building', pressure: '122/78 mmHg', pulse: '76/min', saturation: '97 %', breathing: '14/min', step: 1, dose: '40 mg', route: 'IM', prepared: 'Rosa Marin', confirmed: 'June Park', given: 'Rosa Marin', ended: '10:12',
  first: '10:15', last: '12:05', systolic: '148 mmHg', moaaS: 4, form: 'treatment', by: 'June Park', orientation: '4 of 4', gait: 'steady', padss: '10 of 10', aldrete: '10 of 10', noted: 'driver license', how: 'discharged', tolerance: 'as intended',
}

/** Where a place says something else than in most sentences. */
const samples: Readonly<Record<string, Places>> = {
  'from-paper': { count: 24 }, 'kit-short': { list: 'suction, oxygen' }, 'dose-in-doubt': { count: 2 }, 'dose-total': { dose: '60 mg' }, 'dose-late': { list: '20 mg IM at 10:30' }, missed: { list: '10:45 (in the bathroom)' }, peak: { time: '10:30' }, saturation: { saturation: '95 %', time: '10:20' }, depth: { time: '10:20' },
  ratings: { list: 'intensity 7 at 10:25; distress 2 at 10:40' }, symptoms: { list: '10:40 nausea' }, comfort: { list: '10:20 A blanket; 10:35 Breathe out long' }, signals: { list: '10:50 lighter' }, notes: { list: '10:20 tears; 10:50 quiet' },
  alarms: { list: '10:30 Systolic pressure 182 mmHg: June Park, prescriber called' }, rescue: { list: '10:42 Ondansetron 4 mg given: nausea' }, emergency: { list: '10:31 Call 911' }, withdrawn: { time: '10:55' }, assessed: { time: '12:10' }, signed: { list: 'June Park at 12:15 and Ada Noor at 12:16' },
  escort: { name: 'Theo Santos', time: '12:00' }, driver: { name: 'Theo Santos', time: '12:00' }, closed: { time: '12:20' }, late: { count: 2 }, 'late-reviewed': { list: 'Ada Noor looked at what came late' },
}

/** What a session that never was holds in the places of one sentence. */
export const narrativeSample = (id: string): Places => ({ ...sample, ...samples[id.replace('narrative.', '')] })
