import { mayWrite } from '../../core/access/policy.ts'
import { readChart } from '../../core/chart/chart.ts'
import type { EntryDraft, StoredEntry } from '../../core/chart/entry.ts'
import { clearanceNow } from '../../core/eligibility/clearance.ts'
import { openRisks, type RiskRows } from '../../core/measures/open-risks.ts'
import { rulebook } from '../../knowledge/rulebook.ts'
import { asStored, type Append, type Numbered } from '../store/append.ts'
import { readEntries, tell } from '../store/charts.ts'
import { asJob } from './job.ts'
import { protocolOf } from './judging.ts'
import { Problem } from './problems.ts'
import { blockedDose } from './sessions.ts'
import type { Door } from './shell.ts'

/** Appends through the queue that commits many charts together, lets the room hear of it, and sees to what follows from it. */
export async function heldEntries({ entries, chart }: { entries: readonly EntryDraft[]; chart: string }, door: Door): Promise<Numbered[]> {
  const { shell, token, now } = door
  const actor = await shell.actors.of(token)
  const item: Append = { token, actor, stream: chart, entries, receivedAt: now, action: 'entries.append' }
  const { stored, cleared } = await shell.append(item)
  const fresh = asStored(item, stored)
  shell.live.publish(chart, fresh)
  if (fresh.some((each) => mayFollow(each, cleared)) || opensRisk(fresh, now)) await follow(fresh, chart, door, actor.practice)
  return stored
}

/** A dose is not recorded as given while a gate stands against it. The device keeps the entry and shows why. */
export async function refuseUngated(entries: readonly EntryDraft[], chart: string, door: Door): Promise<void> {
  if (!entries.some(({ kind }) => kind === 'dose-given.v1')) return
  const { actor, standings } = await door.shell.database.inContext(door.token, { chart, durable: false }, async (context) => context)
  // Whoever may not give a dose here is refused as such, and learns nothing about the gates.
  if (!mayWrite('dose-given.v1', standings)) return
  await asJob(door.shell, actor.practice, async (client) => {
    const known = await readEntries({ client, actor: actor as never }, chart)
    const row = (await client.query<{ protocol: string | null; zone: string }>('select c.protocol, p.zone from app.chart c join app.practice p using (practice_id) where c.practice_id = $1 and c.chart_id = $2', [actor.practice, chart])).rows[0]
    if (!row) return
    const doses = entries.filter((each) => each.kind === 'dose-given.v1' && !known.some(({ id }) => id === each.id))
    for (const dose of doses) {
      if (dose.kind !== 'dose-given.v1' || !dose.session) continue
      // A step that another device recorded first is stored all the same and becomes a conflict for both to resolve.
      if (known.some((each) => each.kind === 'dose-given.v1' && each.session === dose.session && each.body.step === dose.body.step)) continue
      const signed = entries.filter((each) => each !== dose).map((each) => ({ ...each, by: actor.person ?? '' }))
      const read = readChart([...known, ...(signed as unknown as StoredEntry[])])
      const clearance = clearanceNow(read, rulebook.eligibility, door.now, rulebook.screening)
      const blocking = blockedDose(read, { zone: row.zone, clearance, protocol: protocolOf(row.protocol) }, { session: dose.session, step: dose.body.step, at: dose.at })
      if (blocking.length > 0) throw new Problem('dose.gates', { detail: { entry: dose.id }, list: blocking.map(({ gate, says }) => ({ code: gate, says })) })
    }
  })
}

const FACTS = new Set(['fact.v1', 'condition.v1', 'medication.v1', 'allergy.v1', 'pregnancy-test.v1', 'observation.v1', 'weight.v1'])
/** What may reopen a clearance, where one was signed; readings of a running session are watched in the room. A message is always passed on. */
const mayFollow = (entry: StoredEntry, cleared: boolean) =>
  entry.kind === 'message.v1' || (cleared && (entry.kind === 'measure-answered.v1' || FACTS.has(entry.kind) || (entry.kind === 'vitals.v1' && !entry.session)))

const riskRows = (zone: string): RiskRows => ({ instruments: rulebook.instruments, paths: rulebook.risk.paths, followUpHours: rulebook.risk.followUpHours.value, zone })

/** Answers open a path by what they say themselves; the rest of the chart can only have closed or taken it over. */
const opensRisk = (fresh: readonly StoredEntry[], now: string) => fresh.some(({ kind }) => kind === 'measure-answered.v1') && openRisks(readChart(fresh), now, riskRows('UTC')).length > 0

async function follow(fresh: readonly StoredEntry[], chart: string, { shell, now }: Door, practice: string) {
  await asJob(shell, practice, async (client) => {
    const read = readChart(await readEntries({ client, actor: { practice } as never }, chart))
    const { rows: team } = await client.query<{ person: string; role: string; name: string; zone: string }>(
      `select t.person_id as person, t.role, c.display_name as name, p.zone from app.care_team t join app.chart c using (practice_id, chart_id) join app.practice p using (practice_id) where t.practice_id = $1 and t.chart_id = $2 and t.until is null`, [practice, chart])
    const name = team[0]?.name ?? 'A patient'
    const ids = new Set(fresh.map(({ id }) => id))
    const people = (...roles: string[]) => team.filter(({ role }) => roles.includes(role)).map(({ person }) => person)
    const risks = openRisks(read, now, riskRows(team[0]?.zone ?? 'UTC'))
    for (const risk of risks.filter(({ opened }) => ids.has(opened))) await tell(client, practice, people(risk.owner.role, ...risk.tell), { chart, kind: 'risk', says: `${name}: ${risk.says}`, entry: risk.opened, at: now })
    const clearance = clearanceNow(read, rulebook.eligibility, now, rulebook.screening)
    const news = clearance.newlyMet.filter(({ facts }) => facts.some(({ entries }) => entries.some((id) => ids.has(id))))
    if (clearance.state === 'reopened' && news.length > 0) await tell(client, practice, people('prescriber', 'therapist'), { chart, kind: 'reopened', says: `${name}: new facts reopened the medical clearance. ${news.map(({ rule }) => rule.says).join(' ')}`, at: now })
    for (const message of fresh.filter(({ kind }) => kind === 'message.v1')) {
      const others = people('therapist', 'coordinator').filter((person) => person !== message.by)
      await tell(client, practice, others, { chart, kind: 'message', says: `${name}: a message about ${message.kind === 'message.v1' ? message.body.topic : 'something'}.`, entry: message.id, at: now })
    }
  }, true)
}
