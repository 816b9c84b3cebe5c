import type { EntryOf } from '../chart/entry.ts'
import type { Cited } from '../shared/cited.ts'
import type { Instant } from '../shared/time.ts'
import type { SessionEntries } from './entries.ts'
import { within } from './judge.ts'
import type { Bound, Symptom, VitalName } from './rows.ts'

export type Grade = 1 | 2 | 3 | 4 | 5

/** One term of the side-effect picker. `id` is what an entry stores; the grade texts are the standard's own. */
export interface SideEffectRow extends Cited {
  readonly label: string
  /** What the two practices' own pages call it. */
  readonly alsoCalled: readonly string[]
  readonly standard: { readonly term: string; readonly group: string; readonly specify?: string }
  readonly grades: Readonly<Partial<Record<Grade, string>>>
  /** Common while the medicine works. Then it is written down, and reported only for the reasons below. */
  readonly expected: boolean
  /** The sign of the alert table that this effect is, from a grade on. */
  readonly sign?: { readonly is: Symptom; readonly fromGrade: Grade }
  /** Whether the grade texts were compared with the standard's own publication. */
  readonly textVerified: boolean
  /** Grades that a number alone decides, highest first. */
  readonly byNumber?: readonly { readonly grade: Grade; readonly when: readonly { readonly of: VitalName; readonly is: Bound }[] }[]
}

export interface EffectRows {
  readonly terms: readonly SideEffectRow[]
  readonly reporting: Cited & { readonly fromGrade: Grade; readonly seriousFromGrade: Grade }
}

export interface SideEffectNow {
  readonly entry: EntryOf<'side-effect.v1'>
  readonly row: SideEffectRow | undefined
  readonly ongoing: boolean
  readonly expected: boolean
  /** Whether it has to be reported as an adverse event, and why. */
  readonly report: readonly ('not-expected' | 'grade' | 'outlasted-the-session' | 'needed-medicine')[]
}

/** The side effects of a session. An expected one is reported only when it was severe, lasted, or needed medicine. */
export function sideEffectsOf(entries: SessionEntries, rows: EffectRows, closedAt: Instant | undefined): SideEffectNow[] {
  const rescues = entries.all('rescue-given.v1')
  return entries.all('side-effect.v1').map((entry) => {
    const { term, grade, onsetAt, endedAt } = entry.body
    const row = rows.terms.find((one) => one.id === term)
    const expected = row?.expected ?? false
    const treated = rescues.some(({ at }) => at >= onsetAt && (endedAt === undefined || at <= endedAt))
    const outlasted = closedAt !== undefined && (endedAt === undefined || endedAt > closedAt)
    return {
      entry, row, ongoing: endedAt === undefined, expected,
      report: [...(expected ? [] : ['not-expected' as const]), ...(grade >= rows.reporting.fromGrade ? ['grade' as const] : []), ...(outlasted ? ['outlasted-the-session' as const] : []), ...(treated ? ['needed-medicine' as const] : [])],
    }
  })
}

/** The grade a reading alone would give, to fill the picker in: a suggestion that a person changes or keeps. */
export function gradeByNumber(row: SideEffectRow, values: Readonly<Partial<Record<VitalName, number>>>): Grade | undefined {
  return row.byNumber?.find(({ when }) => when.some(({ of, is }) => within(is, values[of]) === 'yes'))?.grade
}

/** The sign that calls for somebody as soon as an effect of this grade is written down; nothing where the alert table knows none. */
export const signOf = ({ sign }: Pick<SideEffectRow, 'sign'>, grade: Grade): Symptom | undefined => (sign && grade >= sign.fromGrade ? sign.is : undefined)

/** Finds terms by what people call them: the label, the standard's term, or a word from a practice's page. */
export function findEffects(rows: readonly SideEffectRow[], typed: string): SideEffectRow[] {
  const wanted = typed.trim().toLowerCase()
  return rows.filter((row) => [row.label, row.standard.term, ...row.alsoCalled].some((name) => name.toLowerCase().includes(wanted)))
}
