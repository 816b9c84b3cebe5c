import { randomUUID } from 'node:crypto'
import { deskToTell } from '../../core/access/whom-to-tell.ts'
import type { EntryDraft } from '../../core/chart/entry.ts'
import type { BodyOf } from '../../core/chart/kinds.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { isNoticed, type ToldChange } from '../../core/scheduling/told-changes.ts'
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

export const named = ({ type, number }: Pick<BookedVisit, 'type' | 'number'>) => (type === 'therapy' ? visitNames[type] : `${visitNames[type]} ${number}`)
export const shown = ({ startsAt, zone }: Pick<BookedVisit, 'startsAt' | 'zone'>) => new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }).format(new Date(startsAt))

export const deskOf = async (here: Here): Promise<string[]> => deskToTell(await staff(here))

/** Whoever is booked hears of it, and the desk. */
export async function tellTeam(here: Here, { row }: Judged, { people }: BookedVisit, says: string) {
  await tellPeople(here, row.chart, [...people.map(({ person }) => person), ...await deskOf(here)], says)
}

/** Whoever does it knows it. */
export const tellPeople = (here: Here, chart: string, people: readonly string[], says: string) =>
  tell(here.client, here.actor.practice, people.filter((person) => person !== here.actor.person), { chart, kind: 'visits', says, at: here.now })

type Told = BodyOf<'change-told.v1'>
interface Move {
  readonly to: BookedVisit
  readonly why: string
}

/** All that would move, each beside where it stands: what is booked on a yes is exactly this. */
export function allMoves({ chart }: Judged, moves: readonly Move[]): Told['changes'] {
  const standing = new Map(standingVisits(chart).map((visit) => [visit.visit, visit]))
  return moves.flatMap(({ to, why }) => {
    const from = standing.get(to.visit)
    return from ? [{ from, to, why }] : []
  })
}

export const changesOf = (judged: Judged, moves: readonly Move[]): Told['changes'] => allMoves(judged, moves).filter(isNoticed)

/** Written beside the act itself, in its transaction: that the patient is told cannot be lost, nor told of what was not done. */
export const toldOfChange = (here: Here, device: string, way: Told['way'], changes: Told['changes']): EntryDraft[] =>
  (changes.length === 0 ? [] : [entry('change-told.v1', randomUUID(), device, here, { way, changes })])

/** Nobody has to be told that a visit is cancelled whose time has passed. */
export const cancellationTold = (here: Here, device: string, visits: readonly BookedVisit[]): EntryDraft[] =>
  toldOfChange(here, device, 'cancelled', visits.filter(({ startsAt }) => startsAt > here.now).map((from) => ({ from, why: '' })))

/** Whoever was booked at one of these visits, or is now, hears of it once, and the desk. */
export async function tellMoved(here: Here, judged: Judged, moves: readonly Move[]): Promise<void> {
  const changes = allMoves(judged, moves)
  const says = `${judged.row.name}: ${changes.map(({ from, to }) => `${named(from)} moved from ${shown(from)} to ${shown(to!)}`).join('; ')}.`
  await tellPeople(here, judged.row.chart, [...changes.flatMap(({ from, to }) => [...from.people, ...to!.people]).map(({ person }) => person), ...await deskOf(here)], says.slice(0, 2000))
}

/** What a person of the practice has to settle, in words: which visits, and how they stand now. */
export function sayToSettle({ told: { body: { way, changes } }, state }: ToldChange): string {
  const which = changes.filter(isNoticed).map(({ from, to }) => `${named(from)}, ${shown(from)}${to ? ` to ${shown(to)}` : ''}`).join('; ')
  if (state === 'lost') return `They said yes, and a place was taken meanwhile. The old times stand, and they know it: ${which}.`
  if (state === 'lapsed') return `They were asked and have not answered. The old times stand; nothing is held any more: ${which}.`
  return way === 'asked' ? `The new times do not suit them. The old times stand: ${which}.` : `It was moved, and the new times do not suit them. The new times stand: ${which}.`
}
