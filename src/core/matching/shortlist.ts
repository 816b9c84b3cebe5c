import { daysBetween, type Instant } from '../shared/time.ts'

/** What the person said, on the form or on the phone. Whatever was left open weighs nothing. */
export interface Preferences {
  readonly conditions: readonly string[]
  readonly approaches?: readonly string[]
  readonly modality: 'online' | 'in-person' | 'either'
  /** 1 is Monday. Empty means any. */
  readonly days: readonly number[]
  readonly partOfDay: readonly DayPart[]
  readonly language?: string
  /** "in Oregon": where they would sit for a visit online, in words. Nothing where nobody has asked. */
  readonly sitsIn?: string
}

export type DayPart = 'morning' | 'afternoon' | 'evening'

export interface TherapistOnList {
  readonly person: string
  readonly name: string
  readonly conditions: readonly string[]
  /** Ways of working, by id. */
  readonly modalities: readonly string[]
  readonly languages: readonly string[]
  readonly online: boolean
  readonly inPerson: boolean
  /** Whether a licence is entered for where the person sits; nothing where that was not asked. */
  readonly licensedThere?: boolean
  readonly accepting: boolean
  readonly weekly: readonly { readonly weekday: number; readonly from: string; readonly to: string }[]
  /** People in a course now, and how many there may be. */
  readonly load: number
  readonly capacity: number
  /** The first free time for a first visit, looked up by the caller; null when none was found. */
  readonly firstFreeAt: Instant | null
}

export type Weighed = 'condition' | 'approach' | 'place' | 'time' | 'language' | 'soon' | 'room'
export type MatchWord = Weighed | `no-${Weighed}` | 'not-accepting' | 'full' | 'not-licensed'

export interface MatchingRows {
  /** Points at most, whole numbers. */
  readonly weights: Readonly<Record<Weighed, number>>
  readonly dayParts: Readonly<Record<DayPart, { readonly from: string; readonly to: string }>>
  /** Minutes of working hours within a wished part of a day that make it a fit. */
  readonly minutesNeeded: number
  readonly firstVisitWithinDays: number
  /** What a reason says; `{what}` is what it is about. */
  readonly words: Readonly<Record<MatchWord, string>>
  /** Names of conditions, approaches and languages for the reasons, by id. */
  readonly names: Readonly<Record<string, string>>
}

export interface MatchReason {
  readonly code: MatchWord
  readonly says: string
  readonly points: number
}

export interface Match {
  readonly therapist: string
  readonly name: string
  readonly score: number
  readonly for: readonly MatchReason[]
  readonly against: readonly MatchReason[]
  readonly firstFreeAt: Instant | null
}

export interface Shortlist {
  readonly offered: readonly Match[]
  /** Who cannot be offered now, and why: never because of a language. */
  readonly notOffered: readonly { readonly therapist: string; readonly name: string; readonly says: string }[]
}

/**
 * Therapists who could be offered, best first, each with the reasons for and against. The same answers give
 * the same list in the same order, whatever order the therapists come in. A coordinator decides with the person.
 */
export function shortlist(preferences: Preferences, therapists: readonly TherapistOnList[], rows: MatchingRows, now: Instant): Shortlist {
  const why = (one: TherapistOnList) => reasonNot(one) ?? (preferences.modality === 'online' && one.licensedThere === false ? 'not-licensed' : null)
  const offered = therapists.filter((one) => why(one) === null).toSorted(byId)
  const notOffered = therapists.flatMap((one) => {
    const word = why(one)
    return word === null ? [] : [{ therapist: one.person, name: one.name, says: rows.words[word].replaceAll('{what}', preferences.sitsIn ?? '') }]
  })
  const matches = offered.map((one) => ({ one, match: matchOf(preferences, one, rows, now) }))
  return {
    offered: matches.toSorted((a, b) => b.match.score - a.match.score || bySoonest(a.one, b.one) || a.one.load * b.one.capacity - b.one.load * a.one.capacity || byId(a.one, b.one)).map(({ match }) => match),
    notOffered: notOffered.toSorted((a, b) => compare(a.therapist, b.therapist)),
  }
}

/** Why nobody new comes to somebody at present. */
const reasonNot = ({ accepting, load, capacity }: Pick<TherapistOnList, 'accepting' | 'load' | 'capacity'>): MatchWord | null => (!accepting ? 'not-accepting' : load >= capacity ? 'full' : null)
export const takesNew = (one: Pick<TherapistOnList, 'accepting' | 'load' | 'capacity'>): boolean => reasonNot(one) === null

/** How well each thing fits: a share from 0 to 1, or null where the person left it open. */
interface Fit {
  readonly part: Weighed
  readonly share: number | null
  readonly fits: readonly string[]
  readonly lacks: readonly string[]
}

function matchOf(preferences: Preferences, therapist: TherapistOnList, rows: MatchingRows, now: Instant): Match {
  const fits = fitsOf(preferences, therapist, rows, now)
  const say = (code: MatchWord, what: readonly string[]) => rows.words[code].replaceAll('{what}', what.map((id) => rows.names[id] ?? id).join(', '))
  const reasonsFor = fits.flatMap((fit) => (fit.share !== null && fit.share > 0 ? [{ code: fit.part, says: say(fit.part, fit.fits), points: Math.floor(rows.weights[fit.part] * fit.share) }] : []))
  const reasonsAgainst: MatchReason[] = fits.flatMap((fit) => (fit.share !== null && (fit.lacks.length > 0 || fit.share === 0) ? [{ code: `no-${fit.part}` as const, says: say(`no-${fit.part}`, fit.lacks), points: 0 }] : []))
  // In their own rooms a licence elsewhere is not asked for: they are offered, and what they are not offered for stands beside it.
  if (preferences.modality === 'either' && therapist.online && therapist.licensedThere === false) reasonsAgainst.push({ code: 'not-licensed', says: say('not-licensed', [preferences.sitsIn ?? '']), points: 0 })
  return {
    therapist: therapist.person, name: therapist.name, score: reasonsFor.reduce((sum, reason) => sum + reason.points, 0),
    for: reasonsFor.toSorted((a, b) => b.points - a.points), against: reasonsAgainst, firstFreeAt: therapist.firstFreeAt,
  }
}

function fitsOf(preferences: Preferences, therapist: TherapistOnList, rows: MatchingRows, now: Instant): Fit[] {
  const { language } = preferences
  const days = therapist.firstFreeAt === null ? null : daysBetween(now, therapist.firstFreeAt)
  const isSoon = days !== null && days <= rows.firstVisitWithinDays
  const within = [String(rows.firstVisitWithinDays)]
  const placeFits = preferences.modality === 'online' ? therapist.online : therapist.inPerson
  return [
    listed('condition', preferences.conditions, therapist.conditions),
    listed('approach', preferences.approaches ?? [], therapist.modalities),
    { part: 'place', share: preferences.modality === 'either' ? null : Number(placeFits), fits: [preferences.modality], lacks: placeFits ? [] : [preferences.modality] },
    timeFit(preferences, therapist, rows),
    language === undefined || language === '' ? { part: 'language', share: null, fits: [], lacks: [] } : listed('language', [language], therapist.languages),
    { part: 'soon', share: Number(isSoon), fits: within, lacks: isSoon ? [] : within },
    { part: 'room', share: (therapist.capacity - therapist.load) / therapist.capacity, fits: [], lacks: [] },
  ]
}

function listed(part: Weighed, wished: readonly string[], offered: readonly string[]): Fit {
  const unique = [...new Set(wished)]
  const fits = unique.filter((one) => offered.includes(one))
  return { part, share: unique.length === 0 ? null : fits.length / unique.length, fits, lacks: unique.filter((one) => !offered.includes(one)) }
}

/** Of the wished parts of the wished days, the share in which the therapist works long enough. */
function timeFit(preferences: Preferences, therapist: TherapistOnList, rows: MatchingRows): Fit {
  if (preferences.days.length === 0 && preferences.partOfDay.length === 0) return { part: 'time', share: null, fits: [], lacks: [] }
  const days = preferences.days.length > 0 ? [...new Set(preferences.days)] : [1, 2, 3, 4, 5, 6, 7]
  const parts = preferences.partOfDay.length > 0 ? [...new Set(preferences.partOfDay)].map((part) => rows.dayParts[part]) : [{ from: '00:00', to: '24:00' }]
  const windows = days.flatMap((weekday) => parts.map((part) => ({ weekday, ...part })))
  const worked = windows.filter((window) => therapist.weekly.filter((hours) => hours.weekday === window.weekday).some((hours) => minutesShared(hours, window) >= rows.minutesNeeded))
  return { part: 'time', share: worked.length / windows.length, fits: [], lacks: [] }
}

function minutesShared(a: { readonly from: string; readonly to: string }, b: { readonly from: string; readonly to: string }): number {
  return Math.max(0, Math.min(minuteOf(a.to), minuteOf(b.to)) - Math.max(minuteOf(a.from), minuteOf(b.from)))
}

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const byId = (a: TherapistOnList, b: TherapistOnList) => compare(a.person, b.person)
const bySoonest = (a: TherapistOnList, b: TherapistOnList) => compare(a.firstFreeAt ?? '9', b.firstFreeAt ?? '9')
