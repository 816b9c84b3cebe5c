import type { EntryOf } from '../chart/entry.ts'
import { plusMinutes, type Instant } from '../shared/time.ts'
import type { CardTimer, EmergencyCard, EmergencyRole } from './cards.ts'
import { compare } from './entries.ts'

type Step = EntryOf<'emergency-step.v1'>

/** A card of the wall, as far as these people have come with it. All of it is read from what was written: a reload or a second device shows the same. */
export interface CardNow {
  /** The first thing that was written on this card; from there it is timed. */
  readonly beganAt: Instant | undefined
  readonly steps: readonly { readonly step: EmergencyCard['steps'][number]; readonly done: readonly Step[] }[]
  readonly timers: readonly { readonly timer: CardTimer; readonly since: Instant; readonly at: Instant; readonly reached: boolean }[]
  /** Who said last that they do this. */
  readonly roles: readonly { readonly role: EmergencyRole; readonly taken: Step | undefined }[]
}

/** Written when somebody starts the clock of a card before any step is done. */
export const IT_BEGAN = 'It began'

/** How far the card has come by `now`. A step that was done again starts its time again. */
export function cardNow(card: EmergencyCard, written: readonly Step[], roles: readonly EmergencyRole[], now: Instant): CardNow {
  const mine = written.filter(({ body, at }) => body.card === card.id && at <= now)
  const done = (says: string) => mine.filter(({ body }) => body.step === says)
  return {
    beganAt: mine.map(({ at }) => at).toSorted()[0],
    steps: card.steps.map((step) => ({ step, done: done(step.says) })),
    timers: card.timers?.flatMap((timer) => {
      const from = card.steps.find(({ id }) => id === timer.from)
      const last = from && done(from.says).at(-1)
      if (!last) return []
      const at = plusMinutes(last.at, timer.afterMin)
      return [{ timer, since: last.at, at, reached: at <= now }]
    }) ?? [],
    roles: roles.map((role) => ({ role, taken: done(role.says).at(-1) })),
  }
}

/** The cards that these people have begun in this session, the newest first: whoever opens the sheet lands where the others are. */
export const begunCards = <Card extends Pick<EmergencyCard, 'id'>>(cards: readonly Card[], written: readonly Step[]): Card[] => {
  const newest = (card: Card) => written.filter(({ body }) => body.card === card.id).map(({ at }) => at).toSorted().at(-1)
  return cards.filter((card) => newest(card) !== undefined).toSorted((a, b) => compare(newest(b)!, newest(a)!))
}
