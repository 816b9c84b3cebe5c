import { waitingOffer } from '../../core/scheduling/sooner.ts'
import { waitingChange } from '../../core/scheduling/told-changes.ts'
import { letGo } from '../store/calendar.ts'
import type { Judged } from './judging.ts'
import type { Here } from './shell.ts'

/** A visit that is gone takes with it what was held for moving it, by a question or by an offer: nobody can say yes to that any more. */
export async function freeAsked(here: Here, { chart, row }: Pick<Judged, 'chart' | 'row'>, gone: readonly string[]): Promise<void> {
  const asked = [waitingChange(chart, here.now)?.told, waitingOffer(chart, here.now)?.offer]
  if (asked.some((one) => one?.body.changes.some(({ from }) => gone.includes(from.visit)))) await letGo(here, row.chart)
}
