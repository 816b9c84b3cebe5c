import type { ActRecord } from './database.ts'

/** Entries of whoever is at the device that came back from the second place, and those that nothing opens any more. */
export interface BackAgain {
  readonly entries: number
  readonly lost: number
}

export function backAgainFor(owner: string, acts: readonly ActRecord[]): BackAgain | undefined {
  const own = acts.filter((record) => record.owner === owner)
  const count = (some: readonly ActRecord[]) => some.reduce((sum, { about }) => sum + (about?.entries.length ?? 1), 0)
  return own.length === 0 ? undefined : { entries: count(own.filter(({ server }) => server)), lost: count(own.filter(({ server }) => !server)) }
}

/** Said wherever somebody writes, for as long as the page is open that found it: what happened, what was kept, what to do next. */
export function backAgainSays({ entries, lost }: BackAgain): { readonly what: string; readonly kept: string; readonly next: string } {
  const back = entries === 1 ? 'One entry of yours that was not sent yet lay in a second place: it is back and goes out by itself.' : `${entries} entries of yours that were not sent yet lay in a second place: they are back and go out by themselves.`
  return {
    what: 'This browser lost what it kept here and began anew.',
    kept: entries === 0 ? 'What the server has is fetched again.' : back,
    next: lost === 0 ? 'Check that the last one is there.' : `${lost === 1 ? 'One entry' : `${lost} entries`} could not be opened again: write down once more what is missing.`,
  }
}
