import type { GroupKind } from '../../../core/chart/kinds/aftercare.ts'
import type { GroupRow } from '../../../core/contract/groups.ts'

export const kindWords: Record<GroupKind, string> = { couple: 'Couple', group: 'Group', workshop: 'Workshop' }
export const kinds = (['couple', 'group', 'workshop'] as const).map((value) => ({ value, label: kindWords[value] }))

/** What a group is, beside its name. */
export const groupWords = ({ kind, open, ended }: Pick<GroupRow, 'kind' | 'open' | 'ended'>): string => [kindWords[kind], ended ? 'ended' : open ? 'takes new people' : 'takes nobody new'].join(', ')

export const people = (count: number): string => (count === 1 ? 'one person' : `${count} people`)
