import type { NarrativeSentence } from '../core/session/narrative.ts'
import type { SourceId } from './sources.ts'

const sentence = <const Id extends string>(id: Id, paragraph: NarrativeSentence['paragraph'], when: string, says: string): NarrativeSentence & { readonly cites: readonly [SourceId, ...SourceId[]] } => ({
  id: `narrative.${id}`, paragraph, when, says, places: [...says.matchAll(/\{([a-zA-Z]+)\}/g)].map(([, place]) => place!), tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
})

/** The sentences a session's note is drafted in. They say what the record holds, and what it does not hold. */
export const narrative = [
  sentence('opening', 'opening', 'always', '{patient} came for medicine session {number} on {day}. It began at {time}.'),
  sentence('people', 'opening', 'where somebody was checked in', 'In the room: {people}.'),
  sentence('nobody', 'opening', 'where nobody was checked in', 'The record does not show who was in the room.'),
  sentence('identity', 'opening', 'where identity was checked', 'Identity was checked by {ways}.'),
  sentence('no-identity', 'opening', 'where it was not', 'The record does not show that identity was checked.'),
  sentence('baseline', 'before', 'where there was a reading before the dose', 'Before the dose, at {time}: pressure {pressure}, pulse {pulse}, saturation {saturation}, breathing {breathing}.'),
  sentence('no-baseline', 'before', 'where there was none', 'No reading before a dose is in the record.'),
  sentence('dose', 'dose', 'for each step that was given', 'Step {step}: {dose} {route} at {time}, prepared by {prepared}, confirmed by {confirmed}, given by {given}.'),
  sentence('dose-in-doubt', 'dose', 'for a step that stands in several records', 'Step {step} stands in {count} records that have not been settled; what was given is in doubt.'),
  sentence('dose-total', 'dose', 'after several steps', 'Given in all: {dose}.'),
  sentence('no-dose', 'dose', 'where no dose was given', 'No dose was given.'),
  sentence('readings', 'during', 'where readings were taken after the dose', 'After the dose {count} readings were taken, from {first} to {last}.'),
  sentence('no-readings', 'during', 'where none was taken', 'No reading after the dose is in the record.'),
  sentence('missed', 'during', 'where readings were written off', 'Readings not taken: {list}.'),
  sentence('peak', 'during', 'where a pressure was read after the dose', 'The highest systolic pressure was {systolic} mmHg at {time}.'),
  sentence('saturation', 'during', 'where a saturation was read after the dose', 'The lowest saturation was {saturation} % at {time}.'),
  sentence('depth', 'during', 'where alertness was written down after the dose', 'The deepest level written down was MOAA/S {moaaS} at {time}.'),
  sentence('no-depth', 'during', 'where it was not', 'How awake the person was after the dose is not in the record.'),
  sentence('ratings', 'during', 'where the person rated something', 'The person’s own ratings, of 10: {list}.'),
  sentence('effects', 'during', 'where side effects were written down', 'Side effects: {list}.'),
  sentence('no-effects', 'during', 'where none was', 'No side effect was written down.'),
  sentence('comfort', 'during', 'where comfort was offered', 'What was offered: {list}.'),
  sentence('signals', 'during', 'where a signal was given', 'Signals: {list}.'),
  sentence('notes', 'during', 'where the room wrote notes', 'Seen and heard: {list}.'),
  sentence('alarms', 'during', 'where something called for help', 'What called for help: {list}.'),
  sentence('no-alarms', 'during', 'where nothing did', 'Nothing that was written down called for help.'),
  sentence('rescue', 'during', 'where something was given against it', 'Given in answer: {list}.'),
  sentence('emergency', 'during', 'where emergency steps were taken', 'Emergency steps: {list}.'),
  sentence('withdrawn', 'after', 'where consent was taken back', 'At {time} the person took back consent ({form}).'),
  sentence('assessed', 'after', 'where going home was assessed', 'At {time} {by} assessed the person for going home: oriented to {orientation} of 4, MOAA/S {moaaS}, gait {gait}, PADSS {padss}, Aldrete {aldrete}.'),
  sentence('not-assessed', 'after', 'where it was not', 'An assessment for going home is not in the record.'),
  sentence('signed', 'after', 'where going home was signed', 'Going home was signed by {list}.'),
  sentence('not-signed', 'after', 'where it was not', 'Nobody has signed for going home.'),
  sentence('escort', 'after', 'where somebody came', '{name} was there from {time} to go home with the person.'),
  sentence('no-escort', 'after', 'where nobody did', 'Who went home with the person is not in the record.'),
  sentence('closed', 'after', 'at the close', 'The session was closed at {time}: {how}. As the room saw it: {tolerance}.'),
  sentence('not-closed', 'after', 'where it was not closed', 'The session has not been closed.'),
  sentence('late', 'after', 'where entries came after the close', '{count} entries came after the close and are not part of this note.'),
] as const satisfies readonly NarrativeSentence[]
