import type { Chart } from '../chart/chart.ts'
import type { EntryOf } from '../chart/entry.ts'

/** Where the patient sits for visits online, as it was said last; nothing where nobody has asked. */
export const sitsInOf = (chart: Chart): EntryOf<'sits-in.v1'> | undefined => chart.latest('sits-in.v1')
