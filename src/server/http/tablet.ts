import { plusMinutes } from '../../core/shared/time.ts'
import { tabletRows } from '../../knowledge/reminders.ts'
import { formsOf, openAsks, questionsOf } from '../open-questions.ts'
import { begunAnswers } from '../store/asking.ts'
import { chartRow } from '../store/charts.ts'
import { makeTabletLink } from '../store/narrow-links.ts'
import { reachedBy } from '../store/reminders.ts'
import { entry } from './acts.ts'
import { write } from './charts.ts'
import { takeToken } from './cookies.ts'
import { asJob } from './job.ts'
import { Problem } from './problems.ts'
import type { Handlers } from './shell.ts'

export const tabletHandlers: Handlers<'tabletForms' | 'handTablet'> = {
  async tabletForms({ params: { chart } }, here) {
    const row = await chartRow(here, chart)
    if (!row) throw new Problem('chart.unseen')
    const { practice } = here.actor
    const { lifeMin, coverMin } = tabletRows
    const forms = await asJob(here.shell, practice, async (client) => {
      const { asks } = await questionsOf(client, practice, chart, here.now)
      const { book, form } = await formsOf(client, practice)
      const [open, begun] = [openAsks(asks).map(({ instrument }) => instrument), (await begunAnswers(client, practice, chart)).map(({ instrument }) => instrument)]
      const others = Object.keys(book.instruments).filter((id) => !open.includes(id)).toSorted((a, b) => Number(begun.includes(b)) - Number(begun.includes(a)))
      return [...open, ...others].flatMap((id) => {
        const here = form(id)?.instrument
        return here ? [{ instrument: id, title: here.title, says: here.says, questions: here.items.length, open: open.includes(id), begun: begun.includes(id) }] : []
      })
    })
    return { name: row.name, birthDate: row.birthDate, forms, rows: { lifeMin, coverMin } }
  },
  /** In one transaction: who they are and which forms is written down, the link is made, and this sign-in has ended. No page of a patient is ever shown beside one that works. */
  async handTablet({ params: { chart }, body: { id, forms, by } }, here) {
    const { shell, client, now, actor, device } = here
    const who = await asJob(shell, actor.practice, async (reader) => {
      const [reached, { form }] = [await reachedBy(reader, actor.practice, chart), await formsOf(reader, actor.practice)]
      return { patient: reached?.patient, unknown: forms.filter((one) => !form(one)) }
    })
    if (!who.patient) throw new Problem('step.blocked', { list: [{ code: 'no-account', says: 'This person has no account here, or it has ended, so nothing can be answered in their name. What is said aloud or on paper is entered by a clinician.' }] })
    if (who.unknown.length > 0) throw new Problem('step.blocked', { list: [{ code: 'form', says: 'One of these forms is not asked here, or is not one that people fill in alone. Choose again.' }] })
    await write(here, chart, [entry('tablet-handed.v1', id, device, here, { forms, by })], 'tablet.handed', true)
    const token = await makeTabletLink(client, shell.database, { practice: actor.practice, chart, person: who.patient, forms, handed: id, by: actor.person!, device, coveredAt: plusMinutes(now, tabletRows.coverMin), expiresAt: plusMinutes(now, tabletRows.lifeMin) }, now)
    await client.query('select app.end_session($1)', [here.token])
    here.afterCommit(() => shell.live.endSignIn(actor.signIn))
    takeToken(here.reply, shell.secure)
    return { address: `/answer/${token}` }
  },
}
