import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RouteName } from '../../core/contract/contract.ts'
import type { AuditLineRow } from '../../core/contract/charting.ts'
import { draft, type TestPerson } from '../testing/practice.ts'
import { ask, world, type Asked, type World } from '../testing/world.ts'

let all: World
const LINES = 1_234
const get = async (who: TestPerson, name: RouteName, asked: Asked) => {
  const answer = await ask(all, name, who.token, asked)
  return { status: answer.statusCode, ...(answer.json() as { lines: AuditLineRow[]; next: string | null }) }
}
const ofChart = (query: Record<string, string> = {}, who = all.home.owner, chart = all.home.chart) => get(who, 'access', { params: { chart }, query })

beforeAll(async () => {
  all = await world()
  const { home } = all
  await ask(all, 'append', home.thea.token, { params: { chart: home.chart }, body: { entries: [draft('message.v1', { topic: 'other', text: 'hello' })] } })
  await ask(all, 'signConsent', home.cora.token, { params: { chart: home.chart }, body: {} })
  await ask(all, 'home', home.owner.token)
  // More lines than any one page holds, many of them in one millisecond, on two charts by turns.
  await all.admin.query(
    `insert into app.audit (practice_id, at, person_id, action, outcome, chart_id) select $1, '2026-11-20T10:00:00.' || lpad((n / 50)::text, 3, '0') || 'Z', case when n % 3 = 0 then $2::uuid else $3::uuid end, 'chart.read', case when n % 100 = 0 then 'refused' else 'done' end, case when n % 2 = 0 then $4::uuid else $5::uuid end from generate_series(1, ${LINES * 2}) n`,
    [home.practice, home.pia.person, home.mona.person, home.chart, all.otherChart])
})
afterAll(() => all.close())

/** Reads on until there is no next page, as somebody who scrolls does. */
async function everything(query: Record<string, string> = {}, read = ofChart): Promise<AuditLineRow[]> {
  const lines: AuditLineRow[] = []
  for (let before: string | undefined, rounds = 0; rounds < 60; rounds += 1) {
    const page = await read({ limit: '100', ...query, ...(before ? { before } : {}) })
    expect(page.lines.length).toBeLessThanOrEqual(100)
    lines.push(...page.lines)
    if (page.next === null) return lines
    before = page.next
  }
  throw new Error('there is always a next page')
}

describe('the audit of a chart', () => {
  test('is read to its very beginning, each line once, newest first', async () => {
    const lines = await everything()
    const { rows } = await all.admin.query<{ n: number }>('select count(*)::int as n from app.audit where chart_id = $1', [all.home.chart])
    expect(lines.length).toBeGreaterThan(LINES)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
    // What was read meanwhile stands above where the reading began, and is read the next time.
    expect(rows[0]!.n - lines.length).toBe(Math.ceil(lines.length / 100))
    expect(lines.map(({ at }) => at)).toEqual(lines.map(({ at }) => at).toSorted().toReversed())
  })
  test('shows the reader’s own readings of it, and marks them and nothing else', async () => {
    const { lines } = await ofChart()
    const own = lines.filter(({ ownReading }) => ownReading)
    expect(own.length).toBeGreaterThan(0)
    expect(own.every(({ action, person, mine }) => action === 'access.read' && person === all.home.owner.person && mine)).toBe(true)
    expect(lines.filter(({ action, ownReading }) => action === 'access.read' && !ownReading)).toEqual([])
    const asMara = await ofChart({}, all.home.mara)
    expect(asMara.lines.find(({ action }) => action === 'access.read')).toMatchObject({ person: all.home.owner.person, mine: false, ownReading: false })
  })
  test('by person, by outcome, by both', async () => {
    const pia = await everything({ person: all.home.pia.person })
    expect(pia.length).toBe(Math.floor((LINES * 2) / 6))
    expect(new Set(pia.map(({ who }) => who))).toEqual(new Set(['Pia Sample']))
    const refused = await everything({ outcome: 'refused' })
    expect(refused.every(({ outcome }) => outcome === 'refused')).toBe(true)
    expect(refused.some(({ action, person }) => action === 'consent.signed' && person === all.home.cora.person)).toBe(true)
    expect((await everything({ outcome: 'refused', person: all.home.pia.person })).length).toBe(Math.floor((LINES * 2) / 300))
  })
  test.each([['no number', { before: 'x' }], ['more than a page holds', { limit: '501' }], ['nobody', { person: 'thea' }], ['no such outcome', { outcome: 'fine' }]])('%s is refused', async (_, query) => {
    expect((await ofChart(query)).status).toBe(422)
  })
  test('a cursor of another practice finds nothing', async () => {
    const { rows } = await all.admin.query<{ id: string }>(`insert into app.audit (practice_id, at, person_id, action, outcome) values ($1, '2026-11-21T18:00:00.000Z', $2, 'home.read', 'done') returning audit_id::text as id`, [all.away.practice, all.away.owner.person])
    expect((await ofChart({ before: rows[0]!.id })).lines).toEqual([])
  })
})

describe('the audit of the practice', () => {
  const ofAll = (query: Record<string, string> = {}) => get(all.home.owner, 'audit', { query })
  test('holds every chart’s lines and those about none, and can be narrowed to one chart', async () => {
    const lines = await everything({}, ofAll)
    expect(new Set(lines.map(({ about }) => about))).toEqual(new Set(['Mara Sample', 'Nora Sample', null]))
    expect(lines.length).toBeGreaterThan(LINES * 2)
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length)
    const one = await everything({ chart: all.otherChart }, ofAll)
    expect(one.every(({ chart }) => chart === all.otherChart)).toBe(true)
    expect(one.length).toBe(LINES)
  })
  test('is the owner’s alone, and holds nothing of another practice', async () => {
    for (const who of [all.home.cora, all.home.thea, all.home.mara]) expect((await get(who, 'audit', {})).status).toBe(403)
    const { lines } = await get(all.away.owner, 'audit', {})
    expect(lines.some(({ person }) => person === all.home.pia.person)).toBe(false)
  })
})
