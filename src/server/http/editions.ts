import { takesTwo } from '../../core/rulebook/changes.ts'
import { canonical } from '../../core/shared/canonical.ts'
import { digestOf, edition as shippedName, editionInForce, editionNumbered, nameOf, sha256, shippedBroken } from '../rulebook.ts'
import { addEdition, editionRows, type MoveRow, type NewEdition } from '../store/editions.ts'
import { reopenedBy, tellReopened } from './edition-told.ts'
import { requireRules } from './judging.ts'
import { courseFrom, movesOf, nextEdition, saysOtherwise, stepsFrom, type Next } from './next-edition.ts'
import { chartsOnMyTeam, openCharts, writtenSince } from './open-charts.ts'
import { Problem } from './problems.ts'
import { othersWhoSign } from './second-signature.ts'
import type { Handlers, Here } from './shell.ts'
import { requireCode } from './sign-in.ts'
import { judgedOtherwise, seesOtherwise } from './would-change.ts'

/** The practice's own editions of the rulebook: read, tried out on the open charts, and signed. */
export const editionHandlers: Handlers<'editions' | 'editionBook' | 'previewEdition' | 'previewCourse' | 'adoptEdition'> = {
  async editions(_, here) {
    const rows = await editionRows(here)
    const { number, name, sha256: digest, broken } = await editionInForce(here, 'now')
    const changes = rows.find((row) => row.number === number)?.changes ?? []
    return {
      inForce: number, name, sha256: digest, broken: broken ?? null, shipped: { name: shippedName, sha256, broken: shippedBroken() ?? null }, changes: [...changes],
      editions: rows.map(({ bookSha256, shippedSha256: _made, changes: turned, moves, ...row }) => ({ ...row, sha256: bookSha256, changes: [...turned], moves: [...moves] })),
    }
  },
  async editionBook({ params }, here) {
    const found = await editionNumbered(here, params.number)
    if (!found) throw new Problem('not-found')
    requireRules(found)
    return { number: found.number, name: found.name, sha256: found.sha256, book: found.text }
  },
  async previewEdition({ body }, here) {
    const { before, stepped } = await stepsFrom(here, body, signedBy(here))
    const read = await openCharts(here)
    const changed = judgedOtherwise(read, before.book, stepped.book, here.now)
    const mine = await chartsOnMyTeam(here)
    return { moves: movesOf(stepped), looked: read.length, changed: changed.length, named: changed.filter(({ chart }) => mine.has(chart)) }
  },
  async previewCourse({ body }, here) {
    const { before, from, made } = await courseFrom(here, body.on, body.course, { ...signedBy(here), reason: '' })
    const { looked, changed } = await seesOtherwise(here, await openCharts(here), from, made.course, before.book)
    const mine = await chartsOnMyTeam(here)
    return { looked, changed: changed.length, named: changed.filter(({ chart }) => mine.has(chart)) }
  },
  async adoptEdition({ body }, here) {
    const made = await signable(here, await nextEdition(here, body, signedBy(here)))
    const loosened = made.moves.filter(takesTwo)
    if (loosened.length > 0) throw await needsTwo(here, loosened)
    await requireCode(here, body.code)
    return adopt(here, made, { reason: body.reason })
  },
}

export const signedBy = ({ actor, now }: Here) => ({ by: actor.person!, at: now })

/** What this person may put their name to at all. Who loosens, and on what, is asked before any code. */
export async function signable(here: Here, made: Next): Promise<Next> {
  const { before, moves } = made
  if (moves.length === 0) throw new Problem('rulebook.refused', { list: [{ code: 'same', says: 'Nothing is turned: these figures stand so already.' }] })
  // What an unreadable edition had tightened is gone with it: going on from what ships is loosening too.
  const directs = here.actor.roles.includes('medical-director')
  if (before.broken && !directs) throw new Problem('rulebook.refused', { list: [{ code: 'rulebook', says: `${before.broken} Only the medical director begins a new one.` }] })
  const said = moves.filter(saysOtherwise)
  if (said.length > 0 && !directs) throw new Problem('rulebook.refused', { list: said.map(({ dial }) => ({ code: dial, says: 'The words of the note are signed by the medical director.' })) })
  const loosened = moves.filter(takesTwo)
  if (loosened.length > 0 && !directs) throw new Problem('rulebook.refused', { list: loosened.map(({ dial }) => ({ code: dial, says: 'Loosening is signed by the medical director. You may tighten.' })) })
  return made
}

async function needsTwo(here: Here, loosened: readonly MoveRow[]): Promise<Problem> {
  const others = await othersWhoSign(here)
  return new Problem('rulebook.needs-two', { list: [...loosened.map(({ dial }) => ({ code: dial, says: 'This is looser. Propose it, and somebody else signs it too.' })), ...(others.length === 0 ? [{ code: 'nobody', says: nobodyElse }] : [])] })
}

export const nobodyElse = 'Nobody else here is a therapist, a prescriber or a medical director, so nothing can be loosened in this practice. Tightening always works.'

/** Writes the edition, and tells whose clearance it reopens. The charts are judged before the practice is locked; what was written on one meanwhile is judged again. */
export async function adopt(here: Here, { before, next, changes, moves }: Next, signed: Pick<NewEdition, 'reason' | 'second'>): Promise<{ number: number; name: string; sha256: string }> {
  const book = canonical(next)
  const [bookSha256, number] = [digestOf(book), before.number + 1]
  const name = nameOf(bookSha256, number)
  const read = await openCharts(here)
  const reopened = reopenedBy(here, read, before.book, next)
  await addEdition(here, { number, name, shippedSha256: sha256, bookSha256, changes, moves, book, ...signed, adoptedAt: here.now }).catch(refuseSecond)
  const since = await writtenSince(here, read)
  const again = reopenedBy(here, await openCharts(here, since), before.book, next)
  await tellReopened(here, [...reopened.filter(({ chart }) => !since.includes(chart)), ...again], number)
  return { number, name, sha256: bookSha256 }
}

/** Two who sign at once: the second one hears of the first. */
function refuseSecond(failure: unknown): never {
  throw (failure as { code?: string }).code === '23505' ? new Problem('rulebook.moved-on') : failure
}
