import { createHash } from 'node:crypto'
import { namedIn } from '../../core/groups/names.ts'
import { GROUP_SIZE, type GroupRow } from '../../core/contract/groups.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { leaveVisit, letGo } from '../store/calendar.ts'
import { chartRow } from '../store/charts.ts'
import { addGroup, addMember, endMember, groupRow, groupRows, keepLeaders, keepOpen, leadersOf, membersOf, type MemberRow } from '../store/groups.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { entry, writeAct } from './acts.ts'
import { together } from '../store/together.ts'
import { groupVisitsShown } from './group-shown.ts'
import { judge, judgeLocked } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { cancellationTold } from './visit-told.ts'

/** Who belongs together. Each chart carries that it joined or left; nobody in it stands on the chart of another. */
export const groupHandlers: Handlers<'groups' | 'group' | 'makeGroup' | 'keepGroup' | 'joinGroup' | 'leaveGroup'> = {
  groups: async (_, here) => ({ groups: await groupRows(here) }),
  async group({ params }, here) {
    const { members: _count, ...row } = await groupOf(here, params.group)
    const members = await membersOf(here, params.group)
    // Whoever reads a group reads something of each chart in it: a line for every one of them.
    for (const { chart } of members) here.audit({ at: here.now, action: 'group.read', outcome: 'done', chart })
    return { ...row, members, leaders: await leadersOf(here, params.group), visits: await groupVisitsShown(here, params.group, members), zone: (await practiceRow(here)).zone }
  },
  async makeGroup({ body }, here) {
    const charts = [...new Set(body.charts)].toSorted()
    if (await groupRow(here, body.id)) return { group: body.id } // Sent twice.
    if (charts.length < GROUP_SIZE.least) throw refused('members', 'The same person stands in it twice.')
    const members = await together(...charts.map((chart) => rowOf(here, chart)))
    refuseTellingName(body.name, members)
    await refuseStrangers(here, body.leaders)
    await addGroup(here, body, here.now)
    await keepLeaders(here, body.id, body.leaders, here.now)
    for (const chart of charts) await join(here, body.device, body, chart)
    return { group: body.id }
  },
  async keepGroup({ params, body }, here) {
    const group = await standing(here, params.group)
    await refuseStrangers(here, body.leaders)
    await keepOpen(here, group.id, body.open)
    await keepLeaders(here, group.id, body.leaders, here.now)
    return { done: true }
  },
  async joinGroup({ params, body }, here) {
    const group = await standing(here, params.group)
    const members = await membersOf(here, group.id)
    if (members.some(({ chart }) => chart === body.chart)) return { done: true } // Sent twice.
    if (!group.open) throw refused('closed', 'This group takes nobody new. Open it first.')
    if (members.length >= GROUP_SIZE.most) throw refused('full', `A group has ${GROUP_SIZE.most} people at most.`)
    refuseTellingName(group.name, [await rowOf(here, body.chart)])
    await join(here, body.device, { ...group, id: body.id }, body.chart, group.id)
    return { done: true }
  },
  async leaveGroup({ params, body }, here) {
    const group = await standing(here, params.group)
    if (!(await membersOf(here, group.id)).some(({ chart }) => chart === body.chart)) return { done: true } // Sent twice.
    const judged = await judgeLocked(here, body.chart)
    const coming = standingVisits(judged.chart).filter((visit) => visit.group?.id === group.id && visit.startsAt > here.now)
    for (const { visit } of coming) await leaveVisit(here, visit, body.chart)
    await letGo(here, body.chart)
    await endMember(here, group.id, body.chart, here.now)
    const cancelled = coming.map(({ visit }) => entry('visit-cancelled.v1', idFor(body.id, visit), body.device, here, { visit, why: 'Left the group.' }))
    await writeAct(here, body.chart, 'group.left', entry('group-left.v1', body.id, body.device, here, { group: group.id, name: group.name, why: body.why }), [...cancelled, ...cancellationTold(here, body.device, coming)])
    return { done: true }
  },
}

/** The id under which an act stands on one of several charts: sent twice it is the same, and no two charts share one. */
export function idFor(act: string, chart: string): string {
  const hex = createHash('sha256').update(`${act} ${chart}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const refused = (code: string, says: string) => new Problem('group.refused', { list: [{ code, says }] })

export async function groupOf(here: Here, group: string, locked = false): Promise<GroupRow> {
  const row = await groupRow(here, group, locked)
  if (!row) throw new Problem('not-found')
  return row
}

/** One that has not ended, under its lock. */
export async function standing(here: Here, group: string): Promise<GroupRow> {
  const row = await groupOf(here, group, true)
  if (row.ended) throw refused('ended', 'This group has ended. Make a new one.')
  return row
}

async function rowOf(here: Here, chart: string): Promise<Pick<MemberRow, 'chart' | 'name'>> {
  const row = await chartRow(here, chart)
  if (!row) throw new Problem('chart.unseen')
  return row
}

/** Its name is read by everybody in it, on their own page and in their own record. */
function refuseTellingName(name: string, members: readonly Pick<MemberRow, 'chart' | 'name'>[]): void {
  if (namedIn(name, members).length > 0) throw refused('name', 'The name says who is in it. Choose one that says nothing of anybody, such as its weekday: each of them reads it.')
}

async function refuseStrangers(here: Here, leaders: readonly string[]): Promise<void> {
  const therapists = new Set((await staff(here)).filter(({ active, roles }) => active && roles.includes('therapist')).map(({ person }) => person))
  if (!leaders.every((one) => therapists.has(one))) throw refused('leaders', 'Only therapists of this practice lead a group.')
}

async function join(here: Here, device: string, { id, name, kind }: Pick<GroupRow, 'id' | 'name' | 'kind'>, chart: string, group = id): Promise<void> {
  await judge(here, chart)
  await addMember(here, group, chart, here.now)
  await writeAct(here, chart, 'group.joined', entry('group-joined.v1', idFor(id, chart), device, here, { group, name, kind }))
}
