import type { PoolClient } from 'pg'
import { deskToTell } from '../../core/access/whom-to-tell.ts'
import { sessionsHeld } from '../../core/afterwards/ladder.ts'
import type { EntryKind } from '../../core/chart/kinds.ts'
import type { Ask } from '../../core/measures/asks.ts'
import { dosedSessions, standingVisits } from '../../core/measures/doses.ts'
import { askKey, askedBy, dueAsking, nextLook, type Asking } from '../../core/reminders/asking.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { plusDays, type Instant } from '../../core/shared/time.ts'
import { afterwardsRows } from '../../knowledge/afterwards.ts'
import { askingRows, reminderRows } from '../../knowledge/reminders.ts'
import { asJob } from '../http/job.ts'
import { openAsks, questionsOf, type Questions } from '../open-questions.ts'
import { askingWords, channelOf, outsideOf, reminderSettings } from '../reminders.ts'
import { askingOf, endUnanswered, forgetBegunBefore, noteAsking, type AskingOutcome, type AskingRow } from '../store/asking.ts'
import { tell } from '../store/charts.ts'
import { chartsToLookThrough, keepLook, lockLook } from '../store/looked-through.ts'
import { makeNarrowLink } from '../store/narrow-links.ts'
import { staff } from '../store/practice.ts'
import { isReminded, noteReminder, post, reachedBy } from '../store/reminders.ts'
import { eachByItself, type Sending } from './reach.ts'

/** Charts looked through in one round. */
const AT_ONCE = 200
/** What can change which questionnaires are open. */
const CHANGES: readonly EntryKind[] = ['measure-answered.v1', 'visits-booked.v1', 'visit-moved.v1', 'visit-cancelled.v1', 'visit-closed.v1', 'dose-given.v1', 'session-closed.v1', 'course-chosen.v1', 'course-ended.v1', 'demographics.v1']

/**
 * Writes to people whose questionnaires are open, with one link for all of them: on the first day, and twice more where
 * no answer comes. What was sent is written down with the message, in one transaction, so that two servers send it once.
 * Where nobody has answered in time, the desk and the therapist are told by name, until somebody has. Answers how many
 * messages it posted.
 */
export async function askQuestions(sending: Sending, practice: string): Promise<number> {
  const now = sending.clock.now()
  const charts = await asJob(sending, practice, async (client) => {
    await forgetBegunBefore(client, practice, plusDays(now, -askingRows.linkDays))
    return chartsToLookThrough(client, 'asked_to', { practice, now, kinds: CHANGES, most: AT_ONCE, ofPatients: true })
  }, true)
  return eachByItself(charts, (chart) => asJob(sending, practice, (client) => askOne(client, practice, chart, sending), true))
}

async function askOne(client: PoolClient, practice: string, chart: string, sending: Sending): Promise<number> {
  const now = sending.clock.now()
  await lockLook(client, 'asked_to', practice, chart)
  const questions = await questionsOf(client, practice, chart, now)
  const { row, read, upTo, asks } = questions
  const own = asks.filter(({ moment }) => askingRows.moments.includes(moment))
  // Whoever never had a visit has not begun here.
  const isInCare = standingVisits(read).length > 0 || dosedSessions(read).length > 0
  if (!isInCare || !reminderSettings(row).on) {
    await keepLook(client, 'asked_to', practice, chart, upTo, null)
    return 0
  }
  const one: One = { client, practice, chart, now, questions, sending, rows: await askingOf(client, practice, chart) }
  const open: Open[] = []
  for (const ask of openAsks(own)) open.push(await opened(one, ask))
  const posted = await send(one, open)
  // What a practice asks beside the course tells nobody that somebody is lost: the course's own forms do.
  const ofCourse = ({ instrument }: Ask) => questions.isOfCourse(instrument)
  await tellUnanswered(one, open.filter(({ ask }) => ofCourse(ask)), own.filter(ofCourse))
  const looks = [...open.flatMap(({ asking }) => nextLook(asking) ?? []), ...own.flatMap(({ state, opensAt, closesAt }) => (state === 'later' && opensAt ? [opensAt] : state === 'missed' && closesAt ? [endsAt(closesAt)] : []))]
  await keepLook(client, 'asked_to', practice, chart, upTo, looks.filter((at) => at > now).toSorted()[0] ?? null)
  return posted
}

interface One {
  readonly client: PoolClient
  readonly practice: string
  readonly chart: string
  readonly now: Instant
  readonly questions: Questions
  readonly sending: Sending
  readonly rows: readonly AskingRow[]
}
interface Open {
  readonly ask: Ask
  readonly key: string
  readonly asking: Asking
}

const note = ({ client, practice, chart, now }: One, key: string, step: string, outcome: AskingOutcome, mail: string | null = null) => noteAsking(client, practice, chart, { ask: key, step, outcome, at: now }, mail)

/** Its days count from the one on which it was first seen open. */
async function opened(one: One, ask: Ask): Promise<Open> {
  const { zone } = one.questions.row
  const key = askKey(ask, zone)
  const mine = one.rows.filter((row) => row.ask === key)
  const seen = mine.find(({ step }) => step === 'open')
  if (!seen) await note(one, key, 'open', 'seen')
  return { ask, key, asking: { rows: askingRows, quiet: reminderRows, zone, now: one.now, since: localDay(seen?.at ?? one.now, zone), closesAt: ask.closesAt, made: new Set(mine.map(({ step }) => step)) } }
}

/** One message for all that are open. */
async function send(one: One, open: readonly Open[]): Promise<number> {
  const { client, practice, chart, now, questions: { row }, sending } = one
  const due = open.flatMap(({ ask, key, asking }) => { const step = dueAsking(asking); return step ? [{ ask, key, step: step.step }] : [] })
  if (due.length === 0) return 0
  const who = await reachedBy(client, practice, chart)
  const channel = who?.patient ? channelOf(who, sending.texts) : undefined
  if (!who?.patient || !channel) {
    for (const { key, step } of due) await note(one, key, step, who?.by === 'none' ? 'not-wanted' : 'unreachable')
    return 0
  }
  const token = await makeNarrowLink(client, sending.database, { practice, purpose: 'questions', chart, person: who.patient, expiresAt: plusDays(now, askingRows.linkDays) }, now)
  const after = await heldIn(one, due.map(({ ask }) => ask))
  const words = askingWords(who.givenName, { ...outsideOf(row), zone: row.zone }, { again: due.every(({ step }) => step !== 'first'), forms: open.length, ...(after ? { after: `${sending.origin()}/my/after` } : {}) }, `${sending.origin()}/answer/${token}`)
  const mail = await post(client, practice, { ...channel, ...words }, now)
  if (after) await noteReminder(client, practice, { ...after, chart, step: DAY_AFTER, outcome: 'not-needed' }, now)
  for (const { key, step } of due) await note(one, key, step, 'sent', mail)
  return 1
}

/** The first rung of the ladder after a session. */
const DAY_AFTER = `after ${afterwardsRows.ladder[0]!.rung}`

/** The session whose day after this message asks about: how it is stands in the same message, and nobody gets two. Not where that was asked or said already. */
async function heldIn({ client, practice, chart, questions: { read } }: One, due: readonly Ask[]): Promise<{ readonly visit: string; readonly startsAt: Instant } | undefined> {
  const session = due.find(({ moment }) => moment === 'day-after')?.anchor
  const held = sessionsHeld(read).at(-1)
  if (held?.visit === undefined || held.id !== session) return undefined
  const said = read.all('afterwards.v1').some(({ body }) => body.session === session && body.rung === afterwardsRows.ladder[0]!.rung)
  return said || (await isReminded(client, practice, { visit: held.visit, chart, step: DAY_AFTER })) ? undefined : { visit: held.visit, startsAt: held.startedAt }
}

/**
 * Not answered in its days, and still worth a call: nothing was heard by that form since it was asked, it is not asked anew,
 * and the link that asked for it would still work. What is then still silent stands on the chart, with an owner.
 */
function isMissing({ now, questions: { read, answered } }: One, own: readonly Ask[], { instrument, state, opensAt, closesAt }: Ask): boolean {
  if (state !== 'missed' || closesAt === null || now >= endsAt(closesAt)) return false
  return !answered(read, instrument).some((at) => opensAt === null || at >= opensAt) && !own.some((other) => other.instrument === instrument && other.opensAt !== null && other.opensAt >= closesAt && other.opensAt <= now && other.state !== 'too-soon')
}
const endsAt = (closesAt: Instant): Instant => plusDays(closesAt, askingRows.linkDays)

/** No answer is no good news: whoever has to ask is named, once for each form, and hears when it came. */
async function tellUnanswered(one: One, open: readonly Open[], own: readonly Ask[]): Promise<void> {
  const { client, practice, chart, now, questions: { row }, rows } = one
  const has = (key: string, step: string) => rows.some((each) => each.ask === key && each.step === step)
  const late = open.filter(({ asking }) => askedBy(asking) <= now).map(({ key }) => key)
  const missed = own.filter((ask) => isMissing(one, own, ask)).map((ask) => askKey(ask, row.zone)).filter((key) => has(key, 'open'))
  const waits = [...new Set([...late, ...missed])]
  if (waits.length === 0) return endUnanswered(client, practice, chart, now)
  const fresh = waits.filter((key) => !has(key, 'unanswered'))
  if (fresh.length === 0) return
  for (const key of fresh) await note(one, key, 'unanswered', 'told')
  const asked = { client, actor: { practice } as never }
  const who = await reachedBy(client, practice, chart)
  const { rows: team } = await client.query<{ person: string }>(`select person_id as person from app.care_team where practice_id = $1 and chart_id = $2 and role = 'therapist' and until is null`, [practice, chart])
  const forms = fresh.length === 1 ? 'a questionnaire' : `${fresh.length} questionnaires`
  await tell(client, practice, [...team.map(({ person }) => person), ...deskToTell(await staff(asked))], { chart, kind: 'unanswered-questions', says: `${who?.name ?? 'A patient'} has not answered ${forms}. Nobody knows how they are: call, or ask at the next visit.`, at: now })
}
