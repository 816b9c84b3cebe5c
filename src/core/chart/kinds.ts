import type { z } from 'zod'
import { aftercareKinds } from './kinds/aftercare.ts'
import { careKinds } from './kinds/care.ts'
import { clearanceKinds } from './kinds/clearance.ts'
import { dayKinds } from './kinds/day.ts'
import { fileKinds } from './kinds/files.ts'
import { historyKinds } from './kinds/history.ts'
import type { KindRow } from './kinds/kind.ts'
import { medicineKinds } from './kinds/medicine.ts'
import { misuseKinds } from './kinds/misuse.ts'
import { recordKinds } from './kinds/record.ts'
import { reliefKinds } from './kinds/relief.ts'
import { sessionKinds } from './kinds/session.ts'
import { therapyKinds } from './kinds/therapy.ts'
import { whereKinds } from './kinds/where.ts'

/**
 * The one table of kinds: what may stand on a chart, who writes it, who reads it, and whether it may be
 * written offline. A kind never changes once shipped: a new meaning is a new version beside the old one,
 * and `upcast.ts` lifts the old on reading. The screen hides what this table forbids, the server refuses
 * it, the database knows it as rows, and a test walks every role × kind.
 */
export const kinds = { ...historyKinds, ...clearanceKinds, ...sessionKinds, ...medicineKinds, ...reliefKinds, ...recordKinds, ...aftercareKinds, ...careKinds, ...therapyKinds, ...dayKinds, ...whereKinds, ...misuseKinds, ...fileKinds } as const satisfies Record<string, KindRow>

export type EntryKind = keyof typeof kinds
export type BodyOf<Kind extends EntryKind> = z.output<(typeof kinds)[Kind]['body']>

export const entryKinds = Object.keys(kinds) as EntryKind[]
export const isEntryKind = (name: string): name is EntryKind => Object.hasOwn(kinds, name)
export const kindRow = (kind: EntryKind): KindRow => kinds[kind]
