import type { Tag } from '../core/shared/cited.ts'

/** A consent as it is shown and signed: the version and the words are hashed with the signature, so neither can drift. */
export interface ConsentForm {
  readonly form: 'treatment' | 'touch' | 'registry'
  readonly version: string
  readonly language: 'en'
  readonly title: string
  /** Signing is asked for before the first dose; a consent that is not required can be left unsigned without a reason. */
  readonly required: boolean
  readonly intro: string
  readonly sections: readonly { readonly heading: string; readonly text: string }[]
  /** Each is read and ticked by itself. */
  readonly risks: readonly { readonly id: string; readonly says: string }[]
  /** Things to decide, none of them preselected. */
  readonly choices: readonly { readonly id: string; readonly asks: string; readonly options: readonly string[] }[]
  readonly teachBack: readonly string[]
  /** What taking it back does, and what it cannot do; where nothing is said, it counts at once and undoes all of it. */
  readonly whenTakenBack?: string
  readonly tag: Tag
  readonly cites: readonly [string, ...string[]]
  readonly verified: boolean
  readonly reviewBy: string
}

/** Drafts for a practice's medical director and lawyer to adopt; states differ, and so do practices. */
export const consentForms: readonly ConsentForm[] = [
  {
    form: 'treatment', version: '2026-11', language: 'en', title: 'Consent to ketamine-assisted psychotherapy', required: true,
    intro: 'Please read this slowly, with somebody you trust if you like. Ask anything. You can stop reading, wait, or say no, and nothing about your other care changes.',
    sections: [
      { heading: 'What this is', text: 'Ketamine is a medicine approved for anaesthesia. Using it for depression, anxiety, trauma or pain is off-label: it is legal and studied, and it is not approved by the FDA for any psychiatric condition. Compounded lozenges are not checked by the FDA.' },
      { heading: 'Other ways', text: 'There are other treatments: talking therapy alone, antidepressants, esketamine nasal spray in a certified clinic, magnetic stimulation, electroconvulsive therapy, or waiting. Your therapist and prescriber will go through those that make sense for you.' },
      { heading: 'What happens', text: 'After preparation you take the medicine in a quiet room. Your therapist and a second trained person stay with you for about three hours. Pressure, pulse, breathing and oxygen are checked before, during and after. You go home with an adult you named, when two people have signed that you can.' },
      { heading: 'What may come of it', text: 'Many people feel better within days; some do not, and nobody can promise it to you. For many who improve it fades over weeks, and some need further sessions. How strong the experience is does not tell how much it helps.' },
      { heading: 'Before and after', text: 'You will be asked to follow times for food and drink and to tell us every medicine, drug and alcohol. Keep taking your regular medicines unless the prescriber says otherwise. Do not drive or do anything risky until the next day after sleep, and for at least 24 hours. Have an adult with you the first night, and do not be the only carer of a child.' },
      { heading: 'If dark thoughts come', text: 'Mood can dip, between sessions too. We ask about thoughts of death or self-harm again and again, and we act on the answer. What you write to us is not read around the clock: in danger call or text 988, or call 911.' },
      { heading: 'Privacy and cost', text: 'Your chart is read by the people who treat you; every look is recorded and you can see who looked. Therapists must act when a child, an elder or a life is in danger. You receive an estimate of the whole cost before you begin.' },
      { heading: 'You can stop', text: 'You may take this consent back at any time, also in the middle of a session by word or by your agreed sign. We then give no more medicine and stay with you until it has worn off.' },
    ],
    risks: [
      { id: 'dissociation', says: 'I may feel detached from my body, my surroundings or myself; time, colours and sounds may change; it can be frightening.' },
      { id: 'pressure', says: 'My blood pressure and heart rate may rise for a few hours.' },
      { id: 'nausea', says: 'I may feel sick, vomit, or be dizzy and unsteady, and could fall.' },
      { id: 'sedation', says: 'I may become very drowsy, and rarely my breathing may slow.' },
      { id: 'mind', says: 'Anxiety, painful memories, confusion or agitation may come up; rarely mania or psychosis has followed.' },
      { id: 'bladder', says: 'With repeated use ketamine can damage the bladder: burning, urgency, blood in the urine. I will report these, also weeks later.' },
      { id: 'liver', says: 'With repeated use it can affect the liver.' },
      { id: 'dependence', says: 'Ketamine can be misused and people have become dependent on it.' },
      { id: 'pregnancy', says: 'It must not be taken in pregnancy, and is not advised while breastfeeding.' },
      { id: 'unknown', says: 'Long-term effects of repeated treatment are not well known.' },
    ],
    choices: [{ id: 'recording', asks: 'Sound or video recording of my sessions', options: ['never', 'ask me each time'] }],
    teachBack: ['What is the medicine approved for?', 'Who will be in the room?', 'What must I not do afterwards, and until when?', 'How do I stop?', 'Whom do I call in danger?'],
    tag: 'P', cites: ['S39', 'S11', 'S12', 'S50', 'P'], verified: false, reviewBy: '2027-05-31',
  },
  {
    form: 'touch', version: '2026-11', language: 'en', title: 'Agreement about touch', required: false,
    intro: 'Touch is never needed for the treatment. You decide beforehand, in a clear head, and during a session you can only take permission back, never give more.',
    sections: [
      { heading: 'What it can be', text: 'A hand held, a hand on the shoulder. It is never sexual. It is there to steady you if you agreed to it, and both people in the room see it.' },
      { heading: 'How it ends', text: 'By a word, by the sign you chose, or by moving away. It ends at once and is written down.' },
    ],
    risks: [{ id: 'revoke', says: 'I know that I can take this back at any moment and that nothing else changes if I do.' }],
    choices: [{ id: 'touch', asks: 'Touch during a session', options: ['none', 'hands only', 'hands and shoulders'] }],
    teachBack: ['How do I end it?'],
    tag: 'P', cites: ['P'], verified: false, reviewBy: '2027-05-31',
  },
  {
    form: 'registry', version: '2026-11', language: 'en', title: 'Sharing my data with a registry, without my name', required: false,
    intro: 'A registry brings together what several practices have seen, so that people learn for whom this treatment works and what it does to them. Your treatment does not depend on it. Nothing of yours is shared unless you sign, and nobody will ask why you did not.',
    sections: [
      { heading: 'What would be shared', text: 'The band of years your age lies in, your sex, what you are treated for, the year, your doses, the totals of your questionnaires, side effects and how long an improvement lasted. Where too few people are like you in these, they are made coarser or left out.' },
      { heading: 'What is never shared', text: 'Your name, birth date, address, telephone, e-mail, numbers and pictures. No word that you or anybody wrote: no notes, no messages, no journal. All days are moved by a number of days that only this practice can work out, so that no true date is in it.' },
      { heading: 'Who gets it', text: 'Those whom this practice gives the files to. Ask who they are before you sign. The files carry a code in place of you that only this practice can lead back to you.' },
      { heading: 'Counts of many people', text: 'Practices also compare counts, such as how many of 60 people felt better. They name nobody, hold nobody’s rows and say nothing about fewer than ten people. They are made of everybody treated here, also without this consent.' },
      { heading: 'You can take it back', text: 'At any time, without a reason, here or by telling anybody at the practice. From then on nothing of yours is in a new file. Files that were handed on before cannot be called back.' },
    ],
    risks: [
      { id: 'known-again', says: 'Nobody can promise that I could never be recognised by somebody who knows a great deal about me already.' },
      { id: 'not-called-back', says: 'What was handed on before I take this back cannot be called back.' },
      { id: 'no-gain', says: 'I gain nothing by it myself, and my care is the same whether I sign or not.' },
    ],
    choices: [],
    teachBack: ['What of mine would be shared?', 'What happens to my treatment if I do not sign?', 'What can be undone when I take it back, and what cannot?'],
    whenTakenBack: 'From now on nothing of yours is in a new file for a registry. Files that were handed on before cannot be called back.',
    tag: 'P', cites: ['P', 'S55'], verified: false, reviewBy: '2027-05-31',
  },
]

export const consentForm = (form: string): ConsentForm | undefined => consentForms.find((row) => row.form === form)
