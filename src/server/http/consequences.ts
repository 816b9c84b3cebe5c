import { mayWrite } from '../../core/access/policy.ts'
import { readChart } from '../../core/chart/chart.ts'
import type { Entry, EntryDraft } from '../../core/chart/entry.ts'
import { clearanceNow } from '../../core/eligibility/clearance.ts'
import { withReopening } from '../../core/eligibility/reopened.ts'
import { editionNamed } from '../rulebook.ts'
import { asStored, type Append, type Numbered } from '../store/append.ts'
import { readEntries } from '../store/charts.ts'
import { followedTo } from '../store/followed.ts'
import { follow, mayFollow, reopeningRows } from './follow.ts'
import { asJob } from './job.ts'
import { requireRules } from './judging.ts'
import { Problem } from './problems.ts'
import { blockedDose } from './sessions.ts'
import type { Door } from './shell.ts'
import { concernsLedger, takeOverEntries } from './take-over.ts'

/**
 * Appends through the queue that commits many charts together, lets the room hear of it, and sees to what follows from it.
 * The entries are durable by then: where following fails, the answer is the same, and a job follows up.
 */
export async function heldEntries({ entries, chart }: { entries: readonly EntryDraft[]; chart: string }, door: Door): Promise<Numbered[]> {
  const { shell, token, now } = door
  const actor = await shell.actors.of(token)
  const item: Append = { token, actor, stream: chart, entries, receivedAt: now, action: 'entries.append' }
  const { stored, cleared } = await shell.append(item)
  const fresh = asStored(item, stored)
  shell.live.publish(chart, fresh)
  const answered = fresh.flatMap((entry) => (entry.kind === 'question-answered.v1' ? [entry.body.question] : []))
  // Their own list, in their own name: whoever has answered is not asked any more.
  if (answered.length > 0) await shell.database.inContext(token, { chart, durable: true }, ({ client }) => client.query(`update app.notice set done_at = coalesce(done_at, $3) where practice_id = $1 and kind = 'question' and entry_id = any($2)`, [actor.practice, answered, now]))
  if (mayFollow(fresh, cleared, now)) {
    await follow(shell, actor.practice, chart, now).catch((failure: unknown) => shell.log.warn({ failure: String((failure as Error).message) }, 'what follows from an entry could not be seen to, and a job will'))
  }
  if (fresh.some(({ kind }) => concernsLedger(kind))) {
    await takeOverEntries(shell, actor.practice).catch((failure: unknown) => shell.log.warn({ failure: String((failure as Error).message) }, 'the drug ledger could not take over what was written, and a job will'))
  }
  return stored
}

/** A dose is not recorded as given while a gate stands against it. The device keeps the entry and shows why. */
export async function refuseUngated(entries: readonly EntryDraft[], chart: string, door: Door): Promise<void> {
  if (!entries.some(({ kind }) => kind === 'dose-given.v1')) return
  const { actor, standings } = await door.shell.database.inContext(door.token, { chart, durable: false }, async (context) => context)
  // Whoever may not give a dose here is refused as such, and learns nothing about the gates.
  if (!mayWrite('dose-given.v1', standings)) return
  await refuseUngatedDoses(entries, chart, { shell: door.shell, practice: actor.practice, by: actor.person ?? '', now: door.now })
}

/** The same for doses whose author is not whoever asks: they are judged as their author's. */
export async function refuseUngatedDoses(entries: readonly EntryDraft[], chart: string, { shell, practice, by, now }: { readonly shell: Door['shell']; readonly practice: string; readonly by: string; readonly now: string }): Promise<void> {
  if (!entries.some(({ kind }) => kind === 'dose-given.v1')) return
  const actor = { practice } as never
  await asJob(shell, practice, async (client) => {
    const followed = await followedTo(client, practice, chart)
    const known = await readEntries({ client, actor }, chart)
    const row = (await client.query<{ zone: string }>('select p.zone from app.chart c join app.practice p using (practice_id) where c.practice_id = $1 and c.chart_id = $2', [practice, chart])).rows[0]
    if (!row) return
    const doses = entries.filter((each) => each.kind === 'dose-given.v1' && !known.some(({ id }) => id === each.id))
    for (const dose of doses) {
      if (dose.kind !== 'dose-given.v1' || !dose.session) continue
      const ofItsStep = (each: EntryDraft) => each.kind === 'dose-given.v1' && each.session === dose.session && each.body.step === dose.body.step
      // A step that another device recorded first is stored all the same and becomes a conflict for both to resolve.
      if (dose.amends === undefined && known.some(ofItsStep)) continue
      // A dose put right, however often, is judged as if it were given for the first time: what was recorded of its step before is left out.
      const before = known.filter((each) => !ofItsStep(each))
      const signed = entries.filter((each) => each !== dose && (dose.amends === undefined || !ofItsStep(each))).map((each) => ({ ...each, by }))
      // A session keeps the rules it started with, whatever was adopted since.
      const started = readChart(before).all('session-started.v1').find(({ id }) => id === dose.session)
      const edition = await editionNamed({ client, actor }, started?.body.edition ?? '', 'now')
      requireRules(edition, dose.id)
      const read = readChart(withReopening([...before, ...(signed as unknown as Entry[])], followed, reopeningRows(edition)))
      const clearance = clearanceNow(read, edition.book.eligibility, now, edition.book.screening)
      const blocking = blockedDose(read, { zone: row.zone, clearance, edition }, { session: dose.session, at: dose.at, body: dose.body })
      if (blocking.length > 0) throw new Problem('dose.gates', { detail: { entry: dose.id }, list: blocking.map(({ gate, says }) => ({ code: gate, says })) })
    }
  })
}
