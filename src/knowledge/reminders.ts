import type { ReminderRows } from '../core/reminders/ladder.ts'
import type { AskingRows, TabletRows } from '../core/reminders/asking.ts'
import type { DayAlarmWords } from '../core/reminders/alarms.ts'
import { proposed } from './figures.ts'

const adopt = { verified: false, reviewBy: '2027-05-31' } as const

/** When somebody is reminded of a visit, and by when an answer has to be there. A default of the product; a practice sets the hours of its own. */
export const reminderRows: ReminderRows = {
  id: 'reminders.ladder', ...proposed(), ...adopt,
  quiet: { from: '21:00', to: '08:00' },
  dosing: [
    { step: 'week', daysBefore: 7, at: '10:00' },
    { step: 'two-days', daysBefore: 2, at: '10:00' },
    { step: 'day-before', daysBefore: 1, at: '16:00', asks: 'day-before' },
    { step: 'morning', daysBefore: 0, at: '08:00', leadMin: 150, asks: 'morning' },
  ],
  other: [
    { step: 'two-days', daysBefore: 2, at: '10:00' },
    { step: 'day-before', daysBefore: 1, at: '16:00' },
  ],
  online: [
    { step: 'two-days', daysBefore: 2, at: '10:00' },
    { step: 'day-before', daysBefore: 1, at: '16:00' },
    { step: 'morning', daysBefore: 0, at: '08:00', leadMin: 60, asks: 'where' },
  ],
  therapy: [
    { step: 'day-before', daysBefore: 1, at: '16:00' },
  ],
  answerBy: { 'day-before': { at: '20:00' }, morning: { leadMin: 75 }, where: { leadMin: 15 } },
}

/** When somebody is written to about questionnaires that are open, and by when an answer is there or a person calls. A default of the product. */
export const askingRows: AskingRows = {
  id: 'reminders.asking', ...proposed(), ...adopt,
  steps: [
    { step: 'first', afterDays: 0, at: '10:00' },
    { step: 'again', afterDays: 2, at: '10:00' },
    { step: 'last', afterDays: 4, at: '17:00' },
  ],
  moments: ['intake', 'baseline', 'day-after', 'after-visit', 'between', 'follow-up'],
  answerBy: { afterDays: 6, at: '10:00' },
  linkDays: 14,
}

/** How long the practice's tablet is a patient's, and after how long without a touch it is covered. A default of the product. */
export const tabletRows: TabletRows = { id: 'asking.tablet', ...proposed(), ...adopt, lifeMin: 120, coverMin: 5 }

/** What a clinician reads when an answer before a session asks for somebody: the answer, and what the rule says where one does. */
export const dayAlarmWords: DayAlarmWords = {
  id: 'reminders.alarms', ...proposed('S11', 'S15', 'S12', 'S49'), ...adopt,
  food: 'Ate too close to the session.',
  fluid: 'Drank too close to the session.',
  fastingUnclear: 'Does not know when to stop eating and drinking. Call and say it.',
  medicinesUnclear: 'Does not know which medicines to take and which to leave. Call and say it.',
  medicinesNotAsTold: 'Did not take the medicines as told. Ask which one, and look it up before they set out.',
  medicinesNotSure: 'Is not sure whether the medicines were taken as told. Ask which one, and look it up before they set out.',
  alcohol: 'Alcohol or cannabis in the two days before the session.',
  alcoholInPerson: 'Would rather say in person whether there was alcohol or cannabis. Ask before anything is prepared.',
  noRide: 'Nobody takes the person home. Without a named adult the session does not start.',
  rideRefused: 'The adult named said that they cannot take the person home. Without a named adult the session does not start.',
}
