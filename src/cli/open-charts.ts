import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import type { EntryDraft } from '../core/chart/entry.ts'
import type { Identity } from '../core/fhir/import/patient.ts'
import { instant } from '../core/shared/time.ts'
import { filesNamed } from '../server/files-of-chart.ts'
import { CannotStart } from '../server/launch/cannot-start.ts'
import { dataFolder } from '../server/launch/data-folder.ts'
import { startEmbedded } from '../server/launch/embedded.ts'
import { countEverything, practiceAlias, registryAggregate, registryConsents, registrySetting } from '../server/registry.ts'
import { readSettings } from '../server/settings.ts'
import { newToken } from '../server/sign-in/secrets.ts'
import { appendWithin } from '../server/store/append.ts'
import { joinTeam, note, openChart, readEntries, readEntriesOf, team } from '../server/store/charts.ts'
import { openDatabase, type Context, type Database } from '../server/store/database.ts'
import { enrolServer } from '../server/store/enrol.ts'
import { practiceRow, staff } from '../server/store/practice.ts'
import { prepareDatabase } from '../server/store/prepare.ts'
import { CannotReach, type ChartPort, type NewChart, type RegistryPort } from './chart-port.ts'

/** The command line writes under one device of its own, so that an entry says where it came from. */
const DEVICE = '00000000-0000-4000-8000-00000000c11e'
const MINUTES = 60

/**
 * The way to a practice's charts for whoever runs its server: the same database, through the same row security.
 * It acts as the owner, and writes as the person named in KAP_AS (an e-mail): a therapist, who joins the care
 * team of every chart that is brought in and answers for it.
 */
export async function openCharts(): Promise<ChartPort> {
  const { database, close } = await reach().catch((failure: unknown) => {
    throw failure instanceof CannotStart ? new CannotReach(failure.message) : failure
  })
  try {
    const owner = await asOwner(database)
    return port(database, owner, close)
  } catch (failure) {
    await close()
    throw failure
  }
}

async function reach(): Promise<{ database: Database; close: () => Promise<void> }> {
  const settings = readSettings([], process.env, process.cwd())
  const prepared = settings.database ? { prepared: await prepareDatabase(settings.database.adminUrl, settings.database.appUrl ? { appUrl: settings.database.appUrl } : {}), stop: async () => {} } : await embedded(settings.data)
  const { key } = await enrolServer(prepared.prepared.adminUrl)
  const database = openDatabase(prepared.prepared.appUrl, key, 4)
  return { database, close: async () => { await database.close(); await prepared.stop() } }
}

/** The embedded database is started for this command alone; while the server runs, it holds the folder and this says so. */
async function embedded(data: { folder: string; relocatable: boolean }) {
  if (!existsSync(path.resolve(data.folder)) && !data.relocatable) throw new CannotReach(`There is no practice in ${data.folder}. Nothing was changed: set DATA_DIR to where it is kept.`)
  const started = await startEmbedded(dataFolder(data.folder, { relocatable: data.relocatable }))
  const stop = started.adopted ? async () => {} : started.stop
  try {
    return { prepared: await prepareDatabase(started.adminUrl, { database: 'openkap' }), stop }
  } catch (failure) {
    await stop()
    throw failure
  }
}

interface Owner {
  readonly practice: string
  readonly token: string
}

async function asOwner(database: Database): Promise<Owner> {
  const { rows } = await database.pool.query<{ practice_id: string }>('select practice_id from app.practices($1)', [database.key])
  const practice = rows[0]?.practice_id
  if (!practice) throw new CannotReach('There is no practice here yet. Start OpenKAP once and make it; nothing was changed.')
  const person = await within(database, await minted(database, practice, null, 'job'), async ({ client }) => (await client.query<{ id: string }>(`select person_id as id from app.membership where practice_id = $1 and role = 'owner' limit 1`, [practice])).rows[0]?.id)
  return { practice, token: await minted(database, practice, person ?? null, 'person') }
}

async function minted(database: Database, practice: string, person: string | null, purpose: 'person' | 'job'): Promise<string> {
  const token = newToken()
  await database.pool.query('select app.mint_session($1, $2, $3, $4, null, $5, $6, $7, $7)', [database.key, practice, person, purpose, DEVICE, token, MINUTES])
  return token
}

const within = <T>(database: Database, token: string, work: (context: Context) => Promise<T>) => database.inContext(token, { durable: true }, work)

function port(database: Database, owner: Owner, close: () => Promise<void>): ChartPort {
  const { practice } = owner
  const asJob = async <T>(work: (context: Context) => Promise<T>) => within(database, await minted(database, practice, null, 'job'), work)
  return {
    practice, device: DEVICE, close,
    findPatients: (like) => within(database, owner.token, (context) => findPatients(context, like)),
    readStream: (chart) => asJob(async (context) => {
      const { rowCount } = await context.client.query('select from app.chart where practice_id = $1 and chart_id = $2', [practice, chart])
      return rowCount ? readEntries(context, chart) : undefined
    }),
    readFiles: (chart, entries) => asJob((context) => filesNamed(context, chart, entries)),
    headOf: (chart) => asJob(async ({ client }) => (await client.query<{ seq: number; digest: string }>('select last_seq as seq, last_digest as digest from app.stream where practice_id = $1 and stream_id = $2', [practice, chart])).rows[0]),
    charts: () => within(database, owner.token, async ({ client }) => (await client.query<{ id: string }>('select chart_id as id from app.chart where practice_id = $1 order by chart_id', [practice])).rows.map(({ id }) => id)),
    about: (chart) => within(database, owner.token, (context) => about(context, chart)),
    writeImport: (chart, entries) => writeImport(database, owner, chart, entries),
    registry: (now) => openRegistry(database, owner, now),
  }
}

const silent = { warn: () => {} } as unknown as Parameters<typeof countEverything>[0]['log']

async function openRegistry(database: Database, { practice, token }: Owner, now: string): Promise<RegistryPort> {
  const job = <T>(work: (client: Context['client']) => Promise<T>) => database.asJob(practice, { durable: true }, work)
  const setting = await job((client) => registrySetting(client, practice, now))
  return {
    ...setting, alias: practiceAlias(practice, setting.keyed), consents: () => job((client) => registryConsents(client, practice)), aggregate: async () => { await countEverything({ database, log: silent, clock: { now: () => now } }, practice); return registryAggregate({ database }, practice, now) },
    read: (charts) => job((client) => readEntriesOf({ client, actor: { practice } as never }, charts.map((stream) => ({ stream, after: 0 })))),
    note: (action, detail, charts) => within(database, token, async (context) => {
      for (const line of [{}, ...charts.map((chart) => ({ chart }))]) await note(context, { at: now, action, outcome: 'done', ...line, ...('chart' in line ? {} : { detail }) })
    }),
  }
}

async function findPatients({ client, actor }: Context, like: Identity) {
  const numbers = like.identifiers.map(({ system, value }) => `${system}|${value}`)
  const names = like.names.map(({ given, family }) => `${given} ${family}`.toLowerCase())
  const { rows } = await client.query<{ chart: string; name: string; born: string | null; identifiers: string[] }>(
    `select chart_id as chart, display_name as name, to_char(birth_date, 'YYYY-MM-DD') as born, identifiers from app.chart where practice_id = $1 and (identifiers && $2 or (birth_date = $3::date and lower(display_name) = any($4)))`,
    [actor.practice, numbers, like.birthDate ?? null, names])
  return rows.map(({ chart, name, born, identifiers }) => ({
    chart, names: [{ given: name.split(' ')[0] ?? '', family: name.split(' ').slice(1).join(' ') }], ...(born ? { birthDate: born } : {}),
    identifiers: identifiers.map((one) => ({ system: one.slice(0, one.lastIndexOf('|')), value: one.slice(one.lastIndexOf('|') + 1) })),
  }))
}

async function about(context: Context, chart: string) {
  const { name, zone, settings } = await practiceRow(context)
  const people = await team(context, chart)
  const npi = new Map((await staff(context)).map((row) => [row.person, row.npi]))
  const { rows } = await context.client.query<{ identifiers: string[] }>('select identifiers from app.chart where practice_id = $1 and chart_id = $2', [context.actor.practice, chart])
  return {
    zone, baseUrl: `urn:openkap:${context.actor.practice}`, practice: { id: context.actor.practice, name, ...(typeof settings.phone === 'string' ? { phone: settings.phone } : {}) },
    people: people.map((member) => ({ id: member.person, name: member.name, role: member.role, ...(npi.get(member.person) ? { npi: npi.get(member.person)! } : {}) })),
    identifiers: (rows[0]?.identifiers ?? []).map((one) => ({ system: one.slice(0, one.lastIndexOf('|')), value: one.slice(one.lastIndexOf('|') + 1) })),
  }
}

/** Opens the chart where there is none, and appends, in one transaction: what fails leaves nothing behind. */
async function writeImport(database: Database, owner: Owner, opened: NewChart, entries: readonly EntryDraft[]): Promise<void> {
  const writer = await writerFor(database, owner)
  const token = await minted(database, owner.practice, writer, 'person')
  const now = instant(Date.now())
  await within(database, owner.token, async (context) => {
    const { rowCount } = await context.client.query('select from app.chart where practice_id = $1 and chart_id = $2', [owner.practice, opened.chart])
    if (!rowCount) {
      await openChart(context, {
        chart: opened.chart, name: [opened.givenName, opened.familyName].filter(Boolean).join(' ') || 'Unnamed', ...(opened.identity.birthDate ? { birthDate: opened.identity.birthDate } : {}),
        ...(opened.deceasedOn ? { deceasedOn: opened.deceasedOn } : {}), identifiers: opened.identity.identifiers.map(({ system, value }) => `${system}|${value}`),
      }, now)
    }
    await joinTeam(context, opened.chart, writer, 'therapist', now)
    await note(context, { at: now, action: 'chart.imported', outcome: 'done', chart: opened.chart, detail: { entries: entries.length, request: randomUUID() } })
    if (entries.length > 0) await appendWithin(context.client, { token, actor: { practice: owner.practice, person: writer }, stream: opened.chart, entries, receivedAt: now, action: 'entries.imported', act: true })
  })
}

async function writerFor(database: Database, owner: Owner): Promise<string> {
  const therapists = (await within(database, owner.token, (context) => staff(context))).filter(({ roles, active }) => active && roles.includes('therapist'))
  const named = process.env.KAP_AS?.toLowerCase()
  const found = named ? therapists.filter(({ email }) => email?.toLowerCase() === named) : therapists
  if (found.length === 1) return found[0]!.person
  throw new CannotReach(`Say whose patients these become: set KAP_AS to the e-mail of one of ${therapists.map(({ email, name }) => email ?? name).join(', ') || 'your therapists (there is none yet)'}. Nothing was stored.`)
}
