import type { SourceId } from '../sources.ts'

/**
 * A short questionnaire on the public pages. It is answered on the reader's own screen, and its number helps to talk:
 * nothing here names a disorder, and nobody is sorted by it. Where the words of a form belong to somebody else, it is
 * asked only where the practice has brought them; the page is of use without.
 */
export interface Quiz {
  readonly id: string
  readonly title: string
  /** The form that is asked, and without one the reader's own thoughts. */
  readonly instrument?: string
  readonly about: string
  /** What the number can say, and what it cannot. */
  readonly number: string
  readonly helps: readonly string[]
  readonly turn: string
  /** Questions to think about. They have no number. */
  readonly think: readonly string[]
  readonly cites: readonly [SourceId, ...SourceId[]]
  readonly tag: 'P'
  readonly verified: boolean
  readonly reviewBy: string
}

const ours = { cites: ['P'], tag: 'P', verified: false, reviewBy: '2027-05-21' } as const
const TALK = 'If it weighs on you most days, talk to a doctor or a therapist. You need no score for that.'

/** Six themes that people look for by themselves. Texts of our own. */
export const quizzes: readonly Quiz[] = [
  {
    id: 'procrastination', title: 'Putting things off', instrument: 'ips', ...ours,
    about: 'How often you put off what you mean to do, although you know that it will cost you.',
    number: 'A higher number means that you put things off more often. It cannot say why. Fear, low mood, lack of sleep and too much work can all look like this.',
    helps: ['Choose a first step so small that it takes two minutes.', 'Do it at the same hour each day.', 'Ask what you are afraid of in this task, and write it down.', 'Be kind to yourself after a bad day. Blame makes the next day harder.'],
    turn: TALK,
    think: ['What did I put off this week, and what did I do instead?', 'What would be the smallest first step?', 'Whom could I tell that I will begin?'],
  },
  {
    id: 'relationship-schemas', title: 'Being close to somebody', instrument: 'ecr-rs', ...ours,
    about: 'How it is for you to rely on people, to be near them, and to be apart from them.',
    number: 'A number can show how much you worry about losing somebody, or how much you keep away. It cannot say what you are like, or what your partner is like. It changes with the person you think of.',
    helps: ['Say what you need in one short sentence.', 'Notice the moment in which you want to leave or to hold on, and wait a minute.', 'Tell somebody you trust what happened to you earlier in life.'],
    turn: `${TALK} If somebody hurts you or makes you afraid, help comes first: call 911, or the hotline for violence at home at 1-800-799-7233.`,
    think: ['When somebody does not answer, what do I think first?', 'What did I learn as a child about asking for help?', 'With whom do I feel safe, and how do I notice it?'],
  },
  {
    id: 'self-compassion', title: 'How I treat myself', instrument: 'scs-sf', ...ours,
    about: 'How you speak to yourself when something goes wrong.',
    number: 'A higher number means that you are kinder to yourself in hard times. It is not a grade, and it can be learned.',
    helps: ['Say to yourself what you would say to a friend.', 'Put a hand on your chest and breathe out slowly.', 'Remember that others fail in the same things.'],
    turn: TALK,
    think: ['What did I say to myself the last time I failed?', 'What would I have said to a friend?', 'Which words would have helped me?'],
  },
  {
    id: 'workplace-schemas', title: 'How work feels', ...ours,
    about: 'Thoughts about work that come again and again. These questions are our own. They were never tested, so they have no number.',
    number: 'There is no number here. No tested questionnaire on this that anybody may use was found.',
    helps: ['Write down one thought about work, and what speaks for and against it.', 'End the working day at a fixed hour for one week.', 'Ask one person at work how they see it.'],
    turn: TALK,
    think: ['What do I believe must never happen at work?', 'What do I do so that it does not happen, and what does it cost me?', 'Whose voice is it that tells me I am not good enough?', 'When did I last finish a day and feel that it was enough?', 'What would I change if nobody judged me?', 'What is mine to change, and what is not?'],
  },
  {
    id: 'relationship-satisfaction', title: 'How happy we are', instrument: 'csi-16', ...ours,
    about: 'How content you are with your relationship at the moment.',
    number: 'A higher number means more content. It cannot say whose fault something is, or whether to stay or go.',
    helps: ['Tell each other one good thing each day.', 'Set an hour a week in which only the two of you talk.', 'Speak of what you feel before what the other did.'],
    turn: `${TALK} A couple can come together. If somebody hurts you or makes you afraid, help comes first: call 911, or the hotline for violence at home at 1-800-799-7233.`,
    think: ['What was good between us this month?', 'What do we not talk about?', 'What would I like to be different in half a year?'],
  },
  {
    id: 'complex-trauma', title: 'After something terrible', instrument: 'pc-ptsd-5', ...ours,
    about: 'Whether something terrible that happened still reaches into your days. You do not have to say what it was.',
    number: 'The number says how many of five signs you had in the past month. Many people have some of them and no disorder; some have few and suffer much. Only a person who has talked with you can say what it is.',
    helps: ['Name five things that you can see around you.', 'Keep your days even: sleep, food, people.', 'You do not have to tell anybody what happened before you are ready.'],
    turn: 'If you had several of these signs, or cannot sleep, talk to a doctor or a therapist who knows about trauma. There are good treatments, with and without medicine.',
    think: ['What helps me when it comes back?', 'Who knows of it?', 'Where do I feel safe?'],
  },
]
