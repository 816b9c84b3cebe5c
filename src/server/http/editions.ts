import { readChart, type Chart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { clearanceNow, screenChart } from '../../core/eligibility/clearance.ts'
import { namedFigure, sayCourseValue, type CourseValue } from '../../core/course/course-figures.ts'
import { makeCourse, type CourseDraft, type MadeCourse } from '../../core/course/own-course.ts'
import type { Protocol } from '../../core/course/protocol.ts'
import { wouldSee } from '../../core/course/under-way.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { stepFrom, type Step, type Stepped } from '../../core/rulebook/changes.ts'
import { courseIn, withCourses } from '../../core/rulebook/own-courses.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { courseRows } from '../../knowledge/course-dials.ts'
import { dialRows } from '../../knowledge/dials.ts'
import { digestOf, edition as shippedName, editionInForce, editionNumbered, nameOf, ownCourses, sha256, shipped, shippedBroken, type Edition } from '../rulebook.ts'
import { fromRow } from '../store/charts.ts'
import { addEdition, editionRows, type MoveRow } from '../store/editions.ts'
import { adoptions, practiceRow } from '../store/practice.ts'
import { tellReopenedBy } from './edition-told.ts'
import { asJob } from './job.ts'
import { requireRules, requireShipped } from './judging.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'

/** The practice's own editions of the rulebook: read, tried out on the open charts, and signed. */
export const editionHandlers: Handlers<'editions' | 'editionBook' | 'previewEdition' | 'previewCourse' | 'adoptEdition'> = {
  async editions(_, here) {
    const rows = await editionRows(here)
    const { number, name, sha256: digest, broken } = await editionInForce(here, 'now')
    const changes = rows.find((row) => row.number === number)?.changes ?? []
    return {
      inForce: number, name, sha256: digest, broken: broken ?? null, shipped: { name: shippedName, sha256, broken: shippedBroken() ?? null }, changes: [...changes],
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
  async previewCourse({ body }, here) {
    const { before, from, made } = await courseFrom(here, body.on, body.course, '')
    const { zone } = await practiceRow(here)
    const read = (await openCharts(here)).filter(({ protocol }) => protocol === from.id)
    const changed = read.flatMap(({ chart, name, entries }) => {
      const would = wouldSee(readChart(entries), from, made.course, before.book, here.now, zone)
      return would ? [{ chart, name, ...would, bookings: [...would.bookings] }] : []
    })
    const mine = await chartsOnMyTeam(here)
    return { looked: read.length, changed: changed.length, named: changed.filter(({ chart }) => mine.has(chart)) }
  },
  async adoptEdition({ body }, here) {
    const { before, next, changes, moves } = 'courses' in body ? await withCourse(here, body) : await withSteps(here, body)
    if (moves.length === 0) throw new Problem('rulebook.refused', { list: [{ code: 'same', says: 'Nothing is turned: these figures stand so already.' }] })
    // What an unreadable edition had tightened is gone with it: going on from what ships is loosening too.
    const directs = here.actor.roles.includes('medical-director')
    if (before.broken && !directs) throw new Problem('rulebook.refused', { list: [{ code: 'rulebook', says: `${before.broken} Only the medical director begins a new one.` }] })
    const loosened = moves.filter(({ way }) => way === 'looser')
    if (loosened.length > 0 && !directs) throw new Problem('rulebook.refused', { list: loosened.map(({ dial }) => ({ code: dial, says: 'Loosening is signed by the medical director. You may tighten.' })) })
    await requireCode(here, body.code)
    const book = canonical(next)
    const [bookSha256, number] = [digestOf(book), before.number + 1]
    const name = nameOf(bookSha256, number)
    await addEdition(here, { number, name, shippedSha256: sha256, bookSha256, changes, moves, book, reason: body.reason, adoptedAt: here.now }).catch(refuseSecond)
    await tellReopenedBy(here, await openCharts(here), before.book, next, number)
    return { number, name, sha256: bookSha256 }
  },
}

/** Two who sign at once: the second one hears of the first. */
function refuseSecond(failure: unknown): never {
  throw (failure as { code?: string }).code === '23505' ? new Problem('rulebook.moved-on') : failure
}

async function stepsFrom(here: Here, { on, steps }: { on: number; steps: readonly Step[] }): Promise<{ before: Edition; stepped: Stepped }> {
  requireShipped()
  const before = await editionInForce(here, 'now')
  if (before.number !== on) throw new Problem('rulebook.moved-on')
  const stepped = stepFrom(shipped, before.changes, steps, dialRows, { by: here.actor.person!, at: here.now })
  if (!stepped.ok) throw new Problem('rulebook.refused', { list: [{ code: stepped.refusal.code, says: stepped.refusal.says }] })
  return { before, stepped: stepped.value }
}

interface Next { readonly before: Edition; readonly next: Rulebook; readonly changes: Edition['changes']; readonly moves: readonly MoveRow[] }

/** Figures turned. The courses that the practice made stand beside them as they are. */
async function withSteps(here: Here, body: { on: number; steps: readonly Step[] }): Promise<Next> {
  const { before, stepped } = await stepsFrom(here, body)
  return { before, next: withOwn(stepped.book, before), changes: stepped.changes, moves: movesOf(stepped) }
}

/** A course made of another. Every figure in which it departs is a move of its own, with which way it is. */
async function withCourse(here: Here, { on, courses: [draft], reason }: { on: number; courses: readonly CourseDraft[]; reason: string }): Promise<Next> {
  const { before, from, made: { course, changes } } = await courseFrom(here, on, draft!, reason)
  const said = (path: string, value: CourseValue) => sayCourseValue(value, namedFigure(from, path, courseRows).unit)
  return {
    before, next: withOwn(before.book, before, [course]), changes: before.changes,
    moves: [{ dial: `courses/${course.id}`, from: from.id, to: course.id, way: 'tighter', reason: '' }, ...changes.map(({ path, from: was, to, way, reason: why }): MoveRow => ({ dial: `courses/${course.id}/${path}`, from: said(path, was), to: said(path, to), way, reason: why }))],
  }
}

/** What the practice made before is in the book it was signed with; what it makes now comes to it. */
function withOwn(book: Rulebook, { book: before }: Edition, more: readonly Protocol[] = []): Rulebook {
  const applied = withCourses({ ...book, protocols: shipped.protocols, screening: { ...book.screening, alcoholProtocols: shipped.screening.alcoholProtocols } }, [...ownCourses(before), ...more], courseRows)
  if (!applied.ok) throw new Problem('rulebook.refused', { list: [{ code: applied.refusal.code, says: applied.refusal.says }] })
  return applied.value
}

async function courseFrom(here: Here, on: number, draft: CourseDraft, reason: string): Promise<{ before: Edition; from: Protocol; made: MadeCourse }> {
  requireShipped()
  const before = await editionInForce(here, 'now')
  if (before.number !== on) throw new Problem('rulebook.moved-on')
  const made = makeCourse(draft, { courses: before.book.protocols, rows: courseRows, signed: { by: here.actor.person!, at: here.now, reason }, named: await everNamed(here) })
  if (!made.ok) throw new Problem('rulebook.refused', { list: made.refusal.map(({ code, says }) => ({ code, says })) })
  return { before, from: courseIn(before.book, draft.from)!, made: made.value }
}

/** Ids that a course has had here, signed or adopted. Somebody may still be on it, also where its edition is gone: it never becomes another one. */
async function everNamed(here: Here): Promise<ReadonlySet<string>> {
  const signed = (await editionRows(here)).flatMap(({ moves }) => moves.flatMap(({ dial }) => /^courses\/([^/]+)$/.exec(dial)?.[1] ?? []))
  return new Set([...signed, ...(await adoptions(here)).map(({ protocol }) => protocol)])
}

const movesOf = ({ moves }: Stepped): MoveRow[] => moves.flatMap(({ dial, from, to, way, reason }) => (way === 'same' ? [] : [{ dial: dial.id, from, to, way, reason }]))

function judgedBy({ eligibility, screening }: Rulebook, chart: Chart, now: string) {
  const { decision, met } = screenChart(chart, eligibility, now, screening)
  return { decision, clearance: clearanceNow(chart, eligibility, now, screening).state, rules: met.map(({ rule }) => `${rule.id} ${rule.action}`) }
}

/** Everybody's who is in care here. The charts are read whole, for the rules; whoever asks is told of their own and of a number. */
async function openCharts(here: Here): Promise<{ chart: string; name: string; protocol: string | null; entries: StoredEntry[] }[]> {
  return asJob(here.shell, here.actor.practice, async (client) => {
    const { rows } = await client.query<Record<string, unknown> & { stream_id: string; name: string; protocol: string | null }>(
      `select c.display_name as name, c.protocol, e.stream_id, e.seq, e.id, e.kind, e.at, e.written_at, e.received_at, e.by_person, e.device, e.session_id, e.amends, e.body, e.digest
         from app.chart c join app.entry e on e.practice_id = c.practice_id and e.stream_id = c.chart_id where c.practice_id = $1 and c.deceased_on is null order by c.display_name, e.stream_id, e.seq`, [here.actor.practice])
    const byChart = new Map<string, { chart: string; name: string; protocol: string | null; entries: StoredEntry[] }>()
    for (const row of rows) {
      const one = byChart.get(row.stream_id) ?? { chart: row.stream_id, name: row.name, protocol: row.protocol, entries: [] }
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
