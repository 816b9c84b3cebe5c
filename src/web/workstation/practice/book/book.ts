import type { Protocol } from '../../../../core/course/protocol.ts'
import { protocols } from '../../../../knowledge/protocols.ts'
import { coursesChapter } from './courses.ts'
import { conflictsChapter, lawChapter } from './library.ts'
import { deskChapter, measuresChapter, outcomesChapter } from './measures.ts'
import { medicineChapter } from './medicine.ts'
import type { BookRule, Chapter } from './rule.ts'
import { emergencies, goingHome, sessionDay, watching } from './session.ts'
import { riskChapter, whoMayBeTreated } from './who.ts'

/** The rulebook as a book to be read: in the order in which a person meets its rules. */
export const bookOf = (courses: Readonly<Record<string, Protocol>>): readonly Chapter[] => [coursesChapter(courses), ...shippedChapters]
const shippedChapters: readonly Chapter[] = [whoMayBeTreated, medicineChapter, sessionDay, watching, emergencies, goingHome, measuresChapter, riskChapter, outcomesChapter, conflictsChapter, deskChapter, lawChapter]
/** As it ships. */
export const book = bookOf(protocols)

/** The chapters with the rules that hold every word that is looked for; chapters without one fall away. */
export function find(words: string, chapters: readonly Chapter[] = book): Chapter[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return [...chapters]
  const holds = (rule: BookRule) => {
    const text = [rule.id, rule.says, rule.when ?? '', rule.basis ?? '', ...(rule.lines ?? [])].join(' ').toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  return chapters.map((chapter) => ({ ...chapter, groups: chapter.groups.map((group) => ({ ...group, rules: group.rules.filter(holds) })).filter(({ rules }) => rules.length > 0) })).filter(({ groups }) => groups.length > 0)
}
