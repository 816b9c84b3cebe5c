import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { createReadStream, existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { Problem } from './problems.ts'
import type { Shell } from './shell.ts'

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.png': 'image/png' }
/** Files with a fingerprint in their name never change. */
const FOREVER = 'public, max-age=31536000, immutable'

/** The built browser programs: /my for patients, /work for staff, and what they load. */
export function pages(app: FastifyInstance, shell: Shell) {
  const { webDir } = shell
  if (!shell.site) app.setNotFoundHandler(() => { throw new Problem('not-found') })
  if (!webDir) return
  const program = (html: string) => async (request: FastifyRequest, reply: FastifyReply) => sendBuilt(request, reply.header('cache-control', 'no-cache'), path.join(webDir, html))
  // The names of its icons stay the same, so that what was put on a telephone's first screen keeps its face.
  for (const name of ['app.webmanifest', 'icon-192.png', 'icon-512.png', 'icon-maskable.png']) app.get(`/my/${name}`, async (request, reply) => sendBuilt(request, reply.header('cache-control', 'no-cache'), path.join(webDir, 'portal/app', name)))
  for (const url of ['/my', '/my/*']) app.get(url, program('portal/index.html'))
  for (const url of ['/work', '/work/*', '/sign-in', '/sign-in/password', '/first-run']) app.get(url, program('workstation/index.html'))
  app.get('/sw.js', async (request, reply) => sendBuilt(request, reply.header('cache-control', 'no-cache').header('service-worker-allowed', '/'), path.join(webDir, 'sw.js')))
  app.get('/assets/*', async (request, reply) => {
    const file = path.join(webDir, 'assets', path.normalize(`/${(request.params as { '*': string })['*']}`))
    if (!file.startsWith(path.join(webDir, 'assets') + path.sep) || !existsSync(file) || !statSync(file).isFile()) throw new Problem('not-found')
    return sendBuilt(request, reply.header('cache-control', FOREVER), file)
  })
}

const CODINGS = [['br', '.br'], ['gzip', '.gz']] as const

/** A built file, in the tightest form that its asker takes: the build laid `.br` and `.gz` beside what shrinks. */
function sendBuilt(request: FastifyRequest, reply: FastifyReply, file: string) {
  const taken = String(request.headers['accept-encoding'] ?? '').split(',').map((one) => one.trim()).filter((one) => !/;\s*q=0(\.0*)?$/.test(one)).map((one) => one.split(';')[0])
  const [coding, ending] = CODINGS.find(([name, suffix]) => taken.includes(name) && existsSync(file + suffix)) ?? ['', '']
  if (coding) reply.header('content-encoding', coding)
  return reply.type(TYPES[path.extname(file)] ?? 'application/octet-stream').header('vary', 'accept-encoding').send(createReadStream(file + ending))
}
