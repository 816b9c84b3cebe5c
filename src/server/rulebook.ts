import { createHash } from 'node:crypto'
import type { Rulebook } from '../core/rulebook/book.ts'
import type { Protocol } from '../core/course/protocol.ts'
import { applyChanges } from '../core/rulebook/changes.ts'
import { withCourses } from '../core/rulebook/own-courses.ts'
import { withSentences } from '../core/session/narrative.ts'
import { canonical } from '../core/shared/canonical.ts'
import { courseRows } from '../knowledge/course-dials.ts'
import { dialRows } from '../knowledge/dials.ts'
import { rulebook } from '../knowledge/rulebook.ts'
import { editionBook, editionDigest, editionRow, numberInForce, type EditionRow } from './store/editions.ts'
import type { Context } from './store/database.ts'

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The rulebook as it ships, by its digest: a decision names the edition it was made under. */
export const shippedText = canonical(rulebook)
export const sha256 = digestOf(shippedText)
export const edition = nameOf(sha256)
export const shipped: Rulebook = rulebook

/** A practice's own editions say so: one that is named and cannot be found is missing, and never taken for another. */
const OWN = ' · here '
export function nameOf(bookSha256: string, number = 0): string {
  return `${rulebook.published} · ${bookSha256.slice(0, 12)}${number > 0 ? `${OWN}${number}` : ''}`
}

export interface Edition {
  readonly number: number
  readonly name: string
  readonly sha256: string
  readonly book: Rulebook
  /** The book as it was signed, word for word. */
  readonly text: string
  readonly changes: EditionRow['changes']
  /** Why this edition cannot be leaned on. Charts are then read with the rules that ship, and nothing binding is done. */
  readonly broken?: string
}

const shippedEdition: Edition = { number: 0, name: edition, sha256, book: shipped, text: shippedText, changes: [] }

/** Why the rules that ship cannot be leaned on now. How to look is told by the launcher; from sources nothing was built, so nothing can be compared. */
let look: () => string | undefined = () => undefined
export const lookAtShipped = (how: typeof look): void => { look = how }
export const shippedBroken = (): string | undefined => look()

/** Every edition is made from what ships: where that cannot be leaned on, none of them can. */
function vouched(read: Edition): Edition {
  const why = shippedBroken()
  return why ? { ...read, broken: why } : read
}

type Asked = { readonly client: Context['client']; readonly actor: { readonly practice: string } }
/** `now` for what binds (a session, a dose, a signature): then what is stored is digested again, and not remembered. */
type How = 'remembered' | 'now'

/** The practice's rulebook in force. */
export async function editionInForce(asked: Asked, how: How = 'remembered'): Promise<Edition> {
  const number = await numberInForce(asked)
  if (number === 0) return vouched(shippedEdition)
  const row = await editionRow(asked, { number })
  return vouched(row ? await loaded(asked, row, how) : broken(number, 'missing'))
}

/** The edition that a decision or a running session names. Names of what shipped earlier stand for what ships now. */
export async function editionNamed(asked: Asked, name: string, how: How = 'remembered'): Promise<Edition> {
  if (!name.includes(OWN)) return vouched(shippedEdition)
  const row = await editionRow(asked, { name })
  return vouched(row ? await loaded(asked, row, how) : broken(Number(name.split(OWN)[1]), 'missing', name))
}

export async function editionNumbered(asked: Asked, number: number): Promise<Edition | undefined> {
  if (number === 0) return shippedEdition
  const row = await editionRow(asked, { number })
  return row && loaded(asked, row, 'now')
}

/** By practice, number and digest: the same book is the same object, so that what is read out of its rows is read once. */
const remembered = new Map<string, Edition>()
const REMEMBERED = 200

async function loaded(asked: Asked, row: EditionRow, how: How): Promise<Edition> {
  const key = `${asked.actor.practice} ${row.number} ${row.bookSha256}`
  const before = remembered.get(key)
  if (before && !before.broken) return how === 'remembered' || (await editionDigest(asked, row.number)) === row.bookSha256 ? before : broken(row.number, 'altered', row.name)
  const stored = await editionBook(asked, row.number)
  const read = stored && stored.sha256 === row.bookSha256 && digestOf(stored.book) === row.bookSha256 ? readEdition(row, stored.book) : broken(row.number, stored ? 'altered' : 'missing', row.name)
  if (remembered.size >= REMEMBERED) remembered.clear()
  if (!read.broken) remembered.set(key, read)
  return read
}

/** Made from the rules that ship now, the stored book holds as it stands; from earlier ones, its changes are made to those of now and its own courses stand beside them, or it says what no longer fits. */
function readEdition(row: EditionRow, text: string): Edition {
  const { number, name, changes } = row
  if (row.shippedSha256 === sha256) return { number, name, sha256: row.bookSha256, book: JSON.parse(text) as Rulebook, text, changes }
  const turned = applyChanges(shipped, changes, dialRows)
  if (!turned.ok) return broken(number, 'unfit', name, turned.refusal.says)
  const applied = withCourses(turned.value, ownCourses(JSON.parse(text) as Rulebook), courseRows)
  if (!applied.ok) return broken(number, 'unfit', name, applied.refusal.says)
  // Books that were signed before sentences stood in them hold none of their own.
  const book = { ...applied.value, narrative: withSentences(shipped.narrative, (JSON.parse(text) as Partial<Rulebook>).narrative ?? []) }
  const rebuilt = canonical(book)
  return { number, name, sha256: digestOf(rebuilt), book, text: rebuilt, changes }
}

/** The courses that the practice made, as they were signed. */
export const ownCourses = ({ protocols }: Rulebook): readonly Protocol[] => Object.values(protocols).filter(({ own }) => own !== undefined)

const WORDS = {
  missing: (number: number) => `This practice works by its edition ${number} of the rulebook, and that edition is not there.`,
  altered: (number: number) => `Edition ${number} of the rulebook is not what was signed: its digest does not fit.`,
  unfit: (number: number) => `Edition ${number} of the rulebook does not fit the rules that this version ships.`,
} as const

const broken = (number: number, why: keyof typeof WORDS, name = `${rulebook.published}${OWN}${number}`, more = ''): Edition =>
  ({ ...shippedEdition, number, name, broken: `${WORDS[why](number)}${more ? ` ${more}` : ''}` })
