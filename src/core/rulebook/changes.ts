import { z } from 'zod'
import { ok, refuse, type Result } from '../shared/result.ts'
import type { Rulebook } from './book.ts'
import { dialsOf, sayValue, wayOf, type Dial, type DialValue, type Path, type Way } from './dials.ts'
import type { DialRows } from './rows.ts'

const value = z.union([z.number(), z.string().max(40)])
/** One dial turned, by somebody, for a reason. `from` is what ships. */
export const changeSchema = z.strictObject({ dial: z.string().max(200), from: value, to: value, reason: z.string().max(2000), by: z.string().max(80), at: z.string().max(40) })
export type Change = z.infer<typeof changeSchema>
/** One dial to be turned now. `from` is where it stood when the person looked. */
export const stepSchema = z.strictObject({ dial: z.string().max(200), from: value, to: value, reason: z.string().trim().max(2000) })
export type Step = z.infer<typeof stepSchema>

export interface ChangeRefusal {
  readonly dial: string
  readonly code: 'unknown-dial' | 'twice' | 'moved-on' | 'not-a-value' | 'out-of-range' | 'floor' | 'gap' | 'reason'
  readonly says: string
}

/** The book that results, or the change that cannot be made. Nothing is half applied. */
export function applyChanges(shipped: Rulebook, changes: readonly Pick<Change, 'dial' | 'from' | 'to'>[], rows: DialRows): Result<Rulebook, ChangeRefusal> {
  const dials = new Map(dialsOf(shipped, rows).map((dial) => [dial.id, dial]))
  const seen = new Map<string, DialValue>()
  for (const { dial: id, from, to } of changes) {
    const dial = dials.get(id)
    if (!dial) return refuse({ dial: id, code: 'unknown-dial', says: `There is no figure “${id}” in these rules.` })
    if (seen.has(id)) return refuse({ dial: id, code: 'twice', says: `${nameOf(dial)} is named twice.` })
    if (from !== dial.shipped) return refuse({ dial: id, code: 'moved-on', says: `${nameOf(dial)} ships as ${sayValue(dial, dial.shipped)} now, and this change was made to ${sayValue(dial, from)}.` })
    const refused = refuseValue(dial, to)
    if (refused) return refuse(refused)
    seen.set(id, to)
  }
  const gap = gapIn([...dials.values()], seen)
  return gap ? refuse(gap) : ok(turn(shipped, [...dials.values()], seen))
}

export interface Stepped {
  readonly book: Rulebook
  readonly changes: readonly Change[]
  readonly moves: readonly { readonly dial: Dial; readonly from: DialValue; readonly to: DialValue; readonly way: Way; readonly beyondShipped: boolean; readonly reason: string }[]
}

/**
 * From one edition to the next. A step is judged against where the dial stands now (turning a tightened one back is
 * loosening), and a floor against what ships, so that many small steps reach no further than one.
 */
export function stepFrom(shipped: Rulebook, before: readonly Change[], steps: readonly Step[], rows: DialRows, signed: { readonly by: string; readonly at: string }): Result<Stepped, ChangeRefusal> {
  const dials = new Map(dialsOf(shipped, rows).map((dial) => [dial.id, dial]))
  const after = new Map(before.map((change) => [change.dial, change]))
  const moves: Stepped['moves'][number][] = []
  for (const { dial: id, from, to, reason } of steps) {
    const dial = dials.get(id)
    if (!dial) return refuse({ dial: id, code: 'unknown-dial', says: `There is no figure “${id}” in these rules.` })
    if (moves.some((move) => move.dial === dial)) return refuse({ dial: id, code: 'twice', says: `${nameOf(dial)} is named twice.` })
    const stands = after.get(id)?.to ?? dial.shipped
    if (from !== stands) return refuse({ dial: id, code: 'moved-on', says: `${nameOf(dial)} stands at ${sayValue(dial, stands)} now: somebody else turned it meanwhile.` })
    const refused = refuseValue(dial, to)
    if (refused) return refuse(refused)
    const way = wayOf(dial, stands, to)
    if (way === 'looser' && reason.trim().length < rows.reasonCharacters) return refuse({ dial: id, code: 'reason', says: `Loosening “${nameOf(dial)}” needs a written reason of at least ${rows.reasonCharacters} characters.` })
    if (way === 'same') continue
    moves.push({ dial, from: stands, to, way, beyondShipped: wayOf(dial, dial.shipped, to) === 'looser', reason: reason.trim() })
    if (to === dial.shipped) after.delete(id)
    else after.set(id, { dial: id, from: dial.shipped, to, reason: reason.trim(), ...signed })
  }
  const changes = [...after.values()]
  const applied = applyChanges(shipped, changes, rows)
  return applied.ok ? ok({ book: applied.value, changes, moves }) : applied
}

/** One signature is not enough for a figure that is turned to be looser than it stands, or left looser than it ships. What is not turned stands as it was signed. */
export const takesTwo = ({ way, beyondShipped }: { readonly way: Way; readonly beyondShipped?: boolean | undefined }): boolean => way === 'looser' || (way !== 'same' && beyondShipped === true)

/** Where a book stands away from what ships. */
export function changesIn(shipped: Rulebook, book: Rulebook, rows: DialRows): { readonly dial: string; readonly from: DialValue; readonly to: DialValue }[] {
  return dialsOf(shipped, rows).flatMap((dial) => {
    const to = valueAt(book, dial.at[0]!) as DialValue
    return to === dial.shipped ? [] : [{ dial: dial.id, from: dial.shipped, to }]
  })
}

export const standsAt = (book: Rulebook, dial: Dial): DialValue => valueAt(book, dial.at[0]!) as DialValue

const nameOf = ({ row, name }: Dial) => `${row}, ${name}`

/** What a dial cannot be turned to, whoever asks; undefined where nothing speaks against it. */
export function refuseValue(dial: Dial, to: DialValue): ChangeRefusal | undefined {
  const no = (code: ChangeRefusal['code'], says: string): ChangeRefusal => ({ dial: dial.id, code, says })
  if ('choices' in dial.takes) {
    if (typeof to !== 'string' || !dial.takes.choices.includes(to)) return no('not-a-value', `${nameOf(dial)} is one of: ${dial.takes.choices.join(', ').replaceAll('_', ' ')}.`)
  } else {
    const { between: [least, most], step } = dial.takes
    if (typeof to !== 'number' || !Number.isFinite(to) || Object.is(to, -0)) return no('not-a-value', `${nameOf(dial)} takes a number.`)
    if (to < least || to > most) return no('out-of-range', `${nameOf(dial)} lies between ${least} and ${most}${dial.unit ? ` ${dial.unit}` : ''}, whoever signs.`)
    const steps = to / step
    if (Math.abs(steps - Math.round(steps)) > STEP_TOLERANCE) return no('not-a-value', `${nameOf(dial)} goes in steps of ${step}.`)
  }
  if (dial.floor && wayOf(dial, dial.shipped, to) === 'looser') return no('floor', `${nameOf(dial)} can be tightened and never loosened. ${dial.floor.because}`)
  return undefined
}

/** Tenths are not exact in binary. */
const STEP_TOLERANCE = 1e-6

/**
 * Two rules that meet at one figure (up to it the milder one speaks, above it the stricter) must go on meeting:
 * values between them would otherwise be nobody's.
 */
function gapIn(dials: readonly Dial[], values: ReadonlyMap<string, DialValue>): ChangeRefusal | undefined {
  const now = (dial: Dial) => Number(values.get(dial.id) ?? dial.shipped)
  for (const up of dials) {
    if (up.speaks?.from !== 'upwards' || !isScreening(up)) continue
    for (const down of dials) {
      if (down.speaks?.from !== 'downwards' || down.speaks.of !== up.speaks.of || down.shipped !== up.shipped || down.row === up.row || !isScreening(down)) continue
      if (now(down) >= now(up)) continue
      const moved = values.has(up.id) ? up : down
      const other = moved === up ? down : up
      return { dial: moved.id, code: 'gap', says: `Between ${now(down)} and ${now(up)} neither ${up.row} nor ${down.row} would speak. Turn ${other.row} as well.` }
    }
  }
  return undefined
}
const isScreening = ({ id }: Dial) => id.startsWith('eligibility/')

function turn(shipped: Rulebook, dials: readonly Dial[], values: ReadonlyMap<string, DialValue>): Rulebook {
  let book: unknown = shipped
  const touched = new Map<string, Dial[]>()
  for (const dial of dials) {
    const to = values.get(dial.id)
    if (to === undefined || to === dial.shipped) continue
    for (const path of dial.at) book = setAt(book, path, to)
    const row = JSON.stringify(dial.rowAt)
    touched.set(row, [...(touched.get(row) ?? []), dial])
  }
  for (const turned of touched.values()) book = sayHere(book, turned, values)
  return book as Rulebook
}

/** A sentence that names a figure would contradict the practice's own: it is followed by what holds here. */
function sayHere(book: unknown, turned: readonly Dial[], values: ReadonlyMap<string, DialValue>): unknown {
  const { rowAt } = turned[0]!
  const row = valueAt(book, rowAt) as { readonly says?: unknown; readonly liftedBy?: unknown }
  const thresholds = turned.filter(({ shipped }) => typeof shipped === 'number')
  if (typeof row.says !== 'string' || !/\d/.test(`${row.says} ${String(row.liftedBy ?? '')}`) || thresholds.length === 0) return book
  const here = ` In this practice: ${thresholds.map((dial) => `${dial.name} ${sayValue(dial, values.get(dial.id)!)} (as shipped: ${sayValue(dial, dial.shipped)})`).join('; ')}.`
  const said = setAt(book, [...rowAt, 'says'], row.says + here)
  return typeof row.liftedBy === 'string' ? setAt(said, [...rowAt, 'liftedBy'], row.liftedBy + here) : said
}

const valueAt = (node: unknown, path: Path): unknown => path.reduce<unknown>((at, part) => (at as Readonly<Record<string | number, unknown>> | undefined)?.[part], node)

/** A copy with one value changed; whatever lies beside the path is the same object as before. */
function setAt(node: unknown, [part, ...rest]: Path, to: unknown): unknown {
  if (part === undefined) return to
  const child = setAt((node as Readonly<Record<string | number, unknown>>)[part], rest, to)
  return Array.isArray(node) ? node.map((one: unknown, place) => (place === part ? child : one)) : { ...(node as object), [part]: child }
}
