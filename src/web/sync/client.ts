import type { Request, Response, RouteName } from '../../core/contract/contract.ts'
import { clock } from './clock.ts'
import { routes } from './routes.ts'

const TIMEOUT_MS = 10_000

/** The server understood and said no: a stable code, words for a person, and what is missing. */
export class Refused extends Error {
  readonly status: number
  readonly code: string
  readonly say: string
  readonly list: readonly { readonly code: string; readonly says: string }[]
  /** The chart that is the way on, where there is one. */
  readonly chart: string | undefined

  constructor(status: number, code: string, say: string, list: Refused['list'] = [], chart?: string) {
    super(say)
    this.name = 'Refused'
    this.status = status
    this.code = code
    this.say = say
    this.list = list
    this.chart = chart
  }
}

/** Nobody answered, or not in time. Whether the request arrived is not known, so it may be made again. */
export class Offline extends Error {
  constructor(cause?: unknown) {
    super('There is no connection to the server right now.', { cause })
    this.name = 'Offline'
  }
}

export interface How {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
}
/** Routes that take nothing are called with nothing. */
type Ask<Name extends RouteName> = unknown extends Request<Name> ? [request?: object, how?: How] : [request: Request<Name>, how?: How]

/** One call of the contract: same origin, JSON both ways. An answer that is not JSON (a document) comes as a Blob. */
export async function call<Name extends RouteName>(name: Name, ...[request, how = {}]: Ask<Name>): Promise<Response<Name>> {
  const [method, path] = routes[name]
  const { params, query, body } = (request ?? {}) as { params?: Record<string, string>; query?: Record<string, unknown>; body?: unknown }
  const sentAt = Date.now()
  const timeout = AbortSignal.timeout(how.timeoutMs ?? TIMEOUT_MS)
  const answered = await fetch(addressOf(path, params, query), {
    method, credentials: 'same-origin', signal: how.signal ? AbortSignal.any([how.signal, timeout]) : timeout,
    headers: { accept: 'application/json', ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
  }).catch(async (cause: unknown) => {
    if (name === 'signOut') await forgetAll()
    throw new Offline(cause)
  })
  const answer = await read(answered)
  const isHandedOver = name === 'handTablet' && answered.ok
  // Whatever screen signs out, nothing that was read stays behind on the device: with the server or without it.
  if (name === 'signOut' || isHandedOver) await forgetAll()
  if (isHandedOver) await import('./hand-over.ts').then(({ leaveOtherPages }) => leaveOtherPages())
  if (!answered.ok) throw refusal(answered.status, answer)
  // Somebody has just shown who they are: the lock of a screen left alone is not to meet them at once.
  if (!leaving.includes(name) && identities.includes(name)) await import('./open-device.ts').then(({ cameBack }) => cameBack((answer as Response<'me'>).person)).catch(() => {})
  if (identities.includes(name)) for (const tell of listeners) tell()
  const now = (answer as { now?: unknown } | null)?.now
  if (typeof now === 'string') clock.heard(now, sentAt, Date.now())
  return answer as Response<Name>
}

const forgetAll = () => import('./open-device.ts').then(({ forgetEverybody }) => forgetEverybody()).catch(() => {})

/** Calls after which somebody else is at this device, or nobody. */
const leaving: readonly RouteName[] = ['signOut', 'handTablet']
const identities: readonly RouteName[] = ['signInCode', 'redeemLink', 'enterAs', ...leaving]
const listeners = new Set<() => void>()
export function onIdentity(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function addressOf(path: string, params: Record<string, string> = {}, query: Record<string, unknown> = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(params[key] ?? ''))
  const asked = new URLSearchParams(Object.entries(query).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])))
  return asked.size > 0 ? `${filled}?${asked}` : filled
}

async function read(answered: globalThis.Response): Promise<unknown> {
  try {
    if (answered.headers.get('content-type')?.includes('json')) return await answered.json()
    if (!answered.ok) return null
    // Each document of our server names its file. What does not was put in its place on the way, or broke off at its head.
    if (!answered.headers.has('content-disposition')) throw new Error('This is no answer of our server.')
    return await answered.blob()
  } catch (cause) {
    throw new Offline(cause) // The answer broke off half-way, or is somebody else's.
  }
}

/** Something between us and the server may answer in its place; only words of our own server count as a refusal. */
function refusal(status: number, answer: unknown): Error {
  const { code, say, list, chart } = (answer ?? {}) as { code?: string; say?: string; list?: Refused['list']; chart?: string }
  return code && say ? new Refused(status, code, say, list, chart) : new Offline(status)
}
