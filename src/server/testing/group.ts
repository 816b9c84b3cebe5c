import { randomUUID } from 'node:crypto'
import type { RouteName } from '../../core/contract/contract.ts'
import type { BookedVisit } from '../../core/chart/kinds/aftercare.ts'
import type { GroupPlan, GroupVisit } from '../../core/contract/groups.ts'
import { makeBookable } from './bookable.ts'
import { addChart, type TestPerson } from './practice.ts'
import { ask, device, world, type Asked } from './world.ts'

/** What the tests of visits together read of an answer. */
export interface Told {
  readonly status: number
  readonly code: string
  readonly group: string
  readonly list: readonly { readonly code: string; readonly says: string }[]
  readonly proposals: readonly GroupPlan[]
  readonly impossible: readonly { readonly code: string; readonly says: string; readonly member?: string }[]
  readonly visits: readonly GroupVisit[]
  readonly to: BookedVisit | null
}

/** The small clinic with two patients who may be planned together, two monitors and two rooms that hold four. Tests only. */
export async function groupWorld() {
  const all = await world()
  const { home } = all
  const mara = home.chart
  const nora = await addChart(all.shell.database, home.owner, 'Nora Second', [{ person: home.thea, role: 'therapist' }], home.nora)
  const by = async (who: TestPerson, name: RouteName, asked: Asked = {}): Promise<Told> => {
    const answer = await ask(all, name, who.token, asked)
    return { status: answer.statusCode, ...(answer.json() as object) } as Told
  }
  const desk = (name: RouteName, asked: Asked = {}) => by(home.cora, name, asked)
  const done = async (answer: Promise<Told>) => {
    const told = await answer
    if (told.status >= 300) throw new Error(JSON.stringify(told))
    return told
  }
  const rooms = [{ id: randomUUID(), name: 'Cedar' }, { id: randomUUID(), name: 'Willow' }]
  await makeBookable(all, { rooms, charts: [mara, nora] })
  for (const room of rooms) await done(by(home.owner, 'keepRoom', { body: { ...room, features: ['recliner', 'emergency-kit'], dosing: true, planning: { capacity: 4 } } }))
  // Milo, the second monitor, gets hours too.
  const milo = all.actors.find(({ says }) => says === 'monitor off the team')!.person!
  const { staff } = (await ask(all, 'practice', home.owner.token)).json() as { staff: { person: string; name: string }[] }
  const { name: _name, ...row } = staff.find(({ person }) => person === milo)!
  await done(by(home.owner, 'keepStaff', { body: { ...row, weekly: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' })) } }))
  const make = async (name: string, charts: readonly string[] = [mara, nora], kind = 'couple') => (await done(desk('makeGroup', { body: { id: randomUUID(), device, name, kind, open: true, charts, leaders: [home.thea.person] } }))).group
  const plan = (group: string, types: readonly string[] = ['medicine', 'integration']) => desk('planGroup', { params: { group }, body: { types, wishes: { earliest: '2026-12-01' } } })
  const book = (group: string, visits: readonly BookedVisit[], id = randomUUID()) => desk('bookGroup', { params: { group }, body: { id, device, visits } })
  const shown = async (group: string) => (await done(desk('group', { params: { group } }))).visits
  return { all, home, mara, nora, by, desk, done, make, plan, book, shown }
}
export type GroupWorld = Awaited<ReturnType<typeof groupWorld>>
