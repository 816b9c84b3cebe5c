import { whereChoices } from '../core/shared/us-states.ts'
import type { CallQuestion } from '../core/matching/call-sheet.ts'
import { conditions } from './conditions.ts'
import { approaches, languageNames } from './matching.ts'

const choices = (names: Readonly<Record<string, string>>) => Object.entries(names).map(([value, label]) => ({ value, label }))
const yesNo = [{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }] as const

/** How long the first call takes, and when it ought to have ended. */
export const callLength = { id: 'call.length', minMinutes: 15, maxMinutes: 30, tags: { minMinutes: 'V', maxMinutes: 'V' }, cites: ['S2'], verified: true, reviewBy: '2027-05-31' } as const

/** When a call says that somebody is in danger, a clinician acknowledges it within so many minutes; then it is passed on. */
export const crisisCall = { id: 'call.crisis', acknowledgedWithinMin: 10, tags: { acknowledgedWithinMin: 'P' }, cites: ['P'], verified: false, reviewBy: '2027-05-31' } as const

/** The first call. It builds on what the person already wrote, and asks nothing twice that was answered. */
export const callSheet: readonly CallQuestion[] = [
  { id: 'right-moment', asks: 'Is this a good moment, and are you somewhere you can speak freely?', because: 'So that nobody overhears what is yours to tell.', answer: { kind: 'one-of', choices: yesNo }, needed: true, minutes: 1 },
  { id: 'today', asks: 'How are you today? Is there anything that cannot wait, such as thoughts of ending your life?', because: 'If there is, we stop here and look after that first.', answer: { kind: 'one-of', choices: [{ value: 'nothing-urgent', label: 'Nothing urgent' }, { value: 'hard-but-steady', label: 'Hard, but steady' }, { value: 'urgent', label: 'Cannot wait' }] }, needed: true, crisisOn: ['urgent'], minutes: 2 },
  { id: 'what-brings', asks: 'What brings you to us, in your own words?', because: 'The therapist reads this before you meet, so you need not start again.', answer: { kind: 'words' }, needed: true, minutes: 5 },
  { id: 'conditions', asks: 'Which of these come closest?', because: 'Therapists differ in what they know well.', answer: { kind: 'any-of', choices: conditions.map((condition) => ({ value: condition.id, label: condition.name })) }, fills: 'conditions', needed: true, minutes: 2 },
  { id: 'current-client', asks: 'Are you in therapy now, here or elsewhere?', because: 'Some programs are only for people already in care here, and your own therapist may stay part of it.', answer: { kind: 'one-of', choices: [{ value: 'here', label: 'Yes, here' }, { value: 'elsewhere', label: 'Yes, elsewhere' }, { value: 'no', label: 'No' }] }, fills: 'currentClient', needed: true, minutes: 1 },
  { id: 'hopes', asks: 'What would be different if this helped?', because: 'It tells us what to look for together.', answer: { kind: 'words' }, needed: false, minutes: 3 },
  { id: 'place', asks: 'For talking: online, in person, or either? Medicine sessions are always in person.', because: 'It decides who can see you.', answer: { kind: 'one-of', choices: [{ value: 'online', label: 'Online' }, { value: 'in-person', label: 'In person' }, { value: 'either', label: 'Either' }] }, fills: 'modality', needed: true, minutes: 0.5 },
  { id: 'sits-in', asks: 'In which state do you live, and would you sit for a visit online?', because: 'Whoever sees you online needs a licence for the place where you are.', answer: { kind: 'one-of', choices: whereChoices }, fills: 'sitsIn', needed: false, minutes: 0.5 },
  { id: 'days', asks: 'Which days suit you?', because: 'A course asks for several visits a week for some weeks, so the times have to fit your life.', answer: { kind: 'any-of', choices: [{ value: '1', label: 'Monday' }, { value: '2', label: 'Tuesday' }, { value: '3', label: 'Wednesday' }, { value: '4', label: 'Thursday' }, { value: '5', label: 'Friday' }, { value: '6', label: 'Saturday' }, { value: '7', label: 'Sunday' }] }, fills: 'days', needed: false, minutes: 1 },
  { id: 'part-of-day', asks: 'Mornings, afternoons or evenings?', because: 'We look for hours you can keep.', answer: { kind: 'any-of', choices: [{ value: 'morning', label: 'Mornings' }, { value: 'afternoon', label: 'Afternoons' }, { value: 'evening', label: 'Evenings' }] }, fills: 'partOfDay', needed: false, minutes: 1 },
  { id: 'approach', asks: 'Is there a way of working that you like, or would rather not have?', because: 'A good fit is half of the work.', answer: { kind: 'any-of', choices: choices(approaches) }, fills: 'approaches', needed: false, minutes: 2 },
  { id: 'language', asks: 'Is there a language you would rather speak?', because: 'You may leave this open. It never keeps anyone from being offered to you.', answer: { kind: 'one-of', choices: choices(languageNames) }, fills: 'language', needed: false, minutes: 1 },
  { id: 'wish', asks: 'Is there anything about a therapist, or about your background, that would help you feel at ease?', because: 'You may leave this open too. It is read by the coordinator and counted by nobody.', answer: { kind: 'words' }, fills: 'therapistWish', needed: false, minutes: 2 },
  { id: 'someone-near', asks: 'Is there an adult who could take you home after a session?', because: 'Nobody drives on the day of a session.', answer: { kind: 'one-of', choices: [...yesNo, { value: 'not-sure', label: 'Not sure yet' }] }, needed: false, minutes: 1 },
  { id: 'money', asks: 'Shall I explain the costs, the written estimate, and how a bill for your insurance works?', because: 'The whole course is priced before it begins.', answer: { kind: 'one-of', choices: yesNo }, needed: false, minutes: 3 },
  { id: 'questions', asks: 'What would you like to ask me?', because: 'Whatever I cannot answer I pass on, and you hear back.', answer: { kind: 'words' }, needed: false, minutes: 4 },
]
