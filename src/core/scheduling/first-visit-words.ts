import type { Day } from '../shared/time.ts'
import type { Gives, Outlook } from './first-visit.ts'

type Show = (day: Day) => string

/** What the desk is told of somebody who waits for a first visit. */
export function outlookSays({ state, on }: Pick<Outlook, 'state' | 'on'>, dueOn: Day, show: Show): string {
  if (state === 'in-time') return `A time that fits is free on ${show(on ?? dueOn)}.`
  const before = state === 'over' ? `The promised day, ${show(dueOn)}, has passed without a first visit.` : `No time that fits is free by ${show(dueOn)}.`
  return `${before} ${on === null ? 'Nothing that fits is free in the weeks looked at.' : `The earliest is ${show(on)}.`}`
}

/** What would have to give, each of these alone, and what day it would bring. */
export const givesSay = (gives: Outlook['gives'], show: Show): readonly string[] => gives.map(({ what, on }) => `${show(on)}, ${givesWords[what]}`)

const givesWords: Readonly<Record<Gives, string>> = {
  times: 'at other times than they named',
  language: 'with somebody who does not list their language',
  place: 'if they can come the other way: online, or in person',
  who: 'with somebody who takes nobody new at present, or has as many people as agreed',
}
