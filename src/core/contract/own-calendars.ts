import { z } from 'zod'
import { route } from './route.ts'

const done = z.object({ done: z.literal(true) })
const label = z.string().trim().min(1).max(80)
const feedRow = z.object({ id: z.uuid(), label: z.string(), madeAt: z.string(), lastReadAt: z.string().nullable() })
/** `failing`: since when a calendar could not be read, and why; what was known of it stays meanwhile. */
const outerRow = z.object({ id: z.uuid(), label: z.string(), from: z.enum(['address', 'file']), readAt: z.string().nullable(), times: z.int(), failing: z.object({ since: z.string(), says: z.string() }).nullable() })

/** A person's own calendars: the addresses others read their visits from, when they are busy elsewhere, and invitations by mail. */
export const ownCalendarRoutes = {
  myCalendars: route({ method: 'GET', path: '/api/my-calendars', who: 'signed-in', audit: 'my-calendars.read', response: z.object({ feeds: z.array(feedRow), outer: z.array(outerRow), invitations: z.object({ on: z.boolean(), to: z.string().nullable() }) }) }),
  /** The address is answered once: the server keeps only its digest. */
  makeFeed: route({ method: 'POST', path: '/api/my-calendars/feeds', who: 'signed-in', audit: 'calendar-feed.made', body: z.object({ label }), response: z.object({ id: z.uuid(), address: z.string() }) }),
  revokeFeed: route({ method: 'POST', path: '/api/my-calendars/feeds/:feed/revoke', who: 'signed-in', audit: 'calendar-feed.revoked', params: z.object({ feed: z.uuid() }), body: z.object({}).strict(), response: done }),
  /** A calendar that the server reads again and again from now on. */
  addOuterCalendar: route({ method: 'POST', path: '/api/my-calendars/outer', who: 'busy.keep', audit: 'outer-calendar.added', body: z.object({ label, address: z.string().trim().min(1).max(2000) }), response: z.object({ id: z.uuid() }) }),
  /** A calendar as a file, once; `calendar` names the one it takes the place of. */
  importCalendar: route({ method: 'POST', path: '/api/my-calendars/files', who: 'busy.keep', audit: 'outer-calendar.imported', body: z.object({ label, text: z.string().max(1_800_000), calendar: z.uuid().optional() }), response: z.object({ id: z.uuid(), times: z.int() }) }),
  removeOuterCalendar: route({ method: 'POST', path: '/api/my-calendars/outer/:calendar/remove', who: 'busy.keep', audit: 'outer-calendar.removed', params: z.object({ calendar: z.uuid() }), body: z.object({}).strict(), response: done }),
  setInvitations: route({ method: 'POST', path: '/api/my-calendars/invitations', who: 'signed-in', audit: 'invitations.set', body: z.object({ on: z.boolean() }), response: done }),
} as const
