import { daysOffBetween, gapsBetween, onCallAt, sayWatched } from '../../core/access/on-call.ts'
import { responsibleToTell } from '../../core/access/whom-to-tell.ts'
import type { HomeAlarm, OnCallRead } from '../../core/contract/on-call.ts'
import { sayTime } from '../../core/shared/local-day.ts'
import { plusDays } from '../../core/shared/time.ts'
import { onCallRows } from '../../knowledge/on-call.ts'
import { mayBeOnCall, onCallHere, watchedNow } from '../on-call.ts'
import { calledOf, keepRota, openAlarms, takenBy } from '../store/on-call.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

/** How far ahead gaps and days off are shown. */
const SHOWN_DAYS = 14

export const onCallHandlers: Handlers<'onCall' | 'keepOnCall' | 'watched'> = {
  onCall: async (_, here) => read(here),
  async keepOnCall({ body }, here) {
    const { times, version } = await onCallHere(here.client, here.actor.practice)
    const named = [...body.rota.weekly, ...body.rota.days.flatMap(({ hours }) => hours)].flatMap(({ first, second }) => [first, ...(second ? [second] : [])])
    if ([...named, ...body.rota.everyone].some((person) => !times.here.has(person))) throw new Problem('step.blocked', { list: [{ code: 'on-call', says: 'Somebody named here does not work here any more, or may not speak with patients. Choose a therapist, a prescriber, a medical director or a coordinator.' }] })
    if (version !== body.on || !(await keepRota(here.client, here.actor.practice, { version: version + 1, rota: body.rota }, here.actor.person, here.now))) throw new Problem('on-call.moved-on')
    return read(here)
  },
  watched: async (_, here) => ({ says: await asJob(here.shell, here.actor.practice, (client) => watchedNow(client, here.actor.practice, here.now)) }),
}

async function read(here: Here): Promise<OnCallRead> {
  const { times, everybody, version, rota, row } = await onCallHere(here.client, here.actor.practice)
  const on = onCallAt(times, here.now, onCallRows)
  const { takenWithinMin, contactWithinMin, againMin } = onCallRows
  return {
    version, rota: { weekly: rota.weekly.map((one) => ({ ...one })), days: rota.days.map((one) => ({ ...one, hours: one.hours.map((each) => ({ ...each })) })), everyone: [...rota.everyone] },
    people: everybody.map((one) => ({ person: one.person, name: one.name, may: mayBeOnCall(one) })), answersFor: responsibleToTell(everybody),
    ...on, gaps: gapsBetween(times, here.now, plusDays(here.now, SHOWN_DAYS)), off: daysOffBetween(times, here.now, plusDays(here.now, SHOWN_DAYS)), says: sayWatched(on, row.zone, here.now), rows: { takenWithinMin, contactWithinMin, againMin },
  }
}

/** Answers that cannot wait and that nobody has closed: for those who see the chart, and for whoever was called. */
export async function alarmsOf(here: Here, charts: ReadonlyMap<string, string>): Promise<HomeAlarm[]> {
  const { actor: { practice, person, roles } } = here
  if (roles.every((role) => role === 'patient')) return []
  return asJob(here.shell, practice, async (client) => {
    const open = await openAlarms(client, practice)
    if (open.length === 0) return []
    const [called, { everybody }] = [await calledOf(client, practice, open.map(({ entry }) => entry)), await onCallHere(client, practice)]
    const { rows: names } = await client.query<{ chart: string; name: string }>('select chart_id as chart, display_name as name from app.chart where practice_id = $1 and chart_id = any($2)', [practice, open.map(({ chart }) => chart)])
    const nameOf = (one: string) => everybody.find((each) => each.person === one)?.name ?? 'somebody of this practice'
    return open.filter(({ chart, entry }) => charts.has(chart) || called.some((one) => one.entry === entry && one.person === person)).map(({ chart, entry, openedAt, dueAt, takenBy, takenAt }) => ({
      chart, name: names.find((one) => one.chart === chart)?.name ?? 'A patient', entry, openedAt, dueAt, takenBy: takenBy && nameOf(takenBy), takenAt,
      called: called.filter((one) => one.entry === entry).map((one) => ({ name: nameOf(one.person), at: one.at })),
    }))
  })
}

/** Who had taken this over before whoever says so now: of two who press at once, the second hears of the first. Their own taking is not written yet where this looks. */
export async function takenBefore(here: Here, entry: string): Promise<string | null> {
  return asJob(here.shell, here.actor.practice, async (client) => {
    const taken = await takenBy(client, here.actor.practice, entry)
    if (!taken || taken.person === here.actor.person) return null
    const { everybody, row } = await onCallHere(client, here.actor.practice)
    return `${everybody.find(({ person }) => person === taken.person)?.name ?? 'Somebody of this practice'} took this over at ${sayTime(taken.at, row.zone)}, before you.`
  })
}
