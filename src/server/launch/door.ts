import { createServer, type Server } from 'node:https'
import type { FastifyInstance } from 'fastify'
import { cannotListen } from './free-port.ts'

interface Place {
  host: string
  port: number
  tls?: { cert: string; key: string }
}

/** Lets the world in, through TLS when there is a certificate. Answers how to close the door again. */
export async function openDoor(app: FastifyInstance, { host, port, tls }: Place): Promise<() => Promise<void>> {
  try {
    if (tls) return await openWithTls(app, host, port, tls)
    await app.listen({ port, host })
    return async () => {}
  } catch (failure) {
    throw cannotListen(failure as NodeJS.ErrnoException, port, host)
  }
}

async function openWithTls(app: FastifyInstance, host: string, port: number, tls: { cert: string; key: string }) {
  await app.ready()
  const server: Server = createServer({ ...tls, minVersion: 'TLSv1.2' }, (request, response) => app.routing(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return async () => {
    const shut = new Promise<void>((resolve) => { server.close(() => resolve()) })
    await app.close() // What is under way is finished first; only then do its connections go.
    server.closeAllConnections()
    await shut
  }
}
