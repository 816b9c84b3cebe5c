import { namesToLookAt } from '../../core/groups/names.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { Parsed } from '../../core/contract/contract.ts'
import { isDosing } from '../../core/course/dosing-visit.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { chartsOf } from '../store/calendar.ts'
import { chartRow } from '../store/charts.ts'
import { entry, writeAct } from './acts.ts'
import { isClosed } from './group-shown.ts'
import { groupOf, idFor, refused } from './groups.ts'
import { asJob } from './job.ts'
import { judgeLocked, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

type Note = Parsed<'closeGroup'>['body']['notes'][number]
interface Closing {
  readonly note: Note
  readonly judged: Judged
  readonly visit: BookedVisit
}

/** A visit that several had together is written down once for each: what the group did is copied to everybody’s chart, what is one’s own goes to theirs alone. */
export const groupNoteHandlers: Handlers<'closeGroup'> = {
  async closeGroup({ params, body }, here) {
    const group = await groupOf(here, params.group)
    const notes = body.notes.toSorted((a, b) => (a.chart < b.chart ? -1 : 1))
    if (new Set(notes.map(({ chart }) => chart)).size !== notes.length) throw refused('twice', 'Two notes are for the same person.')
    const closing: Closing[] = []
    for (const note of notes) closing.push(await closingOf(here, params.visit, group.id, note))
    if (closing.every(({ judged, note }) => judged.chart.entry(idFor(body.id, note.chart)))) return { done: true } // Sent twice.
    refuseUnwritable(here, closing)
    if (!body.namesLookedAt) await refuseNames(here, params.visit, body.shared, closing)
    for (const { note, visit } of closing) await write(here, group, body, note, visit)
    return { done: true }
  },
}

async function closingOf(here: Here, visit: string, group: string, note: Note): Promise<Closing> {
  // Whoever writes on a chart is on its care team; leading the group is not enough.
  if (!(await chartRow(here, note.chart))) throw refused('team', 'You are not on the care team of everybody whose note this is. Have yourself added on their chart, or leave their note to a colleague.')
  const judged = await judgeLocked(here, note.chart)
  const own = standingVisits(judged.chart).find((one) => one.visit === visit && one.group?.id === group)
  if (!own) throw new Problem('not-found')
  return { note, judged, visit: own }
}

function refuseUnwritable(here: Here, closing: readonly Closing[]): void {
  for (const { note: { startedAt, endedAt, outcome, summary }, judged, visit } of closing) {
    const { name } = judged.row
    if (isDosing(visit)) throw refused('session', 'A medicine session is written in each patient’s own session record.')
    if (isClosed(judged.chart, visit.visit)) throw refused('closed', `${name}: this visit is written down already. Correct that note on the chart.`)
    if (endedAt <= startedAt || startedAt > here.now) throw refused('when', `${name}: the visit ends after it begins, and has begun.`)
    if (outcome !== 'missed' && summary === '') throw refused('summary', `${name}: write in a few words what the visit was for them.`)
  }
}

/** Everybody who has the visit is looked for, also those whose note is written another time. */
async function refuseNames(here: Here, visit: string, shared: string, closing: readonly Closing[]): Promise<void> {
  const others = await asJob(here.shell, here.actor.practice, async (client) => {
    const known = new Set(closing.map(({ note }) => note.chart))
    const rows = []
    for (const chart of await chartsOf({ client, actor: here.actor }, visit)) if (!known.has(chart)) rows.push(await chartRow({ client, actor: here.actor } as never, chart))
    return rows.flatMap((row) => (row ? [{ chart: row.chart, name: row.name, words: '' }] : []))
  })
  const found = namesToLookAt(shared, [...closing.map(({ note: { chart, summary, carePlan }, judged }) => ({ chart, name: judged.row.name, words: `${summary} ${carePlan}` })), ...others])
  if (found.length > 0) throw new Problem('group.refused', { list: found.map(({ named, in: where }) => ({ code: 'named', says: where === 'shared' ? `“${named}” is named in what everybody’s chart gets.` : `“${named}” is named in what goes to the chart of ${where}.` })) })
}

async function write(here: Here, { id, name }: { readonly id: string; readonly name: string }, { id: act, device, shared, covered }: Parsed<'closeGroup'>['body'], { chart, startedAt, endedAt, outcome, summary, carePlan }: Note, { visit, type }: BookedVisit): Promise<void> {
  const came = outcome !== 'missed'
  const passage = came && shared !== '' ? [entry('group-passage.v1', idFor(act, `${chart} shared`), device, here, { visit, group: id, name, text: shared })] : []
  await writeAct(here, chart, 'visit.closed', entry('visit-closed.v1', idFor(act, chart), device, here, { visit, type, startedAt, endedAt, outcome, covered: came ? covered : [], modalities: [], summary, carePlan: came ? carePlan : '' }), passage)
}
