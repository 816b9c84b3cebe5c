import { practiceRow } from '../store/practice.ts'
import { readEntries, team } from '../store/charts.ts'
import { judge } from './judging.ts'
import type { Handlers } from './shell.ts'

/** One chart, whole, in a form that can be read without us. The journal and psychotherapy notes are not in it: they are other streams. */
export const exportHandlers: Handlers<'export'> = {
  async export({ params, query }, here) {
    const { row } = await judge(here, params.chart)
    const entries = await readEntries(here, params.chart)
    const file = (kind: string, type: string) => here.reply.type(type).header('content-disposition', `attachment; filename="chart-${params.chart.slice(0, 8)}.${kind}"`).header('cache-control', 'no-store')
    if (query.as === 'ndjson') {
      file('ndjson', 'application/x-ndjson')
      return `${entries.map((entry) => JSON.stringify(entry)).join('\n')}\n`
    }
    return { row, entries, team: await team(here, params.chart), practice: await practiceRow(here) }
  },
}
