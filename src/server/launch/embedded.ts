import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { CannotStart, plainly } from './cannot-start.ts'
import { openCluster, urlOf, type Cluster } from './cluster.ts'
import { slowly, type Report } from './progress.ts'

/** The PostgreSQL that comes with OpenKAP, running and held by this process alone. */
export interface Embedded {
  /** The superuser's way in, for preparing databases. The application never connects with it. */
  adminUrl: string
  /** True when the server was still there from a process that died, and was taken over. */
  adopted: boolean
  readonly stop: () => Promise<void>
}

export interface EmbeddedOptions {
  /** False switches off every flush to disk. For tests only. */
  durable?: boolean
  report?: Report
  /** Called when the server died and could not be brought back. */
  lost?: (failure: unknown) => void
}

/**
 * Starts the server of a data folder, or takes over the one a killed process left behind. While it runs, it is
 * watched: a server that dies is started again on the same port, so that every pool finds its way back.
 */
export async function startEmbedded(folder: string, { durable = true, report = () => {}, lost = () => {} }: EmbeddedOptions = {}): Promise<Embedded> {
  try {
    const cluster = await slowly('Making the database …', report, openCluster(path.resolve(folder), durable))
    return await slowly('Waiting for the database …', report, watch(cluster, lost))
  } catch (failure) {
    throw plainly(failure, folder) ?? failure
  }
}

async function watch(cluster: Cluster, lost: (failure: unknown) => void): Promise<Embedded> {
  let held = await hold(cluster)
  const { port } = held
  let reviving: Promise<void> | undefined
  let stopping = false
  const onLoss = () => {
    if (stopping || reviving) return
    reviving = revive().catch(lost).finally(() => { reviving = undefined })
  }
  const revive = async () => {
    held = await hold(cluster, port)
    held.keeper.once('end', onLoss)
  }
  held.keeper.once('end', onLoss)
  return {
    adminUrl: urlOf(cluster, port),
    adopted: held.adopted,
    async stop() {
      stopping = true
      await reviving
      await held.keeper.end().catch(() => {})
      await stopServer(cluster)
    },
  }
}

interface Held {
  /** One connection that stays open. It holds the lock of "one OpenKAP per data folder" and notices a dying server. */
  keeper: pg.Client
  port: number
  adopted: boolean
}

const patienceMs = 60_000

async function hold(cluster: Cluster, wantedPort?: number): Promise<Held> {
  for (const started = performance.now(); performance.now() - started < patienceMs; await wait(100)) {
    const left = cluster.running()
    const there = left && (await connect(cluster, left.port))
    if (left && there instanceof pg.Client) {
      const keeper = await alone(there, cluster)
      if (keeper) return { keeper, port: left.port, adopted: true }
    }
    const port = wantedPort ?? (await freePort())
    const fresh = await startOn(cluster, port)
    const keeper = fresh && (await alone(fresh, cluster))
    if (keeper) return { keeper, port, adopted: false }
    refuseIfHopeless(cluster)
    // Often the children of a killed server have not gone yet: they leave within two seconds.
    cluster.dropStaleLock()
  }
  throw new CannotStart(`The database in ${cluster.folder} did not start within a minute. What was saved is kept; its last words were: ${cluster.lastWords()}`)
}

async function startOn(cluster: Cluster, port: number): Promise<pg.Client | undefined> {
  const child = cluster.start(port)
  let ended = false
  for (const event of ['exit', 'error']) child.once(event, () => { ended = true })
  while (!ended) {
    const client = await connect(cluster, port)
    if (client instanceof pg.Client && cluster.running()?.port === port) return client
    if (client === 'foreign') return undefined
    await wait(10)
  }
  return undefined
}

/** A connection; or 'not yet' while nobody listens or the server replays its log; or 'foreign' when it is not ours. */
async function connect(cluster: Cluster, port: number): Promise<pg.Client | 'not yet' | 'foreign'> {
  const client = new pg.Client({ connectionString: urlOf(cluster, port), connectionTimeoutMillis: 2_000, application_name: 'openkap keeper' })
  client.on('error', () => {}) // The end that follows is what matters.
  try {
    await client.connect()
    return client
  } catch (failure) {
    await client.end().catch(() => {})
    return (failure as { code?: string }).code === '28P01' ? 'foreign' : 'not yet'
  }
}

const oneOpenkapPerFolder = 7_201_001

/**
 * Two programs on one folder would stop each other's database. The lock goes with the process that held it.
 * Nothing when the server died once more before it could answer: it is to be started again, not given up.
 */
async function alone(keeper: pg.Client, { folder }: Cluster): Promise<pg.Client | undefined> {
  for (let tries = 0; tries < 30; tries++) {
    const asked = await keeper.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [oneOpenkapPerFolder]).catch(() => undefined)
    if (!asked) {
      await keeper.end().catch(() => {})
      return undefined
    }
    if (asked.rows[0]?.got) return keeper
    await wait(100) // The connection of a process killed a moment ago may still be closing.
  }
  await keeper.end()
  throw new CannotStart(`Another OpenKAP is running on the data folder ${path.dirname(folder)}. Stop it first, or set DATA_DIR to another folder.`)
}

function refuseIfHopeless(cluster: Cluster) {
  const words = cluster.lastWords()
  const full = plainly(new Error(words), cluster.folder)
  if (full) throw full
  if (/incompatible with server/.test(words)) {
    throw new CannotStart(`The database in ${cluster.folder} was made by another version of PostgreSQL. Nothing was changed: start the OpenKAP that made it and export, or set DATA_DIR to another folder.`)
  }
}

async function stopServer(cluster: Cluster) {
  const server = cluster.running()
  if (!server) return
  let here = tell(server.pid, 'SIGINT')
  for (const asked = performance.now(); here && cluster.running()?.pid === server.pid; await wait(10)) {
    if (performance.now() - asked > 30_000) here = tell(server.pid, 'SIGQUIT')
  }
}

function tell(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false // Already gone.
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
