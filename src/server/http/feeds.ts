import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { calendarText } from '../../core/scheduling/calendar-text.ts'
import { plusDays } from '../../core/shared/time.ts'
import { visitEvent, type VisitTold } from '../outside/visit-event.ts'
import type { Shell } from './shell.ts'

/** A calendar asks every few minutes at most; whoever asks more often is trying addresses. */
const ASKED_A_MINUTE = 60
const BACK_DAYS = 30

interface Feed {
  readonly person: string
  readonly places: boolean
  readonly visits: readonly (Omit<VisitTold, 'stands' | 'person'> & { readonly changedAt: string })[]
}

/** A person's visits for another calendar, at an address that only they know. A wrong, a revoked and a made-up address sound the same. */
export function feeds(app: FastifyInstance, shell: Shell) {
  app.get<{ Params: { token: string } }>('/feeds/:token.ics', { config: { rateLimit: { max: ASKED_A_MINUTE, timeWindow: 60_000 } } }, async (request, reply) => {
    const now = shell.clock.now()
    const { rows } = await shell.database.pool.query<{ feed: Feed | null }>('select app.read_feed($1, $2, $3, $4) as feed', [shell.database.key, request.params.token, now, plusDays(now, -BACK_DAYS)])
    const feed = rows[0]?.feed
    reply.header('cache-control', 'private, no-cache').header('x-robots-tag', 'noindex')
    if (!feed) return reply.code(404).type('text/plain; charset=utf-8').send('There is no calendar at this address. If it was yours, make a new one where you made it.\n')
    const text = calendarText(feed.visits.map((visit) => visitEvent({ ...visit, person: feed.person, stands: true, ...(feed.places ? {} : { room: null }) }, visit.changedAt)))
    const tag = `"${createHash('sha256').update(text).digest('base64url')}"`
    reply.header('etag', tag)
    if (tags(request.headers['if-none-match']).includes(tag)) return reply.code(304).send()
    return reply.type('text/calendar; charset=utf-8').header('content-disposition', 'inline; filename="visits.ics"').send(text)
  })
}

/** Whoever keeps a packed copy may say that its tag is a weak one. */
const tags = (header: string | undefined): readonly string[] => (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''))
