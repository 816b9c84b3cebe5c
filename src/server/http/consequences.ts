import { mayWrite } from '../../core/access/policy.ts'
import type { Role } from '../../core/access/roles.ts'
import { responsibleToTell } from '../../core/access/whom-to-tell.ts'
import { readChart } from '../../core/chart/chart.ts'
import type { EntryDraft, StoredEntry } from '../../core/chart/entry.ts'
import { clearanceNow } from '../../core/eligibility/clearance.ts'
import { kindsRead } from '../../core/eligibility/replay.ts'
import { sayMet } from '../../core/eligibility/say-fact.ts'
import { openRisks, type RiskRows } from '../../core/measures/open-risks.ts'
import { factVocabulary } from '../../knowledge/eligibility.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { editionInForce, editionNamed, shipped } from '../rulebook.ts'
import { asStored, type Append, type Numbered } from '../store/append.ts'
import { readEntries, tell } from '../store/charts.ts'
import { staff } from '../store/practice.ts'
import { asJob } from './job.ts'
import { protocolOf, requireRules } from './judging.ts'
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
      // A session keeps the rules it started with, whatever was adopted since.
      const started = read.all('session-started.v1').find(({ id }) => id === dose.session)
      const edition = await editionNamed({ client, actor }, started?.body.edition ?? '', 'now')
      requireRules(edition, dose.id)
      const clearance = clearanceNow(read, edition.book.eligibility, door.now, edition.book.screening)
      const blocking = blockedDose(read, { zone: row.zone, clearance, edition, protocol: protocolOf(row.protocol) }, { session: dose.session, step: dose.body.step, at: dose.at })
      if (blocking.length > 0) throw new Problem('dose.gates', { detail: { entry: dose.id }, list: blocking.map(({ gate, says }) => ({ code: gate, says })) })
    }
  })
}

/** What may reopen a clearance, where one was signed; readings of a running session are watched in the room. A message is always passed on. */
const mayFollow = (entry: StoredEntry, cleared: boolean) =>
  entry.kind === 'message.v1' || (cleared && kindsRead.includes(entry.kind) && !(entry.kind === 'vitals.v1' && entry.session))

const riskRows = ({ instruments, risk }: Rulebook, zone: string): RiskRows => ({ instruments, paths: risk.paths, followUpHours: risk.followUpHours.value, zone })

/** Answers open a path by what they say themselves; the rest of the chart can only have closed or taken it over. */
const opensRisk = (fresh: readonly StoredEntry[], now: string) => fresh.some(({ kind }) => kind === 'measure-answered.v1') && openRisks(readChart(fresh), now, riskRows(shipped, 'UTC')).length > 0

async function follow(fresh: readonly StoredEntry[], chart: string, { shell, now }: Door, practice: string) {
  await asJob(shell, practice, async (client) => {
    const asked = { client, actor: { practice } as never }
    const read = readChart(await readEntries(asked, chart))
    const { name, zone } = (await client.query<{ name: string; zone: string }>('select c.display_name as name, p.zone from app.chart c join app.practice p using (practice_id) where c.practice_id = $1 and c.chart_id = $2', [practice, chart])).rows[0] ?? { name: 'A patient', zone: 'UTC' }
    const { book } = await editionInForce(asked)
    const everybody = await staff(asked)
    const { rows: team } = await client.query<{ person: string; role: Role }>('select person_id as person, role from app.care_team where practice_id = $1 and chart_id = $2 and until is null', [practice, chart])
    // Whoever has left, or is no longer what the team knows them as, hears nothing: then somebody else has to.
    const people = (...roles: Role[]) => team.filter(({ person, role }) => roles.includes(role) && everybody.some((one) => one.person === person && one.active && one.roles.includes(role))).map(({ person }) => person)
    const clinicians = people('therapist', 'prescriber')
    const ids = new Set(fresh.map(({ id }) => id))
    for (const risk of openRisks(read, now, riskRows(book, zone)).filter(({ opened }) => ids.has(opened))) {
      const named = people(risk.owner.role, ...risk.tell)
      const told = named.some((person) => clinicians.includes(person)) ? named : [...named, ...clinicians]
      const about = { chart, kind: 'risk', entry: risk.opened, at: now, answerBy: risk.dueAt } as const
      await tell(client, practice, told, { ...about, says: `${name}: ${risk.says}` })
      if (clinicians.length === 0) await tell(client, practice, responsibleToTell(everybody, told), { ...about, says: `${name}: answers that cannot wait have come in, and no therapist or prescriber is on the team. See that a clinician speaks with the person, and put one on the team.` })
    }
    const clearance = clearanceNow(read, book.eligibility, now, book.screening)
    const news = clearance.newlyMet.filter(({ facts }) => facts.some(({ entries }) => entries.some((id) => ids.has(id))))
    if (clearance.state === 'reopened' && news.length > 0) {
      await tell(client, practice, clinicians, { chart, kind: 'reopened', says: `${name}: new facts reopened the medical clearance. ${news.map((one) => sayMet(one, factVocabulary)).join(' ')}`, at: now })
      if (clinicians.length === 0) await tell(client, practice, responsibleToTell(everybody), { chart, kind: 'reopened', says: `${name}: new facts reopened the medical clearance, and no therapist or prescriber is on the team. Put one on the team to look at them.`, at: now })
    }
    for (const message of fresh.filter(({ kind }) => kind === 'message.v1')) {
      const others = people('therapist', 'coordinator').filter((person) => person !== message.by)
      const desk = everybody.filter(({ person, active, roles }) => active && person !== message.by && roles.some((role) => role === 'coordinator' || role === 'owner')).map(({ person }) => person)
      await tell(client, practice, others.length > 0 ? others : desk, { chart, kind: 'message', says: `${name}: a message about ${message.kind === 'message.v1' ? message.body.topic : 'something'}.`, entry: message.id, at: now })
    }
  }, true)
}
