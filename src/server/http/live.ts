import type { FastifyInstance } from 'fastify'
import { mayAny, mayRead } from '../../core/access/policy.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { note, readEntries } from '../store/charts.ts'
import { tokenOf } from './cookies.ts'
import { Problem } from './problems.ts'
import type { Shell } from './shell.ts'

const HEARTBEAT_MS = 10_000

/**
 * A chart's live stream: everything after a number, then whatever comes. One audited read, with its start and its
 * end. It shows only kinds this person may read, and closes when the sign-in ends. It never keeps a sign-in awake.
 */
export function liveStream(app: FastifyInstance, shell: Shell) {
  app.get('/api/charts/:chart/live', async (request, reply) => {
    const { chart } = request.params as { chart: string }
    const after = Number(request.headers['last-event-id'] ?? (request.query as { after?: string }).after ?? 0) || 0
    const token = tokenOf(request, shell.secure)
    const held: StoredEntry[] = []
    let hear = (entries: readonly StoredEntry[]): void => { held.push(...entries) }

    // Listening begins before the read, so that nothing can fall between the two.
    let stop = () => {}
    const opened = await shell.database.inContext(token, { chart, durable: false }, async (context) => {
      if (!mayAny('chart.read', context.standings)) throw new Problem('chart.unseen')
      stop = shell.live.listen({ token, signIn: context.actor.signIn, stream: chart, hear: (entries) => hear(entries), end: () => reply.raw.end() })
      const entries = await readEntries(context, chart, { after })
      await note(context, { at: shell.clock.now(), action: 'live.opened', outcome: 'done', chart, detail: { after } })
      return { entries, standings: context.standings, actor: context.actor }
    }).catch((failure: unknown) => {
      stop()
      throw failure
    })

    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    let last = after
    const send = (entries: readonly StoredEntry[]) => {
      const fresh = entries.filter((entry) => entry.seq > last).toSorted((a, b) => a.seq - b.seq)
      if (fresh.length === 0) return
      last = fresh.at(-1)!.seq
      const seen = fresh.filter((entry) => mayRead(entry.kind, opened.standings))
      raw.write(`id: ${last}\ndata: ${JSON.stringify({ entries: seen, lastSeq: last })}\n\n`)
    }
    raw.write(`retry: 1000\ndata: ${JSON.stringify({ entries: [], lastSeq: after, now: shell.clock.now() })}\n\n`)
    send(opened.entries)
    send(held)
    hear = send

    const heartbeat = setInterval(() => raw.write(`event: beat\ndata: ${JSON.stringify({ now: shell.clock.now() })}\n\n`), HEARTBEAT_MS)
    raw.on('close', () => {
      clearInterval(heartbeat)
      stop()
      void shell.database
        .inContext(token, { durable: false }, (context) => note(context, { at: shell.clock.now(), action: 'live.closed', outcome: 'done', chart, detail: { lastSeq: last } }))
        .catch(() => {}) // The sign-in may be the reason the stream ended; its end stands in the audit already.
    })
  })
}
