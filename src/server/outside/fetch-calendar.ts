import { lookup } from 'node:dns/promises'
import http from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isInner } from './inner-addresses.ts'

export type Fetched = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly says: string }
interface Address {
  readonly address: string
  readonly family: number
}
/** How names become addresses, which of these are not gone to, and for how long one is waited for. */
export interface Reach {
  readonly resolve: (host: string) => Promise<readonly Address[]>
  readonly isInner: (address: string) => boolean
  readonly waitMs: number
}
const outside: Reach = { resolve: (host) => lookup(host, { all: true }), isInner, waitMs: 10_000 }

/** Bytes; a calendar of ten busy years is smaller. */
export const MOST_BYTES = 2_000_000
const MOST_REDIRECTS = 3

/**
 * Reads a calendar from an address that somebody typed. The server goes only where the world can go: each name is looked up
 * once, all it stands for is judged, and the connection is made to exactly that, also after each redirect. So neither a
 * name that answers differently the second time nor a page that sends on reaches an inner network.
 */
export async function fetchCalendar(typed: string, reach: Reach = outside): Promise<Fetched> {
  const deadline = AbortSignal.timeout(reach.waitMs)
  let url = readAddress(typed)
  for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
    if (typeof url === 'string') return { ok: false, says: url }
    const to = await addressesOf(url, reach)
    if (typeof to === 'string') return { ok: false, says: to }
    const answer = await get(url, to, deadline)
    if (!('location' in answer)) return answer
    const next = readAddress(URL.canParse(answer.location, url.href) ? new URL(answer.location, url).href : answer.location)
    url = typeof next !== 'string' && url.protocol === 'https:' && next.protocol === 'http:' ? 'The address sends on to one without encryption, and this server does not follow there.' : next
  }
  return { ok: false, says: 'The address sends on more often than this server follows.' }
}

/** What somebody typed as an address that may be tried; or why not, in words. */
export function readAddress(typed: string): URL | string {
  const address = typed.trim().replace(/^webcals?:/i, 'https:')
  if (!URL.canParse(address)) return 'This is not an address. It begins with https:// and is copied whole from the other calendar.'
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'The address has to begin with https:// or http://.'
  if (url.username || url.password) return 'The address has a name or a password in it. Use the secret address that the other calendar gives for sharing.'
  if (isIP(bare(url.hostname)) && isInner(bare(url.hostname))) return INNER
  return url
}

const INNER = 'The address leads into an inner network, where this server reads nothing.'
const AWAY = 'The other calendar’s server did not answer.'
const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '')

async function addressesOf(url: URL, reach: Reach): Promise<readonly Address[] | string> {
  const host = bare(url.hostname)
  const family = isIP(host)
  const found = family ? [{ address: host, family }] : await reach.resolve(host).catch(() => [])
  if (found.length === 0) return 'There is no server of that name.'
  return found.some(({ address }) => reach.isInner(address)) ? INNER : found
}

/** One request to addresses that were judged before; whatever the name means by now. */
function get(url: URL, to: readonly Address[], signal: AbortSignal): Promise<Fetched | { readonly location: string }> {
  const judged = to.map(({ address, family }) => ({ address, family }))
  const lookup: LookupFunction = (_host, { all }, done) => (all ? done(null, judged) : done(null, judged[0]!.address, judged[0]!.family))
  return new Promise((resolve) => {
    const fail = (says: string) => resolve({ ok: false, says })
    const request = (url.protocol === 'https:' ? https : http).get(url, { lookup, agent: false, signal, headers: { accept: 'text/calendar', 'accept-encoding': 'identity', 'user-agent': 'calendar-reader' } }, (response) => {
      const { statusCode = 0, headers } = response
      if (statusCode >= 300 && statusCode < 400 && headers.location) {
        response.destroy()
        return resolve({ location: headers.location })
      }
      if (statusCode !== 200 || (headers['content-encoding'] ?? 'identity') !== 'identity') {
        response.destroy()
        return fail(statusCode === 200 ? 'The other calendar’s server sent it packed, which was not asked for.' : `The other calendar’s server answered with ${statusCode} instead of a calendar.`)
      }
      const pieces: Buffer[] = []
      let bytes = 0
      response.on('data', (piece: Buffer) => {
        bytes += piece.length
        if (bytes <= MOST_BYTES) return void pieces.push(piece)
        response.destroy()
        fail(TOO_LARGE)
      })
      response.on('end', () => (response.complete ? resolve({ ok: true, text: Buffer.concat(pieces).toString('utf8') }) : fail(AWAY)))
      response.on('error', () => fail(AWAY))
      response.on('close', () => fail(AWAY))
    })
    request.on('error', () => fail(AWAY))
  })
}

export const TOO_LARGE = 'The calendar is larger than two megabytes. Share a shorter time of it, or only whether you are busy.'
