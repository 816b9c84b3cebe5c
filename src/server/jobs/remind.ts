import type { PoolClient } from 'pg'
import { deskToTell } from '../../core/access/whom-to-tell.ts'
import { readChart, type Chart } from '../../core/chart/chart.ts'
import { isDosing } from '../../core/course/dosing-visit.ts'
import { answerBy, dueAt, dueReminder, isNear, isQuiet, ladderOf, LATEST_FIRST, type AskName } from '../../core/reminders/ladder.ts'
import { answersTo, rideOf, rideSaid } from '../../core/reminders/said.ts'
import { whereaboutsOf } from '../../core/online/whereabouts.ts'
import { sayDay, sayTime } from '../../core/shared/local-day.ts'
import { plusDays } from '../../core/shared/time.ts'
import { asJob } from '../http/job.ts'
import type { Shell } from '../http/shell.ts'
import { channelOf, outsideOf, reminderSettings, reminderWords, rideWords, type ReminderSettings } from '../reminders.ts'
import { bookedAmong, type CalendarVisit } from '../store/calendar.ts'
import { readEntries, tell } from '../store/charts.ts'
import { makeNarrowLink, type VisitPurpose } from '../store/narrow-links.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { judgeSent, noteReminder, postReminder, reachedBy, visitsAhead, type ReminderOutcome, type Reached } from '../store/reminders.ts'

type Sending = Pick<Shell, 'database' | 'clock' | 'origin' | 'sample'> & { readonly texts: boolean }

/** Days ahead that are looked at: further than any reminder goes. */
const AHEAD_DAYS = 9
/** What has not left by then does not leave by itself. */
const WAITS_MIN = 30

/**
 * Sends what is due of the reminders, each once: it is written down and put into the outbox in one transaction, under a
 * key of the visit and the hour at which it stands, so that a second server, or one that died half-way, sends nothing
 * twice. A visit that moved begins anew; one that was cancelled, or whose questions are answered, is not reminded of.
 * Whoever cannot be reached, and what did not leave, is told to the desk by name. Answers how many messages it posted.
 */
export const remind = (sending: Sending, practice: string): Promise<number> => asJob(sending, practice, (client) => remindWithin(client, practice, sending), true)

async function remindWithin(client: PoolClient, practice: string, sending: Sending): Promise<number> {
  const asked = { client, actor: { practice } as never }
  const now = sending.clock.now()
  const row = await practiceRow(asked)
  const settings = reminderSettings(row)
  if (!settings.on) return 0
  // Most visits of the days ahead have nothing due, and are passed over before anybody asks whose they are and who comes.
  const { rows } = settings
  const due = (await visitsAhead(client, practice, now, plusDays(now, AHEAD_DAYS))).filter((one) => isNear(one, { rows, zone: row.zone, now }) || dueReminder(one, { rows, zone: row.zone, now, made: new Set(one.made) }))
  const visits = await bookedAmong(asked, due.map(({ visit }) => visit))
  const told: Told = { ...outsideOf(row), zone: row.zone }
  const desk = deskToTell(await staff(asked))
  let posted = 0
  for (const { visit: id, chart, made } of due) {
    const visit = visits.get(id)
    const who = visit && (await reachedBy(client, practice, chart))
    if (!visit || !who) continue
    const one: One = { client, practice, visit, chart, who, made: new Set(made), settings, now, told, desk, sending, read: lazily(async () => readChart(await readEntries(asked, chart))) }
    posted += (await sendStep(one)) + (isDosing(visit) ? await askRide(one) : 0)
    if (isDosing(visit)) await tellUnanswered(one)
  }
  // The sample practice's messages are read where they lie.
  for (const { chart, startsAt } of sending.sample ? [] : await judgeSent(client, practice, now, WAITS_MIN)) {
    const name = (await reachedBy(client, practice, chart))?.name ?? 'A patient'
    await tell(client, practice, desk, { chart, kind: 'reminder', says: `${name}: a reminder of the visit on ${sayDay(startsAt, row.zone)} could not be sent. It is kept and tried again; call instead.`, at: now })
  }
  return posted
}

interface Told { readonly from: string; readonly phone: string; readonly zone: string }
interface One {
  readonly client: PoolClient
  readonly practice: string
  readonly visit: CalendarVisit
  readonly chart: string
  readonly who: Reached
  readonly made: ReadonlySet<string>
  readonly settings: ReminderSettings
  readonly now: string
  readonly told: Told
  readonly desk: readonly string[]
  readonly sending: Sending
  /** The chart, read only where something has to be asked of it. */
  readonly read: () => Promise<Chart>
}

async function sendStep(one: One): Promise<number> {
  const { visit, who, settings: { rows }, now, told, made, sending } = one
  const step = dueReminder(visit, { rows, zone: told.zone, now, made })
  if (!step) return 0
  if (who.by === 'none') return keep(one, step.step, 'not-wanted')
  const { asks } = step
  if (asks && isAnswered(await one.read(), visit, asks, told.zone)) return keep(one, step.step, 'not-needed')
  const channel = channelOf(who, sending.texts)
  if (!channel) {
    if (await note(one, step.step, 'unreachable')) await tellDesk(one, `${who.name} cannot be reached by a reminder. Call about the visit on ${sayDay(visit.startsAt, told.zone)} at ${sayTime(visit.startsAt, told.zone)}.`)
    return 0
  }
  if (!(await note(one, step.step, 'sent'))) return 0
  const link = asks && who.patient ? await linkFor(one, asks, who.patient, null) : undefined
  await postReminder(one.client, one.practice, rowOf(one, step.step, 'sent'), { ...channel, ...reminderWords(who.givenName, { ...told, startsAt: visit.startsAt, online: visit.online }, link) }, now)
  return 1
}

const isAnswered = (read: Chart, visit: CalendarVisit, asks: AskName, zone: string): boolean => (asks === 'where' ? whereaboutsOf(read, visit, zone) : answersTo(read, visit, asks, zone)) !== undefined

/** The adult who was named is asked once, from the day before on, by a link of their own. */
async function askRide(one: One): Promise<number> {
  const { visit, who, settings: { rows }, now, told, made, sending } = one
  const dayBefore = ladderOf(rows, visit).find(({ step }) => step === 'day-before')
  if (!dayBefore || dueAt(dayBefore, visit.startsAt, told.zone) > now || isQuiet(rows, now, told.zone)) return 0
  const read = await one.read()
  const named = rideOf(read, visit.visit)
  const step = `ride ${named?.id}`
  if (!named || !named.body.adult || made.has(step) || rideSaid(named, read.all('ride-answered.v1'), visit)) return 0
  if (!sending.texts) {
    if (await note(one, step, 'unreachable')) await tellDesk(one, `${who.name}: call ${named.body.name}, ${named.body.phone}, whether they take them home on ${sayDay(visit.startsAt, told.zone)}. This practice sends no text messages.`)
    return 0
  }
  if (!(await note(one, step, 'sent'))) return 0
  const link = await linkFor(one, 'ride', null, named.id)
  await postReminder(one.client, one.practice, rowOf(one, step, 'sent'), { channel: 'text', to: named.body.phone, ...rideWords(who.givenName, { ...told, startsAt: visit.startsAt }, link) }, now)
  return 1
}

/** What nobody has answered by its hour has a name that calls: the visit's therapist, and the desk. */
async function tellUnanswered(one: One): Promise<void> {
  const { visit, who, settings: { rows }, now, told, made, desk, client, practice, chart } = one
  const passed = LATEST_FIRST.find((check) => answerBy(check, rows, visit.startsAt, told.zone) <= now)
  if (!passed || made.has(`${passed} unanswered`) || answersTo(await one.read(), visit, passed, told.zone)) return
  if (!(await note(one, `${passed} unanswered`, 'told'))) return
  const therapists = visit.people.filter(({ role }) => role === 'therapist').map(({ person }) => person)
  await tell(client, practice, [...therapists, ...desk], { chart, kind: 'unanswered-check', says: `${who.name} has not answered what is asked ${passed === 'morning' ? 'on the morning of' : 'on the day before'} the session at ${sayTime(visit.startsAt, told.zone)}. Call them.`, at: now })
}

const rowOf = ({ visit, chart }: One, step: string, outcome: ReminderOutcome) => ({ visit: visit.visit, chart, startsAt: visit.startsAt, step, outcome })
const note = (one: One, step: string, outcome: ReminderOutcome) => noteReminder(one.client, one.practice, rowOf(one, step, outcome), one.now)
const tellDesk = ({ client, practice, desk, chart, now }: One, says: string) => tell(client, practice, desk, { chart, kind: 'reminder', says, at: now })

async function keep(one: One, step: string, outcome: ReminderOutcome): Promise<number> {
  await note(one, step, outcome)
  return 0
}

async function linkFor({ client, practice, visit, chart, now, sending }: One, purpose: VisitPurpose, person: string | null, named: string | null): Promise<string> {
  const token = await makeNarrowLink(client, sending.database, { practice, purpose, chart, visit: visit.visit, startsAt: visit.startsAt, person, named, expiresAt: purpose === 'where' ? visit.endsAt : visit.startsAt }, now)
  return `${sending.origin()}/answer/${token}`
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
