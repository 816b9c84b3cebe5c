import { Temporal } from 'temporal-polyfill'
import { roleNames, type Role } from '../../../core/access/roles.ts'
import type { Step } from '../../../core/course/step.ts'
import type { GapReason } from '../../../core/eligibility/facts.ts'
import { instantOf } from '../../../core/scheduling/zone.ts'
import { instant, type Day, type Instant } from '../../../core/shared/time.ts'
import type { Tag } from '../../../core/shared/cited.ts'

/** The words and times that several rooms of the chart share. */
export const stateWords: Record<Step['state'], string> = { done: 'done', overdue: 'overdue', due: 'due', open: 'can be done now', blocked: 'waiting', 'not-yet': 'later', missed: 'did not happen' }

export const gapWords: Record<GapReason, string> = { 'not-asked': 'nobody has asked', declined: 'declined to say', 'not-known': 'asked, and not known', stale: 'too old to count', incomplete: 'known in part' }

/** Where a figure or a rule comes from, said plainly. */
export const tagWords: Record<Tag, string> = { V: 'seen in the source', M: 'from memory', D: 'calculated here', P: 'our own default' }

export const clearanceWords = { none: 'not signed', cleared: 'cleared, in date', held: 'on hold', refused: 'refused', expired: 'expired', reopened: 'reopened by new facts' } as const

/** What became of something a person resolved to do. */
/** What came of looking for somebody who has not answered. */
export const SILENCE_WORDS = { 'tried-again': 'tried, to be tried again', 'will-answer': 'they will answer', declined: 'they do not want to answer', 'left-care': 'they have left our care' } as const

export const keptWords = { yes: 'kept', partly: 'kept in part', no: 'not kept' } as const

export const people = (roles: readonly Role[]) => roles.map((role) => roleNames[role]).join(' or ')

/** A wall clock's day and time in the practice's zone, as the device's own fields hold them. */
interface Wall { readonly day: Day; readonly time: string }

export function wallAt(at: Instant, zone: string): Wall {
  const shown = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  return { day: shown.toPlainDate().toString(), time: shown.toPlainTime().toString().slice(0, 5) }
}

/** The moment a wall clock names; nothing while half of it is missing, or where the clocks jump over it. */
export const momentOf = (day: Day | null, time: string | null, zone: string): Instant | undefined => (day && time ? instantOf(`${day}T${time}`, zone) : undefined)

/** Sent as written: to the minute, in UTC, with milliseconds. */
export const toTheMinute = (at: Instant): Instant => instant(Math.floor(Date.parse(at) / 60_000) * 60_000)

const exact = (zone: string) => new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
export const exactTime = (at: Instant, zone: string) => exact(zone).format(new Date(at))

export const lines = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter(Boolean)
export const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`
export const listed = (names: readonly string[], link = 'and') => (names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${link} ${names.at(-1)}`)
export const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** The least a written reason has to be; the rulebook's rows hold the same. */
export const reasonLength = (text: string) => text.trim().length
