import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { constants } from 'node:zlib'
import { z } from 'zod'
import { mayAny, type Operation } from '../../core/access/policy.ts'
import { contract, routeNames, type RouteName } from '../../core/contract/contract.ts'
import type { Route } from '../../core/contract/route.ts'
import type { AuditLine } from '../store/audit.ts'
import { translated, type Context } from '../store/database.ts'
import { deviceOf, tokenOf } from './cookies.ts'
import { feeds } from './feeds.ts'
import { appendEntries, handlers, openHandlers } from './handlers.ts'
import { liveStream, toldStream } from './live.ts'
import { Problem, problems } from './problems.ts'
import { aboutChart, noteRefusal } from './refusals.ts'
import type { Door, Shell } from './shell.ts'
import { pages } from './pages.ts'
import { publicSite } from './site.ts'
import { underWay } from './under-way.ts'

/** The whole server, not yet listening. Every route of the contract is registered here, and no other under /api. */
export async function createApp(shell: Shell): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: 2_000_000, trustProxy: shell.trustProxy ?? false, requestTimeout: SLOWEST_MS, forceCloseConnections: true })
  await app.register(cookie)
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:', 'blob:'], mediaSrc: ["'self'", 'blob:'], connectSrc: ["'self'"], frameAncestors: ["'none'"], formAction: ["'self'"], objectSrc: ["'none'"], upgradeInsecureRequests: shell.secure ? [] : null } }, strictTransportSecurity: shell.secure, referrerPolicy: { policy: 'same-origin' } })
  await app.register(compress, { threshold: SHRINKS_FROM, encodings: ['br', 'gzip'], brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } })
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => new Problem('too-many-requests') })
  app.addHook('onRequest', async (request) => refuseOtherSites(request))
  app.setErrorHandler((failure, request, reply) => answerProblem(shell, failure, request, reply))

  const finished = underWay(app)
  app.get('/api/health', async () => ({ ok: true, now: shell.clock.now() }))
  for (const name of routeNames) register(app, shell, name)
  liveStream(app, shell)
  toldStream(app, shell)
  feeds(app, shell)
  pages(app, shell)
  publicSite(app, shell)
  app.addHook('preClose', async () => {
    shell.live.endAll()
    await finished()
    app.server.closeAllConnections()
  })
  return app
}

/** Bytes; what is shorter travels in one packet anyway. */
const SHRINKS_FROM = 1_024

/** Doors a stranger can knock at: so many times a minute from one address. */
const KNOCKS: Partial<Record<RouteName, number>> = { signIn: 20, signInCode: 20, askForLink: 10, redeemLink: 20, beginPractice: 10, setPassword: 10, unlock: 30, deposit: 240, depositFile: 60 }

/** A picture on a slow line takes a minute; what sends a file waits two. Headers have a minute of their own. */
const SLOWEST_MS = 120_000

/** Bytes travel as base64; nothing else is as long. */
const FILE_BODY = 5_400_000
const WITH_BYTES: readonly RouteName[] = ['putFile', 'depositFile', 'recoverFile']

function register(app: FastifyInstance, shell: Shell, name: RouteName) {
  const row: Route = contract[name]
  const knocks = shell.sample ? undefined : KNOCKS[name]
  app.route({
    method: row.method, url: row.path, ...(WITH_BYTES.includes(name) ? { bodyLimit: FILE_BODY } : {}), ...(knocks ? { config: { rateLimit: { max: knocks, timeWindow: 60_000 } } } : {}),
    handler: async (request, reply) => {
      const door: Door = { shell, request, reply, now: shell.clock.now(), token: tokenOf(request, shell.secure), device: deviceOf(request, reply, shell.secure) }
      if (name === 'append') return reply.code(201).send(await appendEntries(parse(row, request), door))
      const answer = row.who === 'anyone' ? await openHandlers[name as keyof typeof openHandlers](parse(row, request) as never, door) : await inContext(row, name, door)
      return reply.sent ? reply : reply.send(answer)
    },
  })
}

/** One transaction a request: who is asking, may they, do it, and the audit line beside it. Refusals are audited too. */
async function inContext(row: Route, name: RouteName, door: Door): Promise<unknown> {
  const { shell, request, token } = door
  const chart = (request.params as { chart?: string }).chart
  if (row.method === 'POST' && !row.background) shell.database.touch(token)
  const known: { line?: AuditLine } = {}
  try {
    return await shell.database.inContext(token, { chart, durable: row.method === 'POST' }, async (context) => {
      const line = { at: door.now, action: row.audit ?? name, ...aboutChart(chart, context.standings) }
      known.line = { ...line, outcome: 'refused' }
      refuseUnlessAllowed(row, chart, context)
      const answered = await handlers[name as keyof typeof handlers](parse(row, request) as never, { ...door, ...context } as never)
      if (row.audit) context.audit({ ...line, outcome: 'done' })
      return answered
    })
  } catch (failure) {
    if (known.line && failure instanceof Problem) await noteRefusal(shell, token, known.line, failure)
    throw failure
  }
}

function refuseUnlessAllowed(row: Route, chart: string | undefined, { actor, standings }: Context) {
  const wanted = row.who === 'half-signed-in' ? 'second-factor' : 'person'
  if (actor.purpose !== wanted) throw new Problem('sign-in.needed')
  if (row.who === 'signed-in' || row.who === 'half-signed-in' || mayAny(row.who as Operation, standings)) return
  throw new Problem(chart && !mayAny('chart.read', standings) ? 'chart.unseen' : 'not-allowed')
}

function parse(row: Route, request: FastifyRequest): never {
  const parts: Record<string, unknown> = {}
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = row[part] as z.ZodType | undefined
    if (schema) parts[part] = schema.parse(request[part] ?? (part === 'body' ? undefined : {}))
  }
  return parts as never
}

/** A page of another site must not act in somebody's name, whatever cookies the browser sends along. */
function refuseOtherSites(request: FastifyRequest) {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  const fetchSite = request.headers['sec-fetch-site']
  const isOwn = fetchSite === 'same-origin' || fetchSite === 'none'
  if (fetchSite && !isOwn) throw new Problem('origin.refused')
  // A page in a box of another site says "null"; one of ours may too, and then the browser vouches for it.
  if (origin && !(origin === 'null' ? isOwn : URL.canParse(origin) && new URL(origin).host === request.headers.host)) throw new Problem('origin.refused')
}

function answerProblem(shell: Shell, failure: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemOf(failure)
  const { status } = problems[problem.code]
  if (status >= 500) shell.log.error({ code: problem.code, route: request.routeOptions.url, failure: failure instanceof Error ? failure.stack : String(failure) }, 'a request failed')
  else shell.log.debug({ code: problem.code, ...problem.detail, route: request.routeOptions.url }, 'a request was refused')
  return reply.code(status).send({ code: problem.code, say: problem.message, list: problem.list, ...(problem.detail.entry ? { entry: problem.detail.entry } : {}), ...(problem.chart ? { chart: problem.chart } : {}) })
}

function problemOf(failure: unknown): Problem {
  if (failure instanceof Problem) return failure
  if (failure instanceof z.ZodError) return new Problem('request.malformed', { list: failure.issues.slice(0, 20).map((issue) => ({ code: issue.path.join('.'), says: issue.message })) })
  const { code, statusCode } = failure as { code?: string; statusCode?: number }
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('too-large')
  if (statusCode === 400 || statusCode === 415) return new Problem('request.malformed')
  if (statusCode === 429) return new Problem('too-many-requests')
  const known = translated(failure)
  return known instanceof Problem ? known : new Problem('internal')
}
