import { reminderSettings } from '../reminders.ts'
import { reachedBy } from '../store/reminders.ts'
import { practiceRow } from '../store/practice.ts'
import { Problem } from './problems.ts'
import type { Handlers, Here } from './shell.ts'

export const reminderHandlers: Handlers<'reminded' | 'keepReminded'> = {
  async reminded({ params }, here) {
    const { by, mail, text } = await chosen(here, params.chart)
    return { by, mail, text, on: reminderSettings(await practiceRow(here)).on }
  },
  async keepReminded({ params, body }, here) {
    const { person } = await chosen(here, params.chart)
    await here.client.query('update app.person set reminded_by = $3 where practice_id = $1 and person_id = $2', [here.actor.practice, person, body.by])
    return { done: true }
  },
}

interface Chosen { readonly person: string; readonly by: 'mail' | 'text' | 'none' | null; readonly mail: boolean; readonly text: boolean }

/** As the reminders themselves find it. A chart without a person of their own, as one that was brought in from elsewhere, has nobody who could choose. */
async function chosen({ client, actor }: Here, chart: string): Promise<Chosen> {
  const who = await reachedBy(client, actor.practice, chart)
  if (!who?.patient) throw new Problem('not-found')
  return { person: who.patient, by: who.by, mail: Boolean(who.email), text: Boolean(who.phone) }
}
