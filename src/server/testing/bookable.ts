import { randomUUID } from 'node:crypto'
import type { RouteName } from '../../core/contract/contract.ts'
import { device, draft, type TestPerson } from './practice.ts'
import { ask, type Asked, type World } from './world.ts'

const weekly = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '18:00' }))

/** Makes the small clinic one in which a course can be planned: rooms, hours, the course adopted, and chosen for these charts. */
export async function makeBookable(all: World, { rooms = [{ id: randomUUID(), name: 'Cedar' }], charts = [all.home.chart] }: { readonly rooms?: readonly { readonly id: string; readonly name: string }[]; readonly charts?: readonly string[] } = {}): Promise<void> {
  const { home } = all
  const done = async (who: TestPerson, name: RouteName, asked: Asked = {}) => {
    const answer = await ask(all, name, who.token, asked)
    if (answer.statusCode >= 300) throw new Error(`${name}: ${answer.statusCode} ${answer.body}`)
    return answer.json() as { staff: { person: string; name: string }[] }
  }
  for (const room of rooms) await done(home.owner, 'keepRoom', { body: { ...room, features: ['recliner', 'emergency-kit'], dosing: true, planning: {} } })
  const { staff } = await done(home.owner, 'practice')
  for (const { person } of [home.thea, home.pia, home.mona]) {
    const { name: _name, ...row } = staff.find((each) => each.person === person)!
    await done(home.owner, 'keepStaff', { body: { ...row, accepting: true, capacity: 10, weekly } })
  }
  await done(home.dina, 'adoptProtocol', { body: { protocol: 'solo-six', code: await all.codeOf(all.actors.find(({ person }) => person === home.dina.person)!) } })
  for (const chart of charts) {
    await done(home.cora, 'append', { params: { chart }, body: { entries: [draft('demographics.v1', { givenName: 'A', familyName: 'B', birthDate: '1986-03-14' })] } })
    await done(home.cora, 'chooseProtocol', { params: { chart }, body: { id: randomUUID(), protocol: 'solo-six', device } })
  }
}
