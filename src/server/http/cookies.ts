import type { FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'

const YEAR_S = 31_536_000

/** Behind TLS the browser itself then refuses the cookie to any other host or path; on loopback that form is not to be had. */
const nameOf = (secure: boolean, plain: string) => (secure ? `__Host-${plain}` : plain)
const options = (secure: boolean) => ({ httpOnly: true, sameSite: 'strict', secure, path: '/' }) as const

export const tokenOf = (request: FastifyRequest, secure: boolean) => request.cookies[nameOf(secure, 'openkap')] ?? ''

export function giveToken(reply: FastifyReply, secure: boolean, token: string) {
  reply.setCookie(nameOf(secure, 'openkap'), token, options(secure))
}
export function takeToken(reply: FastifyReply, secure: boolean) {
  reply.clearCookie(nameOf(secure, 'openkap'), options(secure))
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** The name of a device that has one; a page that sets no cookie asks for it so. */
export function knownDevice(request: FastifyRequest, secure: boolean): string | undefined {
  const known = request.cookies[nameOf(secure, 'openkap-device')] ?? ''
  return UUID.test(known) ? known : undefined
}
/** A device keeps its name from visit to visit, so that entries can say where they were written. */
export function deviceOf(request: FastifyRequest, reply: FastifyReply, secure: boolean): string {
  const known = knownDevice(request, secure)
  if (known) return known
  const fresh = randomUUID()
  reply.setCookie(nameOf(secure, 'openkap-device'), fresh, { ...options(secure), maxAge: YEAR_S })
  return fresh
}
