import type { ComfortMeasure } from '../core/session/cards.ts'
import type { SourceId } from './sources.ts'

type Sourced<Row> = Row & { readonly cites: readonly [SourceId, ...SourceId[]] }

const ours = { tag: 'P', verified: false, reviewBy: '2027-05-31', cites: ['P'] } as const

/** Small things, each one sentence long, so that they can be read with one eye while the other stays with the person. */
export const comfortMeasures = [
  { id: 'here', label: 'Say where we are', how: 'Say the person’s name, your name, the room, the medicine, and that it passes.', helpsWith: ['anxiety', 'lost'], ...ours },
  { id: 'long-breath', label: 'Breathe out long', how: 'Breathe with the person: in without effort, out as if through a straw.', helpsWith: ['anxiety', 'too-much'], ...ours },
  { id: 'feet', label: 'Feel the feet', how: 'Invite the person to press the heels into the mat and notice what holds them.', helpsWith: ['lost', 'body'], ...ours },
  { id: 'hand', label: 'Offer a hand', how: 'Lay an open hand where it can be taken, and wait.', needs: 'touch-hands', helpsWith: ['anxiety', 'grief', 'lost'], ...ours },
  { id: 'shoulder', label: 'A hand on the shoulder', how: 'Ask first, then rest it there without moving.', needs: 'touch-shoulders', helpsWith: ['grief', 'lost'], ...ours },
  { id: 'let-it', label: 'Let it come', how: 'Say: nothing has to be done with this; you may look at it or let it go by.', helpsWith: ['anxiety', 'grief'], ...ours },
  { id: 'soften-music', label: 'Softer music', how: 'Turn it down slowly, or change to something without a beat.', helpsWith: ['too-much', 'anxiety'], ...ours },
  { id: 'silence', label: 'Silence', how: 'Music off, and say that it is off and that you are there.', helpsWith: ['too-much'], ...ours },
  { id: 'mask-off', label: 'Eye mask off', how: 'Offer to lift it a little, so that a line of the room can be seen.', helpsWith: ['lost', 'anxiety'], ...ours },
  { id: 'warmth', label: 'Blanket', how: 'A blanket over the feet and legs, or one less.', helpsWith: ['body', 'grief'], ...ours },
  { id: 'raise-head', label: 'Head up', how: 'Raise the back of the chair a little, slowly.', helpsWith: ['nausea', 'body'], ...ours },
  { id: 'still-head', label: 'Keep the head still', how: 'Nausea grows with movement: help the person stay still, eyes closed.', helpsWith: ['nausea'], ...ours },
  { id: 'bowl', label: 'Bowl and cloth', how: 'Put them within reach and say so; on the side, if it comes.', helpsWith: ['nausea'], ...ours },
  { id: 'intention', label: 'Say the intention', how: 'Read the person’s own words back, once, slowly.', helpsWith: ['lost', 'grief'], ...ours },
  { id: 'five-things', label: 'Five things', how: 'Ask for five things seen, four felt, three heard, two smelled, one tasted; stop wherever it is enough.', helpsWith: ['lost', 'after'], ...ours },
  { id: 'sip', label: 'Water', how: 'A sip when fully awake, sitting up.', helpsWith: ['after', 'body'], ...ours },
  { id: 'no-hurry', label: 'No hurry', how: 'Say how much time is left, and that nobody has to make sense of anything today.', helpsWith: ['after', 'grief'], ...ours },
] as const satisfies readonly Sourced<ComfortMeasure>[]
