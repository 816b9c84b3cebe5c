import { z } from 'zod'
import { route } from './route.ts'

const ofSession = z.object({ chart: z.uuid(), session: z.uuid() })
const guest = z.object({ guest: z.uuid(), person: z.uuid(), until: z.iso.datetime({ precision: 3 }) })

/** A second person who signs on the device of the first: let in once by their own PIN, for one session. */
export const guestRoutes = {
  /** `right`: the PIN of that person, judged as theirs. `publicKey`: the half of what that PIN opens on this device from now on. */
  enrolGuest: route({ method: 'POST', path: '/api/charts/:chart/sessions/:session/guests', who: 'session.join', audit: 'guest.enrolled', params: ofSession, body: z.object({ person: z.uuid(), pin: z.string().regex(/^\d{4,8}$/), publicKey: z.string().regex(/^[A-Za-z0-9+/]{87}=$/) }), response: z.object({ right: z.boolean(), triesLeft: z.int(), guest: guest.nullable() }) }),
  /** Who may still sign on the device of whoever asks, as far as the server knows. */
  guests: route({ method: 'GET', path: '/api/charts/:chart/sessions/:session/guests', who: 'session.join', audit: null, background: true, params: ofSession, response: z.object({ guests: z.array(guest) }) }),
  endGuest: route({ method: 'POST', path: '/api/charts/:chart/sessions/:session/guests/:guest/end', who: 'session.join', audit: 'guest.ended', params: ofSession.extend({ guest: z.uuid() }), body: z.object({}).strict(), response: z.object({ done: z.literal(true) }) }),
} as const
