import { randomUUID } from 'node:crypto'
import { plusDays } from '../../core/shared/time.ts'
import { readBusyTimes } from '../outside/busy-times.ts'
import { readAddress } from '../outside/fetch-calendar.ts'
import { newToken, seal } from '../sign-in/secrets.ts'
import { addOuterCalendar, hasInvitations, keepBusyTimes, outerCalendars, ownFeeds, removeOuterCalendar, renameFile, revokeFeed, setInvitations } from '../store/own-calendars.ts'
import { practiceRow } from '../store/practice.ts'
import { Problem } from './problems.ts'
import type { Handlers } from './shell.ts'

const MOST_FEEDS = 10
const MOST_CALENDARS = 10
/** How far ahead busy times are kept: as far as a course with its follow-ups is planned. */
const KEPT_DAYS = 550

/** The months of another calendar that matter here. */
export const monthsKept = (now: string) => ({ from: plusDays(now, -1), to: plusDays(now, KEPT_DAYS) })

export const ownCalendarHandlers: Handlers<'myCalendars' | 'makeFeed' | 'revokeFeed' | 'addOuterCalendar' | 'importCalendar' | 'removeOuterCalendar' | 'setInvitations'> = {
  async myCalendars(_, here) {
    return { feeds: await ownFeeds(here), outer: await outerCalendars(here), invitations: await hasInvitations(here) }
  },
  async makeFeed({ body }, here) {
    const [id, token] = [randomUUID(), newToken()]
    const { rows } = await here.client.query<{ made: string }>('select app.make_feed($1, $2, $3, $4, $5, $6) as made', [here.shell.database.key, id, body.label, token, here.now, MOST_FEEDS])
    if (rows[0]?.made !== 'made') throw new Problem('calendars.too-many')
    return { id, address: `${here.shell.origin()}/feeds/${token}.ics` }
  },
  async revokeFeed({ params }, here) {
    if (!(await revokeFeed(here, params.feed, here.now))) throw new Problem('not-found')
    return { done: true }
  },
  async addOuterCalendar({ body }, here) {
    const url = readAddress(body.address)
    if (typeof url === 'string') throw new Problem('calendar.unreadable', { list: [{ code: 'address', says: url }] })
    if ((await outerCalendars(here)).length >= MOST_CALENDARS) throw new Problem('calendars.too-many')
    const id = randomUUID()
    await addOuterCalendar(here, { id, label: body.label, sealedAddress: seal(here.shell.secret, url.href), now: here.now })
    return { id }
  },
  async importCalendar({ body }, here) {
    const { zone } = await practiceRow(here)
    const read = readBusyTimes(body.text, { zone, ...monthsKept(here.now) })
    if (!read.ok) throw new Problem('calendar.unreadable', { list: [{ code: 'file', says: read.says }] })
    const id = body.calendar ?? randomUUID()
    if (body.calendar) {
      if (!(await renameFile(here, id, body.label))) throw new Problem('not-found')
    } else {
      if ((await outerCalendars(here)).length >= MOST_CALENDARS) throw new Problem('calendars.too-many')
      await addOuterCalendar(here, { id, label: body.label, sealedAddress: null, now: here.now })
    }
    await keepBusyTimes(here.client, here.actor.practice, id, read.times, here.now)
    return { id, times: read.times.length }
  },
  async removeOuterCalendar({ params }, here) {
    if (!(await removeOuterCalendar(here, params.calendar))) throw new Problem('not-found')
    return { done: true }
  },
  async setInvitations({ body }, here) {
    await setInvitations(here, body.on)
    return { done: true }
  },
}
