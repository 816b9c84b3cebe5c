import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { hostname } from 'node:os'
import path from 'node:path'
import { CannotStart } from './launch/cannot-start.ts'

/** Everything a practice can set from outside, read once, at the start. */
export interface Settings {
  host: string
  port: number
  /** Where people reach this server, without a slash at the end: the beginning of every link in a mail. */
  publicUrl: string
  /** Key and certificate, when this server speaks TLS itself. */
  tls?: { cert: string; key: string }
  /** Whose word about the caller's address is believed: addresses of a proxy that speaks TLS for us. */
  trustProxy?: string
  /** Where everything is kept, when the database comes with OpenKAP. */
  data: { folder: string; relocatable: boolean }
  /** Somebody else's PostgreSQL instead of ours. */
  database?: { adminUrl: string; appUrl?: string }
  /** A real practice: no sample people, a first-run page instead. Always so where other machines can come in. */
  empty: boolean
  /** Mail by SMTP; without it, mail stays in the outbox. */
  mail?: { smtpUrl: string; from: string }
  /** Text messages by an HTTP POST to a carrier; without it, none are written. */
  texts?: { url: string; token: string }
}

export const usage = `OpenKAP

  npm start              with the sample practice, on this machine only
  npm start -- --empty   for a real practice: the first page makes it and its owner

  PORT          4747 unless set
  HOST          127.0.0.1 unless set; any other needs TLS_CERT and TLS_KEY, or TRUST_PROXY
  TLS_CERT, TLS_KEY   files with the certificate and its key
  TRUST_PROXY   addresses of the proxy that speaks TLS, such as 10.0.0.2
  PUBLIC_URL    how people reach this server, such as https://kap.example.org
  DATA_DIR      .data unless set
  DATABASE_URL  a PostgreSQL 15 or newer instead of the one that comes with OpenKAP; then no sample practice
  APP_DATABASE_URL    the role openkap_app on it, where the account in DATABASE_URL may not make roles
  SMTP_URL, MAIL_FROM mail goes out there; without it, mail waits in the outbox
  TEXT_URL, TEXT_TOKEN  text messages go out there, by HTTP POST; without it, none are written`

type Environment = Readonly<Record<string, string | undefined>>

export function readSettings(args: readonly string[], environment: Environment, folder: string): Settings {
  const unknown = args.find((arg) => arg !== '--empty')
  if (unknown) throw new CannotStart(`${unknown} is not known here. npm start -- --help shows what is.`)
  const read = (name: string) => environment[name]?.trim() || undefined
  const host = read('HOST') ?? '127.0.0.1'
  const port = readPort(read('PORT'))
  const tls = readTls(read('TLS_CERT'), read('TLS_KEY'))
  const trustProxy = readProxy(read('TRUST_PROXY'))
  const database = readDatabase(read('DATABASE_URL'), read('APP_DATABASE_URL'))
  const mail = readMail(read('SMTP_URL'), read('MAIL_FROM'))
  const texts = readTexts(read('TEXT_URL'), read('TEXT_TOKEN'))
  const empty = args.includes('--empty') || database !== undefined || trustProxy !== undefined || !isLoopback(host)
  if (!isLoopback(host) && !tls && !trustProxy) {
    throw new CannotStart(`HOST ${host} lets other machines in, so the way there must be closed to listeners: set TLS_CERT and TLS_KEY, or TRUST_PROXY when a proxy speaks TLS.`)
  }
  return {
    host, port, empty,
    publicUrl: readPublicUrl(read('PUBLIC_URL')) ?? `${tls ? 'https' : 'http'}://${nameOf(host)}:${port}`,
    data: { folder: path.resolve(folder, read('DATA_DIR') ?? '.data'), relocatable: read('DATA_DIR') === undefined },
    ...(tls && { tls }), ...(trustProxy && { trustProxy }), ...(database && { database }), ...(mail && { mail }), ...(texts && { texts }),
  }
}

export const isLoopback = (host: string) => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)

const nameOf = (host: string) => (host === '0.0.0.0' || host === '::' ? hostname() : host.includes(':') ? `[${host}]` : host)

function readPort(given = '4747'): number {
  const port = Number(given)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  throw new CannotStart(`PORT is ${given}, and a port is a whole number from 1 to 65535.`)
}

function readTls(cert: string | undefined, key: string | undefined) {
  if (!cert && !key) return undefined
  if (!cert || !key) throw new CannotStart('TLS_CERT and TLS_KEY belong together: set both, or neither.')
  const [certText, keyText] = [['TLS_CERT', cert], ['TLS_KEY', key]].map(([name = '', file = '']) => {
    try {
      return readFileSync(file, 'utf8')
    } catch (failure) {
      throw new CannotStart(`${name} names ${file}, which cannot be read (${(failure as { code?: string }).code}).`)
    }
  })
  return { cert: certText!, key: keyText! }
}

function readProxy(given: string | undefined): string | undefined {
  const named = ['loopback', 'linklocal', 'uniquelocal']
  const wrong = given?.split(',').map((part) => part.trim()).find((part) => !named.includes(part) && !isIP(part.replace(/\/\d{1,3}$/, '')))
  if (wrong === undefined) return given
  throw new CannotStart(`TRUST_PROXY holds ${wrong || 'nothing'}, and takes addresses such as 10.0.0.2 or 10.0.0.0/24, or loopback.`)
}

function readPublicUrl(given: string | undefined): string | undefined {
  if (!given) return undefined
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash) return url.origin
  throw new CannotStart(`PUBLIC_URL is ${given}, and must be an address such as https://kap.example.org.`)
}

function readDatabase(adminUrl: string | undefined, appUrl: string | undefined) {
  if (!adminUrl && appUrl) throw new CannotStart('APP_DATABASE_URL is set without DATABASE_URL: set both, or neither.')
  if (!adminUrl) return undefined
  for (const [name, url] of [['DATABASE_URL', adminUrl], ['APP_DATABASE_URL', appUrl]] as const) {
    if (url && !(URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol) && new URL(url).pathname.length > 1)) {
      throw new CannotStart(`${name} must be an address such as postgres://name:password@host:5432/database.`)
    }
  }
  return { adminUrl, ...(appUrl && { appUrl }) }
}

function readMail(smtpUrl: string | undefined, from: string | undefined) {
  if (!smtpUrl && !from) return undefined
  if (!smtpUrl || !from) throw new CannotStart('SMTP_URL and MAIL_FROM belong together: set both, or neither.')
  if (!URL.canParse(smtpUrl) || !/^smtps?:$/.test(new URL(smtpUrl).protocol)) throw new CannotStart('SMTP_URL must be an address such as smtps://name:password@mail.example.org.')
  return { smtpUrl, from }
}

/** Telephone numbers and links travel there, so the way has to be closed to listeners, unless it ends on this machine. */
function readTexts(url: string | undefined, token: string | undefined) {
  if (!url && !token) return undefined
  if (!url || !token) throw new CannotStart('TEXT_URL and TEXT_TOKEN belong together: set both, or neither.')
  const given = URL.canParse(url) ? new URL(url) : undefined
  if (!given || !(given.protocol === 'https:' || (given.protocol === 'http:' && isLoopback(given.hostname)))) throw new CannotStart('TEXT_URL must be an address such as https://texts.example.org/send.')
  return { url, token }
}
