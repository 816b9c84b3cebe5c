import { randomUUID } from 'node:crypto'
import { deskToTell } from '../../core/access/whom-to-tell.ts'
import type { EntryDraft } from '../../core/chart/entry.ts'
import type { BodyOf } from '../../core/chart/kinds.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { visitNames } from '../../core/scheduling/layers.ts'
import { tell } from '../store/charts.ts'
import { staff } from '../store/practice.ts'
import { entry } from './acts.ts'
import type { Judged } from './judging.ts'
import type { Here } from './shell.ts'

/** What is written beside a cancellation: who, why, and when it was known. */
export function toldOf(here: Pick<Here, 'now'>, device: string, { visit, type, number, startsAt }: BookedVisit, said: Pick<BodyOf<'cancellation-told.v1'>, 'outcome' | 'by' | 'reason' | 'words' | 'knownAt'>): EntryDraft {
  const { outcome, by, reason, words, knownAt } = said
  return entry('cancellation-told.v1', randomUUID(), device, here, { visit, type, number, startsAt, outcome, by, reason, words, knownAt })
}

export const named = ({ type, number }: Pick<BookedVisit, 'type' | 'number'>) => `${visitNames[type]} ${number}`
export const shown = ({ startsAt, zone }: Pick<BookedVisit, 'startsAt' | 'zone'>) => new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(new Date(startsAt))

export const deskOf = async (here: Here): Promise<string[]> => deskToTell(await staff(here))

/** Whoever is booked hears of it, and the desk. */
export async function tellTeam(here: Here, { row }: Judged, { people }: BookedVisit, says: string) {
  const whom = [...people.map(({ person }) => person), ...await deskOf(here)].filter((person) => person !== here.actor.person)
  await tell(here.client, here.actor.practice, whom, { chart: row.chart, kind: 'visits', says, at: here.now })
}
