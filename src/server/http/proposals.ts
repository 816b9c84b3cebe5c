import { randomUUID } from 'node:crypto'
import type { Answer } from '../../core/contract/contract.ts'
import { namedFigure } from '../../core/course/course-figures.ts'
import { takesTwo } from '../../core/rulebook/changes.ts'
import { courseIn } from '../../core/rulebook/own-courses.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { courseRows } from '../../knowledge/course-dials.ts'
import { dialRows } from '../../knowledge/dials.ts'
import { digestOf, editionInForce, sha256 as shippedSha256, type Edition } from '../rulebook.ts'
import { tell } from '../store/charts.ts'
import type { MoveRow } from '../store/editions.ts'
import { addProposal, answerProposal, proposalRow, proposalRows, type ProposalRow } from '../store/proposals.ts'
import { adopt, nobodyElse, signable, signedBy } from './editions.ts'
import { nextEdition, type Asked, type Next } from './next-edition.ts'
import { chartsOnMyTeam, openCharts } from './open-charts.ts'
import { Problem } from './problems.ts'
import { othersWhoSign, whoSign, type Signer } from './second-signature.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'
import { judgedOtherwise, seesOtherwise } from './would-change.ts'

/** What a proposal says, word for word as it was signed: what was asked for, on what, and what comes of it. */
interface Content {
  readonly on: number
  readonly onSha256: string
  readonly shippedSha256: string
  readonly by: string
  readonly at: string
  readonly reason: string
  readonly asked: Asked
  readonly changes: Edition['changes']
  readonly moves: readonly MoveRow[]
  readonly bookSha256: string
}

/** So many that were answered are shown. */
const ANSWERED = 20

/** A loosened edition is proposed by one and signed by another. Until then it binds nothing. */
export const proposalHandlers: Handlers<'proposals' | 'proposeEdition' | 'previewProposal' | 'countersignEdition' | 'declineProposal' | 'withdrawProposal'> = {
  async proposals(_, here) {
    const [rows, signers, edition] = [await proposalRows(here, ANSWERED), await whoSign(here), await editionInForce(here, 'now')]
    return { now: here.now, proposals: rows.map((row) => shown(row, here, signers, edition)), others: signers.filter(({ person }) => person !== here.actor.person).map(({ name }) => name) }
  },
  async proposeEdition({ body: { code, ...asked } }, here) {
    const made = await signable(here, await nextEdition(here, asked, signedBy(here)))
    if (!made.moves.some(takesTwo)) throw new Problem('rulebook.refused', { list: [{ code: 'tighter', says: 'Nothing here is looser, so nobody else has to sign it. Sign it yourself.' }] })
    if ((await othersWhoSign(here)).length === 0) throw new Problem('rulebook.needs-two', { list: [{ code: 'nobody', says: nobodyElse }] })
    await requireCode(here, code)
    const content = canonical(contentOf(here, asked, made))
    const [id, sha256] = [randomUUID(), digestOf(content)]
    await addProposal(here, { id, content, sha256, at: here.now })
    return { id, sha256 }
  },
  async previewProposal({ params }, here) {
    const { content } = await standing(here, params.proposal)
    const { before, next, made } = await again(here, content)
    const read = await openCharts(here)
    const mine = await chartsOnMyTeam(here)
    const judged = judgedOtherwise(read, before.book, next, here.now)
    const from = made && courseIn(before.book, made.own?.from)
    const { looked, changed: underWay } = made && from ? await seesOtherwise(here, read, from, made, before.book) : { looked: read.length, changed: [] }
    return { looked, changed: judged.length + underWay.length, judged: judged.filter(({ chart }) => mine.has(chart)), underWay: underWay.filter(({ chart }) => mine.has(chart)) }
  },
  async countersignEdition({ params, body }, here) {
    const { row, content } = await standing(here, params.proposal)
    if (row.by === here.actor.person) throw new Problem('rulebook.needs-two', { list: [{ code: 'same', says: 'You proposed this yourself. Somebody else looks at it and signs it.' }] })
    if (body.sha256 !== row.sha256) throw closed('Something else stands in it than what you looked at. Open it again.')
    if (body.reason.length < dialRows.reasonCharacters) throw new Problem('rulebook.refused', { list: [{ code: 'reason', says: `The second signature needs a written reason of at least ${dialRows.reasonCharacters} characters.` }] })
    const made = await again(here, content)
    await requireCode(here, body.code)
    const edition = await adopt(here, made, { reason: content.reason, second: { proposal: row.id, proposedBy: row.by, why: body.reason } })
      .catch((failure: unknown) => { throw failure instanceof Problem && failure.code === 'rulebook.moved-on' ? closed('Somebody else signed a moment ago.') : failure })
    await answered(here, row, `signed what you proposed: edition ${edition.number} is in force. “${body.reason}”`)
    return edition
  },
  async declineProposal({ params, body }, here) {
    const row = await open(here, params.proposal)
    if (row.by === here.actor.person) throw new Problem('rulebook.needs-two', { list: [{ code: 'same', says: 'You proposed this yourself. Withdraw it instead.' }] })
    await answerProposal(here, row.id, 'declined', body.reason, here.now).catch(refuseSecond)
    await answered(here, row, `declined what you proposed. “${body.reason}” The rulebook holds as it did.`)
    return { done: true }
  },
  async withdrawProposal({ params, body }, here) {
    const row = await open(here, params.proposal)
    if (row.by !== here.actor.person) throw new Problem('not-allowed')
    await answerProposal(here, row.id, 'withdrawn', body.reason, here.now).catch(refuseSecond)
    return { done: true }
  },
}

function contentOf(here: Here, asked: Asked, { before, next, changes, moves }: Next): Content {
  return { on: before.number, onSha256: before.sha256, shippedSha256, ...signedBy(here), reason: asked.reason, asked, changes, moves, bookSha256: digestOf(canonical(next)) }
}

const closed = (says: string) => new Problem('rulebook.proposal-closed', { list: [{ code: 'closed', says }] })

/** Two who answer at once: the second one hears of the first. */
function refuseSecond(failure: unknown): never {
  throw (failure as { code?: string }).code === '23505' ? closed('Somebody answered it a moment ago.') : failure
}

/** One that nobody has answered yet. */
async function open(here: Here, id: string): Promise<ProposalRow> {
  const row = await proposalRow(here, id)
  if (!row) throw new Problem('not-found')
  if (row.answer) throw closed(`${row.answeredBy} has ${row.answer} it.`)
  return row
}

/** One that could still be signed: as it was signed first, on the edition and the rules it was made on. */
async function standing(here: Here, id: string): Promise<{ row: ProposalRow; content: Content }> {
  const row = await open(here, id)
  const content = contentIn(row)
  const why = staleSays(row, content, await editionInForce(here, 'now'))
  if (why || !content) throw closed(why ?? ALTERED)
  return { row, content }
}

const ALTERED = 'It is not what was signed: its digest does not fit.'

/** Its words, where they are what was signed. */
function contentIn({ content, sha256, isSha256, by, at }: ProposalRow): Content | undefined {
  if (sha256 !== isSha256 || digestOf(content) !== sha256) return undefined
  const read = JSON.parse(content) as Content
  return read.by === by && read.at === at ? read : undefined
}

function staleSays({ name, active, roles }: ProposalRow, content: Content | undefined, { number, sha256 }: Edition): string | undefined {
  if (!content) return ALTERED
  if (content.on !== number) return `It was made on ${content.on === 0 ? 'what ships' : `edition ${content.on}`}, and edition ${number} has been adopted since.`
  if (content.shippedSha256 !== shippedSha256) return 'It was made on rules that this version no longer ships.'
  if (content.onSha256 !== sha256) return 'The edition it was made on cannot be vouched for now.'
  return active && roles.includes('medical-director') ? undefined : `${name} proposed it, and is no longer medical director here.`
}

/** What was proposed, made anew from what was asked for: every span, floor and reason is judged once more, and it comes out as it was signed, or not at all. */
async function again(here: Here, { asked, by, at, moves, changes, bookSha256 }: Content): Promise<Next> {
  const made = await nextEdition(here, asked, { by, at })
  if (digestOf(canonical(made.next)) !== bookSha256 || canonical([made.moves, made.changes]) !== canonical([moves, changes]) || !made.moves.some(takesTwo)) throw closed('It does not come out as it was signed by the rules that stand now.')
  return made
}

/** Whoever proposed it hears what became of it. */
const answered = (here: Here, { by }: ProposalRow, says: string) => saidBy(here).then((name) => tell(here.client, here.actor.practice, [by], { kind: 'proposal', says: `${name} ${says}`, at: here.now }))
const saidBy = async ({ client, actor }: Here) => (await client.query<{ name: string }>(`select given_name || ' ' || family_name as name from app.person where practice_id = $1 and person_id = $2`, [actor.practice, actor.person])).rows[0]?.name ?? 'Somebody'

type Shown = Answer<'proposals'>['proposals'][number]

function shown(row: ProposalRow, { actor }: Here, signers: readonly Signer[], edition: Edition): Shown {
  const content = contentIn(row)
  const stale = row.answer ? undefined : staleSays(row, content, edition)
  const could = signers.filter(({ person }) => person !== row.by)
  const draft = content && 'courses' in content.asked ? content.asked.courses[0] : undefined
  const from = draft && courseIn(edition.book, draft.from)
  return {
    id: row.id, sha256: row.sha256, on: content?.on ?? 0, by: row.name, at: row.at, reason: content?.reason ?? '', course: draft ? { name: draft.name.trim(), from: from?.name ?? draft.from } : null,
    moves: (content?.moves ?? []).map((move) => { const path = /^courses\/[^/]+\/(.+)$/.exec(move.dial)?.[1]; return { ...move, ...(path && from ? { title: namedFigure(from, path, courseRows).title } : {}) } }),
    state: row.answer ?? (stale ? 'stale' : 'waiting'), stale: stale ?? null, edition: row.edition, mine: row.by === actor.person,
    answer: row.answer ? { by: row.answeredBy, at: row.answeredAt ?? row.at, reason: row.answerReason ?? '' } : null,
    forMe: !row.answer && !stale && could.some(({ person }) => person === actor.person), couldSign: could.map(({ name }) => name),
  }
}

/** What waits for this person's signature, for their own list. */
export async function waitingFor(here: Here): Promise<{ proposal: string; by: string; at: string; figures: number; course: string | null }[]> {
  const signers = await whoSign(here)
  if (!signers.some(({ person }) => person === here.actor.person)) return []
  const rows = (await proposalRows(here, 0)).filter(({ by }) => by !== here.actor.person)
  if (rows.length === 0) return []
  const edition = await editionInForce(here)
  return rows.map((row) => shown(row, here, signers, edition)).filter(({ forMe }) => forMe).map(({ id, by, at, moves, course }) => ({ proposal: id, by, at, figures: moves.filter(takesTwo).length, course: course?.name ?? null }))
}
