import { responsibleToTell } from '../../core/access/whom-to-tell.ts'
import { readChart } from '../../core/chart/chart.ts'
import { clearanceNow, type ClearanceNow } from '../../core/eligibility/clearance.ts'
import { sayMet } from '../../core/eligibility/say-fact.ts'
import type { Rulebook } from '../../core/rulebook/book.ts'
import { factVocabulary } from '../../knowledge/eligibility.ts'
import { tell } from '../store/charts.ts'
import { staff } from '../store/practice.ts'
import { asJob } from './job.ts'
import type { OpenChart } from './open-charts.ts'
import type { Here } from './shell.ts'

interface Reopened extends Pick<OpenChart, 'chart' | 'name'>, Pick<ClearanceNow, 'newlyMet'> {}

/** Whose clearance the figures of a new edition reopen. */
export function reopenedBy({ now: at }: Pick<Here, 'now'>, charts: readonly OpenChart[], before: Rulebook, next: Rulebook): Reopened[] {
  return charts.flatMap(({ chart, name, entries }) => {
    const facts = readChart(entries)
    const now = clearanceNow(facts, next.eligibility, at, next.screening)
    return now.state === 'reopened' && clearanceNow(facts, before.eligibility, at, before.screening).state === 'cleared' ? [{ chart, name, newlyMet: now.newlyMet }] : []
  })
}

/**
 * That is told to those who treat them, in the transaction that adopts the edition: nobody finds out at the door of a
 * session. Who signs need not be on the team, and reads none of it.
 */
export async function tellReopened(here: Here, reopened: readonly Reopened[], number: number): Promise<void> {
  if (reopened.length === 0) return
  const everybody = await staff(here)
  const treating = await treatingOf(here, reopened.map(({ chart }) => chart))
  for (const { chart, name, newlyMet } of reopened) {
    const team = everybody.filter(({ person, active }) => active && treating.get(chart)?.has(person)).map(({ person }) => person)
    const says = `${name}: edition ${number} of the rulebook reopened the medical clearance.`
    await tell(here.client, here.actor.practice, team.length > 0 ? team : responsibleToTell(everybody), { chart, kind: 'reopened', says: team.length > 0 ? `${says} ${newlyMet.map((met) => sayMet(met, factVocabulary)).join(' ')}` : `${says} No therapist or prescriber is on the team. Put one on the team to look at it.`, at: here.now })
  }
}

/** Therapists and prescribers of these charts, whoever asks. */
async function treatingOf(here: Here, charts: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  return asJob(here.shell, here.actor.practice, async (client) => {
    const { rows } = await client.query<{ chart: string; person: string }>(`select chart_id as chart, person_id as person from app.care_team where practice_id = $1 and chart_id = any($2) and until is null and role in ('therapist', 'prescriber')`, [here.actor.practice, charts])
    return new Map(charts.map((chart) => [chart, new Set(rows.filter((row) => row.chart === chart).map(({ person }) => person))]))
  })
}
