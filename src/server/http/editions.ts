import { readChart, type Chart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { clearanceNow, screenChart } from '../../core/eligibility/clearance.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { stepFrom, type Step, type Stepped } from '../../core/rulebook/changes.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { dialRows } from '../../knowledge/dials.ts'
import { digestOf, edition as shippedName, editionInForce, editionNumbered, nameOf, sha256, shipped, type Edition } from '../rulebook.ts'
import { fromRow } from '../store/charts.ts'
import { addEdition, editionRows, type MoveRow } from '../store/editions.ts'
import { asJob } from './job.ts'
import { requireRules } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'

/** The practice's own editions of the rulebook: read, tried out on the open charts, and signed. */
export const editionHandlers: Handlers<'editions' | 'editionBook' | 'previewEdition' | 'adoptEdition'> = {
  async editions(_, here) {
    const rows = await editionRows(here)
    const { number, name, sha256: digest, broken } = await editionInForce(here, 'now')
    const changes = rows.find((row) => row.number === number)?.changes ?? []
    return {
      inForce: number, name, sha256: digest, broken: broken ?? null, shipped: { name: shippedName, sha256 }, changes: [...changes],
      editions: rows.map(({ bookSha256, shippedSha256: _made, changes: turned, moves, ...row }) => ({ ...row, sha256: bookSha256, changes: [...turned], moves: [...moves] })),
    }
  },
  async editionBook({ params }, here) {
    const found = await editionNumbered(here, params.number)
    if (!found) throw new Problem('not-found')
    requireRules(found)
    return { number: found.number, name: found.name, sha256: found.sha256, book: found.text }
  },
  async previewEdition({ body }, here) {
    const { before, stepped } = await stepsFrom(here, body)
    const read = await openCharts(here)
    const changed = read.flatMap(({ chart, name, entries }) => {
      const facts = readChart(entries)
      const [was, would] = [judgedBy(before.book, facts, here.now), judgedBy(stepped.book, facts, here.now)]
      return canonical(was) === canonical(would) ? [] : [{ chart, name, before: was, after: would }]
    })
    const mine = await chartsOnMyTeam(here)
    return { moves: movesOf(stepped), looked: read.length, changed: changed.length, named: changed.filter(({ chart }) => mine.has(chart)) }
  },
  async adoptEdition({ body }, here) {
    const { before, stepped } = await stepsFrom(here, body)
    const moves = movesOf(stepped)
    if (moves.length === 0) throw new Problem('rulebook.refused', { list: [{ code: 'same', says: 'Nothing is turned: these figures stand so already.' }] })
    // What an unreadable edition had tightened is gone with it: going on from what ships is loosening too.
    const directs = here.actor.roles.includes('medical-director')
    if (before.broken && !directs) throw new Problem('rulebook.refused', { list: [{ code: 'rulebook', says: `${before.broken} Only the medical director begins a new one.` }] })
    const loosened = moves.filter(({ way }) => way === 'looser')
    if (loosened.length > 0 && !directs) throw new Problem('rulebook.refused', { list: loosened.map(({ dial }) => ({ code: dial, says: 'Loosening is signed by the medical director. You may tighten.' })) })
    await requireCode(here, body.code)
    const book = canonical(stepped.book)
    const [bookSha256, number] = [digestOf(book), before.number + 1]
    const name = nameOf(bookSha256, number)
    await addEdition(here, { number, name, shippedSha256: sha256, bookSha256, changes: stepped.changes, moves, book, reason: body.reason, adoptedAt: here.now }).catch(refuseSecond)
    return { number, name, sha256: bookSha256 }
  },
}

/** Two who sign at once: the second one hears of the first. */
function refuseSecond(failure: unknown): never {
  throw (failure as { code?: string }).code === '23505' ? new Problem('rulebook.moved-on') : failure
}

async function stepsFrom(here: Here, { on, steps }: { on: number; steps: readonly Step[] }): Promise<{ before: Edition; stepped: Stepped }> {
  const before = await editionInForce(here, 'now')
  if (before.number !== on) throw new Problem('rulebook.moved-on')
  const stepped = stepFrom(shipped, before.changes, steps, dialRows, { by: here.actor.person!, at: here.now })
  if (!stepped.ok) throw new Problem('rulebook.refused', { list: [{ code: stepped.refusal.code, says: stepped.refusal.says }] })
  return { before, stepped: stepped.value }
}

const movesOf = ({ moves }: Stepped): MoveRow[] => moves.flatMap(({ dial, from, to, way, reason }) => (way === 'same' ? [] : [{ dial: dial.id, from, to, way, reason }]))

function judgedBy({ eligibility, screening }: Rulebook, chart: Chart, now: string) {
  const { decision, met } = screenChart(chart, eligibility, now, screening)
  return { decision, clearance: clearanceNow(chart, eligibility, now, screening).state, rules: met.map(({ rule }) => `${rule.id} ${rule.action}`) }
}

/** Everybody's who is in care here. The charts are read whole, for the rules; whoever asks is told of their own and of a number. */
async function openCharts(here: Here): Promise<{ chart: string; name: string; entries: StoredEntry[] }[]> {
  return asJob(here.shell, here.actor.practice, async (client) => {
    const { rows } = await client.query<Record<string, unknown> & { stream_id: string; name: string }>(
      `select c.display_name as name, e.stream_id, e.seq, e.id, e.kind, e.at, e.written_at, e.received_at, e.by_person, e.device, e.session_id, e.amends, e.body, e.digest
         from app.chart c join app.entry e on e.practice_id = c.practice_id and e.stream_id = c.chart_id where c.practice_id = $1 and c.deceased_on is null order by c.display_name, e.stream_id, e.seq`, [here.actor.practice])
    const byChart = new Map<string, { chart: string; name: string; entries: StoredEntry[] }>()
    for (const row of rows) {
      const one = byChart.get(row.stream_id) ?? { chart: row.stream_id, name: row.name, entries: [] }
      one.entries.push(fromRow(row))
      byChart.set(row.stream_id, one)
    }
    return [...byChart.values()]
  })
}

async function chartsOnMyTeam({ client, actor }: Here): Promise<Set<string>> {
  const { rows } = await client.query<{ chart: string }>('select chart_id as chart from app.care_team where practice_id = $1 and person_id = $2 and until is null', [actor.practice, actor.person])
  return new Set(rows.map(({ chart }) => chart))
}
