import { counted, ours, seen, type Claim, type Section } from './claim.ts'

/** The first sentences of the public page: what this is, in the reader's words. */
export const opening: readonly Claim[] = [
  ours('Some sadness and some fear do not move, however hard you work on them.'),
  ours('Ketamine-assisted psychotherapy, KAP for short, is talking therapy with a medicine in the middle of it. The medicine may loosen things for a while. The therapy is there to make something of it.', 'S1', 'S2'),
]

/** What KAP is and how it is thought to work. */
export const whatItIs: Section = {
  id: 'what',
  heading: 'What is KAP?',
  says: [
    [
      seen('KAP joins a measured dose of ketamine with therapy before, during and after it.', 'S1', 'S2'),
      seen('Ketamine is an anesthetic. In smaller doses people stay awake, but for a while they may feel far away from their body and from their usual thoughts.', 'S12', 'S2'),
      seen('For some, this makes it easier to look at things that are hard to reach on other days.', 'S1'),
    ],
    [
      seen('How it helps is not settled. Ketamine acts on glutamate, a signal that brain cells use, and is thought to make it easier for them to form new links for some time.', 'S1', 'S2'),
      ours('We use that time for therapy. That is why a visit to talk follows every dose here.', 'S1'),
    ],
    [
      seen('The FDA has approved ketamine for anesthesia. It has not approved it for depression or for any other mental health condition. Using it for those is called off-label.', 'S39'),
      seen('A close relative, esketamine nasal spray, is approved for some kinds of depression and is given under a safety program of its own.', 'S11'),
    ],
  ],
}

/** For whom it may be worth asking, and for whom not. */
export const whoFor: Section = {
  id: 'for-you',
  heading: 'Is it for you?',
  says: [
    [
      seen('Most studies are about depression that did not lift with at least two medicines.', 'S2', 'S49'),
      seen('People also ask about anxiety, trauma, and hard times in life.', 'S1', 'S2'),
      ours('Nobody can tell you from a web page whether it fits you. A therapist and a prescriber decide that with you, after they have heard your story and looked at your health.', 'S1'),
    ],
    [ours('There are times when the answer is no, or not now. We would rather tell you here than after you have hoped for weeks. Please do not expect to start while one of these is true:')],
  ],
  list: [
    seen('You are under {minimumAge}.', 'S11', 'S19'),
    seen('You are pregnant or may be. If you are nursing, tell us first.', 'S11', 'S36'),
    seen('Your blood pressure is high and not under control.', 'S36', 'S1'),
    seen('You have severe heart disease or a serious problem with your heart’s rhythm.', 'S1', 'S36'),
    seen('A blood vessel of yours is widened or wrongly joined (an aneurysm, or an AVM), or you have had a bleed in the brain.', 'S11'),
    seen('You hear or see things that others do not, or have had a time like that.', 'S1', 'S49'),
    seen('You are in a high, racing mood (mania) now.', 'S36'),
    seen('Alcohol or another drug has a hold on your life now.', 'S1', 'S2', 'S19'),
    seen('You are in a crisis and need care today.', 'S1', 'S19'),
    seen('You have had an allergic reaction to ketamine.', 'S11', 'S12'),
  ],
  after: [[ours('For most of these, "not now" is not "never". Tell us, and we will say what would have to change, or who can help you better.')]],
}

/** What happens, step by step. The numbers come from the protocol. */
export const steps: readonly { readonly id: string; readonly heading: string; readonly says: readonly Claim[] }[] = [
  { id: 'first', heading: 'Getting to know you', says: [
    ours('We ask what brings you, what you have tried, and what you hope for. You ask us anything.', 'S1'),
    ours('A prescriber looks at your health, your medicines and your blood pressure. No dose is given without their signed yes.', 'S1'),
  ] },
  { id: 'preparation', heading: 'Preparation: {preparations}', says: [
    ours('We talk about what you want from this and what it may be like. You learn ways to steady yourself. Together we write a safety plan: what helps you in bad hours, and whom to call.', 'S1'),
  ] },
  { id: 'medicine', heading: 'Medicine sessions: {medicines}, {medicineLength} each', says: [
    ours('You lie or sit in a quiet room, with an eye mask and music if you like them. {peopleInRoom} people stay with you the whole time.', 'S2', 'S1'),
    ours('Before the dose and until you leave we read your blood pressure, pulse and oxygen. The prescriber sets the dose. We start low and look for what is enough for you.', 'S1', 'S7'),
    ours('You go home when your readings and your balance are back, and only with an adult who came for you.', 'S12', 'S49'),
  ] },
  { id: 'integration', heading: 'Integration: a visit after every dose', says: [
    ours('Within {integrationWithin} we meet to talk about what came up, what it may mean, and one or two things you want to carry into your week.', 'S1'),
  ] },
  { id: 'after', heading: 'Afterwards', says: [
    ours('We ask how you are at {followUps} days after the last dose, with the same short questionnaires as at the start. If things slide back, you hear from us.'),
  ] },
]

/** What studies found, with their numbers and their limits. */
export const howWell: Section = {
  id: 'results',
  heading: 'How well does it work?',
  says: [
    [ours('It helps some people, not all, and for many the relief does not last by itself. These are the figures we could trace to a study. None of them is a promise.')],
  ],
  list: [
    counted(537, 'In clinics that gave infusions, scores of 537 people could be followed. Two weeks to a month after, 53.6% of the 537 had at least halved their depression score, and 8.4% were worse. Of those who got better, about 60% were thought to be still well after eight weeks without further doses.', 'S21'),
    counted(24, 'In a trial of six infusions with 24 people, 70.8% of the 24 got clearly better. Half of those who did had slipped back 18 days after the last dose.', 'S22'),
    counted(16, 'When infusions were joined with a talking therapy (CBT), 8 of 16 people got clearly better. For half of these it held for about 12 weeks. This was a very small study with nothing to compare it to.', 'S5'),
    counted(235, 'Of KAP as three practices give it, 235 people had lower scores for depression and anxiety after it. There was no group without treatment, so we cannot tell how much was due to KAP.', 'S3'),
  ],
  after: [[
    seen('A stronger trip is not a better treatment. In a study of 576 people on esketamine, those who felt further away from themselves did not get better than the others.', 'S50'),
  ]],
}

/** Risks, warnings, and what we do about them. */
export const safety: Section = {
  id: 'safety',
  heading: 'Is it safe?',
  says: [
    [
      ours('No treatment is without risk, and this one has some that you should know before you say yes.', 'S1'),
    ],
  ],
  list: [
    seen('During and after a dose you may feel sick, dizzy, confused, sleepy or afraid. Most of this passes within hours.', 'S2', 'S12'),
    seen('Blood pressure and pulse go up for a while. With esketamine the peak is about 40 minutes after the dose, and it can last about four hours.', 'S11'),
    seen('Breathing can slow down, mostly together with other medicines that make you sleepy.', 'S11', 'S39'),
    seen('Used often and for long, ketamine can harm the bladder.', 'S12', 'S39'),
    seen('It can be misused, and some people come to crave it.', 'S11', 'S39'),
    seen('Thoughts of suicide can come up or grow, above all in young adults. We ask about them at every step.', 'S11'),
  ],
  after: [
    [
      seen('The FDA warned about ketamine from compounding pharmacies twice. In February 2022 it was about nasal sprays, and in October 2023 about ketamine taken at home. It named deep sleepiness, feeling cut off, new mental health problems, misuse, high blood pressure, slow breathing and bladder harm.', 'S39'),
      seen('It told of a person whose breathing slowed after a dose at home. Their blood level was about twice the one used for anesthesia.', 'S39'),
      ours('That is why every dose here is given in our own rooms, with {peopleInRoom} people beside you, and never sent home.'),
    ],
    [
      ours('You can say stop at any time, also in the middle of a session, and without giving a reason.'),
      ours('We touch nobody who has not said yes to it beforehand, and you can take that yes back with one sign of your hand.'),
    ],
  ],
}

/** What a course asks of a person's days. */
export const timeOff: Section = {
  id: 'time-off',
  heading: 'Do you need time off?',
  says: [
    [
      ours('Yes, some. Keep the whole day of a medicine session free, and the evening quiet.', 'S1'),
      ours('We plan at most {perWeek} medicine sessions in any seven days.', 'S1'),
    ],
  ],
  list: [
    ours('A session takes {medicineLength}. It may take longer, because you stay until you are steady.', 'S1', 'S2'),
    ours('An adult you trust takes you home. A driver who does not know you is not enough.', 'S12', 'S49'),
    ours('Do not drive, cycle or use machines until the next day, after a night’s sleep and at least 24 hours later.', 'S11', 'S49'),
    ours('For the first night another adult should be in the house, and you should not be the only one looking after children.'),
    ours('Before a session you stop eating and drinking for some hours. We tell you exactly when.', 'S11'),
    ours('Do not stop any medicine of your own accord. The prescriber goes through all of them with you.', 'S15', 'S13'),
    ours('A visit to talk follows within {integrationWithin}. It can be online.', 'S1'),
  ],
  after: [[ours('Your whole course is planned in one go, around your work and your family. You see all the dates before you decide.')]],
}
