import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mayRead, mayWrite } from '../../core/access/policy.ts'
import { entryKinds, kinds, type EntryKind } from '../../core/chart/kinds.ts'
import { richBodies } from '../../core/fhir/testing/rich-bodies.ts'
import { ask, byAct, draft, world, type Actor, type World } from '../testing/world.ts'

/** Every kind of entry × everybody who could write or read it, through the door. Expected is what the table of kinds says. */
let all: World
let session: string
const accepted = new Map<EntryKind, number>()
beforeAll(async () => {
  all = await world()
  session = await byAct(all.shell, all.home.thea, all.home.chart, 'session-started.v1', { protocol: 'solo-six' })
  // A dose has gates of its own. One of the same step that another device recorded first is kept beside it all the same.
  await byAct(all.shell, all.home.mona, all.home.chart, 'dose-given.v1', bodies.get('dose-given.v1')!.body as object, { session })
  accepted.set('dose-given.v1', 1)
})
afterAll(() => all.close())

const bodies = new Map<EntryKind, { body: unknown; inSession: boolean }>(richBodies().map(({ kind, body, session: inSession }) => [kind, { body, inSession: inSession !== undefined }]))
const half = ({ says }: Actor) => says.startsWith('somebody half')

/** Whoever signs or comes in does so as themselves; in what role is theirs to hold. */
function own(kind: EntryKind, body: object, { person, standings }: Actor): object {
  const held = standings.flatMap(({ roles }) => roles)
  const role = (['monitor', 'therapist', 'prescriber'] as const).find((one) => held.includes(one)) ?? 'monitor'
  const mine = person ?? '00000000-0000-4000-8000-000000000009'
  if (kind === 'checked-in.v1') return { ...body, person: mine, role }
  if (kind === 'prescriber-reachable.v1') return { ...body, person: all.home.pia.person }
  return 'signature' in body ? { ...body, ...(kind === 'discharge-signed.v1' ? { role: role === 'therapist' ? 'monitor' : role } : {}), signature: { ...(body.signature as object), person: mine } } : body
}

async function write(kind: EntryKind, actor: Actor) {
  const { body, inSession } = bodies.get(kind)!
  const entries = [draft(kind, own(kind, body as object, actor), inSession ? { session } : {})]
  const route = kinds[kind].stream === 'notes' ? 'keepNote' : kinds[kind].stream === 'journal' ? 'keepJournal' : 'append'
  return ask(all, route, actor.token, { params: { chart: all.home.chart }, body: { entries } })
}

test('there is one of each kind to try with', () => {
  expect(entryKinds.filter((kind) => !bodies.has(kind))).toEqual([])
})

describe.each(entryKinds)('%s', (kind) => {
  test('is written by whom the table names, and by nobody else', async () => {
    const wrong: string[] = []
    for (const actor of all.actors) {
      const may = !half(actor) && kinds[kind].through === 'entries' && mayWrite(kind, actor.standings)
      const { statusCode, body } = await write(kind, actor)
      if (may) accepted.set(kind, (accepted.get(kind) ?? 0) + 1)
      const right = may ? statusCode === 201 || (statusCode === 200 && kinds[kind].stream !== 'chart') : statusCode === (!actor.person || half(actor) ? 401 : actor.standings.length === 0 ? 404 : 403)
      if (!right) wrong.push(`${actor.says}: ${may ? 'may' : 'may not'}, and got ${statusCode} ${body.slice(0, 200)}`)
    }
    expect(wrong).toEqual([])
  })
})

test('what was refused left nothing: the chart holds exactly what was accepted', async () => {
  const { rows } = await all.admin.query<{ kind: EntryKind; n: number }>(`select kind, count(*)::int as n from app.entry where practice_id = $1 group by kind`, [all.home.practice])
  const held = Object.fromEntries(rows.map(({ kind, n }) => [kind, n]))
  expect(held).toEqual({ ...Object.fromEntries(accepted), 'session-started.v1': 1 })
})

test('each reads the kinds meant for them, and no other', async () => {
  const stored = [...accepted.keys(), 'session-started.v1' as const].filter((kind) => kinds[kind].stream === 'chart')
  for (const actor of all.actors.filter(({ standings }) => standings.length > 0)) {
    const { entries } = (await ask(all, 'entries', actor.token, { params: { chart: all.home.chart } })).json() as { entries: { kind: EntryKind }[] }
    const seen = new Set(entries.map(({ kind }) => kind))
    expect([...seen].toSorted(), actor.says).toEqual(stored.filter((kind) => mayRead(kind, actor.standings)).toSorted())
  }
})

test('a hidden stream takes its own kind only, and the chart takes none of theirs', async () => {
  const { thea, mara, chart } = all.home
  const into = async (route: 'append' | 'keepNote' | 'keepJournal', token: string, kind: EntryKind) => (await ask(all, route, token, { params: { chart }, body: { entries: [draft(kind, bodies.get(kind)!.body as object)] } })).statusCode
  expect(await into('append', thea.token, 'psychotherapy-note.v1')).toBe(403)
  expect(await into('append', mara.token, 'journal.v1')).toBe(403)
  expect(await into('keepNote', thea.token, 'intake.v1')).toBe(403)
  expect(await into('keepJournal', mara.token, 'intention.v1')).toBe(403)
  expect(await into('keepNote', thea.token, 'psychotherapy-note.v1')).toBe(200)
})

test('an author’s hidden stream is not to be had by its number either', async () => {
  const { rows } = await all.admin.query<{ id: string }>(`select stream_id as id from app.stream where type <> 'chart'`)
  expect(rows.length).toBe(2)
  for (const { id } of rows) {
    for (const actor of all.actors.filter(({ person }) => person)) {
      const answers = await Promise.all([ask(all, 'entries', actor.token, { params: { chart: id } }), ask(all, 'append', actor.token, { params: { chart: id }, body: { entries: [draft('intention.v1', { text: 'x' })] } })])
      // The author of a stream is known to it, and still may not write a chart's kind there.
      expect(answers.map(({ statusCode }) => statusCode).filter((status) => ![401, 403, 404].includes(status)), actor.says).toEqual([])
      const { rowCount } = await all.shell.database.inContext(actor.token, { durable: false }, ({ client, actor: { person } }) => client.query('select from app.entry e join app.stream s using (practice_id, stream_id) where e.stream_id = $1 and s.author_id is distinct from $2', [id, person])).catch(() => ({ rowCount: 0 }))
      expect(rowCount).toBe(0)
    }
  }
})
