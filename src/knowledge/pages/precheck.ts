import type { SourceId } from '../sources.ts'

/**
 * `talk`: nothing said here speaks against a first call. `not-now`: something has to be settled first, and here
 * is who helps. `crisis`: help comes before anything else. None of them is a judgement of fitness: only
 * people who have met a person decide that.
 */
export type Leads = 'talk' | 'not-now' | 'crisis'

export interface PrecheckAnswer {
  readonly id: string
  readonly label: string
  readonly leads: Leads
  /** Shown at once under the answer that was chosen. */
  readonly reply?: string
  /** Opens the panel with people who answer now, although the answer does not lead there by itself. */
  readonly help?: boolean
}

export interface PrecheckQuestion {
  readonly id: string
  readonly asks: string
  readonly why?: string
  readonly answers: readonly PrecheckAnswer[]
  readonly cites: readonly [SourceId, ...SourceId[]]
  readonly tag: 'V' | 'P'
  readonly verified: boolean
  readonly reviewBy: string
}

const row = { tag: 'P', verified: true, reviewBy: '2027-05-21' } as const
const unsure: PrecheckAnswer = { id: 'unsure', label: 'I don’t know, or would rather not say', leads: 'talk', reply: 'That is all right. We can talk about it.' }

/** Questions of the anonymous check, in the order in which they are asked. The wording is our own. */
export const precheck: readonly PrecheckQuestion[] = [
  {
    id: 'suicidal-thoughts', asks: 'In the past month, have you wished to be dead or thought about ending your life?',
    why: 'We ask this first because it matters most. Many people who come to us have such thoughts, and they can be talked about.',
    answers: [
      { id: 'no', label: 'No', leads: 'talk' },
      { id: 'yes', label: 'Yes', leads: 'talk', help: true, reply: 'Thank you for saying so. Below are people who will listen right now, and you can call us as well.' },
      { ...unsure, help: true },
    ],
    cites: ['S32', 'S33'], ...row,
  },
  {
    id: 'suicidal-plans', asks: 'Do you mean to act on such thoughts, do you have a plan, or have you tried in the past three months?',
    answers: [
      { id: 'no', label: 'No', leads: 'talk' },
      { id: 'yes', label: 'Yes', leads: 'crisis', reply: 'Please talk to somebody now. You do not have to know what to say.' },
      { ...unsure, help: true },
    ],
    cites: ['S32', 'S33'], ...row,
  },
  {
    id: 'age', asks: 'How old are you?',
    answers: [
      { id: 'under', label: 'Under {minimumAge}', leads: 'not-now', reply: 'We treat adults only. Your doctor, a school counselor, or the people at 988 can help you find care made for you.' },
      { id: 'adult', label: '{minimumAge} to 64', leads: 'talk' },
      { id: 'older', label: '65 or older', leads: 'talk', reply: 'We look more closely at heart and blood pressure, and start with less.' },
    ],
    cites: ['S11', 'S19'], ...row,
  },
  {
    id: 'pregnancy', asks: 'Are you pregnant, or could you be? Are you nursing?',
    answers: [
      { id: 'no', label: 'No, or this does not apply to me', leads: 'talk' },
      { id: 'pregnant', label: 'Pregnant, or it is possible', leads: 'not-now', reply: 'Ketamine is not given in pregnancy. Your doctor or midwife knows treatments for low mood that can be.' },
      { id: 'nursing', label: 'Nursing', leads: 'talk', reply: 'Tell us first. It needs a plan with the prescriber.' },
      unsure,
    ],
    cites: ['S11', 'S36'], ...row,
  },
  {
    id: 'heart', asks: 'What about your heart and blood pressure?', why: 'Ketamine makes both work harder for some hours.',
    answers: [
      { id: 'none', label: 'No problem that I know of', leads: 'talk' },
      { id: 'treated', label: 'High blood pressure, and it is treated', leads: 'talk', reply: 'Good to know. If you can, write down a few readings before we talk.' },
      { id: 'high', label: 'High blood pressure that is not under control', leads: 'not-now', reply: 'Please see your doctor about it first. When it is under control, come back to us.' },
      { id: 'severe', label: 'A recent heart attack or stroke, severe heart disease, an aneurysm, or a bleed in the brain', leads: 'not-now', reply: 'For your heart or your brain this would be too much now. Please talk to the doctor who treats you for it.' },
      unsure,
    ],
    cites: ['S1', 'S11', 'S36'], ...row,
  },
  {
    id: 'psychosis-mania', asks: 'Have you heard or seen things that others did not, or had times of racing mood and hardly any sleep?',
    answers: [
      { id: 'no', label: 'No', leads: 'talk' },
      { id: 'past', label: 'Yes, in the past', leads: 'talk', reply: 'Tell us early. For some people it means that KAP is not for them, and we want you to know before you plan on it.' },
      { id: 'now', label: 'Yes, now', leads: 'not-now', help: true, reply: 'Ketamine can make this worse. Please call the person who treats you, or one of the numbers below, today.' },
      unsure,
    ],
    cites: ['S1', 'S36', 'S49'], ...row,
  },
  {
    id: 'substance-use', asks: 'Does alcohol or another drug have a hold on your life right now?',
    answers: [
      { id: 'no', label: 'No', leads: 'talk' },
      { id: 'past', label: 'It did, and I have stopped', leads: 'talk', reply: 'Well done. Tell us since when, and we look at it together.' },
      { id: 'now', label: 'Yes', leads: 'not-now', reply: 'Help with that comes first, and it exists. Your doctor can start it with you. If it gets too much, call 988. Please do not stop drinking all at once on your own.' },
      unsure,
    ],
    cites: ['S1', 'S2', 'S19'], ...row,
  },
  {
    id: 'ketamine-reaction', asks: 'Have you had ketamine before, as a medicine or in another way?',
    answers: [
      { id: 'never', label: 'Never', leads: 'talk' },
      { id: 'fine', label: 'Yes, without trouble', leads: 'talk' },
      { id: 'hard', label: 'Yes, and it was a bad experience', leads: 'talk', reply: 'We would like to hear about it. You decide whether it is worth another look.' },
      { id: 'allergy', label: 'Yes, with an allergic reaction', leads: 'not-now', reply: 'Then ketamine is not for you. There are other treatments, and your doctor can name them.' },
      unsure,
    ],
    cites: ['S11', 'S12'], ...row,
  },
]

/** What stands at the end. A page never tells a person that they fit. */
export const precheckEnds: Readonly<Record<Leads | 'unfinished', { readonly heading: string; readonly says: readonly string[] }>> = {
  unfinished: { heading: 'Still some questions to go', says: ['Answer as many as you like. When you are through, this place says what we would do next.'] },
  talk: { heading: 'Talk to us', says: ['Nothing you said here speaks against a first call. It does not mean that KAP is right for you: that takes a therapist and a prescriber who have met you.'] },
  'not-now': { heading: 'Not now, and here is help', says: ['Something you said has to be looked after first. The words under your answers say who can help with it.', 'You can still write to us. We will tell you honestly what would have to change, or who does this better than we do.'] },
  crisis: { heading: 'Please get help now', says: ['What you told us is more urgent than anything on this page. Please call one of these numbers, or go to the nearest emergency room. If you can, let somebody stay with you.'] },
}
