import type { Chart } from '../chart/chart.ts'
import type { CareTask } from '../course/care-tasks.ts'
import { doseOfAll, dosedSessions } from '../measures/doses.ts'
import type { CareRow, ExposureRow } from '../outcomes/rows.ts'
import { plusDays, type Instant } from '../shared/time.ts'
import { showMg } from '../shared/units.ts'
import type { MisuseRows } from './rows.ts'
import { misuseNow } from './signs.ts'

export interface MisuseLookRows {
  readonly misuse: MisuseRows
  readonly outcomes: { readonly care: Pick<CareRow, 'decideWithinDays'>; readonly exposure: Pick<ExposureRow, 'lookWithinDays'> }
}

/**
 * What so many signs ask of a prescriber, as a task with a moment: since the sign that made it so, by the days a look may
 * take, and sooner where dosing waits for it. It stands until a prescriber has written what came of it, whatever became of
 * a notice. It names no sign, and says how much medicine there has been in all: the two are looked at together.
 */
export function misuseLook(chart: Chart, { misuse, outcomes }: MisuseLookRows, now: Instant): CareTask | undefined {
  const { signs, level } = misuseNow(chart, misuse)
  if (level === 'none') return undefined
  const at = new Map(chart.entries.map((entry) => [entry.id, entry.at]))
  const first = signs.filter(({ state }) => state === 'met').map(({ facts }) => facts.flatMap((id) => at.get(id) ?? []).toSorted()[0]!).toSorted()
  const [since, held] = [first[misuse.reviewFrom - 1]!, first[misuse.holdFrom - 1]]
  const usual = plusDays(since, outcomes.exposure.lookWithinDays)
  const sooner = held === undefined ? usual : plusDays(held, outcomes.care.decideWithinDays)
  const dueBy = sooner < usual ? sooner : usual
  return { key: `misuse ${since}`, about: 'misuse', step: 'for-prescriber', says: `${misuse.asks} ${givenSoFar(chart)}`, who: ['prescriber'], since, dueBy, overdue: now > dueBy }
}

/** How much medicine there has been, in words. */
export function givenSoFar(chart: Chart): string {
  const sessions = dosedSessions(chart)
  if (sessions.length === 0) return 'No medicine has been given here so far.'
  const total = doseOfAll(sessions)
  return `${sessions.length === 1 ? 'One session' : `${sessions.length} sessions`} with medicine so far, ${total === undefined ? 'the dose of all of them not known' : `${showMg(total)} in all`}.`
}
