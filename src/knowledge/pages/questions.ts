import { ours, promised, seen, type Claim } from './claim.ts'

export interface Question {
  readonly id: string
  readonly asks: string
  readonly says: readonly Claim[]
}

/** Questions people ask. The coordinator's call sheet reads the same rows. */
export const questions: readonly Question[] = [
  { id: 'feel', asks: 'What does it feel like?', says: [
    seen('It differs from person to person and from dose to dose. Sounds and colors may seem stronger, time slower, your body far away. Some people see scenes or memories. Some find it beautiful, some are frightened for a while.', 'S2', 'S12'),
    ours('You are not left alone with it. We talk about it before, and we are beside you.'),
  ] },
  { id: 'talk', asks: 'Do I have to talk during the session?', says: [ours('No. Most people are quiet for a good part of it. You can talk when you want to, and we listen.')] },
  { id: 'stop', asks: 'Can I stop once we have begun?', says: [ours('Yes, at any moment: before a session, during it, or between two of them. A dose that was given cannot be taken back, but we stay with you until it is over.')] },
  { id: 'stronger', asks: 'Does a stronger experience work better?', says: [
    seen('No. In a study of 576 people on esketamine, feeling further away did not go with getting better.', 'S50'),
    ours('We look for the dose that is enough for you, not for the most you can bear.'),
  ] },
  { id: 'medicines', asks: 'Do I keep taking my medicines?', says: [
    ours('Please do not change anything by yourself. Some medicines go well with ketamine, some weaken it, and a few make it risky. The prescriber goes through every one with you.', 'S13', 'S15'),
  ] },
  { id: 'home', asks: 'Can I take it at home?', says: [
    seen('In October 2023 the FDA warned about taking compounded ketamine at home.', 'S39'),
    ours('We do not offer it.'),
  ] },
  { id: 'cost', asks: 'What does it cost, and does insurance pay?', says: [
    ours('Before you decide you get a written estimate of the whole course, line by line.', 'S45'),
    ours('Some plans pay for visits outside of their network. For those we give you a bill that you can send in. How much comes back differs so much that only your plan can say. Please ask them.', 'S2'),
  ] },
  { id: 'next', asks: 'What happens after I write to you?', says: [
    ours('A coordinator calls you for {callLength}. They ask what you need, when you have time, and whom you would like to work with. Then we suggest a therapist and give our reasons.', 'S2'),
    promised('You meet that therapist within {firstVisitWithin}.', 'S2'),
  ] },
  { id: 'own-therapist', asks: 'What about the therapist I already have?', says: [ours('Keep them. If you agree, we talk with them before, and pass on what you want them to know.')] },
  { id: 'online', asks: 'Can we meet online?', says: [ours('For the talking, yes. Medicine sessions are always in our rooms.', 'S2')] },
  { id: 'privacy', asks: 'Who reads what I say?', says: [
    ours('Those who treat you read your chart, and every reading is written down. Your therapist’s private notes are kept apart, and only your therapist reads them. Your journal is yours alone until you share a page.', 'S44'),
  ] },
  { id: 'results', asks: 'How will we know whether it helps?', says: [ours('You answer the same short questions before each dose and for months after. You see your own curve, and we look at it together. If it does not help, we stop and say so.')] },
]
