import type { PoolClient } from 'pg'
import type { Role } from '../../core/access/roles.ts'
import { responsibleToTell } from '../../core/access/whom-to-tell.ts'
import { readChart, type Chart } from '../../core/chart/chart.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { mayReopen, reopenedBody, reopenedSince, type ReopeningRows } from '../../core/eligibility/reopened.ts'
import { sayMet } from '../../core/eligibility/say-fact.ts'
import { alarmsOn } from '../../core/reminders/alarms.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { dayAlarmWords } from '../../knowledge/reminders.ts'
import { misuseNow, tellsOfMisuse } from '../../core/misuse/signs.ts'
import { openRisks, tellsOf } from '../../core/measures/open-risks.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { isWaiting, lanesOf } from '../../core/session/lanes.ts'
import { ownerOf, sayReopened } from '../../core/session/record-matters.ts'
import { localClock, sayDay, sayTime } from '../../core/shared/local-day.ts'
import { factVocabulary } from '../../knowledge/eligibility.ts'
import { editionInForce, shipped, type Edition } from '../rulebook.ts'
import { readEntries, tell } from '../store/charts.ts'
import { appendFound, closedAmong, lockFollowed, moveFollowed } from '../store/followed.ts'
import { staff } from '../store/practice.ts'
import { asJob } from './job.ts'
import { asksForSomebody, tellAfterwards } from './afterwards-told.ts'
import { callAboutRisks } from './on-call-told.ts'
import { riskRows } from './risk-rows.ts'
import { tellLicenceDecided, tellUnlicensed } from './unlicensed-told.ts'
import type { Shell } from './shell.ts'

/** Longer than anybody holds a chart. Who follows holds a connection that requests may wait for, so it never waits for long. */
const WAITS_MS = 500

/** Whether people have to hear of what was just appended; readings of a running session are watched in the room. */
export const mayFollow = (fresh: readonly StoredEntry[], cleared: boolean, now: string): boolean =>
  fresh.some((entry) => entry.kind === 'message.v1' || asksForSomebody(entry) || isSaidBefore(entry) || isAskedInSession(entry) || entry.kind === 'misuse-sign.v1' || entry.kind === 'risk-contact.v1' || (cleared && mayReopen(entry))) || opensRisk(fresh, now) || fresh.some((entry) => isTold(entry, shipped))

/** Said before a visit, by the person or by the adult who takes them home. */
const isSaidBefore = ({ kind }: StoredEntry): boolean => kind === 'day-answers.v1' || kind === 'ride-answered.v1' || kind === 'whereabouts.v1' || kind === 'licence-decided.v1'

/** Whoever is not in the room has to hear that the room asks them. */
const isAskedInSession = ({ kind, session }: StoredEntry): boolean => session !== undefined && kind === 'question-asked.v1'

/** Answers open a path by what they say themselves; the rest of the chart can only have closed or taken it over. */
const opensRisk = (fresh: readonly StoredEntry[], now: string) => fresh.some(({ kind }) => kind === 'measure-answered.v1') && openRisks(readChart(fresh), now, riskRows(shipped, 'UTC')).length > 0

/** An interview that opens no path and that somebody hears of. */
const isTold = (entry: StoredEntry, { risk, instruments }: Rulebook): boolean => entry.kind === 'measure-answered.v1' && tellsOf(entry, risk.told, instruments)

/**
 * Sees to what follows from every entry of a chart since the last time, once: notices, the entry that a clearance was
 * reopened, and the number up to which this was done are of one transaction, under a lock. Whoever comes second finds
 * nothing left, and what a crash took back is found again.
 */
export async function follow({ database, live, origin }: Pick<Shell, 'database' | 'live' | 'origin'>, practice: string, chart: string, now: string): Promise<void> {
  const nudged: string[] = []
  const found = await asJob({ database }, practice, async (client) => {
    await client.query(`set local lock_timeout = ${WAITS_MS}`)
    const from = await lockFollowed(client, practice, chart)
    const asked = { client, actor: { practice } as never }
    const fresh = await readEntries(asked, chart, { after: from })
    const to = fresh.at(-1)?.seq
    if (to === undefined) return undefined
    await moveFollowed(client, practice, chart, to)
    const ended = await closedAmong(client, practice, fresh.flatMap(({ session }) => session ?? []))
    if (!fresh.some((entry) => entry.kind === 'message.v1' || asksForSomebody(entry) || isSaidBefore(entry) || entry.kind === 'measure-answered.v1' || entry.kind === 'risk-contact.v1' || isAskedInSession(entry) || mayReopen(entry) || (entry.session !== undefined && ended.includes(entry.session)))) {
      // A crash takes nothing back but the number: it is not worth a flush.
      await client.query('set local synchronous_commit = off')
      return undefined
    }
    const situation = await situationOf(client, practice, chart, now)
    await tellRisks(situation, fresh)
    nudged.push(...(await callAboutRisks(situation, fresh, origin())))
    await tellLow(situation, fresh)
    const reopened = await tellReopened(situation, from, to)
    await tellMisuse(situation, fresh)
    await tellMessages(situation, fresh)
    await tellAfterwards(situation, fresh)
    await tellSaidBefore(situation, fresh)
    await tellUnlicensed(situation, fresh)
    await tellLicenceDecided(situation, fresh)
    nudged.push(...(await tellQuestions(situation, fresh)))
    for (const session of ended) await tellLate(situation, session, fresh)
    return reopened
  }, true)
  if (found) live.publish(chart, [found])
  if (nudged.length > 0) live.nudge(nudged)
}

export interface Situation {
  readonly client: PoolClient
  readonly practice: string
  readonly chart: string
  readonly now: string
  readonly name: string
  readonly zone: string
  readonly edition: Edition
  readonly written: readonly StoredEntry[]
  readonly read: Chart
  readonly everybody: Awaited<ReturnType<typeof staff>>
  /** Those on the care team in one of these roles. Whoever has left, or is no longer what the team knows them as, hears nothing: then somebody else has to. */
  readonly people: (...roles: Role[]) => string[]
  readonly clinicians: readonly string[]
  readonly team: readonly { readonly person: string; readonly role: Role }[]
}

async function situationOf(client: PoolClient, practice: string, chart: string, now: string): Promise<Situation> {
  const asked = { client, actor: { practice } as never }
  const written = await readEntries(asked, chart)
  const { name, zone } = (await client.query<{ name: string; zone: string }>('select c.display_name as name, p.zone from app.chart c join app.practice p using (practice_id) where c.practice_id = $1 and c.chart_id = $2', [practice, chart])).rows[0] ?? { name: 'A patient', zone: 'UTC' }
  const edition = await editionInForce(asked)
  const everybody = await staff(asked)
  const { rows: team } = await client.query<{ person: string; role: Role }>('select person_id as person, role from app.care_team where practice_id = $1 and chart_id = $2 and until is null', [practice, chart])
  const people = (...roles: Role[]) => team.filter(({ person, role }) => roles.includes(role) && everybody.some((one) => one.person === person && one.active && one.roles.includes(role))).map(({ person }) => person)
  return { client, practice, chart, now, name, zone, edition, written, read: readChart(written), everybody, people, clinicians: people('therapist', 'prescriber'), team: team.filter(({ person, role }) => people(role).includes(person)) }
}

async function tellRisks({ client, practice, chart, now, name, zone, edition, read, everybody, people, clinicians }: Situation, fresh: readonly StoredEntry[]): Promise<void> {
  // What an import brought along was answered elsewhere, long ago: the chart shows it, and nobody is called for it.
  const broughtIn = new Set(read.all('imported.v1').flatMap(({ body }) => body.becameEntries))
  const ids = new Set(fresh.map(({ id }) => id).filter((id) => !broughtIn.has(id)))
  for (const risk of openRisks(read, now, riskRows(edition.book, zone)).filter(({ opened }) => ids.has(opened))) {
    const named = people(risk.owner.role, ...risk.tell)
    const told = named.some((person) => clinicians.includes(person)) ? named : [...named, ...clinicians]
    const about = { chart, kind: 'risk', entry: risk.opened, at: now, answerBy: risk.dueAt } as const
    await tell(client, practice, told, { ...about, says: `${name}: ${risk.says}` })
    if (clinicians.length === 0) await tell(client, practice, responsibleToTell(everybody, told), { ...about, says: `${name}: answers that cannot wait have come in, and no therapist or prescriber is on the team. See that a clinician speaks with the person, and put one on the team.` })
  }
}

/** No path and no clock: whoever owns the relationship hears of it, unless they asked themselves. With nobody there to hear it, those who answer for the practice do. */
async function tellLow({ client, practice, chart, now, name, edition: { book }, read, everybody, people }: Situation, fresh: readonly StoredEntry[]): Promise<void> {
  const broughtIn = new Set(read.all('imported.v1').flatMap(({ body }) => body.becameEntries))
  const owners = people(book.risk.told.tell)
  for (const { id, by } of fresh.filter((entry) => !broughtIn.has(entry.id) && isTold(entry, book))) {
    if (owners.includes(by)) continue
    await tell(client, practice, owners.length > 0 ? owners : responsibleToTell(everybody), { chart, kind: 'low', entry: id, says: `${name}: ${book.risk.told.says}`, at: now })
  }
}

/** Writes down that the clearance was reopened, so that it stays so until a prescriber signs again, and tells those who have to look. */
async function tellReopened({ client, practice, chart, now, name, edition, written, everybody, clinicians }: Situation, from: number, to: number): Promise<StoredEntry | undefined> {
  const reopened = reopenedSince(written, from, reopeningRows(edition))
  if (!reopened) return undefined
  const entry = await appendFound(client, practice, { chart, kind: 'clearance-reopened.v1', at: reopened.at, body: reopenedBody(reopened, edition.name), judgedTo: to }, now)
  if (!entry || reopened.news.length === 0) return entry
  const about = { chart, kind: 'reopened', entry: entry.id, at: now } as const
  await tell(client, practice, clinicians, { ...about, says: `${name}: new facts reopened the medical clearance. ${reopened.news.map((one) => sayMet(one, factVocabulary)).join(' ')}` })
  if (clinicians.length === 0) await tell(client, practice, responsibleToTell(everybody), { ...about, says: `${name}: new facts reopened the medical clearance, and no therapist or prescriber is on the team. Put one on the team to look at them.` })
  return entry
}

export const reopeningRows = ({ book, name }: Edition): ReopeningRows => ({ rules: book.eligibility, limits: book.screening, edition: name, misuse: book.misuse })

/** Prescribers hear that there is something to read, and nobody else hears anything. The sentence itself says nothing of what it is. */
async function tellMisuse({ client, practice, chart, now, name, edition: { book: { misuse } }, written, read, everybody, people }: Situation, fresh: readonly StoredEntry[]): Promise<void> {
  const first = fresh.find(tellsOfMisuse)
  if (!first) return
  const { level } = misuseNow(read, misuse)
  const before = misuseNow(readChart(written.filter(({ seq }) => seq < first.seq)), misuse).level
  if (level === 'none' || level === before || before === 'hold') return
  const prescribers = people('prescriber')
  await tell(client, practice, prescribers.length > 0 ? prescribers : everybody.filter(({ active, roles }) => active && roles.includes('medical-director')).map(({ person }) => person), { chart, kind: 'to-prescriber', entry: first.id, says: `${name}: ${misuse.asks}`, at: now })
}

/** A record that people have signed is open again: they hear of it, and so does the one who has to look at what came. */
async function tellLate({ client, practice, chart, now, name, zone, read, everybody, team, clinicians }: Situation, session: string, fresh: readonly StoredEntry[]): Promise<void> {
  const lanes = lanesOf(read, session)
  const came = (lanes?.late ?? []).filter((one) => isWaiting(one) && fresh.some(({ id }) => id === one.entry.id))
  if (!lanes || came.length === 0) return
  const signed = [...lanes.main.all('session-closed.v1'), ...lanes.main.all('discharge-signed.v1'), ...lanes.main.all('session-narrative.v1')].map(({ by }) => by)
  const owner = ownerOf({ about: 'late', not: undefined }, team)?.person
  const here = [...signed, ...(owner ? [owner] : clinicians)].filter((person) => everybody.some((one) => one.person === person && one.active))
  const nameOf = (person: string) => everybody.find((one) => one.person === person)?.name ?? 'somebody of this practice'
  const says = sayReopened(read, session, { name: nameOf, time: (at) => `${sayTime(at, zone)} on ${sayDay(at, zone)}` })
  await tell(client, practice, here.length > 0 ? here : responsibleToTell(everybody), { chart, kind: 'late', entry: session, says: `${name}: the record of medicine session ${lanes.started.body.number} is ${says} A clinician takes each into the record or leaves it aside.`, at: now })
}

/** Asked from a running session: told at once, above whatever page is open. Answers who has to look. */
async function tellQuestions({ client, practice, chart, now, name, zone, everybody }: Situation, fresh: readonly StoredEntry[]): Promise<string[]> {
  const nameOf = (person: string) => everybody.find((one) => one.person === person)?.name ?? 'somebody of this practice'
  const asked = fresh.flatMap((entry) => (entry.kind === 'question-asked.v1' && isAskedInSession(entry) ? [entry] : []))
  for (const { id, by, body: { to, text, dueAt } } of asked) {
    await tell(client, practice, [to], { chart, kind: 'question', entry: id, says: `${name}, in a medicine session: ${nameOf(by)} asks you: ${text}${dueAt ? ` An answer is expected by ${localClock(dueAt, zone)}.` : ''}`, at: now })
  }
  return asked.map(({ body }) => body.to)
}

async function tellMessages({ client, practice, chart, now, name, everybody, people }: Situation, fresh: readonly StoredEntry[]): Promise<void> {
  for (const message of fresh) {
    if (message.kind !== 'message.v1') continue
    const others = people('therapist', 'coordinator').filter((person) => person !== message.by)
    const desk = everybody.filter(({ person, active, roles }) => active && person !== message.by && roles.some((role) => role === 'coordinator' || role === 'owner')).map(({ person }) => person)
    await tell(client, practice, others.length > 0 ? others : desk, { chart, kind: 'message', says: `${name}: a message about ${message.body.topic}.`, entry: message.id, at: now })
  }
}

/** An answer before a session that asks for somebody: those who treat hear it with what the rule says; the desk hears of the ride, and nothing else. */
async function tellSaidBefore({ client, practice, chart, now, name, zone, edition: { book }, read, everybody, clinicians }: Situation, fresh: readonly StoredEntry[]): Promise<void> {
  const desk = everybody.filter(({ active, roles }) => active && roles.includes('coordinator')).map(({ person }) => person)
  const treating = clinicians.length > 0 ? clinicians : responsibleToTell(everybody)
  const visits = standingVisits(read)
  for (const entry of fresh) {
    if (entry.kind === 'ride-answered.v1' && !entry.body.comes) {
      await tell(client, practice, [...treating, ...desk], { chart, kind: 'day', entry: entry.id, says: `${name}: ${dayAlarmWords.rideRefused} ${entry.body.name} said so at ${sayTime(entry.at, zone)}.`, at: now })
    }
    const visit = entry.kind === 'day-answers.v1' ? visits.find((one) => one.visit === entry.body.visit) : undefined
    if (entry.kind !== 'day-answers.v1' || !visit) continue
    const alarms = alarmsOn(read, entry.body.said, { book, words: dayAlarmWords, startsAt: visit.startsAt, zone })
    if (alarms.length === 0) continue
    await tell(client, practice, treating, { chart, kind: 'day', entry: entry.id, says: `${name}, before the session at ${sayTime(visit.startsAt, zone)} on ${sayDay(visit.startsAt, zone)}: ${alarms.map(({ says }) => says).join(' ')}`, at: now })
    if (alarms.some(({ about }) => about === 'ride')) await tell(client, practice, desk, { chart, kind: 'day', entry: entry.id, says: `${name}: nobody takes them home after the session at ${sayTime(visit.startsAt, zone)}. Call them.`, at: now })
  }
}
