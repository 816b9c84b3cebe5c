import { randomUUID } from 'node:crypto'
import type { Parsed } from '../../core/contract/contract.ts'
import { differencesOf, isOvertaken } from '../../core/ledger/differences.ts'
import { refusalOf } from '../../core/ledger/laws.ts'
import { openLedger, type LedgerNow } from '../../core/ledger/ledger.ts'
import type { Line, LineDraft } from '../../core/ledger/line.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { dayEnd } from '../../core/shared/local-day.ts'
import { ledgerRows } from '../../knowledge/ledger.ts'
import { appendLines, ledgerLines, lockLedger } from '../store/ledger.ts'
import { practiceRow } from '../store/practice.ts'
import { ledgerShown, logShown, openShown } from './ledger-shown.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'

type Acts = 'openPlace' | 'receiveStock' | 'takeStock' | 'countStock' | 'witnessLine' | 'explainDifference' | 'closePeriod'
type Written = { lines: { id: string; seq: number }[] }

/** The drug ledger's acts. Each is judged under the lock on the ledger's head, by the same laws that the database asks once more. */
export const ledgerHandlers: Handlers<'ledger' | 'ledgerOpen' | 'ledgerLog' | Acts> = {
  ledger: (_, here) => ledgerShown(here),
  ledgerOpen: (_, here) => openShown(here),
  ledgerLog: ({ query }, here) => logShown(here, query),
  openPlace: ({ body }, here) => act(here, ({ line }) => [line('place', { id: body.id, place: body.id }, { name: body.name, registration: body.registration })], { begin: true }),
  receiveStock: ({ body }, here) => act(here, ({ line, ledger }) => {
    const first = Math.max(0, ...[...ledger.containers.values()].filter(({ label }) => label.lot === body.label.lot && label.form === body.label.form).map(({ label }) => label.number))
    return body.containers.map((id, nth) => line('received', { id, place: body.place, container: id, quantity: body.quantity, at: body.at }, { ...body.label, number: ledger.containers.get(id)?.label.number ?? first + nth + 1 }))
  }),
  takeStock: ({ body }, here) => act(here, ({ line, ledger }) => [takenLine(body, ledger, line)]),
  countStock: ({ body }, here) => act(here, ({ line, ledger }) => body.counts.map(({ id, container, counted, expected }) => {
    const known = ledger.lineOf(id)
    if (!known && ledger.containers.get(container)?.onHand !== expected) throw new Problem('ledger.moved-on', { list: [{ code: 'count', says: 'Something was drawn, wasted or received while you were counting.' }] })
    return line('counted', { id, place: body.place, container, quantity: counted, at: body.at }, { expected, act: body.id })
  })),
  witnessLine: ({ params, body }, here) => act(here, async ({ line, ledger }) => {
    const about = ledger.lineOf(params.line)
    const signed = line('witnessed', { id: body.id, place: about?.place ?? params.line, of: params.line }, { name: await myName(here), method: 'one-time-code' })
    if (about?.kind === 'resolved' && !ledger.lineOf(body.id) && isOvertaken(ledger, about.body.difference)) throw refused('about', 'It was counted again since this was explained. Nothing was signed: explain what the newer count found.')
    const adjust = about?.kind === 'resolved' ? about.body.adjust : undefined
    // What two people have signed is put right with the second signature, and not before.
    return adjust && ledger.containers.has(adjust.container) ? [signed, line('adjusted', { id: ledger.lines.find(({ kind, of }) => kind === 'adjusted' && of === params.line)?.id ?? randomUUID(), place: ledger.containers.get(adjust.container)!.place, container: adjust.container, quantity: adjust.quantity, of: params.line }, { way: adjust.way })] : [signed]
  }, { code: body.code }),
  explainDifference: ({ body }, here) => act(here, ({ line, ledger }) => {
    const found = differencesOf(ledger, ledgerRows).find(({ key }) => key === body.difference)
    const known = ledger.lineOf(body.id)
    if (!found && !known) throw refused('about', 'This difference is not open any more.')
    // A count is put right by what was counted. What is not in the ledger at all is put right by naming what it came from.
    if (found && body.adjust && found.kind !== 'unfit' && canonical(body.adjust) !== canonical(found.adjust ?? null)) throw refused('adjusted', 'This difference is not put right by so much.')
    return [line('resolved', { id: body.id, place: found?.place ?? known!.place }, { difference: body.difference, reason: body.reason, ...(body.adjust && { adjust: body.adjust }) })]
  }, { code: body.code }),
  closePeriod: ({ body }, here) => act(here, ({ line, ledger, zone }) => [line('closed', { id: body.id, place: body.place }, {
    through: new Date(Date.parse(dayEnd(body.through, zone)) - 1).toISOString(), onHand: [...ledger.containers.values()].filter(({ place, onHand }) => place === body.place && onHand > 0).map(({ id, onHand }) => ({ container: id, quantity: onHand })),
  })], { code: body.code }),
}

type Make = (kind: LineDraft['kind'], about: Partial<LineDraft> & { readonly id: string; readonly place: string }, body: object) => LineDraft
interface Held { readonly ledger: LedgerNow; readonly zone: string; readonly line: Make }

/** Holds the ledger, makes the lines, judges each by what stands before it, and writes them all or none. What was written already is answered as it stands. */
async function act(here: Here, make: (held: Held) => readonly LineDraft[] | Promise<readonly LineDraft[]>, { begin = false, code }: { begin?: boolean; code?: string } = {}): Promise<Written> {
  const head = await lockLedger(here, begin ? here.now : undefined)
  if (!head) throw refused('place', 'No drug ledger was begun here yet. A prescriber begins it by naming the registered place.')
  const { zone } = await practiceRow(here)
  const reading = openLedger(await ledgerLines(here), zone)
  const { ledger } = reading
  const receivedAt = head.at > here.now ? head.at : here.now
  const line: Make = (kind, about, body) => ({ at: receivedAt, by: here.actor.person!, receivedAt, fits: true, kind, body, ...about }) as LineDraft
  const drafts = await make({ ledger, zone, line })
  const again = writtenBefore(ledger, drafts)
  if (again) return again
  judge(reading, drafts, zone, here.now)
  if (code !== undefined) await requireCode(here, code)
  return { lines: (await appendLines(here, drafts)).map(({ id, seq }) => ({ id, seq })) }
}

/** The same act, whose answer was lost on the way: nothing is written twice, and an id never says something else. */
function writtenBefore(ledger: LedgerNow, drafts: readonly LineDraft[]): Written | undefined {
  const known = drafts.map(({ id }) => ledger.lineOf(id))
  if (known.every((one) => one === undefined)) return undefined
  const says = ({ kind, by, place, container, quantity, of, body }: LineDraft) => canonical({ kind, by, place, container, quantity, of, body })
  if (known.some((one, at) => one === undefined || says(one) !== says(drafts[at]!))) throw new Problem('entry.rewritten')
  return { lines: known.map((one) => ({ id: one!.id, seq: one!.seq })) }
}

const AHEAD_MS = 5 * 60_000
function judge({ ledger, add }: ReturnType<typeof openLedger>, drafts: readonly LineDraft[], zone: string, now: string): void {
  for (const draft of drafts) {
    if (Date.parse(draft.at) > Date.parse(now) + AHEAD_MS) throw new Problem('entry.from-the-future')
    const found = refusalOf(ledger, draft, zone)
    if (found) throw refused(found.code, found.says)
    add({ ...draft, seq: ledger.lines.length + 1, digest: '' } as Line)
  }
}

function takenLine(body: Parsed<'takeStock'>['body'], ledger: LedgerNow, line: Make): LineDraft {
  const box = ledger.containers.get(body.container)
  if (!box) throw refused('container', 'This vial, bottle or box was never received here.')
  const about = { id: body.id, place: box.place, container: box.id, at: body.at }
  switch (body.kind) {
    case 'wasted': return line('wasted', { ...about, quantity: body.quantity, of: body.draw }, { how: body.how })
    case 'lost': return line('lost', { ...about, quantity: body.quantity, of: body.draw }, { what: body.what, why: body.why })
    case 'returned': return line('returned', { ...about, quantity: body.quantity, of: body.draw }, { why: body.why })
    case 'destroyed': return line('destroyed', { ...about, quantity: body.quantity }, { how: body.how, why: body.why, paper: body.paper })
    case 'sent-away': return line('sent-away', { ...about, quantity: body.quantity }, { to: body.to, why: body.why, paper: body.paper })
    case 'transferred': {
      const known = ledger.lineOf(body.id)
      return line('transferred', { ...about, place: body.to, quantity: known?.quantity ?? box.onHand }, { from: known?.kind === 'transferred' ? known.body.from : box.place, why: body.why })
    }
  }
}

async function myName({ client, actor }: Here): Promise<string> {
  return (await client.query<{ name: string }>(`select given_name || ' ' || family_name as name from app.person where practice_id = $1 and person_id = $2`, [actor.practice, actor.person])).rows[0]!.name
}

const refused = (code: string, says: string) => new Problem('ledger.refused', { list: [{ code, says }] })

