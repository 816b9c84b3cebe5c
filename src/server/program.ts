import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import pino from 'pino'
import { settableClock, wallClock } from './clock.ts'
import { knownActors } from './http/actors.ts'
import { createApp } from './http/app.ts'
import type { Shell, Site } from './http/shell.ts'
import { startJobs } from './jobs/jobs.ts'
import { CannotStart, plainly } from './launch/cannot-start.ts'
import { dataFolder } from './launch/data-folder.ts'
import { startEmbedded } from './launch/embedded.ts'
import { cannotListen, refuseTakenPort } from './launch/free-port.ts'
import type { Report } from './launch/progress.ts'
import { installationSecret } from './launch/secret.ts'
import { liveHub } from './live/hub.ts'
import { outgoingMail } from './outside/mail.ts'
import type { Settings } from './settings.ts'
import { appendQueue } from './store/append.ts'
import { openDatabase, type Database } from './store/database.ts'
import { enrolServer } from './store/enrol.ts'
import { prepareDatabase } from './store/prepare.ts'

export interface Program {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface Surroundings {
  readonly report: Report
  /** Called when the database is gone for good while the program runs. */
  readonly lost: (failure: unknown) => void
}

type Undo = (() => Promise<unknown>)[]

/** Database, routes, jobs, door: in this order, and taken down in the opposite one, also when a later step fails. */
export async function startProgram(settings: Settings, surroundings: Surroundings): Promise<Program> {
  const undo: Undo = []
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step()
  }
  try {
    await refuseTakenPort(settings.port, settings.host)
    const folder = dataFolder(settings.data.folder, { relocatable: settings.data.relocatable })
    const { appUrl, adminUrl } = await reachDatabase(settings, folder, surroundings, undo)
    const { key } = await enrolServer(adminUrl)
    const database = openDatabase(appUrl, key)
    undo.push(() => database.close())
    const shell = await makeShell(settings, folder, database)
    const app = await createApp(shell)
    undo.push(() => app.close())
    undo.push(startJobs(shell, outgoingMail(settings.mail ? { SMTP_URL: settings.mail.smtpUrl, MAIL_FROM: settings.mail.from } : {})))
    await app.listen({ port: settings.port, host: settings.host }).catch((failure: NodeJS.ErrnoException) => {
      throw cannotListen(failure, settings.port, settings.host)
    })
    return { url: settings.publicUrl, stop }
  } catch (failure) {
    await stop()
    throw plainly(failure, settings.data.folder) ?? failure
  }
}

async function reachDatabase({ database }: Settings, folder: string, { report, lost }: Surroundings, undo: Undo) {
  if (database) return prepareDatabase(database.adminUrl, { report, ...(database.appUrl && { appUrl: database.appUrl }) })
  const embedded = await startEmbedded(folder, { report, lost })
  undo.push(() => embedded.stop())
  return prepareDatabase(embedded.adminUrl, { database: 'openkap', report })
}

async function makeShell(settings: Settings, folder: string, database: Database): Promise<Shell> {
  const sample = await isSample(settings, database)
  const site = await builtSite()
  return {
    database, sample, ...(site && { site }),
    clock: sample ? settableClock() : wallClock,
    secret: installationSecret(folder),
    live: liveHub(), append: appendQueue(database), actors: knownActors(database),
    secure: Boolean(settings.tls ?? settings.trustProxy),
    origin: () => settings.publicUrl,
    ...(existsSync(path.join(built, 'web/.vite')) && { webDir: path.join(built, 'web') }),
    log: pino({ level: 'warn' }, pino.destination(2)),
  }
}

/** Invented people and real ones never share a database: the first start decides, and the door stays as it was. */
async function isSample({ empty, database: foreign }: Settings, database: Database): Promise<boolean> {
  const { rows } = await database.pool.query<{ sample: boolean }>('select sample from app.practices($1)', [database.key])
  const holdsSample = rows.some(({ sample }) => sample)
  if (holdsSample && empty && !foreign) {
    throw new CannotStart('This data folder holds the sample practice. Nothing was changed: set DATA_DIR to another folder for a real one.')
  }
  return rows.length === 0 ? !empty : holdsSample && !foreign
}

/** Beside the bundled server lie the browser programs and the public site. From sources they are not there. */
const built = path.dirname(import.meta.dirname)

async function builtSite(): Promise<Site | undefined> {
  const file = path.join(built, 'site/render.mjs')
  return existsSync(file) ? ((await import(/* @vite-ignore */ pathToFileURL(file).href)) as Site) : undefined
}
