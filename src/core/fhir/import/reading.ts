import type { BodyOf, EntryKind } from '../../chart/kinds.ts'
import { kinds } from '../../chart/kinds.ts'
import type { Instant } from '../../shared/time.ts'
import type { InstrumentCodes } from '../codes.ts'
import type { Sha256 } from '../sha256.ts'
import { hasHappened, notAfter, readWhen, type When } from '../when.ts'
import { sayIssue } from './pieces.ts'

/** What an import is told from outside. */
export interface ImportSetting {
  readonly practice: string
  /** The system the resources come from, always called the same: a resource is known again by source, type and id. */
  readonly source: string
  readonly device: string
  readonly now: Instant
  /** Age from which a person counts as an adult; a child's weight may be less than the chart's own entry holds. */
  readonly adultFromYears: number
  readonly instruments: readonly InstrumentCodes[]
  readonly sha256: Sha256
}

/** A fact as the chart will hold it, before it has an id; `at` is left out where the resource has no date. */
export interface Fact {
  readonly kind: EntryKind
  readonly at?: Instant
  readonly body: BodyOf<EntryKind>
}

/** What one resource turned out to say. `note` is kept with the trace of the import. */
export type Reading =
  | { readonly becomes: 'facts'; readonly facts: readonly Fact[]; readonly note: string }
  | { readonly becomes: 'skipped'; readonly reason: string }
  | { readonly becomes: 'taken-back'; readonly reason: string }
  | { readonly becomes: 'broken'; readonly reason: string }

/** What a reader of one resource may look at besides the resource. */
export interface Surroundings {
  readonly setting: ImportSetting
  /** The patient's birth date, where it is known. */
  readonly birthDate?: string
  /** Finds another resource of the same file, or one contained in this one. */
  readonly find: (reference: string) => unknown
}

export type Made = { readonly fact: Fact } | { readonly reason: string; readonly tooSmall: boolean }

export const skipped = (reason: string): Reading => ({ becomes: 'skipped', reason })
export const broken = (reason: string): Reading => ({ becomes: 'broken', reason })
export const takenBack = (reason: string): Reading => ({ becomes: 'taken-back', reason })

/** A fact, checked against the table of kinds: what is impossible there is impossible here. */
export function fact<Kind extends EntryKind>(kind: Kind, body: unknown, when?: When): Made {
  const checked = kinds[kind].body.safeParse(body)
  if (!checked.success) return { reason: sayIssue(checked.error), tooSmall: checked.error.issues[0]?.code === 'too_small' }
  return { fact: { kind, body: checked.data as BodyOf<EntryKind>, ...(when && { at: when.at }) } }
}

/** Facts with their notes, or the reason of the first that cannot be one. */
export function facts(made: readonly Made[], notes: readonly (string | false | undefined)[] = []): Reading {
  const wrong = made.find((one) => 'reason' in one)
  if (wrong && 'reason' in wrong) return broken(wrong.reason)
  return { becomes: 'facts', facts: made.flatMap((one) => ('fact' in one ? [one.fact] : [])), note: notes.filter(Boolean).join(' ') }
}

/** The date of a resource: absent, or read, or the reason why it cannot be. */
export function dateOf(text: string | undefined, now: Instant): { readonly when?: When } | { readonly reason: string } {
  if (text === undefined) return {}
  const when = readWhen(text)
  if (!when) return { reason: `${text} is not a date` }
  if (!hasHappened(when, now)) return { reason: `${text} lies in the future` }
  return { when: { ...when, at: notAfter(when.at, now) } }
}

export const sayPrecision = (when: When | undefined): string | undefined =>
  when && when.said !== 'instant' && when.said !== 'day' ? `Only the ${when.said} was given.` : undefined
