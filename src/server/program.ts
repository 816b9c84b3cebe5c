import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { settableClock, wallClock } from './clock.ts'
import { firstVisitBoard } from './first-visits.ts'
import { knownActors } from './http/actors.ts'
import { createApp } from './http/app.ts'
import type { Shell } from './http/shell.ts'
import { startJobs } from './jobs/jobs.ts'
import { builtPages, builtRules } from './launch/built.ts'
import { CannotStart, plainly } from './launch/cannot-start.ts'
import { dataFolder } from './launch/data-folder.ts'
import { openDoor } from './launch/door.ts'
import { startEmbedded } from './launch/embedded.ts'
import { refuseTakenPort } from './launch/free-port.ts'
import { slowly, type Report } from './launch/progress.ts'
import { fillIfEmpty } from './launch/sample-database.ts'
import { quarantineKeys } from './launch/quarantine-keys.ts'
import { installationSecret } from './launch/secret.ts'
import { liveHub } from './live/hub.ts'
import { outgoingMail } from './outside/mail.ts'
import { outgoingTexts } from './outside/texts.ts'
import { inWorker } from './planning/in-worker.ts'
import { togetherBy } from './planning/joint.ts'
import { lookAtShipped, shippedBroken } from './rulebook.ts'
import type { Settings } from './settings.ts'
import { appendQueue } from './store/append.ts'
import { openDatabase, type Database } from './store/database.ts'
import { enrolServer } from './store/enrol.ts'
import { prepareDatabase, type Prepared } from './store/prepare.ts'

export interface Program {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface Surroundings {
  readonly report: Report
  /** Called when the database is gone for good while the program runs. */
  readonly lost: (failure: unknown) => void
  /** Fills a new database with the sample practice. */
  readonly seed: (app: FastifyInstance, shell: Shell) => Promise<void>
}

type Undo = (() => Promise<unknown>)[]

/** Database, routes, jobs, door: in this order, and taken down in the opposite one, also when a later step fails. */
export async function startProgram(settings: Settings, surroundings: Surroundings): Promise<Program> {
  const undo: Undo = []
  try {
    await refuseTakenPort(settings.port, settings.host)
    const folder = dataFolder(settings.data.folder, { relocatable: settings.data.relocatable })
    const prepared = await reachDatabase(settings, folder, surroundings, undo)
    vouchForRules(surroundings) // The sample practice was told before: its sessions are nobody's.
    const shell = await makeShell(settings, folder, prepared, undo)
    const app = await createApp(shell)
    undo.push(() => app.close())
    undo.push(startJobs(shell, { mail: outgoingMail(settings.mail ? { SMTP_URL: settings.mail.smtpUrl, MAIL_FROM: settings.mail.from } : {}), texts: outgoingTexts(settings.texts) }))
    undo.push(await openDoor(app, settings))
    return { url: settings.publicUrl, stop: () => takeDown(undo) }
  } catch (failure) {
    await takeDown(undo).catch(() => {}) // What went wrong first is what the person needs to know.
    throw plainly(failure, settings.data.folder) ?? failure
  }
}

/** Rules that are not whole do not stop the start: charts are read by what is loaded, and nothing binding is done. */
function vouchForRules({ report }: Surroundings) {
  lookAtShipped(builtRules())
  const broken = shippedBroken()
  if (broken) report(`${broken} Until then charts can be read and written, and no dose is started.`)
}

/** Every step is taken even when one before it fails: the database is last, and must be told to stop. */
async function takeDown(undo: Undo) {
  const failures: unknown[] = []
  for (const step of undo.splice(0).toReversed()) await step().catch((failure: unknown) => failures.push(failure))
  if (failures.length > 0) throw failures[0]
}

async function reachDatabase(settings: Settings, folder: string, { report, lost, seed }: Surroundings, undo: Undo): Promise<Prepared> {
  const foreign = settings.database
  if (foreign) return prepareDatabase(foreign.adminUrl, { report, ...(foreign.appUrl && { appUrl: foreign.appUrl }) })
  const embedded = await startEmbedded(folder, { report, lost })
  undo.push(embedded.stop)
  if (!settings.empty) {
    await fillIfEmpty(embedded.adminUrl, 'openkap', async (prepared) => {
      const opened: Undo = []
      try {
        const shell = await makeShell(settings, folder, prepared, opened, { filling: true })
        const app = await createApp(shell)
        opened.push(() => app.close())
        await slowly('Filling the sample practice …', report, seed(app, shell))
      } finally {
        await takeDown(opened)
      }
    })
  }
  return prepareDatabase(embedded.adminUrl, { database: 'openkap', report })
}

async function makeShell(settings: Settings, folder: string, { appUrl, adminUrl }: Prepared, undo: Undo, { filling = false } = {}): Promise<Shell> {
  const { key } = await enrolServer(adminUrl)
  const database = openDatabase(appUrl, key)
  undo.push(() => database.close())
  const sample = filling || (await isSample(settings, database))
  const [clock, log] = [sample ? settableClock() : wallClock, pino({ level: 'warn' }, pino.destination(2))]
  const together = togetherBy({ database, clock, log }, inWorker)
  undo.push(() => together.close())
  return {
    database, sample, clock, together, log, ...(await builtPages()),
    secret: installationSecret(folder), quarantineKeys: await quarantineKeys(folder), dataDir: folder,
    live: liveHub(), append: appendQueue(database), actors: knownActors(database), firstVisits: firstVisitBoard(),
    secure: Boolean(settings.tls ?? settings.trustProxy), ...(settings.trustProxy && { trustProxy: settings.trustProxy }),
    origin: () => settings.publicUrl,
  }
}

/**
 * What the database holds decides, not how the program was called: the sample practice's open door and movable clock
 * are never in front of a real practice, and the sample practice is never in front of other machines.
 */
async function isSample({ empty, data }: Settings, database: Database): Promise<boolean> {
  const { rows } = await database.pool.query<{ sample: boolean }>('select sample from app.practices($1)', [database.key])
  const holdsSample = rows.some(({ sample }) => sample)
  if (holdsSample && empty) {
    throw new CannotStart(`${data.folder} holds the sample practice, which is for this machine alone. Nothing was changed: set DATA_DIR to another folder for a real practice.`)
  }
  return holdsSample
}
