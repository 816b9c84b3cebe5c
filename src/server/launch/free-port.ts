import { createServer } from 'node:net'
import { CannotStart } from './cannot-start.ts'

/** Asked before the database starts, so that a taken port costs nothing and touches nothing. */
export async function refuseTakenPort(port: number, host: string): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
  if (failure) throw cannotListen(failure, port, host)
}

export function cannotListen({ code, message }: NodeJS.ErrnoException, port: number, host: string): CannotStart {
  if (code === 'EADDRINUSE') return new CannotStart(`Port ${port} is taken by another program. Nothing was changed: stop that program, or set PORT to another number.`)
  if (code === 'EACCES') return new CannotStart(`This account may not listen on port ${port}. Set PORT to a number above 1023.`)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new CannotStart(`HOST ${host} is not an address of this machine.`)
  return new CannotStart(`Listening on ${host}, port ${port}, did not work: ${message}`)
}
