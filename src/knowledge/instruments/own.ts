import type { AnswerScale, Instrument, InstrumentItem, Licence } from '../../core/measures/instrument.ts'
import { leansOn, ours } from './row.ts'

const licence = {
  tier: 'own',
  holder: 'The authors of this product',
  terms: 'Written for this product. Anyone may use and change it under CC BY 4.0.',
  collecting: 'free',
  source: 'This product. Not validated: read the answers one by one, as a trend, never against a cut-off.',
  text: 'shipped',
  textVerified: true,
  unverifiedParts: [],
} as const satisfies Licence

const slider = (id: string, text: string, low: string, high: string): InstrumentItem => ({ id, text, answer: { kind: 'slider', min: 0, max: 10, low, high }, required: true })

const shared = { version: '2026-1', language: 'en', scoring: { kind: 'none' }, bands: [], validated: false, licence, cites: ['P'], verified: false, reviewBy: '2027-05-31' } as const

export const sessionCheck = {
  ...shared,
  id: 'session-check',
  title: 'Session check',
  says: 'Five sliders about this session. Our own, not validated.',
  items: [
    slider('intensity', 'How strong is the experience, or how strong was it?', 'not at all', 'as strong as can be'),
    slider('dissociation', 'How far away from yourself or from the room did you feel?', 'fully here', 'very far away'),
    slider('distress', 'How distressing is it, or was it?', 'not at all', 'unbearable'),
    slider('nausea', 'How sick to your stomach do you feel?', 'not at all', 'very'),
    slider('heard', 'How well did you feel heard today?', 'not at all', 'completely'),
  ],
  recallDays: null,
  minDaysBetween: 0,
  answeredBy: ['patient', 'clinician'],
  moments: ['in-session', 'after-dose'],
  ...leansOn({ items: ours }),
} as const satisfies Instrument

const noticed = {
  kind: 'choice',
  options: [
    { value: 0, text: 'No' },
    { value: 1, text: 'Yes, a little' },
    { value: 2, text: 'Yes, and it changes what I do' },
    { value: 3, text: 'Yes, and I needed care for it' },
  ],
} as const satisfies AnswerScale

const symptom = (id: string, text: string): InstrumentItem => ({ id, text, answer: noticed, required: true })
const review = (item: string, says: string) => ({ item, atLeast: 1, says, action: 'prescriber-review' }) as const

export const urinaryCheck = {
  ...shared,
  id: 'urinary-check',
  title: 'Bladder check',
  says: 'Six questions about urinating over the last two weeks. Our own, not validated.',
  stem: 'In the last two weeks, have you noticed any of this?',
  items: [
    symptom('frequency', 'Urinating much more often than you used to'),
    symptom('urgency', 'A sudden need to go that is hard to hold back'),
    symptom('pain', 'Pain or burning when you urinate'),
    symptom('night', 'Waking up at night to urinate'),
    symptom('blood', 'Blood in your urine, or urine that is pink or brown'),
    symptom('pelvis', 'Pain low in the belly that eases after you go'),
  ],
  flags: [
    review('frequency', 'Urinates more often'),
    review('urgency', 'Urgency'),
    review('pain', 'Pain on urinating'),
    { item: 'blood', atLeast: 1, says: 'Visible blood in the urine: no dose until a prescriber has looked into it', action: 'hold-dosing' },
  ],
  recallDays: 14,
  minDaysBetween: 14,
  answeredBy: ['patient', 'clinician'],
  moments: ['baseline', 'follow-up', 'maintenance'],
  cites: ['P', 'S2', 'S12'],
  ...leansOn({ items: ours, flags: ours }),
} as const satisfies Instrument

export const allianceCheck = {
  ...shared,
  id: 'alliance-check',
  title: 'Working together',
  says: 'Four sliders about you and your therapist. Our own, not validated. Your therapist sees your answers.',
  items: [
    slider('understood', 'My therapist understands what I want to change.', 'not at all', 'completely'),
    slider('agreed', 'We agree on how we work on it.', 'not at all', 'completely'),
    slider('trust', 'I can say here what is hard to say.', 'not at all', 'completely'),
    slider('steady', 'I would feel safe with my therapist in a medicine session.', 'not at all', 'completely'),
  ],
  recallDays: null,
  minDaysBetween: 14,
  answeredBy: ['patient'],
  moments: ['baseline', 'day-after'],
  ...leansOn({ items: ours, minDaysBetween: ours }),
} as const satisfies Instrument

/** The reference names what is asked after 24 hours and no form for it; these are questions of ours. Whoever says yes to the first is asked further by a clinician. */
export const dayAfterCheck = {
  ...shared,
  id: 'day-after-check',
  title: 'The day after',
  says: 'Seven questions about the time since your session. Our own, not validated. The people who treat you read it.',
  stem: 'Since the session, have you noticed any of this?',
  items: [
    { id: 'thoughts', text: 'Thoughts that you would be better off dead, or of hurting yourself', answer: { kind: 'yes-no' }, required: true },
    symptom('mood', 'Feeling lower or more on edge than before the session'),
    symptom('sleep', 'Sleeping worse than you usually do'),
    symptom('back', 'Something of the session coming back by itself, so that you had to stop what you were doing'),
    symptom('body', 'Headache, dizziness or feeling sick'),
    symptom('urine', 'Pain or burning when you urinate, or having to go much more often'),
    { id: 'drove', text: 'Driving or using machines before the hour you were told', answer: { kind: 'yes-no' }, required: true },
  ],
  risk: { kind: 'item', item: 'thoughts', atLeast: 1, callFrom: 1, followedBy: 'c-ssrs' },
  flags: [review('back', 'The session comes back by itself'), review('urine', 'Pain on urinating, or urinates more often'), { item: 'body', atLeast: 3, says: 'Needed care for headache, dizziness or nausea', action: 'prescriber-review' }, review('drove', 'Drove or used machines before the hour that was told')],
  recallDays: 3,
  minDaysBetween: 0,
  answeredBy: ['patient', 'clinician'],
  moments: ['day-after'],
  ...leansOn({ items: ours, flags: ours, risk: ours }),
} as const satisfies Instrument

/** The reference asks about craving at the follow-ups and names no scale; this is one question of ours, and a sign for the prescriber. */
export const cravingCheck = {
  ...shared,
  id: 'craving-check',
  title: 'Wanting ketamine',
  says: 'One question about wanting ketamine. Our own, not validated. The people who treat you read it.',
  items: [
    {
      id: 'wanting', required: true, text: 'In the last week, how often did you want ketamine outside of a session, so that it was hard to think of something else?',
      answer: { kind: 'choice', options: [{ value: 0, text: 'Never' }, { value: 1, text: 'Once or twice' }, { value: 2, text: 'On most days' }, { value: 3, text: 'Every day' }] },
    },
  ],
  flags: [{ item: 'wanting', atLeast: 1, says: 'Wants ketamine outside of sessions', action: 'prescriber-review' }],
  recallDays: 7,
  minDaysBetween: 7,
  answeredBy: ['patient', 'clinician'],
  moments: ['follow-up', 'maintenance'],
  ...leansOn({ items: ours, flags: ours, minDaysBetween: ours }),
} as const satisfies Instrument

const known = (id: string, text: string): InstrumentItem => ({ id, text, answer: { kind: 'yes-no' }, required: true })
const mindItems = [
  known('voices', 'Hearing or seeing things that other people could not'),
  known('beliefs', 'Feeling sure of something that nobody around you believed'),
  known('watched', 'Feeling watched or followed, or that signs were meant for you'),
  known('thoughts', 'Feeling that thoughts were put into your head or taken out of it'),
  known('sleepless', 'Needing much less sleep than usual without being tired'),
  known('racing', 'Thoughts so fast that you could not keep up with them'),
  known('risks', 'Spending, driving or sex far from your usual ways, that could have done harm'),
  known('high', 'Feeling so high or so irritable that others said you were not yourself'),
] as const

/** What a clinician asks further about before a first dose, where the licensed forms are not at hand. */
export const mindCheck = {
  ...shared,
  id: 'mind-check',
  title: 'Unusual experiences',
  says: 'Eight questions about what you may have noticed. Our own, not validated. The people who treat you ask further.',
  stem: 'Has any of this ever happened to you, also a long time ago?',
  items: mindItems,
  flags: mindItems.map(({ id, text }) => review(id, text)),
  recallDays: null,
  minDaysBetween: 14,
  answeredBy: ['patient', 'clinician'],
  moments: ['screening', 'baseline'],
  ...leansOn({ items: ours, flags: ours, minDaysBetween: ours }),
} as const satisfies Instrument
