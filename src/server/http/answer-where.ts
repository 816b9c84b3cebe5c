import { randomUUID } from 'node:crypto'
import { readChart } from '../../core/chart/chart.ts'
import { standingVisits } from '../../core/measures/doses.ts'
import { addressFor } from '../../core/online/join.ts'
import { onlineVisits } from '../../knowledge/online.ts'
import { note, readEntries } from '../store/charts.ts'
import type { VisitLink } from '../store/narrow-links.ts'
import { practiceRow, staff } from '../store/practice.ts'
import { videoAddresses } from '../store/video.ts'
import { entry } from './acts.ts'
import { writeByLink } from './by-link.ts'
import { asJob } from './job.ts'
import { waitsFor } from './online.ts'
import type { Shell, WhereSaid } from './shell.ts'

/** Where the patient is for a visit online, said by a link, in their name. */
export const keepWhere = (shell: Shell, token: string, link: VisitLink, said: WhereSaid): Promise<boolean> =>
  writeByLink(shell, token, link, 'day.answered', (here) => [entry('whereabouts.v1', randomUUID(), here.actor.device, here, { visit: link.visit, startsAt: link.startsAt, ...said, via: 'link' })])

/** What they see then: where the visit is joined as it stands now, and that it may have to wait where a licence may be missing. */
export const whereKept = (shell: Shell, { practice, chart, visit: id }: VisitLink): Promise<{ address: string | null; waits: string | null; joinFromMinBefore: number }> =>
  asJob(shell, practice, async (client) => {
    const asked = { client, actor: { practice } as never }
    const read = readChart(await readEntries(asked, chart))
    const { zone } = await practiceRow(asked)
    const visit = standingVisits(read).find((one) => one.visit === id && one.online)
    if (!visit) return { address: null, waits: null, joinFromMinBefore: onlineVisits.joinFromMinBefore }
    await note({ client }, { at: shell.clock.now(), action: 'visit.join-read', outcome: 'done', chart })
    return { address: addressFor(await videoAddresses(asked, [id]), visit)?.address ?? null, waits: waitsFor(visit, read, zone, await staff(asked)), joinFromMinBefore: onlineVisits.joinFromMinBefore }
  }, true)
