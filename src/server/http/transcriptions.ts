import { corrects } from '../../core/chart/corrections.ts'
import { readChart, type Chart } from '../../core/chart/chart.ts'
import { theServer, type Entry, type EntryDraft, type EntryOf } from '../../core/chart/entry.ts'
import type { BodyOf } from '../../core/chart/kinds.ts'
import type { Parsed } from '../../core/contract/contract.ts'
import { clearanceNow } from '../../core/eligibility/clearance.ts'
import { dosingVisits } from '../../core/measures/doses.ts'
import { sessionRowsOf } from '../../core/rulebook/book.ts'
import { courseIn } from '../../core/rulebook/own-courses.ts'
import type { Gate } from '../../core/session/gates.ts'
import { giveGates } from '../../core/session/give-gates.ts'
import { orderInForce } from '../../core/session/orders.ts'
import { readSession } from '../../core/session/session.ts'
import { startGates } from '../../core/session/start-gates.ts'
import { mayBeTyped, mayCompare, transcriptions } from '../../core/session/transcribed.ts'
import { localDay } from '../../core/shared/local-day.ts'
import type { Instant } from '../../core/shared/time.ts'
import { team, tell } from '../store/charts.ts'
import { entry, writeAct, written } from './acts.ts'
import { judgeDraft, write } from './charts.ts'
import { judgeLocked, type Judged } from './judging.ts'
import { Problem } from './problems.ts'
import { gateContext } from './sessions.ts'
import type { Handlers, Here } from './shell.ts'

type Unmet = BodyOf<'session-transcribed.v1'>['unmet']

/** Where a paper session had no order, clearance or consent to point at: an id that no entry has. */
const NOTHING = theServer

/**
 * What was done on paper is written down as it was, whatever stood against it then: nothing is refused for a gate. Which
 * gates were not met is judged for the moment it happened and stands beside it. A session that was on paper from its start
 * is begun and closed in one act, so that it never runs, and nobody is called for readings of yesterday.
 */
export const transcriptionHandlers: Handlers<'transcribe' | 'checkTranscription'> = {
  async transcribe({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = await written(here, params.chart, body.id, 'session-transcribed.v1', { wrote: body.wrote, why: body.why })
    if (before) return before
    const lines = body.lines.map(({ entry: one, by }) => ({ entry: judgeDraft(one), by }))
    refuseLines(lines.map((line) => line.entry), body, judged, here)
    const drafts = lines.map((line) => line.entry)
    const started = body.start ? startedOn(judged, here, body, drafts) : judged.chart.entry(body.session)
    if (started?.kind !== 'session-started.v1') throw new Problem('session.unknown')
    // The session first: what belongs to it can only be written once it stands.
    if (body.start) await write(here, params.chart, [started as EntryDraft], 'session.started', true)
    const typed = [...(body.start ? [{ entry: started.id, by: body.wrote }] : []), ...lines.map((line) => ({ entry: line.entry.id, by: line.by }))]
    const answer = await writeAct(here, params.chart, 'session.transcribed', entry('session-transcribed.v1', body.id, body.device, here, {
      wrote: body.wrote, why: body.why, edition: judged.edition.name, lines: typed, unmet: unmetOf(judged, { ...started, by: here.actor.person! } as EntryOf<'session-started.v1'>, drafts.map((one) => asWritten(one, here)), body.start !== undefined),
    }, { session: body.session }), drafts)
    await tellOthers(here, judged, `${judged.row.name}: a medicine session was typed from paper and is not yet checked. A second person compares it with the paper.`, body.id)
    return answer
  },
  async checkTranscription({ params, body }, here) {
    const judged = await judgeLocked(here, params.chart)
    const before = await written(here, params.chart, body.id, 'transcription-checked.v1', { transcription: params.transcription })
    if (before) return before
    const one = transcriptions(judged.chart).find((found) => found.entry.id === params.transcription)
    if (!one) throw new Problem('not-found')
    if (!mayCompare(one.entry, here.actor.person!)) throw new Problem('transcription.same-person')
    const name = (await team(here, params.chart)).find(({ person }) => person === here.actor.person)?.name
    if (name === undefined || body.typedName !== name) throw new Problem('transcription.refused', { list: [{ code: 'name', says: `Type your name as it stands here: ${name ?? 'you are not on the team of this person'}.` }] })
    const corrections = body.compared.flatMap((line) => (line.by ? [judgeDraft(line.by)] : []))
    refuseComparison(body.compared, one.lines.map((line) => line.entry), corrections, judged)
    const started = judged.chart.entry(one.entry.session!)
    if (started?.kind !== 'session-started.v1') throw new Problem('session.unknown')
    const standing = one.lines.map((line) => line.entry).filter(({ id }) => !corrections.some(({ amends }) => amends === id))
    const compared = body.compared.map((line) => ({ entry: line.entry, found: line.found, says: line.says, ...(line.by ? { by: line.by.id } : {}) }))
    const answer = await writeAct(here, params.chart, 'transcription.checked', entry('transcription-checked.v1', body.id, body.device, here, {
      transcription: params.transcription, compared, unmet: unmetOf(judged, started, [...standing, ...corrections.map((each) => asWritten(each, here))], standing.includes(started)),
      signature: { person: here.actor.person!, name, meaning: 'review', method: 'typed-name', signedAt: here.now },
    }, { session: one.entry.session! }), corrections)
    await here.client.query(`update app.notice set done_at = $4 where practice_id = $1 and person_id = $2 and chart_id = $3 and entry_id = $5 and done_at is null`, [here.actor.practice, here.actor.person, params.chart, here.now, params.transcription])
    return answer
  },
}

const asWritten = (draft: EntryDraft, here: Here): Entry => ({ ...draft, by: here.actor.person!, receivedAt: here.now }) as Entry

/** What cannot be taken from paper: signatures and permissions, another session's, what lies ahead, and a start without its end. */
function refuseLines(drafts: readonly EntryDraft[], body: Parsed<'transcribe'>['body'], { chart }: Judged, here: Here): void {
  const list: { code: string; says: string }[] = []
  for (const one of drafts) {
    if (!mayBeTyped(one)) list.push({ code: one.kind, says: 'This is not taken from paper: it takes its own act, by the person themselves.' })
    if (one.session !== body.session || one.amends !== undefined) list.push({ code: one.kind, says: 'Everything typed from one paper belongs to one session, and corrects nothing that was there before.' })
    if (one.at > here.now) list.push({ code: one.kind, says: 'This is dated ahead of now. Look at the day and the time on the paper.' })
    if (body.start && one.at < body.start.at) list.push({ code: one.kind, says: 'This is dated before the session began. Look at the time on the paper.' })
  }
  if (body.start) {
    if (chart.entry(body.session)) list.push({ code: 'session', says: 'There is an entry of this name already. Open the chart again.' })
    if (!drafts.some(({ kind }) => kind === 'session-closed.v1')) list.push({ code: 'session-closed.v1', says: 'Say how the session ended and when: a session typed from paper is over.' })
    if (body.start.at > here.now) list.push({ code: 'start', says: 'The session is dated ahead of now. Look at the day and the time on the paper.' })
    if (body.start.visit && !dosingVisits(chart).some(({ visit }) => visit === body.start!.visit)) list.push({ code: 'visit', says: 'This visit does not stand in the calendar of this person any more. Choose the one that does, or none.' })
  }
  if (list.length > 0) throw new Problem('transcription.refused', { list })
}

/** Each line once, as it stands now; what was not so is put right by an entry of its own, or said to differ. */
function refuseComparison(compared: Parsed<'checkTranscription'>['body']['compared'], lines: readonly Entry[], corrections: readonly EntryDraft[], { chart }: Judged): void {
  const list: { code: string; says: string }[] = []
  for (const line of compared) {
    const of = lines.find(({ id }) => id === line.entry)
    const by = corrections.find(({ id }) => id === line.by?.id)
    if (!of) list.push({ code: line.entry, says: 'This line has changed since you opened it. Open the comparison again.' })
    else if ((line.found === 'corrected' || line.found === 'struck') !== (by !== undefined)) list.push({ code: of.kind, says: 'A line that is put right or struck out needs the entry that does so.' })
    else if (by && (by.amends !== of.id || by.session !== of.session || !corrects(by, of) || chart.entry(by.id) || !mayBeTyped(by))) list.push({ code: of.kind, says: 'This does not take the place of the line it names.' })
    else if (line.found === 'struck' && by?.kind !== 'session-note.v1') list.push({ code: of.kind, says: 'A line is struck out by a note that says why.' })
    if ((line.found === 'differs' || line.found === 'struck') && line.says === '') list.push({ code: line.entry, says: 'Say what stands on the paper.' })
  }
  const missing = lines.filter(({ id }) => !compared.some((line) => line.entry === id)).length
  if (missing > 0) list.push({ code: 'lines', says: `${missing} ${missing === 1 ? 'line has' : 'lines have'} not been compared.` })
  if (list.length > 0) throw new Problem('transcription.refused', { list })
}

/** The session as it was on paper, by the order and the clearance that held on that day. What was not there is not made up. */
function startedOn({ chart, edition, row, zone }: Judged, here: Here, { session, device, start }: Parsed<'transcribe'>['body'], drafts: readonly EntryDraft[]): Entry {
  const { at, visit, people } = start!
  const then = readChart(chart.entries.filter((one) => one.at <= at))
  const order = orderInForce(then, localDay(at, zone)) ?? then.latest('order.v1')
  const given = drafts.find((one) => one.kind === 'dose-given.v1')
  const consents = then.all('consent.v1').map(({ id }) => id)
  const plan = then.latest('safety-plan.v1')
  const made = entry('session-started.v1', session, device, here, {
    ...(visit ? { visit } : {}), protocol: row.protocol ?? 'none', route: given?.kind === 'dose-given.v1' ? given.body.route : order?.body.route ?? 'IM', order: order?.id ?? NOTHING, clearance: then.latest('clearance.v1')?.id ?? NOTHING,
    consents: consents.length > 0 ? consents : [NOTHING], ...(plan ? { safetyPlan: plan.id } : {}), edition: edition.name, number: then.all('session-started.v1').length + 1, gates: [], people: people.slice(),
  })
  return { ...made, at, by: here.actor.person! } as Entry
}

/** Every gate that did not hold when the session began and when each dose was given, judged for that moment. */
function unmetOf(judged: Judged, started: EntryOf<'session-started.v1'>, typed: readonly Entry[], begun: boolean): Unmet {
  const before = judged.chart.entries.filter(({ id }) => id !== started.id && !typed.some((one) => one.id === id || one.amends === id))
  const atStart = begun ? said(started.at, undefined, atStartOf(judged, readChart(before.filter(({ at }) => at <= started.at)), started)) : []
  const doses = typed.flatMap((dose) => (dose.kind === 'dose-given.v1' ? [dose] : []))
  return [...atStart, ...doses.flatMap((dose) => {
    const chart = readChart([...before, started, ...typed.filter(({ id }) => id !== dose.id)].filter(({ at }) => at <= dose.at))
    return said(dose.at, dose.body.step, atDose(judged, chart, started, dose))
  })].slice(0, MOST)
}
const MOST = 200

const said = (at: Instant, step: number | undefined, gates: readonly Gate[]): Unmet =>
  gates.flatMap(({ gate, state, says }) => (state === 'met' ? [] : [{ at, ...(step === undefined ? {} : { step }), gate, state, says: says.slice(0, 2000) }]))

const contextAt = ({ zone, edition }: Judged, chart: Chart, at: Instant) =>
  gateContext({ chart, zone, edition, clearance: clearanceNow(chart, edition.book.eligibility, at, edition.book.screening) }, at)

function atStartOf(judged: Judged, chart: Chart, { at, body }: EntryOf<'session-started.v1'>): readonly Gate[] {
  const protocol = courseIn(judged.edition.book, body.protocol)
  if (!protocol) return [nobodyKnows('There was no course on this chart to judge the start by.')]
  return startGates(chart, protocol, { ...contextAt(judged, chart, at), people: body.people, ...(body.visit ? { visit: body.visit } : {}) })
}

/** The dose as it was given. That somebody confirmed it with a sign-in cannot be, on paper: it says whom the paper names. */
function atDose(judged: Judged, chart: Chart, started: EntryOf<'session-started.v1'>, dose: EntryOf<'dose-given.v1'>): readonly Gate[] {
  const { book } = judged.edition
  const protocol = courseIn(book, started.body.protocol)
  const session = readSession(chart, started.id, sessionRowsOf(book), { now: dose.at, zone: judged.zone })
  if (!protocol || !session.ok) return [nobodyKnows('There was no course on this chart to judge the dose by.')]
  const gates = giveGates(chart, session.value, protocol, dose.body.step, { ...contextAt(judged, chart, dose.at), ...(started.body.visit ? { visit: started.body.visit } : {}), dosing: book.dosing, preDose: book.monitoring.preDose, screening: book.screening, discharge: book.discharge, schedules: book.monitoring.schedules })
  return gates.map((gate) => (gate.gate === 'confirmed' ? { ...gate, state: 'not-met' as const, says: 'Nobody confirmed the dose with a sign-in: what stands on the paper is all there is.' } : gate))
}

const nobodyKnows = (says: string): Gate => ({ gate: 'session-open', state: 'unknown', facts: [], says, overridable: false })

async function tellOthers(here: Here, { row }: Judged, says: string, about: string): Promise<void> {
  const people = (await team(here, row.chart)).filter(({ person, role }) => person !== here.actor.person && (role === 'therapist' || role === 'prescriber' || role === 'monitor')).map(({ person }) => person)
  await tell(here.client, here.actor.practice, people, { chart: row.chart, kind: 'paper', says, entry: about, at: here.now })
}
