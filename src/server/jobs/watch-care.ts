import type { PoolClient } from 'pg'
import { deskToTell, responsibleToTell } from '../../core/access/whom-to-tell.ts'
import { readChart } from '../../core/chart/chart.ts'
import type { EntryKind } from '../../core/chart/kinds.ts'
import { misuseLook } from '../../core/misuse/look.ts'
import { careTasks, nextCareLook, type CareTask } from '../../core/course/care-tasks.ts'
import { onWall } from '../../core/reminders/ladder.ts'
import { localDay, plusDaysOf, sayDay, sayTime } from '../../core/shared/local-day.ts'
import { plusDays, type Instant } from '../../core/shared/time.ts'
import { asJob } from '../http/job.ts'
import { courseOf } from '../http/course.ts'
import { courseOn } from '../http/judging.ts'
import type { Shell } from '../http/shell.ts'
import { editionInForce } from '../rulebook.ts'
import { careToldOn, endCare, isTold, noteCare, passCare, type CareToldRow } from '../store/care.ts'
import { readEntries, team, tell } from '../store/charts.ts'
import { chartsToLookThrough, keepLook, lockLook } from '../store/looked-through.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { eachByItself } from './reach.ts'

/** Charts looked through in one round. */
const AT_ONCE = 200
/** When every chart is looked through, whatever was written since. */
const NIGHTLY = '03:00'
/** What can change how somebody is, who looks after them, and what is asked of whom. */
const CHANGES: readonly EntryKind[] = ['measure-answered.v1', 'dose-given.v1', 'session-closed.v1', 'integration.v1', 'visits-booked.v1', 'visit-moved.v1', 'visit-cancelled.v1', 'visit-closed.v1', 'maintenance-decided.v1', 'proposal-decided.v1', 'exposure-reviewed.v1', 'silence-contact.v1', 'risk-contact.v1', 'course-chosen.v1', 'course-ended.v1', 'demographics.v1', 'symptom.v1', 'fact.v1', 'misuse-sign.v1', 'misuse-reviewed.v1', 'medicine-drawn.v1']

/**
 * Looks after people between visits: after every answer, and every night. What somebody has to act on is told to them by
 * name, once, with by when; what is done ends; and what nobody has acted on goes to whoever answers for the practice. It
 * lives on the chart and not in a notice: a notice that was put away takes no task with it. Answers how many were told.
 */
export async function watchCare(shell: Pick<Shell, 'database' | 'clock' | 'log'>, practice: string): Promise<number> {
  const now = shell.clock.now()
  const charts = await asJob(shell, practice, (client) => chartsToLookThrough(client, 'care_looked', { practice, now, kinds: CHANGES, most: AT_ONCE }), true)
  return eachByItself(charts, (chart) => asJob(shell, practice, (client) => watchOne(client, practice, chart, now), true))
}

interface One {
  readonly client: PoolClient
  readonly practice: string
  readonly chart: string
  readonly name: string
  readonly zone: string
  readonly now: Instant
  readonly people: Awaited<ReturnType<typeof staff>>
  readonly onTeam: Awaited<ReturnType<typeof team>>
}

async function watchOne(client: PoolClient, practice: string, chart: string, now: Instant): Promise<number> {
  await lockLook(client, 'care_looked', practice, chart)
  const asked = { client, actor: { practice } as never }
  const { zone } = await practiceRow(asked)
  const edition = await editionInForce(asked)
  const { rows: [row] } = await client.query<{ name: string; protocol: string | null }>('select display_name as name, protocol from app.chart where practice_id = $1 and chart_id = $2', [practice, chart])
  const entries = await readEntries(asked, chart)
  const read = readChart(entries)
  const course = courseOf({ chart: read, ...courseOn({ protocol: row?.protocol ?? null }, edition), zone, edition }, now)
  const signs = misuseLook(read, edition.book, now)
  const tasks = [...careTasks(course), ...(signs ? [signs] : [])]
  const told = await careToldOn(client, practice, chart)
  const one: One = { client, practice, chart, name: row?.name ?? 'A patient', zone, now, people: await staff(asked), onTeam: await team(asked, chart) }
  const passesOn = ({ dueBy }: CareTask) => plusDays(dueBy, edition.book.outcomes.care.passOnAfterDays)
  let fresh = 0
  for (const task of tasks) fresh += await tellTask(one, task, told.find((each) => each.task === task.key), passesOn(task))
  for (const each of told) if (!each.ended && !tasks.some(({ key }) => key === each.task)) await endCare(client, practice, chart, each, now)
  await keepLook(client, 'care_looked', practice, chart, entries.at(-1)?.seq ?? 0, [nextNight(now, zone), nextCareLook(course, tasks, passesOn, now)].flatMap((at) => at ?? []).toSorted()[0]!)
  return fresh
}

function nextNight(now: Instant, zone: string): Instant {
  const today = localDay(now, zone)
  const tonight = onWall(today, NIGHTLY, zone)
  return tonight > now ? tonight : onWall(plusDaysOf(today, 1), NIGHTLY, zone)
}

async function tellTask(one: One, task: CareTask, told: CareToldRow | undefined, passesOnAt: Instant): Promise<number> {
  const { client, practice, chart, name, zone, now, people } = one
  const owners = ownersOf(one, task)
  if (!told || told.ended) {
    const says = `${name}: ${task.says}`
    await noteCare(client, practice, chart, task.key, says, now)
    // The messages that asked have told already.
    if (task.about === 'no-answer' && (await isTold(client, practice, chart, 'unanswered-questions'))) return 0
    if (task.about === 'misuse' && (await isTold(client, practice, chart, 'to-prescriber'))) return 0
    await tell(client, practice, owners, { chart, kind: 'care', says: `${says} ${task.overdue ? 'It was to be done by' : 'By'} ${sayDay(task.dueBy, zone)}, ${sayTime(task.dueBy, zone)}.`, at: now, answerBy: task.dueBy })
    return 1
  }
  if (told.passed || now < passesOnAt) return 0
  await passCare(client, practice, chart, task.key, now)
  await tell(client, practice, task.about === 'misuse' ? directorsOf(one) : responsibleToTell(people, owners), { chart, kind: 'care', says: `${told.says} It was to be done by ${sayDay(task.dueBy, zone)} and nobody has. See that somebody does.`, at: now })
  return 1
}

/** Those on the team whose it is, in the order of the step; without any, whoever answers for the practice: nothing is told to nobody. */
function ownersOf(one: One, { who, about }: CareTask): string[] {
  const { people, onTeam } = one
  if (about === 'place-review') return deskToTell(people)
  if (about === 'misuse') return readersOf(one)
  const here = onTeam.filter(({ person, role }) => people.some((each) => each.person === person && each.active && each.roles.includes(role)))
  const owners = who.map((role) => here.filter((member) => member.role === role).map(({ person }) => person)).find((found) => found.length > 0)
  return owners ?? responsibleToTell(people)
}

/** Signs are read by prescribers and medical directors alone: nobody else is told that there is something to read. */
function readersOf({ people, onTeam }: One): string[] {
  const own = onTeam.filter(({ person, role }) => role === 'prescriber' && people.some((each) => each.person === person && each.active && each.roles.includes('prescriber'))).map(({ person }) => person)
  return own.length > 0 ? own : directorsOf({ people })
}
const directorsOf = ({ people }: Pick<One, 'people'>): string[] => people.filter(({ active, roles }) => active && roles.includes('medical-director')).map(({ person }) => person)
