import type { PoolClient } from 'pg'
import { callNow, noRota, onCallAt, sayWatched, type Circle, type OnCallRota, type OnCallTimes } from '../core/access/on-call.ts'
import type { Role } from '../core/access/roles.ts'
import { responsibleToTell } from '../core/access/whom-to-tell.ts'
import type { OpenRisk } from '../core/measures/open-risks.ts'
import { onCallRota } from '../core/contract/on-call.ts'
import type { StaffRow } from '../core/contract/running.ts'
import { sayTime } from '../core/shared/local-day.ts'
import type { Instant } from '../core/shared/time.ts'
import { onCallRows } from '../knowledge/on-call.ts'
import { nameOutside } from './reminders.ts'
import { tell } from './store/charts.ts'
import { calledOf, keepAlarm, newestRota, type AlarmRow } from './store/on-call.ts'
import { closingsOf, practiceRow, staff, type PracticeRow } from './store/practice.ts'
import { post } from './store/reminders.ts'

/** Who can speak with somebody in danger and write down what was said. */
const ABLE: readonly Role[] = ['therapist', 'prescriber', 'medical-director', 'coordinator']
export const mayBeOnCall = ({ active, roles }: Pick<StaffRow, 'active' | 'roles'>): boolean => active && roles.some((role) => ABLE.includes(role))

export interface OnCallHere {
  readonly row: PracticeRow
  readonly everybody: readonly StaffRow[]
  readonly version: number
  readonly rota: OnCallRota
  readonly times: OnCallTimes
}

export async function onCallHere(client: PoolClient, practice: string): Promise<OnCallHere> {
  const asked = { client, actor: { practice } as never }
  const [row, everybody, kept] = [await practiceRow(asked), await staff(asked), await newestRota(client, practice)]
  // What cannot be read as a rota names nobody: then everyone is called, and that is said.
  const rota: OnCallRota = onCallRota.safeParse(kept?.rota).data ?? noRota
  return { row, everybody, version: kept?.version ?? 0, rota, times: { rota, zone: row.zone, closed: closingsOf(row), here: new Set(everybody.filter(mayBeOnCall).map(({ person }) => person)), off: new Map(everybody.map(({ person, exceptions }) => [person, new Set(exceptions.flatMap(({ day, off }) => (off ? [day] : [])))])) } }
}

/** What whoever answers a form reads of it. */
export async function watchedNow(client: PoolClient, practice: string, now: Instant): Promise<string> {
  const { times, row } = await onCallHere(client, practice)
  return sayWatched(onCallAt(times, now, onCallRows), row.zone, now)
}

interface Calling {
  readonly practice: string
  readonly chart: string
  readonly name: string
  readonly risk: Pick<OpenRisk, 'opened' | 'says' | 'call' | 'dueAt'>
  readonly wanted: Circle
  readonly before?: AlarmRow
  readonly origin: string
  readonly now: Instant
}

/** Calls one circle about an answer that cannot wait: on their lists, and by mail, which names nobody. Answers who was called. */
export async function callCircle(client: PoolClient, { practice, chart, name, risk, wanted, before, origin, now }: Calling): Promise<readonly string[]> {
  const { row, rota, times, everybody } = await onCallHere(client, practice)
  const on = onCallAt(times, now, onCallRows)
  const named = rota.everyone.filter((person) => everybody.some((one) => one.person === person && one.active))
  const { circle, people, answerBy } = callNow(wanted, now, on, named.length > 0 ? named : responsibleToTell(everybody), onCallRows)
  if (!(await keepAlarm(client, practice, { entry: risk.opened, chart, at: now, circle, dueAt: risk.dueAt, answerBy }, before))) return []
  const by = sayTime(answerBy, row.zone)
  const why = whyCalled(before, everybody, row.zone) ?? (on.now.first === null ? 'Nobody is on call at this hour.' : 'You are on call.')
  const numbers = risk.call.length === 0 ? 'There is no number on the chart.' : risk.call.map((one) => `${one.who === 'patient' ? 'Their number' : `${one.name}, their emergency contact`}: ${one.phone ?? 'none on the chart'}.`).join(' ')
  const known = before ? await calledOf(client, practice, [risk.opened]) : []
  const fresh = people.filter((person) => !known.some((one) => one.person === person && one.open))
  await tell(client, practice, fresh, { chart, kind: 'on-call', entry: risk.opened, at: now, answerBy, says: `${name}: ${risk.says} ${why} ${numbers} Take this over by ${by}, or ${circle === 3 ? 'everyone is called again' : 'the next are called'}.` })
  const body = `An answer that cannot wait has come in at ${nameOutside(row)}. ${why} Sign in and take it over by ${by}, or ${circle === 3 ? 'everyone is called again' : 'the next are called'}. Who it is about, and their number, stand there:\n${origin}/work`
  for (const person of people) {
    const to = everybody.find((one) => one.person === person)?.email
    if (to) await post(client, practice, { channel: 'mail', to, subject: 'On call: something cannot wait', body }, now)
  }
  return people
}

function whyCalled(before: AlarmRow | undefined, everybody: readonly StaffRow[], zone: string): string | undefined {
  if (!before) return undefined
  if (before.takenAt === null) return `Nobody has taken this over since ${sayTime(before.openedAt, zone)}.`
  const who = everybody.find(({ person }) => person === before.takenBy)?.name ?? 'Somebody'
  return `${who} took this over at ${sayTime(before.takenAt, zone)}, and nothing is written yet of having spoken with the person.`
}
