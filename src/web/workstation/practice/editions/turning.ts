import type { Change, ChangeRefusal, Step } from '../../../../core/rulebook/changes.ts'
import { refuseValue, takesTwo } from '../../../../core/rulebook/changes.ts'
import { dialsOf, sayValue, wayOf, type Dial, type DialValue, type Way } from '../../../../core/rulebook/dials.ts'
import { namedFigure } from '../../../../core/course/course-figures.ts'
import type { Rulebook } from '../../../../core/rulebook/book.ts'
import { courseIn } from '../../../../core/rulebook/own-courses.ts'
import { courseRows } from '../../../../knowledge/course-dials.ts'
import { dialRows } from '../../../../knowledge/dials.ts'
import { shipped } from '../../../sync/editions.ts'

export const dials: readonly Dial[] = dialsOf(shipped, dialRows)
const byId = new Map(dials.map((dial) => [dial.id, dial]))
export const dialOf = (id: string): Dial | undefined => byId.get(id)
export const { reasonCharacters } = dialRows

const CHAPTERS: Readonly<Record<string, string>> = { eligibility: 'Who may be treated', alerts: 'Alerts', 'pre-dose': 'Before a dose', screening: 'How long facts count', risk: 'Risk', dosing: 'Doses', monitoring: 'Watching', discharge: 'Going home' }
export const chapterOf = ({ id }: Dial): string => CHAPTERS[id.split('/')[0]!] ?? ''

const ruleSays = new Map<string, string>([
  ...shipped.eligibility.map(({ id, says }) => [id, says] as const), ...shipped.monitoring.alerts.map(({ id, name }) => [id, name] as const),
  ...shipped.monitoring.preDose.rules.map(({ id, says }) => [id, says] as const), ...shipped.screening.freshness.map(({ id, says }) => [id, says] as const),
])
/** The row a dial stands in, in its own words. */
export const rowSays = ({ row }: Dial): string => ruleSays.get(row) ?? ''

/** A level, a medicine, a route: what tells two dials of one row apart. */
export const partOf = ({ id, row }: Dial): string => {
  const named = id.split('/').slice(1, -1).filter((part) => part !== row && !['preDose', 'gates', 'doses', 'minimum', 'fasting', 'schedules', 'freshness', 'boosters'].includes(part))
  return named.join(' ').replaceAll('_', ' ')
}
/** The second threshold of a level is the one that counts together with a symptom. */
const together = ({ id }: Dial): string => (/\.\d$/.test(id) ? 'together with a symptom' : '')
export const titleOf = (dial: Dial): string => [dial.row, partOf(dial), dial.name, together(dial)].filter(Boolean).join(', ')

/** Where a dial stands under these changes. */
export const standsIn = (changes: readonly Pick<Change, 'dial' | 'to'>[], dial: Dial): DialValue => changes.find((change) => change.dial === dial.id)?.to ?? dial.shipped

/** The dials whose row, name or place hold every word that is looked for. */
export function findDials(words: string): readonly Dial[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return []
  return dials.filter((dial) => {
    const text = [titleOf(dial), rowSays(dial), chapterOf(dial)].join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

export type Turned = { readonly way: Way } | { readonly refused: ChangeRefusal }
/** What it would be to turn a dial from where it stands. */
export function turned(dial: Dial, from: DialValue, to: DialValue): Turned {
  const refused = refuseValue(dial, to)
  return refused ? { refused } : { way: wayOf(dial, from, to) }
}

/** A step still lacks its reason. */
export const lacksReason = (step: Step): boolean => {
  const dial = dialOf(step.dial)
  return dial !== undefined && wayOf(dial, step.from, step.to) === 'looser' && step.reason.trim().length < reasonCharacters
}

/** A step that one signature is not enough for. */
export const turnedByTwo = ({ dial: id, from, to }: Step): boolean => {
  const dial = dialOf(id)
  return dial !== undefined && takesTwo({ way: wayOf(dial, from, to), beyondShipped: wayOf(dial, dial.shipped, to) === 'looser' })
}

export const range = ({ takes, unit }: Dial): string => ('choices' in takes ? takes.choices.join(', ').replaceAll('_', ' ') : `${takes.between[0]} to ${takes.between[1]}${unit ? ` ${unit}` : ''}`)
export { sayValue }

/** A course that was made, or one of its figures, in the words of an edition's history. */
export function courseMoveOf(dial: string, courses: Rulebook['protocols']): string | undefined {
  const [chapter, id = '', path] = dial.split('/')
  const course = courseIn({ protocols: courses }, id)
  if (chapter !== 'courses') return undefined
  return path === undefined ? `The course “${course?.name ?? id}” made from another` : course ? `${course.name}, ${namedFigure(course, path, courseRows).title}` : `${id}, ${path}`
}

export const NOBODY_ELSE = 'Something here is looser, and that takes two. Nobody else in this practice is a therapist, a prescriber or a medical director, so nothing can be loosened here. Make it tighter or leave it out; tightening always works.'

/** A value and a title in the words of a figure, or as they were written down where it is none. */
export const said = (dial: string, value: number | string): string => { const one = dialOf(dial); return one ? sayValue(one, value) : String(value) }
export const titled = (dial: string, courses: Rulebook['protocols']): string => { const one = dialOf(dial); return one ? titleOf(one) : courseMoveOf(dial, courses) ?? sentenceOf(dial) ?? dial }

/** A sentence of the session's note, in the words of an edition's history. */
export const sentenceOf = (dial: string): string | undefined => { const row = shipped.narrative.find(({ id }) => id === dial); return row && `The note, ${row.when}` }
