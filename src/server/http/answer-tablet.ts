import { deskToTell } from '../../core/access/whom-to-tell.ts'
import { readChart, type Chart } from '../../core/chart/chart.ts'
import { plusMinutes, type Instant } from '../../core/shared/time.ts'
import { tabletRows } from '../../knowledge/reminders.ts'
import { formsOf } from '../open-questions.ts'
import { begunAnswers, type BegunAnswer } from '../store/asking.ts'
import { note, readEntries, tell } from '../store/charts.ts'
import { coverTablet, takeNarrowLink, type QuestionsLink, type Tablet } from '../store/narrow-links.ts'
import { staff } from '../store/practice.ts'
import { reachedBy } from '../store/reminders.ts'
import { asJob } from './job.ts'
import type { Shell } from './shell.ts'

/** The practice's own tablet, while it is in a patient's hands. */
export interface TabletLink extends QuestionsLink {
  readonly tablet: Tablet
}
export const isTablet = (link: QuestionsLink): link is TabletLink => link.tablet !== undefined

export const isCovered = ({ tablet }: QuestionsLink, now: Instant): boolean => tablet !== undefined && tablet.coveredAt <= now

/** The forms that were chosen and are not sent yet. What went on the chart early, because it could not wait, is not the form. */
export const leftOnTablet = ({ forms, handed }: Tablet, chart: Chart, begun: readonly BegunAnswer[]): string[] =>
  forms.filter((form) => !chart.all('measure-answered.v1').some(({ id, body }) => body.handed === handed && body.instrument === form && !begun.some(({ toldEntry }) => toldEntry === id)))

/** Somebody touched it. */
export const touchTablet = (shell: Shell, link: TabletLink): Promise<void> => coverTablet(shell.database, link, shell.clock.now(), plusMinutes(shell.clock.now(), tabletRows.coverMin))

/** Ends the link where every form was sent; otherwise it shows nothing until it is handed over again, and what is on its way is still taken. */
export async function putDown(shell: Shell, link: TabletLink): Promise<void> {
  const now = shell.clock.now()
  if (await endIfDone(shell, link)) return
  await coverTablet(shell.database, link, now, now)
  await asJob(shell, link.practice, (client) => note({ client }, { at: now, action: 'tablet.covered', outcome: 'done', chart: link.chart }), true)
}

/** Used up: whether it was the last form. */
export const endIfDone = (shell: Shell, link: TabletLink): Promise<boolean> => asJob(shell, link.practice, async (client) => {
  const read = readChart(await readEntries({ client, actor: { practice: link.practice } as never }, link.chart))
  const { form } = await formsOf(client, link.practice)
  const left = leftOnTablet(link.tablet, read, await begunAnswers(client, link.practice, link.chart)).filter((one) => form(one))
  if (left.length === 0) await takeNarrowLink(client, shell.database, link, shell.clock.now())
  return left.length === 0
}, true)

/** An answer that cannot wait, from somebody who is in the house: whoever handed the tablet over, and the desk, are sent to them at once. It says who, and not what. */
export const callToTablet = (shell: Shell, { practice, chart, tablet }: TabletLink): Promise<void> => asJob(shell, practice, async (client) => {
  const asked = { client, actor: { practice } as never }
  const { rows } = await client.query(`select from app.notice where practice_id = $1 and chart_id = $2 and entry_id = $3 and kind = 'tablet'`, [practice, chart, tablet.handed])
  if (rows.length > 0) return
  const who = await reachedBy(client, practice, chart)
  await tell(client, practice, [tablet.by, ...deskToTell(await staff(asked))], { chart, entry: tablet.handed, kind: 'tablet', says: `${who?.name ?? 'A patient'} has the tablet in their hands at the practice and needs somebody now. Go to them.`, at: shell.clock.now() })
}, true)
