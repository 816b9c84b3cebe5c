import type { Instant } from '../shared/time.ts'

/** A time at which somebody is busy; the end is not part of it. */
export interface BusyTime {
  readonly startsAt: Instant
  readonly endsAt: Instant
}

/** Times that touch or overlap as one: less is told of somebody's day, and nothing that planning asks changes. */
export function joined(times: readonly BusyTime[]): readonly BusyTime[] {
  const all: BusyTime[] = []
  for (const time of times.filter(({ startsAt, endsAt }) => startsAt < endsAt).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))) {
    const last = all.at(-1)
    if (!last || last.endsAt < time.startsAt) all.push(time)
    else if (last.endsAt < time.endsAt) all[all.length - 1] = { ...last, endsAt: time.endsAt }
  }
  return all
}

interface Booked extends BusyTime {
  readonly people: readonly { readonly person: string; readonly name: string }[]
}

/** Who of those who are booked for a visit is busy elsewhere at that time: a clash that a person has to settle. */
export const busyAt = ({ people, startsAt, endsAt }: Booked, elsewhere: readonly (BusyTime & { readonly person: string })[]): readonly string[] =>
  people.filter(({ person }) => elsewhere.some((time) => time.person === person && time.startsAt < endsAt && startsAt < time.endsAt)).map(({ name }) => name)
