import { clinicians } from '../../core/chart/kinds/kind.ts'
import type { Role } from '../../core/access/roles.ts'
import { localDay } from '../../core/shared/local-day.ts'
import { downtimeSettings, photosOf, sessionsOn, sheetOf, shownIn } from '../downtime.ts'
import { downtimePdf } from '../outside/downtime-pdf.ts'
import { note } from '../store/charts.ts'
import { practiceRow } from '../store/practice.ts'
import { asJob } from './job.ts'
import type { Handlers, Here } from './shell.ts'

/** The sheets of a day for those who treat: each of a chart whose care team they are on. The desk sees nothing clinical, on paper neither. */
export const downtimeHandlers: Handlers<'downtimeSheets'> = {
  async downtimeSheets({ params, query }, here) {
    const practice = await practiceRow(here)
    const treated = await chartsTreated(here)
    const { sheets, photos } = await asJob(here.shell, here.actor.practice, async (client) => {
      const booked = (await sessionsOn(client, here.actor.practice, params.day, practice.zone)).filter(({ chart }) => treated.includes(chart))
      const found = []
      for (const one of booked) found.push({ chart: one.chart, sheet: await sheetOf(client, here.actor.practice, one, here.now) })
      return { sheets: found, photos: await photosOf(client, here.actor.practice, found) }
    })
    // Each person's sheet is a reading of that person's chart.
    for (const { chart } of sheets) await note(here, { at: here.now, action: 'downtime.printed', outcome: 'done', chart })
    const size = query.size === undefined ? downtimeSettings(practice).size : query.size === 'a4' ? 'A4' : 'LETTER'
    const { bytes } = await downtimePdf(sheets.map(({ sheet }) => sheet), { size, printedOn: localDay(here.now, practice.zone), asOf: shownIn(practice.zone, here.now), photos })
    here.reply.type('application/pdf').header('content-disposition', `inline; filename="downtime-${params.day}.pdf"`).header('cache-control', 'no-store')
    return Buffer.from(bytes)
  },
}

async function chartsTreated({ client, actor }: Here): Promise<string[]> {
  const { rows } = await client.query<{ chart: string; role: Role }>('select chart_id as chart, role from app.care_team where practice_id = $1 and person_id = $2 and until is null', [actor.practice, actor.person])
  return rows.filter(({ role }) => (clinicians as readonly Role[]).includes(role)).map(({ chart }) => chart)
}
