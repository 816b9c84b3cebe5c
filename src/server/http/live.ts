import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { mayAny, mayRead } from '../../core/access/policy.ts'
import type { StoredEntry } from '../../core/chart/entry.ts'
import { ofPerson } from '../live/hub.ts'
import { inOrder } from '../live/in-order.ts'
import type { AuditLine } from '../store/audit.ts'
import { readEntries } from '../store/charts.ts'
import type { Context } from '../store/database.ts'
import { tokenOf } from './cookies.ts'
import { Problem } from './problems.ts'
import { aboutChart, noteRefusal } from './refusals.ts'
import type { Shell } from './shell.ts'

const HEARTBEAT_MS = 10_000

/**
 * A chart's live stream: everything after a number, then whatever comes. One audited read, with its start and its
 * end. It shows only kinds this person may read, and closes when the sign-in ends or this person stands otherwise to the chart. It never keeps a sign-in awake.
 */
export function liveStream(app: FastifyInstance, shell: Shell) {
  app.get('/api/charts/:chart/live', async (request, reply) => {
    const opened = await open(shell, request, reply)
    const { chart, token, after, standings } = opened
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    // A stream that has been ended is written to no more: that would end the program with every session that runs.
    const write = (text: string) => { if (!raw.writableEnded) raw.write(text) }
    raw.on('error', () => raw.destroy())
    const say = (entries: readonly StoredEntry[], last: number) =>
      write(`id: ${last}\ndata: ${JSON.stringify({ entries: entries.filter((entry) => mayRead(entry.kind, standings)), lastSeq: last })}\n\n`)
    // How far it goes is said before the rest is on its way: until then the chart is not known, and nothing missing from it reads as none.
    write(`retry: 1000\ndata: ${JSON.stringify({ entries: [], lastSeq: after, upTo: Math.max(opened.last, after), now: shell.clock.now() })}\n\n`)
    if (opened.last > after) say(opened.entries, opened.last)
    const order = inOrder(Math.max(opened.last, after), (entries) => say(entries, entries.at(-1)!.seq), (last) => shell.database.inContext(token, { chart, durable: false }, async (context) => {
      if ((await standsAs(context, token, chart)) === opened.standing) return readAfter(context, chart, last)
      // By another standing the reader would be led past what could be read a moment before: the stream ends, and begins anew.
      raw.end()
      throw new Problem('chart.unseen')
    }))
    opened.heard(order.hear)

    const heartbeat = setInterval(() => write(`event: beat\ndata: ${JSON.stringify({ now: shell.clock.now() })}\n\n`), HEARTBEAT_MS)
    raw.on('close', () => {
      clearInterval(heartbeat)
      order.end()
      opened.stop()
      void shell.database
        .inContext(token, { durable: false }, async (context) => context.audit({ at: shell.clock.now(), action: 'live.closed', outcome: 'done', chart, detail: { lastSeq: order.last() } }))
        .catch(() => {}) // The sign-in may be the reason the stream ended; its end stands in the audit already.
    })
  })
}

async function open(shell: Shell, request: FastifyRequest, reply: FastifyReply) {
  const { chart } = request.params as { chart: string }
  const asked = Number(request.headers['last-event-id'] ?? (request.query as { after?: string }).after ?? 0)
  const after = Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, 2_147_483_647) : 0
  const token = tokenOf(request, shell.secure)
  const known: { line?: AuditLine; stop?: () => void } = {}
  const held: StoredEntry[] = []
  let hear = (entries: readonly StoredEntry[]): void => { held.push(...entries) }
  try {
    return await shell.database.inContext(token, { chart, durable: false }, async (context) => {
      const line = { at: shell.clock.now(), action: 'live.opened', ...aboutChart(chart, context.standings) }
      known.line = { ...line, outcome: 'refused' }
      if (context.actor.purpose !== 'person') throw new Problem('sign-in.needed')
      if (!mayAny('chart.read', context.standings)) throw new Problem('chart.unseen')
      // Listening begins before the read, so that nothing can fall between the two.
      const standing = await standsAs(context, token, chart)
      const stop = (known.stop = shell.live.listen({ token, standing, signIn: context.actor.signIn, stream: chart, hear: (entries) => hear(entries), end: () => reply.raw.end() }))
      const read = await readAfter(context, chart, after)
      context.audit({ ...line, outcome: 'done', detail: { after } })
      return {
        ...read, chart, token, after, stop, standing, standings: context.standings,
        heard(by: (entries: readonly StoredEntry[]) => void) {
          hear = by
          by(held)
        },
      }
    })
  } catch (failure) {
    known.stop?.()
    if (known.line && failure instanceof Problem) await noteRefusal(shell, token, known.line, failure)
    throw failure
  }
}

async function standsAs({ client }: Context, token: string, chart: string): Promise<string> {
  const { rows } = await client.query<{ standing: string }>({ name: 'stands-as', text: 'select app.stands_as($1, $2) as standing', values: [token, chart] })
  return rows[0]!.standing
}

/** What this reader may see after a number, and the newest number when it was read: all before that one is here or not for them. */
async function readAfter(context: Context, chart: string, after: number) {
  const entries = await readEntries(context, chart, { after })
  return { entries, last: Math.max(context.lastSeq, entries.at(-1)?.seq ?? 0) }
}

/**
 * A person's own stream: a nudge whenever something was told to them, and a beat. It carries nothing of what was told; the
 * page asks for that, so that every word stays behind the same door. It ends with the sign-in and never keeps one awake.
 */
export function toldStream(app: FastifyInstance, shell: Shell) {
  app.get('/api/told/live', async (request, reply) => {
    const token = tokenOf(request, shell.secure)
    const { actor } = await shell.database.inContext(token, { durable: false }, async (context) => context)
    if (actor.purpose !== 'person' || !actor.person) throw new Problem('sign-in.needed')
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    const say = (event: string) => { if (!raw.writableEnded) raw.write(`event: ${event}\ndata: ${JSON.stringify({ now: shell.clock.now() })}\n\n`) }
    const stop = shell.live.listen({ token, signIn: actor.signIn, stream: ofPerson(actor.person), hear: () => say('told'), end: () => { over(); raw.end() } })
    const heartbeat = setInterval(() => say('beat'), HEARTBEAT_MS)
    const over = () => { clearInterval(heartbeat); stop() }
    raw.on('close', over)
    raw.on('error', over)
    say('told')
  })
}
