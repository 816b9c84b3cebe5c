import { z } from 'zod'
import { videoAddress } from '../online/video-address.ts'
import { route } from './route.ts'

const done = z.object({ done: z.literal(true) })
const onVisit = z.object({ chart: z.uuid(), visit: z.uuid() })
const of = z.enum(['visit', 'person', 'practice']).nullable()

/** Visits online: where they are joined, shown to whoever is on the visit and to nobody else. */
export const onlineRoutes = {
  /** The address as it stands now, for whoever is on the visit; the desk hears whose it is, and not what it is. `waits` is what the patient reads where a licence may be missing. */
  joinVisit: route({ method: 'GET', path: '/api/charts/:chart/visits/:visit/join', who: 'visit.join', audit: 'visit.join-read', params: onVisit, response: z.object({ address: z.string().nullable(), of, joinFromMinBefore: z.int(), waits: z.string().nullable() }) }),
  keepVisitVideo: route({ method: 'POST', path: '/api/charts/:chart/visits/:visit/video', who: 'plan.book', audit: 'visit.video-kept', params: onVisit, body: z.object({ address: videoAddress }), response: done }),
  /** One's own standing address, and for the desk everybody's and the practice's. */
  videoAddresses: route({ method: 'GET', path: '/api/video-addresses', who: 'video.keep', audit: 'video-addresses.read', response: z.object({ practice: z.string().nullable(), people: z.array(z.object({ person: z.uuid(), address: z.string() })) }) }),
  /** Of a person, or without one of the practice; an empty address takes it away. */
  keepVideoAddress: route({ method: 'POST', path: '/api/video-addresses', who: 'video.keep', audit: 'video-address.kept', body: z.object({ person: z.uuid().nullable(), address: videoAddress }), response: done }),
} as const
